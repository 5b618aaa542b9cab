"""A reading becomes two compressed pieces, what it says and its text, and a reading again."""

from __future__ import annotations

import re
import zlib

from graph.records import Reading


def pack(reading: Reading) -> tuple[bytes, bytes]:
    """A reading as stored, compressed: what it says without its text, and its text."""
    body = reading.model_copy(update={"text": ""}).model_dump_json(exclude_defaults=True)
    return zlib.compress(body.encode(), 1), zlib.compress(reading.text.encode(), 1)


def unpack(body: bytes, text: bytes | None = None) -> Reading:
    """The reading that was packed; without ``text`` its text is empty."""
    reading = Reading.model_validate_json(zlib.decompress(body))
    if text is None:
        return reading
    return reading.model_copy(update={"text": zlib.decompress(text).decode()})


_FILE = re.compile(r'"file":"(?:[^"\\]|\\.)*"')


def claims(reading: Reading) -> str:
    """All that a reading says, without its text and without the paths it was read from."""
    return _FILE.sub("", reading.model_copy(update={"text": ""}).model_dump_json())
