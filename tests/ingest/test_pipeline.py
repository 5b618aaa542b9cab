"""The whole way from a file to the graph: what must hold for every text, whatever stands in it."""

from __future__ import annotations

import gc
import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.export import ExportFormat, export
from graph.records import Evidence, Reading
from graph.store import open_store
from graph.vocabulary import EdgeType
from ingest.pipeline import read, read_text
from ingest.text import RawText
from tests.ingest.strategies import messy_texts

_ROOT = Path(__file__).parents[2]
TEXTS = [
    p
    for folder in (_ROOT / "ingest" / "samples", _ROOT / "tests" / "corpus")
    for p in sorted(folder.iterdir())
    if p.suffix in (".txt", ".md")
]
SAMPLES = [p for p in TEXTS if p.parent.name == "samples"]


def raw(text: str, name: str = "text.txt") -> RawText:
    return RawText(text, name, hashlib.sha256(text.encode()).hexdigest())


def all_evidence(reading: Reading) -> Iterator[Evidence]:
    things = [reading.this, *reading.mentions, *reading.tasks, *reading.indicators, *reading.edges]
    things += [*reading.aliases, *reading.declared_counts, *(t for i in reading.indicators for t in i.targets)]
    yield from (e for thing in things if (e := getattr(thing, "evidence", None)) is not None)


def assert_quotes_stand_in_place(reading: Reading) -> None:
    for evidence in all_evidence(reading):
        assert reading.text[evidence.start : evidence.end] == evidence.quote
        assert evidence.quote
        assert evidence.line == reading.text.count("\n", 0, evidence.start) + 1


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_every_quote_stands_in_its_place(path: Path) -> None:
    reading = read(path)
    assert_quotes_stand_in_place(reading)
    unread = [
        e for e in reading.edges if e.evidence is None and e.asserted_by is not None and e.type != EdgeType.ISSUED
    ]
    assert unread == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_reading_twice_reads_the_same(path: Path) -> None:
    assert read(path) == read(path)


@settings(derandomize=True, max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(messy_texts)
def test_no_text_breaks_the_reader(text: str) -> None:
    assert_quotes_stand_in_place(read_text(raw(text)))


def graph_of(readings: list[Reading], folder: Path) -> str:
    with open_store(folder / "s.db") as store:
        for reading in readings:
            store.write(reading)
        export(store, folder / "g.jsonl", ExportFormat.JSONL)
    return (folder / "g.jsonl").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [read(p) for p in SAMPLES]


def test_the_order_of_reading_makes_no_difference(
    readings: list[Reading], tmp_path_factory: pytest.TempPathFactory
) -> None:
    wanted = graph_of(readings, tmp_path_factory.mktemp("forward"))
    assert graph_of(readings[::-1], tmp_path_factory.mktemp("backward")) == wanted
    assert graph_of([*readings[5:], *readings[:5], *readings], tmp_path_factory.mktemp("turned")) == wanted


@settings(derandomize=True, max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(range(6)))
def test_any_order_of_a_family_gives_one_graph(
    order: list[int], readings: list[Reading], tmp_path_factory: pytest.TempPathFactory
) -> None:
    family = readings[:6]
    wanted = graph_of(family, tmp_path_factory.mktemp("a"))
    assert graph_of([family[i] for i in order], tmp_path_factory.mktemp("b")) == wanted


def test_a_stub_is_filled_in_not_doubled(tmp_path: Path) -> None:
    citing, cited = read_text(raw(_CITING, "citing.txt")), read_text(raw(_CITED, "cited.txt"))
    with open_store(tmp_path / "s.db") as store:
        store.write(citing)
        (stub,) = store.directives_by_number("187-KH/TU")
        assert not stub.held
        store.write(cited)
        (filled,) = store.directives_by_number("187-KH/TU")
        assert filled.held
        assert filled.id == stub.id


_CITED = """TỈNH ỦY NINH BÌNH
*
Số 187-KH/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Ninh Bình, ngày 12 tháng 5 năm 2025
KẾ HOẠCH
phát triển dữ liệu của tỉnh

Thực hiện Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị, Ban Thường vụ Tỉnh ủy ban hành Kế hoạch như sau:

I. NHIỆM VỤ

1. Lập danh mục dữ liệu của từng ngành.
"""
_CITING = """ỦY BAN NHÂN DÂN
TỈNH NINH BÌNH
Số: 98/KH-UBND
Ninh Bình, ngày 20 tháng 5 năm 2025
KẾ HOẠCH
Triển khai phát triển dữ liệu của tỉnh

Thực hiện Kế hoạch số 187-KH/TU ngày 12/5/2025 của Ban Thường vụ Tỉnh ủy, Ủy ban nhân dân tỉnh ban hành Kế hoạch
như sau:

I. NHIỆM VỤ

1. Sở Khoa học và Công nghệ lập kho dữ liệu dùng chung.
"""

HOSTILE = {
    "numbers": "1" * 60_000,
    "slashes": "1/" * 30_000,
    "dashes": "65-KH/" * 10_000,
    "spaces": "số" + " " * 60_000 + "65-KH/TU",
    "brackets": "(" * 60_000,
    "commas": "Sở Tài chính, " * 4_000,
    "and": "và " * 20_000,
    "bullets": "- a\n" * 15_000,
    "tabs": "\t" * 60_000,
    "rows": "1\ta\tb\tc\n" * 5_000,
    "pipes": "|" * 60_000,
    "headings": "I. \n" * 15_000,
    "dates": "ngày 1/1/2026 " * 4_000,
    "quotes": '"' * 60_000,
    "căn cứ": "Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024; " * 600,
    "combining": "a" + "\u0301" * 60_000,
    "long words": "a" * 100_000,
    "type words": "Kế hoạch " * 8_000,
    "colons": "a: " * 20_000,
}


@pytest.mark.timeout(90)
@pytest.mark.parametrize("kind", HOSTILE)
def test_long_runs_take_no_more_than_linear_time(kind: str) -> None:
    """Four times the text may take four times as long, and twice that for a busy machine; sixteen times it may not."""
    text = HOSTILE[kind]
    quarter, whole = (min(_seconds(part) for _ in range(2)) for part in (text[: len(text) // 4], text))
    assert whole < 9 * max(quarter, 0.15), f"{quarter:.2f} s for a quarter, {whole:.2f} s for the whole"


def _seconds(text: str) -> float:
    """Without looking for garbage: what that costs grows with all that other tests left in this process."""
    gc.disable()
    try:
        start = time.process_time()
        read_text(raw(text))
        return time.process_time() - start
    finally:
        gc.enable()
