"""Lists under a heading such as "Căn cứ pháp lý": what makes a heading, where a list ends, whose bases they are."""

import pytest

from graph.vocabulary import EdgeType
from ingest.basis_lists import heads_bases, nearest_heading
from ingest.flat import flat
from ingest.pipeline import read_text
from ingest.text import RawText

HEAD = (
    "UBND TỈNH NGHỆ AN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 77/KH-UBND\n"
    "Nghệ An, ngày 12 tháng 01 năm 2026\nKẾ HOẠCH\nPhát triển nghề cá năm 2026\n"
)
FIRST = "Quyết định số 339/QĐ-TTg ngày 11/3/2021 của Thủ tướng Chính phủ về thủy sản"
SECOND = "Nghị quyết số 36-NQ/TW ngày 22/10/2018 của Ban Chấp hành Trung ương về kinh tế biển"
AFTER = "II. MỤC TIÊU\n1. Mục tiêu chung\nTăng sản lượng theo Quyết định số 55/QĐ-UBND ngày 02/02/2025.\n"
BOTH = {"339/QĐ-TTg>this", "36-NQ/TW>this"}


def bases(body: str) -> set[str]:
    found = read_text(RawText(HEAD + body, "mẫu.txt", "0"))
    return {f"{e.source}>{e.target}" for e in found.edges if e.type is EdgeType.BASIS_FOR}


@pytest.mark.parametrize(
    "heading",
    [
        "I. CĂN CỨ LẬP KẾ HOẠCH",
        "I. CƠ SỞ PHÁP LÝ",
        "I. CƠ SỞ XÂY DỰNG KẾ HOẠCH",
        "I. CƠ SỞ ĐỂ THỰC HIỆN",
        "I. NHỮNG CĂN CỨ ĐỂ XÂY DỰNG KẾ HOẠCH",
        "I. CƠ SỞ CHÍNH TRỊ, PHÁP LÝ",
        "I. SỰ CẦN THIẾT VÀ CĂN CỨ PHÁP LÝ",
        "I. HỆ THỐNG VĂN BẢN PHÁP LÝ",
        "I. VĂN BẢN LÀM CĂN CỨ",
        "a) Căn cứ pháp lý",
    ],
)
@pytest.mark.parametrize(
    "items",
    [
        f"\n- {FIRST};\n- {SECOND}.\n",
        f"\n+ {FIRST};\n+ {SECOND}.\n",
        f"\n{FIRST};\n{SECOND}.\n",
        f"\n1. {FIRST}.\n2. {SECOND}.\n",
        f": {FIRST}; {SECOND}.\n",
        f" - {FIRST}; - {SECOND}.\n",
        f"\n- Văn bản của Trung ương:\n+ {FIRST};\n+ {SECOND}.\n",
    ],
    ids=["dashes", "pluses", "lines", "numbers", "in one sentence", "dashes in one line", "in two ranks"],
)
def test_a_heading_governs_each_item_of_its_list_and_no_more(heading: str, items: str) -> None:
    assert bases(heading + items + AFTER) == BOTH


@pytest.mark.parametrize(
    "opening", ["Căn cứ pháp lý:", "- Căn cứ pháp lý:", "Kế hoạch này được xây dựng trên cơ sở các văn bản sau:"]
)
@pytest.mark.parametrize("sign", ["- ", "", "1. "])
def test_words_that_announce_a_list_govern_it(opening: str, sign: str) -> None:
    assert bases(f"{opening}\n{sign}{FIRST};\n{sign.replace('1', '2')}{SECOND}.\n{AFTER}") == BOTH


@pytest.mark.parametrize(
    "heading",
    [
        "I. CƠ SỞ VẬT CHẤT",
        "I. CƠ SỞ THỰC HIỆN DỊCH VỤ",
        "I. CƠ SỞ THỰC TIỄN",
        "I. TÌNH HÌNH VÀ CĂN CỨ",
        "1. Căn cứ nhiệm vụ được giao, các sở lập dự toán",
        "I. CÁC VĂN BẢN BỊ BÃI BỎ",
    ],
)
def test_other_headings_make_no_bases(heading: str) -> None:
    assert bases(f"{heading}\n- {FIRST};\n- {SECOND}.\n{AFTER}") == set()


def test_a_heading_that_names_a_directive_tells_whose_bases_these_are() -> None:
    heading = "1. Cơ sở pháp lý khi xây dựng Thông tư số 05/2025/TT-BNV"
    assert bases(f"{heading}\n- {FIRST};\n- {SECOND}.\n") == {
        "339/QĐ-TTg>05/2025/TT-BNV",
        "36-NQ/TW>05/2025/TT-BNV",
    }


def test_a_list_in_one_line_ends_with_its_last_item() -> None:
    assert (
        bases(f"I. CĂN CỨ LẬP KẾ HOẠCH - {FIRST}. - {SECOND}. Năm qua, tỉnh làm theo Kế hoạch số 12/KH-UBND.") == BOTH
    )


def test_an_ordinary_basis_is_no_heading() -> None:
    assert heads_bases(flat("Căn cứ Thông tư số 05/2025/TT-BNV;")) is None


def test_the_nearest_heading_decides() -> None:
    assert nearest_heading(("I. CĂN CỨ LẬP KẾ HOẠCH", "2. Kết quả năm 2025")) is None
    assert nearest_heading(("I. CĂN CỨ LẬP KẾ HOẠCH", "1. Văn bản của Đảng")) == "I. CĂN CỨ LẬP KẾ HOẠCH"
