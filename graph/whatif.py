"""A directive, supposed to end today → what rests on it alone: all that no other top directive in force holds up.

A top directive rests on nothing. It holds up what is reached from it along the arrows a lineage walks, as long as no
directive on the way has ended (superseded, repealed, expired, suspended) or is yet to come; one whose status nobody
can tell is passed. An agency is held up by any task or indicator of its that is.
"""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from graph.lineage import walked
from graph.records import Record
from graph.status import BEARING, DirectiveStatus, statuses
from graph.store.base import Node, Store
from graph.store.timing import OutOfTime, never
from graph.vocabulary import Label, Status

#: Under these a directive holds nothing up.
ENDED = frozenset({Status.SUPERSEDED, Status.REPEALED, Status.EXPIRED, Status.SUSPENDED, Status.NOT_YET_ISSUED})


class WhatIf(Record):
    """What would rest on nothing any more if ``start`` ended on ``as_of``: ``items`` by kind and id.

    ``totals``: of all that falls, by label, also where items were cut (``more``); ``kept``: how much of what rests on
    ``start`` rests on something else as well. ``status``: of the start; one that has ended holds nothing up.
    ``partial``: with ``reason`` limit the items were cut, with ``too_large`` (for the engine) or ``time`` nothing could
    be said.
    """

    start: Node
    as_of: dt.date
    status: DirectiveStatus | None
    items: tuple[Node, ...] = ()
    totals: dict[Label, int] = Field(default={})
    kept: int = 0
    partial: bool = False
    reason: str | None = None
    more: int = 0


def what_if(
    store: Store,
    node_id: str,
    *,
    as_of: dt.date | None = None,
    limit: int | None = None,
    out_of_time: OutOfTime = never,
) -> WhatIf:
    """What rests on a node alone on a date (today if left out); UnknownId if there is no such node."""
    day = as_of or dt.date.today()
    with store.snapshot():
        start = store.node(node_id)
        status = statuses(store, [node_id], day).get(node_id)
        if _has_ended(status):
            return WhatIf(start=start, as_of=day, status=status)
        if out_of_time():
            return WhatIf(start=start, as_of=day, status=status, partial=True, reason="time")
        through, ended = walked(), _ended(store, day)
        found = store.alone(node_id, through=through, ended=ended, limit=limit, out_of_time=out_of_time)
        nodes = store.nodes(found.ids)
    more = sum(found.totals.values()) - len(found.ids)
    reason = found.reason or ("limit" if more else None)
    return WhatIf(
        start=start,
        as_of=day,
        status=status,
        items=tuple(nodes[i] for i in found.ids),
        totals=found.totals,
        kept=found.kept,
        partial=reason is not None,
        reason=reason,
        more=more,
    )


def _ended(store: Store, day: dt.date) -> list[str]:
    """Ids of the directives that hold nothing up on a day."""
    return [i for i, status in statuses(store, store.endings(day, types=BEARING), day).items() if _has_ended(status)]


def _has_ended(status: DirectiveStatus | None) -> bool:
    return status is not None and status.status in ENDED
