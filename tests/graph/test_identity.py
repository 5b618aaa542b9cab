"""Which mentions are one directive: rows of (reading, number, date, place) and the ids they get."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.identity import Witness, bare_key, number_slug, place_slug, resolve
from graph.records import DirectiveFacts
from graph.vocabulary import DirectiveType


def said(
    reading: str,
    number: str,
    date: str | None = None,
    place: str | None = "central",
    *,
    held: bool = False,
    type_: DirectiveType | None = None,
    issuer: str | None = None,
) -> Witness:
    when = dt.date.fromisoformat(date) if date else None
    facts = DirectiveFacts(number=number, issued_on=when, jurisdiction=place, type=type_, issuer=issuer)
    return Witness(reading, "this" if held else "c1", facts, held)


def ids(*witnesses: Witness) -> list[str]:
    found = resolve(witnesses)
    return [found[w.key].id for w in witnesses]


def test_one_number_twice_in_a_year_is_two_party_directives() -> None:
    one, other, undated = ids(
        said("a", "01-KH/BCĐTW", "2025-03-21"), said("b", "01-KH/BCĐTW", "2025-06-02"), said("c", "01-KH/BCĐTW")
    )
    assert len({one, other, undated}) == 3
    assert undated.endswith(".undated")


def test_an_undated_citation_with_several_fits_keeps_them_as_candidates() -> None:
    undated = said("c", "01-KH/BCĐTW")
    found = resolve([said("a", "01-KH/BCĐTW", "2025-03-21"), said("b", "01-KH/BCĐTW", "2025-06-02"), undated])
    assert found[undated.key].candidates == (
        "central.01-kh_bcddtw.2025-03-21",
        "central.01-kh_bcddtw.2025-06-02",
    )


def test_an_undated_citation_with_one_fit_is_that_directive() -> None:
    assert len(set(ids(said("a", "57-NQ/TW", "2024-12-22"), said("b", "57-NQ/TW")))) == 1


def test_a_date_wrong_by_two_days_is_the_same_directive_under_the_date_most_texts_print() -> None:
    same = ids(
        said("a", "57-NQ/TW", "2024-12-22"), said("b", "57-NQ/TW", "2024-12-24"), said("c", "57-NQ/TW", "2024-12-22")
    )
    assert set(same) == {"central.57-nq_tw.2024-12-22"}


def test_the_text_itself_decides_its_date_and_is_held() -> None:
    text = said("a", "65-KH/TU", "2026-04-22", "Hưng Yên", held=True)
    citations = [said(r, "65-KH/TU", "2026-04-21", "Hưng Yên") for r in "bcd"]
    found = resolve([*citations, text])
    assert {d.id for d in found.values()} == {"hung-yen.65-kh_tu.2026-04-22"}
    assert all(d.held for d in found.values())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (said("a", "65-KH/TU", "2026-04-22", "Hưng Yên"), said("b", "65-KH/TU", "2026-04-22", "Ninh Bình")),
        (said("a", "85/KH-UBND", "2025-04-17", "Hưng Yên"), said("b", "85/KH-UBND", "2026-04-17", "Hưng Yên")),
        (
            said("a", "02/2026/QH16", type_=DirectiveType.LAW),
            said("b", "02/2026/QH16", type_=DirectiveType.RESOLUTION),
        ),
        (
            said("a", "05-KH/ĐU", "2026-02-01", "Hưng Yên", issuer="Đảng ủy Ủy ban nhân dân tỉnh"),
            said("b", "05-KH/ĐU", "2026-02-03", "Hưng Yên", issuer="Đảng ủy Công an tỉnh"),
        ),
    ],
    ids=["two provinces", "two years of one series", "law and resolution of one number", "two party committees"],
)
def test_different_directives_stay_apart(one: Witness, other: Witness) -> None:
    assert len(set(ids(one, other))) == 2


def test_a_state_number_is_one_directive_a_year_even_where_a_date_is_misprinted() -> None:
    assert (
        len(set(ids(said("a", "85/KH-UBND", "2025-04-17", "Huế"), said("b", "85/KH-UBND", "2025-07-14", "Huế")))) == 1
    )


def test_drafts_without_a_number_are_known_by_place_symbol_and_title() -> None:
    facts = DirectiveFacts(symbol="KH-UBND", title="Phát triển dữ liệu", jurisdiction="Huế", issued_year=2026)
    assert bare_key(facts, "sha-1") == bare_key(facts, "sha-2")
    assert bare_key(facts.model_copy(update={"title": None}), "sha-1") == "blank:sha-1"


def test_slugs_tell_apart_what_differs() -> None:
    assert number_slug("01-KH/BCĐ") != number_slug("01/KH-BCĐ")
    assert number_slug("05-DA/TU") != number_slug("05-ĐA/TU")
    assert place_slug("Minh Xuân, Tuyên Quang") == "tuyen-quang~minh-xuan"


witness = st.builds(
    said,
    st.sampled_from("abcdef"),
    st.sampled_from(["01-KH/BCĐTW", "1-KH/BCĐTW"]),
    st.sampled_from([None, "2025-03-21", "2025-03-23", "2025-06-02", "2026-01-05"]),
    st.sampled_from(["central", "Hưng Yên", None]),
    issuer=st.sampled_from([None, "Ban Chỉ đạo Trung ương"]),
)


@settings(derandomize=True, max_examples=150)
@given(st.lists(witness, max_size=5, unique_by=lambda w: w.key))
def test_the_order_of_reading_never_matters(witnesses: list[Witness]) -> None:
    wanted = resolve(witnesses)
    for order in itertools.islice(itertools.permutations(witnesses), 24):
        assert resolve(order) == wanted
