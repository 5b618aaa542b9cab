"""Printed names of agencies → identities: short forms, places implied and named, close pairs, damage, unknown names."""

from __future__ import annotations

import datetime as dt

import pytest

from graph.agencies import agency_of, resolve_agency
from graph.collectives import collective_name, is_open
from graph.identity import place_slug
from graph.names import name_at
from graph.places import provinces
from graph.register import ambiguous, bodies, spellings
from graph.register_edges import register_edges, register_neighbours
from graph.tables import rows
from graph.vocabulary import AgencyKind, EdgeType, Level, System
from graph.words import words_of

HY, WARD = "Hưng Yên", "Minh Xuân, Tuyên Quang"


@pytest.mark.parametrize(
    ("printed", "place", "identity"),
    [
        ("Sở Khoa học và Công nghệ", HY, "a.hung-yen.so-khoa-hoc-va-cong-nghe"),
        ("Sở KH&CN", HY, "a.hung-yen.so-khoa-hoc-va-cong-nghe"),
        ("Sở KHCN", HY, "a.hung-yen.so-khoa-hoc-va-cong-nghe"),
        ("Sở KH-CN", HY, "a.hung-yen.so-khoa-hoc-va-cong-nghe"),
        ("SKHCN", HY, "a.hung-yen.so-khoa-hoc-va-cong-nghe"),
        ("so khoa hoc cong nghe", HY, "a.hung-yen.so-khoa-hoc-va-cong-nghe"),
        ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", HY, "a.hung-yen.so-khoa-hoc-va-cong-nghe"),
        ("Bộ KH&CN", HY, "a.central.bo-khoa-hoc-va-cong-nghe"),
        ("Sở VHTT&DL", HY, "a.hung-yen.so-van-hoa-the-thao-va-du-lich"),
        ("UBND tỉnh", HY, "a.hung-yen.uy-ban-nhan-dan"),
        ("VP UBND tỉnh", HY, "a.hung-yen.van-phong-uy-ban-nhan-dan"),
        ("BTV Tỉnh ủy", HY, "a.hung-yen.ban-thuong-vu-tinh-uy"),
        ("Ban Thường vụ Tỉnh uỷ", HY, "a.hung-yen.ban-thuong-vu-tinh-uy"),
        ("MTTQ", HY, "a.hung-yen.uy-ban-mat-tran-to-quoc-viet-nam"),
        ("Ủy ban MTTQ VN tỉnh", HY, "a.hung-yen.uy-ban-mat-tran-to-quoc-viet-nam"),
        ("Tỉnh đoàn", HY, "a.hung-yen.doan-thanh-nien-cong-san-ho-chi-minh"),
        ("Sở Nội vụ", WARD, "a.tuyen-quang.so-noi-vu"),
        ("UBND tỉnh", WARD, "a.tuyen-quang.uy-ban-nhan-dan"),
        ("Tỉnh ủy", WARD, "a.tuyen-quang.tinh-uy"),
        ("Công an tỉnh", WARD, "a.tuyen-quang.cong-an"),
        ("UBND phường", WARD, "a.tuyen-quang~minh-xuan.uy-ban-nhan-dan"),
        ("Đảng ủy phường", WARD, "a.tuyen-quang~minh-xuan.dang-uy"),
        ("Phòng Kinh tế", WARD, "a.tuyen-quang~minh-xuan.phong-kinh-te"),
        ("Phòng VH-XH", WARD, "a.tuyen-quang~minh-xuan.phong-van-hoa-xa-hoi"),
        ("Công an phường", WARD, "a.tuyen-quang~minh-xuan.cong-an"),
        ("Sở Y tế tỉnh Nghệ An", HY, "a.nghe-an.so-y-te"),
        ("Tỉnh ủy Ninh Bình", HY, "a.ninh-binh.tinh-uy"),
        ("Thành ủy Hà Nội", HY, "a.ha-noi.tinh-uy"),
        ("UBND phường Minh Xuân", "Tuyên Quang", "a.tuyen-quang~minh-xuan.uy-ban-nhan-dan"),
        ("UBND phường Minh Xuân, tỉnh Tuyên Quang", "central", "a.tuyen-quang~minh-xuan.uy-ban-nhan-dan"),
        ("Thuế tỉnh", HY, "a.hung-yen.thue"),
        ("KBNN khu vực IV", HY, "a.central.kho-bac-nha-nuoc-khu-vuc-4"),
        ("Kho bạc Nhà nước khu vực 4", HY, "a.central.kho-bac-nha-nuoc-khu-vuc-4"),
        ("Báo và Phát thanh, Truyền hình Hưng Yên", HY, "a.hung-yen.bao-va-phat-thanh-truyen-hinh"),
        ("Báo và Đài phát thanh truyền hình tỉnh Hưng Yên", HY, "a.hung-yen.bao-va-phat-thanh-truyen-hinh"),
        ("Báo và Phát thanh - Truyền hình Ninh Bình", HY, "a.ninh-binh.bao-va-phat-thanh-truyen-hinh"),
        ("Văn phòng HĐND và UBND", WARD, "a.tuyen-quang~minh-xuan.van-phong-hoi-dong-nhan-dan-va-uy-ban-nhan-dan"),
        ("Thủ tướng Chính phủ", HY, "a.central.thu-tuong-chinh-phu"),
        ("VPTW", HY, "a.central.van-phong-trung-uong-dang"),
        ("UBND tỉnh Quảng Ninh", "central", "a.quang-ninh.uy-ban-nhan-dan"),
        ("UBND thành phố Quảng Ninh", "central", "a.quang-ninh.uy-ban-nhan-dan"),
        ("UBND thành phố Hưng Yên", HY, "a.hung-yen~thanh-pho-hung-yen.uy-ban-nhan-dan"),
        ("Thành ủy Hưng Yên", HY, "a.hung-yen~thanh-pho-hung-yen.tinh-uy"),
        ("UBND huyện Khoái Châu", HY, "a.hung-yen~huyen-khoai-chau.uy-ban-nhan-dan"),
    ],
)
def test_identity(printed: str, place: str, identity: str) -> None:
    assert resolve_agency(printed, place).id == identity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sở Công Thương", "Sở Tư pháp"),
        ("Sở Tài chính", "Sở Tư pháp"),
        ("Sở Nội vụ", "Sở Ngoại vụ"),
        ("Ban Tổ chức Tỉnh ủy", "Ban Tuyên giáo Tỉnh ủy"),
        ("Ban Tuyên giáo Tỉnh ủy", "Ban Tuyên giáo và Dân vận Tỉnh ủy"),
        ("Bộ Công an", "Bộ Công Thương"),
        ("Bộ Nội vụ", "Sở Nội vụ"),
        ("Bộ Khoa học và Công nghệ", "Sở Khoa học và Công nghệ"),
        ("Công an tỉnh", "Đảng ủy Công an tỉnh"),
        ("UBND tỉnh", "Văn phòng UBND tỉnh"),
        ("UBND tỉnh", "HĐND tỉnh"),
        ("Tỉnh ủy", "Văn phòng Tỉnh ủy"),
        ("Ban Chỉ đạo tỉnh", "Ban Chỉ đạo của UBND tỉnh"),
        ("Sở Du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Thanh tra tỉnh", "Thanh tra Chính phủ"),
        ("Kho bạc Nhà nước khu vực 4", "Kho bạc Nhà nước khu vực 14"),
        ("Sở Y tế tỉnh Hà Nam", "Sở Y tế thành phố Hà Nội"),
        ("UBND tỉnh Bình Dương", "UBND tỉnh Bình Định"),
        ("UBND xã Tân Tiến", "UBND xã Tân Tiền Phong"),
        ("các cơ quan liên quan", "các địa phương liên quan"),
        ("Chủ tịch UBND tỉnh", "UBND tỉnh"),
    ],
)
def test_close_pairs_stay_apart(one: str, other: str) -> None:
    assert resolve_agency(one, HY).id != resolve_agency(other, HY).id


