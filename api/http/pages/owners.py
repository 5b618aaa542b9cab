"""The pages of a task and of an agency, and the agency's work as files."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from api import details
from api.answers import OwnsAnswer, owned
from api.assignments_csv import write_rows
from api.details import agency_details, agency_of, task_details
from api.http.answering import budget_of
from api.http.pages import asking
from api.http.pages.showing import ROWS, handed_on, shown
from api.output import bare_edge
from graph.assignments import Assignment
from graph.lineage import trace
from graph.listing import CursorError
from graph.store.base import Node, Store
from graph.vocabulary import Label, Role
from graph.whatif import ENDED
from viz import words
from viz.pages.chains import chains
from viz.pages.frame import Frame
from viz.pages.grids import load
from viz.pages.render import render
from viz.pages.sheets import calendar, workbook

router = APIRouter(include_in_schema=False)
_ABOVE = 500
_DIRECTIVES = 12


class Wanted(NamedTuple):
    """What of an agency's work is asked for; None does not filter. ``han``: due by this day; ``vb``: a directive."""

    role: Role | None
    han: dt.date | None
    vb: str | None


class WorkPage(NamedTuple):
    """``after``: where the next page begins, None at the end."""

    items: Sequence[Assignment]
    total: int
    more: int
    after: str | None


@router.get("/nhiem-vu/{id}")
def task(request: Request) -> Response:
    def make(store: Store, frame: Frame) -> str:
        node = details.of_kind(store.node(asking.thing(request)), Label.TASK)
        found = task_details(store, node, frame.as_of, ROWS)
        above = trace(store, node.id, as_of=frame.as_of, limit=_ABOVE, seconds=budget_of(request).early)
        found_chains, more = chains(above)
        return render(
            "task.html", frame, d=found, trace=above, chains=found_chains, more_chains=more, ended_statuses=ENDED
        )

    return shown(request, make)


@router.get("/co-quan/{id}")
def agency(request: Request) -> Response:
    def make(store: Store, frame: Frame) -> str:
        node, wanted = agency_of(store, asking.thing(request)), _wanted(request)
        found = agency_details(store, node, frame.as_of, ROWS)
        work = _work(store, node, wanted, frame)
        whole = work if wanted == Wanted(None, None, None) else _work(store, node, Wanted(None, None, None), frame)
        after = asking.cursor(request)
        named = Counter(item.directive.id for item in whole.items)
        names = {item.directive.id: words.number(item.directive) for item in whole.items}
        return render(
            "agency.html",
            frame,
            d=found,
            wanted=wanted,
            page=work_page(work.items, limit=ROWS, after=after),
            begun=after is not None,
            load=load(((_end(item), item.role is Role.LEAD) for item in whole.items), frame.as_of),
            by_directive=_most(named, names, frame),
            directives=sorted(names.items(), key=lambda pair: (pair[1], pair[0])),
            ended_statuses=ENDED,
        )

    return shown(request, make)


@router.get("/co-quan/{id}/tai-ve")
def agency_file(request: Request) -> Response:
    def ask(store: Store, frame: Frame) -> Response:
        node = agency_of(store, asking.thing(request))
        work = _bare(_work(store, node, _wanted(request), frame))
        kind = asking.text(request, "dang") or "csv"
        if kind not in ("csv", "xlsx", "ics"):
            raise asking.BadValue("dang")
        if kind == "ics":
            made = calendar(work.items, node, frame.words, dt.datetime.now(dt.UTC))
            return attached(made, "text/calendar", node, kind)
        if kind == "xlsx":
            return attached(workbook(work.items, frame.words), XLSX, node, kind)
        return attached(_csv(work), "text/csv; charset=utf-8", node, kind)

    return handed_on(request, ask)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attached(body: bytes, media: str, node: Node, suffix: str) -> Response:
    """A file to be saved under the id of a node."""
    name = quote(f"{node.id}.{suffix}", safe="")
    return Response(body, media_type=media, headers={"content-disposition": f"attachment; filename*=UTF-8''{name}"})


def work_page(items: Sequence[Assignment], *, limit: int, after: str | None) -> WorkPage:
    """Assignments from the one after ``after`` (task id, role and agency id) on; CursorError if it is none of them."""
    marks = [_mark(item) for item in items]
    if after is not None and after not in marks:
        raise CursorError(f"{after[:60]!r} is no assignment of this list; begin with its first page")
    begin = marks.index(after) + 1 if after is not None else 0
    shown_ = items[begin : begin + limit]
    more = len(items) - begin - len(shown_)
    return WorkPage(shown_, len(items), more, _mark(shown_[-1]) if more and shown_ else None)


def _most(named: Counter[str], names: dict[str, str], frame: Frame) -> list[tuple[str, int, str | None]]:
    """The directives that give most of the work, and how much the others give together."""
    first = named.most_common(_DIRECTIVES)
    rows: list[tuple[str, int, str | None]] = [(names[i], n, frame.here(vb=i, after=None)) for i, n in first]
    rest = len(named) - len(first)
    given = named.total() - sum(n for _, n in first)
    return rows + ([(frame.words("other_rows", n=rest), given, None)] if rest else [])


def _end(item: Assignment) -> dt.date | None:
    return item.deadline.end if item.deadline else None


def _mark(item: Assignment) -> str:
    return f"{item.task.id}~{item.role or ''}~{item.agency.id}"


def _work(store: Store, node: Node, wanted: Wanted, frame: Frame) -> OwnsAnswer:
    return owned(
        store, node, role=wanted.role, due_before=wanted.han, directive=wanted.vb, as_of=frame.as_of, limit=None
    )


def _bare(work: OwnsAnswer) -> OwnsAnswer:
    """For files that are handed on: without the folders of this machine."""
    items = tuple(item.model_copy(update={"edge": bare_edge(item.edge)}) for item in work.items)
    return work.model_copy(update={"items": items})


def _wanted(request: Request) -> Wanted:
    return Wanted(asking.choice(request, "role", Role), asking.day(request, "han"), asking.text(request, "vb", 400))


def _csv(work: OwnsAnswer) -> bytes:
    out = io.StringIO()
    write_rows(work, out)
    return out.getvalue().encode("utf-8-sig", "backslashreplace")
