"""Assignments → CSV for a spreadsheet: one row each, with where it stands in the text."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TextIO

from api.files import whole_file
from graph.assignments import Assignment, Assignments
from graph.export import safe_cell
from graph.records import Agency, Indicator, Task

COLUMNS = (
    "agency", "agency_id", "printed", "role", "deadline", "deadline_kind", "deadline_start", "deadline_end",
    "deadline_every", "number", "directive_id", "issued_on", "jurisdiction", "status", "kind", "task_id", "ordinal",
    "text", "output", "file", "line", "quote",
)  # fmt: skip


def write_csv(found: Assignments, target: str) -> None:
    """Write to a file (with a byte order mark, so that spreadsheets see UTF-8), or to standard output for "-".

    A file appears whole or not at all. OSError if it cannot be written.
    """
    if target == "-":
        write_rows(found, sys.stdout)
        sys.stdout.flush()
        return
    with (
        whole_file(Path(target)) as draft,
        draft.open("w", encoding="utf-8-sig", newline="", errors="backslashreplace") as stream,
    ):
        write_rows(found, stream)


def write_rows(found: Assignments, stream: TextIO) -> None:
    """The head and a row for each assignment."""
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: safe_cell(value) for name, value in _row(item).items()} for item in found.items)


def _row(item: Assignment) -> dict[str, object]:
    task, agency, evidence = item.task.record, item.agency.record, item.edge.evidence
    assert isinstance(task, Task | Indicator) and isinstance(agency, Agency)
    due = item.deadline
    return {
        "agency": agency.name,
        "agency_id": item.agency.id,
        "printed": item.edge.printed,
        "role": item.role,
        "deadline": due.text if due else None,
        "deadline_kind": due.kind if due else None,
        "deadline_start": due.start if due else None,
        "deadline_end": due.end if due else None,
        "deadline_every": due.every if due else None,
        "number": item.directive.number,
        "directive_id": item.directive.id,
        "issued_on": item.directive.issued_on,
        "jurisdiction": item.directive.jurisdiction,
        "status": item.status.status,
        "kind": item.task.label.value,
        "task_id": item.task.id,
        "ordinal": task.ordinal,
        "text": task.text,
        "output": task.output if isinstance(task, Task) else None,
        "file": evidence.file if evidence else None,
        "line": evidence.line if evidence else None,
        "quote": evidence.quote if evidence else None,
    }
