"""Each link that the description declares leads from a real answer to a real one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest
from fastapi.testclient import TestClient

from tests.api.http.conftest import WRITES
from tests.api.http.routes import operations

SAMPLE = Path(__file__).parents[3] / "ingest" / "samples" / "04_ninh-binh_187-KH-TU.txt"
PLAN = "hung-yen.65-kh_tu.2026-04-22"
PATHS = {operation["operationId"]: path for _, path, operation in operations()}
LINKS = [
    (operation["operationId"], link["operationId"], *next(iter(link["parameters"].items())))
    for _, _, operation in operations()
    for link in operation["responses"].get("200", {}).get("links", {}).values()
]
#: How to ask the operations that need more than their address.
ASKED: dict[str, Callable[[TestClient], httpx2.Response]] = {
    "finding_search": lambda client: client.get("/api/v1/search", params={"q": "65-KH/TU"}),
    "finding_resolve": lambda client: client.post("/api/v1/resolve", json={"citations": ["57-NQ/TW"]}),
    "directives_directive": lambda client: client.get(f"/api/v1/directives/{PLAN}"),
    "documents_upload": lambda client: client.post(
        "/api/v1/documents", files={"files": (SAMPLE.name, SAMPLE.read_bytes())}, headers=WRITES
    ),
}


@pytest.mark.parametrize(
    ("source", "target", "parameter", "expression"), LINKS, ids=[f"{link[0]}-{link[1]}" for link in LINKS]
)
def test_a_link_leads_to_an_answer(
    client: TestClient, source: str, target: str, parameter: str, expression: str
) -> None:
    ask = ASKED.get(source) or (lambda client: client.get(PATHS[source]))
    found = ask(client).json()
    for step in expression.removeprefix("$response.body#/").split("/"):
        found = found[int(step) if step.isdigit() else step]
    response = client.get(PATHS[target].replace(f"{{{parameter}}}", quote(found, safe="")))
    assert response.status_code == 200, response.text


def test_every_list_has_links() -> None:
    assert {link[0] for link in LINKS} >= {f"lists_{kind}" for kind in ("tasks", "agencies", "indicators")}
