"""A neighbourhood → the data of the canvas: elements with layer and order, groups, edges with their quotes, all words.

What comes out is plain JSON; viz/static/canvas.js turns it into the picture and the outline. Heights and columns are
settled here (``layer``, ``order``); the browser only stacks what is in sight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_json

from graph.neighbourhood import Neighbourhood, Seen
from graph.records import Directive, Edge, Evidence
from graph.status import HOLDING, UNCERTAIN, DirectiveStatus
from graph.store.base import Direction, Node
from graph.vocabulary import EdgeType, Label, Role
from viz import words
from viz.graph.elements import Speaker, card, title
from viz.graph.layers import band_of, layers, province_of
from viz.graph.placing import placed
from viz.graph.rollup import Group, Rollup, owners, rollup
from viz.graph.styles import DIRECTIVE_COLOURS, EDGE_STYLES, MARKERS, Band
from viz.graph.texts import BANDS, TEXTS
from viz.pages.wording import LANGS, Lang, Wording
from viz.plain import plain

#: {lang, start, title, day, as_of, partial, reason, more, nodes, groups, edges, quotes, opened, with, styles, words, …}
CanvasData = dict[str, Any]


_NOT_DIM = HOLDING | UNCERTAIN
#: Looked up: ``value`` of an enumeration takes longer, and there may be a hundred thousand edges.
_VALUES: dict[str, str] = {one: one.value for kind in (Label, Band, EdgeType) for one in kind}


def no_link(_: object) -> None:
    """Nothing to go to."""


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses that the page gives: of a node's own page, of the sentence of an edge; None where there is none."""

    node: Callable[[Node], str | None] = no_link
    edge: Callable[[Edge], str | None] = no_link


def canvas(
    found: Neighbourhood,
    *,
    lang: Lang = "vi",
    links: Links | None = None,
    opened: Iterable[str] = (),
    beside: Iterable[str] = (),
    kept: Iterable[str] = (),
    many: int | None = None,
) -> CanvasData:
    """All that the canvas needs to draw a neighbourhood.

    ``opened``, ``beside``: the ``open`` and ``with`` parameters that it was asked with; ``kept``: nodes that no group
    may swallow (the start never is). ``many``: see viz.graph.rollup.
    """
    asked = {"opened": list(opened), "with": list(beside)}
    return _Drawing(found, lang, links or Links(), {found.start.id, *kept}, many).data() | asked


