"""MappedText → Layout: parts, outline, paragraphs and tables of a directive as a reader sees them.

Works in four steps, each in its own module: lines (page furniture out), parts, runs of table rows, outline.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.lines import Line, Wrap, drop_furniture, join_lone_markers, split_lines, take_footnotes
from ingest.normalize import squeeze
from ingest.outline import Outline
from ingest.parts import Stretch, find_parts
from ingest.runs import plain, with_tables
from ingest.structure import Block, Layout, Part, Section, Style
from ingest.text import MappedText, Source

Note = tuple[int, str]
#: Parts whose lines are no paragraphs: each line is a block.
_LINEWISE = (Part.HEAD, Part.SIGNATURE)


def layout(text: MappedText, source: Source) -> Layout:
    """Layout of a normalized text. Each line that is not blank ends in one part or in a note; odd text never raises.

    >>> from ingest.text import RawText
    >>> raw = RawText("KẾ HOẠCH\\nNăm 2026\\n\\nI. MỤC ĐÍCH\\n\\n1. Bảo đảm\\n\\ntiến độ.", "a.txt", "")
    >>> print(outline(layout(MappedText.of(raw.text), Source.of(raw))))
    HEAD | Năm 2026
      none 1: KẾ HOẠCH
      none 2: Năm 2026
    BODY
      roman I: MỤC ĐÍCH
        decimal I.1: Bảo đảm tiến độ.
    """
    lines, notes = drop_furniture(split_lines(text, source))
    lines, footnotes = take_footnotes(lines)
    lines = join_lone_markers(lines)
    wrap = Wrap.of(lines)
    stretches, found = find_parts(lines, wrap)
    notes += found
    sections = []
    for stretch in stretches:
        section, found = _section(stretch, wrap)
        sections.append(section)
        notes += found
    if footnotes:
        sections.append(Section(Part.FOOTNOTES, _linewise(footnotes)))
    return Layout(tuple(sections), tuple(sorted(notes)))


def outline(found: Layout, width: int = 100) -> str:
    """A layout as indented lines, one for each block, for people who look for a mistake."""
    return "\n".join(_print(found, width))


def _section(stretch: Stretch, wrap: Wrap) -> tuple[Section, list[Note]]:
    title = squeeze(MappedText.join(stretch.title))
    if stretch.part in _LINEWISE:
        return Section(stretch.part, _linewise(stretch.lines), stretch.name, title), []
    pieces, notes = with_tables(stretch.lines, stretch.flags)
    reader = Outline(wrap)
    reader.read(pieces)
    return Section(stretch.part, reader.blocks(), stretch.name, title), notes + reader.notes


def _linewise(lines: list[Line]) -> tuple[Block, ...]:
    texts = [(squeeze(_unhashed(x)), x.number) for x in lines]
    return tuple(Block(Style.NONE, None, t, n, str(i)) for i, (t, n) in enumerate(texts, 1))


def _unhashed(line: Line) -> MappedText:
    text = plain(line).text
    bare = text.text.lstrip("#")
    return text[len(text) - len(bare) :].strip() if bare.startswith((" ", "\t")) else text


def _print(found: Layout, width: int) -> Iterator[str]:
    for section in found.sections:
        label = " | ".join(x for x in (section.part.name, section.name, section.title.text[:width]) if x)
        yield label
        stack = [(b, 1) for b in reversed(section.blocks)]
        while stack:
            block, depth = stack.pop()
            yield f"{'  ' * depth}{block.style} {block.path}: {block.text.text[:width]}".rstrip()
            if block.table:
                yield f"{'  ' * depth}  | " + " | ".join(h.text for h in block.table.header)
                for row in block.table.rows:
                    cells = " | ".join(c.text[:30] for c in row.cells)
                    yield f"{'  ' * depth}  [{row.group_ordinal or '-'}] {cells}"
            stack.extend((b, depth + 1) for b in reversed(block.children))
    for line, message in found.notes:
        yield f"note {line}: {message}"
