"""No page is forgotten: each has an address that axe, the keyboard and the pictures use, and a row in the README."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import expect

from api.http.pages import directive, explore, home, impact, owners, upload
from tests.browser.conftest import Visit
from tests.browser.pages import ADDRESSES, dated

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
ROOMS = (home, directive, owners, impact, explore, upload)
#: Files and data below pages.
NO_PAGES = ("/tai-ve", "/tep", "/du-lieu")
PAGES = sorted(
    route.path
    for room in ROOMS
    for route in room.router.routes
    if isinstance(route, APIRoute) and "GET" in (route.methods or ()) and not route.path.endswith(NO_PAGES)
)


def test_all_pages_are_looked_at() -> None:
    assert {f"/{page.split('/')[1]}" for page in PAGES} == {
        f"/{a.split('?')[0].split('#')[0].split('/')[1]}" for a in ADDRESSES.values()
    }


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_in_the_readme(page: str) -> None:
    assert f"| `{page.replace('{id}', 'ID')}` |" in README


def test_the_page_of_a_number_that_several_have_lets_choose(site: str, visit: Visit) -> None:
    with visit(site) as (page, watch):
        page.goto(dated(ADDRESSES["nhieu-van-ban"]))
        expect(page.get_by_role("heading", level=1)).to_have_text("Hãy chọn một")
        expect(page.locator("tbody tr")).to_have_count(2)
        watch.faults.clear()  # the browser's own line about the status 409
