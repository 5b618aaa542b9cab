"""An ingest report → lines of readable text: a row a file, then what was not read, then the totals."""

from __future__ import annotations

from ingest.report import FileReport, FileStatus, IngestReport
from viz.layout import Column, Line, Style, head, prose, table

#: Findings shown of one file; ``--json`` has all.
SHOWN = 10

STATUSES: dict[FileStatus, str] = {
    FileStatus.READ: "đã đọc",
    FileStatus.UNCHANGED: "không đổi",
    FileStatus.REPLACED: "đọc lại",
    FileStatus.OTHER_COPY: "bản khác",
    FileStatus.FAILED: "KHÔNG ĐỌC ĐƯỢC",
    FileStatus.NOT_TRIED: "chưa đọc",
}
FINDINGS: dict[str, str] = {
    "unresolved_citation": "dẫn chiếu chưa rõ văn bản nào",
    "no_lead": "nhiệm vụ không có đơn vị chủ trì",
    "unparsed_deadline": "thời hạn không hiểu được",
    "unclaimed_line": "dòng không thuộc phần nào",
    "layout": "bố cục",
    "header": "phần đầu",
    "defect": "sai sót trong văn bản",
}


def report_lines(report: IngestReport, width: int | None) -> list[Line]:
    """What was read from each file, what was not (with line numbers), and how many files of each kind."""
    columns = [Column("Kết quả", keep=True), Column("Số", keep=True)]
    columns += [Column(t, keep=True) for t in ("Dẫn chiếu", "Quan hệ", "Nhiệm vụ", "Mức", "Lưu ý")]
    columns += [Column("Tệp")]
    lines = table(columns, [_row(file) for file in report.files], width)
    for file in report.files:
        lines += _finding_lines(file, width)
    totals = ", ".join(f"{STATUSES[FileStatus(status)]} {count}" for status, count in report.totals.items())
    return [*lines, Line(""), head(f"{len(report.files)} tệp: {totals}")]


def _row(file: FileReport) -> list[str]:
    counts = [str(file.counts.get(name, "")) for name in ("citations", "relations", "tasks", "targets")]
    failed = file.status in (FileStatus.FAILED, FileStatus.NOT_TRIED)
    number = "" if failed else file.number or "(trống số)"
    return [STATUSES[file.status], number, *counts, "" if failed else str(len(file.findings)), file.file]


def _finding_lines(file: FileReport, width: int | None) -> list[Line]:
    if not file.findings and not file.error:
        return []
    lines = [Line(""), head(file.file)]
    if file.error:
        lines += prose(file.error.removeprefix(f"{file.file}: "), width, indent=2, style=Style.WARNING)
    for finding in file.findings[:SHOWN]:
        where = f"dòng {finding.line}: " if finding.line else ""
        quote = f" “{finding.quote}”" if finding.quote else ""
        kind = FINDINGS.get(finding.kind, finding.kind)
        lines += prose(f"{where}{kind}: {finding.message}{quote}", width, indent=2)
    more = len(file.findings) - SHOWN
    return lines + ([Line(f"  … và {more} lưu ý khác (dùng --json để xem hết)")] if more > 0 else [])
