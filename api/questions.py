"""An id, or a number however people write it → the one node that is meant; never a guess among several.

Number, printed date or year, type word, place and any other word typed must all fit. What a directive does not say of
itself (no date known) counts against it only where another one says it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from api.typed import Typed, typed
from graph.errors import AmbiguousNumber, UnknownId
from graph.lookup import moved
from graph.numbers import number_key
from graph.places import CENTRAL, canonical, split_jurisdiction, successor
from graph.records import Directive
from graph.store.base import Node, Store
from graph.text import fold
from graph.vocabulary import Label
from viz.labels import LEVELS, TYPES

_NEAREST = 5
_CENTRAL_WORDS = {"trung uong", "tw", "central", "ca nuoc"}
_UNITS = ("tinh ", "thanh pho ", "tp ", "xa ", "phuong ", "dac khu ", "thi tran ")


def find_node(store: Store, question: str, *, place: str | None = None) -> Node:
    """The node that ``question`` (an id or a number) and ``place`` mean.

    Raises AmbiguousNumber with all that fit, UnknownId with what comes near.
    """
    question = question.strip()
    known = store.nodes([question])
    if question in known:
        return known[question]
    if later := moved(store, question):
        return store.node(later)
    said = typed(question)
    if said.number is None:
        raise UnknownId(f"nothing has the id or number {question!r}; {nearest(store, question)}")
    fitting = store.directives_by_number(said.number)
    meant = narrowed(fitting, said, place)
    if len(meant) == 1:
        return store.node(meant[0].id)
    if meant:
        raise AmbiguousNumber(
            f"{len(meant)} directives fit {question!r}; choose one by its id, or narrow with --in PLACE, a date, "
            "a type word",
            [d.id for d in meant],
        )
    if fitting:
        where = f" in {place}" if place else ""
        known_as = ", ".join(d.id for d in fitting[:_NEAREST]) + now_part_of(place, dt.date.today())
        raise UnknownId(f"no directive fits {question!r}{where}; with this number there is: {known_as}")
    raise UnknownId(f"no directive {said.number} is known; {nearest(store, said.number)}")


def now_part_of(place: str | None, today: dt.date) -> str:
    """A hint for a province that was merged into another one; "" for every other place.

    >>> now_part_of("Thái Bình", dt.date(2026, 1, 1))
    '; Thái Bình is part of Hưng Yên now: try --in "Hưng Yên"'
    """
    known = canonical(place.strip()) if place else None
    later = successor(known, today) if known else None
    return f'; {known} is part of {later} now: try --in "{later}"' if later != known else ""


def nearest(store: Store, text: str) -> str:
    """What a search finds, as a hint behind an error."""
    hits = store.search(text, kinds=[Label.DIRECTIVE], limit=_NEAREST).hits
    ids = ", ".join(hit.node.id for hit in hits)
    return f"nearest: {ids}" if ids else "try `lineage search` with some of its words"


def narrowed(directives: Sequence[Directive], said: Typed, place: str | None) -> list[Directive]:
    """Those of the directives that fit all that was typed; one that alone has the exact separators goes first."""
    left = list(directives)
    left = _keep(left, lambda d: _same(d.type, said.type))
    left = _keep(left, lambda d: _same(d.issued_on, said.date))
    year = said.year or (said.date.year if said.date else None)
    left = _keep(left, lambda d: _same(d.issued_on.year if d.issued_on else d.issued_year, year))
    left = _keep(left, lambda d: in_place(d.jurisdiction, place) if place else True)
    left = [d for d in left if set(said.words) <= _words(d)]
    exact = [d for d in left if said.number and d.number and number_key(d.number) == number_key(said.number)]
    return exact if len(exact) == 1 else left


def in_place(jurisdiction: str | None, place: str) -> bool | None:
    """Whether a jurisdiction is the place: True, False, or None (not known, or only its province is the place).

    >>> in_place("Minh Xuân, Tuyên Quang", "phường Minh Xuân")
    True
    """
    if jurisdiction is None:
        return None
    wanted = fold(place)
    if wanted in _CENTRAL_WORDS or jurisdiction == CENTRAL:
        return jurisdiction == CENTRAL and wanted in _CENTRAL_WORDS
    commune, _, province = jurisdiction.rpartition(",")
    if _named(place) == _named(commune or province) or wanted == fold(jurisdiction):
        return True
    asked = place.rpartition(",")
    if asked[0] and (_named(asked[0]), _named(asked[2])) == (_named(commune), _named(province)):
        return True
    return None if commune and _named(place) == _named(province) else False


def jurisdiction_of(place: str | None) -> str | None:
    """A place as people type it, as the jurisdiction of a directive; what no register knows stays as it is.

    >>> jurisdiction_of("hung yen"), jurisdiction_of("trung ương")
    ('Hưng Yên', 'central')
    """
    if place is None or not place.strip():
        return None
    if in_place(CENTRAL, place):
        return CENTRAL
    commune, province = split_jurisdiction(place)
    known = canonical(province or place) or (province or place).strip()
    return f"{commune}, {known}" if commune else known


def _keep(directives: list[Directive], fits: Callable[[Directive], bool | None]) -> list[Directive]:
    sure = [d for d in directives if fits(d) is True]
    return sure or [d for d in directives if fits(d) is None]


def _same(known: object, wanted: object) -> bool | None:
    if wanted is None:
        return True
    return None if known is None else known == wanted


def _named(place: str) -> str:
    """A place without the word for its kind: "tỉnh Hưng Yên" and "Hung Yen" are one."""
    province = canonical(place.strip())
    folded = fold(province or place)
    unit = next((u for u in _UNITS if folded.startswith(u) and len(folded) > len(u)), "")
    return folded.removeprefix(unit)


def _words(directive: Directive) -> set[str]:
    level = LEVELS[directive.level] if directive.level else ""
    kind = TYPES[directive.type] if directive.type else ""
    place = "trung ương chính phủ" if directive.jurisdiction == CENTRAL else directive.jurisdiction
    said = (directive.title, directive.issuer, place, level, kind, directive.number, str(directive.issued_year or ""))
    return set(fold(" ".join(s for s in said if s)).split()) | {"tinh", "uy", "xa", "phuong", "thanh", "pho"}
