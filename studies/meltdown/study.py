# SPDX-License-Identifier: GPL-2.0-only
"""TCP meltdown: one TCP flow untunnelled, in L2TP, and in a TCP tunnel; the plan is plan.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Iterator, NamedTuple

import estimates
import outputs
from runner import Batch

PLAN = tomllib.loads((Path(__file__).parent / "plan.toml").read_text(encoding="utf-8"))
RUNS = PLAN["runs"]
WAYS = {"plain": "untunnelled", "l2tp": "L2TP over UDP", "tcp": "TCP tunnel"}
STYLES = {"plain": ("0.45", "s"), "l2tp": ("tab:blue", "o"), "tcp": ("tab:red", "^")}

# How the TCP tunnel's goodput is judged, by the interval of its ratio to L2TP's.
COLLAPSED = 0.75  # wholly under this
HELD = 0.9  # wholly over this


class Point(NamedTuple):
    """A point of a sweep."""

    sweep: str
    value: Any
    options: tuple[str, ...]

    @property
    def name(self) -> str:
        """What says all about it, so that a point of two sweeps is run once."""
        return " ".join(self.options)


def points() -> Iterator[Point]:
    """Yield the points of all sweeps."""
    for name, sweep in PLAN["sweeps"].items():
        for value in sweep["values"]:
            options = {**PLAN["base"], **sweep.get("fixed", {}), sweep["option"]: value}
            if "also" in sweep:
                options[sweep["also"]] = value
            yield Point(name, value, tuple(f"--{key}={options[key]}" for key in options))


def batches(runs: int) -> list[Batch]:
    """Return the plan."""
    size = PLAN["batch"]
    plan = {
        Batch(point.name, (*point.options, f"--RngRun={first}", f"--Runs={min(size, last - first)}"))
        for point in points()
        for last in (runs + 1,)
        for first in range(1, last, size)
    }
    return sorted(plan)


def number_of(value: Any) -> float:
    """Return a value without its unit."""
    return float(re.match(r"[\d.]+", str(value)).group())


def share_again(way: dict[str, Any], layer: str) -> float:
    """Return how much of what a layer sends it has sent before."""
    total = way[f"{layer}_sent"] + way[f"{layer}_again"]
    return way[f"{layer}_again"] / total if total else 0.0


def verdict(ratio: estimates.Estimate) -> str:
    """Say in a word what a ratio of goodputs means."""
    if ratio.high < COLLAPSED:
        return "collapses"
    if ratio.low > 1:
        return "gains"
    return "holds" if ratio.low > HELD else "loses" if ratio.high < 1 else "-"


def row_of(point: Point, runs: list[dict[str, Any]]) -> outputs.Row:
    """Return what a point has come to."""
    up = [run for run in runs if all(run[way]["up"] for way in WAYS)]
    row: outputs.Row = {"sweep": point.sweep, "value": point.value, "runs": len(up)}
    if not up:
        raise ValueError(f"no tunnel came up at {point.name}")

    def put(name: str, estimate: estimates.Estimate) -> None:
        row.update({name: estimate.value, f"{name}_low": estimate.low, f"{name}_high": estimate.high})

    for way in WAYS:
        results = [run[way] for run in up]
        put(f"{way}_goodput_mbps", estimates.mean([r["goodput_bps"] / 1e6 for r in results]))
        put(f"{way}_ping_s", estimates.mean([r["ping_mean_s"] for r in results]))
        put(f"{way}_inner_again", estimates.mean([share_again(r, "inner") for r in results]))
        put(f"{way}_inner_timeouts", estimates.mean([r["inner_timeouts"] for r in results]))
        put(f"{way}_duplicates_kib", estimates.mean([r["duplicates"] / 1024 for r in results]))
        put(f"{way}_stall_s", estimates.mean([r["stall_s"] for r in results]))
        put(f"{way}_queue_packets", estimates.mean([r["queue_mean"] for r in results]))
    results = [run["tcp"] for run in up]
    put("tcp_outer_again", estimates.mean([share_again(r, "outer") for r in results]))
    put("tcp_outer_timeouts", estimates.mean([r["outer_timeouts"] for r in results]))
    put("tcp_backlog_kib", estimates.mean([r["backlog_mean"] / 1024 for r in results]))
    put("tcp_tunnel_drops", estimates.mean([r["tunnel_drops"] for r in results]))
    pairs = [(run["tcp"]["goodput_bps"], run["l2tp"]["goodput_bps"]) for run in up]
    ratio = estimates.geometric_mean([max(tcp, 1) / max(l2tp, 1) for tcp, l2tp in pairs])
    put("ratio", ratio)
    row["verdict"] = verdict(ratio)
    return row


def tick_of(value: float) -> str:
    """Return a value as it stands at an axis: 262144 is 256 Ki."""
    return f"{value / 1024:g} Ki" if value >= 1024 else f"{value:g}"


def panel(axes, rows: list[outputs.Row], sweep: dict[str, Any], name: str, ways) -> None:
    """Draw one quantity of a sweep, with its intervals."""
    is_text = isinstance(sweep["values"][0], str) and not sweep["values"][0][0].isdigit()
    for way, label in ways.items():
        column = f"{way}_{name}"
        color, marker = STYLES[way.split("_")[0]]
        x = [i if is_text else number_of(row["value"]) for i, row in enumerate(rows)]
        y = [row[column] for row in rows]
        axes.errorbar(
            x, y, outputs.reaches(rows, column), label=label, color=color, marker=marker,
            markersize=4, linewidth=1.2, linestyle="none" if is_text else "-",
        )  # fmt: skip
    if is_text:
        axes.set_xticks(range(len(rows)), [row["value"] for row in rows], rotation=30)
    elif "scale" in sweep:
        axes.set_xscale(sweep["scale"])
        axes.set_xticks(x, [tick_of(value) for value in x])
        axes.minorticks_off()
    axes.set_xlabel(sweep["axis"])


def draw(folder: Path, name: str, rows: list[outputs.Row], runs: int) -> None:
    """Draw a sweep: goodput, latency, and what is sent again."""
    sweep = PLAN["sweeps"][name]
    figure, axes = outputs.figure(columns=3, width=14, height=4.6)
    panel(axes[0], rows, sweep, "goodput_mbps", WAYS)
    axes[0].set_ylabel("goodput [Mbit/s]")
    axes[0].set_ylim(bottom=0)
    axes[0].legend()
    panel(axes[1], rows, sweep, "ping_s", WAYS)
    axes[1].set_ylabel("mean round-trip time of pings beside the flow [s]")
    axes[1].set_yscale("log")
    axes[1].legend()
    panel(axes[2], rows, sweep, "inner_again", {way: f"hosts' TCP, {WAYS[way]}" for way in WAYS})
    column = "tcp_outer_again"
    is_text = isinstance(sweep["values"][0], str) and not sweep["values"][0][0].isdigit()
    axes[2].plot(
        [i if is_text else number_of(row["value"]) for i, row in enumerate(rows)],
        [row[column] for row in rows],
        label="tunnel's own TCP", color="tab:orange", marker="v", markersize=4,
        linestyle="none" if is_text else "--",
    )  # fmt: skip
    axes[2].set_ylabel("share of the octets sent that were sent again")
    # Room for the legend above all intervals.
    axes[2].set_ylim(0, 1.35 * axes[2].get_ylim()[1])
    axes[2].legend(loc="upper left")
    figure.suptitle(f"{sweep['title']} (means of {runs} runs, 95 % confidence intervals)")
    outputs.save(figure, folder / f"{name}.svg")


def page_of(name: str, rows: list[outputs.Row]) -> str:
    """Return the text about a sweep."""
    head = (
        PLAN["sweeps"][name]["option"], "untunnelled", "L2TP", "TCP tunnel", "TCP÷L2TP", "",
        "inner again", "timeouts", "outer again", "timeouts", "ping L2TP s", "ping TCP s",
        "backlog KiB", "stall s",
    )  # fmt: skip
    cells = [
        (
            str(row["value"]),
            *(outputs.interval(row, f"{way}_goodput_mbps") for way in WAYS),
            f"{row['ratio']:.2f} [{row['ratio_low']:.2f}, {row['ratio_high']:.2f}]",
            row["verdict"],
            f"{100 * row['tcp_inner_again']:.1f} %",
            f"{row['tcp_inner_timeouts']:.1f}",
            f"{100 * row['tcp_outer_again']:.1f} %",
            f"{row['tcp_outer_timeouts']:.1f}",
            outputs.interval(row, "l2tp_ping_s", 3),
            outputs.interval(row, "tcp_ping_s", 3),
            f"{row['tcp_backlog_kib']:.0f}",
            f"{row['tcp_stall_s']:.1f}",
        )
        for row in rows
    ]
    return f"{PLAN['sweeps'][name]['title']}\n\n{outputs.text_table(head, cells)}\n\n{seen(rows)}\n"


def seen(rows: list[outputs.Row]) -> str:
    """Say what is seen in a sweep."""
    by_verdict: dict[str, list[str]] = {}
    for row in rows:
        by_verdict.setdefault(row["verdict"], []).append(str(row["value"]))
    words = {
        "collapses": f"the TCP tunnel collapses (under {COLLAPSED:.0%} of L2TP's goodput)",
        "loses": "it has less goodput than L2TP",
        "-": "no difference in goodput is certain",
        "holds": f"it holds (over {HELD:.0%} of L2TP's goodput)",
        "gains": "it has more goodput than L2TP",
    }
    parts = [f"at {', '.join(by_verdict[v])} {words[v]}" for v in words if v in by_verdict]
    slower = [row["tcp_ping_s"] / row["l2tp_ping_s"] for row in rows if row["l2tp_ping_s"] > 0]
    text = "; ".join(parts)
    return (
        f"{text[0].upper()}{text[1:]}. Pings through it take {min(slower):.1f} to "
        f"{max(slower):.1f} times as long as through L2TP."
    )


def report(results: dict[str, list[Any]], folder: Path, runs: int) -> str:
    """Write tables and figures; return the page of text."""
    by_sweep: dict[str, list[outputs.Row]] = {}
    for point in points():
        by_sweep.setdefault(point.sweep, []).append(row_of(point, results[point.name]))
    outputs.write_tables(folder, "meltdown", [row for rows in by_sweep.values() for row in rows])
    for name, rows in by_sweep.items():
        draw(folder, name, rows, runs)
    head = (
        "TCP meltdown: goodput in Mbit/s of one TCP flow, untunnelled, in L2TP and in a TCP tunnel\n"
        f"(means of {runs} runs with 95 % confidence intervals; the ratio is the geometric mean of "
        "runs' ratios).\n\n"
    )
    return head + "\n".join(page_of(name, rows) for name, rows in by_sweep.items())
