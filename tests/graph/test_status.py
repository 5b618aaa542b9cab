"""Status of a directive on a date: rows of (own dates, what others say of it, date) → status, since, note."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from graph.errors import UnknownId
from graph.records import THIS
from graph.status import status_of, statuses
from graph.store import open_store
from graph.vocabulary import EdgeType, Role, Status
from tests.graph.oracle import Text, agency, directive

S, R, P = EdgeType.SUPERSEDED_BY, EdgeType.REPEALED_BY, EdgeType.SUSPENDED_BY
DAY = "2026-04-22"  # the newer directive's date, where it has one

OLD = {"day": "2025-03-28"}
YEAR = {"day": "2025-01-05", "period_end": "2025-12-31"}

Own = dict[str, object]
Says = list[tuple[EdgeType, dict[str, object], dict[str, object]]]  # edge type, newer directive, edge properties


@pytest.mark.parametrize(
    ("own", "says", "as_of", "status", "since", "note"),
    [
        (OLD, [], "2026-01-01", Status.IN_FORCE, "2025-03-28", ""),
        (OLD, [], "2025-03-28", Status.IN_FORCE, "2025-03-28", ""),
        (OLD, [], "2025-03-27", Status.NOT_YET_ISSUED, None, ""),
        ({}, [], "2026-01-01", Status.UNKNOWN, None, "undated"),
        ({"issued_year": 2025}, [], "2026-01-01", Status.IN_FORCE, None, ""),
        ({"issued_year": 2026}, [], "2026-06-01", Status.UNKNOWN, None, "issued_that_year"),
        ({"issued_year": 2026}, [], "2025-12-31", Status.NOT_YET_ISSUED, None, ""),
        ({"draft": True}, [], "2026-01-01", Status.DRAFT, None, ""),
        (OLD, [(S, {"day": DAY}, {})], "2026-04-21", Status.IN_FORCE, "2025-03-28", ""),
        (OLD, [(S, {"day": DAY}, {})], DAY, Status.SUPERSEDED, DAY, ""),
        (OLD, [(R, {"day": DAY}, {})], DAY, Status.REPEALED, DAY, ""),
        ({}, [(S, {"day": DAY}, {})], "2026-05-01", Status.SUPERSEDED, DAY, ""),
        (OLD, [(R, {"day": DAY}, {"date": "2026-07-01"})], "2026-06-30", Status.IN_FORCE, "2025-03-28", ""),
        (OLD, [(R, {"day": DAY}, {"date": "2026-07-01"})], "2026-07-01", Status.REPEALED, "2026-07-01", ""),
        (OLD, [(S, {"day": DAY}, {"partial": True})], DAY, Status.PARTLY_SUPERSEDED, DAY, ""),
        (OLD, [(P, {"day": DAY}, {})], DAY, Status.SUSPENDED, DAY, ""),
        (OLD, [(P, {"day": DAY}, {"partial": True})], DAY, Status.IN_FORCE, "2025-03-28", "partly_suspended"),
        (OLD, [(S, {"draft": True}, {})], "2026-05-01", Status.UNKNOWN, None, "successor_draft"),
        (OLD, [(S, {}, {})], "2026-05-01", Status.UNKNOWN, None, "successor_undated"),
        (OLD, [(S, {"issued_year": 2026}, {})], "2027-01-01", Status.SUPERSEDED, None, ""),
        (OLD, [(S, {"issued_year": 2026}, {})], "2025-12-31", Status.IN_FORCE, "2025-03-28", ""),
        (OLD, [(S, {"issued_year": 2026}, {})], "2026-12-31", Status.UNKNOWN, None, "successor_undated"),
        (OLD, [(P, {}, {})], "2026-05-01", Status.UNKNOWN, None, "successor_undated"),
        (OLD, [(S, {"day": DAY, "place": "Huế"}, {}), (S, {}, {})], DAY, Status.SUPERSEDED, DAY, ""),
        (YEAR, [], "2025-12-31", Status.IN_FORCE, "2025-01-05", ""),
        (YEAR, [], "2026-01-01", Status.EXPIRED, "2026-01-01", ""),
        (YEAR, [(S, {"day": DAY}, {})], DAY, Status.EXPIRED, "2026-01-01", ""),
        ({"day": "2025-01-05", "period_end": "2030-12-31"}, [(S, {"day": DAY}, {})], DAY, Status.SUPERSEDED, DAY, ""),
    ],
)  # fmt: skip
def test_status(tmp_path: Path, own: Own, says: Says, as_of: str, status: Status, since: str | None, note: str) -> None:
    text = Text("a.txt", directive("this", "09-KH/TU", "2026-09-09")).cites(directive("old", "433-KH/TU", **own))  # type: ignore[arg-type]
    for i, (kind, newer, properties) in enumerate(says):
        text.cites(directive(f"new{i}", f"65{i}-KH/TU", **newer)).says(kind, "old", f"new{i}", **properties)  # type: ignore[arg-type]
    with open_store(tmp_path / "lineage.db") as store:
        store.write(text.reading())
        (old,) = store.directives_by_number("433-KH/TU")
        found = status_of(store, old.id, dt.date.fromisoformat(as_of))
    assert (found.status, found.since, found.note) == (status, since and dt.date.fromisoformat(since), note)
    assert len(found.reasons) == len(says)
    assert [reason.edge.type for reason in found.reasons if reason.since] == [s[0] for s in says if s[1].get("day")]


def test_the_reason_names_the_successor_and_its_transitional_clause(tmp_path: Path) -> None:
    text = Text("65.txt", directive("this", "65-KH/TU", DAY)).cites(directive("old", "433-KH/TU", "2025-03-28"))
    text.says(S, "old", THIS, "thay thế Kế hoạch số 433-KH/TU", carries_over=True)
    with open_store(tmp_path / "lineage.db") as store:
        store.write(text.reading())
        (old,) = store.directives_by_number("433-KH/TU")
        (reason,) = status_of(store, old.id, dt.date(2026, 5, 1)).reasons
    assert (reason.by.number, reason.since, reason.in_effect) == ("65-KH/TU", dt.date(2026, 4, 22), True)
    assert reason.edge.carries_over
    assert reason.edge.evidence is not None
    assert reason.edge.evidence.quote == "thay thế Kế hoạch số 433-KH/TU"


def test_only_directives_have_a_status(tmp_path: Path) -> None:
    body = agency("Sở Tài chính")
    text = Text("65.txt", directive("this", "65-KH/TU", DAY)).task("I.1", "Việc", (body, Role.LEAD))
    with open_store(tmp_path / "lineage.db") as store:
        directive_id = store.write(text.reading()).directive
        assert list(statuses(store, [body.id, "nobody", directive_id], dt.date(2026, 5, 1))) == [directive_id]
        for other in (body.id, "nobody"):
            with pytest.raises(UnknownId, match="lineage search"):
                status_of(store, other)
        assert status_of(store, directive_id).as_of == dt.date.today()
