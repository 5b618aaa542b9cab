"""Searching by words, on every engine: accents, beginnings, small typos, kinds and limits."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.search import FEW, FIELDS, fields, size
from graph.store import open_store
from graph.store.base import Store
from graph.vocabulary import Label, Role
from tests.graph.oracle import Text, agency, directive
from tests.graph.test_store_contract import NewStore, filled, new_store, plan

__all__ = ["new_store"]
few = settings(max_examples=25, deadline=None, derandomize=True)


@pytest.fixture
def library(new_store: NewStore) -> Store:
    science = agency("Sở Khoa học và Công nghệ", "Hưng Yên", "Sở KH&CN")
    one = plan().task("I.1", "Xây dựng cơ sở dữ liệu nghiên cứu của tỉnh", (science, Role.LEAD))
    one.indicator("II.1", "Tỷ lệ hồ sơ trực tuyến đạt 95%")
    two = Text("d.txt", directive("this", "1/2026/NQ-HĐND", "2026-02-03", "Đắk Lắk", issuer="Hội đồng nhân dân tỉnh"))
    return filled(new_store, [one.reading(), two.task("I.1", "Nghiên cứu đường sắt đô thị").reading()])


@pytest.mark.parametrize(
    ("text", "found", "field"),
    [
        ("65-KH/TU", ["hung-yen.65-kh_tu.2026-04-22"], "number"),
        ("ke hoach 65 - kh/tu", ["hung-yen.65-kh_tu.2026-04-22"], "title"),
        ("01/2026/nq-hđnd", ["dak-lak.01_2026_nq-hddnd"], "number"),
        ("so khoa hoc cong nghe", ["a.*"], "name"),
        ("SỞ KH&CN", ["a.*"], "alias"),
        ("duong sat do th", ["t.dak-lak.*"], "text"),
        ("Đường sắt đô thị", ["t.dak-lak.*"], "text"),
        ("nghien cuu", ["t.dak-lak.*", "t.hung-yen.*"], "text"),
        ("hội đồng nhân dân đắk lắk", ["dak-lak.*"], "context"),
        ("trực tuyến", ["g.hung-yen.*", "i.hung-yen.*"], "text"),
        ("nhgien cứu", ["t.dak-lak.*", "t.hung-yen.*"], "text"),
        ("66-KH/TU", [], ""),
        ("", [], ""),
        ('"*) OR (', [], ""),
        ("zzzzzzzz", [], ""),
    ],
)
def test_search(library: Store, text: str, found: list[str], field: str) -> None:
    result = library.search(text)
    assert result.total == len(found)
    ids = sorted(hit.node.id for hit in result.hits)
    assert all(i.startswith(want.rstrip("*")) for i, want in zip(ids, found, strict=True))
    assert {hit.field for hit in result.hits} <= {field}
    assert result.fuzzy == text.startswith("nhg")


def test_search_by_kind_and_limit(library: Store) -> None:
    everything = library.search("nghien cuu", limit=None)
    assert library.search("nghien cuu", limit=1).hits == everything.hits[:1]
    assert library.search("nghien cuu", limit=0).total == everything.total == 2
    assert library.search("nghien cuu", kinds=[Label.DIRECTIVE]).total == 0
    assert library.search("nghien cuu", kinds=[]).total == 0
    assert library.search("nghien cuu", kinds=[Label.TASK, Label.AGENCY]).total == 2


def ranked(store: Store, *words: str) -> list[str]:
    """Ids of all nodes that hold the words: first those with all in one field, by field; then by size and id."""
    found: list[tuple[int, int, str]] = []
    for node in store.iter_nodes():
        held = [[here.startswith(words[-1]) for here in text.split()] for text in fields(node).values()]
        texts = [text.split() for text in fields(node).values()]
        whole = [any(last) and all(w in here for w in words[:-1]) for last, here in zip(held, texts, strict=True)]
        spread = any(map(any, held)) and all(any(w in here for here in texts) for w in words[:-1])
        if spread:
            found.append((whole.index(True) if True in whole else len(FIELDS), size(node), node.id))
    return [node_id for _, _, node_id in sorted(found)]


@pytest.mark.parametrize("count", [30, 3 * FEW])
def test_hits_come_by_field_then_size_then_id(new_store: NewStore, count: int) -> None:
    text = plan()
    surveyors = agency("Sở Khảo sát 2026", "Hưng Yên")
    for i in range(count):
        words = ["Khảo sát 2026", "Khảo sát", "Đo đạc 2026", "Khảo sát đất 2026 lần " + "x" * (i % 4)][i % 4]
        text.task(f"I.{i}", words, (surveyors, Role.LEAD), due=[None, "2026-05-01", "2025-01-01"][i % 3])
    store = filled(new_store, [text.reading()])
    want = ranked(store, "khao", "sat", "20")
    assert (len(want) > FEW) is (count > FEW) and want[0] == surveyors.id
    for limit in (None, 0, 7, count // 2, len(want)):
        result = store.search("khao sat 20", limit=limit)
        assert [hit.node.id for hit in result.hits] == want[:limit]
        assert result.total == len(want) and not result.fuzzy
    tasks = [i for i in want if i.startswith("t.")]
    assert [hit.node.id for hit in store.search("khao sat 20", kinds=[Label.TASK], limit=None).hits] == tasks
    assert sorted(hit.node.id for hit in store.search("khaoo sat 20", limit=None).hits) == sorted(want)


@few
@given(st.text(max_size=40))
def test_no_text_breaks_the_search(text: str) -> None:
    with open_store(Path(":memory:")) as store:
        store.write(plan().reading())
        assert store.search(text).total in (0, 1)
        assert store.directives_by_number(text) in ((), store.directives_by_number("65-KH/TU"))
