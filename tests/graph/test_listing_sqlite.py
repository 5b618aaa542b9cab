"""Lists of the embedded store begin at their page: the plans that SQLite makes for them, by the indexes of a store."""

from __future__ import annotations

import datetime as dt
import random
import re
import sqlite3
from pathlib import Path

import pytest

from graph.listing import AgencyQuery, DirectiveQuery, IndicatorQuery, Query, SortKey, TargetQuery, TaskQuery
from graph.store import open_store
from graph.store.listing import page
from graph.vocabulary import DeadlineKind, Role
from tests.graph.listing_oracle import texts

DAY = dt.date(2025, 6, 30)


def plans(path: Path, query: Query, after: str | None = None) -> tuple[list[tuple[str, str]], str | None]:
    """Each statement that the first (or next) page of one item takes with its plan, and the next cursor."""
    with open_store(path) as store:
        db = sqlite3.connect(path)
        found: list[tuple[str, str]] = []

        def ask(sql: str, *values: object) -> sqlite3.Cursor:
            steps = db.execute(f"EXPLAIN QUERY PLAN {sql}", values)
            found.append((sql, "; ".join(row[3] for row in steps) + ";"))
            return db.execute(sql, values)

        made = page(store, ask, query, 1, after)
        db.close()
        return found, made.next


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("lists") / "lineage.db"
    with open_store(made) as store:
        for reading in texts(random.Random(1)):
            store.write(reading)
    return made


@pytest.mark.parametrize("descending", [False, True], ids=["up", "down"])
@pytest.mark.parametrize(
    ("query", "index"),
    [
        (DirectiveQuery(), "list_directive"),
        (DirectiveQuery(sort=SortKey.ISSUED), "list_directive_since"),
        (DirectiveQuery(jurisdiction="Hưng Yên"), "list_directive_place"),
        (TaskQuery(), "list_task"),
        (TaskQuery(as_of=DAY), "list_task"),
        (TaskQuery(sort=SortKey.DUE), "list_task_due"),
        (TaskQuery(sort=SortKey.DUE, as_of=DAY, due_after=DAY), "list_task_due"),
        (TaskQuery(deadline_kind=DeadlineKind.DATE), "list_task_kind"),
        (AgencyQuery(), "list_agency"),
        (AgencyQuery(jurisdiction="Hưng Yên"), "list_agency_place"),
        (IndicatorQuery(as_of=DAY), "list_indicator"),
        (TargetQuery(), "list_target"),
        (TargetQuery(sort=SortKey.YEAR), "list_target_year"),
        (TargetQuery(year=2030), "list_target_year"),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else type(value).__name__,
)
def test_a_page_is_read_in_the_order_of_an_index(path: Path, query: Query, index: str, descending: bool) -> None:
    asked = query.model_copy(update={"descending": descending})
    first, after = plans(path, asked)
    assert after is not None
    second, _ = plans(path, asked, after)
    for sql, plan in (*first, *second):
        wanted = rf"{index}\b" if "ORDER BY" in sql else "list_"
        assert "TEMP B-TREE" not in plan
        assert re.match(rf"(SCAN|SEARCH) node USING (COVERING )?INDEX {wanted}", plan), sql


@pytest.mark.parametrize(
    ("query", "step"),
    [
        (TaskQuery(role=Role.LEAD), "INDEX edge_out (source=?)"),
        (TaskQuery(agency="a.0.0", role=Role.LEAD), "INDEX edge_in (target=?)"),
        (TaskQuery(jurisdiction="Hưng Yên"), "INDEX list_directive_place"),
        (IndicatorQuery(year=2030), "INDEX list_target_year"),
        (TargetQuery(jurisdiction="Hưng Yên"), "INDEX list_directive_place"),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else type(value).__name__,
)
def test_a_condition_elsewhere_is_met_by_an_index(path: Path, query: Query, step: str) -> None:
    for _, plan in plans(path, query)[0]:
        assert step in plan
        assert "SCAN edge" not in plan
