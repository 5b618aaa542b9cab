"""A node becomes the words it is found by, and a misspelt word the words it may stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from graph.numbers import type_codes
from graph.records import Agency, Directive, Indicator, Target, Task
from graph.text import fold
from graph.vocabulary import DirectiveType

if TYPE_CHECKING:
    from graph.store.base import Node

#: Where a node can be found, the most telling first. What holds all words in one of them comes before what holds them
#: in a less telling one, and that before what holds them only in several together; then the shorter, then by id.
FIELDS = ("number", "name", "alias", "title", "text", "context")
#: Of a longer question the first so many words count.
MAX_WORDS = 24
#: So many hits are put in order here; of more the store finds the first ones, tier by tier.
FEW = 200
#: So many words of the vocabulary at most stand in for one misspelt word.
MAX_STAND_INS = 12


def fields(node: Node) -> dict[str, str]:
    """Folded text of each field of FIELDS ("" where the node has none)."""
    said = _said(node)
    return {name: fold(" ".join(filter(None, said[name]))) if name in said else "" for name in FIELDS}


def size(node: Node) -> int:
    """Length in code points of what a node is known by: a title, a name or a text."""
    record = node.record
    said = record.title if isinstance(record, Directive) else record.name if isinstance(record, Agency) else record.text
    return len(said or "")


def letters(texts: Iterable[str | None]) -> list[str]:
    """The words of letters in folded texts: those that a misspelt word may stand for.

    >>> letters(["ke hoach 65", None])
    ['ke', 'hoach']
    """
    return [word for text in texts if text for word in text.split() if word.isalpha()]


def stand_ins(word: str, vocabulary: Sequence[str]) -> list[str]:
    """Words of the vocabulary one slip away from ``word`` (two, from eight letters on), nearest first.

    A slip is a letter lost, added, changed or swapped with the next. Numbers never have stand-ins.

    >>> stand_ins("nhgi", ["nghi", "nhgi2", "quyet"])
    ['nghi']
    """
    if len(word) < 3 or not word.isalpha():
        return []
    slips = 2 if len(word) >= 8 else 1
    near = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=None)
    ranked = sorted((int(distance), term) for term, distance, _ in near if term.isalpha())
    return [term for _, term in ranked[:MAX_STAND_INS]]


class Sought:
    """Words that are looked for, each with its stand-ins; of the last one a beginning counts as well."""

    def __init__(self, words: Sequence[str], others: Sequence[Sequence[str]]) -> None:
        self._any = [frozenset((word, *instead)) for word, instead in zip(words, others, strict=True)]
        self._last = words[-1]

    def field(self, texts: Sequence[str]) -> str:
        """The field of FIELDS that holds most of the words (the most telling of equals). ``texts``: of each field."""
        held = [self._held(text) for text in texts]
        return FIELDS[held.index(max(held))]

    def tier(self, texts: Sequence[str]) -> int:
        """Place in FIELDS of the first field that holds all words; len(FIELDS) if they are spread over several."""
        every = len(self._any)
        return next((i for i, text in enumerate(texts) if self._held(text) == every), len(FIELDS))

    def _held(self, text: str) -> int:
        here = text.split()
        held = sum(not words.isdisjoint(here) for words in self._any)
        if self._any[-1].isdisjoint(here):
            held += any(word.startswith(self._last) for word in here)
        return held


@cache
def _type_names() -> dict[DirectiveType, str]:
    return {code.type: code.vietnamese for codes in type_codes().values() for code in codes}


def _said(node: Node) -> dict[str, Sequence[str | None]]:
    record = node.record
    if isinstance(record, Directive):
        return _directive(record)
    if isinstance(record, Agency):
        return {"name": [record.name], "alias": record.aliases, "context": [record.jurisdiction]}
    if isinstance(record, Task):
        return {"text": [record.text], "context": [record.group, record.output, record.deadline.text]}
    if isinstance(record, Indicator):
        return {"text": [record.text], "context": [record.group]}
    assert isinstance(record, Target)
    return {"text": [record.text], "context": [str(record.year or ""), record.unit]}


def _directive(record: Directive) -> dict[str, Sequence[str | None]]:
    number = record.number or ""
    day = record.issued_on
    dates = [f"{day.day} {day.month} {day.year} {day:%d %m}"] if day else [str(record.issued_year or "")]
    kind = _type_names().get(record.type) if record.type else None
    context = [kind, record.issuer, record.jurisdiction, record.signer, *dates]
    bare = number.lstrip("0")
    spellings = [number, bare, f"0{bare}"] if number else []
    return {"number": spellings, "title": [record.title, record.attachment], "context": context}
