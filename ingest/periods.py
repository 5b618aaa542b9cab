"""Text → the calendar spans it prints: days, months, quarters, halves, years and ranges of them.

A span without a year takes the year of the directive; without that it is no span. Patterns run on flat text.

>>> found = find_periods("quy ii, iii nam 2026", None)
>>> [(str(p.start), str(p.end)) for p in found]
[('2026-04-01', '2026-09-30')]
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from graph.vocabulary import DeadlineKind


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar span at ``at`` .. ``stop`` of the text; both dates inclusive, None where it is open.

    ``dated``: the year is printed (else it is the year of the directive).
    """

    at: int
    stop: int
    kind: DeadlineKind
    start: dt.date | None
    end: dt.date | None
    dated: bool = True


_Y = r"(20\d\d)(?!\d)"
_OF = r" {0,2}(?:/|-|,? {0,2}nam) {0,2}"
_TO = r" {0,2}(?:-|den|den het|toi) {0,2}"
_AND = r" {0,2}(?:,|-|va|den|\+) {0,2}"
_DAY = r"(?<![\d/.\-])(?<!thang )([0-3]?\d)"
_MON = r"([01]?\d)"
_Q = r"([ivl]{1,4}|[1-4])"
_QUARTER = rf"\bq(?:uy)?\.? {{0,2}}{_Q}\b"
_MONTH = rf"\b(?:thang {{0,2}}|t\.?){_MON}(?![\d])"

#: name → pattern on flat text; tried in this order at each place, the longest reading first.
PERIOD_PATTERNS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "days": rf"\btu (?:ngay )?{_DAY}/{_MON}(?:/{_Y})?{_TO}(?:ngay )?([0-3]?\d)/{_MON}/{_Y}",
        "day": rf"{_DAY} {{0,2}}[/.-] {{0,2}}{_MON} {{0,2}}[/.-] {{0,2}}{_Y}",
        "day in words": rf"{_DAY} thang {{0,2}}{_MON},? nam {{0,2}}{_Y}",
        "day of the year": rf"\bngay {{0,2}}{_DAY}(?: thang {{0,2}}|/){_MON}(?![\d/])",
        "months across": rf"{_MONTH}{_OF}{_Y}{_TO}(?:thang {{0,2}}|t)?{_MON}{_OF}{_Y}",
        "months": rf"{_MONTH}(?: {{0,2}}(?:,|-|va|den) {{0,2}}(?:thang {{0,2}}|t)?{_MON}){{1,5}}{_OF}{_Y}",
        "month": rf"{_MONTH}{_OF}{_Y}",
        "quarters across": rf"{_QUARTER}{_OF}{_Y}{_TO}(?:het )?{_QUARTER}{_OF}{_Y}",
        "quarters": rf"{_QUARTER}(?: {{0,2}}(?:,|-|va|den|\+) {{0,2}}(?:q(?:uy)? {{0,2}})?{_Q}\b){{1,3}}{_OF}{_Y}",
        "quarter": rf"{_QUARTER}(?:{_OF}| {{1,2}}){_Y}",
        "bare month": rf"(?<![\d/.,\-])(0?[1-9]|1[0-2])/{_Y}",
        "half": rf"\b(?:0(?=\d))?(3|6|9|sau|chin|nua)(?: thang)? (dau|cuoi) nam(?: {{0,2}}{_Y})?",
        "years": rf"(?:\bnam )?(?<!\d){_Y}{_TO}(?:nam )?{_Y}",
        "year list": rf"\bnam {_Y}(?:,| va) {{0,2}}(?:nam )?{_Y}",
        "open years": rf"(?<!\d){_Y},? va (?:nhung|cac) nam (?:tiep theo|sau|ke tiep)",
        "from year": rf"\btu (?:nam )?{_Y}(?!{_TO})",
        "year": rf"(?:\bnam {{0,2}}|(?<![\d/.-])){_Y}(?![/.-]\d)",
        "quarters of this year": rf"{_QUARTER}(?:{_AND}(?:q(?:uy)? {{0,2}})?{_Q}\b){{1,3}}(?!{_OF}20\d\d)",
        "months of this year": rf"\bthang {{0,2}}{_MON}(?:{_AND}(?:thang )?{_MON}(?![\d/])){{1,5}}(?!{_OF}20\d\d)",
        "this year": r"\b(?:trong|ca) nam\b(?! (?:\d|hoc|qua|toi|sau|truoc))",
        "quarter of this year": _QUARTER,
        "month of this year": rf"\bthang {{0,2}}{_MON}(?![\d/])",
    }.items()
}


def _quarter(text: str) -> int | None:
    text = text.replace("l", "i")
    return {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}.get(text)


def _month_start(year: int, month: int) -> dt.date:
    return dt.date(year, month, 1)


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


Span: TypeAlias = tuple[DeadlineKind, dt.date | None, dt.date | None]
K = DeadlineKind


