"""HTML tables, as OCR programs print them → rows with tabs, one a line, every cell in its own column.

A cell that spans columns is followed by empty ones. A cell that spans rows holds for the rows below, too: there stands
a ditto mark. In the first row, the header, none does: "STT" beside "Chủ trì | Phối hợp" leaves a blank below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.text import MappedText

DITTO = '"'
_TAG = re.compile(r"<(?P<end>/?)(?P<name>table|tr|td|th)(?P<attributes>[ \n][^<>]{0,300})?>", re.IGNORECASE)
_SPAN = re.compile(r"(?P<which>col|row)span ?= ?[\"']?(?P<size>\d{1,2})", re.IGNORECASE)
#: No directive's table is wider; a larger number is damage.
_WIDEST = 40


@dataclass(frozen=True, slots=True)
class _Open:
    """A cell whose end is not read yet: where its words begin, and how many columns and rows it spans."""

    start: int
    columns: int
    rows: int


@dataclass(slots=True)
class _Table:
    """``rows``: for each cell its words and a mark that stands before it; ``hanging``: rows a column still covers."""

    text: MappedText
    rows: list[list[tuple[MappedText, MappedText]]] = field(default_factory=list)
    hanging: dict[int, int] = field(default_factory=dict)
    cell: _Open | None = None

    def row(self, at: int, closing: bool) -> None:
        """The mark at ``at`` closes a row, or opens one."""
        self._fill(at)
        if not closing:
            self.rows.append([])

    def close_cell(self, end: int) -> None:
        cell, self.cell = self.cell, None
        if cell is None or not self.rows:
            return
        self._fill(cell.start - 1)
        row = self.rows[-1]
        for column in range(min(cell.columns, _WIDEST - len(row))):
            if cell.rows > 1:
                self.hanging[len(row)] = cell.rows - 1
            words = MappedText.join(_lines(self.text[cell.start : end])) if column == 0 else MappedText.empty()
            row.append((self._mark("\t", end if column else cell.start - 1), words))

    def written(self) -> MappedText:
        lines = []
        for row in self.rows:
            pieces = [piece for at, (tab, words) in enumerate(row) for piece in ((tab, words) if at else (words,))]
            lines.append(MappedText.join(pieces, ""))
        return MappedText.join(lines, "\n")

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
    at = begun = 0
    table: _Table | None = None
    for tag in _TAG.finditer(text.text):
        name, closing = tag["name"].lower(), bool(tag["end"])
        if table is None:
            if name == "table" and not closing:
                table, begun = _Table(text), tag.start()
            continue
        table.close_cell(tag.start())
        if name == "table" and closing:
            pieces += [text[at:begun], table.written()]
            table, at = None, tag.end()
        elif name == "tr":
            table.row(tag.start(), closing)
        elif name in ("td", "th") and not closing:
            spans = {m["which"].lower(): int(m["size"]) for m in _SPAN.finditer(tag["attributes"] or "")}
            table.cell = _Open(tag.end(), max(spans.get("col", 1), 1), spans.get("row", 1))
    return MappedText.join([*pieces, text[at:]], "\n") if pieces else text


def _lines(cell: MappedText) -> list[MappedText]:
    ends = [m.start() for m in re.finditer("\n", cell.text)]
    return [cell[a:b].strip() for a, b in zip([0, *(e + 1 for e in ends)], [*ends, len(cell)], strict=True)]
