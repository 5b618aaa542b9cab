"""One text (a block, a cell) → the citations in it: words that name a directive, each with what they say of it.

    Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị (sau đây gọi là Nghị quyết 57)
    ^start        ^number  ^date           ^issuer        ^head_end          ^alias

A citation exists before and without its target. Short forms ("Nghị quyết 57") have no number, only an ordinal.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.numbers import DirectiveNumber
from graph.vocabulary import DirectiveType as D
from ingest.citation_forms import SHORT, Token, find_numbers, of_province
from ingest.dates import find_dates
from ingest.flat import flat
from ingest.issuers import Issuer, read_issuer
from ingest.text import MappedText
from ingest.type_words import ABBREVIATIONS, TYPE_WORD, TYPE_WORDS


@dataclass(frozen=True, slots=True)
class Citation:
    """Words that name a directive. All offsets are characters of the text it was found in.

    ``start``: its type word (or its number where it has none); ``head_end``: end of number, date and issuer.
    ``number`` is None for a short form, which has only ``ordinal``. ``shared``: takes its type word from a list.
    ``alias``: the short name that the text gives it here; ``in_alias``: it stands inside such a bracket itself.
    """

    start: int
    head_end: int
    number_start: int
    number_end: int
    ordinal: str
    number: DirectiveNumber | None
    type: D | None
    date: dt.date | None = None
    year: int | None = None
    issuer: str | None = None
    alias: str | None = None
    shared: bool = False
    in_alias: bool = False
    defects: tuple[str, ...] = ()


_GLUE = re.compile(r"[ ,;:]{0,4}(?:va|hoac|cung)?[ ,;]{0,3}(?:so ?:? {0,2})?(?:cac )?$")
_ISSUER_LEAD = re.compile(r"[ ,]{0,3}\(? ?(?:cua|do) {1,2}")
#: Blanks, a comma, a bracket; in Markdown also the end of a link or of bold letters.
_DATE_GAP = re.compile(r"(?:\*\*|\]\([^)\s]{0,200}\)|\*)?[ ,]{0,4}\(?")
#: The year of a directive stands before its issuer; "thực hiện Nghị quyết số 57-NQ/TW năm 2026" is the year of work.
_YEAR = re.compile(r"[ ,]{0,4}nam {1,2}((?:19|20)\d\d)(?= {1,2}(?:cua|do) )")
_TERM = re.compile(r"[ ,(]{0,3}khoa [xvi]{1,6}\)?(?![a-z])")
_ALIAS = re.compile(
    r"\((?:[^()]{0,40}?)(?:sau day |duoc )?(?:(?:sau day )?(?:viet tat|goi tat|goi chung|goi)(?: (?:tat|"
    r"chung))?(?: la)?):? {0,2}(?P<name>[^()]{1,120})\)"
)
_AMENDING_LAW = re.compile(r"(?<![a-z])(?:bo luat|luat|phap lenh) ?sua d?oi,? (?:va )?bo sung(?=[^;:()]{0,160}$)")
_ISSUED_ON = re.compile(
    r"(?:^|[.;:+\-] {1,2}|^[-+ ]{1,4})(?P<day>ngay {1,2}[\d/.\- a-z]{8,26}), (?P<who>[^.;,\d]{2,70}?) (?:da )?"
    r"(?:(?:ky,? (?:va )?)?ban hanh|co|ky|phe duyet|ra|thong qua) $"
)
_BEFORE = re.compile(
    r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|tinh uy|thanh uy|ban thuong vu|ban chap hanh|chinh phu|"
    r"thu tuong|bo chinh tri|"
    r"giam doc|chanh van phong|chu tich|bo truong|quoc hoi|ban bi thu|dang uy|bo [a-z]{2,6}|so [a-z]{2,6})(?![a-z])"
)
_SAYS = re.compile(
    r"(?: da| duoc| moi)?(?: (?:ban hanh|phe duyet|thong qua|giao|quyet dinh|chi dao|"
    r"cong bo))(?: [a-z]{1,8}){0,4}(?: tai| theo| kem theo)[ ,:]{0,3}$|[ ]{0,2}:[ ]{0,2}$| tai(?: cac)? {0,2}$"
)


def find_citations(text: MappedText | str) -> list[Citation]:
    """Citations in the order in which they stand; lists that share a type word give one each.

    >>> [c.ordinal for c in find_citations("các Kế hoạch: số 120-KH/TU, ngày 03/2/2025 và số 131-KH/TU")]
    ['120', '131']
    """
    words = text.text if isinstance(text, MappedText) else text
    plain = flat(words)
    tokens = find_numbers(words, plain)
    found: list[Citation] = []
    for i, token in enumerate(tokens):
        limit = tokens[i + 1].start if i + 1 < len(tokens) else len(words)
        found.append(_full(words, plain, token, found[-1] if found else None, limit))
    found = _share_issuers(plain, found)
    found = _with_aliases(words, plain, found)
    return sorted([*found, *_short_forms(words, plain, found)], key=lambda c: c.number_start)


def _full(words: str, plain: str, token: Token, previous: Citation | None, limit: int) -> Citation:
    floor = previous.head_end if previous else 0
    start, kind, shared = _type_word(words, plain, token, floor, previous)
    date, year, issuer, end = _attributes(words, plain, token.end, limit)
    date = date or _date_before(words, plain, start, floor)
    if issuer is None:
        issuer = _issuer_between(words, plain, start, token.start) or _issuer_before(words, plain, start, floor)
    provincial = issuer is not None and re.search(r"(?:tinh|thanh) uy", flat(issuer.name)) is not None
    number, defects = of_province(token.number, words[token.start : token.end], provincial)
    return Citation(
        start=start,
        head_end=end,
        number_start=token.start,
        number_end=token.end,
        ordinal=number.ordinal,
        number=number,
        type=kind,
        date=date,
        year=number.year or year,
        issuer=issuer.name if issuer else None,
        shared=shared,
        defects=(*token.defects, *defects),
    )


def _type_word(
    words: str, plain: str, token: Token, floor: int, previous: Citation | None
) -> tuple[int, D | None, bool]:
    """Where the type word stands, the type it gives, and whether it is shared with the citation before."""
    low = max(floor, token.start - 160)
    window = re.split(r"[;.](?= )", plain[low : token.start])[-1]
    low = token.start - len(window)
    code = token.number.type
    candidates = [(low + m.start(), TYPE_WORDS[m.group()]) for m in TYPE_WORD.finditer(window)]
    abbr = re.search(rf"(?<![a-z])({'|'.join(ABBREVIATIONS)})\.? {{0,2}}(?:so )?:? {{0,2}}$", window)
    if abbr:
        candidates.append((low + abbr.start(), ABBREVIATIONS[abbr[1]]))
    fitting = [(at, word) for at, word in candidates if _fits(word, code, token.number, words[at])]
    if fitting:
        at, word = fitting[-1]
        at = _amending_law(words, plain, low, at) if word in (D.LAW, D.ORDINANCE) else at
        return at, _kind(word, code, token.number), False
    direct = re.search(r"so ?:? {0,2}$", window)
    if candidates and code is D.OFFICIAL_LETTER and direct and len(window) - (candidates[-1][0] - low) <= 36:
        return candidates[-1][0], candidates[-1][1], False
    near = [c for c in candidates if token.start - c[0] <= 40 and ";" not in plain[c[0] : token.start]]
    if near and code is None:
        return near[-1][0], near[-1][1], False
    if previous and _GLUE.fullmatch(plain[previous.head_end : token.start]):
        return _number_word(plain, token.start), code or previous.type, True
    odd = [c for c in near if re.fullmatch(r"[a-z ]{0,40} so ?:? {0,2}", plain[c[0] : token.start])]
    at = odd[-1][0] if odd else _number_word(plain, token.start)
    return at, code, False


def _amending_law(words: str, plain: str, low: int, at: int) -> int:
    """ "Luật sửa đổi, bổ sung một số điều của Luật X số N": the number is the amending law's."""
    first = _AMENDING_LAW.search(plain, low, at)
    return first.start() if first and words[first.start()].isupper() else at


