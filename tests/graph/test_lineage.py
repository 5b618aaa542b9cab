"""Impact, trace and who owns what, on a small family of directives: what is followed, what is shown, what is proven."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.assignments import owns
from graph.errors import UnknownId
from graph.lineage import Lineage, followed, impact, trace
from graph.records import THIS
from graph.store import open_store, sqlite_walk
from graph.store.base import Direction, Store
from graph.store.timing import OutOfTime
from graph.vocabulary import EDGE_SPECS, EdgeType, Follow, Label, Role, Status
from tests.graph.oracle import Text, agency, directive

DAY = dt.date(2026, 5, 1)
SCIENCE, FINANCE = agency("Sở Khoa học và Công nghệ"), agency("Sở Tài chính")
TOP, PLAN, OLD = "central.57-nq_tw.2024-12-22", "hung-yen.65-kh_tu.2026-04-22", "hung-yen.433-kh_tu.2025-03-28"
WARD, BELOW_OLD = "hung-yen~pho-hien.07-kh_ddu.2026-05-20", "hung-yen.12-kh_bcdd.2025-06-01"
TASK, INDICATOR = f"t.{PLAN}.I.1", f"i.{PLAN}.II.1"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """57-NQ/TW → 65-KH/TU (replaces 433-KH/TU) → a ward's plan; 433-KH/TU → 12-KH/BCĐ; 05-BC/TU only mentions."""
    top = directive("top", "57-NQ/TW", "2024-12-22", "central")
    plan = directive("plan", "65-KH/TU", "2026-04-22")
    old = directive("old", "433-KH/TU", "2025-03-28")
    new = Text("65.txt", plan.model_copy(update={"ref": THIS})).cites(top).cites(old)
    new.says(EdgeType.CASCADES_TO, "top", quote="thực hiện Nghị quyết số 57-NQ/TW")
    new.says(EdgeType.SUPERSEDED_BY, "old", quote="thay thế Kế hoạch số 433-KH/TU", carries_over=True)
    new.task("I.1", "Xây dựng trung tâm dữ liệu", (SCIENCE, Role.LEAD), (FINANCE, Role.COORDINATE), due="2026-06-30")
    new.task("I.2", "Bố trí kinh phí", (FINANCE, Role.LEAD))
    new.indicator("II.1", "Tỷ lệ hồ sơ trực tuyến", (SCIENCE, Role.EVALUATE))
    new.agencies.append(agency("Tỉnh ủy"))
    new.says(EdgeType.ISSUED, agency("Tỉnh ủy").id)
    before = Text("433.txt", old.model_copy(update={"ref": THIS})).cites(top).says(EdgeType.CASCADES_TO, "top")
    before.task("I.1", "Tổ chức tập huấn", (SCIENCE, Role.LEAD), due="2025-12-31")
    board = Text("12.txt", directive(THIS, "12-KH/BCĐ", "2025-06-01")).cites(old).says(EdgeType.CASCADES_TO, "old")
    ward = Text("07.txt", directive(THIS, "07-KH/ĐU", "2026-05-20", "Phố Hiến, Hưng Yên")).cites(plan)
    ward.says(EdgeType.CASCADES_TO, "plan", quote="triển khai Kế hoạch số 65-KH/TU")
    ward.task("1", "Số hóa hồ sơ", (SCIENCE, Role.RECEIVE), due="2026-06-15")
    report = Text("05.txt", directive(THIS, "05-BC/TU", "2026-04-30")).cites(top).says(EdgeType.CITED_IN, "top")
    with open_store(tmp_path / "lineage.db") as made:
        for text in (new, before, board, ward, report):
            made.write(text.reading())
        yield made


def ids(lineage: Lineage, label: Label = Label.DIRECTIVE) -> list[tuple[str, int]]:
    return [(item.node.id, item.depth) for item in lineage.items if item.node.label is label]


