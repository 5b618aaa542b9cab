"""What the routes answer: the same as the functions under them, with date, snapshot and ETag."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.answers import owned
from api.http.app import create_app
from api.output import plain
from api.questions import find_node
from graph.lineage import impact, trace
from graph.store import open_store
from graph.store.base import Store
from tests.api.http.conftest import TODAY, WRITES, client_of, patient

PLAN = "hung-yen.65-kh_tu.2026-04-22"
OLD = "hung-yen.433-kh_tu.2025-03-10"
TOP = "central.57-nq_tw.2024-12-22"
AGENCY = "a.hung-yen.so-khoa-hoc-va-cong-nghe"
DAY = dt.date(2026, 5, 10)


@pytest.fixture
def store(asked: TestClient) -> Store:
    return open_store(asked.app.state.lineage.settings.store)  # type: ignore[attr-defined]


def test_impact_is_that_of_the_command_line(asked: TestClient, store: Store) -> None:
    said = asked.get("/api/v1/impact/57-NQ%2FTW", params=TODAY).json()
    with store:
        found = plain(impact(store, TOP, as_of=DAY, limit=50))
    assert {name: said[name] for name in found} == found
    assert said["groups"] == [
        {"key": label, "items": n, "name": None}
        for label, n in sorted(found["totals"]["labels"].items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def test_trace_is_that_of_the_command_line(asked: TestClient, store: Store) -> None:
    said = asked.get(f"/api/v1/tasks/t.{PLAN}.1/trace", params=TODAY).json()
    with store:
        found = plain(trace(store, f"t.{PLAN}.1", as_of=DAY, limit=200))
    assert {name: said[name] for name in found} == found


def test_assignments_are_those_of_the_command_line(asked: TestClient, store: Store) -> None:
    path = f"/api/v1/agencies/{quote('Sở KH&CN')}/assignments"
    said = asked.get(path, params={"in": "Hưng Yên", "role": "lead", **TODAY}).json()
    with store:
        body = store.node(AGENCY)
        found = plain(owned(store, body, role="lead", due_before=None, directive=None, as_of=DAY, limit=100))  # type: ignore[arg-type]
    assert {name: said[name] for name in found} == found


@pytest.mark.parametrize(
    ("text", "place"),
    [(PLAN, None), ("65-KH/TU", "Hưng Yên"), ("Kế hoạch 65 - KH/TU ngày 22/4/2026", None), ("57-NQ/TW", None)],
)
def test_a_number_means_what_it_means_to_the_command_line(
    asked: TestClient, store: Store, text: str, place: str | None
) -> None:
    params = {"in": place} if place else {}
    said = asked.get(f"/api/v1/directives/{quote(text, safe='')}", params=params).json()
    with store:
        assert said["node"]["id"] == find_node(store, text, place=place).id


def test_a_directive_with_status_and_relations(asked: TestClient) -> None:
    said = asked.get(f"/api/v1/directives/{OLD}", params=TODAY).json()
    assert (said["status"]["status"], said["status"]["since"]) == ("superseded", "2026-04-22")
    assert [(r["direction"], r["edge"]["type"]) for r in said["relations"]] == [
        ("up", "CASCADES_TO"),
        ("down", "SUPERSEDED_BY"),
    ]
    before = asked.get(f"/api/v1/directives/{OLD}", params={"as_of": "2026-04-21"}).json()
    assert (before["as_of"], before["status"]["status"]) == ("2026-04-21", "in_force")


def test_relations_beyond_the_limit_are_counted(asked: TestClient) -> None:
    said = asked.get(f"/api/v1/directives/{PLAN}", params={"limit": 1}).json()
    assert (said["partial"], said["reason"], said["more"], said["totals"]["relations"]) == (True, "limit", 1, 3)
    assert said["totals"] == {"relations": 3, "tasks": 2, "indicators": 1}


def test_what_a_directive_holds_comes_in_the_order_of_its_text(asked: TestClient) -> None:
    said = asked.get(f"/api/v1/directives/{PLAN}/tasks", params={"limit": 1, **TODAY}).json()
    assert [item["node"]["id"] for item in said["items"]] == [f"t.{PLAN}.1"]
    assert [(a["role"], a["printed"]) for a in said["items"][0]["assigned"]] == [
        ("lead", "Sở KH&CN"),
        ("coordinate", "Sở Tài chính"),
    ]
    assert (said["total"], said["partial"], said["more"]) == (2, True, 1)
    rest = asked.get(f"/api/v1/directives/{PLAN}/tasks", params={"skip": 1, **TODAY}).json()
    assert [item["node"]["id"] for item in rest["items"]] == [f"t.{PLAN}.2"]
    aims = asked.get(f"/api/v1/directives/{PLAN}/indicators").json()
    assert [t["properties"]["value"] for t in aims["items"][0]["targets"]] == [80.0]


def test_the_source_holds_each_quote_at_its_place(asked: TestClient) -> None:
    said = asked.get(f"/api/v1/directives/{PLAN}/source").json()
    assert len(said["spans"]) >= 8
    assert all(said["text"][s["start"] : s["end"]] == s["quote"] for s in said["spans"])
    assert {s["type"] for s in said["spans"]} == {
        "CASCADES_TO", "SUPERSEDED_BY", "HAS_TASK", "HAS_INDICATOR", "HAS_TARGET", "ASSIGNED_TO",
    }  # fmt: skip


def test_a_task_says_who_by_when_and_which_directive(asked: TestClient) -> None:
    said = asked.get(f"/api/v1/tasks/t.{PLAN}.1", params=TODAY).json()
    assert (said["directive"]["id"], said["deadline"]["end"], said["status"]["status"]) == (
        PLAN,
        "2026-09-30",
        "in_force",
    )
    assert said["edge"]["properties"]["evidence"]["quote"] == "Xây dựng sàn dữ liệu"


def test_an_agency_says_how_much_it_has_to_do(asked: TestClient) -> None:
    said = asked.get(f"/api/v1/agencies/{AGENCY}", params=TODAY).json()
    assert said["roles"] == {"lead": 1, "coordinate": 1}
    early = asked.get(f"/api/v1/agencies/{AGENCY}", params={"as_of": "2026-04-21"}).json()
    assert early["roles"] == {}


def test_lists_go_on_by_their_next_link(asked: TestClient) -> None:
    seen: list[str] = []
    address: str | None = "/api/v1/tasks?limit=1&sort=due&as_of=2026-05-10"
    while address:
        said = asked.get(address).json()
        seen += [row["node"]["id"] for row in said["items"]]
        assert (said["total"], said["partial"]) == (3, said["next"] is not None)
        address = said["next"]
    assert seen == [f"t.{PLAN}.1", "t.ninh-binh.65-kh_tu.2025-06-02.1", f"t.{PLAN}.2"]


def test_the_next_link_keeps_the_day_it_began_with(asked: TestClient) -> None:
    said = asked.get("/api/v1/tasks?limit=1").json()
    assert f"as_of={said['as_of']}" in said["next"]


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("directives?jurisdiction=hung+yen&type=plan", [OLD, PLAN]),
        ("directives?status=superseded&as_of=2026-05-10", [OLD]),
        ("directives?issued_from=2026-01-01&issued_to=2026-04-30", [PLAN]),
        ("tasks?directive=65-KH/TU+Ninh+Binh", ["t.ninh-binh.65-kh_tu.2025-06-02.1"]),
        (f"tasks?agency={AGENCY}&role=lead", [f"t.{PLAN}.1"]),
        ("tasks?text=tien+do", [f"t.{PLAN}.2"]),
        ("agencies?text=khoa+hoc&jurisdiction=Hưng+Yên", [AGENCY]),
        ("indicators?year=2030", [f"i.{PLAN}.i0"]),
        ("targets?year=2030&unit=%25", [f"g.{PLAN}.i0.2030"]),
        ("targets?year=2031", []),
    ],
)
def test_lists_are_filtered(asked: TestClient, question: str, ids: list[str]) -> None:
    assert [row["node"]["id"] for row in asked.get(f"/api/v1/{question}").json()["items"]] == ids


def test_a_list_row_says_who_and_which_directive(asked: TestClient) -> None:
    [row] = asked.get("/api/v1/tasks", params={"text": "sàn dữ liệu", **TODAY}).json()["items"]
    assert (row["directive"]["id"], row["status"], len(row["assigned"])) == (PLAN, "in_force", 2)


def test_lineage_around_a_node_counts_what_it_hides(asked: TestClient) -> None:
    said = asked.get(f"/api/v1/lineage/{PLAN}", params={"direction": "up", **TODAY}).json()
    assert [n["node"]["id"] for n in said["nodes"]] == [PLAN, TOP, OLD]
    assert said["nodes"][0]["hidden"] == {
        "down": {"BASIS_FOR": 1, "HAS_INDICATOR": 1, "HAS_TASK": 2},
        "up": {},
    }


def test_the_way_between_two_things(asked: TestClient) -> None:
    said = asked.get("/api/v1/path", params={"from": "57-NQ/TW", "to": "443/QĐ-UBND", **TODAY}).json()
    assert (said["way"], [s["edge"]["type"] for s in said["steps"]]) == ("down", ["CASCADES_TO", "BASIS_FOR"])


def test_citations_are_resolved_with_a_reason(asked: TestClient) -> None:
    wanted = ["Kế hoạch 65-KH/TU", "57-NQ/TW", "99-KH/TU", "không có số", PLAN, "57-NQ/TW ngày 1/1/2020"]
    said = asked.post("/api/v1/resolve", json={"citations": wanted}).json()
    assert [(i["outcome"], i["reason"]) for i in said["items"]] == [
        ("ambiguous", "several_fit"),
        ("resolved", "number"),
        ("unknown", "number_unknown"),
        ("no_number", "no_number"),
        ("resolved", "id"),
        ("unknown", "number_elsewhere"),
    ]
    there = asked.post("/api/v1/resolve", json={"citations": wanted[:1], "place": "Ninh Bình"}).json()
    assert there["items"][0]["id"] == "ninh-binh.65-kh_tu.2025-06-02"


def test_search_says_which_field_matched(asked: TestClient) -> None:
    said = asked.get("/api/v1/search", params={"q": "so khoa hoc", "kind": "Agency"}).json()
    assert {hit["field"] for hit in said["hits"]} == {"name"}
    assert said["total"] == 2


def test_an_unchanged_answer_is_not_sent_again(client: TestClient, app: FastAPI) -> None:
    first = client.get("/api/v1/impact/57-NQ%2FTW", params=TODAY)
    tag = {"if-none-match": first.headers["etag"]}
    again = client.get("/api/v1/impact/57-NQ%2FTW", params=TODAY, headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/api/v1/impact/57-NQ%2FTW", params={"as_of": "2026-05-11"}, headers=tag).status_code == 200
    client.delete(f"/api/v1/directives/{PLAN}", headers=WRITES).raise_for_status()
    later = client.get("/api/v1/impact/57-NQ%2FTW", params=TODAY, headers=tag)
    assert later.status_code == 200
    assert later.json()["snapshot"] != first.json()["snapshot"]


def test_what_a_body_asks_has_no_tag(client: TestClient) -> None:
    """The tag names the address: other citations at the same one are another question."""
    first = client.post("/api/v1/resolve", json={"citations": ["57-NQ/TW"]})
    assert "etag" not in first.headers
    tag = {"if-none-match": client.get("/api/v1/stats").headers["etag"] + ", *"}
    again = client.post("/api/v1/resolve", json={"citations": ["99-KH/TU"]}, headers=tag)
    assert (again.status_code, again.json()["items"][0]["outcome"]) == (200, "unknown")


def test_an_empty_store_answers(tmp_path: Path) -> None:
    open_store(tmp_path / "empty.db").close()
    asked = client_of(create_app(patient(store=str(tmp_path / "empty.db"))))
    for kind in ("directives", "tasks", "agencies", "indicators", "targets"):
        assert asked.get(f"/api/v1/{kind}").json()["total"] == 0
    assert asked.get("/api/v1/export").content == b""
