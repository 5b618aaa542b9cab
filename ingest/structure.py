"""What a layout is made of: parts, blocks (an outline as a tree), tables. Types only; ingest/layout.py builds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from ingest.text import MappedText


class Part(StrEnum):
    """Parts of a directive, in the order in which they stand."""

    HEAD = "head"  # letterhead, number, place and date, type word, title
    PREAMBLE = "preamble"  # căn cứ, thực hiện …, the adoption line
    BODY = "body"
    RECIPIENTS = "recipients"  # from "Nơi nhận:"
    SIGNATURE = "signature"
    APPENDIX = "appendix"  # one for each appendix, or for each attached document
    FOOTNOTES = "footnotes"  # what stood at the foot of pages


class Style(StrEnum):
    """Styles of numbering, roughly from high to low; the order in one text is what its own nesting shows."""

    PHAN = "phan"  # Phần I, PHẦN THỨ NHẤT
    CHUONG = "chuong"  # Chương I
    MUC = "muc"  # Mục 1
    DIEU = "dieu"  # Điều 1.
    ROMAN = "roman"  # I. , I- , II)
    DECIMAL = "decimal"  # 1. , 1- , 1) , 1.1. , 2.1.3. (depth by dots)
    LETTER = "letter"  # a) , a. , đ)
    PAREN = "paren"  # (1) , (i) , (a) at the start of a line
    DASH = "dash"  # - , – , • , *
    PLUS = "plus"  # + , - +
    HEADING = "heading"  # a Markdown heading without a number
    NONE = "none"  # a paragraph


@dataclass(frozen=True, slots=True)
class Row:
    """A logical row: its physical pieces rejoined. ``cells`` has one (maybe empty) text per column of its table.

    ``group``: text of the group row it stands under (with ``group_ordinal`` "III"), None if none.
    """

    cells: tuple[MappedText, ...]
    line: int
    group: str | None = None
    group_ordinal: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """``header``: one text per column (repeated headers of later pages dropped); ``rows``: data rows in order.

    Group rows are no rows: they are the ``group`` of the rows under them.
    """

    header: tuple[MappedText, ...]
    rows: tuple[Row, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Block:
    """An item or paragraph of the outline (lines rejoined over page breaks), with the blocks it governs.

    ``marker``: the numbering without punctuation ("III", "2.1", "đ", "1"), None for dashes and paragraphs.
    ``text``: its own text without the marker. ``path``: markers of all its parents and itself ("IV.3.a"); unnumbered
    items are counted ("IV.3.a.2" is the second dash under IV.3.a).
    """

    style: Style
    marker: str | None
    text: MappedText
    line: int
    path: str
    children: tuple[Block, ...] = ()
    table: Table | None = None

    def walk(self) -> Iterator[Block]:
        """This block and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the text: its blocks in order. ``name``: "PL I", "PL 02" of an appendix; an attachment's title."""

    part: Part
    blocks: tuple[Block, ...]
    name: str | None = None
    title: MappedText = field(default_factory=MappedText.empty)

    def walk(self) -> Iterator[Block]:
        for block in self.blocks:
            yield from block.walk()


@dataclass(frozen=True, slots=True)
class Layout:
    """A text as a reader sees it. ``notes``: (line, message) for numbering gaps, cut rows and lines no rule claimed."""

    sections: tuple[Section, ...]
    notes: tuple[tuple[int, str], ...] = ()

    def of(self, *parts: Part) -> Iterator[Section]:
        return (s for s in self.sections if s.part in parts)

    def blocks(self, *parts: Part) -> Iterator[Block]:
        for section in self.of(*parts):
            yield from section.walk()
