# SPDX-License-Identifier: GPL-2.0-only
"""How often to send HELLO: the time to notice a dead peer, its cost, and false alarms."""

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
HOUR = 3600.0
HEADERS = 28  # octets of UDP and IPv4
HELLO_SIZE = HEADERS + 12 + 8  # with L2TP's header and the Message Type AVP
ZLB_SIZE = HEADERS + 12
COLORS = ("tab:blue", "tab:orange", "tab:green", "tab:red")
MARKERS = ("o", "s", "^", "v")


class Point(NamedTuple):
    """A point of the plan."""

    question: str
    profile: str
    hello: int
    loss: float = 0.0

    @property
    def name(self) -> str:
        return f"{self.question} {self.profile} {self.hello} {self.loss}"

    @property
    def options(self) -> tuple[str, ...]:
        return (f"--Question={self.question}", f"--Profile={self.profile}",
                f"--Hello={self.hello}s", f"--Loss={self.loss}", f"--Delay={PLAN['delay']}")  # fmt: skip


class Policy(NamedTuple):
    """What an end does, as its own policy objects say, in seconds."""

    intervals: tuple[float, ...]  # before each retransmission, and before giving up
    ack_delay: float  # of a lone acknowledgement
    delay: float  # of the link, one way

    @classmethod
    def of(cls, line: dict[str, Any]) -> "Policy":
        """Read it from a line of the program."""
        delay = float(PLAN["delay"].removesuffix("ms")) / 1e3
        return cls(tuple(n / S for n in line["intervals_ns"]), line["ack_delay_ns"] / S, delay)

    @property
    def cycle(self) -> float:
        """From a HELLO to giving up."""
        return math.fsum(self.intervals)

    @property
    def answer(self) -> float:
        """From a HELLO to its acknowledgement, if nothing is lost."""
        return 2 * self.delay + self.ack_delay

    def detection(self, hello: float) -> tuple[float, float, float]:
        """The earliest, mean and latest time to notice a death at a random moment.

        Whenever in a period it is, nothing arrives after the period's beginning, an acknowledgement.
        The period is the silence and the answer; the end comes a silence and a cycle after it began.
        """
        period = hello + self.answer
        end = hello + self.cycle
        return end - period, end - period / 2, end

    def octets(self, hello: float) -> int:
        """The octets of an hour without loss, both ends together."""
        period = hello + self.answer
        count = [
            math.floor((HOUR - first) / period) + 1 if first <= HOUR else 0
            for first in (hello, hello + self.delay + self.ack_delay)
        ]
        return HELLO_SIZE * count[0] + ZLB_SIZE * count[1]

    def alarm(self, hello: float, loss: float) -> tuple[float, float]:
        """The probability that a HELLO ends the tunnel, and the mean time until one does.

        A try succeeds if neither it nor its acknowledgement is lost. Of a HELLO that comes for the
        first time the acknowledgement waits; a repeated one is acknowledged at once.
        """
        success = (1 - loss) ** 2
        failed = (1 - success) ** len(self.intervals)
        waited, lasting = 0.0, 0.0
        for tries, interval in enumerate(self.intervals):
            at_last = success * (1 - success) ** tries
            lasting += at_last * (hello + waited + 2 * self.delay)
            lasting += loss**tries * success * self.ack_delay
            waited += interval
        return failed, lasting / failed + hello + self.cycle


def points() -> list[Point]:
    """Return all points."""
    plan = [
        Point(question, profile, hello)
        for profile in PLAN["profiles"]
        for hello in PLAN["hellos"]
        for question in ("detect", "cost")
    ]
    plan += [
        Point("alarm", profile, hello, loss)
        for profile in PLAN["profiles"]
        for hello in PLAN["alarm"]["hellos"]
        for loss in PLAN["alarm"]["losses"][profile]
    ]
    return plan


def batches(runs: int) -> list[Batch]:
    """Return the plan."""
    # Without loss each hour is as the other.
    return independent(points(), PLAN["batch"], lambda p: 1 if p.question == "cost" else runs)


