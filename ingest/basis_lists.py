"""Lists of legal bases: under a heading like "I. CĂN CỨ XÂY DỰNG KẾ HOẠCH" each directive is a basis of the text.

Cơ sở pháp lý xây dựng Thông tư số 03/2022/TT-BYT: - Nghị định số …; - Luật … số …
^heading               ^whose basis                ^items
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.records import THIS
from graph.vocabulary import EdgeType
from ingest.flat import flat
from ingest.governors import Governor
from ingest.mentions import Occurrence
from ingest.passages import Passage
from ingest.relation_cues import SENTENCE
from ingest.type_words import ANY_TYPE
from ingest.wordings import Match, wordings

_NUMBERING = r"[^a-z]{0,6}(?:(?:[ivx]{1,5}|[a-z])[.)\-]{1,2} {0,2})?"
_BEFORE = r"(?:(?:cac|nhung|mot so|he thong|su can thiet|tinh cap thiet|boi canh|muc dich|ve|va|,) {0,2}){0,6}"
_KIND = r"(?:(?:chinh tri|phap ly|phap luat|khoa hoc|ly luan|thuc tien|thuc te)(?:,| va)? {0,2}){1,4}"
_WORK = r"(?:lap|xay dung|ban hanh|soan thao|de xuat|dieu chinh|tham dinh|trinh)"
_WHOSE = rf"(?P<whose> (?:{ANY_TYPE})[a-z ]{{0,20}} so \d[^:]*)?"
#: "Cơ sở thực hiện …" may be a place of work, "cơ sở để thực hiện …" and "căn cứ thực hiện …" are not.
_PURPOSE = (
    rf"(?:{_WORK}|(?:(?:de|cua|cho|trong|khi|nham)(?: viec)? |(?<=can cu )|(?<=phap ly ))"
    rf"(?:{_WORK}|thuc hien|trien khai))"
    rf"(?![a-z])[a-z ]{{0,80}}?{_WHOSE}"
)
_TEXTS = (
    r"van ban(?: (?:quy pham )?(?:phap luat|phap ly)| (?:chi dao|lanh dao|huong dan|quy dinh)| (?:co )?lien quan|"
    r" (?:lam |la )?(?:can cu|co so)){1,3}"
)
_NOUNS = (
    rf"(?:(?:can cu|co so)(?: ?(?:,|va) (?:can cu|co so))? {{0,2}}(?:{_KIND})?(?:{_PURPOSE})?|"
    rf"{_TEXTS})"
)
_END = r"[ .]{0,2}(?::|$| (?=[-+•*] ?[a-z]))"
_HEADING = re.compile(rf"{_NUMBERING}{_BEFORE}{_NOUNS}{_END}")
#: Under these words directives are told of, not rested on.
_TOLD = re.compile(
    rf"{_NUMBERING}(?:ve )?(?:(?:co so|can cu) )?(?:thuc (?:tien|te|trang)|ket qua|tinh hinh|"
    r"(?:su can thiet|boi canh|muc (?:dich|tieu))(?!.*(?:can cu|co so)))"
)
_BARE = re.compile(rf"{_NUMBERING}co so[ .]{{0,2}}(?::|$)")
_ITEM = re.compile(
    rf"[-+•*0-9.) ]{{0,5}}(?:(?:{ANY_TYPE})(?:(?! so )[^.;:]){{0,80}} so:? ?\d|(?:bo luat|luat|phap lenh|hien phap) )"
)
_ANNOUNCES = re.compile(r"(?<![a-z])(?:can cu|tren co so)(?: [a-z ]{1,60})? ?:$")
_NEXT_ITEM = re.compile(rf" {{0,2}}(?:[-+•*]|(?:{ANY_TYPE}|hien phap)(?![a-z]))")


@dataclass(frozen=True, slots=True)
class Bases:
    """What governs the directives between two offsets of a text; without a list ``governor`` is None."""

    governor: Governor | None
    start: int
    end: int

    def ended(self) -> Bases:
        """What holds behind the end of the list."""
        return Bases(None, self.start, sys.maxsize)


@dataclass(slots=True)
class BasisLists:
    """Headings of lists seen so far; ``resting``: heading → ref of what rests on the list, None if that is unknown."""

    resting: dict[str, str | None] = field(default_factory=dict)

    def around(self, passage: Passage, plain: str, found: Sequence[Occurrence]) -> Bases:
        """The list in which a passage stands, or that it holds itself behind its own heading."""
        if passage.cell:
            return Bases(None, 0, sys.maxsize)
        own = heads_bases(plain)
        if own is None:
            subject = self.above(passage)
            return Bases(listed_basis(subject) if subject else None, 0, sys.maxsize)
        named = [x.ref for x in found if x.citation.start < own.end()]
        subject = named[0] if named else None if own["whose"] else THIS
        self.resting[passage.text.text] = subject
        return Bases(listed_basis(subject) if subject else None, own.end(), _end_of_list(plain, own.end()))

    def above(self, passage: Passage) -> str | None:
        """Ref of what rests on the list whose heading is the nearest above a passage; None without such a heading."""
        heading = nearest_heading(passage.headings)
        return self.resting.get(heading, THIS) if heading is not None else None

    def opened(self, passage: Passage, plain: str) -> Governor | None:
        """What governs the items that follow a heading, or words like "căn cứ các văn bản sau:"; None otherwise."""
        announced = THIS if passage.opening and _ANNOUNCES.search(plain.rstrip()) else None
        subject = self.resting.get(passage.text.text, announced)
        return listed_basis(subject) if subject else None


def heads_bases(plain: str) -> re.Match[str] | None:
    """The heading of a list of bases at the start of a flat text, with ``whose`` where it names a directive; or None.

    >>> heads_bases("i. can cu lap ke hoach - quyet dinh so 749/qd-ttg").end()
    23
    """
    if _TOLD.match(plain) or _BARE.match(plain):
        return None
    return _HEADING.match(plain)


def nearest_heading(headings: Sequence[str]) -> str | None:
    """The innermost heading above an item that makes it a basis; None without one, or under what only tells."""
    for heading in reversed(headings[-3:]):
        plain = flat(heading)
        if _TOLD.match(plain):
            return None
        if heads_bases(plain):
            return heading
    return None


def _end_of_list(plain: str, start: int) -> int:
    """Where a list inside one text ends: behind the first sentence that no further item follows."""
    stops = (m.end() for m in SENTENCE.finditer(plain, start))
    return next((at for at in stops if not _NEXT_ITEM.match(plain, at)), len(plain))


def is_item(plain: str) -> bool:
    """Whether a text begins with a numbered directive or a law."""
    return _ITEM.match(plain) is not None


def is_listed(governor: Governor | None) -> bool:
    """Whether a wording is the heading of a list of bases."""
    return governor is not None and governor.match is not None and governor.match.end == 0


def listed_basis(subject: str = THIS) -> Governor:
    """What governs an item of such a list, whatever its line says; ``subject``: the ref of what rests on it."""
    row = next(w for w in wordings() if w.relation is EdgeType.BASIS_FOR)
    return Governor(Match(0, 0, row), subject, "preamble", 0.95, far=True)
