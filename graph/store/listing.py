"""A query of graph.listing becomes one page of nodes: SQL over the derived graph of the embedded store.

Conditions on the directive a node stands in, on an agency and on words are sets of node numbers. A page is read in two
parts, nodes with a sort value and nodes without one, so that an index in the order (value, id) serves both, and nothing
before the page is read.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence

from graph.listing import (
    AgencyQuery,
    DirectiveQuery,
    IndicatorQuery,
    Place,
    Query,
    SortKey,
    TargetQuery,
    TaskQuery,
)
from graph.store.base import Node, Page, Store
from graph.store.paging import beginning, named, page_of, with_status, words_of
from graph.store.rows import MANY, read_node
from graph.text import storable
from graph.vocabulary import EdgeType, Label, Status

Condition = tuple[str, tuple[object, ...]]  # SQL on a row of node, and its values
Ask = Callable[..., sqlite3.Cursor]  # runs SQL with its values; what SQLite raises comes as an error of the store


def _field(path: str) -> str:
    return f"json_extract(record, '$.{path}')"


_PLACE, _ISSUER = _field("jurisdiction"), _field("issuer")
_DUE, _KIND, _YEAR = _field("deadline.end"), _field("deadline.kind"), _field("year")
_LAST_DAY = f"coalesce({_field('issued_on')}, {_field('issued_year')} || '-12-31')"
_SORTED_BY = {SortKey.ID: "id", SortKey.ISSUED: "since", SortKey.DUE: _DUE, SortKey.YEAR: _YEAR}

_DIRECTIVE: Condition = (f"label = '{Label.DIRECTIVE}'", ())
_TARGET: Condition = (f"label = '{Label.TARGET}'", ())

#: For the schema. Each is one label in one order, so lists begin at their page and totals are counted on an index.
INDEXES = f"""
CREATE INDEX IF NOT EXISTS list_directive ON node (id) WHERE label = 'Directive';
CREATE INDEX IF NOT EXISTS list_directive_since ON node (since, id) WHERE label = 'Directive';
CREATE INDEX IF NOT EXISTS list_directive_place ON node ({_PLACE}, id) WHERE label = 'Directive';
CREATE INDEX IF NOT EXISTS list_directive_issuer ON node ({_ISSUER}) WHERE label = 'Directive';
CREATE INDEX IF NOT EXISTS list_task ON node (id) WHERE label = 'Task';
CREATE INDEX IF NOT EXISTS list_task_due ON node ({_DUE}, id) WHERE label = 'Task';
CREATE INDEX IF NOT EXISTS list_task_kind ON node ({_KIND}, id) WHERE label = 'Task';
CREATE INDEX IF NOT EXISTS list_agency ON node (id) WHERE label = 'Agency';
CREATE INDEX IF NOT EXISTS list_agency_place ON node ({_PLACE}, id) WHERE label = 'Agency';
CREATE INDEX IF NOT EXISTS list_indicator ON node (id) WHERE label = 'Indicator';
CREATE INDEX IF NOT EXISTS list_target ON node (id) WHERE label = 'Target';
CREATE INDEX IF NOT EXISTS list_target_year ON node ({_YEAR}, id) WHERE label = 'Target';
"""


def page(store: Store, ask: Ask, query: Query, limit: int | None, after: str | None) -> Page:
    """See Store.page; the caller keeps a snapshot."""
    place = beginning(store, query, limit, after)
    where = [(f"label = '{query.label}'", ()), *_conditions(query, ask)]
    if isinstance(query, DirectiveQuery) and query.status is not None:
        ids = [row[0] for row in _select(ask, "id", where)]
        where = [(f"id IN {MANY}", (json.dumps(with_status(store, query, ids)),))]
    total = int(_select(ask, "count(*)", where).fetchone()[0])
    want = -1 if limit is None else limit + 1 if limit else 0
    return page_of(query, _nodes(ask, query, where, place, want), total, limit)


def _select(ask: Ask, what: str, where: Sequence[Condition], rest: str = "", *values: object) -> sqlite3.Cursor:
    conditions = " AND ".join(sql for sql, _ in where)
    return ask(f"SELECT {what} FROM node WHERE {conditions} {rest}", *(v for _, vs in where for v in vs), *values)


def _nodes(ask: Ask, query: Query, where: Sequence[Condition], place: Place | None, want: int) -> list[Node]:
    """At most ``want`` nodes behind the place (-1: all of them): first those with a sort value, then those without."""
    found: list[Node] = []
    for part, order in _parts(query, place):
        if want == len(found):
            break
        left = want - len(found) if want > 0 else want
        rows = _select(ask, "label, id, record", [*where, *part], f"ORDER BY {order} LIMIT ?", left)
        found += [read_node(*row) for row in rows]
    return found


def _parts(query: Query, place: Place | None) -> Iterator[tuple[list[Condition], str]]:
    """Conditions and order of the parts of a list behind a place."""
    way, beyond = ("DESC", "<") if query.descending else ("ASC", ">")
    behind: list[Condition] = [] if place is None else [(f"id {beyond} ?", (place.id,))]
    key = _SORTED_BY[query.sort]
    if query.sort is SortKey.ID:
        yield behind, f"id {way}"
        return
    order = f"{key} {way}, id {way}"
    if place is None:
        yield [(f"{key} IS NOT NULL", ())], order
    elif place.value is not None:
        yield [(f"({key}, id) {beyond} (?, ?)", (_bound(query, place), place.id))], order
        behind = []
    yield [(f"{key} IS NULL", ()), *behind], f"id {way}"


def _bound(query: Query, place: Place) -> object:
    if query.sort is SortKey.ISSUED:
        return dt.date.fromisoformat(str(place.value)).toordinal()
    return place.value


# -- conditions


def _conditions(query: Query, ask: Ask) -> Iterator[Condition]:
    if query.text is not None:
        yield _words(query.text)
    match query:
        case DirectiveQuery():
            yield from _of_directive(query, ask)
        case TaskQuery():
            yield from _standing_in(query, EdgeType.HAS_TASK)
            yield from _of_task(query)
        case AgencyQuery():
            yield from _equal({"kind": query.kind, "level": query.level, "system": query.system})
            yield from _equal({"jurisdiction": query.jurisdiction})
        case IndicatorQuery():
            yield from _standing_in(query, EdgeType.HAS_INDICATOR)
            targets = [_TARGET, *_equal({"year": query.year, "unit": query.unit})]
            if len(targets) > 1:
                yield _in(
                    f"SELECT source FROM edge WHERE type = '{EdgeType.HAS_TARGET}' AND target IN ({_numbers(targets)})",
                    targets,
                )
        case TargetQuery():
            yield from _standing_in(query, EdgeType.HAS_INDICATOR, EdgeType.HAS_TARGET)
            yield from _equal({"year": query.year, "unit": query.unit})


def _of_directive(query: DirectiveQuery, ask: Ask) -> Iterator[Condition]:
    yield from _equal({"type": query.type, "level": query.level, "jurisdiction": query.jurisdiction})
    if query.held is not None:
        yield f"{_field('held')} = ?", (query.held,)
    if query.as_of and query.status is not Status.NOT_YET_ISSUED:
        yield "(since IS NULL OR since <= ?)", (query.as_of.toordinal(),)
    if query.issued_from or query.issued_to:
        yield "since >= ?", (query.issued_from.toordinal() if query.issued_from else 0,)
    if query.issued_to:
        yield f"{_LAST_DAY} <= ?", (query.issued_to.isoformat(),)
    if query.issuer is not None:
        names = [row[0] for row in ask(f"SELECT DISTINCT {_ISSUER} FROM node WHERE label = 'Directive'")]
        yield f"{_ISSUER} IN {MANY}", (json.dumps(named(query.issuer, names)),)


def _of_task(query: TaskQuery) -> Iterator[Condition]:
    if query.due_after:
        yield f"{_DUE} >= ?", (query.due_after.isoformat(),)
    if query.due_before:
        yield f"{_DUE} <= ?", (query.due_before.isoformat(),)
    if query.deadline_kind:
        yield f"{_KIND} = ?", (query.deadline_kind,)
    yield from _assigned(query)


def _assigned(query: TaskQuery) -> Iterator[Condition]:
    """An agency has few tasks, so they are a set; a role has most tasks, so each task is asked whether it has it."""
    assigned = f"SELECT source FROM edge WHERE type = '{EdgeType.ASSIGNED_TO}'"
    if query.agency is not None:
        role = "AND +role = ?" if query.role else ""  # + keeps SQLite from beginning with the role
        values = (storable(query.agency), *([query.role] if query.role else []))
        yield f"n IN ({assigned} AND target = (SELECT n FROM node WHERE id = ?) {role})", values
    elif query.role:
        yield f"EXISTS ({assigned} AND role = ? AND source = n)", (query.role,)


def _standing_in(query: TaskQuery | IndicatorQuery | TargetQuery, *down: EdgeType) -> Iterator[Condition]:
    """What hangs by ``down`` edges on the directives asked for, and not on those issued later than ``as_of``."""
    asked = list(_equal({"jurisdiction": query.jurisdiction}))
    if query.directive is not None:
        asked.append(("id = ?", (storable(query.directive),)))
    if asked:
        yield _in(_below(_numbers([_DIRECTIVE, *asked]), down), asked)
    if query.as_of:
        later: Condition = ("since > ?", (query.as_of.toordinal(),))
        yield _in(_below(_numbers([_DIRECTIVE, later]), down), [later], "NOT IN")


def _below(numbers: str, down: Sequence[EdgeType]) -> str:
    for kind in down:
        numbers = f"SELECT target FROM edge WHERE type = '{kind}' AND source IN ({numbers})"
    return numbers


def _numbers(conditions: Sequence[Condition]) -> str:
    return f"SELECT n FROM node WHERE {_joined(conditions)}"


def _joined(conditions: Sequence[Condition]) -> str:
    return " AND ".join(sql for sql, _ in conditions)


def _in(numbers: str, conditions: Sequence[Condition], how: str = "IN") -> Condition:
    return f"n {how} ({numbers})", tuple(v for _, values in conditions for v in values)


def _equal(wanted: dict[str, str | int | None]) -> Iterator[Condition]:
    for name, value in wanted.items():
        if value is not None:
            yield f"{_field(name)} = ?", (storable(value) if isinstance(value, str) else value,)


def _words(text: str) -> Condition:
    words = words_of(text)
    if not words:
        return "0", ()
    asked = " AND ".join(f'"{word}"' for word in words) + "*"
    return "n IN (SELECT rowid FROM words WHERE words MATCH ?)", (asked,)
