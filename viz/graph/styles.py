"""How the picture tells things apart: a colour and a shape for each kind, a colour and a line for each edge type. Data.

The colours are the palette of Okabe and Ito, which people with any kind of colour blindness can tell apart; shape,
dashes and words say the same once more, for those who see none of them.
"""

from __future__ import annotations

from enum import StrEnum

from graph.vocabulary import EdgeType, Label

_BLACK, _ORANGE, _SKY, _GREEN = "#000000", "#e69f00", "#56b4e9", "#009e73"
_YELLOW, _BLUE, _VERMILION, _PURPLE, _GREY = "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#767676"


class Band(StrEnum):
    """The columns of the picture, from left to right."""

    CENTRAL = "central"
    UNKNOWN = "unknown"
    PROVINCIAL = "provincial"
    COMMUNAL = "communal"
    WORK = "work"  # tasks and indicators
    ENDS = "ends"  # who has them, and what is to be reached


#: band of directives -> colour; the marker of a directive is a square.
DIRECTIVE_COLOURS: dict[Band, str] = {
    Band.CENTRAL: _VERMILION,
    Band.UNKNOWN: _GREY,
    Band.PROVINCIAL: _BLUE,
    Band.COMMUNAL: _SKY,
}
#: label -> (shape of the marker, colour); a directive's colour is that of its band.
MARKERS: dict[Label, tuple[str, str]] = {
    Label.DIRECTIVE: ("square", _BLUE),
    Label.TASK: ("circle", _GREEN),
    Label.INDICATOR: ("diamond", _ORANGE),
    Label.TARGET: ("triangle", _YELLOW),
    Label.AGENCY: ("hexagon", _PURPLE),
}
_SOLID: tuple[int, ...] = ()
_END = (_VERMILION, (7, 4), 2.0)
#: edge type -> (colour, dashes in pixels (none: a solid line), width in pixels).
EDGE_STYLES: dict[EdgeType, tuple[str, tuple[int, ...], float]] = {
    EdgeType.CASCADES_TO: (_BLUE, _SOLID, 2.2),
    EdgeType.BASIS_FOR: (_GREY, _SOLID, 1.4),
    EdgeType.GUIDED_BY: (_SKY, (8, 3), 1.8),
    EdgeType.AMENDED_BY: (_ORANGE, (3, 3), 2.0),
    EdgeType.PROMULGATES: (_BLACK, _SOLID, 1.4),
    EdgeType.SUPERSEDED_BY: _END,
    EdgeType.REPEALED_BY: (_VERMILION, (2, 3), 2.0),
    EdgeType.SUSPENDED_BY: (_VERMILION, (10, 3, 2, 3), 2.0),
    EdgeType.CORRECTED_BY: (_ORANGE, (10, 3, 2, 3), 1.6),
    EdgeType.CONSOLIDATED_IN: (_ORANGE, (12, 4), 1.6),
    EdgeType.CITED_IN: (_GREY, (2, 4), 1.2),
    EdgeType.ISSUED: (_PURPLE, (2, 4), 1.2),
    EdgeType.HAS_TASK: (_GREEN, _SOLID, 1.4),
    EdgeType.HAS_INDICATOR: (_ORANGE, _SOLID, 1.4),
    EdgeType.HAS_TARGET: (_BLACK, (4, 2), 1.2),
    EdgeType.ASSIGNED_TO: (_PURPLE, _SOLID, 1.4),
    EdgeType.PART_OF: (_PURPLE, (8, 3), 1.2),
    EdgeType.SUCCEEDED_BY: (_PURPLE, (7, 4), 1.8),
    EdgeType.REFINED_BY: (_GREEN, (3, 3), 1.6),
    EdgeType.FULFILLED_BY: (_GREEN, (8, 3), 1.6),
}
