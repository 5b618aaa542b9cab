"""Folding of Vietnamese text for keys and ids. Folding is for comparing and looking up, never for storing."""

from __future__ import annotations

import re
import unicodedata


def strip_marks(text: str) -> str:
    """Lower-case ASCII letters: "Đắk Lắk" is "dak lak" (đ becomes d)."""
    text = unicodedata.normalize("NFD", text.casefold().replace("đ", "d").replace("ð", "d"))
    return "".join(c for c in text if not unicodedata.combining(c))


def fold(text: str) -> str:
    """Search key: case, marks, punctuation and runs of spaces do not matter.

    >>> fold("Sở KH&CN,  Hưng Yên")
    'so kh cn hung yen'
    """
    return re.sub(r"[^a-z0-9]+", " ", strip_marks(text)).strip()


def slug(text: str) -> str:
    """Readable part of an id, safe in a URL: "Sở Khoa học và Công nghệ" is "so-khoa-hoc-va-cong-nghe"."""
    return fold(text).replace(" ", "-")
