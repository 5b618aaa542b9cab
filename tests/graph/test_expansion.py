"""What a reader opened, against a plain search over all edges."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from graph.errors import UnknownId
from graph.expansion import Opening, expanded
from graph.neighbourhood import SHOWN, Around, neighbourhood
from graph.records import Directive
from graph.store import open_store
from graph.store.base import Direction, Node, Store
from graph.vocabulary import EdgeType
from tests.api.family import family


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    opened = open_store(str(tmp_path_factory.mktemp("family") / "lineage.db"))
    opened.write_many(list(family()))
    return opened


def plans(store: Store) -> list[str]:
    return [node.id for node in store.iter_nodes() if node.label == "Directive"]


def ends(store: Store, node: str, types: tuple[EdgeType, ...], around: Around) -> set[str]:
    found: set[str] = set()
    if around is not Around.UP:
        found |= {e.target for e in store.edges_of([node], direction=Direction.DOWN, types=types)}
    if around is not Around.DOWN:
        found |= {e.source for e in store.edges_of([node], direction=Direction.UP, types=types)}
    return found


def test_nothing_opened_is_the_neighbourhood(store: Store) -> None:
    for plan in plans(store):
        assert expanded(store, plan) == neighbourhood(store, plan)


@pytest.mark.parametrize("around", list(Around))
@pytest.mark.parametrize("types", [None, (EdgeType.HAS_TASK,), (EdgeType.CASCADES_TO, EdgeType.ASSIGNED_TO)])
def test_what_is_opened_is_shown_and_the_rest_is_counted(
    store: Store, around: Around, types: tuple[EdgeType, ...] | None
) -> None:
    opened = 0
    for plan in plans(store):
        first = neighbourhood(store, plan)
        for seen in first.nodes[1:4]:
            found = expanded(store, plan, [Opening(seen.node.id, around, types)])
            ids = {s.node.id for s in found.nodes}
            more = ends(store, seen.node.id, types or SHOWN, around)
            assert ids == {s.node.id for s in first.nodes} | more
            opened += bool(more)
            for shown in found.nodes:
                assert shown.hidden is not None
                for side, direction in ((shown.hidden.down, Around.DOWN), (shown.hidden.up, Around.UP)):
                    for kind in SHOWN:
                        away = ends(store, shown.node.id, (kind,), direction) - ids
                        assert side.get(kind, 0) == len(away)
            assert set(found.edges) == {e for e in store.iter_edges(SHOWN) if {e.source, e.target} <= ids}
    assert opened


def test_one_opening_after_the_other(store: Store) -> None:
    plan = next(p for p in plans(store) if store.edges_of([p], direction=Direction.DOWN, types=[EdgeType.HAS_TASK]))
    chain = [plan]
    for _ in range(2):
        found = expanded(store, plan, [Opening(one) for one in chain])
        chain.append(max(found.nodes, key=lambda s: (s.depth, s.node.id)).node.id)
    assert expanded(store, plan, [Opening(one) for one in chain]).nodes[-1].depth >= 2
    assert expanded(store, plan, [Opening("nothing")]).nodes == expanded(store, plan).nodes


def test_a_limit_says_how_many_are_missing(store: Store) -> None:
    missing = 0
    for plan in plans(store):
        first = neighbourhood(store, plan)
        for opening in [Opening(seen.node.id) for seen in first.nodes]:
            whole = expanded(store, plan, [opening])
            for room in (0, 1):
                cut = expanded(store, plan, [opening], limit=len(first.nodes) - 1 + room)
                assert len(cut.nodes) == min(len(first.nodes) + room, len(whole.nodes))
                assert cut.more == len(whole.nodes) - len(cut.nodes)
                assert (cut.partial, cut.reason) == ((True, "limit") if cut.more else (False, None))
                missing += cut.more
    assert missing


def test_an_unknown_start(store: Store) -> None:
    with pytest.raises(UnknownId):
        expanded(store, "nothing", [Opening("nothing")])


def test_no_time_left_says_so(store: Store, tmp_path: Path) -> None:
    found = expanded(store, plans(store)[0], [Opening(plans(store)[0])], seconds=0.0)
    assert (found.partial, found.reason) == (True, "time")


def test_far_things_are_shown_beside_with_the_edges_to_what_is_there(store: Store) -> None:
    near, *others = plans(store)
    first = {seen.node.id for seen in expanded(store, near).nodes}
    far = next(i for i in others if i not in first)
    found = expanded(store, near, beside=[far, near, "nothing"])
    assert {seen.node.id for seen in found.nodes} == first | {far}
    between = store.edges_among(first | {far}, types=SHOWN)
    assert found.edges == between
    assert far in found.statuses


def test_what_is_not_issued_yet_is_not_shown_beside(store: Store) -> None:
    near, *others = plans(store)
    counts = set()
    for day in (dt.date(1990, 1, 1), dt.date(2025, 12, 1), dt.date(2030, 1, 1)):
        issued = {node.id for node in store.nodes(others).values() if directive(node).exists_on(day)}
        assert {seen.node.id for seen in expanded(store, near, beside=others, as_of=day).nodes} & set(others) == issued
        counts.add(len(issued))
    assert len(counts) == 3 and max(counts) == len(others)


def directive(node: Node) -> Directive:
    assert isinstance(node.record, Directive)
    return node.record
