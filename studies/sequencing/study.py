# SPDX-License-Identifier: GPL-2.0-only
"""Sequence numbers in data messages: drop or put in order what a path has reordered."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import estimates
import outputs
from runner import Batch, paired

FOLDER = Path(__file__).resolve().parent
PLAN = tomllib.loads((FOLDER / "plan.toml").read_text(encoding="utf-8"))
RUNS = PLAN["runs"]
STYLES = {
    "off": ("tab:gray", "s"),
    "drop": ("tab:red", "v"),
    "reorder": ("tab:blue", "o"),
    "clean": ("tab:blue", "o"),
    "lossy": ("tab:orange", "^"),
}


class Point(NamedTuple):
    """A point of the plan."""

    sweep: str
    way: str
    value: float

    @property
    def name(self) -> str:
        return f"{self.sweep} {self.way} {self.value}"

    @property
    def options(self) -> tuple[str, ...]:
        sweep = PLAN["sweeps"][self.sweep]
        value = f"{self.value * sweep.get('scale', 1):g}{sweep.get('unit', '')}"
        base = {**PLAN["base"], sweep["option"]: value}
        said = PLAN["ways"][self.way]["options"]
        # What a way says wins, and may be said once only.
        names = {option.partition("=")[0] for option in said}
        return (*(f"--{k}={v}" for k, v in base.items() if f"--{k}" not in names), *said)


def points() -> list[Point]:
    """Return all points."""
    return [
        Point(name, way, value)
        for name, sweep in PLAN["sweeps"].items()
        for way in sweep["ways"]
        for value in sweep["values"]
    ]


def batches(runs: int) -> list[Batch]:
    """Return the plan. In each run the same packets are held back or lost in each way, as far as they
    are the same packets."""
    return paired(points(), PLAN["batch"], runs)


def row_of(point: Point, by_point: dict[str, list[dict[str, Any]]]) -> outputs.Row:
    """Return a point's row of the table."""
    results = by_point[point.name]
    row: outputs.Row = {**point._asdict(), "runs": len(results)}

    def put(name: str, values: list[float]) -> None:
        estimate = estimates.mean(values, PLAN["level"])
        row[name], row[f"{name}_low"], row[f"{name}_high"] = estimate

    def share(result: dict[str, Any], part: str) -> float:
        total = result["tcp_sent"] + result["tcp_again"]
        return result[part] / total if total else 0.0

    put("goodput_mbps", [r["goodput_bps"] / 1e6 for r in results])
    put("tcp_again", [share(r, "tcp_again") for r in results])
    put("tcp_spurious", [share(r, "tcp_duplicates") for r in results])
    put("tcp_timeouts", [r["tcp_timeouts"] for r in results])
    put("udp_lost", [1 - r["udp_received"] / r["udp_sent"] for r in results])
    put("udp_disordered", [r["udp_disordered"] / r["udp_sent"] for r in results])
    put("udp_delay_ms", [1e3 * r["udp_delay_s"] for r in results])
    put("udp_jitter_ms", [1e3 * r["udp_jitter_s"] for r in results])
    put("late_dropped", [r["late_dropped"] for r in results])
    plain = by_point.get(point._replace(way="off").name)
    if plain and point.way != "off":
        ratios = [one["goodput_bps"] / other["goodput_bps"] for one, other in zip(results, plain)]
        ratio = estimates.geometric_mean(ratios, PLAN["level"])
        row["goodput_ratio"], row["goodput_ratio_low"], row["goodput_ratio_high"] = ratio
    return row


def panel(axis, rows: list[outputs.Row], sweep: dict[str, Any], name: str, factor: float = 1) -> None:
    """Draw one quantity of a sweep, with its intervals."""
    for way in sweep["ways"]:
        mine = [row for row in rows if row["way"] == way]
        color, marker = STYLES[way]
        axis.errorbar([row["value"] for row in mine], [factor * row[name] for row in mine],
                      outputs.reaches(mine, name, factor),
                      color=color, marker=marker, markersize=4, linewidth=1.2,
                      label=PLAN["ways"][way]["title"])  # fmt: skip
    axis.set_xscale("log")
    axis.set_xticks(sweep["values"], [f"{value:g}" for value in sweep["values"]])
    axis.minorticks_off()
    axis.set_xlabel(sweep["axis"])


