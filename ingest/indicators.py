"""Indicator tables and bulleted aims → indicators with one target for each milestone, and who answers for them.

A row may measure different things in different years, so each cell is a target with its own text; the indicator's text
is its name column, or the first cell that says something. "-" in a cell is no target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from graph.records import DirectiveFacts, Finding, Indicator, Target
from graph.vocabulary import Comparator
from ingest.columns import Column, Columns, Kind, Meaning, read_columns
from ingest.counts import TOTAL
from ingest.flat import flat
from ingest.leaves import leaf_of
from ingest.refs import Refs
from ingest.roles import Assignment, evidenced
from ingest.sections import Under, is_closing, is_heading, under
from ingest.structure import Block, Layout, Part, Row, Style, Table
from ingest.targets import Measure, read_target
from ingest.task_tables import cell, ordinal_of, row_roles, spelled_out
from ingest.text import MappedText, Source

_YEAR = re.compile(r"\bnam (20\d\d)\b(?! ?[-,] ?20)")
#: A year after these words is what is compared with: "giảm 30% so với năm 2025".
_COMPARED = re.compile(r"\b(?:so voi|cao hon|thap hon)(?: (?:cung ky|thuc hien|muc|ket qua|dau|cuoi))?(?: cua)? $")
_YEAR_LINE = re.compile(r"(?:muc tieu |chi tieu |tam nhin )?(?:den |het |trong |cuoi ){0,2}nam 20\d\d[:. ]{0,3}")
#: "Hoàn thành 48 nhiệm vụ theo Phụ lục II": the list of tasks itself is counted, nothing is measured.
_COUNTS_TASKS = re.compile(
    r"\b(?:hoan thanh|thuc hien|trien khai) {1,2}\d{1,4} (?:nhiem vu|giai phap|dau viec)"
    r"(?: (?:theo|tai|neu|duoc giao|trong|cua) (?:phu luc|ke hoach|quyet dinh|chuong trinh)"
    r"|,? (?:trong do|gom|cu the|sau)\b| kem theo|(?: duoc giao)?[ .:;]{0,3}$)"
)
#: Words that make an aim of a number without a unit.
_ASKS = re.compile(r"\b(?:chi so|dat|toi thieu|it nhat|tren|co)\b|[≥≤<>]")
#: "Về y tế: 5 nhiệm vụ".
_COUNTS_BELOW = re.compile(r".{3,160}: ?\d{1,4} (?:nhiem vu|chi tieu|giai phap)[;. ]{0,3}")
#: "Phấn đấu đến năm 2030: …"
_YEAR_AND_LIST = re.compile(r"[^:;.]{0,60}\bnam 20\d\d[^:;.\d]{0,40}: ")
#: "100% xã có trạm trước 30/6/2026"
_DUE = re.compile(r"\b(?:truoc|den|het|trong|xong)(?: ngay| thang| quy)? (?:(?:\d{1,2}|[ivl]{1,3})/){1,2}(20\d\d)\b")
#: "ngày 14 tháng 01 năm 2026": the date of what a title cites.
_DATED = re.compile(r"\bthang \d{1,2},? nam 20\d\d")
#: Verbs with which an article of a resolution gives aims: "Thông qua các chỉ tiêu năm 2026:".
_ADOPTS = re.compile(
    r"(?:thong qua|phe duyet|ban hanh|quyet nghi|thong nhat|giao|phan dau (?:dat|thuc hien|hoan thanh))"
    r"(?: cac| mot so)? "
)
#: "Tỷ trọng kinh tế số (%)", "Số trạm (ĐVT: trạm)".
_UNIT_IN_NAME = re.compile(r"\((?:ĐVT: ?|Đơn vị(?: tính)?: ?)?([^()]{1,30})\)[ .:]{0,3}$")
_BARE = re.compile(
    r"[\s≥≤<>=~+%.,\d\-]{1,40}"
    r"|(?:tren|duoi|tu|dat|toi thieu|it nhat|khong qua)?[\s\d.,%\-]{1,20}(?:tro len|tro xuong)?"
)


@dataclass(slots=True)
class IndicatorReading:
    """Indicators in reading order with their assignments, and what could not be read."""

    indicators: list[Indicator] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_indicators(layout: Layout, this: DirectiveFacts, source: Source) -> IndicatorReading:
    """All indicators of a text; ``this`` gives the year where a table or a bullet prints none."""
    reading = IndicatorReading()
    refs = Refs()
    year = this.period_end.year if this.period_end else None
    begun = this.period_start or this.issued_on
    since = begun.year if begun else 0
    for section in layout.of(Part.BODY, Part.APPENDIX):
        name = section.name if section.part is Part.APPENDIX else None
        for block in section.walk():
            columns = read_columns([c.text for c in block.table.header]) if block.table else None
            if block.table and columns and columns.kind is Kind.INDICATORS:
                _Table(block.table, columns, name or block.path, year, since, refs, source, reading).read()
        titled = section.title.text if section.title else ""
        for block, heading_year in _aims(section.blocks, _title_year(titled) if name else None, under(titled)):
            text = _labelled_aim(block) or block.text
            for aim in _enumerated(text):
                reached = _year(text.text) if aim is not text else None
                _bullet(block, aim, reached or heading_year or year, name, refs, source, reading)
    return reading


@dataclass(slots=True)
class _Table:
    table: Table
    columns: Columns
    section: str
    year: int | None
    since: int  # a milestone before this year was reached already
    refs: Refs
    source: Source
    reading: IndicatorReading

    def read(self) -> None:
        for at, row in enumerate(spelled_out(self.table.rows)):
            self.row(row, at + 1)

    def row(self, row: Row, place: int) -> None:
        named = cell(row, self.columns.first(Meaning.INDICATOR, Meaning.NAME))
        cells = [(c, text) for c in self._milestones() if (text := cell(row, c.at))]
        if not cells and named is None:
            return
        ordinal = ordinal_of(row, self.columns)
        ref = self.refs.take(self.section, row.group_ordinal, ordinal or str(place))
        unit = cell(row, self.columns.first(Meaning.UNIT))
        if not self._milestones() and named is not None:
            cells = [(Column(-1, Meaning.MILESTONE, self._year_of(row, named)), named)]
        text = named or cells[0][1]
        targets = tuple(self._target(ref, c, t, named, unit.text if unit else None) for c, t in cells)
        roles = evidenced(ref, row_roles(row, self.columns), self.source)
        section = "/".join(p for p in (self.section, row.group_ordinal) if p)
        self.reading.indicators.append(
            Indicator(
                ref=ref, section=section, ordinal=ordinal, group=row.group, text=text.text, targets=targets,
                evidence=self.source.evidence(text),
            )
        )  # fmt: skip
        self.reading.assignments += roles
        if self._has_owner_column() and not roles:
            message = "dòng chỉ tiêu không có cơ quan nào"
            self.reading.findings.append(Finding(kind="no_lead", message=message, line=row.line, quote=text.text[:200]))

    def _milestones(self) -> tuple[Column, ...]:
        found = self.columns.all(Meaning.MILESTONE)
        ahead = tuple(c for c in found if c.year is None or c.year >= self.since)
        return ahead or found

    def _has_owner_column(self) -> bool:
        return self.columns.first(Meaning.LEAD, Meaning.EVALUATE, Meaning.MONITOR) is not None

    def _year_of(self, row: Row, named: MappedText) -> int | None:
        deadline = cell(row, self.columns.first(Meaning.DEADLINE))
        years = re.findall(r"20\d\d", deadline.text if deadline else "")
        return int(years[-1]) if years else _year(named.text) or self.year

    def _target(self, ref: str, column: Column, text: MappedText, named: MappedText | None, unit: str | None) -> Target:
        """One cell; where it is a bare "70%", the name tells whether it is yearly, and a column of its own the unit."""
        measure = read_target(text)
        if named is not None and not measure.per and _BARE.fullmatch(flat(text.text)):
            whole = read_target(f"{named.text}: {text.text}")
            measure = replace(measure, per=whole.per, aspiration=whole.aspiration)
        if named is not None and unit is None and (m := _UNIT_IN_NAME.search(named.text)):
            unit = m[1].strip() if read_target(f"1 {m[1].strip()}").unit else None
        year = column.year or self.year
        return _as_target(f"{ref}.{year or column.at}", year, text.text, measure, unit, self.source, text)


def _as_target(
    ref: str, year: int | None, text: str, m: Measure, unit: str | None, source: Source, printed: MappedText
) -> Target:
    return Target(
        ref=ref, year=year, text=text, comparator=m.comparator, value=m.value, value_max=m.value_max,
        unit=m.unit or (unit if m.value is not None else None), per=m.per, aspiration=m.aspiration,
        evidence=source.evidence(printed),
    )  # fmt: skip


def _aims(blocks: tuple[Block, ...], year: int | None, kind: Under | None) -> Iterator[tuple[Block, int | None]]:
    """Items under a heading of measured aims, with the year its heading prints."""
    for block in blocks:
        announced = _announced(block, kind)
        if block.children and (announced is Under.OBJECTIVE or leaf_of(block) is None):
            yield from _aims(block.children, _year(block.text.text) or year, announced or kind)
        elif _YEAR_LINE.fullmatch(flat(block.text.text)):
            year, kind = _year(block.text.text), announced or kind
        elif _opens_year(block) and kind is Under.OBJECTIVE:
            year = _year(block.text.text)
            yield block, year
        elif (announced or kind) is Under.OBJECTIVE or _labelled_aim(block):
            yield block, year


def _opens_year(block: Block) -> bool:
    """A paragraph that gives the bullets behind it their year: "Đến hết năm 2026, toàn ngành phấn đấu đạt:"."""
    opens = block.style is Style.NONE and block.text.text.rstrip().endswith(":")
    return opens and _year(block.text.text) is not None


def _announced(block: Block, kind: Under | None) -> Under | None:
    """What a heading says stands under it; below "Mục tiêu" a heading with a year ("Tầm nhìn 2045") holds aims too."""
    if not is_heading(block):
        return None
    plain = flat(block.text.text)
    if kind is Under.OBJECTIVE and _year(plain):
        return Under.OBJECTIVE
    adopts = _ADOPTS.match(plain)
    return under(plain[adopts.end() :]) if adopts else under(block.text.text)


def _labelled_aim(block: Block) -> MappedText | None:
    """The aim behind a label in its own line: "1. Mục tiêu: đến hết năm 2028 số hóa 80% hồ sơ"."""
    head, colon, rest = block.text.text.partition(": ")
    if (
        not colon
        or len(head) > 60
        or _year(head)
        or under(head) is not Under.OBJECTIVE
        or read_target(rest).value is None
    ):
        return None
    return block.text[len(head) + 1 :].strip()


def _enumerated(text: MappedText) -> list[MappedText]:
    """The aims of one sentence, "Đến năm 2030: 100% …; ít nhất 15 …", if each of them is measured; else the text."""
    head = _YEAR_AND_LIST.match(flat(text.text))
    if not head:
        return [text]
    ends = [head.end(), *(m.end() for m in re.finditer("; ", text.text) if m.start() > head.end()), len(text) + 1]
    clauses = [text[a:b].strip(" ;.") for a, b in pairwise(ends)]
    measured = len(clauses) > 1 and all(read_target(c).value is not None for c in clauses)
    return clauses if measured else [text]


def _year(text: str) -> int | None:
    """The year by which an aim shall be reached; None if the text prints none, or only one to compare with."""
    plain = flat(text)
    for m in _YEAR.finditer(plain):
        if not _COMPARED.search(plain[max(0, m.start() - 40) : m.start()]):
            return int(m[1])
    return None


def _title_year(title: str) -> int | None:
    """The year of an attached plan ("Kế hoạch chuyển đổi số năm 2026"), not that of a date in its title."""
    return _year(_DATED.sub(" ", flat(title)))


def _bullet(
    block: Block,
    text: MappedText,
    year: int | None,
    name: str | None,
    refs: Refs,
    source: Source,
    reading: IndicatorReading,
) -> None:
    """One measured aim; a bullet that is none adds nothing."""
    plain = flat(text.text)
    measure = read_target(text)
    if not _is_aim(text, plain, measure):
        return
    due = _DUE.search(plain)
    reached = _year(plain) or (int(due[1]) if due else year)
    ref = refs.take(name, block.path)
    head, _, last = block.path.rpartition(".")
    target = _as_target(f"{ref}.{reached or 'x'}", reached, text.text, measure, None, source, text)
    section = "/".join(p for p in (name, head) if p) or block.path
    reading.indicators.append(
        Indicator(
            ref=ref, section=section, ordinal=last or None, text=text.text, targets=(target,),
            evidence=source.evidence(text),
        )
    )  # fmt: skip


def _is_aim(text: MappedText, plain: str, measure: Measure) -> bool:
    """Whether a bullet measures an aim; a declared total, a closing formula or a pointer to an appendix does not."""
    if measure.value is None or TOTAL.search(plain) or _COUNTS_TASKS.search(plain) or plain.startswith("tong so"):
        return False
    if is_closing(text.text) and not (measure.unit or "").startswith("%"):
        return False
    limited = measure.comparator not in (None, Comparator.EQUAL)
    if measure.unit is None and not limited and not _ASKS.search(plain):
        return False
    return _COUNTS_BELOW.fullmatch(plain) is None
