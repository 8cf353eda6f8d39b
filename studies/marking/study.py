# SPDX-License-Identifier: GPL-2.0-only
"""What copying DSCP and ECN out of a tunnel, and back, does for voice and TCP under congestion."""

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
LABELS = {
    "untunnelled": "untunnelled",
    "none": "no marking",
    "dscp": "DSCP copied",
    "ecn": "ECN copied",
    "both": "DSCP and ECN copied",
}
COLORS = dict(zip(LABELS, ("black", "tab:blue", "tab:orange", "tab:green", "tab:red")))
MARKERS = dict(zip(LABELS, ("x", "o", "s", "^", "v")))
QUANTITIES = {
    "delay_ms": "voice: mean delay, one way [ms]",
    "jitter_ms": "voice: mean difference of successive delays [ms]",
    "loss_percent": "voice: packets lost [%]",
    "goodput_mbps": "TCP: goodput [Mbit/s]",
    "again_percent": "TCP: octets sent again [% of all it sent]",
    "marks": "best-effort queue: CE marks in a run",
    "drops": "best-effort queue: drops in a run, cross traffic's too",
}
DRAWN = ("delay_ms", "jitter_ms", "loss_percent", "goodput_mbps", "again_percent", "marks")


class Point(NamedTuple):
    """A point of the plan."""

    policy: str
    ecn: bool
    load: float

    @property
    def name(self) -> str:
        return f"{self.policy} {'ecn' if self.ecn else 'plain'} {self.load}"

    @property
    def options(self) -> tuple[str, ...]:
        settings = {**PLAN["base"], **PLAN["policies"][self.policy]}
        return (*(f"--{key}={value}" for key, value in settings.items()),
                f"--Ecn={'true' if self.ecn else 'false'}", f"--Load={self.load}")  # fmt: skip


def points() -> list[Point]:
    """Return all points."""
    return [
        Point(policy, ecn, load)
        for ecn in (False, True)
        for policy in PLAN["policies"]
        for load in PLAN["loads"]
    ]


def batches(runs: int) -> list[Batch]:
    """Return the plan. The same run has the same cross traffic at all points of a load."""
    return paired(points(), PLAN["batch"], runs)


def values_of(line: dict[str, Any]) -> dict[str, float]:
    """Return the quantities of one replication."""
    sent = line["tcp_sent"] + line["tcp_again"]
    return {
        "delay_ms": 1e3 * line["voice_delay_s"],
        "jitter_ms": 1e3 * line["voice_jitter_s"],
        "loss_percent": 100 * (1 - line["voice_received"] / line["voice_sent"]),
        "goodput_mbps": line["tcp_goodput_bps"] / 1e6,
        "again_percent": 100 * line["tcp_again"] / sent if sent else 0.0,
        "marks": line["queue_marks"],
        "drops": line["queue_drops"],
    }


def row_of(point: Point, lines: list[dict[str, Any]]) -> outputs.Row:
    """Return a point's row of the table: means with their intervals."""
    up = [line for line in lines if line["up"]]
    row: outputs.Row = {**point._asdict(), "runs": len(lines), "up": len(up)}
    values = [values_of(line) for line in up]
    for name in QUANTITIES:
        mean = estimates.mean([value[name] for value in values], PLAN["level"])
        row |= {name: mean.value, f"{name}_low": mean.low, f"{name}_high": mean.high}
    row["lns_ce"] = sum(line["lns_ce"] for line in up)
    row["lns_ce_dropped"] = sum(line["lns_ce_dropped"] for line in up)
    return row


