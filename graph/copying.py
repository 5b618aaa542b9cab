"""All texts of one store go into another, with what was inferred between them; the graph there is derived anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from graph.errors import StoreMemoryError
from graph.records import Edge, Reading, Record
from graph.store.base import Store, WriteOutcome, WriteResult
from graph.store.inferred import INFERRED

#: A batch is one transaction: about so many edges and nodes.
BATCH_SIZE = 20_000


class CopyResult(Record):
    """Texts by what writing them did (a text counts once for each of its paths), and inferred edges that were put."""

    texts: dict[WriteOutcome, int]
    inferred: int


def copy(source: Store, target: Store, *, progress: Callable[[int], None] | None = None) -> CopyResult:
    """Copy everything; run again after an interruption, it goes on where it stopped.

    ``progress`` is told how many texts each finished batch held. What ``target`` has besides stays. StoreChangedError
    if ``source`` was written meanwhile by an engine that cannot keep a state: run it again.
    """
    done: Counter[WriteOutcome] = Counter()
    with source.snapshot():
        for batch in _batches(source):
            results = _written(target, batch)
            done.update(result.outcome for result in results)
            if progress:
                progress(len({result.sha256 for result in results}))
        inferred = _inferred(source)
        for method, edges in sorted(inferred.items()):
            target.infer(method, edges)
    return CopyResult(texts=dict(sorted(done.items())), inferred=sum(map(len, inferred.values())))


def _written(target: Store, batch: list[Reading]) -> tuple[WriteResult, ...]:
    """Half a batch at a time where the target has too little memory for the whole; StoreMemoryError for a lone text."""
    try:
        return target.write_many(batch)
    except StoreMemoryError:
        if len(batch) == 1:
            raise
    middle = len(batch) // 2
    return (*_written(target, batch[:middle]), *_written(target, batch[middle:]))


def _batches(source: Store) -> Iterator[list[Reading]]:
    batch: list[Reading] = []
    size = 0
    for info in source.readings():
        reading = source.reading(info.sha256)
        batch += [reading.model_copy(update={"file": file}) for file in info.files]
        size += len(reading.tasks) + len(reading.indicators) + len(reading.edges) + len(reading.mentions)
        if size >= BATCH_SIZE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _inferred(source: Store) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in source.iter_edges(INFERRED):
        found[edge.method].append(edge)
    return found
