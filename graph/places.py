"""Names of places in any spelling → provinces and communes; which province followed which, and when.

>>> find_place("HUNG YEN").name
'Hưng Yên'
>>> successor("Hà Nam", dt.date(2026, 1, 1))
'Ninh Bình'
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from graph.tables import date_or_none, rows, several
from graph.words import Phrases, Word, words_of

CENTRAL = "central"
COMMUNE_KINDS = {"xa": "xã", "phuong": "phường", "dac khu": "đặc khu", "thi tran": "thị trấn"}
DISTRICT_KINDS = {"huyen": "huyện", "quan": "quận", "thi xa": "thị xã", "thanh pho": "thành phố"}
PROVINCE_UNITS = {
    "tinh": "tỉnh",
    "thanh pho": "thành phố",
    "tp": "thành phố",
    "tinh uy": "tỉnh",
    "thanh uy": "thành phố",
}
#: The last day of the three-level system of local government.
DISTRICTS_UNTIL = dt.date(2025, 6, 30)
#: Names that also stand for a person: a place only after "tỉnh", "thành phố" and the like.
_NEEDS_UNIT = frozenset({"Hồ Chí Minh"})
_COMMUNE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Province:
    """A province as the register knows it. ``successor`` took over from ``working_from`` (merged on ``merged_on``).

    ``city_since``: when a province became a city; None for a province and for a city from of old (``city``).
    """

    name: str
    code: str
    city: bool
    city_since: dt.date | None
    merged_on: dt.date | None
    working_from: dt.date | None
    successor: str | None

    def is_city(self, on: dt.date | None) -> bool:
        """Whether it is centrally run city on a date (today's kind without one)."""
        return self.city and not (self.city_since and on and on < self.city_since)


@dataclass(frozen=True, slots=True)
class Place:
    """A province or (``local``) a unit below one: xã, phường, đặc khu, thị trấn, huyện, quận, thị xã, thành phố."""

    name: str
    kind: str
    province: str | None = None
    local: bool = True

    @property
    def is_province(self) -> bool:
        return not self.local

    @property
    def jurisdiction(self) -> str:
        """ "Hưng Yên", "Minh Xuân, Tuyên Quang", or "Minh Xuân" where the province is not known."""
        if self.is_province or self.province is None:
            return self.name
        name = f"{self.kind} {self.name}" if self.kind in DISTRICT_KINDS.values() else self.name
        return f"{name}, {self.province}"


@cache
def provinces() -> dict[str, Province]:
    """All provinces, present and former, by name."""
    return {
        r["name"]: Province(
            r["name"], r["code"], r["kind"] == "city", date_or_none(r["city_since"]), date_or_none(r["merged_on"]),
            date_or_none(r["working_from"]), r["successor"] or None,
        )
        for r in rows("provinces")
    }  # fmt: skip


@cache
def province_phrases() -> Phrases[str]:
    """Province names with their variants."""
    table: Phrases[str] = Phrases((r["name"], r["name"]) for r in rows("provinces"))
    for row in rows("provinces"):
        for variant in (*several(row["variants"]), row["name"].replace(" ", "")):
            table.add(variant, row["name"])
    return table


@cache
def family_names() -> frozenset[str]:
    """Family names of persons, as written."""
    return frozenset(r["name"] for r in rows("family_names"))


def find_place(text: str) -> Place | None:
    """The province that a whole phrase names, in a full, short, folded or damaged spelling; None if it names none.

    >>> find_place("tỉnh Đăk Lăk").name
    'Đắk Lắk'
    """
    words = [w for w in words_of(text) if w.is_word]
    start, _ = _unit(words, 0)
    found = province_phrases().longest(words, start)
    if not found or found[0] != len(words):
        return None
    return _province_place(found[1])


def canonical(name: str) -> str | None:
    """The register's spelling of a province's name; None if it is no province."""
    place = find_place(name)
    return place.name if place else None


def successor(province: str, on: dt.date) -> str:
    """The province that stands for ``province`` on a date: itself until the day its successor began to work.

    KeyError for a name that is no province.
    """
    entry = provinces()[province]
    while entry.successor and entry.working_from and on >= entry.working_from:
        entry = provinces()[entry.successor]
    return entry.name


def split_jurisdiction(jurisdiction: str | None) -> tuple[str | None, str | None]:
    """(commune, province) of a jurisdiction; both None for "central" and for none."""
    if not jurisdiction or jurisdiction == CENTRAL:
        return None, None
    commune, _, province = jurisdiction.rpartition(",")
    return commune.strip() or None, province.strip()


def places_in(text: str) -> list[tuple[int, int, Place]]:
    """Provinces and communes named in running text, as (start, end, place) in order; the unit word belongs to the span.

    >>> [(p.name, p.kind, p.province) for _, _, p in places_in("tại xã Yên Sơn, tỉnh Tuyên Quang")]
    [('Yên Sơn', 'xã', 'Tuyên Quang')]
    """
    words = words_of(text)
    found: list[tuple[int, int, Place]] = []
    at = 0
    while at < len(words):
        hit = place_at(words, at)
        if hit:
            found.append((words[at].start, words[hit[0] - 1].end, hit[1]))
        at = hit[0] if hit else at + 1
    return found


def place_at(words: list[Word], at: int, on: dt.date | None = None) -> tuple[int, Place] | None:
    """The place named from word ``at`` on, with the index after it; None if no place begins there."""
    return local_at(words, at, on) or province_at(words, at, on)


def province_at(words: list[Word], at: int, on: dt.date | None = None) -> tuple[int, Place] | None:
    """A province with or without its unit word."""
    start, unit = _unit(words, at)
    if start >= len(words) or not words[start].capital:
        return None
    hit = province_phrases().longest(words, start)
    if hit is None or (start == at and not _stands_alone(words, at, hit)):
        return None
    entry = provinces()[hit[1]]
    if unit == "thành phố" and not entry.is_city(on):
        return None
    return hit[0], _province_place(hit[1])


def local_at(words: list[Word], at: int, on: dt.date | None = None) -> tuple[int, Place] | None:
    """A commune or district: its kind word, a capitalised name, and the province behind it if one is printed."""
    kind, start = _kind(words, at)
    if kind is None:
        return None
    if kind == "thành phố" and province_at(words, at, on):
        return None
    end = start
    while end < len(words) and end - start < _COMMUNE_WORDS and words[end].is_word and words[end].text[0].isupper():
        if words[end].abbreviation and not words[start].text.isupper():
            break
        end += 1
    if end == start and start < len(words) and words[start].text.isdigit() and kind in ("phường", "quận"):
        end = start + 1
    if end == start:
        return None
    if end < len(words) and words[end].text.isdigit() and _is_numbered(words[start : end + 1]):
        end += 1
    name = " ".join(_title(w.text) for w in words[start:end])
    end, province = _outer(words, end)
    return end, Place(name, kind, province)


def _is_numbered(words: list[Word]) -> bool:
    """Whether the last word, a digit, is part of a commune's name: "Hà Giang 1"."""
    return tuple(w.key for w in words) in _numbered_communes()


@cache
def _numbered_communes() -> frozenset[tuple[str, ...]]:
    named = (r["name"] for r in rows("communes"))
    return frozenset(tuple(w.key for w in words_of(name)) for name in named if name[-1].isdigit())


def _outer(words: list[Word], end: int) -> tuple[int, str | None]:
    """The province behind a commune: ", tỉnh Y", " tỉnh Y", ", Y", also behind ", huyện X"."""
    comma = end < len(words) and words[end].text in {",", "-", "–"}
    start = end + 1 if comma else end
    kind, _ = _kind(words, start)
    if kind in ("huyện", "quận", "thị xã"):
        inner = local_at(words, start)
        return (inner[0], inner[1].province) if inner else (end, None)
    outer = province_at(words, start)
    if outer and (comma or _unit(words, start)[0] > start):
        return outer[0], outer[1].name
    return end, None


def _kind(words: list[Word], at: int) -> tuple[str | None, int]:
    pair = " ".join(w.key for w in words[at : at + 2])
    for kinds in (COMMUNE_KINDS, DISTRICT_KINDS):
        if pair in kinds:
            return kinds[pair], at + 2
        if at < len(words) and words[at].key in kinds:
            return kinds[words[at].key], at + 1
    if at + 1 < len(words) and words[at].text == "TP":
        return "thành phố", at + 2 if words[at + 1].text == "." else at + 1
    return None, at


def _unit(words: list[Word], at: int) -> tuple[int, str | None]:
    pair = " ".join(w.key for w in words[at : at + 2])
    if pair in PROVINCE_UNITS:
        return at + 2, PROVINCE_UNITS[pair]
    if at < len(words) and words[at].key in PROVINCE_UNITS and words[at].key != "tp":
        return at + 1, PROVINCE_UNITS[words[at].key]
    if at < len(words) and words[at].text.upper() == "TP":
        dotted = at + 1 < len(words) and words[at + 1].text == "."
        return at + 1 + dotted, "thành phố"
    return at, None


def _stands_alone(words: list[Word], at: int, hit: tuple[int, str]) -> bool:
    """A bare name is a place unless it is (part of) a person's name or is printed in lower case."""
    if hit[1] in _NEEDS_UNIT or (at > 0 and words[at - 1].text in family_names()):
        return False
    return all(w.text[0].isupper() or not w.is_word for w in words[at : hit[0]])


def _province_place(name: str) -> Place:
    return Place(name, "thành phố" if provinces()[name].city else "tỉnh", name, local=False)


def _title(word: str) -> str:
    return word.capitalize() if word.isupper() else word
