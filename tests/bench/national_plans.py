"""A size and a seed become the directives of a country: who issued what when, on whose authority, with which works.

No text is made here; every plan has random numbers of its own, so each can be made without the others.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from graph.agencies import agency_of
from graph.identity import Witness, place_slug, resolve
from graph.places import CENTRAL, provinces
from graph.records import Agency, DirectiveFacts
from graph.register import bodies, home
from graph.tables import rows
from graph.vocabulary import DirectiveType, EdgeType, Level, System
from tests.bench.national_words import (
    DEADLINES,
    FIELDS,
    MEASURES,
    OTHER_COMMUNE,
    OTHER_PROVINCE,
    OUTPUTS,
    PARTY_CENTRAL,
    PARTY_PROVINCE,
    QUALIFIERS,
    VERBS,
)

PERIOD_END = dt.date(2030, 12, 31)
_COORDINATORS = (0, 1, 1, 2, 3, 4)
#: Of so many coordinators of a commune's works one is a department of the province.
_FROM_ABOVE = 12
#: Who issues the State's plans.
_PEOPLE = "Ủy ban nhân dân {u}"


class Work(NamedTuple):
    """One task: indexes into the words, whose it is, and which tasks of the plan above it carries down."""

    ref: str
    text: str
    output: str
    deadline: int
    lead: Agency
    coordinators: tuple[Agency, ...]
    topic: tuple[int, int]  # field of work and which of its works
    above: tuple[int, ...] = ()


class Aim(NamedTuple):
    """One indicator: which measure, its values in 2026 and 2030, and who watches it."""

    ref: str
    measure: int
    values: tuple[int, int]
    watcher: Agency


class Tie(NamedTuple):
    """``source`` ``type`` ``target`` (None: the text itself), said with this ``wording``."""

    type: EdgeType
    source: Plan
    target: Plan | None
    wording: str


class Staff(NamedTuple):
    """Who works under a plan: the lead of each field, and those who only coordinate."""

    leads: tuple[Agency, ...]
    others: tuple[Agency, ...]
    above: tuple[Agency, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A directive before it is written. ``ties``: relations read from it; ``above``: whose tasks it carries down."""

    facts: DirectiveFacts
    issuer: Agency
    works: tuple[Work, ...]
    aims: tuple[Aim, ...]
    ties: tuple[Tie, ...] = ()
    above: Plan | None = field(default=None, repr=False)

    @property
    def id(self) -> str:
        """The id it gets in the graph, as long as no other plan of its place has its number and time."""
        witness = Witness("0" * 64, "this", self.facts, held=True)
        return resolve([witness])[witness.key].id

    @property
    def file(self) -> str:
        number = (self.facts.number or "").replace("/", "_")
        return f"{place_slug(self.facts.jurisdiction)}/{number}.txt"


