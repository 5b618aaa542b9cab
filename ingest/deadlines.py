"""Words about time → one Deadline: of a table cell or labelled line (all of it), or of a sentence (what governs it).

In a sentence only words in a governing place count: at its start ("Trước ngày 25 hằng tháng, cập nhật …"), after a
limit ("hoàn thành trước ngày 15/6/2026", "trong quý II/2026"), in a label ("thời gian: Quý II/2026"), or as its last
clause ("; nhiệm vụ thường xuyên."). "thường xuyên rà soát" in a later clause governs that clause only.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from graph.records import Deadline
from graph.vocabulary import DeadlineKind, Every
from ingest.flat import flat
from ingest.periods import Period, find_periods
from ingest.text import MappedText
from ingest.tsv import alternatives

_UNITS = {"gio": Every.DAY, "ngay": Every.DAY, "tuan": Every.WEEK, "thang": Every.MONTH, "quy": Every.QUARTER}
_UNITS |= {"nam": Every.YEAR, "3 thang": Every.QUARTER, "03 thang": Every.QUARTER, "6 thang": Every.HALF_YEAR}
_UNITS |= {"06 thang": Every.HALF_YEAR, "1 nam": Every.YEAR, "01 nam": Every.YEAR, "9 thang": Every.YEAR}
_UNITS |= {"12 thang": Every.YEAR, "1 thang": Every.MONTH, "01 thang": Every.MONTH, "2 tuan": Every.WEEK}
_ORDER = list(Every)

_QUY = r"quy(?! (?:dinh|hoach|che|mo|trinh|uoc|luat|tac|chuan|doi|tu|dat))"
_UNIT = (
    rf"(?:(?:0?1 )?(?:ngay|tuan|thang|{_QUY}|nam)|(?:0?[1369]|12) thang|giua nhiem ky|cuoi nhiem ky|\d[,.]\d nam)"
    r"\b(?! ?[\d/])"
)
_MORE = rf"(?: {{0,2}}(?:,|/|va|hoac) {{0,2}}(?:(?:hang|moi|dinh ky) )?{_UNIT}){{0,5}}"
#: How often: name → pattern on flat text. Group 1, where there is one, holds the intervals.
RECURRENCE_PATTERNS: dict[str, re.Pattern[str]] = {
    "every": re.compile(rf"\b(?:dinh ky )?(?:hang|moi) {{1,2}}({_UNIT}{_MORE})"),
    "periodically each": re.compile(
        rf"\b(?:dinh ky|theo|sau moi giai doan|so ket|tong ket) {{1,2}}\(?({_UNIT}{_MORE})"
    ),
    "times in": re.compile(
        r"\b(?:\d{1,2}|mot|hai) {0,2}lan ?(?:/|trong|moi|trong mot) ?(?:0?1 )?(thang|quy|nam|tuan|ngay)\b"
    ),
    "once in": re.compile(r"\b(?:moi )?((?:0?[1369]|12) thang|ngay|tuan|thang|quy|nam) ?(?:/|mot|\d{1,2}) ?lan\b"),
    "yearly": re.compile(r"\bthuong nien\b"),
    "months of each year": re.compile(r"\bdinh ky (?:vao )?(?:cac )?thang \d{1,2}"),
    "last month of the quarter": re.compile(r"\bthang cuoi (quy)\b|\bcuoi (quy)\b(?! ?(?:[ivl]{1,4}|[1-4])\b)"),
    "of the reporting month": re.compile(
        r"\bcua (thang) bao cao\b|\bbao cao (thang)\b(?! \d)|\bngay \d{1,2} cua (thang)\b(?! cuoi)"
    ),
    "periodically": re.compile(r"\bdinh ky\b"),
}
_CONTINUOUS = re.compile(rf"\b(?:{alternatives('deadline_words', 'continuous')})\b")
_CONDITION = re.compile(rf"\b(?:{alternatives('deadline_words', 'condition')})")
#: Characters that are looked at, at either end of a text; no directive says when in the middle of more.
_LONGEST = 2000
_EMPTY = re.compile(r"[\s.\-/*…_]*")
_CLAUSE_END = re.compile(r";|\.(?= |$)|(?<=\S) - ")
_NUMBER = re.compile(r"(?:khoan |diem |buoc )?\d{1,2}[.)] ")
_SENTENCE_END = re.compile(r";|\.(?= |$)")


@dataclass(frozen=True, slots=True)
class _Recurrence:
    at: int
    stop: int
    every: Every | None


def _recurrences(text: str) -> list[_Recurrence]:
    found: list[_Recurrence] = []
    for pattern in RECURRENCE_PATTERNS.values():
        for m in pattern.finditer(text):
            if any(r.at < m.end() and m.start() < r.stop for r in found):
                continue
            found.append(_Recurrence(m.start(), m.end(), _shortest(m)))
    return sorted(found, key=lambda r: r.at)


def _shortest(m: re.Match[str]) -> Every | None:
    named = next((g for g in m.groups() if g), None)
    if named is None:
        return None if m.group() == "dinh ky" else Every.YEAR
    parts = re.split(r",(?! ?5)|/| va | hoac ", named)
    units = [_UNITS.get(re.sub(r"^(?:hang|moi|dinh ky) +", "", part.strip())) for part in parts]
    known = [u for u in units if u]
    return min(known, key=_ORDER.index) if known else None


def _text(cell: str | MappedText) -> str:
    return cell if isinstance(cell, str) else cell.text


def read_deadline(cell: str | MappedText, issued_on: dt.date | None = None) -> Deadline | None:
    """The deadline a cell or a labelled line states; None if the cell is empty or "-".

    A cell that cannot be read comes back as kind none with its text kept: report it.
    ``issued_on`` gives the year where the cell prints none ("Quý III").

    >>> read_deadline("Tháng 5/2026").end
    datetime.date(2026, 5, 31)
    """
    printed = " ".join(_text(cell)[:_LONGEST].split())
    if _EMPTY.fullmatch(printed):
        return None
    plain = flat(printed)
    year = issued_on.year if issued_on else None
    return _combine(printed, plain, find_periods(plain, year)) or Deadline(text=printed)


def _combine(printed: str, plain: str, periods: list[Period]) -> Deadline | None:
    """One reading of several: a recurrence beats a span; else what stands first in the text."""
    period = _main(periods)
    recurrence = _best(_recurrences(plain))
    if recurrence and (recurrence.every or not period):
        start = period.start if period and period.dated and period.at < recurrence.at else None
        return Deadline(kind=DeadlineKind.RECURRING, text=printed, every=recurrence.every, start=start)
    condition, continuous = _CONDITION.search(plain), _CONTINUOUS.search(plain)
    places = [
        (condition.start() if condition else None, DeadlineKind.CONDITIONAL),
        (continuous.start() if continuous else None, DeadlineKind.CONTINUOUS),
        (period.at if period and not _counted(plain, period) else None, period.kind if period else DeadlineKind.NONE),
    ]
    known = sorted((at, kind) for at, kind in places if at is not None)
    if not known:
        return None
    kind = known[0][1]
    if kind is DeadlineKind.CONDITIONAL:
        return Deadline(kind=kind, text=printed, condition=printed)
    if kind is DeadlineKind.CONTINUOUS or period is None:
        return Deadline(kind=kind, text=printed)
    return Deadline(kind=kind, text=printed, start=period.start, end=period.end)


def _counted(plain: str, period: Period) -> bool:
    """ "kể từ ngày 01/6/2026": the date from which one counts, not the one by which."""
    return bool(re.search(r"\bke tu (?:ngay )?$", plain[: period.at]))


def _main(periods: list[Period]) -> Period | None:
    """The first span; of several days the last one, by which all is done ("15/6/2026; 15/12/2026")."""
    if not periods:
        return None
    if periods[0].kind is DeadlineKind.DATE:
        days = [p for p in periods if p.kind is DeadlineKind.DATE and p.end]
        return max(days, key=lambda p: p.end or dt.date.min)
    return periods[0]


def _best(found: list[_Recurrence]) -> _Recurrence | None:
    known = [r for r in found if r.every]
    return min(known, key=lambda r: _ORDER.index(r.every or Every.YEAR)) if known else (found[0] if found else None)


_PAST = re.compile(
    r"\b(?:(?<![,;] )(?<!\bva )ban hanh|phat sinh|tiep nhan|hieu luc|duoc cap|da|tinh den|so lieu|chot so lieu) ?$"
)
#: What makes a span in the middle of a sentence a limit.
LIMIT = re.compile(
    r"(?:\b(?:truoc|cham nhat(?: la)?|muon nhat(?: la)?|khong qua|den het|han chot(?: la)?|xong truoc"
    r"|hoan thanh(?: truoc)?|xong)(?: \d{1,2} ?(?:h|gio) ?\d{0,2},?)?(?: (?:den )?(?:het |trong )?ngay| trong| den)?"
    r"|\b(?:ngay|thoi gian|thoi han|tien do)[^;.]{0,40}:|\btrong(?: ngay)?"
    r"|\bthoi gian(?: thuc hien| hoan thanh)?|\() {0,2}$"
)
_OPENING = re.compile(
    r"(?:dinh ky|hang|moi|truoc|cham nhat|trong (?:quy|thang|nam|vong|thoi han)|thuong xuyen|sau khi|ngay sau khi"
    r"|khi co|khi nhan|(?:vao |den |den het |het )?(?:quy|thang|nam|ngay) (?=[ivl\d]))\b"
)
#: At the very end of a sentence of one clause: "… sơ kết vào tháng 6/2028.", "… ngay sau khi nghị định được ban hành."
_TRAILING = re.compile(
    r"(?:\bvao(?: cac)? (?=(?:sang |chieu |toi |dau |cuoi |giua )?(?:ngay|tuan|thang|quy|nam|thu|dip|6|chu nhat)\b)"
    r"|(?:\btrong|(?<=von)|(?<=phi)) giai doan |\btrong suot |\b(?:ngay )?sau khi "
    r"|\b(?:ngay )?khi (?:co|ket thuc|hoan thanh|duoc) (?!the\b))[^;]{3,120}$"
)
_CLOSING = re.compile(
    r"[;.,(-] {0,2}(?:(?:la |day la )?nhiem vu (?:thuong xuyen|hang (?:nam|quy|thang))"
    r"|(?:duoc )?(?:thuc hien|trien khai|tien hanh)(?: mot cach)? (?:thuong xuyen|lien tuc))[ .;)]{0,3}$"
)
_EVERY = r"(?:0?[36] thang|(?:hang|moi) (?:tuan|thang|quy|nam))"
#: "báo cáo định kỳ", and a recurrence at the end of a sentence: "… rà soát định kỳ 6 tháng. Phối hợp …".
_REGULAR_REPORT = re.compile(
    rf"\bbao cao dinh ky\b(?: \(?(?:(?:hang|moi) )?{_UNIT}{_MORE})?|\bdinh ky {_EVERY}(?= ?[.;]|$)"
)
_ATTRIBUTE = re.compile(
    r"\b(?:du toan|ngan sach|ke hoach|chuong trinh|kinh phi|nhiem vu|cong tac|chi|(?<!chuyen )muc"
    r"|bao cao|sinh hoat chi bo) $"
)
_COUNTED = re.compile(
    r"\b(?:trong(?: vong| thoi han)?|cham nhat(?: la)?|khong qua|sau)(?: la)? {0,2}\d{1,3} (?:ngay|gio|thang|tuan)"
    r"[^;.]{0,80}"
)


def find_deadline(sentence: str | MappedText, issued_on: dt.date | None = None) -> Deadline | None:
    """The deadline that governs the whole of a task written as prose, None if there is none.

    >>> find_deadline("Rà soát số liệu, hoàn thành trước ngày 15/6/2026.").end
    datetime.date(2026, 6, 15)
    """
    printed = _text(sentence)
    if len(printed) > 2 * _LONGEST:
        printed = f"{printed[:_LONGEST]} … {printed[-_LONGEST:]}"
    plain = flat(printed)
    for found in (_closing, _opening, _limit, _counting, _regular, _trailing):
        part = found(plain, issued_on)
        if part and part[0] < part[1]:
            deadline = read_deadline(printed[part[0] : part[1]].strip(" ,;.():-"), issued_on)
            if deadline and deadline.kind is not DeadlineKind.NONE:
                return deadline
    return None


def _closing(plain: str, _: dt.date | None) -> tuple[int, int] | None:
    m = _CLOSING.search(plain, max(0, len(plain) - 60))
    return (m.start() + 1, m.end()) if m else None


def _opening(plain: str, _: dt.date | None) -> tuple[int, int] | None:
    """Words of time before the verb: up to the first comma or colon that follows a time, or the time alone."""
    m = _OPENING.match(plain)
    if not m:
        return None
    if m.group() == "thuong xuyen":
        return 0, m.end()
    recurrences = [r for r in _recurrences(plain[:160]) if r.every]
    ends = [r.stop for r in recurrences] + [p.stop for p in find_periods(plain[:160], 2000)]
    if m.group().startswith(("hang", "moi", "dinh ky")):
        return (0, recurrences[0].stop) if recurrences and recurrences[0].at == 0 else None
    first = min(ends, default=0)
    if m.group().startswith(("vao", "den", "het", "quy", "thang", "nam")) or re.match(r"ngay [ivl\d]", plain):
        last = max((e for e in ends if e <= first + 20), default=0)
        return (0, last) if first and re.match(r" ?[,:]", plain[last:]) else None
    if m.group().startswith(("sau", "ngay", "khi", "trong vong", "trong thoi han")):
        comma = plain.find(",", 0, 200)
        return (0, comma) if comma > 0 else None
    return (0, max(e for e in ends if e <= first + 20)) if first and first < 80 else None


def _limit(plain: str, issued_on: dt.date | None) -> tuple[int, int] | None:
    """The last span that a limit word makes a deadline; past spans and effective dates are none."""
    year = issued_on.year if issued_on else None
    best: tuple[int, int] | None = None
    for period in find_periods(plain, year):
        lead = LIMIT.search(plain, max(0, period.at - 60), period.at)
        if not lead or _PAST.search(plain[max(0, lead.start() - 20) : lead.start()].rstrip() + " "):
            continue
        if _of_a_part(plain, lead.start()):
            continue
        if lead.group().startswith("(") and not plain[period.stop :].lstrip().startswith(")"):
            continue
        tail = re.match(r" {0,2}(?:hang|moi) (?:nam|quy|thang)", plain[period.stop :])
        if issued_on and period.end and period.end < issued_on and not tail:
            continue
        best = _since(plain, lead.start(), period), period.stop + (tail.end() if tail else 0)
    return _monthly_day(plain) or best


def _of_a_part(plain: str, at: int) -> bool:
    """ "Là đầu mối theo dõi …; xây dựng phần mềm, hoàn thành trước ngày 30/6": no limit of the standing role."""
    return plain.startswith("la ") and plain.rfind(";", 0, at) > 0


def _since(plain: str, at: int, period: Period) -> int:
    """Where a limit begins: "định kỳ 6 tháng (trước ngày 15/6)" is a recurrence with its day, no single date."""
    clause = max(plain.rfind(";", 0, at), plain.rfind(". ", 0, at)) + 1
    known = [] if period.dated else [r.at for r in _recurrences(plain[clause:at]) if r.every]
    return clause + known[0] if known else at


def _monthly_day(plain: str) -> tuple[int, int] | None:
    """ "trước ngày 25 hằng tháng", "gửi trước ngày 08 của tháng báo cáo": a day without month or year.

    "hằng tháng (trước ngày 15), quý (trước ngày 15 tháng cuối quý)": the interval is outside the brackets.
    """
    if m := re.search(r"\b(?:hang|moi|dinh ky) {1,2}(?:tuan|thang|quy) ?\((?:truoc|cham nhat)[^()]{2,40}\)", plain):
        return m.span()
    m = re.search(
        r"\btruoc (?:\d{1,2} ?(?:h|gio) ?\d{0,2},? )?(?:ngay )?\d{1,2} (?:hang|moi|cua|thang cuoi)[^;.,()]{0,40}", plain
    )
    return m.span() if m else None


def _counting(plain: str, _: dt.date | None) -> tuple[int, int] | None:
    m = _COUNTED.search(plain)
    return m.span() if m and _CONDITION.search(m.group()) else None


def _regular(plain: str, _: dt.date | None) -> tuple[int, int] | None:
    """A recurrence in the first clause ("kiểm tra hằng năm"), or a duty to report regularly."""
    end = _CLAUSE_END.search(plain)
    for r in _recurrences(plain[: end.start() if end else len(plain)]):
        attribute = _ATTRIBUTE.search(plain[: r.at]) or plain.startswith(" cua", r.stop)
        if r.every and not attribute and plain[r.at : r.stop] != "thuong nien":
            return r.at, r.stop
    report = _REGULAR_REPORT.search(plain)
    if report is None or (report.group().startswith("dinh") and ";" in plain[: report.start()]):
        return None  # "kiểm tra việc thực hiện; họp định kỳ hằng quý": of the meetings only
    return report.span()


def _trailing(plain: str, _: dt.date | None) -> tuple[int, int] | None:
    """Words of time at the end of a sentence that is one clause."""
    text = plain.rstrip(" .;")
    m = _TRAILING.search(text, max(0, len(text) - 160))
    numbered = _NUMBER.match(text)
    return m.span() if m and not _SENTENCE_END.search(text, numbered.end() if numbered else 0) else None
