"""The real app on a real store, asked for pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.settings import Settings
from tests.api.http.conftest import TOKEN, client_of, new_store
from tests.api.pages.markup import Page

Show = Callable[..., Page]


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """For questions only."""
    store = new_store(tmp_path_factory.mktemp("pages"))
    with client_of(create_app(Settings(store=str(store), token=TOKEN, question_seconds=30))) as client:
        yield client


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[TestClient]:
    """With a store of its own."""
    app = create_app(Settings(store=str(new_store(tmp_path)), token=TOKEN, question_seconds=30))
    with client_of(app) as client:
        yield client


@pytest.fixture(scope="session")
def show(reader: TestClient) -> Show:
    """A page that must be there."""

    def ask(path: str, **params: str) -> Page:
        response = reader.get(path, params=params or None)
        assert response.status_code == 200, response.text
        return Page(response.text)

    return ask
