"""Measured stores and peers become tables: load and memory, questions, peers, and each aim met or missed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.bench.asking import ROOT_COUNTS, UNKNOWN, Answers, Load
from tests.bench.bare_cypher import Bare, BareLoad
from tests.bench.measure import Timing
from tests.bench.peers import Peer


class Embedded(NamedTuple):
    """``counts``: nodes and edges; ``file_mb``: size of the store's file; ``cold``: whole processes."""

    counts: tuple[int, int]
    file_mb: float
    load: Load
    answers: Answers
    cold: Timing
    networkx: Peer
    rustworkx: Peer


class Neo4j(NamedTuple):
    """``server_peak``: MB of the server through load and questions, None if it is not ours.

    Loads by hand: ``bare_graph`` of nodes and edges, their ids unique; ``bare_all`` of every row of the store (what the
    texts say, words, counts) under all its constraints and indexes.
    """

    load: Load
    answers: Answers
    server_peak: float | None
    bare: Bare
    bare_graph: BareLoad
    bare_all: BareLoad


class Aim(NamedTuple):
    """``value`` must be at most ``bound`` (``at_least``: at least)."""

    name: str
    value: float
    bound: float
    unit: str
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.value >= self.bound if self.at_least else self.value <= self.bound


def report(embedded: Embedded, neo: Neo4j | None) -> str:
    """All tables as text."""
    nodes, edges = embedded.counts
    lines = [
        f"{embedded.load.readings:,} texts, {nodes:,} nodes, {edges:,} edges; {embedded.answers.reached:,} reached"
    ]
    for table in (_loads(embedded, neo), _questions(embedded, neo), _closures(embedded, neo), _aims(embedded, neo)):
        lines += ["", *table]
    return "\n".join(lines)


def aims(embedded: Embedded, neo: Neo4j | None) -> list[Aim]:
    """What was aimed at, with what was measured."""
    root = embedded.answers.timings[ROOT_COUNTS].p50
    found = [
        Aim("embedded full closure / rustworkx descendants", root / embedded.rustworkx.descendants.p50, 1.5, "×"),
        Aim("networkx descendants / embedded full closure", embedded.networkx.descendants.p50 / root, 5, "×", True),
        *_quick("embedded", embedded.answers, 50),
        Aim("embedded memory, loading", embedded.load.peak, 1000, "MB"),
        Aim("embedded memory, asking", embedded.answers.peak, 1000, "MB"),
        Aim("embedded cold `lineage impact` p95", embedded.cold.p95, 2, "s"),
    ]
    if neo:
        found += [
            Aim("Neo4j full closure / hand-written Cypher", _root(neo) / neo.bare.closure.p50, 1.2, "×"),
            Aim("load into Neo4j / bare UNWIND, same rows, schema", neo.load.seconds / neo.bare_all.seconds, 1.5, "×"),
            Aim("load into Neo4j / bare UNWIND, graph only", neo.load.seconds / neo.bare_graph.seconds, 1.5, "×"),
            *_quick("Neo4j", neo.answers, 300),
        ]
    return found


def _root(neo: Neo4j) -> float:
    return neo.answers.timings[ROOT_COUNTS].p50


def _quick(engine: str, found: Answers, bound: float) -> Iterator[Aim]:
    """Every question but the root's has ``bound`` ms for its 95th percentile; an unknown id 20 ms."""
    for name, timing in found.timings.items():
        if name not in _OF_ROOT:
            yield Aim(f"{engine}, {name}, p95", timing.p95 * 1000, 20 if name == UNKNOWN else bound, "ms")


_OF_ROOT = (ROOT_COUNTS, "impact of the root, 50 rows")


def _loads(embedded: Embedded, neo: Neo4j | None) -> Iterator[str]:
    yield f"{'load':<44}{'seconds':>10}{'client MB':>12}{'server MB':>12}"
    yield _load_row(f"embedded ({embedded.file_mb:,.0f} MB file)", embedded.load.seconds, embedded.load.peak, None)
    if neo:
        yield _load_row("Neo4j", neo.load.seconds, neo.load.peak, neo.server_peak)
        for what, bare in (("same rows, schema", neo.bare_all), ("graph only", neo.bare_graph)):
            yield _load_row(f"bare UNWIND, {what} ({bare.rows:,})", bare.seconds, None, None)


def _load_row(name: str, seconds: float, client: float | None, server: float | None) -> str:
    memory = "".join(f"{f'{mb:,.0f}' if mb is not None else '-':>12}" for mb in (client, server))
    return f"{name:<44}{seconds:>10.1f}{memory}"


def _questions(embedded: Embedded, neo: Neo4j | None) -> Iterator[str]:
    engines = {"embedded": embedded.answers} | ({"Neo4j": neo.answers} if neo else {})
    yield f"{'question, ms':<34}{'n':>5}" + "".join(f"{f'{e} p50':>14}{'p95':>9}" for e in engines)
    for name, timing in embedded.answers.timings.items():
        cells = [answers.timings[name] for answers in engines.values()]
        yield f"{name:<34}{timing.n:>5}" + "".join(_ms(cell) for cell in cells)
    yield f"{'first closure after opening':<39}" + "".join(f"{a.first * 1000:>14.1f}{'':>9}" for a in engines.values())
    yield f"{'cold `lineage impact`, process':<34}{embedded.cold.n:>5}{_ms(embedded.cold)}"
    yield f"{'memory of the asking process, MB':<39}" + "".join(f"{a.peak:>14,.0f}{'':>9}" for a in engines.values())


def _closures(embedded: Embedded, neo: Neo4j | None) -> Iterator[str]:
    """Everything below the root; the ratio is to the embedded store's median."""
    mine = embedded.answers.timings[ROOT_COUNTS]
    rows: list[tuple[str, Timing, float | None, float]] = [("embedded, with totals", mine, None, embedded.answers.peak)]
    peers = (("networkx.descendants", embedded.networkx), ("rustworkx.descendants", embedded.rustworkx))
    rows += [(name, peer.descendants, peer.build, peer.peak) for name, peer in peers]
    if neo:
        rows.append(("Neo4j, with totals", neo.answers.timings[ROOT_COUNTS], None, neo.answers.peak))
        rows.append(("hand-written Cypher, counts", neo.bare.closure, None, 0.0))
    yield f"{'full closure of the root, ms':<34}{'n':>5}{'p50':>14}{'p95':>9}{'ratio':>9}{'build s':>10}{'MB':>8}"
    for name, timing, build, peak in rows:
        made = f"{build:.2f}" if build is not None else "-"
        ratio = timing.p50 / mine.p50
        yield f"{name:<34}{timing.n:>5}{_ms(timing)}{ratio:>9.2f}{made:>10}{f'{peak:,.0f}' if peak else '-':>8}"


def _aims(embedded: Embedded, neo: Neo4j | None) -> Iterator[str]:
    yield f"{'aim':<52}{'measured':>12}{'aim':>12}"
    for aim in aims(embedded, neo):
        sign = "≥" if aim.at_least else "≤"
        bound = f"{sign} {aim.bound:g} {aim.unit}"
        yield f"{aim.name:<52}{f'{aim.value:,.2f} {aim.unit}':>12}{bound:>12}  {'met' if aim.met else 'missed'}"


def _ms(timing: Timing) -> str:
    return f"{timing.p50 * 1000:>14.2f}{timing.p95 * 1000:>9.2f}"
