"""The README says what the program does: every command stands in it, and what stands in it exists."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from api.cli import cli
from graph.vocabulary import EdgeType, Role, Status

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(cli.commands)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`lineage {command}" in README


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_in_the_readme(command: str) -> None:
    params = [p for p in cli.commands[command].params if isinstance(p, click.Option)]
    assert [o for p in params for o in p.opts if o.startswith("--") and o not in README] == []


def test_the_readme_names_no_command_that_is_not_there() -> None:
    assert {m for m in re.findall(r"`lineage ([a-z]+)", README)} <= set(COMMANDS)


@pytest.mark.parametrize("word", [*EdgeType, *Role, *Status])
def test_every_word_of_the_graph_is_in_the_readme(word: str) -> None:
    assert f"`{word}`" in README
