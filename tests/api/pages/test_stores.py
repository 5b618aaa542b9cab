"""The pages are the same, byte for byte, whichever engine keeps the graph."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.settings import Settings
from graph.store import open_store
from tests.api.family import family
from tests.api.http.conftest import TOKEN, client_of
from tests.api.pages.crawl import crawl
from tests.neo4j_server.database import Login


def test_pages_of_neo4j_are_those_of_sqlite(
    reader: TestClient, neo4j_empty: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_USERNAME", neo4j_empty.username)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_empty.password)
    login = {"username": neo4j_empty.username, "password": neo4j_empty.password}
    with open_store(neo4j_empty.uri, set_up=True, **login) as store:
        store.write_many(family())
    settings = Settings(store=neo4j_empty.uri, token=TOKEN, question_seconds=60)
    with client_of(create_app(settings)) as other:
        pages = crawl(other, ["/?as_of=2026-05-10", "/tim?q=so+khoa+hoc&as_of=2026-05-10"])
    assert len(pages) > 50
    assert [a for a, page in pages.items() if page.source != reader.get(a, follow_redirects=True).text] == []
