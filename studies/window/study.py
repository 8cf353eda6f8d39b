# SPDX-License-Identifier: GPL-2.0-only
"""Many calls in one tunnel, against the receive window and the round-trip time."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import estimates
import outputs
from runner import Batch, independent

FOLDER = Path(__file__).resolve().parent
PLAN = tomllib.loads((FOLDER / "plan.toml").read_text(encoding="utf-8"))
RUNS = PLAN["runs"]
S = 1e9  # nanoseconds of a second
COLORS = ("tab:blue", "tab:orange", "tab:green", "tab:red")
STYLES = {"slow-start": ("o", "-"), "no-congestion-control": ("s", "--"), "immediate": ("^", ":")}


class Point(NamedTuple):
    """A point of the plan."""

    series: str
    window: int
    rtt: int  # milliseconds
    loss: float

    @property
    def name(self) -> str:
        return f"{self.series} {self.window} {self.rtt} {self.loss}"

    @property
    def options(self) -> tuple[str, ...]:
        return (*PLAN["series"][self.series]["options"], f"--Window={self.window}",
                f"--Rtt={self.rtt}ms", f"--Loss={self.loss}", f"--Sessions={PLAN['sessions']}")  # fmt: skip


def points() -> list[Point]:
    """Return all points."""
    return [
        Point(series, window, rtt, loss)
        for series in PLAN["series"]
        for loss in PLAN["losses"]
        for rtt in PLAN["rtts"]
        for window in PLAN["windows"]
    ]


def batches(runs: int) -> list[Batch]:
    """Return the plan."""
    # Without loss all replications are the same.
    return independent(points(), PLAN["batch"], lambda point: runs if point.loss else 1)


def bound(sessions: int, window: int, rtt: float) -> float:
    """The least time that windows allow, without loss.

    The LAC sends SCCRQ and SCCCN, and ICRQ and ICCN of each call. Of these at most a window may be
    unacknowledged, and an acknowledgement takes a round trip. Five datagrams follow one on another.
    """
    messages = 2 * sessions + 2
    return max((messages - 1) // window * rtt + rtt / 2, 2.5 * rtt)


def estimate(sessions: int, window: int, rtt: float, ack_delay: float) -> float:
    """What it takes, near enough, without loss and congestion control.

    The ICRQs come first, and ICRPs acknowledge them at once. The ICCNs come last, and nothing
    answers them: each window of them waits for a ZLB, which is delayed.
    """
    return bound(sessions, window, rtt) + sessions // window * ack_delay


def row_of(point: Point, lines: list[dict[str, Any]]) -> outputs.Row:
    """Return a point's row of the table."""
    times = [time / S for line in lines for time in line["times_ns"]]
    runs = sum(line["runs"] for line in lines)
    mean = estimates.mean(times, PLAN["level"])
    # Without loss there is nothing random.
    low, high = (mean.low, mean.high) if point.loss else (mean.value, mean.value)
    rtt, delay = point.rtt / 1e3, lines[0]["ack_delay_ns"] / S
    return {
        **point._asdict(),
        "runs": runs,
        "failed": sum(line["failed"] for line in lines),
        "mean_s": mean.value,
        "mean_s_low": low,
        "mean_s_high": high,
        "bound_s": bound(PLAN["sessions"], point.window, rtt),
        "estimate_s": estimate(PLAN["sessions"], point.window, rtt, delay),
        "datagrams": sum(line["datagrams"] for line in lines) / runs,
        "retransmissions": sum(line["retransmissions"] for line in lines) / runs,
    }


def panel(axes, rows: list[outputs.Row], **style: Any) -> None:
    """Draw a curve over windows."""
    windows = [row["window"] for row in rows]
    axes.errorbar(windows, [row["mean_s"] for row in rows], outputs.reaches(rows, "mean_s"), markersize=4,
                  linewidth=1.2, **style)  # fmt: skip
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks(windows, [str(window) for window in windows])
    axes.minorticks_off()
    axes.set_xlabel("receive window of both ends [messages]")


