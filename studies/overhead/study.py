# SPDX-License-Identifier: GPL-2.0-only
"""What a tunnel adds to the octets on a link, and what becomes of packets that are too long."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import arithmetic
import estimates
import outputs
from runner import Batch, independent, paired

FOLDER = Path(__file__).resolve().parent
PLAN = tomllib.loads((FOLDER / "plan.toml").read_text(encoding="utf-8"))
RUNS = PLAN["runs"]
RATE = 1e6 * float(PLAN["base"]["Rate"].removesuffix("Mbps"))
PATH_MTUS = ("1500", "1400")

SIZE_LABELS = {
    "untunnelled": "untunnelled",
    "outer": "L2TP over IPv4, outer fragments (MRU 1500)",
    "inner": "L2TP over IPv4, inner fragments (MRU 1462)",
    "options": "L2TP with Length, Ns, Nr, Offset (MRU 1500)",
    "ipv6": "L2TP over IPv6, outer fragments (MRU 1500)",
}
SIZE_STYLES = dict(zip(SIZE_LABELS, (("black", "x"), ("tab:blue", "o"), ("tab:orange", "s"),
                                     ("tab:green", "^"), ("tab:red", "v"))))  # fmt: skip
LOSS_LABELS = {
    "whole": "1434 octets: one packet",
    "outer": "1472 octets: two outer fragments",
    "inner": "1472 octets: two inner fragments",
}
FLOW_LABELS = {
    "untunnelled": "untunnelled",
    "outer": "outer fragments",
    "inner": "inner fragments",
    "discovery": "path MTU discovery",
    "hole": "the same, ICMP filtered",
    "clamp": "MSS clamped",
}
LAYER_LABELS = {
    "payload": "data",
    "transport": "UDP inside",
    "inner_ip": "IPv4 inside",
    "ppp": "PPP",
    "l2tp": "L2TP",
    "outer_udp": "UDP outside",
    "outer_ip": "IP outside",
    "link": "link",
}


class Point(NamedTuple):
    """A point of the plan."""

    part: str  # sizes, losses or flows
    variant: str
    settings: tuple[tuple[str, Any], ...]
    path_mtu: str = "1500"
    payload: int = 0
    loss: float = 0.0

    @property
    def name(self) -> str:
        return f"{self.part} {self.variant} {self.path_mtu} {self.payload} {self.loss}"

    @property
    def options(self) -> tuple[str, ...]:
        own = {"PathMtu": self.path_mtu, "Payload": self.payload, "Loss": self.loss}
        return tuple(f"--{key}={value}" for key, value in {**PLAN["base"], **dict(self.settings), **own}.items())

    @property
    def setting(self) -> arithmetic.Setting:
        """What decides about the headers."""
        said = dict(self.settings)
        return arithmetic.Setting(
            tunnel=said.get("Tunnel") != "false",
            ipv6=said.get("Ipv6") == "true",
            options=said.get("Options") == "true",
            mru=said.get("Mru", 1500),
            path_mtu=int(self.path_mtu),
        )


def size_points() -> list[Point]:
    """Return the points of bursts without loss."""
    plan = PLAN["sizes"]
    return [
        Point("sizes", variant, (("Burst", plan["Burst"]), *settings.items()), payload=payload)
        for variant, settings in plan["variants"].items()
        for payload in plan["payloads"]
    ]


def loss_points() -> list[Point]:
    """Return the points of bursts with loss."""
    plan = PLAN["losses"]
    points = []
    for variant, settings in plan["variants"].items():
        others = tuple((key, value) for key, value in settings.items() if key != "Payload")
        for loss in plan["values"]:
            points.append(Point("losses", variant, (("Burst", plan["Burst"]), *others),
                                payload=settings["Payload"], loss=loss))  # fmt: skip
    return points


def flow_points() -> list[Point]:
    """Return the points of TCP flows."""
    plan = PLAN["flows"]
    return [
        Point("flows", variant, (("Duration", plan["Duration"]), *settings.items()), mtu, loss=loss)
        for mtu in PATH_MTUS
        for variant, settings in plan[mtu].items()
        for loss in plan["losses"]
    ]


def batches(runs: int) -> list[Batch]:
    """Return the plan. Without loss nothing is random but a tunnel's numbers; with it, the n-th run
    of each flow meets the same losses."""
    flows = flow_points()
    return [
        *paired([*size_points(), *(point for point in flows if point.loss == 0)], 1, 1),
        *independent(loss_points(), PLAN["batch"], lambda _: runs, each=True),
        *paired([point for point in flows if point.loss > 0], PLAN["batch"], runs),
    ]


def size_row(point: Point, line: dict[str, Any]) -> outputs.Row:
    """Return the row of a burst without loss: octets on the link for each datagram, by layer."""
    layers = line["layers"]
    row: outputs.Row = {"variant": point.variant, "data": point.payload}
    for name in ("frames", *arithmetic.LAYERS):
        row[name] = layers[name] / line["sent"]
    row["on_link"] = sum(row[name] for name in arithmetic.LAYERS)
    row["goodput_mbps"] = line["goodput_bps"] / 1e6
    computed = arithmetic.octets(point.payload, point.setting)
    row["computed_on_link"] = arithmetic.on_link(point.payload, point.setting)
    row["computed_goodput_mbps"] = arithmetic.goodput(point.payload, point.setting, RATE) / 1e6
    row["agrees"] = (
        all(row[name] == computed[name] for name in computed)
        and line["arrived"] == line["sent"]
        and abs(row["goodput_mbps"] / row["computed_goodput_mbps"] - 1) < 1e-6
    )
    return row


def loss_row(point: Point, lines: list[dict[str, Any]]) -> outputs.Row:
    """Return the row of bursts with loss: the share that arrives."""
    arrived = sum(line["arrived"] for line in lines if line["up"])
    sent = sum(line["sent"] for line in lines if line["up"])
    share = estimates.proportion(arrived, sent, PLAN["level"])
    exact = arithmetic.share(point.payload, point.setting, point.loss)
    return {"variant": point.variant, "payload": point.payload, "loss": point.loss, "sent": sent,
            "share": share.value, "share_low": share.low, "share_high": share.high,
            "computed_share": exact, "agrees": share.holds(exact)}  # fmt: skip


def flow_values(line: dict[str, Any]) -> dict[str, float]:
    """Return the quantities of one TCP flow."""
    layers = line["layers"]
    on_link = sum(layers[name] for name in arithmetic.LAYERS)
    sent = line["tcp_sent"] + line["tcp_again"]
    return {
        "goodput_mbps": line["goodput_bps"] / 1e6,
        "overhead_percent": 100 * (on_link / line["received"] - 1) if line["received"] else 0.0,
        "again_percent": 100 * line["tcp_again"] / sent if sent else 0.0,
        "stall_s": line["longest_stall_s"],
    }


def flow_row(point: Point, lines: list[dict[str, Any]]) -> outputs.Row:
    """Return the row of TCP flows: means with their intervals."""
    up = [line for line in lines if line["up"]]
    row: outputs.Row = {"variant": point.variant, "path_mtu": int(point.path_mtu), "loss": point.loss,
                        "runs": len(lines), "up": len(up)}  # fmt: skip
    values = [flow_values(line) for line in up]
    for name in values[0]:
        mean = estimates.mean([value[name] for value in values], PLAN["level"])
        row |= {name: mean.value, f"{name}_low": mean.low, f"{name}_high": mean.high}
    row["segment_size"] = max(line["segment_size"] for line in up)
    row["too_long"] = sum(line["too_long"] for line in up) / len(up)
    row["icmp_to_host"] = sum(line["icmp_to_host"] for line in up) / len(up)
    return row


def draw_layers(folder: Path, rows: list[outputs.Row]) -> None:
    """Draw what is on the link for a datagram, a stack of layers for each variant."""
    sizes = PLAN["sizes"]["bars"]
    figure, axes = outputs.figure(columns=len(sizes), width=14, height=5)
    names = {"untunnelled": "no\ntunnel", "outer": "L2TP", "inner": "L2TP\ninner\nfragments",
             "options": "L2TP\nall\noptions", "ipv6": "L2TP\nover\nIPv6"}  # fmt: skip
    for axis, size in zip(axes.flat, sizes):
        mine = {row["variant"]: row for row in rows if row["data"] == size}
        base = [0.0] * len(mine)
        for number, (layer, label) in enumerate(LAYER_LABELS.items()):
            heights = [row[layer] for row in mine.values()]
            axis.bar([names[variant] for variant in mine], heights, bottom=base, label=label,
                     color=f"C{number}" if layer != "payload" else "lightgray")  # fmt: skip
            base = [low + height for low, height in zip(base, heights)]
        for x, (row, top) in enumerate(zip(mine.values(), base)):
            frames = f"{row['frames']:.0f} packet" + ("s" if row["frames"] > 1 else "")
            axis.annotate(f"{top:.0f}\n{frames}", (x, top), ha="center", va="bottom", fontsize=7)
        axis.set_title(f"{size} octets of data", fontsize=10)
        # The data's bar is cut off, so that headers can be seen; all panels have one scale.
        axis.set_ylim(size - 40, size + 200)
        axis.tick_params(axis="x", labelsize=7)
        axis.grid(axis="x", visible=False)
    axes.flat[0].set_ylabel("octets on the link, from the data's end upwards")
    handles, labels = axes.flat[0].get_legend_handles_labels()
    figure.get_layout_engine().set(rect=(0, 0.07, 1, 0.93))
    figure.legend(handles, labels, loc="lower center", ncol=len(labels))
    figure.suptitle("What is on the link for one UDP datagram?")
    outputs.save(figure, folder / "overhead-layers.svg")


def draw_goodput(folder: Path, rows: list[outputs.Row]) -> None:
    """Draw goodput against the datagrams' size, computed and simulated."""
    figure, axes = outputs.figure(columns=2, width=13, height=5.5)
    points = {point.variant: point for point in size_points()}
    sizes = range(min(PLAN["sizes"]["payloads"]), max(PLAN["sizes"]["payloads"]) + 1)
    for axis in axes:
        for variant, label in SIZE_LABELS.items():
            color, marker = SIZE_STYLES[variant]
            exact = [arithmetic.goodput(size, points[variant].setting, RATE) / 1e6 for size in sizes]
            axis.plot(sizes, exact, color=color, linewidth=1)
            mine = [row for row in rows if row["variant"] == variant]
            axis.plot([row["data"] for row in mine], [row["goodput_mbps"] for row in mine], label=label,
                      color=color, marker=marker, markersize=5, linestyle="none")  # fmt: skip
        axis.set_xlabel("data in a datagram [octets]")
        axis.set_ylabel("goodput [Mbit/s]")
    axes[0].set_ylim(0, RATE / 1e6)
    axes[0].legend(loc="lower right")
    axes[0].set_title("all sizes", fontsize=10)
    axes[1].set_xlim(*PLAN["sizes"]["detail"])
    axes[1].set_ylim(0.89 * RATE / 1e6, 0.99 * RATE / 1e6)
    axes[1].set_title("where packets become fragments", fontsize=10)
    figure.suptitle(f"What does a link of {RATE / 1e6:.0f} Mbit/s carry of UDP datagrams back to back?\n"
                    "Lines: computed; marks: simulated")  # fmt: skip
    outputs.save(figure, folder / "overhead-goodput.svg")


