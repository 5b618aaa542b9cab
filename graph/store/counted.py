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
from graph.vocabulary import Label


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
        there = {(kind, *at): n for at, n in ledger.said(kind, keys).items()}
        now = {at: by for at, by in delta.items() if by and at[0] is kind}
        change.counted |= now.keys() & there.keys()
        change.said |= {at: there.get(at, 0) + by for at, by in now.items()}
        for _, key, record in there:
            counts.before[kind, key].add(record)
        for at in there.keys() | now.keys():
            if change.said.get(at, there.get(at, 0)) > 0:
                counts.now[kind, at[1]].add(at[2])
    return counts


def put_agencies(ledger: Ledger, counts: Counts, change: Change) -> None:
    """An agency is what all texts together say of it, as long as one speaks of it."""
    keys = counts.keys(Kind.AGENCY)
    there = ledger.shared_nodes(Label.AGENCY, keys)
    for key in keys:
        records = [Agency.model_validate_json(record) for record in counts.now[Kind.AGENCY, key]]
        placed = Placed(Node(id=key, record=merge_agencies(records))) if records else None
        put_shared(key, placed, there.get(key), change)


def put_shared(node_id: str, now: Placed | None, before: Placed | None, change: Change) -> None:
    """A node that several texts share becomes what it is ``now`` (None: it goes)."""
    if now == before:
        return
    if before:
        change.was[node_id] = before.node
    if now:
        change.nodes[node_id] = now
    else:
        change.gone_nodes.add(node_id)


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
