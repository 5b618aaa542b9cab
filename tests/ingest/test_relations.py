"""Every row of the wording table: what it must take, and what would fool it."""

import time

import pytest

from graph.records import DirectiveFacts, Edge
from graph.vocabulary import DirectiveType, EdgeType
from ingest.mentions import find_mentions
from ingest.relations import read_relations
from ingest.structure import Block, Layout, Part, Section, Style
from ingest.text import MappedText, RawText, Source
from ingest.wordings import Wording, wordings


def edges(text: str, place: str, kind: DirectiveType = DirectiveType.PLAN) -> set[str]:
    return {f"{e.source}>{e.target} {e.type}" for e in relations(text, place, kind)}


def relations(text: str, place: str, kind: DirectiveType = DirectiveType.PLAN) -> list[Edge]:
    raw = RawText(text, "mẫu.txt", "0")
    source = Source.of(raw)
    whole = MappedText.of(text)
    block = Block(Style.NONE, None, whole, 1, "1")
    if place == "title":
        cut = text.index("\n")
        head = (Block(Style.NONE, None, whole[:cut], 1, "1"), Block(Style.NONE, None, whole[cut + 1 :], 2, "2"))
        sections: tuple[Section, ...] = (Section(Part.HEAD, head),)
    else:
        part = Part.PREAMBLE if place in ("preamble", "procedure", "citation") else Part.BODY
        sections = (
            (Section(part, (Block(Style.ROMAN, "I", MappedText.empty(), 1, "I", (block,)),)),)
            if part is Part.BODY
            else (Section(part, (block,)),)
        )
    this = DirectiveFacts(type=kind, jurisdiction="Hưng Yên")
    found = read_relations(find_mentions(Layout(sections), this, source), this, source)
    for edge in found:
        assert edge.evidence and raw.text[edge.evidence.start : edge.evidence.end] == edge.evidence.quote
    return found


def _place(row: Wording) -> str:
    order = ("preamble", "title", "closing", "after", "citation", "procedure", "body", "purpose", "promulgation")
    return next(p for p in order if p in row.places)


@pytest.mark.parametrize("row", wordings(), ids=lambda w: w.phrase)
def test_row_takes(row: Wording) -> None:
    place = (
        "body"
        if row.take.startswith(("Kế hoạch này", "Quyết định này", "Nghị định này", "Văn bản này"))
        else _place(row)
    )
    place = "body" if place == "after" else place
    if row.take.startswith("Về "):
        assert f"{row.edge} {row.relation}" in edges(f"QUYẾT ĐỊNH\n{row.take}", "title")
        return
    assert f"{row.edge} {row.relation}" in edges(row.take, place)


@pytest.mark.parametrize("row", [w for w in wordings() if w.relation is not EdgeType.CITED_IN], ids=lambda w: w.phrase)
def test_row_is_not_fooled(row: Wording) -> None:
    assert not [e for e in edges(row.fool, "body") if e.endswith(f" {row.relation}")]


def test_second_hand_chain() -> None:
    text = (
        "Căn cứ Kế hoạch số 07-KH/ĐU của Đảng ủy phường thực hiện Kế hoạch số 24-KH/TU của Tỉnh ủy thực hiện "
        "Nghị quyết số 57-NQ/TW của Bộ Chính trị;"
    )
    assert edges(text, "preamble") == {
        "07-KH/ĐU>this BASIS_FOR",
        "24-KH/TU>07-KH/ĐU CASCADES_TO",
        "57-NQ/TW>24-KH/TU CASCADES_TO",
    }


def test_an_amended_programme_without_number_is_carried_out_by_its_resolution() -> None:
    text = (
        "Căn cứ Nghị quyết số 71/NQ-CP của Chính phủ sửa đổi, bổ sung Chương trình thực hiện Nghị quyết số 57-NQ/TW; "
        "Nghị quyết số 11/NQ-CP của Chính phủ sửa đổi Nghị quyết số 71/NQ-CP;"
    )
    assert edges(text, "preamble") == {
        "71/NQ-CP>this BASIS_FOR",
        "57-NQ/TW>71/NQ-CP CASCADES_TO",
        "11/NQ-CP>this BASIS_FOR",
        "71/NQ-CP>11/NQ-CP AMENDED_BY",
    }


