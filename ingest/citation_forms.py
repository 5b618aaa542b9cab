"""How a directive's number is written: flat text → number tokens, short forms.

A token is a number only if its codes say so: a known type code with an issuer, or a known issuer of a State letter.
So 24/7, 15/5/2026, QCVN 06:2022/BXD, km 12/QL5 and 10 hồ sơ/năm/tỉnh are none. Repairs are made only where one
reading is left, and each is noted as a defect; otherwise there is no number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from graph.numbers import DirectiveNumber, issuer_code, issuer_codes, type_codes
from graph.vocabulary import System
from ingest.type_words import ABBREVIATIONS, ANY_TYPE

#: What stands right before a number: "Kế hoạch hành động số", "số:", "NQ".
LEAD = re.compile(
    rf"(?:(?<![a-z])(?P<word>{ANY_TYPE})(?: [a-z]{{1,12}}){{0,3}} {{1,2}}(?P<so>so)? ?[:.]? {{0,3}}"
    rf"|(?<![a-z])(?P<abbr>{'|'.join(ABBREVIATIONS)})\.? {{0,2}}(?:so )?:? {{0,2}}"
    r"|(?<![a-z])so? ?[:.]? {0,3})$"
)
#: "Mẫu số 01/UBND-BC", "QCVN 06/BXD": what follows these words is a form, a standard, a contract, a road.
_NO_NUMBER_BEFORE = re.compile(
    r"(?:mau|bieu|bieu mau|phieu|phu luc|can ho|hop dong|tai khoan|tcvn|qcvn|tccs|iso|lo|thua|to|duong|km|ql|dt|may|"
    r"phong|nha|ma so|gpxd|giay phep|hoa don)"
    r"(?: so)?:? {0,2}$"
)
_ORDINAL = re.compile(
    r"(?:(?<!\w)|"
    r"(?<= s))(?<![/.@])(?<!\d[:,\-])(?P<ordinal>\d{1,5}(?:\.\d{1,2})?[a-e]?)(?P<sep> {0,2}[-/.] {0,2}|"
    r" {0,1}(?![lio|]{1,3} {0,2}[-/]))(?=[a-z12t])"
)
_DAMAGED = re.compile(r"(?<![a-z])so:? {1,2}(?P<ordinal>[\dlio|]{1,5})(?P<sep> {0,2}[-/] {0,2})(?=[a-z12])")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d) {0,2}/ {0,2}")
_GROUP = re.compile(r"t\.u(?![a-z])|1w(?![a-z])|[a-z][a-z&]{0,12}\d{0,2}")
_GLUED = re.compile(r"(?P<code>[a-z&]{1,12}\d{0,2}?)(?:ngay|cua|ve)")
#: Words that run into a number where a blank was lost.
_GLUED_WORD = re.compile(r"(?:ngay|cua|ve)(?![a-z])")
_ADDRESS = re.compile(r"\.[a-z]|[/@]\w")
#: "số 1 25/KH-BCĐ": which digits belong together is anybody's guess.
_TORN = re.compile(r"(?<![a-z])so:? \d{1,4} $")
_SEP = re.compile(r" {0,2}[-/.] {0,2}")
SHORT = re.compile(
    rf"(?<![a-z])(?:(?P<word>{ANY_TYPE})(?: hanh dong)?(?: so)? {{1,2}}|(?P<abbr>nq|kh|kl|ct)(?: so)? {{0,1}})"
    r"(?P<ordinal>\d{1,4})(?![\w%])(?! {0,2}[-/.,:] {0,2}\w)(?! {0,2}(?:%|(?:thang|tuan|quy|lan|nam dau)(?![a-z])))"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A number in a text: its span, value and what had to be repaired."""

    start: int
    end: int
    number: DirectiveNumber
    defects: tuple[str, ...] = ()


def of_province(number: DirectiveNumber, printed: str, provincial: bool) -> tuple[DirectiveNumber, tuple[str, ...]]:
    """ "13-NQ/TƯ của Tỉnh ủy": TƯ is the Centre's TW, but a scan's TU where a provincial committee issued it."""
    if not (provincial and number.party and number.issuer == "TW" and "Ư" in printed.upper()):
        return number, ()
    right = replace(number, issuer="TU")
    return right, (f"ký hiệu TU in thành TƯ: {printed}, đọc là {right}",)


