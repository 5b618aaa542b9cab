"""Cells, headings and sentences → the names they print, with spans."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.agencies import resolve_agency
from graph.places import places_in
from ingest.agencies import leading_agency, split_names, subject_of
from ingest.text import MappedText
from ingest.tsv import rows


def names(text: str) -> list[str]:
    return [n.name for n in split_names(MappedText.of(text))]


@pytest.mark.parametrize(
    "name",
    [
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở Khoa học và Công nghệ",
        "Phòng Kinh tế, Hạ tầng và Đô thị",
        "Báo và Phát thanh, Truyền hình Ninh Bình",
        "Văn phòng HĐND và UBND",
        "Văn phòng Đoàn ĐBQH và HĐND tỉnh",
        "Ban Tuyên giáo và Dân vận Tỉnh ủy",
        "Ban Chính sách, chiến lược Trung ương",
        "Các sở, ban, ngành, địa phương và các cơ quan, đơn vị có liên quan",
        "Các sở, ban, ngành",
        "các cơ quan, đơn vị, địa phương",
        "các sở, ngành liên quan",
        "UBND các xã, phường",
        "UBND các xã, phường, đặc khu",
        "Chủ tịch UBND các xã, phường",
        "các doanh nghiệp viễn thông, công nghệ thông tin",
        "các cơ quan báo chí, truyền thông",
        "các trường đại học, cao đẳng trên địa bàn",
        "Các cấp ủy, tổ chức đảng",
        "Các cấp, các ngành",
        "Các cơ quan tham mưu, giúp việc Tỉnh ủy",
        "Ban Quản lý dự án đầu tư xây dựng công trình giao thông, dân dụng và công nghiệp tỉnh",
        "Bộ Nội vụ (Vụ Tổ chức, biên chế)",
        "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh",
    ],
)
def test_a_name_with_commas_is_one(name: str) -> None:
    assert names(name) == [name]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Sở KH&CN, Thuế tỉnh và các cơ quan liên quan", ["Sở KH&CN", "Thuế tỉnh", "các cơ quan liên quan"]),
        ("Sở Y tế; Sở Xây dựng", ["Sở Y tế", "Sở Xây dựng"]),
        ("Sở Y tế\nSở Xây dựng", ["Sở Y tế", "Sở Xây dựng"]),
        ("Sở Y tế / Sở Xây dựng", ["Sở Y tế", "Sở Xây dựng"]),
        ("Sở Y tế cùng với Công an tỉnh", ["Sở Y tế", "Công an tỉnh"]),
        ("Công an tỉnh, Bộ Chỉ huy quân sự tỉnh,", ["Công an tỉnh", "Bộ Chỉ huy quân sự tỉnh"]),
        (
            "Ban Quản lý các KCN tỉnh, Sở Công Thương, Sở Nội vụ và địa phương liên quan",
            ["Ban Quản lý các KCN tỉnh", "Sở Công Thương", "Sở Nội vụ", "địa phương liên quan"],
        ),
        ("các Bộ: Khoa học và Công nghệ, Nội vụ, Công an", ["Bộ Khoa học và Công nghệ", "Bộ Nội vụ", "Bộ Công an"]),
        ("các sở: Tài chính, Nội vụ", ["Sở Tài chính", "Sở Nội vụ"]),
        ("Sở Tài chính, Nội vụ, Y tế", ["Sở Tài chính", "Sở Nội vụ", "Sở Y tế"]),
        ("Đảng ủy, UBND các xã, phường", ["Đảng ủy", "UBND các xã, phường"]),
        (
            "Sở Nội vụ, các sở, ban, ngành và UBND các xã, phường",
            ["Sở Nội vụ", "các sở, ban, ngành", "UBND các xã, phường"],
        ),
        ("Mặt trận Tổ quốc và các đoàn thể tỉnh", ["Mặt trận Tổ quốc", "các đoàn thể tỉnh"]),
        (
            "các tổ chức chính trị - xã hội, các tổ chức xã hội",
            ["các tổ chức chính trị - xã hội", "các tổ chức xã hội"],
        ),
        ("VNPT Ninh Bình, Viettel Ninh Bình", ["VNPT Ninh Bình", "Viettel Ninh Bình"]),
        ("Sở Khoa hoc và Công nqhệ, Sở Tàì chính", ["Sở Khoa hoc và Công nqhệ", "Sở Tàì chính"]),
        ("", []),
        (" - ", []),
        (",;", []),
    ],
)
def test_split(cell: str, expected: list[str]) -> None:
    assert names(cell) == expected


def test_a_shared_head_prints_what_is_printed() -> None:
    found = split_names(MappedText.of("Sở Tài chính, Nội vụ"))
    assert [(n.span.text, n.name) for n in found] == [("Sở Tài chính", "Sở Tài chính"), ("Nội vụ", "Sở Nội vụ")]


def test_spans_are_spans_of_the_original() -> None:
    original = "| 4 | Sở Y tế;  Công an\ttỉnh |"
    text = MappedText.of(original)[6:-2]
    for found in split_names(text):
        first, last = found.span.span()
        assert " ".join(original[first:last].split()) == found.name


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Sở Nông nghiệp và Môi trường - Cơ quan Thường trực Hội đồng", ["Sở Nông nghiệp và Môi trường"]),
        ("Sở Nội vụ (cơ quan thường trực)", ["Sở Nội vụ"]),
        (
            "Đề nghị Ủy ban MTTQ Việt Nam tỉnh và các tổ chức xã hội",
            ["Ủy ban MTTQ Việt Nam tỉnh", "các tổ chức xã hội"],
        ),
        (
            "Thủ trưởng các sở, ngành; Chủ tịch UBND các xã, phường tập trung làm tốt các việc sau:",
            ["Thủ trưởng các sở, ngành", "Chủ tịch UBND các xã, phường"],
        ),
        ("Các cấp ủy đảng trực thuộc", ["Các cấp ủy đảng trực thuộc"]),
        ("Ban Chỉ đạo về chuyển đổi số tỉnh", ["Ban Chỉ đạo về chuyển đổi số tỉnh"]),
        ("Giao Sở Y tế", ["Sở Y tế"]),
        ("Đồng chí Giám đốc Sở Y tế", ["Giám đốc Sở Y tế"]),
        ("Trách nhiệm của Sở Nội vụ", ["Sở Nội vụ"]),
        ("Đối với Sở Tài chính:", ["Sở Tài chính"]),
        ("Văn phòng Tỉnh ủy: Tham mưu lịch họp", ["Văn phòng Tỉnh ủy"]),
        ("SỞ XÂY DỰNG", ["SỞ XÂY DỰNG"]),
        ("UBND CÁC XÃ, PHƯỜNG", ["UBND CÁC XÃ, PHƯỜNG"]),
        ("Công ty Điện lực Ninh Bình", ["Công ty Điện lực Ninh Bình"]),
        ("Công an phường, Ban Chỉ huy quân sự phường", ["Công an phường", "Ban Chỉ huy quân sự phường"]),
    ],
)
def test_headings_that_are_agencies(heading: str, expected: list[str]) -> None:
    found = leading_agency(MappedText.of(heading))
    assert found is not None
    assert [n.name for n in found] == expected


@pytest.mark.parametrize(
    "heading",
    [
        "Công tác lãnh đạo, chỉ đạo",
        "Kinh phí thực hiện",
        "Mục tiêu chung",
        "Cơ chế thông tin, báo cáo",
        "Tổ chức thực hiện",
        "Phòng, chống tham nhũng",
        "Phong trào thi đua",
        "Báo cáo kết quả",
        "Số liệu thống kê",
        "Các nhiệm vụ chủ yếu",
        "Các trường hợp đặc biệt",
        "Bộ chỉ số đánh giá",
        "Hội nghị sơ kết",
        "ĐỐI TƯỢNG, THỜI GIAN",
        "Đội ngũ cán bộ",
        "Ban hành văn bản",
        "Thanh tra, kiểm tra",
        "Cơ quan chủ trì, phối hợp",
        "",
    ],
)
def test_headings_that_are_none(heading: str) -> None:
    assert leading_agency(MappedText.of(heading)) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Hội Doanh nhân trẻ tỉnh đẩy mạnh kết nối cung cầu.", ["Hội Doanh nhân trẻ tỉnh"]),
        ("Các sở, ngành, địa phương lập kế hoạch riêng.", ["Các sở, ngành, địa phương"]),
        ("Các cơ quan, đơn vị có liên quan rà soát hồ sơ lưu trữ.", ["Các cơ quan, đơn vị có liên quan"]),
        ("Hằng năm, Ban Chỉ đạo tỉnh rà soát hồ sơ.", ["Ban Chỉ đạo tỉnh"]),
        ("Trước ngày 15/12, Sở Tài chính tổng hợp, báo cáo.", ["Sở Tài chính"]),
        ("Đề nghị Tòa án nhân dân tỉnh và các cơ quan Đảng phối hợp.", ["Tòa án nhân dân tỉnh", "các cơ quan Đảng"]),
        ("Giao Đảng ủy UBND tỉnh chủ trì theo dõi.", ["Đảng ủy UBND tỉnh"]),
        (
            "Các cấp ủy, tổ chức đảng, Đảng ủy UBND tỉnh định kỳ báo cáo.",
            ["Các cấp ủy, tổ chức đảng", "Đảng ủy UBND tỉnh"],
        ),
        ("Ban Chỉ đạo tỉnh (sau đây gọi là Ban Chỉ đạo) ban hành kế hoạch.", ["Ban Chỉ đạo tỉnh"]),
        ("Thủ trưởng các cơ quan, đơn vị chịu trách nhiệm.", ["Thủ trưởng các cơ quan, đơn vị"]),
        (
            "Bộ trưởng các bộ, Thủ trưởng cơ quan ngang bộ, cơ quan thuộc Chính phủ, Chủ tịch UBND tỉnh rà soát.",
            ["Bộ trưởng các bộ", "Thủ trưởng cơ quan ngang bộ, cơ quan thuộc Chính phủ", "Chủ tịch UBND tỉnh"],
        ),
        ("Phân công Phó Thủ tướng Trần Hồng Hà chỉ đạo việc này.", ["Phó Thủ tướng"]),
        ("Đồng chí Trưởng Ban Tổ chức Tỉnh ủy rà soát biên chế.", ["Trưởng Ban Tổ chức Tỉnh ủy"]),
        (
            "Thành ủy viên được phân công phụ trách cơ sở kiểm tra tình hình.",
            ["Thành ủy viên được phân công phụ trách cơ sở"],
        ),
        ("Các trường THPT, trung tâm GDNN-GDTX lập danh sách.", ["Các trường THPT, trung tâm GDNN-GDTX"]),
        ("Các đảng ủy phường và đảng ủy trực thuộc họp.", ["Các đảng ủy phường và đảng ủy trực thuộc"]),
        (
            "Ban Quản lý dự án đầu tư xây dựng các công trình thủy lợi lập hồ sơ.",
            ["Ban Quản lý dự án đầu tư xây dựng các công trình thủy lợi"],
        ),
        (
            "Các chủ rừng, Ban quản lý rừng đặc dụng, các Công ty TNHH MTV Cao su tự tổ chức canh gác.",
            ["Các chủ rừng", "Ban quản lý rừng đặc dụng", "các Công ty TNHH MTV Cao su"],
        ),
        ("Các Sở: Y tế, Nội vụ lập danh mục.", ["Sở Y tế", "Sở Nội vụ"]),
        ("Các sở: Y tế, Nội vụ - hoàn thành kho dữ liệu.", ["Sở Y tế", "Sở Nội vụ"]),
        ("Các đơn vị được kiểm tra chuẩn bị hồ sơ.", ["Các đơn vị được kiểm tra"]),
        (
            "Ban Tuyên giáo và Dân vận các tỉnh ủy, thành ủy gửi báo cáo.",
            ["Ban Tuyên giáo và Dân vận các tỉnh ủy, thành ủy"],
        ),
        (
            "Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương ban hành quy chế.",
            ["Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương"],
        ),
    ],
)
def test_subjects(sentence: str, expected: list[str]) -> None:
    found = subject_of(MappedText.of(sentence))
    assert found is not None
    assert [n.name for n in found] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Chủ trì, phối hợp với Sở Y tế.",
        "Phối hợp với Sở Y tế tổ chức tập huấn.",
        "Xây dựng kế hoạch.",
        "Rà soát các quy định.",
        "Tổ chức tuyên truyền.",
        "Tổ chức lại mạng lưới trạm.",
        "Quy hoạch và đầu tư bến bãi.",
        "Ban hành kế hoạch.",
        "Báo cáo UBND tỉnh xem xét.",
        "Các nhiệm vụ đang triển khai được tiếp tục.",
        "Các trường hợp chậm tiến độ phải báo cáo.",
        "Kinh phí thực hiện do ngân sách bảo đảm.",
        "Phong trào thi đua được triển khai rộng khắp.",
        "Sở Y tế",
        "",
    ],
)
def test_sentences_without_an_agency_as_subject(sentence: str) -> None:
    assert subject_of(MappedText.of(sentence)) is None


def test_verbs_have_a_source() -> None:
    assert all(row["source"] and row["acts"] in ("yes", "no") for row in rows("task_verbs"))


ALPHABET = st.sampled_from(
    [
        "Sở ",
        "Y tế",
        "Tài chính",
        ", ",
        " và ",
        "; ",
        "các ",
        "cơ quan ",
        "UBND ",
        "tỉnh ",
        "xã",
        "(",
        ")",
        "\n",
        "Đ",
        "ủy ",
        "-",
    ]
)


@given(st.lists(ALPHABET, max_size=25).map("".join))
@settings(deadline=None)
def test_any_text_is_read_and_every_span_holds(text: str) -> None:
    mapped = MappedText.of(text)
    for found in (split_names(mapped), leading_agency(mapped) or [], subject_of(mapped) or []):
        for name in found:
            first, last = name.span.span()
            assert text[first:last] == name.span.text
            assert resolve_agency(name.name, "Hưng Yên").id.startswith("a.")


@pytest.mark.parametrize(
    "run",
    ["a", "Sở ", "các ", "các cơ quan, ", "Chủ tịch ", "Chủ tịch, ", "Ban Chỉ đạo của ", ", ", "(", "xã Yên ",
     "UBND các xã, phường, ", "Sở Y tế, Nội vụ, ", "và ", "\n", "- ", "Trung tâm A, b ", "cùng với "],
)  # fmt: skip
def test_long_runs_are_read_in_linear_time(run: str) -> None:
    def seconds(size: int) -> float:
        text = (run * size)[:size]
        start = time.process_time()
        split_names(MappedText.of(text)), leading_agency(MappedText.of(text)), subject_of(MappedText.of(text))
        resolve_agency(text, "Hưng Yên"), places_in(text)
        return time.process_time() - start

    seconds(1_000)
    assert seconds(30_000) < 3
