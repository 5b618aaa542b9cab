"""Lines → the parts of a directive: letterhead and title, preamble, body, recipients, signature, appendices.

The order of parts is not fixed: scans put the signature before or after the recipients, or after the appendices.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.text import fold
from ingest.lines import Line, Wrap, is_hanging, is_open, names_provision
from ingest.markers import find_markers
from ingest.runs import columns, plain, row_flags
from ingest.structure import Part
from ingest.text import MappedText

#: Folded type words as they stand in a title, longest first.
_TYPES = (
    "ke hoach|quyet dinh|nghi quyet|chi thi|chuong trinh|de an|thong bao|ket luan|huong dan|to trinh|bao cao|"
    "cong dien|thong tu lien tich|thong tu|nghi dinh|luat|bo luat|phap lenh|lenh|quy che|quy dinh|du an|phuong an|"
    "cong van|chuong trinh hanh dong|ke hoach hanh dong|thong bao ket luan|thong tri|loi keu goi|dieu le|"
    "chien luoc|quy hoach|giay moi|quy che phoi hop|chuong trinh phoi hop|bien ban|danh sach|bo tieu chi|"
    "bo chi so|noi quy|de cuong"
)
TYPE_WORDS = tuple(sorted(_TYPES.split("|"), key=len, reverse=True))
_OFFICES = (
    "chu tich|pho chu tich|bi thu|pho bi thu|giam doc|pho giam doc|truong ban|pho truong ban|bo truong|"
    "thu truong|thu tuong|pho thu tuong|chanh van phong|pho chanh van phong|truong phong|pho truong phong|"
    "tong giam doc|chu nhiem|pho chu nhiem|vien truong|chanh an|tong bi thu|uy vien|hieu truong|cuc truong|"
    "vu truong|tong cuc truong|truong doan|thong doc|tong thanh tra|tong kiem toan|chanh thanh tra|to truong|"
    "thuong truc"
)
_OFFICE = re.compile(rf"(?:quyen )?(?:{_OFFICES})\b")
_POWER = re.compile(r"(?:T ?[./]? ?M|K ?[./]? ?T|T ?[./]? ?L|T ?[./]? ?U ?[./]? ?Q|Q)(?:[./] {0,2}| )(?=[^\W\d_]{2})")
_RECIPIENTS = re.compile(r"(?:[-•] ?)?N[ơoƠO]i nh[ậâaẬÂ]n ?(?:[:;.]|$)", re.IGNORECASE)
_ADDRESSEE = re.compile(r"(?:Kính|KÍNH) (?:gửi|GỬI|gởi)\b")
_OPENER = re.compile(
    r"(?:- {0,2})?(?:Căn cứ|Thực hiện|Theo |Xét |Trên cơ sở|Tiếp tục|Tiếp theo|Thi hành|Quán triệt|Phúc đáp|Triển khai|"
    r"Để |Nhằm |Sau khi|Ngày \d|Thừa |Trong thời gian|Thời gian qua|Trong những năm|Vừa qua|"
    r"Ban Thường vụ .{0,60} ban hành)"
)
_ADOPTION = frozenset(
    {"quyet dinh", "quyet nghi", "nay quyet dinh", "yeu cau", "chi thi", "nghi quyet", "ra nghi quyet"}
)
_AS_FOLLOWS = re.compile(r"(?:như sau|sau đây|dưới đây|cụ thể|nội dung sau|nhiệm vụ sau|việc sau|sau)[^:]{0,30}:$")
_APPENDIX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục|PHỤ LUC|PHU LUC|PL)\b(?: (?:SỐ|số))?"
    r"(?: ?(?P<n>[IVXLC]{1,7}|\d{1,3}(?:\.\d{1,2})?[A-Za-z]?|[A-H])\b)?"
    r"(?P<rest>.{0,400})"
)
_ATTACHED = re.compile(r"\(? ?(?:Ban hành |Được |Đính )?[Kk]èm theo|\((?:Phê duyệt|Ban hành) ")
_LISTS = re.compile(r"(?:DANH MỤC|BẢNG|BIỂU|MẪU|KHUNG)\b")
_NAME = re.compile(r"(?:[A-ZĐ][^\W\d_A-ZĐ]{1,7}|[^\W\d_a-z][^\W\d_]{0,7})(?: [^\W\d_a-z][^\W\d_]{0,7}){1,4}")
_HASHES = re.compile(r"^#{1,6}[ \t]{1,4}")
_HEAD_LIMIT = 80


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
    return _Parts(_flatten_head(lines), wrap).read()


def type_word(text: str) -> int:
    """Length of the type word a title begins with, in characters of ``text``; 0 if none ("KẾ HOẠCH hành động": 8)."""
    if not text[:2].isupper() and len(text) > 40:
        return 0
    folded = fold(text[:60])
    for word in TYPE_WORDS:
        if folded == word or folded.startswith(word + " "):
            words = text.split(None, word.count(" ") + 1)[: word.count(" ") + 1]
            end = text.find(words[-1]) + len(words[-1])
            upper = "".join(words).strip(".:").isupper()
            return end if upper or (folded == word and len(text) < 40) else 0
    return 0


class _Parts:
    def __init__(self, lines: list[Line], wrap: Wrap) -> None:
        self.lines = lines
        self.flags = _without_end_rows(lines, row_flags(lines))
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
        return line[len(line.text) - len(_HASHES.sub("", line.text)) :] if line.text.startswith("#") else line

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
            if _ADDRESSEE.match(text) or text.startswith("Căn cứ") or (at and self._begins_body(at)):
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
        return any(
            m.value == 1 and m.kind in ("roman", "phan", "chuong", "dieu", "capital") for m in find_markers(text)
        )

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
            if not self._is_issuer(line.text) and not _ATTACHED.match(line.text):
                title.append(line)
            at += 1
        head.title = title
        return at

    def _ends_title(self, at: int, title: list[MappedText]) -> bool:
        line, text = self.lines[at], self._text(at)
        if self.flags[at] or text.startswith("Căn cứ") or _ADDRESSEE.match(text) or fold(text) in _ADOPTION:
            return True
        if any(not m.bullet for m in find_markers(text)) and not (title and is_hanging(title[-1].text)):
            return True
        if not title:
            return text[-1] in ";:" or (len(text) > 350 and bool(re.search("ban hành|như sau", text)))
        if text[0].islower() or text.isupper() or is_hanging(title[-1].text) or text.startswith("("):
            return False
        if _OPENER.match(text) or not is_open(text) or find_markers(text):
            return True
        return bool(self.wrap.width) if line.gap else False

    def _is_issuer(self, text: str) -> bool:
        """The line under the title that names who decides: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", "KHÓA X, KỲ HỌP THỨ 5"."""
        start = fold(text)
        bodies = ("uy ban nhan dan", "hoi dong nhan dan", "chinh phu", "quoc hoi", "khoa ", "ky hop", "ban thuong vu")
        return text.isupper() and (bool(_OFFICE.match(start)) or start.startswith(bodies))

    # --- preamble

    def _preamble(self) -> None:
        start, end = self.at, self.at
        last_opener = start - 1
        while end < len(self.lines) and not self._stops_preamble(end, start):
            text = self._text(end)
            if _OPENER.match(text) or _ADDRESSEE.match(text) or (end == last_opener + 1 and self._goes_on(end)):
                last_opener = end
            end += 1
            if fold(text) in _ADOPTION or _AS_FOLLOWS.search(text):
                last_opener = end - 1
                break
        if end > start and self._text(end - 1).endswith(":"):
            last_opener = end - 1
        stretch = Stretch(Part.PREAMBLE)
        self._take(stretch, last_opener + 1)
        self.stretches.append(stretch)

    def _goes_on(self, at: int) -> bool:
        text, before = self._text(at), self._text(at - 1)
        if text[0] in "-•" or text[0].islower() or is_hanging(before):
            return True
        return is_open(before) and not self.lines[at].gap

    def _stops_preamble(self, at: int, start: int) -> bool:
        text, before = self._text(at), self._text(at - 1)
        if self.lines[at].text.text.startswith("#") and fold(text) not in _ADOPTION and not _ADDRESSEE.match(text):
            return True
        if self.flags[at] or _RECIPIENTS.match(text) or self._signs(at) or self._heads_appendix(at):
            return True
        markers = [m for m in find_markers(text) if not m.bullet]
        if not markers or (at > start and is_open(before) and names_provision(before)):
            return False
        return at == start or not is_open(before) or self.lines[at].gap or any(m.value == 1 for m in markers)

    # --- body, recipients, signature, appendices

    def _rest(self) -> None:
        current = Stretch(Part.BODY)
        self.stretches.append(current)
        while self.at < len(self.lines):
            started = None if self.flags[self.at] else self._starts(current)
            if started:
                current = started
                self.stretches.append(current)
            if self.at < len(self.lines) and (not started or started.part is not Part.APPENDIX):
                current = self._add_line(current)

    def _add_line(self, current: Stretch) -> Stretch:
        """One line to the current part; a two-column line of recipients and signature goes to both."""
        if current.part is Part.RECIPIENTS:
            if _NAME.fullmatch(self._text(self.at)) and current.lines and not is_hanging(current.lines[-1].text.text):
                self._right_column(current, [self.lines[self.at]])
                self.at += 1
                return current
            parts = columns(self.lines[self.at])
            current.lines.append(parts[0])
            current.flags.append(False)
            if len(parts) > 1:
                self._right_column(current, parts[1:])
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
        if _RECIPIENTS.match(text):
            return None if current.part is Part.RECIPIENTS else Stretch(Part.RECIPIENTS)
        if current.part is not Part.SIGNATURE and self._signs(self.at, ended):
            return Stretch(Part.SIGNATURE)
        if ended and self._is_prose(text, current):
            self.notes.append((self.lines[self.at].number, "text after the signature read as body"))
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
        if _POWER.match(text):
            return True
        if not text.isupper() or not _OFFICE.match(fold(text)):
            return False
        return ended or any(self._closes(i) for i in range(at + 1, min(at + 6, len(self.lines) + 1)))

    def _closes(self, at: int) -> bool:
        text = self._text(at)
        return at >= len(self.lines) or bool(_RECIPIENTS.match(text) or (_NAME.fullmatch(text) and not text.isupper()))

    def _is_heading(self, at: int) -> bool:
        before = self._text(at - 1)
        return self._text(at)[:8].isupper() or self.lines[at].gap or not is_open(before)

    def _heads_appendix(self, at: int) -> bool:
        text = self._text(at)
        if m := _APPENDIX.match(text):
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
        return bool(_LISTS.match(text)) and text.isupper() and self._attached_near(at)

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
            if _ATTACHED.match(self._text(i)):
                return True
            if self.flags[i] or any(not m.bullet for m in find_markers(self._text(i))):
                return False
        return False

    def _appendix(self) -> Stretch:
        line = self._plain(self.at)
        m = _APPENDIX.match(line.text)
        stretch = Stretch(Part.APPENDIX, name="PL")
        if m:
            stretch.name = f"PL {m['n']}" if m["n"] else "PL"
            rest = line[m.start("rest") :].strip(" .:-")
            if rest and not _ATTACHED.match(rest.text):
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
            elif _ATTACHED.match(self._text(self.at)):
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
            or (not attached and bool(_APPENDIX.match(text)) and self._heads_appendix(self.at))
        ):
            return True
        if attached or _ATTACHED.match(text):
            return False
        if any(m for m in find_markers(text)) or (_OPENER.match(text) and bool(stretch.title)):
            return True
        if text.isupper() or (
            stretch.title and not stretch.lines and (text[0].islower() or is_hanging(stretch.title[-1].text))
        ):
            return False
        return bool(stretch.lines) or len(text) > 250 or not is_open(text) or bool(stretch.title and line.gap)


