"""Debian's Chromium, without a screen and without traffic of its own → pages, and what went wrong while they were open.

LINEAGE_CHROMIUM names another browser of the same family.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    WebError,
    sync_playwright,
)

Scheme = Literal["light", "dark"]
WIDE, NARROW = 1280, 390
_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
)


def chromium() -> str | None:
    """Where the browser is; None if there is none."""
    return os.environ.get("LINEAGE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def launched() -> Iterator[Browser]:
    """One browser; FileNotFoundError if there is none."""
    path = chromium()
    if path is None:
        raise FileNotFoundError("no Chromium: apt-get install chromium, or name one in LINEAGE_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_QUIET))
        try:
            yield browser
        finally:
            browser.close()


class Watch:
    """What a page of ours must not do, a line each in ``faults``; ``asked``: all addresses; ``hosts``: theirs."""

    def __init__(self, context: BrowserContext, allowed: str) -> None:
        self.allowed = urlsplit(allowed).netloc
        self.asked: list[str] = []
        self.faults: list[str] = []
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("dialog", self._dialog)

    @property
    def hosts(self) -> set[str]:
        return {urlsplit(address).netloc for address in self.asked}

    def _request(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme in ("data", "blob"):
            return
        self.asked.append(request.url)
        if asked.netloc != self.allowed:
            self.faults.append(f"request to {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"error: {error.error}")

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@contextmanager
def opened(browser: Browser, base: str, *, width: int = WIDE, scheme: Scheme = "light") -> Iterator[tuple[Page, Watch]]:
    """A fresh page whose addresses begin at ``base``; a request to any other host is a fault."""
    context = browser.new_context(
        base_url=base,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        locale="vi-VN",
        accept_downloads=True,
    )
    try:
        yield context.new_page(), Watch(context, base)
    finally:
        context.close()
