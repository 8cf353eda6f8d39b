# SPDX-License-Identifier: GPL-2.0-only
"""Time to set up a tunnel and a session, against loss; the plan is plan.toml."""

from __future__ import annotations

import os
import tomllib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, Iterator, NamedTuple

import estimates
import outputs
from chain import MESSAGES, ZLB, Chain, Policy, Result, dead_peer_time
from runner import Batch, independent

FOLDER = Path(__file__).resolve().parent
PLAN = tomllib.loads((FOLDER / "plan.toml").read_text(encoding="utf-8"))
RUNS = PLAN["runs"]
MODES = {"lock-step": "lock step", "as-it-is": "the profile's own window"}
S = 1e9  # nanoseconds of a second
COLORS = ("tab:blue", "tab:orange", "tab:green", "tab:red", "tab:purple", "tab:brown", "tab:pink",
          "tab:olive", "tab:cyan")  # fmt: skip


class Point(NamedTuple):
    """A point of the plan."""

    profile: str
    mode: str
    loss: float

    @property
    def name(self) -> str:
        return f"{self.profile} {self.mode} {self.loss}"

    @property
    def options(self) -> tuple[str, ...]:
        lock_step = "true" if self.mode == "lock-step" else "false"
        return (f"--Profile={self.profile}", f"--LockStep={lock_step}", f"--Loss={self.loss}",
                f"--Delay={PLAN['delay']}")  # fmt: skip


def points() -> Iterator[Point]:
    """Yield all points."""
    for profile in PLAN["profiles"]:
        for mode in MODES:
            for loss in PLAN["losses"]:
                yield Point(profile, mode, loss)


def batches(runs: int) -> list[Batch]:
    """Return the plan."""
    return independent(points(), PLAN["batch"], lambda _: runs)


class Cell:
    """A point's simulated outcomes, all batches together."""

    def __init__(self, lines: list[dict[str, Any]]):
        self.runs = sum(line["runs"] for line in lines)
        self.failed = sum(line["failed"] for line in lines)
        self.counts: dict[float, int] = {}
        for line in lines:
            for time, count in line["times_ns"]:
                self.counts[time] = self.counts.get(time, 0) + count
        self.sent = [
            [sum(line[f"{end}_sent"][i] for line in lines) / self.runs for i in range(5)]
            for end in ("lac", "lns")
        ]
        self.policy = Policy(
            tuple(lines[0]["intervals_ns"]),
            lines[0]["ack_delay_ns"],
            tuple(lines[0]["first_intervals_ns"]),
        )

    @property
    def successes(self) -> int:
        return self.runs - self.failed

    def success(self, level: float) -> estimates.Estimate:
        """The probability of success."""
        return estimates.proportion(self.successes, self.runs, level)

    def mean(self, level: float) -> estimates.Estimate:
        """The mean time to success, given success, in seconds."""
        seconds = {time / S: count for time, count in self.counts.items()}
        return estimates.mean_of_counts(seconds, level)


def solve(policy: Policy) -> list[Result]:
    """Solve the chain of a policy, for all rates of loss."""
    delay = round(float(PLAN["delay"].removesuffix("ms")) * 1e6)
    return Chain(policy, delay).solve(*PLAN["losses"])


def solve_all(cells: dict[Point, Cell]) -> dict[Point, Result]:
    """Solve the chains of the points in lock step; profiles with one policy share theirs."""
    locked = [point for point in cells if point.mode == "lock-step"]
    # The longest first.
    policies = sorted({cells[p].policy for p in locked}, key=lambda policy: -len(policy.intervals))
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        solved = dict(zip(policies, pool.map(solve, policies)))
    losses = PLAN["losses"]
    return {p: solved[cells[p].policy][losses.index(p.loss)] for p in locked}


def row_of(point: Point, cell: Cell, exact: Result | None) -> outputs.Row:
    """Return a point's row of the table."""
    level = PLAN["validation"]["level"]
    success, mean = cell.success(level), cell.mean(level)
    row: outputs.Row = {
        "profile": point.profile,
        "mode": point.mode,
        "loss": point.loss,
        "runs": cell.runs,
        "successes": cell.successes,
        "success": success.value,
        "success_low": success.low,
        "success_high": success.high,
        "mean_s": mean.value,
        "mean_s_low": mean.low,
        "mean_s_high": mean.high,
    }
    if cell.counts:
        row["median_s"] = estimates.quantile_of_counts(cell.counts, 0.5) / S
        row["p95_s"] = estimates.quantile_of_counts(cell.counts, 0.95) / S
    if exact:
        row["exact_success"] = exact.success
        row["exact_mean_s"] = exact.mean / S
        row["exact_median_s"] = exact.quantile(0.5) / S
        row["exact_p95_s"] = exact.quantile(0.95) / S
    return row


