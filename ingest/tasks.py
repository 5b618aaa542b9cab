"""Layout → tasks: rows of task tables, items under a named agency, and solutions without an owner.

An item at the deepest level is a task (ingest/leaves.py says what is one item); who leads it is, in this order: the
label "Đơn vị chủ trì: …", the agency it orders ("Giao Sở X …"), its own subject, the agency of its heading.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from graph.records import Deadline, DirectiveFacts, Finding, Task
from graph.vocabulary import DirectiveType as D
from graph.vocabulary import Origin, Role
from ingest.agencies import NamedSpan, begins_with_verb
from ingest.columns import Meaning
from ingest.deadlines import find_deadline, read_deadline
from ingest.leaves import Leaf, leaf_of, opens_items, states_duty, with_fields
from ingest.owners import (
    addressees,
    end_of,
    gives_orders,
    heading_owners,
    later_subjects,
    own_subject,
    prefixed_owner,
    sent_to,
)
from ingest.proofs import Sentences
from ingest.refs import Refs
from ingest.roles import Assigned, Assignment, cell_roles, evidenced, in_brackets, labels, ordered, sentence_roles
from ingest.sections import Under, is_closing, is_heading, under
from ingest.structure import Block, Layout, Part, Section, Style
from ingest.task_tables import table_tasks, task_columns, unread
from ingest.text import Source

#: Their bodies are orders, whatever their headings say.
_ORDERING = frozenset({D.INSTRUCTION, D.TELEGRAM, D.OFFICIAL_LETTER, D.NOTICE, D.CONCLUSION})
_IDLE = (Under.NONE, Under.PAST)
#: "3. Đề nghị A chỉ đạo … thực hiện Kế hoạch này" is an item of the list, no closing formula.
_LISTED = frozenset({Style.DECIMAL, Style.LETTER, Style.DASH})


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader stands: what the headings above announce, and whom they name.

    ``owned``: the section's items name their owners, so that an item's own subject is its lead. ``orders``: a lead-in
    of a letter, telegram or instruction asks for what follows. ``partners``: who coordinates in all items below ("Bộ A
    chủ trì, phối hợp với Bộ B:").
    """

    section: str | None
    under: Under | None = None
    owners: tuple[NamedSpan, ...] = ()
    owned: bool = False
    orders: bool = False
    partners: tuple[Assigned, ...] = ()


@dataclass(slots=True)
class TaskReading:
    """Tasks in reading order with their assignments, and what could not be read."""

    tasks: list[Task] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_tasks(layout: Layout, this: DirectiveFacts, source: Source) -> TaskReading:
    """All tasks of a text; ``this`` gives the year for deadlines that print none."""
    reader = _Reader(source, _day(this), Sentences(layout))
    opened = Place(None)
    for section in layout.of(Part.PREAMBLE, Part.BODY, Part.APPENDIX):
        if section.part is Part.PREAMBLE:
            opened = _opened(section.blocks, this.type in _ORDERING)
            continue
        reader.section(section, opened if section.part is Part.BODY else Place(section.name))
    return reader.reading


def _day(this: DirectiveFacts) -> dt.date | None:
    """The day a directive was issued; of a draft without a date the first day of its year, or of its period."""
    year = dt.date(this.issued_year, 1, 1) if this.issued_year else None
    return this.issued_on or year or this.period_start


def _opened(preamble: Sequence[Block], ordering: bool) -> Place:
    """What the lead-in at the end of a preamble announces, and to whom."""
    if not preamble:
        return Place(None)
    owners = addressees(preamble[-1].text)
    orders = ordering and gives_orders(preamble[-1].text)
    return Place(None, owners=tuple(owners or (sent_to(preamble) if orders else ())), orders=orders)


