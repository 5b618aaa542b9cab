"""Any text → one line of visible characters, which steers no terminal and cannot read backwards."""

from __future__ import annotations

import re

#: Control characters, marks that turn the direction of writing, line separators, halves of characters, no characters.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")


def plain(text: str) -> str:
    """One line without control characters, also those that turn the direction of writing.

    >>> plain("một\\u202e\\n hai")
    'một hai'
    """
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(_CONTROL.sub(" ", text).split())
