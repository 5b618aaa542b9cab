"""A node, a date and what a reader opened → the data of the canvas, from the store."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from graph.expansion import Opening, expanded
from graph.neighbourhood import Around, Neighbourhood
from graph.records import Edge
from graph.store.base import Node, Store
from graph.vocabulary import EdgeType
from viz.graph.data import CanvasData, Links, canvas, no_link
from viz.pages.wording import Lang

#: Nodes that are fetched for one picture beside its start, and nodes that one address may open.
MOST_NODES, MOST_OPENED = 2000, 100


def opening(said: str) -> Opening:
    """An ``open`` parameter: "ID", or "ID~down~HAS_TASK,CASCADES_TO"; ValueError if it is none.

    >>> opening("central.57-nq_tw.2024-12-22~down~HAS_TASK").types
    (<EdgeType.HAS_TASK: 'HAS_TASK'>,)
    """
    found = _OPENING.fullmatch(said)
    if found is None:
        raise ValueError("an opened node is an id, or an id with ~down, ~up or ~both and types of edges behind it")
    if found["way"] is None:
        return Opening(found["id"])
    kinds = tuple(EdgeType(kind) for kind in found["types"].split(",")) if found["types"] else None
    return Opening(found["id"], Around(found["way"]), kinds)


#: Ids of communes hold "~" themselves ("nghe-an~truong-vinh.…").
_OPENING = re.compile(r"(?P<id>[^~].*?)(?:~(?P<way>down|up|both)(?:~(?P<types>[A-Z_,]+))?)?", re.DOTALL)


def around_of(
    store: Store,
    node_id: str,
    *,
    opened: Sequence[str] = (),
    beside: Sequence[str] = (),
    as_of: dt.date | None = None,
    depth: int = 1,
    limit: int | None = MOST_NODES,
    seconds: float | None = None,
) -> Neighbourhood:
    """What the picture around a node shows on a date (today if left out): ``depth`` edges far, what was opened, and
    the nodes ``beside`` it, wherever they stand.

    UnknownId if there is no such node; ValueError if ``opened`` is malformed, or one of the two longer than
    MOST_OPENED.
    """
    if len(opened) > MOST_OPENED or len(beside) > MOST_OPENED:
        raise ValueError(f"at most {MOST_OPENED} nodes can be opened at once; {len(opened) + len(beside)} were named")
    openings = [opening(said) for said in opened]
    return expanded(
        store,
        node_id,
        openings,
        beside=beside,
        depth=depth,
        as_of=as_of,
        limit=limit,
        seconds=seconds,
    )


def drawn(
    found: Neighbourhood,
    *,
    opened: Sequence[str] = (),
    beside: Sequence[str] = (),
    lang: Lang = "vi",
    node_url: Callable[[Node], str | None] = no_link,
    edge_url: Callable[[Edge], str | None] = no_link,
) -> CanvasData:
    """The data of that picture; no group swallows what was opened or named."""
    kept = [*(opening(said).node for said in opened), *beside]
    return canvas(found, lang=lang, links=Links(node_url, edge_url), opened=opened, beside=beside, kept=kept)
