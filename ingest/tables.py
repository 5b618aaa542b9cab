"""Rows of tab-separated or Markdown tables → Tables: headers merged, pages sewn together, groups told from rows.

Cells never move to another column: short rows are padded at the end, long ones say so in a note.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.fuzz import ratio

from graph.text import fold
from ingest.encodings import is_syllable
from ingest.lines import Line
from ingest.markers import roman_value
from ingest.normalize import squeeze
from ingest.structure import Row, Table
from ingest.text import MappedText

Cells = list[MappedText]
Note = tuple[int, str]

_PIPE = re.compile(r"(?<!\\)\|")
_ORDINAL = re.compile(r"\(?(\d{1,4}(?:\.\d{1,3}){0,4}|[a-zđ])[.)]{0,2}")
_GROUP = re.compile(r"(?P<n>[IVXLC]{1,7}|[A-HĐ])(?:[.):-]{1,2} ?| |$)(?P<text>.*)", re.DOTALL)
_GROUP_TITLE = re.compile(r"(?:Nhóm|Lĩnh vực|Mục|Phần|Chương|Khối)\b|[IVX]{1,5}[.)-] ?|[A-HĐ][.)-] ?")
_NUMBER_HEADS = frozenset({"stt", "tt", "so tt", "so thu tu", "thu tu", "no", "s tt", "st t"})
_TOTAL = re.compile(r"(?:tong so|cong|tong)[ :.]{0,3}|tong cong\b.{0,60}")


@dataclass(slots=True)
class _Draft:
    """A row while its pieces are sewn together."""

    cells: list[list[MappedText]]
    line: int
    group: str | None
    group_ordinal: str | None

    def first(self) -> str:
        return self.cells[0][0].text if self.cells[0] else ""


@dataclass(slots=True)
class _Reader:
    width: int
    header: Cells
    line: int
    numbered: bool
    heads: list[Cells] = field(default_factory=list)
    drafts: list[_Draft] = field(default_factory=list)
    group: str | None = None
    group_ordinal: str | None = None
    group_open: bool = False
    group_line: int = 0


def is_group_title(text: str) -> bool:
    """Whether a line without cells heads the rows below it: "NHÓM II", "Lĩnh vực y tế", "B. Hạ tầng"."""
    return text.isupper() or bool(_GROUP_TITLE.match(text))


def read_tables(lines: Sequence[Line]) -> tuple[list[Table], list[Note]]:
    """Tables of a run of row lines (blank lines and page furniture already out), and what had to be mended.

    Every line lands in a header, a row, a group or a note.
    """
    notes: list[Note] = []
    rows = _glue_broken_lines([(_cells(x), x) for x in lines if not _is_rule(x)])
    tables: list[Table] = []
    reader: _Reader | None = None
    at = 0
    while at < len(rows):
        cells, line = rows[at]
        if not any(cells):
            at += 1
        elif reader is None or _is_new_header(reader, cells):
            if reader:
                tables.append(_finish(reader, notes))
            reader, used = _open_table(rows[at:], notes)
            at += used
        else:
            _read_row(reader, cells, line, notes, rows[at + 1][0] if at + 1 < len(rows) else [])
            at += 1
    if reader:
        tables.append(_finish(reader, notes))
    return tables, notes


def _cells(line: Line) -> Cells:
    text = line.text
    if "\t" in text.text:
        return _split(text, re.compile("\t"))
    stripped = text.strip()
    start = 1 if stripped.text.startswith("|") else 0
    end = len(stripped) - (1 if stripped.text.endswith("|") and not stripped.text.endswith("\\|") else 0)
    return [_unescape(c) for c in _split(stripped[start:end], _PIPE)]


def _split(text: MappedText, separator: re.Pattern[str]) -> Cells:
    cells, at = [], 0
    for m in separator.finditer(text.text):
        cells.append(squeeze(text[at : m.start()]))
        at = m.end()
    return [*cells, squeeze(text[at:])]


def _unescape(cell: MappedText) -> MappedText:
    if "\\|" not in cell.text:
        return cell
    pieces = [cell[m.start() : m.end()] for m in re.finditer(r"\\(?!\|)|[^\\]{1,10000}", cell.text)]
    return MappedText.join(pieces, "")


def _is_rule(line: Line) -> bool:
    text = line.text.text
    return set(text) <= set("|-:=+ \t") and ("--" in text or "|-" in text or ":-" in text)


def _glue_broken_lines(rows: list[tuple[Cells, Line]]) -> list[tuple[Cells, Line]]:
    """A line break inside a cell cuts a row in two physical lines whose cells add up to one row."""
    width = Counter(len(c) for c, _ in rows).most_common(1)[0][0] if rows else 0
    glued: list[tuple[Cells, Line]] = []
    for cells, line in rows:
        if glued and not line.gap and len(cells) < width and cells[0] and not _is_numbered(cells[0].text):
            before, first = glued[-1]
            if len(before) + len(cells) - 1 == width and len(before) < width and before[-1]:
                glued[-1] = ([*before[:-1], MappedText.join([before[-1], cells[0]]), *cells[1:]], first)
                continue
            if len(cells) == 1 and before[-1] and not is_group_title(cells[0].text):
                glued[-1] = ([*before[:-1], MappedText.join([before[-1], cells[0]])], first)
                continue
        glued.append((cells, line))
    return glued


def _is_numbered(text: str) -> bool:
    m = _GROUP.match(text)
    return bool(_ORDINAL.fullmatch(text)) or bool(m and (roman_value(m["n"]) is not None or not m["text"]))


def _open_table(rows: list[tuple[Cells, Line]], notes: list[Note]) -> tuple[_Reader, int]:
    """Reader for the table that begins with ``rows``, and how many rows its header took (0 without a header)."""
    cells, line = rows[0]
    counts = Counter(len(_trimmed(c)) for c, _ in rows[:200])
    width = max(len(_trimmed(cells)), counts.most_common(1)[0][0], 2)
    if _is_numbered(cells[0].text):
        notes.append((line.number, "bảng không có dòng tiêu đề"))
        return _Reader(width, [MappedText.empty()] * width, line.number, True), 0
    header = _fit(cells, width, line, [])
    used = 1
    if len(rows) > 1 and _is_second_header(header, rows[1][0], rows[2][0] if len(rows) > 2 else [], width):
        header = _merge_headers(header, _fit(rows[1][0], width, line, []))
        used = 2
    if len(rows) > used and _is_column_count(rows[used][0]):
        notes.append((rows[used][1].number, "dòng đánh số cột, bỏ"))
        used += 1
    numbered = fold(header[0].text) in _NUMBER_HEADS or _mostly_numbered(rows[used : used + 40])
    return _Reader(width, header, line.number, numbered, [header, *(c for c, _ in rows[:used])]), used


def _trimmed(cells: Cells) -> Cells:
    end = len(cells)
    while end > 1 and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _mostly_numbered(rows: Sequence[tuple[Cells, Line]]) -> bool:
    first = [c[0].text for c, _ in rows if c[0]]
    return bool(first) and 2 * sum(map(_is_numbered, first)) > len(first)


def _fit(cells: Cells, width: int, line: Line, notes: list[Note]) -> Cells:
    cells = _trimmed(cells)
    if len(cells) > width:
        notes.append((line.number, f"dòng bảng có {len(cells)} ô, bảng có {width} cột: các ô cuối được gộp lại"))
        return [*cells[: width - 1], MappedText.join(cells[width - 1 :])]
    return cells + [MappedText.empty()] * (width - len(cells))


def _is_second_header(header: Cells, cells: Cells, third: Cells, width: int) -> bool:
    """A second header row has no number, short cells, and stands over the first numbered row."""
    if cells[0] or len(cells) > width or not any(cells) or any(len(c) > 40 for c in cells):
        return False
    holes = all(not header[i] or len(header[i]) < 40 for i, c in enumerate(cells) if c)
    spanned = any(c and not header[i] for i, c in enumerate(cells))
    return holes and (spanned or bool(third and _is_numbered(third[0].text)))


def _merge_headers(upper: Cells, lower: Cells) -> Cells:
    """By column; a lower cell under an empty upper one stands under the last upper one before it (a spanned head).

    A head that spans several columns is kept on a line of its own, so that the lower ones can be read alone.
    """
    merged, span = [], MappedText.empty()
    for i, (above, below) in enumerate(zip(upper, lower, strict=True)):
        span = above or (span if below and i and not above else MappedText.empty())
        spans = below and (not above or (i + 1 < len(upper) and not upper[i + 1] and bool(lower[i + 1])))
        merged.append(MappedText.join([span, below], "\n" if spans else " ") if below else above)
    return merged


def _is_column_count(cells: Cells) -> bool:
    """The row "(1) (2) (3)" that some tables have under their header."""
    texts = [c.text.strip("()[] ") for c in cells if c]
    return len(texts) > 2 and texts == [str(i + 1) for i in range(len(texts))]


def _is_new_header(reader: _Reader, cells: Cells) -> bool:
    head = fold(cells[0].text)
    if head not in _NUMBER_HEADS or sum(map(bool, cells)) < 3:
        return False
    return not _repeats_header(reader, cells)


def _repeats_header(reader: _Reader, cells: Cells) -> bool:
    """A row that repeats the header, or one of the two rows it was printed in."""
    return any(_is_same_header(head, cells) for head in reader.heads)


def _is_same_header(header: Cells, cells: Cells) -> bool:
    """A header repeated on the next page, also where the scan damaged it."""
    if not any(header) or _is_numbered(cells[0].text) or bool(header[0]) != bool(cells[0]):
        return False
    ours, theirs = (" ".join(c.text.lower() for c in x if c) for x in (header, cells))
    if abs(len(ours) - len(theirs)) > 0.3 * len(ours):
        return False
    return sum(map(bool, cells)) > 1 and ratio(ours, theirs) >= 80


def _read_row(reader: _Reader, cells: Cells, line: Line, notes: list[Note], following: Cells) -> None:
    if _repeats_header(reader, cells):
        notes.append((line.number, "tiêu đề bảng lặp lại, bỏ"))
        return
    if _is_column_count(cells):
        notes.append((line.number, "dòng đánh số cột, bỏ"))
        return
    cells = _fit(cells, reader.width, line, notes)
    if _TOTAL.fullmatch(fold(next(c.text for c in cells if c))) and len(next(c for c in cells if c)) < 60:
        notes.append((line.number, "dòng tổng cộng: " + " | ".join(c.text for c in cells if c)))
        return
    if group := _group(reader, cells, following):
        _close_group(reader, notes)
        reader.group_ordinal, reader.group = group
        reader.group_open, reader.group_line = True, line.number
        return
    if not cells[0] and reader.numbered:
        if reader.group_open and sum(map(bool, cells)) == 1 and reader.group is not None:
            reader.group = f"{reader.group} {next(c.text for c in cells if c)}".strip()
            return
        if reader.drafts:
            _continue_row(reader.drafts[-1], cells, line, notes)
            return
    reader.group_open = False
    reader.drafts.append(_Draft([[c] if c else [] for c in cells], line.number, reader.group, reader.group_ordinal))


def _close_group(reader: _Reader, notes: list[Note]) -> None:
    """Only the nearest group is kept with a row; one without rows of its own stands in a note."""
    if reader.group_open:
        words = " ".join(x for x in (reader.group_ordinal, reader.group) if x)
        notes.append((reader.group_line, f"nhóm không có dòng nào ngay dưới: {words}"))


def _group(reader: _Reader, cells: Cells, following: Cells) -> tuple[str | None, str] | None:
    """Ordinal and text of a group row; None for a data row."""
    filled = [c for c in cells if c]
    first = cells[0].text
    if not first:
        lone = len(filled) == 1 and filled[0].text.isupper() and len(filled[0]) > 12
        return (None, filled[0].text) if lone and reader.numbered and not reader.group_open else None
    m = _GROUP.fullmatch(first)
    if m and (roman_value(m["n"]) is not None or len(m["n"]) == 1):
        if len(filled) == 1 and m["text"]:
            return m["n"], m["text"].strip()
        if not m["text"] and 1 < len(filled) <= max(2, reader.width // 3):
            return m["n"], MappedText.join(cells[1:]).text
    lone = len(filled) == 1 and len(first) > 3 and not _ORDINAL.fullmatch(first)
    if lone and (is_group_title(first) or (m is None and reader.numbered)):
        return None, first
    return _parent_row(cells, following) if len(filled) == 2 else None


def _parent_row(cells: Cells, following: Cells) -> tuple[str, str] | None:
    """A row "1 | text" right above "1.1 | …" is a heading of those rows."""
    number = cells[0].text.rstrip(".")
    below = following[0].text.rstrip(".") if following else ""
    if cells[1] and number.isdigit() and below.startswith(number + "."):
        return number, cells[1].text
    return None


def _continue_row(draft: _Draft, cells: Cells, line: Line, notes: list[Note]) -> None:
    """The row was cut by a page end: its cells go on, each in its own column."""
    notes.append((line.number, f"dòng bảng bị cắt trang, nối với dòng {draft.line}"))
    for pieces, cell in zip(draft.cells, cells, strict=True):
        if cell:
            _sew(pieces, cell, line, notes)


def _sew(pieces: list[MappedText], cell: MappedText, line: Line, notes: list[Note]) -> None:
    """Add a piece of a cell; letters doubled or cut at the seam are mended where that is unmistakable."""
    before = pieces[-1].text if pieces else ""
    word, last = cell.text.split(None, 1)[0], before.rsplit(None, 1)[-1] if before else ""
    if last and word.isalpha() and word.islower():
        if before.endswith(" " + cell.text) and len(cell.text.split()) <= 3:
            notes.append((line.number, f'chữ "{cell.text}" lặp lại ở chỗ ngắt trang, bỏ một'))
            return
        if not is_syllable(word) and len(word) < len(last) and last.lower().endswith(word):
            notes.append((line.number, f'"{last}" / "{word}" trùng chữ ở chỗ ngắt trang, bỏ chữ thừa'))
            rest = cell[len(word) :].strip()
            if rest:
                pieces.append(rest)
            return
        if last.isalpha() and not is_syllable(last) and not last.isupper() and is_syllable(last + word):
            notes.append((line.number, f'"{last}" / "{word}" bị cắt ở chỗ ngắt trang, nối lại'))
            pieces[-1] = MappedText.join([pieces[-1], cell], "")
            return
    pieces.append(cell)


def _finish(reader: _Reader, notes: list[Note]) -> Table:
    _close_group(reader, notes)
    rows = []
    for draft in reader.drafts:
        cells = tuple(MappedText.join(pieces) for pieces in draft.cells)
        rows.append(Row(cells, draft.line, draft.group, draft.group_ordinal))
    return Table(tuple(reader.header), tuple(rows), reader.line)
