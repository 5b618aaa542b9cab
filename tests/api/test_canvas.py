"""The picture from the store, and the page that `lineage export --format html` writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.canvas import MOST_OPENED, around_of, drawn, opening
from api.settings import opened
from graph.expansion import Opening
from graph.neighbourhood import Around
from graph.paths import path_between
from graph.vocabulary import EdgeType, Label
from tests.api.conftest import Ask
from tests.viz.graph.test_page import block_of

TOP = "central.57-nq_tw.2024-12-22"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("x", Opening("x")),
        ("nghe-an~truong-vinh.kh-ubnd", Opening("nghe-an~truong-vinh.kh-ubnd")),
        ("nghe-an~truong-vinh.kh-ubnd~up", Opening("nghe-an~truong-vinh.kh-ubnd", Around.UP)),
        ("x~down", Opening("x", Around.DOWN)),
        ("x~up~CASCADES_TO", Opening("x", Around.UP, (EdgeType.CASCADES_TO,))),
        ("x~down~HAS_TASK,CASCADES_TO", Opening("x", Around.DOWN, (EdgeType.HAS_TASK, EdgeType.CASCADES_TO))),
    ],
)
def test_what_was_opened_is_read_from_the_address(said: str, meant: Opening) -> None:
    assert opening(said) == meant


@pytest.mark.parametrize("said", ["", "~down", "x~down~NO_SUCH_TYPE", "x~down~HAS_TASK,"])
def test_anything_else_is_refused(said: str) -> None:
    with pytest.raises(ValueError):
        opening(said)


def test_the_picture_of_a_store(store: Path) -> None:
    with opened(str(store)) as asked:
        first = drawn(around_of(asked, TOP))
        plan = next(n["id"] for n in first["nodes"] if n["kind"] == "Directive" and n.get("more", {}).get("down"))
        more = drawn(around_of(asked, TOP, opened=[plan]), opened=[plan])
        with pytest.raises(ValueError, match="at most"):
            around_of(asked, TOP, opened=["x"] * (MOST_OPENED + 1))
    assert first["start"] == TOP and json.dumps(first)
    assert {n["id"] for n in more["nodes"]} > {n["id"] for n in first["nodes"]}
    assert more["opened"] == [plan]
    shown = next(n for n in more["nodes"] if n["id"] == plan)
    assert "down" not in shown.get("more", {})


def test_what_a_path_brought_in_is_shown_with_what_joins_it(store: Path) -> None:
    with opened(str(store)) as asked:
        near = {node["id"] for node in drawn(around_of(asked, TOP))["nodes"]}
        tasks = (node.id for node in asked.iter_nodes() if node.label is Label.TASK and node.id not in near)
        path = next(p for p in (path_between(asked, TOP, task) for task in tasks) if len(p.steps) > 1)
        between = [step.node.id for step in path.steps]
        data = drawn(around_of(asked, TOP, beside=between), beside=between)
    assert data["with"] == between
    assert set(between) <= {node["id"] for node in data["nodes"]}
    assert {(s.edge.source, s.edge.target) for s in path.steps} <= {(e["from"], e["to"]) for e in data["edges"]}
    assert not [node["id"] for node in data["nodes"] if node["id"] in between and "group" in node]


def test_a_page_is_written(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    done = ask("export", "--format", "html", "57-NQ/TW", "--as-of", "2026-05-01", "-o", str(file), "--json")
    assert done.exit_code == 0, done.stderr
    said, block = json.loads(done.stdout), block_of(file.read_text(encoding="utf-8"))
    assert (said["nodes"], said["edges"]) == (len(block["nodes"]), len(block["edges"]))
    assert said["partial"] is False and block["as_of"] == "2026-05-01"
    assert block["start"] == TOP
    near = tmp_path / "near.html"
    assert ask("export", "--format", "html", "57-NQ/TW", "--depth", "1", "--lang", "en", "-o", str(near)).exit_code == 0
    less = block_of(near.read_text(encoding="utf-8"))
    assert less["lang"] == "en" and len(less["nodes"]) < len(block["nodes"])
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (("--format", "html"), 2, "name its ID"),
        (("57-NQ/TW",), 2, "belong to --format html"),
        (("--depth", "2"), 2, "belong to --format html"),
        (("--format", "html", "9999-NQ/TW"), 1, "9999-NQ/TW"),
        (("--format", "html", "65-KH/TU"), 1, "2 directives fit"),
    ],
)
def test_what_is_no_page_says_why(ask: Ask, tmp_path: Path, words: tuple[str, ...], code: int, part: str) -> None:
    file = tmp_path / "page.html"
    done = ask("export", *words, "-o", str(file))
    assert done.exit_code == code and part in done.stderr
    assert not file.exists()
