"""A directive that was read → its text with every place in it that a claim of the graph rests on."""

from __future__ import annotations

from collections.abc import Iterable

from graph.errors import UnknownId
from graph.records import Edge, Finding, Record
from graph.store.base import Direction, Node, Store
from graph.vocabulary import EdgeType, Role


class Span(Record):
    """One claim of the text: ``text[start:end] == quote`` (code points, half open). ``about``: what it is said of."""

    start: int
    end: int
    line: int
    type: EdgeType
    role: Role | None
    source: str
    target: str
    quote: str
    method: str
    confidence: float


class Source(Record):
    """The current text of a directive; ``spans`` sorted by place; ``files``: where it was read from."""

    directive: Node
    sha256: str
    files: tuple[str, ...]
    chars: int
    text: str
    spans: tuple[Span, ...]
    findings: tuple[Finding, ...]


def source_of(store: Store, node: Node) -> Source:
    """The text of a directive and its claims; UnknownId if its text was not read."""
    with store.snapshot():
        current = next((info for info in store.readings(node.id) if info.current), None)
        if current is None:
            raise UnknownId(f"the text of {node.id!r} was not read; only others speak of it")
        reading = store.reading(current.sha256)
        edges = _claims(store, node.id, current.sha256)
    return Source(
        directive=node,
        sha256=current.sha256,
        files=current.files,
        chars=current.chars,
        text=reading.text,
        spans=tuple(sorted(_spans(edges), key=lambda s: (s.start, s.end, s.type, s.source, s.target))),
        findings=reading.findings,
    )


def _claims(store: Store, directive: str, sha256: str) -> set[Edge]:
    """Edges that this text asserts: of the directive, of what it holds, and of the directives it cites.

    What it only mentions may stand in the graph by what others say of the pair: so all that enters it is looked at,
    while of the thousands of edges that may leave it only its own are.
    """
    near = [
        *store.edges_of([directive], direction=Direction.DOWN, asserted_by=directive),
        *store.edges_of([directive], direction=Direction.UP),
    ]
    reached = {end for edge in near for end in (edge.source, edge.target)} - {directive}
    held = [e.target for e in near if e.source == directive and e.type in _HOLDS]
    below = store.edges_of(held, direction=Direction.DOWN, types=[EdgeType.ASSIGNED_TO, EdgeType.HAS_TARGET])
    cited = sorted(reached - set(held))
    among = store.edges_of(cited, direction=Direction.DOWN, asserted_by=directive)
    return {e for e in (*near, *below, *among) if e.evidence is not None and e.evidence.sha256 == sha256}


_HOLDS = (EdgeType.HAS_TASK, EdgeType.HAS_INDICATOR)


def _spans(edges: Iterable[Edge]) -> Iterable[Span]:
    for edge in edges:
        said = edge.evidence
        if said is not None:
            yield Span(
                start=said.start,
                end=said.end,
                line=said.line,
                type=edge.type,
                role=edge.role,
                source=edge.source,
                target=edge.target,
                quote=said.quote,
                method=edge.method,
                confidence=edge.confidence,
            )
