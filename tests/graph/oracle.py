"""Small texts to build graphs from, and what a store must answer, computed the slow and obvious way."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from graph.identity import Witness, bare_key, resolve
from graph.records import (
    THIS,
    Agency,
    Deadline,
    Directive,
    DirectiveFacts,
    Edge,
    Evidence,
    Indicator,
    Mention,
    Reading,
    Target,
    Task,
)
from graph.store.base import Direction, Node, edge_order
from graph.store.derive import STRONGER_THAN_CITED, derive, merge_agencies, strongest
from graph.vocabulary import DirectiveType, EdgeType, Label, Level, Origin, Role


def sha_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def directive(ref: str, number: str | None, day: str | None = None, place: str = "Hưng Yên", **more: object) -> Mention:
    """A directive as a text speaks of it; ``day`` is an ISO date."""
    level = Level.CENTRAL if place == "central" else Level.PROVINCIAL
    said: dict[str, object] = {"number": number, "jurisdiction": place, "level": level, "type": DirectiveType.PLAN}
    said |= {"issued_on": dt.date.fromisoformat(day) if day else None, "title": f"Kế hoạch {number}"}
    return Mention.model_validate({"ref": ref, **said, **more})


def agency(name: str, place: str = "Hưng Yên", *aliases: str) -> Agency:
    return Agency(id=f"a.{sha_of(place)[:4]}.{sha_of(name)[:6]}", name=name, jurisdiction=place, aliases=aliases)


@dataclass
class Text:
    """A text in the making: what it says, piece by piece; ``reading()`` is the result."""

    file: str
    this: Mention
    body: str = ""
    mentions: list[Mention] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    agencies: list[Agency] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    def evidence(self, quote: str, start: int = 0) -> Evidence:
        return Evidence(file=self.file, sha256="", line=1, start=start, end=start + len(quote), quote=quote)

    def cites(self, mention: Mention) -> Text:
        self.mentions.append(mention)
        return self

    def says(self, kind: EdgeType, source: str, target: str = THIS, quote: str = "thực hiện", **more: object) -> Text:
        edge = {"type": kind, "source": source, "target": target, "evidence": self.evidence(quote)}
        self.edges.append(Edge.model_validate(edge | more))
        return self

    def task(self, ref: str, text: str, *assigned: tuple[Agency, Role], due: str | None = None) -> Text:
        deadline = Deadline(end=dt.date.fromisoformat(due) if due else None, text=due)
        evidence = self.evidence(text)
        self.tasks.append(
            Task(ref=ref, text=text, origin=Origin.APPENDIX, section="I", deadline=deadline, evidence=evidence)
        )
        return self._assign(ref, assigned)

    def indicator(self, ref: str, text: str, *assigned: tuple[Agency, Role]) -> Text:
        target = Target(ref=f"{ref}.2030", year=2030, text=text, value=95.0, unit="%", evidence=self.evidence(text))
        row = Indicator(ref=ref, section="II", text=text, targets=(target,), evidence=self.evidence(text))
        self.indicators.append(row)
        return self._assign(ref, assigned)

    def _assign(self, ref: str, assigned: Iterable[tuple[Agency, Role]]) -> Text:
        for body, role in assigned:
            self.agencies.extend([body] if body not in self.agencies else [])
            self.says(EdgeType.ASSIGNED_TO, ref, body.id, body.name, role=role)
        return self

    def reading(self) -> Reading:
        bare = Reading(
            file="", sha256="", text=self.body, this=self.this, mentions=tuple(self.mentions), tasks=tuple(self.tasks),
            indicators=tuple(self.indicators), agencies=tuple(self.agencies), edges=tuple(self.edges),
        )  # fmt: skip
        sha = sha_of(bare.model_dump_json().replace(f'"file":"{self.file}"', ""))
        return bare.model_copy(update={"file": self.file, "sha256": sha})


# -- random texts

RELATIONS = [EdgeType.CASCADES_TO, EdgeType.BASIS_FOR, EdgeType.SUPERSEDED_BY, EdgeType.AMENDED_BY, EdgeType.CITED_IN]
BODIES = [agency("Sở Khoa học và Công nghệ"), agency("Văn phòng Tỉnh ủy"), agency("Sở Khoa học và Công nghệ", "Huế")]


def random_readings(rng: random.Random, texts: int = 6, numbers: int = 8) -> list[Reading]:
    """Texts that speak of few numbers again and again: cycles, doubled relations, stubs, copies and vague dates."""
    days = {i: f"202{rng.randint(4, 6)}-0{rng.randint(1, 9)}-15" for i in range(numbers)}
    return [_random_text(rng, i, days).reading() for i in range(texts)]


def _random_text(rng: random.Random, i: int, days: dict[int, str]) -> Text:
    def speak(ref: str, n: int, vague: float) -> dict[str, object]:
        day = None if rng.random() < vague else days[n]
        place, period_end = "Huế" if n == 0 else "Hưng Yên", dt.date(2025, 12, 31) if n == 1 else None
        return {"ref": ref, "number": f"{n}-KH/TU", "day": day, "place": place, "period_end": period_end}

    own = rng.randrange(len(days))
    text = Text(f"{i}.txt", directive(**speak("this", own, 0.1)), body="x" * rng.randint(1, 9))  # type: ignore[arg-type]
    cited = rng.sample(range(len(days)), rng.randint(0, 4))
    for k, n in enumerate(cited):
        text.cites(directive(**speak(f"c{k}", n, 0.3)))  # type: ignore[arg-type]
    refs = ["this", *(f"c{k}" for k in range(len(cited)))]
    for _ in range(rng.randint(0, 8)):
        source, target = rng.choice(refs), rng.choice(refs)
        text.says(rng.choice(RELATIONS), source, target, confidence=rng.choice([0.5, 1.0]))
    for k in range(rng.randint(0, 3)):
        roles = rng.sample(list(Role), rng.randint(0, 2))
        due = f"2026-{3 * k + i % 3 + 1:02}-15" if k else None
        text.task(f"I.{k}", f"Việc số {k}", *((rng.choice(BODIES), role) for role in roles), due=due)
    if rng.random() < 0.5:
        text.indicator("II.1", "Tỷ lệ hồ sơ trực tuyến", (rng.choice(BODIES), Role.EVALUATE))
    return text


# -- the graph of a set of readings


@dataclass
class Graph:
    """Nodes by id and edges in order, as every store must show them."""

    nodes: dict[str, Node]
    edges: list[Edge]

    @classmethod
    def of(cls, readings: Sequence[Reading]) -> Graph:
        """Every text once; the first path of equal texts is the one that is quoted."""
        files: dict[str, list[str]] = {}
        for reading in readings:
            files.setdefault(reading.sha256, []).append(reading.file)
        unique = {r.sha256: r for r in readings}
        ids, known = _resolved(list(unique.values()))
        current: dict[str, Reading] = {}
        for reading in sorted(unique.values(), key=lambda r: (-len(r.text), r.sha256)):
            current.setdefault(ids[reading.sha256][THIS], reading)
        nodes: dict[str, Node] = {}
        edges: list[Edge] = []
        agencies: dict[str, list[Agency]] = {}
        for reading in current.values():
            found = derive(reading, ids[reading.sha256], min(files[reading.sha256]))
            nodes |= {node.id: node for node in found.nodes}
            nodes |= {i: Node(id=i, record=known[i]) for i in ids[reading.sha256].values()}
            edges += found.edges
            for one in reading.agencies:
                agencies.setdefault(one.id, []).append(one)
        nodes |= {i: Node(id=i, record=merge_agencies(said)) for i, said in agencies.items()}
        stronger = {(e.source, e.target) for e in edges if e.type in STRONGER_THAN_CITED}
        shown = [e for e in edges if e.type is not EdgeType.CITED_IN or (e.source, e.target) not in stronger]
        return cls(dict(sorted(nodes.items())), sorted(strongest(shown), key=edge_order))

    def since(self, node_id: str) -> dt.date | None:
        """The day a node exists from: a directive's date, for what it contains the directive's."""
        record = self.nodes[node_id].record
        if isinstance(record, Directive):
            return record.issued_on or (dt.date(record.issued_year, 1, 1) if record.issued_year else None)
        owners = {e.source for e in self.edges if e.target == node_id and e.type.startswith("HAS_")}
        return self.since(owners.pop()) if owners else None

    def closure(
        self,
        start: str,
        *,
        direction: Direction,
        through: Collection[EdgeType],
        last: Collection[EdgeType],
        depth: int | None,
        as_of: dt.date | None,
    ) -> tuple[dict[str, list[Edge]], bool]:
        """Path by node reached, in (depth, id) order, and whether the depth cut something."""
        down = direction is Direction.DOWN

        def exists(node_id: str) -> bool:
            since = self.since(node_id)
            return as_of is None or since is None or since <= as_of

        steps: list[tuple[str, str, Edge]] = []
        for edge in self.edges:
            here, there = (edge.source, edge.target) if down else (edge.target, edge.source)
            if there != start and exists(there) and edge.type in {*through, *last}:
                steps.append((here, there, edge))
        steps.sort(key=lambda s: (s[0], s[1], s[2].type, s[2].asserted_by or "", s[2].role or ""))
        walked: dict[str, list[Edge]] = {start: []}
        paths: dict[str, list[Edge]] = {}
        level, frontier = 0, {start}
        while frontier:
            steps_here = [s for s in steps if s[0] in frontier]
            fresh = [s for s in steps_here if s[1] not in paths]
            onward = [s for s in steps_here if s[1] not in walked and s[2].type in through]
            if depth is not None and level >= depth:
                return paths, bool(fresh or onward)
            level += 1
            for here, there, edge in sorted(fresh, key=lambda s: s[1]):
                paths.setdefault(there, [*walked[here], edge])
            frontier = {there for _, there, _ in onward}
            for here, there, edge in onward:
                walked.setdefault(there, [*walked[here], edge])
        return paths, False

    def totals(self, paths: dict[str, list[Edge]]) -> dict[str, dict[str, int]]:
        """Counts by label, by level and place of directives, and by depth."""
        counts: dict[str, dict[str, int]] = {n: {} for n in ("labels", "levels", "jurisdictions", "depths")}
        for node_id, path in paths.items():
            node = self.nodes[node_id]
            keys: dict[str, object] = {"labels": node.label, "depths": len(path)}
            if isinstance(node.record, Directive):
                keys |= {"levels": node.record.level, "jurisdictions": node.record.jurisdiction}
            for name, key in keys.items():
                if key is not None:
                    counts[name][str(key)] = counts[name].get(str(key), 0) + 1
        return counts

    def of_label(self, label: Label) -> list[str]:
        return [i for i, node in self.nodes.items() if node.label is label]


def _resolved(readings: Sequence[Reading]) -> tuple[dict[str, dict[str, str]], dict[str, Directive]]:
    """Ids of each reading's directives by ref, and every directive by id."""
    by_key: dict[str, list[Witness]] = {}
    for reading in readings:
        for mention in (reading.this, *reading.mentions):
            facts = DirectiveFacts.model_validate(mention.model_dump(include=set(DirectiveFacts.model_fields)))
            witness = Witness(reading.sha256, mention.ref, facts, mention.ref == THIS)
            by_key.setdefault(bare_key(facts, reading.sha256), []).append(witness)
    ids: dict[str, dict[str, str]] = {reading.sha256: {} for reading in readings}
    known: dict[str, Directive] = {}
    for witnesses in by_key.values():
        for (sha256, ref), found in resolve(witnesses).items():
            ids[sha256][ref] = found.id
            known[found.id] = min(found, known.get(found.id, found), key=lambda d: d.model_dump_json())
    return ids, known
