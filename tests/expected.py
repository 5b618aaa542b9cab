"""A reading and what a careful reader expects of it → per facet: right, wanted, found and the errors in words.

The expected results stand beside each text (NAME.expected.json). A citation, relation, task or target counts once;
relations whose note speaks of another "reading", borderline tasks and the facets that a task or target lists under
``ambiguous`` are neither rewarded nor penalised. Of a deadline only what is given (not null) is compared.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from graph.numbers import number_key
from graph.records import THIS, Mention, Reading, Target, Task
from graph.text import fold
from graph.vocabulary import DIRECTIVE_RELATIONS, EdgeType, Role

Expected = dict[str, Any]
Relation = tuple[str, str, str]
_ALIKE = 90.0


class Score(NamedTuple):
    """Of one facet: how many are right, how many were wanted and found, and what went wrong."""

    right: int
    wanted: int
    found: int
    errors: list[str]

    @property
    def share(self) -> float:
        """F1: 1.0 where all that was wanted, and nothing else, was found; 1.0 where nothing was either."""
        return 2 * self.right / (self.wanted + self.found) if self.wanted + self.found else 1.0


def load_expected(path: Path) -> Expected:
    """The expected result of a text, from its JSON file."""
    expected: Expected = json.loads(path.read_text(encoding="utf-8"))
    return expected


def compare(reading: Reading, expected: Expected) -> dict[str, Score]:
    """Scores by facet, in the order header, citations, relations, tasks, targets, aliases, declared counts."""
    return {
        **_header(reading, expected["document"]),
        **_citations(reading, expected["directives_cited"]),
        "relations": _relations(reading, expected["relations"]),
        **_tasks(reading, expected),
        **_targets(reading, expected["indicators"]),
        **_extras(reading, expected),
    }


def _accuracy(checks: Sequence[tuple[bool, str]]) -> Score:
    return Score(sum(ok for ok, _ in checks), len(checks), len(checks), [error for ok, error in checks if not ok])


def _header(reading: Reading, want: Expected) -> dict[str, Score]:
    got = reading.this
    fields: list[tuple[str, Any, Any]] = [
        ("number", _key(got.number), _key(want["number"])),
        ("symbol", _key(got.symbol), _key(want["number_suffix"])),
        ("type", got.type, want["type"]),
        ("issued_on", _iso(got.issued_on), want["issued_on"]),
        ("jurisdiction", fold(got.jurisdiction or ""), fold(want["jurisdiction"] or "")),
        ("level", got.level, want["level"]),
        ("system", got.system, want["system"]),
        ("signer", fold(got.signer or ""), fold(want["signer"] or "")),
    ]
    header = _accuracy([(g == w, f"{name}: got {g!r}, want {w!r}") for name, g, w in fields])
    alike = fuzz.partial_ratio(fold(got.title or ""), fold(want["title"])) >= _ALIKE
    return {"header": header, "title": _accuracy([(alike, f"got {got.title!r}, want {want['title']!r}")])}


def _citations(reading: Reading, wanted: list[Expected]) -> dict[str, Score]:
    got: dict[str, list[Mention]] = defaultdict(list)
    for mention in reading.mentions:
        if mention.number:
            got[_key(mention.number)].append(mention)
    total, pairs, errors = sum(map(len, got.values())), [], []
    for want in wanted:
        same = got[_key(want["number"])]
        if same:
            best = max(same, key=lambda m: (_iso(m.issued_on) == want["issued_on"], _same_place(m, want)))
            same.remove(best)
            pairs.append((want, best))
        else:
            errors.append(f"missed {want['number']}")
    errors += [f"spurious {m.printed or m.number}" for rest in got.values() for m in rest]
    dates = [(_iso(m.issued_on) == w["issued_on"], f"{w['number']}: {m.issued_on}") for w, m in pairs]
    places = [
        (_same_place(m, w), f"{w['number']}: got {m.jurisdiction!r}, want {w['jurisdiction']!r}") for w, m in pairs
    ]
    return {
        "citations": Score(len(pairs), len(wanted), total, errors),
        "citation dates": _accuracy(dates),
        "citation jurisdictions": _accuracy(places),
    }


def _relations(reading: Reading, wanted: list[Expected]) -> Score:
    sure, doubtful, second_hand = set[Relation](), set[Relation](), set[Relation]()
    for row in (r for r in wanted if not r.get("unnumbered_endpoint")):
        relation = (row["type"], _end(row["source"]), _end(row["target"]))
        (doubtful if row.get("ambiguous") or "reading" in row.get("note", "") else sure).add(relation)
        if row["target"] != THIS:
            second_hand |= {("CITED_IN", end, THIS) for end in relation[1:]}
    neutral = {r[1:] for r in doubtful - sure}
    got = set(_claims(reading))
    counted = {r for r in got if r in sure or not (r[1:] in neutral or r in second_hand)}
    errors = [f"missed {r}" for r in sorted(sure - got)] + [f"spurious {r}" for r in sorted(counted - sure)]
    return Score(len(counted & sure), len(sure), len(counted), errors)


def _claims(reading: Reading) -> Iterator[Relation]:
    number = {m.ref: _key(m.number) for m in reading.mentions if m.number} | {THIS: THIS}
    for edge in reading.edges:
        if edge.type in DIRECTIVE_RELATIONS and edge.source in number and edge.target in number:
            yield edge.type.value, number[edge.source], number[edge.target]


def _tasks(reading: Reading, expected: Expected) -> dict[str, Score]:
    wanted: list[Expected] = expected["tasks"]
    people = _people(reading)

    def agreement(i: int, j: int) -> float:
        task, leads = reading.tasks[j], {n for names in people[reading.tasks[j].ref, Role.LEAD] for n in names}
        names: list[str] = wanted[i]["lead"]
        return float(task.origin == wanted[i]["origin"]) + sum(fold(name) in leads for name in names)

    texts = [fold(t.text) for t in reading.tasks]
    match = pair_up([fold(t["text"]) for t in wanted], texts, agreement)
    rest = ["" if j in match.values() else text for j, text in enumerate(texts)]
    borderline = pair_up([fold(t["text"]) for t in expected.get("borderline_tasks", [])], rest)
    errors = [f"missed {_name(t)}" for i, t in enumerate(wanted) if i not in match]
    spurious = set(range(len(texts))) - set(match.values()) - set(borderline.values())
    errors += [f"spurious {reading.tasks[j].ref}: {reading.tasks[j].text[:80]}" for j in sorted(spurious)]
    pairs = [(wanted[i], reading.tasks[j]) for i, j in sorted(match.items())]
    return {
        "tasks": Score(len(match), len(wanted), len(match) + len(spurious), errors),
        "task origins": _accuracy([_origin(w, t) for w, t in pairs if _sure(w, "origin")]),
        "leads": _assignments(pairs, people, Role.LEAD, "lead"),
        "coordinators": _assignments(pairs, people, Role.COORDINATE, "coordinate"),
        "deadlines": _accuracy([_deadline(w, t) for w, t in pairs if _sure(w, "deadline")]),
        "outputs": _accuracy([_output(w, t) for w, t in pairs]),
    }


def _people(reading: Reading) -> dict[tuple[str, Role], list[list[str]]]:
    """By task or indicator and role: for each assignment the folded names the agency may go by."""
    names = {a.id: (a.name, *a.aliases) for a in reading.agencies}
    people: dict[tuple[str, Role], list[list[str]]] = defaultdict(list)
    for edge in reading.edges:
        if edge.type is EdgeType.ASSIGNED_TO and edge.role:
            options = (edge.printed, *names.get(edge.target, ()))
            people[edge.source, edge.role].append([fold(name) for name in options if name])
    return people


def _assignments(
    pairs: list[tuple[Expected, Task]], people: dict[tuple[str, Role], list[list[str]]], role: Role, field: str
) -> Score:
    right, wanted, found, errors = 0, 0, 0, []
    for want, task in pairs:
        if not _sure(want, field):
            continue
        names, got = want[field], people[task.ref, role]
        hits = names_found(names, got)
        right, wanted, found = right + hits, wanted + len(names), found + len(got)
        if hits < max(len(names), len(got)):
            errors.append(f"{_name(want)}: want {names}, got {[options[0] for options in got if options]}")
    return Score(right, wanted, found, errors)


def names_found(wanted: Sequence[str], got: Sequence[Sequence[str]]) -> int:
    """How many wanted names are among those found, each found one (with its folded spellings) used once."""
    left, hits = [fold(name) for name in wanted], 0
    for options in got:
        best = max(((fuzz.ratio(name, option), name) for name in left for option in options), default=(0.0, ""))
        if best[0] >= _ALIKE:
            hits += 1
            left.remove(best[1])
    return hits


def _origin(want: Expected, task: Task) -> tuple[bool, str]:
    return task.origin == want["origin"], f"{_name(want)}: got {task.origin}"


def _deadline(want: Expected, task: Task) -> tuple[bool, str]:
    due, got = want["deadline"], task.deadline
    values = {"kind": got.kind.value, "start": _iso(got.start), "end": _iso(got.end), "every": got.every}
    right = all(due.get(field) is None or due[field] == value for field, value in values.items())
    return right, f"{_name(want)}: {want['deadline_raw']!r} want {due}, got {values}"


def _output(want: Expected, task: Task) -> tuple[bool, str]:
    right = fuzz.ratio(fold(want["output"] or ""), fold(task.output or "")) >= _ALIKE
    return right or want["output"] == task.output, f"{_name(want)}: want {want['output']!r}, got {task.output!r}"


def _targets(reading: Reading, indicators: list[Expected]) -> dict[str, Score]:
    wanted = [(row, target) for row in indicators for target in row["targets"]]
    got = [(row, target) for row in reading.indicators for target in row.targets]
    match = pair_up(
        [fold(t["text"]) for _, t in wanted],
        [fold(t.text) for _, t in got],
        lambda i, j: float(wanted[i][1]["year"] == got[j][1].year),
    )
    errors = [f"missed {t['year']} {t['text'][:80]}" for i, (_, t) in enumerate(wanted) if i not in match]
    errors += [f"spurious {t.year} {t.text[:80]}" for j, (_, t) in enumerate(got) if j not in match.values()]
    pairs = [(wanted[i], got[j]) for i, j in sorted(match.items())]
    people = _people(reading)
    owners = [
        (names_found(row["owner"], _everybody(people, found.ref)) == len(row["owner"]), f"{_name(row)}: {row['owner']}")
        for (row, _), (found, _) in pairs
    ]
    years = [(w["year"] == t.year, f"{w['text'][:60]}: got {t.year}") for (_, w), (_, t) in pairs if _sure(w, "year")]
    values = [_value(w, t) for (_, w), (_, t) in pairs if _sure(w, "value")]
    return {
        "targets": Score(len(match), len(wanted), len(got), errors),
        "target years": _accuracy(years),
        "target values": _accuracy(values),
        "target owners": _accuracy(owners),
    }


def _everybody(people: dict[tuple[str, Role], list[list[str]]], ref: str) -> list[list[str]]:
    return [names for (source, _), assigned in sorted(people.items()) if source == ref for names in assigned]


def _value(want: Expected, got: Target) -> tuple[bool, str]:
    value = want["value"]
    wanted = (want["comparator"], *(value if isinstance(value, list) else (value, None)))
    found = (got.comparator, got.value, got.value_max)
    return wanted == found, f"{want['text'][:60]}: want {wanted}, got {found}"


def _extras(reading: Reading, expected: Expected) -> dict[str, Score]:
    """Aliases and declared counts: what is wanted must be there; what else is found is not judged."""
    shorts = {fold(a.short): fold(a.means) for a in reading.aliases}
    aliases = [
        (fuzz.partial_ratio(shorts.get(fold(a["short"]), ""), fold(a["means"])) >= _ALIKE, f"{a['short']!r}: {shorts}")
        for a in expected["aliases"]
    ]
    counts = {(c.total, c.parts) for c in reading.declared_counts}
    declared = [((c["total"], tuple(c["parts"])) in counts, f"{c}: {counts}") for c in expected["declared_counts"]]
    return {"aliases": _accuracy(aliases), "declared counts": _accuracy(declared)}


def pair_up(wanted: list[str], found: list[str], hint: Callable[[int, int], float] | None = None) -> dict[int, int]:
    """Greedy one-to-one matching of texts at least 0.9 alike, best first; ``hint`` decides between equals."""
    rows = []
    for i, want in enumerate(wanted):
        for j, text in enumerate(found):
            alike = fuzz.ratio(want, text, score_cutoff=_ALIKE)
            if alike and want and text:
                rows.append((-alike, -(hint(i, j) if hint else 0.0), i, j))
    match: dict[int, int] = {}
    for _, _, i, j in sorted(rows):
        if i not in match and j not in match.values():
            match[i] = j
    return match


def _sure(want: Expected, field: str) -> bool:
    return field not in want.get("ambiguous", ())


def _name(row: Expected) -> str:
    return f"[{row['section']} {row['ordinal']}] {row.get('text', '')[:60]}"


def _key(number: str | None) -> str:
    return number_key(number) if number else ""


def _end(number: str) -> str:
    return number if number == THIS else _key(number)


def _iso(day: object) -> str | None:
    return str(day) if day else None


def _same_place(mention: Mention, want: Expected) -> bool:
    return fold(mention.jurisdiction or "") == fold(want["jurisdiction"] or "")
