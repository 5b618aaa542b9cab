"""Agencies in a cell, a labelled line or a sentence → who has which role in it.

The agency that "phối hợp với A, B" names coordinates with the item's own agency; those whom the item's agency directs
("Chỉ đạo các sở phối hợp với …") do not. "qua A", "gửi A", "tham mưu A" make A a recipient, "trình A" an approver.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from graph.names import name_at
from graph.records import Evidence
from graph.vocabulary import Role
from graph.words import words_of
from ingest.agencies import NamedSpan, leading_agency, split_names, subject_of
from ingest.columns import Meaning, label_meaning
from ingest.flat import flat
from ingest.text import MappedText, Source
from ingest.tsv import rows


@dataclass(frozen=True, slots=True)
class Assigned:
    """An agency where it is printed, its role, the rule that says so, and the words that show it (``said``)."""

    named: NamedSpan
    role: Role
    method: str
    said: MappedText | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A task or an indicator (``ref``) is assigned to an agency in a role; the evidence is the sentence or row."""

    ref: str
    named: NamedSpan
    role: Role
    evidence: Evidence
    method: str


_AFTER = tuple(
    (Role(row["role"]), re.compile(rf"(?:\b|(?<=\()){row['pattern']} {{1,2}}(?=\w)"))
    for row in rows("role_words")
    if row["place"] == "after"
)
#: "quy chế phối hợp", "cơ chế phối hợp": a thing, no act.
_THING = re.compile(
    r"\b(?:co che|quy che|chuong trinh|su|cong tac|ke hoach|moi quan he|quan he|hoat dong|co quan|don vi|vien) $"
)
#: The item's agency makes others coordinate.
_DIRECTS = re.compile(
    r"\b(?:chi dao|yeu cau|huong dan|don doc|giao|lanh dao|de nghi|phan cong)\b[^;]{0,30}"
    r"\b(?:cac|so|ban|phong|don vi|co quan|cap)\b"
)
_BEFORE = re.compile(
    r"(?:^|[;.] {1,2})([^;.:]{4,160}?) (?:cung )?phoi hop(?: (?:thuc hien|trien khai|tham gia|xu ly))?(?= ?[.;]|$)"
)
_CELL_LABEL = re.compile(
    r"(?:^(?:[-+] ?)?|[;.,] {0,2}(?:[-+] ?)?|(?<=\s)- ?)((?:co quan |don vi )?(?:chu tri|phoi hop|thuc hien|theo doi))"
    r"(?: thuc hien| chinh)? ?[:-] ?"
)
_CELL_ROLES = {"chu tri": Role.LEAD, "thuc hien": Role.LEAD, "tham muu": Role.LEAD, "phoi hop": Role.COORDINATE}
_CELL_ROLES |= {"theo doi": Role.MONITOR, "giam sat": Role.MONITOR}
_LOOK = 420
_LONGEST = 6000
_CLAUSE_END = re.compile(r"[;:)]|\.(?= |$)")
_PREPOSITION = re.compile(
    r",? (?:trong|de|nham|tai|khi|theo|ve|doi voi|thong qua|cho|gui|trinh|bao dam|dam bao|kip thoi)(?= )"
)
_COLLECTIVE = re.compile(
    r"(?:cac|nhung) (?:co quan|don vi|so|ban|bo|nganh|dia phuong|to chuc|doanh nghiep|doan|hoi|hiep hoi|truong|vien"
    r"|phong|cap|luc luong|nha mang|xa|phuong|thon|co so|hop tac xa|ngan hang)\b"
)


def evidenced(
    ref: str, assigned: Iterable[Assigned], source: Source, around: Callable[[MappedText], MappedText] | None = None
) -> list[Assignment]:
    """Assignments of one task or indicator, each agency once in each role, a lead never also a coordinator.

    ``around`` gives the sentence in which a name stands, for those that do not bring their own proof.
    """
    found: dict[tuple[str, Role], Assignment] = {}
    for a in assigned:
        if a.named.span and not {(a.named.name, Role.LEAD), (a.named.name, a.role)} & found.keys():
            said = a.said or (around(a.named.span) if around else a.named.span)
            evidence = source.evidence(said)
            found[a.named.name, a.role] = Assignment(ref, a.named, a.role, evidence, a.method)
    return list(found.values())


