"""The name of an agency as typed, and a place → the one agency of the store that is meant, and its past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from api.questions import in_place, jurisdiction_of, now_part_of
from graph.agencies import resolve_agency
from graph.errors import AmbiguousNumber, UnknownId
from graph.records import Agency
from graph.register_edges import register_edges
from graph.store.base import Direction, Node, Store
from graph.text import fold
from graph.vocabulary import EdgeType, Label

_NEAREST = 8


def find_agency(store: Store, printed: str, place: str | None = None) -> Node:
    """The agency that a name (or an id) means in a place.

    Every agency of the store that the name means when seen from that agency's own place fits; the register decides
    what a name means. AmbiguousNumber if several fit, UnknownId (naming those that come near) if none does.
    """
    known = store.nodes([printed.strip()]).get(printed.strip())
    if known is not None and known.label is Label.AGENCY:
        return known
    meant = resolve_agency(printed, jurisdiction_of(place))
    exact = store.nodes([meant.id]).get(meant.id)
    if place is not None and exact is not None:
        return exact
    near = [n for n in _found(store, {printed, meant.name}) if place is None or in_place(_home(n), place) is not False]
    fitting = [n for n in near if _means(printed, n)]
    if len(fitting) == 1:
        return fitting[0]
    where = f" in {place}" if place else ""
    if fitting:
        raise AmbiguousNumber(
            f"{len(fitting)} agencies fit {printed!r}{where}; choose one by its id, or narrow with --in PLACE",
            [n.id for n in fitting],
        )
    raise UnknownId(
        f"no agency {printed!r}{where} is known; {_hint(store, meant, near)}{now_part_of(place, dt.date.today())}"
    )


def _hint(store: Store, meant: Agency, near: Sequence[Node]) -> str:
    """The body that took over, as the register knows it; else what comes near by name."""
    heirs = [e.target for e in register_edges(meant) if e.type is EdgeType.SUCCEEDED_BY]
    known = store.nodes(heirs)
    if known:
        return f"{meant.name} was merged or renamed: try {', '.join(known)}"
    others = ", ".join(n.id for n in near[:_NEAREST])
    return f"near by name: {others}" if others else "try `lineage search NAME --kind agency`"


def former_bodies(store: Store, agency_id: str) -> list[Node]:
    """The bodies that were merged or renamed into an agency, step after step, sorted by id."""
    return _walk(store, agency_id, Direction.UP)


def later_bodies(store: Store, agency_id: str) -> list[Node]:
    """The bodies that took over from an agency, step after step, sorted by id."""
    return _walk(store, agency_id, Direction.DOWN)


def _walk(store: Store, agency_id: str, direction: Direction) -> list[Node]:
    found: set[str] = set()
    waiting = {agency_id}
    while waiting:
        edges = store.edges_of(sorted(waiting), direction=direction, types=[EdgeType.SUCCEEDED_BY])
        ends = {e.source if direction is Direction.UP else e.target for e in edges}
        waiting = ends - found - {agency_id}
        found |= waiting
    return list(store.nodes(sorted(found)).values())


def _found(store: Store, names: Iterable[str]) -> list[Node]:
    hits = [hit for name in sorted(names) for hit in store.search(name, kinds=[Label.AGENCY], limit=None).hits]
    return list({hit.node.id: hit.node for hit in hits}.values())


def _means(printed: str, node: Node) -> bool:
    assert isinstance(node.record, Agency)
    names = {fold(n) for n in (node.record.name, *node.record.aliases)}
    return fold(printed) in names or resolve_agency(printed, node.record.jurisdiction).id == node.id


def _home(node: Node) -> str | None:
    return node.record.jurisdiction if isinstance(node.record, Agency) else None