def draw_losses(folder: Path, rows: list[outputs.Row]) -> None:
    """Draw the share of datagrams that arrives against the link's loss."""
    figure, axis = outputs.figure()
    points = {point.variant: point for point in loss_points()}
    losses = [n / 200 for n in range(0, 41)]
    for number, (variant, label) in enumerate(LOSS_LABELS.items()):
        point = points[variant]
        exact = [100 * arithmetic.share(point.payload, point.setting, loss) for loss in losses]
        axis.plot([100 * loss for loss in losses], exact, color=f"C{number}", linewidth=1,
                  linestyle=("-", "-", ":")[number])  # fmt: skip
        mine = [row for row in rows if row["variant"] == variant]
        # Side by side, so that equal values can be told apart.
        axis.errorbar([100 * row["loss"] + 0.15 * (number - 1) for row in mine],
                      [100 * row["share"] for row in mine], outputs.reaches(mine, "share", 100),
                      label=label, color=f"C{number}", marker="os^"[number], markersize=5,
                      linestyle="none")  # fmt: skip
    axis.set_xlabel("packets that the link loses [%]")
    axis.set_ylabel("datagrams that arrive [%]")
    axis.legend(loc="lower left")
    axis.set_title("What do fragments do to the loss that datagrams see?\n"
                   f"Lines: computed; marks, side by side: simulated, {PLAN['level']:.0%} confidence "
                   "intervals",
                   fontsize=11)  # fmt: skip
    outputs.save(figure, folder / "overhead-loss.svg")