def draw(folder: Path, rows: list[outputs.Row], ecn: bool, runs: int) -> None:
    """Draw all quantities against the load, a line for each policy."""
    figure, axes = outputs.figure(columns=3, rows=2, width=15, height=8.2)
    for axis, name in zip(axes.flat, DRAWN):
        for number, policy in enumerate(PLAN["policies"]):
            mine = [row for row in rows if row["policy"] == policy and row["ecn"] == ecn]
            # Side by side, so that equal values can be told apart.
            x = [100 * row["load"] + 1.2 * (number - 2) for row in mine]
            axis.errorbar(x, [row[name] for row in mine], outputs.reaches(mine, name),
                          label=LABELS[policy], color=COLORS[policy], marker=MARKERS[policy],
                          markersize=5, linewidth=1)  # fmt: skip
        axis.set_title(QUANTITIES[name], fontsize=10)
        axis.set_xticks([100 * load for load in PLAN["loads"]])
        axis.set_xlabel("mean cross traffic [% of the bottleneck's rate]")
        axis.set_ylim(bottom=0)
        if max(row[name] for row in rows if row["ecn"] == ecn) == 0:
            axis.set_ylim(0, 1)
    handles, labels = axes.flat[0].get_legend_handles_labels()
    # Below all panels, where the layout leaves room.
    figure.get_layout_engine().set(rect=(0, 0.04, 1, 0.96))
    figure.legend(handles, labels, loc="lower center", ncol=len(labels))
    figure.suptitle(
        "What does marking of a tunnel's packets do for voice and TCP on a congested link?\n"
        f"TCP {'with' if ecn else 'without'} ECN; means of {runs} runs, "
        f"{PLAN['level']:.0%} confidence intervals"
    )
    outputs.save(figure, folder / f"marking-{'ecn' if ecn else 'plain'}.svg")


def table(rows: list[outputs.Row]) -> str:
    """Return the page's table of some rows."""
    head = ("policy, cross traffic", "delay ms", "jitter ms", "loss %", "goodput Mbit/s",
            "again %", "marks", "drops")  # fmt: skip
    cells = [
        (
            f"{LABELS[row['policy']]}, {row['load']:.0%}",
            *(outputs.interval(row, name) for name in QUANTITIES),
        )
        for row in rows
    ]
    return outputs.text_table(head, cells)


def differs(one: outputs.Row, other: outputs.Row, name: str) -> bool:
    """Return whether two means' intervals have nothing in common."""
    return one[f"{name}_low"] > other[f"{name}_high"] or other[f"{name}_low"] > one[f"{name}_high"]


def seen(rows: list[outputs.Row]) -> str:
    """Say what is seen under the heaviest load."""
    load = PLAN["loads"][-1]
    at = {(row["policy"], row["ecn"]): row for row in rows if row["load"] == load}
    text = [f"With {load:.0%} of cross traffic, TCP with ECN:"]
    for name, what in QUANTITIES.items():
        none, both, bare = (at[p, True] for p in ("none", "both", "untunnelled"))
        certain = "" if differs(none, both, name) else " (no difference is certain)"
        text.append(f"- {what}: {none[name]:.2f} without marking, {both[name]:.2f} with both copied"
                    f"{certain}; {bare[name]:.2f} untunnelled.")  # fmt: skip
    copied = [row for row in rows if row["policy"] in ("ecn", "both")]
    others = [row for row in rows if row["policy"] in ("none", "dscp")]
    text.append(
        f"Where ECN is copied, the LNS put {sum(row['lns_ce'] for row in copied)} CE marks back into "
        f"inner packets, elsewhere {sum(row['lns_ce'] for row in others)}; it had to drop "
        f"{sum(row['lns_ce_dropped'] for row in rows)} packets for a mark on one that is not "
        "ECN-capable."
    )
    return "\n".join(text)


def report(results: dict[str, list[Any]], folder: Path, runs: int) -> str:
    """Write tables and figures; return the page of text."""
    rows = [row_of(point, results[point.name]) for point in points()]
    outputs.write_tables(folder, "marking", rows)
    page = [
        f"Voice (EF) and a TCP flow across a congested link: means of {runs} runs, "
        f"{PLAN['level']:.0%} confidence intervals."
    ]
    for ecn in (False, True):
        draw(folder, rows, ecn, runs)
        page.append(f"TCP {'with' if ecn else 'without'} ECN:")
        page.append(table([row for row in rows if row["ecn"] == ecn]))
    down = sum(row["runs"] - row["up"] for row in rows)
    if down:
        page.append(f"In {down} runs the tunnel did not come up; they are left out.")
    page.append(seen(rows))
    return "\n\n".join(page) + "\n"
