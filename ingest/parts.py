"""Lines → the parts of a directive: letterhead and title, preamble, body, recipients, signature, appendices.

The order of parts is not fixed: scans put the signature before or after the recipients, or after the appendices.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.text import fold
from ingest.lines import Line, Wrap, is_hanging, is_open, names_provision
from ingest.markers import Marker, find_markers
from ingest.part_words import (
    ADDRESSEE,
    ADOPTION,
    APPENDIX,
    AS_FOLLOWS,
    ATTACHED,
    HASHES,
    LISTS,
    NAME,
    OFFICE,
    OPENER,
    POWER,
    RECIPIENTS,
    type_word,
)
from ingest.runs import columns, plain, row_flags
from ingest.structure import Part
from ingest.text import MappedText
from ingest.two_columns import flatten_head, without_end_rows

_HEAD_LIMIT = 80
#: Kinds of numbering that head a body.
_HIGH = ("roman", "phan", "chuong", "dieu", "capital")


@dataclass(slots=True)
class Stretch:
    """Lines of one part before they are read; ``title`` and ``name`` as in structure.Section."""

    part: Part
    lines: list[Line] = field(default_factory=list)
    flags: list[bool] = field(default_factory=list)
    name: str | None = None
    title: list[MappedText] = field(default_factory=list)


def find_parts(lines: Sequence[Line], wrap: Wrap) -> tuple[list[Stretch], list[tuple[int, str]]]:
    """Every line in exactly one stretch, in reading order; notes where a line stood where no part belongs."""
    return _Parts(flatten_head(lines), wrap).read()


class _Parts:
    def __init__(self, lines: list[Line], wrap: Wrap) -> None:
        self.lines = lines
        self.flags = without_end_rows(lines, row_flags(lines))
        self.wrap = wrap
        self.at = 0
        self.stretches: list[Stretch] = []
        self.notes: list[tuple[int, str]] = []

    def read(self) -> tuple[list[Stretch], list[tuple[int, str]]]:
        self._head()
        self._preamble()
        self._rest()
        return [s for s in self.stretches if s.lines or s.title or s.name], self.notes

    def _text(self, at: int) -> str:
        return self._plain(at).text if 0 <= at < len(self.lines) else ""

    def _plain(self, at: int) -> MappedText:
        """A line without outer spaces and without the hashes of a Markdown heading."""
        line = self.lines[at].text.strip()
        return line[len(line.text) - len(HASHES.sub("", line.text)) :] if line.text.startswith("#") else line

    def _take(self, stretch: Stretch, end: int) -> None:
        stretch.lines.extend(self.lines[self.at : end])
        stretch.flags.extend(self.flags[self.at : end])
        self.at = end

    # --- head

    def _head(self) -> None:
        head = Stretch(Part.HEAD)
        end = 0
        for at in range(min(len(self.lines), _HEAD_LIMIT)):
            text = self._text(at)
            if ADDRESSEE.match(text) or text.startswith("Căn cứ") or self._begins_body(at):
                end = at
                head.title = self._subject(at)
                break
            if length := type_word(text):
                end = self._title(at, length, head)
                break
        self._take(head, end)
        self.stretches.append(head)

    def _begins_body(self, at: int) -> bool:
        text = self._text(at)
        return any(m.value == 1 and m.kind in _HIGH for m in find_markers(text))

    def _subject(self, end: int) -> list[MappedText]:
        """The "V/v …" lines of an official letter."""
        for at in range(end):
            line = self._plain(at)
            found = re.match(r"(?:V ?/ ?v|Về việc|V/V)\b[.:]? {0,3}", line.text)
            if not found:
                continue
            title = [line[found.end() :]]
            while (at := at + 1) < end and (is_hanging(title[-1].text) or self._text(at)[0].islower()):
                title.append(self._plain(at))
            return [t for t in title if t]
        return []

    def _title(self, at: int, length: int, head: Stretch) -> int:
        """End of the head whose type word stands in line ``at``; fills in the title."""
        rest = self._plain(at)[length:].strip(" .:-")
        title = [rest] if rest else []
        at += 1
        while at < min(len(self.lines), _HEAD_LIMIT) and not self._ends_title(at, title):
            line = self._plain(at)
            if not self._is_issuer(line.text) and not ATTACHED.match(line.text):
                title.append(line)
            at += 1
        head.title = title
        return at

    def _ends_title(self, at: int, title: list[MappedText]) -> bool:
        line, text = self.lines[at], self._text(at)
        if self.flags[at] or text.startswith("Căn cứ") or ADDRESSEE.match(text) or fold(text) in ADOPTION:
            return True
        if any(not m.bullet for m in find_markers(text)) and not (title and is_hanging(title[-1].text)):
            return True
        if not title or (title[0].text.isupper() and len(title) == 1 and len(title[0]) < 25 and not text.isupper()):
            return text[-1] in ";:" or (len(text) > 350 and bool(re.search("ban hành|như sau", text)))
        if text[0].islower() or text.isupper() or is_hanging(title[-1].text) or text.startswith("("):
            return False
        if OPENER.match(text) or not is_open(text) or find_markers(text):
            return True
        return bool(self.wrap.width) if line.gap else False

    def _is_issuer(self, text: str) -> bool:
        """The line under the title that names who decides: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", "KHÓA X, KỲ HỌP THỨ 5"."""
        start = fold(text)
        bodies = ("uy ban nhan dan", "hoi dong nhan dan", "chinh phu", "quoc hoi", "khoa ", "ky hop", "ban thuong vu")
        return text.isupper() and (bool(OFFICE.match(start)) or start.startswith(bodies))

    # --- preamble

    def _preamble(self) -> None:
        start, end = self.at, self.at
        last_opener = start - 1
        while end < len(self.lines) and not self._stops_preamble(end, start):
            text = self._text(end)
            if OPENER.match(text) or ADDRESSEE.match(text) or (end == last_opener + 1 and self._goes_on(end)):
                last_opener = end
            end += 1
            if fold(text) in ADOPTION or (text.endswith(":") and AS_FOLLOWS.search(self._sentence(end))):
                last_opener = end - 1
                break
        if end > start and self._text(end - 1).endswith(":"):
            last_opener = end - 1
        stretch = Stretch(Part.PREAMBLE)
        self._take(stretch, last_opener + 1)
        self.stretches.append(stretch)

    def _sentence(self, end: int) -> str:
        """The lines before ``end`` that make one sentence with the last of them, at most four."""
        start = end - 1
        while start > max(0, end - 4) and is_open(self._text(start - 1)) and not self.lines[start].gap:
            start -= 1
        return " ".join(map(self._text, range(start, end)))

    def _goes_on(self, at: int) -> bool:
        text, before = self._text(at), self._text(at - 1)
        if text[0] in "-•" or text[0].islower() or is_hanging(before):
            return True
        return is_open(before) and not self.lines[at].gap

    def _stops_preamble(self, at: int, start: int) -> bool:
        text, before = self._text(at), self._text(at - 1)
        if self.lines[at].text.text.startswith("#") and fold(text) not in ADOPTION and not ADDRESSEE.match(text):
            return True
        if self.flags[at] or RECIPIENTS.match(text) or self._signs(at) or self._heads_appendix(at):
            return True
        markers = [m for m in find_markers(text) if not m.bullet]
        if any(_opens_body(m, text) for m in markers):
            return True
        if not markers or (at > start and is_open(before) and names_provision(before)):
            return False
        return at == start or not is_open(before) or self.lines[at].gap or any(m.value == 1 for m in markers)

    # --- body, recipients, signature, appendices

    def _rest(self) -> None:
        current = Stretch(Part.BODY)
        self.stretches.append(current)
        while self.at < len(self.lines):
            if repeated := self._repeated_title(current):
                dropped = self.lines[self.at : self.at + repeated]
                self.notes.extend((x.number, "tên phụ lục lặp lại ở đầu trang, bỏ") for x in dropped)
                self.at += repeated
                continue
            started = None if self.flags[self.at] else self._starts(current)
            if started:
                current = started
                self.stretches.append(current)
            if self.at < len(self.lines) and (not started or started.part is not Part.APPENDIX):
                current = self._add_line(current)

    def _add_line(self, current: Stretch) -> Stretch:
        """One line to the current part; a two-column line of recipients and signature goes to both."""
        if current.part is Part.RECIPIENTS:
            if NAME.fullmatch(self._text(self.at)) and current.lines and not is_hanging(current.lines[-1].text.text):
                self._right_column(current, [self.lines[self.at]])
                self.at += 1
                return current
            parts = columns(self.lines[self.at])
            current.lines.append(parts[0])
            current.flags.append(False)
            if len(parts) > 1:
                self._right_column(current, parts[1:])
            self.at += 1
        elif current.part is Part.SIGNATURE:
            current.lines.extend(columns(self.lines[self.at]))
            self.at += 1
        else:
            self._take(current, self.at + 1)
        return current

    def _right_column(self, current: Stretch, lines: list[Line]) -> None:
        at = self.stretches.index(current)
        if at + 1 == len(self.stretches):
            self.stretches.append(Stretch(Part.SIGNATURE))
        self.stretches[at + 1].lines.extend(lines)
        self.stretches[at + 1].flags.extend([False] * len(lines))

    def _starts(self, current: Stretch) -> Stretch | None:
        """The new part that begins at this line, its heading already consumed; None if the current one goes on."""
        text = self._text(self.at)
        ended = current.part in (Part.RECIPIENTS, Part.SIGNATURE)
        if self._heads_appendix(self.at) and (ended or self._is_heading(self.at)):
            return self._appendix()
        if self._heads_attachment(self.at, ended):
            return self._attachment()
        if RECIPIENTS.match(text):
            return None if current.part is Part.RECIPIENTS else Stretch(Part.RECIPIENTS)
        if current.part is not Part.SIGNATURE and self._signs(self.at, ended):
            return Stretch(Part.SIGNATURE)
        if ended and self._is_prose(text, current):
            self.notes.append((self.lines[self.at].number, "phần sau chữ ký được đọc là nội dung"))
            return Stretch(Part.BODY)
        return None

    def _is_prose(self, text: str, current: Stretch) -> bool:
        markers = [m for m in find_markers(text) if not m.bullet]
        if any(m.kind in ("roman", "dieu", "phan", "chuong") and not m.weak for m in markers):
            return True
        return current.part is Part.SIGNATURE and (len(text) > 120 or bool(markers))

    def _signs(self, at: int, ended: bool = False) -> bool:
        """Whether a signature begins: a power ("TM.", "KT."), or an office in capitals with a name near it."""
        text = self._text(at)
        if len(text) > 100 or not text[:24].isupper():
            return False
        if POWER.match(text) or (text.isupper() and POWER.match(self._text(at + 1)) and not find_markers(text)):
            return True
        if not text.isupper() or not OFFICE.match(fold(text)):
            return False
        return ended or any(self._closes(i) for i in range(at + 1, min(at + 6, len(self.lines) + 1)))

    def _closes(self, at: int) -> bool:
        text = self._text(at)
        return at >= len(self.lines) or bool(RECIPIENTS.match(text) or (NAME.fullmatch(text) and not text.isupper()))

    def _is_heading(self, at: int) -> bool:
        before = self._text(at - 1)
        return self.flags[at - 1] or self._text(at)[:8].isupper() or self.lines[at].gap or not is_open(before)

    def _heads_appendix(self, at: int) -> bool:
        text = self._text(at)
        if m := APPENDIX.match(text):
            rest = m["rest"].strip(" .:-()")
            if not rest:
                return True
            if text.startswith(("PL", "Phụ")):
                return (
                    m["rest"].lstrip()[:1] in (".", ":", "-")
                    and bool(m["n"])
                    and rest[:1].isupper()
                    and len(rest) < 200
                )
            return rest[:30].isupper() or m["rest"].lstrip()[:1] in (".", ":", "-", "(")
        return bool(LISTS.match(text)) and text.isupper() and self._attached_near(at)

    def _heads_attachment(self, at: int, ended: bool) -> bool:
        text = self._text(at)
        if (
            not type_word(text)
            or not text.split(None, 1)[0].isupper()
            or len(text) > 300
            or fold(text) in ("quyet dinh",)
        ):
            return False
        return self._attached_near(at) or (ended and text.isupper() and not _is_signer(text))

    def _attached_near(self, at: int) -> bool:
        for i in range(at + 1, min(at + 9, len(self.lines))):
            if ATTACHED.match(self._text(i)):
                return True
            if self.flags[i] or any(not m.bullet for m in find_markers(self._text(i))):
                return False
        return False

    def _repeated_title(self, current: Stretch) -> int:
        """How many lines here only repeat the name of the current appendix at the head of a page."""
        if current.part is not Part.APPENDIX or self.flags[self.at] or not any(current.flags[-40:]):
            return 0
        m = APPENDIX.match(self._text(self.at))
        if not m or current.name != (f"PL {m['n']}" if m["n"] else "PL"):
            return 0
        end, titles = self.at + 1, {t.text for t in current.title}
        while end < len(self.lines) and self._text(end) in titles:
            end += 1
        whole = end > self.at + 1 or not m["rest"].strip(" .:-") or "tiếp theo" in m["rest"].lower()
        return end - self.at if whole and end < len(self.lines) and self.flags[end] else 0

    def _appendix(self) -> Stretch:
        line = self._plain(self.at)
        m = APPENDIX.match(line.text)
        stretch = Stretch(Part.APPENDIX, name="PL")
        if m:
            stretch.name = f"PL {m['n']}" if m["n"] else "PL"
            rest = line[m.start("rest") :].strip(" .:-")
            if rest and not ATTACHED.match(rest.text):
                stretch.title.append(rest)
            elif rest:
                stretch.lines.append(Line(rest, self.lines[self.at].number, True))
                stretch.flags.append(False)
        else:
            stretch.title.append(line)
        self.at += 1
        return self._titled(stretch)

    def _attachment(self) -> Stretch:
        stretch = Stretch(Part.APPENDIX)
        stretch.title.append(self._plain(self.at))
        self.at += 1
        self._titled(stretch)
        stretch.name = MappedText.join(stretch.title).text
        return stretch

    def _titled(self, stretch: Stretch) -> Stretch:
        """Title lines go to the title; "(Kèm theo …)" becomes the first paragraph of the appendix."""
        attached = False
        while self.at < len(self.lines) and not self._ends_appendix_title(stretch, attached):
            line = self.lines[self.at]
            if attached and not line.text.text.isupper():
                stretch.lines.append(plain(line))
                stretch.flags.append(False)
                attached = not line.text.text.rstrip().endswith(")")
            elif ATTACHED.match(self._text(self.at)):
                stretch.lines.append(plain(line))
                stretch.flags.append(False)
                attached = not line.text.text.rstrip().endswith(")") and self._text(self.at).startswith("(")
            else:
                stretch.title.append(line.text.strip())
            self.at += 1
        return stretch

    def _ends_appendix_title(self, stretch: Stretch, attached: bool) -> bool:
        line, text = self.lines[self.at], self._text(self.at)
        if (
            self.flags[self.at]
            or len(stretch.title) > 8
            or (not attached and bool(APPENDIX.match(text)) and self._heads_appendix(self.at))
        ):
            return True
        if attached or ATTACHED.match(text):
            return False
        if any(m for m in find_markers(text)) or (OPENER.match(text) and bool(stretch.title)):
            return True
        if text.isupper() or (
            stretch.title and not stretch.lines and (text[0].islower() or is_hanging(stretch.title[-1].text))
        ):
            return False
        return bool(stretch.lines) or len(text) > 250 or not is_open(text) or bool(stretch.title and line.gap)


def _opens_body(marker: Marker, text: str) -> bool:
    """ "I. MỤC TIÊU" opens the body, whatever stands before it."""
    return marker.value == 1 and marker.kind in _HIGH and not marker.weak and text[marker.start :].isupper()


def _is_signer(text: str) -> bool:
    return bool(OFFICE.match(fold(text)))
