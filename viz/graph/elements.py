"""A node or a group → the few words on its card, its whole text, and its place among its like."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.places import CENTRAL
from graph.records import Agency, Directive, Indicator, Target, Task
from graph.store.base import Node
from graph.vocabulary import Label
from viz import words
from viz.graph.rollup import Group
from viz.graph.styles import Band
from viz.graph.texts import TEXTS
from viz.pages.wording import LANGS, Wording

#: Letters of the second line of a card; the whole text stands beside the picture.
SHORT = 64
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")
_PLURALS = {
    Label.DIRECTIVE: "directives",
    Label.TASK: "tasks",
    Label.INDICATOR: "indicators",
    Label.TARGET: "targets",
    Label.AGENCY: "agencies",
}


def plain(text: str) -> str:
    """One line without control characters, also those that turn the direction of writing.

    >>> plain("một\\u202e\\n hai")
    'một hai'
    """
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(_CONTROL.sub(" ", text).split())


@dataclass(frozen=True, slots=True)
class Speaker:
    """The words of cards in one language."""

    wording: Wording

    def text(self, key: str, **said: object) -> str:
        return TEXTS[key][LANGS.index(self.wording.lang)].format(**said)

    def number(self, count: int) -> str:
        """1.360 in Vietnamese, 1,360 in English."""
        shown = f"{count:,}"
        return shown.replace(",", ".") if self.wording.lang == "vi" else shown

    def count(self, key: str, count: int) -> str:
        return self.text(key, n=self.number(count))

    def due(self, node: Node) -> str:
        """When a task is due; "" for anything else, and where no text says."""
        said = self.wording.due(node.record.deadline) if isinstance(node.record, Task) else ""
        return self.text("due", due=plain(said)) if said else ""

    def group_label(self, group: Group) -> str:
        """ "34 tỉnh", "48 nhiệm vụ", or the name of the place."""
        if group.place:
            return plain(self.wording.place(group.place))
        own = group.nodes[group.kind]
        if group.kind is Label.DIRECTIVE and group.band in _PLACES and group.places > 1:
            return self.count(_PLACES[group.band], group.places)
        return self.count(_PLURALS[group.kind], own)

    def group_text(self, group: Group, owner: Node | None, tasks: int) -> str:
        """What the label leaves out: "102 văn bản · 1.360 nhiệm vụ", "của 65-KH/TU"."""
        if owner is not None:
            return self.text("of", name=words.name(owner))
        own, parts = group.nodes[group.kind], []
        counted = self.group_label(group)
        if group.place or (group.kind is Label.DIRECTIVE and group.band in _PLACES and own != group.places):
            parts.append(self.count(_PLURALS[group.kind], own))
        if tasks:
            parts.append(self.count("tasks", tasks))
        return " · ".join(part for part in parts if part != counted)


_PLACES = {Band.PROVINCIAL: "provinces", Band.COMMUNAL: "communes"}


def title(node: Node, say: Speaker) -> str:
    """The first line of a card: "65-KH/TU", "Nhiệm vụ III.1", "≥ 17 doanh nghiệp", "Sở Tài chính"."""
    match node.record:
        case Directive() as record:
            return plain(words.number(record))
        case Target() as record:
            return plain(words.target_value(record) or say.wording.kind(node.label))
        case Agency() as record:
            return plain(record.name)
        case Task() | Indicator() as record:
            return plain(f"{say.wording.kind(node.label)} {record.ref}")


def short_text(node: Node, say: Speaker) -> str:
    """The second line: type, place and date of a directive, the beginning of any other text."""
    match node.record:
        case Directive() as record:
            place = "" if record.jurisdiction == CENTRAL else say.wording.place(record.jurisdiction)
            parts = [say.wording.type(record.type), place, say.wording.issued(record)]
            return plain(" · ".join(part for part in parts if part))
        case Agency() as record:
            return plain(say.wording.place(record.jurisdiction)) if record.jurisdiction else ""
        case Target() as record:
            year = say.text("year", year=record.year) if record.year else ""
            return _cut(plain(" · ".join(part for part in (year, record.text) if part)))
        case Task() | Indicator() as record:
            return _cut(plain(record.text))


def full_text(node: Node) -> str:
    """All that a node says, for the panel beside the picture."""
    return plain(words.text(node))


def natural_key(node: Node, owner: Node | None) -> tuple[str, ...]:
    """Sorts directives by place and date, their content in the order of the text, agencies by place and name."""
    match node.record:
        case Directive() as record:
            return record.jurisdiction or "", str(record.issued_on or record.issued_year or ""), node.id
        case Agency() as record:
            return record.jurisdiction or "", record.name, node.id
        case Task() | Indicator() | Target() as record:
            above = natural_key(owner, None) if owner else ("", "", "")
            return *above, f"{record.evidence.start:09}", node.id


def _cut(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1].rstrip() + "…"
