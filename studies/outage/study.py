# SPDX-License-Identifier: GPL-2.0-only
"""A peer that is gone: how long each profile takes to notice, what it costs, what is outlived."""

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
LOADS = {"idle": "idle", "data": "data each way", "calls": "calls now and then"}
COLORS = ("tab:blue", "tab:orange", "tab:green", "tab:red", "tab:purple", "tab:brown", "tab:pink")
MARKERS = ("o", "s", "^", "v", "D", "P", "X")


class Point(NamedTuple):
    """A point of the plan."""

    profile: str
    load: str
    outage: int = 0  # seconds; 0: the peer is gone for good

    @property
    def name(self) -> str:
        return f"{self.profile} {self.load} {self.outage}"

    @property
    def options(self) -> tuple[str, ...]:
        return (f"--Profile={self.profile}", f"--Load={self.load}", f"--Outage={self.outage}s",
                f"--Delay={PLAN['delay']}", f"--FrameInterval={PLAN['frame']}s",
                f"--CallInterval={PLAN['call']}s")  # fmt: skip


def points() -> list[Point]:
    """Return all points."""
    for_good = [Point(profile, load) for profile in PLAN["profiles"] for load in PLAN["loads"]]
    return for_good + [
        Point(profile, "idle", outage) for profile in PLAN["shown"] for outage in PLAN["outages"]
    ]


def batches(runs: int) -> list[Batch]:
    """Return the plan."""
    return independent(points(), PLAN["batch"], lambda _: runs)


def row_of(point: Point, lines: list[dict[str, Any]]) -> outputs.Row:
    """Return a point's row of the table."""
    runs = sum(line["runs"] for line in lines)
    lived = sum(line["lived"] for line in lines)
    times = [time / S for line in lines for time in line["times_ns"]]
    hello, cycle = lines[0]["hello_ns"] / S, sum(lines[0]["intervals_ns"]) / S
    level = PLAN["level"]
    mean, outlived = estimates.mean(times, level), estimates.proportion(lived, runs, level)
    row: outputs.Row = {**point._asdict(), "runs": runs, "hello_s": hello, "cycle_s": cycle}
    row |= {"lived": outlived.value, "lived_low": outlived.low, "lived_high": outlived.high}
    row |= {"mean_s": mean.value, "mean_s_low": mean.low, "mean_s_high": mean.high}
    row |= {"least_s": min(times, default=math.nan), "most_s": max(times, default=math.nan)}
    row["datagrams"] = sum(line["messages"] for line in lines) / runs
    row["octets"] = sum(line["octets"] for line in lines) / runs
    row["as_predicted"] = sum(line["as_predicted"] for line in lines)
    if point.load == "data" and hello:
        # The LNS was heard last at a moment that is uniform over the time between two frames.
        row["exact_s"] = hello + cycle - PLAN["frame"] / 2
    return row


def draw(folder: Path, rows: list[outputs.Row], runs: int) -> None:
    """Draw how long a dead peer is not noticed, and which outages are outlived."""
    figure, axes = outputs.figure(columns=2, width=15, height=6)
    profiles = PLAN["profiles"]
    for offset, (color, load) in enumerate(zip(COLORS, PLAN["loads"])):
        mine = {row["profile"]: row for row in rows if row["load"] == load and not row["outage"]}
        seen = [(place, mine[name]) for place, name in enumerate(profiles) if mine[name]["lived"] < 1]
        axes[0].errorbar(
            [row["mean_s"] for _, row in seen], [place + 0.22 * (offset - 1) for place, _ in seen],
            xerr=[[row["mean_s"] - row["least_s"] for _, row in seen],
                  [row["most_s"] - row["mean_s"] for _, row in seen]],
            color=color, marker=MARKERS[offset], markersize=4, linestyle="none", label=LOADS[load],
        )  # fmt: skip
    for place, name in enumerate(profiles):
        if any(row["lived"] == 1 for row in rows if row["profile"] == name and not row["outage"]):
            axes[0].text(500, place, "without calls never: it sends no HELLO", va="center",
                         ha="right", fontsize=9)  # fmt: skip
    axes[0].set_yticks(range(len(profiles)), profiles)
    axes[0].invert_yaxis()
    axes[0].set_xscale("log")
    ticks = [5, 10, 20, 50, 100, 200, 500]
    axes[0].set_xticks(ticks, [str(tick) for tick in ticks])
    axes[0].minorticks_off()
    axes[0].set_xlabel("from the peer's death to the tunnel's end [s]")
    axes[0].set_title("How long is a dead peer not noticed?\nmean, and from the least to the most seen")
    axes[0].legend(title="the tunnel before", loc="lower right", fontsize=9)
    for color, marker, profile in zip(COLORS, MARKERS, PLAN["shown"]):
        mine = [row for row in rows if row["profile"] == profile and row["outage"]]
        axes[1].errorbar([row["outage"] for row in mine], [row["lived"] for row in mine],
                         outputs.reaches(mine, "lived"), color=color, marker=marker,
                         markersize=4, linewidth=1.2, label=profile)  # fmt: skip
    axes[1].set_xlabel("length of the outage [s]")
    axes[1].set_ylabel("probability that the tunnel outlives it")
    axes[1].set_title(f"Which outages does an idle tunnel outlive?\n{PLAN['level']:.0%} intervals")
    axes[1].legend(fontsize=9)
    figure.suptitle(f"A peer that is gone, at a random moment ({runs} runs a point)")
    outputs.save(figure, folder / "outage.svg")


