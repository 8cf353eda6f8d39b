# SPDX-License-Identifier: GPL-2.0-only
"""Estimates with confidence intervals, by SciPy."""

from __future__ import annotations

import math
from typing import Mapping, NamedTuple, Sequence

from scipy import stats


class Estimate(NamedTuple):
    """A value and its confidence interval."""

    value: float
    low: float
    high: float

    def holds(self, exact: float) -> bool:
        """Return whether a value lies in the interval."""
        return self.low <= exact <= self.high

    @property
    def errors(self) -> tuple[float, float]:
        """How far the interval reaches below and above, for error bars."""
        return self.value - self.low, self.high - self.value


def mean_of_counts(counts: Mapping[float, int], level: float = 0.95) -> Estimate:
    """Estimate the mean of values, each of which occurred so often, by Student's t."""
    number = sum(counts.values())
    if number == 0:
        return Estimate(math.nan, math.nan, math.nan)
    mean = math.fsum(value * count for value, count in counts.items()) / number
    if number == 1:
        return Estimate(mean, -math.inf, math.inf)
    squares = math.fsum((value - mean) ** 2 * count for value, count in counts.items())
    error = math.sqrt(squares / (number - 1) / number)
    reach = float(stats.t.ppf((1 + level) / 2, number - 1)) * error
    return Estimate(mean, mean - reach, mean + reach)


def mean(values: Sequence[float], level: float = 0.95) -> Estimate:
    """Estimate the mean of values, by Student's t."""
    counts: dict[float, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return mean_of_counts(counts, level)


def geometric_mean(values: Sequence[float], level: float = 0.95) -> Estimate:
    """Estimate the geometric mean of positive values, as of ratios, by the mean of logarithms."""
    return Estimate(*(math.exp(part) for part in mean([math.log(v) for v in values], level)))


def proportion(successes: int, trials: int, level: float = 0.95) -> Estimate:
    """Estimate a probability, with the exact interval of Clopper and Pearson."""
    result = stats.binomtest(successes, trials)
    interval = result.proportion_ci(level, method="exact")
    return Estimate(successes / trials, float(interval.low), float(interval.high))


def quantile_of_counts(counts: Mapping[float, int], share: float) -> float:
    """Return the least value that so large a share of the values doesn't exceed."""
    wanted = share * sum(counts.values())
    below = 0
    for value in sorted(counts):
        below += counts[value]
        if below >= wanted:
            return value
    raise ValueError("a quantile of nothing")