def _days(m: re.Match[str], _: int | None) -> Span:
    end = dt.date(int(m[6]), int(m[5]), int(m[4]))
    return K.RANGE, dt.date(int(m[3] or end.year), int(m[2]), int(m[1])), end


def _day(m: re.Match[str], _: int | None) -> Span:
    return K.DATE, None, dt.date(int(m[3]), int(m[2]), int(m[1]))


def _day_of_year(m: re.Match[str], year: int | None) -> Span:
    return K.DATE, None, dt.date(_known(year), int(m[2]), int(m[1]))


def _months_across(m: re.Match[str], _: int | None) -> Span:
    return K.RANGE, _month_start(int(m[2]), int(m[1])), _month_end(int(m[4]), int(m[3]))


def _months(m: re.Match[str], year: int | None) -> Span:
    first, last, year = int(m[1]), int(m[2]), _printed_year(m, year)
    return K.RANGE, _month_start(year - (first > last), first), _month_end(year, last)


def _month(m: re.Match[str], year: int | None) -> Span:
    year = int(m[2]) if m.re.groups > 1 else _known(year)
    return K.MONTH, _month_start(year, int(m[1])), _month_end(year, int(m[1]))


def _quarters_across(m: re.Match[str], _: int | None) -> Span:
    first, last = _known(_quarter(m[1])), _known(_quarter(m[3]))
    return K.RANGE, _month_start(int(m[2]), 3 * first - 2), _month_end(int(m[4]), 3 * last)


def _quarters(m: re.Match[str], year: int | None) -> Span:
    first, last, year = _known(_quarter(m[1])), _known(_quarter(m[2])), _printed_year(m, year)
    return K.RANGE, _month_start(year, 3 * first - 2), _month_end(year, 3 * last)


def _printed_year(m: re.Match[str], year: int | None) -> int:
    """The third group, or the directive's year in a pattern without one."""
    return int(m[3]) if m.re.groups > 2 else _known(year)


def _one_quarter(m: re.Match[str], year: int | None) -> Span:
    quarter, year = _known(_quarter(m[1])), int(m[2]) if m.re.groups > 1 else _known(year)
    return K.QUARTER, _month_start(year, 3 * quarter - 2), _month_end(year, 3 * quarter)


def _half(m: re.Match[str], year: int | None) -> Span:
    year = int(m[3]) if m[3] else _known(year)
    months = {"3": 3, "9": 9, "chin": 9}.get(m[1], 6)
    if m[2] == "dau":
        return K.RANGE, dt.date(year, 1, 1), _month_end(year, months)
    return K.RANGE, _month_start(year, 13 - months), dt.date(year, 12, 31)


def _years(m: re.Match[str], _: int | None) -> Span:
    return K.RANGE, dt.date(int(m[1]), 1, 1), dt.date(int(m[2]), 12, 31)


def _open(m: re.Match[str], _: int | None) -> Span:
    return K.RANGE, dt.date(int(m[1]), 1, 1), None


def _year(m: re.Match[str], _: int | None) -> Span:
    return K.YEAR, dt.date(int(m[1]), 1, 1), dt.date(int(m[1]), 12, 31)


def _known(value: int | None) -> int:
    if value is None:
        raise ValueError("not known")
    return value


_BUILD: dict[str, Callable[[re.Match[str], int | None], Span]] = {
    "days": _days,
    "day": _day,
    "day in words": _day,
    "day of the year": _day_of_year,
    "months across": _months_across,
    "months": _months,
    "month": _month,
    "bare month": _month,
    "quarters across": _quarters_across,
    "quarters": _quarters,
    "quarter": _one_quarter,
    "half": _half,
    "years": _years,
    "year list": _years,
    "open years": _open,
    "from year": _open,
    "year": _year,
    "quarters of this year": _quarters,
    "months of this year": _months,
    "this year": lambda _, year: (K.YEAR, dt.date(_known(year), 1, 1), dt.date(_known(year), 12, 31)),
    "quarter of this year": _one_quarter,
    "month of this year": _month,
}


def find_periods(text: str, year: int | None) -> list[Period]:
    """Calendar spans in a flat text, in order, without overlaps; ``year``: of the directive, for spans without one.

    A span that does not exist in the calendar (31/2/2026, "tháng 13") is left out.
    """
    found: list[Period] = []
    for name, pattern in PERIOD_PATTERNS.items():
        for m in pattern.finditer(text):
            if any(p.at < m.end() and m.start() < p.stop for p in found):
                continue
            try:
                kind, start, end = _BUILD[name](m, year)
            except ValueError:
                continue
            if start and end and start > end:
                continue
            dated = bool(re.search(r"20\d\d", m.group()))
            found.append(Period(m.start(), m.end(), kind, start, end, dated))
    return sorted(found, key=lambda p: p.at)
