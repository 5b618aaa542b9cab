"""Files → the store, one transaction a file, and a report with one entry a file.

Reading runs in this process or in several others; what is read but not yet written is bounded, so memory does not grow
with the number of files. Writing happens here, in the order given. A file that fails, whatever the reason, is an entry
of the report and never stops the others; only a store that serves no more does, and then the rest is not tried.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from pathlib import Path

from graph.errors import LineageError, SchemaError, StoreAccessError, StoreDownError
from graph.records import Directive, Finding, Reading
from graph.store.base import Direction, Store, WriteOutcome
from graph.vocabulary import DIRECTIVE_RELATIONS
from ingest.readers import printable
from ingest.report import FileReport, FileStatus, IngestReport, counts_of

Read = Callable[[Path], Reading]
Progress = Callable[[FileReport], None]
_Flying = tuple[Path, Future[Reading | FileReport]]
#: Readings that may wait to be written, for each worker.
AHEAD = 2
#: What a store says that will take no other file either: to try them would only take time.
_SERVES_NO_MORE = (StoreDownError, StoreAccessError, SchemaError)

_STATUSES = {
    WriteOutcome.CREATED: FileStatus.READ,
    WriteOutcome.UNCHANGED: FileStatus.UNCHANGED,
    WriteOutcome.REPLACED: FileStatus.REPLACED,
    WriteOutcome.OTHER_COPY: FileStatus.OTHER_COPY,
}


def ingest_files(
    paths: Sequence[Path],
    store: Store,
    *,
    workers: int = 1,
    progress: Progress | None = None,
    read: Read | None = None,
) -> IngestReport:
    """Read files and write what they say into ``store``.

    ``workers``: processes that read (1: this one). ``progress`` is told of each file when it is done; what it has been
    told of is in the store, also if the run is interrupted. ``read``: what reads a file (the pipeline if left out); it
    must be a function that another process can import.
    """
    reports: list[FileReport] = []
    with closing(_outcomes(paths, read or read_directive, workers)) as outcomes:
        for path, outcome in outcomes:
            try:
                report = outcome if isinstance(outcome, FileReport) else _written(path, outcome, store)
            except _SERVES_NO_MORE as error:
                rest = [_failed(path, str(error)), *map(_not_tried, paths[len(reports) + 1 :])]
                return IngestReport(files=(*reports, *rest))
            reports.append(report)
            if progress:
                progress(report)
    return IngestReport(files=tuple(with_unresolved(reports, store)))


def with_unresolved(reports: Iterable[FileReport], store: Store) -> list[FileReport]:
    """Reports with a finding for each citation that fits several directives of the store as it is now."""
    return [_with_unresolved(r, store) if r.directive and r.status is not FileStatus.FAILED else r for r in reports]


def read_directive(path: Path) -> Reading:
    """The pipeline; loaded only where a file is read."""
    from ingest.pipeline import read

    return read(path)


def _outcomes(
    paths: Sequence[Path], read: Read, workers: int
) -> Generator[tuple[Path, Reading | FileReport], None, None]:
    if workers <= 1 or len(paths) <= 1:
        for path in paths:
            yield path, _attempt(read, path)
        return
    waiting = deque(paths)
    while waiting:
        for path, future in (yield from _pooled(waiting, read, workers)):
            yield path, future.result() if _is_read(future) else _alone(path, read)


def _pooled(
    waiting: deque[Path], read: Read, workers: int
) -> Generator[tuple[Path, Reading | FileReport], None, deque[_Flying]]:
    """Read with a pool until all is read, or a process died: then what was under way is returned."""
    flying: deque[_Flying] = deque()
    pool = _pool(workers)
    try:
        while waiting or flying:
            while waiting and len(flying) < AHEAD * workers:
                flying.append((waiting[0], pool.submit(_attempt, read, waiting[0])))
                waiting.popleft()
            path, future = flying[0]
            outcome = future.result()
            flying.popleft()
            yield path, outcome
    except BrokenProcessPool:
        pass
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return flying


def _is_read(future: Future[Reading | FileReport]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _alone(path: Path, read: Read) -> Reading | FileReport:
    """Read one file in a process of its own, so that the one that kills its process is known."""
    with _pool(1) as pool:
        try:
            return pool.submit(_attempt, read, path).result()
        except BrokenProcessPool:
            return _failed(path, f"{printable(path)}: the process that read it died (out of memory?); split the file")


def _pool(workers: int) -> ProcessPoolExecutor:
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    context.set_forkserver_preload(["ingest.pipeline"])
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin_worker)


def _begin_worker() -> None:
    """An interrupt is for the process that writes; the ones that read end when it does, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _attempt(read: Read, path: Path) -> Reading | FileReport:
    try:
        return read(path)
    except LineageError as error:
        return _failed(path, str(error))
    except Exception as error:
        return _failed(path, f"{printable(path)}: {_unexpected(error)}")


def _written(path: Path, reading: Reading, store: Store) -> FileReport:
    try:
        result = store.write(reading)
    except _SERVES_NO_MORE:
        raise
    except LineageError as error:
        return _failed(path, str(error))
    except Exception as error:
        return _failed(path, f"{printable(path)}: not stored; {_unexpected(error)}")
    return FileReport(
        file=printable(path),
        status=_STATUSES[result.outcome],
        directive=result.directive,
        number=reading.this.number,
        counts=counts_of(reading),
        findings=reading.findings,
    )


def _unexpected(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"unexpected {type(error).__name__}{where}: {error}; please report it with the file"


def _failed(path: Path, error: str) -> FileReport:
    return FileReport(file=printable(path), status=FileStatus.FAILED, error=error)


def _not_tried(path: Path) -> FileReport:
    return FileReport(file=printable(path), status=FileStatus.NOT_TRIED)


def _with_unresolved(report: FileReport, store: Store) -> FileReport:
    assert report.directive is not None
    cited = store.neighbours(report.directive, direction=Direction.UP, types=DIRECTIVE_RELATIONS).items
    found: dict[str, Finding] = {}
    for item in cited:
        record, evidence = item.node.record, item.edge.evidence
        if isinstance(record, Directive) and record.candidates and item.edge.asserted_by == report.directive:
            fits = ", ".join(record.candidates)
            found.setdefault(
                item.node.id,
                Finding(
                    kind="unresolved_citation",
                    message=f"{record.number or record.symbol or item.node.id} ứng với nhiều văn bản: {fits}",
                    line=evidence.line if evidence else None,
                    quote=evidence.quote if evidence else None,
                ),
            )
    return report.model_copy(update={"findings": (*report.findings, *found.values())}) if found else report
