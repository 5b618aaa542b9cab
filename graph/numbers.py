"""A directive's number as a value object: parse, canonical form, keys, and what its symbol tells.

Sources: Decree 30/2020/NĐ-CP (State), Guideline 36-HD/VPTW (Party); the codes are data (graph/data/*.tsv).

>>> str(DirectiveNumber.parse("65 - kh/tu"))
'65-KH/TU'
>>> str(DirectiveNumber.parse("1/2026/NQ-HĐND"))
'01/2026/NQ-HĐND'
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from graph.tables import rows
from graph.vocabulary import DirectiveType, System

DASHES = re.compile("[\u2010-\u2015\u2212\u00ad\ufe58\ufe63\uff0d]")
_ORDINAL = r"(?P<ordinal>\d{1,5}(?:\.\d{1,2})?[a-eđ]?)"
_CODE = r"[A-ZĐ][A-ZĐ&]*"
_PARTY = re.compile(rf"{_ORDINAL}-(?P<type>{_CODE})/(?P<issuer>{_CODE}\d{{0,2}}(?:[-.]{_CODE})*)", re.IGNORECASE)
_STATE = re.compile(
    rf"{_ORDINAL}/(?:(?P<year>(?:19|20)\d\d)/)?(?P<first>{_CODE}\d{{0,2}})(?P<rest>(?:[-/.]{_CODE}\d{{0,2}})*)",
    re.IGNORECASE,
)
#: State numbers of before 1998: "197-CP", "11-LĐTBXH/TT", "33-BXD/KTQH".
_FORMER = re.compile(rf"{_ORDINAL}-(?P<issuer>{_CODE}(?:-{_CODE})*)(?:/(?P<last>[A-ZĐ]{_CODE}\d?))?", re.IGNORECASE)
#: "30-NQ/2026/QH16" for 30/2026/QH16: a type word put into a National Assembly number.
_ODD_ASSEMBLY = re.compile(rf"{_ORDINAL}-NQ/(?P<year>20\d\d)/(?P<issuer>QH\d\d)", re.IGNORECASE)
_BARE = re.compile(r"(?P<ordinal>\d{1,5})")
#: Bodies whose number without a type code can be a decree, a decision, a law: only the word beside it tells.
_ANY_TYPE = re.compile(r"(?:(?:UBTV)?QH\d*|CP|TTG|HĐBT|HĐCP|CTN|SL)?", re.IGNORECASE)
#: Issuers that wrote their numbers like the Party: "06-TT/LB", "12-CT/UB".
_LIKE_PARTY = frozenset({"LB", "UB"})
#: The Ministry of Finance before 1998, and the type code of a communiqué.
_FINANCE = "TC"
_KEY_OF_STATE = re.compile(r"(?P<ordinal>\d+(?:\.\d+)?[A-EĐ]?[/-](?:\d{4}/)?)(?P<symbol>[A-ZĐ].*)")


def unify(text: str) -> str:
    """NFC, one dash, one Đ, no spaces: the spelling in which numbers are compared."""
    text = DASHES.sub("-", unicodedata.normalize("NFC", text)).replace("\u00d0", "Đ").replace("\u00f0", "đ")
    return re.sub(r"[\s\u200b\u00a0]+", "", text)


@dataclass(frozen=True, slots=True)
class TypeCode:
    """A type code, who uses it (party, state, both) and what it stands for."""

    code: str
    system: str
    type: DirectiveType
    vietnamese: str


@dataclass(frozen=True, slots=True)
class IssuerCode:
    """An issuer code. ``scope``: central, provincial, communal, district, or own (the level of the document itself)."""

    code: str
    name: str
    scope: str
    system: str


@cache
def type_codes() -> dict[str, tuple[TypeCode, ...]]:
    """Type codes by their upper-case spelling; several where Party and State differ (TT)."""
    table: dict[str, tuple[TypeCode, ...]] = {}
    for row in rows("type_codes"):
        code = TypeCode(row["code"], row["system"], DirectiveType(row["type"]), row["vietnamese"])
        table[code.code.upper()] = (*table.get(code.code.upper(), ()), code)
    return table


@cache
def issuer_codes() -> dict[str, IssuerCode]:
    """Issuer codes by their upper-case spelling."""
    found = rows("issuers")
    return {r["code"].upper(): IssuerCode(r["code"], r["name"], r["scope"], r["system"]) for r in found}


@dataclass(frozen=True, slots=True)
class DirectiveNumber:
    """``ordinal`` (unpadded, "66.7" and "30c" kept), ``year`` if it is part of the number, and the two codes.

    ``type_code`` is None for official letters of the State and for n/yyyy/QHk; ``party`` tells which separators it has.
    ``joint`` joins the codes of a State number ("-", in some offices "/" or "."); ``former`` is what follows the
    ordinal in the forms of before 1998 ("-CP", "-LĐTBXH/TT"). A number without a symbol has an empty ``issuer``.
    """

    ordinal: str
    year: int | None
    type_code: str | None
    issuer: str
    party: bool
    joint: str = "-"
    former: str = ""

    @classmethod
    def parse(cls, text: str) -> DirectiveNumber:
        """Read a number as people write it; ValueError (quoting the text) if it has not the shape of one."""
        token = unify(text).strip(".,;:()")
        if m := _ODD_ASSEMBLY.fullmatch(token):
            return cls(_plain(m["ordinal"]), int(m["year"]), None, m["issuer"].upper(), False)
        if number := cls._of_before_1998(token):
            return number
        if m := _PARTY.fullmatch(token):
            return cls(_plain(m["ordinal"]), None, _canonical_type(m["type"]), _canonical_issuer(m["issuer"]), True)
        if m := _STATE.fullmatch(token):
            year = int(m["year"]) if m["year"] else None
            first, rest = m["first"], m["rest"]
            if first.upper() in type_codes() and rest:
                issuer = _canonical_issuer(rest[1:])
                return cls(_plain(m["ordinal"]), year, _canonical_type(first), issuer, False, rest[0])
            return cls(_plain(m["ordinal"]), year, None, _canonical_issuer(first + rest), False)
        if m := _BARE.fullmatch(token):
            return cls(_plain(m["ordinal"]), None, None, "", False)
        raise ValueError(f"not a directive number: {text!r}")

    @classmethod
    def _of_before_1998(cls, token: str) -> DirectiveNumber | None:
        """ "197-CP", "11-LĐTBXH/TT", "33-BXD/KTQH": the issuer stands first, its type code last or not at all."""
        m = _FORMER.fullmatch(token)
        if not m:
            return None
        issuer, last = _canonical_issuer(m["issuer"]), (m["last"] or "").upper()
        known = issuer_code(issuer)
        if issuer in type_codes() and last in _LIKE_PARTY:
            kind = _canonical_type(issuer)
            return cls(_plain(m["ordinal"]), None, kind, last, False, former=f"-{kind}/{last}")
        if issuer.split("-")[0].upper() in type_codes() and not (issuer == _FINANCE and _is_state(last)):
            return None
        if last in type_codes() and (known is None or known.system == "state"):
            kind = _canonical_type(last)
            return cls(_plain(m["ordinal"]), None, kind, issuer, False, former=f"-{issuer}/{kind}")
        if known and known.scope == "central" and known.system == "state":
            unit = f"/{last}" if last else ""
            return cls(_plain(m["ordinal"]), None, None, f"{issuer}{unit}", False, former=f"-{issuer}{unit}")
        return None

    @property
    def symbol(self) -> str:
        """The codes behind number and year: "KH/TU", "KH-UBND", "QH15"; the year belongs to the number."""
        if self.former:
            return self.former[1:]
        if self.party:
            return f"{self.type_code}/{self.issuer}"
        return f"{self.type_code}{self.joint}{self.issuer}" if self.type_code else self.issuer

    def __str__(self) -> str:
        if not self.issuer:
            return self.ordinal
        digits = re.match(r"\d+", self.ordinal)
        padded = self.ordinal.zfill(2) if digits and digits.group() == self.ordinal else self.ordinal
        year = f"{self.year}/" if self.year else ""
        return f"{padded}{'-' if self.party or self.former else '/'}{year}{self.symbol}"

    @property
    def key(self) -> str:
        """Key of identity, as ``number_key`` tells."""
        return number_key(str(self))

    @property
    def issuer_code(self) -> IssuerCode | None:
        """What the issuer part says: the longest known code it begins with (QH15 is QH, MTTQ-UB is MTTQ)."""
        return issuer_code(self.issuer)

    @property
    def system(self) -> System | None:
        known = self.issuer_code
        if known and known.system != "both":
            return System(known.system)
        return System.PARTY if self.party else System.STATE

    @property
    def type(self) -> DirectiveType | None:
        """Type that the code alone tells; None for n/yyyy/QHk, 61/CP: there the word beside the number decides."""
        if self.type_code is None:
            return None if self.former or _ANY_TYPE.fullmatch(self.issuer) else DirectiveType.OFFICIAL_LETTER
        side = "party" if self.party else "state"
        found = [c for c in type_codes().get(self.type_code.upper(), ()) if c.system in ("both", side)]
        return found[0].type if found else None


def issuer_code(issuer: str) -> IssuerCode | None:
    """The known issuer that a code such as "BCĐTW", "QH15", "UBND-NC", "SKHCN-CĐS" names; None if none does."""
    if not issuer:
        return _UNNAMED
    head = re.sub(r"\d+$", "", re.split(r"[-/.]", issuer)[0]).upper().replace("&", "")
    known = issuer_codes().get(head)
    if known:
        return known
    if re.fullmatch(r"S[A-ZĐ]{2,7}", head):
        return IssuerCode(head, "Sở", "provincial", "state")
    return None


def _is_state(code: str) -> bool:
    known = issuer_code(code) if code else None
    return known is None or known.system == "state"


#: A number without a symbol: the printed issuer is all there is.
_UNNAMED = IssuerCode("", "", "own", "both")


def _plain(ordinal: str) -> str:
    return re.sub(r"^0+(?=\d)", "", ordinal.lower())


def _canonical_type(code: str) -> str:
    known = type_codes().get(code.upper())
    return known[0].code if known else code.upper()


def _canonical_issuer(code: str) -> str:
    parts = re.split(r"([-/.])", code)
    return "".join(issuer_codes()[p.upper()].code if p.upper() in issuer_codes() else p.upper() for p in parts)


def number_key(number: str) -> str:
    """Key of identity of a printed number. Đ and the separators that part Party from State matter.

    Spaces, case, zero padding and how the codes of a State number are joined (QĐ-UB, QĐ.UB, QĐ/UB) do not.
    """
    key = re.sub(r"^0+(?=\d)", "", unify(number)).upper()
    m = _KEY_OF_STATE.fullmatch(key)
    if m is None or ("-" in m["ordinal"] and "/" in m["symbol"] and m["symbol"].split("/")[-1] not in _LIKE_PARTY):
        return key
    return m["ordinal"].replace("-", "/") + re.sub(r"[/.]", "-", m["symbol"])


def loose_key(number: str) -> str:
    """Key for looking up what a person typed: separators and Đ/D are folded too, so it can fit several numbers."""
    return re.sub(r"[-/.]+", "-", number_key(number).replace("Đ", "D"))
