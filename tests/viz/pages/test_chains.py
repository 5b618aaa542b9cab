"""A task's chains lead step by step to the top directives, what it carries out before what it is only based on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from graph.lineage import Lineage, LineageItem
from graph.records import Directive, Edge, Evidence, Task
from graph.store.base import Direction, Node, Totals
from graph.vocabulary import DirectiveType, EdgeType, Label, Origin, System
from viz.pages.chains import MOST_CHAINS, chains

SAID = Evidence(file="k.txt", sha256="", line=1, start=0, end=1, quote="x")
START = Node(id="t", record=Task(ref="1", text="Việc", origin=Origin.SOLUTION, section="I", evidence=SAID))


#: What is told of some of the directives beside their id.
KINDS: dict[str, dict[str, Any]] = {"law": {"type": DirectiveType.LAW}, "party": {"system": System.PARTY}}


def trace(*ways: tuple[tuple[str, EdgeType], ...]) -> Lineage:
    """Each way is walked upward from the task: (node above, type of the edge down from it)."""
    items: dict[str, LineageItem] = {}
    for way in ways:
        below, path = START.id, list[Edge]()
        for above, kind in way:
            path.append(Edge(type=kind, source=above, target=below))
            node = Node(id=above, record=Directive(id=above, number=above, **KINDS.get(above, {})))
            items.setdefault(above, LineageItem(node=node, depth=len(path), path=tuple(path), in_force_path=True))
            below = above
    totals = Totals(items=len(items), labels={Label.DIRECTIVE: len(items)}, levels={}, jurisdictions={}, depths={})
    return Lineage(
        start=START,
        direction=Direction.UP,
        as_of=dt.date(2026, 5, 1),
        status=None,
        statuses={},
        items=tuple(items.values()),
        totals=totals,
    )


PLAN = ("plan", EdgeType.HAS_TASK)


def test_what_is_carried_out_comes_before_a_longer_legal_basis() -> None:
    found, more = chains(
        trace(
            (PLAN, ("decision", EdgeType.BASIS_FOR), ("a basis", EdgeType.BASIS_FOR)),
            (PLAN, ("resolution", EdgeType.CASCADES_TO)),
        )
    )
    assert [[step.node.id for step in chain] for chain in found] == [
        ["plan", "resolution"],
        ["plan", "decision", "a basis"],
    ]
    assert all(step.edge.source == step.node.id for chain in found for step in chain)
    assert more == 0


def test_of_equal_ways_the_longest_comes_first() -> None:
    found, _ = chains(
        trace((PLAN, ("a", EdgeType.CASCADES_TO)), (PLAN, ("c", EdgeType.CASCADES_TO), ("b", EdgeType.CASCADES_TO)))
    )
    assert [chain[-1].node.id for chain in found] == ["b", "a"]


def test_policy_comes_before_law() -> None:
    found, _ = chains(
        trace(
            (PLAN, ("law", EdgeType.CASCADES_TO)),
            (PLAN, ("decree", EdgeType.BASIS_FOR), ("state", EdgeType.CASCADES_TO)),
            (PLAN, ("party", EdgeType.BASIS_FOR)),
        )
    )
    assert [chain[-1].node.id for chain in found] == ["party", "state", "law"]


def test_a_way_in_force_comes_before_one_that_is_not() -> None:
    found = trace((PLAN, ("a", EdgeType.CASCADES_TO)), (PLAN, ("b", EdgeType.CASCADES_TO)))
    broken = [i.model_copy(update={"in_force_path": False}) if i.node.id == "a" else i for i in found.items]
    shown, _ = chains(found.model_copy(update={"items": tuple(broken)}))
    assert [chain[-1].node.id for chain in shown] == ["b", "a"]


def test_a_replaced_predecessor_is_no_authority() -> None:
    found, _ = chains(trace((PLAN, ("old", EdgeType.SUPERSEDED_BY))))
    assert [[step.node.id for step in chain] for chain in found] == [["plan"]]


def test_of_many_tops_the_rest_is_counted() -> None:
    found, more = chains(trace(*((PLAN, (f"law{i}", EdgeType.BASIS_FOR)) for i in range(MOST_CHAINS + 3))))
    assert (len(found), more) == (MOST_CHAINS, 3)
