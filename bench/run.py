#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Measure the data path, the codec, and what sessions cost.

The data path is measured in instructions, which valgrind's callgrind counts, for one more packet
delivered: each path runs twice, with few and with many packets, and the difference of the
instructions is divided by the difference of the packets. So what building the scenario costs drops
out, and no clock is read. The codec is measured in nanoseconds, by Google Benchmark. What memory a
session and a tunnel take is found by differences in the same way; how many sessions come up in a
second of wall time is timed.

A table goes to standard output, and after it, as the last line, one JSON object.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
DATA_PATH = BUILD / "bin/l2tp-data-path"
CODEC = BUILD / "bin/l2tp-codec-bench"
SESSIONS = BUILD / "bin/l2tp-sessions"

# Names in the JSON object, and what bench/l2tp-data-path.cc calls them.
PATHS = {
    "native": "native",
    "bare_tunnel": "bare",
    "l2tp": "l2tp",
    "l2tp_sequenced": "l2tp-sequenced",
}


class Counts(NamedTuple):
    """How many packets the two runs of a path send, how often the codec is timed, and how many
    sessions come up in the two runs that are about them."""

    few: int
    many: int
    repetitions: int
    few_sessions: int
    many_sessions: int


FULL = Counts(few=1000, many=6000, repetitions=9, few_sessions=1000, many_sessions=9000)
QUICK = Counts(few=500, many=1500, repetitions=3, few_sessions=200, many_sessions=1200)
TUNNELS = 16  # of the sessions; in a further run twice as many


def say(text: str) -> None:
    """Tell of progress, on stderr."""
    print(text, file=sys.stderr, flush=True)


def total_instructions(profile: str) -> int:
    """Return the number of instructions in a file that callgrind wrote."""
    events = re.search(r"^events: (.*)$", profile, re.MULTILINE)
    totals = re.findall(r"^totals: (\d+)", profile, re.MULTILINE)
    if events is None or events[1].split()[0] != "Ir" or len(totals) != 1:
        raise ValueError("not a callgrind profile of one part whose first event is Ir")
    return int(totals[0])


def marginal(few: tuple[int, int], many: tuple[int, int]) -> float:
    """Return the instructions for one more packet, from two pairs of (packets, instructions)."""
    packets = many[0] - few[0]
    if packets <= 0:
        raise ValueError("the second run must have more packets than the first")
    return (many[1] - few[1]) / packets


def snake_case(name: str) -> str:
    """Return a benchmark's name as a JSON key: ParseSccrq is parse_sccrq."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def codec_medians(report: dict[str, Any]) -> dict[str, float]:
    """Return the median processor time of each benchmark, from Google Benchmark's report."""
    medians = {}
    for entry in report["benchmarks"]:
        if entry.get("aggregate_name") != "median":
            continue
        if entry["time_unit"] != "ns":
            raise ValueError(f"{entry['name']} is not in nanoseconds")
        medians[snake_case(entry["run_name"].partition("/")[0])] = round(entry["cpu_time"], 2)
    return medians


def build_settings(cache: str) -> dict[str, str]:
    """Return what was measured, from CMake's cache: ns-3's version and the kind of build."""

    def value(variable: str) -> str:
        found = re.search(rf"^{re.escape(variable)}:\w+=(.*)$", cache, re.MULTILINE)
        return found[1] if found else ""

    return {
        "ns3_version": value("NS3_ns3-core_VERSION"),
        "build_type": value("CMAKE_BUILD_TYPE"),
    }


def results(
    instructions: dict[str, float],
    codec: dict[str, float],
    sessions: dict[str, Any],
    settings: dict[str, Any],
) -> dict[str, Any]:
    """Return the JSON object."""
    return {
        "data_path": {name: round(count, 1) for name, count in instructions.items()},
        "data_path_ratio": round(instructions["l2tp"] / instructions["bare_tunnel"], 4),
        "codec_ns": codec,
        **sessions,
        "settings": settings,
    }


def table(found: dict[str, Any]) -> str:
    """Return the results for people."""
    settings = found["settings"]
    bare = found["data_path"]["bare_tunnel"]
    checksums = "on" if settings["checksum_enabled"] else "off"
    lines = [
        f"ns-3 {settings['ns3_version']}, {settings['build_type']}",
        "",
        f"Instructions for one more packet of {settings['payload_octets']} octets, "
        f"checksums {checksums}",
        f"  {'path':<24} {'instructions':>12} {'/ bare tunnel':>14}",
    ]
    for name, count in found["data_path"].items():
        lines.append(f"  {name:<24} {count:>12,.0f} {count / bare:>14.3f}")
    lines += ["", "Codec, median of the processor time", f"  {'benchmark':<24} {'ns':>12}"]
    for name, nanoseconds in found["codec_ns"].items():
        lines.append(f"  {name:<24} {nanoseconds:>12.1f}")
    lines += ["", "Octets of memory", f"  {'for one more':<24} {'LNS':>12} {'LAC':>14}"]
    for name in ("session", "tunnel"):
        octets = found[f"bytes_per_{name}"]
        lines.append(f"  {name:<24} {octets['lns']:>12,} {octets['lac']:>14,}")
    lines += ["", f"Sessions up in a second of wall time: {found['sessions_per_second']:,}"]
    return "\n".join(lines)


