"""Headings, lead-ins and sentences → the agencies that are to act: of the heading, addressed, or the own subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.agencies import NamedSpan, leading_agency, split_names, subject_of
from ingest.flat import flat
from ingest.roles import ORDER, names_at, ordered
from ingest.structure import Block, Style
from ingest.text import MappedText

#: A sentence that addresses bodies and announces what they shall do.
LEAD_IN = re.compile(r"\b(?:yeu cau|de nghi|giao|chi dao|phan cong)(?: cho| toi| den)? {1,2}")
_ORDERS = re.compile(r"\b(?:yeu cau|de nghi|chi dao|ket luan|giao)\b")
_ADDRESS = re.compile(r"kinh gui ?:? ?|[^:;.]{4,60} dien ?: ?")
#: What an issuer does in its own text, no task of its own.
_ISSUES = re.compile(
    r"\b(?:ban hanh|yeu cau|de nghi|nhan duoc|thong bao|ket luan|giao|quyet dinh|chi dao nhu sau|thong nhat|dong y) "
)
_LEADS = re.compile(
    r"(?:chiu trach nhiem|co trach nhiem|chu tri|la co quan|phoi hop|lam dau moi|theo doi|don doc|giup [^,;.]{4,60}"
    r" (?:theo doi|don doc))\b"
)
_PREFIX = re.compile(r"[^:;.]{4,160}:(?= )")
_COORDINATES = re.compile(r" {0,2}(?:cung )?phoi hop(?: thuc hien)? ?(?:[.;]|$)")
_PLURAL_HEAD = re.compile(r"(?:cac|nhung) \w+ ?:")
#: A clause that begins behind so many characters is not looked at; twice as many are enough to read the last one.
_LOOK = 2000


@dataclass(frozen=True, slots=True)
class Subject:
    """The agencies before an item's verb; ``end``: where its predicate begins.

    ``acts_alone``: named so plainly that it owns the item also in a section of solutions ("Sở X chủ trì …", "Sở X: …").
    """

    names: tuple[NamedSpan, ...]
    end: int
    acts_alone: bool


def heading_owners(block: Block) -> list[NamedSpan]:
    """Agencies that a heading names as those who act on what stands under it; empty if it names none."""
    text = block.text
    order = ORDER.match(flat(text.text))
    if order:
        text = text[order.end() :]
    return (leading_agency(text) or subject_of(text) or []) if text else []


def addressees(text: MappedText) -> list[NamedSpan]:
    """Agencies that a lead-in addresses ("… yêu cầu Giám đốc các sở thực hiện các nội dung sau:"), the last such."""
    plain = flat(text.text)
    if not plain.rstrip().endswith(":"):
        return []
    for m in reversed(list(LEAD_IN.finditer(plain))):
        names = names_at(text, m.end())
        if names:
            return names
    return []


def gives_orders(text: MappedText) -> bool:
    """Whether a lead-in announces orders: "… yêu cầu thực hiện một số nhiệm vụ sau:"."""
    plain = flat(text.text).rstrip()
    return plain.endswith(":") and bool(_ORDERS.search(plain[-400:]))


def sent_to(blocks: Sequence[Block]) -> list[NamedSpan]:
    """Whom a letter or telegram is addressed to: behind "Kính gửi:" or "… điện:", on its line and in the bullets."""
    names: list[NamedSpan] = []
    opened = False
    for block in blocks:
        opens = _ADDRESS.match(flat(block.text.text))
        if opened and block.style is not Style.DASH:
            break
        opened = opened or opens is not None
        rest = block.text[opens.end() :] if opens else block.text
        if opened and rest:
            names += split_names(rest.strip(" .;"))
    return names


def later_subjects(text: MappedText) -> list[NamedSpan]:
    """Subjects of an item's later clauses ("Đề nghị A định hướng nội dung; Báo B mở chuyên trang; giao C …")."""
    names: list[NamedSpan] = []
    text = text[: 2 * _LOOK]
    for m in re.finditer("; ", text.text[:_LOOK]):
        clause = text[m.end() :]
        if clause.text[:1].isupper():
            names += _who_acts(clause)
        elif order := ordered(clause):
            names += order.names
    return names


def _who_acts(clause: MappedText) -> list[NamedSpan]:
    """The subject of a clause; none where it only coordinates ("; Viện B phối hợp")."""
    names = subject_of(clause) or []
    return [] if names and _COORDINATES.match(flat(clause.text[end_of(clause, names) :])) else names


def prefixed_owner(text: MappedText) -> list[NamedSpan]:
    """Agencies printed before a colon at the start of an item ("Sở Y tế: chủ trì …")."""
    m = _PREFIX.match(text.text)
    if m is None or _PLURAL_HEAD.fullmatch(flat(m.group())):
        return []  # "Các Bộ: Y tế, Nội vụ hoàn thành …"
    return leading_agency(text[: m.end()]) or []


def own_subject(text: MappedText, numbered: bool = True) -> Subject | None:
    """The subject an item names itself; None if it has none, or if a mere paragraph speaks of what the issuer does."""
    prefixed = prefixed_owner(text)
    if prefixed:
        colon = text.text.index(":")
        return Subject(tuple(prefixed), colon + 1, True)
    start = _after_time(text)
    dated = bool(start) and text.text[:start].rstrip().endswith(":")
    names = subject_of(text[start:]) or []
    if not names:
        return None
    end = end_of(text, names)
    rest = flat(text.text[end : end + 60]).lstrip(" ,")
    if _ISSUES.match(rest + " ") and not numbered:
        return None
    leads = bool(_LEADS.match(rest))
    return Subject(tuple(names), end, leads or dated) if numbered or leads else None


def _after_time(text: MappedText) -> int:
    """ "Hàng năm, Sở Y tế tổ chức …": the subject stands after the time."""
    m = re.match(
        r"(?:(?:dinh ky |hang |moi |truoc |trong |den |cham nhat )[^,:;]{0,60},"
        r"|(?:quy|thang|nam|ngay) [^,:;]{1,40}[:,]) ",
        flat(text.text),
    )
    return m.end() if m else 0


def end_of(text: MappedText, names: Sequence[NamedSpan]) -> int:
    """Where the last name ends, in characters of ``text``."""
    last = max(n.span.ends[-1] for n in names if n.span)
    return next((i + 1 for i in range(len(text) - 1, -1, -1) if text.ends[i] <= last), 0)
