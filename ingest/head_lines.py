"""Lines → the head of a directive: letterhead, the type word over the title, the title, what comes before the outline.

Two columns come out of a scan in any order and cut anywhere; so the motto is taken out first, and what stands over the
title is read as one text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.flat import flat
from ingest.lines import Line, is_hanging
from ingest.pages import headline
from ingest.text import MappedText
from ingest.type_words import ANY_TYPE

_HEAD_LINES = 70
_TYPE_LINE = re.compile(
    rf"(?:du thao )?(?:bo )?(?P<word>{ANY_TYPE}|lenh)(?P<more> lien tich| lien nganh| hanh dong| ket luan| cong tac|"
    rf" phoi hop| to chuc)?(?P<rest>(?: .*)?)$"
)
_NO_TITLE = re.compile(r" (?:va dau tu|su |so ?:)|.{0,30}:$")
_MOTTO = re.compile(
    r"cong {1,3}hoa {1,3}xa {0,3}hoi {1,3}chu {1,3}nghia {1,3}viet {1,3}nam|"
    r"doc {1,3}lap {0,3}[-–.]? {0,3}tu {1,3}do {0,3}[-–.]? {0,3}hanh {1,3}phuc|"
    r"dang {1,3}cong {1,3}san {1,3}viet {1,3}nam"
)
_NUMBER_LINE = re.compile(r"so ?:? {0,3}[\d._… ]{1,20}[-/] ?[a-z\d]")
#: "BAN CHẤP HÀNHSố: 367 - QĐ/TWĐTN": a line of the letterhead that lost its end.
_GLUED = re.compile(r"[A-ZÀ-Ỹ .,*\-]{5,80}Số ?: ?\d{1,5} ?[-/]")
_PLACE_LINE = re.compile(r"(?:^|[|\t]|  )[^.;:,|\t]{2,40}, {0,2}ngay[ ._…\d]{1,12}thang")
_LETTER = re.compile(r"(?:v/v|v/ v|ve viec|\(v/v)[ :]{0,3}")
_ADDRESS = re.compile(r"[-+* ]{0,3}kinh gui")
_DRAFT = re.compile(r"(?<![a-z])du thao(?![a-z])")
PREAMBLE_WORDS = re.compile(
    r"[-+* ]{0,4}(?:can cu|thuc hien|trien khai|theo |xet |tren co so|de (?:trien khai|thuc hien|tiep tuc|"
    r"cu the|bao dam)|nham |tiep tuc|thi hanh|kinh gui|"
    r"ngay \d|ngay,|trong (?:thoi gian|nhung nam)|sau khi|vua qua|hien nay|qua \d|tai (?:ke hoach|cong van|"
    r"quyet dinh|van ban|phien)|dieu 1|[i1][.\-/)]|phan |chuong |a[.)] |-----)"
)
_AUTHORITY = re.compile(
    r"(?:chu tich|uy ban nhan dan|hoi dong nhan dan|hoi dong|chinh phu|thu tuong chinh phu|(?:bo|thu) truong|"
    r"quoc hoi|uy ban thuong vu quoc hoi|"
    r"giam doc|ban thuong vu|ban chap hanh|thong doc|tong giam doc|cuc truong|truong ban|bo chinh tri|"
    r"ban bi thu|chanh an|vien truong|tong kiem toan|chanh van phong|chanh thanh tra|uy ban)(?![a-z])"
)
_OUTLINE = re.compile(r"(?:i|1|a|phan (?:thu nhat|i|1|mot)|chuong i|dieu 1|muc 1)[.\-:/) ]")
_BODY_HEAD = re.compile(
    r"(?:uy ban|ubnd|hoi dong|hdnd|tinh uy|thanh uy|huyen uy|quan uy|thi uy|dang uy|dang bo|ban |bo |so |"
    r"van phong|cuc |chi cuc|tong cuc|tong |vu |vien |hoc vien|truong |"
    r"trung tam|phong |cong an|bo chi huy|thanh tra|toa an|ngan hang|bao hiem|kho bac|hoi |lien doan|doan |"
    r"trung uong|chinh phu|quoc hoi|thu tuong|chu tich|to |tieu ban|mat tran|kiem toan|lien hiep|chi bo)"
)
_NOT_NAME = re.compile(
    r"(?:so|luat so|nghi quyet so)(?![a-z])|.*\bngay\b|.*(?:hoa toc|khan|mat|du thao|v/v)$|[^a-z]{0,40}$|v/v|"
    r"ve viec|\d{1,5} ?[-/]|[-/ ]{0,3}[a-z]{1,5} ?[-/] ?[a-z]{1,8}$"
)
_IN_PROVINCE = re.compile(r"(?<=[a-z])(?<!phuong)(?<!xa)(?<!khu)[ ,]{1,3}(?=(?:tinh|thanh pho|tp\.?) [a-z])")
_NUMBER_TAIL = re.compile(r"\bso ?[:.]? {0,3}(?:[\d._… ]{0,12})?[-/].*$|\bso ?: ?\d.*$")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a text. ``text``: its lines joined by line breaks; ``type_at``: where its type word or title stands.

    ``body_lines``: the letterhead's last body; ``parent_lines``: the ones over it. ``preamble``: from the title to the
    outline. ``sample``: the beginning of the text. ``start``, ``end``: the lines of type word and title. ``page``:
    there is no letterhead, so the text is a page of a portal or a cut scan.
    """

    text: MappedText
    type_at: int
    type_word: str | None
    type_line: str
    title: str | None
    letter: bool
    letterhead: str
    body_lines: tuple[str, ...]
    parent_lines: tuple[str, ...]
    marked_draft: bool
    date_below: bool
    preamble: str
    sample: str
    start: int
    end: int
    page: bool = False


