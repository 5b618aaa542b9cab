"""Export, stats, metrics and health on the real app."""

from __future__ import annotations

import asyncio
import gc
import io
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from starlette.types import Message

from api.http.app import create_app
from api.http.routes.whole import _Export
from graph.errors import StoreChangedError
from graph.export import ExportFormat, export
from graph.records import Reading
from graph.store import open_store
from tests.api.family import family
from tests.api.http.conftest import TODAY, client_of, new_store, patient


@pytest.mark.parametrize("kind", list(ExportFormat))
def test_an_export_is_that_of_the_command_line(tmp_path: Path, kind: ExportFormat) -> None:
    path = new_store(tmp_path)
    with open_store(path) as store:
        export(store, tmp_path / "there", kind)
    client = client_of(create_app(patient(store=str(path))))
    response = client.get("/api/v1/export", params={"format": kind.value})
    assert response.content == (tmp_path / "there").read_bytes()
    assert response.headers["content-disposition"].startswith("attachment")
    if kind is ExportFormat.CSV:
        assert zipfile.ZipFile(io.BytesIO(response.content)).namelist() == ["nodes.csv", "edges.csv"]


def test_exports_give_their_place_back(tmp_path: Path) -> None:
    client = client_of(create_app(patient(store=str(new_store(tmp_path)), exports_at_once=1)))
    for _ in range(3):
        assert client.get("/api/v1/export").status_code == 200
        with client.stream("GET", "/api/v1/export") as response:
            assert response.status_code == 200
        gc.collect()


def test_an_export_that_a_write_overtook_has_no_end() -> None:
    """A store that keeps no state tells it at the end of its snapshot: by then the last bytes must not be sent."""
    sent: list[Message] = []
    stack = ExitStack()
    stack.enter_context(overtaken())

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "asgi": {"spec_version": "2.4"}}
    with pytest.raises(StoreChangedError):
        asyncio.run(_Export(iter([b"one", b"two"]), stack, "text/plain", {})(scope, receive, send))
    assert [message.get("body") for message in sent] == [None, b"one", b"two"]
    assert all(message["more_body"] for message in sent[1:])


@contextmanager
def overtaken() -> Iterator[None]:
    yield
    raise StoreChangedError("the store was written meanwhile")


PLAN, AGENCY = "hung-yen.65-kh_tu.2026-04-22", "a.hung-yen.so-khoa-hoc-va-cong-nghe"


def samples(client: TestClient) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    text = client.get("/metrics").text
    return {
        (s.name, tuple(sorted(s.labels.items()))): s.value
        for family in text_string_to_metric_families(text)
        for s in family.samples
    }


def test_metrics_name_routes_by_their_pattern_and_count_what_was_cut(client: TestClient) -> None:
    client.get("/api/v1/impact/57-NQ%2FTW", params={"limit": 1, **TODAY})
    for i in range(3):
        client.get(f"/api/v1/nothing/{i}")
        client.request("BREW", "/api/v1/stats")
    found = samples(client)
    route = ("route", "/api/v1/impact/{id}")
    assert found["lineage_http_requests_total", (("method", "GET"), route, ("status", "200"))] == 1
    assert found["lineage_http_requests_total", (("method", "GET"), ("route", "none"), ("status", "404"))] == 3
    assert (
        found["lineage_http_requests_total", (("method", "other"), ("route", "/api/v1/stats"), ("status", "405"))] == 3
    )
    assert found["lineage_http_request_seconds_count", (route,)] == 1
    assert found["lineage_partial_answers_total", (("reason", "limit"), route)] == 1
    assert found["lineage_directives_held", ()] == 5
    assert found["lineage_nodes", (("label", "Task"),)] == 3


def test_metrics_tell_that_the_store_is_down(tmp_path: Path) -> None:
    asked = client_of(create_app(patient(store=str(tmp_path / "nothing.db"))))
    assert asked.get("/api/v1/stats").status_code == 503
    found = samples(asked)
    assert found["lineage_store_up", ()] == 0
    labels = (("method", "GET"), ("route", "/api/v1/stats"), ("status", "503"))
    assert found["lineage_http_requests_total", labels] == 1


def test_folders_of_this_machine_are_told_to_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "an"
    texts = [
        Reading.model_validate_json(text.model_dump_json().replace('"file":"', f'"file":"{folder}/'))
        for text in family()
    ]
    with open_store(tmp_path / "lineage.db") as store:
        for text in texts:
            store.write(text)
    asked = client_of(create_app(patient(store=str(tmp_path / "lineage.db"))))
    for path in ("api/v1/impact/57-NQ%2FTW", f"api/v1/directives/{PLAN}", f"api/v1/directives/{PLAN}/source",
                 f"api/v1/tasks/t.{PLAN}.1/trace", f"api/v1/tasks/t.{PLAN}.1", f"api/v1/lineage/{PLAN}",
                 f"api/v1/documents/{texts[-1].sha256}", "api/v1/export", f"van-ban/{PLAN}?phan=toan-van",
                 f"nhiem-vu/t.{PLAN}.1", f"kham-pha/{PLAN}/du-lieu", f"co-quan/{AGENCY}/tai-ve",
                 f"tac-dong/{PLAN}/tai-ve"):  # fmt: skip
        said = asked.get(path)
        assert said.status_code == 200, path
        assert str(folder) not in said.text, path


def test_stats_are_the_counts_of_the_store(client: TestClient) -> None:
    said = client.get("/api/v1/stats").json()
    assert (said["counts"]["held"], said["counts"]["nodes"]["Task"]) == (5, 3)
