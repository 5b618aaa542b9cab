"""Header cells of a table → what each column means, and whether the rows are tasks or indicators.

Columns are known by the words of their heads (ingest/data/column_words.tsv), in any order and spelling; a head damaged
beyond its accents is compared letter by letter. The same words label fields below a task ("- Đơn vị chủ trì: …").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from rapidfuzz import fuzz

from graph.vocabulary import Role
from ingest.flat import flat
from ingest.tsv import rows


class Meaning(StrEnum):
    """What a column, or a labelled line, holds."""

    ORDINAL = "ordinal"
    NAME = "name"
    GROUP = "group"
    INDICATOR = "indicator"
    UNIT = "unit"
    MILESTONE = "milestone"  # what must be reached, in a year if the head prints one
    BASELINE = "baseline"  # what was reached before
    LEAD = "lead"
    LEAD_AND_COORDINATE = "lead_and_coordinate"
    COORDINATE = "coordinate"
    MONITOR = "monitor"
    EVALUATE = "evaluate"
    APPROVE = "approve"
    LEADER = "leader"  # an officer of the issuer who answers for it, no owner
    OUTPUT = "output"
    START = "start"  # when work on it begins
    DEADLINE = "deadline"
    MONEY = "money"
    NOTE = "note"
    OTHER = "other"


#: Role of the agencies in a column of that meaning.
ROLES: dict[Meaning, Role] = {
    Meaning.LEAD: Role.LEAD,
    Meaning.LEAD_AND_COORDINATE: Role.LEAD,
    Meaning.COORDINATE: Role.COORDINATE,
    Meaning.MONITOR: Role.MONITOR,
    Meaning.EVALUATE: Role.EVALUATE,
    Meaning.APPROVE: Role.APPROVE,
}


class Kind(StrEnum):
    """What the rows of a table are."""

    TASKS = "tasks"
    INDICATORS = "indicators"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place in the row, its meaning, and for a milestone its year (None if the head prints none)."""

    at: int
    meaning: Meaning
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's columns and the kind of its rows."""

    kind: Kind
    columns: tuple[Column, ...]

    def first(self, *meanings: Meaning) -> int | None:
        """Place of the first column with one of these meanings, the meanings tried in order."""
        for meaning in meanings:
            for column in self.columns:
                if column.meaning is meaning:
                    return column.at
        return None

    def all(self, meaning: Meaning) -> tuple[Column, ...]:
        return tuple(c for c in self.columns if c.meaning is meaning)


_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_REACHED = re.compile(r"\b(?:thuc hien|ket qua|hien trang|uoc|da dat|thuc trang|so lieu|nam goc)\b")
_AIM = re.compile(r"\b(?:chi tieu|muc tieu|ke hoach|giao|phan dau|can dat|den|het|gia tri)\b")
_LONGEST = 200
_FUZZY_FROM = 6
_FUZZY_SCORE = 82
#: Plain heads to compare a damaged one with.
_MODELS = (
    (Meaning.COORDINATE, ("co quan phoi hop", "don vi phoi hop", "phoi hop")),
    (Meaning.LEAD, ("co quan chu tri", "don vi chu tri", "don vi thuc hien", "co quan thuc hien", "chu tri")),
    (Meaning.DEADLINE, ("thoi gian hoan thanh", "thoi gian thuc hien", "thoi han", "thoi gian", "tien do")),
    (Meaning.OUTPUT, ("san pham", "ket qua", "san pham dau ra")),
    (Meaning.NAME, ("ten nhiem vu", "noi dung", "nhiem vu", "noi dung nhiem vu", "noi dung cong viec")),
    (Meaning.INDICATOR, ("chi tieu", "ten chi tieu")),
    (Meaning.NOTE, ("ghi chu",)),
)


@cache
def _words() -> tuple[tuple[Meaning, re.Pattern[str], bool], ...]:
    return tuple((Meaning(r["meaning"]), re.compile(r["pattern"]), r["label"] == "yes") for r in rows("column_words"))


def _clean(head: str) -> str:
    plain = re.sub(r"\([^()]{0,80}\)", " ", flat(head[:_LONGEST]))
    return " ".join(re.sub(r"[*_#:.|]+(?= |$)|^[*_#]+", " ", plain).split()).removeprefix("ro ")


