"""A text and the places that claims rest on → pieces of text, each with the claims that cover it.

Places may overlap and nest: the text is cut where any begins or ends. Each place has an anchor, ``c120-184``, at the
piece where it begins, and the pieces put together are the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

Place = tuple[int, int]


class Piece(NamedTuple):
    """``anchors``: of the places that begin here; ``covers``: the places this piece is part of."""

    text: str
    anchors: tuple[str, ...]
    covers: tuple[Place, ...]


def anchor(start: int, end: int) -> str:
    """The name of a place (code points, half open)."""
    return f"c{start}-{end}"


def pieces(text: str, places: Collection[Place]) -> list[Piece]:
    """The text in pieces; places outside of the text are cut to it.

    >>> [(p.text, p.anchors) for p in pieces("abcd", [(1, 3), (2, 4)])]
    [('a', ()), ('b', ('c1-3',)), ('c', ('c2-4',)), ('d', ())]
    """
    ordered = sorted({(min(s, len(text)), min(e, len(text)), s, e) for s, e in places})
    begins: dict[int, list[tuple[int, int, Place]]] = defaultdict(list)
    for start, end, *place in ordered:
        begins[start].append((start, end, (place[0], place[1])))
    cuts = sorted({0, len(text), *(cut for start, end, *_ in ordered for cut in (start, end))})
    found: list[Piece] = []
    open_: list[tuple[int, int, Place]] = []
    for here, there in zip(cuts, [*cuts[1:], len(text)], strict=True):
        new = begins.get(here, [])
        open_ = [o for o in open_ if o[1] > here] + [n for n in new if n[1] > here]
        if here < there or new:
            anchors = tuple(anchor(*place) for *_, place in new)
            found.append(Piece(text[here:there], anchors, tuple(place for *_, place in open_)))
    return found
