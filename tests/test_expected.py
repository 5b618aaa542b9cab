"""The comparer itself: the reading that says all that is expected is wholly right, and each slip shows in its facet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.records import (
    THIS,
    Agency,
    Alias,
    Deadline,
    DeclaredCount,
    Edge,
    Evidence,
    Indicator,
    Mention,
    Reading,
    Target,
    Task,
)
from graph.text import slug
from graph.vocabulary import EdgeType, Role
from tests.expected import Expected, compare, load_expected

_ROOT = Path(__file__).parents[1]
_FILES = sorted([*(_ROOT / "ingest/samples").glob("*.json"), *(_ROOT / "tests/corpus").glob("*.json")])
_RICH = _ROOT / "ingest/samples/05_ninh-binh_98-KH-UBND.expected.json"
_WHERE = Evidence(file="f", sha256="s", line=1, start=0, end=1, quote="x")


def ideal(expected: Expected) -> Reading:
    """The reading a careful reader would give."""
    refs = {THIS: THIS} | {c["number"]: f"m{i}" for i, c in enumerate(expected["directives_cited"])}
    relations = [
        Edge(type=r["type"], source=refs[r["source"]], target=refs[r["target"]])
        for r in expected["relations"]
        if not r.get("unnumbered_endpoint")
    ]
    roles = _roles(expected)
    return Reading(
        file="f",
        sha256="s",
        text="x",
        this=_this(expected["document"]),
        mentions=tuple(_mention(f"m{i}", c) for i, c in enumerate(expected["directives_cited"])),
        tasks=tuple(_task(f"t{i}", row) for i, row in enumerate(expected["tasks"])),
        indicators=tuple(_indicator(f"i{i}", row) for i, row in enumerate(expected["indicators"])),
        agencies=tuple(Agency(id=slug(name), name=name) for name in sorted({name for _, name, _ in roles})),
        edges=(*relations, *(_assigned(*role) for role in roles)),
        aliases=tuple(Alias(short=a["short"], means=a["means"], evidence=_WHERE) for a in expected["aliases"]),
        declared_counts=tuple(
            DeclaredCount(what=c["what"], total=c["total"], parts=tuple(c["parts"]), evidence=_WHERE)
            for c in expected["declared_counts"]
        ),
    )


def _roles(expected: Expected) -> list[tuple[str, str, Role]]:
    """Task or indicator, agency and its role in it."""
    tasks = [(f"t{i}", row) for i, row in enumerate(expected["tasks"])]
    return [
        *((ref, name, Role.LEAD) for ref, row in tasks for name in row["lead"]),
        *((ref, name, Role.COORDINATE) for ref, row in tasks for name in row["coordinate"]),
        *((f"i{i}", name, Role.EVALUATE) for i, row in enumerate(expected["indicators"]) for name in row["owner"]),
    ]


def _this(document: Expected) -> Mention:
    given = {k: document[k] for k in ("number", "type", "issued_on", "jurisdiction", "level", "system", "signer")}
    return Mention(ref=THIS, symbol=document["number_suffix"], title=document["title"], **given)


def _mention(ref: str, cited: Expected) -> Mention:
    return Mention(ref=ref, number=cited["number"], issued_on=cited["issued_on"], jurisdiction=cited["jurisdiction"])


def _task(ref: str, row: Expected) -> Task:
    due = Deadline(**{k: v for k, v in row["deadline"].items() if k in Deadline.model_fields})
    given = {k: row[k] for k in ("text", "origin", "section", "ordinal", "output")}
    return Task(ref=ref, deadline=due, evidence=_WHERE, **given)


def _indicator(ref: str, row: Expected) -> Indicator:
    targets = []
    for j, target in enumerate(row["targets"]):
        low, high = target["value"] if isinstance(target["value"], list) else (target["value"], None)
        given = {k: target[k] for k in ("year", "text", "comparator", "unit")}
        targets.append(Target(ref=f"{ref}.{j}", value=low, value_max=high, evidence=_WHERE, **given))
    text = row["targets"][0]["text"]
    return Indicator(ref=ref, section=row["section"], text=text, targets=tuple(targets), evidence=_WHERE)


def _assigned(ref: str, name: str, role: Role) -> Edge:
    return Edge(type=EdgeType.ASSIGNED_TO, source=ref, target=slug(name), role=role, printed=name)


@pytest.mark.parametrize("path", _FILES, ids=lambda p: p.name.removesuffix(".expected.json"))
def test_the_ideal_reading_is_wholly_right(path: Path) -> None:
    expected = load_expected(path)
    assert {f: s.errors for f, s in compare(ideal(expected), expected).items() if s.share < 1.0} == {}


def _without(field: str) -> Callable[[Reading], Reading]:
    return lambda r: r.model_copy(update={field: getattr(r, field)[1:]})


def _first_task(**change: object) -> Callable[[Reading], Reading]:
    return lambda r: r.model_copy(update={"tasks": (r.tasks[0].model_copy(update=change), *r.tasks[1:])})


def _edges(keep: Callable[[Edge], bool]) -> Callable[[Reading], Reading]:
    return lambda r: r.model_copy(update={"edges": tuple(e for e in r.edges if keep(e))})


def _this_with(**change: object) -> Callable[[Reading], Reading]:
    return lambda r: r.model_copy(update={"this": r.this.model_copy(update=change)})


SLIPS: list[tuple[str, Callable[[Reading], Reading]]] = [
    ("header", _this_with(number="99/KH-UBND")),
    ("header", _this_with(jurisdiction="Nam Định")),
    ("title", _this_with(title="Quy chế làm việc của Ban Chỉ đạo")),
    ("citations", _without("mentions")),
    ("relations", _edges(lambda e: e.type is not EdgeType.BASIS_FOR)),
    ("tasks", _without("tasks")),
    ("tasks", _first_task(text="Một việc khác hẳn")),
    ("task origins", _first_task(origin="solution")),
    ("leads", _edges(lambda e: e.role is not Role.LEAD)),
    ("coordinators", _edges(lambda e: e.role is not Role.COORDINATE)),
    ("deadlines", _first_task(deadline=Deadline(kind="continuous"))),
    ("outputs", _first_task(output="Một sản phẩm không có trong văn bản")),
    ("targets", _without("indicators")),
    ("target owners", _edges(lambda e: e.role is not Role.EVALUATE)),
    ("aliases", _without("aliases")),
    ("declared counts", _without("declared_counts")),
]


@pytest.mark.parametrize(("facet", "slip"), SLIPS, ids=[f"{i} {facet}" for i, (facet, _) in enumerate(SLIPS)])
def test_each_slip_shows_in_its_facet(facet: str, slip: Callable[[Reading], Reading]) -> None:
    expected = load_expected(_RICH)
    scores = compare(slip(ideal(expected)), expected)
    assert scores[facet].share < 1.0
    assert scores[facet].errors
