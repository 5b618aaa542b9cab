"""The first page, the search and the guide."""

from __future__ import annotations

import datetime as dt

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.http.pages.asking import choice, cursor, text, whole
from api.http.pages.holders import holders
from api.http.pages.showing import asked, page, shown
from api.http.state import state_of
from api.lists import Row, listed
from api.resolving import Outcome, resolve
from graph.listing import DirectiveQuery, SortKey, TaskQuery
from graph.records import Directive, Record
from graph.store.base import Counts, Direction, Node, Store
from graph.vocabulary import DIRECTIVE_RELATIONS, EdgeType, Label, Level, Role
from viz.pages.frame import Frame
from viz.pages.render import render
from viz.pages.wording import Wording

router = APIRouter(include_in_schema=False)
_NEWEST = 15
_HITS = 50
_LOOKED_AT = 10


class Content(Record):
    """What the first page tells whatever the date; ``top``, ``agency`` and ``plan``: examples to ask about."""

    counts: Counts
    top: Node | None
    agency: Node | None
    plan: Node | None


class Home(Record):
    """``levels`` and ``rows``: numbers with their words."""

    content: Content
    levels: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, int, str | None], ...]
    newest: tuple[Row, ...]
    newest_total: int
    next: str | None
    first: str | None


@router.get("/")
def home(request: Request) -> Response:
    def make(store: Store, frame: Frame) -> str:
        content = _content(state_of(request).instance, store)
        return render("home.html", frame, home=_home(store, content, frame, cursor(request)))

    return shown(request, make)


@router.get("/tim")
def search(request: Request) -> Response:
    """A number that means one directive leads to it at once; else all that is found."""

    def ask(store: Store, frame: Frame) -> Response:
        q, kind = text(request, "q") or "", choice(request, "kind", Label)
        limit = max(1, whole(request, "limit", _HITS, 1000))
        if kind is None and (meant := resolve(store, q)).outcome is Outcome.RESOLVED and meant.id:
            return RedirectResponse(frame.to(store.node(meant.id)), 303)
        found = store.search(q, kinds=[kind] if kind else None, limit=limit)
        of = holders(store, [hit.node for hit in found.hits])
        return page(render("search.html", frame, q=q, kind=kind or "", found=found, limit=limit, holders=of))

    return asked(request, ask)


@router.get("/huong-dan")
def guide(request: Request) -> Response:
    def make(store: Store, frame: Frame) -> str:
        return render("guide.html", frame, examples=_content(state_of(request).instance, store))

    return shown(request, make)


#: Server → (state of its store, content): to count a national graph takes longer than all the rest of the page.
_known: dict[str, tuple[int, Content]] = {}


def _content(server: str, store: Store) -> Content:
    changes, known = store.changes(), _known.get(server)
    if known is None or known[0] != changes:
        counts = store.counts()
        top = _top(store)
        plan = _plan(store, top) if top else None
        known = changes, Content(counts=counts, top=top, agency=_agency(store, counts), plan=plan)
        _known.clear()
        _known[server] = known
    return known[1]


def _home(store: Store, content: Content, frame: Frame, after: str | None) -> Home:
    counts = content.counts
    query = DirectiveQuery(held=True, sort=SortKey.ISSUED, descending=True, as_of=frame.as_of)
    newest = listed(store, query, limit=_NEWEST, after=after)
    return Home(
        content=content,
        levels=_levels(store, counts, frame.words, frame.as_of),
        rows=_rows(counts, frame.words),
        newest=newest.items,
        newest_total=newest.total or 0,
        next=frame.here(after=newest.cursor) if newest.cursor else None,
        first=frame.here(after=None) if after else None,
    )


def _levels(store: Store, counts: Counts, t: Wording, day: dt.date) -> tuple[tuple[str, int], ...]:
    """The cascade from the top: directives of each level, tasks, agencies."""
    directives = [(level, store.page(DirectiveQuery(level=level, as_of=day), limit=0).total) for level in Level]
    named = [(f"{t.kind(Label.DIRECTIVE).lower()} {t.level(level)}", n) for level, n in directives]
    below = [(t.kind(label).lower(), counts.nodes.get(label, 0)) for label in (Label.TASK, Label.AGENCY)]
    return tuple((*named, *below))


def _rows(counts: Counts, t: Wording) -> tuple[tuple[str, int, str | None], ...]:
    directives = counts.nodes.get(Label.DIRECTIVE, 0)
    rows = [(t("held"), counts.held, None), (t("cited_only"), directives - counts.held, None)]
    others = [(t.kind(label), n, None) for label, n in counts.nodes.items() if label is not Label.DIRECTIVE]
    return tuple(row for row in (*rows, *others) if row[1])


def _top(store: Store) -> Node | None:
    """Of the first few that were read, central ones if there are, the one that most directives rest on directly."""
    for query in (DirectiveQuery(level=Level.CENTRAL, held=True), DirectiveQuery(held=True)):
        found = store.page(query, limit=_LOOKED_AT).items
        if found:
            return max(found, key=lambda node: _resting(store, node.id))
    return None


def _plan(store: Store, top: Node) -> Node | None:
    """Of the first directives below that were read, the one with most below it, its tasks included."""
    below = store.neighbours(top.id, direction=Direction.DOWN, types=DIRECTIVE_RELATIONS, limit=5 * _LOOKED_AT).items
    held = [item.node for item in below if _held_plan(item.node.record)]
    down = Direction.DOWN
    return max(held[:_LOOKED_AT], key=lambda n: store.neighbours(n.id, direction=down, limit=0).total, default=None)


def _held_plan(record: object) -> bool:
    return isinstance(record, Directive) and record.held and record.plan


def _resting(store: Store, directive: str) -> int:
    return store.neighbours(directive, direction=Direction.DOWN, types=DIRECTIVE_RELATIONS, limit=0).total


def _agency(store: Store, counts: Counts) -> Node | None:
    """An agency that leads a task of some directive that was read."""
    tasks = store.page(TaskQuery(role=Role.LEAD), limit=1).items if counts.edges.get(EdgeType.ASSIGNED_TO) else ()
    edges = store.edges_of([n.id for n in tasks], direction=Direction.DOWN, types=[EdgeType.ASSIGNED_TO])
    leads = [edge.target for edge in edges if edge.role is Role.LEAD]
    return store.nodes(leads[:1]).get(leads[0]) if leads else None
