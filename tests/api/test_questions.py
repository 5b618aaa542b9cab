"""What people type → the one directive that is meant, or the list of those that fit; never a pick."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from api.answers import owned
from api.bodies import find_agency, former_bodies, later_bodies
from api.questions import find_node, in_place
from graph.agencies import resolve_agency
from graph.errors import AmbiguousNumber, UnknownId
from graph.register_edges import register_edges, register_neighbours
from graph.store import open_store
from graph.vocabulary import Role
from tests.api.family import OLD_PLAN, by, reading
from viz.tables import assignment_lines

HUNG_YEN, NINH_BINH = "hung-yen.65-kh_tu.2026-04-22", "ninh-binh.65-kh_tu.2025-06-02"
RESOLUTION, DECISION = "central.57-nq_tw.2024-12-22", "hung-yen.443_qdd-ubnd.2026"


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        (HUNG_YEN, None, HUNG_YEN),
        (f"  {HUNG_YEN} ", None, HUNG_YEN),
        (f"t.{HUNG_YEN}.1", None, f"t.{HUNG_YEN}.1"),
        ("57-NQ/TW", None, RESOLUTION),
        ("57 - nq / tw", None, RESOLUTION),
        ("Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị", None, RESOLUTION),
        ("57-NQ/TW", "trung ương", RESOLUTION),
        ("443/QD-UBND", None, DECISION),
        ("443-QĐ/UBND", None, DECISION),
        ("65-KH/TU", "Hưng Yên", HUNG_YEN),
        ("65-kh/tu", "tinh hung yen", HUNG_YEN),
        ("65-KH/TU", "Ninh Bình", NINH_BINH),
        ("Kế hoạch số 65-KH/TU ngày 22/4/2026", None, HUNG_YEN),
        ("65-KH/TU năm 2025", None, NINH_BINH),
        ("65-KH/TU Tỉnh ủy Ninh Bình", None, NINH_BINH),
    ],
)
def test_one_fits(store: Path, text: str, place: str | None, found: str) -> None:
    with open_store(store) as opened:
        assert find_node(opened, text, place=place).id == found


@pytest.mark.parametrize("text", ["65-KH/TU", "65 - KH/TU", "ke hoach 65-KH/TU", "65-KH/TU của Tỉnh ủy"])
def test_several_fit_and_none_is_picked(store: Path, text: str) -> None:
    with open_store(store) as opened, pytest.raises(AmbiguousNumber) as caught:
        find_node(opened, text)
    assert caught.value.candidates == (HUNG_YEN, NINH_BINH)


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("65-KH/TU", "Nghệ An", "with this number there is: " + HUNG_YEN),
        ("Quyết định 57-NQ/TW", None, "with this number there is: " + RESOLUTION),
        ("57-NQ/TW ngày 23/12/2024", None, "with this number there is: " + RESOLUTION),
        ("57-NQ/TW năm 2023", None, "with this number there is: " + RESOLUTION),
        ("65-KH/TU Nghệ An", None, "with this number there is: " + HUNG_YEN),
        ("99-KH/TU", None, "no directive 99-KH/TU is known"),
        ("hung-yen.nothing", None, "nothing has the id or number"),
        ("", None, "nothing has the id or number"),
        ("x" * 2000, None, "nothing has the id or number"),
    ],
)
def test_none_fits(store: Path, text: str, place: str | None, says: str) -> None:
    with open_store(store) as opened, pytest.raises(UnknownId) as caught:
        find_node(opened, text, place=place)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("jurisdiction", "place", "answer"),
    [
        ("Hưng Yên", "Hưng Yên", True),
        ("Hưng Yên", "tỉnh Hưng Yên", True),
        ("Hưng Yên", "HUNG YEN", True),
        ("Hưng Yên", "Ninh Bình", False),
        ("Hồ Chí Minh", "TP Hồ Chí Minh", True),
        ("central", "Trung ương", True),
        ("central", "Hưng Yên", False),
        ("Hưng Yên", "trung ương", False),
        ("Minh Xuân, Tuyên Quang", "Minh Xuân", True),
        ("Minh Xuân, Tuyên Quang", "phường Minh Xuân", True),
        ("Minh Xuân, Tuyên Quang", "phường Minh Xuân, tỉnh Tuyên Quang", True),
        ("Minh Xuân, Tuyên Quang", "Tuyên Quang", None),
        ("Minh Xuân, Tuyên Quang", "Minh Xuân, Hưng Yên", False),
        (None, "Hưng Yên", None),
    ],
)
def test_places(jurisdiction: str | None, place: str, answer: bool | None) -> None:
    assert in_place(jurisdiction, place) is answer


DEPARTMENT = "so-khoa-hoc-va-cong-nghe"


@pytest.mark.parametrize("printed", ["Sở KH&CN", "Sở Khoa học và Công nghệ", "so khoa hoc va cong nghe", "SỞ KHCN"])
@pytest.mark.parametrize(("place", "slug"), [("Hưng Yên", "hung-yen"), ("ninh binh", "ninh-binh")])
def test_an_agency_of_a_place(store: Path, printed: str, place: str, slug: str) -> None:
    with open_store(store) as opened:
        assert find_agency(opened, printed, place).id == f"a.{slug}.{DEPARTMENT}"


def test_an_agency_by_id_or_where_only_one_place_has_it(store: Path) -> None:
    with open_store(store) as opened:
        assert find_agency(opened, f"a.ninh-binh.{DEPARTMENT}").id == f"a.ninh-binh.{DEPARTMENT}"
        assert find_agency(opened, "Sở Tài chính").id == "a.hung-yen.so-tai-chinh"


def test_an_agency_of_several_places_is_not_picked(store: Path) -> None:
    with open_store(store) as opened, pytest.raises(AmbiguousNumber) as caught:
        find_agency(opened, "Sở KH&CN")
    assert caught.value.candidates == (f"a.hung-yen.{DEPARTMENT}", f"a.ninh-binh.{DEPARTMENT}")


def test_a_body_that_was_merged_points_to_its_heir(store: Path) -> None:
    with open_store(store) as opened, pytest.raises(UnknownId) as caught:
        find_agency(opened, "Sở Thông tin và Truyền thông", "Hưng Yên")
    assert f"try a.hung-yen.{DEPARTMENT}" in str(caught.value)


def test_a_province_that_was_merged_points_to_its_heir(store: Path) -> None:
    with open_store(store) as opened, pytest.raises(UnknownId) as caught:
        find_node(opened, "65-KH/TU", place="Thái Bình")
    assert 'Thái Bình is part of Hưng Yên now: try --in "Hưng Yên"' in str(caught.value)


def test_former_and_later_bodies(tmp_path: Path) -> None:
    old = resolve_agency("Sở Thông tin và Truyền thông", "Hưng Yên")
    said = reading("cu.txt", OLD_PLAN, [], [("1", "Phủ sóng di động", by("2025-12-31"), [(Role.LEAD, old.name)])])
    linked = said.model_copy(
        update={"agencies": (old, *register_neighbours(old)), "edges": (*said.edges, *register_edges(old))}
    )
    with open_store(tmp_path / "lineage.db") as opened:
        opened.write(linked)
        assert [n.id for n in former_bodies(opened, f"a.hung-yen.{DEPARTMENT}")] == [old.id]
        assert f"a.hung-yen.{DEPARTMENT}" in [n.id for n in later_bodies(opened, old.id)]
        heir = find_agency(opened, "Sở KH&CN", "Hưng Yên")
        day = dt.date(2026, 1, 1)
        found = owned(opened, heir, role=None, due_before=None, directive=None, as_of=day, limit=None)
    assert [item.agency.id for item in found.items] == [old.id]
    shown = "\n".join(line.text for line in assignment_lines(found, found.agency, None, former=found.former))
    assert "kể cả dưới tên cũ: Sở Thông tin và Truyền thông · Hưng Yên" in shown


@pytest.mark.parametrize(
    ("printed", "place"), [("Sở Công Thương", "Hưng Yên"), ("Sở Tài chính", "Ninh Bình"), ("", None)]
)
def test_an_agency_that_is_not_there(store: Path, printed: str, place: str | None) -> None:
    with open_store(store) as opened, pytest.raises(UnknownId):
        find_agency(opened, printed, place)