def draw_flows(folder: Path, rows: list[outputs.Row], runs: int) -> None:
    """Draw the goodput of TCP flows, a bar for each treatment."""
    losses = PLAN["flows"]["losses"]
    figure, axes = outputs.figure(columns=len(losses), rows=len(PATH_MTUS), width=12, height=7)
    for mtu, line in zip(PATH_MTUS, axes):
        for loss, axis in zip(losses, line):
            mine = [row for row in rows if row["path_mtu"] == int(mtu) and row["loss"] == loss]
            labels = [FLOW_LABELS[row["variant"]] for row in mine]
            ends = [row["goodput_mbps_high" if loss else "goodput_mbps"] for row in mine]
            axis.barh(labels, [row["goodput_mbps"] for row in mine], height=0.6, color="lightsteelblue",
                      xerr=outputs.reaches(mine, "goodput_mbps") if loss else None)  # fmt: skip
            for y, (row, end) in enumerate(zip(mine, ends)):
                axis.annotate(f"{row['goodput_mbps']:.2f}", (end, y), (6, 0), va="center", fontsize=9,
                              textcoords="offset points")  # fmt: skip
            axis.invert_yaxis()
            axis.set_xlim(0, 1.15 * max(ends))
            axis.grid(axis="y", visible=False)
            axis.set_title(f"path MTU {mtu}, " + (f"{loss:.0%} of packets lost" if loss else "no loss"),
                           fontsize=10)  # fmt: skip
            axis.set_xlabel("TCP goodput [Mbit/s]")
    figure.suptitle("What becomes of TCP segments that are too long for the tunnel?\n"
                    f"With loss: means of {runs} runs, {PLAN['level']:.0%} confidence intervals; "
                    "without, one run, which has nothing random")  # fmt: skip
    outputs.save(figure, folder / "overhead-tcp.svg")


