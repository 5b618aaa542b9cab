"""One driver to a Neo4j server: reads and writes as managed transactions, and what its errors mean to a user."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast
from urllib.parse import urlsplit

from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, ManagedTransaction, Session, unit_of_work
from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from graph.errors import (
    LineageError,
    SchemaError,
    StoreAccessError,
    StoreChangedError,
    StoreDownError,
    StoreError,
    StoreMemoryError,
    StoreUrlError,
)
from graph.store.timing import too_late

T = TypeVar("T")
P = ParamSpec("P")
Row = dict[str, Any]

# What the driver logs becomes the reason of an error; without a handler Python would print it, stack trace and all.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

#: A server that cannot be reached is given up after this; one that is reached and says nothing, after twice as long.
CONNECT_SECONDS = 5.0
#: A transaction that failed for a passing reason (a restart, a deadlock) is tried again for so long.
RETRY_SECONDS = 10.0
_MEMORY = frozenset(
    f"Neo.TransientError.General.{name}"
    for name in ("MemoryPoolOutOfMemoryError", "TransactionOutOfMemoryError", "TransactionMemoryLimit")
)
_TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"
_READ_ONLY = "Neo.ClientError.Statement.AccessMode"


class _Counted(Protocol):
    """What counts its changes, as graph.store.base.Store does."""

    def changes(self) -> int: ...


S = TypeVar("S", bound=_Counted)
#: A question whose answers are torn by writes is asked so often.
_TRIES = 5


class _NotCommitted(Exception):
    """All statements of a transaction ran, its commit failed, and the driver asks for them again."""


class Server:
    """The server behind a neo4j:// or bolt:// url (``neo4j://host:port/database``); safe for several threads."""

    def __init__(self, url: str, username: str, password: str) -> None:
        """Connects; StoreDownError if nobody answers, StoreAccessError if the password is wrong."""
        parts = urlsplit(url)
        if parts.username or parts.password:
            raise StoreUrlError(
                f"{parts.scheme}://{parts.hostname}: a password does not belong into a url, where others can read it: "
                "put it into NEO4J_USERNAME and NEO4J_PASSWORD"
            )
        self.address = f"{parts.scheme}://{parts.netloc}"
        self._database = parts.path.strip("/") or None
        self._driver = self._connect(username, password)
        self._bookmarks = GraphDatabase.bookmark_manager()

    def _connect(self, username: str, password: str) -> Driver:
        try:
            driver = GraphDatabase.driver(
                self.address,
                auth=(username, password),
                connection_timeout=CONNECT_SECONDS,
                connection_acquisition_timeout=2 * CONNECT_SECONDS,
                max_transaction_retry_time=RETRY_SECONDS,
                notifications_min_severity="OFF",
                user_agent="directive-lineage",
            )
        except (DriverError, ValueError) as error:
            raise StoreUrlError(f"{self.address}: is no address of Neo4j ({error}); write neo4j://host:7687") from error
        try:
            driver.verify_connectivity()
        except BaseException as error:
            driver.close()
            raise self.as_store_error(error) from error
        return driver

    def read(self, work: Callable[[ManagedTransaction], T], *, seconds: float | None = None) -> T:
        """Run ``work`` in a transaction that the server keeps from writing; ``seconds``: a limit, None for none."""
        return self._run(READ_ACCESS, work, seconds)

    def write(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Run ``work`` in a writing transaction, again if it failed for a passing reason."""
        return self._run(WRITE_ACCESS, work, None)

    def _run(self, mode: str, work: Callable[[ManagedTransaction], T], seconds: float | None) -> T:
        ran: list[T] = []

        @unit_of_work(timeout=seconds)
        def shielded(tx: ManagedTransaction) -> T:
            if ran:
                raise _NotCommitted
            with self._told_apart():
                result = work(tx)
            ran.append(result)
            return result

        try:
            with self._driver.session(database=self._database, bookmark_manager=self._bookmarks) as session:
                execute = session.execute_read if mode == READ_ACCESS else session.execute_write
                try:
                    return execute(shielded)
                except _NotCommitted:
                    return self._once(session, work)
        except (Neo4jError, DriverError, OSError) as error:
            raise self.as_store_error(error) from error

    @staticmethod
    def _once(session: Session, work: Callable[[ManagedTransaction], T]) -> T:
        """The driver would go on in vain where memory lacks for the commit, and not say so; its error says it here."""
        with session.begin_transaction() as tx:
            result = work(cast(ManagedTransaction, tx))
            tx.commit()
        return result

    def schema(self, statement: str, **values: object) -> list[Row]:
        """Run one statement on its own, as changes of the schema must."""
        try:
            with self._driver.session(database=self._database, bookmark_manager=self._bookmarks) as session:
                return [record.data() for record in session.run(statement, values)]
        except (Neo4jError, DriverError, OSError) as error:
            raise self.as_store_error(error) from error

    @contextlib.contextmanager
    def _told_apart(self) -> Iterator[None]:
        """The server calls a batch that outgrows its memory a passing failure; to try it again would be in vain."""
        try:
            yield
        except Neo4jError as error:
            if error.code in _MEMORY:
                raise self.as_store_error(error) from error
            raise

    def as_store_error(self, error: BaseException) -> LineageError:
        """What an error of the driver means to a user: what, where, what to do."""
        if isinstance(error, LineageError):
            return error
        code = getattr(error, "code", None) or type(error).__name__
        reason = _reason(error)
        if isinstance(error, AuthError) or code.startswith("Neo.ClientError.Security."):
            return StoreAccessError(
                f"{self.address}: refuses the user or the password ({reason}); check NEO4J_USERNAME and NEO4J_PASSWORD"
            )
        if isinstance(error, (ServiceUnavailable, SessionExpired, OSError)):
            return StoreDownError(
                f"{self.address}: Neo4j does not answer ({reason}); start it (docker compose up -d) or check the "
                "address, then run the same command again: nothing was left half-written"
            )
        if code in _MEMORY:
            return StoreMemoryError(
                f"{self.address}: the transaction needs more memory than the server gives ({reason}); nothing of it "
                "was stored; raise dbms.memory.transaction.total.max there, then run the same command again"
            )
        if code.startswith(_TIMED_OUT):
            return too_late(self.address)
        if code == _READ_ONLY:
            return StoreAccessError(f"{self.address}: only reading is allowed here ({reason})")
        if isinstance(error, ClientError) and "no such fulltext" in reason.lower():
            return SchemaError(f"{self.address}: {reason}; run `lineage init`")
        return StoreError(f"{self.address}: {code}: {reason}")

    def close(self) -> None:
        self._driver.close()


def rows(tx: ManagedTransaction, statement: str, **values: object) -> list[Row]:
    """All rows of a statement."""
    found = tx.run(statement, values)
    keys = found.keys()
    return [dict(zip(keys, row, strict=True)) for row in found.values()]


def whole(question: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """The question is asked again where a write tore its answer: the server keeps no state, not even for one statement.

    What went meanwhile is a row without a type, or a node that is not there (ValueError, KeyError): StoreChangedError
    where that never ends. The same without a write is a slip of ours.
    """

    @wraps(question)
    def asked(store: S, /, *args: P.args, **named: P.kwargs) -> T:
        seen: int | None = None
        for _ in range(_TRIES):
            try:
                return question(store, *args, **named)
            except (KeyError, ValueError):
                before, seen = seen, store.changes()
                if before == seen:
                    raise
        raise written_meanwhile()

    return asked


def written_meanwhile() -> StoreChangedError:
    """What a reader is told whose answer would mix two states."""
    return StoreChangedError("the Neo4j store was written while the question was answered; ask it again")


def _reason(error: BaseException) -> str:
    """The first line of what went wrong at the bottom: "Connection refused", not that no server could be found."""
    while error.__cause__ or isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0] if isinstance(error, BaseExceptionGroup) else cast(BaseException, error.__cause__)
    said = getattr(error, "message", None) or getattr(error, "strerror", None) or str(error)
    return (said or type(error).__name__).splitlines()[0]