class _Reader:
    def __init__(self, source: Source, issued_on: dt.date | None, sentences: Sentences) -> None:
        self.source = source
        self.sentences = sentences
        self.issued_on = issued_on
        self.refs = Refs()
        self.reading = TaskReading()

    def section(self, section: Section, place: Place) -> None:
        announced = under(section.title.text) if section.title else None
        self.items(section.blocks, replace(place, under=announced))

    def items(self, blocks: Sequence[Block], place: Place) -> None:
        """Blocks of one level; a lead-in ("… yêu cầu các sở thực hiện:") or a named owner reaches to its siblings."""
        given = place
        before: tuple[NamedSpan, ...] = ()
        for block in with_fields(blocks):
            here = place
            if block.style is Style.NONE and before and not is_heading(block):
                here = replace(place, owners=before)
            self.item(block, here)
            if block.style is Style.NONE and block.text.text.rstrip().endswith(":"):
                named = (
                    []
                    if given.owners
                    else addressees(block.text) or ([] if place.under is Under.DUTY else heading_owners(block))
                )
                place = replace(place, owners=tuple(named)) if named else place
            if block.style is not Style.NONE:
                before = tuple(prefixed_owner(block.text)) if not opens_items(block) else ()

    def item(self, block: Block, place: Place) -> None:
        if block.table:
            self.table(block, place)
        if not block.text and not block.children:
            return
        if is_closing(block.text.text) and not (block.style in _LISTED and ordered(block.text)):
            return
        leaf = leaf_of(block)
        if leaf is None:
            self.items(block.children, self.below(block, place))
            return
        self.leaf(leaf, place)
        self.items(leaf.apart, replace(place, owners=tuple(prefixed_owner(block.text)) or place.owners))

    def below(self, block: Block, place: Place) -> Place:
        """The place under a heading."""
        announced = under(block.text.text) if is_heading(block) and place.under is not Under.PAST else None
        kind = announced or (Under.DUTY if place.under is Under.MIXED and not _told(block) else place.under)
        named = tuple(heading_owners(block) or addressees(block.text))
        owners = () if kind in _IDLE else named or place.owners
        if announced in (Under.DUTY, Under.ORGANISE) and not named and block.style is not Style.NONE:
            owners = ()
        owned = any(_names_owner(b) for b in block.walk()) if announced else place.owned
        partners = tuple(sentence_roles(block.text)) if owners and block.text.text.rstrip().endswith(":") else ()
        return replace(place, under=kind, owners=owners, owned=owned, partners=partners)

    def table(self, block: Block, place: Place) -> None:
        columns = task_columns(block.table) if block.table else None
        if not columns or not block.table:
            return
        section = place.section or block.path
        tasks, assignments, findings = table_tasks(
            block.table, columns, section, self.refs, self.source, self.issued_on
        )
        self.reading.tasks += tasks
        self.reading.assignments += assignments
        self.reading.findings += findings

    def leaf(self, leaf: Leaf, place: Place) -> None:
        if place.under is Under.OBJECTIVE or (place.under in _IDLE and not ordered(leaf.text)):
            return
        if not states_duty(leaf.block) and under(leaf.block.text.text) in _IDLE:
            return  # a heading with nothing but closing formulas below it
        leads, said = self.leads(leaf, place)
        if not leads and not _stands_alone(leaf, place):
            self.unclaimed(leaf, place)
            return
        solution = not leads and place.under is not Under.ORGANISE
        self.task(leaf, place, leads, said, Origin.SOLUTION if solution else Origin.RESPONSIBILITY)

    def unclaimed(self, leaf: Leaf, place: Place) -> None:
        """A listed item that reads like work, under a heading that is in no table, is reported, not guessed."""
        listed = leaf.block.style is not Style.NONE and states_duty(leaf.block)
        if place.under is None and listed and begins_with_verb(leaf.text):
            message = "Mục nêu việc phải làm nhưng không ghi cơ quan và không thuộc phần nhiệm vụ nào"
            self.reading.findings.append(
                Finding(kind="unclaimed_line", message=message, line=leaf.block.line, quote=leaf.text.text[:200])
            )

    def leads(self, leaf: Leaf, place: Place) -> tuple[list[Assigned], int]:
        """Who leads an item, and how many characters of it only say so."""
        labelled = [a for value in leaf.fields.get(Meaning.LEAD, ()) for a in cell_roles(value, Role.LEAD)]
        labelled += [
            a for value in leaf.fields.get(Meaning.LEAD_AND_COORDINATE, ()) for a in cell_roles(value, Role.LEAD)
        ]
        labelled = labelled or in_brackets(leaf.text)
        if any(a.role is Role.LEAD for a in labelled):
            return labelled, 0
        order = ordered(leaf.text)
        if order and (not place.owners or order.word in ("giao", "de nghi") or leaf.block.style is Style.NONE):
            return _as_leads((*order.names, *later_subjects(leaf.text)), "order"), end_of(leaf.text, order.names)
        item = leaf.block.style is not Style.NONE or bool(place.owners) or place.under is Under.ORGANISE
        subject = own_subject(leaf.text, numbered=item)
        duty = place.under is Under.DUTY and not place.owned and not place.owners
        if subject and not (duty and not subject.acts_alone):
            return _as_leads((*subject.names, *later_subjects(leaf.text)), "subject"), subject.end
        return _as_leads(place.owners, "heading"), 0

    def task(self, leaf: Leaf, place: Place, leads: list[Assigned], said: int, origin: Origin) -> None:
        section, ordinal = _address(leaf.block, place)
        ref = self.refs.take(place.section, leaf.block.path)
        deadline = self.deadline(leaf, said)
        output = leaf.fields.get(Meaning.OUTPUT, ())
        self.reading.tasks.append(
            Task(
                ref=ref, text=leaf.text.text, origin=origin, section=section, ordinal=ordinal,
                output="; ".join(v.text for v in output) or None, deadline=deadline,
                evidence=self.source.evidence(leaf.text),
            )
        )  # fmt: skip
        self.reading.findings += unread([deadline], leaf.block.line)
        if origin is Origin.SOLUTION:
            return
        if not leads:
            message = "Nhiệm vụ không nêu rõ cơ quan thực hiện"
            self.reading.findings.append(
                Finding(kind="no_lead", message=message, line=leaf.block.line, quote=leaf.text.text[:200])
            )
        others = [a for m, role in _FIELD_ROLES for v in leaf.fields.get(m, ()) for a in cell_roles(v, role)]
        roles = [*leads, *others, *place.partners, *sentence_roles(leaf.text[said:] if said else leaf.text)]
        self.reading.assignments += evidenced(ref, roles, self.source, self.sentences.around)

    def deadline(self, leaf: Leaf, said: int) -> Deadline:
        for value in leaf.fields.get(Meaning.DEADLINE, ()):
            found = read_deadline(value, self.issued_on)
            if found:
                return found
        whole = find_deadline(leaf.text, self.issued_on)
        return whole or find_deadline(leaf.text[said:].strip(" :,"), self.issued_on) or Deadline()


