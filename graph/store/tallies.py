"""What a store counts for a question instead of giving it: degrees, tallies of tasks, what falls with a node."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pydantic import Field

from graph.records import Record
from graph.vocabulary import EdgeType, Label


class Degrees(Record):
    """How many nodes the edges of a node lead to, by type (none with 0): along the arrows, and against them."""

    down: dict[EdgeType, int]
    up: dict[EdgeType, int]


class TallyBy(StrEnum):
    """``agency``: the agencies that tasks and indicators are assigned to; ``quarter``: where tasks' deadlines end."""

    AGENCY = "agency"
    QUARTER = "quarter"


class TallyGroup(Record):
    """``key``: id of an agency, or a quarter ("2026-Q3", None: no last day). ``roles``: of an agency ("" for none).

    A task or an indicator counts once in ``items``, and once in each role that the agency has in it.
    """

    key: str | None
    items: int
    roles: dict[str, int] = Field(default={})


class Tally(Record):
    """Agencies by (most items, id), quarters in their order, None last; at most ``limit`` groups.

    ``more``: how many groups the limit cut, ``rest``: what their items sum up to. ``late``: the time did not suffice,
    nothing was counted.
    """

    groups: tuple[TallyGroup, ...]
    more: int = 0
    rest: int = 0
    late: bool = False


class Alone(Record):
    """What falls with a node: the first ``ids`` by (ALONE_ORDER of their labels, id), and how many by label.

    ``kept``: how many more rest on the node, and on something else as well. ``reason``: why nothing could be said
    (``too_large`` for the engine, or ``time``), else None.
    """

    ids: tuple[str, ...] = ()
    totals: dict[Label, int] = Field(default={})
    kept: int = 0
    reason: str | None = None


ALONE_ORDER = (Label.DIRECTIVE, Label.TASK, Label.INDICATOR, Label.TARGET, Label.AGENCY)


def ordered(groups: Iterable[TallyGroup], by: TallyBy, limit: int | None) -> Tally:
    """The tally of these groups."""
    if by is TallyBy.AGENCY:
        found = sorted(groups, key=lambda group: (-group.items, group.key or ""))
    else:
        found = sorted(groups, key=lambda group: (group.key is None, group.key or ""))
    cut = () if limit is None else found[limit:]
    return Tally(groups=tuple(found[:limit]), more=len(cut), rest=sum(group.items for group in cut))
