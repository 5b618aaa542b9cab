"""The real command in a process of its own, with a deadline: pipes, locales, interrupts."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.store import open_store

SECONDS = 60
COMMAND = [sys.executable, "-c", "from api.cli import main; main()"]
DIRECTIVE = """TỈNH ỦY HƯNG YÊN
*
Số {n}-KH/TU
Hưng Yên, ngày 05 tháng 01 năm 2026
KẾ HOẠCH
thực hiện Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị
"""


def environment(**changes: str) -> dict[str, str]:
    folder = str(Path(__file__).parents[2])
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON", "LINEAGE"))}
    return {**kept, "PYTHONPATH": folder, **changes}


def run(*words: str, **changes: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *words], capture_output=True, timeout=SECONDS, env=environment(**changes))


@pytest.mark.parametrize(
    "locale",
    [
        {},
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
    ids=["none", "C", "C without coercion", "latin-1"],
)
def test_output_is_utf8_whatever_the_locale(store: Path, locale: dict[str, str]) -> None:
    done = run("owns", "Sở KH&CN", "--in", "Hưng Yên", "--store", str(store), **locale)
    assert done.returncode == 0, done.stderr.decode()
    assert "Sở Khoa học và Công nghệ · Hưng Yên" in done.stdout.decode("utf-8")
    assert b"\x1b" not in done.stdout


def test_a_reader_that_leaves_early_is_no_error(store: Path) -> None:
    reads, writes = os.pipe()
    process = subprocess.Popen(
        [*COMMAND, "impact", "57-NQ/TW", "--store", str(store)],
        stdout=writes,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    os.close(writes)
    os.close(reads)
    _, stderr = process.communicate(timeout=SECONDS)
    assert (process.returncode, stderr) == (0, b"")


def test_full_disk_is_a_message(store: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*COMMAND, "impact", "57-NQ/TW", "--store", str(store)],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=SECONDS,
            env=environment(),
        )
    assert done.returncode == 1
    assert b"No space left" in done.stderr and b"Traceback" not in done.stderr


def test_the_progress_bar_is_for_terminals_and_on_stderr_only(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DIRECTIVE.format(n=7), encoding="utf-8")
    words = ["ingest", str(tmp_path), "--store", str(tmp_path / "lineage.db")]
    quiet = run(*words)
    assert quiet.stderr == b""
    terminal, end = pty.openpty()
    shown = subprocess.run(
        [*COMMAND, *words], stdout=subprocess.PIPE, stderr=end, timeout=SECONDS, env=environment(TERM="xterm")
    )
    os.close(end)
    assert b"1/1" in os.read(terminal, 100_000)
    os.close(terminal)
    assert b"\x1b" not in shown.stdout and b"1/1" not in shown.stdout


def test_the_samples_are_read_and_asked(tmp_path: Path) -> None:
    store = str(tmp_path / "lineage.db")
    done = run("ingest", "--samples", "--workers", "2", "--json", LINEAGE_STORE=store)
    report = json.loads(done.stdout)
    assert [f["error"] for f in report["files"] if f["status"] == "failed"] == []
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(report["files"]) >= 12
    asked = run("impact", "57-NQ/TW", LINEAGE_STORE=store)
    assert asked.returncode == 0
    assert "Kế hoạch cấp tỉnh" in asked.stdout.decode()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interrupt_leaves_a_whole_store_and_says_what_was_read(tmp_path: Path, workers: str) -> None:
    folder, store = tmp_path / "in", tmp_path / "lineage.db"
    folder.mkdir()
    for n in range(1, 1500):
        (folder / f"{n:05}.txt").write_text(DIRECTIVE.format(n=n), encoding="utf-8")
    process = subprocess.Popen(
        [*COMMAND, "ingest", str(folder), "--store", str(store), "--workers", workers, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
    )
    _wait_for_readings(store, 3)
    os.killpg(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert "interrupted after" in stderr.decode() and "Traceback" not in stderr.decode()
    told = len(json.loads(stdout)["files"])
    with open_store(store) as opened:
        assert opened.counts().readings - told in (0, 1)
    assert 3 <= told < 1499


def _wait_for_readings(store: Path, count: int) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if store.exists():
            try:
                with open_store(store) as opened:
                    if opened.counts().readings >= count:
                        return
            except StoreError:
                pass
        time.sleep(0.05)
    pytest.fail("nothing was read in time")
