"""The one error tree of the project; every message says what, where and what to do.

LineageError
├── InputError            a file cannot be read as a directive (ends as a line of the ingest report)
│   ├── EncodingError         its bytes are no text we know
│   └── TooLargeError         it exceeds a bound
├── StoreError            the store cannot serve
│   ├── StoreUrlError         the url names no engine
│   ├── SchemaError           written by a newer version, or not set up
│   ├── StoreBusyError        locked by another process for too long
│   ├── StoreTimeError        the time given to a question is over
│   ├── StoreChangedError     written by another process while a question was answered
│   ├── StoreDownError        its server does not answer
│   ├── StoreAccessError      its server refuses: wrong password, or not allowed
│   └── StoreMemoryError      its server has too little memory for what was asked
└── LookupFailed          a question names something that is not there
    ├── UnknownId             no such id
    └── AmbiguousNumber       several directives fit; carries the candidates
"""

from __future__ import annotations

from collections.abc import Sequence


class LineageError(Exception):
    """Root of all errors this project raises on purpose."""


class InputError(LineageError):
    """A file cannot be read as a directive."""


class EncodingError(InputError):
    """The bytes of a file are no text we know."""


class TooLargeError(InputError):
    """A file, a line or a table exceeds a bound."""


class StoreError(LineageError):
    """The store cannot serve."""


class StoreUrlError(StoreError):
    """The url names no engine."""


class SchemaError(StoreError):
    """The store was written by a newer version of this program, or was never set up for it."""


class StoreBusyError(StoreError):
    """Another process holds the store for too long."""


class StoreTimeError(StoreError):
    """The time given to a question is over (Store.within)."""


class StoreChangedError(StoreError):
    """Another process wrote while a question was answered; asked again, it gets an answer."""


class StoreDownError(StoreError):
    """The server of the store does not answer."""


class StoreAccessError(StoreError):
    """The server of the store refuses: wrong user or password, or not allowed."""


class StoreMemoryError(StoreError):
    """The server of the store has too little memory for one transaction."""


class LookupFailed(LineageError):
    """A question names something that is not there."""


class UnknownId(LookupFailed):
    """No node has this id or number."""


class AmbiguousNumber(LookupFailed):
    """Several directives fit a number; nothing was chosen.

    ``candidates`` are the ids of all that fit, sorted.
    """

    def __init__(self, message: str, candidates: Sequence[str]) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)
