"""The README's table of routes is that of the app, and the parameters it names are theirs."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import httpx2
import pytest

from tests.api.http.conftest import new_store
from tests.api.http.routes import Operation, name_of, operations, parameters
from tests.api.http.serving import served

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\|((?: `(?:GET|POST|DELETE) /\S+`,?)+) \|(.*)\|$", re.MULTILINE)
ROUTE = re.compile(r"`((?:GET|POST|DELETE) /\S+)`")
EXAMPLES = re.search(r"```sh\n(LINEAGE_TOKEN=.*?)```", README, flags=re.DOTALL)
SAMPLE = Path(__file__).parents[3] / "ingest" / "samples" / "04_ninh-binh_187-KH-TU.txt"
ROWS = {route: said for cell, said in ROW.findall(README) for route in ROUTE.findall(cell)}


def test_the_table_names_every_route_and_no_other() -> None:
    assert sorted(ROWS) == sorted(name_of(operation) for operation in operations())


@pytest.mark.parametrize("operation", operations(), ids=name_of)
def test_the_parameters_named_beside_a_route_are_its_own(operation: tuple[str, str, Operation]) -> None:
    named = {word.partition("=")[0] for word in re.findall(r"`([a-z_]+(?:=\w+)?)`", ROWS[name_of(operation)])}
    assert named <= {parameter["name"] for parameter in parameters(operation[2], "query")} | {"as_of"}


def asked(line: str, base: str, folder: Path) -> httpx2.Response:
    """What curl would do: -H is a header, -F a file to send, the rest the address."""
    words = iter(shlex.split(line)[1:])
    headers: list[tuple[str, str]] = []
    files: list[tuple[str, tuple[str, bytes]]] = []
    address = ""
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            headers.append((name, value))
        elif word == "-F":
            field, _, file = next(words).partition("=@")
            files.append((field, (file, (folder / file).read_bytes())))
        else:
            address = word.replace("http://127.0.0.1:8000", base)
    return httpx2.request("POST" if files else "GET", address, headers=headers, files=files or None, timeout=60)


def test_the_examples_run(tmp_path: Path) -> None:
    assert EXAMPLES is not None
    start, *questions = EXAMPLES[1].splitlines()
    variable, _, command = start.partition(" ")
    assert command == "lineage serve" and len(questions) == 3
    shutil.copy(SAMPLE, tmp_path / "plan.txt")
    with served(new_store(tmp_path), "--seconds", "30", LINEAGE_TOKEN=variable.partition("=")[2]) as base:
        for line in questions:
            answer = asked(line, base, tmp_path)
            assert answer.status_code == 200, f"{line}\n{answer.text}"
