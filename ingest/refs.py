"""Place of an item in its outline → its ref: unique in the text, ASCII, safe in a URL ("IV.3.a", "PL-II.III.15")."""

from __future__ import annotations

import re

from graph.text import strip_marks

_MAX = 60
_LONG_PART = 16


class Refs:
    """Gives out refs; a second item at the same place gets "-2", and so on in reading order.

    >>> refs = Refs()
    >>> refs.take("IV.3.đ"), refs.take("IV.3.đ")
    ('IV.3.dd', 'IV.3.dd-2')
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def take(self, *parts: str | None) -> str:
        base = ".".join(s for part in parts if part and (s := safe(_short(part))))[:_MAX].strip(".-") or "item"
        ref, again = base, self._last.get(base, 1)
        while ref in self._taken:
            again += 1
            ref = f"{base}-{again}"
        self._taken.add(ref)
        self._last[base] = again
        return ref


def _short(part: str) -> str:
    """The title of an attached text as the initials of its type: "KẾ HOẠCH Phát triển dữ liệu …" is "KH"."""
    head = re.match(r"[^\W\d_a-z]+(?: [^\W\d_a-z]+){0,3}(?= |$)", part) if len(part) > _LONG_PART else None
    kind = [w for w in (head.group().split() if head else []) if w.isupper()]
    return "".join(w[0] for w in kind) if len(kind) > 1 else part


def safe(part: str) -> str:
    """ASCII letters and digits of a place, case kept, đ as "dd": "PL II" is "PL-II"."""
    part = part.replace("Đ", "DD").replace("đ", "dd")
    letters = "".join(strip_marks(c).upper() if c.isupper() else strip_marks(c) for c in part)
    return re.sub(r"[^A-Za-z0-9.]+", "-", letters).strip("-.")
