"""A query of graph.listing becomes one page of nodes of the Neo4j store: filtered, sorted and cut on the server.

Total and page come from one statement, and from a second one where a page goes on with nodes without a sort value. Only
a status is judged here, on the ids that pass the other filters, and only the words of an issuer are compared here, with
every name that issuers have.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import Any

from graph.listing import AgencyQuery, DirectiveQuery, Place, Query, SortKey
from graph.store import cypher
from graph.store.base import Node, Page, Store
from graph.store.neo4j_finding import spread
from graph.store.neo4j_indexes import Behind, Key
from graph.store.neo4j_session import Row
from graph.store.neo4j_values import read_node
from graph.store.paging import beginning, named, page_of, place_behind, with_status, words_of
from graph.text import storable
from graph.vocabulary import Status

Ask = Callable[..., list[Row]]  # runs a statement with its values

_KEYS = {SortKey.ISSUED: Key.ISSUED, SortKey.DUE: Key.DUE, SortKey.YEAR: Key.YEAR}
#: A longer page is put together from pages of this size, so that the server never holds more.
_AT_ONCE = 5_000


def page(store: Store, ask: Ask, query: Query, limit: int | None, after: str | None) -> Page:
    """See Store.page."""
    place = beginning(store, query, limit, after)
    if query.text is not None and not words_of(query.text):
        return Page(items=(), total=0)
    filters = _filters(query, ask)
    if isinstance(query, DirectiveQuery) and query.status is not None:
        passing = ask(_listing(query, filters).ids(), **filters)
        filters["ids"] = with_status(store, query, [row["id"] for row in passing])
    listing = _listing(query, filters)
    if limit == 0:
        return Page(items=(), total=ask(listing.total(), **filters)[0]["total"])
    found, total = _read(partial(ask, **filters), query, listing, place, None if limit is None else limit + 1)
    return page_of(query, found, total, limit)


def _listing(query: Query, filters: dict[str, Any]) -> cypher.Listing:
    return cypher.Listing(query.label, frozenset(filters), _KEYS.get(query.sort), query.descending)


def _read(
    ask: Ask, query: Query, listing: cypher.Listing, place: Place | None, want: int | None
) -> tuple[list[Node], int]:
    """The first ``want`` nodes (None: all) behind a place, and how many there are before and behind it."""
    found: list[Node] = []
    total: int | None = None
    behind: Behind | None = _behind(place)
    while behind:
        size = _AT_ONCE if want is None else min(_AT_ONCE, want - len(found))
        statement = listing.page(behind, counted=total is None)
        row = ask(statement, want=size, **_values(place))[0]
        total = row["total"] if total is None else total
        found += [read_node(item["label"], item["plan"], item["p"]) for item in row["items"]]
        if len(found) == want:
            break
        if len(row["items"]) == size:
            place = place_behind(query, found[-1])
            behind = _behind(place)
        else:
            behind = _next_part(listing, behind)
    assert total is not None
    return found, total


def _next_part(listing: cypher.Listing, behind: Behind) -> Behind | None:
    """Nodes with a key are followed by those without one."""
    keyed = listing.key and behind in (Behind.HEAD, Behind.STATED)
    return Behind.KEYS if keyed else None


def _behind(place: Place | None) -> Behind:
    if place is None:
        return Behind.HEAD
    return Behind.MISSING if place.value is None else Behind.STATED


def _values(place: Place | None) -> dict[str, Any]:
    """Of days a cursor holds the text."""
    if place is None:
        return {}
    value = place.value
    return {"after": place.id, "value": dt.date.fromisoformat(value) if isinstance(value, str) else value}


# -- filters


def _filters(query: Query, ask: Ask) -> dict[str, Any]:
    """The values of the filters by the names that cypher.Listing knows; ``status`` is not among them."""
    said = query.model_dump(exclude_none=True, exclude={"text", "issuer", "status", "sort", "descending"})
    filters = {name: _plain(value) for name, value in said.items()}
    if query.text is not None:
        words = words_of(query.text)
        filters["words"] = spread(words, [[] for _ in words])
    if isinstance(query, AgencyQuery) or (isinstance(query, DirectiveQuery) and query.status is Status.NOT_YET_ISSUED):
        filters.pop("as_of", None)
    if isinstance(query, DirectiveQuery) and query.issuer is not None:
        filters["issuers"] = named(query.issuer, (row["name"] for row in ask(cypher.ISSUERS)))
    if isinstance(query, DirectiveQuery) and query.issued_to is not None:
        last = query.issued_to
        filters["whole_years"] = last.year if (last.month, last.day) == (12, 31) else last.year - 1
    return filters


def _plain(value: object) -> object:
    """What the driver takes: no members of the vocabulary, no halves of characters."""
    if isinstance(value, Enum):
        return value.value
    return storable(value) if isinstance(value, str) else value