def tables(rows: list[outputs.Row]) -> str:
    """Return the page's tables."""
    by_point = {(row["profile"], row["load"], row["outage"]): row for row in rows}
    head = ("profile", "HELLO s", "cycle s", "idle: mean s", "least", "most", "data: mean s", "exact",
            "calls: mean s", "datagrams idle", "octets", "with calls", "octets")  # fmt: skip
    table = []
    for profile in PLAN["profiles"]:
        idle, data, calls = (by_point[profile, load, 0] for load in PLAN["loads"])

        def mean(row: outputs.Row) -> str:
            if row["lived"] == 1:
                return "never"
            return outputs.interval(row, "mean_s")

        table.append(
            (
                profile, f"{idle['hello_s']:g}", f"{idle['cycle_s']:g}", mean(idle),
                f"{idle['least_s']:.1f}", f"{idle['most_s']:.1f}", mean(data),
                f"{data['exact_s']:.2f}" if "exact_s" in data else "-", mean(calls),
                f"{idle['datagrams']:.1f}", f"{idle['octets']:.0f}",
                f"{calls['datagrams']:.1f}", f"{calls['octets']:.0f}",
            )
        )  # fmt: skip
    outlived = [
        (profile, *(f"{by_point[profile, 'idle', outage]['lived']:.2f}" for outage in PLAN["outages"]))
        for profile in PLAN["shown"]
    ]
    head2 = ("profile", *(f"{outage} s" for outage in PLAN["outages"]))
    return (
        "From the death to the LAC's clearing of the tunnel, and what the LAC sends in vain meanwhile "
        f"(UDP and IPv4 included):\n\n{outputs.text_table(head, table)}\n\n"
        "The probability that an idle tunnel outlives an outage of this length:\n\n"
        f"{outputs.text_table(head2, outlived)}"
    )


def seen(rows: list[outputs.Row]) -> str:
    """Say what is seen."""
    runs, right = sum(row["runs"] for row in rows), sum(row["as_predicted"] for row in rows)
    data = [row for row in rows if "exact_s" in row]
    within = sum(row["mean_s_low"] <= row["exact_s"] <= row["mean_s_high"] for row in data)
    idle = [row for row in rows if row["load"] == "idle" and not row["outage"]]
    never = [row["profile"] for row in idle if row["lived"] == 1]
    noticed = sorted((row for row in idle if row["lived"] < 1), key=lambda row: row["mean_s"])
    return (
        f"{right} of {runs} replications ended when and as the timers say. With data, the exact mean "
        f"lies in {within} of {len(data)} intervals of {PLAN['level']:.0%}.\n"
        f"An idle tunnel's dead peer is noticed first by {noticed[0]['profile']} "
        f"({noticed[0]['mean_s']:.0f} s) and last by {noticed[-1]['profile']} "
        f"({noticed[-1]['mean_s']:.0f} s)"
        + (f"; never by {', '.join(never)}, which sends no HELLO." if never else ".")
    )


def report(results: dict[str, list[Any]], folder: Path, runs: int) -> str:
    """Write tables and figure; return the page of text."""
    rows = [row_of(point, results[point.name]) for point in points()]
    outputs.write_tables(folder, "outage", rows)
    draw(folder, rows, runs)
    return (
        f"A peer that is gone at a random moment: {runs} replications a point, {PLAN['delay']} each "
        f"way.\n\n{tables(rows)}\n\n{seen(rows)}\n"
    )
