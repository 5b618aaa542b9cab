"""A phrase → its words with offsets, and a table of phrases in which the longest one at a word is found.

Phrases are compared word by word in folded form, so case and lost accents do not matter. "và", "&", commas and hyphens
that a phrase has may be printed otherwise or be missing ("Sở Văn hóa Thể thao, Du lịch"). An abbreviation ("TU",
"KHCN") is taken only where it is printed in capitals or is no Vietnamese word ("khcn"), since "tư" folds to "tu".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from graph.text import strip_marks

_TOKEN = re.compile(r"\w+|[^\w\s]|\n")
_SILENT = frozenset({"&", ",", "-", "–", ".", "va"})
_LOOKALIKE = str.maketrans("0156", "olsb")
_TONES = dict(
    pair.split(":")
    for pair in [
        "oà:òa",
        "oá:óa",
        "oả:ỏa",
        "oã:õa",
        "oạ:ọa",
        "oè:òe",
        "oé:óe",
        "oẻ:ỏe",
        "oẽ:õe",
        "oẹ:ọe",
        "uỳ:ùy",
        "uý:úy",
        "uỷ:ủy",
        "uỹ:ũy",
        "uỵ:ụy",
    ]
)
_JOINTS = frozenset({"&", "-", ",", "."})
T = TypeVar("T")


@dataclass(slots=True)
class Word:
    """A word or one punctuation mark. ``key``: its folded form; ``start`` and ``end``: offsets in the phrase."""

    text: str
    key: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def exact(self) -> str:
        """Lower case with its marks, in the new way of placing tones."""
        return modern(self.text)

    @property
    def abbreviation(self) -> bool:
        """All capitals, or no vowel to be a word of the language."""
        letters = self.text[1:].isupper() and self.text[0].isupper()
        return len(self.key) > 1 and (letters or not set(self.key) & set("aeiouy"))


@lru_cache(maxsize=1 << 16)
def modern(word: str) -> str:
    """Lower case in NFC with the tone mark where new spelling puts it: "Uỷ" and "hoá" are "ủy" and "hóa"."""
    word = unicodedata.normalize("NFC", word).lower()
    if len(word) > 1 and not word.startswith("qu") and word[-2:] in _TONES:
        return word[:-2] + _TONES[word[-2:]]
    return word


@lru_cache(maxsize=1 << 16)
def _key(token: str) -> str:
    key = strip_marks(token)
    mixed = any(c.isdigit() for c in key) and any(c.isalpha() for c in key)
    return key.translate(_LOOKALIKE) if mixed else key


def words_of(text: str) -> list[Word]:
    """Words, punctuation marks and line breaks of a phrase, in order; the offsets are those of ``text`` as given."""
    return [Word(m.group(), _key(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(text)]


@dataclass(slots=True)
class _Node(Generic[T]):
    next: dict[str, _Node[T]] = field(default_factory=dict)
    value: T | None = None
    joint: bool = False  # a phrase has "và", "&", a comma or a hyphen here


class Phrases(Generic[T]):
    """A table from phrases to values, asked for the longest phrase that begins at a word.

    ``exact``: marks count, as in "số" and "sở", except in a word that has lost all of them.
    """

    def __init__(self, entries: Iterable[tuple[str, T]] = (), *, exact: bool = False) -> None:
        self._root: _Node[T] = _Node()
        self._exact = exact
        for phrase, value in entries:
            self.add(phrase, value)

    def add(self, phrase: str, value: T) -> None:
        """Add a phrase, and its spelling with the parts of an abbreviation joined ("KH&CN" is also "KHCN")."""
        every = _marked(phrase) if self._exact else _spellings(phrase)
        for keys in every:
            node = self._root
            for key in keys:
                if key in _SILENT:
                    node.joint = True
                else:
                    node = node.next.setdefault(key, _Node())
            if node.value is None:
                node.value = value

    def all_at(self, words: list[Word], start: int) -> list[tuple[int, T]]:
        """Every phrase that begins at word ``start``, longest first, as (end, value); ``end`` is exclusive."""
        found: list[tuple[int, T]] = []
        node, at = self._root, start
        while at < len(words):
            word = words[at]
            step = node.next.get(word.exact if self._exact and not word.text.isascii() else word.key)
            if "=" + word.key in node.next and word.abbreviation:
                step = node.next["=" + word.key]
            if step is not None:
                node, at = step, at + 1
                if node.value is not None:
                    found.append((at, node.value))
            elif at > start and node.joint and word.key in _SILENT:
                at += 1
            else:
                break
        return found[::-1]

    def longest(self, words: list[Word], start: int) -> tuple[int, T] | None:
        found = self.all_at(words, start)
        return found[0] if found else None


def _marked(phrase: str) -> set[tuple[str, ...]]:
    words = words_of(phrase)
    return {tuple(w.exact if w.is_word else w.key for w in words), tuple(w.key for w in words)}


def _spellings(phrase: str) -> set[tuple[str, ...]]:
    """The keys of a phrase, marks that may be left out included; once more with the parts of abbreviations joined."""
    separate: list[str] = []
    joined: list[str] = []
    before: Word | None = None
    for word in words_of(unicodedata.normalize("NFC", phrase)):
        if word.key in _SILENT and not word.abbreviation:
            separate.append(word.key)
            joined.append(word.key)
            continue
        short = len(word.text) > 1 and word.text.isupper() and word.key.isalpha()
        separate.append("=" + word.key if short else word.key)
        if short and before is not None and word.start - before.end <= 1 and phrase[before.end : word.start] in _JOINTS:
            while joined[-1] in _SILENT:
                joined.pop()
            joined[-1] += word.key
        else:
            joined.append(separate[-1])
        before = word if short else None
    return {tuple(separate), tuple(joined)} - {()}