def _number_word(plain: str, start: int) -> int:
    m = re.search(r"(?<![a-z])so ?:? {0,2}$", plain[max(0, start - 6) : start])
    return start - len(m.group()) if m else start


def _fits(word: D, code: D | None, number: DirectiveNumber, initial: str) -> bool:
    if code is None:
        return word in (D.LAW, D.RESOLUTION, D.ORDINANCE) and (word is not D.LAW or initial.isupper())
    if number.party and number.type_code == "QĐ":
        return word in (D.DECISION, D.RULES)
    if code is D.OFFICIAL_LETTER:
        return word in (D.OFFICIAL_LETTER, D.TELEGRAM)
    return word is code


def _kind(word: D, code: D | None, number: DirectiveNumber) -> D | None:
    if number.party and number.type_code == "QĐ":
        return word
    return word if code is None else code


def _attributes(words: str, plain: str, at: int, limit: int) -> tuple[dt.date | None, int | None, Issuer | None, int]:
    """Date, year, issuer after a number, in any order, and where they end."""
    date, year, issuer, end = None, None, None, at
    for _ in range(4):
        gap = _DATE_GAP.match(plain, end, limit)
        stamp = find_dates(words[gap.end() : min(limit, gap.end() + 32)]) if gap and date is None else []
        if gap and stamp and stamp[0][0] == 0:
            date, end = stamp[0][2], gap.end() + stamp[0][1]
        elif (m := _YEAR.match(plain, end, limit)) and year is None and date is None:
            year, end = int(m[1]), m.end()
        elif m := _TERM.match(plain, end, limit):
            end = m.end()
        elif (m := _ISSUER_LEAD.match(plain, end, limit)) and issuer is None:
            issuer = read_issuer(words, plain, m.end(), limit)
            if issuer is None:
                break
            end = issuer.end
        else:
            break
    return date, date.year if date else year, issuer, end


