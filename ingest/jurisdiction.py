"""A cited number and its printed issuer, in a text of a known place → the jurisdiction of what is cited.

Central codes are central. Codes that every place has (KH/TU, QĐ-UBND) take the place printed after the issuer, else
the citing text's own: in a ward's text "Tỉnh ủy" is its province's, "Đảng ủy phường" and a bare QĐ-UBND its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.numbers import DirectiveNumber, issuer_codes
from graph.places import canonical, places_in, split_jurisdiction
from graph.records import DirectiveFacts
from graph.vocabulary import Level
from ingest.flat import flat
from ingest.issuers import issuer_scope, named_place

CENTRAL = "central"


@dataclass(frozen=True, slots=True)
class Home:
    """The citing text's own place: ``own`` is its jurisdiction, ``province`` the province it lies in."""

    own: str | None
    province: str | None

    @classmethod
    def of(cls, this: DirectiveFacts) -> Home:
        province = split_jurisdiction(this.jurisdiction)[1]
        return cls(this.jurisdiction, province if province and canonical(province) else None)


def level_of(jurisdiction: str | None) -> Level | None:
    """Level of a jurisdiction; None where it is unknown or a former district's."""
    if jurisdiction is None:
        return None
    if jurisdiction == CENTRAL:
        return Level.CENTRAL
    commune, _ = split_jurisdiction(jurisdiction)
    if commune is None:
        return Level.PROVINCIAL if canonical(jurisdiction) else Level.COMMUNAL
    return None if commune.startswith(("huyện ", "quận ", "thị xã ", "thành phố ")) else Level.COMMUNAL


def jurisdiction_of(number: DirectiveNumber, issuer: str | None, home: Home) -> tuple[str | None, bool]:
    """(place, whether the text itself prints what decides it); the place is None where nothing tells it.

    >>> jurisdiction_of(DirectiveNumber.parse("24-KH/TU"), "Tỉnh ủy", Home("Minh Xuân, Tuyên Quang", "Tuyên Quang"))
    ('Tuyên Quang', True)
    """
    code = number.issuer_code
    scope = code.scope if code else None
    guessed = code is not None and code.code.upper() not in issuer_codes()
    if _central_series(number) or (scope == CENTRAL and not (guessed and issuer)):
        return CENTRAL, True
    if issuer:
        place = _printed(issuer, home)
        if place:
            return place, True
    if guessed and scope == CENTRAL:
        return CENTRAL, True
    if scope == "provincial":
        return home.province, False
    if scope in ("own", "communal"):
        return (home.own if home.own != CENTRAL or (scope == "own" and not _local(number)) else None), False
    if code is None and not number.party and home.own != CENTRAL:
        return home.own, False
    return None, False


def _central_series(number: DirectiveNumber) -> bool:
    return number.issuer.upper().endswith("TW")


def _local(number: DirectiveNumber) -> bool:
    """Codes that only places have: a ministry's text that cites 12/QĐ-UBND does not cite its own."""
    return number.issuer.startswith(("UBND", "HĐND", "TU"))


def _printed(issuer: str, home: Home) -> str | None:
    scope = issuer_scope(issuer)
    if scope == CENTRAL:
        return CENTRAL
    if scope is None:
        return None
    named = [p for _, _, p in places_in(issuer) if not flat(p.name).startswith("hoi")]
    local = next((p for p in named if not p.is_province), None)
    province = next((p.name for p in named if p.is_province), None) or next(
        (p.province for p in named if p.province), None
    )
    if scope == "provincial":
        name = named_place(issuer)
        return province or (canonical(name) if name else None) or home.province
    province = province or home.province
    if local is not None:
        known = (
            local.jurisdiction if local.province else f"{local.jurisdiction}, {province}" if province else local.name
        )
        unit = "Quận" if local.kind == "quận" else "huyện"
        return (
            f"{unit} {known}"
            if scope == "district" and not known.startswith(("huyện", "quận", "thị xã", "thành phố"))
            else known
        )
    name = named_place(issuer)
    if name:
        kind = "huyện " if scope == "district" else ""
        return f"{kind}{name}, {province}" if province else name
    return home.own if scope == "communal" and home.own and "," in home.own else None