def size_table(rows: list[outputs.Row]) -> str:
    """Return the page's table of bursts without loss."""
    head = ("variant, data", "packets", "octets on link", "data share %", "goodput Mbit/s", "computed")
    cells = [
        (f"{row['variant']}, {row['data']}", f"{row['frames']:.0f}", f"{row['on_link']:.0f}",
         f"{100 * row['data'] / row['on_link']:.1f}", f"{row['goodput_mbps']:.3f}",
         f"{row['computed_goodput_mbps']:.3f}")
        for row in rows
    ]  # fmt: skip
    return outputs.text_table(head, cells)


def loss_table(rows: list[outputs.Row]) -> str:
    """Return the page's table of bursts with loss."""
    head = ("datagrams, loss", "arrived %", "interval", "computed %")
    cells = [
        (f"{LOSS_LABELS[row['variant']]}, {row['loss']:.0%}", f"{100 * row['share']:.2f}",
         f"{100 * row['share_low']:.2f} to {100 * row['share_high']:.2f}",
         f"{100 * row['computed_share']:.2f}")
        for row in rows
    ]  # fmt: skip
    return outputs.text_table(head, cells)


def flow_table(rows: list[outputs.Row]) -> str:
    """Return the page's table of TCP flows."""
    head = ("path MTU, loss, treatment", "goodput Mbit/s", "overhead %", "again %", "longest stall s",
            "segment", "dropped as too long")  # fmt: skip
    cells = [
        (f"{row['path_mtu']}, {row['loss']:.0%}, {FLOW_LABELS[row['variant']]}",
         outputs.interval(row, "goodput_mbps"), outputs.interval(row, "overhead_percent", 1),
         outputs.interval(row, "again_percent"), outputs.interval(row, "stall_s"),
         str(row["segment_size"]), f"{row['too_long']:.1f}")
        for row in rows
    ]  # fmt: skip
    return outputs.text_table(head, cells)


