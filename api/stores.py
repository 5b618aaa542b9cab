"""The commands for the store itself: init, copy, cypher."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import click

from api.options import common, open_existing
from api.output import plain, print_json, print_lines, width
from api.progress import bar
from api.settings import opened
from graph.copying import CopyResult, copy
from graph.store.base import WriteOutcome
from viz.layout import Column, table

_OUTCOMES = {
    WriteOutcome.CREATED: "mới",
    WriteOutcome.UNCHANGED: "đã có",
    WriteOutcome.REPLACED: "thay bản cũ",
    WriteOutcome.OTHER_COPY: "bản khác của văn bản đã có",
}


@click.command("init")
@common
def init_command(url: str, as_json: bool) -> None:
    """Set up a store: constraints and indexes of a Neo4j server, or the file; safe to run again.

    \b
    JSON: {"store", "counts": {"nodes": {label: count}, "edges": {type: count}, "held", "readings"}}
    """
    with opened(url, set_up=True) as store:
        counts = store.counts()
    if as_json:
        print_json({"store": url, "counts": counts})
    else:
        click.echo(f"{url}: sẵn sàng, {counts.readings} văn bản")


@click.command("copy")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("--json", "as_json", is_flag=True, help="Answer as one JSON document (its shape is described above).")
def copy_command(source: str, target: str, as_json: bool) -> None:
    """Copy all texts, and what was inferred between them, into another store; what that has besides stays.

    FROM and TO are files or neo4j:// urls; both servers take the login from NEO4J_USERNAME and NEO4J_PASSWORD. Run
    again after an interruption, it goes on where it stopped.

    \b
    JSON: {"texts": {"created"|"unchanged"|"replaced"|"other_copy": count}, "inferred": count}
    """
    if source == target:
        raise click.UsageError(f"{source} is both: name two stores")
    with ExitStack() as stack:
        from_store = stack.enter_context(open_existing(source))
        to_store = stack.enter_context(opened(target, set_up=True))
        advance = stack.enter_context(bar(from_store.counts().readings))
        result = copy(from_store, to_store, progress=lambda texts: advance(texts, target))
    if as_json:
        print_json(result)
    else:
        click.echo(f"{source} → {target}: {_told(result)}")


@click.command("cypher")
@click.argument("statement")
@common
def cypher_command(statement: str, url: str, as_json: bool) -> None:
    """Ask a Neo4j store in Cypher; only reading is allowed, and the server itself refuses to write.

    \b
    JSON: [{column: value}]; a node is {"labels", "properties"}, a relationship {"type", "properties"},
          a path the list of both in turn
    """
    with open_existing(url) as store:
        ask = getattr(store, "cypher", None)
        if ask is None:
            raise click.UsageError(f"{url} is a file, which knows no Cypher; name neo4j://host:port")
        rows: list[dict[str, Any]] = ask(statement)
    if as_json:
        print_json(rows)
        return
    titles = list(rows[0]) if rows else []
    cells = [["" if row[t] is None else str(plain(row[t])) for t in titles] for row in rows]
    print_lines(table([Column(title) for title in titles], cells, width()))
    click.echo(f"{len(rows)} dòng", err=True)


def _told(result: CopyResult) -> str:
    parts = [f"{n} {_OUTCOMES[outcome]}" for outcome, n in result.texts.items()]
    parts += [f"{result.inferred} liên kết suy luận"] if result.inferred else []
    return ", ".join(parts) or "kho nguồn trống"
