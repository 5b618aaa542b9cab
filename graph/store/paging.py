"""What the lists of every engine share: what is checked before a page is read, and what becomes of the nodes found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from graph import status  # as a module: it may be half loaded, since it imports graph.store, too
from graph.errors import UnknownId
from graph.listing import DirectiveQuery, Place, Query, cursor, place_of, sort_value
from graph.search import MAX_WORDS
from graph.store.base import Node, Page, Store
from graph.text import fold
from graph.vocabulary import Label, Status

#: Statuses that only an edge, the end of a period or a later day can give: few directives have to be judged.
_CAUSED = frozenset(
    {
        Status.SUPERSEDED,
        Status.REPEALED,
        Status.PARTLY_SUPERSEDED,
        Status.SUSPENDED,
        Status.EXPIRED,
        Status.NOT_YET_ISSUED,
    }
)


def beginning(store: Store, query: Query, limit: int | None, after: str | None) -> Place | None:
    """The place behind which a page begins, None for the head of the list; raises what Store.page does."""
    if limit is not None and limit < 0:
        raise ValueError(f"a page of {limit} items: give 0 or more")
    place = place_of(query, after) if after is not None else None
    for name, label in (("agency", Label.AGENCY), ("directive", Label.DIRECTIVE)):
        node_id = getattr(query, name, None)
        if node_id is not None and store.node(node_id).label is not label:
            raise UnknownId(f"{node_id!r} is no {name}; find it with: lineage search")
    return place


def page_of(query: Query, found: Sequence[Node], total: int, limit: int | None) -> Page:
    """A page of at most ``limit`` of the nodes found; if there are more, one more was found."""
    items = found[:limit]
    following = cursor(query, place_behind(query, items[-1])) if items and len(found) > len(items) else None
    return Page(items=tuple(items), total=total, next=following)


def place_behind(query: Query, node: Node) -> Place:
    """Where a page begins whose last item was ``node``."""
    return Place(sort_value(query, node.record), node.id)


def with_status(store: Store, query: DirectiveQuery, ids: Collection[str]) -> list[str]:
    """Those of the directives that have the status asked for, on the date asked for."""
    assert query.as_of is not None
    if query.status in _CAUSED:
        ids = set(ids).intersection(store.endings(query.as_of, types=status.BEARING))
    found = status.statuses(store, ids, query.as_of)
    return [i for i, judged in found.items() if judged.status is query.status]


def words_of(text: str) -> list[str]:
    """The words that count of a text that is asked for."""
    return fold(text).split()[:MAX_WORDS]


def named(text: str, names: Iterable[str | None]) -> list[str]:
    """Names that hold every word of the text; the last may be a beginning."""
    asked = words_of(text)
    return [name for name in names if name and asked and _holds(fold(name).split(), asked)]


def _holds(words: Sequence[str], asked: Sequence[str]) -> bool:
    return set(asked[:-1]) <= set(words) and any(word.startswith(asked[-1]) for word in words)
