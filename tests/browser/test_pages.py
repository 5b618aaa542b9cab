"""No page is forgotten: each has an address that axe, the keyboard and the pictures use, and a row in the README."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from api.http.pages import directive, explore, home, impact, owners, upload
from tests.browser.pages import ADDRESSES

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
