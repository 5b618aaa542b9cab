"""Words of a milestone cell or a measured aim → comparator, value, unit: "Mỗi năm có ≥ 50 nhiệm vụ" is >= 50 a year.

The first measured number counts: codes (5G, 57-NQ/TW), years, dates, article numbers and "trên 01 vạn dân" (per
10,000 people) are no measures. "≥ 3-5" is the range 3 to 5. A text without a measure has neither value nor comparator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from graph.vocabulary import Comparator
from ingest.flat import flat
from ingest.text import MappedText
from ingest.tsv import rows


@dataclass(frozen=True, slots=True)
class Measure:
    """What must be reached: ``value`` (to ``value_max`` in a range) in ``unit``; ``per`` "year" for a yearly quantity.

    ``aspiration``: the text says "phấn đấu" (strive for).
    """

    comparator: Comparator | None = None
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    per: str | None = None
    aspiration: bool = False


_C = Comparator
#: Words or signs right before a number, strongest first; on flat text.
BEFORE: tuple[tuple[Comparator, re.Pattern[str]], ...] = tuple(
    (comparator, re.compile(rf"(?:{words})(?: (?:dat|la|co|khoang|muc|tu|hon))? {{0,2}}$"))
    for comparator, words in (
        (_C.AT_LEAST, r"≥|> ?=|=>|\bge\b|\\geq?|\btoi thieu|\bit nhat|\bkhong (?:duoi|thap hon|it hon|nho hon)|\btu"),
        (_C.AT_MOST, r"≤|< ?=|=<|\\leq?|\btoi da|\bkhong (?:qua|vuot qua|cao hon|lon hon|nhieu hon)|\bnhieu nhat"),
        (_C.MORE_THAN, r">|&gt;|\btren|\bhon|\bvuot(?: muc)?|\bcao hon|\blon hon"),
        (_C.LESS_THAN, r"<|&lt;|\bduoi|\bnho hon|\bthap hon|\bit hon"),
        (_C.EQUAL, r"=|\bdat|\bbang|\bla|\bco|\blen|\bdu"),
    )
)
#: "100% tàu cá từ 15 mét trở lên": the limit belongs to the second quantity.
_AFTER: tuple[tuple[Comparator, re.Pattern[str]], ...] = (
    (_C.AT_LEAST, re.compile(r"(?:(?!\btu \d)[^,;.]){0,40}?\btro len\b")),
    (_C.AT_MOST, re.compile(r"(?:(?!\btu \d)[^,;.]){0,40}?\btro xuong\b")),
)
_NUMBER = r"(\d{1,3}(?:\.\d{3})+(?:,\d{1,4})?|\d{1,9}(?:[.,]\d{1,4})?)"
_RANGE = re.compile(rf"{_NUMBER} {{0,2}}(%?) {{0,2}}(?:-|den|toi) {{0,2}}{_NUMBER}(?![\d/])")
_MEASURE = re.compile(
    rf"(?<![\w/.,\-]){_NUMBER}(?![\d/]|[.,]\d|-[a-z]|[a-z])|(?<=[≥≤<>=]){_NUMBER}(?![\d/]|-[a-z]|[a-z])"
)
#: A number after one of these words names something and measures nothing.
_NAME = re.compile(
    r"\b(?:nam|ngay|thang|quy|de an|so|phu luc|muc|dieu|khoan|diem|thu|cap(?: do)?|muc do|giai doan|nghi quyet"
    r"|quyet dinh|chi thi|ke hoach|nhom|khoa|phien ban|iso(?:/iec)?|tcvn|cong nghiep|web|wi-?fi|bo chi so) $"
)
_LONGEST = 2000
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPREAD = re.compile(r"\b(?:19|20)\d\d {0,2}- {0,2}(?:19|20)\d\d")
#: "ít nhất 3/4 cơ quan"; no date ("trước 3/4") and no office hours ("24/24").
_FRACTION = re.compile(r"(?<!truoc )(?<!ngay )(?<!den )(?<![\w/.,\-])([1-8])/([2-9])(?= [a-z])")
_RANK = re.compile(
    r"\b(?:nhom|top|xep(?: hang)?(?: thu)?|thu hang|hang thu)(?: co)?(?: trong)? {0,2}(\d{1,3})\b(?! ?%)"
)
_LOST_SIGN = re.compile(r"(?<![\w.,])[2z] (?=\d{1,3}(?:,\d)? ?%)")
#: "từ 50% lên 80%": where it comes from, before where it shall go.
_RISE = re.compile(r"\btu \d[\d.,]{0,9} ?%? (?=(?:nam \d{4} )?(?:len|xuong|den nay)\b)")
_SCALE = re.compile(r" {1,2}(nghin|ngan|van|trieu|ty|ti) (?!dong|usd|do la|ty |ti )(?=[a-z])")
_TIMES = {"nghin": 1e3, "ngan": 1e3, "van": 1e4, "trieu": 1e6, "ty": 1e9, "ti": 1e9}
_PER_YEAR = re.compile(r"\b(?:moi|hang) nam\b|/nam\b|\bbinh quan (?:hang )?nam\b")
_PER_PEOPLE = re.compile(r"(?:\btren|/) {0,2}((?:0?1 |10\.000 |1\.000 |100\.000 )?(?:van |nghin |trieu |trieu)?dan)\b")
_STRIVE = re.compile(r"\bphan dau\b")


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    stop: int
    low: float
    high: float | None


def number(text: str) -> float:
    """A number as printed in Vietnamese: "1.200" is 1200, "0,75" is 0.75, "05" is 5.

    >>> number("2.000")
    2000.0
    """
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        return float(text.replace(".", "").replace(",", "."))
    return float(text.replace(",", "."))


def read_target(cell: str | MappedText) -> Measure:
    """What a milestone cell or a bullet asks for; a Measure without value where it measures nothing.

    >>> read_target("Có ≥ 1.200 cán bộ nghiên cứu").value
    1200.0
    """
    printed = " ".join(
        (cell if isinstance(cell, str) else cell.text)[:_LONGEST].replace("$", "").replace("\\%", "%").split()
    )
    plain = _LOST_SIGN.sub("≥ ", flat(printed))
    strive = bool(_STRIVE.search(plain))
    hit = _hit(plain)
    rank = _RANK.search(plain)
    if rank and (not hit or rank.start() < hit.start):
        return Measure(_C.AT_MOST, float(rank[1]), unit="hạng", aspiration=strive)
    if not hit:
        return Measure(aspiration=strive)
    hit = _scaled(plain, hit)
    per = "year" if _PER_YEAR.search(plain[: hit.start]) or _PER_YEAR.match(plain[hit.stop :].lstrip(" %")) else None
    unit = _unit(plain, hit)
    if hit.high is not None:
        return Measure(_C.RANGE, hit.low, hit.high, unit, per, strive)
    return Measure(_comparator(plain, hit), hit.low, None, unit, per, strive)


def _hit(plain: str) -> _Hit | None:
    """The first number that has a cue of measure (a comparator, "đạt", "%"), else the first that could be one.

    A whole with a unit goes before its part ("60 trạm, trong đó 12 trạm mới").
    """
    blocked = [m.span() for m in _SPREAD.finditer(plain)]
    blocked += [m.span() for m in _RISE.finditer(plain)]
    hits = [h for h in _hits(plain) if not any(a <= h.start < b for a, b in blocked)]
    cued = [
        h for h in hits if plain.startswith(("%", " %"), h.stop) or any(p.search(_lead(plain, h)) for _, p in BEFORE)
    ]
    found = cued or hits
    whole = [h for h in hits if h.stop <= plain.find("trong do") and _unit(plain, _scaled(plain, h))]
    return whole[0] if whole and whole[0].start < found[0].start else next(iter(found), None)


def _scaled(plain: str, hit: _Hit) -> _Hit:
    """ "2 triệu doanh nghiệp" is 2,000,000 of them; sums of money keep their unit ("150 triệu đồng")."""
    m = _SCALE.match(plain, hit.stop)
    if not m:
        return hit
    times = _TIMES[m[1]]
    return _Hit(hit.start, m.end(), hit.low * times, None if hit.high is None else hit.high * times)


def _lead(plain: str, hit: _Hit) -> str:
    return plain[max(0, hit.start - 30) : hit.start]


def _hits(plain: str) -> list[_Hit]:
    hits: list[_Hit] = []
    for m in _MEASURE.finditer(plain):
        if hits and m.start() < hits[-1].stop:
            continue
        before = plain[max(0, m.start() - 24) : m.start()]
        if _NAME.search(before) or (_YEAR.fullmatch(m.group()) and not plain.startswith("%", m.end())):
            continue
        spread = _RANGE.match(plain, m.start())
        if spread and number(spread[1]) < number(spread[3]):
            hits.append(_Hit(m.start(), spread.end(), number(spread[1]), number(spread[3])))
        else:
            hits.append(_Hit(m.start(), m.end(), number(m[1] or m[2]), None))
    hits += [_Hit(m.start(), m.end(), int(m[1]) / int(m[2]), None) for m in _FRACTION.finditer(plain) if m[1] < m[2]]
    return sorted((h for h in hits if not _PER_PEOPLE.match(plain, max(0, h.start - 5))), key=lambda h: h.start)


def _comparator(plain: str, hit: _Hit) -> Comparator:
    for comparator, after in _AFTER:
        if after.match(plain, hit.stop):
            return comparator
    for comparator, before in BEFORE:
        if before.search(_lead(plain, hit)):
            return comparator
    return _C.EQUAL


@cache
def _units() -> tuple[tuple[str, str], ...]:
    names = [row["unit"] for row in rows("units")]
    return tuple(sorted(((flat(n), n) for n in names), key=lambda pair: -len(pair[0])))


def _unit(plain: str, hit: _Hit) -> str | None:
    after = plain[hit.stop :].lstrip()
    if after.startswith("%") or plain[hit.start : hit.stop].endswith("%") or "%" in plain[hit.start : hit.stop]:
        share = re.match(r"(?:% ?)?(grdp|gdp)\b", after)
        return f"% {share[1].upper()}" if share else "%"
    for folded, name in _units():
        if after.startswith(folded) and not after[len(folded) : len(folded) + 1].isalnum():
            people = _PER_PEOPLE.search(after)
            return f"{name}/{_people(people[1])}" if people else name
    return None


def _people(text: str) -> str:
    """ "01 vạn dân" is "vạn dân"."""
    words = re.sub(r"^0?1 ", "", text)
    return words.replace("van", "vạn").replace("nghin", "nghìn").replace("trieu", "triệu").replace("dan", "dân")
