"""Pages for everybody: axe finds nothing serious, the keyboard reaches everything and one sees where it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.canvas import painted, until
from tests.browser.chromium import NARROW, WIDE, Scheme, opened
from tests.browser.conftest import Visit
from tests.browser.pages import ADDRESSES, DAY, OLD, PLAN, dated
from tests.browser.shots import settled

#: What axe looks for (None: everything) in each look.
LOOKS: list[tuple[int, Scheme, list[str] | None]] = [
    (WIDE, "light", None),
    (WIDE, "dark", ["color-contrast"]),
    (NARROW, "light", None),
    (NARROW, "dark", ["color-contrast"]),
]
#: Everything that can be operated and is in sight.
_OPERABLE = """[...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']")]
  .filter((one) => one.tabIndex >= 0 && one.checkVisibility({ contentVisibilityAuto: true }) && !one.disabled)"""
_FOLLOW_FOCUS = """() => {
  window.reached = new Set(); window.unseen = [];
  document.addEventListener("focusin", ({ target }) => {
    window.reached.add(target);
    const look = getComputedStyle(target.matches("#files") ? target.nextElementSibling : target);
    const seen = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0;
    if (!seen) window.unseen.push(target.outerHTML.slice(0, 120));
  });
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, site: str) -> Iterator[Page]:
    with opened(browser, site) as (found, _):
        yield found


@pytest.mark.parametrize("name", ADDRESSES)
def test_axe_finds_nothing_serious(page: Page, name: str) -> None:
    found = []
    page.emulate_media(color_scheme="light")
    settled(page, dated(ADDRESSES[name]))
    for width, scheme, rules in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
        violations: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
        found += [
            (width, scheme, one["id"], [node["html"][:200] for node in one["nodes"][:3]])
            for one in violations
            if one["impact"] in ("serious", "critical")
        ]
    assert found == []


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_page_is_wider_than_a_narrow_screen(page: Page, name: str) -> None:
    page.set_viewport_size({"width": NARROW, "height": 900})
    settled(page, dated(ADDRESSES[name]))
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW


@pytest.mark.parametrize("name", [name for name in ADDRESSES if name not in ("tac-dong", "tim")])
def test_tab_reaches_everything_and_one_sees_where_it_is(page: Page, name: str) -> None:
    """(Two pages with hundreds of like rows are left out.)"""
    page.set_viewport_size({"width": WIDE, "height": 900})
    settled(page, dated(ADDRESSES[name]))
    page.evaluate(_FOLLOW_FOCUS)
    for _ in range(page.evaluate(f"{_OPERABLE}.length") + 5):
        page.keyboard.press("Tab")
    assert (
        page.evaluate(
            f"{_OPERABLE}.filter((one) => !window.reached.has(one)).map((one) => one.outerHTML.slice(0, 120))"
        )
        == []
    )
    assert page.evaluate("window.unseen") == []


def test_suggestions_by_arrows(site: str, visit: Visit) -> None:
    with visit(site) as (page, _):
        page.goto(f"/?as_of={DAY}")
        page.locator("#q").press_sequentially("so khoa hoc hung yen")
        box, options = page.locator("#q"), page.locator("ul.suggest li")
        expect(box).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        expect(options.first).to_have_attribute("aria-selected", "true")
        assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
        page.keyboard.press("Escape")
        expect(box).to_have_attribute("aria-expanded", "false")
        box.press_sequentially(" ")
        expect(options.first).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/co-quan/**")
        assert f"as_of={DAY}" in page.url


def test_a_date_is_typed_as_it_is_printed_or_chosen(site: str, visit: Visit) -> None:
    with visit(site) as (page, _):
        page.goto(f"/van-ban/{OLD}?as_of={DAY}")
        day = page.get_by_label("Tính đến ngày")
        expect(day).to_have_value("20/05/2026")
        page.locator("header input[type=date]").evaluate(
            "(one) => { one.value = '2026-04-21'; one.dispatchEvent(new Event('change')); }"
        )
        expect(day).to_have_value("21/04/2026")
        expect(day).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".status")).to_contain_text("Ngày 21/04/2026: còn hiệu lực")


def test_the_outline_does_by_keyboard_what_the_picture_does_by_mouse(site: str, visit: Visit) -> None:
    with visit(site) as (page, _):
        page.goto(f"/kham-pha/{PLAN}?as_of={DAY}")
        painted(page)
        shown = page.evaluate("Lineage.shown.model.visible.length")
        line = page.locator("#canvas nav summary").filter(has_text="433-KH/TU")
        line.focus()
        page.keyboard.press("Enter")
        entry = page.locator("#canvas nav details").filter(has=page.locator("summary", has_text="433-KH/TU"))
        entry.get_by_role("button", name="Mở thêm").focus()
        page.keyboard.press("Enter")
        until(page, f"Lineage.shown.model.visible.length > {shown}")
        expect(page.locator("#canvas section:focus")).to_contain_text("433-KH/TU")
        page.get_by_role("button", name="thay thế bởi 65-KH/TU").first.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Căn cứ trong văn bản")).to_be_visible()
        assert page.evaluate("Lineage.shown.root.contains(document.activeElement)")
        expect(page.locator("blockquote").first).to_contain_text("thay thế Kế hoạch số 433-KH/TU")