def test_no_two_bodies_of_one_place_share_an_id() -> None:
    for place in ("central", HY, "Hà Nội", WARD):
        here = [b for b in bodies().values() if agency_of(b, place).level in b.levels]
        ids = [(agency_of(b, place).id, agency_of(b, place).level) for b in here]
        assert len(set(ids)) == len(ids)


BEHIND = {Level.CENTRAL: "", Level.PROVINCIAL: " thành phố Hà Nội", Level.COMMUNAL: " phường Minh Xuân"}
PLACES = {Level.CENTRAL: "central", Level.PROVINCIAL: "Hà Nội", Level.COMMUNAL: WARD}


@pytest.mark.parametrize("template", sorted(set(bodies()) - {"Báo {p}"}))
def test_every_body_resolves_to_itself_by_each_of_its_names(template: str) -> None:
    body = bodies()[template]
    level = body.levels[0]
    right = agency_of(body, PLACES[level]).id
    for name in spellings(body):
        if name not in ambiguous() and not name.startswith("Tỉnh ") and " Tỉnh " not in name:
            printed = name if body.bare else name + BEHIND[level]
            assert resolve_agency(printed, PLACES[level]).id == right, name
    assert resolve_agency(body.name(PLACES[level]), PLACES[level]).id == right


@pytest.mark.parametrize("province", sorted(provinces()))
def test_a_department_of_every_province(province: str) -> None:
    found = resolve_agency(f"Sở Tư pháp tỉnh {province}", "central")
    assert found.id == f"a.{place_slug(province)}.so-tu-phap"
    assert found.jurisdiction == province


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("Sở Khoa hoc và Cong nghệ", "Sở Khoa học và Công nghệ"),
        ("Sở Khoa học và Cônq nghệ", "Sở Khoa học và Công nghệ"),
        ("Sở Tàì chính", "Sở Tài chính"),
        ("SỞ TU PHÁP", "Sở Tư pháp"),
        ("Uy ban nhân dân tinh", "Ủy ban nhân dân tỉnh"),
        ("Sở Nông nghiêp và Môi truờng", "Sở Nông nghiệp và Môi trường"),
        ("Bộ Khoa học và Công Nghệ", "Bộ Khoa học và Công nghệ"),
        ("Đảng uỷ UBND tỉnh", "Đảng ủy Ủy ban nhân dân tỉnh"),
        ("Ðảng ủy UBND tỉnh", "Đảng ủy Ủy ban nhân dân tỉnh"),
        ("Sở  Y tế ,", "Sở Y tế"),
        ("**Công an tỉnh**", "Công an tỉnh"),
    ],
)
def test_damaged_spellings(damaged: str, right: str) -> None:
    found = resolve_agency(damaged, HY)
    assert (found.id, found.name) == (resolve_agency(right, HY).id, right)


