"""An address of a page → its frame (language, date) and its filters, read leniently: what is empty was not chosen."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TypeVar
from urllib.parse import quote

from fastapi import Request

from api.http.params import LONGEST_ID, LONGEST_TEXT, MOST_SKIPPED, segment_of
from api.typed import day_of
from graph.errors import LineageError
from viz.pages.frame import Frame

E = TypeVar("E", bound=StrEnum)


class BadValue(LineageError):
    """A parameter of a page that says nothing; the message is its name."""


def frame_of(request: Request) -> Frame:
    """The frame of a page; a date that is none is today's (``asked_day`` refuses it)."""
    try:
        given = day(request, "as_of")
    except BadValue:
        given = None
    days = {"as_of": given.isoformat()} if given else {}
    path = "/" + quote(request.scope["path"].lstrip("/"), safe="/%~!$&'()*+,;=:@")  # "//name" would be another host
    return Frame(
        lang="en" if request.query_params.get("lang") == "en" else "vi",
        as_of=given or dt.date.today(),
        dated=given is not None,
        path=path,
        query=tuple((k, days.get(k, v)) for k, v in request.query_params.multi_items() if len(v) <= 4 * LONGEST_TEXT),
    )


def text(request: Request, name: str, most: int = LONGEST_TEXT) -> str | None:
    """A parameter as text, None if it is empty; BadValue if it is too long or holds half a character."""
    said = request.query_params.get(name, "").strip()
    if len(said) > most or not _whole(said):
        raise BadValue(name)
    return said or None


def day(request: Request, name: str) -> dt.date | None:
    """A day as yyyy-mm-dd (in links), or as people type it: 5/9/2026 is the fifth of September."""
    said = text(request, name)
    if said is None:
        return None
    if (found := day_of(said)) is None:
        raise BadValue(name)
    return found


def whole(request: Request, name: str, default: int, most: int = MOST_SKIPPED) -> int:
    """A number from 0 to ``most``."""
    said = text(request, name)
    if said is None:
        return default
    if not said.isascii() or not said.isdecimal() or len(said) > 6 or int(said) > most:
        raise BadValue(name)
    return int(said)


def choice(request: Request, name: str, kinds: type[E]) -> E | None:
    """One of the values of an enumeration."""
    said = text(request, name)
    if said is None:
        return None
    try:
        return kinds(said)
    except ValueError:
        raise BadValue(name) from None


def cursor(request: Request) -> str | None:
    return text(request, "after", 2000)


def thing(request: Request) -> str:
    """The id (or number) in the path."""
    said = segment_of(request.path_params["id"])
    if len(said) > LONGEST_ID or not _whole(said):
        raise BadValue("id")
    return said


def _whole(said: str) -> bool:
    try:
        said.encode()
    except UnicodeEncodeError:
        return False
    return True
