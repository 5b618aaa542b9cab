"""MappedText → Lines: what a printer added (page numbers, rules, running heads) is set apart, wrap width is measured.

A line break in a scan means little: this module holds what is known of lines before anything is read from them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.text import MappedText, Source

#: A lone page number, a rule, a picture, a page mark: accepted whole lines only.
FURNITURE = re.compile(
    r"""(?:
      [-–(\[ ]{0,3}\d{1,3}[-–)\] ]{0,3}                       # 7   - 7 -   (7)
    | (?:Trang|Page|trang)[ ]\d{1,3}(?:[ ]?/[ ]?\d{1,3})?     # Trang 7/12
    | -{0,5}[ ]?\[?(?:Trang|Page)[ ]\d{1,3}\]?[ ]?-{0,5}
    | [-_=~.|*•+\\][-_=~.|*•+\\ ]{0,400}                      # ------- and lone * or |
    | !\[[^\]\n]{0,200}\]\([^)\n]{0,400}\)
    | <!--[^\n]{0,300}-->
    | (?:CLASSIFIED|Ký[ ]bởi|Người[ ]ký)[ ]?:[^\n]{0,200}
    )""",
    re.VERBOSE,
)
FOOTNOTE = re.compile(r"\[\^\w{1,4}\]: {0,3}\S|[⁰¹²³⁴-⁹]{1,3} {0,2}[^\W\d_]")
LONE_MARKER = re.compile(
    r"(?P<n>[IVX]{1,5}(?![^.)-])|\d{1,2}(?:\.\d{1,2}){0,4}(?=[.)-])|[a-zđ](?=[.)]))(?P<end>[.)]-?|-|)"
)
#: Words after which a sentence cannot end: the next line goes on.
OPEN_WORDS = frozenset((
    "và", "của", "về", "theo", "tại", "cho", "với", "các", "những", "để", "trong", "do",
    "bởi", "từ", "đến", "ngày", "tháng", "là", "được", "một", "hoặc", "trên", "dưới", "bằng",
    "giữa", "nhằm", "cùng", "như", "mọi", "mỗi", "khi", "nếu", "mà", "thì", "đã", "sẽ",
    "thuộc", "đối", "hay", "vào", "gồm",
))  # fmt: skip
LEGAL_WORDS = frozenset(("khoản", "điểm", "điều", "mục", "phần", "chương", "quý", "tiết", "lục"))
#: "Quyết định số" goes on, "chuyển đổi số" does not.
_OPEN_NUMBER = re.compile(
    r"(?:định|quyết|hoạch|văn|thị|trình|luận|án|báo|tư|dẫn|điện|luật|lệnh|lục|phiếu|thông tri|một|đa) số$"
)
#: Open words that end a longer one: "các đơn vị trực thuộc", "hằng tháng", "quan điểm".
_WHOLE = re.compile(
    r"(?:(?:trực|phụ|lệ) thuộc|(?:đạt|có|giành) được|(?:kèm|tiếp|tuân) theo|(?:hiện|tồn) tại|bên trong|đầu vào"
    r"|(?:nêu|như|ở|bên|cấp|lên) trên|(?:cấp|bên) dưới|(?:cuối|sau) cùng|(?:tự|lý) do"
    r"|(?:hằng|hàng|mỗi|từng|ba|sáu|chín|\d) (?:ngày|tháng)|(?:hằng|hàng|mỗi|từng|theo) quý|chi tiết"
    r"|(?:quan|địa|thời|trọng|thí|ưu|nhược|đặc|tiêu|luận|cao|chấm) điểm|(?:danh|chuyên|hạng|khoản|đề|thư) mục"
    r"|(?:thành|cổ|góp|học|một|phân|đa) phần|(?:huân|hiến|văn) chương|(?:tài|nguồn) khoản|(?:phong|giai) điều)$"
)
#: Characters that no line of a letterhead has.
_SEWN_LINE = 300
_LETTERHEAD = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ ?HỘI|[Tt]ự do {0,2}[-–]? {0,2}[Hh]ạnh phúc|ĐẢNG CỘNG SẢN VIỆT NAM|[A-ZÀ-Ỹ]Số ?: ?\d"
)
#: The blank before what begins a line of its own in a directive; it takes the place of the line break.
_LINE_BEGINS = re.compile(
    r" (?=Căn cứ [A-ZĐ]|Số ?: ?\d|Xét (?:đề nghị|Tờ trình)|Theo đề nghị|Kính gửi|Nơi nhận ?:|Điều \d{1,3}[.:] [A-ZĐ]"
    r"|(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|NGHỊ QUYẾT|KẾ HOẠCH|THÔNG TƯ|CHỈ THỊ|NGHỊ ĐỊNH|THÔNG BÁO)"
    r"(?: ?:|(?= [A-ZĐ]{2})))"
)
_ALIGNMENT = re.compile(r"\|?(?: {0,3}:?-{2,200}:? {0,3}\|){1,40}(?: {0,3}:?-{2,200}:? {0,3})?")
_CLOSERS = "\"')]} "
_END = ".;:!?"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. ``gap``: a blank line stands before it. ``text`` keeps tabs, but no outer spaces."""

    text: MappedText
    number: int
    gap: bool


def split_lines(text: MappedText, source: Source) -> list[Line]:
    """Lines of ``text`` that are not blank, with their line numbers in the original."""
    lines: list[Line] = []
    at, gap = 0, False
    for piece in _unsewn(text.text):
        if piece.strip():
            left = len(piece) - len(piece.lstrip(" "))
            right = len(piece.rstrip(" "))
            whole = text[at + left : at + right]
            first = len(whole.text) - len(whole.text.lstrip())
            lines.append(Line(whole, source.line(whole.starts[first]), gap))
            gap = False
        else:
            gap = True
        at += len(piece) + 1
    return lines


