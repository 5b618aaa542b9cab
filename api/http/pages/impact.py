"""The page of an impact: totals, what rests on it alone if asked, the table; and the table as a file."""

from __future__ import annotations

import csv
import io
from collections import Counter

from fastapi import APIRouter, Request, Response

from api.answers import ImpactAnswer, with_loads
from api.grouping import GroupedImpact, grouped_impact
from api.http.answering import budget_of
from api.http.pages import asking
from api.http.pages.owners import XLSX, attached
from api.http.pages.showing import ROWS, asked, shown
from api.resolving import find
from graph.export import safe_cell
from graph.lineage import impact as impact_of
from graph.records import Task
from graph.store.base import Node, Store
from graph.vocabulary import Label, Level
from graph.whatif import ENDED, WhatIf, what_if
from viz.pages.frame import Frame
from viz.pages.grids import quarter_name, quarter_of
from viz.pages.render import render
from viz.pages.sheets import impact_rows, table_book

router = APIRouter(include_in_schema=False)
#: Items looked at to count agencies and deadlines; more than that, and the page says so.
LOOKED_AT = 1_000
_GROUP_ROWS = 12
_SHOWN_FALLEN = 200
_FILE_ROWS = 50_000
Rows = list[tuple[str, int, str | None]]
Groups = list[tuple[str, Rows]]


@router.get("/tac-dong/{id}")
def impact(request: Request) -> Response:
    def make(store: Store, frame: Frame) -> str:
        start = find(store, asking.thing(request))
        skip = asking.whole(request, "tu", 0)
        found = grouped_impact(store, start.id, as_of=frame.as_of, skip=skip, limit=ROWS)
        counted = with_loads(store, impact_of(store, start.id, as_of=frame.as_of, limit=LOOKED_AT))
        fallen = _fallen(request, store, start, frame)
        sources = {item.path[-1].source for item in found.items}
        return render(
            "impact.html",
            frame,
            d=found,
            groups=[(name, rows) for name, rows in _groups(found, counted, frame) if rows],
            groups_cut=LOOKED_AT if counted.more else 0,
            whatif=fallen,
            whatif_rows=[(frame.words.kind(label), n, None) for label, n in fallen.totals.items()] if fallen else [],
            known=store.nodes(sources),
            next=skip + len(found.items) if found.more else None,
            ended_statuses=ENDED,
        )

    return shown(request, make)


@router.get("/tac-dong/{id}/tai-ve")
def impact_file(request: Request) -> Response:
    def ask(store: Store, frame: Frame) -> Response:
        start, kind = find(store, asking.thing(request)), asking.text(request, "dang") or "csv"
        if kind not in ("csv", "xlsx"):
            raise asking.BadValue("dang")
        found = impact_of(store, start.id, as_of=frame.as_of, limit=_FILE_ROWS)
        rows = list(impact_rows(found, frame.words))
        if found.more:
            rows.append([frame.words("cut", more=found.more)])
        if kind == "xlsx":
            return attached(table_book(rows, frame.words("see_impact")), XLSX, start, kind)
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([safe_cell(value) for value in row] for row in rows)
        return attached(out.getvalue().encode("utf-8-sig", "replace"), "text/csv; charset=utf-8", start, kind)

    return asked(request, ask)


def _fallen(request: Request, store: Store, start: Node, frame: Frame) -> WhatIf | None:
    if asking.text(request, "gia_su") is None:
        return None
    return what_if(store, start.id, as_of=frame.as_of, limit=_SHOWN_FALLEN, out_of_time=budget_of(request).over)


def _groups(found: GroupedImpact, counted: ImpactAnswer, frame: Frame) -> Groups:
    t, totals = frame.words, found.totals
    places = sorted(totals.jurisdictions.items(), key=lambda pair: (-pair[1], pair[0]))
    agencies: Rows = [
        (f"{t.name(load.agency)} ({t.place(getattr(load.agency.record, 'jurisdiction', None))})",
         sum(load.roles.values()), frame.to(load.agency))
        for load in counted.assigned
    ]  # fmt: skip
    return [
        (t("by_kind"), [(t.kind(label), totals.labels[label], None) for label in Label if totals.labels.get(label)]),
        (t("by_level"), [(t.level(lv), totals.levels[lv.value], None) for lv in Level if totals.levels.get(lv.value)]),
        (t("by_place"), _few([(t.place(name), n, None) for name, n in places], frame)),
        (t("by_agency"), _few(agencies, frame)),
        (t("by_deadline"), _deadlines(counted, frame)),
    ]


def _few(rows: Rows, frame: Frame) -> Rows:
    """The first rows, and how many there are beside them."""
    rest = rows[_GROUP_ROWS:]
    said = frame.words("other_rows", n=len(rest))
    return rows[:_GROUP_ROWS] + ([(said, sum(n for _, n, _ in rest), None)] if rest else [])


def _deadlines(counted: ImpactAnswer, frame: Frame) -> Rows:
    tasks = [item.node.record for item in counted.items if isinstance(item.node.record, Task)]
    ends = Counter(quarter_of(task.deadline.end) for task in tasks if task.deadline.end)
    undated = sum(task.deadline.end is None for task in tasks)
    rows: Rows = [(quarter_name(q), n, None) for q, n in sorted(ends.items())]
    return _few(rows, frame) + ([(frame.words("no_day"), undated, None)] if undated else [])
