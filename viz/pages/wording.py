"""A language → the words of edges, roles, statuses, levels and deadlines in it.

>>> Wording("en").status_word(Status.SUPERSEDED), Wording("vi").status_word(Status.SUPERSEDED)
('replaced', 'bị thay thế')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeVar

from graph.places import CENTRAL
from graph.records import Agency, Deadline, Directive, Edge, Indicator, Target, Task
from graph.status import DirectiveStatus
from graph.store.base import Direction, Node
from graph.vocabulary import DeadlineKind, EdgeType, Every, Label, Level, Role, Status
from viz import labels, words
from viz.pages import english
from viz.pages.texts import TEXTS

T = TypeVar("T")
Lang = Literal["vi", "en"]
LANGS: tuple[Lang, ...] = ("vi", "en")
#: Parameter of a page that is a day -> the words beside its field.
_DAYS = {"as_of": "as_of", "han": "due_before"}


@dataclass(frozen=True, slots=True)
class Wording:
    """All words a page needs in one language; what a text says is never translated."""

    lang: Lang

    def __call__(self, key: str, /, **said: object) -> str:
        """A sentence of the pages, with what is said put in."""
        shown = {name: self.number(value) if type(value) is int else value for name, value in said.items()}
        return TEXTS[key][LANGS.index(self.lang)].format(**shown)

    def bad_value(self, name: str) -> str:
        """That a parameter of a page says nothing, and for a day how to write it."""
        return self("bad_day", where=self(_DAYS[name])) if name in _DAYS else self("bad_value", where=name)

    def number(self, count: int) -> str:
        """ "1.360" in Vietnamese, "1,360" in English."""
        return f"{count:,}".replace(",", "." if self.lang == "vi" else ",")

    def verb(self, edge: Edge, direction: Direction) -> str:
        """An edge read along its arrow (down) or against it (up)."""
        part = self("partly") if edge.partial else ""
        return self.relation(edge.type, direction) + (f" ({part})" if part else "")

    def relation(self, kind: EdgeType, direction: Direction) -> str:
        edges = self._of(labels.EDGES, english.EDGES)
        return edges[kind][0 if direction is Direction.DOWN else 1]

    def role(self, role: Role | str | None) -> str:
        if not role:
            return self._of(labels.NO_ROLE, english.NO_ROLE)
        return self._of(labels.ROLES, english.ROLES)[Role(role)]

    def type(self, record: Directive) -> str:
        """ "Kế hoạch", or that it is a directive."""
        if self.lang == "vi":
            return words.type_word(record)
        return english.TYPES[record.type] if record.type else self.kind(Label.DIRECTIVE)

    def level(self, level: Level | str) -> str:
        return self._of(labels.LEVELS, english.LEVELS)[Level(level)]

    def status_word(self, status: Status | str) -> str:
        return self._of(labels.STATUSES, english.STATUSES)[Status(status)]

    def status(self, found: DirectiveStatus | None) -> str:
        """ "bị thay thế từ 22/04/2026"; "" where nothing was asked. A note follows in brackets."""
        if found is None:
            return ""
        past = found.since and found.status is not Status.IN_FORCE
        since = f" {self('since')} {words.day(found.since)}" if past else ""
        notes = self._of(words.NOTES, english.NOTES)
        note = f" ({notes.get(found.note, found.note)})" if found.note else ""
        return self.status_word(found.status) + since + note

    def kind(self, label: Label | str) -> str:
        return self._of(words.KINDS, english.KINDS)[Label(label)]

    def place(self, jurisdiction: str | None) -> str:
        if not jurisdiction:
            return self("place_unknown")
        return self.level(Level.CENTRAL) if jurisdiction == CENTRAL else jurisdiction

    def due(self, deadline: Deadline | None) -> str:
        """The last day of a deadline, else its interval or kind; "" where none is stated."""
        if deadline is None or (deadline.end is None and not deadline.every and deadline.kind is DeadlineKind.NONE):
            return ""
        if deadline.end:
            return words.day(deadline.end)
        if deadline.every:
            return self._of(labels.EVERY, english.EVERY)[Every(deadline.every)]
        return self._of(labels.DEADLINES, english.DEADLINES)[deadline.kind]

    def issued(self, record: Directive) -> str:
        """The day, the year where only that is known, or that it is not known."""
        year = f"{self('year')} {record.issued_year}" if record.issued_year else self("day_unknown")
        return words.day(record.issued_on) or year

    def name(self, node: Node) -> str:
        """What a node is called: type and number, "nhiệm vụ III.1", an agency's name."""
        match node.record:
            case Directive() as record:
                return f"{self.type(record)} {words.number(record)}"
            case Agency() as record:
                return record.name
            case Task() | Indicator() | Target() as record:
                year = f" {self('year')} {record.year}" if isinstance(record, Target) and record.year else ""
                return f"{self.kind(node.label)} {words.outline_number(record)}{year}"

    def full_name(self, record: Directive, *, with_place: bool = True) -> str:
        """ "Kế hoạch 65-KH/TU · Hưng Yên · 22/04/2026 · Ban Thường vụ Tỉnh ủy"; what is unknown is said or left out."""
        where = self.place(record.jurisdiction) if with_place else ""
        parts = [f"{self.type(record)} {words.number(record)}", where, self.issued(record), record.issuer or ""]
        return " · ".join(p for p in parts if p)

    def text(self, node: Node) -> str:
        """What a node says: a title, the text of a task, an agency's place."""
        match node.record:
            case Directive() as record:
                return record.title or record.attachment or ""
            case Agency() as record:
                return self.place(record.jurisdiction) if record.jurisdiction else ""
            case record:
                return record.text

    def _of(self, vietnamese: T, english_: T) -> T:
        return vietnamese if self.lang == "vi" else english_


#: The language of the terminal.
VI = Wording("vi")
