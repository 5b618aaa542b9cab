"""End of a directive's own text (before appendices) → who signed as what, and who receives it.

TM. ỦY BAN NHÂN DÂN      power and body
KT. CHỦ TỊCH             power and office
PHÓ CHỦ TỊCH             office
Nguyễn Văn A             name
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from graph.tables import rows
from graph.text import strip_marks
from ingest.flat import flat
from ingest.lines import Line

_RECIPIENTS = re.compile(r"[*_ ]{0,4}noi nhan ?[:;.]?")
_POWER = re.compile(r"(?:tm|t/m|kt|k/t|tl|t/l|tuq|q)(?:\.|,| |:) ?(?=[a-z])|(?:t/m|k/t|t/l) ?[a-z]")
_OFFICE = re.compile(
    r"(?:pho |quyen |uy vien |thuong truc |chanh )*"
    r"(?:chu tich|bi thu|thu tuong|bo truong|thu truong|giam doc|truong ban|chu nhiem|cuc truong|vu truong|"
    r"truong phong|"
    r"tong bi thu|chanh van phong|van phong|chanh thanh tra|vien truong|chanh an|truong doan|chi huy truong|"
    r"hieu truong|thong doc|tong giam doc|"
    r"tong thu ky|tong kiem toan|to truong|truong cong an|tham muu truong|chinh uy|uy vien|truong tieu ban|"
    r"pho ban|chi cuc truong)(?![a-z])"
)
_TITLES = re.compile(
    r"(?:(?:GS|PGS|TS|ThS|BS|KS|CN|LS|KTS|BSCKII|BSCKI)\.? ?){1,4}|(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy) |"
    r"Đồng chí |Ông |Bà "
)
_NOT_PERSON = re.compile(
    r"(?:noi nhan|uy ban|hoi dong|ban |so |bo |luu|phu luc|ke hoach|quyet dinh|tinh |thanh pho|cong hoa|doc lap)"
)
_GAP = re.compile(r"[\t|]| {4,80}")
_ITEM = re.compile(r"(?:- ?\+|[-+•*·])[ \t]{0,4}")


@dataclass(frozen=True, slots=True)
class Signature:
    """``signer`` and ``role`` as printed, None where blank; ``body``: on whose behalf; ``recipients`` as printed."""

    signer: str | None = None
    role: str | None = None
    body: str | None = None
    recipients: tuple[str, ...] = ()


def read_signature(lines: Sequence[Line]) -> Signature:
    """Signature and recipients in the lines after the head; the first ones, since attachments follow.

    A name without a power or an office over it is no signature.
    """
    rows = [_columns(x.text.text) for x in lines]
    marker = next((i for i, row in enumerate(rows) if _RECIPIENTS.match(flat(row.left))), None)
    right = [row.right or row.left for row in rows]
    before = sum(len(_pieces(t)) for t in right[: marker or 0])
    texts = [piece for t in right for piece in _pieces(t)]
    if marker is None:
        return _signature(texts, 0, len(texts))
    found = _signature(texts, max(0, before - 12), min(len(texts), before + 70), before)
    return Signature(found.signer, found.role, found.body, _recipients([row.left for row in rows], marker))


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the end of a text: the column of the recipients and, if a tab or blanks part it off, the signature."""

    left: str
    right: str = ""


def _columns(text: str) -> _Row:
    """ "- Lưu: VT.<tab>TM. ỦY BAN NHÂN DÂN": two columns that stand on one line."""
    parts = [p for part in _GAP.split(text) if (p := _clean(part))]
    if len(parts) > 1:
        return _Row(" ".join(parts[:-1]), parts[-1])
    whole = parts[0] if parts else ""
    marker = _RECIPIENTS.match(flat(whole))
    if marker and _is_power(whole[marker.end() :].strip()):
        return _Row(whole[: marker.end()].strip(), whole[marker.end() :].strip())
    cut = max(whole.rfind(f"{sign} ") for sign in ";,.)") + 1
    tail = whole[cut:].strip()
    if cut and _ITEM.match(whole) and (_signs_capital(tail) or _is_listed_name(tail)):
        return _Row(whole[:cut].strip(), tail)
    return _Row(whole)


def _pieces(text: str) -> list[str]:
    """ "BÍ THƯ Nguyễn Văn A" on one line: office, then name."""
    words = text.split()
    capitals = next((i for i, w in enumerate(words) if not w.isupper()), len(words))
    head, tail = " ".join(words[:capitals]), " ".join(words[capitals:])
    return [head, tail] if head and _signs_capital(head) and _name(tail) else [text]


def _signs_capital(text: str) -> bool:
    return text.isupper() and (_is_power(text) or _is_office(text))


def _is_listed_name(text: str) -> bool:
    return bool(_name(text)) and strip_marks(text.split()[0]) in _family_names()


def _clean(text: str) -> str:
    return re.sub(r"[ \t]{1,40}", " ", text.replace("*", " ").replace("|", " ").replace("_", " ")).strip()