def _is_signer(text: str) -> bool:
    return bool(_OFFICE.match(fold(text)))


def _flatten_head(lines: Sequence[Line]) -> list[Line]:
    """A two-column letterhead (tabs, pipes, wide gaps) as one line for each column."""
    flat: list[Line] = []
    in_head = True
    for at, line in enumerate(lines):
        text = _HASHES.sub("", line.text.text.strip())
        in_head = in_head and at < 25 and not text.startswith("Căn cứ") and not type_word(text)
        in_head = in_head and not _is_body_line(line, text)
        flat.extend(columns(line) if in_head or (at < 25 and type_word(text) and "|" in text) else [line])
    return flat


def _is_body_line(line: Line, text: str) -> bool:
    numbered = any(not m.bullet and m.kind != "decimal2" for m in find_markers(text))
    return numbered or len(columns(line)) > 3


def _without_end_rows(lines: Sequence[Line], flags: list[bool]) -> list[bool]:
    """Recipients and signature set as a table of two columns are no table."""
    at = 0
    while at < len(flags):
        if flags[at] and any(_is_end_cell(c.text.text) for c in columns(lines[at])[:4]):
            while at < len(flags) and flags[at] and len(columns(lines[at])) < 4:
                flags[at] = False
                at += 1
        at += 1
    return flags


def _is_end_cell(text: str) -> bool:
    return bool(_RECIPIENTS.match(text)) or (bool(_POWER.match(text)) and text[:24].isupper() and len(text) < 100)