def draw(folder: Path, name: str, rows: list[outputs.Row], runs: int) -> None:
    """Draw a sweep: the TCP flow, and the UDP stream."""
    sweep = PLAN["sweeps"][name]
    figure, axes = outputs.figure(columns=4, width=18, height=4.6)
    for axis, quantity, factor, label in zip(
        axes,
        ("goodput_mbps", "tcp_again", "udp_lost", "udp_delay_ms"),
        (1, 100, 100, 1),
        ("TCP: goodput [Mbit/s]", "TCP: octets sent again [%]", "UDP: packets lost [%]",
         "UDP: mean delay [ms]"),
    ):  # fmt: skip
        panel(axis, rows, sweep, quantity, factor)
        axis.set_ylabel(label)
        # Room for the legend above all intervals.
        axis.set_ylim(0, 1.35 * axis.get_ylim()[1])
        axis.legend(loc="upper left", fontsize=9)
    figure.suptitle(f"{sweep['title']} (means of {runs} runs, {PLAN['level']:.0%} confidence intervals)")
    outputs.save(figure, folder / f"{name}.svg")


def ratio_text(row: outputs.Row) -> str:
    """Return a goodput's ratio to that without sequence numbers, run by run, with its interval."""
    if "goodput_ratio" not in row:
        return ""
    low, high = row["goodput_ratio_low"], row["goodput_ratio_high"]
    return f"{row['goodput_ratio']:.2f} ({low:.2f} to {high:.2f})"


def page_of(name: str, rows: list[outputs.Row]) -> str:
    """Return the text about a sweep."""
    compared = "off" in PLAN["sweeps"][name]["ways"]
    head = ("way", PLAN["sweeps"][name]["axis"], "goodput Mbit/s", "sent again", "in vain", "time-outs",
            "UDP lost", "disordered", "delay ms", "jitter ms", "dropped late",
            *(["goodput, run by run, by that without numbers"] if compared else []))  # fmt: skip
    cells = [
        (
            PLAN["ways"][row["way"]]["title"],
            f"{row['value']:g}",
            outputs.interval(row, "goodput_mbps"),
            f"{100 * row['tcp_again']:.2f} %",
            f"{100 * row['tcp_spurious']:.2f} %",
            f"{row['tcp_timeouts']:.1f}",
            f"{100 * row['udp_lost']:.2f} %",
            f"{100 * row['udp_disordered']:.2f} %",
            f"{row['udp_delay_ms']:.1f}",
            f"{row['udp_jitter_ms']:.2f}",
            f"{row['late_dropped']:.0f}",
            *([ratio_text(row)] if compared else []),
        )
        for row in rows
    ]
    return f"{PLAN['sweeps'][name]['title']}\n\n{outputs.text_table(head, cells)}"


def seen(rows: list[outputs.Row]) -> str:
    """Say what is seen."""

    def at(sweep: str, way: str, value: float) -> outputs.Row:
        return next(r for r in rows if (r["sweep"], r["way"], r["value"]) == (sweep, way, value))

    share = PLAN["base"]["Share"] / PLAN["sweeps"]["share"]["scale"]
    off, drop, order = (at("share", way, share) for way in ("off", "drop", "reorder"))
    waits = [row for row in rows if row["way"] == "clean"]
    best = max(waits, key=lambda row: row["goodput_mbps"])
    numbered = [row for row in rows if row["way"] != "off"]
    return (
        f"With {share:g} % of packets held back for {PLAN['base']['Extra']}, the flow has "
        f"{off['goodput_mbps']:.2f} Mbit/s without sequence numbers, {drop['goodput_mbps']:.2f} if what "
        f"comes late is dropped, and {order['goodput_mbps']:.2f} if it is put in order.\n"
        f"The best time-out of the sweep is {best['value']:g} ms.\n"
        f"With sequence numbers {sum(row['udp_disordered'] > 0 for row in numbered)} of {len(numbered)} "
        "points let packets of the stream through out of order."
    )


def report(results: dict[str, list[Any]], folder: Path, runs: int) -> str:
    """Write tables and figures; return the page of text."""
    rows = [row_of(point, results) for point in points()]
    outputs.write_tables(folder, "sequencing", rows)
    pages = []
    for name in PLAN["sweeps"]:
        mine = [row for row in rows if row["sweep"] == name]
        draw(folder, name, mine, runs)
        pages.append(page_of(name, mine))
    text = "\n\n".join(pages)
    return f"A path that reorders: {runs} replications a point.\n\n{text}\n\n{seen(rows)}\n"
