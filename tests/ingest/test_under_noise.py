"""Damaged text never stops the reader, never becomes another number, and costs at most a stated share of citations."""

from __future__ import annotations

import re
from functools import cache

import pytest

from graph.numbers import number_key
from ingest.pipeline import read_text
from ingest.text import RawText
from tests.ingest.test_samples import TEXTS
from tests.noise import Strength, damage

SHARES = {Strength.LIGHT: 0.01, Strength.MEDIUM: 0.03, Strength.HEAVY: 0.10}


@cache
def cited(text: str, name: str) -> frozenset[str]:
    """Keys of all numbers that a text cites."""
    reading = read_text(RawText(text, name, "0" * 64))
    return frozenset(number_key(m.number) for m in reading.mentions if m.number)


@cache
def rows(strength: Strength) -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    """By text: its name, what the clean text cites, what the damaged one cites."""
    texts = [(p.name, p.read_text(encoding="utf-8-sig")) for p in TEXTS]
    return tuple((n, cited(t, n), cited(damage(t, 0, strength), n)) for n, t in texts)


@pytest.mark.parametrize("strength", Strength)
def test_loses_at_most_a_stated_share(strength: Strength) -> None:
    lost = [(name, sorted(clean - got)) for name, clean, got in rows(strength) if clean - got]
    assert sum(len(keys) for _, keys in lost) <= SHARES[strength] * sum(len(clean) for _, clean, _ in rows(strength)), (
        lost
    )


@pytest.mark.parametrize("strength", Strength)
def test_makes_no_other_number(strength: Strength) -> None:
    """A number may lose its symbol's accents, but no digit of it may change, appear or vanish."""
    wrong = []
    for name, clean, got in rows(strength):
        digits = {re.split(r"[-/]", number)[0] for number in clean}
        wrong += [(name, number) for number in sorted(got - clean) if re.split(r"[-/]", number)[0] not in digits]
    assert wrong == []
