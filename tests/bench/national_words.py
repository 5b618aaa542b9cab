"""Words a plan of the national graph is made of: fields with their bodies, works, qualifiers, measures, deadlines.

Names of bodies are templates of graph.register; everything else is invented for this benchmark.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from graph.records import Deadline
from graph.vocabulary import DeadlineKind, Every


class Field(NamedTuple):
    """A field of work and the body in charge of it at each level (``code``: of the department's numbers, if any)."""

    ministry: str
    department: str
    code: str | None
    office: str
    works: tuple[str, ...]


class Measure(NamedTuple):
    """What an indicator measures, its unit, and the bounds its values are drawn from."""

    text: str
    unit: str
    low: int
    high: int


FIELDS = (
    Field(
        "Bộ Khoa học và Công nghệ", "Sở Khoa học và Công nghệ", "SKHCN", "Phòng Văn hóa - Xã hội",
        ("nền tảng tích hợp, chia sẻ dữ liệu", "mạng lưới trạm phát sóng 5G", "trung tâm đổi mới sáng tạo",
         "tổ công nghệ số cộng đồng", "hệ thống giám sát an toàn thông tin", "quỹ phát triển khoa học và công nghệ"),
    ),
    Field(
        "Bộ Tài chính", "Sở Tài chính", "STC", "Phòng Kinh tế",
        ("dự toán chi cho khoa học, công nghệ", "cơ chế đặt hàng sản phẩm công nghệ",
         "hóa đơn điện tử từ máy tính tiền", "cơ sở dữ liệu tài sản công", "danh mục dự án đầu tư hạ tầng số"),
    ),
    Field(
        "Bộ Nội vụ", "Sở Nội vụ", "SNV", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
        ("kỹ năng số của cán bộ, công chức", "vị trí việc làm về chuyển đổi số", "chính sách thu hút chuyên gia",
         "hồ sơ điện tử cán bộ, công chức, viên chức", "lịch sử số của tài liệu lưu trữ"),
    ),
    Field(
        "Bộ Nông nghiệp và Môi trường", "Sở Nông nghiệp và Môi trường", "SNNMT", "Phòng Kinh tế",
        ("cơ sở dữ liệu đất đai", "mã số vùng trồng và truy xuất nguồn gốc nông sản",
         "trạm quan trắc môi trường tự động", "bản đồ số về thiên tai", "mô hình nông nghiệp thông minh",
         "dữ liệu hồ đập, thủy lợi"),
    ),
    Field(
        "Bộ Xây dựng", "Sở Xây dựng", "SXD", "Phòng Kinh tế",
        ("cơ sở dữ liệu quy hoạch đô thị", "hệ thống giao thông thông minh", "mô hình thông tin công trình",
         "bản đồ số hạ tầng kỹ thuật ngầm"),
    ),
    Field(
        "Bộ Công Thương", "Sở Công Thương", "SCT", "Phòng Kinh tế",
        ("sàn thương mại điện tử của địa phương", "chợ không dùng tiền mặt", "dữ liệu cụm công nghiệp",
         "chương trình đổi mới công nghệ của doanh nghiệp nhỏ và vừa"),
    ),
    Field(
        "Bộ Văn hóa, Thể thao và Du lịch", "Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL", "Phòng Văn hóa - Xã hội",
        ("bản số hóa ba chiều của di tích", "vé điện tử tại khu, điểm du lịch", "thư viện số",
         "truyền thanh thông minh"),
    ),
    Field(
        "Bộ Giáo dục và Đào tạo", "Sở Giáo dục và Đào tạo", "SGDĐT", "Phòng Văn hóa - Xã hội",
        ("học bạ số", "phòng học giáo dục STEM", "phong trào “Bình dân học vụ số”", "kho học liệu trực tuyến",
         "ngành đào tạo về bán dẫn và trí tuệ nhân tạo"),
    ),
    Field(
        "Bộ Y tế", "Sở Y tế", "SYT", "Trạm Y tế",
        ("bệnh án điện tử", "hồ sơ sức khỏe điện tử", "khám, chữa bệnh từ xa", "dữ liệu trẻ em và người cao tuổi"),
    ),
    Field(
        "Bộ Tư pháp", "Sở Tư pháp", "STP", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
        ("dữ liệu hộ tịch điện tử", "rà soát văn bản quy phạm pháp luật về dữ liệu", "công chứng điện tử"),
    ),
    Field(
        "Bộ Dân tộc và Tôn giáo", "Sở Dân tộc và Tôn giáo", "SDTTG", "Phòng Văn hóa - Xã hội",
        ("truyền thông số bằng tiếng dân tộc thiểu số", "điểm truy cập mạng ở thôn, bản đặc biệt khó khăn"),
    ),
    Field(
        "Bộ Công an", "Công an {u}", None, "Công an {u}",
        ("tài khoản định danh điện tử mức độ 2", "dữ liệu dân cư phục vụ thủ tục hành chính", "chữ ký số cá nhân",
         "phòng, chống lừa đảo trên không gian mạng"),
    ),
)  # fmt: skip

#: Further bodies that coordinate, by level.
PARTY_CENTRAL = (
    "Ban Tuyên giáo và Dân vận Trung ương", "Ban Tổ chức Trung ương", "Ủy ban Kiểm tra Trung ương",
    "Ban Chính sách, chiến lược Trung ương", "Văn phòng Trung ương Đảng", "Đảng ủy Chính phủ",
    "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
)  # fmt: skip
PARTY_PROVINCE = (
    "Văn phòng {T} ủy", "Ban Tổ chức {T} ủy", "Ban Tuyên giáo và Dân vận {T} ủy", "Ủy ban Kiểm tra {T} ủy",
    "Ban Nội chính {T} ủy", "Đảng ủy Ủy ban nhân dân {u}", "Ủy ban Mặt trận Tổ quốc Việt Nam {u}",
)  # fmt: skip
OTHER_PROVINCE = (
    "Văn phòng Ủy ban nhân dân {u}", "Trung tâm Phục vụ hành chính công {u}", "Bộ Chỉ huy Quân sự {u}",
    "Đoàn Thanh niên Cộng sản Hồ Chí Minh {u}", "Liên hiệp các Hội Khoa học và Kỹ thuật {u}",
)  # fmt: skip
OTHER_COMMUNE = (
    "Trung tâm Phục vụ hành chính công {u}", "Ủy ban Mặt trận Tổ quốc Việt Nam {u}", "Ban Xây dựng Đảng",
    "Đoàn Thanh niên Cộng sản Hồ Chí Minh {u}", "Hội Liên hiệp Phụ nữ {u}", "Hội Nông dân {u}",
    "Ban Chỉ huy Quân sự",
)  # fmt: skip

VERBS = (
    "Xây dựng", "Triển khai", "Rà soát, hoàn thiện", "Mở rộng", "Nâng cấp", "Đưa vào vận hành",
    "Hướng dẫn người dân sử dụng", "Kiểm tra, đánh giá", "Cập nhật, làm sạch", "Thí điểm", "Duy trì, bảo đảm",
    "Tổ chức tập huấn về", "Tuyên truyền về", "Tổng hợp, báo cáo tình hình", "Bố trí kinh phí cho",
    "Lập kế hoạch phát triển", "Kết nối, đồng bộ", "Số hóa",
)  # fmt: skip
QUALIFIERS = (
    "tại tất cả thôn, tổ dân phố", "theo hướng dùng chung, không trùng lặp", "phục vụ chính quyền hai cấp",
    "bảo đảm dữ liệu đúng, đủ, sạch, sống", "gắn với cải cách hành chính", "ưu tiên vùng khó khăn",
    "theo hình thức hợp tác công tư", "đáp ứng yêu cầu quản lý của ngành", "bằng nguồn vốn xã hội hóa",
    "trên môi trường số", "lấy người dân làm trung tâm", "đúng tiến độ được giao", "có kiểm tra hằng quý",
    "thuộc phạm vi quản lý", "trong năm học mới", "ở các khu công nghiệp, khu dân cư", "kèm tiêu chí đo lường cụ thể",
)  # fmt: skip
OUTPUTS = (
    "Báo cáo kết quả", "Kế hoạch được phê duyệt", "Hệ thống đưa vào sử dụng", "Cơ sở dữ liệu hoàn thành",
    "Quyết định của cấp có thẩm quyền", "Lớp tập huấn", "Mô hình được nhân rộng",
)  # fmt: skip
GROUPS = ("Thể chế, chính sách", "Hạ tầng và dữ liệu", "Nhân lực", "Chính quyền số", "Kinh tế số, xã hội số")

MEASURES = (
    Measure("Tỷ lệ hồ sơ thủ tục hành chính nộp trực tuyến", "%", 60, 95),
    Measure("Tỷ lệ hộ gia đình có cáp quang", "%", 70, 100),
    Measure("Tỷ lệ dân số trưởng thành có chữ ký số", "%", 30, 80),
    Measure("Tỷ lệ chi ngân sách cho khoa học, công nghệ", "%", 1, 4),
    Measure("Tỷ lệ cơ sở y tế dùng bệnh án điện tử", "%", 50, 100),
    Measure("Tỷ lệ trường học dùng học bạ số", "%", 60, 100),
    Measure("Số doanh nghiệp khoa học và công nghệ", "doanh nghiệp", 3, 400),
    Measure("Số trạm phát sóng 5G", "trạm", 2, 1500),
    Measure("Số sáng chế được nộp đơn", "đơn", 1, 120),
    Measure("Tỷ trọng kinh tế số trong tổng sản phẩm", "%", 8, 35),
    Measure("Tỷ lệ cán bộ, công chức được tập huấn kỹ năng số", "%", 50, 100),
    Measure("Số điểm truy cập mạng công cộng", "điểm", 3, 300),
)


def _due(kind: DeadlineKind, text: str, start: str | None, end: str) -> Deadline:
    first = dt.date.fromisoformat(start) if start else None
    return Deadline(kind=kind, text=text, start=first, end=dt.date.fromisoformat(end))


DEADLINES = (
    _due(DeadlineKind.QUARTER, "Quý IV/2025", "2025-10-01", "2025-12-31"),
    _due(DeadlineKind.QUARTER, "Quý II/2026", "2026-04-01", "2026-06-30"),
    _due(DeadlineKind.MONTH, "Tháng 9/2026", "2026-09-01", "2026-09-30"),
    _due(DeadlineKind.MONTH, "Tháng 3/2027", "2027-03-01", "2027-03-31"),
    _due(DeadlineKind.DATE, "Trước ngày 15/12/2026", None, "2026-12-15"),
    _due(DeadlineKind.YEAR, "Năm 2027", "2027-01-01", "2027-12-31"),
    _due(DeadlineKind.RANGE, "2026 - 2030", "2026-01-01", "2030-12-31"),
    Deadline(kind=DeadlineKind.RECURRING, text="Hằng quý", every=Every.QUARTER),
    Deadline(kind=DeadlineKind.RECURRING, text="Hằng năm", every=Every.YEAR),
    Deadline(kind=DeadlineKind.CONTINUOUS, text="Thường xuyên"),
)