def find_numbers(text: str, plain: str) -> list[Token]:
    """All numbers of directives in ``text``, in order; ``plain`` is ``flat(text)``.

    >>> from ingest.flat import flat
    >>> t = "theo văn bản số 1552/BTTTT-THH và 708/BTTTT-CATTT, trực 24/7"
    >>> [str(n.number) for n in find_numbers(t, flat(t))]
    ['1552/BTTTT-THH', '708/BTTTT-CATTT']
    """
    found: list[Token] = []
    reach = 0
    for m in sorted([*_ORDINAL.finditer(plain), *_DAMAGED.finditer(plain)], key=lambda m: m.start("ordinal")):
        if m.start("ordinal") < reach:
            continue
        token = _read(text, plain, m)
        if token:
            found.append(token)
            reach = token.end
    return found


def _read(text: str, plain: str, m: re.Match[str]) -> Token | None:
    """The number that begins at an ordinal; None if it is none, or more than one reading is left."""
    start, at, year = m.start("ordinal"), m.end(), None
    ordinal, defects = _ordinal(m["ordinal"])
    if ordinal is None or _counts_else(text, plain, start):
        return None
    if in_year := _YEAR.match(plain, at):
        at, year = in_year.end(), in_year["year"]
    codes = _codes(text, plain, at)
    shape = _shape(m["sep"].strip(), year, _unglued(codes), _lead(plain, start)) if codes else None
    if shape is None or _runs_on(text, plain, shape[2]):
        return None
    rest, more, end = shape
    try:
        number = DirectiveNumber.parse(ordinal + rest)
    except ValueError:
        return None
    faults = tuple(f"{fault}: {text[start:end]}, đọc là {number}" for fault in dict.fromkeys((*defects, *more)))
    return Token(start, end, number, faults)


def _counts_else(text: str, plain: str, start: int) -> bool:
    """Whether the words before an ordinal make it that of something else, or leave its digits torn apart."""
    line = max(text.rfind("\n", max(0, start - 20), start) + 1, start - 20, 0)  # "HẢI PHÒNG" over "Số: …" is no room
    torn = _TORN.search(plain, max(0, start - 12), start)
    return torn is not None or _NO_NUMBER_BEFORE.search(plain, line, start) is not None


def _runs_on(text: str, plain: str, end: int) -> bool:
    """Whether what follows a number makes it part of a longer word or of an address."""
    glued = _GLUED_WORD.match(plain, end)
    longer = text[end : end + 1].isalnum() and not text[end - 1].isdigit() and not glued
    return longer or _ADDRESS.match(text, end) is not None


def _lead(plain: str, start: int) -> str:
    """ "letter" after the word of a letter or submission, "word" after another type word, "so" after "số", else ""."""
    m, at = None, max(0, start - 60)
    while nearer := LEAD.search(plain, at, start):  # "hướng dẫn tại Văn bản số …": the last type word counts
        m = nearer if m is None or nearer["word"] or nearer["abbr"] else m
        at = nearer.start() + 1
    if not m:
        return ""
    if m["word"] in _LETTERS or m["abbr"] == "cv":
        return "letter"
    return "word" if m["word"] or m["abbr"] else "so"


#: What carries the number of an office, "2653/KHĐT-CNDV", whose code no table can list.
_LETTERS = ("cong van", "van ban", "to trinh", "bao cao")


def _ordinal(printed: str) -> tuple[str | None, tuple[str, ...]]:
    repaired = re.sub(r"[o]", "0", re.sub(r"[li|]", "1", printed))
    if re.fullmatch(r"\d+(?:\.\d+)?[a-e]?", printed):
        return printed, ()
    if not any(c.isdigit() for c in printed):
        return None, ()
    return repaired, ("chữ in thay chữ số",)


@dataclass(frozen=True, slots=True)
class _Codes:
    """Groups after the ordinal: their canonical spelling, the separators before them, where each ends, repairs."""

    groups: tuple[str, ...]
    separators: tuple[str, ...]
    ends: tuple[int, ...]
    printed: tuple[str, ...]
    defects: tuple[str, ...]


