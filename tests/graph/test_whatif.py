"""What falls is what a slow search over the whole graph no longer finds held up; a cut answer says so."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest

from graph.errors import UnknownId
from graph.records import Directive
from graph.status import statuses
from graph.store import neo4j_alone, neo4j_asking, open_store
from graph.store.base import Store
from graph.vocabulary import EdgeType, Role
from graph.whatif import ENDED, what_if
from tests.graph.oracle import Graph, Text, agency, directive, random_readings
from tests.graph.test_store_contract import THROUGH, NewStore, filled, new_store
from tests.neo4j_server.database import Login

__all__ = ["new_store"]
DAYS = (dt.date(2025, 6, 1), dt.date(2030, 1, 1))


def held_up(store: Store, graph: Graph, day: dt.date, sources: set[str], gone: str | None) -> set[str]:
    """What the sources hold up if one node is gone: edges are gone through again and again until nothing is new."""
    directives = [i for i, node in graph.nodes.items() if isinstance(node.record, Directive)]
    ended = {i for i, status in statuses(store, directives, day).items() if status.status in ENDED}
    found = sources - ended - {gone or ""}
    while new := {
        e.target for e in graph.edges if e.type in THROUGH and e.source in found and e.target not in found | ended
    } - {gone or ""}:
        found |= new
    return found | {e.target for e in graph.edges if e.type is EdgeType.ASSIGNED_TO and e.source in found}


@pytest.mark.parametrize("seed", range(3))
def test_what_falls_is_what_nothing_else_holds_up(new_store: NewStore, seed: int) -> None:
    readings = random_readings(random.Random(seed))
    store, graph = filled(new_store, readings), Graph.of(readings)
    resting = {e.target for e in graph.edges if e.type in THROUGH}
    tops = {i for i, n in graph.nodes.items() if isinstance(n.record, Directive) and i not in resting}
    fallen = 0
    for start, day in itertools.product(sorted(graph.nodes), DAYS):
        found = what_if(store, start, as_of=day)
        before = held_up(store, graph, day, tops | {start}, None)
        after = held_up(store, graph, day, tops, start)
        assert {node.id for node in found.items} == before - after - {start}
        assert sum(found.totals.values()) == len(found.items)
        fallen += len(found.items)
    assert fallen


def plan(number: str, upper: str | None, *tasks: str) -> Text:
    text = Text(f"{number}.txt", directive("this", f"{number}-KH/TU", "2026-01-15"), body=number)
    for task in tasks:
        text.task(task, f"Việc {task}", (agency(f"Sở {task}"), Role.LEAD), (agency("Văn phòng"), Role.COORDINATE))
    if upper:
        text.cites(directive("c", f"{upper}-KH/TU", "2026-01-15")).says(EdgeType.CASCADES_TO, "c")
    return text


def test_a_body_with_other_work_stays_and_a_cut_answer_counts_all(new_store: NewStore) -> None:
    store = filled(new_store, [plan("1", None, "a", "b").reading(), plan("2", None, "c").reading()])
    start = store.directives_by_number("1-KH/TU")[0].id
    whole = what_if(store, start, as_of=DAYS[1])
    assert sorted(getattr(n.record, "name", getattr(n.record, "text", "")) for n in whole.items) == [
        "Sở a",
        "Sở b",
        "Việc a",
        "Việc b",
    ]
    assert (whole.kept, whole.partial) == (1, False)
    cut = what_if(store, start, as_of=DAYS[1], limit=1)
    assert (len(cut.items), cut.more, cut.totals, cut.reason) == (1, 3, whole.totals, "limit")


def test_a_question_too_slow_says_nothing_false(new_store: NewStore) -> None:
    store = filled(new_store, [plan("1", None, "a", "b").reading()])
    start = store.directives_by_number("1-KH/TU")[0].id
    slow = what_if(store, start, as_of=DAYS[1], out_of_time=lambda: True)
    assert (slow.items, slow.partial, slow.reason) == ((), True, "time")


def test_a_question_too_large_for_the_server_says_so(neo4j_empty: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neo4j_alone, "MOST", 3)
    monkeypatch.setattr(neo4j_asking, "MOST", 3)
    login = neo4j_empty
    with open_store(login.uri, username=login.username, password=login.password, set_up=True) as store:
        store.write(plan("1", None, "a", "b", "c", "d").reading())
        store.write(plan("2", None, "a").reading())
        first, second = (store.directives_by_number(f"{n}-KH/TU")[0].id for n in "12")
        large, many_owners = what_if(store, first, as_of=DAYS[1]), what_if(store, second, as_of=DAYS[1])
    assert [(w.items, w.partial, w.reason) for w in (large, many_owners)] == [((), True, "too_large")] * 2


def test_an_unknown_id_is_refused(new_store: NewStore) -> None:
    with pytest.raises(UnknownId):
        what_if(new_store(), "hung-yen.1-kh_tu.2026")
