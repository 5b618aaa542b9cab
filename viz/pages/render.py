"""A template's name and what it shows → HTML. All that is put in is escaped, always; a missing name is an error."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from graph.records import Directive
from graph.store.base import Direction
from graph.vocabulary import EdgeType, Label, Level, Role, Status
from viz import words
from viz.pages.frame import EXPLORE, Frame


@cache
def environment() -> Environment:
    """The templates of the pages, with the words and kinds they speak of."""
    made = Environment(
        loader=PackageLoader("viz", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "day": words.day,
        "number": words.number,
        "place_in_text": words.outline_number,
        "value": words.target_value,
        "file_name": words.file_name,
    }
    made.tests["directive"] = lambda record: isinstance(record, Directive)
    made.globals |= {
        "Label": Label,
        "Level": Level,
        "Role": Role,
        "Status": Status,
        "EdgeType": EdgeType,
        "DOWN": Direction.DOWN,
        "UP": Direction.UP,
        "EXPLORE": EXPLORE,
    }
    return made


def render(template: str, frame: Frame, /, **shown: object) -> str:
    """A whole page."""
    return environment().get_template(template).render(f=frame, t=frame.words, **shown)
