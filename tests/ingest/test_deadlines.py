"""Words about time → deadlines: cells, sentences, and words that set none."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from graph.records import Deadline
from graph.vocabulary import DeadlineKind
from ingest.deadlines import find_deadline, read_deadline

ISSUED = dt.date(2026, 4, 3)


def told(deadline: Deadline | None) -> str:
    """ "month 2026-05-01..2026-05-31", "recurring/quarter", "none"."""
    if deadline is None:
        return "none"
    span = f" {deadline.start or ''}..{deadline.end or ''}" if deadline.start or deadline.end else ""
    return f"{deadline.kind}{'/' + deadline.every if deadline.every else ''}{span}"


CELLS = [
    ("Cả năm", "year 2026-01-01..2026-12-31"),
    ("Tháng 3-6/2026", "range 2026-03-01..2026-06-30"),
    ("Tháng 4, 5 và 7/2026", "range 2026-04-01..2026-07-31"),
    ("Quý II và quý IV", "range 2026-04-01..2026-12-31"),
    ("", "none"),
    ("-", "none"),
    ("Thường xuyên", "continuous"),
    ("Thường xuyên, liên tục", "continuous"),
    ("Tháng 5/2026", "month 2026-05-01..2026-05-31"),
    ("Hoàn thành trong tháng 02 năm 2028", "month 2028-02-01..2028-02-29"),
    ("T9/2026", "month 2026-09-01..2026-09-30"),
    ("9/2026", "month 2026-09-01..2026-09-30"),
    ("Tháng 8", "month 2026-08-01..2026-08-31"),
    ("Quý II năm 2026", "quarter 2026-04-01..2026-06-30"),
    ("Quý 2/2026", "quarter 2026-04-01..2026-06-30"),
    ("QIII/2026", "quarter 2026-07-01..2026-09-30"),
    ("Quý Il/2026", "quarter 2026-04-01..2026-06-30"),
    ("quy IV-2027", "quarter 2027-10-01..2027-12-31"),
    ("Quý II, III năm 2026", "range 2026-04-01..2026-09-30"),
    ("Quý III/2026 - Quý I/2027", "range 2026-07-01..2027-03-31"),
    ("Năm 2027", "year 2027-01-01..2027-12-31"),
    ("2026-2030", "range 2026-01-01..2030-12-31"),
    ("Giai đoạn 2026 – 2030", "range 2026-01-01..2030-12-31"),
    ("2026 và những năm tiếp theo", "range 2026-01-01.."),
    ("6 tháng cuối năm 2026", "range 2026-07-01..2026-12-31"),
    ("Trước ngày 15/5/2026", "date ..2026-05-15"),
    ("Chậm nhất ngày 30 tháng 9 năm 2026", "date ..2026-09-30"),
    ("Trước ngày 15/5", "date ..2026-05-15"),
    ("Từ ngày 01/6 đến ngày 30/6/2026", "range 2026-06-01..2026-06-30"),
    ("Hằng năm", "recurring/year"),
    ("Hàng quý", "recurring/quarter"),
    ("Quý I hàng năm", "recurring/year"),
    ("Quý III năm 2026 hàng năm", "recurring/year 2026-07-01.."),
    ("Trước ngày 15/12 hằng năm", "recurring/year"),
    ("Trước 16h00 ngày 25 hằng tháng", "recurring/month"),
    ("Định kỳ 3 tháng, 9 tháng, 1 năm", "recurring/quarter"),
    ("ngày 20 của tháng cuối quý", "recurring/quarter"),
    ("6 tháng/lần", "recurring/half_year"),
    ("02 lần/năm", "recurring/year"),
    ("định kỳ vào tháng 3 và tháng 9", "recurring/year"),
    ("Khi có hướng dẫn của bộ chuyên ngành", "conditional"),
    ("Theo yêu cầu của cấp trên", "conditional"),
    ("10 ngày kể từ khi nhận hồ sơ", "conditional"),
    ("Sau khi Đề án được phê duyệt", "conditional"),
]


@pytest.mark.parametrize(("cell", "expected"), CELLS, ids=[c or "empty" for c, _ in CELLS])
def test_cells(cell: str, expected: str) -> None:
    assert told(read_deadline(cell, ISSUED)) == expected


@pytest.mark.parametrize("cell", ["Sớm", "31/2/2026", "Tháng 13/2026", "Kịp thời"])
def test_a_cell_that_cannot_be_read_keeps_its_words(cell: str) -> None:
    found = read_deadline(cell, ISSUED)
    assert found and found.kind is DeadlineKind.NONE and found.text == cell


def test_without_a_date_of_issue_no_year_is_invented() -> None:
    found = read_deadline("Quý III", None)
    assert found and found.kind is DeadlineKind.NONE


SENTENCES = [
    ("Rà soát quy hoạch, báo cáo Ủy ban nhân dân tỉnh trước ngày 20/6/2026.", "date ..2026-06-20"),
    ("Trước ngày 25 hằng tháng, cập nhật số liệu lên hệ thống.", "recurring/month"),
    ("Thường xuyên kiểm tra các điểm tiếp nhận hồ sơ.", "continuous"),
    ("Chủ trì hướng dẫn các xã; nhiệm vụ thường xuyên.", "continuous"),
    ("Định kỳ 6 tháng, 1 năm: tổng hợp kết quả.", "recurring/half_year"),
    ("Tổ chức họp giao ban định kỳ vào tháng 5 và tháng 11.", "recurring/year"),
    ("Xây dựng bản đồ ngập lụt (Quý II/2026).", "quarter 2026-04-01..2026-06-30"),
    ("Ban hành quy chế trong quý III/2026.", "quarter 2026-07-01..2026-09-30"),
    ("Trả lời người dân trong vòng 24 giờ kể từ khi nhận phản ánh.", "conditional"),
    ("Tập trung giải ngân, chậm nhất đến ngày 31/12/2026.", "date ..2026-12-31"),
    ("Gửi báo cáo định kỳ về Sở Nội vụ.", "recurring"),
    ("Quản lý tài sản; thường xuyên rà soát thiết bị.", "none"),
    ("Bố trí kinh phí trong dự toán ngân sách hằng năm.", "none"),
    ("Thực hiện theo quy định của pháp luật.", "none"),
    ("Áp dụng văn bản ban hành trước ngày 01/7/2025.", "none"),
    ("Phát triển đô thị giai đoạn 2026 - 2030.", "none"),
    ("Kịp thời tháo gỡ khó khăn.", "none"),
    ("Tham mưu tổ chức tổng kết vào tháng 11/2027.", "month 2027-11-01..2027-11-30"),
    ("Bảo đảm nguồn lực trong giai đoạn 2026 - 2028.", "range 2026-01-01..2028-12-31"),
    ("Cân đối kinh phí giai đoạn 2026 - 2028.", "range 2026-01-01..2028-12-31"),
    ("Công khai danh mục trong ngày 20/4/2026.", "date ..2026-04-20"),
    ("Khóa tài khoản trong 12 giờ kể từ khi nhận được cảnh báo.", "conditional"),
    ("Hướng dẫn chế độ phụ cấp ngay sau khi nghị định được ban hành.", "conditional"),
    ("Quý III: trình đề cương báo cáo.", "quarter 2026-07-01..2026-09-30"),
    ("Trực tại nhà văn hóa vào sáng Chủ nhật hằng tuần.", "recurring/week"),
    ("Báo cáo định kỳ 6 tháng (trước ngày 10/6) và năm (trước ngày 10/12).", "recurring/half_year"),
    ("Là đầu mối theo dõi Đề án; lập sổ tay, hoàn thành trước ngày 30/6/2026.", "none"),
    ("Lập danh mục hồ sơ; rà soát khi có yêu cầu.", "none"),
    ("Rà soát phương án định kỳ 6 tháng. Phối hợp với Công an tỉnh.", "recurring/half_year"),
    ("Báo cáo định kỳ 6 tháng. Phối hợp với Thuế tỉnh.", "recurring/half_year"),
    ("Theo dõi, tham mưu; báo cáo định kỳ quý, 6 tháng, năm.", "recurring/quarter"),
    ("Lập kế hoạch năm, ban hành trong tháng 5/2026.", "month 2026-05-01..2026-05-31"),
    ("Rà soát văn bản do tỉnh ban hành trong năm 2026.", "none"),
    ("Tổng hợp, gửi Sở Nội vụ trước ngày 20 tháng 01 hằng năm.", "recurring/year"),
    ("Bảo đảm an toàn hệ thống; thực hiện thường xuyên.", "continuous"),
    ("Báo cáo hằng tháng (trước ngày 12), quý (trước ngày 12 tháng cuối quý).", "recurring/month"),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[s for s, _ in SENTENCES])
def test_sentences(sentence: str, expected: str) -> None:
    assert told(find_deadline(sentence, ISSUED)) == expected


@pytest.mark.parametrize("run", ["1", "a", " ", ",", "/", "thang ", "quy i, ", "hang nam, ", "dinh ky ", "truoc ", "("])
def test_long_runs_are_read_fast(run: str) -> None:
    start = time.perf_counter()
    text = (run * 100_000)[:100_000]
    read_deadline(text, ISSUED)
    find_deadline(text, ISSUED)
    assert time.perf_counter() - start < 3
