"""An exception becomes an exit code and one message: what, where, what to do; never a stack trace.

==================  ====
answered            0
file or question    1
wrong usage         2
interrupted         130
==================  ====
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence

import click

from graph.errors import LineageError, StoreUrlError
from graph.store.base import Node

OK, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

#: The first row whose class fits decides. A reader that had enough (``| head``) is no failure.
EXIT_CODES: tuple[tuple[type[BaseException], int], ...] = (
    (click.UsageError, WRONG_USAGE),
    (StoreUrlError, WRONG_USAGE),
    (LineageError, FAILED),
    (click.ClickException, FAILED),
    (BrokenPipeError, OK),
    (click.Abort, INTERRUPTED),
    (KeyboardInterrupt, INTERRUPTED),
    (Exception, FAILED),
)


def exit_code(error: BaseException) -> int:
    """Exit code of an exception."""
    return next(code for kind, code in EXIT_CODES if isinstance(error, kind))


def message(error: BaseException) -> str:
    """What the user is told on stderr; "" for a reader that had enough."""
    match error:
        case BrokenPipeError():
            return ""
        case click.Abort() | KeyboardInterrupt():
            return "interrupted; the store is whole, every file is in it entirely or not at all"
        case click.ClickException():
            return error.format_message()
        case LineageError():
            return str(error)
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            return f"{where}{error.strerror or error}; check the path, its permissions and the free space"
        case _:
            return f"internal error at {_place(error)}: {_kind(error)}; please report it with the command you typed"


def problem(error: BaseException, candidates: Sequence[Node] = ()) -> dict[str, object]:
    """The same for ``--json``: {"error": kind, "message": text, "candidates": [node]}."""
    return {"error": type(error).__name__, "message": message(error), "candidates": list(candidates)}


def _kind(error: BaseException) -> str:
    return f"{type(error).__name__}: {str(error).splitlines()[0]}" if str(error) else type(error).__name__


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "an unknown place"
