"""Questions of the command line → answers as records: what ``--json`` gives and what the tables show."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from pydantic import Field

from api.bodies import former_bodies, later_bodies
from graph.assignments import Assignments, owns
from graph.lineage import Lineage
from graph.records import Edge, Record
from graph.status import DirectiveStatus, status_of
from graph.store.base import Counts, Direction, Neighbour, Node, ReadingInfo, Store
from graph.vocabulary import EdgeType, Label, Role


class AgencyLoad(Record):
    """How many of the tasks and indicators shown an agency has, by role ("" where the text names no role)."""

    agency: Node
    roles: dict[str, int]


class ImpactAnswer(Lineage):
    """A lineage, and who has how many of its tasks: ``assigned``, the most loaded first."""

    assigned: tuple[AgencyLoad, ...] = ()


class OwnsAnswer(Assignments):
    """Assignments of ``agency`` and of the bodies merged or renamed into it (``former``); ``later``: its heirs."""

    agency: Node
    former: tuple[Node, ...] = ()
    later: tuple[Node, ...] = ()


class Relation(Record):
    """One edge of a node seen from it: ``down`` leaves it, ``up`` enters it; ``node`` is the other end."""

    direction: Direction
    edge: Edge
    node: Node


class Assigned(Record):
    """An agency with its role in a task or an indicator; ``printed``: its name in the text."""

    agency: Node
    role: Role | None
    printed: str | None


class Duty(Record):
    """A task or an indicator of a directive with its targets (indicators only) and the agencies it is assigned to."""

    node: Node
    targets: tuple[Node, ...] = ()
    assigned: tuple[Assigned, ...] = ()


class ShowAnswer(Record):
    """All that is known of one node. ``status`` and ``texts`` (those it was read from) only of a directive.

    ``roles``: only of an agency, its assignments by role.
    """

    node: Node
    as_of: dt.date
    status: DirectiveStatus | None = None
    texts: tuple[ReadingInfo, ...] = ()
    relations: tuple[Relation, ...] = ()
    tasks: tuple[Duty, ...] = ()
    indicators: tuple[Duty, ...] = ()
    roles: dict[str, int] = Field(default={})


class StatsAnswer(Record):
    """``store``: as it was named; ``counts``: nodes by label, edges by type, directives held, texts kept."""

    store: str
    counts: Counts


_CONTENT = (EdgeType.HAS_TASK, EdgeType.HAS_INDICATOR)


def with_loads(store: Store, lineage: Lineage) -> ImpactAnswer:
    """A lineage with the load of each agency in it."""
    duties = [i.node.id for i in lineage.items if i.node.label in (Label.TASK, Label.INDICATOR)]
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    for edge in store.edges_of(duties, direction=Direction.DOWN, types=[EdgeType.ASSIGNED_TO]):
        roles[edge.target][edge.role.value if edge.role else ""] += 1
    agencies = store.nodes(sorted(roles))
    loads = [AgencyLoad(agency=node, roles=dict(sorted(roles[i].items()))) for i, node in agencies.items()]
    loads.sort(key=lambda load: (-load.roles.get(Role.LEAD, 0), -sum(load.roles.values()), load.agency.id))
    return ImpactAnswer(**{name: getattr(lineage, name) for name in Lineage.model_fields}, assigned=tuple(loads))


def owned(
    store: Store,
    agency: Node,
    *,
    role: Role | None,
    due_before: dt.date | None,
    directive: str | None,
    as_of: dt.date,
    limit: int | None,
) -> OwnsAnswer:
    """What an agency has to do, also under its former names."""
    former = former_bodies(store, agency.id)
    ids = [agency.id, *(node.id for node in former)]
    found = owns(store, ids, role=role, due_before=due_before, directive=directive, as_of=as_of, limit=limit)
    said = {name: getattr(found, name) for name in Assignments.model_fields}
    return OwnsAnswer(**said, agency=agency, former=tuple(former), later=tuple(later_bodies(store, agency.id)))


def shown(store: Store, node: Node, as_of: dt.date) -> ShowAnswer:
    """All that is known of a node on a day."""
    hidden: Collection[EdgeType] = _CONTENT if node.label is Label.DIRECTIVE else ()
    up = store.neighbours(node.id, direction=Direction.UP, types=_all_but(EdgeType.ASSIGNED_TO)).items
    down = store.neighbours(node.id, direction=Direction.DOWN, types=_all_but(*hidden)).items
    relations = [*_relations(up, Direction.UP), *_relations(down, Direction.DOWN)]
    if node.label is Label.AGENCY:
        roles = {str(r or ""): n for r, n in owns(store, [node.id], as_of=as_of, limit=0).roles.items()}
        return ShowAnswer(node=node, as_of=as_of, relations=tuple(relations), roles=roles)
    if node.label is not Label.DIRECTIVE:
        return ShowAnswer(node=node, as_of=as_of, relations=tuple(relations))
    return ShowAnswer(
        node=node,
        as_of=as_of,
        status=status_of(store, node.id, as_of),
        texts=store.readings(node.id),
        relations=tuple(relations),
        tasks=duties_of(store, content_of(store, node.id, EdgeType.HAS_TASK)),
        indicators=duties_of(store, content_of(store, node.id, EdgeType.HAS_INDICATOR)),
    )


def content_of(store: Store, directive: str, kind: EdgeType) -> list[str]:
    """Ids of the tasks (HAS_TASK) or indicators (HAS_INDICATOR) of a directive in the order of its text."""
    edges = store.edges_of([directive], direction=Direction.DOWN, types=[kind])
    return [e.target for e in sorted(edges, key=lambda e: (e.evidence.start if e.evidence else 0, e.target))]


def duties_of(store: Store, ids: Sequence[str]) -> tuple[Duty, ...]:
    """Tasks or indicators, in the order given, with their targets and the agencies that have them."""
    edges = store.edges_of(ids, direction=Direction.DOWN, types=[EdgeType.ASSIGNED_TO, EdgeType.HAS_TARGET])
    known = store.nodes({*ids, *(e.target for e in edges)})
    of: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        of[edge.source].append(edge)
    return tuple(_duty(known[i], of[i], known) for i in ids)


def _all_but(*types: EdgeType) -> list[EdgeType]:
    return [t for t in EdgeType if t not in types]


def _relations(items: Iterable[Neighbour], direction: Direction) -> list[Relation]:
    return [Relation(direction=direction, edge=item.edge, node=item.node) for item in items]


def _duty(node: Node, edges: Sequence[Edge], ends: dict[str, Node]) -> Duty:
    return Duty(
        node=node,
        targets=tuple(ends[e.target] for e in edges if e.type is EdgeType.HAS_TARGET),
        assigned=tuple(
            Assigned(agency=ends[e.target], role=e.role, printed=e.printed)
            for e in edges
            if e.type is EdgeType.ASSIGNED_TO
        ),
    )
