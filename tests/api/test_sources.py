"""A text with the places of its claims: all that it says, also of directives that it only cites, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.sources import source_of
from graph.errors import UnknownId
from graph.records import Reading
from graph.store import open_store
from graph.vocabulary import EdgeType, Role
from tests.graph.oracle import Text, agency, directive

TOP, PLAN, WARD = "57-NQ/TW", "24-KH/TU", "07-KH/ĐU"


def ward() -> Text:
    """It mentions the top and a plan, says that the plan implements the top, and has a task of its own."""
    text = Text("07.txt", directive("this", WARD, "2026-05-20"), body="một văn bản của xã")
    text.cites(directive("top", TOP, "2024-12-22", "central")).cites(directive("plan", PLAN, "2026-01-15"))
    text.says(EdgeType.CITED_IN, "top").says(EdgeType.CITED_IN, "plan").says(EdgeType.CASCADES_TO, "top", "plan")
    return text.task("1", "Số hóa hồ sơ", (agency("Ủy ban nhân dân xã"), Role.LEAD))


def other() -> Text:
    """It says of the ward's plan what is stronger than a mention, and has work and words of its own."""
    text = Text("65.txt", directive("this", "65-KH/TU", "2026-04-22"), body="một văn bản khác, dài hơn")
    text.cites(directive("top", TOP, "2024-12-22", "central")).cites(directive("ward", WARD, "2026-05-20"))
    text.says(EdgeType.CASCADES_TO, "top").says(EdgeType.CASCADES_TO, "top", "ward")
    return text.task("1", "Việc khác", (agency("Sở Tài chính"), Role.LEAD))


def signed(text: Text) -> Reading:
    """What the text says, each piece of evidence with the text's own sha256."""
    reading = text.reading()
    told = [(e, e.evidence.model_copy(update={"sha256": reading.sha256})) for e in reading.edges if e.evidence]
    edges = tuple(edge.model_copy(update={"evidence": evidence}) for edge, evidence in told)
    return reading.model_copy(update={"edges": edges})


def test_all_claims_of_a_text_are_in_it_and_no_others(tmp_path: Path) -> None:
    mine = signed(ward())
    with open_store(tmp_path / "lineage.db") as store:
        store.write_many([mine, signed(other())])
        node = store.node(store.directives_by_number(WARD)[0].id)
        said = [e for e in store.iter_edges() if e.evidence and e.evidence.sha256 == mine.sha256]
        assert EdgeType.CITED_IN in {e.type for e in said}
        assert [e for e in said if e.type is EdgeType.CASCADES_TO and node.id not in (e.source, e.target)]
        assert not [e for e in said if e.type is EdgeType.CITED_IN and TOP[:2] in e.source]
        found = source_of(store, node)
        above = store.node(store.directives_by_number(TOP)[0].id)
        with pytest.raises(UnknownId, match="was not read"):
            source_of(store, above)
    assert sorted((s.type, s.source, s.target) for s in found.spans) == sorted(
        (e.type, e.source, e.target) for e in said
    )
    assert (found.sha256, found.text) == (mine.sha256, mine.text)
