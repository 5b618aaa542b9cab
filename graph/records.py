"""The records that travel between reading, storing and asking (frozen pydantic models).

A *reading* is all that one text says, with local names for what it speaks of: ``this`` (the text itself), a mention's
``ref``, a task's or indicator's ``ref``. Agencies carry their global id at once, since an agency's identity does not
depend on other texts; a directive's does (graph/identity.py), so the store turns local names into ids.
"""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict

from graph.vocabulary import (
    AgencyKind,
    Comparator,
    DeadlineKind,
    DirectiveType,
    EdgeType,
    Every,
    Level,
    Origin,
    Role,
    System,
)

THIS = "this"


class Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Record):
    """Where a text says it. ``start`` and ``end`` are code points of the original text, half open; line counts from 1.

    ``original[start:end] == quote`` always holds.
    """

    file: str
    sha256: str
    line: int
    start: int
    end: int
    quote: str


class DirectiveFacts(Record):
    """What a text says of a directive, of itself or of one it cites; None where it does not say."""

    number: str | None = None
    symbol: str | None = None  # what stands after the number: "KH/TU", also where the number is blank
    type: DirectiveType | None = None
    title: str | None = None
    issued_on: dt.date | None = None
    issued_year: int | None = None  # where only the year is printed
    issuer: str | None = None
    jurisdiction: str | None = None  # "central", "Hưng Yên", "Minh Xuân, Tuyên Quang"
    level: Level | None = None
    system: System | None = None
    signer: str | None = None
    signer_role: str | None = None
    recipients: tuple[str, ...] = ()
    draft: bool = False  # number or date blank, or marked as a draft
    plan: bool = False  # carries the label Plan: a plan, or a directive that promulgates one without a number
    attachment: str | None = None  # title of what it promulgates, if that has no number of its own
    period_start: dt.date | None = None
    period_end: dt.date | None = None


class Mention(DirectiveFacts):
    """A directive as one text speaks of it, all its mentions in that text taken together.

    ``ref`` is unique in the text. ``count`` mentions were found, the first at ``evidence``. ``defects`` are what a
    careful reader would note.
    """

    ref: str
    printed: str = ""
    count: int = 1
    evidence: Evidence | None = None
    defects: tuple[str, ...] = ()


class Directive(DirectiveFacts):
    """A directive as a node of the graph. ``held``: its text was read; ``candidates``: ids it may be, if unresolved."""

    id: str
    held: bool = False
    candidates: tuple[str, ...] = ()

    @property
    def first_day(self) -> dt.date | None:
        """The first day it can have existed: its date, else the first day of its year; None if undated."""
        if self.issued_on or self.issued_year is None:
            return self.issued_on
        return dt.date(self.issued_year, 1, 1)

    def exists_on(self, day: dt.date) -> bool:
        """Whether it can have been issued by then; one without a date always can."""
        return self.first_day is None or self.first_day <= day


class Deadline(Record):
    """When a task is due: ``start`` and ``end`` inclusive, ``every`` the (shortest) interval of a recurrence."""

    kind: DeadlineKind = DeadlineKind.NONE
    text: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    every: Every | None = None
    condition: str | None = None


class Task(Record):
    """One thing to do. ``ref`` is unique in its text and becomes the end of its id: "III.6.a.1"."""

    ref: str
    text: str
    origin: Origin
    section: str
    ordinal: str | None = None
    group: str | None = None
    output: str | None = None
    deadline: Deadline = Deadline()
    evidence: Evidence


class Target(Record):
    """What must be reached in one year. ``value`` in ``unit`` (``per`` "year" where it is a yearly quantity)."""

    ref: str
    year: int | None
    text: str
    comparator: Comparator | None = None
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    per: str | None = None
    aspiration: bool = False
    evidence: Evidence


class Indicator(Record):
    """One row or bullet of measured aims."""

    ref: str
    section: str
    ordinal: str | None = None
    group: str | None = None
    text: str
    targets: tuple[Target, ...] = ()
    evidence: Evidence


class Agency(Record):
    """A body, a collective or an office-holder; ``id`` is global. ``aliases``: other names it was printed with."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: AgencyKind = AgencyKind.BODY
    jurisdiction: str | None = None
    level: Level | None = None
    system: System | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


class Edge(Record):
    """source TYPE target, and who says so. In a reading the ends are local refs (or agency ids), in a graph ids.

    ``asserted_by`` is the directive whose text says it ("this" in a reading, None for edges of the register).
    """

    type: EdgeType
    source: str
    target: str
    asserted_by: str | None = THIS
    evidence: Evidence | None = None
    method: str = ""
    confidence: float = 1.0
    role: Role | None = None
    printed: str | None = None
    partial: bool = False
    scope: str | None = None
    carries_over: bool = False
    date: dt.date | None = None


class Alias(Record):
    """ "sau đây viết tắt là": from here on ``short`` stands for ``means``."""

    short: str
    means: str
    evidence: Evidence


class DeclaredCount(Record):
    """A total that the text declares, with its printed parts: "Tổng số: 61 nhiệm vụ, trong đó …"."""

    what: str
    total: int
    parts: tuple[int, ...] = ()
    evidence: Evidence


class Finding(Record):
    """Something a careful reader notes: what could not be read, or what the text gets wrong. ``line`` counts from 1.

    kind: unresolved_citation, no_lead, unparsed_deadline, unclaimed_line, defect, …
    """

    kind: str
    message: str
    line: int | None = None
    quote: str | None = None


class Reading(Record):
    """All that one text says. ``chars``: its length in code points; ``text``: the original text as decoded."""

    file: str
    sha256: str
    text: str
    this: Mention
    mentions: tuple[Mention, ...] = ()
    tasks: tuple[Task, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    agencies: tuple[Agency, ...] = ()
    edges: tuple[Edge, ...] = ()
    aliases: tuple[Alias, ...] = ()
    declared_counts: tuple[DeclaredCount, ...] = ()
    findings: tuple[Finding, ...] = ()