def _codes(text: str, plain: str, at: int) -> _Codes | None:
    groups: list[str] = []
    separators, ends, printed = [""], list[int](), list[str]()
    defects: list[str] = []
    while len(groups) < 5:
        m = _GROUP.match(plain, at)
        if not m:
            break
        end = at + len(_without_glue(m.group()))
        raw = text[at:end].replace("Ð", "Đ").replace("ð", "đ")
        if not re.fullmatch(r"[A-Za-zĐđ&0-9.ƯưÐð]+", raw) or (
            end == m.end() and text[end : end + 1].isalpha() and not raw[-1].isdigit()
        ):
            break
        code, defect = _repair(raw)
        groups.append(code)
        printed.append(raw)
        ends.append(end)
        defects.extend(defect)
        following = _SEP.match(plain, end) if end == m.end() else None
        if not following:
            break
        separators.append(following.group().strip())
        at = following.end()
        if year := _YEAR.match(plain, at):
            at = year.end()
            separators[-1] += year["year"] + "/"
    return _Codes(tuple(groups), tuple(separators), tuple(ends), tuple(printed), tuple(defects)) if groups else None


def _without_glue(group: str) -> str:
    """ "156/2013/NĐ-CPngày": a lost blank before the word after a number; cut off where a known code is left."""
    m = _GLUED.fullmatch(group)
    return m["code"] if m and m["code"].upper() in _bare_codes() else group


@cache
def _bare_codes() -> frozenset[str]:
    return frozenset(c.replace("Đ", "D") for c in issuer_codes())


def _unglued(codes: _Codes) -> _Codes:
    """ "61/2018/NĐCP": a hyphen lost in a PDF, put back where the letters split into one type and one issuer only."""
    glued = codes.groups[0].upper()
    if glued in type_codes() or issuer_code(glued) or not codes.printed[0][:2].isupper():
        return codes
    splits = [i for i in range(2, len(glued) - 1) if glued[:i] in type_codes() and glued[i:] in issuer_codes()]
    if len(splits) != 1:
        return codes
    at = splits[0]
    return _Codes(
        (glued[:at], glued[at:], *codes.groups[1:]),
        ("", "-", *codes.separators[1:]),
        (codes.ends[0], *codes.ends),
        (codes.printed[0][:at], codes.printed[0][at:], *codes.printed[1:]),
        (*codes.defects, "số in thiếu gạch nối"),
    )


@cache
def _without_stroke() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for code in {*type_codes(), *issuer_codes()}:
        table[code.replace("Đ", "D")] = (*table.get(code.replace("Đ", "D"), ()), code)
    return table


def _repair(raw: str) -> tuple[str, tuple[str, ...]]:
    """A code with its lost stroke or look-alikes put right, where only one known code is left."""
    upper = raw.upper()
    if upper in ("T.Ư", "T.U", "TƯ"):
        return "TW", ()
    if upper == "1W":
        return "TW", ("ký hiệu in nhầm chữ",)
    known = {*type_codes(), *issuer_codes()}
    bare = re.sub(r"\d+$", "", upper)
    if bare in known or re.fullmatch(r"(?:UBTV)?QH\d\d", upper):
        return raw, ()
    if re.fullmatch(r"(?:UBTV)?QH[L1I][\dLIO]?", upper):
        return raw, ()
    others = _without_stroke().get(bare.replace("Đ", "D"), ())
    if len(others) == 1 and len(bare) > 1:
        return others[0] + upper[len(bare) :], ("ký hiệu in mất nét chữ Đ",)
    return raw, ()


_Shape = tuple[str, tuple[str, ...], int]


def _shape(sep: str, year: str | None, codes: _Codes, lead: str) -> _Shape | None:
    """The rest of the number in its right form, further defects, and where it ends; None if it is no number."""
    first = codes.groups[0].upper()
    odd_year = len(codes.separators) > 1 and len(codes.separators[1]) > 1
    if odd_year and len(codes.groups) > 1 and codes.groups[1].upper().startswith(("QH", "UBTVQH")):
        return f"{sep}{codes.groups[0]}{codes.separators[1]}{codes.groups[1]}", codes.defects, codes.ends[1]
    if odd_year:
        return None
    if sep == "-" and lead and (former := _former(codes)):
        return former
    if first in type_codes() and len(codes.groups) > 1:
        return _typed(sep, year, codes, lead)
    return _untyped(sep, year, codes, lead)


def _former(codes: _Codes) -> _Shape | None:
    """The longest State number of before 1998 ("197-CP", "11-LĐTBXH/TT") that the groups begin with."""
    if not _is_capital(codes):
        return None
    for count in range(len(codes.groups), 0, -1):
        joined = "".join(f"{s}{g}" for s, g in zip(codes.separators[:count], codes.groups[:count], strict=True))
        try:
            number = DirectiveNumber.parse(f"1-{joined}")
        except ValueError:
            continue
        if number.former:
            return number.former, codes.defects, codes.ends[count - 1]
    return None


