"""A text's mentions of directives → the relations it states between them, each with the words that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from graph.records import DirectiveFacts, Edge
from graph.vocabulary import DIRECTIVE_RELATIONS, EdgeType
from ingest.claims import Claim, ClaimReader
from ingest.flat import flat
from ingest.governors import ENDING
from ingest.mentions import Mentions, Occurrence
from ingest.relation_cues import CONTINUES, sentence_at, sentence_starts
from ingest.text import Source


def read_relations(found: Mentions, this: DirectiveFacts, source: Source) -> list[Edge]:
    """All relations that the text states, sorted; ends are refs of mentions or "this"; one edge a type and pair.

    CITED_IN only where nothing stronger is said of the pair, and no self-reference.
    """
    by_passage: dict[int, list[Occurrence]] = defaultdict(list)
    for here in found.occurrences:
        if here.ref is not None:
            by_passage[here.passage].append(here)
    reader = ClaimReader(this, {m.ref: m.type for m in found.mentions}, source)
    claims = [c for i, p in enumerate(found.passages) for c in reader.read(i, p, by_passage.get(i, []))]
    best = _best(claims)
    strong = {frozenset((c.source, c.target)) for c in best if c.edge is not EdgeType.CITED_IN}
    kept = [c for c in best if c.edge is not EdgeType.CITED_IN or frozenset((c.source, c.target)) not in strong]
    carried = _carried_over(found, by_passage)
    order = {t: i for i, t in enumerate(DIRECTIVE_RELATIONS)}
    edges = [_edge(c, carried) for c in kept]
    return sorted(edges, key=lambda e: (order[e.type], e.source, e.target))


def _best(claims: Sequence[Claim]) -> list[Claim]:
    chosen: dict[tuple[EdgeType, str, str], Claim] = {}
    for claim in claims:
        key = (claim.edge, claim.source, claim.target)
        if key not in chosen or claim.confidence > chosen[key].confidence:
            chosen[key] = claim
    return list(chosen.values())


def _carried_over(found: Mentions, by_passage: dict[int, list[Occurrence]]) -> frozenset[str]:
    """Directives whose running tasks go on under this text."""
    refs: set[str] = set()
    for index, those in by_passage.items():
        plain = flat(found.passages[index].text.text)
        if not CONTINUES.search(plain):
            continue
        starts = sentence_starts(plain)
        going_on = {sentence_at(starts, m.end() - 1) for m in CONTINUES.finditer(plain)}
        refs |= {x.ref for x in those if x.ref and sentence_at(starts, x.citation.start) in going_on}
    return frozenset(refs)


def _edge(claim: Claim, carried: frozenset[str]) -> Edge:
    return Edge(
        type=claim.edge,
        source=claim.source,
        target=claim.target,
        evidence=claim.evidence,
        method=claim.method,
        confidence=round(claim.confidence, 2),
        partial=claim.scope is not None and claim.edge in ENDING,
        scope=claim.scope,
        carries_over=claim.edge is EdgeType.SUPERSEDED_BY and claim.source in carried,
    )
