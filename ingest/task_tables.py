"""Rows of a task table, wherever it stands → tasks with output and deadline, and who leads and coordinates each."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from graph.records import Deadline, Finding, Task
from graph.vocabulary import DeadlineKind, Origin, Role
from ingest.columns import ROLES, Columns, Kind, Meaning, read_columns
from ingest.deadlines import read_deadline
from ingest.proofs import row_text
from ingest.refs import Refs
from ingest.roles import Assigned, Assignment, cell_roles, evidenced
from ingest.structure import Row, Table
from ingest.text import MappedText, Source

_BLANK = re.compile(r"[\s.\-/…_*]*")
#: "nt", "-nt-", "như trên", a ditto mark: what stands in the cell above.
_DITTO = re.compile(r"[\s\-.]*(?:n/?t|như trên|[\"”“]|''|〃)[\s\-.]*", re.IGNORECASE)


def task_columns(table: Table) -> Columns | None:
    """Columns of a table whose rows are tasks; None for any other table."""
    columns = read_columns([cell.text for cell in table.header])
    return columns if columns and columns.kind is Kind.TASKS else None


def cell(row: Row, at: int | None) -> MappedText | None:
    """A cell that says something; None if it is missing, empty or "-"."""
    if at is None or at >= len(row.cells) or _BLANK.fullmatch(row.cells[at].text):
        return None
    return row.cells[at].strip()


def ordinal_of(row: Row, columns: Columns) -> str | None:
    found = cell(row, columns.first(Meaning.ORDINAL))
    return found.text.strip(" .)") or None if found else None


def spelled_out(rows: Sequence[Row]) -> list[Row]:
    """The same rows, each cell that only repeats the one above with what stands there."""
    found: list[Row] = []
    for row in rows:
        above = found[-1].cells if found else ()
        cells = [a if c and _DITTO.fullmatch(c.text) else c for c, a in zip_longest(row.cells, above[: len(row.cells)])]
        found.append(replace(row, cells=tuple(c or MappedText.empty() for c in cells)))
    return found


def row_roles(row: Row, columns: Columns) -> list[Assigned]:
    """Agencies of all role columns of a row, leads first."""
    found: list[Assigned] = []
    for column in sorted(columns.columns, key=lambda c: (c.meaning is not Meaning.LEAD, c.at)):
        role = ROLES.get(column.meaning)
        names = cell(row, column.at)
        if role and names:
            found += cell_roles(names, role)
    said = row_text(row)
    return [replace(a, said=said) for a in found]


def table_tasks(
    table: Table, columns: Columns, section: str, refs: Refs, source: Source, issued_on: dt.date | None
) -> tuple[list[Task], list[Assignment], list[Finding]]:
    """Tasks of a task table in order; a row without a name is none."""
    tasks: list[Task] = []
    assignments: list[Assignment] = []
    findings: list[Finding] = []
    for row in spelled_out(table.rows):
        name = cell(row, columns.first(Meaning.NAME))
        if name is None:
            continue
        ordinal = ordinal_of(row, columns)
        place = "/".join(p for p in (section, row.group_ordinal) if p)
        ref = refs.take(section, row.group_ordinal, ordinal or str(len(tasks) + 1))
        deadline, unclear = row_deadline(row, columns, issued_on)
        output = cell(row, columns.first(Meaning.OUTPUT))
        roles = evidenced(ref, row_roles(row, columns), source)
        tasks.append(
            Task(
                ref=ref, text=name.text, origin=Origin.APPENDIX, section=place, ordinal=ordinal, group=row.group,
                output=output.text if output else None, deadline=deadline, evidence=source.evidence(name),
            )
        )  # fmt: skip
        assignments += roles
        findings += [*unclear, *_without_lead(row, columns, name, roles)]
    return tasks, assignments, findings


def _without_lead(row: Row, columns: Columns, name: MappedText, roles: list[Assignment]) -> list[Finding]:
    """A finding if the table has a column of leads and this row names none."""
    has_column = columns.first(Meaning.LEAD, Meaning.LEAD_AND_COORDINATE) is not None
    if not has_column or any(r.role is Role.LEAD for r in roles):
        return []
    message = "Nhiệm vụ trong bảng không ghi cơ quan chủ trì"
    return [Finding(kind="no_lead", message=message, line=row.line, quote=name.text[:200])]


def row_deadline(row: Row, columns: Columns, issued_on: dt.date | None) -> tuple[Deadline, list[Finding]]:
    """Deadline of a row; a cell that cannot be read is kept as text and reported."""
    begun, words = (cell(row, columns.first(meaning)) for meaning in (Meaning.START, Meaning.DEADLINE))
    if begun and words:
        deadline = _from_to(read_deadline(begun, issued_on), read_deadline(words, issued_on))
    else:
        deadline = read_deadline(words or begun or MappedText.empty(), issued_on)
    if deadline is None:
        return Deadline(), []
    return deadline, unread([deadline], row.line)


def _from_to(begun: Deadline | None, due: Deadline | None) -> Deadline | None:
    """One span of the columns "Bắt đầu" and "Kết thúc"; where either is no span, the latter alone."""
    if not begun or not due or not begun.start or not due.end or begun.start > due.end:
        return due or begun
    return Deadline(kind=DeadlineKind.RANGE, text=f"{begun.text} - {due.text}", start=begun.start, end=due.end)


def unread(deadlines: Iterable[Deadline], line: int) -> list[Finding]:
    """A finding for each deadline that has words but no reading."""
    return [
        Finding(kind="unparsed_deadline", message="Không đọc được thời hạn", line=line, quote=d.text)
        for d in deadlines
        if d.kind is DeadlineKind.NONE and d.text
    ]
