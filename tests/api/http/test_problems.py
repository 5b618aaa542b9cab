"""Each row of the table of problems, brought about on the real app."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.testclient import TestClient
from httpx2 import Response

from api.details import OtherKind
from api.http import errors
from api.http.app import create_app
from api.http.pages.showing import POLICY
from api.http.problem_model import Problem
from api.http.problems import MEDIA_TYPE, PROBLEMS
from api.http.state import Places, State
from graph.errors import (
    AmbiguousNumber,
    InputError,
    StoreBusyError,
    StoreChangedError,
    StoreError,
    StoreTimeError,
    TooLargeError,
    UnknownId,
)
from graph.listing import CursorError
from graph.store import open_store
from tests.api.family import family
from tests.api.http.conftest import TOKEN, WRITES, client_of, new_store, patient

Bring = Callable[[Path], Response]
TEXT = {"files": ("a.txt", b"x", "text/plain")}


def ask(folder: Path, path: str, **settings: Any) -> Response:
    return client(folder, **settings).get(path)


def client(folder: Path, **settings: Any) -> TestClient:
    made = replace(patient(store=str(new_store(folder)), token=TOKEN), **settings)
    return client_of(create_app(made))


def state(asked: TestClient) -> State:
    assert isinstance(asked.app, FastAPI)
    found = asked.app.state.lineage
    assert isinstance(found, State)
    return found


def broken(folder: Path, path: str = "/api/v1/stats", headers: dict[str, str] | None = None) -> Response:
    asked = client(folder)
    state(asked).pool = None  # type: ignore[assignment]
    return asked.get(path, headers=headers)


def raised(error: Exception) -> Bring:
    """For what no request can bring about by itself: a route of this test's own raises it."""

    def bring(folder: Path) -> Response:
        asked = client(folder)
        app = asked.app
        assert isinstance(app, FastAPI)

        @app.get("/raises")
        def raises() -> None:
            raise error

        return asked.get("/raises")

    return bring


def without_store(folder: Path) -> Response:
    return client_of(create_app(patient(store=str(folder / "nothing.db")))).get("/api/v1/stats")


def full(folder: Path) -> Response:
    asked = client(folder)
    state(asked).uploads = Places(1, "uploads")
    state(asked).uploads.take()
    return asked.post("/api/v1/documents", files=TEXT, headers=WRITES)


def busy(folder: Path) -> Response:
    asked = client(folder, stores=1, question_seconds=2.0)
    with state(asked).pool.lease(1):
        return asked.get("/api/v1/stats")


def warming(folder: Path) -> Response:
    asked = client(folder, stores=1)
    with state(asked).pool.lease(1):
        state(asked).warming.start()
        return asked.get("/readyz")


BRINGS: dict[type[Exception], Bring] = {
    errors.Malformed: lambda folder: client(folder).post(
        "/api/v1/resolve", content=b"{", headers={"content-type": "application/json"}
    ),
    CursorError: lambda folder: ask(folder, "/api/v1/tasks?after=zzz"),
    errors.WrongHost: lambda folder: client(folder).get("/healthz", headers={"host": "evil.example"}),
    errors.NoToken: lambda folder: client(folder).post("/api/v1/documents", files=TEXT),
    errors.WritesOff: lambda folder: client(folder, token=None).post("/api/v1/documents", files=TEXT),
    OtherKind: lambda folder: ask(folder, "/api/v1/tasks/central.57-nq_tw.2024-12-22"),
    UnknownId: lambda folder: ask(folder, "/api/v1/impact/99-KH%2FTU"),
    AmbiguousNumber: lambda folder: ask(folder, "/api/v1/impact/65-KH%2FTU"),
    errors.BodyTooLarge: lambda folder: client(folder, max_body=100).post(
        "/api/v1/documents", files={"files": ("a.txt", b"x" * 1000, "text/plain")}, headers=WRITES
    ),
    TooLargeError: raised(TooLargeError("/secret/path: too large")),
    errors.WrongMediaType: lambda folder: client(folder).post("/api/v1/documents", json={}, headers=WRITES),
    RequestValidationError: lambda folder: ask(folder, "/api/v1/tasks?limit=-1"),
    InputError: raised(InputError("/secret/path: unreadable")),
    errors.TooMany: full,
    errors.NotReady: warming,
    errors.Overloaded: busy,
    StoreBusyError: raised(StoreBusyError("/secret/path: locked")),
    StoreChangedError: raised(StoreChangedError("/secret/path: changed")),
    StoreTimeError: raised(StoreTimeError("/secret/path: over")),
    StoreError: without_store,
    errors.TookTooLong: lambda folder: ask(folder, "/api/v1/stats", question_seconds=0.0),
    Exception: broken,
}


