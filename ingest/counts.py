"""Sentences that declare a total ("Tổng số: 61 nhiệm vụ, trong đó: …") → the total with its printed parts.

What is counted by the sentence may be said in the bullets under it; they are compared later, not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.records import DeclaredCount
from ingest.flat import flat
from ingest.structure import Block, Layout, Part
from ingest.text import MappedText, Source

_THINGS = {"nhiem vu": "tasks", "chi tieu": "indicators", "muc tieu": "indicators", "giai phap": "tasks"}
_THING = r"(nhiem vu|chi tieu|muc tieu|giai phap)"
#: "Tổng số: 61 nhiệm vụ", "gồm 20 chỉ tiêu", "có 35 nhiệm vụ"
TOTAL = re.compile(
    rf"\b(?:tong (?:so|cong)|gom(?: co)?|co tong so|bao gom|co|giao) ?:? {{0,2}}(\d{{1,4}}) {{1,2}}{_THING}\b"
)
_PART = re.compile(rf"(?<![\d/.,])(\d{{1,4}}) {{1,2}}{_THING}\b")
_BARE = re.compile(r"[ :(](\d{1,4})\)? {0,2}$")
_OPENS = re.compile(r"\b(?:trong do|gom|bao gom|cu the|nhu sau)\b")


def read_counts(layout: Layout, source: Source) -> list[DeclaredCount]:
    """Declared totals in reading order; ``parts`` are those of the sentence itself or of the bullets under it."""
    found = []
    for section in layout.of(Part.PREAMBLE, Part.BODY, Part.APPENDIX):
        blocks = list(section.walk())
        for at, block in enumerate(blocks):
            plain = flat(block.text.text)
            total = TOTAL.search(plain)
            if not total or not _declares(plain, total):
                continue
            parts = _in_sentence(plain, total) or tuple(_below(block, blocks[at + 1 :], total[2]))
            evidence = source.evidence(_span(block.text, total))
            found.append(DeclaredCount(what=_THINGS[total[2]], total=int(total[1]), parts=parts, evidence=evidence))
    return found


def _declares(plain: str, total: re.Match[str]) -> bool:
    """ "có 3 nhiệm vụ" needs an opening ("trong đó") to be a total; "tổng số" is one by itself."""
    return total.group().startswith(("tong", "co tong")) or bool(_OPENS.search(plain, total.end()))


def _span(text: MappedText, m: re.Match[str]) -> MappedText:
    return text[m.start() : m.end()]


def _in_sentence(plain: str, total: re.Match[str]) -> tuple[int, ...]:
    parts = tuple(int(m[1]) for m in _PART.finditer(plain, total.end()) if m[2] == total[2])
    return parts or _bare_parts(plain[total.end() :])


def _bare_parts(rest: str) -> tuple[int, ...]:
    """ ": quản trị 02; dữ liệu 03; Đề án 06: 01.": parts that leave out what is counted; all of them or none."""
    clauses = rest.strip(" .:").split(";")
    found = [m for clause in clauses if (m := _BARE.search(clause[-12:]))]
    return tuple(int(m[1]) for m in found) if len(found) == len(clauses) > 1 else ()


def _below(block: Block, following: list[Block], thing: str) -> Iterator[int]:
    """Counts in the bullets after the sentence, up to the first block that has none."""
    for item in list(block.children) or following:
        m = _PART.search(flat(item.text.text))
        if not m or m[2] != thing:
            return
        yield int(m[1])
