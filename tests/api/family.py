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


def reading(
    name: str,
    this: DirectiveFacts,
    links: list[tuple[EdgeType, DirectiveFacts, str]],
    tasks: list[tuple[str, str, Deadline, list[tuple[Role, str]]]] = [],  # noqa: B006
    indicators: list[tuple[str, int, float]] = [],  # noqa: B006
) -> Reading:
    """``links``: (type, the upper directive, quote), or for SUPERSEDED_BY the old one; all are stated by ``this``."""
    text = Text(name)
    quotes = [text.say(quote) for _, _, quote in links]
    lines = [text.say(said) for _, said, _, _ in tasks]
    aims = [text.say(f"{said} {year}: {value:g}") for said, year, value in indicators]
    edges, mentions, agencies = [], [], dict[str, Agency]()
    for place, (kind, other, _) in enumerate(links):
        mentions.append(Mention(ref=f"c{place}", **other.model_dump(), evidence=text.evidence(quotes[place])))
        carries = kind is EdgeType.SUPERSEDED_BY
        edges.append(
            Edge(
                type=kind, source=f"c{place}", target=THIS, evidence=text.evidence(quotes[place]), carries_over=carries
            )
        )
    for place, (ref, _, _, owners) in enumerate(tasks):
        for role, printed in owners:
            agency = resolve_agency(printed, this.jurisdiction)
            agencies[agency.id] = agency
            quote = text.evidence(lines[place])
            edges.append(
                Edge(
                    type=EdgeType.ASSIGNED_TO, source=ref, target=agency.id, role=role, printed=printed, evidence=quote
                )
            )
    return Reading(
        file=name,
        sha256=hashlib.sha256(text.text.encode()).hexdigest(),
        text=text.text,
        this=Mention(ref=THIS, **this.model_dump()),
        mentions=tuple(mentions),
        tasks=tuple(
            Task(
                ref=ref, text=said, origin=Origin.APPENDIX, section="PL", deadline=due, evidence=text.evidence(lines[i])
            )
            for i, (ref, said, due, _) in enumerate(tasks)
        ),
        indicators=tuple(_indicator(i, aim, text.evidence(aims[i])) for i, aim in enumerate(indicators)),
        agencies=tuple(agencies.values()),
        edges=tuple(edges),
    )


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
