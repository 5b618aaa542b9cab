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

from ingest.citation_forms import TYPE_WORDS, Token, find_numbers
from ingest.dates import as_date, find_dates
from ingest.flat import flat
from ingest.lines import Line
from ingest.relation_cues import SENTENCE
from ingest.text import MappedText

_FIRST_LINES = 12
_WORDS = "|".join(sorted(TYPE_WORDS, key=len, reverse=True))
_ISSUED = re.compile(
    rf"(?<![a-z])(?:da |vua |moi )*(?:ky ban hanh|ban hanh|ky|ra|co) (?P<type>{_WORDS})"
    r"(?: hanh dong| khan| hoa toc)*(?: so(?= ?:? ?\d)| (?=\d))"
)
_ANNOUNCED = re.compile(
    rf"(?<![a-z])(?:toan van|nguyen van|noi dung(?: cua)? (?:{_WORDS})[a-z ]{{0,20}}(?:nhu sau|:))(?![a-z])?"
)
_ADOPTED = re.compile(rf"(?:ban hanh|ra|lap|xay dung) (?P<type>{_WORDS})(?: [^;:.]{{0,120}})? (?:nhu sau|sau day) ?:")
_DAY = re.compile(r"ngay {1,2}(\d{1,2})/(\d{1,2})(?![/\d])")
#: What begins a headline goes on to its subject or its issuer; "Kế hoạch này …" and "Luật Hộ tịch; …" are prose.
_HEADLINE = re.compile(rf"(?P<type>{_WORDS})(?: khan| hoa toc| hanh dong)? (?!nay |so |ngay |\d)[^;]{{10,300}}")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of the directive it shows; None where it does not say. ``type_word`` is flat."""

    text: MappedText
    token: Token | None = None
    type_word: str | None = None
    issued_on: dt.date | None = None


def read_page(lines: Sequence[Line]) -> Page:
    """The directive that the first lines of a page announce. ``lines``: those of a text without a letterhead."""
    text = MappedText.join((x.text for x in lines[:_FIRST_LINES]), "\n")
    plain = flat(text.text)
    issued = _ISSUED.search(plain) if _ANNOUNCED.search(plain) else None
    adopted = _ADOPTED.search(plain)
    word = issued["type"] if issued else headline(lines)[1] or (adopted["type"] if adopted else None)
    if issued is None:
        return Page(text, type_word=word)
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
