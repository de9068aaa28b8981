"""Timing work and summing it up, the same way for everything that is compared."""

import math
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Figures = dict[str, Any]


def timed_ms(work: Callable[[], object]) -> float:
    """How long one call takes, in milliseconds of wall time."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def both_ms(work: Callable[[], object]) -> tuple[float, float]:
    """How long one call takes, in milliseconds of wall time, and of processor time of this thread:
    what it would take if nobody else used the machine.
    """
    start, used = time.perf_counter(), time.thread_time()
    work()
    return (time.perf_counter() - start) * 1000, (time.thread_time() - used) * 1000


def memory_mb() -> float:
    """The memory that this process occupies now; where the system does not tell, 0."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def summed_up(samples: Iterable[float]) -> Figures:
    """n, p50, p95 and p99 (nearest rank) of samples, in their unit."""
    ordered = sorted(samples)

    def rank(share: float) -> float:
        return round(ordered[max(0, math.ceil(share * len(ordered)) - 1)], 2)

    return {"n": len(ordered), "p50": rank(0.5), "p95": rank(0.95), "p99": rank(0.99)}


def ratio(ours: float, other: float) -> float:
    """How many times as long ours takes as the other."""
    return round(ours / other, 2) if other else math.inf
