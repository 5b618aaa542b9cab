"""Names of centrally run bodies that serve several provinces ("Kho bạc Nhà nước khu vực V") → Agency."""

from __future__ import annotations

import re
from functools import cache

from graph.records import Agency
from graph.tables import rows, several
from graph.text import fold, slug
from graph.vocabulary import Level, System

_AREA = re.compile(r"(?P<head>.{4,60} khu vuc) (?P<number>\d{1,2}|[ivx]{1,5})")
_ROMAN = {"i": 1, "v": 5, "x": 10}


@cache
def _heads() -> dict[str, str]:
    return {fold(p): r["name"] for r in rows("regional_bodies") for p in (r["name"], *several(r["aliases"]))}


def regional(printed: str) -> Agency | None:
    """The regional body that a whole name means, its area in Arabic figures; None if it is none of the register's.

    >>> regional("KBNN khu vực IV").id
    'a.central.kho-bac-nha-nuoc-khu-vuc-4'
    """
    m = _AREA.fullmatch(fold(printed))
    if m is None or m["head"] not in _heads():
        return None
    number = int(m["number"]) if m["number"].isdigit() else _roman(m["number"])
    name = f"{_heads()[m['head']]} {number}"
    identity = f"a.central.{slug(name)}"
    return Agency(id=identity, name=name, jurisdiction="central", level=Level.CENTRAL, system=System.STATE)


def _roman(text: str) -> int:
    values = [_ROMAN[c] for c in text]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
