"""The data of the canvas: true counts on every group, dimmed things, quotes once, words in both languages."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.neighbourhood import Hidden
from graph.records import Directive
from graph.status import DirectiveStatus, StatusReason
from graph.vocabulary import EdgeType, Status
from tests.viz.graph.pictures import DAY, NOTHING, TOP, agency, cascade, directive, edge, evidence, picture, task, top
from viz.graph.assets import SCRIPTS
from viz.graph.data import CanvasData, Links, canvas, json_block
from viz.graph.texts import TEXTS

STATIC = Path(__file__).parents[3] / "viz" / "static"


def by_id(data: CanvasData) -> dict[str, dict[str, Any]]:
    return {element["id"]: element for element in [*data["nodes"], *data["groups"]]}


def outermost(data: CanvasData) -> Counter[str]:
    """How many nodes each thing in sight stands for while all groups are closed."""
    known, found = by_id(data), Counter[str]()
    for node in data["nodes"]:
        here = node
        while "group" in here:
            here = known[here["group"]]
        found[here["id"]] += 1
    return found


def test_thirty_four_provinces_are_one_card_with_true_counts() -> None:
    data = canvas(cascade(34, 40))
    provinces = by_id(data)["~Directive.provincial"]
    assert (provinces["label"], provinces["text"]) == ("34 tỉnh", "1.360 nhiệm vụ")
    assert outermost(data)["~Directive.provincial"] == 34 + 1360 == provinces["count"]


def test_tasks_that_are_not_shown_count_as_well() -> None:
    plans = [directive(f"p.{n}", jurisdiction=f"Tỉnh {n}") for n in range(30)]
    hidden = {plan.id: Hidden(down={EdgeType.HAS_TASK: 7}, up={}) for plan in plans}
    edges = [edge(EdgeType.CASCADES_TO, TOP, plan.id) for plan in plans]
    data = canvas(picture(top(), plans, edges, hidden=hidden), lang="en")
    assert by_id(data)["~Directive.provincial"]["text"] == "210 tasks"
    assert by_id(data)["p.3"]["more"] == {"down": {"HAS_TASK": 7}}


def test_a_picture_that_was_cut_counts_what_there_is_at_least() -> None:
    cut = cascade(34, 3).model_copy(update={"partial": True, "reason": "limit", "more": 7})
    groups = [g for g in canvas(cut)["groups"] if g["kind"] == "Directive" and "group" not in g]
    assert [(g["label"], g["text"]) for g in groups] == [("≥ 34 tỉnh", "≥ 102 nhiệm vụ")]
    assert canvas(cascade(34, 3))["groups"][0]["label"] == "34 tỉnh"


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 60), st.integers(0, 30), st.sampled_from([None, 0, 3, 12]))
def test_every_node_stands_for_itself_or_in_one_group(plans: int, tasks: int, many: int | None) -> None:
    found = cascade(plans, tasks)
    data = canvas(found, many=many)
    sight = outermost(data)
    assert sum(sight.values()) == len(found.nodes)
    assert sight[TOP] == 1
    known = by_id(data)
    assert all(known[i]["count"] == count for i, count in sight.items() if i.startswith("~"))
    places = [(e["layer"], e["order"]) for e in known.values()]
    assert len(set(places)) == len(places)
    assert data == canvas(found, many=many)


def test_above_two_thousand_nodes_few_things_are_in_sight_at_first() -> None:
    assert len(outermost(canvas(cascade(120, 20)))) <= 20


def test_what_was_opened_is_not_swallowed() -> None:
    data = canvas(cascade(34, 2), kept=["p.5"], opened=["p.5"])
    assert "group" not in by_id(data)["p.5"]
    assert data["opened"] == ["p.5"]


def test_what_ended_is_dimmed_with_its_tasks_and_names_its_successor() -> None:
    old, new = directive("old"), directive("new", number="66-KH/TU")
    ends = edge(EdgeType.SUPERSEDED_BY, "old", "new")
    assert isinstance(new.record, Directive)
    reason = StatusReason(edge=ends, by=new.record, since=DAY, in_effect=True)
    over = DirectiveStatus(directive="old", as_of=DAY, status=Status.SUPERSEDED, since=DAY, reasons=(reason,))
    found = picture(old, [new, task("t")], [ends, edge(EdgeType.HAS_TASK, "old", "t")], statuses={"old": over})
    known = by_id(canvas(found))
    assert (known["old"]["dim"], known["old"]["status"]) == (True, "bị thay thế từ 01/05/2026")
    assert known["old"]["next"] == [{"id": "new", "label": "66-KH/TU"}]
    assert known["t"]["dim"] and "dim" not in known["new"]
    assert known["old"]["layer"] < known["new"]["layer"]


def test_a_sentence_is_written_once_and_named_by_its_edges() -> None:
    said = evidence().model_copy(update={"file": "/home/van-thu/ke-hoach.txt"})
    edges = [edge(EdgeType.ASSIGNED_TO, "t", a, evidence=said) for a in ("a", "b")]
    data = canvas(picture(task("t"), [agency("a"), agency("b")], edges))
    assert [e["quote"] for e in data["edges"]] == [0, 0]
    assert data["quotes"] == [{"text": "Thực hiện Nghị quyết số 57-NQ/TW", "file": "ke-hoach.txt", "line": 3}]


def test_links_are_those_of_the_page() -> None:
    links = Links(lambda node: f"/van-ban/{node.id}", lambda edge: f"/van-ban/{edge.asserted_by}#1")
    data = canvas(picture(top(), [directive("p")], [edge(EdgeType.CASCADES_TO, TOP, "p")]), links=links)
    assert by_id(data)["p"]["href"] == "/van-ban/p"
    assert data["edges"][0]["href"] == "/van-ban/p#1"


@settings(deadline=None)
@given(st.text())
def test_no_text_ends_the_block_it_stands_in(text: str) -> None:
    block = json_block({"text": text.encode("utf-8", "replace").decode()})
    assert not set(block) & set("<>&\u2028\u2029")
    assert json.loads(block)["text"] == text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("text", ["một\u202e hai", "một\x00hai", "một\ud800hai", "một\n\thai"])
def test_cards_show_no_control_characters(text: str) -> None:
    data = canvas(picture(top(), [task("t", text=text)], []))
    assert by_id(data)["t"]["text"] == "một hai"


def test_the_scripts_and_the_words_fit_each_other() -> None:
    scripts = "\n".join((STATIC / name).read_text(encoding="utf-8") for name in SCRIPTS)
    said = set(re.findall(r'say\("(\w+)"', scripts)) | set(re.findall(r'"((?:cut|path|failed)_\w+)"', scripts))
    said |= set(re.findall(r"words\.(\w+)", scripts))
    python = "\n".join(p.read_text(encoding="utf-8") for p in (STATIC.parent / "graph").glob("[!t]*.py"))
    assert said <= set(TEXTS)
    assert [key for key in TEXTS if key not in said and f'"{key}"' not in python] == []
    for vietnamese, english in TEXTS.values():
        assert re.findall(r"{\w+}", vietnamese) == re.findall(r"{\w+}", english)


def test_nothing_hidden_says_nothing() -> None:
    assert "more" not in by_id(canvas(picture(top(), [], [], hidden={TOP: NOTHING})))[TOP]
