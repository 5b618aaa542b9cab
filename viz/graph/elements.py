"""A node or a group → the few words on its card, its whole text, and its place among its like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.places import CENTRAL
from graph.records import Agency, Directive, Indicator, Target, Task
from graph.store.base import Node
from graph.vocabulary import Label
from viz import words
from viz.graph.rollup import Group
from viz.graph.styles import Band
from viz.graph.texts import TEXTS
from viz.pages.wording import LANGS, Wording
from viz.plain import plain

#: Letters of the second line of a card; the whole text stands beside the picture.
SHORT = 64
_PLURALS = {
    Label.DIRECTIVE: "directives",
    Label.TASK: "tasks",
    Label.INDICATOR: "indicators",
    Label.TARGET: "targets",
    Label.AGENCY: "agencies",
}


@dataclass(frozen=True, slots=True)
class Speaker:
    """The words of cards in one language. ``partial``: the picture was cut, so there is at least what is counted."""

    wording: Wording
    partial: bool = False
    kinds: Mapping[Label, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kinds", {label: self.wording.kind(label) for label in Label})

    def text(self, key: str, **said: object) -> str:
        return TEXTS[key][LANGS.index(self.wording.lang)].format(**said)

    def count(self, key: str, count: int) -> str:
        number = self.wording.number(count)
        return self.text(key, n=f"≥ {number}" if self.partial else number)

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
            return self.text("of", name=title(owner, self))
        own, parts = group.nodes[group.kind], []
        counted = self.group_label(group)
        if group.place or (group.kind is Label.DIRECTIVE and group.band in _PLACES and own != group.places):
            parts.append(self.count(_PLURALS[group.kind], own))
        if tasks:
            parts.append(self.count("tasks", tasks))
        return " · ".join(part for part in parts if part != counted)


_PLACES = {Band.PROVINCIAL: "provinces", Band.COMMUNAL: "communes"}


def card(node: Node, say: Speaker) -> dict[str, str]:
    """What an element says: {label, text, full?, short?, due?}.

    ``full``: all of it, where ``text`` does not say so; ``short``: the name seen from afar, where the sign on the card
    tells the kind ("III.1"); ``due``: of a task whose text says when.
    """
    record, full = node.record, plain(say.wording.text(node))
    if isinstance(record, Task | Indicator):
        number = plain(words.outline_number(record))
        said = {"label": f"{say.kinds[node.label]} {number}", "short": number, "text": _cut(full)}
    else:
        said = {"label": title(node, say), "text": _short_text(node, say, full)}
    if full and full != said["text"]:
        said["full"] = full
    if isinstance(record, Task) and (due := say.wording.due(record.deadline)):
        said["due"] = say.text("due", due=plain(due))
    return said


def title(node: Node, say: Speaker) -> str:
    """The first line of a card: "65-KH/TU", "Nhiệm vụ III.1", "≥ 17 doanh nghiệp", "Sở Tài chính"."""
    match node.record:
        case Directive() as record:
            return plain(words.number(record))
        case Target() as record:
            return plain(words.target_value(record) or say.kinds[node.label])
        case Agency() as record:
            return plain(record.name)
        case record:
            return plain(f"{say.kinds[node.label]} {words.outline_number(record)}")


def _short_text(node: Node, say: Speaker, full: str) -> str:
    """The second line: type, place and date of a directive, the beginning of any other text."""
    match node.record:
        case Directive() as record:
            place = "" if record.jurisdiction == CENTRAL else say.wording.place(record.jurisdiction)
            parts = [say.wording.type(record), place, say.wording.issued(record)]
            return plain(" · ".join(part for part in parts if part))
        case Target() as record if record.year:
            return _cut(" · ".join(part for part in (say.text("year", year=record.year), full) if part))
        case _:
            return _cut(full)


def natural_key(node: Node) -> tuple[str, ...]:
    """Sorts directives by place and date, agencies by place and name."""
    match node.record:
        case Directive() as record:
            return record.jurisdiction or "", str(record.issued_on or record.issued_year or ""), node.id
        case Agency() as record:
            return record.jurisdiction or "", record.name, node.id
        case _:
            return "", "", node.id


def _cut(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1].rstrip() + "…"
