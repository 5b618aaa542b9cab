"""One spelling, line by line the same, with a map back to the original."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings

from ingest.normalize import normalize, squeeze
from ingest.text import MappedText, RawText
from tests.ingest.strategies import messy_texts


def _normal(text: str) -> str:
    return normalize(RawText(text, "a.txt", "")).text


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        pytest.param("Ti\u00ea\u0301n \u0111o\u0323\u0302", "Tiến độ", id="two orders of marks"),
        pytest.param("a\r\nb\rc\fd", "a\nb\nc\nd", id="line ends"),
        pytest.param("Số\u00a05\u2013KH\u200b/TU", "Số 5-KH/TU", id="spaces and dashes"),
        pytest.param("Ðảng, ðộ", "Đảng, độ", id="eth is Đ"),
        pytest.param("“sạch” ‘sống’ «đủ»", '"sạch" \'sống\' "đủ"', id="quotes"),
        pytest.param(r"đạt $\geq 3\%$ và $\leq 0,5$", "đạt ≥ 3% và ≤ 0,5", id="latex"),
        pytest.param("giá 5$ và 6$", "giá 5$ và 6$", id="dollars"),
        pytest.param("_**Nơi nhận:**_ 5$ **và** 6$", "Nơi nhận: 5$ và 6$", id="marks within marks"),
        pytest.param("&ge; 5 &amp;ge; 6 R&amp;D R&D", "≥ 5 ≥ 6 R&D R&D", id="entities"),
        pytest.param("**T/M** *Báo cáo*: _gấp_", "T/M Báo cáo: gấp", id="emphasis"),
        pytest.param("* việc\n*\n2*3", "* việc\n*\n2*3", id="bullet, lone star, product stay"),
        pytest.param("xem <https://a.vn/b_c_d>, <i>gấp</i><br>ngay", "xem https://a.vn/b_c_d, gấp ngay", id="tags"),
        pytest.param("KGVX^{Ph,G}; 5 m^{2}; 10^{6}", "KGVX; 5 m²; 10^6", id="superscripts"),
        pytest.param(r"1\. a \- b \| c", r"1. a - b \| c", id="escapes"),
        pytest.param("\uf0b7 việc", "• việc", id="word bullet"),
        pytest.param("Công nghệ[^1], Sở¹, 5 m², 3 km²", "Công nghệ, Sở, 5 m², 3 km²", id="footnote signs"),
        pytest.param("**Luật**² và Sở¹**²", "Luật và Sở", id="footnote signs behind other marks"),
        pytest.param(r"\>= 5\% và \< 3", r">= 5\% và < 3", id="escaped comparators"),
    ],
)
def test_spelling(given_text: str, expected: str) -> None:
    assert _normal(given_text) == expected


@given(messy_texts)
@settings(max_examples=150, deadline=None)
def test_idempotent_and_mapped(text: str) -> None:
    found = normalize(RawText(text, "a.txt", ""))
    assert _normal(found.text) == found.text
    assert list(found.starts) == sorted(found.starts)
    assert all(0 <= s < e <= len(text) for s, e in zip(found.starts, found.ends, strict=True))
    digits = [(c, text[s:e]) for c, s, e in zip(found.text, found.starts, found.ends, strict=True) if c in "0123456789"]
    assert all(c in original for c, original in digits if "&" not in original)


def test_squeeze_keeps_the_map() -> None:
    found = squeeze(MappedText.of("  a \t b "))
    assert (found.text, found.span(1, 2)) == ("a b", (3, 6))


@pytest.mark.parametrize(
    "piece", ["*a", "_a", "$\\a", "<b ", "&amp;", "\u0301", "\\", "\\.", "^{", "<", " ", "$a", "</td>"]
)
def test_long_runs_are_read_in_linear_time(piece: str) -> None:
    started = time.perf_counter()
    _normal("a" + piece * (100_000 // len(piece)))
    assert time.perf_counter() - started < 5
