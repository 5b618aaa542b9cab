"""What an ingest says afterwards: one entry a file, nothing dropped silently.

Shape (also of ``lineage ingest --json``): {"files": [FileReport…], "totals": {status: count}}.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from pydantic import Field, computed_field

from graph.records import Finding, Reading, Record


class FileStatus(StrEnum):
    """What became of a file: failed and not tried, it is not in the store; every other status leaves it complete."""

    READ = "read"
    UNCHANGED = "unchanged"  # its bytes were read before
    REPLACED = "replaced"  # another text stood at this path before
    OTHER_COPY = "other_copy"  # a text of a directive whose longer text is already held
    FAILED = "failed"
    NOT_TRIED = "not_tried"  # the store stopped serving before


class FileReport(Record):
    """One file: what was read from it (counts), what could not be read (findings with lines), or why it failed."""

    file: str
    status: FileStatus
    directive: str | None = None
    number: str | None = None
    counts: dict[str, int] = Field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    error: str | None = None


class IngestReport(Record):
    """All files of one run, in the order in which they were read."""

    files: tuple[FileReport, ...]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def totals(self) -> dict[str, int]:
        """Files by status, sorted by name."""
        return dict(sorted(Counter(f.status.value for f in self.files).items()))

    @property
    def failed(self) -> bool:
        return any(f.status is FileStatus.FAILED for f in self.files)


def counts_of(reading: Reading) -> dict[str, int]:
    """How much was read: citations are the directives cited, however often each is mentioned."""
    directives = {reading.this.ref, *(m.ref for m in reading.mentions)}
    return {
        "citations": len(reading.mentions),
        "relations": sum(1 for e in reading.edges if e.source in directives and e.target in directives),
        "tasks": len(reading.tasks),
        "targets": sum(len(i.targets) for i in reading.indicators),
        "agencies": len(reading.agencies),
    }
