"""An agency's printed name → the sentence, heading or table row that says what it has to do.

The quote of an assignment has to show why it is one, so a bare name is not enough. A block's text is cut at the ends
of its sentences; a very long sentence at its semicolons.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from ingest.structure import Layout, Row
from ingest.text import MappedText

#: A sentence's end; the points of "TP. Hà Nội", "PGS. Nam", "1. Sở" and "A. Nam" are none.
_END = re.compile(r"(?<![A-ZĐ])(?<!\b\d)(?<!\bTp)\.(?= {1,3}\w)")
_CLAUSE = re.compile(r";(?= )")
_LONG = 700
#: No more is looked at on either side of a name.
_WINDOW = 2000


class Sentences:
    """The sentences of a text's blocks, found by the place of a name in them."""

    def __init__(self, layout: Layout) -> None:
        texts = [block.text for section in layout.sections for block in section.walk() if block.text]
        self._spans = sorted(((*text.span(), text) for text in texts), key=lambda span: span[:2])
        self._firsts = [first for first, _, _ in self._spans]

    def around(self, name: MappedText) -> MappedText:
        """The sentence in which a name is printed; the name itself where no block holds it."""
        first, last = name.span()
        for at in range(bisect_right(self._firsts, first) - 1, -1, -1)[:3]:
            _, end, text = self._spans[at]
            if last <= end:
                return sentence_at(text, first, last) or name
        return name


def sentence_at(text: MappedText, first: int, last: int) -> MappedText | None:
    """The sentence of ``text`` that covers ``first`` to ``last`` of the original; None if the text does not."""
    start, end = bisect_left(text.starts, first), bisect_right(text.starts, last - 1)
    if start >= end:
        return None
    low = max(0, start - _WINDOW)
    text, start, end = text[low : end + _WINDOW], start - low, end - low
    for cut in (_END, _CLAUSE):
        ends = [0, *(m.end() for m in cut.finditer(text.text)), len(text)]
        low = ends[max(0, bisect_right(ends, start) - 1)]
        high = ends[min(len(ends) - 1, bisect_left(ends, end))]
        text, start, end = text[low:high], start - low, end - low
        if len(text) <= _LONG:
            break
    return text.strip() or None


def row_text(row: Row) -> MappedText:
    """A whole row, from its first cell to its last."""
    return MappedText.join([cell for cell in row.cells if cell])
