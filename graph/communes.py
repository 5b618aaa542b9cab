"""The name of a commune → its province, where only one province has a commune of that name.

The 3,321 communes, wards and special zones since 01/7/2025 (graph/data/communes.tsv). A name that several provinces
share tells nothing: 2,743 of 2,990 names are unique.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

from graph.tables import rows
from graph.text import fold

#: Before this day other communes existed, some of them with the same names elsewhere.
SINCE = dt.date(2025, 7, 1)


def province_of(name: str, kind: str | None = None, on: dt.date | None = None) -> str | None:
    """The province of a commune ("Minh Xuân", kind "phường") in a text of a date; None if it is not certain.

    >>> province_of("Minh Xuân", "phường")
    'Tuyên Quang'
    """
    if on is not None and on < SINCE:
        return None
    for key in (name.casefold(), fold(name)):
        found = {province for k, province in _by_name().get(key, ()) if kind is None or k == kind.casefold()}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


@cache
def _by_name() -> dict[str, frozenset[tuple[str, str]]]:
    """(kind, province) of all communes by their name as written and by its folded spelling."""
    table: dict[str, set[tuple[str, str]]] = {}
    for row in rows("communes"):
        for key in {row["name"].casefold(), fold(row["name"])}:
            table.setdefault(key, set()).add((row["kind"], row["province"]))
    return {key: frozenset(found) for key, found in table.items()}