def test_impact_lists_all_that_rests_on_a_directive(store: Store) -> None:
    found = impact(store, TOP, as_of=dt.date(2026, 6, 1))
    assert ids(found) == [(OLD, 1), (PLAN, 1), (BELOW_OLD, 2), (WARD, 2)]
    assert (TASK, 2) in ids(found, Label.TASK)
    assert {node_id for node_id, _ in ids(found, Label.AGENCY)} == {SCIENCE.id, FINANCE.id}
    assert found.totals.labels[Label.DIRECTIVE] == 4
    assert found.totals.jurisdictions == {"Hưng Yên": 3, "Phố Hiến, Hưng Yên": 1}
    assert (found.partial, found.reason, found.more) == (False, None, 0)


def test_mentions_count_only_when_asked_for(store: Store) -> None:
    with_mentions = impact(store, TOP, as_of=DAY, include_cited=True)
    more = {i for i, _ in ids(with_mentions)} - {i for i, _ in ids(impact(store, TOP, as_of=DAY))}
    assert more == {"hung-yen.05-bc_tu.2026-04-30"}


def test_a_successor_is_a_last_step_and_the_start_says_so(store: Store) -> None:
    found = impact(store, OLD, as_of=DAY)
    assert ids(found) == [(BELOW_OLD, 1), (PLAN, 1)]
    assert not any(node_id.startswith(f"t.{PLAN}") for node_id, _ in ids(found, Label.TASK))
    assert found.status is not None
    assert (found.status.status, found.status.since) == (Status.SUPERSEDED, dt.date(2026, 4, 22))
    (reason,) = found.status.reasons
    assert (reason.by.id, reason.edge.carries_over) == (PLAN, True)


def test_each_item_tells_whether_its_path_is_in_force(store: Store) -> None:
    found = {item.node.id: item for item in impact(store, TOP, as_of=DAY).items}
    assert (found[PLAN].in_force_path, found[PLAN].not_in_force) == (True, ())
    assert (found[TASK].in_force_path, found[TASK].not_in_force) == (True, ())
    assert (found[BELOW_OLD].in_force_path, found[BELOW_OLD].not_in_force) == (False, (OLD,))
    assert impact(store, TOP, as_of=DAY).statuses[OLD].status is Status.SUPERSEDED
    earlier = {item.node.id: item for item in impact(store, TOP, as_of=dt.date(2026, 4, 1)).items}
    assert earlier[BELOW_OLD].in_force_path
    assert PLAN not in earlier


def test_a_path_of_unknown_standing_is_neither(tmp_path: Path) -> None:
    text = Text("65.txt", directive(THIS, "65-KH/TU", "2026-04-22")).cites(directive("c1", "57-NQ/TW", None, "central"))
    with open_store(tmp_path / "other.db") as store:
        plan = store.write(text.says(EdgeType.CASCADES_TO, "c1").reading()).directive
        (item,) = trace(store, plan, as_of=DAY).items
    assert (item.in_force_path, item.not_in_force) == (None, (item.node.id,))


def test_trace_goes_up_to_the_top_with_the_quotes(store: Store) -> None:
    found = trace(store, TASK, as_of=DAY)
    assert ids(found) == [(PLAN, 1), (TOP, 2), (OLD, 2)]
    top = found.items[1]
    quotes = [edge.evidence.quote for edge in top.path if edge.evidence]
    assert quotes == ["Xây dựng trung tâm dữ liệu", "thực hiện Nghị quyết số 57-NQ/TW"]
    assert found.direction is Direction.UP


def test_an_agency_is_an_end(store: Store) -> None:
    assert impact(store, SCIENCE.id, as_of=DAY).items == ()
    up = trace(store, SCIENCE.id, as_of=dt.date(2026, 6, 1))
    assert {item.depth for item in up.items} == {1}
    assert {item.node.label for item in up.items} == {Label.TASK, Label.INDICATOR}


def test_what_is_cut_is_said(store: Store) -> None:
    whole = impact(store, TOP, as_of=DAY)
    cut = impact(store, TOP, as_of=DAY, limit=2)
    assert (cut.items, cut.totals) == (whole.items[:2], whole.totals)
    assert (cut.partial, cut.reason, cut.more) == (True, "limit", len(whole.items) - 2)
    shallow = impact(store, TOP, as_of=DAY, depth=1)
    assert shallow.items == tuple(item for item in whole.items if item.depth == 1)
    assert (shallow.partial, shallow.reason, shallow.more) == (True, "depth", 0)
    assert impact(store, TOP, as_of=DAY, depth=0).totals.items == 0


