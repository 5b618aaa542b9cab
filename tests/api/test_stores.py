"""The command line on a Neo4j server: the answers of the embedded store, and one clear line where there are none."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import neo4j
import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from graph.store import open_store
from tests.api.test_process import COMMAND, DIRECTIVE, SECONDS, environment, run
from tests.conftest import StartServer
from tests.neo4j_server.database import Login, wipe
from tests.neo4j_server.server import free_port

Ask = Callable[..., Result]
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
READ = ["--samples", str(CORPUS)] if CORPUS.is_dir() else ["--samples"]


def login_of(server: Login) -> dict[str, str]:
    return {"NEO4J_USERNAME": server.username, "NEO4J_PASSWORD": server.password}


@pytest.fixture
def typed(neo4j_server: Login) -> Ask:
    """The command line with the login of the shared server."""

    def ask(*words: str) -> Result:
        return CliRunner().invoke(cli, words, env=login_of(neo4j_server), prog_name="lineage")

    return ask


# -- the same answers


@pytest.fixture(scope="module")
def twins(
    neo4j_server: Login, neo4j_driver: neo4j.Driver, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """An embedded store and a server that were given the same texts by the same commands."""
    wipe(neo4j_driver, schema=True)
    urls = str(tmp_path_factory.mktemp("twin") / "lineage.db"), neo4j_server.uri
    env, reports = login_of(neo4j_server), []
    for url in urls:
        for words in (["init"], ["init"], ["ingest", *READ, "--json"]):
            done = CliRunner().invoke(cli, [*words, "--store", url], env=env, prog_name="lineage")
            assert done.exit_code == 0, done.output
        reports.append(json.loads(done.stdout))
    assert reports[0] == reports[1]
    assert len(reports[0]["files"]) >= 12 and reports[0]["totals"].keys() <= {"read", "other_copy"}
    yield urls


QUESTIONS = [
    ["impact", "57-NQ/TW"],
    ["impact", "57-NQ/TW", "--depth", "1", "--as-of", "2025-12-31", "--limit", "3"],
    ["impact", "57-NQ/TW", "--cited", "--in", "Hưng Yên"],
    ["impact", "65-KH/TU"],
    ["trace", "65-KH/TU", "--cited"],
    ["trace", "t.không-có"],
    ["owns", "Sở Khoa học và Công nghệ"],
    ["owns", "so khoa hoc va cong nghe", "--in", "hung yen", "--role", "lead"],
    ["show", "57-NQ/TW"],
    ["show", "không-có"],
    ["search", "chuyển đổi số"],
    ["search", "khoa hoc cong ngeh", "--limit", "3"],
    ["stats"],
]


@pytest.mark.parametrize("words", QUESTIONS, ids=" ".join)
@pytest.mark.parametrize("form", [["--json"], []], ids=["json", "text"])
def test_a_question_has_one_answer(twins: tuple[str, str], typed: Ask, words: list[str], form: list[str]) -> None:
    embedded, served = (typed(*words, *form, "--store", url) for url in twins)
    assert served.exit_code == embedded.exit_code
    assert served.stdout.replace(twins[1], "STORE") == embedded.stdout.replace(twins[0], "STORE")
    assert served.stderr.replace(twins[1], "STORE") == embedded.stderr.replace(twins[0], "STORE")
    assert served.stdout or served.stderr


@pytest.mark.parametrize("form", ["jsonl", "csv", "graphml", "gexf"])
def test_an_export_has_the_same_bytes(twins: tuple[str, str], typed: Ask, tmp_path: Path, form: str) -> None:
    files = [tmp_path / name for name in ("embedded", "served")]
    for url, file in zip(twins, files, strict=True):
        assert typed("export", "--format", form, "-o", str(file), "--store", url).exit_code == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert files[0].stat().st_size > 1_000


def test_reading_again_changes_nothing(twins: tuple[str, str], typed: Ask) -> None:
    again = json.loads(typed("ingest", "--samples", "--json", "--store", twins[1]).stdout)
    assert again["totals"].keys() == {"unchanged"}


def test_cypher_gives_rows(twins: tuple[str, str], typed: Ask) -> None:
    statement = "MATCH (d:Directive {number: '57-NQ/TW'}) RETURN d.number AS number, d.issued_on AS day, d.signer AS by"
    rows = json.loads(typed("cypher", statement, "--json", "--store", twins[1]).stdout)
    assert rows == [{"number": "57-NQ/TW", "day": "2024-12-22", "by": rows[0]["by"]}]
    table = typed("cypher", statement, "--store", twins[1])
    assert table.exit_code == 0
    assert table.stdout.splitlines()[0].split() == ["number", "day", "by"]
    assert "2024-12-22" in table.stdout and "1 dòng" in table.stderr


def test_cypher_shows_nodes_relationships_paths_times_and_bytes(twins: tuple[str, str], typed: Ask) -> None:
    statement = (
        "MATCH p = (d:Directive)-[r:HAS_TASK]->(t) WITH p, d, r LIMIT 1 MATCH (x:LedgerText) WITH p, d, r, x LIMIT 1 "
        "RETURN p, d, r, x.body AS body, duration('P1D') AS span, [date('2026-05-01')] AS days, "
        "point({x: 1, y: 2}) AS at"
    )
    [row] = json.loads(typed("cypher", statement, "--json", "--store", twins[1]).stdout)
    assert "Directive" in row["d"]["labels"] and row["r"]["type"] == "HAS_TASK"
    assert [*map(sorted, row["p"])] == [["labels", "properties"], ["properties", "type"], ["labels", "properties"]]
    assert (row["span"], row["days"], row["at"]) == ("P1D", ["2026-05-01"], [1.0, 2.0])
    assert typed("cypher", statement, "--store", twins[1]).exit_code == 0


def test_cypher_that_would_write_is_refused(twins: tuple[str, str], typed: Ask) -> None:
    before = typed("stats", "--store", twins[1]).stdout
    done = typed("cypher", "MATCH (d:Directive) DETACH DELETE d", "--store", twins[1])
    assert done.exit_code == 1 and "only reading is allowed" in done.stderr
    assert typed("cypher", "CALL db.createLabel('Other')", "--store", twins[1]).exit_code == 1
    assert typed("stats", "--store", twins[1]).stdout == before


def test_cypher_that_finds_nothing_or_is_none(twins: tuple[str, str], typed: Ask) -> None:
    nothing = typed("cypher", "MATCH (d:Directive {id: '?'}) RETURN d", "--store", twins[1])
    assert (nothing.exit_code, nothing.stdout, nothing.stderr) == (0, "", "0 dòng\n")
    slip = typed("cypher", "MATHC (d) RETURN d", "--store", twins[1])
    assert slip.exit_code == 1 and "SyntaxError" in slip.stderr and slip.stderr.count("\n") == 1


def test_a_file_knows_no_cypher(twins: tuple[str, str], typed: Ask) -> None:
    done = typed("cypher", "MATCH (d) RETURN d", "--store", twins[0])
    assert done.exit_code == 2 and "knows no Cypher" in done.stderr


# -- from one to the other


def test_a_copy_to_a_server_and_back_is_the_same_store(
    neo4j_bare: Login, store: Path, typed: Ask, tmp_path: Path
) -> None:
    home = tmp_path / "back.db"
    with open_store(store) as opened:
        texts = opened.counts().readings
    for source, target in ((str(store), neo4j_bare.uri), (neo4j_bare.uri, str(home))):
        done = typed("copy", source, target, "--json")
        assert done.exit_code == 0, done.stderr
        assert json.loads(done.stdout) == {"texts": {"created": texts}, "inferred": 0}
        again = typed("copy", source, target)
        assert (again.exit_code, again.stdout) == (0, f"{source} → {target}: {texts} đã có\n")
    files = [tmp_path / name for name in ("a", "b", "c")]
    for url, file in zip((str(store), neo4j_bare.uri, str(home)), files, strict=True):
        typed("export", "-o", str(file), "--store", url)
    assert files[0].read_bytes() == files[1].read_bytes() == files[2].read_bytes()


def test_a_copy_needs_two_stores_and_a_source(typed: Ask, store: Path, tmp_path: Path) -> None:
    assert typed("copy", str(store), str(store)).exit_code == 2
    missing = typed("copy", str(tmp_path / "none.db"), str(tmp_path / "other.db"))
    assert missing.exit_code == 1 and "no store at" in missing.stderr
    assert list(tmp_path.iterdir()) == []


# -- bad days, as a process of its own


def one_line(done: subprocess.CompletedProcess[bytes], *says: str) -> None:
    told = done.stderr.decode()
    assert (done.returncode, told.count("\n"), done.stdout) == (1, 1, b""), told
    assert [part for part in says if part not in told] == [], told
    assert "Traceback" not in told


@pytest.mark.parametrize("words", [["stats"], ["ingest", "--samples"], ["init"], ["cypher", "RETURN 1"]], ids=" ".join)
def test_a_server_that_is_down_is_one_line(words: list[str]) -> None:
    url = f"neo4j://127.0.0.1:{free_port()}"
    one_line(run(*words, LINEAGE_STORE=url, NEO4J_PASSWORD="x"), url, "Connection refused", "start it")


def test_a_wrong_password_is_one_line(neo4j_server: Login) -> None:
    done = run("stats", LINEAGE_STORE=neo4j_server.uri, NEO4J_USERNAME=neo4j_server.username, NEO4J_PASSWORD="sai")
    one_line(done, neo4j_server.uri, "NEO4J_PASSWORD")
    assert "sai" not in done.stderr.decode().split()


def test_a_server_that_was_not_set_up_is_one_line(neo4j_bare: Login) -> None:
    one_line(run("stats", LINEAGE_STORE=neo4j_bare.uri, **login_of(neo4j_bare)), neo4j_bare.uri, "lineage init")


FILES = 150


def test_an_ingest_whose_server_dies_stops_and_the_same_command_completes(
    start_neo4j: StartServer, tmp_path: Path
) -> None:
    server = start_neo4j()
    where = {"LINEAGE_STORE": server.uri, **login_of(server.login)}
    folder, embedded = tmp_path / "in", str(tmp_path / "lineage.db")
    folder.mkdir()
    for n in range(1, FILES + 1):
        (folder / f"{n:05}.txt").write_text(DIRECTIVE.format(n=n), encoding="utf-8")
    command = [*COMMAND, "ingest", str(folder), "--workers", "2", "--json"]
    assert run("init", **where).returncode == 0
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(**where))
    wait_for_texts(server.login, 3)
    server.kill()
    stdout, stderr = process.communicate(timeout=SECONDS)
    report, told = json.loads(stdout), stderr.decode()
    done = report["totals"].get("read", 0)
    assert process.returncode == 1
    assert report["totals"] == {"failed": 1, "not_tried": FILES - done - 1, "read": done}
    [failed] = [file for file in report["files"] if file["status"] == "failed"]
    assert server.uri in failed["error"] and "run the same command again" in failed["error"]
    assert told.count("\n") == 1 and f"{FILES - done - 1} of {FILES} files were not tried" in told
    one_line(run("ingest", str(folder), **where), server.uri, "start it")
    server.start()
    with open_store(server.uri, username=server.username, password=server.password) as store:
        assert store.counts().readings - done in (0, 1)
    again = run("ingest", str(folder), "--json", **where)
    assert again.returncode == 0, again.stderr.decode()
    totals = json.loads(again.stdout)["totals"]
    assert totals["unchanged"] - done in (0, 1) and sum(totals.values()) == FILES
    assert run("ingest", str(folder), LINEAGE_STORE=embedded).returncode == 0
    for name, url in (("a", server.uri), ("b", embedded)):
        assert run("export", "-o", str(tmp_path / name), **{**where, "LINEAGE_STORE": url}).returncode == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def wait_for_texts(login: Login, count: int) -> None:
    deadline = time.monotonic() + SECONDS
    with login.driver() as driver, driver.session(database="neo4j") as session:
        while session.run("MATCH (t:LedgerText) RETURN count(t)").single(strict=True)[0] < count:
            assert time.monotonic() < deadline
            time.sleep(0.02)