def test_blanket_repeal_names_nothing() -> None:
    assert edges("Các quy định trước đây trái với Quyết định này đều bãi bỏ.", "body") == set()


STATED = [
    pytest.param(
        "Căn cứ Nghị định số 24/2014/NĐ-CP của Chính phủ (được sửa đổi, bổ sung bởi Nghị định số 107/2020/NĐ-CP);",
        "preamble",
        DirectiveType.PLAN,
        {"24/2014/NĐ-CP>107/2020/NĐ-CP AMENDED_BY", "24/2014/NĐ-CP>this BASIS_FOR"},
        id="amended, in a bracket",
    ),
    pytest.param(
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Báo chí số 12/2030/QH17;",
        "preamble",
        DirectiveType.PLAN,
        {"12/2030/QH17>this BASIS_FOR"},
        id="the title of an amending law is no verb",
    ),
    pytest.param(
        "Thời gian qua, nhiều xã đã triển khai Chỉ thị số 18/CT-TTg của Thủ tướng Chính phủ nhưng còn chậm.",
        "preamble",
        DirectiveType.INSTRUCTION,
        {"18/CT-TTg>this CITED_IN"},
        id="a report of the past",
    ),
    pytest.param(
        "Tiếp tục thực hiện Kế hoạch số 38-KH/TU và Chương trình số 46-CTr/TU.",
        "body",
        DirectiveType.CONCLUSION,
        {"38-KH/TU>this CASCADES_TO", "46-CTr/TU>this CASCADES_TO"},
        id="an order of a conclusion",
    ),
    pytest.param(
        "Tiếp tục thực hiện Kế hoạch số 38-KH/TU của Tỉnh ủy.",
        "body",
        DirectiveType.PLAN,
        {"38-KH/TU>this CITED_IN"},
        id="the same words are a task of a plan",
    ),
    pytest.param(
        "Điều chỉnh chỉ tiêu tại Mục II Kế hoạch số 38-KH/TU: đạt 90%.",
        "body",
        DirectiveType.CONCLUSION,
        {"38-KH/TU>this AMENDED_BY"},
        id="a changed figure",
    ),
    pytest.param(
        "Giao Sở Tư pháp tham mưu sửa đổi Quyết định số 14/2024/QĐ-UBND.",
        "body",
        DirectiveType.DECISION,
        {"14/2024/QĐ-UBND>this CITED_IN"},
        id="a change handed to somebody else",
    ),
    pytest.param(
        "Công văn này thay thế Công văn số 2840/BNV-TCBC ngày 20/6/2025 của Bộ Nội vụ.",
        "body",
        DirectiveType.OFFICIAL_LETTER,
        {"2840/BNV-TCBC>this SUPERSEDED_BY"},
        id="a letter replaces a letter",
    ),
    pytest.param(
        "Căn cứ Quy chế làm việc của Ban Chỉ đạo; thực hiện Thông báo số 07-TB/TU của Thường trực Tỉnh ủy,",
        "preamble",
        DirectiveType.PROGRAMME,
        {"07-TB/TU>this CASCADES_TO"},
        id="each item of a preamble has its own verb",
    ),
    pytest.param(
        "Căn cứ Kết luận số 18-KL/TW; ý kiến chỉ đạo của Ban Bí thư tại Công văn số 931-CV/VPTW;",
        "preamble",
        DirectiveType.GUIDANCE,
        {"18-KL/TW>this BASIS_FOR", "931-CV/VPTW>this BASIS_FOR"},
        id="an item of a preamble that only points stays under its verb",
    ),
    pytest.param(
        "Tại xã Mường Bú, cháy rừng xảy ra hai vụ... Để tiếp tục thực hiện Chỉ thị số 18/CT-TTg, UBND tỉnh yêu cầu:",
        "preamble",
        DirectiveType.INSTRUCTION,
        {"18/CT-TTg>this CASCADES_TO"},
        id="a place named before the verb",
    ),
    pytest.param(
        "Trên cơ sở xem xét Đề án kèm theo Tờ trình số 77/TTr-UBND của Ủy ban nhân dân tỉnh;",
        "preamble",
        DirectiveType.RESOLUTION,
        {"77/TTr-UBND>this CITED_IN"},
        id="what was weighed is no basis",
    ),
    pytest.param(
        "Nộp theo Thông tư số 38/2015/TT-BTC (được sửa đổi tại Thông tư số 39/2018/TT-BTC) và hướng dẫn tại công văn "
        "số 5102/TCHQ-GSQL.",
        "body",
        DirectiveType.OFFICIAL_LETTER,
        {
            "38/2015/TT-BTC>39/2018/TT-BTC AMENDED_BY",
            "38/2015/TT-BTC>this CITED_IN",
            "5102/TCHQ-GSQL>this CITED_IN",
        },
        id="guidance that is a noun",
    ),
    pytest.param(
        "Quyết định này thay thế Quyết định số 12/QĐ-UBND, Quyết định số 13/QĐ-UBND đều thực hiện Kế hoạch số "
        "44/KH-UBND và bãi bỏ Quyết định số 15/QĐ-UBND.",
        "body",
        DirectiveType.DECISION,
        {
            "12/QĐ-UBND>this SUPERSEDED_BY",
            "13/QĐ-UBND>this SUPERSEDED_BY",
            "44/KH-UBND>13/QĐ-UBND CASCADES_TO",
            "15/QĐ-UBND>this REPEALED_BY",
        },
        id="the second verb of a closing sentence is the text's own",
    ),
    pytest.param(
        "Thực hiện Công điện số 1409 ngày 15/9/2021 của Bộ Y tế;",
        "preamble",
        DirectiveType.PLAN,
        {"1409>this CASCADES_TO"},
        id="a telegram without its symbol",
    ),
    pytest.param(
        "Thực hiện Công điện số 1409 của Bộ Y tế;",
        "preamble",
        DirectiveType.PLAN,
        set(),
        id="no symbol and no day: left open",
    ),
]


