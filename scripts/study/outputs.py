# SPDX-License-Identifier: GPL-2.0-only
"""What a study writes: tables as CSV, JSON and text, and figures as SVG."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from typing import Any, Sequence

import matplotlib

matplotlib.use("Agg")
# The same figure is the same bytes.
matplotlib.rcParams.update(
    {
        "svg.hashsalt": "l2tp",
        "svg.fonttype": "none",
        "font.size": 10,
        "axes.grid": True,
        "grid.alpha": 0.3,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "legend.frameon": False,
        "errorbar.capsize": 3,
    }
)

from matplotlib import pyplot  # noqa: E402  pylint: disable=wrong-import-position

Row = dict[str, Any]


def write_tables(folder: Path, name: str, rows: Sequence[Row]) -> None:
    """Write rows as NAME.csv and NAME.json."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    # What there is no value of is null: JSON has no word for it.
    finite = [
        {key: None if isinstance(cell, float) and not math.isfinite(cell) else cell
         for key, cell in row.items()}
        for row in rows
    ]  # fmt: skip
    text = json.dumps(finite, indent=1, allow_nan=False)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table for people: the first column to the left, the others to the right."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]

    def line(row: Sequence[str]) -> str:
        first, *others = (
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths))
        )
        return "  ".join([first, *others]).rstrip()

    return "\n".join([line(head), "  ".join("-" * width for width in widths), *map(line, rows)])


def grid_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in reStructuredText."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    rule = " ".join("=" * width for width in widths)
    lines = (" ".join(c.ljust(w) for c, w in zip(row, widths)).rstrip() for row in (head, *rows))
    first, *others = lines
    return "\n".join([rule, first, rule, *others, rule])


def figure(columns: int = 1, rows: int = 1, width: float = 7.5, height: float = 4.5):
    """Return a figure and its axes, as pyplot.subplots() does."""
    return pyplot.subplots(rows, columns, figsize=(width, height), layout="constrained")


def reaches(rows: Sequence[Row], name: str, factor: float = 1) -> list[list[float]]:
    """Return how far a quantity's intervals reach below and above, for error bars; 0 if endlessly."""
    ends = ("_low", "_high")
    sides = [[factor * abs(row[f"{name}{end}"] - row[name]) for row in rows] for end in ends]
    return [[side if math.isfinite(side) else 0.0 for side in part] for part in sides]


def interval(row: Row, name: str, digits: int = 2) -> str:
    """Return a quantity with half its interval, if that ends."""
    reach = (row[f"{name}_high"] - row[f"{name}_low"]) / 2
    return f"{row[name]:.{digits}f}" + (f"±{reach:.{digits}f}" if math.isfinite(reach) else "")


def save(drawing, path: Path) -> None:
    """Write a figure, and close it."""
    drawing.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
    pyplot.close(drawing)