def seen(sizes: list[outputs.Row], losses: list[outputs.Row], flows: list[outputs.Row]) -> str:
    """Say what is seen."""
    at = {(row["variant"], row["data"]): row for row in sizes}
    flow = {(row["variant"], row["path_mtu"], row["loss"]): row for row in flows}
    small = min(PLAN["sizes"]["bars"])
    text = [
        f"- Octets and goodput are as computed at {sum(row['agrees'] for row in sizes)} of "
        f"{len(sizes)} sizes; the computed share that arrives lies in the interval at "
        f"{sum(row['agrees'] for row in losses)} of {len(losses)} losses.",
        f"- A datagram with {small} octets of data has {at['untunnelled', small]['on_link']:.0f} octets "
        f"on the link untunnelled, {at['outer', small]['on_link']:.0f} in L2TP, "
        f"{at['options', small]['on_link']:.0f} with all options, {at['ipv6', small]['on_link']:.0f} over "
        "IPv6.",
        f"- One octet too many: 1434 octets of data have {at['outer', 1434]['frames']:.0f} packet and "
        f"{at['outer', 1434]['goodput_mbps']:.2f} Mbit/s, 1435 have {at['outer', 1435]['frames']:.0f} and "
        f"{at['outer', 1435]['goodput_mbps']:.2f} Mbit/s.",
    ]
    worst = max(PLAN["flows"]["losses"])
    for mtu in (int(path) for path in PATH_MTUS):
        clear, lossy = ({name: flow[name, mtu, loss] for name in FLOW_LABELS} for loss in (0.0, worst))
        text.append(
            f"- TCP, path MTU {mtu}: {clear['clamp']['goodput_mbps']:.2f} Mbit/s with the MSS clamped, "
            f"{clear['outer']['goodput_mbps']:.2f} with outer fragments, "
            f"{clear['inner']['goodput_mbps']:.2f} with inner ones, "
            f"{clear['discovery']['goodput_mbps']:.2f} with path MTU discovery, "
            f"{clear['hole']['goodput_mbps']:.2f} where ICMP is filtered; with {worst:.0%} of loss "
            f"{lossy['clamp']['goodput_mbps']:.2f}, {lossy['outer']['goodput_mbps']:.2f}, "
            f"{lossy['inner']['goodput_mbps']:.2f} and {lossy['discovery']['goodput_mbps']:.2f}."
        )
    return "\n".join(text)


def report(results: dict[str, list[Any]], folder: Path, runs: int) -> str:
    """Write tables and figures; return the page of text."""
    sizes = [size_row(point, results[point.name][0]) for point in size_points()]
    losses = [loss_row(point, results[point.name]) for point in loss_points()]
    flows = [flow_row(point, results[point.name]) for point in flow_points()]
    for name, rows in (("sizes", sizes), ("losses", losses), ("flows", flows)):
        outputs.write_tables(folder, f"overhead-{name}", rows)
    draw_layers(folder, sizes)
    draw_goodput(folder, sizes)
    draw_losses(folder, losses)
    draw_flows(folder, flows, runs)
    page = [
        "UDP datagrams back to back on the link, none lost:",
        size_table(sizes),
        f"Datagrams that arrive where the link loses packets, of {losses[0]['sent']} each, "
        f"{PLAN['level']:.0%} confidence intervals:",
        loss_table(losses),
        f"TCP flows, with loss means of {runs} runs and {PLAN['level']:.0%} confidence intervals:",
        flow_table(flows),
        seen(sizes, losses, flows),
    ]
    down = sum(row["runs"] - row["up"] for row in flows)
    if down:
        page.append(f"In {down} runs the tunnel did not come up; they are left out.")
    return "\n\n".join(page) + "\n"
