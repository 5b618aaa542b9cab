"""The contract every store engine keeps: readings go in, one deterministic graph comes out.

The graph is a pure function of the set of readings: their order, and how often one is written, never matters.
One contract test suite (tests/graph/test_store_contract.py) runs every argument of every method on every engine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from enum import StrEnum
from types import TracebackType
from typing import Any, Protocol, Self

from graph.listing import Query
from graph.records import Agency, Directive, Edge, Indicator, Reading, Record, Target, Task
from graph.store.tallies import Alone, Degrees, Tally, TallyBy
from graph.store.timing import OutOfTime
from graph.vocabulary import EdgeType, Label

NodeRecord = Directive | Task | Indicator | Target | Agency

LABELS: dict[type[Record], Label] = {
    Directive: Label.DIRECTIVE,
    Task: Label.TASK,
    Indicator: Label.INDICATOR,
    Target: Label.TARGET,
    Agency: Label.AGENCY,
}
#: The record of a node by the value of its label.
RECORDS: dict[str, Any] = {label.value: kind for kind, label in LABELS.items()}


class Node(Record):
    """A node of the graph: its global ``id`` and what is known of it."""

    id: str
    record: NodeRecord

    @property
    def label(self) -> Label:
        return LABELS[type(self.record)]


class Direction(StrEnum):
    """``down`` goes along the arrows (to what rests on a node), ``up`` against them (to what it rests on)."""

    DOWN = "down"
    UP = "up"


class WriteOutcome(StrEnum):
    CREATED = "created"  # a text new to the store
    UNCHANGED = "unchanged"  # this very text was there already
    REPLACED = "replaced"  # the file held another text before, or this text was read otherwise before
    OTHER_COPY = "other_copy"  # another text of the same directive is the current one; this one adds no edges


class WriteResult(Record):
    """What writing one reading did.

    ``directive``: id of the text's own directive. ``replaced``: sha256 of the text that the same file held before.
    ``copy_of``: sha256 of the current text of the directive, where that is another one.
    """

    outcome: WriteOutcome
    sha256: str
    directive: str
    replaced: str | None = None
    copy_of: str | None = None


class ReadingInfo(Record):
    """One text the store keeps. ``current``: it is the text its directive's edges and tasks come from.

    ``files``: the paths it was read from, sorted. ``chars``: its length in code points.
    """

    sha256: str
    files: tuple[str, ...]
    directive: str
    current: bool
    chars: int


class Neighbour(Record):
    """The node at the other end of ``edge``."""

    edge: Edge
    node: Node


class Neighbours(Record):
    """Neighbours sorted by (edge type, id, role, asserted_by); ``total`` counts those that the limit cut, too."""

    items: tuple[Neighbour, ...]
    total: int


class Reached(Record):
    """A node of a closure. ``path``: the edges of one shortest path in walking order; ``depth`` is its length."""

    node: Node
    depth: int
    path: tuple[Edge, ...]


class Totals(Record):
    """True totals of a closure, also where its items were cut.

    ``labels``: items by label. ``levels`` and ``jurisdictions``: directives among them (those that state one).
    ``depths``: items by depth. Keys are sorted.
    """

    items: int
    labels: dict[Label, int]
    levels: dict[str, int]
    jurisdictions: dict[str, int]
    depths: dict[int, int]


class Closure(Record):
    """All that is reached from ``start`` (which is never an item), sorted by (depth, id), at most ``limit`` items.

    ``deeper``: the depth asked for cut the walk, there is more below. ``late``: the time ended the walk (what is given
    is whole down to the last depth in totals.depths, farther things were not counted), or the reading of the items.
    """

    start: Node
    items: tuple[Reached, ...]
    totals: Totals
    deeper: bool = False
    late: bool = False


class Hit(Record):
    """A node that was found; ``field``: where (number, name, alias, title, text or context)."""

    node: Node
    field: str


class SearchResult(Record):
    """Hits, best first; ``total`` counts those that the limit cut, too. ``fuzzy``: only by allowing small typos."""

    hits: tuple[Hit, ...]
    total: int
    fuzzy: bool = False


class Page(Record):
    """Part of a list. ``total``: all that pass the filters, on whatever page. ``next``: cursor of what follows.

    ``next`` is None at the end and where only the total was asked for.
    """

    items: tuple[Node, ...]
    total: int
    next: str | None = None


class Counts(Record):
    """``nodes`` by label and ``edges`` by type (sorted, none with 0), directives whose text was read, texts kept."""

    nodes: dict[Label, int]
    edges: dict[EdgeType, int]
    held: int
    readings: int


class Store(Protocol):
    """An engine. Lookups of an id that is not there raise UnknownId; limits of None mean all, of 0 only totals."""

    def write(self, reading: Reading) -> WriteResult:
        """Store all that one text says, in one transaction: after a kill the store is as before it or as after it.

        Raises StoreBusyError if another process keeps the store locked, StoreError if the reading contradicts itself.
        """

    def write_many(self, readings: Sequence[Reading]) -> tuple[WriteResult, ...]:
        """The same for several texts in one transaction, in their order; all are stored or none is."""

    def infer(self, method: str, edges: Iterable[Edge]) -> None:
        """Put inferred edges (REFINED_BY, FULFILLED_BY; ends are ids of the graph) in the place of those of ``method``.

        Of equal ones (edge_order), whatever their method, the last counts. They go when an end goes. StoreError if an
        end is not there, an edge is of another type or of another method, or it claims to have been read
        (``asserted_by``).
        """

    def changes(self) -> int:
        """How often the store has been written: answers with equal numbers saw one state."""

    def withdraw(self, sha256: str) -> None:
        """Forget a text and all that only it says; UnknownId if it is not there."""

    def snapshot(self) -> AbstractContextManager[None]:
        """All questions asked inside see one state of the graph; may be nested, must not hold a write.

        An engine that cannot keep a state raises StoreChangedError at the end if another process wrote meanwhile.
        """

    def within(self, seconds: float | None) -> AbstractContextManager[None]:
        """Questions asked inside (in a snapshot) raise StoreTimeError once so many seconds are over; None is no limit.

        May be nested: no limit inside another moves that one's end. What would have to be begun again is finished.
        """

    def node(self, node_id: str) -> Node:
        """The node with this id; UnknownId if there is none."""

    def nodes(self, node_ids: Collection[str]) -> dict[str, Node]:
        """Those of the nodes that exist, by id, sorted."""

    def directives_by_number(self, number: str) -> tuple[Directive, ...]:
        """All directives that a number as a person types it can mean (graph.numbers.loose_key), sorted by id."""

    def search(self, text: str, *, kinds: Collection[Label] | None = None, limit: int | None = 20) -> SearchResult:
        """Nodes that hold every word of ``text`` (folded; the last word may be a beginning).

        Only if nothing is found, small typos are allowed for, never in words with digits.
        """

    def page(self, query: Query, *, limit: int | None = 50, after: str | None = None) -> Page:
        """The nodes that pass the query's filters, in its order, from the cursor ``after`` on.

        Raises CursorError if ``after`` is not the ``next`` of a page of this query, UnknownId if the query names an
        agency or directive that is not there, ValueError if ``limit`` is negative. Each page sees the state of its
        moment: what is written or withdrawn between two of them moves nothing else.
        """

    def edges_of(
        self,
        node_ids: Collection[str],
        *,
        direction: Direction,
        types: Collection[EdgeType] | None = None,
        asserted_by: str | None = None,
    ) -> tuple[Edge, ...]:
        """Edges that leave (``down``) or enter (``up``) any of the nodes, sorted; unknown ids have none.

        ``asserted_by``: only those that this directive's text says.
        """

    def edges_among(self, node_ids: Collection[str], *, types: Collection[EdgeType] | None = None) -> tuple[Edge, ...]:
        """Edges with both ends among the nodes, sorted."""

    def degrees(
        self,
        node_ids: Collection[str],
        *,
        types: Collection[EdgeType] | None = None,
        as_of: dt.date | None = None,
    ) -> dict[str, Degrees]:
        """How many nodes each of the nodes is joined to, those left out that do not exist on ``as_of``; sorted by id.

        Unknown ids are left out.
        """

    def neighbours(
        self,
        node_id: str,
        *,
        direction: Direction,
        types: Collection[EdgeType] | None = None,
        limit: int | None = None,
    ) -> Neighbours:
        """The node's neighbours in one direction; ``types`` None is every type."""

    def closure(
        self,
        node_id: str,
        *,
        direction: Direction,
        through: Collection[EdgeType],
        last: Collection[EdgeType] = (),
        depth: int | None = None,
        limit: int | None = None,
        as_of: dt.date | None = None,
        seconds: float | None = None,
    ) -> Closure:
        """All that is reached over ``through`` edges, and over one ``last`` edge as the last step.

        A node reached by a ``last`` edge is walked on from only if ``through`` edges reach it as well. Of several
        shortest paths the one with the smallest last edge counts: (parent id, type, asserted_by, role). ``depth`` is
        in edges; None goes on to the end. With ``as_of`` directives issued later (and what they hold) do not exist;
        those without a date always do, those with only a year from its first day. ``seconds`` ends the question early
        (Closure.late).
        """

    def distances(
        self,
        node_id: str,
        node_ids: Collection[str],
        *,
        direction: Direction,
        through: Collection[EdgeType],
        last: Collection[EdgeType] = (),
        depth: int | None = None,
        as_of: dt.date | None = None,
    ) -> dict[str, int]:
        """The depths of those of the nodes that are items of this closure, by id, sorted."""

    def tally(
        self,
        node_id: str,
        *,
        by: TallyBy,
        direction: Direction,
        through: Collection[EdgeType],
        depth: int | None = None,
        as_of: dt.date | None = None,
        limit: int | None = None,
        seconds: float | None = None,
    ) -> Tally:
        """How the tasks and indicators of a closure are spread (the start is none of them), whatever their number.

        ``limit``: of groups. ``seconds`` ends the question early (Tally.late).
        """

    def endings(self, as_of: dt.date, *, types: Collection[EdgeType]) -> tuple[str, ...]:
        """Ids of the directives that may not hold on a day, sorted; every other one does, or its date is not known.

        An edge of ``types`` leaves them, their period ended before the day, or they begin after it.
        """

    def alone(
        self,
        node_id: str,
        *,
        through: Collection[EdgeType],
        ended: Collection[str],
        limit: int | None = None,
        out_of_time: OutOfTime,
    ) -> Alone:
        """What rests on a node alone: reached from it over ``through`` edges, but from no other top directive.

        A top is a directive that no ``through`` edge enters. Ways over what has ``ended`` do not count. An agency that
        tasks or indicators among these (or the start) are assigned to falls if it has none that stands.
        """

    def warm(self) -> None:
        """Make ready what the first question after a write would have to make."""

    def counts(self) -> Counts:
        """How much there is."""

    def iter_nodes(self) -> Iterator[Node]:
        """All nodes by id."""

    def iter_edges(self, types: Collection[EdgeType] | None = None) -> Iterator[Edge]:
        """All edges (of some types) by (type, source, target, role, asserted_by)."""

    def readings(self, directive: str | None = None) -> tuple[ReadingInfo, ...]:
        """The texts kept (of one directive), sorted by sha256."""

    def reading(self, sha256: str) -> Reading:
        """One text with all it says, local refs as read; UnknownId if it is not there."""

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...


def edge_order(edge: Edge) -> tuple[str, str, str, str, str]:
    """The order of edges in every answer and export; also what makes an edge one edge."""
    return edge.type, edge.source, edge.target, edge.role or "", edge.asserted_by or ""
