"""Targets stand under their year; work is counted by quarter and drawn to scale."""

from __future__ import annotations

import datetime as dt

import pytest

from graph.records import Evidence, Indicator, Target
from graph.store.base import Node
from viz.pages.grids import BAR, FOOT, GAP, HEAD, HEIGHT, MOST_QUARTERS, load, target_grid

SAID = Evidence(file="k.txt", sha256="", line=1, start=0, end=1, quote="x")
TODAY = dt.date(2026, 5, 1)


def target(year: int | None, value: float) -> Node:
    ref = f"{year}-{value}"
    return Node(id=ref, record=Target(ref=ref, year=year, text=ref, value=value, evidence=SAID))


def indicator(ref: str) -> Node:
    return Node(id=ref, record=Indicator(ref=ref, section="I", text=f"Chỉ tiêu {ref}", evidence=SAID))


def test_targets_stand_under_their_year_and_those_without_one_last() -> None:
    grid = target_grid(
        [(indicator("1"), [target(2030, 90), target(2026, 60)]), (indicator("2"), [target(None, 5), target(2030, 8)])]
    )
    assert grid.years == (2026, 2030, None)
    cells = [[[node.id for node in cell] for cell in row] for _, row in grid.rows]
    assert cells == [[["2026-60"], ["2030-90"], []], [[], ["2030-8"], ["None-5"]]]


def test_work_is_counted_by_quarter() -> None:
    due = [(dt.date(2026, 3, 31), True), (dt.date(2026, 4, 1), False), (dt.date(2026, 9, 30), True), (None, True)]
    chart = load(due, TODAY)
    assert [(b.label, b.lead, b.other) for b in chart.bars] == [("I/2026", 1, 0), ("II/2026", 0, 1), ("III/2026", 1, 0)]
    assert (chart.outside, chart.undated) == (0, 1)


def test_bars_stand_on_one_line_and_the_highest_fills_the_chart() -> None:
    chart = load([(TODAY, True), (TODAY, False), (dt.date(2026, 8, 1), False)], TODAY)
    bottom = HEAD + HEIGHT
    for bar in chart.bars:
        assert bar.lead_y + bar.lead_height == bottom
        assert bar.other_y + bar.other_height == bar.lead_y
    assert chart.bars[0].other_y == HEAD
    assert chart.bars[1].other_height == HEIGHT / 2
    assert (chart.width, chart.height) == (2 * (BAR + GAP) + GAP, HEAD + HEIGHT + FOOT)


@pytest.mark.parametrize(
    ("years", "first"),
    [((2020, 2040), "I/2026"), ((2010, 2024), "II/2020"), ((2030, 2050), "I/2030")],
    ids=["from the quarter before today", "the last ones", "the first ones"],
)
def test_of_many_quarters_the_nearest_are_shown_and_the_rest_is_counted(years: tuple[int, int], first: str) -> None:
    chart = load([(dt.date(year, 1, 1), True) for year in range(years[0], years[1] + 1)], TODAY)
    assert (len(chart.bars), chart.bars[0].label) == (MOST_QUARTERS, first)
    assert chart.outside + sum(bar.lead for bar in chart.bars) == years[1] - years[0] + 1


def test_no_work_is_no_chart() -> None:
    assert load([], TODAY).bars == load([(None, False)], TODAY).bars == ()
