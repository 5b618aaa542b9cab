"""Lines of one part → Blocks: lines rejoined to items and paragraphs, items nested as the text itself nests them.

The order of styles is read from the text (a decimal under a Roman numeral here, at the top there); a fixed rank decides
only where a style is met for the first time. Numbers are kept as printed: gaps and repeats become notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.lines import Line, Wrap, is_capitals, is_hanging, is_open, names_provision
from ingest.markers import BULLETS, RANKS, Marker, find_markers
from ingest.normalize import squeeze
from ingest.structure import Block, Style, Table
from ingest.text import MappedText

#: A table, or a line that belongs to none.
Piece = Line | Table
_CLOSING = re.compile(
    r"(?:Trên đây là|Trong quá trình|Yêu cầu |Đề nghị |Giao |Nhận được |Căn cứ |Định kỳ |Quá trình |Hằng năm|Hàng năm|"
    r"(?:Kế hoạch|Chương trình|Nghị quyết|Quyết định|Chỉ thị|Đề án|Kết luận|Hướng dẫn|Thông tri|Công điện|Văn bản)\b"
    r"[^.;]{0,40} (?:này |được [^.;]{0,90}thông qua ))"
)
_YEAR = re.compile(r"[-•]? ?(?:19|20)\d\d\b")


@dataclass(slots=True)
class Node:
    """A block while it is built: the lines that make its text, and where it hangs."""

    kind: str
    marker: str | None
    value: int
    line: int
    pieces: list[MappedText] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    table: Table | None = None
    hashes: int = 0

    @property
    def style(self) -> Style:
        return Style.NONE if self.kind in ("none", "root") else Marker(self.kind, self.marker, 0, 0).style

    @property
    def last(self) -> str:
        return self.pieces[-1].text if self.pieces else ""

    @property
    def complete(self) -> bool:
        return bool(self.pieces) and not is_open(self.last)

    @property
    def introduces(self) -> bool:
        """Whether it reads like a heading: it ends with a colon or without any mark."""
        return not self.pieces or self.last.rstrip().endswith(":") or is_open(self.last)


class Outline:
    """Reads the lines of one part in order; ``blocks()`` and ``notes`` are its result."""

    def __init__(self, wrap: Wrap) -> None:
        self.root = Node("root", None, 0, 0)
        self.stack = [self.root]
        self.notes: list[tuple[int, str]] = []
        self._wrap = wrap
        self._open: Node | None = None
        self._under: dict[str, str] = {}

    def read(self, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            if isinstance(piece, Table):
                self._hang_table(piece)
            else:
                self._read_line(piece)

    def blocks(self) -> tuple[Block, ...]:
        _lift_closing(self.root)
        return tuple(_freeze(self.root, ""))

    def _read_line(self, line: Line) -> None:
        text = line.text.text
        marker = self._choose(find_markers(text), line)
        if marker:
            self._start(marker, line)
        elif self._open and self._continues(self._open, line):
            self._open.pieces.append(line.text)
        else:
            self._paragraph(line)

    # --- does a line begin something?

    def _choose(self, candidates: Sequence[Marker], line: Line) -> Marker | None:
        """The reading of the marker that fits the sequence best; None if the line only looks numbered."""
        best, best_fit = None, 9
        for marker in candidates:
            fit = 0 if marker.bullet else self._fit(marker)
            if fit < best_fit:
                best, best_fit = marker, fit
        return best if best and self._accepts(best, best_fit, line) else None

    def _fit(self, marker: Marker) -> int:
        """0: next of an open sequence; 1: opens one; 2: jumps in an open one; 3: fits nowhere."""
        for node in reversed(self.stack):
            if node.kind == marker.kind and _same_family(node, marker):
                if marker.value == node.value + 1 or _is_stroke(node, marker):
                    return 0
                return 1 if marker.value == 1 else 2
        return 1 if marker.value == 1 else 3

    def _accepts(self, marker: Marker, fit: int, line: Line) -> bool:
        before = self._open.last if self._open else ""
        following = line.text.text[marker.start :]
        if marker.hashes or not self._open or not is_open(before):
            return not (marker.weak and fit == 3 and marker.kind == "letter")
        if marker.bullet:
            return not self._is_broken_dash(before, line, following)
        if names_provision(before) and not (line.gap and fit < 2):
            return False
        if marker.kind == "dieu" and is_capitals(before) and following[:1].isupper():
            return True
        if fit > 1:
            return line.gap and not marker.weak
        return not (marker.weak and not line.gap and self._wrap.is_full(before, line.text.text))

    def _is_broken_dash(self, before: str, line: Line, following: str) -> bool:
        """ "giai đoạn 2026" / "- 2030", "kinh tế" / "- xã hội" in text with hard line ends."""
        if _YEAR.match(following) and re.search(r"\d{4} ?$", before):
            return True
        lower = not following[:1].isupper()
        return lower and not line.gap and self._wrap.is_full(before, line.text.text)

    def _continues(self, node: Node, line: Line) -> bool:
        before, text = node.last, line.text.text
        if not before:
            return not line.gap or not self._wrap.width
        first = text[0]
        if first.isdigit() and (names_provision(before) or before.endswith(" số")) and not line.gap:
            return True
        if first.islower():
            return not (line.gap and before.rstrip()[-1:] in (";", ":"))
        if not is_open(before):
            forced = self._wrap.is_full(before, text) and self._wrap.spaced
            return forced and not line.gap and not before.rstrip().endswith((";", ":"))
        if is_hanging(before) or before.count("(") > before.count(")"):
            return True
        if line.gap:
            return not first.isalpha() and first != "(" and len(before) > 40
        return self._joins_open(before, text)

    def _joins_open(self, before: str, text: str) -> bool:
        """A line that starts in upper case right under one without end punctuation."""
        if is_capitals(before) != is_capitals(text):
            return False
        if not text[0].isalpha():
            return len(before) > 40
        if is_capitals(before):
            return bool(self._wrap.width)
        return self._wrap.is_full(before, text)

    # --- where does it hang?

    def _start(self, marker: Marker, line: Line) -> None:
        numeral, value = marker.numeral, marker.value
        known = self._find(marker)
        if known is not None:
            numeral, value = self._checked(marker, self.stack[known], line.number)
            del self.stack[known:]
        else:
            if not marker.bullet and marker.value != 1 and marker.kind != "heading":
                self._note(line, f"đánh số bắt đầu từ {numeral}")
            self._descend(marker)
        node = Node(marker.kind, numeral, value, line.number, hashes=marker.hashes)
        rest = line.text[marker.start :]
        if rest:
            node.pieces.append(rest)
        self._under.setdefault(marker.kind, self.stack[-1].kind)
        self.stack[-1].children.append(node)
        self.stack.append(node)
        self._open = node

    def _find(self, marker: Marker) -> int | None:
        """Position on the stack of the sibling this marker follows; None if it begins a new level."""
        for at in range(len(self.stack) - 1, 0, -1):
            node = self.stack[at]
            if node.kind != marker.kind:
                continue
            if marker.kind == "heading" and node.hashes != marker.hashes:
                continue
            if not _same_family(node, marker):
                continue
            nested = marker.value == 1 and node.value > 0 and at < len(self.stack) - 1 and not marker.bullet
            if nested and self.stack[-1].introduces and self.stack[-1].kind not in BULLETS:
                return None
            return at
        return None

    def _checked(self, marker: Marker, sibling: Node, line: int) -> tuple[str | None, int]:
        """The numeral and value to keep; a note where the sequence breaks. A "d" right after "d" is "đ"."""
        if marker.bullet or marker.kind == "heading":
            return marker.numeral, 0
        if _is_stroke(sibling, marker):
            self.notes.append((line, 'chữ "d" sau "d" đọc là "đ"'))
            return "đ", marker.value + 1
        if marker.value == sibling.value:
            self.notes.append((line, f"số thứ tự lặp lại: {marker.numeral}"))
        elif marker.value != sibling.value + 1:
            self.notes.append((line, f"đánh số nhảy từ {sibling.marker} sang {marker.numeral}"))
        return marker.numeral, marker.value

    def _descend(self, marker: Marker) -> None:
        """Drop from the stack what the new level does not stand under."""
        if marker.kind == "heading":
            while len(self.stack) > 1 and not 0 < self.stack[-1].hashes < marker.hashes:
                self.stack.pop()
            return
        if marker.kind.startswith("decimal") and marker.numeral and "." in marker.numeral:
            self._descend_decimal(marker)
            return
        parent = self._under.get(marker.kind, "root")
        kinds = [n.kind for n in self.stack]
        if not marker.bullet and parent in kinds and RANKS.get(parent, 0) > RANKS[marker.kind]:
            del self.stack[kinds.index(parent) + 1 :]
            return
        while len(self.stack) > 1 and not self._stands_under(self.stack[-1], marker):
            self.stack.pop()

    def _stands_under(self, node: Node, marker: Marker) -> bool:
        if node.kind == "heading":
            return not 0 < marker.hashes <= node.hashes
        if RANKS[node.kind] < RANKS[marker.kind]:
            return True
        if marker.bullet:
            return node is self.stack[-1] and node.last.endswith(":")
        return (
            marker.value == 1 and node is self.stack[-1] and node.kind not in BULLETS and node.introduces
            and not node.kind.startswith("decimal")
        )  # fmt: skip

    def _descend_decimal(self, marker: Marker) -> None:
        """ "2.1" stands under "2"; without one, under the nearest level above decimals."""
        prefix = str(marker.numeral).rsplit(".", 1)[0]
        for at in range(len(self.stack) - 1, 0, -1):
            if self.stack[at].marker == prefix and self.stack[at].kind.startswith("decimal"):
                del self.stack[at + 1 :]
                return
        while len(self.stack) > 1 and RANKS[self.stack[-1].kind] >= RANKS[marker.kind]:
            self.stack.pop()

    def _paragraph(self, line: Line) -> None:
        """Under a numbered item its child; after a bullet the bullet's sibling."""
        while self.stack[-1].kind in BULLETS:
            self.stack.pop()
        node = Node("none", None, 0, line.number, [line.text])
        self.stack[-1].children.append(node)
        self._open = node

    def _hang_table(self, table: Table) -> None:
        while self.stack[-1].kind in BULLETS:
            self.stack.pop()
        self.stack[-1].children.append(Node("none", None, 0, table.line, table=table))
        self._open = None

    def _note(self, line: Line, message: str) -> None:
        self.notes.append((line.number, message))


