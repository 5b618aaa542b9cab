"""A layout → passages: the stretches of text that are read as one, in reading order.

Lines that a scan broke are joined again where a preamble goes on; what a portal notes over the letterhead is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest.citation_forms import find_numbers
from ingest.flat import flat
from ingest.head_lines import PREAMBLE_WORDS, above_letterhead, find_head
from ingest.lines import Line, is_hanging
from ingest.structure import Block, Layout, Part, Style
from ingest.text import MappedText


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that is read as one: a block, a cell, a title. ``headings``: texts of the items above it.

    ``opening``: it stands before the first numbered heading, where a text says what it rests on.
    """

    part: Part
    text: MappedText
    line: int
    headings: tuple[str, ...] = ()
    opening: bool = False
    cell: bool = False
    first_child_of: int | None = None


def passages(layout: Layout) -> list[Passage]:
    """All stretches of a layout in reading order; table cells one by one."""
    found: list[Passage] = []
    for section in layout.sections:
        if section.part is Part.HEAD:
            found.extend(_head_passages(section.blocks))
            continue
        if section.title:
            found.append(Passage(section.part, section.title, section.blocks[0].line if section.blocks else 1))
        if section.part is Part.PREAMBLE:
            held: list[Passage] = []
            for block in section.blocks:
                _walk(block, section.part, (), True, None, held)
            found.extend(_rejoined(held))
            continue
        numbered = False
        for block in section.blocks:
            opening = section.part is Part.BODY and not numbered
            numbered = numbered or block.style not in (Style.NONE, Style.DASH)
            opening = opening and not (section.part is Part.BODY and numbered)
            _walk(block, section.part, (), opening, None, found)
    return found


def _head_passages(blocks: tuple[Block, ...]) -> Iterator[Passage]:
    """The title with its type word as one passage; lines behind it are the opening of the text.

    What a portal notes over the letterhead ("… đã được thay thế bởi …") is read line by line.
    """
    lines = [
        Line(b.text, b.line, gap=i > 0 and b.line - blocks[i - 1].line > 1) for i, b in enumerate(blocks) if b.text
    ]
    head = find_head(lines)
    if not head.page:
        noted = (x for x in above_letterhead(lines[: head.start]) if find_numbers(x.text.text, flat(x.text.text)))
        yield from (Passage(Part.BODY, x.text, x.number) for x in noted)
    title = MappedText.join(x.text for x in lines[head.start : head.end])
    if title:
        yield Passage(Part.HEAD, title, lines[head.start].number, opening=True)
    rest = [Passage(Part.PREAMBLE, x.text, x.number, opening=True) for x in lines[head.end :]]
    yield from _rejoined(rest)


def _rejoined(pieces: Iterable[Passage]) -> Iterator[Passage]:
    """Passages of an opening whose lines a scan broke: what ended without a stop goes on in the next one.

    "Căn" / "cứ Luật …" and "Căn cứ Hiến pháp nước" / "Cộng hòa …" are one; a new "Căn cứ" begins a new one.
    """
    held: list[Passage] = []
    for piece in pieces:
        if held and _begins_anew(held[-1].text.text[-200:].rstrip(), piece.text.text[:200].strip()):
            yield _one(held)
            held = []
        held.append(piece)
    if held:
        yield _one(held)


def _one(pieces: list[Passage]) -> Passage:
    if len(pieces) == 1:
        return pieces[0]
    return replace(pieces[0], text=MappedText.join(p.text for p in pieces))


def _begins_anew(before: str, text: str) -> bool:
    if before[-1:] in (".", ":", ";") or text[:1] in "-+*•" or (before.isupper() and not text.isupper()):
        return True
    opens = text[:1].isupper() and PREAMBLE_WORDS.match(flat(text)) is not None
    return opens and (before[-1:] == "," or (len(before) > 12 and not is_hanging(before)))


def _walk(
    block: Block, part: Part, headings: tuple[str, ...], opening: bool, parent: int | None, found: list[Passage]
) -> None:
    here: int | None = None
    if block.text:
        here = len(found)
        found.append(Passage(part, block.text, block.line, headings, opening, first_child_of=parent))
    if block.table:
        for row in block.table.rows:
            found.extend(Passage(part, cell, row.line, headings, cell=True) for cell in row.cells if cell)
    inner = (*headings, block.text.text) if block.text else headings
    for child in block.children:
        _walk(child, part, inner, opening, here, found)
