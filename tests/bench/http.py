"""The API on a national graph: requests a second and p95 of each question, beside a bare route of the same size.

    python -m tests.bench.http [--size 1.0] [--store FILE] [--requests 200] [--at-once 8] [--readers 100] [--mixed 20]

Server and peer run as processes of their own on loopback, asked in turn by the same client in the same run. The ratio
says what our own work costs over a FastAPI route that returns a constant. At the end many readers ask all questions at
once, first alone and then while one writer uploads texts, ``--mixed`` seconds each. ``--store`` keeps the graph for the
next run (the writer's texts stay in it).
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import httpx2

from graph.store import open_store
from graph.store.base import Store
from graph.vocabulary import Label
from tests.api.http.serving import served
from tests.bench.asking import AS_OF, load
from tests.bench.measure import in_a_process

DAY = f"as_of={AS_OF}"
SEED = 0
DRAWN = 40  # different things asked about by each kind of question
TOKEN = "a-token-for-the-benchmark"
PATIENCE = 300.0  # seconds a client waits for an answer
#: Asked one by one, not by the readers at once: a single one of these answers is as long as a book.
ALONE = ("healthz", "unknown id", "lineage of the root")


class Speed(NamedTuple):
    """Answers a second, p95 in milliseconds, mean size in bytes, and how many were no 200."""

    rate: float
    p95: float
    size: int
    failed: int


def questions(store: Store) -> dict[str, list[str]]:
    """Addresses by kind of question, about things drawn evenly from the graph (fixed seed)."""
    rng = random.Random(SEED)
    root = store.directives_by_number("57-NQ/TW")[0].id
    drawn = _drawn(store, rng)
    directives, tasks, agencies = drawn[Label.DIRECTIVE], drawn[Label.TASK], drawn[Label.AGENCY]
    words = [" ".join(str(getattr(store.node(t).record, "text", "")).split()[:3]) for t in tasks]
    return {
        "healthz": ["/healthz"],
        "search": [f"/api/v1/search?q={quote(text)}" for text in words],
        "impact of the root": [f"/api/v1/impact/{root}?{DAY}&group_by=level"],
        "impact of any": [f"/api/v1/impact/{i}?{DAY}" for i in directives],
        "lineage around any": [f"/api/v1/lineage/{i}?{DAY}" for i in directives],
        "lineage of the root": [f"/api/v1/lineage/{root}?{DAY}&limit=100"],
        "trace of a task": [f"/api/v1/tasks/{i}/trace?{DAY}" for i in tasks],
        "assignments": [f"/api/v1/agencies/{i}/assignments?{DAY}" for i in agencies],
        "directive": [f"/api/v1/directives/{i}?{DAY}" for i in directives],
        "tasks by words": [f"/api/v1/tasks?text={quote(text)}&{DAY}" for text in words],
        "unknown id": [f"/api/v1/impact/central.9999-nq_tw.{year}-01-01" for year in range(2000, 2020)],
    }


def _drawn(store: Store, rng: random.Random) -> dict[Label, list[str]]:
    """Ids of some nodes of each label."""
    ids: dict[Label, list[str]] = defaultdict(list)
    for node in store.iter_nodes():
        ids[node.label].append(node.id)
    return {label: rng.sample(found, min(DRAWN, len(found))) for label, found in sorted(ids.items())}


async def ask(base: str, addresses: Sequence[str], requests: int, at_once: int) -> Speed:
    """Ask so many times, so many at once, the addresses in turn."""
    seconds: list[float] = []
    sizes: list[int] = []
    statuses: Counter[int] = Counter()
    waiting = iter([addresses[i % len(addresses)] for i in range(requests)])

    async def client_of(client: httpx2.AsyncClient) -> None:
        for address in waiting:
            begun = time.perf_counter()
            response = await client.get(address)
            seconds.append(time.perf_counter() - begun)
            sizes.append(len(response.content))
            statuses[response.status_code] += 1

    async with httpx2.AsyncClient(base_url=base, timeout=PATIENCE) as client:
        await client.get(addresses[0])
        begun = time.perf_counter()
        await asyncio.gather(*(client_of(client) for _ in range(at_once)))
        whole = time.perf_counter() - begun
    return Speed(requests / whole, _part(seconds, 0.95) * 1000, sum(sizes) // len(sizes), requests - statuses[200])


@dataclass
class _Clients:
    """Clients that ask until a time (of perf_counter): milliseconds of each kind of request, and what was no 200."""

    client: httpx2.AsyncClient
    until: float
    took: dict[str, list[float]] = field(default_factory=lambda: {"read": [], "write": []})
    failed: Counter[int] = field(default_factory=Counter)

    async def read(self, addresses: Sequence[str], first: int) -> None:
        for i in itertools.count(first):
            if time.perf_counter() > self.until:
                return
            await self._timed("read", "GET", addresses[i % len(addresses)])

    async def write(self) -> None:
        headers = {"authorization": f"Bearer {TOKEN}"}
        for i in itertools.count(time.time_ns() % 1_000_000):
            if time.perf_counter() > self.until:
                return
            text = f"Số: {i}-KH/TU\nHưng Yên, ngày 5 tháng 6 năm 2026\nKẾ HOẠCH\nthực hiện Nghị quyết số 57-NQ/TW\n"
            files = {"files": (f"{i}.txt", text.encode())}
            await self._timed("write", "POST", "/api/v1/documents", files=files, headers=headers)
            await asyncio.sleep(0.5)

    async def _timed(self, kind: str, *request: str, **sent: Any) -> None:
        begun = time.perf_counter()
        response = await self.client.request(*request, **sent)
        self.took[kind].append((time.perf_counter() - begun) * 1000)
        self.failed.update([response.status_code] if response.status_code != 200 else [])


async def mixed(base: str, addresses: Sequence[str], readers: int, seconds: float, *, writing: bool) -> str:
    """Many readers at once for some time, beside them one writer or none: what came of it, in a line."""
    limits = httpx2.Limits(max_connections=readers + 1)
    async with httpx2.AsyncClient(base_url=base, timeout=PATIENCE, limits=limits) as client:
        begun = time.perf_counter()
        asked = _Clients(client, begun + seconds)
        asking = [asked.read(addresses, n * 7) for n in range(readers)]
        await asyncio.gather(*asking, *([asked.write()] if writing else []))
        whole = time.perf_counter() - begun
    said = [f"{kind}s {len(ms) / whole:.1f}/s, p50 {_part(ms, 0.5):.0f} ms, p95 {_part(ms, 0.95):.0f} ms"
            for kind, ms in asked.took.items() if ms]  # fmt: skip
    return f"{readers} readers, {int(writing)} writer: {'; '.join(said)}; not 200: {dict(asked.failed) or 0}"


def _part(numbers: Sequence[float], part: float) -> float:
    return sorted(numbers)[min(len(numbers) - 1, int(len(numbers) * part))]


@contextmanager
def bare() -> Iterator[str]:
    """The peer's address, as long as it runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "uvicorn", "tests.bench.bare_route:app", "--port", str(port), "--no-access-log"]
    with subprocess.Popen([*words, "--log-level", "error"]) as process:
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(port: int) -> None:
    for _ in range(400):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the bare route does not answer")


