"""A progress bar on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from viz.plain import plain

Advance = Callable[[int, str], None]


@contextmanager
def bar(total: int) -> Iterator[Advance]:
    """Gives a function that moves the bar on by so many and writes a name beside it."""
    if not sys.stderr.isatty():
        yield lambda steps, name: None
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as progress:
        task = progress.add_task("", total=total)
        yield lambda steps, name: progress.update(task, advance=steps, description=escape(plain(name)))
