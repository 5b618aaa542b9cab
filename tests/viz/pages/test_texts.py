"""Both languages say everything, with the same blanks, and templates ask for nothing that no table says."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from string import Formatter

import pytest

from graph.records import Edge
from graph.store.base import Direction
from graph.vocabulary import EdgeType, Label, Level, Role, Status
from viz import labels, words
from viz.pages import english
from viz.pages.texts import TEXTS
from viz.pages.wording import LANGS, Wording

ROOT = Path(__file__).parents[3]
SOURCES = [
    p
    for folder in ("viz/templates", "viz/pages", "api/http/pages")
    for p in (ROOT / folder).iterdir()
    if p.suffix in (".html", ".py") and p.name != "texts.py"
]
CALL = re.compile(r"""\b(?:t|words|wording|self)\(["']([a-z_]+)["'][,)]""")
#: Keys put together of these and a word of the graph.
BUILT = ("read_", "what_if_")


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", TEXTS)
def test_each_sentence_is_in_both_languages_with_the_same_blanks(key: str) -> None:
    said = TEXTS[key]
    assert len(said) == len(LANGS) and all(text.strip() for text in said)
    assert blanks(said[0]) == blanks(said[1])


@pytest.mark.parametrize(
    "tables",
    [
        (labels.EDGES, english.EDGES),
        (labels.ROLES, english.ROLES),
        (labels.TYPES, english.TYPES),
        (labels.STATUSES, english.STATUSES),
        (labels.LEVELS, english.LEVELS),
        (labels.DEADLINES, english.DEADLINES),
        (labels.EVERY, english.EVERY),
        (words.KINDS, english.KINDS),
        (words.NOTES, english.NOTES),
    ],
)
def test_tables_of_words_have_the_same_keys(tables: tuple[dict[Enum, object], dict[Enum, object]]) -> None:
    vietnamese, english_ = tables
    assert list(vietnamese) == list(english_)
    assert all(english_.values())


def test_every_sentence_asked_for_is_there() -> None:
    asked = {key for path in SOURCES for key in CALL.findall(path.read_text(encoding="utf-8"))}
    assert len(asked) > 100
    assert asked - TEXTS.keys() == set()


def test_no_sentence_is_left_over() -> None:
    written = re.sub(r'class="[^"]*"', "", "".join(path.read_text(encoding="utf-8") for path in SOURCES))
    assert [key for key in TEXTS if not re.search(f"[\"']{key}[\"']", written) and not key.startswith(BUILT)] == []


@pytest.mark.parametrize("lang", LANGS)
def test_words_of_every_kind(lang: str) -> None:
    t = Wording("en" if lang == "en" else "vi")
    for kind in EdgeType:
        edge = Edge(type=kind, source="a", target="b", partial=True)
        assert t.verb(edge, Direction.DOWN).startswith(t.relation(kind, Direction.DOWN))
        assert t("partly") in t.verb(edge, Direction.UP)
    assert all(t.role(role) for role in (*Role, None))
    assert all(t.status_word(status) for status in Status)
    assert all(t.kind(label) for label in Label)
    assert [t.place(p) for p in (None, "central", "Huế")] == [t("place_unknown"), t.level(Level.CENTRAL), "Huế"]
