"""Rows and sentences → lines of plain text that read well on a terminal, in a pipe and in a narrow window.

No box is drawn and nothing is ever cut: a number or an id stands on one line whatever the width; prose is wrapped
between words. Where the columns that may not be broken leave no room, each row becomes a small block instead.

>>> [line.text for line in table([Column("Số", keep=True), Column("Nội dung")], [["65-KH/TU", "Triển khai"]], 80)]
['Số        Nội dung', '65-KH/TU  Triển khai']
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rich.cells import cell_len

from viz.plain import plain

#: Where nothing limits the width (a pipe, a file), prose is wrapped here, and so are wrapped columns taken together.
PROSE = 120
#: A wrapped column narrower than this is no pleasure to read: rows become blocks.
_NARROWEST = 24
_GAP = "  "


class Style(StrEnum):
    """How a line is set off on a terminal; plain text elsewhere."""

    PLAIN = ""
    HEAD = "bold"
    QUOTE = "dim"
    WARNING = "yellow"


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Column:
    """``keep``: never broken (numbers, ids, dates); others are wrapped between words."""

    title: str
    keep: bool = False


def prose(text: str, width: int | None, *, indent: int = 0, style: Style = Style.PLAIN) -> list[Line]:
    """A sentence wrapped between words, continued two cells further in. ``width`` None: as in a pipe."""
    room = max((width or PROSE) - indent, _NARROWEST)
    pieces = _wrapped(text, room, hanging=2)
    return [Line(" " * indent + piece, style) for piece in pieces]


def head(text: str, indent: int = 0) -> Line:
    return Line(" " * indent + plain(text), Style.HEAD)


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int | None, *, indent: int = 0
) -> list[Line]:
    """Rows under their titles; columns that are empty in every row are left out. No rows: no lines."""
    cells = [[plain(cell) for cell in row] for row in rows]
    shown = [i for i in range(len(columns)) if any(row[i] for row in cells)]
    columns = [columns[i] for i in shown]
    cells = [[row[i] for i in shown] for row in cells]
    if not cells or not columns:
        return []
    widths = _widths(columns, cells, None if width is None else width - indent)
    if widths is None:
        return list(_blocks(columns, cells, width, indent))
    pad = " " * indent
    lines = [Line(pad + _joined([c.title for c in columns], widths), Style.HEAD)]
    for row in cells:
        lines.extend(Line(pad + text) for text in _row(columns, row, widths))
    return lines


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int | None) -> list[int] | None:
    """Width of each column, or None where they do not fit side by side."""
    natural = [max(cell_len(text) for text in (c.title, *(r[i] for r in rows))) for i, c in enumerate(columns)]
    if room is None:
        widest = max(PROSE // max(sum(not c.keep for c in columns), 1), 2 * _NARROWEST)
        return [n if c.keep else min(n, widest) for n, c in zip(natural, columns, strict=True)]
    free = room - len(_GAP) * (len(columns) - 1) - sum(n for n, c in zip(natural, columns, strict=True) if c.keep)
    wrapped = [i for i, c in enumerate(columns) if not c.keep]
    given = dict.fromkeys(wrapped, 0)
    for place, i in enumerate(sorted(wrapped, key=lambda i: natural[i])):
        given[i] = min(natural[i], max(free, 0) // (len(wrapped) - place))
        free -= given[i]
    if free < 0 or any(given[i] < min(natural[i], _NARROWEST) for i in wrapped):
        return None
    return [given.get(i, n) for i, n in enumerate(natural)]


def _row(columns: Sequence[Column], row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    cells = [
        [text] if column.keep else _wrapped(text, width)
        for column, text, width in zip(columns, row, widths, strict=True)
    ]
    for i in range(max(len(cell) for cell in cells)):
        yield _joined([cell[i] if i < len(cell) else "" for cell in cells], widths)


def _blocks(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int | None, indent: int) -> Iterator[Line]:
    for row in rows:
        filled = [(c.title, text) for c, text in zip(columns, row, strict=True) if text]
        for place, (title, text) in enumerate(filled):
            yield from prose(f"{title}: {text}", width, indent=indent + (2 if place else 0))


def _joined(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * max(width - cell_len(cell), 0) for cell, width in zip(cells, widths, strict=True))
    return _GAP.join(padded).rstrip()


def _wrapped(text: str, width: int, hanging: int = 0) -> list[str]:
    return textwrap.wrap(
        plain(text), width, subsequent_indent=" " * hanging, break_long_words=False, break_on_hyphens=False
    ) or [""]
