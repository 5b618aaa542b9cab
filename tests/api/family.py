"""A small family of directives as readings written by hand: what the questions of the command line are asked of."""

from __future__ import annotations

import datetime as dt
import hashlib

from graph.agencies import resolve_agency
from graph.numbers import DirectiveNumber
from graph.records import (
    THIS,
    Agency,
    Deadline,
    DirectiveFacts,
    Edge,
    Evidence,
    Indicator,
    Mention,
    Reading,
    Target,
    Task,
)
from graph.vocabulary import Comparator, DeadlineKind, EdgeType, Every, Level, Origin, Role


class Text:
    """A text that grows line by line; each line can be quoted."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.text = ""

    def say(self, quote: str) -> tuple[int, int, str]:
        start = len(self.text)
        self.text += quote + "\n"
        return start, start + len(quote), quote

    def evidence(self, said: tuple[int, int, str]) -> Evidence:
        start, end, quote = said
        line = self.text.count("\n", 0, start) + 1
        sha = hashlib.sha256(self.text.encode()).hexdigest()
        return Evidence(file=self.file, sha256=sha, line=line, start=start, end=end, quote=quote)


def facts(number: str, place: str, day: str, title: str, issuer: str) -> DirectiveFacts:
    parsed = DirectiveNumber.parse(number)
    level = Level.CENTRAL if place == "central" else Level.COMMUNAL if "," in place else Level.PROVINCIAL
    return DirectiveFacts(
        number=number,
        symbol=parsed.symbol,
        type=parsed.type,
        title=title,
        issued_on=dt.date.fromisoformat(day),
        issuer=issuer,
        jurisdiction=place,
        level=level,
        system=parsed.system,
        plan=parsed.type == "plan",
    )


RESOLUTION = facts("57-NQ/TW", "central", "2024-12-22", "về đột phá phát triển khoa học", "Bộ Chính trị")
OLD_PLAN = facts("433-KH/TU", "Hưng Yên", "2025-03-10", "thực hiện Nghị quyết số 57-NQ/TW", "Ban Thường vụ Tỉnh ủy")
PLAN = facts("65-KH/TU", "Hưng Yên", "2026-04-22", "hành động thực hiện Nghị quyết 57", "Ban Thường vụ Tỉnh ủy")
OTHER_PLAN = facts("65-KH/TU", "Ninh Bình", "2025-06-02", "triển khai chuyển đổi số", "Ban Thường vụ Tỉnh ủy")
DECISION = facts("443/QĐ-UBND", "Hưng Yên", "2026-05-04", "giao nhiệm vụ chuyển đổi số", "Ủy ban nhân dân tỉnh")


Link = tuple[EdgeType, DirectiveFacts, str]
Row = tuple[str, str, Deadline, list[tuple[Role, str]]]


def reading(
    name: str,
    this: DirectiveFacts,
    links: list[Link],
    tasks: list[Row] = [],  # noqa: B006
    indicators: list[tuple[str, int, float]] = [],  # noqa: B006
) -> Reading:
    """``links``: (type, the upper directive, quote), or for SUPERSEDED_BY the old one; all are stated by ``this``."""
    text = Text(name)
    quotes = [text.say(quote) for _, _, quote in links]
    lines = [text.say(said) for _, said, _, _ in tasks]
    aims = [text.say(f"{said} {year}: {value:g}") for said, year, value in indicators]
    proofs, rows = [text.evidence(quote) for quote in quotes], [text.evidence(line) for line in lines]
    agencies, assigned = _assigned(tasks, rows, this.jurisdiction)
    cited = [Mention(ref=f"c{i}", **other.model_dump(), evidence=proofs[i]) for i, (_, other, _) in enumerate(links)]
    return Reading(
        file=name,
        sha256=hashlib.sha256(text.text.encode()).hexdigest(),
        text=text.text,
        this=Mention(ref=THIS, **this.model_dump()),
        mentions=tuple(cited),
        tasks=tuple(_task(*pair) for pair in zip(tasks, rows, strict=True)),
        indicators=tuple(_indicator(i, aim, text.evidence(aims[i])) for i, aim in enumerate(indicators)),
        agencies=agencies,
        edges=(*(_stated(i, link[0], proofs[i]) for i, link in enumerate(links)), *assigned),
    )


def _stated(place: int, kind: EdgeType, quote: Evidence) -> Edge:
    carries = kind is EdgeType.SUPERSEDED_BY
    return Edge(type=kind, source=f"c{place}", target=THIS, evidence=quote, carries_over=carries)


def _assigned(tasks: list[Row], rows: list[Evidence], place: str | None) -> tuple[tuple[Agency, ...], list[Edge]]:
    """The agencies of the tasks, each once, and who has which task."""
    agencies: dict[str, Agency] = {}
    edges: list[Edge] = []
    for (ref, _, _, owners), quote in zip(tasks, rows, strict=True):
        for role, printed in owners:
            agency = resolve_agency(printed, place)
            agencies[agency.id] = agency
            kind = EdgeType.ASSIGNED_TO
            edges.append(Edge(type=kind, source=ref, target=agency.id, role=role, printed=printed, evidence=quote))
    return tuple(agencies.values()), edges


def _task(row: Row, quote: Evidence) -> Task:
    ref, said, due, _ = row
    return Task(ref=ref, text=said, origin=Origin.APPENDIX, section="PL", deadline=due, evidence=quote)


def _indicator(place: int, aim: tuple[str, int, float], quote: Evidence) -> Indicator:
    said, year, value = aim
    target = Target(
        ref=f"i{place}.{year}",
        year=year,
        text=quote.quote,
        comparator=Comparator.AT_LEAST,
        value=value,
        unit="%",
        evidence=quote,
    )
    return Indicator(ref=f"i{place}", section="PL", text=said, targets=(target,), evidence=quote)


def by(day: str) -> Deadline:
    return Deadline(kind=DeadlineKind.DATE, text=f"trước ngày {day}", end=dt.date.fromisoformat(day))


QUARTERLY = Deadline(kind=DeadlineKind.RECURRING, text="Hằng quý", every=Every.QUARTER)
CARRIES_OUT = "Thực hiện Nghị quyết số 57-NQ/TW, Ban Thường vụ Tỉnh ủy ban hành kế hoạch với các nội dung sau đây"
REPLACES = "Kế hoạch này thay thế Kế hoạch số 433-KH/TU; các nhiệm vụ đang thực hiện được chuyển tiếp"
BASIS = "Căn cứ Kế hoạch số 65-KH/TU ngày 22/4/2026 của Ban Thường vụ Tỉnh ủy"


def family() -> list[Reading]:
    """A central resolution, a plan and its replacement, a decision resting on it, another province's namesake."""
    lead, help_ = Role.LEAD, Role.COORDINATE
    return [
        reading("nq57.txt", RESOLUTION, []),
        reading("kh433.txt", OLD_PLAN, [(EdgeType.CASCADES_TO, RESOLUTION, CARRIES_OUT + " (trước đây)")]),
        reading(
            "kh65.txt",
            PLAN,
            [(EdgeType.CASCADES_TO, RESOLUTION, CARRIES_OUT), (EdgeType.SUPERSEDED_BY, OLD_PLAN, REPLACES)],
            [
                ("1", "Xây dựng sàn dữ liệu", by("2026-09-30"), [(lead, "Sở KH&CN"), (help_, "Sở Tài chính")]),
                ("2", "Báo cáo tiến độ", QUARTERLY, [(lead, "Sở Tài chính"), (help_, "Sở Khoa học và Công nghệ")]),
            ],
            [("Tỉ lệ dịch vụ công trực tuyến", 2030, 80)],
        ),
        reading("qd443.txt", DECISION, [(EdgeType.BASIS_FOR, PLAN, BASIS)]),
        reading(
            "nb65.txt",
            OTHER_PLAN,
            [],
            [("1", "Phủ sóng 5G toàn tỉnh", by("2026-12-31"), [(lead, "Sở Khoa học và Công nghệ")])],
        ),
    ]