def squeeze(text: str) -> str:
    """Runs of blanks as one."""
    return re.sub(r"\s{1,80}", " ", text)


def find_head(lines: Sequence[Line]) -> Head:
    """Head of the text; without a type word (a letter, a cut scan) ``type_word`` is None."""
    top = lines[:_HEAD_LINES]
    at, word, rest = _type_line(top)
    letter = at is None and any(map(_is_of_letter, top))
    printed = _letterhead_end(top)
    page = at is None and not letter and printed == 0
    if at is not None:
        title, end, below = _title(top, at, rest)
    elif page:
        at, word, title = headline(top)
        end, below = 0 if at is None else at + 1, False
    else:
        title, end = _letter_title(top) if letter else _untyped_title(top, printed)
        below = False
    head_end = max(end, 1) if word or letter or printed else min(len(top), 25)
    above = top[: head_end if at is None else at]
    letterhead = _without_motto("\n".join(_pieces(x.text.text) for x in above))
    bodies = _bodies(letterhead)
    text = MappedText.join((x.text for x in top[:head_end]), "\n")
    start = at if at is not None else _subject_line(top, end) if letter else printed
    titled = at is not None or (title and not letter)
    return Head(
        text=text, type_at=min(sum(len(x.text) + 1 for x in top[:start]), len(text)) if titled else len(text),
        type_word=word, type_line=_type_words(top, at), title=title or None, letter=letter, letterhead=letterhead,
        body_lines=tuple(bodies[-1:]), parent_lines=tuple(bodies[:-1]), date_below=below,
        marked_draft=any(map(_marks_draft, top[:head_end])), preamble=_preamble(lines, end),
        sample="\n".join(x.text.text for x in lines[:120])[:12000], start=start, end=end, page=page,
    )  # fmt: skip


def _is_of_letter(line: Line) -> bool:
    plain = flat(_clean(line))
    return _LETTER.match(plain) is not None or _ADDRESS.match(plain) is not None


def _marks_draft(line: Line) -> bool:
    return len(line.text) < 40 and _DRAFT.search(flat(line.text.text)) is not None


def _clean(line: Line) -> str:
    return line.text.text.strip(" *#|_>\t")


def _pieces(text: str) -> str:
    return re.sub(r"[\t|]| {3,60}", "\n", text.replace("*", " "))


