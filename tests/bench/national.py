"""A size and a seed become a national graph: the readings of a country's directives, as the reader would give them.

    python -m tests.bench.national [--size 0.01] [--seed 0]

prints how many nodes and edges there are. Size 1.0: 34 provinces, 3,321 communes, about 300,000 nodes and 1.1 million
edges. Every claim quotes its text: ``text[start:end] == quote``.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from graph.places import provinces, split_jurisdiction
from graph.records import THIS, Agency, DirectiveFacts, Edge, Evidence, Indicator, Mention, Reading, Target, Task
from graph.register_edges import register_edges, register_neighbours
from graph.vocabulary import Comparator, EdgeType, Label, Origin, Role
from tests.bench.national_plans import Country, Plan, Tie
from tests.bench.national_words import DEADLINES, GROUPS, MEASURES
from viz.labels import TYPES

REFINEMENTS = "bench: carried down"  # method of the inferred edges
YEARS = (2026, 2030)


def readings(size: float = 1.0, seed: int = 0) -> Iterator[Reading]:
    """The texts of a country, the upper before those that rest on them; equal arguments give equal readings."""
    for plan in Country(size, seed).plans():
        yield _Writing(plan).reading()


def refinements(size: float = 1.0, seed: int = 0) -> Iterator[Edge]:
    """REFINED_BY edges between the tasks of ``readings(size, seed)``: ends are ids of the graph, nobody said them."""
    above: tuple[Plan | None, str] = (None, "")
    for plan in Country(size, seed).plans():
        if plan.above is None:
            continue
        if above[0] is not plan.above:
            above = plan.above, plan.above.id
        own = plan.id
        for work in plan.works:
            for upper in work.above:
                task = plan.above.works[upper]
                yield Edge(
                    type=EdgeType.REFINED_BY,
                    source=f"t.{above[1]}.{task.ref}",
                    target=f"t.{own}.{work.ref}",
                    asserted_by=None,
                    method=REFINEMENTS,
                    confidence=0.9 if task.topic == work.topic else 0.6,
                )


class _Span(NamedTuple):
    """A piece of the text: its line (from 1), its first code point, and itself."""

    line: int
    start: int
    text: str

    def inner(self, part: str) -> _Span:
        return _Span(self.line, self.start + self.text.index(part), part)


class _Writing:
    """One plan on its way into a text and what is said in it."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._file = plan.file
        self._parts: list[str] = []
        self._at, self._line = 0, 1
        number = self._head()
        ties = [self._sentence(tie) for tie in plan.ties]
        rows = [self._row(i) for i in range(len(plan.works))]
        aims = [self._aim_row(i) for i in range(len(plan.aims))]
        self._text = "".join(self._parts)
        self._sha = hashlib.sha256(self._text.encode()).hexdigest()
        self._agencies: dict[str, Agency] = {}
        self._mentions: dict[str, Mention] = {}
        self._edges = [self._edge(EdgeType.ISSUED, self._body(plan.issuer), THIS, number, "header")]
        self._this = self._mention(THIS, plan.facts, number)
        for tie, (clause, cited) in zip(plan.ties, ties, strict=True):
            self._tie(tie, clause, cited)
        self._tasks = [self._task(i, row) for i, row in enumerate(rows)]
        self._indicators = [self._indicator(i, row) for i, row in enumerate(aims)]

    def reading(self) -> Reading:
        known = dict(self._agencies)
        for body in self._agencies.values():
            known |= {near.id: near for near in _around(body)[0]}
        register = [edge for body in known.values() for edge in _around(body)[1]]
        return Reading(
            file=self._file,
            sha256=self._sha,
            text=self._text,
            this=self._this,
            mentions=tuple(self._mentions.values()),
            tasks=tuple(self._tasks),
            indicators=tuple(self._indicators),
            agencies=tuple(known[i] for i in sorted(known)),
            edges=(*self._edges, *register),
        )

    # -- the text

    def _put(self, text: str) -> _Span:
        span = _Span(self._line, self._at, text)
        self._parts.append(text)
        self._at += len(text)
        self._line += text.count("\n")
        return span

    def _head(self) -> _Span:
        facts, day = self._plan.facts, self._plan.facts.issued_on
        assert facts.type is not None and day is not None
        name = _place(facts)
        self._put(f"{self._plan.issuer.name.upper()}\n{name.upper()}\n\nSố: ")
        number = self._put(facts.number or "")
        self._put(f"\n\n{name}, ngày {day.day} tháng {day.month} năm {day.year}\n\n{TYPES[facts.type].upper()}\n")
        self._put(f"{facts.title}\n\n")
        return number

    def _sentence(self, tie: Tie) -> tuple[_Span, list[_Span]]:
        """The clause that says a relation, and the words in it that name each directive."""
        kind, source, target, wording = tie
        names = [_named(source), *([_named(target)] if target else [])]
        if target:  # said of two others: "Kế hoạch số 24-KH/TU … thực hiện Nghị quyết số 57-NQ/TW …"
            clause = self._put(f"{names[1]} {wording} {names[0]}")
        elif kind is EdgeType.SUPERSEDED_BY:
            clause = self._put(f"Kế hoạch này {wording} {names[0]}")
        else:
            clause = self._put(f"{wording} {names[0]}")
        self._put(";\n")
        return clause, [clause.inner(name) for name in names]

    def _row(self, i: int) -> tuple[_Span, _Span, list[_Span]]:
        """Places of the task's text, its lead and its coordinators in one row of the table."""
        if i == 0:
            self._put("\nPHỤ LỤC II\nTT\tNội dung\tChủ trì\tPhối hợp\tSản phẩm\tThời hạn\n")
        work = self._plan.works[i]
        self._put(f"{i + 1}\t")
        text = self._put(work.text)
        self._put("\t")
        lead = self._put(work.lead.name)
        self._put("\t")
        helpers: list[_Span] = []
        for body in work.coordinators:
            self._put("; " if helpers else "")
            helpers.append(self._put(body.name))
        self._put(f"\t{work.output}\t{DEADLINES[work.deadline].text}\n")
        return text, lead, helpers

    def _aim_row(self, i: int) -> tuple[_Span, list[_Span], _Span]:
        """Places of the indicator's text, of its targets and of who watches it."""
        if i == 0:
            self._put("\nPHỤ LỤC I\nTT\tChỉ tiêu\tNăm 2026\tNăm 2030\tTheo dõi\n")
        aim = self._plan.aims[i]
        measure = MEASURES[aim.measure]
        self._put(f"{i + 1}\t")
        text = self._put(measure.text)
        values: list[_Span] = []
        for value in aim.values:
            self._put("\t")
            values.append(self._put(f"≥ {value} {measure.unit}"))
        self._put("\t")
        watcher = self._put(aim.watcher.name)
        self._put("\n")
        return text, values, watcher

    # -- what it says

    def _evidence(self, span: _Span) -> Evidence:
        return Evidence(
            file=self._file, sha256=self._sha, line=span.line, start=span.start, end=span.start + len(span.text),
            quote=span.text,
        )  # fmt: skip

    def _edge(
        self, kind: EdgeType, source: str, target: str, said: _Span, method: str, role: Role | None = None
    ) -> Edge:
        printed = said.text if role else None
        quoted = self._evidence(said)
        return Edge(
            type=kind, source=source, target=target, evidence=quoted, method=method, confidence=0.97, role=role,
            printed=printed,
        )  # fmt: skip

    def _mention(self, ref: str, facts: DirectiveFacts, said: _Span) -> Mention:
        return Mention(ref=ref, printed=facts.number or "", evidence=self._evidence(said), **dict(facts))

    def _tie(self, tie: Tie, clause: _Span, cited: list[_Span]) -> None:
        ends = [tie.source, *([tie.target] if tie.target else [])]
        refs = [plan.facts.number or "" for plan in ends]
        for ref, plan, said in zip(refs, ends, cited, strict=True):
            bare = plan.facts.model_copy(update={"period_start": None, "period_end": None})
            self._mentions.setdefault(ref, self._mention(ref, bare, said))
        target = refs[1] if len(refs) > 1 else THIS
        self._edges.append(self._edge(tie.type, refs[0], target, clause, "bench: wording"))

    def _body(self, body: Agency) -> str:
        self._agencies[body.id] = body
        return body.id

    def _assign(self, ref: str, body: Agency, said: _Span, role: Role) -> None:
        self._edges.append(self._edge(EdgeType.ASSIGNED_TO, ref, self._body(body), said, "cell", role))

    def _task(self, i: int, row: tuple[_Span, _Span, list[_Span]]) -> Task:
        work = self._plan.works[i]
        text, lead, helpers = row
        self._assign(work.ref, work.lead, lead, Role.LEAD)
        for body, said in zip(work.coordinators, helpers, strict=True):
            self._assign(work.ref, body, said, Role.COORDINATE)
        return Task(
            ref=work.ref, text=work.text, origin=Origin.APPENDIX, section="PL II", ordinal=str(i + 1),
            group=GROUPS[work.topic[0] % len(GROUPS)], output=work.output, deadline=DEADLINES[work.deadline],
            evidence=self._evidence(text),
        )  # fmt: skip

    def _indicator(self, i: int, row: tuple[_Span, list[_Span], _Span]) -> Indicator:
        aim = self._plan.aims[i]
        measure = MEASURES[aim.measure]
        text, values, watcher = row
        self._assign(aim.ref, aim.watcher, watcher, Role.MONITOR)
        targets = tuple(
            Target(
                ref=f"{aim.ref}.{year}", year=year, text=said.text, comparator=Comparator.AT_LEAST, value=float(value),
                unit=measure.unit, evidence=self._evidence(said),
            )
            for year, value, said in zip(YEARS, aim.values, values, strict=True)
        )  # fmt: skip
        return Indicator(
            ref=aim.ref, section="PL I", ordinal=str(i + 1), text=measure.text, targets=targets,
            evidence=self._evidence(text),
        )  # fmt: skip


