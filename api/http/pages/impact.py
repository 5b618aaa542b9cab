"""The page of an impact: totals, what rests on it alone if asked, the table; and the table as a file."""

from __future__ import annotations

import csv
import io

from fastapi import APIRouter, Request, Response

from api.grouping import GroupedImpact, agencies_of, grouped_impact, loads
from api.http.answering import budget_of
from api.http.pages import asking
from api.http.pages.holders import holders
from api.http.pages.owners import XLSX, attached
from api.http.pages.showing import ROWS, handed_on, shown
from api.output import bare_edge
from api.resolving import find
from graph.export import safe_cell
from graph.lineage import Lineage
from graph.lineage import impact as impact_of
from graph.store.base import Node, Store
from graph.store.tallies import Tally, TallyBy
from graph.vocabulary import Label, Level
from graph.whatif import ENDED, WhatIf, what_if
from viz.pages.frame import Frame
from viz.pages.grids import quarter_name
from viz.pages.render import render
from viz.pages.sheets import impact_rows, table_book

router = APIRouter(include_in_schema=False)
_FOR_ITEMS = 0.6  # part of the time; the rest is for counting by agency and deadline
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
        budget = budget_of(request)
        found = grouped_impact(
            store, start.id, as_of=frame.as_of, skip=skip, limit=ROWS, seconds=budget.early * _FOR_ITEMS
        )
        agencies = loads(store, start.id, as_of=frame.as_of, limit=_GROUP_ROWS, seconds=budget.early)
        quarters = loads(store, start.id, by=TallyBy.QUARTER, as_of=frame.as_of, seconds=budget.early)
        fallen = _fallen(request, store, start, frame)
        sources = {item.path[-1].source for item in found.items}
        return render(
            "impact.html",
            frame,
            d=found,
            groups=[
                *_groups(found, frame),
                (frame.words("by_agency"), _agencies(store, agencies, frame)),
                (frame.words("by_deadline"), _deadlines(quarters, frame)),
            ],
            groups_late=agencies.late or quarters.late,
            whatif=fallen,
            whatif_rows=[(frame.words.kind(label), n, None) for label, n in fallen.totals.items()] if fallen else [],
            holders=holders(store, fallen.items) if fallen else {},
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
        found = impact_of(store, start.id, as_of=frame.as_of, limit=_FILE_ROWS, seconds=budget_of(request).early)
        rows = list(impact_rows(_bare(found), frame.words))
        if found.reason == "time":
            rows.append([frame.words("late")])
        if found.more:
            rows.append([frame.words("cut", more=found.more)])
        if kind == "xlsx":
            return attached(table_book(rows, frame.words("see_impact")), XLSX, start, kind)
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([safe_cell(value) for value in row] for row in rows)
        return attached(out.getvalue().encode("utf-8-sig", "replace"), "text/csv; charset=utf-8", start, kind)

    return handed_on(request, ask)


def _bare(found: Lineage) -> Lineage:
    """For a file that is handed on: last steps without the folders of this machine."""
    items = (i.model_copy(update={"path": (*i.path[:-1], bare_edge(i.path[-1]))}) for i in found.items)
    return found.model_copy(update={"items": tuple(items)})


def _fallen(request: Request, store: Store, start: Node, frame: Frame) -> WhatIf | None:
    if asking.text(request, "gia_su") is None:
        return None
    return what_if(store, start.id, as_of=frame.as_of, limit=_SHOWN_FALLEN, out_of_time=budget_of(request).over)


def _groups(found: GroupedImpact, frame: Frame) -> Groups:
    t, totals = frame.words, found.totals
    places = sorted(totals.jurisdictions.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        (t("by_kind"), [(t.kind(label), totals.labels[label], None) for label in Label if totals.labels.get(label)]),
        (t("by_level"), [(t.level(lv), totals.levels[lv.value], None) for lv in Level if totals.levels.get(lv.value)]),
        (t("by_place"), _few([(t.place(name), n, None) for name, n in places], frame)),
    ]


def _agencies(store: Store, tally: Tally, frame: Frame) -> Rows:
    t = frame.words
    rows: Rows = [
        (f"{t.name(node)} ({t.place(getattr(node.record, 'jurisdiction', None))})", group.items, frame.to(node))
        for node, group in agencies_of(store, tally)
    ]
    return rows + ([(t("other_rows", n=tally.more), tally.rest, None)] if tally.more else [])


def _few(rows: Rows, frame: Frame) -> Rows:
    """The first rows, and how many there are beside them."""
    rest = rows[_GROUP_ROWS:]
    said = frame.words("other_rows", n=len(rest))
    return rows[:_GROUP_ROWS] + ([(said, sum(n for _, n, _ in rest), None)] if rest else [])


def _deadlines(tally: Tally, frame: Frame) -> Rows:
    dated: Rows = [(_quarter(group.key, frame), group.items, None) for group in tally.groups if group.key]
    undated: Rows = [(frame.words("no_day"), group.items, None) for group in tally.groups if group.key is None]
    return _few(dated, frame) + undated


def _quarter(key: str, frame: Frame) -> str:
    """ "2026-Q3" as it is said."""
    year, quarter = key.split("-Q")
    return f"{frame.words('quarter')} {quarter_name(int(year) * 4 + int(quarter) - 1)}"
