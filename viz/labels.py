"""Vietnamese words for what the graph holds, as officials and the law sites use them. Data, no logic."""

from __future__ import annotations

from graph.vocabulary import DeadlineKind, DirectiveType, EdgeType, Every, Level, Role, Status

#: type of edge -> (read along the arrow, read against it): "57-NQ/TW được triển khai bởi 65-KH/TU".
EDGES: dict[EdgeType, tuple[str, str]] = {
    EdgeType.CASCADES_TO: ("được triển khai bởi", "triển khai"),
    EdgeType.BASIS_FOR: ("là căn cứ của", "căn cứ"),
    EdgeType.GUIDED_BY: ("được hướng dẫn bởi", "hướng dẫn"),
    EdgeType.AMENDED_BY: ("được sửa đổi bởi", "sửa đổi"),
    EdgeType.SUPERSEDED_BY: ("bị thay thế bởi", "thay thế"),
    EdgeType.REPEALED_BY: ("bị bãi bỏ bởi", "bãi bỏ"),
    EdgeType.SUSPENDED_BY: ("bị đình chỉ bởi", "đình chỉ"),
    EdgeType.CORRECTED_BY: ("được đính chính bởi", "đính chính"),
    EdgeType.CONSOLIDATED_IN: ("được hợp nhất trong", "hợp nhất"),
    EdgeType.PROMULGATES: ("ban hành kèm", "kèm theo"),
    EdgeType.CITED_IN: ("được dẫn chiếu trong", "dẫn chiếu"),
    EdgeType.ISSUED: ("ban hành", "được ban hành bởi"),
    EdgeType.HAS_TASK: ("có nhiệm vụ", "thuộc"),
    EdgeType.HAS_INDICATOR: ("có chỉ tiêu", "thuộc"),
    EdgeType.HAS_TARGET: ("có mức", "thuộc chỉ tiêu"),
    EdgeType.ASSIGNED_TO: ("giao cho", "được giao"),
    EdgeType.PART_OF: ("thuộc", "gồm"),
    EdgeType.SUCCEEDED_BY: ("sáp nhập, đổi tên thành", "kế thừa"),
    EdgeType.REFINED_BY: ("được cụ thể hóa bởi", "cụ thể hóa"),
    EdgeType.FULFILLED_BY: ("được đáp ứng bởi", "đáp ứng"),
}

ROLES: dict[Role, str] = {
    Role.LEAD: "chủ trì",
    Role.COORDINATE: "phối hợp",
    Role.ADVISE: "tham mưu",
    Role.MONITOR: "theo dõi",
    Role.APPROVE: "phê duyệt",
    Role.EVALUATE: "đánh giá",
    Role.RECEIVE: "nhận báo cáo",
}
#: Where a text names no role.
NO_ROLE = "không nêu vai trò"

TYPES: dict[DirectiveType, str] = {
    DirectiveType.RESOLUTION: "Nghị quyết",
    DirectiveType.PLAN: "Kế hoạch",
    DirectiveType.PROGRAMME: "Chương trình",
    DirectiveType.DECISION: "Quyết định",
    DirectiveType.INSTRUCTION: "Chỉ thị",
    DirectiveType.CONCLUSION: "Kết luận",
    DirectiveType.NOTICE: "Thông báo",
    DirectiveType.GUIDANCE: "Hướng dẫn",
    DirectiveType.OFFICIAL_LETTER: "Công văn",
    DirectiveType.SCHEME: "Đề án",
    DirectiveType.PROJECT: "Dự án",
    DirectiveType.REPORT: "Báo cáo",
    DirectiveType.LAW: "Luật",
    DirectiveType.DECREE: "Nghị định",
    DirectiveType.CIRCULAR: "Thông tư",
    DirectiveType.ORDINANCE: "Pháp lệnh",
    DirectiveType.REGULATION: "Quy chế",
    DirectiveType.RULES: "Quy định",
    DirectiveType.SUBMISSION: "Tờ trình",
    DirectiveType.TELEGRAM: "Công điện",
}

STATUSES: dict[Status, str] = {
    Status.IN_FORCE: "còn hiệu lực",
    Status.NOT_YET_ISSUED: "chưa ban hành",
    Status.SUPERSEDED: "bị thay thế",
    Status.REPEALED: "bị bãi bỏ",
    Status.PARTLY_SUPERSEDED: "hết hiệu lực một phần",
    Status.SUSPENDED: "bị đình chỉ",
    Status.EXPIRED: "hết thời hạn",
    Status.DRAFT: "dự thảo",
    Status.UNKNOWN: "chưa xác định",
}

LEVELS: dict[Level, str] = {Level.CENTRAL: "trung ương", Level.PROVINCIAL: "cấp tỉnh", Level.COMMUNAL: "cấp xã"}

DEADLINES: dict[DeadlineKind, str] = {
    DeadlineKind.DATE: "ngày",
    DeadlineKind.MONTH: "tháng",
    DeadlineKind.QUARTER: "quý",
    DeadlineKind.YEAR: "năm",
    DeadlineKind.RANGE: "giai đoạn",
    DeadlineKind.RECURRING: "định kỳ",
    DeadlineKind.CONTINUOUS: "thường xuyên",
    DeadlineKind.CONDITIONAL: "có điều kiện",
    DeadlineKind.NONE: "không nêu",
}

EVERY: dict[Every, str] = {
    Every.DAY: "hằng ngày",
    Every.WEEK: "hằng tuần",
    Every.MONTH: "hằng tháng",
    Every.QUARTER: "hằng quý",
    Every.HALF_YEAR: "6 tháng",
    Every.YEAR: "hằng năm",
}