def cell_roles(cell: MappedText, role: Role) -> list[Assigned]:
    """Agencies of a table cell or a labelled line, in ``role`` unless the cell itself tells their roles.

    "Chủ trì: Sở A; phối hợp: Sở B", "Sở A chủ trì, Sở B phối hợp" and "Sở A (chủ trì), Sở B (phối hợp)" tell.
    """
    plain = flat(cell.text)
    labels = list(_CELL_LABEL.finditer(plain))
    if labels:
        ends = [m.start() for m in labels[1:]] + [len(plain)]
        parts = [(_role_of(m[1], role), cell[m.end() : end]) for m, end in zip(labels, ends, strict=True)]
        head = [(role, cell[: labels[0].start()])] if labels[0].start() else []
        return [Assigned(n, r, "cell") for r, part in head + parts for n in split_names(part.strip(" ;,.-"))]
    shared = re.search(r"\bchu tri,? {0,2}phoi hop (?:voi|cung)? ?|, {0,2}phoi hop (?:voi|cung) ", plain)
    if shared:
        lead = [Assigned(n, Role.LEAD, "cell") for n in split_names(cell[: shared.start()].strip(" ,;"))]
        return lead + [Assigned(n, Role.COORDINATE, "cell") for n in split_names(cell[shared.end() :].strip(" ,;."))]
    tails = list(re.finditer(r" \(?(chu tri|phoi hop)(?: thuc hien)?\)?(?= ?[;,.]|$)", plain))
    if tails:
        starts = [0, *(m.end() for m in tails)]
        parts = [(_role_of(m[1], role), cell[s : m.start()]) for s, m in zip(starts, tails, strict=False)]
        rest = [(role, cell[starts[-1] :])] if plain[starts[-1] :].strip(" ;,.") else []
        return [Assigned(n, r, "cell") for r, part in parts + rest for n in split_names(part.strip(" ;,."))]
    return [Assigned(n, role, "cell") for n in split_names(cell.strip(" ;,.-"))]


_BRACKETS = re.compile(
    r"\((?:do |giao )?(?P<in>[^()]{4,200})\)[ .;]{0,3}$|: (?P<behind>[^:;()]{4,160} chu tri\b[^:;()]{0,160})(?=[;.]|$)"
)
_SAYS_LEAD = re.compile(r"(?<! nao) chu tri\b")


def in_brackets(text: MappedText) -> list[Assigned]:
    """Agencies given their roles at the end: "… (Sở A chủ trì, Sở B phối hợp)", "Rà soát …: Sở A chủ trì"."""
    found = _BRACKETS.search(flat(text.text))
    clauses = text[slice(*found.span(found.lastgroup or 0))].strip(" .") if found else MappedText.empty()
    lead = _SAYS_LEAD.search(flat(clauses.text))
    if not lead or not (leading_agency(clauses[: lead.start()]) or split_names(clauses[: lead.start()])[1:]):
        return []
    end = clauses.text.find(";", lead.end())
    return cell_roles(clauses[:end] if end > 0 else clauses, Role.LEAD)


def _role_of(words: str, default: Role) -> Role:
    return next((role for word, role in _CELL_ROLES.items() if word in words), default)


def sentence_roles(text: MappedText) -> list[Assigned]:
    """Coordinators, recipients and approvers that a task's own sentence names."""
    text = text[:_LONGEST]
    plain = flat(text.text)
    found: list[Assigned] = []
    for role, pattern in _AFTER:
        for m in pattern.finditer(plain):
            if role is Role.COORDINATE and not _coordinates(plain, m.start()):
                continue
            found += [Assigned(n, role, "sentence") for n in names_at(text, m.end())]
    for m in _BEFORE.finditer(plain):
        names = split_names(text[m.start(1) : m.end(1)]) if m.start() else []
        found += [Assigned(n, Role.COORDINATE, "sentence") for n in names]
    return found


def _coordinates(plain: str, at: int) -> bool:
    """Whether "phối hợp" at this place is an act of the item's own agency."""
    clause = plain[max(plain.rfind(";", 0, at), plain.rfind(". ", 0, at), plain.rfind(": ", 0, at)) + 1 : at]
    clause = clause[-_LOOK:]
    return not _THING.search(clause) and not _DIRECTS.search(clause)


