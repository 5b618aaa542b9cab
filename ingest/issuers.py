"""Where a text names the body that issued a directive → the span of its longest sensible name, its place and level.

"của Ban Thường vụ Tỉnh ủy Hưng Yên về …" gives "Ban Thường vụ Tỉnh ủy Hưng Yên": a known head, then words that belong
to a proper name (capitals, a level word with its place, "và" between capitals), until a verb or a subject begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from graph.agencies import resolve_agency
from graph.places import places_in
from graph.text import fold
from ingest.flat import flat

_FIXED = (
    r"bo chinh tri|ban bi thu(?: trung uong dang)?|"
    r"(?:hoi nghi [a-z ]{0,20}?)?ban chap hanh trung uong(?: dang)?(?: cong san viet nam)?(?: khoa [xvi]{1,5})?|"
    r"uy ban thuong vu quoc hoi|quoc hoi|(?:pho )?thu tuong(?: chinh phu)?|hoi dong bo truong|hoi dong chinh phu|"
    r"van phong chinh phu|chinh phu|chu tich nuoc|"
    r"van phong trung uong dang|trung uong dang|trung uong|tw"
)
_OFFICE = (
    r"(?:(?:pho )?(?:chu tich|bi thu|giam doc|bo truong|cuc truong|chanh van phong)|thu truong|thuong truc|"
    r"lanh dao|ban thuong vu|doan chu tich) "
)
_OPEN = (
    rf"(?:{_OFFICE}){{0,2}}"
    r"(?:ban thuong truc|ban thuong vu|uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|"
    r"(?:uy )?ban (?:trung uong )?mat tran to quoc|ub ?mttq|mttq|"
    r"dang uy|tinh uy|thanh uy|huyen uy|quan uy|thi uy|ban chap hanh dang bo|ban chap hanh|dang bo|"
    r"ban chi dao|bcd|ban to chuc|ban tuyen giao|ban noi chinh|uy ban kiem tra|uy ban|hoi dong|tieu ban|to cong tac|"
    r"van phong|bo|so|ban|tong cuc|cuc|chi cuc|vu|hoc vien|vien|truong|trung tam|phong|cong an|thanh tra|toa an|"
    r"ngan hang|bao hiem|kho bac|kiem toan|hoi|lien doan|ldld|tong lien doan|lien minh|doan|doan thanh nien|"
    r"thuong truc|bi thu|chu tich|dai hoi dai bieu|dai hoi)"
)
_HEAD = re.compile(rf"(?:(?P<fixed>{_FIXED})|(?P<open>{_OPEN}))(?![a-z])")
#: A body inside the name of another: "Đảng ủy | Ủy ban nhân dân tỉnh", "Ban Thường trực | Ủy ban MTTQ Việt Nam xã".
_INNER = re.compile(
    r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|uy ban (?:trung uong )?(?:mat tran to quoc|mttq)|uy ban kiem tra|"
    r"uy ban|hoi dong|tinh uy|thanh uy|dang uy|dang bo|ban chi dao|ban thuong vu|ban chap hanh|van phong|"
    r"co quan|bo chi huy)"
    r"(?: viet nam)?(?![a-z])"
)
#: The field of a board in small letters: "Ban Chỉ đạo chuyển đổi số tỉnh", "Tổ công tác … của Thủ tướng Chính phủ".
_BOARD_FIELD = re.compile(
    r" (?!ve |ban hanh|yeu cau|de nghi|trien khai|kien toan|ngay |tinh|thanh pho|xa |phuong|trung uong|quoc gia|cua )"
    r"[a-z0-9][a-z0-9 ,\-]{1,110}?(?= (?:tinh|thanh pho|xa|phuong|dac khu|trung uong|quoc gia|"
    r"cua (?:thu tuong|chinh phu|ubnd|uy ban))(?![a-z]))"
)
_LEVEL = r"(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|thi tran|xa|phuong|dac khu)"
_BOARD = re.compile(r"(?:ban chi dao|bcd|tieu ban|to cong tac|hoi dong)(?![a-z])(?! nhan dan)")
_WORD = re.compile(r" {0,2}(?P<word>[^\s;:()\"“”,.]{1,30})")
_STOP = frozenset(
    [
        "ve",
        "ban_hanh",
        "phe_duyet",
        "sua_doi",
        "quy_dinh",
        "huong_dan",
        "kien_toan",
        "trien_khai",
        "thuc_hien",
        "thong_qua",
        "thao_luan",
        "cong_bo",
        "dieu_chinh",
        "bo_sung",
        "thay_the",
        "bai_bo",
        "thanh_lap",
        "giao_chi",
        "day_manh",
        "tang_cuong",
        "yeu_cau",
        "de_nghi",
        "xay_dung",
        "ngay",
        "nam",
        "tai",
        "gui",
        "cho",
        "den",
        "vao",
        "da",
        "duoc",
        "nham",
        "de",
        "trong",
        "theo",
        "tren",
        "doi_voi",
        "so",
        "nhu",
        "la",
        "voi",
        "tu",
        "ma",
        "se",
    ]
)
#: After "Ban Chỉ đạo … về" these words begin the subject of the document, not the field of the board.
_SUBJECT = re.compile(
    r"(?:viec|ban hanh|trien khai|thuc hien|kien toan|tang cuong|day manh|phe duyet|ke hoach|chuong trinh|quy che|"
    r"phan cong|thanh lap|to chuc|hoat dong|nhiem vu|tong ket|so ket|cong tac|danh gia|ket qua|bao cao|mot so)(?![a-z])"
)
_DIRECTIVE_WORD = re.compile(
    r"(?:nghi quyet|ke hoach|quyet dinh|chuong trinh|chi thi|thong bao|ket luan|cong van|van ban|nghi dinh|"
    r"thong tu|luat|"
    r"huong dan|quy dinh|quy che|de an|to trinh|bao cao|cong dien)(?![a-z])"
)


#: Words that no field of a board holds: the board has ended before them.
_SPLIT = re.compile(r" (?:ve|ban hanh|yeu cau|ngay|va ke hoach|so(?= ?:? ?\d)|tai|theo)(?![a-z])")


@dataclass(frozen=True, slots=True)
class Issuer:
    """A printed issuer: span in the text and name as printed (blanks folded)."""

    start: int
    end: int
    name: str


#: "bổ sung", "số 12": words that only without their marks begin like Bộ and Sở.
_OTHER_WORD = re.compile(r"b[òóỏõọôồốổỗ]\b|s[òóỏõọôồốổỗộơờớỡợ]\b", re.IGNORECASE)


def read_issuer(text: str, plain: str, at: int, limit: int | None = None) -> Issuer | None:
    """The issuer whose name begins at ``at``; None if no known head stands there. ``plain`` is ``flat(text)``.

    >>> t = "Chính phủ về phê duyệt"
    >>> read_issuer(t, flat(t), 0).name
    'Chính phủ'
    """
    limit = min(len(text), at + 300) if limit is None else min(limit, at + 300)
    head = _HEAD.match(plain, at, limit)
    if not head or _OTHER_WORD.match(text, at):
        return None
    at_end = head.end()
    if _BOARD.fullmatch(plain, at, at_end) and (field := _BOARD_FIELD.match(plain, at_end, limit)):
        at_end = at_end if _SPLIT.search(field.group()) else field.end()
    end = at_end if head["fixed"] else _extend(text, plain, at_end, limit)
    if _BOARD.search(plain, at, end):
        end = _field(plain, end, limit)
    return Issuer(at, end, re.sub(r"\s+", " ", text[at:end]).strip(" ,.;"))


def _extend(text: str, plain: str, end: int, limit: int) -> int:
    """End of the proper name: capitals, level words, "và"/commas between capitals, "của" before a head."""
    for _ in range(_MOST_WORDS):
        step = _step(text, plain, end, limit)
        if step <= end:
            break
        end = step
    return end


#: Words that a name may go on with behind its head.
_MOST_WORDS = 14
#: With these words something else begins: a basis, a term, a session.
_OVER = re.compile(r"(?:can cu|khoa [xvi]{1,6}|ky hop|xet)(?![a-z])")
_LEVEL_WORD = re.compile(rf"{_LEVEL}(?![a-z])")
_OF_BODY = re.compile(r"(?:cua|thuoc) (?=chinh phu|uy ban|ubnd|tinh uy|thanh uy|dang uy|bo )")
_PART = re.compile(r"(?:trung uong|tw|quoc gia|cap tinh|nhan dan|dang bo|chinh phu|viet nam)(?![a-z])")


def _step(text: str, plain: str, end: int, limit: int) -> int:
    """End of the name with its next word; ``end`` itself where that word is no part of it."""
    word = _WORD.match(plain, end, limit)
    if word is None:
        return _after_comma(text, plain, end, limit)
    start = word.start("word")
    if text[start].islower() and _stops(plain, start):
        return end
    if _OVER.match(plain, start) and plain[end : end + 1] != "-":
        return end
    known = _known_part(text, plain, start, end, limit)
    if known is not None:
        return known
    if _PART.match(plain, start, limit):
        return word.end() if " " not in plain[start : start + 6] else start + len(_two_words(plain, start, limit))
    if word["word"] in ("va", "-"):
        return _behind_and(text, plain, word.end(), limit) or end
    if _DIRECTIVE_WORD.match(plain, start):
        return end
    return word.end() if text[start].isupper() or _small_part(plain, start) or _goes_on(text, end) else end


def _known_part(text: str, plain: str, start: int, end: int, limit: int) -> int | None:
    """End of the name with a body, a level, or "của" and a body that begin at ``start``; None if none does."""
    inner_head = _INNER.match(plain, start, limit)
    if inner_head and text[start].isupper():
        return inner_head.end()
    if level := _LEVEL_WORD.match(plain, start, limit):
        return level.end()
    if owned := _OF_BODY.match(plain, start, limit):
        head = _HEAD.match(plain, owned.end(), limit)
        return head.end() if head else end
    return None


def _behind_and(text: str, plain: str, at: int, limit: int) -> int | None:
    """End of the capital word that goes on with a name behind "và" or "-"; None where another name begins."""
    word = _WORD.match(plain, at, limit)
    if word is None or not text[word.start("word")].isupper():
        return None
    begins = _HEAD.match(plain, word.start("word")) or _DIRECTIVE_WORD.match(plain, word.start("word"))
    return None if begins else word.end()


def _goes_on(text: str, end: int) -> bool:
    """Whether a small word may end a compound: one capital word before it ("Thi | đua", not "Hưng Yên | giao")."""
    words = text[max(0, end - 40) : end].split()
    return len(words) > 1 and words[-1].istitle() and not words[-2].istitle() and len(words[-1]) > 1


def _two_words(plain: str, start: int, limit: int) -> str:
    m = re.compile(r"[a-z]{1,8} {1,2}[a-z]{1,8}").match(plain, start, limit)
    return m.group() if m else ""


def _small_part(plain: str, start: int) -> bool:
    """Small-letter parts of names of bodies: "Bộ Khoa học và Công nghệ" written "Bộ Khoa học và công nghệ"."""
    return (
        re.compile(
            r"(?:hoc|nghe|nghiep|truong|chinh|vu|tao|van|the|lich|dung|doi|thuong|phap|te|dan|uy|an|hoa|"
            r"thao|thong|tin|truyen|luc|sat|ninh|toan|hang|su|khoa|hoi|duc|vien|dong|binh|sach|nguyen)(?![a-z])"
        ).match(plain, start)
        is not None
    )


def _after_comma(text: str, plain: str, end: int, limit: int) -> int:
    """ "Bộ Văn hóa, Thể thao và Du lịch": a comma inside a field, sure only where "và" and a capital follow."""
    place = re.compile(r", {0,2}(?:tinh|thanh pho|tp\.?|huyen)(?= )").match(plain, end, limit)
    if place and text[place.end() + 1 : place.end() + 2].isupper():
        return place.end()
    m = re.compile(r", {0,2}(?=[^\s,;:.()]{1,12}(?: [^\s,;:.()]{1,12}){0,2} va )").match(plain, end, limit)
    if not m or not text[m.end()].isupper() or _HEAD.match(plain, m.end()) or _DIRECTIVE_WORD.match(plain, m.end()):
        return end
    word = _WORD.match(plain, m.end(), limit)
    return word.end() if word else end


def _stops(plain: str, start: int) -> bool:
    m = re.compile(r"([^\s;:(),.]{1,12})(?: {1,2}([^\s;:(),.]{1,12}))?").match(plain, start)
    return m is not None and (m[1] in _STOP or f"{m[1]}_{m[2]}" in _STOP)


def _field(plain: str, end: int, limit: int) -> int:
    """End of a board's field: "về …" up to the subject of the document, which another "về" or a verb begins."""
    m = re.compile(r" {1,2}ve {1,2}").match(plain, end, limit)
    if not m or _SUBJECT.match(plain, m.end()):
        return end
    closing = re.compile(
        r" ve |;|[.:] |\.$|[(“\"]| ban hanh | thuc hien | trien khai | kien toan | phe duyet | ngay \d| nam 20|"
        r" nhiem ky | giai doan"
    ).search(plain, m.end(), limit)
    stop = closing.start() if closing else limit
    listed = re.compile(rf"(?:,| va) {_DIRECTIVE_WORD.pattern}[a-z ]{{0,20}} so ").search(plain, m.end(), stop)
    return len(plain[: listed.start() if listed else stop].rstrip(" ,."))


