"""The table of relation wordings (ingest/data/relations.tsv) → matches in flat text.

``arrow``: "in" = the directive named after the words is the source ("thay thế X" is X SUPERSEDED_BY this), "out" = the
subject is ("X được thay thế bởi Y"). ``places``: where the words may govern a citation: title, preamble, purpose
(aims and viewpoints), promulgation ("Ban hành … thực hiện X"), closing (a sentence that speaks of "… này"), after
(the words follow the citation), order (an item of a conclusion or an instruction that begins with its verb), citation
(inside the description of another directive), procedure, body.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graph.vocabulary import EdgeType


@dataclass(frozen=True, slots=True)
class Wording:
    """One row of the table; ``take``/``edge``/``fool`` are its examples."""

    phrase: str
    pattern: re.Pattern[str]
    relation: EdgeType
    outward: bool
    places: frozenset[str]
    take: str
    edge: str
    fool: str


@dataclass(frozen=True, slots=True)
class Match:
    """A wording found at ``start``..``end`` of a text."""

    start: int
    end: int
    wording: Wording


#: Type words that a lost blank may tie to the words before: "Thực hiệnQuyết định số …".
_GLUED = "nghi quyet|quyet dinh|ke hoach|chi thi|chuong trinh|ket luan|cong van|nghi dinh|thong tu"


@cache
def wordings() -> tuple[Wording, ...]:
    """All rows, in the order of the table."""
    text = (files("ingest") / "data" / "relations.tsv").read_text(encoding="utf-8")
    return tuple(
        Wording(
            r["phrase"],
            re.compile(rf"(?<![a-z])(?:{r['pattern']})(?:(?![a-z])|(?={_GLUED}))"),
            EdgeType(r["relation"]),
            r["arrow"] == "out",
            frozenset(r["places"].split(",")),
            r["take"],
            r["edge"],
            r["fool"],
        )
        for r in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    )


#: What makes a noun of "thực hiện", "triển khai": results, progress, checks of carrying out are not carrying out.
_NOMINAL = re.compile(
    r"(?:(?<!ve )viec|ket qua|tinh hinh|qua trinh|trong|tien do|kiem tra|giam sat|so ket|tong ket|danh gia|"
    r"bao cao|\d{1,2} nam|nam|thang|chat luong|"
    r"kinh phi|nguon luc|han che trong|hieu qua|sau|bo tri|(?<!de )dam bao|(?<!de )bao dam|qua|(?<![a-z])da|"
    r"ke hoach kiem tra|to chuc tong ket)"
    r"(?:,? (?:viec|tinh hinh|ket qua|cong tac|to chuc|danh gia|\d{1,2} nam|tiep tuc))* $"
)
_CARRIES_OUT = EdgeType.CASCADES_TO


def find_wordings(plain: str, start: int, end: int, places: frozenset[str]) -> list[Match]:
    """Wordings that may stand in one of ``places``, in order, longest first where they overlap."""
    found: list[Match] = []
    for wording in wordings():
        if not wording.places & places:
            continue
        for m in wording.pattern.finditer(plain, start, end):
            if wording.relation is _CARRIES_OUT and _NOMINAL.search(plain, max(0, m.start() - 40), m.start()):
                continue
            found.append(Match(m.start(), m.end(), wording))
    found.sort(key=lambda m: (m.start, -(m.end - m.start)))
    kept: list[Match] = []
    for match in found:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept
