"""The canvas keeps what was seen: a path to something far, the part of the picture on the screen; faults are told."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.canvas import click_card, painted, until
from tests.browser.conftest import Visit
from tests.browser.pages import DAY, OLD, PLAN

_SEEN = "[Lineage.shown.model.visible.map((one) => one.id), Lineage.shown.model.path?.chain.map((one) => one.id)]"
_VIEW = "() => { const { x, y } = Lineage.shown.picture.network.getViewPosition(); return [x, y].map(Math.round); }"


def start_at(page: Page) -> None:
    page.goto(f"/kham-pha/{PLAN}?as_of={DAY}")
    painted(page)
    page.get_by_role("button", name="Tìm đường từ đây").click()


def test_a_path_to_what_is_not_in_the_picture_is_brought_in_and_kept_in_the_address(site: str, visit: Visit) -> None:
    with visit(site) as (page, _):
        start_at(page)
        page.locator(".canvas-path input").fill("so tai chinh ca mau")
        page.locator(".canvas-path button[type=submit]").click()
        page.locator(".canvas-path ul button").filter(has_text="Cà Mau").first.click()
        until(page, "Lineage.shown.model.path?.steps > 1")
        expect(page.locator(".canvas-path ol")).to_contain_text("Sở Tài chính")
        seen = page.evaluate(_SEEN)
        page.goto("about:blank")
        page.go_back()
        painted(page)
        assert page.evaluate(_SEEN) == seen
        page.get_by_role("button", name="Bỏ đường").click()
        until(page, "Lineage.shown.model.data.with.length === 0")
        assert page.evaluate("Lineage.shown.model.visible.length") < len(seen[0])


def test_the_part_on_the_screen_is_kept_in_the_address(site: str, visit: Visit) -> None:
    with visit(site) as (page, _):
        page.goto(f"/kham-pha/{PLAN}?as_of={DAY}")
        painted(page)
        box = page.locator(".canvas-box").bounding_box()
        assert box
        x, y = box["x"] + 40, box["y"] + box["height"] - 40
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 90, y - 60, steps=4)
        page.mouse.up()
        until(page, "location.hash.includes('view=')")
        before, address = page.evaluate(_VIEW), page.url
        page.goto("about:blank")
        page.goto(address)
        painted(page)
        assert page.evaluate(_VIEW) == before


def test_a_server_that_does_not_answer_is_told_in_the_panel(site: str, visit: Visit) -> None:
    with visit(site) as (page, watch):
        start_at(page)
        page.route("**/api/v1/search*", lambda route: route.abort())
        page.locator(".canvas-path input").fill("sở")
        page.locator(".canvas-path button[type=submit]").click()
        expect(page.get_by_role("alert")).to_contain_text("không nối được với máy chủ")
        watch.faults.clear()  # the browser's own line about the request that was cut off


def test_date_and_language_take_along_what_is_opened_and_chosen(site: str, visit: Visit) -> None:
    with visit(site) as (page, _):
        page.goto(f"/kham-pha/{PLAN}?open={OLD}&open={PLAN}&as_of={DAY}")
        painted(page)
        click_card(page, OLD)
        seen = page.evaluate(_SEEN)
        page.get_by_role("link", name="English").click()
        painted(page)
        assert page.evaluate("[Lineage.shown.model.data.opened, Lineage.shown.model.state.at]") == [[OLD, PLAN], OLD]
        page.get_by_role("link", name="Tiếng Việt").click()
        painted(page)
        page.get_by_label("Tính đến ngày").fill("21/05/2026")
        page.get_by_label("Tính đến ngày").press("Enter")
        page.wait_for_url("**as_of=21*")
        painted(page)
        assert page.evaluate("[Lineage.shown.model.data.opened, Lineage.shown.model.state.at]") == [[OLD, PLAN], OLD]
        assert page.evaluate(_SEEN) == seen
