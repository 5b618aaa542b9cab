"""Every word of the vocabulary has its Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import pytest

from graph.vocabulary import DeadlineKind, DirectiveType, EdgeType, Every, Level, Role, Status
from viz import labels


@pytest.mark.parametrize(
    ("words", "table"),
    [
        (EdgeType, labels.EDGES),
        (Role, labels.ROLES),
        (DirectiveType, labels.TYPES),
        (Status, labels.STATUSES),
        (Level, labels.LEVELS),
        (DeadlineKind, labels.DEADLINES),
        (Every, labels.EVERY),
    ],
    ids=["edges", "roles", "types", "statuses", "levels", "deadlines", "intervals"],
)
def test_every_word_has_its_vietnamese(words: type[StrEnum], table: Mapping[StrEnum, object]) -> None:
    assert set(table) == set(words)
    assert all(table.values())
