"""A directive and a date become a status, with the reason: which edge, which other directive, since when.

A status is computed for a date, never stored. Nothing is guessed: a successor that is a draft, or whose date is not
known, makes the status unknown, and the reason says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from graph.errors import UnknownId
from graph.records import Directive, Edge, Record
from graph.store.base import Direction, Node, Store
from graph.vocabulary import EdgeType, Label, Status

#: Edges that end a directive, and the status each gives.
_ENDS = {EdgeType.SUPERSEDED_BY: Status.SUPERSEDED, EdgeType.REPEALED_BY: Status.REPEALED}
BEARING = (*_ENDS, EdgeType.SUSPENDED_BY)
#: Statuses under which what a directive says still holds; of UNKNOWN and DRAFT nobody can tell.
HOLDING = frozenset({Status.IN_FORCE, Status.PARTLY_SUPERSEDED})
UNCERTAIN = frozenset({Status.UNKNOWN, Status.DRAFT})


class StatusReason(Record):
    """One edge that bears on a status: ``by`` is the other directive.

    ``since``: the day it takes effect (the edge's own date, else the day ``by`` was issued), None if not known.
    ``in_effect``: True, False (later than the date), or None (``by`` is a draft or undated: nobody can tell).
    """

    edge: Edge
    by: Directive
    since: dt.date | None
    in_effect: bool | None


class DirectiveStatus(Record):
    """The status of ``directive`` on ``as_of``; ``since``: the first day of that status, None if not known.

    ``reasons``: every edge that ends, cuts or suspends the directive, also those not (yet) in effect, sorted by day.
    ``note``: what a reader should know beside it, "" if nothing: undated, issued_that_year (the day is not known),
    successor_draft, successor_undated, partly_suspended.
    """

    directive: str
    as_of: dt.date
    status: Status
    since: dt.date | None = None
    reasons: tuple[StatusReason, ...] = ()
    note: str = ""


def status_of(store: Store, directive_id: str, as_of: dt.date | None = None) -> DirectiveStatus:
    """Status of one directive on a date (today if left out); UnknownId if there is no such directive.

    A plan issued on 2025-09-05 and replaced on 2026-04-22 is in force on 2026-04-21 and superseded from the next day.
    """
    found = statuses(store, [directive_id], as_of or dt.date.today())
    if directive_id not in found:
        raise UnknownId(f"no directive with the id {directive_id!r}; find it with: lineage search")
    return found[directive_id]


def statuses(
    store: Store, directive_ids: Collection[str], as_of: dt.date, *, known: Mapping[str, Node] | None = None
) -> dict[str, DirectiveStatus]:
    """Statuses of many directives on a date, by id, sorted; ids that are no directives are left out.

    ``known``: nodes at hand, by id, which need not be read again.
    """
    nodes = dict(known or {})
    with store.snapshot():
        nodes |= store.nodes([i for i in directive_ids if i not in nodes])
        sources = [i for i in directive_ids if i in nodes and nodes[i].label is Label.DIRECTIVE]
        edges = store.edges_of(sources, direction=Direction.DOWN, types=BEARING) if sources else ()
        nodes |= store.nodes({edge.target for edge in edges} - nodes.keys())
    directives = {i: node.record for i, node in nodes.items() if isinstance(node.record, Directive)}
    reasons: dict[str, list[StatusReason]] = {}
    for edge in edges:
        reasons.setdefault(edge.source, []).append(_reason(edge, directives[edge.target], as_of))
    return {i: judge(directives[i], reasons.get(i, []), as_of) for i in sorted(set(directive_ids) & directives.keys())}


def judge(directive: Directive, reasons: Sequence[StatusReason], as_of: dt.date) -> DirectiveStatus:
    """The status that a directive's own dates and the reasons against it give on a date."""
    ordered = tuple(sorted(reasons, key=lambda r: (r.since or dt.date.max, r.edge.type, r.by.id)))
    status, since, note = _judge(directive, ordered, as_of)
    return DirectiveStatus(directive=directive.id, as_of=as_of, status=status, since=since, reasons=ordered, note=note)


_Verdict = tuple[Status, dt.date | None, str]


def _judge(directive: Directive, reasons: Sequence[StatusReason], as_of: dt.date) -> _Verdict:
    if directive.draft:
        return Status.DRAFT, None, ""
    if not directive.exists_on(as_of):
        return Status.NOT_YET_ISSUED, None, ""
    return (
        _ended(directive, reasons, as_of)
        or _doubtful(reasons)
        or _suspended(reasons)
        or _partly(reasons)
        or _running(directive, reasons, as_of)
    )


def _ended(directive: Directive, reasons: Sequence[StatusReason], as_of: dt.date) -> _Verdict | None:
    """The first end that is in effect: replaced, repealed, or its period over."""
    ends = [(r.since or as_of, _ENDS[r.edge.type], r.since) for r in _whole(reasons) if r.in_effect]
    if directive.period_end and directive.period_end < as_of:
        after = directive.period_end + dt.timedelta(days=1)
        ends.append((after, Status.EXPIRED, after))
    if not ends:
        return None
    _, status, since = min(ends, key=lambda end: (end[0], list(Status).index(end[1])))
    return status, since, ""


def _doubtful(reasons: Sequence[StatusReason]) -> _Verdict | None:
    for reason in _whole(reasons):
        if reason.in_effect is None:
            return Status.UNKNOWN, None, "successor_draft" if reason.by.draft else "successor_undated"
    return None


def _suspended(reasons: Sequence[StatusReason]) -> _Verdict | None:
    for reason in reasons:
        if reason.edge.type is EdgeType.SUSPENDED_BY and not reason.edge.partial and reason.in_effect is not False:
            if reason.in_effect:
                return Status.SUSPENDED, reason.since, ""
            return Status.UNKNOWN, None, "successor_draft" if reason.by.draft else "successor_undated"
    return None


def _partly(reasons: Sequence[StatusReason]) -> _Verdict | None:
    for reason in reasons:
        if reason.edge.type in _ENDS and reason.edge.partial and reason.in_effect:
            return Status.PARTLY_SUPERSEDED, reason.since, ""
    return None


def _running(directive: Directive, reasons: Sequence[StatusReason], as_of: dt.date) -> _Verdict:
    if directive.issued_on is None:
        if directive.issued_year is None:
            return Status.UNKNOWN, None, "undated"
        if directive.issued_year == as_of.year:
            return Status.UNKNOWN, None, "issued_that_year"
    partly = any(r.edge.type is EdgeType.SUSPENDED_BY and r.in_effect for r in reasons)
    return Status.IN_FORCE, directive.issued_on, "partly_suspended" if partly else ""


def _whole(reasons: Sequence[StatusReason]) -> list[StatusReason]:
    return [r for r in reasons if r.edge.type in _ENDS and not r.edge.partial]


def _reason(edge: Edge, by: Directive, as_of: dt.date) -> StatusReason:
    """When the edge takes effect. A date that the text itself states counts even if the other's own is not known."""
    since = None if by.draft else edge.date or by.issued_on
    if since is not None:
        in_effect: bool | None = since <= as_of
    elif not by.draft and by.issued_year is not None and by.issued_year != as_of.year:
        in_effect = by.issued_year < as_of.year
    else:
        in_effect = None
    return StatusReason(edge=edge, by=by, since=since, in_effect=in_effect)
