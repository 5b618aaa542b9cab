"""100 readers and one writer at once on the embedded store: every request is answered, and none with an error."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from pathlib import Path

import httpx2
import pytest

from tests.api.http.conftest import TOKEN, WRITES, new_store
from tests.api.http.serving import served

READERS, EACH, WRITTEN = 100, 5, 6
QUESTIONS = (
    "/api/v1/search?q=so khoa hoc",
    "/api/v1/impact/57-NQ%2FTW",
    "/api/v1/lineage/hung-yen.65-kh_tu.2026-04-22?depth=2",
    "/api/v1/tasks?sort=due",
    "/api/v1/directives?type=plan",
)


async def read(client: httpx2.AsyncClient, reader: int, seconds: list[float]) -> Counter[int]:
    statuses: Counter[int] = Counter()
    for i in range(EACH):
        begun = time.perf_counter()
        response = await client.get(QUESTIONS[(reader + i) % len(QUESTIONS)])
        seconds.append(time.perf_counter() - begun)
        statuses[response.status_code] += 1
    return statuses


async def write(client: httpx2.AsyncClient) -> Counter[int]:
    statuses: Counter[int] = Counter()
    for i in range(WRITTEN):
        text = f"Số: {100 + i}-KH/TU\nHưng Yên, ngày {i + 1} tháng 6 năm 2026\nKẾ HOẠCH\nthực hiện việc {i}\n"
        response = await client.post("/api/v1/documents", files={"files": (f"{i}.txt", text.encode())}, headers=WRITES)
        assert response.json()["totals"] == {"read": 1}, response.text
        statuses[response.status_code] += 1
    return statuses


async def load(address: str) -> tuple[Counter[int], list[float]]:
    seconds: list[float] = []
    limits = httpx2.Limits(max_connections=READERS + 1)
    async with httpx2.AsyncClient(base_url=address, limits=limits, timeout=150) as client:
        readers = [read(client, reader, seconds) for reader in range(READERS)]
        found = await asyncio.gather(write(client), *readers)
    return sum(found, Counter()), seconds


def test_many_readers_and_a_writer_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(new_store(tmp_path), "--seconds", "30", LINEAGE_TOKEN=TOKEN) as address:
        begun = time.perf_counter()
        statuses, seconds = asyncio.run(load(address))
        whole = time.perf_counter() - begun
        assert httpx2.get(f"{address}/api/v1/stats", timeout=60).json()["counts"]["readings"] == 5 + WRITTEN
    p95 = sorted(seconds)[int(len(seconds) * 0.95)]
    with capsys.disabled():
        print(f"\n{READERS} readers, 1 writer: {len(seconds) / whole:.0f} answers/s, p95 {p95 * 1000:.0f} ms")
    assert statuses == {200: READERS * EACH + WRITTEN}
