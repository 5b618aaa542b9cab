"""Files and folders → RawText. The only place of the reader that touches the disk.

Bounds: 20 MB a file (``MAX_BYTES``) and 200,000 characters a line (``MAX_LINE``). Beyond them a file is refused whole:
no directive comes near, and a cut text would pass for a complete one.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from graph.errors import EncodingError, InputError, TooLargeError
from ingest.encodings import decode, looks_damaged
from ingest.text import RawText

SUFFIXES = frozenset({".txt", ".md", ".markdown"})
MAX_BYTES = 20_000_000
MAX_LINE = 200_000
_LONG_LINE = re.compile(rf"[^\n\r]{{{MAX_LINE + 1}}}")


def find_files(paths: Iterable[Path | str]) -> list[Path]:
    """Files named, and all .txt, .md and .markdown files below the folders named; sorted, each once.

    Hidden files and folders are left out. A path that does not exist is kept: ``read_file`` says so, in its own line
    of the report.

    >>> find_files(["no/such/file.txt"])
    [PosixPath('no/such/file.txt')]
    """
    found: set[Path] = set()
    for path in map(Path, paths):
        found.update(_below(path) if path.is_dir() else [path])
    return sorted(found)


def read_file(path: Path | str, max_bytes: int = MAX_BYTES) -> RawText:
    """The text of one file, exactly as it stands.

    Raises InputError (missing, unreadable, empty, binary, letters lost), EncodingError or TooLargeError; the message
    names the file and the way out.
    """
    path = Path(path)
    data = _bytes(path, max_bytes)
    name = printable(path)
    text, encoding = decode(data, name)
    check_text(text, name)
    return RawText(text, name, hashlib.sha256(data).hexdigest(), encoding)


def printable(path: Path | str) -> str:
    r"""A path as text that can be written anywhere: bytes of its name that are not UTF-8 stand as "\xe9"."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def check_text(text: str, path: str) -> None:
    """Raise if a text cannot be read as a directive: nothing in it, a line beyond bounds, or letters lost."""
    if not text.strip("\ufeff \t\r\n\x0b\x0c\u00a0\u200b"):
        raise InputError(f"{path}: empty file; nothing to read")
    if len(text) > MAX_LINE and _LONG_LINE.search(text):
        raise TooLargeError(f"{path}: a line of more than {MAX_LINE:,} characters; this is no directive as text")
    if looks_damaged(text):
        raise EncodingError(f"{path}: many syllables lost their vowels (broken PDF font); scan or convert it again")


def _bytes(path: Path, max_bytes: int) -> bytes:
    name = printable(path)
    try:
        if not path.is_file():
            what = "no such file or folder" if not path.exists() else "not a regular file"
            raise InputError(f"{name}: {what}; check the path")
        with path.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except OSError as error:
        raise InputError(f"{name}: cannot be read ({error.strerror or error}); check its permissions") from error
    if len(data) > max_bytes:
        raise TooLargeError(f"{name}: larger than {max_bytes:,} bytes; split it or check that it is a directive")
    return data


def _below(folder: Path) -> list[Path]:
    return [
        p
        for p in folder.rglob("*")
        if p.suffix.lower() in SUFFIXES
        and p.is_file()
        and not any(n.startswith(".") for n in p.relative_to(folder).parts)
    ]