def _date_before(words: str, plain: str, start: int, floor: int) -> dt.date | None:
    """ "Ngày 14/01/2026, UBND tỉnh ban hành Kế hoạch số …": the day on which the sentence says it was issued."""
    low = max(floor, start - 130)
    m = _ISSUED_ON.search(plain, low, start)
    dates = find_dates(words[m.start("day") : m.end("day")]) if m else []
    return dates[0][2] if dates else None


def _issuer_between(words: str, plain: str, start: int, end: int) -> Issuer | None:
    """ "Kế hoạch của Ban Chấp hành Đảng bộ tỉnh: số 120-KH/TU": between the type word and the number."""
    m = re.compile(r" cua ").search(plain, start, end)
    return read_issuer(words, plain, m.end(), end) if m else None


def _issuer_before(words: str, plain: str, start: int, floor: int) -> Issuer | None:
    """ "đã được UBND thành phố ban hành tại Quyết định số …", "các Chỉ thị của Tỉnh ủy: số …"."""
    low = max(floor, start - 110)
    for m in reversed(list(_BEFORE.finditer(plain, low, start))):
        if re.search(r"[;.](?= )", plain[m.start() : start]):
            continue
        issuer = read_issuer(words, plain, m.start(), start)
        owned = issuer and re.search(r"(?:cua|do|duoc) $", plain[max(0, m.start() - 6) : m.start()])
        if issuer and owned and _SAYS.fullmatch(plain, issuer.end, start):
            return issuer
    return None


def _share_issuers(plain: str, found: list[Citation]) -> list[Citation]:
    """ "số A ngày …, số B ngày … của Ban Chỉ đạo Trung ương": the last of a list names the issuer of all."""
    result = list(found)
    for i in range(len(result) - 2, -1, -1):
        here, following = result[i], result[i + 1]
        between = plain[here.head_end : following.start]
        if (
            here.issuer is None
            and following.issuer
            and _same_code(here, following)
            and _GLUE.fullmatch(between)
            and (following.shared or ";" not in between)
        ):
            result[i] = replace(here, issuer=following.issuer)
    for i in range(1, len(result)):
        here, before = result[i], result[i - 1]
        if here.issuer is None and before.issuer and here.shared and _same_code(here, before):
            result[i] = replace(here, issuer=before.issuer)
    return result


