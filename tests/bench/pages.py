"""The explorer on a national graph: how long its pages take on the server, and its canvas in a real browser.

    python -m tests.bench.pages [--size 1.0] [--store FILE] [--rounds 10] [--only WORD] [--no-browser]

Pages are asked one after the other over loopback, of a ``lineage serve`` process and of a bare FastAPI route that
returns as many bytes; the ratio says what our own work costs. ``cpu``: what the server computed for one answer, which
a busy machine does not change. ``--store`` keeps the graph for the next run. The browser's part is tests.bench.drawing.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterable, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import httpx2

from graph.store import open_store
from tests.api.http.serving import started
from tests.bench import drawing
from tests.bench.asking import AS_OF, Asked, load
from tests.bench.asking import asked as drawn
from tests.bench.http import bare
from tests.bench.measure import Timing, cpu_seconds, in_a_process

TABS = ("mach", "nhiem-vu", "chi-tieu", "quan-he", "toan-van")
SEED = 0
PATIENCE = "10"  # seconds of one question; a page that needs more counts as failed


class Speed(NamedTuple):
    """Seconds of whole answers, the server's own seconds of each, mean size in bytes, and how many were no 200."""

    timing: Timing
    cpu: float
    size: int
    failed: int


def pages(about: Asked) -> dict[str, list[str]]:
    """Addresses by kind of page, about things drawn evenly from the graph."""
    communal = [_holder(task) for task in about.tasks]
    ministries = [a for a in about.agencies if a.startswith("a.central.")]
    communes = [a for a in about.agencies if "~" in a]
    departments = [a for a in about.agencies if a not in ministries and a not in communes]
    directives = {"central root": [about.root], "provincial": about.plans, "communal": communal}
    kinds = {"home": ["/"]}
    for name, ids in directives.items():
        kinds |= {f"directive, {name}: {tab}": _of("/van-ban/", ids, phan=tab) for tab in TABS}
    kinds |= {"agency, ministry": _of("/co-quan/", ministries), "agency, department": _of("/co-quan/", departments)}
    kinds |= {"agency, commune": _of("/co-quan/", communes), "task": _of("/nhiem-vu/", about.tasks)}
    for name, ids in directives.items():
        kinds[f"impact, {name}"] = _of("/tac-dong/", ids)
    for name, ids in {**directives, "ministry": ministries}.items():
        kinds[f"explore, {name}"] = _of("/kham-pha/", ids)
    return kinds


def _holder(task: str) -> str:
    """The directive that a task of ``about`` stands in: "t.DIRECTIVE.REF", REF being the last of ASCII words."""
    return task.removeprefix("t.").rpartition(".PL")[0]


def _of(page: str, ids: Iterable[str], **said: str) -> list[str]:
    query = "&".join(f"{name}={value}" for name, value in {**said, "as_of": AS_OF.isoformat()}.items())
    return [f"{page}{quote(i, safe='')}?{query}" for i in ids]


def ask(base: str, pid: int, addresses: Sequence[str], requests: int) -> Speed:
    """So many answers in turn, after one of each address that does not count (what it keeps for the next is kept)."""
    seconds: list[float] = []
    sizes: list[int] = []
    failed = 0
    with httpx2.Client(base_url=base, timeout=120) as client:
        for address in addresses:
            client.get(address)
        before = cpu_seconds(pid)
        for address, _ in zip(chain.from_iterable(repeat(addresses)), range(requests), strict=False):
            begun = time.perf_counter()
            response = client.get(address)
            seconds.append(time.perf_counter() - begun)
            sizes.append(len(response.content))
            failed += response.status_code != 200
    cpu = (cpu_seconds(pid) - before) / len(seconds)
    return Speed(Timing.of(seconds), cpu, sum(sizes) // len(sizes), failed)


def report(path: Path, kinds: dict[str, list[str]], rounds: int) -> None:
    """A row of each kind of page, beside the bare route."""
    print(f"{'page, ms':<34}{'bytes':>9}{'p50':>8}{'p95':>8}{'cpu':>8}{'not 200':>9}", end="")
    print(f"{'bare p50':>10}{'p95':>8}{'ratio':>8}")
    with started(path, "--seconds", PATIENCE) as (process, ours), bare() as theirs:
        for name, addresses in kinds.items():
            mine = ask(ours, process.pid, addresses, max(rounds, 2 * len(addresses)))
            peer = ask(theirs, process.pid, [f"/constant?size={mine.size}"], rounds)
            (_, p50, p95), (_, bare50, bare95) = mine.timing, peer.timing
            print(f"{name:<34}{mine.size:>9,}{p50 * 1000:>8.1f}{p95 * 1000:>8.1f}", end="")
            print(f"{mine.cpu * 1000:>8.1f}{mine.failed:>9}", end="")
            print(f"{bare50 * 1000:>10.1f}{bare95 * 1000:>8.1f}{p50 / bare50:>8.1f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=float, default=1.0)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--only", default="")
    parser.add_argument("--no-browser", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.store or Path(folder) / "national.db"
        if not path.exists():
            in_a_process(load, str(path), given.size, SEED)
        with open_store(path) as store:
            counts = store.counts()
        print(f"{sum(counts.nodes.values()):,} nodes, {sum(counts.edges.values()):,} edges")
        kinds = pages(drawn(given.size, SEED))
        report(path, {name: those for name, those in kinds.items() if given.only in name}, given.rounds)
    if not given.no_browser:
        drawing.report()


if __name__ == "__main__":
    main()
