"""The command ``lineage export``: the whole graph as a file in an open format."""

from __future__ import annotations

from pathlib import Path

import click

from api.options import check_output, common, open_existing
from api.output import print_json, print_lines
from viz.layout import Line

#: graph.export.ExportFormat; what writes them is loaded only when it is needed.
FORMATS = ("jsonl", "csv", "graphml", "gexf")


@click.command("export")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="jsonl",
    show_default=True,
    help="jsonl: one object a line; csv: a zip of nodes.csv and edges.csv; graphml, gexf: for Gephi and the like.",
)
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
@common
def export_command(format_: str, output: Path, url: str, as_json: bool) -> None:
    """Write the whole graph to a file, sorted, the same for every store.

    \b
    JSON: {"path", "nodes": count, "edges": count}
    """
    from graph.export import ExportFormat, export

    check_output(output)
    with open_existing(url) as store:
        result = export(store, output, ExportFormat(format_))
    if as_json:
        print_json(result)
    else:
        print_lines([Line(f"{result.path}: {result.nodes} nút, {result.edges} cạnh ({format_})")])
