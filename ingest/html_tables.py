"""HTML tables, as OCR programs print them → rows with tabs, one a line, every cell in its own column.

A cell that spans columns is followed by empty ones. A cell that spans rows holds for the rows below, too: there stands
a ditto mark. In the first row, the header, none does: "STT" beside "Chủ trì | Phối hợp" leaves a blank below it.
Words outside the cells, a caption or the text behind a table that nobody closed, keep lines of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.text import MappedText

DITTO = '"'
_TAG = re.compile(r"<(?P<end>/?)(?P<name>table|tr|td|th)(?P<attributes>[ \n][^<>]{0,300})?>", re.IGNORECASE)
_SPAN = re.compile(r"(?P<which>col|row)span ?= ?[\"']?(?P<size>\d{1,2})", re.IGNORECASE)
_MARK = re.compile(r"<[^<>]{0,300}>")
#: No directive's table is wider; a larger span is damage.
_WIDEST = 40


@dataclass(frozen=True, slots=True)
class _Open:
    """A cell whose end is not read yet: where its words begin, and how many columns and rows it spans."""

    start: int
    columns: int
    rows: int


@dataclass(slots=True)
class _Table:
    """A table while its marks are read. ``begun``: where it opens; ``seen``: end of the last mark.

    ``rows``: for each cell its words and a mark that stands before it; ``hanging``: rows a column still covers;
    ``asides``: words outside the cells, by the number of rows above them.
    """

    text: MappedText
    begun: int
    seen: int
    rows: list[list[tuple[MappedText, MappedText]]] = field(default_factory=list)
    hanging: dict[int, int] = field(default_factory=dict)
    asides: dict[int, list[MappedText]] = field(default_factory=dict)
    cell: _Open | None = None

    def read(self, tag: re.Match[str]) -> bool:
        """The next mark; whether it closes the table."""
        name, closing = tag["name"].lower(), bool(tag["end"])
        self._close_cell(tag.start())
        if name == "tr":
            self._row(tag.start(), closing)
        elif name != "table" and not closing:
            spans = {m["which"].lower(): int(m["size"]) for m in _SPAN.finditer(tag["attributes"] or "")}
            self.cell = _Open(tag.end(), max(spans.get("col", 1), 1), spans.get("row", 1))
        self.seen = tag.end()
        return name == "table" and closing

    def written(self) -> MappedText:
        lines: list[MappedText] = []
        for above, row in enumerate(self.rows):
            pieces = [piece for at, (tab, words) in enumerate(row) for piece in ((tab, words) if at else (words,))]
            lines += [*self.asides.get(above, ()), MappedText.join(pieces, "")]
        return MappedText.join([*lines, *self.asides.get(len(self.rows), ())], "\n")

    def _row(self, at: int, closing: bool) -> None:
        """The mark at ``at`` closes a row, or opens one."""
        self._fill(at)
        if not closing:
            self.rows.append([])

    def _close_cell(self, end: int) -> None:
        """The words up to ``end`` are those of the open cell; without one a caption, or text behind an open table."""
        cell, self.cell = self.cell, None
        if cell is None:
            if _MARK.sub("", self.text.text[self.seen : end]).strip():
                self.asides.setdefault(len(self.rows), []).append(self.text[self.seen : end].strip())
            return
        self.rows = self.rows or [[]]
        self._fill(cell.start - 1)
        row = self.rows[-1]
        for column in range(max(1, min(cell.columns, _WIDEST - len(row)))):
            if cell.rows > 1:
                self.hanging[len(row)] = cell.rows - 1
            words = MappedText.join(_lines(self.text[cell.start : end])) if column == 0 else MappedText.empty()
            row.append((self._mark("\t", end if column else cell.start - 1), words))

    def _fill(self, at: int) -> None:
        """Columns that cells of earlier rows cover in the last one."""
        row = self.rows[-1] if self.rows else []
        while self.rows and self.hanging.get(len(row), 0):
            self.hanging[len(row)] -= 1
            below_header = len(self.rows) == 2
            row.append((self._mark("\t", at), MappedText.empty() if below_header else self._mark(DITTO, at)))

    def _mark(self, sign: str, at: int) -> MappedText:
        place = self.text[at : at + 1]
        return MappedText(sign, place.starts, place.ends)


def spread_tables(text: MappedText) -> MappedText:
    """``text`` with its HTML tables as lines of cells; a table that is never closed stays as it is."""
    pieces: list[MappedText] = []
    at = 0
    table: _Table | None = None
    for tag in _TAG.finditer(text.text):
        if table is None:
            opens = tag["name"].lower() == "table" and not tag["end"]
            table = _Table(text, tag.start(), tag.end()) if opens else None
        elif table.read(tag):
            pieces += [text[at : table.begun], table.written()]
            table, at = None, tag.end()
    return MappedText.join([*pieces, text[at:]], "\n") if pieces else text


def _lines(cell: MappedText) -> list[MappedText]:
    ends = [m.start() for m in re.finditer("\n", cell.text)]
    return [cell[a:b].strip() for a, b in zip([0, *(e + 1 for e in ends)], [*ends, len(cell)], strict=True)]
