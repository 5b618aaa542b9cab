"""A commune's name tells its province only where no other province has one of that name."""

from __future__ import annotations

import datetime as dt

import pytest

from graph.communes import province_of
from graph.places import provinces
from graph.tables import rows


@pytest.mark.parametrize(
    ("name", "kind", "province"),
    [
        ("Minh Xuân", "phường", "Tuyên Quang"),
        ("MINH XUÂN", None, "Tuyên Quang"),
        ("minh xuan", "Phường", "Tuyên Quang"),
        ("Hoa Lư", "phường", "Ninh Bình"),
        ("Phú Quý", "đặc khu", "Lâm Đồng"),
        ("Tân Tiến", "xã", None),
        ("Không Có", "xã", None),
        ("Minh Xuân", "xã", None),
    ],
    ids=["ward", "capitals", "no marks", "another", "zone", "several provinces", "no such name", "no such kind"],
)
def test_the_province_of_a_commune(name: str, kind: str | None, province: str | None) -> None:
    assert province_of(name, kind) == province


def test_before_the_communes_of_today_existed_their_names_tell_nothing() -> None:
    assert province_of("Minh Xuân", "phường", dt.date(2024, 5, 1)) is None
    assert province_of("Minh Xuân", "phường", dt.date(2026, 5, 1)) == "Tuyên Quang"


def test_the_register_is_whole() -> None:
    found = rows("communes")
    assert len(found) == len({row["code"] for row in found}) == 3321
    assert {row["province"] for row in found} == {p.name for p in provinces().values() if p.successor is None}
