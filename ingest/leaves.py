"""Block of an outline → one item of work with its details and labelled fields, or nothing if it only opens others.

Dashes, letters and numbers below a block are items of their own. "+" details and paragraphs below a numbered or
lettered item that states a duty belong to it; labelled lines ("- Thời gian: …") are its fields.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.columns import Meaning, label_meaning
from ingest.flat import flat
from ingest.roles import labels, ordered
from ingest.sections import is_closing, is_heading
from ingest.structure import Block, Style
from ingest.text import MappedText

_NUMBERED = {Style.DIEU, Style.DECIMAL, Style.LETTER, Style.PAREN, Style.ROMAN}
#: "Một số nhiệm vụ khác: chi tiết tại bảng sau" introduces a table.
_TO_TABLE = re.compile(r"\b(?:chi tiet|cu the) (?:nhu |tai |theo |o |trong )?bang (?:sau|duoi) ?(?:day)?[ .:;)]{0,3}$")
#: "+ Báo cáo 6 tháng trước ngày 15/6": a day of the item above, no item of its own.
_REPORT_DAY = re.compile(
    r"[-+ ]{0,4}(?:bao cao )?(?:dinh ky )?(?:so ket |tong ket )?"
    r"(?:(?:hang )?thang|(?:hang )?quy|0?[369] thang(?: dau nam)?|(?:ca |hang )?nam)"
    r"[a-z0-9, ]{0,12}:? (?:gui )?(?:truoc|cham nhat)[^;.]{0,40}[;.]{0,2}$"
)
#: Styles in which a labelled line may be printed as one more item: "b) Đơn vị thực hiện: …".
_LOOSE = (Style.NONE, Style.DASH, Style.PLUS, Style.LETTER, Style.PAREN)
_MANY_WORDS = 25
_FEW_WORDS = 6


@dataclass(frozen=True, slots=True)
class Leaf:
    """One item: its ``text`` with details, its labelled ``fields``; ``apart``: paragraphs below that are others."""

    block: Block
    text: MappedText
    fields: dict[Meaning, list[MappedText]] = field(default_factory=dict)
    apart: tuple[Block, ...] = ()


def labelled(block: Block) -> tuple[Meaning, MappedText] | None:
    """Meaning and value of a line that is a field of the item above it."""
    head, colon, _ = block.text.text.partition(":")
    meaning = label_meaning(head) if colon else None
    if not meaning:
        return None
    value = block.text[len(head) + 1 :].strip(" .;")
    return (meaning, value) if value else None


def states_duty(block: Block) -> bool:
    """Whether a block says itself what is to be done: a full sentence, not a title or a lead-in."""
    text = block.text.text.rstrip()
    if text.endswith(":") or not text:
        return False
    return text.endswith((".", ";", "./.")) or len(text.split()) > _MANY_WORDS


def opens_items(block: Block) -> bool:
    """Whether a block only opens the items below it."""
    pluses = [child for child in block.children if child.style is Style.PLUS]
    dates = pluses and all(_REPORT_DAY.match(flat(child.text.text)) for child in pluses)
    apart = not dates and (not states_duty(block) or all(_complete(child) for child in pluses))
    return any(
        apart if child.style is Style.PLUS else _own_item(block, child)
        for child in block.children
        if not labelled(child) and not is_closing(child.text.text)
    )


def _complete(block: Block) -> bool:
    """Whether a "+" is a sentence of its own, not a name or a label with its value ("+ Báo cáo năm: trước …")."""
    text = block.text.text.rstrip()
    whole = text.endswith((".", ";")) and len(text.split()) >= _FEW_WORDS and text[:1].isupper()
    return whole and ":" not in text[:40]


def _own_item(block: Block, child: Block) -> bool:
    if child.style is Style.NONE and ordered(child.text):
        return False
    if child.table and not child.text:
        return False
    if child.style is Style.NONE:
        return not states_duty(block) if block.style in _NUMBERED else block.style not in (Style.DASH, Style.PLUS)
    return True


def leaf_of(block: Block) -> Leaf | None:
    """The item that a block is; None if it only opens others (then its children are looked at)."""
    if opens_items(block) or (is_heading(block) and block.style in (Style.ROMAN, Style.PHAN, Style.CHUONG, Style.MUC)):
        return None
    if (block.text.text.rstrip().endswith(":") and not block.children) or _TO_TABLE.search(flat(block.text.text[-80:])):
        return None
    fields: dict[Meaning, list[MappedText]] = defaultdict(list)
    details, apart = [], []
    for child in block.children:
        found = labelled(child)
        if found:
            for meaning, value, _ in labels(child.text, whole=True):
                fields[meaning].append(value)
        elif _detail(block, child):
            details += [b.text for b in child.walk() if b.text]
        else:
            apart.append(child)
    for meaning, value, _ in labels(block.text):
        fields[meaning].append(value)
    text = MappedText.join([block.text, *details])
    return Leaf(block, text, dict(fields), tuple(apart)) if text else None


def with_fields(blocks: Sequence[Block]) -> list[Block]:
    """Blocks of one level, where labelled lines printed as further items ("- Thời gian: …") go below their item."""
    kept: list[Block] = []
    for block in blocks:
        loose = block.style in _LOOSE and not block.children and labelled(block)
        if loose and kept and states_duty(kept[-1]) and not opens_items(kept[-1]):
            kept[-1] = replace(kept[-1], children=(*kept[-1].children, block))
        else:
            kept.append(block)
    return kept


def _detail(block: Block, child: Block) -> bool:
    if is_closing(child.text.text) or ordered(child.text) or child.table:
        return False
    return child.style is Style.PLUS or (child.style is Style.NONE and block.style in _NUMBERED)
