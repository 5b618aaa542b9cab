"""The national graph of the benchmarks is valid, quotes its texts, is one graph for one seed, and has its shape."""

from __future__ import annotations

import itertools
from collections import Counter

import networkx as nx  # type: ignore[import-untyped]
import pytest

from graph.records import THIS, Directive, Edge, Evidence, Reading, Task
from graph.vocabulary import EDGE_SPECS, EdgeType, Follow, Label, Level
from tests.bench.national import census, readings, refinements
from tests.graph.oracle import Graph

SIZE = 0.001


@pytest.fixture(scope="module")
def texts() -> list[Reading]:
    return list(readings(SIZE))


@pytest.fixture(scope="module")
def graph(texts: list[Reading]) -> Graph:
    return Graph.of(texts)


def _quotes(reading: Reading) -> list[Evidence]:
    cited = [m.evidence for m in (reading.this, *reading.mentions)]
    rows = [task.evidence for task in reading.tasks] + [row.evidence for row in reading.indicators]
    targets = [target.evidence for row in reading.indicators for target in row.targets]
    said = [edge.evidence for edge in reading.edges]
    return [evidence for evidence in (*cited, *rows, *targets, *said) if evidence is not None]


def test_every_record_is_valid_and_every_quote_stands_in_its_place(texts: list[Reading]) -> None:
    assert len(texts) > 20
    for reading in texts:
        assert Reading.model_validate_json(reading.model_dump_json()) == reading
        lines = reading.text.split("\n")
        for evidence in _quotes(reading):
            assert reading.text[evidence.start : evidence.end] == evidence.quote != ""
            assert evidence.quote in lines[evidence.line - 1]
            assert (evidence.file, evidence.sha256) == (reading.file, reading.sha256)


def test_what_is_read_carries_its_quote_and_only_the_register_speaks_without(texts: list[Reading]) -> None:
    for edge in itertools.chain.from_iterable(r.edges for r in texts):
        assert (edge.evidence is None) == (edge.asserted_by is None) == (edge.method == "register")


def test_one_seed_is_one_country() -> None:
    again = (list(readings(SIZE, seed)) for seed in (0, 0, 1))
    first, same, other = again
    assert first == same != other
    assert list(refinements(SIZE)) == list(refinements(SIZE)) != list(refinements(SIZE, 1))


def test_no_two_texts_are_one_directive_and_every_cited_one_is_held(texts: list[Reading], graph: Graph) -> None:
    held = [node.record for node in graph.nodes.values() if isinstance(node.record, Directive)]
    assert len(held) == len(texts) == len({r.file for r in texts}) == len({r.sha256 for r in texts})
    assert all(d.held and not d.candidates and d.issued_on for d in held)


def test_ends_of_inferred_edges_are_tasks_of_the_graph(graph: Graph) -> None:
    found = list(refinements(SIZE))
    assert len({(e.source, e.target) for e in found}) == len(found) > 1000
    for edge in found:
        source, target = graph.nodes[edge.source].record, graph.nodes[edge.target].record
        assert isinstance(source, Task) and isinstance(target, Task)
        assert edge.asserted_by is None and edge.evidence is None and 0 < edge.confidence < 1


def test_all_but_superseded_plans_and_uninvolved_bodies_are_reached_from_the_root(graph: Graph) -> None:
    followed = {t for t, spec in EDGE_SPECS.items() if spec.follow in (Follow.THROUGH, Follow.LAST_STEP)}
    edges = [*graph.edges, *refinements(SIZE)]
    walked = nx.DiGraph((e.source, e.target) for e in edges if e.type in followed)
    root = next(i for i, n in graph.nodes.items() if isinstance(n.record, Directive) and n.record.number == "57-NQ/TW")
    reached = nx.descendants(walked, root) | {root}
    missing = [node for i, node in graph.nodes.items() if i not in reached]
    assert {n.label for n in missing} == {Label.AGENCY} and len(missing) < len(graph.of_label(Label.AGENCY)) / 2


def test_census_counts_the_graph(graph: Graph) -> None:
    found = census(SIZE, 0)
    assert found.nodes == {label: len(graph.of_label(label)) for label in sorted(Label)}
    read: Counter[EdgeType] = Counter(edge.type for edge in graph.edges)
    assert {t: n for t, n in found.edges.items() if t is not EdgeType.REFINED_BY} == dict(sorted(read.items()))
    assert found.edges[EdgeType.REFINED_BY] == sum(1 for _ in refinements(SIZE))


def test_larger_is_more_places_and_beyond_one_longer_plans() -> None:
    small, large = (Counter(r.this.level for r in readings(size)) for size in (0.001, 0.004))
    assert small[Level.CENTRAL] == large[Level.CENTRAL] == 3
    assert small[Level.COMMUNAL] < large[Level.COMMUNAL] and small[Level.PROVINCIAL] <= large[Level.PROVINCIAL]
    usual, double = (next(iter(readings(size))) for size in (1.0, 2.0))
    assert len(double.tasks) == 2 * len(usual.tasks)


def test_a_size_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 0"):
        next(iter(readings(0)))


def test_an_edge_of_a_reading_names_what_the_reading_describes(texts: list[Reading]) -> None:
    def ends(edge: Edge) -> set[str]:
        return {edge.source, edge.target}

    for reading in texts:
        rows = {task.ref for task in reading.tasks} | {row.ref for row in reading.indicators}
        known = rows | {THIS} | {m.ref for m in reading.mentions} | {a.id for a in reading.agencies}
        assert set().union(*(ends(edge) for edge in reading.edges)) <= known
