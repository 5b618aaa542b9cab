"""All Cypher stands in one file, walks breadth first, finds nodes by index, and leaves a graph that reads by itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph.store import cypher, neo4j_values, open_store
from graph.vocabulary import EDGE_SPECS, EdgeType, Follow, Label, sources
from ingest.batch import ingest_files
from tests.neo4j_server.database import Login, wipe

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(p for p in (ROOT / "ingest" / "samples").iterdir() if p.suffix in (".txt", ".md"))
OWNERS = {ROOT / "graph" / "store" / "cypher.py"}
CODE = sorted(p for folder in ("graph", "ingest", "api", "viz") for p in (ROOT / folder).rglob("*.py"))
SPEECH = re.compile(
    r"\b(?:OPTIONAL )?MATCH \(|\bMERGE \(|\bUNWIND \$?\w+ AS\b|\bCALL (?:db|dbms)\.|\bDETACH DELETE\b"
    r"|\bCREATE (?:CONSTRAINT|FULLTEXT INDEX|\(\w*:)|\bSHOW (?:INDEXES|CONSTRAINTS)\b"
)


# -- one file


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (d:Directive) RETURN d",
        "UNWIND $ids AS id",
        "CALL db.awaitIndexes(300)",
        "MERGE (s:LedgerState {name: 'store'})",
        "SHOW INDEXES YIELD name",
    ],
)
def test_cypher_is_known_when_it_is_seen(text: str) -> None:
    assert SPEECH.search(text)


@pytest.mark.parametrize(
    "text", ["CREATE TABLE nodes (id TEXT)", "words MATCH ?", "a match (of words)", "DELETE FROM x"]
)
def test_sql_and_prose_are_no_cypher(text: str) -> None:
    assert not SPEECH.search(text)


def test_cypher_stands_in_one_file_only() -> None:
    speaking = {path for path in CODE if any(SPEECH.search(text) for text in strings(path))}
    assert speaking == OWNERS


def strings(path: Path) -> Iterator[str]:
    """Every string of a module that is no docstring; an f-string without its holes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


# -- how the server goes about it


@pytest.fixture(scope="module")
def filled(neo4j_server: Login, neo4j_driver: neo4j.Driver) -> neo4j.Driver:
    """The shared server with the samples in it, ingested by the program: read only here."""
    wipe(neo4j_driver)
    login = neo4j_server
    with open_store(login.uri, username=login.username, password=login.password, set_up=True) as store:
        report = ingest_files(SAMPLES, store)
    assert not report.failed
    neo4j_driver.execute_query("CALL db.prepareForReplanning()")  # plans for what is there now, not for what was
    return neo4j_driver


def operators(driver: neo4j.Driver, statement: str) -> list[str]:
    """The steps of the server's plan, e.g. NodeUniqueIndexSeek."""
    values = {name: SAMPLE_VALUES.get(name, "x") for name in set(re.findall(r"\$(\w+)", statement))}
    with driver.session(database="neo4j", default_access_mode=neo4j.WRITE_ACCESS) as session:
        plan = session.run(f"EXPLAIN {statement}", values).consume().plan
    assert plan is not None
    return list(_steps(plan))


def _steps(plan: dict[str, Any]) -> Iterator[str]:
    yield f"{plan['operatorType'].removesuffix('@neo4j')} {plan['args'].get('Details', '')}"
    for child in plan.get("children", ()):
        yield from _steps(child)


SAMPLE_VALUES: dict[str, Any] = {"ids": ["x"], "many": ["x"], "rows": [], "limit": 10, "labels": None, "items": None}
THROUGH = frozenset(t for t, spec in EDGE_SPECS.items() if spec.follow is Follow.THROUGH)
LAST = frozenset(t for t, spec in EDGE_SPECS.items() if spec.follow is Follow.LAST_STEP)


def closure_statements() -> Iterator[tuple[str, str]]:
    for start, down, depth, dated in product([Label.DIRECTIVE, Label.TASK], [True, False], [None, 2], [False, True]):
        closure = cypher.Closure(start, down, THROUGH, depth, dated)
        name = f"{start} {'down' if down else 'up'} depth={depth} dated={dated}"
        yield f"{name} counts", closure.counts()
        yield f"{name} first", closure.first()
        yield f"{name} ends", closure.ends(LAST)
        yield f"{name} distances", closure.distances()
        yield f"{name} agencies", closure.agencies()
        yield f"{name} roles", closure.agencies(roles=True)
        yield f"{name} quarters", closure.quarters()


def test_every_closure_walks_breadth_first_and_prunes(filled: neo4j.Driver) -> None:
    for name, statement in closure_statements():
        steps = operators(filled, statement)
        walks = [step for step in steps if step.startswith("VarLengthExpand")]
        assert walks and all(step.startswith("VarLengthExpand(Pruning,BFS") for step in walks), f"{name}: {steps}"
        assert any(step.startswith("NodeUniqueIndexSeek") for step in steps), f"{name}: {steps}"


