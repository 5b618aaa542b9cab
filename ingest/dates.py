"""Text → the dates it prints, day first, in every spelling of Vietnamese offices.

"ngày 22/12/2024", "22-12-2024", "22.12.2024", "ngày 22 tháng 12 năm 2024", "ngày mùng 9 tháng 4 năm 2026".
"""

from __future__ import annotations

import datetime as dt
import re

from ingest.flat import flat

_LEAD = r"(?:\bngay:? {0,2}(?:mung {1,2})?)?"
_YEAR = r"((?:19|20)\d\d)(?![\d/])"
_SIGNS = re.compile(rf"{_LEAD}(?<![\d/.\-])(\d{{1,2}}) {{0,2}}([/.\-]) {{0,2}}(\d{{1,2}}) {{0,2}}\2 {{0,2}}{_YEAR}")
_WORDS = re.compile(rf"{_LEAD}(?<!\d)(\d{{1,2}}) {{0,3}}(thang) {{0,3}}(\d{{1,2}}),? {{0,3}}nam {{0,3}}{_YEAR}")
#: Look-alike letters count as digits only after the word "ngày" and before a sure year.
_DAMAGED = re.compile(
    rf"\bngay {{1,2}}([\dlo]{{1,2}}) {{0,2}}([/.\-]|thang) {{0,2}}([\dlo]{{1,2}}) {{0,2}}(?:\2|nam) {{0,2}}{_YEAR}"
)
_DIGITS = str.maketrans("lo", "10")


def as_date(day: str, month: str, year: str) -> dt.date | None:
    """The date, or None if there is no such day (31/2/2026)."""
    try:
        return dt.date(int(year), int(month.translate(_DIGITS)), int(day.translate(_DIGITS)))
    except ValueError:
        return None


def find_dates(text: str) -> list[tuple[int, int, dt.date]]:
    """All whole dates as (start, end, date), in order; the span includes the word "ngày". Months alone are no dates.

    >>> find_dates("Quyết định ngày 01/4/2025")
    [(11, 25, datetime.date(2025, 4, 1))]
    """
    plain = flat(text)
    taken = bytearray(len(plain))
    found: list[tuple[int, int, dt.date]] = []
    for pattern in (_SIGNS, _WORDS, _DAMAGED):
        for m in pattern.finditer(plain):
            start, end = m.span()
            date = as_date(m[1], m[3], m[4])
            if date and not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append((start, end, date))
    return sorted(found)
