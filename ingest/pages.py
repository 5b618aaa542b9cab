"""A page of a portal or a newspaper without a letterhead → what its headline and its introduction say of the directive.

    Ngày 14/11/2016, Tỉnh ủy đã ban hành Nghị quyết số 10-NQ/TU về … Báo xin giới thiệu toàn văn.
    ^date            ^issuer             ^type        ^number                    ^announced

A number is the directive's own only where the page announces its text; the page's own dates say nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.citation_forms import Token, find_numbers
from ingest.dates import as_date, find_dates
from ingest.flat import flat
from ingest.lines import Line
from ingest.relation_cues import SENTENCE
from ingest.text import MappedText
from ingest.type_words import ANY_TYPE

_FIRST_LINES = 12
_ISSUED = re.compile(
    rf"(?<![a-z])(?:da |vua |moi )*(?:ky ban hanh|ban hanh|ky|ra|co) (?P<type>{ANY_TYPE})"
    r"(?: hanh dong| khan| hoa toc)*(?: so(?= ?:? ?\d)| (?=\d))"
)
_ANNOUNCED = re.compile(
    rf"(?<![a-z])(?:toan van|nguyen van|noi dung(?: cua)? (?:{ANY_TYPE})[a-z ]{{0,20}}(?:nhu sau|:))"
)
_ADOPTED = re.compile(rf"(?:ban hanh|ra|lap|xay dung) (?P<type>{ANY_TYPE})(?: [^;:.]{{0,120}})? (?:nhu sau|sau day) ?:")
#: "I. CĂN CỨ LẬP KẾ HOẠCH" tells what a text is whose title was lost.
_FOUNDED = re.compile(
    rf"(?:can cu|co so)(?: phap ly)?(?: (?:de|cua|khi))?(?: viec)? (?:lap|xay dung|ban hanh|soan thao) (?!van ban)"
    rf"(?P<type>{ANY_TYPE})(?![a-z]| [a-z ]{{0,20}}so \d)"
)
_PORTAL = re.compile(
    r"[*# ]{0,4}(?:trang|cong) (?:thong tin dien tu|ttdt|dien tu)(?: thanh phan)?(?: cua)? (?P<body>.{4,80})"
)
_ENDS_NAME = re.compile(r"https?:|www\.| [-–|] |[|,;.:]|$")
_UNIT = re.compile(r"(?:xa|phuong|dac khu|thi tran|huyen|quan|thi xa|thanh pho|tinh) ")
_OF_BODY = re.compile(
    r"(?<![a-z])cua (?:ubnd|uy ban|hdnd|hoi dong|tinh uy|thanh uy|dang uy|ban |bo |so |chinh phu|thu tuong)"
)
_DAY = re.compile(r"ngay {1,2}(\d{1,2})/(\d{1,2})(?![/\d])")
#: What begins a headline goes on to its subject or its issuer; "Kế hoạch này …" and "Luật Hộ tịch; …" are prose.
_HEADLINE = re.compile(rf"(?P<type>{ANY_TYPE})(?: khan| hoa toc| hanh dong)? (?!nay |so |ngay |\d)[^;]{{10,300}}")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of the directive it shows; None where it does not say. ``type_word`` is flat.

    ``shown``: the page names the type of its text and in its headline no body that it comes from.
    """

    text: MappedText
    token: Token | None = None
    type_word: str | None = None
    issued_on: dt.date | None = None
    shown: bool = False


def read_page(lines: Sequence[Line]) -> Page:
    """The directive that the first lines of a page announce. ``lines``: those of a text without a letterhead."""
    text = MappedText.join((x.text for x in lines[:_FIRST_LINES]), "\n")
    plain = flat(text.text)
    issued = _ISSUED.search(plain) if _ANNOUNCED.search(plain) else None
    adopted = _ADOPTED.search(plain)
    _, over, subject = headline(lines)
    told = adopted or _FOUNDED.search(plain)
    word = issued["type"] if issued else over or (told["type"] if told else None)
    if issued is None:
        return Page(text, type_word=word, shown=word is not None and not _OF_BODY.search(flat(subject)))
    token = next((t for t in find_numbers(text.text, plain) if 0 <= t.start - issued.end() <= 4), None)
    return Page(text, token, word, _day_of(text.text, plain, issued.start(), token.end if token else issued.end()))


def headline(lines: Sequence[Line]) -> tuple[int | None, str | None, str]:
    """Index, type word and subject of the line over a page's text: "Hướng dẫn tuyên truyền Ngày …"; else None."""
    for i, line in enumerate(lines[:5]):
        words = line.text.text.strip(" *#_>")
        m = _HEADLINE.fullmatch(flat(words))
        if m and words[:1].isupper() and words[-1] not in ".;:," and m["type"] != "van ban":
            return i, m["type"], words[m.end("type") :].strip(" :-")
    return None, None, ""


def portal_body(lines: Sequence[Line]) -> str | None:
    """Whose portal shows the text: "Trang thông tin điện tử xã A" is that of its People's Committee; else None."""
    for line in lines[:3]:
        m = _PORTAL.match(flat(line.text.text))
        if m:
            named = line.text.text[m.start("body") :]
            end = _ENDS_NAME.search(flat(named))
            named = named[: end.start()].strip() if end else named
            return f"Ủy ban nhân dân {named}" if _UNIT.match(flat(named)) else named
    return None


def _day_of(text: str, plain: str, start: int, end: int) -> dt.date | None:
    """The day of the sentence that announces: before the number or right behind it; its year may be the page's."""
    begin = max((m.end() for m in SENTENCE.finditer(plain, 0, start)), default=0)
    begin = max(begin, text.rfind("\n", 0, start) + 1)
    dates = find_dates(text[begin:start]) or [d for d in find_dates(text[end : end + 30]) if d[0] <= 3]
    if dates:
        return dates[0][2]
    day = _DAY.search(plain, begin, start)
    stamps = [d for _, _, d in find_dates(text[:begin])]
    return next((d for d in stamps if day and d == as_date(day[1], day[2], str(d.year))), None)
