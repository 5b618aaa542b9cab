"""A neighbourhood → the data of the canvas: elements with layer and order, groups, edges with their quotes, all words.

What comes out is plain JSON; viz/static/canvas.js turns it into the picture and the outline. Heights and columns are
settled here (``layer``, ``order``); the browser only stacks what is in sight.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.neighbourhood import Neighbourhood, Seen
from graph.records import Directive, Edge
from graph.status import HOLDING, UNCERTAIN, DirectiveStatus
from graph.store.base import Direction, Node
from graph.vocabulary import EdgeType, Label, Role
from viz.graph.elements import Speaker, full_text, natural_key, plain, short_text, title
from viz.graph.layers import band_of, layers, province_of
from viz.graph.ordering import ordered
from viz.graph.rollup import Group, Rollup, owners, rollup
from viz.graph.styles import DIRECTIVE_COLOURS, EDGE_STYLES, MARKERS
from viz.graph.texts import BANDS, TEXTS
from viz.pages.wording import LANGS, Lang, Wording

#: {lang, start, title, day, as_of, partial, reason, more, nodes, groups, edges, quotes, opened, styles, words, …}
CanvasData = dict[str, Any]


_NOT_DIM = HOLDING | UNCERTAIN


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
    kept: Iterable[str] = (),
    many: int | None = None,
) -> CanvasData:
    """All that the canvas needs to draw a neighbourhood.

    ``opened``: the ``open`` parameters that it was asked with; ``kept``: nodes that no group may swallow (the start
    never is). ``many``: see viz.graph.rollup.
    """
    return _Drawing(found, lang, links or Links(), tuple(opened), {found.start.id, *kept}, many).data()


class _Drawing:
    def __init__(
        self,
        found: Neighbourhood,
        lang: Lang,
        links: Links,
        opened: tuple[str, ...],
        kept: set[str],
        many: int | None,
    ) -> None:
        self.found, self.lang, self.links, self.opened = found, lang, links, opened
        self.say = Speaker(Wording(lang))
        self.nodes = {seen.node.id: seen.node for seen in found.nodes}
        self.bands = {i: band_of(node) for i, node in self.nodes.items()}
        self.layer_of = layers(self.bands, found.edges)
        self.owner_of = owners(self.nodes, found.edges)
        self.rolled: Rollup = rollup(self.nodes, self.bands, self.owner_of, kept, many=many)
        self.tasks = self._tasks()
        self._place()

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
            "opened": list(self.opened),
            **vocabulary(self.lang),
        }

    # -- what each element says

    def _node(self, seen: Seen) -> dict[str, Any]:
        node = seen.node
        status = self.found.statuses.get(self.owner_of.get(node.id, node.id))
        said: dict[str, Any] = {
            "id": node.id,
            "label": title(node, self.say),
            "text": short_text(node, self.say),
            "full": full_text(node),
            "kind": node.label.value,
            "band": self.bands[node.id].value,
            "place": plain(province_of(self.nodes.get(self.owner_of.get(node.id, ""), node))),
            **self._places[node.id],
        }
        optional = {
            "group": self.rolled.group_of.get(node.id),
            "owner": self.owner_of.get(node.id),
            "due": self.say.due(node),
            "href": self.links.node(node),
            "more": seen.hidden and _counts(seen.hidden.down, seen.hidden.up),
            **self._standing(node, status),
        }
        return said | {name: value for name, value in optional.items() if value}

    def _standing(self, node: Node, status: DirectiveStatus | None) -> dict[str, Any]:
        """The status in words, whether the element is dimmed, and what replaced it."""
        if status is None:
            return {}
        dim = status.status not in _NOT_DIM
        if not isinstance(node.record, Directive):
            return {"dim": dim}
        heirs = [r.by.id for r in status.reasons if r.in_effect is not False and r.by.id in self.nodes]
        return {"dim": dim, "status": plain(self.say.wording.status(status)), "next": heirs}

    def _group(self, group: Group) -> dict[str, Any]:
        owner = self.nodes.get(group.owner or "")
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
            **self._places[group.id],
        }

    def _edge(self, edge: Edge, quotes: _Quotes) -> dict[str, Any]:
        said = {"from": edge.source, "to": edge.target, "type": edge.type.value}
        optional = {
            "role": edge.role and edge.role.value,
            "partial": edge.partial or None,
            "quote": quotes.number(edge),
            "href": self.links.edge(edge),
            "sure": None if edge.confidence >= 1 else round(edge.confidence, 2),
        }
        return said | {name: value for name, value in optional.items() if value is not None}

    def _tasks(self) -> dict[str, int]:
        """How many tasks each group of directives really holds: those in the picture and those not shown."""
        found: dict[str, int] = {}
        for seen in self.found.nodes:
            if isinstance(seen.node.record, Directive):
                hidden = seen.hidden.down.get(EdgeType.HAS_TASK, 0) if seen.hidden else 0
                self._add(found, self.rolled.group_of.get(seen.node.id), hidden)
        for node, owner in self.owner_of.items():
            if self.nodes[node].label is Label.TASK:
                self._add(found, self.rolled.group_of.get(owner), 1)
        return found

    def _add(self, found: dict[str, int], group: str | None, count: int) -> None:
        while group is not None:
            found[group] = found.get(group, 0) + count
            group = self.rolled.groups[group].parent

    # -- where each element stands

    def _place(self) -> None:
        """Settle layer and order of every node and group: what is in sight at first by its neighbours, the rest by
        nature around what stands for it."""
        natural = sorted(self.nodes, key=lambda i: natural_key(self.nodes[i], self.nodes.get(self.owner_of.get(i, ""))))
        rank = {i: number for number, i in enumerate(natural)}
        stands = {i: self.rolled.outermost(i) for i in natural}
        layer = dict(self.layer_of)
        self._reach(layer, rank)
        visible = list(dict.fromkeys(stands[i] for i in natural))
        number = {i: n for n, i in enumerate(visible)}
        pairs = {(number[stands[e.source]], number[stands[e.target]]) for e in self.found.edges}
        heights = ordered([layer[i] for i in visible], sorted((a, b) for a, b in pairs if a != b))
        stands |= {group: self._top(group) for group in self.rolled.groups}
        height = {i: float(heights[number[stands[i]]]) for i in rank}
        rows = sorted(rank, key=lambda i: (height[i], rank[i], i))
        self._places = {i: {"layer": layer[i], "order": place} for place, i in enumerate(rows)}

    def _reach(self, layer: dict[str, int], rank: dict[str, int]) -> None:
        """A group stands in the leftmost layer of its members, before the first of them."""
        groups = self.rolled.groups
        kinds = {name: group.kind for name, group in groups.items()}
        ends = [(i, name) for i, name in self.rolled.group_of.items() if self.nodes[i].label is kinds[name]]
        inner = [(i, g.parent) for i, g in reversed(groups.items()) if g.parent and kinds[g.parent] is g.kind]
        for member, group in [*ends, *inner]:
            layer[group] = min(layer.get(group, layer[member]), layer[member])
            rank[group] = min(rank.get(group, rank[member]), rank[member])

    def _top(self, group: str) -> str:
        parent = self.rolled.groups[group].parent
        return group if parent is None else self._top(parent)


class _Quotes:
    """Each quoted sentence once; edges name it by its place in ``rows``."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self._known: dict[tuple[str, int, int], int] = {}

    def number(self, edge: Edge) -> int | None:
        said = edge.evidence
        if said is None:
            return None
        key = said.sha256 or said.file, said.start, said.end
        if key not in self._known:
            self._known[key] = len(self.rows)
            file = said.file.replace("\\", "/").rpartition("/")[2]  # folders of this machine are nobody's business
            self.rows.append({"text": plain(said.quote), "file": plain(file), "line": said.line})
        return self._known[key]


def vocabulary(lang: Lang) -> dict[str, Any]:
    """The words and styles that are the same for every picture."""
    wording, column = Wording(lang), LANGS.index(lang)
    return {
        "words": {key: said[column] for key, said in TEXTS.items()},
        "verbs": {t.value: [wording.relation(t, Direction.DOWN), wording.relation(t, Direction.UP)] for t in EdgeType},
        "roles": {role.value: wording.role(role) for role in Role},
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
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for unsafe in "<>&\u2028\u2029":
        text = text.replace(unsafe, f"\\u{ord(unsafe):04x}")
    return text


def _counts(down: Mapping[EdgeType, int], up: Mapping[EdgeType, int]) -> dict[str, dict[str, int]] | None:
    sides = {"down": down, "up": up}
    return {side: {t.value: n for t, n in by.items()} for side, by in sides.items() if by} or None
