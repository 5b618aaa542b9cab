"""How many citations seeded damage costs the reader, and whether it ever turns one number into another.

    python -m tests.bench.noise [--seeds 5]

Reads every sample and every text of tests/corpus clean and damaged at three strengths (tests/noise.py). "lost": a
directive the clean reading cites and the damaged one does not; "invented": a number the clean reading does not have.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from graph.numbers import loose_key, number_key
from graph.records import Reading
from ingest.pipeline import read_text
from ingest.readers import read_file
from ingest.text import RawText
from tests.noise import Strength, damage

_ROOT = Path(__file__).parents[2]
FOLDERS = (_ROOT / "ingest" / "samples", _ROOT / "tests" / "corpus")


def texts() -> list[RawText]:
    """All clean texts, sorted by name."""
    files = (p for folder in FOLDERS for p in sorted(folder.iterdir()) if p.suffix in (".txt", ".md"))
    return [read_file(p) for p in files]


@cache
def cited(reading: Reading) -> set[str]:
    """Keys of the directives a text cites."""
    return {number_key(m.number) for m in reading.mentions if m.number}


def damaged(clean: RawText, seed: int, strength: Strength) -> RawText:
    text = damage(clean.text, seed, strength)
    return RawText(text, clean.path, hashlib.sha256(text.encode()).hexdigest())


def losses(clean: RawText, seed: int, strength: Strength) -> tuple[int, set[str], set[str]]:
    """Citations of the clean reading, those the damaged one lost, and numbers that only the damaged one has.

    A number whose Đ became D is the same printed number damaged, no other one: it is compared by its loose key.
    """
    before = read_text(clean)
    after = cited(read_text(damaged(clean, seed, strength)))
    known = {loose_key(k) for k in cited(before) | {number_key(before.this.number or "")}}
    found = {loose_key(k) for k in after}
    lost = {k for k in cited(before) if loose_key(k) not in found}
    invented = {k for k in after if loose_key(k) not in known}
    return len(cited(before)), lost, invented


def rows(seeds: int) -> Iterator[tuple[Strength, int, int, int]]:
    """For each strength: citations read clean, lost and invented, over all texts and seeds."""
    for strength in Strength:
        found = [losses(text, seed, strength) for text in texts() for seed in range(seeds)]
        yield strength, sum(n for n, _, _ in found), sum(len(x) for _, x, _ in found), sum(len(x) for _, _, x in found)


def main() -> None:
    parser = argparse.ArgumentParser(description="Citations lost and invented under seeded damage.")
    parser.add_argument("--seeds", type=int, default=5)
    seeds = parser.parse_args().seeds
    print(f"{len(texts())} texts, {seeds} seeds each")
    print(f"{'damage':<10}{'citations':>10}{'lost':>7}{'share':>9}{'invented':>10}")
    for strength, total, lost, invented in rows(seeds):
        print(f"{strength:<10}{total:>10,}{lost:>7}{lost / total:>9.2%}{invented:>10}")


if __name__ == "__main__":
    main()
