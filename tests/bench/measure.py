"""A call becomes how long it took: quantiles of many runs; a process becomes the most memory it ever held.

What is only made to be measured with is made in another process: its time and its memory count for nothing here.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import quantiles
from typing import Generic, NamedTuple, ParamSpec, TypeVar

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


def cpu_seconds(pid: int) -> float:
    """Seconds that a process has computed since it began, all its threads; of Linux only."""
    said = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


def in_a_process(run: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of ``run`` in a fresh process of its own, so that its memory is its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(run, *args, **kwargs).result()


class Elsewhere(Generic[T]):
    """What ``make`` gives, made in a process of its own, and only while it is waited for; ``seconds``: how long it was.

    RuntimeError if that process fails.
    """

    def __init__(self, make: Callable[P, Iterator[T]], *args: P.args, **kwargs: P.kwargs) -> None:
        context = multiprocessing.get_context("spawn")
        self._here, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there, make, args, kwargs), daemon=True)
        self._process.start()
        there.close()
        self.seconds = 0.0

    def __iter__(self) -> Iterator[T]:
        while batch := self._next():
            yield from batch
        self._process.join()

    def _next(self) -> list[T]:
        def wait() -> list[T]:
            self._here.send(None)
            found: list[T] = self._here.recv()
            return found

        try:
            batch, took = seconds_of(wait)
        except (EOFError, ConnectionError) as error:
            raise RuntimeError("the process that makes what is measured with has failed") from error
        self.seconds += took
        return batch


def _serve(
    there: Connection, make: Callable[..., Iterator[object]], args: tuple[object, ...], kwargs: dict[str, object]
) -> None:
    """Send some each time the other end asks; an empty list at the end."""
    made = make(*args, **kwargs)
    batch: list[object] = [None]
    while batch:
        there.recv()
        batch = list(islice(made, 100))
        there.send(batch)
