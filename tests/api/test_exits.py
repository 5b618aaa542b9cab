"""One row per exception: its exit code, and a message without a stack trace."""

from __future__ import annotations

import click
import pytest

from api.exits import EXIT_CODES, exit_code, message
from graph import errors, listing

ROWS: list[tuple[BaseException, int, str]] = [
    (click.UsageError("no such option"), 2, "no such option"),
    (click.BadParameter("'x' is no day"), 2, "'x' is no day"),
    (errors.StoreUrlError("no engine for 'ftp'"), 2, "no engine for 'ftp'"),
    (errors.InputError("a.txt: empty file"), 1, "a.txt: empty file"),
    (errors.EncodingError("a.txt: no text we know"), 1, "no text we know"),
    (errors.TooLargeError("a.txt: too large"), 1, "too large"),
    (errors.StoreError("no store at x.db"), 1, "no store at x.db"),
    (errors.SchemaError("written by a newer version"), 1, "newer version"),
    (errors.StoreBusyError("locked"), 1, "locked"),
    (errors.StoreTimeError("the time is over"), 1, "the time is over"),
    (errors.StoreChangedError("written meanwhile"), 1, "written meanwhile"),
    (errors.StoreDownError("does not answer"), 1, "does not answer"),
    (errors.StoreAccessError("wrong password"), 1, "wrong password"),
    (errors.StoreMemoryError("too little memory"), 1, "too little memory"),
    (listing.CursorError("a cursor of another list"), 1, "another list"),
    (errors.UnknownId("nothing has the id 'x'"), 1, "nothing has the id 'x'"),
    (errors.AmbiguousNumber("2 directives fit", ["a", "b"]), 1, "2 directives fit"),
    (errors.LineageError("any other"), 1, "any other"),
    (click.ClickException("said by click"), 1, "said by click"),
    (BrokenPipeError(32, "Broken pipe"), 0, ""),
    (KeyboardInterrupt(), 130, "interrupted"),
    (click.Abort(), 130, "interrupted"),
    (PermissionError(13, "Permission denied", "out.csv"), 1, "out.csv: Permission denied"),
    (OSError(28, "No space left on device"), 1, "No space left on device"),
    (ValueError("a slip"), 1, "internal error"),
]


@pytest.mark.parametrize(("error", "code", "says"), ROWS, ids=[type(row[0]).__name__ for row in ROWS])
def test_exit_code_and_message(error: BaseException, code: int, says: str) -> None:
    assert exit_code(error) == code
    assert says in message(error)
    assert "\n" not in message(error)
    assert bool(message(error)) is not isinstance(error, BrokenPipeError)


def test_every_row_of_the_table_is_reached_by_a_test() -> None:
    reached = {next(kind for kind, _ in EXIT_CODES if isinstance(error, kind)) for error, _, _ in ROWS}
    assert reached == {kind for kind, _ in EXIT_CODES}


def test_every_error_of_the_project_is_in_a_row() -> None:
    tree = {kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.LineageError)}
    assert tree - {type(error) for error, _, _ in ROWS} <= {errors.LookupFailed}
