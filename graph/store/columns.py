"""Columns of nodes and edges, as a store reads them, become the arrays that a walk goes over.

The edges stand twice, in the order in which they are walked: by source (``down``) and by target (``up``), then by the
other end, type, asserted_by, role. The columns bring the edges of one pair of nodes in that order, so that the last two
need not be read. Every array has the smallest type that holds its numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from graph.store.walk_cache import Array
from graph.vocabulary import EdgeType, Label, Role

Bools = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.intp]

TYPES = sorted(EdgeType)
TYPE_CODES = {t.value: i for i, t in enumerate(TYPES)}
LABELS = sorted(Label)
LABEL_CODES = {label.value: i for i, label in enumerate(LABELS)}
ROLES = ["", *sorted(Role)]
ROLE_CODES = {role: i for i, role in enumerate(ROLES)}
NONE = -1
_WIDTHS = (np.int8, np.int16, np.int32)


def numbers_of(rows: Iterable[tuple[int, ...]], width: int) -> Array:
    """Rows of ``width`` integers (a cursor) as an array of columns: ``source, target = numbers_of(cursor, 2)``."""
    return np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, width).T


@dataclass(frozen=True, slots=True)
class NodeColumns:
    """The nodes in the order of their ids (code points).

    ``number``: the store's n, unique, not negative. ``label``: LABEL_CODES. ``since``: first day as a proleptic
    ordinal, 0 for none; ``until`` likewise: the last day of a directive's period or a task's deadline. ``level`` and
    ``place``: names or None; only those of directives count.
    """

    number: Array
    label: Array
    since: Array
    until: Array
    level: Sequence[str | None]
    place: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class EdgeColumns:
    """The edges; those of one pair of nodes in the order (type, asserted_by, role), else in any order.

    ``source`` and ``target``: n of the ends. ``type``: TYPE_CODES. ``role``: ROLE_CODES. ``row``: the store's own
    number of the edge.
    """

    source: Array
    target: Array
    type: Array
    role: Array
    row: Array


def arrange(nodes: NodeColumns, edges: EdgeColumns) -> tuple[dict[str, Array], list[str], list[str]]:
    """The arrays by name, the names of levels and of places; ValueError if an edge ends on a node that is not there."""
    directive = nodes.label == LABEL_CODES[Label.DIRECTIVE]
    levels, level = _coded(nodes.level, directive)
    places, place = _coded(nodes.place, directive)
    arrays = {"number": nodes.number, "label": nodes.label, "since": nodes.since, "until": nodes.until}
    arrays |= {"level": level, "place": place}
    rank = ranks_of(nodes.number)
    source, target = _ends(rank, edges.source), _ends(rank, edges.target)
    down = _order(source, target, len(nodes.number))
    up = down[np.argsort(target[down], kind="stable")]
    for name, origin, other, order in (("down", source, target, down), ("up", target, source, up)):
        first = np.zeros(len(nodes.number) + 1, dtype=np.int32)
        np.cumsum(np.bincount(origin, minlength=len(nodes.number)), out=first[1:])
        arrays[f"{name}.first"] = first
        arrays |= {
            f"{name}.other": other[order],
            f"{name}.type": edges.type[order],
            f"{name}.role": edges.role[order],
            f"{name}.row": edges.row[order],
        }
    small = {name: array if name.endswith("first") else _fitted(array) for name, array in arrays.items()}
    return small, levels, places


def _order(source: Array, target: Array, size: int) -> Indices:
    """The edges by (source, target), those of one pair in the order in which they came."""
    pair = source.astype(np.int64) * size + target
    order = np.argsort(pair)
    pair = pair[order]
    equal = pair[1:] == pair[:-1]
    several = np.flatnonzero(np.append(equal, False) | np.insert(equal, 0, False))
    came = order[several]
    order[several] = came[np.lexsort((came, pair[several]))]  # far quicker than a stable sort of all
    return order


def ranks_of(number: Array) -> Array:
    """Rank by number, -1 where there is no node."""
    ranks = np.full(int(number.max(initial=0)) + 1, NONE, dtype=np.int32)
    ranks[number] = np.arange(number.size)
    return ranks


def _ends(rank: Array, number: Array) -> Array:
    known = (number >= 0) & (number < rank.size)
    ranks = rank[np.where(known, number, 0)]
    lost = number[~known | (ranks == NONE)]
    if lost.size:
        raise ValueError(f"{lost.size} edges end on nodes that are not there, the first on n = {lost[0]}")
    return ranks


def _fitted(array: Array) -> Array:
    """The same numbers in the smallest type that holds them."""
    least, most = int(array.min(initial=0)), int(array.max(initial=0))
    for width in _WIDTHS:
        if np.iinfo(width).min <= least and most <= np.iinfo(width).max:
            return array.astype(width)
    return array.astype(np.int64)


def _coded(values: Sequence[str | None], counts: Bools) -> tuple[list[str], Array]:
    """Distinct values where they count, sorted, and the code of each value (-1: None, or does not count)."""
    said = [value if one else None for value, one in zip(values, counts.tolist(), strict=True)]
    names = sorted({value for value in said if value is not None})
    codes: dict[str | None, int] = {name: code for code, name in enumerate(names)} | {None: NONE}
    return names, np.fromiter((codes[value] for value in said), np.int32, len(said))
