"""The examples in the docstrings of the reader say what it does."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import ingest


@pytest.mark.parametrize("module", sorted(m.name for m in pkgutil.iter_modules(ingest.__path__)))
def test_examples_hold(module: str) -> None:
    assert doctest.testmod(importlib.import_module(f"ingest.{module}")).failed == 0
