"""The page of the picture: the canvas, the same in words, and the picture as a file to hand on."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from api.canvas import MOST_OPENED, around_of, drawn, opening
from api.http.answering import budget_of
from api.http.pages import asking
from api.http.pages.owners import attached
from api.http.pages.showing import asked, shown
from api.http.params import LONGEST_ID
from api.http.settings import PREFIX
from api.resolving import find
from graph.neighbourhood import Neighbourhood
from graph.records import Edge
from graph.store.base import Direction, Node, Store
from graph.whatif import ENDED
from viz.graph.assets import SCRIPTS
from viz.graph.data import CanvasData, json_block
from viz.pages.frame import EXPLORE, Frame
from viz.pages.render import render

router = APIRouter(include_in_schema=False)
_IN_WORDS = 60


class Link(NamedTuple):
    """A row of the picture in words: ``there`` seen from ``here``; ``more``: links of it that are not shown."""

    edge: Edge
    here: Node
    there: Node
    direction: Direction
    more: int


@router.get(EXPLORE + "/{id}")
def explore(request: Request) -> Response:
    def make(store: Store, frame: Frame) -> str:
        start = find(store, asking.thing(request))
        found = _found(request, store, start, frame)
        links = _links(found)
        return render(
            "explore.html",
            frame,
            around=found,
            rows=links[:_IN_WORDS],
            more=max(0, len(links) - _IN_WORDS) + found.more,
            block=json_block(_data(request, found, frame)),
            scripts=SCRIPTS,
            own=_bare(frame, start),
            api=PREFIX,
            ended_statuses=ENDED,
        )

    return shown(request, make)


@router.get(EXPLORE + "/{id}/du-lieu")
def data(request: Request) -> Response:
    def ask(store: Store, frame: Frame) -> Response:
        start = find(store, asking.thing(request))
        return JSONResponse(_data(request, _found(request, store, start, frame), frame))

    return asked(request, ask)


@router.get(EXPLORE + "/{id}/tep")
def file(request: Request) -> Response:
    def ask(store: Store, frame: Frame) -> Response:
        from viz.graph.page import export_page  # needs the extra "page"

        start = find(store, asking.thing(request))
        found = _found(request, store, start, frame)
        made = drawn(found, lang=frame.lang, opened=_opened(request), beside=_beside(request))
        body = export_page(made, source=frame.words("app"), made_on=dt.date.today())
        return attached(body.encode("utf-8", "replace"), "text/html; charset=utf-8", start, "html")

    return asked(request, ask)


def _bare(frame: Frame, node: Node) -> str:
    """The address of a picture without its parameters."""
    return frame.under(EXPLORE, node.id).partition("?")[0]


def _found(request: Request, store: Store, start: Node, frame: Frame) -> Neighbourhood:
    return around_of(
        store,
        start.id,
        opened=_opened(request),
        beside=_beside(request),
        as_of=frame.as_of,
        seconds=budget_of(request).early,
    )


def _data(request: Request, found: Neighbourhood, frame: Frame) -> CanvasData:
    return drawn(
        found,
        opened=_opened(request),
        beside=_beside(request),
        lang=frame.lang,
        node_url=frame.to,
        edge_url=frame.proof,
    )


def _opened(request: Request) -> tuple[str, ...]:
    opened = tuple(request.query_params.getlist("open"))
    try:
        known = [opening(said) for said in opened]
    except ValueError:
        raise asking.BadValue("open") from None
    if len(known) > MOST_OPENED:
        raise asking.BadValue("open")
    return opened


def _beside(request: Request) -> tuple[str, ...]:
    """Things that a path brought into the picture."""
    beside = tuple(request.query_params.getlist("with"))
    if len(beside) > MOST_OPENED or any(len(one) > LONGEST_ID for one in beside):
        raise asking.BadValue("with")
    return beside


def _links(around: Neighbourhood) -> list[Link]:
    seen = {item.node.id: item for item in around.nodes}
    links = []
    for edge in around.edges:
        down = edge.source == around.start.id
        if not down and edge.target != around.start.id:
            continue
        there = seen[edge.target if down else edge.source]
        hidden = there.hidden
        more = sum(hidden.down.values()) + sum(hidden.up.values()) if hidden else 0
        links.append(Link(edge, around.start, there.node, Direction.DOWN if down else Direction.UP, more))
    return links
