"""The README says what the program does: every command stands in it, and what stands in it exists."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from api.cli import cli
from graph.vocabulary import EDGE_SPECS, EdgeType, Follow, Role, Status

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = sorted(cli.commands)
LINES = [line for block in SHELL for line in block.splitlines() if line.startswith("lineage ")]
#: The table of commands: name, and what stands in its column of options.
ROWS = re.findall(r"^\| `lineage ([a-z]+)[^|]*\|[^|]*\|([^|]*)\|$", README, flags=re.MULTILINE)
#: The table of edges: types, and how a lineage goes about them.
EDGES = re.findall(r"^\|((?: `[A-Z_]+`,?)+) \|[^|]*\|([^|]*)\|$", README, flags=re.MULTILINE)
#: Told in a sentence, not beside each command.
OF_ALL = {"--store", "--json"}
FOLLOWED = {
    Follow.THROUGH: "walks it",
    Follow.LAST_STEP: "shows it as a last step",
    Follow.ON_REQUEST: "walks it only with `--cited`",
    Follow.NEVER: "never",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`lineage {command}" in README


def options(command: str) -> set[str]:
    params = [p for p in cli.commands[command].params if isinstance(p, click.Option)]
    return {o for p in params for o in p.opts if o.startswith("--")}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_options_beside_a_command_are_all_it_has_and_no_other(command: str) -> None:
    told = {option for name, cell in ROWS if name == command for option in re.findall(r"--[a-z-]+", cell)}
    assert told == options(command) - OF_ALL


def test_the_options_of_every_command_are_in_the_readme() -> None:
    assert [option for option in OF_ALL if f"`{option}`" not in README] == []
    assert {name: OF_ALL - options(name) for name in COMMANDS if OF_ALL - options(name)} == {"copy": {"--store"}}


@pytest.mark.parametrize("line", LINES)
def test_every_command_line_of_the_readme_is_understood(line: str) -> None:
    name, *words = shlex.split(line, comments=True)[1:]
    with cli.commands[name].make_context(name, words) as context:
        assert context.params


def test_the_readme_names_no_command_that_is_not_there() -> None:
    assert {m for m in re.findall(r"`lineage ([a-z]+)", README)} <= set(COMMANDS)


@pytest.mark.parametrize("word", [*EdgeType, *Role, *Status])
def test_every_word_of_the_graph_is_in_the_readme(word: str) -> None:
    assert f"`{word}`" in README


def test_the_table_of_edges_says_how_a_lineage_follows_each() -> None:
    told = {kind: said.strip() for cell, said in EDGES for kind in re.findall(r"[A-Z_]+", cell)}
    assert told == {kind.value: FOLLOWED[spec.follow] for kind, spec in EDGE_SPECS.items()}


def lineage(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [shutil.which("lineage") or "lineage", *shlex.split(line, comments=True)[1:]]
    env = {name: value for name, value in os.environ.items() if name != "LINEAGE_STORE"}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False)


def test_the_examples_of_the_readme_run(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "ingest" / "samples", tmp_path / "directives")
    (examples,) = (block for block in SHELL if not re.search("apt-get|curl|neo4j", block))
    for line in examples.splitlines():
        done = lineage(line, tmp_path)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        assert done.stdout.strip()


def test_the_first_command_of_the_readme_answers(tmp_path: Path) -> None:
    parts = SHELL[0].strip().split(" && ")
    questions = [p.replace(".venv/bin/", "") for p in parts if ".venv/bin/lineage" in p]
    assert len(questions) == 2
    for question in questions:
        done = lineage(question, tmp_path)
        assert done.returncode == 0, done.stderr
    assert "21-KH/TU" in done.stdout
