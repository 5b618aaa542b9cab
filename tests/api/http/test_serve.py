"""``lineage serve`` as a process: it listens, stops when told, and refuses what is unsafe."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import httpx2
import pytest

from graph.store import open_store
from tests.api.http.conftest import TOKEN, WRITES, new_store
from tests.api.http.serving import command, served, started

SAMPLES = sorted((Path(__file__).parents[3] / "ingest" / "samples").glob("*.txt"))


def test_it_listens_on_loopback_and_answers(tmp_path: Path) -> None:
    with served(new_store(tmp_path)) as address:
        assert address.startswith("http://127.0.0.1:")
        assert httpx2.get(f"{address}/api/v1/stats", timeout=60).json()["counts"]["held"] == 5
        assert "server" not in httpx2.get(f"{address}/healthz", timeout=60).headers


def test_a_stop_finishes_what_is_under_way(tmp_path: Path) -> None:
    """An upload that runs when the signal comes is answered, and all of it is in the store."""
    store = new_store(tmp_path)
    files = [("files", (p.name, p.read_bytes(), "text/plain")) for p in SAMPLES[:3]]
    answers: list[httpx2.Response] = []
    with started(store, LINEAGE_TOKEN=TOKEN) as (process, address):
        url = f"{address}/api/v1/documents"

        def upload() -> None:
            answers.append(httpx2.post(url, files=files, headers=WRITES, timeout=60))

        sending = threading.Thread(target=upload)
        sending.start()
        while (
            "lineage_http_requests_running 2.0" not in httpx2.get(f"{address}/metrics", timeout=60).text and not answers
        ):
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        sending.join(timeout=60)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in errors) == (0, False), errors
    [answer] = answers
    assert answer.json()["totals"] == {"read": 3}
    with open_store(store) as opened:
        assert len(opened.readings()) == 5 + 3


def test_an_address_longer_than_any_is_refused(tmp_path: Path) -> None:
    with served(new_store(tmp_path)) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=60) as raw:
            raw.sendall(b"GET /api/v1/search?q=" + b"a" * 1_000_000 + b" HTTP/1.1\r\nhost: localhost\r\n\r\n")
            assert raw.recv(100).startswith(b"HTTP/1.1 400")
        assert httpx2.get(f"{address}/healthz", timeout=60).status_code == 200


def run(*words: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LINEAGE_")}
    return subprocess.run(
        [command(), "serve", *words],
        cwd=folder,
        env=clean | env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_refuses_other_machines_without_a_token(tmp_path: Path) -> None:
    new_store(tmp_path)
    done = run("--host", "0.0.0.0", "--port", "0", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "set a token" in done.stderr and "Traceback" not in done.stderr


def test_it_refuses_a_store_that_is_not_there_and_makes_none(tmp_path: Path) -> None:
    done = run("--port", "0", folder=tmp_path)
    assert done.returncode == 1
    assert "lineage ingest" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_it_refuses_a_port_that_is_taken(tmp_path: Path) -> None:
    new_store(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("--port", str(taken.getsockname()[1]), folder=tmp_path)
    assert done.returncode == 2
    assert "--port" in done.stderr


def test_the_token_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN + "\n", encoding="utf-8")
    with served(new_store(tmp_path), "--token-file", str(tmp_path / "token")) as address:
        files = {"files": ("a.txt", b"x")}
        assert httpx2.post(f"{address}/api/v1/documents", files=files, timeout=60).status_code == 401
        assert httpx2.post(f"{address}/api/v1/documents", files=files, headers=WRITES, timeout=60).status_code == 200


def test_it_refuses_a_token_file_without_a_token(tmp_path: Path) -> None:
    new_store(tmp_path)
    (tmp_path / "token").write_text("\n", encoding="utf-8")
    done = run("--port", "0", "--token-file", "token", folder=tmp_path, LINEAGE_TOKEN=TOKEN)
    assert (done.returncode, done.stdout) == (2, "")
    assert "token is empty" in done.stderr and "Traceback" not in done.stderr


def test_its_address_as_json(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    words = [command(), "serve", "--port", "0", "--store", str(store), "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = json.loads("".join(process.stdout.readline() for _ in range(4)))
        process.terminate()
        assert process.wait(timeout=40) == 0
    assert (said["url"][:17], said["store"]) == ("http://127.0.0.1:", str(store))


@pytest.mark.parametrize(
    "option", ["--host", "--port", "--open", "--store", "--token-file", "--allow-host", "--cors", "--seconds"]
)
def test_the_help_names_every_option(tmp_path: Path, option: str) -> None:
    assert option in run("--help", folder=tmp_path).stdout
