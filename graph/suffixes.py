"""Words behind the name of a body → the place that belongs to it: "tỉnh Hưng Yên", "phường", "các xã, phường"."""

from __future__ import annotations

from dataclasses import dataclass

from graph.places import Place, local_at, province_at
from graph.words import Word

DETERMINERS = frozenset({"cac", "nhung", "moi", "tung", "mot", "cung"})
_PLURAL = frozenset(
    ["xa", "phuong", "dac", "khu", "thi", "tran", "huyen", "quan", "thanh", "pho", "tinh", "tp", ",", "va"]
)
_AROUND = frozenset(
    ["tren", "dia", "ban", "trong", "toan", "thuoc", "truc", "cua", "tinh", "thanh", "pho", "trung", "uong"]
)
#: Which of the communes: "các xã biên giới".
_KINDS = frozenset({"bien gioi", "vung cao", "ven bien", "mien nui", "con lai", "hai dao", "bai ngang", "vung sau"})
_COMMITTEES = (["tinh", "uy"], ["thanh", "uy"], ["huyen", "uy"])
_UNITS = frozenset({"tinh", "thanh pho", "xa", "phuong", "dac khu", "thi tran", "huyen", "quan", "thi xa"})


@dataclass(frozen=True, slots=True)
class Suffix:
    """What stands behind a name: its unit word ("tỉnh", "phường"), its place, or many of them ("các xã, phường")."""

    unit: str | None = None
    place: Place | None = None
    plural: bool = False


NO_SUFFIX = Suffix()


def suffix_at(words: list[Word], at: int) -> tuple[int, Suffix]:
    """The place that belongs to a name that ends before word ``at``, and the index behind it."""
    if _of_same_level(words, at):
        return at + 2, NO_SUFFIX
    start = at + 1 if at < len(words) and words[at].key in ("cua", "o", "tai") else at
    many = max(_plural(words, start), _committees(words, start))
    if many > start:
        return _everywhere(words, many), Suffix(plural=True)
    outer = province_at(words, start) or local_at(words, start)
    if outer:
        return outer[0], Suffix(outer[1].kind, outer[1])
    level = start + 1 if start < len(words) and words[start].key == "cap" else start
    for size in (2, 1):
        unit = " ".join(w.key for w in words[level : level + size])
        if unit in _UNITS and level + size <= len(words) and not _compound(words, level + size - 1):
            return level + size, Suffix(words[level].text.lower() if size == 1 else _lower(words[level : level + 2]))
    if level < len(words) and words[level].text.upper() in ("TP", "TW"):
        return level + 1, Suffix("thành phố" if words[level].key == "tp" else "trung ương")
    if " ".join(w.key for w in words[level : level + 2]) == "trung uong":
        return level + 2, Suffix("trung ương")
    return at, NO_SUFFIX


def _of_same_level(words: list[Word], at: int) -> bool:
    """Whether "cùng cấp" stands here, also without its accents; "cung cấp" is a verb."""
    here = words[at : at + 2]
    return [w.key for w in here] == ["cung", "cap"] and [w.exact for w in here] != ["cung", "cấp"]


def _committees(words: list[Word], at: int) -> int:
    """Index behind "các tỉnh ủy, thành ủy"; ``at`` if not there."""
    end, after = at, at + 1
    while words[at : at + 1] and words[at].key == "cac" and [w.key for w in words[after : after + 2]] in _COMMITTEES:
        end = after + 2
        after = end + 1 if end < len(words) and words[end].key in (",", "va") else len(words)
    return end


def _everywhere(words: list[Word], at: int) -> int:
    """Index behind "trên địa bàn (toàn) tỉnh", "trong tỉnh", "trực thuộc Trung ương"; ``at`` if none follows."""
    if " ".join(w.key for w in words[at : at + 2]) in _KINDS:
        at += 2
    end = at
    while end < len(words) and end - at < 6 and words[end].key in _AROUND:
        if words[end].key == "ban" and words[end - 1].key != "dia":
            break
        end += 1
    return end if end > at and words[end - 1].key in ("tinh", "pho", "uong") else _that_have(words, at)


def _that_have(words: list[Word], at: int) -> int:
    """Index behind "có rừng", "có điểm du lịch" where the phrase ends there; ``at`` elsewhere, a verb may be in it."""
    if at >= len(words) or words[at].key != "co":
        return at
    end = next((i for i in range(at, min(at + 7, len(words))) if not words[i].is_word), len(words))
    closed = end == len(words) or words[end].text == ":"
    return end if closed and 2 <= end - at <= 6 and words[at + 1].key != "trach" else at


def _compound(words: list[Word], last: int) -> bool:
    """ "xã hội", "tỉnh ủy", "quân sự" are words of their own."""
    return last + 1 < len(words) and words[last + 1].key in ("hoi", "uy", "doan", "su", "dan")


def _lower(words: list[Word]) -> str:
    return " ".join(w.text for w in words).lower()


def _plural(words: list[Word], at: int) -> int:
    """Index behind "các xã, phường", "xã, phường, đặc khu", "cấp xã", "các tỉnh, thành phố"; ``at`` if not there."""
    end = at
    determined = at < len(words) and words[at].key in DETERMINERS
    if determined:
        end += 1
    if end < len(words) and words[end].key == "cap" and not determined:
        pair = " ".join(w.key for w in words[end + 1 : end + 2])
        return end + 2 if pair in ("xa", "huyen") else at
    units = 0
    while end < len(words) and words[end].key in _PLURAL and (not words[end].capital or words[end].text.isupper()):
        if words[end].key in (",", "va") and not (end + 1 < len(words) and words[end + 1].key in _PLURAL - {",", "va"}):
            break
        units += words[end].key in ("xa", "phuong", "khu", "huyen", "tinh", "tran", "pho", "quan")
        end += 1
    if not (determined and units) and units < 2:
        return at
    if not determined and not any(w.key in (",", "va") for w in words[at:end]):
        return at
    return end