@pytest.mark.parametrize("short", ["BCT", "BTC"])
def test_an_ambiguous_short_form_stays_as_printed(short: str) -> None:
    found = resolve_agency(short, HY)
    assert (found.name, found.jurisdiction) == (short, HY)


@pytest.mark.parametrize(
    ("printed", "kind", "name"),
    [
        ("các sở, ngành", AgencyKind.COLLECTIVE, "Các sở, ban, ngành"),
        ("ban, sở, ngành tỉnh", AgencyKind.COLLECTIVE, "Các ban, sở, ngành"),
        ("các cơ quan, đơn vị có liên quan", AgencyKind.COLLECTIVE, "Các cơ quan liên quan"),
        ("UBND xã, phường", AgencyKind.COLLECTIVE, "Ủy ban nhân dân các xã, phường"),
        ("các nhà thầu đường sắt", AgencyKind.COLLECTIVE, "Các nhà thầu đường sắt"),
        ("Chủ tịch UBND tỉnh", AgencyKind.OFFICE, "Chủ tịch Ủy ban nhân dân tỉnh"),
        ("Giám đốc Sở Y tế", AgencyKind.OFFICE, "Giám đốc Sở Y tế"),
        ("Người đứng đầu các sở, ngành", AgencyKind.OFFICE, "Người đứng đầu các sở, ban, ngành"),
        ("Chủ tịch UBND xã, phường", AgencyKind.OFFICE, "Chủ tịch Ủy ban nhân dân các xã, phường"),
        ("Bí thư", AgencyKind.OFFICE, "Bí thư"),
        ("Công ty Cổ phần Sông Xanh", AgencyKind.BODY, "Công ty Cổ phần Sông Xanh"),
    ],
)
def test_kinds_and_normal_names(printed: str, kind: AgencyKind, name: str) -> None:
    found = resolve_agency(printed, HY)
    assert (found.kind, found.name, found.jurisdiction) == (kind, name, HY)


def test_open_collectives() -> None:
    assert is_open(collective_name("các cơ quan có liên quan"))
    assert not is_open(collective_name("các sở, ban, ngành"))


def test_ministries_are_of_the_centre_wherever_they_are_printed() -> None:
    assert resolve_agency("các bộ, ngành", HY).jurisdiction == "central"
    assert resolve_agency("các bộ, ngành, địa phương", HY).jurisdiction == HY
    assert resolve_agency("Các thành viên Ban Chỉ đạo", HY).kind is AgencyKind.COLLECTIVE


def test_boards() -> None:
    party = resolve_agency("Ban Chỉ đạo", HY, System.PARTY)
    state = resolve_agency("Ban Chỉ đạo", HY, System.STATE)
    assert party.id == resolve_agency("Ban Chỉ đạo tỉnh", HY).id
    assert state.id == resolve_agency("BCĐ của UBND tỉnh", HY).id
    central = resolve_agency(
        "Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số", HY
    )
    assert central.jurisdiction == "central"


