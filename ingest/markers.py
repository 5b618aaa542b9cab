"""Start of a line → the numbering it carries ("II. ", "1.1- ", "đ) ", "- + ") and its place in a sequence.

A marker is only a candidate here: the outline decides by the sequence whether "2. " opens an item or ends a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.structure import Style

#: Letters of lists in their order (no f, j, w, z); đ is a letter of its own.
ALPHABET = "abcdđeghiklmnopqrstuvxy"
_WORDS = {
    "NHẤT": 1,
    "HAI": 2,
    "BA": 3,
    "TƯ": 4,
    "BỐN": 4,
    "NĂM": 5,
    "SÁU": 6,
    "BẢY": 7,
    "TÁM": 8,
    "CHÍN": 9,
    "MƯỜI": 10,
}
_ROMAN = r"[IVXLC]{1,7}"
_CAPITALS = "A-ZĐÁÀẢÃẠÂẤẦẨẪẬĂẮẰẲẴẶÊẾỀỂỄỆÔỐỒỔỖỘƠỚỜỞỠỢƯỨỪỬỮỰÍÌỈĨỊÚÙỦŨỤÝỲỶỸỴÓÒỎÕỌÉÈẺẼẸ"

#: Named patterns, tried in order at the start of a line; "n" is the numeral, the match ends where the text begins.
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "phan",
            rf"P(?:HẦN|hần) (?:THỨ |thứ )?(?P<n>{_ROMAN}\b|\d{{1,2}}\b|\w{{2,4}}\b)[ .:-]{{0,3}}",
        ),
        ("chuong", rf"C(?:HƯƠNG|hương) (?P<n>{_ROMAN}\b|\d{{1,2}}\b)[ .:-]{{0,3}}"),
        ("tieumuc", rf"(?:TIỂU MỤC|Tiểu mục) (?P<n>{_ROMAN}\b|\d{{1,2}}\b)[ .:-]{{0,3}}"),
        (
            "muc",
            rf"M(?:ỤC|ục) (?P<n>{_ROMAN}\b|\d{{1,2}}\b)(?:[.:-][ .:-]{{0,2}}|\s{{0,3}}$|\s(?=[{_CAPITALS}]{{2}}))",
        ),
        ("dieu", r"Đ(?:iều|IỀU) (?P<n>\d{1,3}[a-zđ]?|[lI]\d?)(?:[.:-][ .:-]{0,2}|\s{0,3}$)"),
        ("roman", rf"(?P<n>{_ROMAN})(?: ?[.)]-? ?| ?- ?|/ )(?=\S|$)"),
        ("roman-misread", r"(?P<n>[IVXl1]{2,5})\. (?=\S)"),
        ("capital", r"(?P<n>[A-HK-UĐ])(?:[.)] ?-? |- )(?=\S|$)"),
        ("decimal", r"K(?:hoản|HOẢN) (?P<n>\d{1,3})[.:][ \t]{1,4}(?=\S)"),
        ("decimals", r"(?P<n>\d{1,2}(?:\.\d{1,2}){1,5})(?:\.?-|[.):])?[ \t]{1,4}(?=\D)"),
        ("decimals", r"(?P<n>\d{1,2}(?:\.\d{1,2}){1,5})(?:\.-?|[)-])(?=[^\W\d_])"),
        ("decimal", r"(?P<n>\d{1,3})(?:\.-?|\)|\.\)| ?-|/)[ \t]{1,4}(?=\D|\d{1,4}[ %])"),
        (
            "decimal",
            r"(?P<n>\d{1,2})(?:\.|\)|-|\.-)(?=[A-ZĐÁÀẢÃẠÂẤẦẨẪẬĂẮẰẲẴẶÊẾỀỂỄỆÔỐỒỔỖỘƠỚỜỞỠỢƯỨỪỬỮỰÍÌỈĨỊÚÙỦŨỤÝỲỶỸỴÓÒỎÕỌÉÈẺẼẸ])",
        ),
        ("letter", r"(?P<n>[a-zđ])(?:\)[ \t]{0,4}|\.[ \t]{1,4})(?=\S|$)"),
        ("paren-number", r"\((?P<n>\d{1,2})\)[ \t]{0,4}"),
        ("paren-roman", r"\(?(?P<n>i{1,3}|iv|vi{0,3}|ix|xi{0,3})\)[ \t]{0,4}"),
        ("paren-letter", r"\((?P<n>[a-zđ])\)[ \t]{0,4}"),
        ("plus", r"(?:- {0,2})?\+(?:[ \t]{1,4}(?=\d)|[ \t]{0,4}(?=[^\d\s]))"),
        ("star", r"\*[ \t]{0,4}(?=\S)"),
        ("dash", r"[-•·][ \t]{0,4}(?=\S)"),
    )
)
#: No marker is longer; the rest of a line does not matter here.
_LONGEST = 80
_FIRST = re.compile(
    r"[PCMK](?:HẦN|hần|HƯƠNG|hương|ỤC|ục|HOẢN|hoản) |TIỂU |Tiểu |Đ(?:iều|IỀU) |[IVXLCl1]{1,7}[ .)/-]|[A-UĐ][.)-]|\d"
    r"|[a-zđ]{1,4}[.)]|[(+\-•*·]"
)
_HASHES = re.compile(r"(#{1,6})[ \t]{1,4}")
_BULLET = re.compile(r"(?:[-•*·+]|- ?\+)[ \t]{1,4}(?=[a-zđ]\)|\d{1,2}[.)] |[a-zđ]\. |\(\w{1,3}\))")

STYLES = {
    "phan": Style.PHAN, "chuong": Style.CHUONG, "muc": Style.MUC, "tieumuc": Style.MUC, "dieu": Style.DIEU,
    "roman": Style.ROMAN, "capital": Style.LETTER, "letter": Style.LETTER, "paren-number": Style.PAREN,
    "paren-roman": Style.PAREN, "paren-letter": Style.PAREN, "star": Style.DASH, "dash": Style.DASH, "plus": Style.PLUS,
    "heading": Style.HEADING,
}  # fmt: skip
#: Kinds from high to low where a text gives no other hint.
RANKS = {
    k: i
    for i, k in enumerate(
        ("heading", "phan", "chuong", "muc", "tieumuc", "dieu", "capital", "roman", "decimal", "decimal2", "decimal3",
         "decimal4", "decimal5", "decimal6", "letter", "paren-number", "paren-roman", "paren-letter",
         "star", "dash", "plus")
    )
}  # fmt: skip


#: Kinds without a number; a star heads dashes ("* Nhóm thứ nhất" / "- …").
BULLETS = ("star", "dash", "plus")


@dataclass(frozen=True, slots=True)
class Marker:
    """``kind``: a key of RANKS; ``numeral`` as printed (None for bullets); ``value``: its place in sequence, from 1.

    ``start``: where the text of the item begins in its line; ``weak``: seen at the start of ordinary sentences too.
    """

    kind: str
    numeral: str | None
    value: int
    start: int
    weak: bool = False
    hashes: int = 0

    @property
    def style(self) -> Style:
        return Style.DECIMAL if self.kind.startswith("decimal") else STYLES[self.kind]

    @property
    def bullet(self) -> bool:
        return self.numeral is None


def find_markers(line: str) -> tuple[Marker, ...]:
    """All readings of the start of ``line``, likeliest first: "i)" is a letter or a Roman numeral; none for plain text.

    >>> [(m.kind, m.numeral) for m in find_markers("2.1. Mục tiêu")]
    [('decimal2', '2.1')]
    """
    return _markers(line[:_LONGEST])


@lru_cache(maxsize=4096)
def _markers(line: str) -> tuple[Marker, ...]:
    head = _HASHES.match(line)
    at = head.end() if head else 0
    if bullet := _BULLET.match(line, at):
        at = bullet.end()
    if not _FIRST.match(line, at):
        return (_heading(head, at),) if head else ()
    found = [m for kind, p in PATTERNS if (t := p.match(line, at)) and (m := _marker(kind, t, head))]
    numbered = [m for m in found if not m.bullet]
    if head and not numbered:
        return (_heading(head, head.end()),)
    return tuple(numbered or found[:1])


def _heading(head: re.Match[str] | None, at: int) -> Marker:
    return Marker("heading", None, 0, at, hashes=len(head[1]) if head else 0)


def _marker(kind: str, t: re.Match[str], head: re.Match[str] | None) -> Marker | None:
    hashes = len(head[1]) if head else 0
    if kind in BULLETS:
        return Marker(kind, None, 0, t.end())
    numeral, following = t["n"], t.string[t.end() : t.end() + 1]
    weak = following.islower() or (following.isdigit() and not hashes)
    if kind == "roman-misread":
        kind, numeral, weak = "roman", re.sub("[l1]", "I", numeral), True
    if kind == "dieu" and numeral[0] in "lI":
        numeral = f"1{numeral[1:]}"
    value = _value(kind, numeral)
    if value is None:
        return None
    if kind == "decimals":
        kind = f"decimal{min(numeral.count('.') + 1, 6)}"
        weak = weak or (following.isalpha() and t.group().rstrip()[-1].isdigit() and following.islower())
    return Marker(kind, numeral, value, t.end(), weak, hashes)


def _value(kind: str, numeral: str) -> int | None:
    if kind in ("letter", "paren-letter"):
        return ALPHABET.find(numeral) + 1 or None
    if kind == "capital":
        return "ABCDEFGHIKLMNOPQRSTU".find(numeral) + 1 or None
    if numeral[0].isdigit():
        return int(re.split(r"\D", numeral.rstrip("abcdđ"))[-1])
    if kind == "phan" and numeral.upper() in _WORDS:
        return _WORDS[numeral.upper()]
    return roman_value(numeral.upper())


def roman_value(numeral: str) -> int | None:
    """17 for "XVII"; None if it is no Roman numeral as people write it."""
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    if not numeral or any(c not in values for c in numeral) or not _WELL_FORMED.fullmatch(numeral):
        return None
    total = 0
    for c, after in zip(numeral, f"{numeral[1:]}I", strict=True):
        total += -values[c] if values[c] < values[after] else values[c]
    return total


_WELL_FORMED = re.compile(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,4})")
