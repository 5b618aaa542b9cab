"""What a list of nodes is asked for: filters, order and place of a page; the store makes a Page of it (Store.page).

A place in a list is a cursor: the sort key and id of the last item given, bound to its query; no offsets, so that no
item comes twice or is left out when others are written or withdrawn in between.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from graph.errors import LineageError
from graph.records import Directive, Record, Target, Task
from graph.vocabulary import AgencyKind, DeadlineKind, DirectiveType, Label, Level, Role, Status, System

SortValue = str | int | None
Year = Annotated[int, Field(ge=0, le=9999)]


class CursorError(LineageError):
    """A cursor that is none, or that belongs to another list."""


class SortKey(StrEnum):
    """What a list is sorted by. Missing values come last in both directions; equals are sorted by id.

    ``id``: place, number, date (directives and what they contain), or place and name (agencies). ``issued``: the first
    day a directive can have been issued (its date, else the first day of its year). ``due``: last day of a task's
    deadline. ``year``: of a target.
    """

    ID = "id"
    ISSUED = "issued"
    DUE = "due"
    YEAR = "year"


class Query(Record):
    """Filters that all lists share; None does not filter, and all that are given must hold.

    ``text``: every word of it, folded, stands in the node, the last may be a beginning (as Store.search, but no typos;
    a text without letters or digits finds nothing; its first 24 words count). ``jurisdiction``: exactly this place
    ("central", "Hưng Yên", "Minh Xuân, Tuyên Quang"): of the directive for what a directive contains. ``as_of``: what
    directives issued later hold does not exist (as in Store.closure); None: all exists. ``descending`` turns key and
    id round.
    """

    label: ClassVar[Label]

    text: str | None = None
    jurisdiction: str | None = None
    as_of: dt.date | None = None
    descending: bool = False
    sort: SortKey = SortKey.ID


class DirectiveQuery(Query):
    """Directives. ``issuer``: words of its name, as ``text``. ``held``: its text was read.

    ``issued_from`` and ``issued_to`` are inclusive; of a directive with only a year the whole year must lie between
    them, one without a date never does. ``status`` needs ``as_of``; with ``not_yet_issued`` the directives issued after
    it exist, since they are what is asked for.
    """

    label: ClassVar[Label] = Label.DIRECTIVE

    type: DirectiveType | None = None
    level: Level | None = None
    issuer: str | None = None
    issued_from: dt.date | None = None
    issued_to: dt.date | None = None
    held: bool | None = None
    status: Status | None = None
    sort: Literal[SortKey.ID, SortKey.ISSUED] = SortKey.ID

    @model_validator(mode="after")
    def _status_has_a_date(self) -> DirectiveQuery:
        if self.status is not None and self.as_of is None:
            raise ValueError("a status is that of a date: give as_of")
        return self


class TaskQuery(Query):
    """Tasks. ``agency`` (an id) and ``role``: one assignment has both. ``directive``: id of the one it stands in.

    ``due_after`` and ``due_before`` are inclusive and compare the last day of the deadline; tasks without one never
    pass them.
    """

    label: ClassVar[Label] = Label.TASK

    agency: str | None = None
    role: Role | None = None
    due_after: dt.date | None = None
    due_before: dt.date | None = None
    deadline_kind: DeadlineKind | None = None
    directive: str | None = None
    sort: Literal[SortKey.ID, SortKey.DUE] = SortKey.ID


class AgencyQuery(Query):
    """Agencies; ``jurisdiction`` is their own, ``as_of`` changes nothing."""

    label: ClassVar[Label] = Label.AGENCY

    kind: AgencyKind | None = None
    level: Level | None = None
    system: System | None = None
    sort: Literal[SortKey.ID] = SortKey.ID


class IndicatorQuery(Query):
    """Indicators; one of its targets has both ``year`` and ``unit`` (as printed)."""

    label: ClassVar[Label] = Label.INDICATOR

    year: Year | None = None
    unit: str | None = None
    directive: str | None = None
    sort: Literal[SortKey.ID] = SortKey.ID


class TargetQuery(Query):
    """Targets of ``year``, in ``unit`` (as printed), of the indicators of ``directive``."""

    label: ClassVar[Label] = Label.TARGET

    year: Year | None = None
    unit: str | None = None
    directive: str | None = None
    sort: Literal[SortKey.ID, SortKey.YEAR] = SortKey.ID


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: behind the item with this sort value (None: it has none) and id."""

    value: SortValue
    id: str


def sort_value(query: Query, record: Record) -> SortValue:
    """What a node is sorted by in this list: an ISO date, a year, or None (missing, or the id alone counts).

    >>> sort_value(DirectiveQuery(sort=SortKey.ISSUED), Directive(id="central.03_nq-cp.2025", issued_year=2025))
    '2025-01-01'
    """
    match query.sort, record:
        case SortKey.ISSUED, Directive():
            return record.first_day.isoformat() if record.first_day else None
        case SortKey.DUE, Task():
            return record.deadline.end.isoformat() if record.deadline.end else None
        case SortKey.YEAR, Target():
            return record.year
    return None


def cursor(query: Query, place: Place) -> str:
    """The place as a short text for urls; only ``query`` itself (with any limit) takes it back."""
    packed = json.dumps([_mark(query), place.value, place.id], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def place_of(query: Query, text: str) -> Place:
    """The place a cursor means; CursorError if it is none, or one of another list."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        mark, value, node_id = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if mark == _mark(query):
            return Place(_VALUES[query.sort](value), _storable(node_id))
    except (ValueError, TypeError, RecursionError):
        raise CursorError(f"{text[:60]!r} is no cursor; leave it out to begin with the first page") from None
    raise CursorError("the cursor belongs to a list with other filters or another order; begin with its first page")


def _mark(query: Query) -> str:
    asked = json.dumps([query.label, query.model_dump()], default=str, sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()[:12]


def _storable(node_id: object) -> str:
    if not isinstance(node_id, str):
        raise TypeError("no id")
    node_id.encode()  # halves of characters are a ValueError
    return node_id


def _no_value(value: object) -> SortValue:
    if value is not None:
        raise ValueError("sorted by id alone")
    return None


def _day(value: object) -> SortValue:
    return None if value is None else dt.date.fromisoformat(str(value)).isoformat()


def _year(value: object) -> SortValue:
    if value is None or (isinstance(value, int) and abs(value) < 10_000):
        return value
    raise ValueError("no year")


_VALUES: dict[SortKey, Callable[[object], SortValue]] = {
    SortKey.ID: _no_value,
    SortKey.ISSUED: _day,
    SortKey.DUE: _day,
    SortKey.YEAR: _year,
}
