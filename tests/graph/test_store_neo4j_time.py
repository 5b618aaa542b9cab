"""A question that the server does not answer in its time: told from other errors, not tried again, honest if cut."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

import neo4j
import pytest

from graph.errors import StoreTimeError, UnknownId
from graph.lineage import impact
from graph.store import open_store
from graph.store.base import Direction
from graph.store.neo4j import Neo4jStore
from graph.store.tallies import TallyBy
from tests.graph.test_store_contract import THROUGH
from tests.neo4j_server.database import Login

ENDLESS = "UNWIND range(1, 1000000000) AS x WITH x WHERE x % 7 = 1 RETURN count(x)"
LAYERS, WIDTH = 5, 120
#: The driver tries a passing failure again for 10 s; the server looks for late transactions every 2 s at the most.
NOT_TRIED_AGAIN = 8.0


@pytest.fixture
def store(neo4j_empty: Login, neo4j_driver: neo4j.Driver) -> Iterator[Neo4jStore]:
    """A top, and below it layers of directives, each above all of the next layer."""
    login = neo4j_empty
    with open_store(login.uri, username=login.username, password=login.password, set_up=True) as opened:
        assert isinstance(opened, Neo4jStore)
        with neo4j_driver.session(database="neo4j") as session:
            session.run("CREATE (:Directive {id: 'top'})").consume()
            ids = "UNWIND range(1, $layers) AS layer UNWIND range(1, $width) AS i"
            session.run(f"{ids} CREATE (:Directive {{id: layer + '.' + i}})", layers=LAYERS, width=WIDTH).consume()
            for upper, lower in itertools.pairwise(["top", *(f"{layer}." for layer in range(1, LAYERS + 1))]):
                ends = "MATCH (a:Directive), (b:Directive) WHERE a.id STARTS WITH $upper AND b.id STARTS WITH $lower"
                put = f"{ends} CREATE (a)-[:CASCADES_TO {{asserted_by: 'top'}}]->(b)"
                session.run(put, upper=upper, lower=lower).consume()
        yield opened


def test_a_late_question_is_ended_by_the_server_and_the_next_one_is_answered(store: Neo4jStore) -> None:
    begun = time.monotonic()
    with pytest.raises(StoreTimeError, match="the time given to the question is over"), store.within(0.2):
        store.cypher(ENDLESS)
    assert time.monotonic() - begun < NOT_TRIED_AGAIN
    with pytest.raises(StoreTimeError), store.within(0.0):
        store.counts()
    with store.within(60.0), store.within(None):
        assert sum(store.counts().nodes.values()) == LAYERS * WIDTH + 1


def test_a_closure_without_time_gives_whole_depths_or_nothing(store: Neo4jStore) -> None:
    whole = store.closure("top", direction=Direction.DOWN, through=THROUGH, limit=5)
    assert (whole.totals.items, whole.late) == (LAYERS * WIDTH, False)
    late = 0
    for seconds in (0.0, 0.001, 0.004, 0.016, 0.064, 0.25, 1.0, 60.0):
        found = store.closure("top", direction=Direction.DOWN, through=THROUGH, limit=5, seconds=seconds)
        depths = found.totals.depths
        assert depths == {depth: WIDTH for depth in range(1, len(depths) + 1)}
        assert found.items == whole.items[: len(found.items)]
        assert found.late or found == whole
        late += found.late
    assert late >= 2
    assert not found.late


def test_a_lineage_and_a_tally_say_that_the_time_was_over(store: Neo4jStore) -> None:
    cut = impact(store, "top", seconds=0.0)
    assert (cut.items, cut.partial, cut.reason) == ((), True, "time")
    assert store.tally("top", by=TallyBy.AGENCY, direction=Direction.DOWN, through=THROUGH, seconds=0.0).late
    with pytest.raises(UnknownId):
        impact(store, "nobody", seconds=0.0)
