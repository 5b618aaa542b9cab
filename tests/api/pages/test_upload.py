"""The form: a preview stores nothing, storing needs the token, a form of another site is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.settings import Settings
from tests.api.http.conftest import TOKEN, client_of, new_store
from tests.api.pages.markup import Page

FORM = "/tai-len/documents"
TEXT = """TỈNH ỦY HƯNG YÊN
*
Số 88-KH/TU

Hưng Yên, ngày 05 tháng 5 năm 2026

KẾ HOẠCH
thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị

Sở Tài chính chủ trì bố trí kinh phí trước ngày 30/9/2026.
"""


def sent(client: TestClient, text: str = TEXT, name: str = "kh88.txt", **data: str) -> tuple[int, Page]:
    response = client.post(FORM, files={"files": (name, text.encode())}, data=data)
    return response.status_code, Page(response.text)


def held(client: TestClient) -> int:
    found = client.get("/api/v1/directives", params={"held": "true", "limit": 0}).json()["total"]
    assert isinstance(found, int)
    return found


def test_a_preview_marks_what_would_be_read_and_stores_nothing(writer: TestClient) -> None:
    before = held(writer)
    status, page = sent(writer, viec="xem")
    assert (status, page.faults) == (200, [])
    assert "chưa lưu gì" in page.text and "Kế hoạch 88-KH/TU" in page.text
    assert "<mark" in page.source and "57-NQ/TW ngày 22/12/2024" in page.text
    assert "/tai-len?lang=en" in page.links
    assert held(writer) == before


def test_with_the_token_it_is_stored_and_can_be_opened(writer: TestClient) -> None:
    before = held(writer)
    status, page = sent(writer, viec="luu", token=TOKEN)
    assert status == 200 and "Mở văn bản: Kế hoạch 88-KH/TU" in page.text
    assert held(writer) == before + 1
    [link] = [link for link in page.links if link.startswith("/van-ban/")]
    assert "triển khai Nghị quyết 57-NQ/TW" in Page(writer.get(link + "?as_of=2026-06-01").text).text
    assert "tệp này đã có trong kho" in sent(writer, viec="xem")[1].text


@pytest.mark.parametrize("token", ["", "wrong", TOKEN + "x", TOKEN.upper()])
def test_without_the_token_nothing_is_stored(writer: TestClient, token: str) -> None:
    before = held(writer)
    status, page = sent(writer, viec="luu", token=token)
    assert status == 401 and "Chưa lưu" in page.text
    assert held(writer) == before


def test_a_server_without_a_token_previews_only(tmp_path: Path) -> None:
    with client_of(create_app(Settings(store=str(new_store(tmp_path)), question_seconds=30))) as client:
        assert "không nhận lưu" in Page(client.get("/tai-len").text).text
        assert sent(client, viec="xem")[0] == 200
        assert sent(client, viec="luu", token="")[0] == 401


def test_a_form_of_another_site_is_refused(writer: TestClient) -> None:
    response = writer.post(FORM, files={"files": ("a.txt", TEXT)}, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403


def test_no_file_an_unreadable_file_and_too_many_files_are_said(writer: TestClient) -> None:
    assert writer.post(FORM, data={"viec": "xem"}).status_code == 422
    status, page = sent(writer, text="\x00\x01\x02", viec="xem")
    assert status == 200 and "Không đọc được tệp này" in page.text
    many = [("files", (f"{i}.txt", TEXT)) for i in range(51)]
    assert writer.post(FORM, files=many).status_code == 413


def test_equal_files_are_read_once(writer: TestClient) -> None:
    twice = [("files", ("a.txt", TEXT)), ("files", ("a.txt", TEXT))]
    response = writer.post(FORM, files=twice)
    assert response.status_code == 200 and response.text.count("<h3>a.txt</h3>") == 1
