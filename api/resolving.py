"""Citations as people write them → the directive each means, or those it may mean, or none; each with the reason.

The rules are those of the command line (api.questions); here nothing is searched for when nothing fits, so that five
hundred citations, or an unknown id, cost little.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from api.questions import narrowed
from api.typed import LONGEST, typed
from graph.errors import AmbiguousNumber, UnknownId
from graph.lookup import moved
from graph.records import Record
from graph.store.base import Node, Store
from graph.store.timing import OutOfTime, never


class Outcome(StrEnum):
    RESOLVED = "resolved"  # one directive is meant
    AMBIGUOUS = "ambiguous"  # several fit; none was chosen
    UNKNOWN = "unknown"  # no directive fits
    NO_NUMBER = "no_number"  # no number stands in it
    NOT_REACHED = "not_reached"  # the time was over before


class Resolution(Record):
    """What became of one citation. ``id``: the directive meant; ``candidates``: those that fit, if several do.

    ``reason``: id, moved_id, number, several_fit, number_elsewhere (the number is known, with another place, date or
    word), number_unknown, no_number, too_long, time.
    """

    citation: str
    outcome: Outcome
    reason: str
    number: str | None = None
    id: str | None = None
    candidates: tuple[Node, ...] = ()


class Resolutions(Record):
    """One entry a citation, in the order given; ``partial``: the last ``more`` of them were not reached in time."""

    items: tuple[Resolution, ...]
    outcomes: dict[Outcome, int]
    partial: bool = False
    reason: str | None = None
    more: int = 0


def resolve(store: Store, citation: str, *, place: str | None = None) -> Resolution:
    """The directive that an id or a number (with any date, type word or place beside it) means."""
    said = citation.strip()
    if not said or len(said) > LONGEST:
        reason = "too_long" if said else "no_number"
        return Resolution(citation=citation[:LONGEST], outcome=Outcome.NO_NUMBER, reason=reason)
    if said in store.nodes([said]):
        return Resolution(citation=citation, outcome=Outcome.RESOLVED, reason="id", id=said)
    if later := moved(store, said):
        return Resolution(citation=citation, outcome=Outcome.RESOLVED, reason="moved_id", id=later)
    return _by_number(store, citation, place)


def resolve_all(
    store: Store,
    citations: Sequence[str],
    *,
    place: str | None = None,
    out_of_time: OutOfTime = never,
) -> Resolutions:
    """Resolve many citations in one snapshot; ``place`` holds for all."""
    known: dict[str, Resolution] = {}
    with store.snapshot():
        for citation in dict.fromkeys(citations):
            if out_of_time():
                break
            known[citation] = resolve(store, citation, place=place)
    items = [known.get(c) or _not_reached(c) for c in citations]
    more = sum(item.outcome is Outcome.NOT_REACHED for item in items)
    outcomes = {o: n for o in Outcome if (n := sum(item.outcome is o for item in items))}
    return Resolutions(
        items=tuple(items), outcomes=outcomes, partial=bool(more), reason="time" if more else None, more=more
    )


def find(store: Store, what: str, *, place: str | None = None) -> Node:
    """The one node that an id or a number means.

    Raises UnknownId at once if none does, AmbiguousNumber with the candidates if several do.
    """
    found = resolve(store, what, place=place)
    if found.id is not None:
        return store.node(found.id)
    if found.outcome is Outcome.AMBIGUOUS:
        raise AmbiguousNumber(f"{len(found.candidates)} directives fit {what!r}", [n.id for n in found.candidates])
    raise UnknownId(f"nothing has the id or number {what!r} ({found.reason})")


def _by_number(store: Store, citation: str, place: str | None) -> Resolution:
    said = typed(citation)
    if said.number is None:
        return Resolution(citation=citation, outcome=Outcome.NO_NUMBER, reason="no_number")
    fitting = store.directives_by_number(said.number)
    meant = narrowed(fitting, said, place)
    if len(meant) == 1:
        outcome, reason = Outcome.RESOLVED, "number"
    elif meant:
        outcome, reason = Outcome.AMBIGUOUS, "several_fit"
    else:
        outcome, reason = Outcome.UNKNOWN, "number_elsewhere" if fitting else "number_unknown"
    return Resolution(
        citation=citation,
        outcome=outcome,
        reason=reason,
        number=said.number,
        id=meant[0].id if outcome is Outcome.RESOLVED else None,
        candidates=tuple(Node(id=d.id, record=d) for d in meant) if outcome is Outcome.AMBIGUOUS else (),
    )


def _not_reached(citation: str) -> Resolution:
    return Resolution(citation=citation[:LONGEST], outcome=Outcome.NOT_REACHED, reason="time")
