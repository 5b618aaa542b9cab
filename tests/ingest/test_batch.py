"""Many files into a real store: what fails is a line of the report, and never stops the others."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from graph.store import open_store
from ingest.batch import AHEAD, ingest_files
from ingest.report import FileReport, FileStatus, IngestReport
from tests.ingest.small import read_small

GOOD = "65-KH/TU|Hưng Yên|2026-04-22"


def files(folder: Path, *texts: str) -> list[Path]:
    paths = [folder / f"{i:02}.txt" for i in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def ingest(folder: Path, paths: list[Path], workers: int = 1) -> IngestReport:
    with open_store(folder / "store.db") as store:
        return ingest_files(paths, store, workers=workers, read=read_small)


@pytest.mark.parametrize("workers", [1, 2], ids=["one", "two"])
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("refuse", "empty file; nothing to read"),
        ("bug", "unexpected ValueError at small.py:"),
        (GOOD + "|contradiction", "'nobody'"),
    ],
    ids=["refused", "slip in a rule", "contradicts itself"],
)
def test_a_file_that_fails_is_a_line_and_the_rest_goes_on(tmp_path: Path, workers: int, text: str, says: str) -> None:
    paths = files(tmp_path, "01-KH/TU|Hưng Yên|2026-01-05", text, "02-KH/TU|Hưng Yên|2026-01-06")
    report = ingest(tmp_path, paths, workers)
    assert [f.status for f in report.files] == [FileStatus.READ, FileStatus.FAILED, FileStatus.READ]
    assert report.failed
    assert says in (report.files[1].error or "")
    assert str(paths[1]) in (report.files[1].error or "")
    assert "Traceback" not in (report.files[1].error or "")


def test_a_worker_that_dies_is_a_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = [f"{i:02}-KH/TU|Hưng Yên|2026-01-05" for i in range(1, 7)]
    paths = files(tmp_path, *good[:2], "kill", *good[2:])
    report = ingest(tmp_path, paths, workers=2)
    assert [Path(f.file).name for f in report.files] == [p.name for p in paths]
    failed = [f for f in report.files if f.status is FileStatus.FAILED]
    assert [f.file for f in failed] == [str(paths[2])]
    assert "died" in (failed[0].error or "")
    with open_store(tmp_path / "store.db") as store:
        assert store.counts().readings == len(good)


def test_the_report_is_the_same_with_two_workers_and_in_the_order_given(tmp_path: Path) -> None:
    texts = [f"{i:02}-KH/TU|Hưng Yên|2026-01-05\n57-NQ/TW|central|2024-12-22" for i in range(9, 0, -1)]
    paths = files(tmp_path, *texts, "refuse")
    one = ingest(tmp_path, paths)
    (tmp_path / "store.db").unlink()
    assert ingest(tmp_path, paths, workers=2) == one
    assert [f.file for f in one.files] == [str(p) for p in paths]
    assert one.files[0].counts["citations"] == 1


def test_reading_again_changes_nothing_and_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    paths = files(tmp_path, GOOD)
    seen = [ingest(tmp_path, paths).files[0].status, ingest(tmp_path, paths).files[0].status]
    paths[0].write_text("66-KH/TU|Hưng Yên|2026-04-23", encoding="utf-8")
    seen.append(ingest(tmp_path, paths).files[0].status)
    assert seen == [FileStatus.READ, FileStatus.UNCHANGED, FileStatus.REPLACED]


def test_reading_does_not_run_ahead_of_writing(tmp_path: Path) -> None:
    """With a slow writer no more is read than what may wait, or memory would grow with the number of files."""
    paths = files(tmp_path, *[f"{i:02}-KH/TU|Hưng Yên|2026-01-05" for i in range(1, 13)])
    begun: list[int] = []

    def slowly(report: FileReport) -> None:
        if len(begun) < 2:
            time.sleep(0.4)
        begun.append(len(list(tmp_path.glob("*.begun"))))

    with open_store(tmp_path / "store.db") as store:
        ingest_files(paths, store, workers=2, progress=slowly, read=read_small)
    assert all(count <= done + 1 + AHEAD * 2 for done, count in enumerate(begun))


def test_what_was_told_of_is_stored_when_the_run_is_interrupted(tmp_path: Path) -> None:
    paths = files(tmp_path, *[f"{i:02}-KH/TU|Hưng Yên|2026-01-05" for i in range(1, 9)])
    told: list[FileReport] = []

    def interrupt(report: FileReport) -> None:
        told.append(report)
        if len(told) == 3:
            raise KeyboardInterrupt

    with open_store(tmp_path / "store.db") as store:
        with pytest.raises(KeyboardInterrupt):
            ingest_files(paths, store, workers=2, progress=interrupt, read=read_small)
        assert store.counts().readings == 3


def test_a_citation_that_fits_several_directives_is_a_finding(tmp_path: Path) -> None:
    one, two = "01-KH/BCĐTW|central|2025-03-21", "01-KH/BCĐTW|central|2025-06-02"
    report = ingest(tmp_path, files(tmp_path, "05-KH/TU|Hưng Yên|2025-09-01\n01-KH/BCĐTW|central", one, two))
    [finding] = report.files[0].findings
    assert (finding.kind, finding.line) == ("unresolved_citation", 1)
    assert "central.01-kh_bcddtw.2025-03-21" in finding.message
    assert "central.01-kh_bcddtw.2025-06-02" in finding.message


def test_nothing_to_read_is_an_empty_report(tmp_path: Path) -> None:
    assert ingest(tmp_path, []).files == ()
