"""The one contract test suite, for every engine: each argument of each method, against a brute-force oracle."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import settings

from graph.errors import StoreError, UnknownId
from graph.records import Edge, Reading
from graph.store import open_store
from graph.store.base import Direction, Store, WriteOutcome
from graph.vocabulary import EDGE_SPECS, EdgeType, Follow, Label, Role
from tests.graph.oracle import BODIES, Graph, Text, agency, directive, random_readings
from tests.neo4j_server.database import wipe

ENGINES = ["sqlite", "neo4j"]
THROUGH = [t for t, spec in EDGE_SPECS.items() if spec.follow is Follow.THROUGH]
LAST = [t for t, spec in EDGE_SPECS.items() if spec.follow is Follow.LAST_STEP]
NewStore = Callable[[], Store]


@pytest.fixture(params=ENGINES)
def new_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewStore]:
    """Makes empty stores of one engine; of Neo4j there is one database, so making a store empties the one before."""
    made: list[Store] = []

    def embedded() -> Store:
        return open_store(tmp_path_factory.mktemp("store") / "lineage.db")

    def served() -> Store:
        login, driver = request.getfixturevalue("neo4j_server"), request.getfixturevalue("neo4j_driver")
        wipe(driver)
        return open_store(login.uri, username=login.username, password=login.password, set_up=True)

    def make() -> Store:
        made.append(embedded() if request.param == "sqlite" else served())
        return made[-1]

    yield make
    for store in made:
        store.close()


def filled(new_store: NewStore, readings: Sequence[Reading]) -> Store:
    store = new_store()
    for reading in readings:
        store.write(reading)
    return store


def shown(store: Store) -> tuple[list[str], list[str]]:
    """The whole graph as text, to be compared."""
    nodes = [f"{node.label} {node.model_dump_json()}" for node in store.iter_nodes()]
    return nodes, [edge.model_dump_json() for edge in store.iter_edges()]


def expected(readings: Sequence[Reading]) -> tuple[list[str], list[str]]:
    graph = Graph.of(readings)
    nodes = [f"{node.label} {node.model_dump_json()}" for node in graph.nodes.values()]
    return nodes, [edge.model_dump_json() for edge in graph.edges]


few = settings(max_examples=25, deadline=None, derandomize=True)


# -- writing


@pytest.mark.parametrize("seed", range(15))
def test_the_graph_is_a_function_of_the_set_of_readings(new_store: NewStore, seed: int) -> None:
    rng = random.Random(seed)
    readings = random_readings(rng)
    want = expected(readings)
    assert shown(filled(new_store, readings)) == want
    shuffled = rng.sample(readings, len(readings))
    assert shown(filled(new_store, [*shuffled, *readings])) == want


@pytest.mark.parametrize("seed", range(15))
def test_a_withdrawn_text_leaves_no_trace(new_store: NewStore, seed: int) -> None:
    rng = random.Random(seed)
    readings = random_readings(rng)
    store = filled(new_store, readings)
    gone = {r.sha256 for r in rng.sample(readings, 3)}
    for sha256 in sorted(gone):
        store.withdraw(sha256)
    assert shown(store) == expected([r for r in readings if r.sha256 not in gone])
    for reading in readings:
        if reading.sha256 not in gone:
            store.withdraw(reading.sha256)
    assert shown(store) == ([], [])
    assert store.search("kế hoạch").total == 0


def plan(file: str = "65.txt", body: str = "văn bản", number: str = "65-KH/TU", day: str | None = "2026-04-22") -> Text:
    return Text(file, directive("this", number, day), body)


def test_write_tells_what_it_did(new_store: NewStore) -> None:
    store = new_store()
    first = plan().reading()
    done = store.write(first)
    assert (done.outcome, done.directive) == (WriteOutcome.CREATED, "hung-yen.65-kh_tu.2026-04-22")
    assert store.write(first).outcome is WriteOutcome.UNCHANGED
    shorter = plan("copy.txt", body="ngắn").reading()
    done = store.write(shorter)
    assert (done.outcome, done.copy_of) == (WriteOutcome.OTHER_COPY, first.sha256)
    longer = plan("scan.txt", body="văn bản đầy đủ").reading()
    assert store.write(longer).outcome is WriteOutcome.CREATED
    assert [i.current for i in store.readings() if i.sha256 == longer.sha256] == [True]
    assert len([i for i in store.readings() if i.current]) == 1
    changed = plan("scan.txt", body="văn bản sửa lại").reading()
    done = store.write(changed)
    assert (done.outcome, done.replaced) == (WriteOutcome.REPLACED, longer.sha256)


def test_the_same_file_read_again_replaces_what_it_said(new_store: NewStore) -> None:
    old, new = plan(number="65-KH/TU").task("I.1", "Việc cũ").reading(), plan(number="66-KH/TU").reading()
    assert shown(filled(new_store, [old, new])) == expected([new])


def test_a_text_read_otherwise_by_a_better_reader_is_stored_anew(new_store: NewStore) -> None:
    old = plan().task("I.1", "Mở sàn giao dịch", (BODIES[0], Role.LEAD)).reading()
    better = plan().task("I.1", "Mở sàn giao dịch dữ liệu", (BODIES[1], Role.LEAD)).reading()
    better = better.model_copy(update={"sha256": old.sha256})
    copy = old.model_copy(update={"file": "copy.txt"})
    store = filled(new_store, [old, copy])
    assert store.write(better).outcome is WriteOutcome.REPLACED
    assert store.write(better).outcome is WriteOutcome.UNCHANGED
    assert shown(store) == expected([better, better.model_copy(update={"file": "copy.txt"})])


@pytest.mark.parametrize("seed", range(5))
def test_a_long_life_of_texts_leaves_what_one_writing_gives(new_store: NewStore, seed: int) -> None:
    rng = random.Random(seed)
    store, there = new_store(), dict[str, Reading]()
    pool = random_readings(rng, texts=10, numbers=6)
    pool += [r.model_copy(update={"file": f"copy-{rng.randrange(5)}.txt"}) for r in pool if rng.random() < 0.4]
    for _ in range(8):
        if there and rng.random() < 0.25:
            gone = rng.choice(sorted({r.sha256 for r in there.values()}))
            store.withdraw(gone)
            there = {path: r for path, r in there.items() if r.sha256 != gone}
        else:
            batch = rng.choices(pool, k=rng.randint(1, 5))
            results = store.write_many(batch)
            assert [r.sha256 for r in results] == [r.sha256 for r in batch]
            there |= {r.file: r for r in batch}
        assert shown(store) == expected(list(there.values()))


def test_a_batch_is_stored_whole_or_not_at_all(new_store: NewStore) -> None:
    good, bad = plan("66", number="66-KH/TU").reading(), plan().says(EdgeType.CASCADES_TO, "c9").reading()
    store = new_store()
    with pytest.raises(StoreError, match=r"65\.txt"):
        store.write_many([good, bad])
    assert store.readings() == ()
    assert [r.outcome for r in store.write_many([good, good])] == [WriteOutcome.CREATED, WriteOutcome.UNCHANGED]
    assert store.write_many([]) == ()


def test_changes_are_counted(new_store: NewStore) -> None:
    store = new_store()
    seen = [store.changes()]
    for change in (
        lambda: store.write(plan().reading()),
        lambda: store.infer("likeness", []),
        lambda: store.withdraw(plan().reading().sha256),
    ):
        change()
        seen.append(store.changes())
    assert seen == sorted(set(seen))
    store.write_many([])
    with pytest.raises(UnknownId):
        store.withdraw("nobody")
    assert store.changes() == seen[-1]


# -- inferred edges


def inferred(method: object = "likeness", **more: object) -> Edge:
    ends = {"source": f"{_65}.I.1", "target": f"{_66}.I.1"}
    edge = {"type": EdgeType.REFINED_BY, "asserted_by": None, "method": method, "confidence": 0.7, **ends}
    return Edge.model_validate(edge | more)


_65, _66 = "t.hung-yen.65-kh_tu.2026-04-22", "t.hung-yen.66-kh_tu.2026-04-22"


@pytest.fixture
def two_plans(new_store: NewStore) -> Store:
    return filled(
        new_store,
        [plan().task("I.1", "Việc").reading(), plan("66", number="66-KH/TU").task("I.1", "Việc nhỏ").reading()],
    )


def test_inferred_edges_stand_beside_read_ones_until_an_end_goes(two_plans: Store) -> None:
    two_plans.infer("likeness", [inferred()])
    two_plans.infer("words", [inferred("words", type=EdgeType.REFINED_BY, source=f"{_66}.I.1", target=f"{_65}.I.1")])
    assert [e.method for e in two_plans.iter_edges([EdgeType.REFINED_BY])] == ["likeness", "words"]
    found = two_plans.closure(f"{_65}.I.1", direction=Direction.DOWN, through=THROUGH, last=LAST)
    assert [(i.node.id, [e.method for e in i.path]) for i in found.items] == [(f"{_66}.I.1", ["likeness"])]
    two_plans.infer("likeness", [])
    assert [e.method for e in two_plans.iter_edges([EdgeType.REFINED_BY])] == ["words"]
    two_plans.withdraw(plan("66", number="66-KH/TU").task("I.1", "Việc nhỏ").reading().sha256)
    assert list(two_plans.iter_edges([EdgeType.REFINED_BY, EdgeType.FULFILLED_BY])) == []


def test_of_equal_inferred_edges_the_last_counts_whatever_its_method(two_plans: Store) -> None:
    two_plans.infer("likeness", [inferred(confidence=0.5), inferred()])
    assert [(e.method, e.confidence) for e in two_plans.iter_edges([EdgeType.REFINED_BY])] == [("likeness", 0.7)]
    two_plans.infer("words", [inferred("words")])
    assert [e.method for e in two_plans.iter_edges([EdgeType.REFINED_BY])] == ["words"]
    two_plans.infer("likeness", [])
    assert [e.method for e in two_plans.iter_edges([EdgeType.REFINED_BY])] == ["words"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": EdgeType.HAS_TASK},
        {"asserted_by": "hung-yen.65-kh_tu.2026-04-22"},
        {"method": "words"},
        {"target": "t.nobody"},
    ],
    ids=["type", "read", "method", "end"],
)
def test_what_is_no_inferred_edge_is_refused(two_plans: Store, wrong: dict[str, object]) -> None:
    two_plans.infer("likeness", [inferred()])
    with pytest.raises(StoreError, match="none of these edges was stored"):
        two_plans.infer("likeness", [inferred(**{"confidence": 0.9, **wrong})])
    assert [e.confidence for e in two_plans.iter_edges([EdgeType.REFINED_BY])] == [0.7]


@pytest.mark.parametrize("order", list(itertools.permutations("abc")), ids="".join)
def test_one_text_under_several_paths_is_one_reading(new_store: NewStore, order: tuple[str, ...]) -> None:
    readings = [plan(f"{name}.txt").task("I.1", "Việc").reading() for name in order]
    store = filled(new_store, readings)
    assert [info.files for info in store.readings()] == [("a.txt", "b.txt", "c.txt")]
    assert shown(store) == expected(readings)
    store.write(plan("a.txt", number="66-KH/TU").reading())
    kept = [edge.evidence.file for edge in store.iter_edges() if edge.evidence]
    assert kept == ["b.txt"]


def test_a_text_fills_in_the_stub_and_its_edges_survive(new_store: NewStore) -> None:
    citing = plan("65.txt").cites(directive("c1", "433-KH/TU")).says(EdgeType.SUPERSEDED_BY, "c1")
    store = filled(new_store, [citing.reading()])
    stub = [n.id for n in store.iter_nodes() if n.label is Label.DIRECTIVE and not getattr(n.record, "held", True)]
    assert len(stub) == 1
    store.write(plan("433.txt", number="433-KH/TU", day="2025-03-28").reading())
    edge = next(store.iter_edges())
    assert edge.source == "hung-yen.433-kh_tu.2025-03-28"
    assert len(list(store.iter_nodes())) == 2
    assert getattr(store.node(edge.source).record, "held", False)


def test_aliases_are_joined_and_the_strongest_evidence_wins(new_store: NewStore) -> None:
    one, other = agency("Sở Tài chính", "Hưng Yên", "STC"), agency("Sở Tài chính", "Hưng Yên", "Sở TC", "Sở Tài chính")
    text = plan().task("I.1", "Việc", (one, Role.LEAD), (one, Role.LEAD), (one, Role.COORDINATE))
    text.edges[0] = text.edges[0].model_copy(update={"confidence": 0.4})
    store = filled(
        new_store, [text.reading(), plan("66", number="66-KH/TU").task("I.1", "x", (other, Role.LEAD)).reading()]
    )
    assert getattr(store.node(one.id).record, "aliases", None) == ("STC", "Sở TC")
    mine = [e for e in store.iter_edges() if e.type is EdgeType.ASSIGNED_TO and ".65-" in e.source]
    assert [(e.role, e.confidence) for e in mine] == [(Role.COORDINATE, 1.0), (Role.LEAD, 1.0)]


def test_a_mention_is_shown_only_where_nothing_stronger_is_said_of_the_pair(new_store: NewStore) -> None:
    mention = plan().cites(directive("c1", "57-NQ/TW", "2024-12-22", "central")).says(EdgeType.CITED_IN, "c1")
    ward = Text("ward.txt", directive("this", "07-KH/ĐU", "2026-05-05")).cites(mention.mentions[0])
    ward.cites(directive("c2", "65-KH/TU", "2026-04-22")).says(EdgeType.CASCADES_TO, "c1", "c2")
    store = filled(new_store, [mention.reading()])
    assert [e.type for e in store.iter_edges()] == [EdgeType.CITED_IN]
    store.write(ward.reading())
    assert [e.type for e in store.iter_edges()] == [EdgeType.CASCADES_TO]
    store.withdraw(ward.reading().sha256)
    assert [e.type for e in store.iter_edges()] == [EdgeType.CITED_IN]


def test_edges_of_the_register_are_kept_once(new_store: NewStore) -> None:
    old, new = agency("Sở Thông tin và Truyền thông"), agency("Sở Khoa học và Công nghệ")

    def text(file: str, number: str) -> Reading:
        made = plan(file, number=number)
        made.agencies += [old, new]
        edge = Edge(type=EdgeType.SUCCEEDED_BY, source=old.id, target=new.id, asserted_by=None, method="register")
        made.edges.append(edge)
        return made.reading()

    store = filled(new_store, [text("65", "65-KH/TU"), text("66", "66-KH/TU")])
    assert [e.type for e in store.iter_edges()] == [EdgeType.SUCCEEDED_BY]
    store.withdraw(text("65", "65-KH/TU").sha256)
    assert len(list(store.iter_edges())) == 1
    store.withdraw(text("66", "66-KH/TU").sha256)
    assert shown(store) == ([], [])


@pytest.mark.parametrize(
    "broken",
    [
        plan().says(EdgeType.CASCADES_TO, "c9"),
        plan().says(EdgeType.ISSUED, "a.nobody"),
        plan().task("I.1", "Việc").task("I.1", "Việc khác"),
        plan().task("I.1", "Việc").indicator("I.1", "Tỷ lệ", (BODIES[0], Role.LEAD)),
    ],
    ids=["unknown-directive", "unknown-agency", "ref-twice", "task-and-indicator"],
)
def test_a_reading_that_contradicts_itself_is_refused_whole(new_store: NewStore, broken: Text) -> None:
    store = filled(new_store, [plan("66", number="66-KH/TU").reading()])
    before = shown(store)
    with pytest.raises(StoreError, match=r"65\.txt"):
        store.write(broken.reading())
    assert shown(store) == before
    assert len(store.readings()) == 1


# -- looking up


def test_lookups_by_id_number_and_sha(new_store: NewStore) -> None:
    texts = [
        plan(),
        plan("66", number="065-KH/TU", day="2024-01-05"),
        Text("q", directive("this", "443/QĐ-UBND", "2026-01-02")),
    ]
    store = filled(new_store, [t.reading() for t in texts])
    ids = [node.id for node in store.iter_nodes()]
    assert ids == sorted(ids)
    assert list(store.nodes([*reversed(ids), "nobody"])) == ids
    assert [d.id for d in store.directives_by_number("65 - kh/tu")] == [i for i in ids if ".65-" in i]
    assert [d.number for d in store.directives_by_number("443-QD/UBND")] == ["443/QĐ-UBND"]
    assert store.directives_by_number("9-KH/TU") == ()
    assert store.reading(texts[0].reading().sha256) == texts[0].reading()
    assert [info.directive for info in store.readings(ids[0])] == [ids[0]]
    assert store.readings("nobody") == ()


@pytest.mark.parametrize("name", ["", "nobody", "Sở", "' OR 1=1 --", "a\x00b", "\ud800", "x" * 10_000], ids=repr)
def test_unknown_ids_raise(new_store: NewStore, name: str) -> None:
    store = filled(new_store, [plan().reading()])
    calls: list[Callable[[], object]] = [
        lambda: store.node(name),
        lambda: store.neighbours(name, direction=Direction.DOWN),
        lambda: store.closure(name, direction=Direction.UP, through=THROUGH),
        lambda: store.reading(name),
        lambda: store.withdraw(name),
    ]
    for call in calls:
        with pytest.raises(UnknownId):
            call()
    assert store.nodes([name]) == {}
    assert store.edges_of([name], direction=Direction.DOWN) == ()


def test_a_snapshot_sees_one_state(new_store: NewStore, tmp_path: Path) -> None:
    store = new_store()
    store.write(plan().reading())
    with store.snapshot(), store.snapshot():
        assert store.counts().readings == 1
    assert store.counts().readings == 1
