"""The register of bodies (data files) → look-up tables: names and short forms, levels, parents, former names.

A name is a template: "{u}" stands for tỉnh or thành phố, "{T}" for Tỉnh or Thành, "{p}" for the place's name. Communes
have no unit word in their canonical names ("Ủy ban nhân dân" of "Minh Xuân, Tuyên Quang"), so that a text that leaves
out "phường" names the same body.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from graph.places import CENTRAL, provinces, split_jurisdiction
from graph.tables import date_or_none, rows, several
from graph.text import slug
from graph.vocabulary import AgencyKind, Level, System
from graph.words import Phrases

LEVELS = {"central": Level.CENTRAL, "province": Level.PROVINCIAL, "commune": Level.COMMUNAL}


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the register. ``valid_from`` and ``valid_to`` (inclusive) are None where it is not bounded.

    ``bare``: the name stands for the body without a place behind it ("Sở Y tế", but not "Thuế" or "Thanh tra").
    """

    template: str
    levels: tuple[Level, ...]
    system: System
    kind: AgencyKind
    aliases: tuple[str, ...]
    parent: str | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    bare: bool

    @property
    def slug(self) -> str:
        """Readable part of its ids, the same for a province and for a city."""
        return slug(_bare(self.template).replace("{T}", "Tỉnh"))

    def name(self, jurisdiction: str | None) -> str:
        """Full name at a place: "Công an tỉnh", "Công an thành phố", for a commune "Công an"."""
        commune, province = split_jurisdiction(jurisdiction)
        city = province in provinces() and provinces()[province].city
        town = commune.startswith("thành phố ") if commune else city
        unit = "" if commune or Level.PROVINCIAL not in self.levels else ("thành phố" if city else "tỉnh")
        text = self.template.replace("{u}", unit).replace("{T}", "Thành" if town else "Tỉnh")
        return " ".join(text.replace("{p}", province or "").split())


@dataclass(frozen=True, slots=True)
class Succession:
    """``name`` was merged or renamed into ``successor`` on ``date`` (templates; same place)."""

    name: str
    successor: str
    date: dt.date


@cache
def bodies() -> dict[str, Body]:
    """All bodies by template."""
    return {
        r["name"]: Body(
            r["name"], tuple(LEVELS[x] for x in r["levels"].split(",")), System(r["system"]), AgencyKind(r["kind"]),
            several(r["aliases"]), r["parent"] or None, date_or_none(r["valid_from"]), date_or_none(r["valid_to"]),
            r["bare"] == "yes",
        )
        for r in rows("bodies")
    }  # fmt: skip


@cache
def bodies_by_slug() -> dict[str, tuple[Body, ...]]:
    """Bodies by the name part of their ids; several only where their levels differ."""
    table: dict[str, tuple[Body, ...]] = {}
    for body in bodies().values():
        table[body.slug] = (*table.get(body.slug, ()), body)
    return table


@cache
def body_phrases() -> Phrases[tuple[Body, ...]]:
    """Names and short forms of all bodies without their places; several bodies where they differ in level only."""
    found: dict[str, tuple[Body, ...]] = {}
    for body in bodies().values():
        for phrase in spellings(body):
            found[phrase] = (*(b for b in found.get(phrase, ()) if b is not body), body)
    return Phrases(sorted(found.items()))


def spellings(body: Body) -> tuple[str, ...]:
    """All names of a body without the place behind it, in the order of the register."""
    phrases: dict[str, None] = {}
    for template in (body.template, *body.aliases):
        for unit in ("Tỉnh", "Thành") if "{T}" in template else ("",):
            phrases[" ".join(_bare(template).replace("{T}", unit).split())] = None
    return tuple(phrases)


@cache
def ambiguous() -> dict[str, tuple[str, ...]]:
    """Short forms that stand for several bodies, with what they may be; they resolve to none."""
    return {r["short"]: several(r["may_be"]) for r in rows("ambiguous_names")}


@cache
def successions() -> tuple[Succession, ...]:
    return tuple(Succession(r["name"], r["successor"], dt.date.fromisoformat(r["date"])) for r in rows("successions"))


def home(body: Body, jurisdiction: str | None) -> str | None:
    """The jurisdiction of a body spoken of without a place in a text of ``jurisdiction``.

    A ward's text means its own "Đảng ủy", its province's "Sở Y tế" and the Centre's "Bộ Y tế".
    """
    commune, province = split_jurisdiction(jurisdiction)
    if body.levels == (Level.CENTRAL,):
        return CENTRAL
    if commune and Level.COMMUNAL in body.levels:
        return jurisdiction
    return province or jurisdiction


def _bare(template: str) -> str:
    return " ".join(template.replace("{u}", "").replace("{p}", "").split())
