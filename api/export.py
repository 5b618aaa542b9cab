"""The command ``lineage export``: the whole graph in an open format, or the picture around one thing as a page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from api.ask import asked
from api.files import check_output, whole_file
from api.options import as_of_option, common, open_existing, place_option
from api.output import print_json, print_lines
from api.questions import find_node
from graph.export import ExportFormat, ExportResult, export
from viz.layout import Line
from viz.tables import cut_lines

#: Of the whole graph.
FORMATS = tuple(form.value for form in ExportFormat)
#: A page of one sub-graph; needs an ID.
PAGE = "html"
#: Nodes that one page shows beside its start.
MOST_NODES = 50_000
_DEPTH = 4


@click.command("export")
@click.argument("what", metavar="[ID|NUMBER]", required=False)
@click.option(
    "--format",
    "format_",
    type=click.Choice((*FORMATS, PAGE)),
    default="jsonl",
    show_default=True,
    help="jsonl: one object a line; csv: a zip of nodes.csv and edges.csv; graphml, gexf: for Gephi and the like; "
    "html: the picture around ID, one page that opens without a network.",
)
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
@click.option("--depth", type=click.IntRange(min=1), help=f"html: so many steps around ID; {_DEPTH} if left out.")
@click.option("--lang", type=click.Choice(("vi", "en")), default="vi", show_default=True, help="html: its language.")
@as_of_option
@place_option
@common
def export_command(
    what: str | None,
    format_: str,
    output: Path,
    depth: int | None,
    lang: str,
    as_of: dt.date | None,
    place: str | None,
    url: str,
    as_json: bool,
) -> None:
    """Write the whole graph to a file, sorted, the same for every store; or, as html, the picture around ID.

    \b
    JSON: {"path", "nodes": count, "edges": count}; of html also {"partial", "reason", "more": nodes cut}
    """
    check_output(output)
    if format_ != PAGE:
        if what or depth or as_of or place:
            raise click.UsageError(
                "ID, --depth, --as-of and --in belong to --format html; the others hold all there is"
            )
        _whole(format_, output, url, as_json)
    elif not what:
        raise click.UsageError("--format html shows what is around one thing: name its ID or number")
    else:
        _page(what, output, depth or _DEPTH, lang, as_of, place, url, as_json)


def _whole(format_: str, output: Path, url: str, as_json: bool) -> None:
    with open_existing(url) as store:
        result = export(store, output, ExportFormat(format_))
    if as_json:
        print_json(result)
    else:
        print_lines([_said(result, format_)])


def _page(
    what: str,
    output: Path,
    depth: int,
    lang: str,
    as_of: dt.date | None,
    place: str | None,
    url: str,
    as_json: bool,
) -> None:
    try:
        from api.canvas import around_of, drawn
        from viz.graph.page import export_page
    except ModuleNotFoundError as error:
        raise click.UsageError(f"{error.name} is not installed: pip install 'directive-lineage[page]'") from error

    with asked(url, as_json) as store:
        start = find_node(store, what, place=place)
        found = around_of(store, start.id, as_of=as_of, depth=depth, limit=MOST_NODES)
    data = drawn(found, lang="en" if lang == "en" else "vi")
    page = export_page(data, source=Path(url).name, made_on=dt.date.today())
    with whole_file(output) as draft:
        draft.write_text(page, encoding="utf-8", newline="\n")
    result = ExportResult(path=str(output), nodes=len(data["nodes"]), edges=len(data["edges"]))
    cut = {name: data[name] for name in ("partial", "reason", "more")}
    if as_json:
        print_json({**dict(result), **cut})
    else:
        print_lines([_said(result, PAGE), *cut_lines(**cut, width=None, limited=False)])


def _said(result: ExportResult, format_: str) -> Line:
    return Line(f"{result.path}: {result.nodes} nút, {result.edges} cạnh ({format_})")
