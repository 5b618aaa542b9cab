"""Named arrays become one block of bytes that can be kept, and such a block becomes arrays again, without copying.

The block: a fixed head (magic, version, length of the directory, length of the body, CRC-32 of directory and body), the
directory (JSON: small facts, and name, type, offset and count of each array), the body (arrays, each on a multiple of
64 bytes, numbers little-endian). A block that is cut, damaged or of another version is told from a good one.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.integer[Any]]
#: Small facts kept beside the arrays: lists of names.
Names = dict[str, list[str]]

MAGIC = b"LINWALK\0"
VERSION = 2
_HEAD = struct.Struct("<8sIIQI")
_ALIGNED = 64


def pack(names: Mapping[str, Sequence[str]], arrays: Mapping[str, Array]) -> bytes:
    """The block; the same names and arrays always give the same bytes."""
    parts: list[bytes] = []
    entries: list[tuple[str, str, int, int]] = []
    offset = 0
    for name, array in arrays.items():
        stored = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
        entries.append((name, stored.dtype.str, offset, stored.size))
        parts.append(stored.tobytes() + bytes(-stored.nbytes % _ALIGNED))
        offset += len(parts[-1])
    facts = {"names": {name: list(values) for name, values in names.items()}, "arrays": entries}
    directory = json.dumps(facts, ensure_ascii=False).encode()
    directory += b" " * (-(len(directory) + _HEAD.size) % _ALIGNED)
    body = b"".join(parts)
    checked = zlib.crc32(body, zlib.crc32(directory))
    return _HEAD.pack(MAGIC, VERSION, len(directory), len(body), checked) + directory + body


def unpack(data: bytes | memoryview) -> tuple[Names, dict[str, Array]]:
    """Names and arrays of a block; the arrays are views of ``data`` and cannot be written to.

    ValueError if it is no block, one of another version, or not whole.
    """
    view = memoryview(data).cast("B").toreadonly()
    if len(view) < _HEAD.size:
        raise ValueError(f"no block of arrays: {len(view)} bytes are less than its head")
    magic, version, directory_size, body_size, checked = _HEAD.unpack_from(view)
    if (magic, version) != (MAGIC, VERSION):
        raise ValueError(f"no block of arrays of version {VERSION}: it begins with {magic!r}, version {version}")
    if len(view) != _HEAD.size + directory_size + body_size:
        raise ValueError(f"block of arrays: {len(view)} bytes, but its head says otherwise; it was cut or added to")
    if zlib.crc32(view[_HEAD.size :]) != checked:
        raise ValueError("block of arrays: its bytes are not those that were written")
    directory = json.loads(bytes(view[_HEAD.size : _HEAD.size + directory_size]))
    body = view[_HEAD.size + directory_size :]
    arrays = {name: np.frombuffer(body, kind, count, offset) for name, kind, offset, count in directory["arrays"]}
    return directory["names"], arrays
