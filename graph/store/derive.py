"""One reading with the ids of its directives becomes nodes and edges of the graph. Pure: no storing here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from graph.errors import StoreError
from graph.records import THIS, Agency, Edge, Evidence, Indicator, Reading, Target, Task
from graph.store.base import Node, edge_order
from graph.vocabulary import DIRECTIVE_RELATIONS, EDGE_SPECS, EdgeType, Label

Quoting = TypeVar("Quoting", Task, Indicator, Target, Edge)
OUTLINE = "outline"  # method of the edges that say what a directive contains
#: Relations that make a mere mention of the same pair superfluous.
STRONGER_THAN_CITED = tuple(t for t in DIRECTIVE_RELATIONS if t is not EdgeType.CITED_IN)


@dataclass(frozen=True, slots=True)
class Derived:
    """What one text adds to the graph: its tasks, indicators and targets, and its edges (ends are global ids)."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class _Names:
    """Local refs of one reading by what they may name, each to its global id."""

    directives: Mapping[str, str]
    tasks: Mapping[str, str]
    indicators: Mapping[str, str]
    targets: Mapping[str, str]
    agencies: Mapping[str, str]
    reading: Reading

    def find(self, label: Label, ref: str) -> str:
        tables = {
            Label.DIRECTIVE: [self.directives],
            Label.TASK: [self.tasks, self.indicators],  # "task or indicator is assigned to agency"
            Label.INDICATOR: [self.indicators],
            Label.TARGET: [self.targets],
            Label.AGENCY: [self.agencies],
        }[label]
        found = [table[ref] for table in tables if ref in table]
        if len(found) != 1:
            problem = "names nothing in it" if not found else "names a task and an indicator"
            raise StoreError(f"{self.reading.file}: an edge speaks of {ref!r}, which {problem}; it was not stored")
        return found[0]


def derive(reading: Reading, ids: Mapping[str, str], file: str) -> Derived:
    """Nodes and edges of ``reading``. ``ids``: id of each of its directives by ref; ``file``: the path to be quoted.

    Raises StoreError if an edge has an end that the reading does not describe, or a ref is used twice.
    """
    this = ids[THIS]
    names = _Names(
        directives=ids,
        tasks=_table(reading, "t", this, [t.ref for t in reading.tasks]),
        indicators=_table(reading, "i", this, [i.ref for i in reading.indicators]),
        targets=_table(reading, "g", this, [g.ref for i in reading.indicators for g in i.targets]),
        agencies={a.id: a.id for a in reading.agencies},
        reading=reading,
    )
    found = [*_contained(reading, this, names), *_said(reading, this, names)]
    placed = (_moved(edge, file) for edge in found if edge.source != edge.target)
    return Derived(tuple(_nodes(reading, names, file)), strongest(placed))


def strongest(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """One edge per (type, source, target, role, asserted_by), sorted: the surest, then the first in the text."""
    best: dict[tuple[str, str, str, str, str], Edge] = {}
    for edge in edges:
        key = edge_order(edge)
        best[key] = min(best[key], edge, key=_strength) if key in best else edge
    return tuple(best[key] for key in sorted(best))


def merge_agencies(said: Sequence[Agency]) -> Agency:
    """One agency from what all texts say of it: equal facts (else the first of a stable sort), aliases joined."""
    first = min(said, key=lambda a: a.model_copy(update={"aliases": ()}).model_dump_json())
    names = {name for a in said for name in (a.name, *a.aliases)} - {first.name}
    return first.model_copy(update={"aliases": tuple(sorted(names))})


def _strength(edge: Edge) -> tuple[float, int, str]:
    return -edge.confidence, edge.evidence.start if edge.evidence else 0, edge.model_dump_json()


def _table(reading: Reading, prefix: str, this: str, refs: Sequence[str]) -> dict[str, str]:
    if len(set(refs)) != len(refs):
        twice = sorted({r for r in refs if refs.count(r) > 1})[0]
        raise StoreError(f"{reading.file}: the ref {twice!r} is used twice; it was not stored")
    return {ref: f"{prefix}.{this}.{ref}" for ref in refs}


def _nodes(reading: Reading, names: _Names, file: str) -> Iterator[Node]:
    for task in reading.tasks:
        yield Node(id=names.tasks[task.ref], record=_moved(task, file))
    for indicator in reading.indicators:
        bare = indicator.model_copy(update={"targets": ()})
        yield Node(id=names.indicators[indicator.ref], record=_moved(bare, file))
        for target in indicator.targets:
            yield Node(id=names.targets[target.ref], record=_moved(target, file))


def _contained(reading: Reading, this: str, names: _Names) -> Iterator[Edge]:
    def has(kind: EdgeType, source: str, target: str, evidence: Evidence) -> Edge:
        return Edge(type=kind, source=source, target=target, asserted_by=this, evidence=evidence, method=OUTLINE)

    for task in reading.tasks:
        yield has(EdgeType.HAS_TASK, this, names.tasks[task.ref], task.evidence)
    for indicator in reading.indicators:
        node = names.indicators[indicator.ref]
        yield has(EdgeType.HAS_INDICATOR, this, node, indicator.evidence)
        for target in indicator.targets:
            yield has(EdgeType.HAS_TARGET, node, names.targets[target.ref], target.evidence)


def _said(reading: Reading, this: str, names: _Names) -> Iterator[Edge]:
    for edge in reading.edges:
        spec = EDGE_SPECS[edge.type]
        ends = {"source": names.find(spec.source, edge.source), "target": names.find(spec.target, edge.target)}
        yield edge.model_copy(update={**ends, "asserted_by": this if edge.asserted_by is not None else None})


def _moved(record: Quoting, file: str) -> Quoting:
    """The same, quoted from ``file``."""
    quoted = record.evidence
    if quoted is None or quoted.file == file:
        return record
    return record.model_copy(update={"evidence": quoted.model_copy(update={"file": file})})
