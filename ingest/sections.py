"""Heading of an outline → what stands under it: duties, who carries out, measured aims, or nothing to do.

Purposes, viewpoints, award criteria, funding and closing formulas hold no tasks (ingest/data/section_words.tsv and
closing_words.tsv). A heading that names several things ("Đối tượng, nội dung, thời gian") leaves it to its children.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from ingest.flat import flat
from ingest.structure import Block, Style
from ingest.tsv import rows


class Under(StrEnum):
    """What stands under a heading."""

    DUTY = "duty"  # tasks and solutions
    ORGANISE = "organise"  # who does what
    OBJECTIVE = "objective"  # measured aims
    NONE = "none"  # nothing to do
    PAST = "past"  # what was done and found, also under headings below that sound like duties
    MIXED = "mixed"  # the children tell


_FILLER = re.compile(r"(?:(?:mot so|cac|nhung|ve|cong tac|doi voi|nhom|phan)\b ?){0,3}")
#: "Phương hướng, nhiệm vụ năm 2026" announces tasks, "Phương hướng" alone a direction.
_AIMS = re.compile(r"^(?:phuong huong|dinh huong)(?:,| va|,? va)? {1,2}(?=.{0,20}nhiem vu)")
_HEADING_STYLES = {Style.PHAN, Style.CHUONG, Style.MUC, Style.DIEU, Style.ROMAN, Style.HEADING}
_MAX_HEADING = 160


@cache
def _words() -> tuple[tuple[Under, re.Pattern[str]], ...]:
    return tuple((Under(row["kind"]), re.compile(rf"(?:{row['pattern']})\b")) for row in rows("section_words"))


@cache
def _closing() -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:{row['pattern']})" for row in rows("closing_words")))


def is_closing(text: str) -> bool:
    """Whether a paragraph is a closing formula, a funding sentence or a pointer to an appendix.

    >>> is_closing("Quyết định này có hiệu lực kể từ ngày ký.")
    True
    """
    return bool(_closing().match(flat(text).strip(" *_(")))


def under(heading: str) -> Under | None:
    """What a heading (without its number) announces; None if its words tell nothing.

    >>> under("MỤC TIÊU")
    <Under.OBJECTIVE: 'objective'>
    """
    plain = flat(heading).strip(" *_#.:;")
    if not plain or len(plain) > _MAX_HEADING:
        return None
    plain = _AIMS.sub("", plain)
    whole = _one(plain)
    parts = [p for p in re.split(r",| va |;| - ", plain) if p.strip()]
    named = {kind for part in parts if (kind := _one(part.strip()))}
    duties = named & {Under.DUTY, Under.ORGANISE}
    if whole is Under.DUTY and duties == {Under.DUTY, Under.ORGANISE}:
        return Under.DUTY
    if duties and named - duties and plain == heading_start(plain):
        return Under.MIXED
    return whole


def heading_start(plain: str) -> str:
    """A heading up to its first sentence end."""
    return re.split(r"[.:;](?: |$)", plain, maxsplit=1)[0]


def _one(plain: str) -> Under | None:
    start = _FILLER.match(plain)
    rest = plain[start.end() :] if start else plain
    for kind, pattern in _words():
        if pattern.match(plain) or pattern.match(rest):
            return kind
    return None


def is_heading(block: Block) -> bool:
    """Whether a block only opens what stands under it: high style, capitals, or short and without a sentence's end."""
    text = block.text.text.strip()
    if block.style in _HEADING_STYLES and len(text) <= _MAX_HEADING and not text.endswith((".", ";")):
        return True
    letters = [c for c in text if c.isalpha()]
    if letters and len(text) <= _MAX_HEADING and sum(c.isupper() for c in letters) > 0.7 * len(letters):
        return True
    return bool(block.children) and not text.endswith((".", ";", "./."))
