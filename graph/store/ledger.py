"""What an engine keeps of the texts, as rows: what planning a change reads, and the change that it writes.

Texts say something of directives; texts that say exactly the same share a *saying*, so that a number which thousands
of texts cite costs as much as the few ways in which they speak of it. Agencies, edges of the register and what decides
whether a mere mention is shown are counted likewise (``said``).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from graph.identity import bare_key
from graph.records import DirectiveFacts, Edge
from graph.store.base import Node
from graph.vocabulary import Label

EdgeKey = tuple[str, str, str, str, str]  # see graph.store.base.edge_order


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text: its length in code points, its own directive, and whether that directive's edges come from it."""

    sha256: str
    chars: int
    directive: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Saying:
    """What ``count`` witnesses say alike of a directive. ``current``: those of them that stand in a current text.

    ``directive``: the id that graph.identity gave it; ``first``: smallest sha256 of the texts that say it.
    """

    key: str
    bare_key: str
    facts: str  # DirectiveFacts as JSON
    held: bool
    directive: str = ""
    count: int = 0
    current: int = 0
    first: str = ""


def saying(facts: DirectiveFacts, *, held: bool, reading: str) -> Saying:
    """The saying of one witness, before it is counted."""
    text = facts.model_dump_json(exclude_defaults=True)
    bare = bare_key(facts, reading)
    key = hashlib.sha256(f"{bare}\n{text}\n{held}".encode()).hexdigest()[:32]
    return Saying(key, bare, text, held)


class Kind(StrEnum):
    """What is counted: by agency id, by edge of the register, and by pair of directives."""

    AGENCY = "agency"
    REGISTER = "register"
    MENTION = "mention"  # CITED_IN edges of a pair
    STRONGER = "stronger"  # any other relation of the pair; no record


@dataclass(frozen=True, slots=True)
class Placed:
    """A node with the first day on which it can exist (None: always)."""

    node: Node
    since: dt.date | None = None


@dataclass(slots=True)
class Change:
    """Rows to put and to delete, by their keys; the engine writes them in one transaction.

    ``packed``: body and text of a text that is new or was read anew; ``witnesses``: its sayings by ref; ``reread``: the
    texts among them that were there. ``said``: new counts by (kind, key, record), 0 for gone; ``counted``: those that
    were there. ``was``: every node that is replaced or goes, as it stands in the store; the other nodes are new.
    What goes goes first: an edge that becomes another one of the same key goes and comes. A node that is replaced keeps
    the edges at it, one that goes takes them along.
    """

    texts: dict[str, TextRow] = field(default_factory=dict)
    packed: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    witnesses: dict[str, dict[str, str]] = field(default_factory=dict)
    reread: set[str] = field(default_factory=set)
    gone_texts: set[str] = field(default_factory=set)
    files: dict[str, str] = field(default_factory=dict)
    gone_files: set[str] = field(default_factory=set)
    sayings: dict[str, Saying] = field(default_factory=dict)
    gone_sayings: set[str] = field(default_factory=set)
    resolved: dict[tuple[str, str], str] = field(default_factory=dict)
    gone_resolved: set[tuple[str, str]] = field(default_factory=set)
    said: dict[tuple[Kind, str, str], int] = field(default_factory=dict)
    counted: set[tuple[Kind, str, str]] = field(default_factory=set)
    nodes: dict[str, Placed] = field(default_factory=dict)
    gone_nodes: set[str] = field(default_factory=set)
    was: dict[str, Node] = field(default_factory=dict)
    edges: dict[EdgeKey, Edge] = field(default_factory=dict)
    gone_edges: set[EdgeKey] = field(default_factory=set)


class Ledger(Protocol):
    """Rows as they are before the change, inside its transaction; what is not there is left out of an answer."""

    def texts_at(self, paths: Collection[str]) -> dict[str, str]:
        """sha256 of the text that each path holds."""

    def files(self, texts: Collection[str]) -> dict[str, set[str]]:
        """Paths of each text."""

    def texts(self, texts: Collection[str]) -> dict[str, TextRow]: ...

    def texts_of(self, directives: Collection[str]) -> dict[str, TextRow]:
        """All texts whose own directive is one of these."""

    def bodies(self, texts: Collection[str]) -> dict[str, bytes]:
        """What each text says (graph.store.packing)."""

    def witnesses(self, texts: Collection[str]) -> dict[str, dict[str, str]]:
        """Keys of the sayings of each text, by ref."""

    def texts_saying(self, sayings: Collection[str]) -> dict[str, set[str]]:
        """The texts that say each."""

    def sayings(self, keys: Collection[str]) -> dict[str, Saying]: ...

    def sayings_under(self, bare_keys: Collection[str]) -> dict[str, Saying]:
        """All sayings of these numbers, by key."""

    def sayings_of(self, directives: Collection[str]) -> dict[str, Saying]:
        """All sayings that were resolved to one of these ids, by key."""

    def resolved_under(self, bare_keys: Collection[str]) -> dict[tuple[str, str], str]:
        """Directive records (JSON) by bare key and id."""

    def resolved_of(self, directives: Collection[str]) -> dict[tuple[str, str], str]: ...

    def said(self, kind: Kind, keys: Collection[str]) -> Mapping[tuple[str, str], int]:
        """Counts by key and record."""

    def shared_nodes(self, label: Label, ids: Collection[str]) -> dict[str, Placed]:
        """Directives, or agencies, as they stand in the graph."""


def sets_of(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """The values of each key."""
    found: dict[str, set[str]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return found
