"""A closure on the Neo4j server: counted there in one breadth-first walk, and the first items with their paths.

What is asked is split so that the server can prune: edge types between labels that the start cannot reach are left
out; a last step whose far end no walked edge leaves (a task's agency) is walked like the others, since nothing lies
beyond; only last steps between directives (SUPERSEDED_BY) are looked up apart.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from graph.records import Edge
from graph.store import cypher
from graph.store.base import Direction, Totals
from graph.store.neo4j_values import read_edge
from graph.store.tallies import Tally, TallyBy, TallyGroup, ordered
from graph.vocabulary import EDGE_SPECS, EdgeType, Label, sources

K = TypeVar("K", Label, str, int)
Ask = Callable[..., list[dict[str, Any]]]
#: More items than this are not named in a query, the edges are picked here.
_NAMED_ITEMS = 1_000
_IDS_AT_ONCE = 5_000
_DUTIES = (Label.TASK, Label.INDICATOR)


@dataclass(frozen=True, slots=True)
class Item:
    """A node that was reached, how far it is, and the edges of its path in walking order."""

    id: str
    depth: int
    path: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of a walk; see graph.store.base.Closure."""

    items: tuple[Item, ...]
    totals: Totals
    deeper: bool


@dataclass(slots=True)
class _Distances:
    """How far nodes are, by id. ``found``: as items; ``walked``: over walked edges (paths go on from there)."""

    found: dict[str, int] = field(default_factory=dict)
    walked: dict[str, int] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)


