"""The bytes of one uploaded text → a reading, in a process that is killed when its time or memory is over."""

from __future__ import annotations

import hashlib
import multiprocessing
import resource
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext

from graph.errors import InputError, LineageError
from graph.records import Reading


class ReadingStopped(InputError):
    """Reading a text took too long or too much memory."""


def read_apart(data: bytes, name: str, *, seconds: float, memory: int) -> Reading:
    """Read a text as the file ``name`` in at most ``seconds``, with at most ``memory`` bytes of address space.

    Raises InputError if it cannot be read, ReadingStopped if it took too much.
    """
    here, there = _context().Pipe(duplex=False)
    worker = _context().Process(target=_work, args=(there, data, name, seconds, memory), daemon=True)
    worker.start()
    there.close()
    try:
        if not here.poll(seconds):
            raise ReadingStopped(f"{name}: reading took longer than {seconds:g} s; split the text")
        outcome = here.recv()
    except EOFError:
        raise ReadingStopped(f"{name}: the process that read it died (out of memory?); split the text") from None
    finally:
        here.close()
        worker.kill()
        worker.join()
    if isinstance(outcome, str):
        raise InputError(outcome)
    assert isinstance(outcome, Reading)
    return outcome


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["ingest.pipeline"])
    return context


def _work(answer: Connection, data: bytes, name: str, seconds: float, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
    try:
        answer.send(_read(data, name))
    except LineageError as error:
        answer.send(str(error))


def _read(data: bytes, name: str) -> Reading:
    from ingest.encodings import decode
    from ingest.pipeline import read_text
    from ingest.readers import check_text
    from ingest.text import RawText

    text, encoding = decode(data, name)
    check_text(text, name)
    return read_text(RawText(text, name, hashlib.sha256(data).hexdigest(), encoding))
