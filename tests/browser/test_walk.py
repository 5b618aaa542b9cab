"""A reader's way through the explorer, on both stores: from a search without accents to a file to hand on."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser.canvas import click_card, click_link, painted, until
from tests.browser.conftest import Visit
from tests.browser.pages import BEFORE, DAY, OLD, PLAN

REPLACES = "thay thế Kế hoạch số 433-KH/TU, ngày 11/6/2025"


@pytest.mark.parametrize("engine", ["site", "neo4j_site"])
def test_from_a_search_to_a_file(engine: str, request: pytest.FixtureRequest, visit: Visit, tmp_path: Path) -> None:
    with visit(request.getfixturevalue(engine)) as (page, watch):
        search_without_accents(page)
        its_lineage(page)
        picture = expand_and_click_the_edge(page)
        assert REPLACES in picture
        read_it_in_the_source(page)
        before_it_the_old_plan_is_in_force(page)
        the_agency_and_its_tasks(page, tmp_path)
        file = the_picture_as_a_file(page, tmp_path)
        assert watch.hosts == {watch.allowed}
    opens_without_a_network(visit, file)


def search_without_accents(page: Page) -> None:
    page.goto(f"/?as_of={DAY}")
    page.fill("#q", "ke hoach hanh dong nghi quyet 57 hung yen")
    page.keyboard.press("Enter")
    row = page.get_by_role("row").filter(has_text="65-KH/TU").filter(has_text="22/04/2026")
    expect(row).to_contain_text("Hưng Yên")
    row.get_by_role("link", name="Kế hoạch 65-KH/TU").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kế hoạch 65-KH/TU")


def its_lineage(page: Page) -> None:
    above, below = page.locator("section").nth(0), page.locator("section").nth(1)
    for number in ("57-NQ/TW", "433-KH/TU", "443-KH/TU"):
        expect(above).to_contain_text(number)
    expect(below).to_contain_text("31-KH/ĐU")
    expect(above.get_by_role("row").filter(has_text="Kế hoạch 433-KH/TU")).to_contain_text("bị thay thế từ 22/04/2026")


def expand_and_click_the_edge(page: Page) -> str:
    """What the panel says of the edge that was clicked."""
    page.get_by_role("link", name="Sơ đồ", exact=True).click()
    painted(page)
    shown = page.evaluate("Lineage.shown.model.visible.length")
    click_card(page, OLD)
    page.get_by_role("button", name="Mở thêm").first.click()
    until(page, f"Lineage.shown.model.visible.length > {shown}")
    assert f"open={OLD}" in page.url
    click_link(page, OLD, PLAN)
    return panel(page).inner_text()


def panel(page: Page) -> Locator:
    """What stands beside the picture about a link."""
    return page.locator("#canvas section").filter(has=page.get_by_role("heading", name="Căn cứ trong văn bản"))


def read_it_in_the_source(page: Page) -> None:
    panel(page).get_by_role("link", name="Xem trong văn bản").first.click()
    page.wait_for_url("**phan=toan-van**")
    marked = page.locator("mark:target, mark:has(span:target)")
    expect(marked).to_contain_text(REPLACES)
    expect(marked).to_be_in_viewport()


def before_it_the_old_plan_is_in_force(page: Page) -> None:
    page.locator("#claims ~ .scroll").get_by_role("link", name="Kế hoạch 433-KH/TU").first.click()
    expect(page.locator(".status")).to_contain_text("bị thay thế từ 22/04/2026")
    page.get_by_label("Tính đến ngày").fill("21/4/2026")
    page.get_by_role("button", name="Xem", exact=True).click()
    expect(page.locator(".status")).to_contain_text("Ngày 21/04/2026: còn hiệu lực")
    page.get_by_role("link", name="Nhiệm vụ").first.click()
    assert f"as_of={BEFORE}" in page.url
    page.get_by_label("Tính đến ngày").fill("20/05/2026")
    page.get_by_label("Tính đến ngày").press("Enter")
    expect(page.locator(".status")).to_contain_text("bị thay thế")


def the_agency_and_its_tasks(page: Page, folder: Path) -> None:
    page.locator("main").get_by_role("link", name="Sở Khoa học và Công nghệ").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sở Khoa học và Công nghệ")
    expect(page.locator("tbody")).to_contain_text(["sàn giao dịch công nghệ của tỉnh"])
    page.get_by_label("Vai trò").select_option("chủ trì")
    page.get_by_role("button", name="Lọc").click()
    rows = page.get_by_role("region", name="Việc được giao").locator("tbody tr")
    expect(rows).to_have_count(3)
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    download.value.save_as(folder / "work.xlsx")
    sheet = load_workbook(folder / "work.xlsx").active
    assert sheet is not None and sheet.max_row == 4


def the_picture_as_a_file(page: Page, folder: Path) -> Path:
    page.goto(f"/kham-pha/{PLAN}?as_of={DAY}")
    painted(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Lưu thành trang").click()
    file = folder / "65-KH-TU.html"
    download.value.save_as(file)
    return file


def opens_without_a_network(visit: Visit, file: Path) -> None:
    with visit(file.as_uri()) as (page, watch):
        page.goto(file.as_uri())
        painted(page)
        assert page.evaluate("Lineage.shown.model.visible.length") > 5
        expect(page.get_by_role("heading", level=1)).to_contain_text("65-KH/TU")
        expect(page.locator("body")).to_contain_text("Tính đến ngày 20/05/2026")
        assert watch.asked == [file.as_uri()]
