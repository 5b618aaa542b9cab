"""What things are called: places in an outline as they are printed, types that two systems write alike, numbers."""

from __future__ import annotations

import pytest

from graph.records import Agency, Directive, Evidence, Indicator, Target, Task
from graph.store.base import Node
from graph.vocabulary import DirectiveType, Origin, System
from viz import words
from viz.pages.wording import Wording

SAID = Evidence(file="a.txt", sha256="0" * 64, line=1, start=0, end=1, quote="a")


def task(ref: str) -> Task:
    return Task(ref=ref, text="a", origin=Origin.APPENDIX, section="PL", evidence=SAID)


def target(ref: str, year: int | None) -> Target:
    return Target(ref=ref, year=year, text="a", evidence=SAID)


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (task("III.6.a.1"), "III.6.a.1"),
        (task("IV.3.dd"), "IV.3.đ"),
        (task("CTHDD.III.2"), "CTHĐ.III.2"),
        (task("PL-II.III.15"), "PL II.III.15"),
        (Indicator(ref="I.1.2", section="I", text="a", evidence=SAID), "I.1.2"),
        (target("I.1.2.2030", 2030), "I.1.2"),
        (target("I.1.2", None), "I.1.2"),
    ],
)
def test_a_place_is_told_as_printed(record: Task | Indicator | Target, said: str) -> None:
    assert words.outline_number(record) == said


def test_a_target_is_named_with_its_year() -> None:
    node = Node(id="x", record=target("I.1.2.2030", 2030))
    assert Wording("vi").name(node) == "Mức chỉ tiêu I.1.2 năm 2030"
    assert Wording("en").name(node) == "Target I.1.2 year 2030"


@pytest.mark.parametrize(
    ("kind", "system", "said"),
    [
        (DirectiveType.CIRCULAR, System.STATE, "Thông tư"),
        (DirectiveType.CIRCULAR, System.PARTY, "Thông tri"),
        (DirectiveType.PLAN, System.PARTY, "Kế hoạch"),
        (None, System.PARTY, "Văn bản"),
    ],
)
def test_tt_is_another_word_in_the_party(kind: DirectiveType | None, system: System, said: str) -> None:
    record = Directive(id="x", number="03-TT/ĐU", type=kind, system=system)
    assert (words.type_word(record), Wording("vi").type(record)) == (said, said)


def test_large_numbers_are_written_as_in_the_language() -> None:
    assert [Wording(lang).number(1360) for lang in ("vi", "en")] == ["1.360", "1,360"]
    assert "1.360" in Wording("vi")("total", total=1360)


def test_what_a_text_does_not_say_is_said_in_the_language() -> None:
    ministry = Node(id="a", record=Agency(id="a", name="Bộ Tài chính", jurisdiction="central"))
    plan = Directive(id="x", number="65-KH/TU", type=DirectiveType.PLAN)
    assert [Wording(lang).text(ministry) for lang in ("vi", "en")] == ["trung ương", "central"]
    assert Wording("en").full_name(plan) == "Plan 65-KH/TU · place not known · day not known"


def test_files_are_told_without_their_folders() -> None:
    assert [words.file_name(path) for path in ("/home/an/a.txt", "C:\\an\\a.txt", "a.txt")] == ["a.txt"] * 3


def test_a_wrong_day_is_told_with_its_field_and_how_to_write_it() -> None:
    assert Wording("vi").bad_value("as_of").startswith("Ngày ở ô “Tính đến ngày” không hợp lệ: hãy viết")
    assert Wording("en").bad_value("limit") == "A value in the address is not valid: limit."
