"""The nouns of collectives ("sở", "ban", "chủ đầu tư") and what stands around them in "các sở, ban, ngành".

graph/names.py reads a collective on from its first noun; here is what a single word of it can be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from graph.suffixes import DETERMINERS
from graph.tables import rows, several
from graph.words import Phrases, Word

#: Says whether a verb phrase begins at a word (where a sentence goes on after its subject).
Stop = Callable[[list[Word], int], bool]


@dataclass(frozen=True, slots=True)
class Noun:
    generic: bool
    bare: str


QUALIFIED = Noun(False, "no")
MODIFIERS = frozenset(
    ["lien", "quan", "co", "tinh", "truc", "thuoc", "dia", "ban", "tren", "trung", "uong", "thanh", "pho"]
)


@cache
def collective_phrases() -> Phrases[bool]:
    """Known collectives → whether they are of plain nouns only."""
    plain = {r["noun"] for r in rows("collective_nouns") if r["generic"] == "yes"}
    table: Phrases[bool] = Phrases()
    for row in rows("collectives"):
        for phrase in (row["name"], *several(row["aliases"])):
            parts = phrase.lower().replace("các ", "").replace(" và ", ", ").split(", ")
            nouns = [p.removesuffix(" liên quan").removesuffix(" có") for p in parts]
            if len(phrase.split()) > 2 and "nhân dân" not in phrase.lower() and "ubnd" not in phrase.lower():
                table.add(phrase, all(n in plain for n in nouns))
    return table


@cache
def _nouns() -> Phrases[Noun]:
    return Phrases(((r["noun"], Noun(r["generic"] == "yes", r["bare"])) for r in rows("collective_nouns")), exact=True)


def noun_at(words: list[Word], at: int, stop: Stop) -> tuple[int, Noun] | None:
    """A noun of collectives at a word, unless it is the head of a proper name ("ban" in "Ban Quản lý") or a verb."""
    if at >= len(words):
        return None
    found = _nouns().longest(words, at)
    if found is None or found[1].bare == "never":
        return None
    if stop(words, at) and found[1].generic and at > 0 and words[at - 1].key not in (",", "va", *DETERMINERS):
        return None
    after = words[found[0]] if found[0] < len(words) else None
    if words[at].capital and after is not None and after.is_word and after.capital and not words[at].text.isupper():
        return None
    bare = words[at].text == "Tổ" and not (at and words[at - 1].key in DETERMINERS)
    acts = words[at].key == "to" and found[1].generic and (bare or stop(words, at))
    if acts and after is not None and after.is_word and after.key not in ("dang", "co", "lien"):
        return None
    return found


#: Behind these an abbreviation is a field of its own: "các sở KH&CN, TC".
_FIELD_HEADS = frozenset({"so", "bo", "phong", "ban", "cuc", "vu", "dia", "phuong", ",", "va"})


def of_which_kind(words: list[Word], at: int) -> bool:
    """ "các trường THPT", "các doanh nghiệp FDI": an abbreviation behind a noun in lower case."""
    before = words[at - 1]
    return (
        words[at].text.isupper()
        and len(words[at].text) > 1
        and before.text.islower()
        and before.key not in _FIELD_HEADS
    )


def goes_on(words: list[Word], at: int) -> bool:
    """Whether a name goes on at a word: "Ban quản lý | rừng", not "Trung tâm | , trường học"."""
    return at < len(words) and words[at].is_word and words[at].key not in MODIFIERS and words[at].key != "va"


def repeats(words: list[Word], after: int, end: int, at: int) -> bool:
    """ "các đảng ủy xã, phường và đảng ủy trực thuộc": the noun of the collective again."""
    noun = [w.exact for w in words[after:end]]
    return any(
        [w.exact for w in words[i + 1 : i + 1 + len(noun)]] == noun
        for i in range(max(0, at - 12), at)
        if words[i].key == "cac"
    )


def twin(words: list[Word], at: int, after: int, end: int) -> bool:
    """ "các cấp, các ngành": two single nouns that repeat the determiner."""
    return words[after].key in DETERMINERS and end == after + 2 and at >= 2 and words[at - 2].key in DETERMINERS
