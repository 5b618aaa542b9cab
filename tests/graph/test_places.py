"""Names of places in any spelling, mergers by date, places in running text."""

from __future__ import annotations

import datetime as dt

import pytest

from graph.places import canonical, find_place, places_in, provinces, successor
from graph.tables import rows
from graph.text import fold

PRESENT = [r["name"] for r in rows("provinces") if not r["successor"]]
FORMER = [r["name"] for r in rows("provinces") if r["successor"]]
MERGED_2025 = [r["name"] for r in rows("provinces") if r["working_from"] == "2025-07-01"]


def test_counts() -> None:
    assert len(PRESENT) == 34
    assert len(MERGED_2025) == 29
    assert all(r["source"] for r in rows("provinces"))


@pytest.mark.parametrize("name", PRESENT + FORMER)
@pytest.mark.parametrize("spelling", [str, str.upper, fold, lambda n: f"tỉnh {n}", lambda n: n.replace(" ", "  ")])
def test_every_province_in_every_spelling(name: str, spelling: object) -> None:
    assert callable(spelling)
    place = find_place(spelling(name))
    assert place is not None
    assert place.name == name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Hung Yên", "Hưng Yên"),
        ("Hoà Bình", "Hòa Bình"),
        ("Khánh Hoà", "Khánh Hòa"),
        ("Thanh Hoá", "Thanh Hóa"),
        ("Đăk Lăk", "Đắk Lắk"),
        ("Dak Lak", "Đắk Lắk"),
        ("TP.HCM", "Hồ Chí Minh"),
        ("TP. Hồ Chí Minh", "Hồ Chí Minh"),
        ("Thành phố Hồ Chí Minh", "Hồ Chí Minh"),
        ("Bà Rịa-Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("TT-Huế", "Thừa Thiên Huế"),
        ("Ninh Binh", "Ninh Bình"),
        ("Hà N0i", "Hà Nội"),
    ],
    ids=lambda v: v,
)
def test_variants_and_damage(printed: str, name: str) -> None:
    assert canonical(printed) == name


@pytest.mark.parametrize("text", ["Văn Giang", "Hà", "Bình", "Hà Nộ", "tỉnh", "", "Tân Giang", "Hưng Yên và Hà Nam"])
def test_no_province(text: str) -> None:
    assert find_place(text) is None


def test_no_two_provinces_share_a_spelling() -> None:
    keys = [fold(p) for p in provinces()]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", MERGED_2025)
def test_merged_on_the_first_of_july(name: str) -> None:
    assert successor(name, dt.date(2025, 6, 30)) == name
    assert successor(name, dt.date(2025, 7, 1)) == provinces()[name].successor


def test_successions_in_steps() -> None:
    assert successor("Thừa Thiên Huế", dt.date(2024, 12, 31)) == "Thừa Thiên Huế"
    assert successor("Thừa Thiên Huế", dt.date(2025, 1, 1)) == "Huế"
    assert successor("Hưng Yên", dt.date(2026, 1, 1)) == "Hưng Yên"
    with pytest.raises(KeyError):
        successor("Atlantis", dt.date(2026, 1, 1))


@pytest.mark.parametrize(
    ("name", "day", "city"),
    [
        ("Đồng Nai", dt.date(2026, 4, 29), False),
        ("Đồng Nai", dt.date(2026, 4, 30), True),
        ("Quảng Ninh", dt.date(2026, 8, 31), False),
        ("Quảng Ninh", dt.date(2026, 9, 1), True),
        ("Bắc Ninh", dt.date(2026, 9, 20), True),
        ("Hà Nội", dt.date(2020, 1, 1), True),
        ("Hưng Yên", dt.date(2026, 12, 1), False),
    ],
)
def test_cities_by_date(name: str, day: dt.date, city: bool) -> None:
    assert provinces()[name].is_city(day) is city


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "UBND tỉnh Hưng Yên gửi Tỉnh ủy Ninh Bình",
            [("tỉnh Hưng Yên", "Hưng Yên"), ("Tỉnh ủy Ninh Bình", "Ninh Bình")],
        ),
        ("tại thành phố Hà Nội.", [("thành phố Hà Nội", "Hà Nội")]),
        ("xã Yên Sơn, tỉnh Tuyên Quang", [("xã Yên Sơn, tỉnh Tuyên Quang", "Yên Sơn, Tuyên Quang")]),
        ("phường Minh Xuân", [("phường Minh Xuân", "Minh Xuân")]),
        ("UBND PHƯỜNG MINH XUÂN", [("PHƯỜNG MINH XUÂN", "Minh Xuân")]),
        ("đặc khu Phú Quốc, An Giang", [("đặc khu Phú Quốc, An Giang", "Phú Quốc, An Giang")]),
        ("huyện Khoái Châu, tỉnh Hưng Yên", [("huyện Khoái Châu, tỉnh Hưng Yên", "huyện Khoái Châu, Hưng Yên")]),
        ("Phường 5, TP.HCM", [("Phường 5, TP.HCM", "5, Hồ Chí Minh")]),
        ("phường Sao Đỏ và Sở Y tế", [("phường Sao Đỏ", "Sao Đỏ")]),
        ("các xã, phường trong tỉnh", []),
        ("xã hội hóa giáo dục", []),
        ("đồng chí Nguyễn Thái Bình ký", []),
        ("Đoàn TNCS Hồ Chí Minh", []),
        ("tính đến nay", []),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_places_in_text(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[a:b], p.jurisdiction) for a, b, p in places_in(text)] == found


def test_a_commune_knows_its_kind() -> None:
    [(_, _, place)] = places_in("phường Minh Xuân, tỉnh Tuyên Quang")
    assert (place.name, place.kind, place.province, place.is_province) == ("Minh Xuân", "phường", "Tuyên Quang", False)
