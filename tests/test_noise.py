"""The damage itself: repeatable, stronger with strength, and never another number."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from tests.noise import Strength, damage

_SAMPLES = sorted((Path(__file__).parents[1] / "ingest" / "samples").glob("*.txt"))
_TEXT = "\n".join(p.read_text(encoding="utf-8-sig") for p in _SAMPLES[:6])
_LOOKS = str.maketrans({"O": "0", "l": "1", "Ð": "D", "Đ": "D"})


def numbers(text: str) -> set[str]:
    """Directive numbers of a text, with everything folded that damage may do to one."""
    text = re.sub("[\u2010\u2011\u2013\u2212]", "-", text)
    text = re.sub(r"\s*([-/])\s*", r"\1", text).translate(_LOOKS).upper()
    return set(re.findall(r"[\d.]+-[A-Z]+/[A-Z]+|[\d.]+/(?:\d{4}/)?[A-Z]+-[A-Z]+", text))


@pytest.mark.parametrize("strength", Strength)
def test_is_repeatable(strength: Strength) -> None:
    assert damage(_TEXT, 7, strength) == damage(_TEXT, 7, strength) != damage(_TEXT, 8, strength)


@pytest.mark.parametrize("strength", Strength)
def test_makes_no_other_number(strength: Strength) -> None:
    for seed in range(5):
        assert numbers(damage(_TEXT, seed, strength)) <= numbers(_TEXT)


def test_keeps_every_digit_when_not_heavy() -> None:
    for strength in (Strength.LIGHT, Strength.MEDIUM):
        assert set(re.findall(r"\d+", _TEXT)) <= set(re.findall(r"\d+", damage(_TEXT, 3, strength)))


def test_is_stronger_with_strength() -> None:
    alike = [SequenceMatcher(None, _TEXT[:1500], damage(_TEXT[:1500], 1, s), autojunk=False).ratio() for s in Strength]
    assert alike == sorted(alike, reverse=True)
    assert alike[0] > 0.97 > alike[2]


@pytest.mark.parametrize("text", ["", "\n", "|", "\t\t", "|---|---|", "x" * 5000, "- " * 3000], ids=repr)
def test_takes_anything(text: str) -> None:
    for strength in Strength:
        damage(text, 0, strength)
