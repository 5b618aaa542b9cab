"""Texts that would run as scripts: as titles, names, tasks, quotes and file names they stay texts on every page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from api.http.app import create_app
from api.http.settings import Settings
from graph.records import Agency, DirectiveFacts, Reading
from graph.vocabulary import EdgeType, Role
from tests.api.family import by, facts, reading
from tests.api.http.conftest import TOKEN, client_of, new_store
from tests.api.pages.crawl import crawl
from tests.api.pages.markup import Page

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "</title></textarea></style><script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}${7*7}",
    "<!--<script>",
    "\u2028</pre><iframe srcdoc='<script>alert(1)</script>'>",
    '=HYPERLINK("http://evil")',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
)
ALL = " ".join(PAYLOADS)


def hostile(text: Reading, this: DirectiveFacts) -> Reading:
    """The reading with payloads wherever a text can put words of its own."""
    evil = {"title": ALL, "issuer": ALL, "signer": ALL, "attachment": ALL, "signer_role": ALL}
    tasks = [task.model_copy(update={"output": ALL, "section": ALL, "group": ALL}) for task in text.tasks]
    bodies = [Agency(**{**agency.model_dump(), "name": ALL, "aliases": ()}) for agency in text.agencies]
    edges = [edge.model_copy(update={"printed": ALL, "scope": ALL}) for edge in text.edges]
    said = {
        "this": text.this.model_copy(update=evil),
        "tasks": tuple(tasks),
        "agencies": tuple(bodies),
        "edges": tuple(edges),
    }
    return text.model_copy(update=said)


def texts() -> Iterator[Reading]:
    upper = facts("1-NQ/TW", "central", "2024-12-22", ALL, ALL)
    old = facts("2-KH/TU", "Hưng Yên", "2025-03-10", ALL, ALL)
    plan = facts("3-KH/TU", "Hưng Yên", "2026-04-22", ALL, ALL)
    duties = [(str(i), payload, by("2026-09-30"), [(Role.LEAD, "Sở Tài chính")]) for i, payload in enumerate(PAYLOADS)]
    yield hostile(reading(f"{ALL}.txt", upper, []), upper)
    yield hostile(reading(f"b{ALL}.txt", old, [(EdgeType.CASCADES_TO, upper, ALL)]), old)
    links = [(EdgeType.CASCADES_TO, upper, "thực hiện " + ALL), (EdgeType.SUPERSEDED_BY, old, "thay thế " + ALL)]
    yield hostile(reading(f"c{ALL}.txt", plan, links, duties, [(ALL, 2030, 80)]), plan)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = new_store(tmp_path_factory.mktemp("hostile"), texts())
    with client_of(create_app(Settings(store=str(path), token=TOKEN, question_seconds=30))) as made:
        yield made


def test_no_payload_becomes_an_element_on_any_page(client: TestClient) -> None:
    pages = crawl(client, ["/?as_of=2026-05-10"])
    assert {address: page.faults for address, page in pages.items() if page.faults} == {}
    seen = [page for page in pages.values() if "<script>alert(1)</script>" in page.text]
    assert len(seen) > 40
    assert any("{{ 7 * 7 }}" in page.text for page in seen) and not any("49" in p.text.split() for p in seen)


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize(
    "path",
    ["/tim?q={}", "/tim?q={}&kind={}", "/?as_of={}", "/?x={}&lang=en", "/?after={}", "/van-ban/{}", "/nhiem-vu/{}",
     "/co-quan/{}", "/tac-dong/{}", "/kham-pha/{}?open={}", "/tai-len?{}={}", "/huong-dan?phan={}"],
)  # fmt: skip
def test_nothing_typed_becomes_an_element(client: TestClient, path: str, payload: str) -> None:
    response = client.get(path.replace("{}", quote(payload, safe="")), follow_redirects=True)
    assert response.status_code in (200, 400, 404, 422)
    assert Page(response.text).faults == []


def test_no_address_makes_a_link_to_another_host(client: TestClient) -> None:
    for address in ("//evil.example/x", "///evil.example", "//evil.example/van-ban/..", "/%2Fevil.example"):
        response = client.get(f"http://localhost{address}", headers={"accept": "text/html"})
        assert (response.status_code, Page(response.text).faults) == (404, [])


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_preview_shows_a_hostile_file_as_text(client: TestClient, payload: str) -> None:
    said = f"TỈNH ỦY HƯNG YÊN\nSố 9-KH/TU\nHưng Yên, ngày 22 tháng 4 năm 2026\nKẾ HOẠCH\n{payload}\n"
    response = client.post(
        "/tai-len/documents", files={"files": (f"{payload}.txt", said.encode())}, data={"viec": "xem"}
    )
    assert response.status_code == 200, response.text
    page = Page(response.text)
    assert page.faults == []
    assert " ".join(payload.split()) in page.text


def test_files_to_hand_on_hold_no_formula(client: TestClient) -> None:
    agency = client.get("/api/v1/agencies").json()["items"][0]["node"]["id"]
    for address in (f"/co-quan/{agency}/tai-ve?as_of=2026-05-10&", "/tac-dong/1-NQ%2FTW/tai-ve?as_of=2026-05-10&"):
        sheet = load_workbook(io.BytesIO(client.get(address + "dang=xlsx").content)).active
        assert sheet is not None and sheet.max_row > 3
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "inlineStr"}
        table = csv.reader(io.StringIO(client.get(address + "dang=csv").content.decode("utf-8-sig")))
        cells = [cell for row in table for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
        assert [cell for cell in cells if cell.startswith("'=HYPERLINK")]