def run(command: list[str]) -> str:
    """Run a command; return its standard output, or exit with all that it said."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode != 0:
        say(done.stdout + done.stderr)
        sys.exit(f"{' '.join(command)} failed with status {done.returncode}")
    return done.stdout


def count_instructions(path: str, packets: int, size: int, checksum: bool) -> int:
    """Return how many instructions the whole program takes that sends so many packets."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "callgrind.out"
        run(
            [
                "valgrind",
                "--quiet",
                "--tool=callgrind",
                f"--callgrind-out-file={profile}",
                str(DATA_PATH),
                f"--Path={path}",
                f"--Packets={packets}",
                f"--Size={size}",
                f"--ChecksumEnabled={str(checksum).lower()}",
            ]
        )
        return total_instructions(profile.read_text(encoding="utf-8"))


def measure_data_path(counts: Counts, size: int, checksum: bool) -> dict[str, float]:
    """Return the instructions for one more packet on each path."""
    instructions = {}
    for name, path in PATHS.items():
        say(f"Counting instructions of path {name}, {counts.few} and {counts.many} packets")
        few, many = (
            (packets, count_instructions(path, packets, size, checksum))
            for packets in (counts.few, counts.many)
        )
        instructions[name] = marginal(few, many)
    return instructions


def measure_codec(repetitions: int) -> dict[str, float]:
    """Return the nanoseconds that the codec's benchmarks take."""
    say(f"Timing the codec, {repetitions} times")
    report = run(
        [
            str(CODEC),
            "--benchmark_format=json",
            f"--benchmark_repetitions={repetitions}",
            "--benchmark_report_aggregates_only=true",
            "--benchmark_min_time=0.05",
        ]
    )
    return codec_medians(json.loads(report))


def run_sessions(sessions: int, tunnels: int) -> dict[str, Any]:
    """Return what the program that brings sessions up tells."""
    say(f"Bringing up {sessions} sessions in {tunnels} tunnels")
    command = [str(SESSIONS), f"--Sessions={sessions}", f"--Tunnels={tunnels}"]
    return json.loads(run(command).splitlines()[-1])


def measure_sessions(counts: Counts) -> dict[str, Any]:
    """Return what one more session costs, and one more tunnel."""
    few = run_sessions(counts.few_sessions, TUNNELS)
    many = run_sessions(counts.many_sessions, TUNNELS)
    wide = run_sessions(counts.few_sessions, 2 * TUNNELS)

    def octets(more: dict[str, Any], less: dict[str, Any], number: int) -> dict[str, int]:
        return {
            end: round((more[f"{end}_octets"] - less[f"{end}_octets"]) / number)
            for end in ("lns", "lac")
        }

    return {
        "bytes_per_session": octets(many, few, many["sessions"] - few["sessions"]),
        "bytes_per_tunnel": octets(wide, few, wide["tunnels"] - few["tunnels"]),
        "sessions_per_second": round(many["sessions"] / many["seconds"]),
    }


def main(words: list[str]) -> int:
    """Measure, print the table and the JSON object."""
    parser = argparse.ArgumentParser(prog="l2tp bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="send fewer packets, time less often")
    parser.add_argument("--checksum", action="store_true", help="turn ns-3's checksums on")
    parser.add_argument(
        "--size", type=int, default=1000, metavar="N", help="octets of payload (default: 1000)"
    )
    options = parser.parse_args(words)
    for program in (DATA_PATH, CODEC, SESSIONS):
        if not program.exists():
            sys.exit(f"{program.name} is not built: ./l2tp bench builds and runs it")
    counts = QUICK if options.quick else FULL
    settings = {
        **build_settings((BUILD / "CMakeCache.txt").read_text(encoding="utf-8")),
        "packets": [counts.few, counts.many],
        "sessions": [counts.few_sessions, counts.many_sessions],
        "payload_octets": options.size,
        "checksum_enabled": options.checksum,
    }
    found = results(
        measure_data_path(counts, options.size, options.checksum),
        measure_codec(counts.repetitions),
        measure_sessions(counts),
        settings,
    )
    print(table(found))
    print()
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