def is_within(row: outputs.Row, name: str) -> bool:
    """Return whether the exact value lies in the simulation's interval. Where all replications
    took the same time the interval is a point, and all that is asked for is equality."""
    reach = 1e-9 * abs(row[f"exact_{name}"])
    return row[f"{name}_low"] - reach <= row[f"exact_{name}"] <= row[f"{name}_high"] + reach


def validation(rows: list[outputs.Row]) -> tuple[str, str]:
    """Compare exact and simulated values; return a sentence, and a table in reStructuredText."""
    plan = PLAN["validation"]
    head = ("profile", "loss", "successes", "success, simulated", "exact", "in", "mean s, simulated",
            "exact", "in")  # fmt: skip
    table = []
    compared = within = 0
    for row in rows:
        if row["mode"] != "lock-step" or row["loss"] not in plan["losses"]:
            continue
        success = is_within(row, "success")
        enough = row["successes"] >= plan["least"]
        mean = enough and is_within(row, "mean_s")
        compared += 1 + enough
        within += success + mean
        table.append(
            (
                row["profile"],
                f"{row['loss']:.0%}",
                str(row["successes"]),
                f"{row['success']:.4f} [{row['success_low']:.4f}, {row['success_high']:.4f}]",
                f"{row['exact_success']:.5f}",
                "yes" if success else "NO",
                f"{row['mean_s']:.3f} [{row['mean_s_low']:.3f}, {row['mean_s_high']:.3f}]",
                f"{row['exact_mean_s']:.3f}",
                ("yes" if mean else "NO") if enough else "-",
            )
        )
    share = within / compared if compared else 0.0
    verdict = "as" if share >= plan["share"] else "NOT as"
    text = (
        f"The exact value lies within the simulation's {plan['level']:.0%} confidence interval in "
        f"{within} of {compared} cells ({share:.1%}), {verdict} it should in at least "
        f"{plan['share']:.0%}."
    )
    return text, outputs.grid_table(head, table)


def draw_means(folder: Path, rows: list[outputs.Row], runs: int) -> None:
    """Draw success and mean time against loss; in lock step, with the exact curves."""
    figure, axes = outputs.figure(columns=2, rows=2, width=13, height=9)
    for column, mode in enumerate(MODES):
        for color, profile in zip(COLORS, PLAN["profiles"]):
            mine = [r for r in rows if r["profile"] == profile and r["mode"] == mode]
            for line, name in enumerate(("success", "mean_s")):
                shown = [row for row in mine if row[name] == row[name]]
                x = [100 * row["loss"] for row in shown]
                errors = [
                    [row[name] - max(row[f"{name}_low"], 0) for row in shown],
                    [min(row[f"{name}_high"], 1e9) - row[name] for row in shown],
                ]
                is_exact = mode == "lock-step"
                axes[line][column].errorbar(
                    x, [row[name] for row in shown], errors, color=color, marker="o", markersize=4,
                    linewidth=1, linestyle="none" if is_exact else "-", label=profile,
                )  # fmt: skip
                if is_exact:
                    exact = [row[f"exact_{name}"] for row in mine]
                    axes[line][column].plot(
                        [100 * row["loss"] for row in mine], exact, color=color, linewidth=1
                    )
        axes[0][column].set_title(
            f"In {MODES[mode]}: points simulated, lines exact"
            if mode == "lock-step"
            else f"With {MODES[mode]}: simulated"
        )
        axes[0][column].set_ylabel("probability of success")
        axes[1][column].set_ylabel("mean set-up time, given success [s]")
        axes[1][column].set_yscale("log")
        for line in range(2):
            axes[line][column].set_xlabel("loss, each way [%]")
    axes[0][0].legend()
    figure.suptitle(
        f"Set-up of a tunnel and a session under independent loss ({runs} runs a point, "
        f"{PLAN['validation']['level']:.0%} confidence intervals)"
    )
    outputs.save(figure, folder / "setup-loss.svg")