def _type_line(top: Sequence[Line]) -> tuple[int | None, str | None, str]:
    for i, line in enumerate(top):
        text = _clean(line)
        plain = flat(text)
        if _ADDRESS.match(plain):
            break
        m = _TYPE_LINE.match(plain)
        if not m or _NO_TITLE.match(m["rest"]) or plain.endswith(":") or _corrects(top, i):
            continue
        rest = text[m.start("rest") :].strip()
        if rest and not (text.isupper() or _mostly_upper(text)):
            continue
        if len(text) > 200 or m["word"] == "van ban":
            continue
        if m["more"] and m["more"] in (" ket luan",) and not rest and i + 1 < len(top):
            return i, m["word"], "Kết luận"
        kept = text[m.start("more") :].strip() if m["more"] and rest else rest
        return i, m["word"] if m["word"] != "lenh" else "quyet dinh", kept
    return None, None, ""


def _corrects(top: Sequence[Line], at: int) -> bool:
    """ "ĐÍNH CHÍNH" / "THÔNG TƯ SỐ 35/2010/TT-BTNMT": the type word is that of what is corrected."""
    return at > 0 and flat(_clean(top[at - 1])) == "dinh chinh"


def _type_words(top: Sequence[Line], at: int | None) -> str:
    if at is None:
        return ""
    m = _TYPE_LINE.match(flat(_clean(top[at])))
    return _clean(top[at])[: m.start("rest")].strip() if m else _clean(top[at])


