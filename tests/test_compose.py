"""compose.yaml gives the server that the tests run against: same version, same safety, this machine only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.neo4j_server.server import HERE, pinned_version, read_settings

COMPOSE: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "compose.yaml").read_text(encoding="utf-8"))
SERVICE: dict[str, Any] = COMPOSE["services"]["neo4j"]
SETTINGS = (
    "dbms.security.allow_csv_import_from_file_urls",
    "internal.dbms.cypher_ip_blocklist",
    "dbms.usage_report.enabled",
    "db.transaction.monitor.check.interval",
)


def variable(setting: str) -> str:
    """The environment variable that the image turns into ``setting``."""
    return "NEO4J_" + setting.replace("_", "__").replace(".", "_")


def test_the_image_is_the_version_of_the_tests() -> None:
    assert SERVICE["image"] == f"neo4j:{pinned_version()}-community"


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_settings_of_safety_and_time_are_those_of_the_tests(setting: str) -> None:
    assert SERVICE["environment"][variable(setting)] == read_settings(HERE / "neo4j.conf")[setting]


def test_no_other_machine_reaches_it() -> None:
    assert SERVICE["ports"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICE["ports"])


def test_it_does_not_start_without_a_password() -> None:
    user, _, password = SERVICE["environment"]["NEO4J_AUTH"].partition("/")
    assert user == "neo4j"
    assert password.startswith("${NEO4J_PASSWORD:?") and password.endswith("}")
    assert "NEO4J_PASSWORD" not in SERVICE["environment"], "the image would take it for a setting and refuse to start"


def test_the_data_outlives_the_container() -> None:
    name, _, folder = SERVICE["volumes"][0].partition(":")
    assert folder == "/data"
    assert name in COMPOSE["volumes"]


def test_it_is_healthy_when_a_query_is_answered() -> None:
    kind, command = SERVICE["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    assert "cypher-shell" in command and "RETURN 1" in command
