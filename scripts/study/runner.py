# SPDX-License-Identifier: GPL-2.0-only
"""Run a study's batches in parallel processes, and go on where an earlier run was interrupted."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any, Callable, Iterable, NamedTuple, Protocol, Sequence, TextIO


class Batch(NamedTuple):
    """One process: replications of one point of the plan."""

    point: str  # the point's name, the same for all of its batches
    options: tuple[str, ...]  # of the program; with the point they say all about the batch

    @property
    def key(self) -> str:
        """What the batch is found again by."""
        return " ".join((self.point, *self.options))


class Point(Protocol):
    """A point of a plan: what a study's own points must have."""

    @property
    def name(self) -> str:
        """Its name, which no other point has."""

    @property
    def options(self) -> tuple[str, ...]:
        """Options of the program."""


def independent(
    points: Iterable[Point], size: int, runs: Callable[[Any], int], each: bool = False
) -> list[Batch]:
    """Plan as many replications of each point as it is said to have, so many in a batch. Each batch
    has a run of ns-3's random streams of its own; or each replication has, and the program takes the
    next runs for them."""
    plan = []
    stride = 1_000_000 if each else 1000
    for number, point in enumerate(points):
        wanted = runs(point)
        for index, done in enumerate(range(0, wanted, size)):
            run = stride * (number + 1) + (done if each else index)
            options = (f"--RngRun={run}", f"--Runs={min(size, wanted - done)}")
            plan.append(Batch(point.name, (*point.options, *options)))
    return plan


def paired(points: Iterable[Point], size: int, runs: int) -> list[Batch]:
    """Plan so many replications of each point, so many in a batch. A replication is a run of ns-3's
    random streams, and all points have the same runs, so that they can be compared run by run."""
    return [
        Batch(point.name, (*point.options, f"--RngRun={done + 1}", f"--Runs={min(size, runs - done)}"))
        for point in points
        for done in range(0, runs, size)
    ]


class BatchFailed(Exception):
    """A program has failed."""


class Progress:
    """A bar on a terminal, and a line now and then elsewhere."""

    WIDTH = 30
    LINES = 10  # elsewhere, in all

    def __init__(self, total: int, done: int = 0, stream: TextIO = sys.stderr):
        self.total = total
        self.first = self.done = done
        self.stream = stream
        self.start = time.monotonic()
        self.is_terminal = stream.isatty()
        if done:
            print(f"{done} of {total} batches are there from before", file=stream)
        self.show()

    def step(self) -> None:
        """A batch is done."""
        self.done += 1
        self.show()

    def show(self) -> None:
        """Show how far it is."""
        if self.is_terminal:
            full = self.WIDTH * self.done // max(self.total, 1)
            bar = "#" * full + "." * (self.WIDTH - full)
            text = f"\r[{bar}] {self.done} of {self.total} batches, {self.left()}   "
            print(text, end="\n" if self.done == self.total else "", file=self.stream, flush=True)
        elif self.done > self.first:
            steps = [self.LINES * n // max(self.total, 1) for n in (self.done - 1, self.done)]
            if steps[0] != steps[1]:
                text = f"{self.done} of {self.total} batches, {self.left()}"
                print(text, file=self.stream, flush=True)

    def left(self) -> str:
        """Return how long the rest will take."""
        if self.done == self.first:
            return "beginning"
        spent = time.monotonic() - self.start
        seconds = round(spent / (self.done - self.first) * (self.total - self.done))
        return f"{seconds // 60}:{seconds % 60:02} left" if seconds else f"{spent:.0f} s"


class Results:
    """What batches have come to, in a file that grows with each."""

    def __init__(self, path: Path, made_by: str):
        """Open the file; forget what it holds if something else has made it."""
        self.path = path
        self.by_key: dict[str, list[Any]] = {}
        self._load(made_by)
        # Written anew, since the last line of an interrupted run may be half a line.
        lines = [json.dumps({"made_by": made_by})]
        lines += [self._line(key, results) for key, results in self.by_key.items()]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _load(self, made_by: str) -> None:
        if not self.path.exists():
            return
        for number, line in enumerate(self.path.read_text(encoding="utf-8").splitlines()):
            try:
                entry = json.loads(line)
            except json.JSONDecodeError:
                return
            if number == 0 and entry != {"made_by": made_by}:
                return
            if number > 0:
                self.by_key[entry["key"]] = entry["results"]

    @staticmethod
    def _line(key: str, results: list[Any]) -> str:
        return json.dumps({"key": key, "results": results}, separators=(",", ":"))

    def add(self, key: str, results: list[Any]) -> None:
        """Keep what a batch has come to."""
        self.by_key[key] = results
        with self.path.open("a", encoding="utf-8") as file:
            file.write(self._line(key, results) + "\n")


def digest_of(files: Iterable[Path]) -> str:
    """Return what tells files from other versions of them."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def run_batch(program: Sequence[str | Path], batch: Batch) -> list[Any]:
    """Run a batch; return the lines of JSON that it prints."""
    command = [*(str(word) for word in program), *batch.options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BatchFailed(
            f"{' '.join(command)}\nended with status {done.returncode}:\n{done.stderr.strip()}"
        )
    return [json.loads(line) for line in done.stdout.splitlines()]


def run(
    program: Sequence[str | Path],
    batches: Sequence[Batch],
    results: Results,
    jobs: int,
    stream: TextIO = sys.stderr,
) -> dict[str, list[Any]]:
    """Run the batches that have no results yet; return all lines of each point, in their order.

    An interruption loses the batches that are being run, and no other.
    """
    waiting = [batch for batch in batches if batch.key not in results.by_key]
    progress = Progress(len(batches), len(batches) - len(waiting), stream)
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        futures: dict[Future[list[Any]], Batch] = {
            pool.submit(run_batch, program, batch): batch for batch in waiting
        }
        try:
            for future in as_completed(futures):
                results.add(futures[future].key, future.result())
                progress.step()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    by_point: dict[str, list[Any]] = {}
    for batch in batches:
        by_point.setdefault(batch.point, []).extend(results.by_key[batch.key])
    return by_point
