"""Folding of Vietnamese text for keys and ids. Folding is for comparing and looking up, never for storing."""

from __future__ import annotations

import re
import unicodedata


class _Plain(dict[int, str]):
    """A character's lower-case letters without marks, worked out once."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code).casefold().replace("đ", "d").replace("ð", "d"))
        self[code] = "".join(c for c in parts if not unicodedata.combining(c))
        return self[code]


_PLAIN = _Plain()


def strip_marks(text: str) -> str:
    """Lower-case ASCII letters: "Đắk Lắk" is "dak lak" (đ becomes d)."""
    return text.translate(_PLAIN)


def fold(text: str) -> str:
    """Search key: case, marks, punctuation and runs of spaces do not matter.

    >>> fold("Sở KH&CN,  Hưng Yên")
    'so kh cn hung yen'
    """
    return re.sub(r"[^a-z0-9]+", " ", strip_marks(text)).strip()


def slug(text: str) -> str:
    """Readable part of an id, safe in a URL: "Sở Khoa học và Công nghệ" is "so-khoa-hoc-va-cong-nghe"."""
    return fold(text).replace(" ", "-")


def storable(text: str) -> str:
    """A text that a person typed, without halves of characters that no database takes.

    >>> storable("Sở \\ud800")
    'Sở ?'
    """
    return text.encode("utf-8", "replace").decode()