def _same_code(a: Citation, b: Citation) -> bool:
    return a.number is not None and b.number is not None and a.number.issuer == b.number.issuer


def _with_aliases(words: str, plain: str, found: list[Citation]) -> list[Citation]:
    """Give each "(sau đây gọi tắt là …)" to its citation: the one it repeats, else the first of its item."""
    result = list(found)
    starts = [c.number_start for c in found]
    item = first = last = 0
    firsts: dict[str, int] = {}  # key or ordinal of each citation of the item → where it stands first
    for m in _ALIAS.finditer(plain):
        begin = _item_start(plain, item, m.start())
        if begin > item or not firsts:
            item, first, firsts = begin, bisect_right(starts, begin), {}
            last = first
        inside = range(bisect_left(starts, m.start()), bisect_left(starts, m.end()))
        for i in range(last, inside.start):
            for name in _names_of(result[i]):
                firsts.setdefault(name, i)
        last = max(last, inside.stop)
        for i in inside:
            result[i] = replace(result[i], in_alias=True)
        if inside.start == first:
            continue
        alias = words[m.start("name") : m.end("name")].strip(" “”\"'.")
        owner = min((firsts[n] for n in _repeated(alias, result, inside) if n in firsts), default=first)
        if result[owner].alias is None:
            result[owner] = replace(result[owner], alias=alias)
    return result


def _item_start(plain: str, low: int, at: int) -> int:
    return max(plain.rfind(";", low, at), plain.rfind(". ", low, at), low)


def _names_of(c: Citation) -> tuple[str, ...]:
    return (c.number.key, c.number.ordinal) if c.number else ()


def _repeated(alias: str, found: list[Citation], inside: range) -> Iterator[str]:
    """What an alias repeats: the number that stands in it, or the ordinal of its short form."""
    yield from (n.key for i in inside if (n := found[i].number) is not None)
    if short := SHORT.search(flat(alias)):
        yield short["ordinal"]


def find_aliases(text: MappedText | str) -> list[tuple[int, int, str, str]]:
    """ "… (sau đây viết tắt là X)": (start, end, X, what stands before the bracket in its item)."""
    words = text.text if isinstance(text, MappedText) else text
    plain = flat(words)
    found: list[tuple[int, int, str, str]] = []
    for m in _ALIAS.finditer(plain):
        item = max(plain.rfind(";", 0, m.start()), plain.rfind(". ", 0, m.start()), m.start() - 400)
        means = re.sub(r"^(?:Căn cứ|Thực hiện|Triển khai) ", "", words[item + 1 : m.start()].strip())
        found.append((m.start(), m.end(), words[m.start("name") : m.end("name")].strip(" “”\"'."), means))
    return found


def _short_forms(words: str, plain: str, full: list[Citation]) -> list[Citation]:
    brackets = [m.span() for m in _ALIAS.finditer(plain)]
    spans = sorted([*((c.start, c.head_end) for c in full if not c.in_alias), *brackets])
    found: list[Citation] = []
    for m in SHORT.finditer(plain):
        at = bisect_right(spans, (m.start(), len(words)))
        if any(s < m.end() and m.start() < e for s, e in spans[max(0, at - 1) : at + 1]):
            continue
        kind = TYPE_WORDS[m["word"]] if m["word"] else ABBREVIATIONS[m["abbr"]]
        date, year, issuer, end = _attributes(words, plain, m.end(), min(len(words), m.end() + 200))
        found.append(
            Citation(
                start=m.start(),
                head_end=end,
                number_start=m.start("ordinal"),
                number_end=m.end(),
                ordinal=m["ordinal"].lstrip("0") or "0",
                number=None,
                type=kind,
                date=date,
                year=year,
                issuer=issuer.name if issuer else None,
            )
        )
    return found
