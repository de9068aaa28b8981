"""Measures of rankings: average precision, nDCG, recall, and how far they can be trusted."""

import math
import random
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

_RESAMPLES = 2000
_SEED = 20261122


def average_precision(ranking: Sequence[str], relevant: AbstractSet[str]) -> float:
    """The mean of the precision at each relevant document; those not found count as 0."""
    found, total = 0, 0.0
    for place, name in enumerate(ranking, 1):
        if name in relevant:
            found += 1
            total += found / place
    return total / len(relevant) if relevant else 0.0


def ndcg(ranking: Sequence[str], gains: Mapping[str, float], depth: int) -> float:
    """Normalised discounted cumulative gain of the first ``depth`` places."""

    def discounted(values: Sequence[float]) -> float:
        return sum(value / math.log2(place + 1) for place, value in enumerate(values, 1))

    ideal = discounted(sorted(gains.values(), reverse=True)[:depth])
    got = discounted([gains.get(name, 0.0) for name in ranking[:depth]])
    return got / ideal if ideal else 0.0


def recall(ranking: Sequence[str], relevant: AbstractSet[str], depth: int) -> float:
    """The share of the relevant documents among the first ``depth``."""
    return len(relevant & set(ranking[:depth])) / len(relevant) if relevant else 0.0


def mean(values: Sequence[float]) -> float:
    """The mean, 0 for no values."""
    return sum(values) / len(values) if values else 0.0


def interval(values: Sequence[float]) -> list[float]:
    """The 95 % bootstrap interval of the mean, resampling queries; the same on every run."""
    if not values:
        return [0.0, 0.0]
    chance = random.Random(_SEED)  # noqa: S311 - resampling, not secrets
    means = sorted(mean(chance.choices(values, k=len(values))) for _ in range(_RESAMPLES))
    return [rounded(means[int(_RESAMPLES * 0.025)]), rounded(means[int(_RESAMPLES * 0.975)])]


def rounded(value: float) -> float:
    """Four decimals: more would pretend."""
    return round(value, 4)