def _mostly_upper(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.75 * len(letters)


def _title(top: Sequence[Line], at: int, rest: str) -> tuple[str, int, bool]:
    """The title below the type word, the index of the first line after it, and whether place and date stand below."""
    parts = [rest] if rest else []
    below = False
    for i in range(at + 1, len(top)):
        text = _clean(top[i])
        plain = flat(text)
        if re.match(r"so ?[:.]? ?\d|so ?: ", plain) or re.fullmatch(r"[a-z. -]{2,30}, ngay.{0,40}", plain):
            below = True
            continue
        if _ends_title(parts, top[i], text, plain):
            return squeeze(" ".join(parts)).strip(), i, below
        if text:
            parts.append(text)
    return squeeze(" ".join(parts[:3])).strip(), min(len(top), at + 4), below


def _ends_title(parts: list[str], line: Line, text: str, plain: str) -> bool:
    if len(parts) >= 14 or re.match(r"[-* ]{0,4}can(?: cu(?![a-z])|$)|\(kem theo|[-* ]{0,3}kinh gui|dieu 1[.:]", plain):
        return True
    if not parts:
        return False
    before = parts[-1]
    if is_hanging(before.lower()) or (text[:1].islower() and not _ADDRESS.match(plain)):
        return False
    if _mostly_upper(before) and len(before) > 3:
        authority = _AUTHORITY.match(plain) and not line.text.text.strip().endswith(",")
        return not _mostly_upper(text) or bool(authority) or bool(_OUTLINE.match(plain))
    return bool(PREAMBLE_WORDS.match(plain)) or line.gap or _mostly_upper(text) or len(text) > 160


def above_letterhead(top: Sequence[Line]) -> Sequence[Line]:
    """Lines of a portal over the letterhead: all before the first line in capitals, motto or number line."""
    for i, line in enumerate(top):
        plain = flat(_clean(line))
        if _mostly_upper(_clean(line)) or _MOTTO.search(plain) or _NUMBER_LINE.match(plain):
            return top[:i]
    return ()


def _letterhead_end(top: Sequence[Line]) -> int:
    """Index behind the last line of motto, number, or place and date; 0 without a letterhead."""
    end = 0
    for i, line in enumerate(top[:25]):
        text = _clean(line)
        plain = flat(text)
        if _MOTTO.search(plain) or _NUMBER_LINE.match(plain) or _PLACE_LINE.search(plain) or _GLUED.match(text):
            end = i + 1
    return end


def _untyped_title(top: Sequence[Line], start: int) -> tuple[str, int]:
    """Title in capitals under a letterhead whose type word was lost, and the index of the first line after it."""
    parts: list[str] = []
    for line in top[start:]:
        text = _clean(line)
        plain = flat(text)
        if not _mostly_upper(text) or _AUTHORITY.match(plain) or _OUTLINE.match(plain) or PREAMBLE_WORDS.match(plain):
            break
        parts.append(text)
    return squeeze(" ".join(parts)), start + len(parts)


def _letter_title(top: Sequence[Line]) -> tuple[str, int]:
    """Subject of a letter: from "V/v" to place and date or address; and the index of the first line after it."""
    parts: list[str] = []
    end = 0
    for i, line in enumerate(top):
        text = _clean(line)
        plain = flat(text)
        if _ADDRESS.match(plain):
            return squeeze(" ".join(parts)), i
        m = _LETTER.search(plain) if not parts else None
        if m and (m.start() == 0 or "v/v" in m.group()):
            parts.append(text[m.end() :].strip())
        elif parts and not end:
            if _ends_subject(text, plain, line):
                end = i
            else:
                parts.append(text)
    return squeeze(" ".join(parts)), end or min(len(top), 12)


def _ends_subject(text: str, plain: str, line: Line) -> bool:
    return (
        _MOTTO.search(plain) is not None
        or re.search(r"ngay.{0,12}thang|ngay \d", plain) is not None
        or (line.gap and text[:1].isupper())
        or re.match(r"so ?:", plain) is not None
    )


def _subject_line(top: Sequence[Line], end: int) -> int:
    """Index of the line with "V/v"; ``end`` where there is none."""
    return next((i for i, x in enumerate(top[:end]) if _LETTER.match(flat(_clean(x)))), end)


def _without_motto(text: str) -> str:
    plain = flat(text)
    parts, at = [], 0
    for m in _MOTTO.finditer(plain):
        parts.append(text[at : m.start()])
        at = m.end()
    return "\n".join([*parts, text[at:]])


def _bodies(letterhead: str) -> list[str]:
    """Bodies of the letterhead in order; a line that does not begin a body goes on with the one before."""
    bodies: list[str] = []
    for raw in letterhead.split("\n"):
        line = raw.strip(" -_*.–—=~")
        numbered = _NUMBER_TAIL.search(flat(line))
        line = line[: numbered.start()].strip() if numbered else line
        plain = flat(line)
        if not line or _NOT_NAME.match(plain) or len(line) > 120:
            continue
        if _BODY_HEAD.match(f"{plain} ") and (_mostly_upper(line) or line[:1].isupper()):
            bodies.append(line)
        elif bodies and _mostly_upper(line) and len(bodies[-1]) < 160:
            bodies[-1] = f"{bodies[-1]} {line}"
    return [_with_comma(b) for b in _joined(bodies)]


def _with_comma(body: str) -> str:
    """ "UBND PHƯỜNG A TỈNH B" on two lines: the province is no part of the commune's name."""
    plain = flat(body)
    commune = re.search(r"(?<![a-z])(?:phuong|xa|dac khu|thi tran) [a-z0-9]", plain)
    m = _IN_PROVINCE.search(plain, commune.end()) if commune else None
    return f"{body[: m.start()].rstrip(' ,')}, {body[m.start() :].strip()}" if m else body


def _joined(bodies: list[str]) -> list[str]:
    """ "BAN CHẤP HÀNH" + "ĐẢNG BỘ TỈNH X": heads that only together name a body."""
    result: list[str] = []
    for body in bodies:
        before = flat(result[-1]) if result else ""
        if before and (
            before.endswith(("ban chap hanh", "ban thuong vu", " cua", " va", "uy vien", "-"))
            or before in ("so", "ban", "bo")
        ):
            result[-1] = f"{result[-1]} {body}"
        else:
            result.append(body)
    return result


def _preamble(lines: Sequence[Line], start: int) -> str:
    kept: list[str] = []
    for line in lines[start : start + 45]:
        if _OUTLINE.match(flat(_clean(line))) or sum(map(len, kept)) > 9000:
            break
        kept.append(line.text.text)
    return "\n".join(kept)