def row_of(point: Point, lines: list[dict[str, Any]]) -> outputs.Row:
    """Return a point's row of the table: what was simulated, and the exact value."""
    policy = Policy.of(lines[0])
    row: outputs.Row = {**point._asdict(), "runs": sum(line["runs"] for line in lines)}
    if point.question == "cost":
        row["octets"] = sum(line["octets"] for line in lines)
        row["datagrams"] = sum(line["datagrams"] for line in lines)
        row["exact"] = policy.octets(point.hello)
        row["within"] = row["octets"] == row["exact"]
        return row
    times = [time / S for line in lines for time in line["times_ns"]]
    mean = estimates.mean(times, PLAN["level"])
    row |= {"mean_s": mean.value, "mean_s_low": mean.low, "mean_s_high": mean.high}
    row |= {"least_s": min(times), "most_s": max(times)}
    if point.question == "detect":
        row["exact_least_s"], row["exact"], row["exact_most_s"] = policy.detection(point.hello)
    else:
        row["fails"], row["exact"] = policy.alarm(point.hello, point.loss)
    row["within"] = mean.holds(row["exact"])
    return row


def draw(folder: Path, rows: list[outputs.Row], policies: dict[str, Policy], runs: int) -> None:
    """Draw detection, cost and false alarms."""
    figure, axes = outputs.figure(columns=3, width=17, height=5)
    hellos = PLAN["hellos"]
    for color, marker, profile in zip(COLORS, MARKERS, PLAN["profiles"]):
        mine = [row for row in rows if row["profile"] == profile]
        style: dict[str, Any] = {"color": color, "marker": marker, "markersize": 4}
        found = [row for row in mine if row["question"] == "detect"]
        x = [row["hello"] for row in found]
        axes[0].errorbar(x, [row["mean_s"] for row in found], outputs.reaches(found, "mean_s"), linestyle="none",
                         label=profile, **style)  # fmt: skip
        exact = [policies[profile].detection(hello) for hello in hellos]
        axes[0].plot(hellos, [mean for _, mean, _ in exact], color=color, linewidth=1)
        axes[0].fill_between(hellos, *([times[i] for times in exact] for i in (0, 2)), color=color,
                             alpha=0.08, linewidth=0)  # fmt: skip
        cost = [row for row in mine if row["question"] == "cost"]
        axes[1].plot([row["hello"] for row in cost], [row["octets"] for row in cost],
                     linewidth=1, label=profile, **style)  # fmt: skip
        for hello, line, face in zip(PLAN["alarm"]["hellos"], ("--", "-"), ("none", color)):
            seen = [row for row in mine if row["question"] == "alarm" and row["hello"] == hello]
            axes[2].errorbar([100 * row["loss"] for row in seen], [row["mean_s"] for row in seen],
                             outputs.reaches(seen, "mean_s"), linestyle="none", markerfacecolor=face, **style)  # fmt: skip
            curve = PLAN["alarm"]["curve"]
            axes[2].plot([100 * loss for loss in curve],
                         [policies[profile].alarm(hello, loss)[1] for loss in curve], line,
                         color=color, linewidth=1, label=f"{profile}, HELLO after {hello} s")  # fmt: skip
    for axis in axes[:2]:
        axis.set_xscale("log")
        axis.set_xticks(hellos, [str(hello) for hello in hellos])
        axis.minorticks_off()
        axis.set_yscale("log")
        axis.set_xlabel("silence before a HELLO [s]")
    axes[0].set_title("How long is a dead LNS not noticed?\n"
                      "points: means; lines: exact; shaded: earliest to latest")  # fmt: skip
    axes[0].set_ylabel("from its death to the tunnel's end [s]")
    axes[0].legend()
    axes[1].set_title("What do HELLOs cost?\nan idle tunnel, UDP and IPv4 included")
    axes[1].set_ylabel("octets in an hour, both ends")
    axes[1].legend()
    axes[2].set_title("How long until loss makes a live LNS look dead?\n"
                      "points: means; lines: exact")  # fmt: skip
    axes[2].set_ylabel("mean time [s]")
    axes[2].set_xlabel("loss, each way [%]")
    axes[2].set_yscale("log")
    for seconds, name in ((HOUR, "an hour"), (24 * HOUR, "a day"), (365 * 24 * HOUR, "a year")):
        axes[2].axhline(seconds, color="grey", linewidth=0.8, linestyle=":")
        axes[2].text(61, seconds, name, color="grey", va="bottom", ha="right", fontsize=9)
    axes[2].set_ylim(10, 1e9)
    axes[2].legend(fontsize=9, loc="center left", bbox_to_anchor=(1.01, 0.5))
    figure.suptitle(f"HELLOs of an idle tunnel ({runs} runs a point, {PLAN['level']:.0%} confidence intervals)")
    outputs.save(figure, folder / "keepalive.svg")


