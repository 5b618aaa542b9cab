"""One store's texts in another, whichever engine each is: the same graph, in batches, as often as one likes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import copying
from graph.copying import CopyResult, copy
from graph.records import Edge, Reading
from graph.store import open_store
from graph.store.base import Store, WriteOutcome
from graph.vocabulary import EdgeType
from tests.graph.test_store_contract import expected, shown
from tests.graph.test_store_sqlite import readings
from tests.neo4j_server.database import wipe


@pytest.fixture(params=["sqlite to sqlite", "sqlite to neo4j", "neo4j to sqlite"])
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """A source and a target, both empty; there is one server, so it is one of the two."""
    source, target = (opened(request, name, tmp_path / name) for name in request.param.split(" to "))
    with source, target:
        yield source, target


def opened(request: pytest.FixtureRequest, engine: str, folder: Path) -> Store:
    if engine == "sqlite":
        folder.mkdir(exist_ok=True)
        return open_store(folder / f"{len(list(folder.iterdir()))}.db")
    login = request.getfixturevalue("neo4j_server")
    wipe(request.getfixturevalue("neo4j_driver"))
    return open_store(login.uri, username=login.username, password=login.password, set_up=True)


def refined(upper: Reading, lower: Reading, store: Store) -> Edge:
    """The first task of one text, carried down into the first of another."""
    tasks = [edge for edge in store.iter_edges([EdgeType.HAS_TASK])]
    one, other = (min(e.target for e in tasks if e.evidence and e.evidence.file == r.file) for r in (upper, lower))
    return Edge(type=EdgeType.REFINED_BY, source=one, target=other, asserted_by=None, method="shared-words")


def test_everything_is_there_and_again_changes_nothing(stores: tuple[Store, Store]) -> None:
    source, target = stores
    batch = readings(6, tasks=4)
    again = batch[0].model_copy(update={"file": "copy of 0.txt"})
    source.write_many([*batch, again])
    source.infer("shared-words", [refined(batch[1], batch[2], source)])
    done = copy(source, target)
    assert done == CopyResult(texts={WriteOutcome.CREATED: 6, WriteOutcome.UNCHANGED: 1}, inferred=1)
    assert shown(target) == shown(source)
    assert target.readings() == source.readings()
    for info in source.readings():
        assert target.reading(info.sha256) == source.reading(info.sha256)
    before = target.counts()
    assert copy(source, target) == CopyResult(texts={WriteOutcome.UNCHANGED: 7}, inferred=1)
    assert (shown(target), target.counts()) == (shown(source), before)


def test_what_is_inferred_no_more_goes_and_other_methods_stay(stores: tuple[Store, Store]) -> None:
    source, target = stores
    batch = readings(3, tasks=2)
    source.write_many(batch)
    target.write_many(batch)
    old, new = refined(batch[0], batch[1], source), refined(batch[1], batch[2], source)
    kept = refined(batch[0], batch[2], source).model_copy(update={"method": "numbers"})
    target.infer("shared-words", [old])
    target.infer("numbers", [kept])
    source.infer("shared-words", [new])
    copy(source, target)
    assert list(target.iter_edges([EdgeType.REFINED_BY])) == sorted([kept, new], key=lambda e: (e.source, e.target))


def test_what_the_target_has_besides_stays(stores: tuple[Store, Store]) -> None:
    source, target = stores
    mine, theirs = readings(4, tasks=2), readings(4, tasks=2, first=2)
    source.write_many(mine)
    target.write_many(theirs)
    assert copy(source, target).texts == {WriteOutcome.CREATED: 2, WriteOutcome.UNCHANGED: 2}
    assert {info.sha256 for info in target.readings()} == {r.sha256 for r in (*mine, *theirs)}
    assert shown(target) == expected([*mine, *theirs[2:]])


def test_an_interrupted_copy_is_whole_and_goes_on(stores: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = stores
    monkeypatch.setattr(copying, "BATCH_SIZE", 20)
    source.write_many(readings(9, tasks=5))
    steps: list[int] = []

    def interrupt(texts: int) -> None:
        steps.append(texts)
        if len(steps) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(source, target, progress=interrupt)
    there = target.counts().readings
    assert there == sum(steps) and 0 < there < 9
    left: list[int] = []
    done = copy(source, target, progress=left.append)
    assert done.texts == {WriteOutcome.CREATED: 9 - there, WriteOutcome.UNCHANGED: there}
    assert sum(left) == 9 and len(left) > 2
    assert shown(target) == shown(source)


def test_an_empty_store_is_copied_to_nothing(stores: tuple[Store, Store]) -> None:
    source, target = stores
    assert copy(source, target) == CopyResult(texts={}, inferred=0)
    assert shown(target) == ([], [])
