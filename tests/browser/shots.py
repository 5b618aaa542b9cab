"""``python -m tests.browser.shots --out FOLDER`` → pictures of every page: wide and narrow, light and dark, on paper.

Starts ``lineage serve`` on a store of its own with the samples, tests/corpus and the directives beside this file.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import click
from playwright.sync_api import Browser, Page

from tests.api.http.serving import served
from tests.browser.canvas import click_link, painted
from tests.browser.chromium import NARROW, WIDE, Scheme, launched, opened
from tests.browser.pages import ADDRESSES, DAY, OLD, PLAN, PREVIEW, dated
from tests.browser.site import HERE, filled

#: Pictures that the README shows, under their names in viz/pictures.
SHOWN = {"so-do": "canvas.png", "mach": "directive.png"}
_SIZES: tuple[tuple[int, Scheme], ...] = ((WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark"))
#: A4 between its margins, in pixels of CSS.
PAPER = 718
_PATIENT = ("--seconds", "60")


def settled(page: Page, address: str) -> None:
    """Goes to a page (of the form: sends a file) and waits until it stands still, the canvas painted if it has one."""
    page.goto(address)
    if urlsplit(address).fragment == PREVIEW:
        page.set_input_files("#files", HERE / "directives" / "tien-lu_31-KH-DU.txt")
        page.click("button[value=xem]")
    page.wait_for_load_state()
    if page.locator("#canvas").count():
        painted(page)


def shoot(browser: Browser, base: str, out: Path, names: list[str]) -> None:
    """Every named page in four sizes and colours; on paper; one in English."""
    for width, scheme in _SIZES:
        with opened(browser, base, width=width, scheme=scheme) as (page, _):
            for name in names:
                settled(page, dated(ADDRESSES[name]))
                page.screenshot(path=out / f"{name}_{width}_{scheme}.png", full_page=True)
    with opened(browser, base, width=PAPER) as (page, _):
        for name in names:
            page.emulate_media(media="screen")
            settled(page, dated(ADDRESSES[name]))
            page.emulate_media(media="print")
            page.evaluate("dispatchEvent(new Event('beforeprint'))")
            page.screenshot(path=out / f"{name}_giay.png", full_page=True)
    with opened(browser, base) as (page, _):
        settled(page, dated(f"/van-ban/{PLAN}", lang="en"))
        page.screenshot(path=out / "english.png", full_page=True)


def show(browser: Browser, base: str, out: Path) -> None:
    """The pictures of the README: what stands on one screen; in the canvas a link is chosen, with its sentence."""
    for name, file in SHOWN.items():
        with opened(browser, base) as (page, _):
            settled(page, dated(ADDRESSES[name]))
            if name == "so-do":
                click_link(page, OLD, PLAN)
                page.mouse.move(0, 0)
                page.evaluate("scrollTo(0, 0)")
                painted(page)
            page.screenshot(path=out / file)


@click.command()
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="A folder for the pictures."
)
@click.option("--readme", is_flag=True, help="Only those that the README shows.")
@click.option("--only", multiple=True, type=click.Choice(list(ADDRESSES)), help="Only these pages.")
def main(out: Path, readme: bool, only: tuple[str, ...]) -> None:
    """Make the pictures."""
    out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        served(filled(Path(folder)), *_PATIENT) as base,
        launched() as browser,
    ):
        if readme:
            show(browser, base, out)
        else:
            shoot(browser, base, out, list(only or ADDRESSES))
    click.echo(f"{out}: as of {DAY}")


if __name__ == "__main__":
    main()
