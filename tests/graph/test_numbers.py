"""Directive numbers: how people write them, and what is no number."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.numbers import DirectiveNumber, issuer_codes, loose_key, number_key, type_codes
from graph.vocabulary import DirectiveType, System

FORMS = [
    ("65-KH/TU", "65-KH/TU", "KH/TU", DirectiveType.PLAN, System.PARTY),
    ("65 - kh/tu", "65-KH/TU", "KH/TU", DirectiveType.PLAN, System.PARTY),
    ("125 /KH-BCĐ", "125/KH-BCĐ", "KH-BCĐ", DirectiveType.PLAN, System.STATE),
    ("1-KH/BCĐ", "01-KH/BCĐ", "KH/BCĐ", DirectiveType.PLAN, System.PARTY),
    ("092/KH-UBND", "92/KH-UBND", "KH-UBND", DirectiveType.PLAN, System.STATE),
    ("06-Ctr/TU", "06-CTr/TU", "CTr/TU", DirectiveType.PROGRAMME, System.PARTY),
    ("83-CTHĐ/TU", "83-CTHĐ/TU", "CTHĐ/TU", DirectiveType.PROGRAMME, System.PARTY),
    ("8602-QĐ/TU", "8602-QĐ/TU", "QĐ/TU", DirectiveType.DECISION, System.PARTY),
    ("8602-Q\u00d0/TU", "8602-QĐ/TU", "QĐ/TU", DirectiveType.DECISION, System.PARTY),
    ("71/NQ\u2013CP", "71/NQ-CP", "NQ-CP", DirectiveType.RESOLUTION, System.STATE),
    ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP", "NQ-CP", DirectiveType.RESOLUTION, System.STATE),
    ("30c/NQ-CP", "30c/NQ-CP", "NQ-CP", DirectiveType.RESOLUTION, System.STATE),
    ("193/2025/QH15", "193/2025/QH15", "QH15", None, System.STATE),
    ("30-NQ/2026/QH16", "30/2026/QH16", "QH16", None, System.STATE),
    ("70/2025/UBTVQH15", "70/2025/UBTVQH15", "UBTVQH15", None, System.STATE),
    ("104/2022/NĐ-CP", "104/2022/NĐ-CP", "NĐ-CP", DirectiveType.DECREE, System.STATE),
    ("05/2025/TT-BKHCN", "05/2025/TT-BKHCN", "TT-BKHCN", DirectiveType.CIRCULAR, System.STATE),
    ("4912/UBND-NC", "4912/UBND-NC", "UBND-NC", DirectiveType.OFFICIAL_LETTER, System.STATE),
    ("1806/SKHCN-CĐS", "1806/SKHCN-CĐS", "SKHCN-CĐS", DirectiveType.OFFICIAL_LETTER, System.STATE),
    ("8170-CV/TU", "8170-CV/TU", "CV/TU", DirectiveType.OFFICIAL_LETTER, System.PARTY),
    ("367-QĐ/TWĐTN-VP", "367-QĐ/TWĐTN-VP", "QĐ/TWĐTN-VP", DirectiveType.DECISION, System.FRONT),
    ("16/KH-MTTQ-UB", "16/KH-MTTQ-UB", "KH-MTTQ-UB", DirectiveType.PLAN, System.FRONT),
    ("16/TTr-SNV", "16/TTr-SNV", "TTr-SNV", DirectiveType.SUBMISSION, System.STATE),
    ("12/1998/CT/UB", "12/1998/CT/UB", "CT/UB", DirectiveType.INSTRUCTION, System.STATE),
    ("305/TTr.UBND", "305/TTr.UBND", "TTr.UBND", DirectiveType.SUBMISSION, System.STATE),
    ("44/CP", "44/CP", "CP", None, System.STATE),
    ("44-CP", "44-CP", "CP", None, System.STATE),
    ("91-ttg", "91-TTg", "TTg", None, System.STATE),
    ("18-LĐTBXH/TT", "18-LĐTBXH/TT", "LĐTBXH/TT", DirectiveType.CIRCULAR, System.STATE),
    ("02-TANDTC-VKSNDTC/TTLT", "02-TANDTC-VKSNDTC/TTLT", "TANDTC-VKSNDTC/TTLT", DirectiveType.CIRCULAR, System.STATE),
    ("09-BXD/KTQH", "09-BXD/KTQH", "BXD/KTQH", None, System.STATE),
    ("21-TC/TCT", "21-TC/TCT", "TC/TCT", None, System.STATE),
    ("07-TT/LB", "07-TT/LB", "TT/LB", DirectiveType.CIRCULAR, System.STATE),
    ("12-TC/TU", "12-TC/TU", "TC/TU", DirectiveType.NOTICE, System.PARTY),
    ("31/2002/UBTVQH", "31/2002/UBTVQH", "UBTVQH", None, System.STATE),
    ("03-HD/BTCĐU", "03-HD/BTCĐU", "HD/BTCĐU", DirectiveType.GUIDANCE, System.PARTY),
    ("1409", "1409", "", None, System.STATE),
]

NO_NUMBERS = ["24/7", "3/4", "15/5/2026", "80%/năm", "1.227/1.298", "TU", "số 65", "", "65-KH", "KH/TU", "12/2025"]


@pytest.mark.parametrize(("written", "canonical", "symbol", "type_", "system"), FORMS, ids=[f[0] for f in FORMS])
def test_numbers_are_read_however_people_write_them(
    written: str, canonical: str, symbol: str, type_: DirectiveType | None, system: System
) -> None:
    number = DirectiveNumber.parse(written)
    assert str(number) == canonical
    assert number.symbol == symbol
    assert number.type == type_
    assert number.system == system


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(ValueError, match="not a directive number"):
        DirectiveNumber.parse(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("01-KH/BCĐ", "01/KH-BCĐ"), ("05-DA/TU", "05-ĐA/TU"), ("12/HD-UBND", "12/HĐ-UBND"), ("443-KH/TU", "443/QĐ-UBND")],
    ids=["party and state separators", "dự án, đề án", "hướng dẫn, hợp đồng", "plan and decision"],
)
def test_different_directives_never_share_a_key(one: str, other: str) -> None:
    assert number_key(one) != number_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12/1998/CT/UB", "12/1998/CT-UB"),
        ("305/TTr.UBND", "305/TTr-UBND"),
        ("44-CP", "44/CP"),
        ("07-TT/LB", "07/TT-LB"),
    ],
    ids=["slash", "dot", "hyphen before the symbol", "joint circular"],
)
def test_how_an_office_joins_its_codes_makes_no_second_directive(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)
    assert DirectiveNumber.parse(one).key == DirectiveNumber.parse(other).key


def test_a_loose_key_forgives_what_people_cannot_type() -> None:
    assert loose_key("65 kh tu".replace(" ", "-")) == loose_key("65-KH/TU")
    assert loose_key("443/QD-UBND") == loose_key("443/QĐ-UBND")


parts = st.tuples(
    st.integers(1, 99999),
    st.sampled_from([c.code for codes in type_codes().values() for c in codes]),
    st.sampled_from([c.code for c in issuer_codes().values()]),
    st.booleans(),
)


@settings(derandomize=True, max_examples=200)
@given(parts)
def test_parsing_what_was_written_gives_it_back(made: tuple[int, str, str, bool]) -> None:
    ordinal, type_code, issuer, party = made
    assume(not (party and issuer_codes()[issuer.upper()].system == "state"))
    number = DirectiveNumber(str(ordinal), None, type_code, issuer, party)
    assert DirectiveNumber.parse(str(number)) == number
    assert DirectiveNumber.parse(str(number).lower()) == number