def _same_family(node: Node, marker: Marker) -> bool:
    """Decimals are siblings only under the same prefix: 2.1 and 2.2, not 1.4 and 2.1."""
    if marker.numeral is None or "." not in marker.numeral or node.marker is None:
        return True
    return node.marker.rsplit(".", 1)[0] == marker.numeral.rsplit(".", 1)[0]


def _is_stroke(node: Node, marker: Marker) -> bool:
    return marker.kind in ("letter", "paren-letter") and node.marker == "d" and marker.numeral == "d"


def _lift_closing(root: Node) -> None:
    """Closing paragraphs ("Trên đây là …", "Giao … theo dõi") hang on the last item: they belong to the whole text.

    So does any paragraph behind the last of several items that are each one sentence.
    """
    path = [root]
    while path[-1].children and path[-1].children[-1].kind != "none":
        path.append(path[-1].children[-1])
    owner = path[-1]
    tail = len(owner.children)
    while tail and owner.children[tail - 1].kind == "none" and owner.children[tail - 1].table is None:
        tail -= 1
    if owner is root or len(root.children) < 2:
        return
    siblings = path[-2].children
    listed = len(siblings) > 1 and all(x.complete and (x is owner or not x.children) for x in siblings)
    for at in range(tail, len(owner.children)):
        if (at or owner.complete) and (listed or _CLOSING.match(owner.children[at].pieces[0].text)):
            for node in owner.children[at:]:
                node.kind = "closing"
                root.children.append(node)
            del owner.children[at:]
            return


