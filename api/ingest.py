"""The command ``lineage ingest``: files and folders into the store, with a report of what was read and what was not."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from api import exits
from api.ingest_report import report_lines
from api.options import common
from api.output import print_json, print_lines, warn, width
from api.progress import bar
from api.settings import opened
from graph.errors import InputError, LineageError
from graph.store.base import Store
from ingest.batch import ingest_files
from ingest.readers import SUFFIXES, find_files
from ingest.report import FileReport, FileStatus, IngestReport

#: Of a smaller graph the first question makes the arrays as quickly as it reads them back.
_LARGE_FROM_NODES = 20_000


@click.command("ingest")
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--samples", is_flag=True, help="Read the sample directives that ship with the program.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="So many processes read at once."
)
@common
def ingest_command(paths: tuple[Path, ...], samples: bool, workers: int, url: str, as_json: bool) -> None:
    """Read directives (.txt, .md: files, or folders with all below them) into the store.

    Reading a file again changes nothing. A file that cannot be read never stops the others; it is in the report.

    \b
    JSON: {"files": [{"file", "status": read|unchanged|replaced|other_copy|failed|not_tried, "directive": id, "number",
                      "counts": {"citations", "relations", "tasks", "targets", "agencies"},
                      "findings": [{"kind", "message", "line", "quote"}], "error"}],
           "totals": {status: count}}
    """
    if not paths and not samples:
        raise click.UsageError("nothing to read: name files or folders, or give --samples")
    with ExitStack() as stack:
        found = find_files([*paths, *(stack.enter_context(as_file(p)) for p in _samples() if samples)])
        if not found:
            named = ", ".join(str(p) for p in paths)
            raise InputError(f"{named}: no {', '.join(sorted(SUFFIXES))} files there; name a file or another folder")
        report, interrupted = _run(found, url, workers)
    if as_json:
        print_json(report)
    else:
        print_lines(report_lines(report, width()))
    if interrupted:
        warn(
            f"interrupted after {len(report.files)} of {len(found)} files; each file is in {url} entirely or not at all"
        )
        raise click.exceptions.Exit(exits.INTERRUPTED)
    warn(_stopped(report))
    if report.failed:
        raise click.exceptions.Exit(exits.FAILED)


def _run(found: Sequence[Path], url: str, workers: int) -> tuple[IngestReport, bool]:
    """The report, and whether the run was interrupted (then it speaks of the files that were done)."""
    done: list[FileReport] = []
    with opened(url) as store:
        try:
            with bar(len(found)) as advance:

                def told(report: FileReport) -> None:
                    done.append(report)
                    advance(1, Path(report.file).name)

                report = ingest_files(found, store, workers=workers, progress=told)
            if not _stopped(report):
                _warm(store)
            return report, False
        except KeyboardInterrupt:
            return IngestReport(files=tuple(done)), True


def _warm(store: Store) -> None:
    """Make a large store ready for the next question; where that fails, the next question does it."""
    with suppress(LineageError):
        if sum(store.counts().nodes.values()) >= _LARGE_FROM_NODES:
            store.warm()


def _stopped(report: IngestReport) -> str:
    """Why the store took no more files; "" if all were tried."""
    left = report.totals.get(FileStatus.NOT_TRIED, 0)
    why = [file.error for file in report.files if file.status is FileStatus.FAILED][-1:]
    return f"{why[0]} ({left} of {len(report.files)} files were not tried)" if left else ""


def _samples() -> list[Traversable]:
    folder = files("ingest") / "samples"
    return [p for p in folder.iterdir() if Path(p.name).suffix in SUFFIXES]
