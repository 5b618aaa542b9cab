"""The embedded store as a file: urls, versions, kills at any moment, several processes at once."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.errors import SchemaError, StoreBusyError, StoreError, StoreUrlError
from graph.records import Reading
from graph.store import open_store
from graph.store.base import Direction
from graph.store.schema import VERSION
from graph.store.sqlite import SqliteStore
from graph.vocabulary import EdgeType, Role
from tests.graph.oracle import Text, agency, directive
from tests.graph.test_store_contract import expected, shown

BODY = agency("Sở Tài chính")
WRITER = """
import sys
from graph.records import Reading
from graph.store import open_store
with open_store(sys.argv[1]) as store, open(sys.argv[2], encoding="utf-8") as lines:
    print("ready", flush=True)
    for line in lines:
        store.write(Reading.model_validate_json(line))
"""


def readings(count: int, tasks: int = 40, first: int = 0) -> list[Reading]:
    made = []
    for i in range(first, first + count):
        text = Text(f"{i}.txt", directive("this", f"{i}-KH/TU", "2026-04-22"))
        text.cites(directive("c1", "57-NQ/TW", "2024-12-22" if i % 3 else None, "central"))
        text.says(EdgeType.CASCADES_TO, "c1")
        for k in range(tasks):
            text.task(f"I.{k}", f"Việc {k} của kế hoạch {i}", (BODY, Role.LEAD))
        made.append(text.reading())
    return made


def start_writer(path: Path, batch: Sequence[Reading], name: str) -> subprocess.Popen[str]:
    source = path.with_name(f"{name}.jsonl")
    source.write_text("".join(r.model_dump_json() + "\n" for r in batch), encoding="utf-8")
    command = [sys.executable, "-c", WRITER, str(path), str(source)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def wait_until_ready(writer: subprocess.Popen[str]) -> None:
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"


def test_a_kill_at_any_moment_leaves_whole_readings(tmp_path: Path) -> None:
    rng = random.Random(7)
    path, batch = tmp_path / "lineage.db", readings(30)
    for _ in range(6):
        writer = start_writer(path, batch, "batch")
        wait_until_ready(writer)
        time.sleep(rng.uniform(0, 0.25))
        writer.kill()
        writer.communicate()
        with open_store(path) as store:
            kept = {info.sha256 for info in store.readings()}
            assert kept == {r.sha256 for r in batch[: len(kept)]}
            assert shown(store) == expected(batch[: len(kept)])
            assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_two_processes_lose_nothing(tmp_path: Path) -> None:
    path, one, other = tmp_path / "lineage.db", readings(12), readings(12, first=10)
    writers = [start_writer(path, one, "one"), start_writer(path, other, "other")]
    assert [(w.communicate()[0], w.returncode) for w in writers] == [("ready\n", 0)] * 2
    with open_store(path) as store:
        assert shown(store) == expected([*one, *other])


def test_the_graph_in_memory_notices_what_others_write(tmp_path: Path) -> None:
    path, (first, second) = tmp_path / "lineage.db", readings(2, tasks=1)
    with open_store(path) as mine, open_store(path) as theirs:
        mine.write(first)

        def below() -> int:
            (top,) = mine.directives_by_number("57-NQ/TW")
            return mine.closure(top.id, direction=Direction.DOWN, through=list(EdgeType)).totals.items

        assert below() == 3
        theirs.write(second)
        assert below() == 5
        theirs.withdraw(second.sha256)
        assert below() == 3


def test_a_snapshot_sees_one_state_whatever_others_write(tmp_path: Path) -> None:
    path, (first, second) = tmp_path / "lineage.db", readings(2, tasks=1)
    with open_store(path) as mine, open_store(path) as theirs:
        mine.write(first)

        def seen() -> tuple[int, int, int]:
            [top] = mine.directives_by_number("57-NQ/TW")
            below = mine.closure(top.id, direction=Direction.DOWN, through=list(EdgeType))
            return mine.changes(), mine.counts().readings, below.totals.items

        before = seen()
        with mine.snapshot():
            assert seen() == before
            theirs.write(second)
            assert seen() == before
        assert [now - then for now, then in zip(seen(), before, strict=True)] == [1, 1, 2]


def test_a_copy_of_a_file_that_goes_on_by_itself_is_another_graph(tmp_path: Path) -> None:
    path, copied = tmp_path / "lineage.db", tmp_path / "copy.db"
    with open_store(path) as store:
        store.write_many(readings(1, tasks=1))
    copied.write_bytes(path.read_bytes())
    with open_store(path) as store, open_store(copied) as copy:
        store.write_many(readings(1, tasks=1, first=1))
        copy.write_many(readings(1, tasks=5, first=2))
        below = []
        for each in (store, copy):
            (top,) = each.directives_by_number("57-NQ/TW")
            below.append(each.closure(top.id, direction=Direction.DOWN, through=list(EdgeType)).totals.items)
    assert below == [5, 9]


def test_a_locked_store_is_busy_after_a_while(tmp_path: Path) -> None:
    path = tmp_path / "lineage.db"
    with SqliteStore(path, busy_seconds=0.05) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError, match="try again"):
            store.write(readings(1)[0])
        assert store.counts().readings == 0
        other.execute("ROLLBACK")
        store.write(readings(1)[0])
        assert store.counts().readings == 1


@pytest.mark.parametrize(
    "url",
    [
        "neo4j://u:geheim@host:7687",
        "bolt://u:geheim@host:7687",
        "http://x",
        "sqlite://x",
        "sqlite:///",
        "mysql://x",
        " ",
    ],
)
def test_a_url_of_no_engine_is_refused(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreUrlError) as caught:
        open_store(url)
    assert "geheim" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_urls_of_the_embedded_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for url in (None, "lineage.db", Path("lineage.db"), "sqlite:///lineage.db", f"sqlite:///{tmp_path}/lineage.db"):
        with open_store(url) as store:
            store.write(readings(1)[0])
            assert store.counts().readings == 1
    with open_store() as store:
        store.close()
    assert {p.name for p in tmp_path.iterdir()} == {"lineage.db"}


def test_a_store_of_a_newer_version_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "lineage.db"
    open_store(path).close()
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA user_version = {VERSION + 1}")
    newer.close()
    before = path.read_bytes()
    with pytest.raises(SchemaError, match=r"newer version.*update the program"):
        open_store(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"Ke hoach so 65-KH/TU\n" * 99, b"\x00\x01" * 4096], ids=["text", "bytes"])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "65.txt"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="is no store"):
        open_store(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (x)")
    other.commit()
    other.close()
    with pytest.raises(StoreError, match="another program"):
        open_store(path)


@pytest.mark.parametrize("name", ["no/folder/lineage.db", "."])
def test_a_path_that_cannot_be_opened(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError):
        open_store(tmp_path / name)