@lru_cache(maxsize=4096)
def _around(body: Agency) -> tuple[list[Agency], list[Edge]]:
    """What the register knows around a body."""
    return register_neighbours(body), register_edges(body)


def _place(facts: DirectiveFacts) -> str:
    """Where a directive is signed."""
    commune, province = split_jurisdiction(facts.jurisdiction)
    return commune or province or "Hà Nội"


def _named(plan: Plan) -> str:
    """A directive as another cites it, the place printed where its number does not tell it."""
    facts = plan.facts
    assert facts.type is not None and facts.issued_on is not None
    where = f" {facts.jurisdiction}" if facts.jurisdiction in provinces() else ""
    return f"{TYPES[facts.type]} số {facts.number} ngày {facts.issued_on:%d/%m/%Y} của {facts.issuer}{where}"


class Census(NamedTuple):
    """Distinct nodes by label and edges by type of a national graph; ``chars`` of all texts."""

    texts: int
    chars: int
    nodes: dict[Label, int]
    edges: dict[EdgeType, int]


def census(size: float, seed: int) -> Census:
    """Counts of the graph that ``readings`` and ``refinements`` describe."""
    texts = chars = 0
    nodes: Counter[Label] = Counter()
    edges: Counter[EdgeType] = Counter()
    seen: set[str] = set()  # agencies, cited numbers and edges of the register that several texts speak of
    for reading in readings(size, seed):
        texts, chars = texts + 1, chars + len(reading.text)
        nodes[Label.DIRECTIVE] += 1
        nodes[Label.TASK] += len(reading.tasks)
        nodes[Label.INDICATOR] += len(reading.indicators)
        targets = sum(len(i.targets) for i in reading.indicators)
        nodes[Label.TARGET] += targets
        edges[EdgeType.HAS_TASK] += len(reading.tasks)
        edges[EdgeType.HAS_INDICATOR] += len(reading.indicators)
        edges[EdgeType.HAS_TARGET] += targets
        new = {a.id for a in reading.agencies} - seen
        nodes[Label.AGENCY] += len(new)
        seen |= new
        for edge in reading.edges:
            shared = f"{edge.type} {edge.source} {edge.target}" if edge.asserted_by is None else None
            edges[edge.type] += shared not in seen
            seen |= {shared} if shared else set()
    edges[EdgeType.REFINED_BY] += sum(1 for _ in refinements(size, seed))
    return Census(texts, chars, dict(sorted(nodes.items())), dict(sorted(edges.items())))


def main() -> None:
    parser = argparse.ArgumentParser(description="counts of a national graph")
    parser.add_argument("--size", type=float, default=1.0, help="1.0: every province and commune; more: longer plans")
    parser.add_argument("--seed", type=int, default=0)
    wanted = parser.parse_args()
    start = time.perf_counter()
    found = census(wanted.size, wanted.seed)
    print(f"{found.texts:,} texts, {found.chars:,} characters, {time.perf_counter() - start:.1f} s to make")
    for name, counts in (("nodes", found.nodes), ("edges", found.edges)):
        print(f"{sum(counts.values()):>9,} {name}")
        for key, n in counts.items():
            print(f"{n:>9,}   {key}")


if __name__ == "__main__":
    main()
