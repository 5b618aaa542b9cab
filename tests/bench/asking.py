"""A national graph becomes a store, and the store's answers become times: the same questions to every engine."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from graph.assignments import owns
from graph.errors import UnknownId
from graph.lineage import followed, impact, trace
from graph.places import CENTRAL
from graph.records import Reading
from graph.store import open_store
from graph.store.base import Direction, Store
from graph.vocabulary import Follow, Level
from tests.bench.measure import Elsewhere, Timing, peak_mb, seconds_of, timed
from tests.bench.national import REFINEMENTS, readings, refinements
from tests.bench.national_plans import Country, Plan
from tests.bench.national_words import FIELDS

AS_OF = dt.date(2026, 11, 1)  # after every directive of the graph
LIMIT = 50
BATCH = 200  # readings of one transaction
RUNS = 60
RUNS_OF_ROOT = 15
THROUGH = followed(Follow.THROUGH)
LAST = followed(Follow.LAST_STEP)


class Asked(NamedTuple):
    """What is asked about: ids and words drawn evenly from a national graph."""

    root: str
    plans: list[str]  # the State plan of each province
    tasks: list[str]  # of communes
    agencies: list[str]  # ministries, departments and offices of communes
    searches: list[str]
    unknown: list[str]

    @property
    def nodes(self) -> list[str]:
        return [*self.plans, *self.tasks, *self.agencies]


class Load(NamedTuple):
    """``seconds``: in the store's own calls. ``peak``: MB of the writing process. The texts are made in another one."""

    readings: int
    seconds: float
    peak: float


class Answers(NamedTuple):
    """Times of each question, what the root's closure counts, and the memory (MB) of the asking process."""

    timings: dict[str, Timing]
    reached: int
    first: float  # seconds of the first closure after opening
    peak: float


def asked(size: float, seed: int) -> Asked:
    """Questions of a national graph; needs no store."""
    plans = list(Country(size, seed).plans())
    states = [p for p in plans if p.facts.level is Level.PROVINCIAL and (p.facts.number or "").endswith("KH-UBND")]
    communes = _some([p for p in plans if p.facts.level is Level.COMMUNAL], 30)
    leads = [p.works[0].lead.id for p in plans if p.facts.jurisdiction == CENTRAL]
    departments = [
        p.issuer.id for p in plans if p.facts.level is Level.PROVINCIAL and "/KH-S" in (p.facts.number or "")
    ]
    return Asked(
        root=plans[0].id,
        plans=[p.id for p in states],
        tasks=[_task(p, i) for i, p in enumerate(communes)],
        agencies=[*dict.fromkeys([*leads, *_some(departments, 30), *(p.works[0].lead.id for p in communes)])],
        searches=[
            *_some([kind.works[0] for kind in FIELDS], 6),
            "57-NQ/TW",
            "so khoa hoc cong nghe",
            "bệnh án điện tữ",
        ],
        unknown=[f"khong-co.{i}_kh-ubnd.2026" for i in range(5)],
    )


def opened(url: str, *, set_up: bool = False) -> Store:
    """The store at ``url``; a server's login stands in NEO4J_USERNAME and NEO4J_PASSWORD."""
    username, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
    return open_store(url, username=username, password=password, set_up=set_up)


def fill(store: Store, size: float, seed: int) -> Load:
    """Write the graph into an empty store."""
    count, seconds = 0, 0.0
    for batch in _batches(iter(Elsewhere(readings, size, seed))):
        _, took = seconds_of(partial(store.write_many, batch))
        count, seconds = count + len(batch), seconds + took
    inferred = Elsewhere(refinements, size, seed)
    _, took = seconds_of(lambda: store.infer(REFINEMENTS, inferred))
    return Load(count, seconds + took - inferred.seconds, peak_mb())


def load(url: str, size: float, seed: int) -> Load:
    """Open a store and write the graph into it."""
    with opened(url, set_up=True) as store:
        return fill(store, size, seed)


def answers(url: str, about: Asked) -> Answers:
    """Every question to the store at ``url``."""
    with opened(url) as store:
        totals, first = seconds_of(lambda: _closure(store, about.root))
        timings = {name: timed(ask, values, runs) for name, ask, values, runs in _questions(store, about)}
        return Answers(timings, totals, first, peak_mb())


def _questions(store: Store, about: Asked) -> Iterator[tuple[str, Callable[[Any], object], list[str], int]]:
    day = AS_OF
    yield ROOT_COUNTS, partial(_closure, store), [about.root], RUNS_OF_ROOT
    yield "impact of the root, 50 rows", lambda i: impact(store, i, as_of=day, limit=LIMIT), [about.root], RUNS_OF_ROOT
    yield "one-step neighbours", lambda i: store.neighbours(i, direction=Direction.DOWN, limit=LIMIT), about.nodes, RUNS
    yield (
        "one-step neighbours, up",
        lambda i: store.neighbours(i, direction=Direction.UP, limit=LIMIT),
        about.nodes,
        RUNS,
    )
    yield "impact of a province's plan", lambda i: impact(store, i, as_of=day, limit=LIMIT), about.plans, RUNS
    yield "trace of a task", lambda i: trace(store, i, as_of=day, limit=LIMIT), about.tasks, RUNS
    yield "ownership of an agency", lambda i: owns(store, [i], as_of=day, limit=LIMIT), about.agencies, RUNS
    yield "search", lambda text: store.search(text, limit=LIMIT), about.searches, RUNS
    yield UNKNOWN, partial(_unknown, store), about.unknown, RUNS


ROOT_COUNTS = "impact of the root, counts"
UNKNOWN = "unknown id"


def _closure(store: Store, node_id: str) -> int:
    """Items of the full closure, with all its totals."""
    found = store.closure(node_id, direction=Direction.DOWN, through=THROUGH, last=LAST, limit=0)
    return found.totals.items


def _unknown(store: Store, node_id: str) -> None:
    try:
        impact(store, node_id, as_of=AS_OF, limit=LIMIT)
    except UnknownId:
        return
    raise AssertionError(f"{node_id} should not be in the store")


def _batches(texts: Iterator[Reading]) -> Iterator[list[Reading]]:
    while batch := list(itertools.islice(texts, BATCH)):
        yield batch


def _some(values: list[Any], count: int) -> list[Any]:
    """At most ``count`` of the values, evenly spread."""
    return values[:: max(1, len(values) // count)][:count]


def _task(plan: Plan, i: int) -> str:
    return f"t.{plan.id}.{plan.works[i % len(plan.works)].ref}"