class _Drawing:
    def __init__(self, found: Neighbourhood, lang: Lang, links: Links, kept: set[str], many: int | None) -> None:
        self.found, self.lang, self.links = found, lang, links
        self.say = Speaker(Wording(lang), found.partial)
        self.nodes = {seen.node.id: seen.node for seen in found.nodes}
        self.bands = {i: band_of(node) for i, node in self.nodes.items()}
        self.owner_of = owners(self.nodes, found.edges)
        self.rolled: Rollup = rollup(self.nodes, self.bands, self.owner_of, kept, many=many)
        layer_of = layers(self.bands, found.edges)
        self.places = placed(self.nodes, layer_of, self.owner_of, self.rolled, found.edges)
        self.tasks = self._tasks()
        #: Of each directive, its content takes over: its place, and what its status says.
        self.provinces = {i: plain(province_of(node)) for i, node in self.nodes.items() if i not in self.owner_of}
        self.standing = {i: self._standing(status) for i, status in found.statuses.items()}

    def data(self) -> CanvasData:
        found, quotes = self.found, _Quotes()
        return {
            "lang": self.lang,
            "start": found.start.id,
            "title": plain(self.say.wording.name(found.start)),
            "as_of": found.as_of.isoformat(),
            "day": f"{found.as_of:%d/%m/%Y}",
            "partial": found.partial,
            "reason": found.reason,
            "more": found.more,
            "nodes": [self._node(seen) for seen in found.nodes],
            "groups": [self._group(group) for group in self.rolled.groups.values()],
            "edges": [self._edge(edge, quotes) for edge in found.edges],
            "quotes": quotes.rows,
            **vocabulary(self.lang),
        }

    # -- what each element says

    def _node(self, seen: Seen) -> dict[str, Any]:
        node = seen.node
        name, owner, group = node.id, self.owner_of.get(node.id), self.rolled.group_of.get(node.id)
        said: dict[str, Any] = card(node, self.say)
        said["id"], said["kind"], said["band"] = name, _VALUES[node.label], _VALUES[self.bands[name]]
        said["place"] = self.provinces[owner or name]
        said["layer"], said["order"] = self.places[name]
        if group:
            said["group"] = group
        if href := self.links.node(node):
            said["href"] = href
        if (hidden := seen.hidden) and (hidden.down or hidden.up):
            said["more"] = _counts(hidden.down, hidden.up)
        standing = self.standing.get(owner or name, {})
        if owner is None:
            return said | standing
        said["owner"] = owner
        if "dim" in standing:
            said["dim"] = True
        return said

    def _standing(self, status: DirectiveStatus) -> dict[str, Any]:
        """The status in words, whether the element is dimmed, and what replaced it."""
        heirs = [self._heir(r.by) for r in status.reasons if r.in_effect is not False]
        said: dict[str, Any] = {"status": plain(self.say.wording.status(status))}
        return said | ({} if status.status in _NOT_DIM else {"dim": True}) | ({"next": heirs} if heirs else {})

    def _heir(self, record: Directive) -> dict[str, str]:
        """What replaced it, in the picture or not: {id, label, href?}."""
        node = Node(id=record.id, record=record)
        href = self.links.node(node)
        return {"id": node.id, "label": title(node, self.say), **({"href": href} if href else {})}

    def _group(self, group: Group) -> dict[str, Any]:
        owner = self.nodes.get(group.owner or "")
        layer, order = self.places[group.id]
        return {
            "id": group.id,
            "label": self.say.group_label(group),
            "text": plain(self.say.group_text(group, owner, self.tasks.get(group.id, 0))),
            "kind": group.kind.value,
            "band": group.band.value,
            "place": plain(group.place or (province_of(owner) if owner else "")),
            "count": sum(group.nodes.values()),
            **({"group": group.parent} if group.parent else {}),
            **({"owner": group.owner} if group.owner else {}),
            "layer": layer,
            "order": order,
        }

    def _edge(self, edge: Edge, quotes: _Quotes) -> dict[str, Any]:
        said: dict[str, Any] = {"from": edge.source, "to": edge.target, "type": _VALUES[edge.type]}
        if edge.role:
            said["role"] = edge.role.value
        if edge.partial:
            said["partial"] = True
        if edge.evidence:
            said["quote"] = quotes.number(edge.evidence)
        if href := self.links.edge(edge):
            said["href"] = href
        if edge.confidence < 1:
            said["sure"] = round(edge.confidence, 2)
        return said

    def _tasks(self) -> dict[str, int]:
        """How many tasks each group of directives really holds: those in the picture and those not shown."""
        found: dict[str, int] = {}
        for seen in self.found.nodes:
            if isinstance(seen.node.record, Directive):
                hidden = seen.hidden.down.get(EdgeType.HAS_TASK, 0) if seen.hidden else 0
                self._add(found, self.rolled.group_of.get(seen.node.id), hidden)
        shown = Counter(owner for node, owner in self.owner_of.items() if self.nodes[node].label is Label.TASK)
        for owner, count in shown.items():
            self._add(found, self.rolled.group_of.get(owner), count)
        return found

    def _add(self, found: dict[str, int], group: str | None, count: int) -> None:
        while group is not None:
            found[group] = found.get(group, 0) + count
            group = self.rolled.groups[group].parent


class _Quotes:
    """Each quoted sentence once; edges name it by its place in ``rows``."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self._known: dict[tuple[str, int, int], int] = {}

    def number(self, said: Evidence) -> int:
        key = said.sha256 or said.file, said.start, said.end
        if key not in self._known:
            self._known[key] = len(self.rows)
            self.rows.append({"text": plain(said.quote), "file": plain(words.file_name(said.file)), "line": said.line})
        return self._known[key]


def vocabulary(lang: Lang) -> dict[str, Any]:
    """The words and styles that are the same for every picture."""
    wording, column = Wording(lang), LANGS.index(lang)
    return {
        "words": {key: said[column] for key, said in TEXTS.items()},
        "verbs": {t.value: [wording.relation(t, Direction.DOWN), wording.relation(t, Direction.UP)] for t in EdgeType},
        "roles": {"": wording.role(None)} | {role.value: wording.role(role) for role in Role},
        "kinds": {label.value: wording.kind(label) for label in Label},
        "bands": [[band.value, said[column]] for band, said in BANDS.items()],
        "styles": {
            "markers": {label.value: list(marker) for label, marker in MARKERS.items()},
            "directives": {band.value: colour for band, colour in DIRECTIVE_COLOURS.items()},
            "edges": {
                kind.value: [colour, list(dashes), width] for kind, (colour, dashes, width) in EDGE_STYLES.items()
            },
        },
    }


def json_block(data: Mapping[str, Any]) -> str:
    """JSON that can stand inside a script element of HTML: nothing in it can end the element or begin a comment.

    >>> json_block({"a": "</script>"})
    '{"a":"\\\\u003c/script\\\\u003e"}'
    """
    text = to_json(data)
    for unsafe in "<>&\u2028\u2029":
        text = text.replace(unsafe.encode(), f"\\u{ord(unsafe):04x}".encode())
    return text.decode()


def _counts(down: Mapping[EdgeType, int], up: Mapping[EdgeType, int]) -> dict[str, dict[str, int]]:
    sides = {"down": down, "up": up}
    return {side: {t.value: n for t, n in by.items()} for side, by in sides.items() if by}
