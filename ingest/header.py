"""Normalized text → what a directive says of itself: number, type, title, date, issuer, place, signer, recipients.

The word over the title decides the type, the code and the letterhead decide the system and the level, the letterhead,
the line of place and date and the text's own words decide the place. What is blank stays None and makes it a draft.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from graph.numbers import DirectiveNumber, IssuerCode, issuer_code
from graph.records import THIS, Mention
from graph.vocabulary import DirectiveType as D
from graph.vocabulary import Level, System
from ingest.citation_forms import Token, find_numbers, of_province
from ingest.dates import find_dates
from ingest.flat import flat
from ingest.head_lines import Head, find_head, squeeze
from ingest.head_place import adopting_body, issuer_of, jurisdiction_of_head
from ingest.jurisdiction import level_of
from ingest.lines import Line, drop_furniture, split_lines
from ingest.pages import Page, portal_body, read_page
from ingest.signature import read_signature
from ingest.text import MappedText, Source
from ingest.type_words import TYPE_WORD, TYPE_WORDS

_BLANK_DOTS = r"[ ._…*]{0,40}"
_BLANK = re.compile(
    rf"(?<![a-z])so ?:?{_BLANK_DOTS}(?P<rest>(?:/ ?(?:20\d\d ?/ ?)?|"
    rf"- ?/? ?)[a-z][a-z&]{{0,8}}(?: ?[-/] ?[a-z][a-z&]{{0,9}}\d{{0,2}}){{0,3}})"
)
_YEAR_ONLY = re.compile(
    r"ngay[ ._…]{0,20}\d{0,2}[ ._…]{0,20}thang[ ._…]{0,20}\d{0,2}[ ._…]{0,20}nam {0,3}((?:19|20)\d\d)"
)
_PASSED = re.compile(r"thong qua[^.;]{0,60}ngay")
_ATTACHED = re.compile(
    r"(?:^|ve viec |v/v )(?:ban hanh|phe duyet|thong qua|"
    r"cong bo) (?:kem theo [a-z ]{0,30})?(?P<what>(?:ke hoach|chuong trinh|de an|quy che|quy dinh|"
    r"phuong an|bo tieu chi|bo chi so|danh muc|dieu le|noi quy|chien luoc|quy hoach|du an|nhiem vu)(?![a-z]))"
)
_NUMBER_LINE = re.compile(r"[^a-z]{0,3}(?!thuc hien|can cu|theo |trien khai|xet )(?:[a-z ]{0,20})?so ?:? {0,3}")
_SIDES = (
    (
        re.compile(
            r"mat tran to quoc|mttq|doan tncs|tinh doan|thanh doan|lien doan lao dong|hoi (?:nong|phu|cuu|lien)"
        ),
        System.FRONT,
    ),
    (
        re.compile(r"bo chinh tri|ban bi thu|trung uong dang|(?:tinh|thanh|dang|huyen) uy|dang bo|ban tuyen giao"),
        System.PARTY,
    ),
    (
        re.compile(r"uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|chinh phu|thu tuong|quoc hoi|^(?:bo|so) |bo truong"),
        System.STATE,
    ),
)
_STAGE = re.compile(
    r"(?:giai doan|nhiem ky|thoi ky|trong cac nam|cac nam|nam hoc) {1,2}(?:tu nam )?((?:19|20)\d\d) {0,2}(?:-|"
    r"den nam|den) {0,2}((?:19|20)\d\d)"
)
_IN_YEAR = re.compile(r"(?<!thang \d )(?<!thang \d\d )(?<!den )(?<!truoc )(?<!hoc )nam {1,2}(20\d\d)(?!\d| {0,2}-)")


def read_header(text: MappedText, source: Source) -> Mention:
    """What the text says of itself, as the mention "this". ``text`` is the normalized text of ``source``.

    Every field is None where the text does not say; ``defects`` note repairs of the printed number.
    """
    lines, _ = drop_furniture(split_lines(text, source))
    head = find_head(lines)
    page = read_page(lines) if head.page else None
    token = page.token if page else _number(head)
    number = token.number if token else None
    symbol = number.symbol if number else _blank_symbol(head)
    date, year = _date(head, lines, page)
    signature = read_signature(lines[head.end :])
    kind = TYPE_WORDS[page.type_word] if page and page.type_word else _type(head, number, symbol)
    code = _code(number, symbol)
    adopted = adopting_body(head) or (portal_body(lines) if page and page.shown and not page.token else None)
    place = jurisdiction_of_head(head, date, code, signature, adopted)
    attachment = _attachment(head.title, kind)
    start, end = period(head.title)
    proof = page.text if page else head.text if token else text
    at = (token.start, token.end) if token else (0, 1)
    return Mention(
        ref=THIS, number=str(number) if number else None, symbol=symbol, type=kind, title=_full_title(head),
        issued_on=date, issued_year=year, issuer=issuer_of(head, adopted, code, signature, place),
        jurisdiction=place, level=_level(place, code),
        system=_system(head, number, symbol, code) or _system_of(adopted or (signature.body or "")),
        signer=signature.signer, signer_role=signature.role, recipients=signature.recipients,
        draft=(number is None and symbol is not None) or (date is None and year is not None) or head.marked_draft,
        plan=kind in (D.PLAN, D.PROGRAMME) or (attachment is not None and _is_plan(attachment)),
        attachment=attachment, period_start=start, period_end=end,
        printed=proof.text[slice(*at)] if token else "", evidence=source.evidence(proof, *at) if proof else None,
        defects=token.defects if token else (),
    )  # fmt: skip


def _level(place: str | None, code: IssuerCode | None) -> Level | None:
    """Level of the place; without one a symbol that only provincial offices have ("SNV") still tells it."""
    return level_of(place) or (Level.PROVINCIAL if place is None and code and code.scope == "provincial" else None)


def _number(head: Head) -> Token | None:
    """The first number of the head that is not part of the title: before it, or on a line of its own that says "Số"."""
    plain = flat(head.text.text)
    title = re.compile(rf"{head.type_word}(?: hanh dong)?(?: so)?:? {{0,2}}") if head.type_word else None
    for token in find_numbers(head.text.text, plain):
        if head.type_word is None and token.start >= head.type_at:
            break
        start = head.text.text.rfind("\n", 0, token.start) + 1
        line = plain[max(start, token.start - _LONGEST_LEAD) : token.start]
        above = token.start < head.type_at and (
            head.type_word is not None or not (re.search(r"v/v|ve viec", line) or TYPE_WORD.search(line))
        )
        if above or (title and title.fullmatch(line)) or _NUMBER_LINE.fullmatch(line):
            provincial = re.search(r"(?:tinh|thanh) uy", flat(head.letterhead)) is not None
            number, defects = of_province(token.number, head.text.text[token.start : token.end], provincial)
            return replace(token, number=number, defects=(*token.defects, *defects))
    return None if head.type_word else _of_unlisted_office(head.text.text)


#: "Số: 5819/HQHP-TXNK" on a line of its own is a number, whoever the office is.
_NUMBER_OF_OFFICE = re.compile(
    r"(?:^|\n|\t)[*_ ]{0,3}S[ốỐoO]? ?: {0,4}(?P<number>\d{1,5} ?/ ?[A-ZĐ&]{2,10}(?:-[A-ZĐ&]{2,12}){1,3})(?=\s|$)"
)


def _of_unlisted_office(text: str) -> Token | None:
    m = _NUMBER_OF_OFFICE.search(text)
    return Token(m.start("number"), m.end("number"), DirectiveNumber.parse(m["number"])) if m else None


#: More characters than this before a number on its line are a sentence, whatever they say.
_LONGEST_LEAD = 400


def _blank_symbol(head: Head) -> str | None:
    words = head.text.text
    m = _BLANK.search(flat(words[: head.type_at]))
    if not m:
        return None
    if untyped := re.fullmatch(r"- ?/ ?(?P<issuer>[a-z]{1,9})", m["rest"]):
        known = issuer_code(words[m.start("rest") + untyped.start("issuer") : m.end()])
        return known.code if known else None
    tokens = find_numbers(f"số 1{words[m.start('rest') : m.end()]}", f"so 1{m['rest']}")
    return tokens[0].number.symbol if tokens else None


def _date(head: Head, lines: Sequence[Line], page: Page | None) -> tuple[dt.date | None, int | None]:
    """Date of the head, else the day a law was passed, as its closing words tell; or the year alone.

    A page has no date of its own: what stands over its text is the day of the news.
    """
    if page:
        return page.issued_on, page.issued_on.year if page.issued_on else None
    words = head.text.text[: head.type_at] if head.type_at else head.text.text
    joined = words.replace("\n", " ")
    found = find_dates(joined)
    placed = [d for d in found if joined[: d[0]].rstrip().endswith(",") and joined[d[0]] in "nN"]
    found = placed or found
    if found:
        return found[0][2], found[0][2].year
    blank = _YEAR_ONLY.search(flat(words))
    if blank:
        return None, int(blank[1])
    for line in reversed(lines[-60:]):
        passed = line.text.text
        m = _PASSED.search(flat(passed))
        dates = find_dates(passed[m.end() - 4 :]) if m else []
        if dates:
            return dates[0][2], dates[0][2].year
    after = find_dates(head.text.text[head.type_at :].replace("\n", " ")) if head.date_below else []
    return (after[0][2], after[0][2].year) if after else (None, None)


def _type(head: Head, number: DirectiveNumber | None, symbol: str | None) -> D | None:
    if head.type_word:
        return TYPE_WORDS[head.type_word]
    if number and number.type is not None:
        return number.type
    if symbol and number is None:
        try:
            return DirectiveNumber.parse(f"1{_separator(symbol)}{symbol}").type
        except ValueError:
            return None
    return D.OFFICIAL_LETTER if head.letter else None


def _separator(symbol: str) -> str:
    return "-" if re.fullmatch(r"[^-/]{1,5}/[^\d].*", symbol) else "/"


def _code(number: DirectiveNumber | None, symbol: str | None) -> IssuerCode | None:
    if number:
        return number.issuer_code
    if symbol:
        try:
            return issuer_code(DirectiveNumber.parse(f"1{_separator(symbol)}{symbol}").issuer)
        except ValueError:
            return None
    return None


def _system(head: Head, number: DirectiveNumber | None, symbol: str | None, code: IssuerCode | None) -> System | None:
    if number:
        return number.system
    if code and code.system != "both":
        return System(code.system)
    if symbol:
        return System.PARTY if _separator(symbol) == "-" else System.STATE
    plain = squeeze(flat(head.text.text))
    if "dang cong san viet nam" in plain:
        return System.PARTY
    if "mat tran to quoc" in flat(head.letterhead):
        return System.FRONT
    return System.STATE if "cong hoa xa hoi" in plain else None


def _system_of(body: str) -> System | None:
    """What the words of an issuer tell where no code and no motto does."""
    plain = flat(body)
    return next((system for pattern, system in _SIDES if pattern.search(plain)), None)


def _full_title(head: Head) -> str | None:
    """The title as printed; a Party title that goes on from the type word gets that word before it."""
    if not head.title:
        return None
    if head.type_word and head.title[0].islower():
        word = head.type_line.strip(" :").lower()
        return f"{word[:1].upper()}{word[1:]} {head.title}"
    return head.title


def _attachment(title: str | None, kind: D | None) -> str | None:
    """Title of what a decision or resolution promulgates, if it has no number of its own."""
    if not title or kind not in (D.DECISION, D.RESOLUTION, D.CIRCULAR, D.DECREE, D.RULES):
        return None
    m = _ATTACHED.search(flat(title))
    if not m:
        return None
    what = title[m.start("what") :]
    return None if re.match(r"[a-z ]{0,25}so \d{1,5} {0,2}[-/]", flat(what)) else what


def _is_plan(attachment: str) -> bool:
    return flat(attachment).startswith(("ke hoach", "chuong trinh"))


def period(title: str | None) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of "năm 2026", "giai đoạn 2026-2030", "nhiệm kỳ 2025-2030" in a title; None without one.

    >>> period("Chuyển đổi số năm 2026")
    (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    """
    if not title:
        return None, None
    plain = flat(title)
    for start, end, _ in find_dates(title):
        plain = plain[:start] + " " * (end - start) + plain[end:]
    cited = re.search(r" so \d{1,5} {0,2}[-/]", plain)
    own = plain[: cited.start()] if cited else plain
    for words in (own, plain):
        if stage := _STAGE.search(words):
            return dt.date(int(stage[1]), 1, 1), dt.date(int(stage[2]), 12, 31)
        if year := _IN_YEAR.search(words):
            return dt.date(int(year[1]), 1, 1), dt.date(int(year[1]), 12, 31)
    return None, None