_SCHOOL = re.compile(r"truong (?:dai hoc|cao dang|chinh tri) (?!va )")
_ACRONYMS = frozenset({"UBND", "HĐND", "MTTQ", "TP", "TP.", "TNCS", "TW", "BCĐ"})


def usual_case(name: str) -> str:
    """A name in the usual spelling: "ỦY BAN NHÂN DÂN TỈNH SƠN LA" → "Ủy ban nhân dân tỉnh Sơn La"."""
    words = [w.lower() if w.isupper() and w not in _ACRONYMS else w for w in name.split()]
    for _, _, place in places_in(name):
        own = place.name.split()
        at = next((i for i in range(len(words)) if fold(" ".join(words[i : i + len(own)])) == fold(place.name)), None)
        if at is not None:
            words[at : at + len(own)] = own
    known = resolve_agency(" ".join(words)).name.split()
    if fold(" ".join(words[: len(known)])) == fold(" ".join(known)):
        words[: len(known)] = known
    if school := _SCHOOL.match(flat(" ".join(words))):
        at = len(school.group().split())
        words = [*words[:1], words[1].capitalize(), *words[2:at], *(w.capitalize() for w in words[at:])]
    usual = " ".join(words)
    for proper in ("Ban Chỉ đạo", "Đề án 06", "Mặt trận Tổ quốc", "Việt Nam", "Trung ương", "Chính phủ", "Quốc hội"):
        usual = usual.replace(proper.lower(), proper)
    return usual[:1].upper() + usual[1:]