def names_at(text: MappedText, start: int) -> list[NamedSpan]:
    """Agencies listed from ``start`` on, up to the verb, a preposition or the clause's end; empty if there is none."""
    rest = text[start : start + _LOOK].strip()
    names = subject_of(rest) if rest else None
    if names or not rest:
        return names or []
    stop = _CLAUSE_END.search(rest.text)
    clause = rest[: stop.start()].strip() if stop else rest
    plain = flat(clause.text)
    ends = [*[m.start() for m in _PREPOSITION.finditer(plain)][:4], len(clause)]
    for end in ends:
        names = leading_agency(clause[:end].strip(" ,")) if clause[:end].strip(" ,") else None
        if names:
            return names
    known = _known_list(clause)
    if known:
        return known
    return split_names(clause[: ends[0]].strip(" ,")) if _COLLECTIVE.match(plain) and ends[0] < 120 else []


def _known_list(clause: MappedText) -> list[NamedSpan]:
    """Known bodies at the start of a clause, whatever verb follows them."""
    words = words_of(clause.text)
    at = end = 0
    while at < len(words) and (name := name_at(words, at)) and name.bodies:
        at = end = name.end
        while at < len(words) and words[at].text in (",", "và", ";"):
            at += 1
    return split_names(clause[: words[end - 1].end]) if end else []


#: "Giao Sở X …", "Đề nghị Sở X …": the order before the agency.
ORDER = re.compile(
    r"(?:(?:uy ban nhan dan|ubnd|thu tuong chinh phu|ban thuong vu|thuong truc|chu tich)[^,;:.]{0,60} )?"
    r"(?:dong y |thong nhat )?(giao|de nghi|yeu cau|phan cong|kinh de nghi|uy quyen)(?: cho| nhiem vu cho)? {1,2}"
)


@dataclass(frozen=True, slots=True)
class Order:
    """Agencies that a sentence orders or asks to act; ``word``: flat ("giao"); ``end``: where the names begin."""

    names: tuple[NamedSpan, ...]
    word: str
    end: int


def ordered(text: MappedText) -> Order | None:
    """The order a sentence gives ("Giao A và B …"); None if it gives none to an agency."""
    m = ORDER.match(flat(text.text))
    names = names_at(text, m.end()) if m else []
    return Order(tuple(names), m[1], m.end()) if m and names else None


def labels(text: MappedText, whole: bool = False) -> list[tuple[Meaning, MappedText, int]]:
    """Labelled fields inside a text: (meaning, value, where the label begins), in order.

    "… Đơn vị tham mưu: Sở A. Cơ quan phối hợp: Sở B." holds two. A value ends with its clause, or, in a line
    that is fields and nothing else (``whole``), where the next label begins.
    """
    found: list[tuple[Meaning, int, int]] = []
    for colon in re.finditer(r" ?: ?", text.text):
        label = _label(text.text, colon.start())
        if label:
            found.append((*label, colon.end()))
    fields = []
    for at, (meaning, start, value) in enumerate(found):
        limit = found[at + 1][1] if at + 1 < len(found) else len(text)
        stop = None if whole else re.search(r"[;)]|\.(?= |$)", text.text[value:limit])
        end = value + stop.start() if stop and meaning is not Meaning.OUTPUT else limit
        if _VERB_LABEL.fullmatch(flat(text.text[start:value])) and not _names_somebody(text[value:end].strip(" .;,")):
            continue
        fields.append((meaning, text[value:end].strip(" .;,()-"), start))
    return [(meaning, value, start) for meaning, value, start in fields if value]


#: "Thực hiện: Sở A" is a field, "Thực hiện: rà soát …" is none.
_VERB_LABEL = re.compile(r"[ .;,(-]{0,4}(?:to chuc )?(?:thuc hien|theo doi|tham muu|phu trach) ?: ?")


def _names_somebody(value: MappedText) -> bool:
    return bool(leading_agency(value)) or _COLLECTIVE.match(flat(value.text)) is not None


def _label(text: str, colon: int) -> tuple[Meaning, int] | None:
    """Meaning of the words before a colon, from the nearest mark before them, and where they begin."""
    low = max(0, colon - 60)
    marks = [m for m in (text.rfind(c, low, colon) for c in (".", ";", "(", ",", " - ")) if m >= 0]
    for mark in sorted(marks, reverse=True):
        start = mark + (3 if text[mark] == " " else 1)
        meaning = label_meaning(text[start:colon]) if text[start:colon].count(")") == 0 else None
        if meaning:
            return meaning, start
    meaning = label_meaning(text[:colon]) if colon <= 60 and ":" not in text[:colon] else None
    return (meaning, 0) if meaning else None