def _freeze(node: Node, path: str) -> list[Block]:
    """Blocks of the children of ``node``. Recursion is as deep as there are kinds of numbering, about twenty."""
    blocks: list[Block] = []
    seen: dict[str, int] = {}
    numbered = {_label(node, c, 0) for c in node.children if c.marker is not None}
    count = 0
    for at, child in enumerate(node.children):
        lead_in = child.kind == "none" and not at and child.last.rstrip().endswith(":") and len(node.children) > 1
        count += child.marker is None and not lead_in
        label = _label(node, child, 0 if lead_in else count)
        label = f"p{label}" if child.marker is None and label in numbered else label
        seen[label] = seen.get(label, 0) + 1
        if seen[label] > 1:
            label = f"{label}({seen[label]})"
        own = f"{path}.{label}" if path else label
        style = Style.NONE if child.kind == "closing" else child.style
        text = squeeze(MappedText.join(child.pieces))
        blocks.append(Block(style, child.marker, text, child.line, own, tuple(_freeze(child, own)), child.table))
    return blocks


def _label(parent: Node, child: Node, count: int) -> str:
    if child.kind == "closing":
        return "closing"
    if child.marker is None:
        return str(count)
    if parent.marker and child.marker.startswith(parent.marker + "."):
        return child.marker[len(parent.marker) + 1 :]
    return child.marker
