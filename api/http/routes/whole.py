"""The whole graph: how much there is, and all of it as a stream."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import anyio
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from api.http.answering import answer, documented, snapshot_of
from api.http.errors import TooMany
from api.http.settings import PREFIX
from api.http.state import state_of
from api.options import open_existing
from graph.export import ExportFormat, export, jsonl_lines
from graph.records import Record
from graph.store.base import Counts

router = APIRouter(prefix=PREFIX, tags=["whole"])
_CHUNK = 1 << 16
_KINDS = {
    ExportFormat.JSONL: ("application/x-ndjson", "jsonl"),
    ExportFormat.CSV: ("application/zip", "zip"),
    ExportFormat.GRAPHML: ("application/graphml+xml", "graphml"),
    ExportFormat.GEXF: ("application/gexf+xml", "gexf"),
}


class Stats(Record):
    """How much there is: nodes by label, edges by type, directives whose text was read, texts kept."""

    counts: Counts


@router.get("/stats", **documented(Stats), summary="How much the store holds")
def stats(request: Request) -> Response:
    return answer(request, lambda store: Stats(counts=store.counts()))


_EXPORTED = documented(None, TooMany)
_EXPORTED["responses"][200] = {
    "description": "the whole graph; jsonl: one object a line, csv: a zip of two tables",
    "content": {kind: {"schema": {"type": "string"}} for kind, _ in _KINDS.values()},
}


@router.get("/export", **_EXPORTED, response_class=Response, summary="The whole graph, streamed, without a limit")
def export_graph(
    request: Request,
    format: Annotated[ExportFormat, Query(description="Form of the file.", examples=["jsonl"])] = ExportFormat.JSONL,
) -> Response:
    state = state_of(request)
    stack = ExitStack()
    try:
        stack.enter_context(state.exports.taken())
        store = stack.enter_context(open_existing(state.settings.store))
        stack.enter_context(store.snapshot())
        seen = snapshot_of(store)
        if format is ExportFormat.JSONL:
            chunks = _joined(jsonl_lines(store))
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            export(store, Path(folder) / "graph", format)
            chunks = _pieces(Path(folder) / "graph")
    except BaseException:
        stack.close()
        raise
    kind, suffix = _KINDS[format]
    headers = {"content-disposition": f'attachment; filename="lineage.{suffix}"', "x-lineage-snapshot": seen}
    return StreamingResponse(_streamed(chunks, stack), media_type=kind, headers=headers)


async def _streamed(chunks: Iterator[bytes], stack: ExitStack) -> AsyncIterator[bytes]:
    """Chunks made in a thread; all is closed when the last was sent, or when nobody reads any more."""
    try:
        while chunk := await anyio.to_thread.run_sync(next, chunks, b""):
            yield chunk
    finally:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(stack.close)


def _joined(lines: Iterator[str]) -> Iterator[bytes]:
    waiting: list[bytes] = []
    size = 0
    for line in lines:
        waiting.append(line.encode("utf-8", "replace"))
        size += len(waiting[-1])
        if size >= _CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            yield piece
