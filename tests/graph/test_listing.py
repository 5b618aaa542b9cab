"""Lists of every engine, each filter, order and cursor, against a brute force over all nodes and edges of the store."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from graph.errors import UnknownId
from graph.listing import (
    AgencyQuery,
    CursorError,
    DirectiveQuery,
    IndicatorQuery,
    Place,
    Query,
    SortKey,
    TargetQuery,
    TaskQuery,
    cursor,
    place_of,
    sort_value,
)
from graph.records import Reading
from graph.store.base import Direction, Node, Store
from graph.vocabulary import (
    EdgeType,
    Label,
    Status,
)
from tests.graph.listing_oracle import DAYS, SORTS, Brute, filters, texts
from tests.graph.test_store_contract import NewStore, new_store

__all__ = ["new_store"]


@pytest.fixture
def brute(new_store: NewStore) -> Brute:
    return Brute.of(_filled(new_store, texts(random.Random(1))))


def _filled(new_store: NewStore, readings: Sequence[Reading]) -> Store:
    store = new_store()
    for reading in readings:
        store.write(reading)
    return store


def queries_of_one_filter(brute: Brute) -> Iterator[Query]:
    for kind, values in filters(brute).items():
        yield kind()
        for name, several in values.items():
            for value in several:
                also = {"as_of": DAYS[2]} if name == "status" else {}
                yield kind(**{name: value, **also})


def random_query(rng: random.Random, known: dict[type[Query], dict[str, Sequence[object]]]) -> Query:
    kind = rng.choice(list(known))
    names = rng.sample(sorted(known[kind]), rng.randint(0, 3))
    asked = {name: rng.choice(known[kind][name]) for name in names}
    if "status" in asked:
        asked.setdefault("as_of", rng.choice(DAYS))
    return kind(**asked, sort=rng.choice(SORTS[kind]), descending=rng.random() < 0.5)


def test_each_filter_alone(brute: Brute) -> None:
    found: dict[tuple[type[Query], str], set[bool]] = {}
    for query in queries_of_one_filter(brute):
        page = brute.store.page(query, limit=None)
        assert list(page.items) == brute.list(query), query
        assert (page.total, page.next) == (len(page.items), None)
        for name in query.model_fields_set:
            found.setdefault((type(query), name), set()).add(bool(page.items))
    everywhere = {key for key, seen in found.items() if True not in seen}
    assert everywhere == set(), "a filter that found nothing was not tested"


@pytest.mark.parametrize("seed", range(4))
def test_filters_and_orders_together_page_by_page(new_store: NewStore, seed: int) -> None:
    rng = random.Random(seed)
    brute = Brute.of(_filled(new_store, texts(rng)))
    known = filters(brute)
    for _ in range(75):
        query, limit = random_query(rng, known), rng.choice([1, 2, 3, 7])
        wanted = brute.list(query)
        assert brute.store.page(query, limit=0).model_dump() == {"items": (), "total": len(wanted), "next": None}
        got: list[Node] = []
        after = None
        while True:
            page = brute.store.page(query, limit=limit, after=after)
            assert page.total == len(wanted), query
            assert len(page.items) == min(limit, len(wanted) - len(got)), query
            got += page.items
            after = page.next
            if after is None:
                break
        assert got == wanted, query


@pytest.mark.parametrize(("kind", "sort"), [(kind, sort) for kind, sorts in SORTS.items() for sort in sorts])
@pytest.mark.parametrize("descending", [False, True])
def test_missing_values_come_last_and_equals_by_id(
    brute: Brute, kind: type[Query], sort: SortKey, descending: bool
) -> None:
    query = kind(sort=sort, descending=descending)
    items = brute.store.page(query, limit=None).items
    values = [sort_value(query, n.record) for n in items]
    stated = [v for v in values if v is not None]
    assert values == [*stated, *[None] * (len(values) - len(stated))]
    assert bool(stated) is (sort is not SortKey.ID)
    ordered = [(str(v or ""), n.id) for v, n in zip(values, items, strict=True)]
    for part in (ordered[: len(stated)], ordered[len(stated) :]):
        assert part == sorted(part, reverse=descending)


# -- cursors


def test_writing_between_two_pages_neither_repeats_nor_skips(new_store: NewStore) -> None:
    readings = texts(random.Random(3))
    store = _filled(new_store, readings[:-4])
    query = TaskQuery(sort=SortKey.DUE)
    first = store.page(query, limit=5)
    before = store.page(query, limit=None)
    for reading in readings[-4:]:
        store.write(reading)
    store.withdraw(next(r.sha256 for r in readings if any(t.ref for t in r.tasks)))
    rest = store.page(query, limit=None, after=first.next)
    seen = [n.id for n in (*first.items, *rest.items)]
    assert len(set(seen)) == len(seen)
    kept = {n.id for n in store.page(query, limit=None).items}
    assert {n.id for n in before.items} & kept <= set(seen)
    assert store.page(query, limit=0).total == len(kept)


def test_a_cursor_is_bound_to_its_list_but_not_to_its_limit(brute: Brute) -> None:
    query = TaskQuery(sort=SortKey.DUE, jurisdiction="Hưng Yên")
    after = brute.store.page(query, limit=1).next
    assert after
    assert after.replace("-", "").replace("_", "").isalnum()
    assert brute.store.page(query, limit=4, after=after).items == tuple(brute.list(query)[1:5])
    others: list[Query] = [
        TaskQuery(sort=SortKey.ID, jurisdiction="Hưng Yên"),
        TaskQuery(sort=SortKey.DUE, jurisdiction="Huế"),
        TaskQuery(sort=SortKey.DUE, jurisdiction="Hưng Yên", descending=True),
        TaskQuery(sort=SortKey.DUE, jurisdiction="Hưng Yên", as_of=DAYS[3]),
        IndicatorQuery(jurisdiction="Hưng Yên"),
    ]
    for other in others:
        with pytest.raises(CursorError, match="another"):
            brute.store.page(other, after=after)


def test_lists_with_equal_filters_of_other_kinds_do_not_take_each_others_cursors() -> None:
    after = cursor(IndicatorQuery(), Place(None, "i.x"))
    with pytest.raises(CursorError):
        place_of(TargetQuery(), after)


@pytest.mark.parametrize(
    "text",
    ["", "x", "====", "đ", "\ud800", "bnVsbA", "W10", "WzEsMiwzXQ", "9" * 100_000],
    ids=lambda text: ascii(text[:20]),
)
def test_what_is_no_cursor_is_refused(brute: Brute, text: str) -> None:
    with pytest.raises(CursorError):
        brute.store.page(TaskQuery(), after=text)


@pytest.mark.parametrize(
    ("query", "value", "node_id"),
    [
        (TaskQuery(), "2025-01-01", "t.x"),
        (TaskQuery(sort=SortKey.DUE), "soon", "t.x"),
        (TaskQuery(sort=SortKey.DUE), 7, "t.x"),
        (TargetQuery(sort=SortKey.YEAR), 10**30, "g.x"),
        (TargetQuery(sort=SortKey.YEAR), "2030", "g.x"),
        (DirectiveQuery(sort=SortKey.ISSUED), "0000-00-00", "x"),
        (TaskQuery(), None, "\ud800"),
    ],
)
def test_a_forged_cursor_is_refused(query: Query, value: Any, node_id: str) -> None:
    with pytest.raises(CursorError):
        place_of(query, cursor(query, Place(value, node_id)))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.dates() | st.none(), st.text(st.characters(codec="utf-8"), max_size=30))
def test_a_place_goes_into_a_cursor_and_back(day: dt.date | None, node_id: str) -> None:
    place = Place(day.isoformat() if day else None, node_id)
    query = TaskQuery(sort=SortKey.DUE)
    assert place_of(query, cursor(query, place)) == place


# -- what is refused


def test_unknown_agencies_and_directives_are_no_empty_list(brute: Brute) -> None:
    task, body = (next(n.id for n in brute.nodes.values() if n.label is label) for label in (Label.TASK, Label.AGENCY))
    calls: list[Callable[[], Query]] = [
        lambda: TaskQuery(agency="nobody"),
        lambda: TaskQuery(agency=task),
        lambda: TaskQuery(directive="\ud800"),
        lambda: IndicatorQuery(directive=body),
        lambda: TargetQuery(directive=""),
    ]
    for call in calls:
        with pytest.raises(UnknownId):
            brute.store.page(call())


def test_bounds(brute: Brute) -> None:
    with pytest.raises(ValueError, match="-1"):
        brute.store.page(TaskQuery(), limit=-1)
    assert len(brute.store.page(TaskQuery()).items) == min(50, len(brute.list(TaskQuery())))
    for make in (
        lambda: DirectiveQuery(status=Status.IN_FORCE),
        lambda: TargetQuery(year=10**30),
        lambda: TaskQuery.model_validate({"sort": "year"}),
        lambda: TaskQuery.model_validate({"title": "x"}),
    ):
        with pytest.raises(ValidationError):
            make()


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_no_text_breaks_a_list(brute: Brute, text: str) -> None:
    for query in (
        DirectiveQuery(text=text, issuer=text, jurisdiction=text),
        DirectiveQuery(issuer=text),
        TargetQuery(unit=text),
        AgencyQuery(text=text),
        TaskQuery(text=text, jurisdiction=text),
    ):
        assert list(brute.store.page(query, limit=None).items) == brute.list(query)


def test_an_empty_store_has_empty_lists(new_store: NewStore) -> None:
    store = new_store()
    for query in (DirectiveQuery(), TaskQuery(sort=SortKey.DUE), AgencyQuery(), IndicatorQuery(), TargetQuery()):
        assert store.page(query).model_dump() == {"items": (), "total": 0, "next": None}


def test_a_page_shows_the_nodes_of_the_store(brute: Brute) -> None:
    page = brute.store.page(TaskQuery(), limit=3)
    assert list(page.items) == [brute.store.node(n.id) for n in page.items]
    owners = brute.store.edges_of([n.id for n in page.items], direction=Direction.UP, types=[EdgeType.HAS_TASK])
    assert sorted(e.target for e in owners) == [n.id for n in page.items]


def test_combinations_of_flags_are_all_distinct_lists() -> None:
    asked: list[Query] = [
        kind(sort=sort, descending=down)
        for kind, sorts in SORTS.items()
        for sort, down in itertools.product(sorts, (0, 1))
    ]
    marks = {cursor(query, Place(None, "x")) for query in asked}
    assert len(marks) == len(asked)
