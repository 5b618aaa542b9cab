"""An Agency → what the register knows around it: the body it belongs to and the body that followed it, with dates."""

from __future__ import annotations

import datetime as dt

from graph.agencies import agency_of
from graph.places import CENTRAL, provinces, split_jurisdiction
from graph.records import Agency, Edge
from graph.register import Body, bodies, bodies_by_slug, successions
from graph.vocabulary import EdgeType, Level

METHOD = "register"


def register_edges(agency: Agency) -> list[Edge]:
    """PART_OF and SUCCEEDED_BY edges that start at an agency, sorted; none for names the register does not hold.

    They are said by no text (``asserted_by`` is None). ``date`` is the day of the succession. Their targets are what
    ``register_neighbours`` gives.
    """
    return sorted((edge for edge, _ in _links(agency)), key=lambda e: (e.type, e.target))


def register_neighbours(agency: Agency) -> list[Agency]:
    """All agencies that the register's edges reach from one, step after step (without it), sorted by id."""
    found: dict[str, Agency] = {}
    waiting = [agency]
    while waiting:
        for _, target in _links(waiting.pop()):
            if target.id not in found and target.id != agency.id:
                found[target.id] = target
                waiting.append(target)
    return [found[key] for key in sorted(found)]


def _links(agency: Agency) -> list[tuple[Edge, Agency]]:
    body = _body(agency)
    if body is None:
        return []
    links: list[tuple[Edge, Agency]] = []
    parent = bodies().get(body.parent or "")
    if parent:
        target = agency_of(parent, _place_of(parent, agency.jurisdiction))
        links.append((_edge(EdgeType.PART_OF, agency, target, None), target))
    followed = [s for s in successions() if s.name == body.template]
    for step in followed:
        heir = bodies()[step.successor]
        target = agency_of(heir, _place_of(heir, agency.jurisdiction))
        links.append((_edge(EdgeType.SUCCEEDED_BY, agency, target, step.date), target))
    if not followed:
        links.extend(_merged_province(body, agency))
    return links


def _merged_province(body: Body, agency: Agency) -> list[tuple[Edge, Agency]]:
    commune, province = split_jurisdiction(agency.jurisdiction)
    entry = provinces().get(province or "")
    if commune or entry is None or entry.successor is None or entry.working_from is None:
        return []
    if body.valid_to and body.valid_to < entry.working_from:
        return []
    target = agency_of(body, entry.successor)
    return [(_edge(EdgeType.SUCCEEDED_BY, agency, target, entry.working_from), target)]


def _body(agency: Agency) -> Body | None:
    prefix, _, name = agency.id.rpartition(".")
    if not prefix:
        return None
    found = bodies_by_slug().get(name, ())
    fitting = [b for b in found if agency.level is None or agency.level in b.levels]
    return fitting[0] if fitting else None


def _place_of(body: Body, jurisdiction: str | None) -> str | None:
    if body.levels == (Level.CENTRAL,):
        return CENTRAL
    commune, province = split_jurisdiction(jurisdiction)
    return province if commune and Level.COMMUNAL not in body.levels else jurisdiction


def _edge(kind: EdgeType, source: Agency, target: Agency, date: dt.date | None) -> Edge:
    return Edge(type=kind, source=source.id, target=target.id, asserted_by=None, method=METHOD, date=date)