@dataclass(frozen=True, slots=True)
class Country:
    """``size`` 1.0 is every province and commune; below, fewer of them; above, more tasks in every plan."""

    size: float
    seed: int

    def plans(self) -> Iterator[Plan]:
        """All directives, the upper before those that rest on them."""
        if not self.size > 0:
            raise ValueError(f"size must be more than 0, not {self.size}")
        centre = self._centre()
        yield from centre
        names = [p.name for p in provinces().values() if p.successor is None]
        count = max(2, round(len(names) * min(1.0, self.size) ** 0.5))
        for i in range(count):
            name = names[i * len(names) // count]
            share = min(1.0, self.size * len(names) / count)
            yield from self._province(name, centre, i, share)

    def _centre(self) -> list[Plan]:
        ministries = _staff(tuple(f.ministry for f in FIELDS), PARTY_CENTRAL, CENTRAL)
        party = Staff(_bodies(PARTY_CENTRAL, CENTRAL), ministries.leads)
        top = self._plan("57-NQ/TW", dt.date(2024, 12, 22), CENTRAL, "Bộ Chính trị", party, 40, 24)
        government = ("03/NQ-CP", dt.date(2025, 1, 9), CENTRAL, "Chính phủ", ministries)
        first = self._plan(*government, 130, 20, above=top, ties=[Tie(EdgeType.CASCADES_TO, top, None, "Thực hiện")])
        ties = [
            Tie(EdgeType.AMENDED_BY, first, None, "Sửa đổi, bổ sung"),
            Tie(EdgeType.CASCADES_TO, top, first, "thực hiện"),
            Tie(EdgeType.BASIS_FOR, top, None, "Căn cứ"),
        ]
        amended = ("71/NQ-CP", dt.date(2025, 4, 1), CENTRAL, "Chính phủ", ministries)
        return [top, first, self._plan(*amended, 120, 20, above=top, ties=ties)]

    def _province(self, name: str, centre: Sequence[Plan], i: int, share: float) -> Iterator[Plan]:
        rng = random.Random(f"{self.seed}:{name}")
        top, _, programme = centre
        departments = _staff(tuple(f.department for f in FIELDS), OTHER_PROVINCE, name)
        party = Staff(_bodies(PARTY_PROVINCE, name), departments.leads)
        day = dt.date(2025, 7, 1) + dt.timedelta(days=rng.randrange(60))
        committee = "Ban Thường vụ {T} ủy"
        ties = [Tie(EdgeType.CASCADES_TO, top, None, "Thực hiện"), Tie(EdgeType.BASIS_FOR, programme, None, "Căn cứ")]
        if i % 3 == 0:
            early = dt.date(2025, 3, 1) + dt.timedelta(days=rng.randrange(60))
            old = self._plan(f"{200 + rng.randrange(200)}-KH/TU", early, name, committee, party, 15, 0, top, ties[:1])
            yield old
            ties.append(Tie(EdgeType.SUPERSEDED_BY, old, None, "thay thế"))
        led = self._plan(f"{10 + rng.randrange(80):02}-KH/TU", day, name, committee, party, 40, 15, top, ties)
        yield led
        day += dt.timedelta(days=20 + rng.randrange(30))
        ties = [
            Tie(EdgeType.CASCADES_TO, led, None, "Triển khai"),
            Tie(EdgeType.CASCADES_TO, programme, None, "triển khai"),
            Tie(EdgeType.CASCADES_TO, top, led, "thực hiện"),
            Tie(EdgeType.BASIS_FOR, top, None, "Căn cứ"),
        ]
        number = f"{100 + rng.randrange(200)}/KH-UBND"
        state = self._plan(number, day, name, _PEOPLE, departments, 130, 20, programme, ties)
        yield state
        if i % 4 == 0:
            yield self._decision(name, state, led, departments, rng)
        yield from self._departments(name, day, state, top, departments, rng)
        communes = [r["name"] for r in rows("communes") if r["province"] == name]
        count = max(1, round(len(communes) * share))
        for k in range(count):
            commune = communes[k * len(communes) // count]
            yield self._commune(f"{commune}, {name}", k, day, state, led, top, departments)

    def _decision(self, name: str, state: Plan, led: Plan, departments: Staff, rng: random.Random) -> Plan:
        """What amends the State's plan."""
        ties = [
            Tie(EdgeType.AMENDED_BY, state, None, "Sửa đổi, bổ sung"),
            Tie(EdgeType.BASIS_FOR, led, None, "Căn cứ"),
        ]
        day = dt.date(2026, 3, 1) + dt.timedelta(days=rng.randrange(60))
        number = f"{400 + rng.randrange(500)}/QĐ-UBND"
        return self._plan(number, day, name, _PEOPLE, departments, 10, 0, state, ties)

    def _departments(
        self, name: str, day: dt.date, state: Plan, top: Plan, staff: Staff, rng: random.Random
    ) -> Iterator[Plan]:
        ties = [
            Tie(EdgeType.CASCADES_TO, state, None, "Triển khai"),
            Tie(EdgeType.CASCADES_TO, top, state, "thực hiện"),
            Tie(EdgeType.BASIS_FOR, top, None, "Căn cứ"),
        ]
        for index, kind in enumerate(FIELDS):
            if kind.code is None:
                continue
            number, issued = f"{20 + rng.randrange(60)}/KH-{kind.code}", day + dt.timedelta(days=60 + rng.randrange(60))
            own = Staff((staff.leads[index],), staff.leads + staff.others)
            yield self._plan(number, issued, name, kind.department, own, 25, 0, state, ties)

    def _commune(self, place: str, k: int, day: dt.date, state: Plan, led: Plan, top: Plan, above: Staff) -> Plan:
        office = _staff(tuple(f.office for f in FIELDS), OTHER_COMMUNE, place)
        issued = day + dt.timedelta(days=60 + k % 120)
        ties = [
            Tie(EdgeType.CASCADES_TO, state, None, "Triển khai"),
            Tie(EdgeType.CASCADES_TO, led, state, "triển khai"),
            Tie(EdgeType.CASCADES_TO, top, led, "thực hiện"),
            Tie(EdgeType.BASIS_FOR, led, None, "Căn cứ"),
            Tie(EdgeType.BASIS_FOR, top, None, "Căn cứ"),
        ]
        number, issuer = (f"{1 + k:02}/KH-UBND", _PEOPLE)
        if k % 3 == 2:
            number, issuer = f"{1 + k:02}-KH/ĐU", "Ban Thường vụ Đảng ủy"
        staff = Staff(office.leads, office.others, above.leads)
        return self._plan(number, issued, place, issuer, staff, 60, 3, state, ties)

    def _plan(
        self,
        number: str,
        day: dt.date,
        place: str,
        issuer: str,
        staff: Staff,
        tasks: int,
        aims: int,
        above: Plan | None = None,
        ties: Sequence[Tie] = (),
    ) -> Plan:
        rng = random.Random(f"{self.seed}:{place}:{number}")
        body = _agency(issuer, place)
        count = max(1, round(tasks * max(1.0, self.size)))
        works = tuple(_work(rng, i, staff, above) for i in range(count))
        measures = [_aim(rng, i, staff) for i in range(aims)]
        return Plan(_facts(number, day, place, body, above), body, works, tuple(measures), tuple(ties), above)


def _facts(number: str, day: dt.date, place: str, issuer: Agency, above: Plan | None) -> DirectiveFacts:
    symbol = number.split("-", 1)[1] if "/" not in number.split("-")[0] else number.split("/", 1)[1]
    kind = {"NQ": DirectiveType.RESOLUTION, "QĐ": DirectiveType.DECISION}.get(symbol[:2], DirectiveType.PLAN)
    level = Level.CENTRAL if place == CENTRAL else Level.COMMUNAL if "," in place else Level.PROVINCIAL
    of = f" thực hiện {above.facts.number}" if above else ""
    is_plan = kind is DirectiveType.PLAN
    return DirectiveFacts(
        number=number,
        symbol=symbol,
        type=kind,
        title=f"Phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số{of}",
        issued_on=day,
        issued_year=day.year,
        issuer=issuer.name,
        jurisdiction=place,
        level=level,
        system=System.PARTY if symbol.endswith(("/TU", "/ĐU", "/TW")) else System.STATE,
        plan=is_plan,
        period_start=day if is_plan else None,
        period_end=PERIOD_END if is_plan else None,
    )


def _work(rng: random.Random, i: int, staff: Staff, above: Plan | None) -> Work:
    upper: tuple[int, ...] = ()
    if above:
        first = rng.randrange(len(above.works))
        topic, upper = above.works[first].topic, (first,)
        if rng.random() < 0.08:
            upper = (first, *({rng.randrange(len(above.works))} - {first}))
    else:
        kind = rng.randrange(len(FIELDS))
        topic = (kind, rng.randrange(len(FIELDS[kind].works)))
    lead = staff.leads[topic[0] % len(staff.leads)]
    text = f"{rng.choice(VERBS)} {FIELDS[topic[0]].works[topic[1]]} {rng.choice(QUALIFIERS)}"
    helpers = _coordinators(rng, staff, lead)
    return Work(f"PL-II.{i + 1}", text, rng.choice(OUTPUTS), rng.randrange(len(DEADLINES)), lead, helpers, topic, upper)


def _coordinators(rng: random.Random, staff: Staff, lead: Agency) -> tuple[Agency, ...]:
    found: dict[str, Agency] = {}
    for _ in range(rng.choice(_COORDINATORS)):
        pool = staff.above if staff.above and rng.randrange(_FROM_ABOVE) == 0 else staff.leads + staff.others
        body = rng.choice(pool)
        if body.id != lead.id:
            found[body.id] = body
    return tuple(found.values())


def _aim(rng: random.Random, i: int, staff: Staff) -> Aim:
    measure = rng.randrange(len(MEASURES))
    low, high = MEASURES[measure].low, MEASURES[measure].high
    first = rng.randint(low, high)
    return Aim(f"PL-I.{i + 1}", measure, (first, rng.randint(first, high)), rng.choice(staff.leads))


@cache
def _agency(template: str, place: str) -> Agency:
    body = bodies()[template]
    return agency_of(body, home(body, place))


def _bodies(templates: Sequence[str], place: str) -> tuple[Agency, ...]:
    return tuple(_agency(template, place) for template in templates)


def _staff(leads: Sequence[str], others: Sequence[str], place: str) -> Staff:
    return Staff(_bodies(leads, place), _bodies(others, place))
