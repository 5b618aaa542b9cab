"""The head of a directive → who issued it, and the place it belongs to.

The letterhead, the line of place and date, the line of adoption and the text's own words tell, in this order.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass

from graph.communes import province_of
from graph.numbers import IssuerCode
from graph.places import canonical, places_in, split_jurisdiction
from ingest.flat import flat
from ingest.head_lines import Head
from ingest.issuers import issuer_scope, named_place, read_issuer, usual_case
from ingest.jurisdiction import CENTRAL
from ingest.signature import Signature

_PLACE_DATE = re.compile(r"(?:^|\n|\t|\||  )(?P<place>[^\n\t|,;:]{2,40}), {0,2}(?:ngày|Ngày|ngay|NGÀY)\b")
#: An issuer that ends with a level but not its name: "Ban Chấp hành Đảng bộ phường", "Ban Thường vụ Tỉnh ủy".
_OWN_PLACE = re.compile(
    r"(?:(?P<commune>xa|phuong|dac khu|thi tran)|(?<!dang )(?<!phuong )(?<!xa )(?:tinh|thanh pho|tinh uy|thanh uy))$"
)
_ADOPTS = re.compile(
    r"(?:^|[;,.:] |\n)(?P<body>(?:ban thuong vu|ban chap hanh|thuong truc|uy ban nhan dan|ubnd|"
    r"hoi dong nhan dan|hdnd|ban chi dao|dang uy|tinh uy|chinh phu|bo chinh tri|ban bi thu|thu tuong|quoc hoi|"
    r"thanh uy|chu tich|so |bo |uy ban|ban |cong an|hoi |doan )[^;\n]{0,260}?) (?:ban hanh|xay dung|de ra|"
    r"yeu cau|chi thi|thong bao|ket luan|quyet dinh|quyet nghi|trien khai|to chuc|huong dan|de nghi|"
    r"(?:ra|lap) (?:ke hoach|nghi quyet|chi thi|thong bao|huong dan|chuong trinh))(?![a-z])"
)


def adopting_body(head: Head) -> str | None:
    """Who adopts, from "… Ban Thường vụ Tỉnh ủy ban hành Kế hoạch … như sau" before the first heading."""
    words = head.preamble
    plain = flat(words)
    found = None
    for m in _ADOPTS.finditer(plain):
        issuer = read_issuer(words, plain, m.start("body"), m.end("body"))
        if issuer and m.end("body") - issuer.end < 90:
            found = issuer.name
    return found


def _names_another(code: IssuerCode, body: str) -> bool:
    """Whether a symbol names one office ("CP", "VPCP", "SNV") and a body read from a sentence is another."""
    one = code.system == "state" and code.scope in (CENTRAL, "provincial")
    return one and flat(code.name) not in flat(body)


def issuer_of(
    head: Head, adopted: str | None, code: IssuerCode | None, signature: Signature, place: str | None
) -> str | None:
    own = head.body_lines[-1] if head.body_lines else None
    above = (*head.parent_lines, *head.body_lines[:-1])
    if own and above and flat(own) == "van phong":
        own = f"{own} {above[-1]}"
    if adopted and code and _names_another(code, adopted):
        adopted = None
    name = adopted or own or (signature.body and usual_case(signature.body)) or (code.name if code else None)
    if name is None:
        return None
    if adopted and not named_place(adopted) and issuer_scope(adopted) != CENTRAL:
        ending = _OWN_PLACE.search(flat(adopted))
        shown = split_jurisdiction(place)[0 if ending and ending["commune"] else 1]
        if ending and shown:
            return usual_case(f"{adopted} {shown}")
    return usual_case(name)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Places that the head names: of its bodies, and before the date."""

    province: str | None
    commune: str | None
    district: str | None
    date_place: str | None


def jurisdiction_of_head(
    head: Head, on: dt.date | None, code: IssuerCode | None, signature: Signature, adopted: str | None
) -> str | None:
    """Place of a directive of the day ``on``: "central", a province, or "commune, province"; None if nothing tells."""
    body = head.body_lines[-1] if head.body_lines else ""
    if code and code.scope == CENTRAL:
        return CENTRAL
    scope = issuer_scope(body) or (issuer_scope(signature.body) if signature.body else None)
    seen = _seen(head, adopted)
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
        return _below_province(head, on, seen, seen.commune or seen.date_place)
    if scope == "district":
        return _below_province(head, on, seen, f"huyện {seen.district}" if seen.district else None)
    return seen.province or _place_of_date(seen) or _most_named(head)


def _is_central_head(head: Head) -> bool:
    return any(issuer_scope(b) == CENTRAL for b in head.body_lines)


def _below_province(head: Head, on: dt.date | None, seen: _Seen, name: str | None) -> str | None:
    if name is None:
        return None
    name = _title_case(name)
    known = (seen.province, _called_province(head), province_of(name, on=on), _most_named(head), province_of(name))
    province = next((p for p in known if p), None)
    return f"{name}, {province}" if province else name


def _title_case(name: str) -> str:
    return " ".join(w.capitalize() if w.isupper() else w for w in name.split())


def _place_of_date(seen: _Seen) -> str | None:
    return canonical(seen.date_place) if seen.date_place else None


def _seen(head: Head, adopted: str | None) -> _Seen:
    province = commune = district = None
    for line in (*head.body_lines, *head.parent_lines) or ((adopted,) if adopted else ()):
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


def _called_province(head: Head) -> str | None:
    """The one province that the text calls so ("tỉnh Thừa Thiên Huế"), whatever cities it names besides."""
    called = re.finditer(r"(?<!\w)tỉnh (?=[A-ZĐ])", head.sample)
    starts = {m.start() for m in called}
    names = {p.name for start, _, p in places_in(head.sample) if p.is_province and start in starts}
    return names.pop() if len(names) == 1 else None


def _most_named(head: Head) -> str | None:
    """The province that the text itself names most ("trên địa bàn tỉnh Hưng Yên"); None on a tie or without any."""
    names = Counter(
        p.name if p.is_province else p.province for _, _, p in places_in(head.sample) if p.is_province or p.province
    )
    best = names.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return best[0][0]
