"""Lists of the Neo4j store begin at their page: the plans that the server makes for them, and pages of any length."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from typing import Any

import neo4j
import pytest

from graph.listing import AgencyQuery, DirectiveQuery, IndicatorQuery, Query, SortKey, TargetQuery, TaskQuery
from graph.records import Deadline, Reading, Task
from graph.store import open_store
from graph.store.base import Store
from graph.store.neo4j_listing import page
from graph.store.neo4j_session import Row
from graph.vocabulary import DeadlineKind, Origin, Role
from tests.graph.listing_oracle import texts
from tests.graph.oracle import Text, directive
from tests.neo4j_server.database import Login, wipe

DAY = dt.date(2025, 6, 30)
PLACE = "Hưng Yên"
TASKS = 7_600
BYWAYS = {"NodeByLabelScan", "AllNodesScan", "Sort", "Top", "PartialSort", "PartialTop"}


@pytest.fixture(scope="module")
def filled(neo4j_server: Login, neo4j_driver: neo4j.Driver) -> Iterator[Store]:
    wipe(neo4j_driver)
    login = neo4j_server
    with open_store(login.uri, username=login.username, password=login.password, set_up=True) as store:
        store.write_many([*texts(random.Random(1), count=40), long_text()])
        with neo4j_driver.session(database="neo4j") as session:
            session.run("CALL db.prepareForReplanning(60)").consume()  # else plans for an emptier database stay
        yield store


def long_text() -> Reading:
    """One text of more tasks than the server gives at once, most with a deadline."""
    text = Text("9001.txt", directive("this", "9001-KH/TU", DAY.isoformat(), "Cà Mau"))
    words, days = "Rà soát quy trình nội bộ", [DAY, DAY, None]
    for k, end in zip(range(TASKS), itertools.cycle(days), strict=False):
        kind = DeadlineKind.DATE if end else DeadlineKind.NONE
        text.tasks.append(
            Task(ref=f"I.{k}", text=words, origin=Origin.APPENDIX, section="I",
                 deadline=Deadline(kind=kind, end=end), evidence=text.evidence(words))
        )  # fmt: skip
    return text.reading()


def plans(driver: neo4j.Driver, store: Store, query: Query, after: str | None = None) -> tuple[list[str], str | None]:
    """The steps of each statement that the first (or next) page of one item takes, a line each, and the next cursor."""
    found: list[str] = []

    def ask(statement: str, **values: object) -> list[Row]:
        with driver.session(database="neo4j") as session:
            plan = session.run(f"EXPLAIN {statement}", values).consume().plan
            assert plan
            found.append("\n".join(steps(plan)))
            return [record.data() for record in session.run(statement, values)]

    return found, page(store, ask, query, 1, after).next


def steps(plan: dict[str, Any]) -> Iterator[str]:
    yield f"{plan['operatorType'].split('@')[0]} {plan['args'].get('Details', '')}"
    for below in plan.get("children", ()):
        yield from steps(below)


@pytest.mark.parametrize("descending", [False, True], ids=["up", "down"])
@pytest.mark.parametrize(
    ("query", "index"),
    [
        (DirectiveQuery(), "n:Directive(id)"),
        (TaskQuery(), "n:Task(id)"),
        (TaskQuery(as_of=DAY), "n:Task(id)"),
        (TaskQuery(sort=SortKey.DUE), "n:Task(deadline_end, id)"),
        (TaskQuery(sort=SortKey.DUE, as_of=DAY), "n:Task(deadline_end, id)"),
        (TaskQuery(sort=SortKey.DUE, due_after=DAY), "n:Task(deadline_end, id)"),
        (AgencyQuery(), "n:Agency(id)"),
        (IndicatorQuery(as_of=DAY), "n:Indicator(id)"),
        (TargetQuery(), "n:Target(id)"),
        (TargetQuery(sort=SortKey.YEAR), "n:Target(year, id)"),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else type(value).__name__,
)
def test_a_page_is_read_in_the_order_of_an_index(
    filled: Store, neo4j_driver: neo4j.Driver, query: Query, index: str, descending: bool
) -> None:
    asked = query.model_copy(update={"descending": descending})
    first, after = plans(neo4j_driver, filled, asked)
    assert after is not None
    second, _ = plans(neo4j_driver, filled, asked, after)
    assert (len(first), len(second)) == (1, 1)
    for plan in (*first, *second):
        assert index in plan
        used = {line.split()[0] for line in plan.splitlines()}
        assert not used & BYWAYS


@pytest.mark.parametrize(
    ("query", "step"),
    [
        (DirectiveQuery(jurisdiction=PLACE), "n:Directive(jurisdiction)"),
        (DirectiveQuery(sort=SortKey.ISSUED, issued_from=DAY), "n:Directive(since)"),
        (AgencyQuery(jurisdiction=PLACE), "n:Agency(jurisdiction)"),
        (TaskQuery(jurisdiction=PLACE, sort=SortKey.DUE), "d:Directive(jurisdiction)"),
        (TargetQuery(jurisdiction=PLACE, sort=SortKey.YEAR), "d:Directive(jurisdiction)"),
        (TaskQuery(agency="a.0.0", role=Role.LEAD, sort=SortKey.DUE), ":Agency(id)"),
        (TaskQuery(text="xay dung"), "db.index.fulltext.queryNodes"),
        (TargetQuery(year=2030), "n:Target(year, id)"),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else type(value).__name__,
)
def test_a_condition_is_met_by_an_index(filled: Store, neo4j_driver: neo4j.Driver, query: Query, step: str) -> None:
    for plan in plans(neo4j_driver, filled, query)[0]:
        assert step in plan
        assert "Scan" not in plan


def test_a_list_longer_than_the_server_gives_at_once_is_whole(filled: Store) -> None:
    whole = filled.page(TaskQuery(jurisdiction="Cà Mau", sort=SortKey.DUE), limit=None)
    ids = sorted((node.record.deadline.end is None, node.id) for node in whole.items if isinstance(node.record, Task))
    assert [node.id for node in whole.items] == [i for _, i in ids]
    assert len({i for _, i in ids}) == whole.total == TASKS
