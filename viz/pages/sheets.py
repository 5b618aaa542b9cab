"""Assignments → a workbook for spreadsheets, or a calendar of deadlines."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence

from icalendar import Calendar, Event
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from graph.assignments import Assignment
from graph.lineage import Lineage
from graph.records import Agency, Task
from graph.store.base import Direction, Node
from viz import words
from viz.pages.wording import Wording

Value = str | int | dt.date | None
_WIDTHS = (12, 60, 14, 24, 20, 24, 18, 24, 30, 8, 60, 40)
_HEADS = (
    "role", "text", "deadline", "col_printed_deadline", "product", "col_printed_name", "col_number", "status",
    "col_file", "col_line_head", "quote", "col_id",
)  # fmt: skip
_IMPACT_HEADS = (
    "step", "kind", "col_id", "text", "relation", "status", "col_file", "col_line_head", "quote"
)  # fmt: skip


def workbook(assignments: Iterable[Assignment], wording: Wording) -> bytes:
    """One sheet, one row an assignment."""
    heads = [wording(key) for key in _HEADS]
    return table_book([heads, *(_row(item, wording) for item in assignments)], wording("agency_tasks"), _WIDTHS)


def table_book(rows: Iterable[Sequence[Value]], title: str, widths: Sequence[int] = ()) -> bytes:
    """Rows, the first of them heads, as a workbook; a text that looks like a formula stays a text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    bold = Font(bold=True)
    for number, row in enumerate(rows):
        cells = [_cell(sheet, value) for value in row]
        for cell in cells if number == 0 else ():
            cell.font = bold
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def impact_rows(found: Lineage, wording: Wording) -> Iterator[list[Value]]:
    """A lineage as rows for a spreadsheet, heads first."""
    yield [wording(key) for key in _IMPACT_HEADS]
    for item in found.items:
        edge, status = item.path[-1], found.statuses.get(item.node.id)
        said = edge.evidence
        row: list[Value] = [
            item.depth,
            wording.kind(item.node.label),
            item.node.id,
            ": ".join(part for part in (wording.name(item.node), wording.text(item.node)) if part),
            f"{wording.verb(edge, Direction.UP)} {edge.source}",
            wording.status(status) if status else "",
            said.file if said else "",
            said.line if said else "",
            said.quote if said else "",
        ]
        yield row


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> Cell:
    plain = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value
    cell: Cell = WriteOnlyCell(sheet, plain)  # type: ignore[arg-type]  # its stubs forget dates
    if isinstance(plain, str):
        cell.data_type = "s"
    return cell


def calendar(assignments: Iterable[Assignment], agency: Node, wording: Wording, stamp: dt.datetime) -> bytes:
    """An all-day event on the last day of each deadline; work without one is left out. ``stamp``: when it was made."""
    made = Calendar()
    made.add("prodid", "-//directive-lineage//VI")
    made.add("version", "2.0")
    made.add("x-wr-calname", wording("calendar_name", name=wording.name(agency)))
    for item in assignments:
        if item.deadline and item.deadline.end:
            made.add_component(_event(item, item.deadline.end, wording, stamp))
    text: bytes = made.to_ical()
    return text


def _event(item: Assignment, end: dt.date, wording: Wording, stamp: dt.datetime) -> Event:
    role = wording.role(item.role)
    said = item.edge.evidence.quote if item.edge.evidence else ""
    event = Event()
    event.add("uid", f"{item.task.id}.{item.role or 'none'}.{item.agency.id}@directive-lineage")
    event.add("dtstamp", stamp)
    event.add("dtstart", end)
    event.add("dtend", end + dt.timedelta(days=1))
    event.add("summary", f"{role.capitalize()}: {wording.text(item.task)}")
    told = (wording.full_name(item.directive), wording.status(item.status), said)
    event.add("description", "\n".join(part for part in told if part))
    event.add("categories", [role])
    return event


def _row(item: Assignment, wording: Wording) -> tuple[Value, ...]:
    task, agency, evidence = item.task.record, item.agency.record, item.edge.evidence
    assert isinstance(agency, Agency)
    return (
        wording.role(item.role),
        wording.text(item.task),
        item.deadline.end or wording.due(item.deadline) if item.deadline else None,
        item.deadline.text if item.deadline else None,
        task.output if isinstance(task, Task) else None,
        item.edge.printed or agency.name,
        words.number(item.directive),
        wording.status(item.status),
        evidence.file if evidence else None,
        evidence.line if evidence else None,
        evidence.quote if evidence else None,
        item.task.id,
    )