@pytest.mark.parametrize(("text", "place", "kind", "want"), STATED)
def test_stated(text: str, place: str, kind: DirectiveType, want: set[str]) -> None:
    assert edges(text, place, kind) == want


def test_the_last_of_a_long_list_is_quoted_with_the_words_that_govern_it() -> None:
    listed = ", ".join(f"Kế hoạch số {n}-KH/TU ngày 12/3/2026 của Ban Thường vụ Tỉnh ủy" for n in range(31, 40))
    found = relations(f"Cụ thể hóa {listed};", "preamble")
    last = next(e for e in found if e.source == "39-KH/TU")
    assert last.evidence
    assert last.evidence.quote.startswith("Cụ thể hóa Kế hoạch số 31-KH/TU")
    assert last.evidence.quote.endswith("39-KH/TU ngày 12/3/2026 của Ban Thường vụ Tỉnh ủy")


def test_words_too_far_back_for_one_quote_are_said_to_be_outside_it() -> None:
    listed = ", ".join(f"Kế hoạch số {n}-KH/TU ngày 12/3/2026 của Ban Thường vụ Tỉnh ủy" for n in range(31, 80))
    last = next(e for e in relations(f"Cụ thể hóa {listed};", "preamble") if e.source == "79-KH/TU")
    assert last.method.endswith("wording outside the quote")
    assert last.evidence and "79-KH/TU" in last.evidence.quote and "Cụ thể" not in last.evidence.quote


def test_a_block_of_a_thousand_citations_is_quick() -> None:
    one = "Quyết định số {0}/QĐ-UBND của UBND tỉnh (sau đây gọi tắt là Quyết định {0})"
    listed = ", ".join(one.format(i) for i in range(1, 1000))
    began = time.perf_counter()
    found = edges(f"Kế hoạch này bãi bỏ {listed}.", "body")
    assert len(found) == 999
    assert time.perf_counter() - began < 10