def span(seconds: float) -> str:
    """Return a time for people."""
    if seconds > 1000 * 365 * 24 * HOUR:
        return "over 1000 years"
    for size, unit in ((365 * 24 * HOUR, "years"), (24 * HOUR, "days"), (HOUR, "h")):
        if seconds >= 2 * size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.3g} s"


def tables(rows: list[outputs.Row], policies: dict[str, Policy]) -> str:
    """Return the page's tables."""
    by_point = {Point(*(row[key] for key in Point._fields)): row for row in rows}
    head = ("HELLO after s", *(f"{name}: mean s, exact" for name in policies), "octets an hour")
    detection = []
    for hello in PLAN["hellos"]:
        cells = []
        for profile in policies:
            row = by_point[Point("detect", profile, hello)]
            cells.append(f"{outputs.interval(row, 'mean_s')} {row['exact']:.2f}")
        cost = by_point[Point("cost", PLAN["profiles"][0], hello)]["octets"]
        detection.append((str(hello), *cells, str(cost)))
    alarms = []
    for profile, policy in policies.items():
        for loss in PLAN["alarm"]["curve"]:
            cells = []
            for hello in PLAN["alarm"]["hellos"]:
                row = by_point.get(Point("alarm", profile, hello, loss))
                seen = f"{span(row['mean_s_low'])} to {span(row['mean_s_high'])}" if row else "-"
                cells += [seen, span(policy.alarm(hello, loss)[1])]
            alarms.append((profile, f"{loss:.0%}", f"{policy.alarm(1, loss)[0]:.2g}", *cells))
    alarm_head = ["profile", "loss", "HELLO fails"]
    for hello in PLAN["alarm"]["hellos"]:
        alarm_head += [f"after {hello} s: simulated", "exact"]
    return (
        "From the LNS's death to the tunnel's end, and the cost of an hour with "
        f"{PLAN['profiles'][0]}'s acknowledgements:\n\n{outputs.text_table(head, detection)}\n\n"
        "Mean time until loss makes a live LNS look dead, and the probability that a HELLO is "
        f"answered in no try:\n\n{outputs.text_table(alarm_head, alarms)}"
    )


def seen(rows: list[outputs.Row], policies: dict[str, Policy]) -> str:
    """Say what is seen."""
    means = [row for row in rows if row["question"] != "cost"]
    costs = [row for row in rows if row["question"] == "cost"]
    outside = [
        row
        for row in rows
        if row["question"] == "detect"
        and not row["exact_least_s"] <= row["least_s"] <= row["most_s"] <= row["exact_most_s"]
    ]
    first, second = PLAN["hellos"][0], PLAN["hellos"][-1]
    policy = policies[PLAN["profiles"][0]]
    saved = policy.octets(first) / policy.octets(second)
    longer = policy.detection(second)[1] / policy.detection(first)[1]
    patient = max(policies, key=lambda name: len(policies[name].intervals))
    hasty = min(policies, key=lambda name: len(policies[name].intervals))
    return (
        f"The exact mean lies in {sum(row['within'] for row in means)} of {len(means)} intervals of "
        f"{PLAN['level']:.0%}; of {len(costs)} counts of octets {sum(r['within'] for r in costs)} are "
        f"the exact ones. At {len(outside)} points a death was noticed earlier or later than can be.\n"
        f"From HELLOs after {first} s to HELLOs after {second} s, {PLAN['profiles'][0]} takes "
        f"{longer:.1f} times as long to notice a death and costs {saved:.0f} times less.\n"
        f"Patience decides about false alarms: at 20 % loss {hasty} ({len(policies[hasty].intervals)} "
        f"tries) takes a live LNS for dead after {span(policies[hasty].alarm(60, 0.2)[1])} in the mean, "
        f"{patient} ({len(policies[patient].intervals)} tries) after "
        f"{span(policies[patient].alarm(60, 0.2)[1])}, with HELLOs after 60 s."
    )


def report(results: dict[str, list[Any]], folder: Path, runs: int) -> str:
    """Write tables and figure; return the page of text."""
    rows = [row_of(point, results[point.name]) for point in points()]
    policies = {
        profile: Policy.of(results[Point("cost", profile, PLAN["hellos"][0]).name][0])
        for profile in PLAN["profiles"]
    }
    outputs.write_tables(folder, "keepalive", rows)
    draw(folder, rows, policies, runs)
    return (
        f"HELLOs of an idle tunnel: {runs} replications a point, {PLAN['delay']} each way.\n\n"
        f"{tables(rows, policies)}\n\n{seen(rows, policies)}\n"
    )