def draw(folder: Path, rows: list[outputs.Row], runs: int) -> None:
    """Draw the time against the window: by round-trip time, and by what the ends do."""
    kept = f"{runs} runs a point, {PLAN['level']:.0%} confidence intervals"
    first = next(iter(PLAN["series"]))
    losses = PLAN["losses"]

    def chosen(series: str, rtt: int, loss: float) -> list[outputs.Row]:
        return [r for r in rows if (r["series"], r["rtt"], r["loss"]) == (series, rtt, loss)]

    figure, axes = outputs.figure(columns=len(losses), width=15, height=5)
    for axis, loss in zip(axes, losses):
        for color, rtt in zip(COLORS, PLAN["rtts"]):
            mine = chosen(first, rtt, loss)
            panel(axis, mine, color=color, marker="o", label=f"round trip {rtt} ms")
            axis.plot([row["window"] for row in mine], [row["bound_s"] for row in mine], ":",
                      color=color, linewidth=1)  # fmt: skip
        axis.set_title(f"{loss:.0%} loss each way" if loss else "no loss")
        axis.set_ylim(0.004, 2e4)
        axis.set_ylabel("time until all sessions are established [s]")
        axis.legend(loc="upper right", fontsize=9)
    figure.suptitle(
        f"How long do {PLAN['sessions']} calls in one tunnel take? {PLAN['series'][first]['title']}; "
        f"dotted: what windows allow without loss\n({kept})"
    )
    outputs.save(figure, folder / "window.svg")

    figure, axes = outputs.figure(columns=len(losses), width=15, height=5)
    rtt = PLAN["rtts"][1]
    for axis, loss in zip(axes, losses):
        for color, (series, entry) in zip(COLORS, PLAN["series"].items()):
            marker, line = STYLES[series]
            panel(axis, chosen(series, rtt, loss), color=color, marker=marker, linestyle=line,
                  label=entry["title"])  # fmt: skip
        axis.set_title(f"{loss:.0%} loss each way" if loss else "no loss")
        axis.set_ylabel("time until all sessions are established [s]")
        axis.set_ylim(0.1, 3e3)
        axis.legend(loc="upper right", fontsize=9)
    figure.suptitle(
        f"What do congestion control and delayed acknowledgements do to {PLAN['sessions']} calls? "
        f"Round trip {rtt} ms ({kept})"
    )
    outputs.save(figure, folder / "window-policies.svg")


def cell(row: outputs.Row) -> str:
    """Return a time with half its interval, and failures if there were any."""
    reach = (row["mean_s_high"] - row["mean_s_low"]) / 2
    text = f"{row['mean_s']:.3g}"
    text += f"±{reach:.2g}" if reach > 0 and math.isfinite(reach) else ""
    return text + (f" ({row['failed']} failed)" if row["failed"] else "")


def report(results: dict[str, list[Any]], folder: Path, runs: int) -> str:
    """Write tables and figures; return the page of text."""
    rows = [row_of(point, results[point.name]) for point in points()]
    by_point = {Point(*(row[key] for key in Point._fields)): row for row in rows}
    outputs.write_tables(folder, "window", rows)
    draw(folder, rows, runs)
    pages = []
    for series, entry in PLAN["series"].items():
        table = []
        for loss in PLAN["losses"]:
            for rtt in PLAN["rtts"]:
                cells = [cell(by_point[Point(series, w, rtt, loss)]) for w in PLAN["windows"]]
                table.append((f"{loss:.0%}, {rtt} ms", *cells))
        head = ("loss, round trip", *(f"window {w}" for w in PLAN["windows"]))
        pages.append(f"{entry['title']}\n\n{outputs.text_table(head, table)}")
    text = "\n\n".join(pages)
    return (
        f"Seconds until {PLAN['sessions']} calls in one tunnel are established ({runs} runs a point "
        f"with loss).\n\n{text}\n\n{seen(by_point)}\n"
    )


def seen(by_point: dict[Point, outputs.Row]) -> str:
    """Say what is seen."""
    clean = [row for row in by_point.values() if not row["loss"]]
    below = [row for row in clean if row["mean_s"] < row["bound_s"] * (1 - 1e-9)]
    plain = [row for row in clean if row["series"] == "no-congestion-control"]
    off = max(abs(row["mean_s"] / row["estimate_s"] - 1) for row in plain)
    first = next(iter(PLAN["series"]))
    small, large = PLAN["windows"][2], PLAN["windows"][-1]
    rtt, loss = PLAN["rtts"][1], PLAN["losses"][-1]
    gain = [by_point[Point(first, small, rtt, l)]["mean_s"] / by_point[Point(first, large, rtt, l)]["mean_s"]
            for l in (0, loss)]  # fmt: skip
    failed = sum(row["failed"] for row in by_point.values())
    return (
        f"Without loss no point is faster than its windows allow ({len(below)} are). Without "
        f"congestion control the estimate, with a delayed acknowledgement for each window of ICCNs, is "
        f"right to {off:.1%} at worst.\n"
        f"A window of {large} in place of {small} makes it {gain[0]:.0f} times faster without loss, and "
        f"{gain[1]:.1f} times at {loss:.0%} loss, where time-outs decide ({rtt} ms round trip).\n"
        f"Replications in which the tunnel was given up: {failed}."
    )
