"""Normalized text → what a directive says of itself: number, type, title, date, issuer, place, signer, recipients.

The word over the title decides the type, the code and the letterhead decide the system and the level, the letterhead,
the line of place and date and the text's own words decide the place. What is blank stays None and makes it a draft.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.communes import province_of
from graph.numbers import DirectiveNumber, IssuerCode, issuer_code
from graph.places import canonical, places_in, split_jurisdiction
from graph.records import THIS, Mention
from graph.vocabulary import DirectiveType as D
from graph.vocabulary import System
from ingest.citation_forms import TYPE_WORD, TYPE_WORDS, Token, find_numbers
from ingest.dates import find_dates
from ingest.flat import flat
from ingest.head_lines import Head, find_head, squeeze
from ingest.issuers import issuer_scope, named_place, read_issuer, usual_case
from ingest.jurisdiction import CENTRAL, level_of
from ingest.lines import drop_furniture, split_lines
from ingest.signature import Signature, read_signature
from ingest.text import MappedText, Source

_BLANK_DOTS = r"[ ._…*]{0,40}"
_BLANK = re.compile(
    rf"(?<![a-z])so ?:?{_BLANK_DOTS}(?P<rest>(?:/ ?(?:20\d\d ?/ ?)?|"
    rf"- ?)[a-z][a-z&]{{0,8}}(?: ?[-/] ?[a-z][a-z&]{{0,9}}\d{{0,2}}){{0,3}})"
)
_YEAR_ONLY = re.compile(
    r"ngay[ ._…]{0,20}\d{0,2}[ ._…]{0,20}thang[ ._…]{0,20}\d{0,2}[ ._…]{0,20}nam {0,3}((?:19|20)\d\d)"
)
_PASSED = re.compile(r"thong qua[^.;]{0,60}ngay")
_PLACE_DATE = re.compile(r"(?:^|\n|\t|\||  )(?P<place>[^\n\t|,;:]{2,40}), {0,2}(?:ngày|Ngày|ngay|NGÀY)\b")
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
#: An issuer that ends with a level but not its name: "Ban Chấp hành Đảng bộ phường", "Ban Thường vụ Tỉnh ủy".
_OWN_PLACE = re.compile(
    r"(?:(?P<commune>xa|phuong|dac khu|thi tran)|(?<!dang )(?<!phuong )(?<!xa )(?:tinh|thanh pho|tinh uy|thanh uy))$"
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
    token = _number(head)
    number = token.number if token else None
    symbol = number.symbol if number else _blank_symbol(head)
    date, year = _date(head, lines)
    signature = read_signature(lines[head.end :])
    kind = _type(head, number, symbol)
    code = _code(number, symbol)
    adopted = _adopting_body(head, lines)
    system = _system(head, number, symbol, code) or _system_of(adopted or (signature.body or ""))
    place = _jurisdiction(head, lines, code, signature, adopted)
    attachment = _attachment(head.title, kind)
    start, end = period(head.title)
    where = token or Token(0, 1, DirectiveNumber("1", None, None, "X", False))
    proof = head.text if token and head.text.text else text
    return Mention(
        ref=THIS,
        number=str(number) if number else None,
        symbol=symbol,
        type=kind,
        title=_full_title(head, kind),
        issued_on=date,
        issued_year=date.year if date else year,
        issuer=_issuer(head, adopted, code, signature, place),
        jurisdiction=place,
        level=level_of(place),
        system=system,
        signer=signature.signer,
        signer_role=signature.role,
        recipients=signature.recipients,
        draft=(number is None and symbol is not None) or (date is None and year is not None) or head.marked_draft,
        plan=kind in (D.PLAN, D.PROGRAMME) or (attachment is not None and _is_plan(attachment)),
        attachment=attachment,
        period_start=start,
        period_end=end,
        printed=head.text.text[token.start : token.end] if token else "",
        evidence=source.evidence(proof, where.start, where.end) if proof else None,
        defects=token.defects if token else (),
    )


def _number(head: Head) -> Token | None:
    """The first number of the head that is not part of the title: before it, or on a line of its own that says "Số"."""
    plain = flat(head.text.text)
    title = re.compile(rf"{head.type_word}(?: hanh dong)?(?: so)?:? {{0,2}}") if head.type_word else None
    for token in find_numbers(head.text.text, plain):
        start = head.text.text.rfind("\n", 0, token.start) + 1
        line = plain[max(start, token.start - _LONGEST_LEAD) : token.start]
        above = token.start < head.type_at and (
            head.type_word is not None or not (re.search(r"v/v|ve viec", line) or TYPE_WORD.search(line))
        )
        if above or (title and title.fullmatch(line)) or _NUMBER_LINE.fullmatch(line):
            return token
    return None


#: More characters than this before a number on its line are a sentence, whatever they say.
_LONGEST_LEAD = 400


def _blank_symbol(head: Head) -> str | None:
    words = head.text.text
    m = _BLANK.search(flat(words[: head.type_at]))
    if not m:
        return None
    tokens = find_numbers(f"số 1{words[m.start('rest') : m.end()]}", f"so 1{m['rest']}")
    return tokens[0].number.symbol if tokens else None


def _date(head: Head, lines: Sequence[object]) -> tuple[dt.date | None, int | None]:
    """Date of the head, else the day a law was passed, as its closing words tell; or the year alone."""
    words = head.text.text[: head.type_at] if head.type_at else head.text.text
    joined = words.replace("\n", " ")
    found = find_dates(joined)
    placed = [d for d in found if joined[: d[0]].rstrip().endswith(",")]
    found = placed or found
    if found:
        return found[0][2], found[0][2].year
    blank = _YEAR_ONLY.search(flat(words))
    if blank:
        return None, int(blank[1])
    for line in reversed(lines[-60:]):
        passed = line.text.text if hasattr(line, "text") else ""
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


def _full_title(head: Head, kind: D | None) -> str | None:
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


# --- issuer and place -------------------------------------------------------------------------------------------------

_ADOPTS = re.compile(
    r"(?:^|[;,.:] |\n)(?P<body>(?:ban thuong vu|ban chap hanh|thuong truc|uy ban nhan dan|ubnd|"
    r"hoi dong nhan dan|hdnd|ban chi dao|dang uy|tinh uy|chinh phu|bo chinh tri|ban bi thu|thu tuong|quoc hoi|"
    r"thanh uy|chu tich|so |bo |uy ban|ban |cong an|hoi |doan )[^;\n]{0,260}?) (?:ban hanh|xay dung|de ra|"
    r"yeu cau|chi thi|thong bao|ket luan|quyet dinh|quyet nghi|trien khai|to chuc|huong dan|de nghi|"
    r"(?:ra|lap) (?:ke hoach|nghi quyet|chi thi|thong bao|huong dan|chuong trinh))(?![a-z])"
)


def _adopting_body(head: Head, lines: Sequence[object]) -> str | None:
    """Who adopts, from "… Ban Thường vụ Tỉnh ủy ban hành Kế hoạch … như sau" before the first heading."""
    words = head.preamble
    plain = flat(words)
    found = None
    for m in _ADOPTS.finditer(plain):
        issuer = read_issuer(words, plain, m.start("body"), m.end("body"))
        if issuer and m.end("body") - issuer.end < 90:
            found = issuer.name
    return found


def _issuer(
    head: Head, adopted: str | None, code: IssuerCode | None, signature: Signature, place: str | None
) -> str | None:
    own = head.body_lines[-1] if head.body_lines else None
    name = adopted or own or (signature.body and usual_case(signature.body)) or (code.name if code else None)
    if name is None:
        return None
    if adopted and not named_place(adopted) and issuer_scope(adopted) != CENTRAL:
        ending = _OWN_PLACE.search(flat(adopted))
        shown = split_jurisdiction(place)[0 if ending and ending["commune"] else 1]
        if ending and shown:
            return f"{adopted} {shown}"
    return usual_case(name)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Places that the head names: of its bodies, and before the date."""

    province: str | None
    commune: str | None
    district: str | None
    date_place: str | None


