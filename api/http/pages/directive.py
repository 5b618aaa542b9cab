"""The page of a directive: its head, and one of five tabs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from fastapi import APIRouter, Request, Response

from api import details
from api.answers import Duty
from api.details import DirectiveDetails, directive_details
from api.http.pages import asking
from api.http.pages.cascade import around
from api.http.pages.showing import ROWS, shown
from api.resolving import find
from api.sources import Source, source_of
from graph.store.base import Direction, Store
from graph.vocabulary import EdgeType, Label
from graph.whatif import ENDED
from viz.pages.frame import Frame
from viz.pages.grids import target_grid
from viz.pages.marking import pieces
from viz.pages.render import render
from viz.pages.tasks import Assignee, TaskFilter, TaskOrder, TaskRow, leads_of, sections_of, task_page

router = APIRouter(include_in_schema=False)
#: Tasks and indicators of one directive that its page looks at; no directive known has a tenth of it.
MOST_DUTIES = 20_000
_TARGET_ROWS = 200


@router.get("/van-ban/{id}")
def directive(request: Request) -> Response:
    def make(store: Store, frame: Frame) -> str:
        node = details.of_kind(find(store, asking.thing(request)), Label.DIRECTIVE)
        tab = asking.text(request, "phan") or "mach"
        if tab not in _TABS:
            raise asking.BadValue("phan")
        limit = max(1, asking.whole(request, "limit", ROWS, 6400))
        found = directive_details(store, node, frame.as_of, limit)
        return render(
            "directive.html",
            frame,
            d=found,
            tab=tab,
            tabs=_tabs(found, frame),
            files=_files(found, frame),
            limit=limit,
            ended_statuses=ENDED,
            **_TABS[tab](request, store, found, limit),
        )

    return shown(request, make)


def rows_of(duties: tuple[Duty, ...]) -> list[TaskRow]:
    """Tasks with who has them, as the pages take them."""
    return [TaskRow(duty.node, tuple(Assignee(a.agency, a.role, a.printed) for a in duty.assigned)) for duty in duties]


def _tabs(d: DirectiveDetails, frame: Frame) -> list[tuple[str, str, int | None]]:
    t, n = frame.words, d.totals
    return [
        ("mach", t("tab_lineage"), None),
        ("nhiem-vu", t("tab_tasks"), n["tasks"]),
        ("chi-tieu", t("tab_targets"), n["indicators"]),
        ("quan-he", t("tab_relations"), n["relations"]),
        ("toan-van", t("tab_source"), None),
    ]


def _files(d: DirectiveDetails, frame: Frame) -> str:
    """Names of the files, without the folders of whoever read them."""
    copy = frame.words("other_copy")
    names = [(", ".join(PurePath(file).name for file in text.files), text.current) for text in d.texts]
    return "; ".join(name if current else f"{name} ({copy})" for name, current in names)


def _lineage(request: Request, store: Store, d: DirectiveDetails, limit: int) -> dict[str, object]:
    up, down = (around(store, d.node.id, way, d.as_of, limit) for way in (Direction.UP, Direction.DOWN))
    return {"up": up, "down": down}


def _tasks(request: Request, store: Store, d: DirectiveDetails, limit: int) -> dict[str, object]:
    found = details.duties(store, d.node, EdgeType.HAS_TASK, d.as_of, skip=0, limit=MOST_DUTIES)
    rows = rows_of(found.items)
    wanted = TaskFilter(
        lead=asking.text(request, "lead", 400),
        section=asking.text(request, "muc"),
        due_before=asking.day(request, "han"),
        order=asking.choice(request, "xep", TaskOrder) or TaskOrder.TEXT,
    )
    after = asking.cursor(request)
    page = task_page(rows, wanted, limit=limit, after=after)
    return {
        "page": page,
        "wanted": wanted,
        "leads": leads_of(rows),
        "sections": sections_of(rows),
        "begun": after is not None,
    }


def _targets(request: Request, store: Store, d: DirectiveDetails, limit: int) -> dict[str, object]:
    skip = asking.whole(request, "tu", 0)
    found = details.duties(store, d.node, EdgeType.HAS_INDICATOR, d.as_of, skip=skip, limit=_TARGET_ROWS)

    return {
        "grid": target_grid((duty.node, duty.targets) for duty in found.items),
        "assigned": {row.node.id: row.assigned for row in rows_of(found.items)},
        "total": found.total,
        "more": found.more,
        "next": skip + len(found.items) if found.more else None,
        "begun": skip > 0,
    }


def _relations(request: Request, store: Store, d: DirectiveDetails, limit: int) -> dict[str, object]:
    return {}


def _source(request: Request, store: Store, d: DirectiveDetails, limit: int) -> dict[str, object]:
    if not any(text.current for text in d.texts):
        return {"source": None}
    source: Source = source_of(store, d.node)
    spans = source.spans[:limit]
    return {
        "source": source,
        "pieces": pieces(source.text, {(span.start, span.end) for span in source.spans}),
        "spans": spans,
        "known": store.nodes({end for span in spans for end in (span.source, span.target)}),
    }


_TABS: dict[str, Callable[[Request, Store, DirectiveDetails, int], dict[str, object]]] = {
    "mach": _lineage,
    "nhiem-vu": _tasks,
    "chi-tieu": _targets,
    "quan-he": _relations,
    "toan-van": _source,
}