def _unsewn(text: str) -> Iterator[str]:
    """Pieces between line breaks; a line that holds letterhead and preamble of a PDF is cut where its lines began."""
    for piece in text.split("\n"):
        if len(piece) < _SEWN_LINE or not (_LETTERHEAD.search(piece) and _LINE_BEGINS.search(piece)):
            yield piece
            continue
        at = 0
        for m in _LINE_BEGINS.finditer(piece):
            yield piece[at : m.start()]
            at = m.end()
        yield piece[at:]


def drop_furniture(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[int, str]]]:
    """Lines without page numbers, rules and running heads, and a note for each number and head left out.

    A running head is a line that stands at least twice between the halves of a broken sentence.
    """
    heads = _running_heads(lines)
    kept: list[Line] = []
    notes: list[tuple[int, str]] = []
    gap = False
    for line in lines:
        text = line.text.text.strip()
        if (FURNITURE.fullmatch(text) and not is_alignment(text)) or text in heads:
            gap = True
            if any(c.isalnum() for c in text):
                notes.append((line.number, f"bỏ số trang hoặc đầu trang: {text[:60]}"))
            continue
        kept.append(Line(line.text, line.number, line.gap or gap) if gap else line)
        gap = False
    return kept, notes


def is_alignment(line: str) -> bool:
    """The rule under the header of a Markdown table: "|---|:--:|"."""
    return "|" in line and bool(_ALIGNMENT.fullmatch(line.strip()))


def join_lone_markers(lines: Sequence[Line]) -> list[Line]:
    """A number that stands alone in its line ("II", "2.1.", "a)") goes before the text under it."""
    joined: list[Line] = []
    for line in lines:
        m = LONE_MARKER.fullmatch(joined[-1].text.text.strip()) if joined and "\t" not in line.text.text else None
        if not m or LONE_MARKER.fullmatch(line.text.text) or line.text.text[0].islower():
            joined.append(line)
            continue
        number = joined[-1].text.strip()
        joined[-1] = Line(
            MappedText.join([number[: m.end("n")], line.text], m["end"] + " " if m["end"] else ". "),
            joined[-1].number,
            joined[-1].gap,
        )
    return joined


def take_footnotes(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Lines without footnotes ("[^1]: Theo …", "¹ Theo …"), which stand between the halves of a sentence; and these."""
    notes = [x for x in lines if FOOTNOTE.match(x.text.text)]
    return ([x for x in lines if not FOOTNOTE.match(x.text.text)] if notes else list(lines)), notes


def _running_heads(lines: Sequence[Line]) -> set[str]:
    repeated = {t for t, n in Counter(x.text.text.strip() for x in lines).items() if n > 1 and len(t) < 120}
    broken: Counter[str] = Counter()
    solid = [x.text.text.strip() for x in lines if not FURNITURE.fullmatch(x.text.text.strip())]
    for before, here, after in zip(solid, solid[1:], solid[2:], strict=False):
        if here in repeated and here[0].isalpha() and after[0].islower() and is_open(before) and "\t" not in here:
            broken[here] += 1
    return {t for t, n in broken.items() if n > 1}


def is_open(text: str) -> bool:
    """Whether a text does not end like a sentence or an item ("giao tại" yes, "giao;" no)."""
    text = text.rstrip(_CLOSERS)
    return not text or text[-1] not in _END


def is_hanging(text: str) -> bool:
    """Whether a text must go on: it ends with a comma, a hyphen, an open bracket or a word like "và", "của"."""
    text = text[-60:].rstrip()
    return not text or text[-1] in ",-(/&" or _ends_with(text, OPEN_WORDS)


def names_provision(text: str) -> bool:
    """Whether a number that follows belongs to the text: "… khoản" / "1. Điều 5"."""
    return bool(text.strip()) and (_ends_with(text[-60:], LEGAL_WORDS) or is_hanging(text))


def _ends_with(text: str, words: frozenset[str]) -> bool:
    """Whether one of ``words`` stands last, as a word of its own and no part of a longer one."""
    plain = text.strip("\"'(, ").lower()
    last = plain.rsplit(None, 1)[-1] if plain else ""
    return bool(_OPEN_NUMBER.search(plain)) or (last in words and not _WHOLE.search(plain))


def is_capitals(text: str) -> bool:
    """Whether a text has letters and all of them are capitals."""
    return text.isupper()


@dataclass(frozen=True, slots=True)
class Wrap:
    """How lines break. ``width``: 0 if a paragraph is one line; ``spaced``: blank lines part paragraphs."""

    width: int
    spaced: bool

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Wrap:
        """Measured on lines that certainly go on: the next one starts in lower case without a blank line between."""
        texts = [x for x in lines if "\t" not in x.text.text]
        pairs = list(pairwise(texts))
        broken = [len(a.text) for a, b in pairs if not b.gap and b.text.text[0].islower()]
        if len(broken) < 3 or len(broken) < 0.12 * len(texts):
            return cls(0, True)
        return cls(sorted(broken)[len(broken) * 3 // 4], sum(x.gap for x in texts) > 0.25 * (len(texts) - len(broken)))

    def is_full(self, line: str, following: str) -> bool:
        """Whether ``line`` was broken for want of room: the next word would not have fitted (or nearly not)."""
        if not self.width:
            return False
        word = following.split(None, 1)[0] if following else ""
        return len(line) + 1 + len(word) > 0.9 * self.width