def _typed(sep: str, year: str | None, codes: _Codes, lead: str) -> _Shape | None:
    types, issuer, at = codes.groups[0], codes.groups[1], 1
    defects = list(codes.defects)
    inner = codes.separators[1]
    if len(codes.groups) > 2 and issuer.upper() == types.upper():  # 8602/QĐ-QĐ/TU
        defects.append("ký hiệu loại văn bản in lặp")
        issuer, at, inner = codes.groups[2], 2, codes.separators[2]
        sep = "-" if inner == "/" else "/"
    issuer, end = _with_tail(codes, at)
    known = issuer_code(issuer)
    if known is None and not (lead and codes.printed[at][:1].isupper() and codes.printed[0][:1].isupper()):
        return None
    if known is None and len(issuer) < 2:
        return None
    form = _form(sep, inner, year, known.system if known else None, issuer)
    if form is None:
        return None
    swapped = (form == "party") != (sep == "-" and inner == "/") and sep != ""
    if swapped or not sep:
        defects.append("số in sai dấu phân cách" if sep else "số in thiếu dấu phân cách")
    joint = inner if sep == "/" and inner in ("/", ".") else "-"
    body = f"-{types}/{issuer}" if form == "party" else f"/{year + '/' if year else ''}{types}{joint}{issuer}"
    return body, tuple(defects), end


def _is_capital(codes: _Codes) -> bool:
    """Whether the first code is printed as a code: "BTC", or with its own small letters ("TTg", "SNgV")."""
    known = issuer_codes().get(codes.groups[0].upper())
    return codes.printed[0].isupper() or (known is not None and codes.printed[0] == known.code)


def _form(sep: str, inner: str, year: str | None, system: str | None, issuer: str) -> str | None:
    """ "party" or "state" form. Swapped separators are put right where the issuer belongs to one side only."""
    board = issuer.upper().startswith("BCĐ")
    if year:
        return "state"
    if (sep, inner) == ("-", "/"):
        return "state" if system == "state" and not board else "party"
    if (sep, inner) == ("/", "-"):
        return "party" if system == "party" and not board else "state"
    if system == System.PARTY and not board:
        return "party"
    if system == System.STATE and not board:
        return "state"
    if sep == "":
        return "party" if inner == "/" else "state" if inner == "-" else None
    return None


def _with_tail(codes: _Codes, at: int, gap: int = 2) -> tuple[str, int]:
    """The issuer with the unit behind it ("UBND-NC", "TTLT-BTC-BNV" has two), if written like a code."""
    issuer, end = codes.groups[at], codes.ends[at]
    for i in range(at + 1, len(codes.groups)):
        printed = codes.printed[i]
        tight = codes.ends[i] - len(printed) - codes.ends[i - 1] <= gap and codes.separators[i] in ("-", ".")
        unit = sum(c.isupper() for c in printed) >= 2 or re.fullmatch(r"[A-ZĐ]\d{1,2}", printed)
        if not (tight and printed[0].isupper() and unit):
            break
        issuer, end = f"{issuer}{codes.separators[i]}{codes.groups[i]}", codes.ends[i]
    return issuer, end


def _untyped(sep: str, year: str | None, codes: _Codes, lead: str) -> _Shape | None:
    """193/2025/QH15, or a letter of the State: 4912/UBND-NC."""
    first = codes.groups[0].upper()
    if not sep and lead == "word" and first in ("CP", "TTG", "HĐBT"):  # "Nghị định số 61 CP"
        return f"/{first}", (*codes.defects, "số in thiếu dấu phân cách"), codes.ends[0]
    if sep != "/":
        return None
    if re.fullmatch(r"(?:UBTV)?QH\d{0,2}", first):
        return (f"/{year}/{first}", codes.defects, codes.ends[0]) if year else None
    if year or not _is_capital(codes):
        return None
    issuer, end = _with_tail(codes, 0, 3 if lead == "letter" else 2)
    listed = first in issuer_codes()
    if listed and (lead or "-" in issuer):
        return f"/{issuer}", codes.defects, end
    guessed = issuer_code(issuer) is not None and lead
    if guessed or (lead == "letter" and len(first) >= 2):
        return f"/{issuer}", codes.defects, end
    return None