class Walk:
    """One question of Store.closure. ``ask`` runs a statement; ``present``: edge types that occur in the graph."""

    def __init__(
        self,
        ask: Ask,
        start: str,
        label: Label,
        *,
        direction: Direction,
        through: Collection[EdgeType],
        last: Collection[EdgeType],
        depth: int | None,
        as_of: dt.date | None,
        present: Collection[EdgeType],
    ) -> None:
        self._ask = ask
        self._start = start
        self._label = label
        self._down = direction is Direction.DOWN
        self._depth = depth
        self._day = as_of
        self._dated = as_of is not None and bool(ask(cypher.LATER, day=as_of))
        wanted = {*through, *last} & set(present)
        leaving = {label for t in wanted for label in self._near(t)}
        endings = {t for t in wanted if not self._far(t) & leaving}
        self._walked = self._reachable((set(through) & wanted) | endings)
        self._last = {t for t in wanted - self._walked - set(through) - endings if self._near(t) & self._labels()}

    def run(self, limit: int | None) -> Found:
        """Count everything, and give the first ``limit`` items (None: all)."""
        groups = self._counted()
        deeper = self._depth is not None and any(depth > self._depth for *_, depth in groups)
        ends = self._ends(groups)
        if self._depth is not None:
            deeper = deeper or any(depth > self._depth for depth in ends.found.values())
            groups = Counter({key: n for key, n in groups.items() if key[3] <= self._depth})
        totals = _totals(groups)
        wanted = totals.items if limit is None else min(limit, totals.items)
        return Found(self._items(totals, ends, wanted), totals, deeper)

    def distances(self, ids: Collection[str]) -> dict[str, int]:
        """How far those of the nodes are that are reached."""
        rows = self._rows(self._closure(self._walked, self._depth).distances(), ids=ids)
        found = {row["id"]: int(row["depth"]) for row in rows if row["id"] != self._start}
        ends = self._ends(Counter()).found
        for i in ends.keys() & set(ids):
            if self._depth is None or ends[i] <= self._depth:
                found[i] = min(ends[i], found.get(i, ends[i]))
        return dict(sorted(found.items()))

    def by_agency(self, limit: int | None) -> Tally:
        """How many of the tasks and indicators reached each agency has: all, and those that have most in each role."""
        duties = self._closure(self._toward(_DUTIES), self._depth)
        groups = (TallyGroup(key=row["id"], items=row["n"]) for row in self._rows(duties.agencies()))
        found = ordered(groups, TallyBy.AGENCY, limit)
        roles = defaultdict[str, dict[str, int]](dict)
        if found.groups:
            for row in self._rows(duties.agencies(roles=True), ids=[group.key for group in found.groups]):
                roles[row["id"]][row["role"] or ""] = row["n"]
        with_roles = (g.model_copy(update={"roles": dict(sorted(roles[str(g.key)].items()))}) for g in found.groups)
        return found.model_copy(update={"groups": tuple(with_roles)})

    def by_quarter(self, limit: int | None) -> Tally:
        """How many of the tasks reached end in each quarter; None: without a last day."""
        rows = self._rows(self._closure(self._toward([Label.TASK]), self._depth).quarters())
        named = ((f"{row['year']}-Q{row['quarter']}" if row["year"] else None, row["n"]) for row in rows)
        return ordered((TallyGroup(key=key, items=n) for key, n in named), TallyBy.QUARTER, limit)

    # -- which edges are walked

    def _near(self, kind: EdgeType) -> set[Label]:
        """Labels of the node that a step over this edge type leaves."""
        return _labels(kind)[0 if self._down else 1]

    def _far(self, kind: EdgeType) -> set[Label]:
        return _labels(kind)[1 if self._down else 0]

    def _reachable(self, types: Iterable[EdgeType]) -> set[EdgeType]:
        """Those that a walk from the start can come to."""
        return _closed(types, {self._label}, self._near, self._far)

    def _toward(self, labels: Collection[Label]) -> frozenset[EdgeType]:
        """Those of the walked types that lie on a way to nodes of some labels."""
        return frozenset(_closed(self._walked, set(labels), self._far, self._near))

    def _labels(self) -> set[Label]:
        return {self._label, *(label for t in self._walked for label in self._far(t))}

    # -- asking

    def _closure(self, types: Collection[EdgeType], depth: int | None) -> cypher.Closure:
        return cypher.Closure(self._label, self._down, frozenset(types), depth, self._dated)

    def _rows(self, statement: str, **values: object) -> list[dict[str, Any]]:
        return self._ask(statement, id=self._start, day=self._day, **values)

    @property
    def _beyond(self) -> int | None:
        """One step more than asked for, to see whether there is more."""
        return None if self._depth is None else self._depth + 1

    def _counted(self) -> Counter[_Group]:
        rows = self._rows(self._closure(self._walked, self._beyond).counts())
        return Counter({(row["label"], row["level"], row["jurisdiction"], row["depth"]): row["n"] for row in rows})

    def _ends(self, groups: Counter[_Group]) -> _Distances:
        """Nodes that a last step reaches, with both distances; ``groups`` are counted anew where it is the shorter."""
        ends = _Distances()
        if not self._last:
            return ends
        goals = {label for t in self._last for label in self._near(t)}
        rows = self._rows(self._closure(self._toward(goals), self._depth).ends(self._last))
        rows = [row for row in rows if row["id"] != self._start]
        ends.labels = {row["id"]: Label(row["label"]) for row in rows}
        around = self._closure(self._toward(set(ends.labels.values())), self._beyond)
        if rows:
            ends.walked = {row["id"]: row["depth"] for row in self._rows(around.distances(), ids=list(ends.labels))}
        for row in rows:
            self._regroup(row, ends, groups)
        return ends

    @staticmethod
    def _regroup(row: dict[str, Any], ends: _Distances, groups: Counter[_Group]) -> None:
        walked, depth = ends.walked.get(row["id"]), row["depth"]
        ends.found[row["id"]] = min(depth, walked if walked is not None else depth)
        if walked is not None and walked <= depth:
            return
        kind = row["label"], row["level"], row["jurisdiction"]
        groups[*kind, depth] += 1
        if walked is not None:
            groups[*kind, walked] -= 1

    # -- items and their paths

    def _items(self, totals: Totals, ends: _Distances, wanted: int) -> tuple[Item, ...]:
        if not wanted:
            return ()
        bound = _bound(totals, wanted)
        at = _Distances(dict(ends.found), dict(ends.walked), dict(ends.labels))
        for row in self._rows(self._closure(self._walked, bound).first(), limit=wanted):
            at.walked[row["id"]] = row["depth"]
            at.found.setdefault(row["id"], row["depth"])
            at.labels[row["id"]] = Label(row["label"])
        chosen = sorted((depth, i) for i, depth in at.found.items() if depth <= bound)[:wanted]
        edges = self._steps([i for _, i in chosen], at)
        return tuple(Item(i, depth, self._path(i, *edges)) for depth, i in chosen)

    def _steps(self, items: list[str], at: _Distances) -> tuple[dict[str, _Step], dict[str, _Step]]:
        """The best edge into each item, and the best walked edge into each node that paths go on from."""
        at.walked[self._start], at.labels[self._start] = 0, self._label
        farthest = max(at.found[i] for i in items)
        parents = [i for i in (self._start, *items) if at.walked.get(i, farthest) < farthest]
        into: dict[str, _Step] = {}
        walked: dict[str, _Step] = {}
        for row in self._edges_between(parents, items, at):
            near, far = (row["source"], row["target"]) if self._down else (row["target"], row["source"])
            step = (near, row["type"], row["p"].get("asserted_by", ""), row["p"].get("role", "")), row
            depth = at.walked[near] + 1
            if at.found.get(far) == depth and far != self._start:
                into[far] = min(into.get(far, step), step, key=lambda s: s[0])
            if at.walked.get(far) == depth and row["type"] in self._walked:
                walked[far] = min(walked.get(far, step), step, key=lambda s: s[0])
        return into, walked

    def _edges_between(self, parents: list[str], items: list[str], at: _Distances) -> Iterator[dict[str, Any]]:
        named = items if len(items) <= _NAMED_ITEMS else None
        for label in Label:
            ids = [i for i in parents if at.labels[i] is label]
            types = [t for t in self._walked | self._last if label in self._near(t)]
            statement = self._closure(self._walked, None).steps(label, types)
            for start in range(0, len(ids) if types else 0, _IDS_AT_ONCE):
                yield from self._ask(statement, ids=ids[start : start + _IDS_AT_ONCE], items=named)

    def _path(self, item: str, into: dict[str, _Step], walked: dict[str, _Step]) -> tuple[Edge, ...]:
        (near, *_), row = into[item]
        rows = [row]
        while near != self._start:
            (near, *_), row = walked[near]
            rows.append(row)
        return tuple(read_edge(row["type"], row["source"], row["target"], row["p"]) for row in reversed(rows))


