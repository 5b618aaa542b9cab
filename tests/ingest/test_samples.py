"""Every directive written here, beside what a careful reader finds in it: each facet must be wholly right.

A lower floor stands in the expected result itself, under ``floors``, with its reason.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from graph.records import Reading
from ingest.pipeline import read
from tests.expected import Expected, compare, load_expected

_ROOT = Path(__file__).parents[2]
_FOLDERS = (_ROOT / "ingest" / "samples", _ROOT / "tests" / "corpus")
TEXTS = sorted(p for folder in _FOLDERS for p in folder.glob("*") if p.suffix in (".txt", ".md"))


def expected_of(text: Path) -> Expected:
    return load_expected(text.with_name(text.stem + ".expected.json"))


def plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff")).replace("**", "")
    return " ".join(text.split())


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


@pytest.fixture(scope="module", params=TEXTS, ids=lambda p: p.stem)
def text(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(scope="module")
def reading(text: Path) -> Reading:
    return read(text)


def test_there_are_enough_of_them() -> None:
    assert sum(p.parent.name == "samples" for p in TEXTS) >= 12
    assert sum(p.parent.name == "corpus" for p in TEXTS) >= 24


def test_reads_what_a_careful_reader_finds(text: Path, reading: Reading) -> None:
    expected = expected_of(text)
    floors = expected.get("floors", {})
    wrong = [
        f"{facet}: {score.right} right of {score.wanted} wanted, {score.found} found\n    "
        + "\n    ".join(score.errors)
        for facet, score in compare(reading, expected).items()
        if score.share < floors.get(facet, {"floor": 1.0})["floor"]
    ]
    assert not wrong, "\n".join(["", *wrong])


def test_every_quote_stands_in_its_place(text: Path, reading: Reading) -> None:
    original = text.read_bytes().decode("utf-8")
    claims = [e.evidence for e in reading.edges] + [t.evidence for t in reading.tasks]
    places = [c for c in claims if c]
    assert places
    assert [c for c in places if c.quote not in (original[c.start : c.end], reading.text[c.start : c.end])] == []


def test_expected_quotes_stand_in_the_text(text: Path) -> None:
    """What is expected may rejoin cut rows, so its words must stand in the text; an evidence must stand whole."""
    expected, original = expected_of(text), plain(text.read_text(encoding="utf-8"))
    known, bare = words(original), re.sub(r"\s", "", original)
    quotes = [r["evidence"] for r in expected["relations"]]
    assert [q for q in quotes if re.sub(r"\s", "", q) not in bare] == []
    for task in expected["tasks"]:
        said = " ".join([task["text"], *task["lead"], *task["coordinate"], task["output"] or ""])
        assert words(said) <= known, task["text"]


def test_floors_have_reasons(text: Path) -> None:
    assert all(floor["reason"] for floor in expected_of(text).get("floors", {}).values())
