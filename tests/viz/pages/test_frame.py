"""An address keeps what was chosen when one part of it changes, and the scripts lead where the pages lead."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from viz.pages.frame import EXPLORE, PAGES, Frame

SCRIPT = Path(__file__).parents[3] / "viz" / "static" / "app.js"
PICTURE = Frame("vi", dt.date(2026, 5, 20), path="/kham-pha/x", query=(("open", "a"), ("lang", "en"), ("open", "b~c")))


@pytest.mark.parametrize(
    ("changes", "address"),
    [
        ({"lang": None}, "/kham-pha/x?open=a&open=b~c"),
        ({"open": "d", "lang": ""}, "/kham-pha/x?open=d"),
        ({"as_of": "2026-04-21"}, "/kham-pha/x?open=a&lang=en&open=b~c&as_of=2026-04-21"),
    ],
)
def test_what_is_not_changed_stays(changes: dict[str, object], address: str) -> None:
    assert PICTURE.here(**changes) == address


def test_a_form_carries_on_what_it_does_not_ask_for() -> None:
    assert PICTURE.kept("lang") == [("open", "a"), ("open", "b~c")]


def test_suggestions_lead_to_the_pages() -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    said = re.search(r"const KINDS = \{(.*?)\};", script)
    assert said is not None
    assert dict(re.findall(r'(\w+): "(/[^"]+)/"', said[1])) == {label.value: page for label, page in PAGES.items()}
    assert f'"{EXPLORE}/"' in script