_Group = tuple[str, str | None, str | None, int]  # label, level, place, depth
_Step = tuple[tuple[str, str, str, str], dict[str, Any]]  # (parent, type, asserted_by, role), row


def _labels(kind: EdgeType) -> tuple[set[Label], set[Label]]:
    """Labels of the ends of an edge type."""
    return set(sources(kind)), {EDGE_SPECS[kind].target}


def _closed(
    types: Iterable[EdgeType],
    labels: set[Label],
    here: Callable[[EdgeType], set[Label]],
    there: Callable[[EdgeType], set[Label]],
) -> set[EdgeType]:
    """The types met when going on from labels, ``here`` to ``there``, as far as it goes."""
    types, seen = set(types), set(labels)
    while True:
        met = {t for t in types if here(t) & seen}
        new = {label for t in met for label in there(t)} - seen
        if not new:
            return met
        seen |= new


def _bound(totals: Totals, wanted: int) -> int:
    """The depth that holds the last of the items wanted."""
    left = wanted
    for depth, n in totals.depths.items():
        left -= n
        if left <= 0:
            return depth
    return max(totals.depths)


def _totals(groups: Counter[_Group]) -> Totals:
    labels, levels, places, depths = Counter[Label](), Counter[str](), Counter[str](), Counter[int]()
    for (label, level, place, depth), n in groups.items():
        labels[Label(label)] += n
        depths[depth] += n
        if level is not None:
            levels[level] += n
        if place is not None:
            places[place] += n
    return Totals(
        items=sum(depths.values()),
        labels=_sorted(labels),
        levels=_sorted(levels),
        jurisdictions=_sorted(places),
        depths=_sorted(depths),
    )


def _sorted(counts: Counter[K]) -> dict[K, int]:
    return {key: counts[key] for key in sorted(counts) if counts[key]}
