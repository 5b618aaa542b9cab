"""A file becomes a reading: the one place where the steps of reading are put in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.records import DirectiveFacts, Finding, Mention, Reading
from ingest.counts import read_counts
from ingest.header import read_header
from ingest.indicators import read_indicators
from ingest.layout import layout
from ingest.mentions import Mentions, find_mentions
from ingest.normalize import normalize
from ingest.readers import read_file
from ingest.relations import read_relations
from ingest.resolve import Agencies, assignment_edges, issued_edge
from ingest.structure import Layout
from ingest.tasks import read_tasks
from ingest.text import RawText, Source


def read(path: Path) -> Reading:
    """All that the text in a file says; InputError (with the file and what to do) if it cannot be read."""
    return read_text(read_file(path))


def read_text(raw: RawText) -> Reading:
    """All that a text says, with local refs; reading the same text again gives the same reading."""
    source = Source.of(raw)
    text = normalize(raw)
    laid = layout(text, source)
    this = read_header(text, source)
    cited = find_mentions(laid, this, source)
    tasks = read_tasks(laid, this, source)
    indicators = read_indicators(laid, this, source)
    agencies = Agencies.of(this, {a.short: a.means for a in cited.aliases})
    edges = [
        *read_relations(cited, this, source),
        *assignment_edges([*tasks.assignments, *indicators.assignments], agencies),
        *issued_edge(this, this.evidence, agencies),
    ]
    return Reading(
        file=raw.path,
        sha256=raw.sha256,
        text=raw.text,
        this=this,
        mentions=cited.mentions,
        tasks=tuple(tasks.tasks),
        indicators=tuple(indicators.indicators),
        agencies=agencies.named(),
        edges=(*edges, *agencies.links()),
        aliases=cited.aliases,
        declared_counts=tuple(read_counts(laid, source)),
        findings=tuple(sorted(_findings(laid, this, cited, [*tasks.findings, *indicators.findings]), key=_order)),
    )


def _findings(laid: Layout, this: Mention, cited: Mentions, owned: list[Finding]) -> Iterator[Finding]:
    yield from (Finding(kind="layout", message=message, line=line) for line, message in laid.notes)
    yield from _missing(this)
    for mention in (this, *cited.mentions):
        line = mention.evidence.line if mention.evidence else None
        yield from (Finding(kind="defect", message=d, line=line, quote=mention.printed) for d in mention.defects)
    yield from cited.findings
    yield from owned


def _missing(this: DirectiveFacts) -> Iterator[Finding]:
    """What the head of the text does not show, so that the directive's identity stays open."""
    wanted = {
        "number": "số",
        "issued_on": "ngày ban hành",
        "type": "loại văn bản",
        "jurisdiction": "địa phương",
        "issuer": "cơ quan ban hành",
    }
    for field, word in wanted.items():
        if getattr(this, field) is None:
            yield Finding(kind="header", message=f"phần đầu không cho biết {word}", line=1)


def _order(finding: Finding) -> tuple[int, str, str]:
    return finding.line or 0, finding.kind, finding.message
