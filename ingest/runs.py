"""Lines → pieces: runs of table rows become Tables, the other lines stay; flattened columns are told from tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Line, is_alignment
from ingest.outline import Piece
from ingest.part_words import APPENDIX
from ingest.tables import is_group_title, read_tables

_LIST_CELL = re.compile(r" {0,8}(?:[-•*+·]|\(?[\dIVXa-zđ.]{1,6}[.):-])? {0,3}")
#: A row that is no header: it begins with its number, or with an empty cell.
_ROW_GOES_ON = re.compile(r" {0,3}(?:\(?\d{1,3}(?:\.\d{1,3}){0,3}[.)]? {0,3})?\t")
_COLUMNS = re.compile(r"\t+| {3,}|(?<!\\)\|")


def row_flags(lines: Sequence[Line]) -> list[bool]:
    """For each line whether it is a row of a table. Tabs after list numbers or for indenting make no table."""
    flags = [_is_row(x.text.text) for x in lines]
    for at, line in enumerate(lines):
        if is_alignment(line.text.text):
            _flag_pipes(lines, flags, at)
    at = 0
    while at < len(flags):
        end = at
        while end < len(flags) and (flags[end] or _is_inner(lines, flags, at, end)):
            end += 1
        if end > at and not _is_table([x.text.text for x in lines[at:end]]):
            flags[at:end] = [False] * (end - at)
        elif end > at:
            flags[at:end] = [True] * (end - at)
        at = max(end, at + 1)
    return flags


def with_tables(lines: Sequence[Line], flags: Sequence[bool]) -> tuple[list[Piece], list[tuple[int, str]]]:
    """The lines with each run of rows replaced by its tables, and the notes of the tables."""
    pieces: list[Piece] = []
    notes: list[tuple[int, str]] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and flags[end]:
            end += 1
        if end > at:
            tables, found = read_tables(lines[at:end])
            if not tables:
                unclaimed = [x.number for x in lines[at:end] if x.text.text.strip("|-: \t")]
                found.extend((number, "dòng không thuộc phần nào đã nhận ra") for number in unclaimed)
            pieces.extend(tables)
            notes.extend(found)
            at = end
            continue
        if not is_alignment(lines[at].text.text):
            pieces.append(plain(lines[at]))
        at += 1
    return pieces, notes


def plain(line: Line) -> Line:
    """The line without the tabs around it."""
    return Line(line.text.strip(), line.number, line.gap)


def columns(line: Line) -> list[Line]:
    """A line printed in two columns (letterhead, signature) as one line for each column, left to right."""
    text, parts, at = line.text, [], 0
    if len(text) > 2000:
        return [line]
    for m in _COLUMNS.finditer(text.text):
        before, after = text.text[at : m.start()].strip(), text.text[m.end() :].strip()
        if m.group()[0] == " " and not _is_column_gap(before, after):
            continue
        parts.append(text[at : m.start()].strip())
        at = m.end()
    parts.append(text[at:].strip())
    return [Line(p, line.number, line.gap and not i) for i, p in enumerate(x for x in parts if x)]


def _is_column_gap(before: str, after: str) -> bool:
    """A wide gap is a blank to be filled in ("Số:      /KH-UBND", "ngày     tháng") and no column there."""
    if not before or not after or before.endswith((":", "ngày", "tháng", "năm", "Số")):
        return bool(re.fullmatch(r"N[ơo]i nh[ậâa]n ?:", before)) and bool(after)
    return not after.startswith(("/", "tháng", "năm ", "ngày", "-KH", "-QĐ"))


def _is_row(line: str) -> bool:
    inner = line.strip()
    return "\t" in inner or line.count("\t") > 1 or (inner.startswith("|") and inner.count("|") > 2)


def _flag_pipes(lines: Sequence[Line], flags: list[bool], at: int) -> None:
    """Rows without outer pipes around an alignment row."""
    if at and "|" in lines[at - 1].text.text:
        flags[at - 1] = True
    for i in range(at, len(lines)):
        if "|" not in lines[i].text.text:
            return
        flags[i] = True


def _is_inner(lines: Sequence[Line], flags: Sequence[bool], start: int, at: int) -> bool:
    """A line between two rows: the end of a cell that had a line break, or the title of a group of rows."""
    if at <= start or at + 1 >= len(lines) or not flags[at + 1] or not flags[at - 1]:
        return False
    before, text, after = (x.text.text for x in lines[at - 1 : at + 2])
    if "\t" not in before or "\t" not in after or APPENDIX.match(text):
        return False
    if not lines[at].gap and not lines[at + 1].gap:
        return True
    return bool(_ROW_GOES_ON.match(after)) and len(text) < 200 and (text[0].islower() or is_group_title(text))


def _is_table(run: Sequence[str]) -> bool:
    if any(x.lstrip().startswith("|") for x in run) or any(map(is_alignment, run)):
        return True
    if max(x.count("\t") for x in run) > 1:
        return len(run) > 1 or any(x.count("\t") > 2 for x in run)
    listed = sum(bool(_LIST_CELL.fullmatch(x.split("\t", 1)[0])) for x in run)
    return len(run) > 1 and 2 * listed <= len(run)