_FIELD_ROLES = (
    (Meaning.COORDINATE, Role.COORDINATE),
    (Meaning.MONITOR, Role.MONITOR),
    (Meaning.APPROVE, Role.APPROVE),
)


def _as_leads(names: Iterable[NamedSpan], method: str) -> list[Assigned]:
    return [Assigned(n, Role.LEAD, method) for n in names]


def _names_owner(block: Block) -> bool:
    """Whether an item says who leads it: by a label, or by a subject that "chủ trì"."""
    if any(meaning is Meaning.LEAD for meaning, _, _ in labels(block.text)):
        return True
    subject = own_subject(block.text)
    return bool(subject and subject.acts_alone)


def _told(block: Block) -> bool:
    """Whether the heading or one of its siblings' kind is told by words of its own."""
    return under(block.text.text) is not None


def _stands_alone(leaf: Leaf, place: Place) -> bool:
    """Whether an item without an owner is a task: among duties always, under "Tổ chức thực hiện" if listed.

    A paragraph there is one where it begins with its verb: its heading names somebody whom no table knows.
    """
    if place.under is Under.DUTY:
        return True
    listed, verb = leaf.block.style is not Style.NONE, begins_with_verb(leaf.text)
    if place.under is Under.ORGANISE:
        return listed or (verb and states_duty(leaf.block))
    return listed and place.orders and verb


def _address(block: Block, place: Place) -> tuple[str, str | None]:
    """Section and ordinal of an item from its path: "IV.3.a" is a in IV.3."""
    head, _, last = block.path.rpartition(".")
    section = "/".join(p for p in (place.section, head) if p)
    return section or block.path, last or None