def test_names_that_a_text_defines() -> None:
    aliases = {"Cơ quan đầu mối": "Sở Nội vụ"}
    assert resolve_agency("cơ quan đầu mối", HY, aliases=aliases).id == "a.hung-yen.so-noi-vu"


def test_the_printed_form_is_an_alias() -> None:
    assert resolve_agency("Sở KH&CN", HY).aliases == ("Sở KH&CN",)
    assert resolve_agency("Sở Khoa học và Công nghệ", HY).aliases == ()


def test_years_of_a_former_body_and_a_former_province() -> None:
    assert resolve_agency("Sở Thông tin và Truyền thông", HY).valid_to == dt.date(2025, 2, 28)
    assert resolve_agency("Sở Y tế tỉnh Hà Nam", HY).valid_to == dt.date(2025, 6, 30)
    assert resolve_agency("Sở Y tế", HY).valid_to is None


def test_a_city_of_a_province_by_date() -> None:
    before = resolve_agency("UBND thành phố Bắc Ninh", "Bắc Ninh", on=dt.date(2024, 5, 1))
    after = resolve_agency("UBND thành phố Bắc Ninh", "Bắc Ninh", on=dt.date(2026, 10, 1))
    assert before.jurisdiction == "thành phố Bắc Ninh, Bắc Ninh"
    assert after.jurisdiction == "Bắc Ninh"
    assert resolve_agency("UBND tỉnh Bắc Ninh", "central", on=dt.date(2024, 5, 1)).id == after.id


def test_register_edges() -> None:
    old = resolve_agency("Sở Thông tin và Truyền thông", "Hà Nam")
    part, followed = register_edges(old)
    assert (part.type, part.target) == (EdgeType.PART_OF, "a.ha-nam.uy-ban-nhan-dan")
    assert (followed.type, followed.target) == (EdgeType.SUCCEEDED_BY, "a.ha-nam.so-khoa-hoc-va-cong-nghe")
    assert followed.date == dt.date(2025, 3, 1)
    assert followed.asserted_by is None and followed.method == "register"
    assert "a.ninh-binh.so-khoa-hoc-va-cong-nghe" in [a.id for a in register_neighbours(old)]
    assert register_edges(resolve_agency("Công ty Cổ phần Sông Xanh", HY)) == []


@pytest.mark.parametrize("row", rows("successions"), ids=lambda r: r["name"])
def test_successions_name_bodies_of_the_register(row: dict[str, str]) -> None:
    assert row["source"]
    assert row["name"] in bodies() and row["successor"] in bodies()
    ended = bodies()[row["name"]].valid_to
    assert ended is not None and ended < dt.date.fromisoformat(row["date"])


@pytest.mark.parametrize("template", sorted(bodies()))
def test_parents_are_bodies(template: str) -> None:
    parent = bodies()[template].parent
    assert parent is None or parent in bodies()


BOARDS = [
    ("BCĐ CĐS tỉnh", "Ban Chỉ đạo Chuyển đổi số tỉnh", "Ban Chỉ đạo tỉnh về chuyển đổi số"),
    ("Ban Chỉ đạo", "BCĐ của UBND tỉnh", "Ban Chỉ đạo của Ủy ban nhân dân tỉnh"),
]


@pytest.mark.parametrize(("one", "other", "name"), BOARDS, ids=[name for _, _, name in BOARDS])
def test_a_board_has_one_name_however_it_is_printed(one: str, other: str, name: str) -> None:
    found = [resolve_agency(printed, HY, System.STATE) for printed in (one, other)]
    assert found[0].id == found[1].id
    assert {agency.name for agency in found} == {name}


def test_unknown_names_that_differ_only_in_accents_are_two() -> None:
    ids = {resolve_agency(f"Công ty TNHH {name} Dương", HY).id for name in ("Anh", "Ánh")}
    assert len(ids) == 2
    assert len({resolve_agency(printed, HY).id for printed in ("Công ty Hoà Phú", "Công ty Hòa Phú")}) == 1


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Ủy ban nhân dân cùng cấp phê duyệt", "Ủy ban nhân dân cùng cấp"),
        ("UY BAN NHAN DAN CUNG CAP", "UY BAN NHAN DAN CUNG CAP"),
        ("Sở Tài chính cung cấp số liệu", "Sở Tài chính"),
        ("Sở Tài chính cấp tỉnh", "Sở Tài chính cấp tỉnh"),
    ],
)
def test_where_a_name_ends(printed: str, name: str) -> None:
    words = words_of(printed)
    found = name_at(words, 0)
    assert found and printed[: words[found.end - 1].end] == name
