"""The command line ``lineage``: one group, its commands, and the one place where an error becomes an exit code."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from api import exits
from api.ask import impact_command, owns_command, search_command, show_command, stats_command, trace_command
from api.export import export_command
from api.ingest import ingest_command
from api.output import use_utf8, warn
from api.serve import serve_command
from api.stores import copy_command, cypher_command, init_command


class Edge(click.Group):
    """A group whose errors are messages and exit codes (api/exits.py), never stack traces."""

    def main(self, *args: Any, **extra: Any) -> Any:
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except (Exception, KeyboardInterrupt) as error:
            code = _end(error)
        _settle_stdout()
        sys.exit(code if isinstance(code, int) else exits.OK)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            _settle_stdout()
            raise click.exceptions.Exit(exits.exit_code(error)) from error


@click.group(
    cls=Edge,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 answered, 1 a file failed or the question has no single answer, 2 wrong usage, "
    "130 interrupted.",
)
@click.version_option(package_name="directive-lineage")
def cli() -> None:
    """Which tasks come from a resolution, who owns them, and what falls when a plan is replaced.

    \b
    In every JSON answer (the help of each command says where):
      node      {"id", "label", "properties": {…}}; what is not known is left out, as in the jsonl export
      edge      {"type", "source", "target", "properties": {"asserted_by", "evidence", "confidence", …}}
      evidence  {"file", "sha256", "line", "start", "end", "quote"}
      status    {"directive", "as_of", "status", "since", "note",
                 "reasons": [{"edge", "by": node, "since", "in_effect"}]}
      deadline  {"kind", "text", "start", "end", "every", "condition"}
      error     {"error", "message", "candidates": [node]}, with exit code 1
    """


for _command in (
    ingest_command,
    impact_command,
    trace_command,
    owns_command,
    show_command,
    search_command,
    export_command,
    stats_command,
    init_command,
    copy_command,
    cypher_command,
    serve_command,
):
    cli.add_command(_command)


def main() -> None:
    """Entry point of the program."""
    use_utf8()
    cli(args=[as_typed(word) for word in sys.argv[1:]], prog_name="lineage")


def as_typed(word: str) -> str:
    """A word of the command line read as UTF-8, whatever the locale."""
    return os.fsencode(word).decode("utf-8", "surrogateescape")


def _end(error: BaseException) -> int:
    said = exits.message(error)
    if isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx else "lineage"
        said = f"{said.rstrip('.')}; see `{command} --help`"
    warn(said)
    return exits.exit_code(error)


def _settle_stdout() -> None:
    """Where nobody reads any more, or the disk is full, what is still buffered goes nowhere, quietly."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