def _jurisdiction(
    head: Head, lines: Sequence[object], code: IssuerCode | None, signature: Signature, adopted: str | None
) -> str | None:
    body = head.body_lines[-1] if head.body_lines else ""
    if code and code.scope == CENTRAL:
        return CENTRAL
    scope = issuer_scope(body) or (issuer_scope(signature.body) if signature.body else None)
    seen = _seen(head)
    if scope == CENTRAL and not seen.province:
        return CENTRAL
    if code is None and scope is None and (_is_central_head(head) or (adopted and issuer_scope(adopted) == CENTRAL)):
        return CENTRAL
    communal = (
        (code and code.scope == "communal") or scope == "communal" or (adopted and issuer_scope(adopted) == "communal")
    )
    if scope in ("provincial",) or ((code and code.scope == "provincial") and not communal):
        return seen.province or _place_of_date(seen) or _most_named(head)
    if communal or (seen.date_place and not canonical(seen.date_place) and (seen.commune or not seen.province)):
        return _below_province(head, seen, seen.commune or seen.date_place)
    if scope == "district":
        return _below_province(head, seen, f"huyện {seen.district}" if seen.district else None)
    return seen.province or _place_of_date(seen) or _most_named(head)


def _is_central_head(head: Head) -> bool:
    return any(issuer_scope(b) == CENTRAL for b in head.body_lines)


