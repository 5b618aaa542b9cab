"""Texts that would run as scripts, in a real browser: on every page, in the picture and in its files they stay texts.

A payload that ran would open a dialog, ask for an address, or be stopped by the policy: each of these is a fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urldefrag, urljoin

import pytest
from playwright.sync_api import FilePayload, Page, expect

from graph.store import open_store
from tests.api.http.serving import served
from tests.api.pages.test_hostile import PAYLOADS, texts
from tests.browser.canvas import painted, until
from tests.browser.conftest import PATIENT, Visit

SCRIPT = "<script>alert(1)</script>"
PLAN = "3-KH%2FTU"
DAY = "2026-05-10"
_LINKS = "[...document.querySelectorAll('a[href], form[action]')].map((e) => e.href || e.action)"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("hostile") / "lineage.db"
    with open_store(path) as store:
        for text in texts():
            store.write(text)
    with served(path, *PATIENT) as base:
        yield base


def kind(address: str) -> str:
    """Pages of one kind and tab are alike: "/van-ban?phan=nhiem-vu"."""
    path, _, query = address.partition("?")
    named = [part for part in query.split("&") if part.split("=")[0] in ("phan", "gia_su")]
    return f"/{path.split('/')[3]}?{'&'.join(named)}"


def test_nothing_runs_on_any_page(hostile: str, visit: Visit) -> None:
    """Two pages of each kind that links lead to, the downloads left out."""
    with visit(hostile) as (page, _):
        waiting, seen, shown = [f"{hostile}/?as_of={DAY}"], dict[str, int](), 0
        asked = set(waiting)
        while waiting:
            address = waiting.pop(0)
            if seen.get(kind(address), 0) == 2:
                continue
            page.goto(address)
            seen[kind(address)] = seen.get(kind(address), 0) + 1
            shown += SCRIPT in page.inner_text("body")
            for link in page.evaluate(_LINKS):
                path = urldefrag(urljoin(address, link))[0]
                if path in asked or any(part in path for part in ("/api/", "/tep", "/tai-ve", "/documents")):
                    continue
                asked.add(path)
                waiting.append(path)
        kinds = {name.split("?")[0] for name in seen}
        assert kinds == {
            "/",
            "/tim",
            "/van-ban",
            "/nhiem-vu",
            "/co-quan",
            "/tac-dong",
            "/kham-pha",
            "/tai-len",
            "/huong-dan",
        }
        assert shown > 15


def test_nothing_runs_in_the_picture_and_its_files(hostile: str, visit: Visit, tmp_path: Path) -> None:
    with visit(hostile) as (page, _):
        page.goto(f"/kham-pha/{PLAN}?as_of={DAY}")
        painted(page)
        touch_everything(page)
        files = {"html": "Lưu thành trang", "svg": "Lưu ảnh SVG", "png": "Lưu ảnh PNG"}
        for ending, name in files.items():
            with page.expect_download() as download:
                page.locator(".canvas-tools").get_by_text(name).click()
            download.value.save_as(tmp_path / f"picture.{ending}")
    file = (tmp_path / "picture.html").as_uri()
    with visit(file) as (page, watch):
        page.goto(file)
        painted(page)
        touch_everything(page)
        assert SCRIPT in page.inner_text("body")
        assert set(watch.asked) == {file}
    picture = (tmp_path / "picture.svg").as_uri()
    with visit(picture) as (page, _):
        page.goto(picture)
        assert SCRIPT in page.evaluate("document.documentElement.textContent")


def touch_everything(page: Page) -> None:
    """Chooses each thing and each link of the picture and opens each line of the outline."""
    page.evaluate(
        "() => { const { model } = Lineage.shown;"
        "for (const one of model.visible) Lineage.shown.select(one.id);"
        "for (const id of model.links.keys()) Lineage.shown.selectLink(id);"
        "for (const entry of document.querySelectorAll('#canvas details')) entry.open = true; }"
    )
    page.wait_for_timeout(200)


@pytest.mark.parametrize("path", ["/tim?q={}", "/van-ban/{}", "/?as_of={}", "/kham-pha/{}?open={}", "/?x={}&lang={}"])
def test_nothing_typed_runs(hostile: str, visit: Visit, path: str) -> None:
    with visit(hostile) as (page, watch):
        for payload in PAYLOADS:
            page.goto(path.replace("{}", quote(payload, safe="")))
        watch.faults = [fault for fault in watch.faults if "the server responded with a status of 4" not in fault]


def test_suggestions_are_texts(hostile: str, visit: Visit) -> None:
    with visit(hostile) as (page, _):
        page.goto("/")
        page.locator("#q").press_sequentially("script alert")
        expect(page.locator("main ul.suggest li").first).to_be_visible()
        assert SCRIPT in page.locator("main ul.suggest").inner_text()


def test_names_and_texts_of_uploaded_files_are_texts(hostile: str, visit: Visit) -> None:
    said = "TỈNH ỦY HƯNG YÊN\nSố 9-KH/TU\nHưng Yên, ngày 22 tháng 4 năm 2026\nKẾ HOẠCH\n"
    with visit(hostile) as (page, _):
        page.goto("/tai-len")
        files: list[FilePayload] = [
            {"name": f"{payload.replace('/', '')}.txt", "mimeType": "text/plain", "buffer": (said + payload).encode()}
            for payload in PAYLOADS
        ]
        page.set_input_files("#files", files)
        assert "onerror=alert" in page.inner_text(".file-names")
        page.click("button[value=xem]")
        until(page, "document.querySelectorAll('section.file').length > 5")
        assert SCRIPT in page.inner_text("main") and "onerror=alert" in str(page.locator("h3").all_inner_texts())
