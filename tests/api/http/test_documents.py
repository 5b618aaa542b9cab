"""Texts uploaded, shown beforehand, looked up and withdrawn, on the real reader in its own process."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.reading import ReadingStopped, read_apart
from graph.errors import InputError
from tests.api.http.conftest import TOKEN, WRITES, client_of, new_store, patient

SAMPLE = Path(__file__).parents[3] / "ingest" / "samples" / "04_ninh-binh_187-KH-TU.txt"


def send(client: TestClient, *files: tuple[str, bytes], preview: bool = False) -> dict[str, object]:
    parts = [("files", (name, data, "text/plain")) for name, data in files]
    params = {"preview": "true"} if preview else {}
    response = client.post("/api/v1/documents", files=parts, params=params, headers=WRITES)
    assert response.status_code == 200, response.text
    answer = response.json()
    assert isinstance(answer, dict)
    return answer


def stats(client: TestClient) -> object:
    return client.get("/api/v1/stats").json()["counts"]


def test_a_text_is_read_stored_and_found(client: TestClient) -> None:
    said = send(client, ("187.txt", SAMPLE.read_bytes()))
    [file] = said["files"]  # type: ignore[misc]
    sha256 = hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
    assert (file["status"], file["number"], file["known"], file["sha256"]) == ("read", "187-KH/TU", False, sha256)  # type: ignore[has-type]
    assert file["file"] == f"upload/{sha256[:12]}/187.txt"  # type: ignore[has-type]
    directive = file["directive"]  # type: ignore[has-type]
    assert client.get(f"/api/v1/directives/{directive}").json()["totals"]["tasks"] > 0
    kept = client.get(f"/api/v1/documents/{sha256}").json()
    assert (kept["text"]["directive"], kept["counts"]) == (directive, file["counts"])  # type: ignore[has-type]


def test_sending_it_again_changes_nothing(client: TestClient) -> None:
    send(client, ("187.txt", SAMPLE.read_bytes()))
    before = stats(client)
    [file] = send(client, ("187.txt", SAMPLE.read_bytes()))["files"]  # type: ignore[misc]
    assert (file["status"], file["known"]) == ("unchanged", True)  # type: ignore[has-type]
    assert stats(client) == before


def test_texts_of_one_name_do_not_replace_one_another(client: TestClient) -> None:
    other = SAMPLE.with_name("05_ninh-binh_98-KH-UBND.txt")
    first = send(client, ("ke-hoach.txt", SAMPLE.read_bytes()))
    second = send(client, ("ke-hoach.txt", other.read_bytes()))
    assert first["totals"] == second["totals"] == {"read": 1}


def test_a_preview_stores_nothing(client: TestClient) -> None:
    before = stats(client)
    said = send(client, ("187.txt", SAMPLE.read_bytes()), preview=True)
    assert said["preview"] is True
    assert [f["sha256"] for f in said["files"]] == [None]  # type: ignore[attr-defined]
    assert any(n["label"] == "Task" for n in said["nodes"])  # type: ignore[attr-defined]
    assert any(e["type"] == "HAS_TASK" for e in said["edges"])  # type: ignore[attr-defined]
    assert stats(client) == before


def test_one_that_cannot_be_read_never_stops_the_others(client: TestClient) -> None:
    said = send(client, ("a.txt", b"\x00\x01\x02PK"), ("b.txt", SAMPLE.read_bytes()), ("c.txt", b"\x00\x03PK"))
    assert [f["status"] for f in said["files"]] == ["failed", "read", "failed"]  # type: ignore[attr-defined]
    assert said["totals"] == {"failed": 2, "read": 1}
    kept = hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
    assert [f["sha256"] for f in said["files"]] == [None, kept, None]  # type: ignore[attr-defined]


def test_withdrawing_leaves_what_others_say(client: TestClient) -> None:
    plan = "hung-yen.65-kh_tu.2026-04-22"
    done = client.delete(f"/api/v1/directives/{plan}", headers=WRITES).json()
    assert (done["directive"], len(done["withdrawn"]), done["remains"]) == (plan, 1, True)
    left = client.get(f"/api/v1/directives/{plan}").json()
    assert left["node"]["properties"]["held"] is False
    assert left["totals"]["tasks"] == 0
    assert [r["edge"]["type"] for r in left["relations"]] == ["BASIS_FOR"]
    assert client.get(f"/api/v1/documents/{done['withdrawn'][0]}").status_code == 404
    assert client.delete(f"/api/v1/directives/{plan}", headers=WRITES).status_code == 404


def test_an_ambiguous_number_withdraws_nothing(client: TestClient) -> None:
    before = stats(client)
    refused = client.delete("/api/v1/directives/65-KH%2FTU", headers=WRITES)
    assert (refused.status_code, len(refused.json()["candidates"])) == (409, 2)
    assert stats(client) == before


def test_reading_that_takes_too_long_is_killed_and_said(tmp_path: Path) -> None:
    settings = replace(patient(store=str(new_store(tmp_path)), token=TOKEN), file_seconds=0.0)
    said = send(client_of(create_app(settings)), ("187.txt", SAMPLE.read_bytes()))
    [file] = said["files"]  # type: ignore[misc]
    assert file["status"] == "failed" and "longer than" in file["error"]  # type: ignore[has-type]


def test_an_upload_whose_time_is_over_names_the_files_it_did_not_read(tmp_path: Path) -> None:
    made = patient(store=str(new_store(tmp_path)), token=TOKEN, upload_seconds=-1.0)
    response = client_of(create_app(made)).post(
        "/api/v1/documents", files={"files": ("187.txt", SAMPLE.read_bytes())}, headers=WRITES
    )
    assert "the time of this upload was over" in response.json()["files"][0]["error"]


def test_a_worker_without_memory_ends_as_an_error_of_its_file() -> None:
    with pytest.raises(ReadingStopped, match=r"a\.txt"):
        read_apart(SAMPLE.read_bytes(), "a.txt", seconds=30, memory=1_000_000)


def test_a_worker_reads_what_the_pipeline_reads() -> None:
    reading = read_apart(SAMPLE.read_bytes(), "a.txt", seconds=60, memory=2_000_000_000)
    assert (reading.this.number, reading.file) == ("187-KH/TU", "a.txt")
    with pytest.raises(InputError):
        read_apart(b"", "a.txt", seconds=60, memory=2_000_000_000)