def lookups() -> Iterator[tuple[str, str]]:
    """Every statement that names nodes by what it is given; lists (cypher.Listing) have other ways and tests."""
    for name, value in vars(cypher).items():
        if isinstance(value, str) and re.search(r"\$(id|ids|many|rows|loose|sha256)\b", value):
            yield name, value
    for label in Label:
        kinds = [t for t in EdgeType if label in sources(t)]
        entering = [t for t in EdgeType if EDGE_SPECS[t].target is label]
        yield f"edges_down {label}", cypher.edges(label, kinds or list(EdgeType), down=True)
        yield f"edges_up {label}", cypher.edges(label, entering or list(EdgeType), down=False)
        for down, types in ((True, kinds), (False, entering)):
            if types:
                yield f"edges said {label} {down}", cypher.edges(label, types, down=down, asserted=True)
                yield f"edges among {label} {down}", cypher.edges(label, types, down=down, among=True)
                yield f"degrees {label} {down}", cypher.degrees(label, types, down=down, dated=True)
                yield f"pairs {label} {down}", cypher.pairs(label, types, down=down)
        for down in (True, False):
            steps = cypher.Closure(label, down, THROUGH).steps(label, kinds or list(EdgeType))
            yield f"steps {label} {down}", steps
        yield f"nodes {label}", cypher.NODES_OF[label]
        yield f"put_nodes {label}", cypher.put_nodes(label, plan=label is Label.DIRECTIVE)
        yield f"delete_nodes {label}", cypher.delete_nodes(label)
    for kind, spec in EDGE_SPECS.items():
        for source in sources(kind):
            yield f"put_edges {source} {kind}", cypher.put_edges(source, kind, spec.target)
            yield f"delete_edges {source} {kind}", cypher.delete_edges(source, kind, spec.target)


def test_every_lookup_uses_an_index(filled: neo4j.Driver) -> None:
    found = dict(lookups())
    assert len(found) > 50 and {"NODES", "NUMBERED", "SAID", "PUT_SAYINGS"} <= found.keys()
    for name, statement in found.items():
        steps = operators(filled, statement)
        scans = [
            s for s in steps if re.match(r"(AllNodesScan|NodeByLabelScan|\w*RelationshipTypeScan|\w*IndexScan)", s)
        ]
        assert not scans, f"{name}: {steps}"
        seeks = [s for s in steps if re.match(r"(NodeUniqueIndexSeek|NodeIndexSeek|AssertSameNode|Merge)", s)]
        assert seeks or name == "PUT_SAID", f"{name}: {steps}"


def test_pages_come_in_the_order_of_an_index(filled: neo4j.Driver) -> None:
    for label in Label:
        for statement in (
            cypher.page_of_nodes(label),
            *(cypher.page_of_edges(label, t) for t in EdgeType if label in sources(t)),
        ):
            steps = operators(filled, statement)
            assert not [s for s in steps if s.startswith(("Sort", "Top", "NodeByLabelScan", "AllNodesScan"))], steps


# -- what a person sees in the Browser


def values(driver: neo4j.Driver, statement: str) -> list[Any]:
    with driver.session(database="neo4j") as session:
        return session.run(statement).value()


def test_labels_and_types_are_those_of_the_model(filled: neo4j.Driver) -> None:
    labels = set(values(filled, "MATCH (n) UNWIND labels(n) AS label RETURN DISTINCT label"))
    graph = {name for name in labels if not name.startswith("Ledger")}
    assert graph == {*(label.value for label in Label), neo4j_values.PLAN}
    types = set(values(filled, "MATCH ()-[r]->() RETURN DISTINCT type(r)"))
    assert types <= {*(t.value for t in EdgeType), "LEDGER_SAYS"}
    assert types >= {"CASCADES_TO", "HAS_TASK", "HAS_INDICATOR", "HAS_TARGET", "ASSIGNED_TO", "ISSUED", "SUPERSEDED_BY"}
    doubled = "MATCH (n) WHERE size([l IN labels(n) WHERE l <> 'Plan']) <> 1 RETURN count(n)"
    assert values(filled, doubled) == [0]
    assert values(filled, "MATCH (n:Plan) WHERE NOT n:Directive RETURN count(n)") == [0]
    plans = "MATCH (n:Directive {held: true, type: 'plan'}) RETURN count(n) > 0 AND all(x IN collect(n) WHERE x:Plan)"
    assert values(filled, plans) == [True]


def test_properties_are_flat_and_days_are_dates(filled: neo4j.Driver) -> None:
    days = {"Directive": ["issued_on", "period_start", "period_end"], "Task": ["deadline_start", "deadline_end"]}
    for label, names in days.items():
        for name in names:
            [kinds] = values(filled, f"MATCH (n:{label}) RETURN collect(DISTINCT valueType(n.{name}))")
            assert set(kinds) <= {"DATE NOT NULL", "NULL"} and "DATE NOT NULL" in kinds, (name, kinds)
    [named] = values(filled, "MATCH (n:Task) RETURN count(CASE WHEN n.evidence_quote IS NULL THEN 1 END)")
    assert named == 0


def test_the_evidence_stands_on_the_relationship(filled: neo4j.Driver) -> None:
    read = "MATCH (:Directive)-[r:CASCADES_TO|HAS_TASK|SUPERSEDED_BY]->()"
    assert values(filled, f"{read} RETURN count(r) > 0") == [True]
    told = "r.evidence_quote IS NULL OR r.evidence_line IS NULL OR r.asserted_by IS NULL"
    assert values(filled, f"{read} WHERE type(r) <> 'HAS_TASK' AND ({told}) RETURN count(r)") == [0]
    [kinds] = values(filled, "MATCH ()-[r]->() WHERE r.date IS NOT NULL RETURN collect(DISTINCT valueType(r.date))")
    assert set(kinds) <= {"DATE NOT NULL"}
