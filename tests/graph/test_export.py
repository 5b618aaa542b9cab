"""Exports: the shape of each format, equal files for equal graphs, and nothing half-written."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import networkx as nx  # type: ignore[import-untyped]
import pytest

from graph.errors import StoreError
from graph.export import EDGE_COLUMNS, NODE_COLUMNS, ExportFormat, export, jsonl_lines, safe_cell
from graph.properties import display_name
from graph.records import THIS, Reading
from graph.store import open_store
from graph.store.base import Store
from graph.vocabulary import EdgeType, Role
from tests.graph.oracle import Text, agency, directive

BODY = agency("Sở Tài chính", "Hưng Yên", "STC", "Sở TC")
PLAN, TOP = "hung-yen.65-kh_tu.2026-04-22", "central.57-nq_tw.2024-12-22"


def texts() -> list[Reading]:
    one = Text("65.txt", directive(THIS, "65-KH/TU", "2026-04-22", plan=True, recipients=("Thường trực Tỉnh ủy",)))
    one.cites(directive("c1", "57-NQ/TW", "2024-12-22", "central"))
    one.says(EdgeType.CASCADES_TO, "c1", quote="thực hiện Nghị quyết số 57-NQ/TW", carries_over=True)
    one.task("I.1", '=HYPERLINK("x") \x0b <b>&', (BODY, Role.LEAD), due="2026-06-30")
    one.indicator("II.1", "Tỷ lệ hồ sơ trực tuyến", (BODY, Role.EVALUATE))
    other = Text("66.txt", directive(THIS, "66-KH/TU", "2026-05-22")).task("1", "- Bố trí kinh phí", (BODY, Role.LEAD))
    return [one.reading(), other.reading()]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "lineage.db") as made:
        for reading in texts():
            made.write(reading)
        yield made


def test_jsonl_is_as_the_model_says(store: Store) -> None:
    rows = [json.loads(line) for line in jsonl_lines(store)]
    nodes = {row["id"]: row for row in rows if row["kind"] == "node"}
    assert list(nodes) == sorted(nodes)
    assert nodes[PLAN]["label"] == "Directive"
    assert nodes[PLAN]["properties"] == {
        "number": "65-KH/TU", "type": "plan", "title": "Kế hoạch 65-KH/TU", "issued_on": "2026-04-22",
        "jurisdiction": "Hưng Yên", "level": "provincial", "recipients": ["Thường trực Tỉnh ủy"], "draft": False,
        "plan": True, "held": True,
    }  # fmt: skip
    task = nodes[f"t.{PLAN}.I.1"]["properties"]
    assert (task["deadline_kind"], task["deadline_end"], task["origin"]) == ("none", "2026-06-30", "appendix")
    assert nodes[f"g.{PLAN}.II.1.2030"]["properties"]["value"] == 95.0
    assert nodes[BODY.id]["properties"]["aliases"] == ["STC", "Sở TC"]
    edges = [row for row in rows if row["kind"] == "edge"]
    assert rows == [*nodes.values(), *edges]
    (cascade,) = [row for row in edges if row["type"] == "CASCADES_TO"]
    assert (cascade["source"], cascade["target"]) == (TOP, PLAN)
    assert cascade["properties"]["asserted_by"] == PLAN
    assert cascade["properties"]["evidence"]["quote"] == "thực hiện Nghị quyết số 57-NQ/TW"
    assert cascade["properties"]["carries_over"] is True
    assert {e["properties"]["role"] for e in edges if e["type"] == "ASSIGNED_TO"} == {"lead", "evaluate"}


@pytest.mark.parametrize("format", ExportFormat)
def test_equal_graphs_are_equal_files(store: Store, format: ExportFormat, tmp_path: Path) -> None:
    with open_store(tmp_path / "other.db") as other:
        for reading in reversed(texts()):
            other.write(reading)
        result = export(other, tmp_path / "b", format)
    assert export(store, tmp_path / "a", format).nodes == result.nodes == 8
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    with open_store(tmp_path / "empty.db") as empty:
        assert export(empty, tmp_path / "c", format).nodes == 0


def test_csv_holds_every_property_and_no_formula(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "graph.zip", ExportFormat.CSV)
    with zipfile.ZipFile(tmp_path / "graph.zip") as archive:
        tables = {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
            for name in archive.namelist()
        }
    assert (len(tables["nodes.csv"]), list(tables["nodes.csv"][0])) == (8, NODE_COLUMNS)
    assert list(tables["edges.csv"][0]) == EDGE_COLUMNS
    task = next(row for row in tables["nodes.csv"] if row["id"] == f"t.{PLAN}.I.1")
    assert task["text"].startswith("'=HYPERLINK")
    assert {row["evidence_quote"] for row in tables["edges.csv"]} >= {"thực hiện Nghị quyết số 57-NQ/TW"}


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+84", "'+84"),
        ("- Sở Tài chính", "'- Sở Tài chính"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("Sở Tài chính", "Sở Tài chính"),
        ("", ""),
        (-5.0, -5.0),
        (True, True),
    ],
)
def test_safe_cell(value: object, cell: object) -> None:
    assert safe_cell(value) == cell


@pytest.mark.parametrize(
    ("format", "read"),
    [(ExportFormat.GRAPHML, nx.read_graphml), (ExportFormat.GEXF, nx.read_gexf)],
    ids=["graphml", "gexf"],
)
def test_graph_formats_are_read_back(store: Store, format: ExportFormat, read: object, tmp_path: Path) -> None:
    result = export(store, tmp_path / "graph", format)
    graph = read(tmp_path / "graph")  # type: ignore[operator]
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (result.nodes, result.edges)
    assert graph.nodes[PLAN]["label"] == "65-KH/TU"
    assert graph.nodes[PLAN]["kind"] == "Directive"
    assert graph.nodes[PLAN]["directive_type"] == "plan"
    (edge,) = graph.get_edge_data(TOP, PLAN).values() if graph.is_multigraph() else [graph.get_edge_data(TOP, PLAN)]
    assert edge["kind"] == "CASCADES_TO"
    assert edge["evidence_quote"] == "thực hiện Nghị quyết số 57-NQ/TW"


def test_a_failed_export_leaves_the_old_file(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "graph.jsonl"
    path.write_text("old", encoding="utf-8")
    store.close()
    with pytest.raises(StoreError):
        export(store, path, ExportFormat.JSONL)
    assert path.read_text(encoding="utf-8") == "old"
    assert not list(tmp_path.glob(".*"))


def test_a_folder_that_is_not_there(store: Store, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no"):
        export(store, tmp_path / "no" / "graph.jsonl", ExportFormat.JSONL)


def test_display_names(store: Store) -> None:
    names = {node.id: display_name(node, longest=12) for node in store.iter_nodes()}
    assert (names[PLAN], names[BODY.id], names[f"i.{PLAN}.II.1"]) == ("65-KH/TU", "Sở Tài chính", "Tỷ lệ hồ sơ…")