def _signature(texts: list[str], start: int, end: int, marker: int | None = None) -> Signature:
    """The first block with a name, from the recipients on and then before them; else the first without a name."""
    order = [*range(marker, end), *range(start, marker)] if marker is not None else [*range(start, end)]
    nameless: Signature | None = None
    for i in order:
        found = _block(texts, i, end)
        if found and found.signer:
            return found
        if found and nameless is None and not any(_is_power(t) for t in texts[i + 1 : i + 8]):
            nameless = found
    return nameless or Signature()


def _block(texts: list[str], start: int, end: int) -> Signature | None:
    """The signature that begins at a line; None if neither a power nor an office stands there."""
    if not _is_power(texts[start]) and not _is_office(texts[start]):
        return None
    offices, body, at = list[str](), None, start
    while at < end and (_is_power(texts[at]) or _is_office(texts[at]) or _passes(texts[at])):
        rest = _POWER.sub("", flat(texts[at]), count=1)
        if _is_power(texts[at]) and not _OFFICE.match(rest.strip()):
            body = texts[at][len(flat(texts[at])) - len(rest) :].strip()
        elif not _passes(texts[at]):
            offices.append(texts[at].strip(" ,"))
        at += 1
    if not offices and at + 1 < end and body and texts[at].isupper() and not _name(texts[at]):
        at += 1  # second line of a long body
        return _block_below(texts, at, end, body) or Signature(None, None, body)
    shown = [t for t in texts[at : min(end, at + 14)] if not _passes(t)][:3]
    name = next((n for t in shown if (n := _name(t))), None)
    return Signature(name, ", ".join(_own_offices(offices)) or None, body)


def _block_below(texts: list[str], at: int, end: int, body: str) -> Signature | None:
    found = _block(texts, at, end)
    if found:
        return Signature(found.signer, found.role, body)
    name = next((n for t in texts[at : min(end, at + 3)] if (n := _name(t))), None)
    return Signature(name, None, body) if name else None


def _passes(text: str) -> bool:
    """What stands between office and name without being either: a seal, an item of the recipients."""
    return _is_seal(text) or _ITEM.match(text) is not None


def _own_offices(offices: list[str]) -> list[str]:
    """Without the head for whom a deputy signs: "KT. CHỦ TỊCH" over "PHÓ CHỦ TỊCH"."""
    own = [o for o in offices if not _POWER.match(flat(o))]
    return own or offices


def _is_power(text: str) -> bool:
    return (
        len(text) < 120
        and _POWER.match(flat(text)) is not None
        and text[:2].isupper() | (text[:1].isupper() and "/" in text[:3])
    )


def _is_office(text: str) -> bool:
    plain = flat(text)
    return (
        len(text) < 90
        and _OFFICE.match(plain) is not None
        and (text.isupper() or len(plain.split()) <= 4)
        and text[-1:] not in ";.:"
    )


def _is_seal(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"\(?(?:da ky|ky ten|dong dau|da ky[,;] ?dong dau|chu ky dien tu)[^)]{0,30}\)?|[-. ()\[\]]{0,10}",
            flat(text),
        )
    )


@cache
def _family_names() -> frozenset[str]:
    return frozenset(strip_marks(r["name"]) for r in rows("family_names"))


def _name(text: str) -> str | None:
    """A person's name on a line of its own: two to five capitalised words that begin with a family name."""
    bare = _TITLES.sub("", text, count=1).strip(" .,-()[]")
    words = bare.split()
    if not 2 <= len(words) <= 5:
        return None
    if _NOT_PERSON.match(flat(bare)) or words[0].casefold() == "đảng":
        return None
    if strip_marks(words[0]) not in _family_names() and (bare.isupper() or any(len(w) > 7 for w in words)):
        return None
    if not all(w[0].isupper() and re.sub(r"[-'’]", "", w).isalpha() for w in words) or _OFFICE.match(flat(bare)):
        return None
    return " ".join(w.capitalize() for w in words) if bare.isupper() else bare


def _recipients(texts: list[str], marker: int) -> tuple[str, ...]:
    items: list[str] = []
    first = _RECIPIENTS.sub("", flat(texts[marker]), count=1)
    rest = texts[marker][len(texts[marker]) - len(first) :].strip() if first.strip() else ""
    for text in [rest, *texts[marker + 1 : marker + 60]]:
        if not text or _is_seal(text):
            continue
        bullet = _ITEM.match(text)
        if bullet:
            items.append(text[bullet.end() :].strip())
        elif _is_power(text) or _is_office(text) or (_name(text) and not items):
            if items:
                break
        elif items and not text.isupper() and (text[0].islower() or items[-1][-1:] in ",(-"):
            items[-1] = f"{items[-1]} {text}"
        elif items:
            break
        if items and flat(items[-1]).startswith("luu"):
            break
    return tuple(i.rstrip(" ;.,") for i in items if i.strip(" ;.,"))