def draw_distribution(folder: Path, cells: dict[Point, Cell], exact: dict[Point, Result]) -> None:
    """Draw the distribution of the set-up time of the RFC's defaults, simulated and exact."""
    figure, axes = outputs.figure(width=11, height=5.5)
    profile = PLAN["profiles"][0]
    for color, loss in zip(COLORS, [p for p in PLAN["losses"] if p in (0.05, 0.1, 0.2, 0.4, 0.6)]):
        for mode, style in (("lock-step", "-"), ("as-it-is", ":")):
            cell = cells[Point(profile, mode, loss)]
            times = sorted(cell.counts)
            below, shares = 0, []
            for time in times:
                below += cell.counts[time]
                shares.append(below / cell.runs)
            axes.step(
                [t / S for t in times], shares, where="post", color=color, linestyle=style,
                linewidth=1.2, label=f"{loss:.0%} loss, {MODES[mode]}",
            )  # fmt: skip
        result = exact[Point(profile, "lock-step", loss)]
        total, points_ = 0.0, []
        for time in sorted(result.times):
            total += result.times[time]
            points_.append((time / S, total))
        axes.plot(
            *zip(*points_), color="black", marker=".", markersize=3, linestyle="none",
            label="exact, lock step" if loss == 0.6 else None,
        )  # fmt: skip
    axes.set_xscale("log")
    axes.set_xlim(left=0.04)
    axes.set_ylim(0, 1.02)
    axes.set_xlabel("time since the SCCRQ [s]")
    axes.set_ylabel("probability that tunnel and session are established")
    runs = cells[Point(profile, "lock-step", PLAN["losses"][0])].runs
    axes.set_title(f"Distribution of the set-up time, {profile}: lines from {runs} runs, points exact")
    axes.legend(fontsize=9, loc="center left", bbox_to_anchor=(1.01, 0.5))
    outputs.save(figure, folder / "distribution.svg")


def transmissions(cells: dict[Point, Cell], exact: dict[Point, Result]) -> str:
    """Compare how often each message is sent, until all is over, for the RFC's defaults."""
    profile = PLAN["profiles"][0]
    names = [*MESSAGES[0], "ZLB of LAC", *MESSAGES[1], "ZLB of LNS"]
    rows = []
    for loss in PLAN["losses"]:
        point = Point(profile, "lock-step", loss)
        simulated = [*cells[point].sent[0], *cells[point].sent[1][:2], cells[point].sent[1][4]]
        sent = exact[point].sent
        wanted = [*(sent[0].get(i, 0.0) for i in (0, 1, 2, 3, ZLB)),
                  *(sent[1].get(i, 0.0) for i in (0, 1, ZLB))]  # fmt: skip
        rows.append((f"{loss:.0%}", *(f"{s:.3f} {e:.3f}" for s, e in zip(simulated, wanted))))
    return outputs.text_table(("loss", *names), rows)


def report(results: dict[str, list[Any]], folder: Path, runs: int) -> str:
    """Write tables and figures; return the page of text."""
    cells = {point: Cell(results[point.name]) for point in points()}
    exact = solve_all(cells)
    rows = [row_of(point, cell, exact.get(point)) for point, cell in cells.items()]
    outputs.write_tables(folder, "setup-loss", rows)
    draw_means(folder, rows, runs)
    draw_distribution(folder, cells, exact)
    sentence, table = validation(rows)
    (folder / "validation.rst").write_text(f"{sentence}\n\n{table}\n", encoding="utf-8")
    head = ("profile", "loss", "success", "median s", "mean s", "95 % s", "own window: success",
            "median s", "mean s", "95 % s", "dead after s")  # fmt: skip

    def cell_text(row: outputs.Row) -> tuple[str, ...]:
        if "median_s" not in row:
            return (f"{row['success']:.4f}", "-", "-", "-")
        return (f"{row['success']:.4f}", f"{row['median_s']:.2f}", f"{row['mean_s']:.2f}",
                f"{row['p95_s']:.2f}")  # fmt: skip

    by_point = dict(zip(cells, rows))
    lines = [
        (
            point.profile,
            f"{point.loss:.0%}",
            *cell_text(by_point[point]),
            *cell_text(by_point[point._replace(mode="as-it-is")]),
            f"{dead_peer_time(cells[point].policy) / S:.0f}",
        )
        for point in cells
        if point.mode == "lock-step"
    ]
    return (
        f"Set-up of a tunnel and a session under independent loss, {runs} replications a point, "
        f"{PLAN['delay']} each way:\nin lock step, and with each profile's own window.\n\n"
        f"{outputs.text_table(head, lines)}\n\n{sentence}\n\n"
        f"How often each message is sent until all is over, {PLAN['profiles'][0]} in lock step, "
        f"simulated and exact:\n\n{transmissions(cells, exact)}\n"
    )
