"""The commands that ask the store something: impact, trace, owns, show, search, stats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from api import answers, exits
from api.assignments_csv import write_csv
from api.bodies import find_agency
from api.files import check_output
from api.options import Day, as_of_option, common, limit_option, open_existing, place_option
from api.output import print_json, print_lines, warn, width
from api.questions import find_node
from graph.errors import AmbiguousNumber, LookupFailed
from graph.lineage import Lineage, impact, trace
from graph.records import Directive
from graph.store.base import Node, Store
from graph.vocabulary import Label, Role
from viz import lineage_tables, page_tables, tables
from viz.layout import Line

_KINDS = {label.value.lower(): label for label in Label}
_depth = click.option("--depth", type=click.IntRange(min=1), help="At most so many steps away.")
_cited = click.option("--cited", is_flag=True, help="Follow mere mentions (CITED_IN), too.")


@click.command("impact")
@click.argument("what", metavar="ID|NUMBER")
@as_of_option
@_depth
@_cited
@limit_option
@place_option
@common
def impact_command(
    what: str,
    as_of: dt.date | None,
    depth: int | None,
    cited: bool,
    limit: int | None,
    place: str | None,
    url: str,
    as_json: bool,
) -> None:
    """Everything that rests on a directive or a task, with the path as proof.

    \b
    JSON: {"start": node, "direction": "down", "as_of", "status", "statuses": {id: status},
           "items": [{"node", "depth", "path": [edge], "in_force_path", "not_in_force": [id]}],
           "totals": {"items", "labels", "levels", "jurisdictions", "depths"},
           "partial", "reason", "more",
           "assigned": [{"agency": node, "roles": {role: count}}]}
    """
    with asked(url, as_json) as store:
        start = find_node(store, what, place=place)
        found = impact(store, start.id, as_of=as_of, depth=depth, include_cited=cited, limit=limit)
        answer = answers.with_loads(store, found)
        loads = {load.agency.id: load.roles for load in answer.assigned}
        _give(answer, as_json, lambda: lineage_tables.impact_lines(found, loads, width()))


@click.command("trace")
@click.argument("what", metavar="ID|NUMBER")
@as_of_option
@_depth
@_cited
@limit_option
@place_option
@common
def trace_command(
    what: str,
    as_of: dt.date | None,
    depth: int | None,
    cited: bool,
    limit: int | None,
    place: str | None,
    url: str,
    as_json: bool,
) -> None:
    """Why a directive or a task exists: all it rests on, up to the top, each step with its quoted sentence.

    \b
    JSON: {"start": node, "direction": "up", "as_of", "status", "statuses": {id: status},
           "items": [{"node", "depth", "path": [edge], "in_force_path", "not_in_force": [id]}],
           "totals": {"items", "labels", "levels", "jurisdictions", "depths"},
           "partial", "reason", "more"}
    """
    with asked(url, as_json) as store:
        start = find_node(store, what, place=place)
        found: Lineage = trace(store, start.id, as_of=as_of, depth=depth, include_cited=cited, limit=limit)
        _give(found, as_json, lambda: lineage_tables.trace_lines(found, width()))


@click.command("owns")
@click.argument("agency", metavar="AGENCY")
@place_option
@click.option("--role", type=click.Choice([r.value for r in Role]), help="Only in this role.")
@click.option("--due-before", type=Day(), help="Only what is due on this day or earlier.")
@click.option("--directive", metavar="ID|NUMBER", help="Only what this directive says.")
@as_of_option
@limit_option
@click.option("--csv", "csv_file", metavar="FILE|-", help="Write the rows as CSV to a file (- is standard output).")
@common
def owns_command(
    agency: str,
    place: str | None,
    role: str | None,
    due_before: dt.date | None,
    directive: str | None,
    as_of: dt.date | None,
    limit: int | None,
    csv_file: str | None,
    url: str,
    as_json: bool,
) -> None:
    """What an agency leads, coordinates, evaluates …: tasks, deadlines, and the directive that says so.

    AGENCY is a name as people write it ("Sở KH&CN") or an id; what its former bodies were given is included.

    \b
    JSON: {"agency": node, "former": [node], "later": [node], "as_of",
           "items": [{"agency": node, "task": node, "role", "deadline", "directive", "status", "edge"}],
           "roles": {role: total}, "partial", "reason", "more"}
    CSV: one row an item: role, deadline, directive, task, its text, and where it stands (file, line, quote)
    """
    if csv_file and as_json:
        raise click.UsageError("--csv and --json are two forms of one answer: give one of them")
    if csv_file and csv_file != "-":
        check_output(Path(csv_file))
    with asked(url, as_json) as store:
        body = find_agency(store, agency, place)
        only = find_node(store, directive, place=None).id if directive else None
        day = as_of or dt.date.today()
        chosen = Role(role) if role else None
        answer = answers.owned(store, body, role=chosen, due_before=due_before, directive=only, as_of=day, limit=limit)
        if csv_file:
            write_csv(answer, csv_file)
            cut = f"; còn {answer.more} dòng nữa (--limit)" if answer.partial else ""
            click.echo(f"{csv_file}: {len(answer.items)} dòng{cut}", err=csv_file == "-")
            return
        _give(
            answer,
            as_json,
            lambda: tables.assignment_lines(answer, answer.agency, width(), former=answer.former, later=answer.later),
        )


@click.command("show")
@click.argument("what", metavar="ID|NUMBER")
@as_of_option
@place_option
@common
def show_command(what: str, as_of: dt.date | None, place: str | None, url: str, as_json: bool) -> None:
    """All that is known of a directive, a task, an indicator, a target or an agency.

    \b
    JSON: {"node", "as_of", "status", "texts": [{"sha256", "files", "directive", "current", "chars"}],
           "relations": [{"direction", "edge", "node"}],
           "tasks" and "indicators": [{"node", "targets": [node], "assigned": [{"agency", "role", "printed"}]}],
           "roles": {role: total, of an agency}}
    """
    with asked(url, as_json) as store:
        answer = answers.shown(store, find_node(store, what, place=place), as_of or dt.date.today())
        candidates = _candidates(store, answer.node)
        _give(answer, as_json, lambda: _page(answer, candidates))


@click.command("search")
@click.argument("text", nargs=-1, required=True)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(list(_KINDS)), help="Only this kind (repeatable).")
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="At most so many rows.")
@common
def search_command(text: tuple[str, ...], kinds: tuple[str, ...], limit: int, url: str, as_json: bool) -> None:
    """Anything by its words: with or without accents, a number in any spelling, small typos.

    \b
    JSON: {"hits": [{"node", "field"}], "total", "fuzzy"}
    """
    with asked(url, as_json) as store:
        found = store.search(" ".join(text), kinds=[_KINDS[k] for k in kinds] or None, limit=limit)
        _give(found, as_json, lambda: tables.search_lines(found, width()))


@click.command("stats")
@common
def stats_command(url: str, as_json: bool) -> None:
    """How much the store holds.

    \b
    JSON: {"store", "counts": {"nodes": {label: count}, "edges": {type: count}, "held", "readings"}}
    """
    with asked(url, as_json) as store:
        answer = answers.StatsAnswer(store=url, counts=store.counts())
        _give(answer, as_json, lambda: tables.stats_lines(answer.counts, url, width()))


@contextmanager
def asked(url: str, as_json: bool) -> Iterator[Store]:
    """The store to ask; a question without an answer also gets its JSON, or the list of those that fit."""
    with open_existing(url) as store, store.snapshot():
        try:
            yield store
        except LookupFailed as error:
            if as_json:
                print_json(exits.problem(error, _fitting(store, error)))
            else:
                warn(exits.message(error))
                print_lines(tables.candidate_lines(_fitting(store, error), width()))
            raise click.exceptions.Exit(exits.exit_code(error)) from error


def _fitting(store: Store, error: LookupFailed) -> list[Node]:
    ids = error.candidates if isinstance(error, AmbiguousNumber) else ()
    return list(store.nodes(ids).values())


def _give(answer: object, as_json: bool, lines: Callable[[], list[Line]]) -> None:
    if as_json:
        print_json(answer)
    else:
        print_lines(lines())


def _candidates(store: Store, node: Node) -> list[Node]:
    found = node.record.candidates if isinstance(node.record, Directive) else ()
    return list(store.nodes(found).values())


def _page(answer: answers.ShowAnswer, candidates: list[Node]) -> list[Line]:
    node, columns = answer.node, width()
    lines = page_tables.header_lines(node, answer.status, columns)
    if isinstance(node.record, Directive):
        lines += page_tables.text_lines([(t.files, t.current) for t in answer.texts], node.record.held, columns)
    lines += page_tables.possible_lines(candidates, columns)
    ties = [page_tables.Tie(r.direction, r.edge, r.node) for r in answer.relations]
    lines += page_tables.relation_lines(ties, columns)
    lines += page_tables.duty_lines("Nhiệm vụ", _rows(answer.tasks), columns)
    lines += page_tables.duty_lines("Chỉ tiêu", _rows(answer.indicators), columns)
    return lines + page_tables.load_lines(answer.roles, columns)


def _rows(duties: tuple[answers.Duty, ...]) -> list[page_tables.DutyRow]:
    return [page_tables.DutyRow(d.node, d.targets, [(a.agency, a.role, a.printed) for a in d.assigned]) for d in duties]
