"""Indicators with their targets → a table with a column for each year; deadlines → numbers and bars by quarter."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from graph.records import Target
from graph.store.base import Node

MOST_QUARTERS = 16
#: The chart in its own units; the stylesheet scales it.
BAR, GAP, HEIGHT, FOOT, HEAD = 30, 12, 120, 34, 16


class TargetGrid(NamedTuple):
    """``years``: the columns, ascending, None last; ``rows``: an indicator and its targets of each column."""

    years: tuple[int | None, ...]
    rows: tuple[tuple[Node, tuple[tuple[Node, ...], ...]], ...]


class Bar(NamedTuple):
    """One quarter of a chart: two boxes on one another, ``other`` on ``lead``, and where its words stand."""

    label: str
    lead: int
    other: int
    x: int
    width: int
    lead_y: float
    lead_height: float
    other_y: float
    other_height: float
    middle: float


class Load(NamedTuple):
    """Work due by quarter. ``outside``: due in quarters not shown; ``undated``: without a last day."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    outside: int
    undated: int


def target_grid(indicators: Iterable[tuple[Node, Sequence[Node]]]) -> TargetGrid:
    """Indicators in the order given."""
    given = [(node, tuple(targets)) for node, targets in indicators]
    years = sorted({year(t) for _, targets in given for t in targets}, key=lambda y: (y is None, y or 0))
    rows = ((node, tuple(tuple(t for t in targets if year(t) == y) for y in years)) for node, targets in given)
    return TargetGrid(tuple(years), tuple(rows))


def year(target: Node) -> int | None:
    return target.record.year if isinstance(target.record, Target) else None


def load(due: Iterable[tuple[dt.date | None, bool]], today: dt.date) -> Load:
    """(last day, whether the agency leads) of each piece of work → a chart of at most 16 quarters.

    If there are more, they are those from the quarter before today on, or the last ones.
    """
    given = list(due)
    counted = Counter((quarter_of(day), lead) for day, lead in given if day)
    found = sorted({quarter for quarter, _ in counted})
    shown = _window(found[0], found[-1], quarter_of(today)) if found else range(0)
    highest = max((counted[q, True] + counted[q, False] for q in shown), default=0)
    bars = tuple(_bar(i, q, counted[q, True], counted[q, False], highest) for i, q in enumerate(shown))
    inside = sum(bar.lead + bar.other for bar in bars)
    return Load(
        bars=bars,
        width=len(bars) * (BAR + GAP) + GAP,
        height=HEAD + HEIGHT + FOOT,
        outside=sum(counted.values()) - inside,
        undated=sum(day is None for day, _ in given),
    )


def quarter_of(day: dt.date) -> int:
    """Quarters since the year 0."""
    return day.year * 4 + (day.month - 1) // 3


def quarter_name(quarter: int) -> str:
    """ "II/2026", as quarters are written in directives."""
    return f"{('I', 'II', 'III', 'IV')[quarter % 4]}/{quarter // 4}"


def _window(first: int, last: int, now: int) -> range:
    if last - first < MOST_QUARTERS:
        return range(first, last + 1)
    begin = max(first, min(now - 1, last - MOST_QUARTERS + 1))
    return range(begin, begin + MOST_QUARTERS)


def _bar(place: int, quarter: int, lead: int, other: int, highest: int) -> Bar:
    scale = HEIGHT / highest if highest else 0.0
    low, tall = lead * scale, other * scale
    x = GAP + place * (BAR + GAP)
    bottom = HEAD + HEIGHT
    return Bar(
        label=quarter_name(quarter),
        lead=lead,
        other=other,
        x=x,
        width=BAR,
        lead_y=round(bottom - low, 1),
        lead_height=round(low, 1),
        other_y=round(bottom - low - tall, 1),
        other_height=round(tall, 1),
        middle=x + BAR / 2,
    )
