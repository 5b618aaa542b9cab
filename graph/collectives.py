"""A printed collective → its normal name: "các Sở, ban, ngành có liên quan" is "Các sở, ngành liên quan"."""

from __future__ import annotations

import re
from functools import cache

from graph.tables import rows, several
from graph.text import fold

_HERE = re.compile(r" (?:cap |cua |trong |toan |tren dia ban )?(?:tinh|thanh pho)$")


@cache
def _names() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in rows("collectives"):
        for phrase in (row["name"], *several(row["aliases"])):
            table[fold(phrase)] = row["name"]
    return table


@cache
def _open() -> frozenset[str]:
    return frozenset(r["name"] for r in rows("collectives") if r["open"] == "yes")


def collective_name(printed: str) -> str:
    """The register's name of a collective, or the printed one with "Các" in front and plain wording.

    >>> collective_name("ban, sở, ngành tỉnh")
    'Các ban, sở, ngành'
    """
    key = fold(printed)
    known = _names().get(key) or _names().get(_HERE.sub("", key))
    if known:
        return known
    text = " ".join(printed.split()).replace("có liên quan", "liên quan")
    return text[:1].upper() + text[1:]


def is_central(name: str) -> bool:
    """Whether a collective's normal name means bodies of the Centre, wherever it is printed ("Các bộ, ngành").

    A list that goes on to localities is no longer the Centre's.
    """
    key = fold(name).removeprefix("cac ") + " "
    return (key.startswith("bo ") or "co quan trung uong " in key) and "dia phuong" not in key


def is_open(name: str) -> bool:
    """Whether a collective's normal name stands for those concerned, whoever they are (no list can be made)."""
    return name in _open() or fold(name).endswith("lien quan")
