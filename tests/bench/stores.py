"""The stores on a national graph, beside their peers, in one run: load, memory, and the time of every question.

    python -m tests.bench.stores [--size 1.0] [--engine sqlite] [--engine neo4j [--neo4j neo4j://localhost:7687]]

The embedded store is always measured; networkx, rustworkx and the hand-written Cypher walk the very same edges, and the
run ends with an error if they count another closure. Each engine and peer has a process of its own. Without --neo4j a
server is started from the assembled jars (one a load: each meets an empty, cold one). With it the database must be
empty (NEO4J_USERNAME, NEO4J_PASSWORD) and is emptied in the end. What is being measured is said on stderr, with the
seconds so far; the tables come at the end.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.store import open_store
from tests.bench import bare_cypher
from tests.bench.asking import AS_OF, LIMIT, Asked, answers, asked, load
from tests.bench.measure import Timing, in_a_process, peak_mb, timed
from tests.bench.peers import networkx_peer, rustworkx_peer
from tests.bench.stores_report import Embedded, Neo4j, report
from tests.neo4j_server.database import Login, wipe
from tests.neo4j_server.server import Neo4jServer

ROOT = Path(__file__).parents[2]
COLD_RUNS = 5
ENGINES = ("sqlite", "neo4j")
BEGAN = time.monotonic()


def main() -> None:
    parser = argparse.ArgumentParser(description="times of the stores and their peers on a national graph")
    parser.add_argument("--size", type=float, default=1.0, help="1.0: every province and commune; more: longer plans")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--engine", action="append", choices=ENGINES, help="default: sqlite; may be given twice")
    parser.add_argument("--neo4j", metavar="URL", help="an empty Neo4j database; without it a server is started")
    wanted = parser.parse_args()
    about = in_a_process(asked, wanted.size, wanted.seed)
    with tempfile.TemporaryDirectory(prefix="lineage-bench-") as name:
        folder = Path(name)
        embedded = measure_embedded(str(folder / "national.db"), wanted.size, wanted.seed, about)
        neo = None
        if "neo4j" in (wanted.engine or ()):
            neo = measure_neo4j(wanted.neo4j, folder, wanted.size, wanted.seed, about)
    check_same(embedded, neo)
    print(report(embedded, neo))


def measure_embedded(path: str, size: float, seed: int, about: Asked) -> Embedded:
    """The embedded store in a new file, and the peers on its edges."""
    say("embedded: load")
    loaded = in_a_process(load, path, size, seed)
    say(f"loaded in {loaded.seconds:.0f} s; embedded: questions, and peers")
    return Embedded(
        counts=in_a_process(counts_of, path),
        file_mb=Path(path).stat().st_size / 1e6,
        load=loaded,
        answers=in_a_process(answers, path, about),
        cold=cold_impact(path),
        networkx=in_a_process(networkx_peer, path, about.root),
        rustworkx=in_a_process(rustworkx_peer, path, about.root),
    )


def counts_of(path: str) -> tuple[int, int]:
    """Nodes and edges of a store."""
    with open_store(path) as store:
        found = store.counts()
    return sum(found.nodes.values()), sum(found.edges.values())


def cold_impact(path: str) -> Timing:
    """`lineage impact 57-NQ/TW` from the start of the process to its end (the file is in the system's cache)."""
    arguments = ["impact", "57-NQ/TW", "--limit", str(LIMIT), "--as-of", AS_OF.isoformat(), "--store", path]
    command = [sys.executable, "-c", "from api.cli import main; main()", *arguments]

    def ask(_: str) -> None:
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)

    return timed(ask, [path], COLD_RUNS)


def measure_neo4j(url: str | None, folder: Path, size: float, seed: int, about: Asked) -> Neo4j:
    """Our store in Neo4j, then the same closure by hand; its graph, and all its rows, loaded by hand."""
    rows = folder / "rows.pickle"
    with server(url, folder / "ours") as (login, pid):
        refuse_if_used(login)
        say("Neo4j: load")
        loaded = in_a_process(load, login.uri, size, seed)
        say(f"loaded in {loaded.seconds:.0f} s; Neo4j: questions")
        answered = in_a_process(answers, login.uri, about)
        say("Neo4j: closure by hand, rows for the loads by hand")
        with login.driver() as driver:
            closure = bare_cypher.closure(driver, about.root)
            bare_cypher.dump(driver, rows)
            if url:
                wipe(driver, schema=True)
        memory = peak_mb(pid) if pid else None
    by_hand = []
    for name, bare_load in (("graph", bare_cypher.load_graph), ("all", bare_cypher.load_all)):
        say(f"Neo4j: load by hand, {name}")
        with server(url, folder / name) as (login, _), login.driver() as driver:
            by_hand.append(bare_load(driver, rows))
            if url:
                wipe(driver, schema=True)
    return Neo4j(loaded, answered, memory, closure, *by_hand)


def say(doing: str) -> None:
    """What is being done, on stderr, for those who wait."""
    print(f"{time.monotonic() - BEGAN:6.0f} s  {doing}", file=sys.stderr, flush=True)


@contextmanager
def server(url: str | None, home: Path) -> Iterator[tuple[Login, int | None]]:
    """A login (also put into the environment, where the store looks), and the server's process if we started it."""
    if url:
        username, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
        yield Login(uri=url, username=username, password=password), None
        return
    with Neo4jServer(home) as own:
        os.environ |= {"NEO4J_USERNAME": own.username, "NEO4J_PASSWORD": own.password}
        yield own.login, own.pid


def refuse_if_used(login: Login) -> None:
    with login.driver() as driver:
        if driver.execute_query("MATCH (n) RETURN n LIMIT 1").records:
            raise SystemExit(f"{login.uri} holds data, which this benchmark would delete: give an empty database")


def check_same(embedded: Embedded, neo: Neo4j | None) -> None:
    """All must have walked to the same number of nodes, or the ratios compare different questions."""
    reached = {
        "embedded": embedded.answers.reached,
        "networkx": embedded.networkx.reached,
        "rustworkx": embedded.rustworkx.reached,
    }
    if neo:
        reached |= {"neo4j": neo.answers.reached, "bare Cypher": neo.bare.reached}
    if len(set(reached.values())) != 1:
        raise SystemExit(f"the engines and peers reach different numbers of nodes: {reached}")


if __name__ == "__main__":
    main()
