"""Text that remembers where each of its characters came from.

Every step of reading works on MappedText, so that any span can be given as a span of the original file:
``original[start:end] == quote`` by construction.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from graph.records import Evidence


@dataclass(frozen=True, slots=True)
class RawText:
    """A file as decoded: ``text`` exactly as it stands (line ends included), ``sha256`` of its bytes."""

    text: str
    path: str
    sha256: str
    encoding: str = "utf-8"


class MappedText:
    """A string whose i-th character covers ``original[starts[i]:ends[i]]``. Immutable.

    >>> whole = MappedText.of("abc")
    >>> MappedText.join([whole[0:1], whole[2:3]], "-").text
    'a-c'
    """

    __slots__ = ("ends", "starts", "text")

    def __init__(self, text: str, starts: array[int], ends: array[int]) -> None:
        self.text = text
        self.starts = starts
        self.ends = ends

    @classmethod
    def of(cls, text: str, offset: int = 0) -> MappedText:
        """Text that stands unchanged at ``offset`` of the original."""
        return cls(
            text, array("L", range(offset, offset + len(text))), array("L", range(offset + 1, offset + len(text) + 1))
        )

    @classmethod
    def empty(cls) -> MappedText:
        return cls("", array("L"), array("L"))

    @classmethod
    def join(cls, parts: Iterable[MappedText], separator: str = " ") -> MappedText:
        """Parts in order with ``separator`` between them; the separator maps to the gap it bridges (its left edge)."""
        texts: list[str] = []
        starts, ends = array("L"), array("L")
        for part in parts:
            if not part.text:
                continue
            if starts and separator:
                texts.append(separator)
                starts.extend([ends[-1]] * len(separator))
                ends.extend([ends[-1]] * len(separator))
            texts.append(part.text)
            starts.extend(part.starts)
            ends.extend(part.ends)
        return cls("".join(texts), starts, ends)

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __repr__(self) -> str:
        return f"MappedText({self.text!r})"

    def __getitem__(self, at: slice) -> MappedText:
        return MappedText(self.text[at], self.starts[at], self.ends[at])

    def strip(self, chars: str | None = None) -> MappedText:
        left = len(self.text) - len(self.text.lstrip(chars))
        right = len(self.text.rstrip(chars))
        return self[left:right] if left < right else MappedText.empty()

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Half-open span of the original that covers characters ``start`` to ``end`` of this text (not empty)."""
        last = (len(self.text) if end is None else end) - 1
        if not 0 <= start <= last < len(self.text):
            raise ValueError(f"no characters from {start} to {end} in a text of {len(self.text)}")
        covered_starts, covered_ends = self.starts[start : last + 1], self.ends[start : last + 1]
        return min(covered_starts), max(covered_ends)


@dataclass(frozen=True, slots=True)
class Source:
    """The file a reading comes from; makes Evidence for spans of MappedText."""

    raw: RawText
    line_starts: array[int]

    @classmethod
    def of(cls, raw: RawText) -> Source:
        starts = array("L", [0])
        position = raw.text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = raw.text.find("\n", position + 1)
        return cls(raw, starts)

    def line(self, offset: int) -> int:
        """Line (from 1) in which an offset of the original stands."""
        return bisect_right(self.line_starts, offset)

    def evidence(self, text: MappedText, start: int = 0, end: int | None = None) -> Evidence:
        """Evidence for characters ``start`` to ``end`` of ``text``; the quote is the original, line breaks and all."""
        first, last = text.span(start, end)
        return Evidence(
            file=self.raw.path,
            sha256=self.raw.sha256,
            line=self.line(first),
            start=first,
            end=last,
            quote=self.raw.text[first:last],
        )