def test_what_the_time_cut_is_said_and_what_is_known_is_counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = impact(store, TOP, as_of=DAY, seconds=0.0)
    assert (nothing.items, nothing.partial, nothing.reason, nothing.more) == ((), True, "time", 0)
    whole = impact(store, TOP, as_of=DAY, seconds=60.0)
    assert whole == impact(store, TOP, as_of=DAY)
    asked: list[float | None] = []

    def three_looks(seconds: float | None) -> OutOfTime:
        asked.append(seconds)
        looks = itertools.count(1)
        return lambda: next(looks) > 3

    monkeypatch.setattr(sqlite_walk, "deadline", three_looks)
    monkeypatch.setattr(sqlite_walk, "_AT_ONCE", 1)
    steps = impact(store, TOP, as_of=DAY, seconds=5.0)  # two of them are walked, and the end of the walk is not seen
    assert (steps.partial, steps.reason, steps.items) == (True, "time", whole.items[: len(steps.items)])
    assert steps.totals.depths == whole.totals.depths
    assert len(steps.items) + steps.more == steps.totals.items > len(steps.items)
    assert asked[0] is not None and 0 < asked[0] < 5.0


def test_every_edge_type_is_followed_in_one_way() -> None:
    kinds = [followed(how) for how in Follow]
    assert sum(map(len, kinds)) == len(frozenset().union(*kinds)) == len(EDGE_SPECS)
    assert followed(Follow.NEVER) == {EdgeType.ISSUED, EdgeType.PART_OF, EdgeType.SUCCEEDED_BY}


@pytest.mark.parametrize("question", [impact, trace])
def test_unknown_ids(store: Store, question: object) -> None:
    with pytest.raises(UnknownId):
        question(store, "nobody")  # type: ignore[operator]


# -- owns


def rows(store: Store, *agencies: str, **how: object) -> list[tuple[str, str]]:
    found = owns(store, agencies, as_of=dt.date(2026, 6, 1), **how)  # type: ignore[arg-type]
    return [(item.task.id, str(item.role)) for item in found.items]


def test_owns_lists_by_deadline(store: Store) -> None:
    ward, old = f"t.{WARD}.1", f"t.{OLD}.I.1"
    assert rows(store, SCIENCE.id) == [(old, "lead"), (ward, "receive"), (TASK, "lead"), (INDICATOR, "evaluate")]
    assert rows(store, SCIENCE.id, role=Role.LEAD) == [(old, "lead"), (TASK, "lead")]
    assert rows(store, SCIENCE.id, due_before=dt.date(2026, 6, 15)) == [(old, "lead"), (ward, "receive")]
    assert rows(store, SCIENCE.id, directive=WARD) == [(ward, "receive")]
    assert rows(store, SCIENCE.id, FINANCE.id, directive=PLAN) == [
        (TASK, "coordinate"),
        (TASK, "lead"),
        (INDICATOR, "evaluate"),
        (f"t.{PLAN}.I.2", "lead"),
    ]


def test_owns_names_the_authority_and_what_was_cut(store: Store) -> None:
    found = owns(store, [SCIENCE.id], as_of=DAY, limit=1)
    assert (found.partial, found.reason, found.more) == (True, "limit", 2)
    assert found.roles == {Role.LEAD: 2, Role.EVALUATE: 1}
    (first,) = found.items
    assert (first.directive.id, first.status.status) == (OLD, Status.SUPERSEDED)
    assert first.deadline is not None
    assert first.deadline.end == dt.date(2025, 12, 31)
    assert first.edge.evidence is not None
    assert first.edge.evidence.quote == "Sở Khoa học và Công nghệ"


@pytest.mark.parametrize(
    "how", [{"agency_ids": ["nobody"]}, {"agency_ids": [SCIENCE.id], "directive": "nobody"}], ids=str
)
def test_owns_of_what_is_not_there(store: Store, how: dict[str, object]) -> None:
    with pytest.raises(UnknownId):
        owns(store, **how)  # type: ignore[arg-type]