@pytest.mark.parametrize("row", PROBLEMS, ids=lambda row: row.code)
def test_every_row_of_the_table_is_what_a_client_gets(row: object, tmp_path: Path) -> None:
    response = BRINGS[row.exception](tmp_path)  # type: ignore[attr-defined]
    said = Problem.model_validate(response.json())
    assert (response.status_code, said.status) == (row.status, row.status)  # type: ignore[attr-defined]
    assert said.type.endswith(f":{row.code}")  # type: ignore[attr-defined]
    assert response.headers["content-type"] == MEDIA_TYPE
    assert said.detail.endswith(row.todo)  # type: ignore[attr-defined]
    assert {name: response.headers[name] for name, _ in row.headers} == dict(row.headers)  # type: ignore[attr-defined]
    assert "secret" not in response.text and str(tmp_path) not in response.text and "Traceback" not in response.text


def test_an_address_that_is_none(asked: TestClient) -> None:
    response = asked.get("/api/v1/nothing")
    assert (response.status_code, response.headers["content-type"]) == (404, MEDIA_TYPE)


def test_a_method_that_the_address_does_not_know(asked: TestClient) -> None:
    response = asked.put("/api/v1/directives/x", headers=WRITES)
    assert (response.status_code, response.headers["allow"]) == (405, "DELETE, GET, HEAD")
    assert response.json()["type"].endswith(":method")


def test_a_store_is_ready_when_it_was_made_so(tmp_path: Path) -> None:
    asked = client(tmp_path)
    with asked:
        for _ in range(200):
            if asked.get("/readyz").status_code == 200:
                break
            time.sleep(0.05)
        assert asked.get("/readyz").json() == {"status": "ok"}
        assert not state(asked).warming.under_way


HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PEOPLE: dict[str, tuple[int, str, Bring]] = {
    "no address": (404, "Không có trang nào", lambda folder: client(folder).get("/khong-co", headers=HTML)),
    "another host": (
        400,
        "Địa chỉ này không phải của máy chủ",
        lambda folder: client(folder).get("/", headers=HTML | {"host": "evil.example"}),
    ),
    "wrong method": (405, "Không có trang nào", lambda folder: client(folder).get("/tai-len/documents", headers=HTML)),
    "too large": (
        413,
        "Tệp quá lớn",
        lambda folder: client(folder, max_body=100).post("/tai-len/documents", content=b"x" * 200, headers=HTML),
    ),
    "too late": (
        504,
        "mất quá nhiều thời gian",
        lambda folder: client(folder, question_seconds=0.0).get("/huong-dan", headers=HTML),
    ),
    "an error of ours": (500, "Chương trình gặp lỗi", lambda folder: broken(folder, "/", HTML)),
}


@pytest.mark.parametrize(("status", "said", "bring"), PEOPLE.values(), ids=PEOPLE)
def test_a_browser_gets_a_page_that_says_the_same(status: int, said: str, bring: Bring, tmp_path: Path) -> None:
    response = bring(tmp_path)
    assert (response.status_code, response.headers["content-security-policy"]) == (status, POLICY)
    assert response.headers["content-type"].startswith("text/html") and said in response.text
    assert "Traceback" not in response.text and str(tmp_path) not in response.text


def test_a_page_of_a_problem_speaks_the_language_of_its_address(asked: TestClient) -> None:
    response = asked.get("/none", params={"lang": "en"}, headers=HTML)
    assert "There is no page at this address" in response.text and '<html lang="en">' in response.text


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/none", "/static/none.js"])
def test_programs_get_problems_whatever_they_accept(asked: TestClient, path: str) -> None:
    assert asked.get(path, headers=HTML).headers["content-type"] == MEDIA_TYPE
    assert asked.get("/none").headers["content-type"] == MEDIA_TYPE


def test_candidates_come_with_an_ambiguous_number(asked: TestClient) -> None:
    fitting = asked.get("/api/v1/directives/65-KH%2FTU").json()["candidates"]
    assert [c["properties"]["jurisdiction"] for c in fitting] == ["Hưng Yên", "Ninh Bình"]


def test_a_refused_value_is_named_by_its_place_and_not_repeated(asked: TestClient) -> None:
    response = asked.get("/api/v1/tasks", params={"limit": "<script>"})
    assert "<script>" not in response.text
    assert [fault["where"] for fault in response.json()["errors"]] == ["query.limit"]


def test_a_misspelt_filter_is_refused_and_does_not_answer_another_question(asked: TestClient) -> None:
    response = asked.get("/api/v1/tasks", params={"jurisdctn": "Hưng Yên"})
    assert response.status_code == 422
    assert [fault["where"] for fault in response.json()["errors"]] == ["query.jurisdctn"]


def test_a_store_that_goes_away_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "later.db"
    asked = client_of(create_app(patient(store=str(path))))
    assert (asked.get("/readyz").status_code, asked.get("/healthz").status_code) == (503, 200)
    with open_store(path) as store:
        store.write(family()[0])
    assert asked.get("/readyz").json() == {"status": "ok"}
