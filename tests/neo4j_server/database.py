"""A running Neo4j's address and login become a driver, its database an empty one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import LiteralString

import neo4j

# Relationships first: a node may have more of them than one transaction has memory for.
_WIPE: tuple[LiteralString, ...] = (
    "MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS",
    "MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS",
)
_CONSTRAINTS = "SHOW CONSTRAINTS YIELD name RETURN collect(name) AS names"
_INDEXES = "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' AND name <> $claim RETURN collect(name) AS names"
_CLAIM = "only_for_tests"


@dataclass(frozen=True, kw_only=True)
class Login:
    """Where a server answers and who asks."""

    uri: str
    username: str
    password: str = field(repr=False)

    def driver(self) -> neo4j.Driver:
        """A new driver, for the caller to close; it connects only when it is asked."""
        return neo4j.GraphDatabase.driver(self.uri, auth=(self.username, self.password))


def claim(driver: neo4j.Driver) -> None:
    """Take a database for tests, which wipe it: it is empty now, or was taken before (an index tells that).

    Raises RuntimeError, and touches nothing, where it holds data of somebody else.
    """
    with driver.session(database="neo4j") as session:
        taken = session.run("SHOW INDEXES YIELD name WHERE name = $claim RETURN name", claim=_CLAIM).single()
        if taken:
            return
        if session.run("MATCH (n) RETURN n LIMIT 1").single():
            raise RuntimeError("LINEAGE_TEST_NEO4J names a database with data in it, which tests would wipe: empty it")
        session.run("CREATE INDEX only_for_tests IF NOT EXISTS FOR (n:OnlyForTests) ON (n.id)").consume()


def wipe(driver: neo4j.Driver, *, schema: bool = False) -> None:
    """Delete every node and relationship, with ``schema`` every constraint and index, too."""
    with driver.session(database="neo4j") as session:
        if schema:
            for name in _names(session, _CONSTRAINTS):
                session.run("DROP CONSTRAINT $name", name=name).consume()
            for name in _names(session, _INDEXES):
                session.run("DROP INDEX $name", name=name).consume()
        for statement in _WIPE:
            session.run(statement).consume()


def _names(session: neo4j.Session, query: LiteralString) -> list[str]:
    names: list[str] = session.run(query, claim=_CLAIM).single(strict=True)["names"]
    return names
