"""The README's table of routes is that of the app, and the parameters it names are theirs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.api.http.routes import Operation, name_of, operations, parameters

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\|((?: `(?:GET|POST|DELETE) /\S+`,?)+) \|(.*)\|$", re.MULTILINE)
ROUTE = re.compile(r"`((?:GET|POST|DELETE) /\S+)`")
ROWS = {route: said for cell, said in ROW.findall(README) for route in ROUTE.findall(cell)}


def test_the_table_names_every_route_and_no_other() -> None:
    assert sorted(ROWS) == sorted(name_of(operation) for operation in operations())


@pytest.mark.parametrize("operation", operations(), ids=name_of)
def test_the_parameters_named_beside_a_route_are_its_own(operation: tuple[str, str, Operation]) -> None:
    named = {word.partition("=")[0] for word in re.findall(r"`([a-z_]+(?:=\w+)?)`", ROWS[name_of(operation)])}
    assert named <= {parameter["name"] for parameter in parameters(operation[2], "query")} | {"as_of"}