def _below_province(head: Head, seen: _Seen, name: str | None) -> str | None:
    if name is None:
        return None
    name = _title_case(name)
    province = seen.province or province_of(name) or _most_named(head)
    return f"{name}, {province}" if province else name


def _title_case(name: str) -> str:
    return " ".join(w.capitalize() if w.isupper() else w for w in name.split())


def _place_of_date(seen: _Seen) -> str | None:
    return canonical(seen.date_place) if seen.date_place else None


def _seen(head: Head) -> _Seen:
    province = commune = district = None
    for line in (*head.body_lines, *head.parent_lines):
        for _, _, place in places_in(line):
            if place.is_province:
                province = province or place.name
            elif flat(place.name).startswith("hoi"):
                continue
            elif place.kind in ("xã", "phường", "đặc khu", "thị trấn"):
                commune, province = commune or place.name, province or place.province
            else:
                district, province = district or place.name, province or place.province
        named = named_place(line)
        if named and canonical(named) and not re.search(r"\b(?:xa|phuong|dac khu|huyen|quan)\b", flat(line)):
            province = province or canonical(named)
    m = _PLACE_DATE.search(head.text.text[: head.type_at or None])
    place_date = m["place"].strip(" -*") if m else None
    if place_date and (issuer := re.search(r"(?:20\d\d|[A-ZĐ]{2,6}) {1,3}(?P<p>[A-ZĐ][^\d]{2,30})$", place_date)):
        place_date = issuer["p"]
    if place_date and flat(place_date).startswith(("tp", "thanh pho ", "tinh ", "xa ", "phuong ")):
        place_date = re.sub(r"^(?:TP\.? ?|Thành phố |Tỉnh |Xã |Phường |tp\.? ?)", "", place_date)
    return _Seen(province, commune, district, place_date)


def _most_named(head: Head) -> str | None:
    """The province that the text itself names most ("trên địa bàn tỉnh Hưng Yên"); None on a tie or without any."""
    names = Counter(
        p.name if p.is_province else p.province for _, _, p in places_in(head.sample) if p.is_province or p.province
    )
    best = names.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return best[0][0]
