"""How fast the reader is: characters a second on one core and on two, beside eyecite on English of equal length.

    python -m tests.bench.reading [--directives 3000]

eyecite (freelawproject, PyPI) finds citations in English court opinions; we find citations and also header, outline,
tables, relations, tasks, deadlines and targets. Prints ratios of one run; peak memory is of the writing process while
it reads ``--directives`` files of average length (the samples over and over, each with a number of its own).
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from eyecite import get_citations

from graph.store import open_store
from ingest.batch import ingest_files
from ingest.pipeline import read_text
from ingest.readers import SUFFIXES, read_file
from ingest.text import RawText
from tests.bench.measure import peak_mb

SAMPLES = Path(__file__).parents[2] / "ingest" / "samples"
OPINION = (
    "The appellant relies on Harlow v. Mercer, {volume} U.S. {page} ({year}), and on the rule this court stated in "
    "In re Dunmore, {volume} F.3d {page}, {next_page} (9th Cir. {year}). Section {section} of the act, "
    "{section} U.S.C. § {page}, was not argued below. The trial court weighed the testimony of four witnesses, found "
    "three of them credible, and entered judgment for the county; id. at {next_page}. We see no error in that. "
)


def opinions(length: int) -> str:
    """An English opinion of ``length`` characters with about as many citations a page as a plan has."""
    parts: list[str] = []
    size = n = 0
    while size < length:
        n += 1
        part = OPINION.format(
            volume=100 + n % 400, page=10 + n % 900, next_page=20 + n % 900, year=1950 + n % 60, section=5 + n % 40
        )
        parts.append(part + ("\n\n" if n % 3 == 0 else ""))
        size += len(parts[-1])
    return "".join(parts)[:length]


def best_of(times: int, run: Callable[[], object]) -> float:
    """Shortest of some runs, in seconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)


def sample_files() -> list[Path]:
    return sorted(p for p in SAMPLES.iterdir() if p.suffix in SUFFIXES)


def read_all(texts: list[RawText]) -> None:
    for text in texts:
        read_text(text)


_OWN_NUMBER = re.compile(r"(Số ?:? ?)(\d+)")


def copies(folder: Path, count: int) -> list[Path]:
    """``count`` files: the samples over and over, each with a number of its own, so that each is another directive."""
    sources = sample_files()
    texts = [p.read_bytes().decode("utf-8-sig") for p in sources]
    made = []
    for i in range(count):
        target = folder / f"{i:05}{sources[i % len(sources)].suffix}"
        text = _OWN_NUMBER.sub(rf"\g<1>{1000 + i}", texts[i % len(texts)], count=1)
        target.write_text(text + "\n" * (1 + i // len(sources)), encoding="utf-8")
        made.append(target)
    return made


def ingest_copies(count: int, workers: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = copies(folder, count)
        with open_store(folder / "bench.db") as store:
            start = time.perf_counter()
            report = ingest_files(files, store, workers=workers)
            seconds = time.perf_counter() - start
        assert not report.failed, report.totals
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--directives", type=int, default=3000)
    wanted = parser.parse_args().directives
    texts = [read_file(file) for file in sample_files()]
    length = sum(len(t.text) for t in texts)
    english = [opinions(len(t.text)) for t in texts]
    get_citations(english[0])
    ours = best_of(3, lambda: read_all(texts))
    theirs = best_of(3, lambda: [get_citations(t) for t in english])
    print(f"{'reader':<34}{'characters':>12}{'seconds':>9}{'chars/s':>12}{'ratio':>8}")
    for name, seconds in (("eyecite, citations only", theirs), ("lineage, the whole reading", ours)):
        print(f"{name:<34}{length:>12,}{seconds:>9.2f}{length / seconds:>12,.0f}{theirs / seconds:>8.2f}")
    few = max(1, wanted // 10)
    print(f"\n{'ingest into a store':<34}{'files':>12}{'seconds':>9}{'files/s':>12}{'peak MB':>18}")
    for files, workers in ((few, 1), (few, 2), (wanted, 2)):
        seconds = ingest_copies(files, workers)
        own = peak_mb()
        name = f"{workers} worker{'s' if workers > 1 else ''}"
        print(f"{name:<34}{files:>12,}{seconds:>9.1f}{files / seconds:>12.1f}{own:>18.0f}")


if __name__ == "__main__":
    main()