# --- place and level -------------------------------------------------------------------------------------------------

Scope = Literal["central", "provincial", "district", "communal"]
_CENTRAL = re.compile(
    r"^(?:bo chinh tri|ban bi thu|ban chap hanh trung uong|hoi nghi .{0,30}trung uong|quoc hoi|"
    r"uy ban thuong vu quoc hoi|"
    r"chinh phu|hoi dong (?:bo truong|chinh phu)|(?:pho )?thu tuong|chu tich nuoc|van phong chinh phu|"
    r"(?:(?:thuong truc|ban thuong vu|ban chap hanh|van phong) )?"
    r"dang uy (?:chinh phu|quoc hoi|bo (?!chi huy|phan|doi))|"
    r"bo (?!chi huy|phan)|tong cuc|toa an nhan dan toi cao|vien kiem sat nhan dan toi cao|bao hiem xa hoi viet nam|"
    r"ngan hang nha nuoc viet nam$|hoi dong bau cu quoc gia|"
    r"(?:thu|bo) truong|trung uong|tw)\b|\btrung uong\b|\btw\b|cua chinh phu"
)
_PROVINCIAL = re.compile(r"\b(?:tinh uy|thanh uy|tinh|thanh pho|tp)\b\.?|^(?:giam doc )?so ")
_DISTRICT = re.compile(r"\b(?:huyen uy|quan uy|thi uy|huyen|quan|thi xa)\b")
_COMMUNAL = re.compile(r"\b(?:xa(?! hoi)|phuong|thi tran|dac khu)\b")
_PLACE_WORD = re.compile(
    r"\b(?:tinh uy|thanh uy|huyen uy|quan uy|thi uy|tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|thi tran|"
    r"dac khu) {1,2}"
)


def issuer_scope(name: str) -> Scope | None:
    """Level that an issuer's words tell, the lowest named ("UBND xã A, tỉnh B" is communal); None if they don't."""
    plain = flat(name)
    if _CENTRAL.search(plain):
        return "central"
    for pattern, scope in ((_COMMUNAL, "communal"), (_DISTRICT, "district"), (_PROVINCIAL, "provincial")):
        if pattern.search(plain):
            return scope  # type: ignore[return-value]
    return None


def named_place(name: str) -> str | None:
    """Proper name after the first level word of an issuer ("UBND tỉnh Hưng Yên" → "Hưng Yên"); None if none stands."""
    plain = flat(name)
    for m in _PLACE_WORD.finditer(plain):
        words = re.compile(r"[^\s,;:()]{1,12}(?: (?:- )?[^\s,;:()]{1,12}){0,4}").match(name, m.end())
        proper = _capitals(words.group()) if words else ""
        if proper and flat(proper) not in ("uy", "dang"):
            return proper
    return None


def _capitals(words: str) -> str:
    kept: list[str] = []
    for word in words.split():
        if not (word[0].isupper() or word == "-"):
            break
        kept.append(word)
    return " ".join(kept).strip(" -")
