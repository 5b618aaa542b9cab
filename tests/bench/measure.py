"""A call becomes how long it took: quantiles of many runs; a process becomes the most memory it ever held."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
A = TypeVar("A")


class Timing(NamedTuple):
    """Seconds of ``n`` runs: the median and the 95th percentile (inclusive method: never beyond the slowest)."""

    n: int
    p50: float
    p95: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Timing:
        """ValueError without at least two runs."""
        if len(seconds) < 2:
            raise ValueError(f"{len(seconds)} runs have no quantiles")
        cuts = quantiles(seconds, n=20, method="inclusive")
        return cls(len(seconds), cuts[9], cuts[18])


def timed(ask: Callable[[A], object], values: Sequence[A], runs: int) -> Timing:
    """``ask`` of the values in turn, ``runs`` times in all, after one call that does not count."""
    ask(values[-1])
    found: list[float] = []
    for i in range(runs):
        start = time.perf_counter()
        ask(values[i % len(values)])
        found.append(time.perf_counter() - start)
    return Timing.of(found)


def seconds_of(run: Callable[[], T]) -> tuple[T, float]:
    """The result of one run, and its seconds."""
    start = time.perf_counter()
    result = run()
    return result, time.perf_counter() - start


def peak_mb(pid: int | str = "self") -> float:
    """The most resident memory (MB) that a process held since it began; of Linux only.

    ProcessLookupError if there is no such process.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError as error:
        raise ProcessLookupError(f"no process {pid} to measure") from error
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def in_a_process(run: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of ``run`` in a fresh process of its own, so that its memory is its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(run, *args, **kwargs).result()