def _wait_until_ready(base: str) -> None:
    for _ in range(1200):
        if httpx2.get(f"{base}/readyz", timeout=PATIENCE).status_code == 200:
            return
        time.sleep(0.25)
    raise TimeoutError(f"{base} does not get ready")


def report(path: Path, requests: int, at_once: int, readers: int, seconds: float) -> None:
    with open_store(path) as store:
        asked, counts = questions(store), store.counts()
    print(f"{sum(counts.nodes.values()):,} nodes, {sum(counts.edges.values()):,} edges; {at_once} at once")
    names = ("question", "bytes", "answers/s", "p95 ms", "not 200", "bare/s", "p95 ms", "ratio")
    print(
        f"{names[0]:<22}{names[1]:>10}{names[2]:>11}{names[3]:>9}{names[4]:>9}{names[5]:>9}{names[6]:>9}{names[7]:>8}"
    )
    with served(path, "--seconds", "60", LINEAGE_TOKEN=TOKEN) as ours, bare() as theirs:
        _wait_until_ready(ours)
        for name, addresses in asked.items():
            mine = asyncio.run(ask(ours, addresses, requests, at_once))
            peer = asyncio.run(ask(theirs, [f"/constant?size={mine.size}"], requests, at_once))
            line = f"{name:<22}{mine.size:>10,}{mine.rate:>11.1f}{mine.p95:>9.1f}{mine.failed:>9}"
            print(f"{line}{peer.rate:>9.1f}{peer.p95:>9.1f}{peer.rate / mine.rate:>8.1f}", flush=True)
        together = [address for name, some in asked.items() if name not in ALONE for address in some]
        for writing in (False, True) if seconds else ():
            print(asyncio.run(mixed(ours, together, readers, seconds, writing=writing)), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=float, default=1.0)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--at-once", type=int, default=8)
    parser.add_argument("--readers", type=int, default=100)
    parser.add_argument("--mixed", type=float, default=20.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.store or Path(folder) / "national.db"
        if not path.exists():
            in_a_process(load, str(path), given.size, SEED)
        report(path, given.requests, given.at_once, given.readers, given.mixed)


if __name__ == "__main__":
    main()
