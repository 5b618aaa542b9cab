"""What every page knows: language, date, address → links that keep the language, the date and the filters.

Ids are quoted as one segment of a path, so that none can leave its place.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from graph.records import Edge, Evidence
from graph.store.base import Node
from graph.vocabulary import Label
from viz.pages.marking import anchor
from viz.pages.wording import Lang, Wording

#: Label -> the page that shows one of its kind; the others stand on the page of the picture.
PAGES = {Label.DIRECTIVE: "/van-ban", Label.TASK: "/nhiem-vu", Label.AGENCY: "/co-quan"}
EXPLORE = "/kham-pha"


@dataclass(frozen=True)
class Frame:
    """``dated``: the date stands in the address (else it is today). ``path``: quoted; ``query``: as in the address."""

    lang: Lang
    as_of: dt.date
    dated: bool = False
    path: str = "/"
    query: tuple[tuple[str, str], ...] = ()
    words: Wording = field(init=False)
    _sources: dict[str, str] = field(init=False, default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", Wording(self.lang))

    def href(self, path: str, **params: object) -> str:
        """A page of the same date and language; parameters that are None are left out."""
        kept = {"as_of": self.as_of.isoformat() if self.dated else None, "lang": "en" if self.lang == "en" else None}
        said = urlencode([(k, v) for k, v in {**params, **kept}.items() if v is not None])
        return f"{path}?{said}" if said else path

    def thing(self, node_id: str, label: Label | str, **params: object) -> str:
        """The page of a node."""
        page = PAGES.get(Label(label), EXPLORE)
        return self.href(f"{page}/{quote(node_id, safe='')}", **params)

    def to(self, node: Node, **params: object) -> str:
        return self.thing(node.id, node.label, **params)

    def under(self, page: str, node_id: str, end: str = "", **params: object) -> str:
        """Another page of a node: its impact, its picture, its downloads."""
        return self.href(f"{page}/{quote(node_id, safe='')}{end}", **params)

    def proof(self, edge: Edge) -> str | None:
        """The place in the source where a text says this edge; None where no text does."""
        if edge.evidence is None or edge.asserted_by is None:
            return None
        return self._source(edge.asserted_by, edge.evidence)

    def place(self, directive: Node, said: Evidence) -> str:
        """The place of a sentence in the source of the directive that says it."""
        return self._source(directive.id, said)

    def _source(self, directive: str, said: Evidence) -> str:
        if directive not in self._sources:  # a picture has thousands of edges of a few directives
            self._sources[directive] = self.thing(directive, Label.DIRECTIVE, phan="toan-van")
        return f"{self._sources[directive]}#{anchor(said.start, said.end)}"

    def here(self, **changes: object) -> str:
        """This page with some parameters changed (None takes one away)."""
        said: list[tuple[str, object]] = [*((k, v) for k, v in self.query if k not in changes), *changes.items()]
        kept = urlencode([(k, v) for k, v in said if v not in (None, "")])
        return f"{self.path}?{kept}" if kept else self.path

    def kept(self, *but: str) -> list[tuple[str, str]]:
        """Parameters that a form of this page carries on as hidden fields."""
        return [(k, v) for k, v in self.query if k not in but and v]
