"""The whole graph: how much there is, and all of it as a stream."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any, cast

import anyio
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.http.answering import answer, documented, snapshot_of
from api.http.errors import TooMany
from api.http.head import is_head
from api.http.settings import PREFIX
from api.http.state import state_of
from api.options import open_existing
from api.output import bare_edge
from graph.export import ExportFormat, export, jsonl_lines
from graph.records import Edge, Record
from graph.store.base import Counts, Store
from graph.vocabulary import EdgeType

router = APIRouter(prefix=PREFIX, tags=["whole"])
_CHUNK = 1 << 16
_KINDS = {
    ExportFormat.JSONL: ("application/x-ndjson", "jsonl"),
    ExportFormat.CSV: ("application/zip", "zip"),
    ExportFormat.GRAPHML: ("application/graphml+xml", "graphml"),
    ExportFormat.GEXF: ("application/gexf+xml", "gexf"),
}


class _WithoutFolders:
    """A store whose edges tell their files without the folders of this machine."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def iter_edges(self, types: Collection[EdgeType] | None = None) -> Iterator[Edge]:
        return map(bare_edge, self._store.iter_edges(types))


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
        whole = stack.enter_context(open_existing(state.settings.store))
        one_state = stack.enter_context(ExitStack())
        one_state.enter_context(whole.snapshot())
        seen = snapshot_of(whole)
        store = cast(Store, _WithoutFolders(whole))
        if is_head(request.scope):
            chunks: Iterator[bytes] = iter(())
        elif format is ExportFormat.JSONL:
            chunks = _joined(jsonl_lines(store))
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            export(store, Path(folder) / "graph", format)
            one_state.close()  # a write that overtook it is told before the first byte
            chunks = _pieces(Path(folder) / "graph")
    except BaseException:
        stack.close()
        raise
    kind, suffix = _KINDS[format]
    headers = {"content-disposition": f'attachment; filename="lineage.{suffix}"', "x-lineage-snapshot": seen}
    return _Export(chunks, stack, kind, headers)


class _Export(StreamingResponse):
    """Chunks made in threads; all is closed before the end is sent, or when nobody reads any more.

    What a write overtook (Store.snapshot tells it at the end) breaks off, so that nobody takes it for whole. A task
    that is cancelled does not stop its thread: the lock keeps the store open until the step is done.
    """

    def __init__(self, chunks: Iterator[bytes], stack: ExitStack, media_type: str, headers: dict[str, str]) -> None:
        self._chunks, self._stack, self._in_use = chunks, stack, threading.Lock()
        super().__init__(self._pieces(), media_type=media_type, headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(self._close)

    async def _pieces(self) -> AsyncIterator[bytes]:
        while chunk := await anyio.to_thread.run_sync(self._step):
            yield chunk
        await anyio.to_thread.run_sync(self._close)

    def _step(self) -> bytes:
        with self._in_use:
            return next(self._chunks, b"")

    def _close(self) -> None:
        with self._in_use:
            self._stack.close()


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
