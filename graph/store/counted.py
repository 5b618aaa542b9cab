"""What several texts say alike, counted, becomes agencies, edges of the register, and mentions that are shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.records import Agency, Edge
from graph.store.base import Node, edge_order
from graph.store.derive import merge_agencies, strongest
from graph.store.deriving import differing
from graph.store.ledger import Change, EdgeKey, Kind, Ledger, Placed


@dataclass(slots=True)
class Counts:
    """Records (JSON) that are said, by kind and key, before and now; all of every key that a change touches."""

    before: dict[tuple[Kind, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    now: dict[tuple[Kind, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def keys(self, kind: Kind) -> list[str]:
        """The touched keys of a kind, sorted."""
        return sorted({key for k, key in (*self.before, *self.now) if k is kind})


def recount(ledger: Ledger, delta: Counter[tuple[Kind, str, str]], change: Change) -> Counts:
    """Apply differences to the counts of the store; the new counts go into ``change``."""
    counts = Counts()
    touched: dict[Kind, set[str]] = defaultdict(set)
    for (kind, key, _), by in delta.items():
        if by:
            touched[kind].add(key)
    if touched[Kind.MENTION] or touched[Kind.STRONGER]:
        touched[Kind.MENTION] = touched[Kind.STRONGER] = touched[Kind.MENTION] | touched[Kind.STRONGER]
    for kind, keys in touched.items():
        there = ledger.said(kind, keys)
        for (key, record), n in there.items():
            counts.before[kind, key].add(record)
            if n + delta.get((kind, key, record), 0) > 0:
                counts.now[kind, key].add(record)
        for (k, key, record), by in delta.items():
            if by and k is kind:
                n = there.get((key, record), 0) + by
                change.said[kind, key, record] = n
                if n > 0:
                    counts.now[kind, key].add(record)
    return counts


def put_agencies(ledger: Ledger, counts: Counts, change: Change) -> None:
    """An agency is what all texts together say of it, as long as one speaks of it."""
    keys = counts.keys(Kind.AGENCY)
    there = ledger.shared_nodes(keys)
    for key in keys:
        records = [Agency.model_validate_json(record) for record in counts.now[Kind.AGENCY, key]]
        if not records:
            change.gone_nodes.add(key)
            continue
        placed = Placed(Node(id=key, record=merge_agencies(records)))
        if there.get(key) != placed:
            change.nodes[key] = placed


def put_register(counts: Counts, change: Change) -> None:
    """Edges of the register: several texts need one, it is there once."""
    for key in counts.keys(Kind.REGISTER):
        old = _edges(strongest(_read(counts.before[Kind.REGISTER, key])))
        new = _edges(strongest(_read(counts.now[Kind.REGISTER, key])))
        _put(old, new, change)


def put_pairs(counts: Counts, change: Change) -> None:
    """Mentions of a pair of directives are shown only where nothing stronger is said of it."""
    for key in counts.keys(Kind.MENTION):
        old = {} if counts.before[Kind.STRONGER, key] else _edges(_read(counts.before[Kind.MENTION, key]))
        new = {} if counts.now[Kind.STRONGER, key] else _edges(_read(counts.now[Kind.MENTION, key]))
        _put(old, new, change)


def _put(old: dict[EdgeKey, Edge], new: dict[EdgeKey, Edge], change: Change) -> None:
    change.edges |= differing(new, old)
    change.gone_edges |= differing(old, new).keys()


def _read(records: Iterable[str]) -> list[Edge]:
    return [Edge.model_validate_json(record) for record in sorted(records)]


def _edges(edges: Iterable[Edge]) -> dict[EdgeKey, Edge]:
    return {edge_order(edge): edge for edge in edges}
