"""Which column a node stands in."""

from __future__ import annotations

import pytest

from graph.vocabulary import EdgeType, Level
from tests.viz.graph.pictures import agency, directive, edge, task, top
from viz.graph.layers import DEEPEST, band_of, layers, province_of
from viz.graph.styles import DIRECTIVE_COLOURS, EDGE_STYLES, MARKERS, Band


@pytest.mark.parametrize(
    ("level", "jurisdiction", "band"),
    [
        (Level.CENTRAL, "central", Band.CENTRAL),
        (Level.PROVINCIAL, "Hưng Yên", Band.PROVINCIAL),
        (Level.COMMUNAL, "Minh Xuân, Tuyên Quang", Band.COMMUNAL),
        (None, "central", Band.CENTRAL),
        (None, "Hưng Yên", Band.PROVINCIAL),
        (None, "Minh Xuân, Tuyên Quang", Band.COMMUNAL),
        (None, None, Band.UNKNOWN),
    ],
)
def test_a_directive_stands_in_the_band_of_its_level(level: Level | None, jurisdiction: str | None, band: Band) -> None:
    assert band_of(directive("d", level=level, jurisdiction=jurisdiction)) is band


def test_places_are_provinces() -> None:
    assert province_of(directive("d", jurisdiction="Minh Xuân, Tuyên Quang")) == "Tuyên Quang"
    assert province_of(agency("a", jurisdiction=None)) == ""
    assert province_of(top()) == "central"
    assert province_of(task("t")) == ""


def test_the_replaced_plan_stands_left_of_its_successor_and_empty_columns_are_left_out() -> None:
    bands = {"old": Band.PROVINCIAL, "new": Band.PROVINCIAL, "top": Band.CENTRAL, "t": Band.WORK}
    found = layers(bands, [edge(EdgeType.SUPERSEDED_BY, "old", "new"), edge(EdgeType.HAS_TASK, "new", "t")])
    assert found == {"top": 0, "old": 1, "new": 2, "t": 3}


def test_a_circle_ends() -> None:
    ring = [edge(EdgeType.CASCADES_TO, a, b) for a, b in ("ab", "bc", "ca")]
    found = layers(dict.fromkeys("abc", Band.CENTRAL), ring)
    assert found.keys() == set("abc")
    assert set(found.values()) <= set(range(DEEPEST))


def test_no_two_kinds_and_no_two_lines_look_the_same() -> None:
    markers = {shape for shape, _ in MARKERS.values()}
    assert len(markers) == len(MARKERS)
    assert len(set(DIRECTIVE_COLOURS.values())) == len(DIRECTIVE_COLOURS)
    assert len({(colour, dashes) for colour, dashes, _ in EDGE_STYLES.values()}) == len(EDGE_STYLES)
    assert set(EDGE_STYLES) == set(EdgeType)
