"""What the surroundings say: which store, and the user and password of a Neo4j server."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.store import open_store
from graph.store.base import Store


@dataclass(frozen=True, slots=True)
class Login:
    """User and password of a Neo4j server, as its own tools name them in the environment."""

    username: str = "neo4j"
    password: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Login:
        """NEO4J_USERNAME (neo4j if not set) and NEO4J_PASSWORD."""
        return cls(environment.get("NEO4J_USERNAME") or "neo4j", environment.get("NEO4J_PASSWORD") or "")


def opened(url: str, *, set_up: bool = False) -> Store:
    """The store of a url, with the login of the environment; see graph.store.open_store."""
    login = Login.from_environment()
    return open_store(url, username=login.username, password=login.password, set_up=set_up)
