"""A store becomes a file in an open format: jsonl, csv, graphml or gexf; sorted, the same for every store.

A file is written under a temporary name and renamed when whole, so nothing half-written stays.
"""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING

from graph.properties import display_name, edge_properties, flat, node_properties
from graph.records import Agency, Deadline, Directive, Edge, Evidence, Indicator, Record, Target, Task
from graph.store.base import Store

if TYPE_CHECKING:
    import networkx as nx  # type: ignore[import-untyped]


class ExportFormat(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"  # a zip archive with nodes.csv and edges.csv
    GRAPHML = "graphml"
    GEXF = "gexf"


class ExportResult(Record):
    """Where the graph was written, and how many nodes and edges it has."""

    path: str
    nodes: int
    edges: int


def export(store: Store, path: Path, format: ExportFormat) -> ExportResult:
    """Write the whole graph to ``path``; csv is a zip archive with nodes.csv and edges.csv.

    Raises OSError if the file cannot be written (then an older file of that name is left as it was), or if ``path``
    is something else than a file, which would be replaced by one.
    """
    if path.exists() and not path.is_file():
        raise FileExistsError(errno.EEXIST, "not a regular file; name another one", str(path))
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with store.snapshot():
            with draft.open("wb") as out:
                _WRITERS[format](store, out)
            counts = store.counts()
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return ExportResult(path=str(path), nodes=sum(counts.nodes.values()), edges=sum(counts.edges.values()))


def jsonl_lines(store: Store) -> Iterator[str]:
    """One JSON object a line: all nodes by id, then all edges by (type, source, target, role, asserted_by)."""
    for node in store.iter_nodes():
        yield _line({"kind": "node", "id": node.id, "label": node.label, "properties": node_properties(node)})
    for edge in store.iter_edges():
        ends = {"type": edge.type, "source": edge.source, "target": edge.target}
        yield _line({"kind": "edge", **ends, "properties": edge_properties(edge)})


def _line(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def _write_jsonl(store: Store, out: IO[bytes]) -> None:
    for line in jsonl_lines(store):
        out.write(line.encode())


# -- csv

_EVIDENCE = [f"evidence_{name}" for name in Evidence.model_fields]
_DEADLINE = [f"deadline_{name}" for name in Deadline.model_fields]
_NOT_COLUMNS = {"id", "evidence", "ref", "targets", "deadline", "type", "source", "target"}
_FORMULA = re.compile(r"[\s]{0,8}[=+\-@\t\r\n＝＋－＠]")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # a fixed time, so that equal graphs are equal files


def _columns(*records: type[Record]) -> list[str]:
    names = dict.fromkeys(name for record in records for name in record.model_fields)
    return [name for name in names if name not in _NOT_COLUMNS]


NODE_COLUMNS = ["id", "label", "type", *_columns(Directive, Task, Indicator, Target, Agency), *_DEADLINE]
EDGE_COLUMNS = ["type", "source", "target", *_columns(Edge), *_EVIDENCE]


def safe_cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets a leading apostrophe.

    >>> safe_cell("=1+1"), safe_cell("- Sở Tài chính"), safe_cell(-5)
    ("'=1+1", "'- Sở Tài chính", -5)
    """
    return "'" + value if isinstance(value, str) and _FORMULA.match(value) else value


def _write_csv(store: Store, out: IO[bytes]) -> None:
    nodes = ({"id": n.id, "label": n.label.value, **flat(node_properties(n))} for n in store.iter_nodes())
    edges = (
        {"type": e.type.value, "source": e.source, "target": e.target, **flat(edge_properties(e))}
        for e in store.iter_edges()
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _write_table(archive, "nodes.csv", NODE_COLUMNS, nodes)
        _write_table(archive, "edges.csv", EDGE_COLUMNS, edges)


def _write_table(
    archive: zipfile.ZipFile, name: str, columns: list[str], rows: Iterable[dict[str, str | int | float | bool]]
) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as raw:
        # The mark at the start tells spreadsheets that the text is UTF-8.
        text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        table = csv.DictWriter(text, columns, lineterminator="\r\n")
        table.writeheader()
        table.writerows({key: safe_cell(value) for key, value in row.items()} for row in rows)
        text.flush()
        text.detach()


# -- graphml, gexf

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RENAMED = {"type": "directive_type", "kind": "agency_kind"}  # these names have a meaning of their own here
_WRITTEN_ON = re.compile(rb' lastmodifieddate="[^"]*"')


def _network(store: Store) -> nx.MultiDiGraph:
    """``kind`` is a node's label or an edge's type; ``label`` what a picture writes there."""
    import networkx as nx  # here, since it would be a fifth of the start of every command

    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    for node in store.iter_nodes():
        names = {"label": _xml(display_name(node)), "kind": node.label.value}
        graph.add_node(node.id, **names, **_plain(node_properties(node)))
    for number, edge in enumerate(store.iter_edges(), start=1):
        names = {"label": edge.type.value, "kind": edge.type.value}
        graph.add_edge(edge.source, edge.target, key=f"e{number}", **names, **_plain(edge_properties(edge)))
    return graph


def _plain(properties: dict[str, object]) -> dict[str, object]:
    cells = flat(properties).items()
    return {_RENAMED.get(name, name): _xml(value) if isinstance(value, str) else value for name, value in cells}


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _write_graphml(store: Store, out: IO[bytes]) -> None:
    import networkx as nx

    nx.readwrite.graphml.write_graphml_xml(_network(store), out, named_key_ids=True)


def _write_gexf(store: Store, out: IO[bytes]) -> None:
    import networkx as nx

    whole = io.BytesIO()
    nx.write_gexf(_network(store), whole)
    out.write(_WRITTEN_ON.sub(b"", whole.getvalue()))


_WRITERS: dict[ExportFormat, Callable[[Store, IO[bytes]], None]] = {
    ExportFormat.JSONL: _write_jsonl,
    ExportFormat.CSV: _write_csv,
    ExportFormat.GRAPHML: _write_graphml,
    ExportFormat.GEXF: _write_gexf,
}