def column_meaning(head: str) -> tuple[Meaning, int | None]:
    """Meaning of one header cell, with the year it prints; of two lines the lower one tells, if it tells anything.

    >>> column_meaning("Mục tiêu đến hết năm 2030")
    (<Meaning.MILESTONE: 'milestone'>, 2030)
    """
    plain = _clean(head)
    if not plain:
        return Meaning.OTHER, None
    lower = _by_words(_clean(head.rpartition("\n")[2])) if "\n" in head else Meaning.OTHER
    if lower is not Meaning.OTHER:
        return lower, None
    years = _YEAR.findall(plain)
    if years:
        if re.search(r"\b(?:co quan|don vi|thoi (?:gian|han)|kinh phi)\b", plain):
            return _by_words(plain), None
        meaning = Meaning.BASELINE if _REACHED.search(plain) and not _AIM.search(plain) else Meaning.MILESTONE
        return meaning, int(years[-1])
    return _by_words(plain), None


def _by_words(plain: str) -> Meaning:
    for meaning, pattern, _ in _words():
        if pattern.fullmatch(plain):
            return meaning
    return _by_letters(plain)


def _by_letters(plain: str) -> Meaning:
    if len(plain) < _FUZZY_FROM or len(plain) > 40:
        return Meaning.OTHER
    scored = [(fuzz.ratio(plain, model), meaning) for meaning, models in _MODELS for model in models]
    score, meaning = max(scored, key=lambda pair: pair[0])
    return meaning if score >= _FUZZY_SCORE else Meaning.OTHER


def label_meaning(label: str) -> Meaning | None:
    """Meaning of the words before a colon that label a field of a task; None if they are no such label.

    >>> label_meaning("Đơn vị chủ trì")
    <Meaning.LEAD: 'lead'>
    """
    plain = _clean(label)
    if not 3 <= len(plain) <= 45 or len(plain.split()) > 8:
        return None
    for meaning, pattern, labels in _words():
        if pattern.fullmatch(plain):
            return meaning if labels else None
    return None


def read_columns(header: Sequence[str]) -> Columns | None:
    """What a table's columns mean; None if its rows are neither tasks nor indicators."""
    columns = _with_unit([Column(at, *column_meaning(head)) for at, head in enumerate(header)], header)
    meanings = {c.meaning for c in columns}
    actors = meanings & {*ROLES, Meaning.DEADLINE, Meaning.OUTPUT}
    milestones = [c for c in columns if c.meaning is Meaning.MILESTONE]
    if Meaning.NAME in meanings and actors and not (milestones and Meaning.UNIT in meanings):
        return Columns(Kind.TASKS, tuple(_one_name(columns, header)))
    if milestones and (meanings & {Meaning.INDICATOR, Meaning.NAME, Meaning.UNIT, Meaning.ORDINAL, *ROLES}):
        return Columns(Kind.INDICATORS, tuple(columns))
    if Meaning.INDICATOR in meanings:
        return _indicators_without_years(columns)
    return None


def _with_unit(columns: list[Column], header: Sequence[str]) -> list[Column]:
    """ "Đơn vị" right behind "Chỉ tiêu" is the unit of measure, not an agency."""
    return [
        Column(c.at, Meaning.UNIT) if before.meaning is Meaning.INDICATOR and _clean(header[c.at]) == "don vi" else c
        for before, c in zip([Column(-1, Meaning.OTHER), *columns], columns, strict=False)
    ]


def _one_name(columns: Iterable[Column], header: Sequence[str]) -> list[Column]:
    """Of several name columns the one that says "cụ thể" or "nhiệm vụ" names the task, the others are its group."""
    named = [c for c in columns if c.meaning is Meaning.NAME]
    best = max(named, key=lambda c: ("cu the" in flat(header[c.at]), "nhiem vu" in flat(header[c.at]), -c.at))
    return [Column(c.at, Meaning.OTHER) if c in named and c is not best else c for c in columns]


def _indicators_without_years(columns: list[Column]) -> Columns | None:
    """The first indicator column names, a second one ("Mục tiêu") sets the target; one alone does both."""
    named = [c for c in columns if c.meaning is Meaning.INDICATOR]
    meanings = {c.meaning for c in columns}
    if len(named) > 1:
        kept = [c if c is named[0] or c not in named else Column(c.at, Meaning.MILESTONE) for c in columns]
        return Columns(Kind.INDICATORS, tuple(kept))
    if meanings & {Meaning.UNIT, *ROLES}:
        return Columns(Kind.INDICATORS, tuple(columns))
    if Meaning.DEADLINE in meanings:
        return Columns(Kind.INDICATORS, tuple(columns))
    return None
