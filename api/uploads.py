"""Uploaded texts → the store, or (as a preview) a throwaway store that shows what would be read."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from api.reading import ReadingStopped
from graph.errors import UnknownId
from graph.records import Edge, Finding, Reading, Record
from graph.store import open_store
from graph.store.base import Node, ReadingInfo, Store
from graph.store.timing import deadline
from ingest.batch import ingest_files
from ingest.report import FileReport, FileStatus, counts_of

#: Uploaded texts stand under this folder of their own, by their bytes: equal names never replace one another.
FOLDER = "upload"
_LONGEST_NAME = 100

ReadBytes = Callable[[bytes, str], Reading]


class Upload(Record):
    """A file as it was sent."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def path(self) -> str:
        """The name under which its text is kept: "upload/0123456789ab/ke-hoach.txt"."""
        return f"{FOLDER}/{self.sha256[:12]}/{bare_name(self.name)}"


class Document(FileReport):
    """What became of one file, as in the report of the command line; ``known``: its bytes were stored before.

    ``sha256``: under which the store keeps its text; None if it does not (failed, or only a preview).
    """

    sha256: str | None
    known: bool


class UploadReport(Record):
    """All files, in the order sent. ``nodes`` and ``edges``: only of a preview: what would be read from them alone."""

    preview: bool
    files: tuple[Document, ...]
    totals: dict[str, int]
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()


class KeptText(Record):
    """A text the store keeps, and what was read from it."""

    text: ReadingInfo
    number: str | None
    counts: dict[str, int]
    findings: tuple[Finding, ...]


class Withdrawn(Record):
    """``withdrawn``: sha256 of the texts forgotten; ``remains``: others still speak of the directive."""

    directive: str
    withdrawn: tuple[str, ...]
    remains: bool


def store_uploads(store: Store, uploads: Sequence[Upload], read: ReadBytes, *, seconds: float) -> UploadReport:
    """Read and store; each file is one transaction, and one that fails never stops the others."""
    known = {upload.sha256 for upload in uploads if _kept(store, upload.sha256)}
    return _ingested(store, uploads, read, seconds, known, preview=False)


def preview_uploads(store: Store, uploads: Sequence[Upload], read: ReadBytes, *, seconds: float) -> UploadReport:
    """Read, and store nothing."""
    known = {upload.sha256 for upload in uploads if _kept(store, upload.sha256)}
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "preview.db") as throwaway:
        report = _ingested(throwaway, uploads, read, seconds, known, preview=True)
        found = {"nodes": tuple(throwaway.iter_nodes()), "edges": tuple(throwaway.iter_edges())}
    return report.model_copy(update=found)


def kept_text(store: Store, sha256: str) -> KeptText:
    """A text that was stored; UnknownId if there is none."""
    reading = store.reading(sha256)
    [info] = [info for info in store.readings() if info.sha256 == sha256]
    return KeptText(text=info, number=reading.this.number, counts=counts_of(reading), findings=reading.findings)


def withdraw_directive(store: Store, directive: str) -> Withdrawn:
    """Forget all texts of a directive with their claims; what others say of it stays. UnknownId if none was read."""
    texts = [info.sha256 for info in store.readings(directive)]
    if not texts:
        raise UnknownId(f"no text of {directive!r} was read")
    for sha256 in texts:
        store.withdraw(sha256)
    return Withdrawn(directive=directive, withdrawn=tuple(texts), remains=bool(store.nodes([directive])))


def bare_name(name: str) -> str:
    """A file name without folders and without what no name should hold.

    >>> bare_name("..\\\\..\\\\etc/kế hoạch.txt"), bare_name("/")
    ('kế hoạch.txt', 'text')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    clean = "".join(c for c in last if c.isprintable()).strip(". ")
    return clean[-_LONGEST_NAME:] or "text"


def _ingested(
    store: Store, uploads: Sequence[Upload], read: ReadBytes, seconds: float, known: set[str], *, preview: bool
) -> UploadReport:
    over = deadline(seconds)
    by_path = {upload.path: upload for upload in uploads}

    def read_one(path: Path) -> Reading:
        if over():
            raise ReadingStopped(f"{path.name}: the time of this upload was over; send it again")
        return read(by_path[str(path)].data, str(path))

    report = ingest_files([Path(path) for path in by_path], store, read=read_one)
    files = [_document(file, by_path[file.file].sha256, known, preview) for file in report.files]
    return UploadReport(preview=preview, files=tuple(files), totals=report.totals)


def _document(file: FileReport, sha256: str, known: set[str], preview: bool) -> Document:
    stored = not preview and file.status not in (FileStatus.FAILED, FileStatus.NOT_TRIED)
    return Document(**file.model_dump(), sha256=sha256 if stored or sha256 in known else None, known=sha256 in known)


def _kept(store: Store, sha256: str) -> bool:
    try:
        store.reading(sha256)
    except UnknownId:
        return False
    return True
