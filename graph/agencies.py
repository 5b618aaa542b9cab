"""A printed name of an agency, and where it is printed → one Agency record with a stable id.

Identity is body type, field and place, parsed. Likeness of spelling decides last, for damaged text only, never across
places or numbers, and never where two known bodies are about as near. What stays unknown is kept as printed.

>>> resolve_agency("Sở KH&CN", "Hưng Yên").id
'a.hung-yen.so-khoa-hoc-va-cong-nghe'
>>> resolve_agency("BCT", "Hưng Yên").name
'BCT'
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from graph.collectives import collective_name, is_central
from graph.identity import place_slug
from graph.names import Name, board_topics, name_at
from graph.places import CENTRAL, DISTRICTS_UNTIL, Place, provinces, split_jurisdiction
from graph.records import Agency
from graph.regional import regional
from graph.register import Body, ambiguous, bodies, bodies_by_slug, home, spellings
from graph.text import fold, slug
from graph.vocabulary import AgencyKind, Level, System
from graph.words import Word, words_of

_EDGES = " \t\n.,;:*_-–+•|\"'“”"
_DISTRICT = frozenset({"huyện", "quận", "thị xã", "thành phố"})
#: A damaged name may differ in one letter out of so many.
_LETTERS_PER_SLIP = 12
_CITY_WORDS = frozenset({("thanh", "pho"), ("thanh", "uy"), ("thanh", "doan")})
_LOCAL_UNITS = frozenset({"xã", "phường", "đặc khu", "thị trấn"})


def resolve_agency(
    printed: str,
    place: str | None = None,
    system: System | None = None,
    on: dt.date | None = None,
    aliases: Mapping[str, str] | None = None,
) -> Agency:
    """The agency that ``printed`` means in a text of jurisdiction ``place`` ("central", "Hưng Yên", "Minh Xuân, …").

    ``system`` is the text's own (it tells a Party board from a committee's), ``on`` its date (it tells a city of a
    province from a province that became a city). ``aliases``: names that the text itself defines, short form to full
    form. Always an Agency: a name that is not known is kept as printed, with jurisdiction ``place``.
    """
    shown = clean(printed)
    meant = {fold(short): means for short, means in (aliases or {}).items()}.get(fold(shown), shown)
    agency = _known(clean(meant), place, system, on) or _unknown(clean(meant), place)
    return agency if shown == agency.name else agency.model_copy(update={"aliases": (shown,)})


def clean(printed: str) -> str:
    """A printed name without stray punctuation, Markdown marks and doubled spaces; in NFC."""
    text = unicodedata.normalize("NFC", printed).replace("\u00ad", "").replace("\u200b", "")
    text = " ".join(text.replace("\u00d0", "Đ").split())
    return text.strip(_EDGES) or text


def _known(shown: str, place: str | None, system: System | None, on: dt.date | None) -> Agency | None:
    if shown.upper() in ambiguous():
        return None
    plain = re.sub(r" {0,2}\([^()]{1,200}\)$", "", shown)
    area = regional(plain)
    if area:
        return area
    words = [w for w in words_of(plain) if w.text != "\n"]
    name = name_at(words, 0) or name_at(_capitalised(words), 0)
    if name and name.end == len(words):
        return _of_name(name, words, plain, place, system, on)
    body = _itself(plain, place) or _damaged(plain)
    return _of_body(body, place, None, None) if body else None


def _itself(plain: str, place: str | None) -> Body | None:
    """The body whose full name at this place is printed, though the name alone would not tell ("Công đoàn")."""
    same = bodies_by_slug().get(slug(plain), ())
    return next((b for b in same if fold(b.name(place)) == fold(plain)), None)


def _capitalised(words: list[Word]) -> list[Word]:
    """As people type into a search box: "so khoa hoc va cong nghe"."""
    return [Word(w.text.capitalize() if i == 0 else w.text, w.key, w.start, w.end) for i, w in enumerate(words)]


def _of_name(
    name: Name, words: list[Word], shown: str, place: str | None, system: System | None, on: dt.date | None
) -> Agency | None:
    if name.board:
        return _board(name, words, shown, place, system, on)
    if name.kind is AgencyKind.OFFICE and not name.bodies:
        return _office(name, words, shown, place, system, on)
    if name.kind is AgencyKind.COLLECTIVE and (name.suffix.plural or not name.bodies):
        return _collective(shown, name, place)
    body = _choose(name, place)
    if body is None:
        return None
    if _asks_for_city(name, words) and not _is_city(name, place, on):
        return _of_former_city(body, name, place)
    return _of_body(body, place, name, on)


def _asks_for_city(name: Name, words: list[Word]) -> bool:
    keys = [w.key for w in words[name.start : name.end]]
    tail = name.suffix.unit == "thành phố" and "tp" in keys
    return tail or any(pair in _CITY_WORDS for pair in pairwise(keys))


def _of_former_city(body: Body, name: Name, place: str | None) -> Agency | None:
    """A city that belongs to a province: a district until 2025, named after the province or after itself."""
    printed = name.suffix.place
    if printed is None:
        return None
    province = printed.province or split_jurisdiction(place)[1]
    local = Place(printed.name, "thành phố", province)
    return agency_of(body, local.jurisdiction, local)


def _choose(name: Name, place: str | None) -> Body | None:
    """The body that fits the unit behind the name, or else the text's own level."""
    wanted = _level(name, place)
    fitting = [b for b in name.bodies if wanted in b.levels]
    if fitting:
        return fitting[0]
    if name.suffix.place or name.suffix.unit in _LOCAL_UNITS | {"trung ương"}:
        return next((b for b in name.bodies if b.levels == (Level.CENTRAL,) and name.suffix.unit == "trung ương"), None)
    return name.bodies[0]


def _level(name: Name, place: str | None) -> Level:
    unit = name.suffix.unit
    if unit in _LOCAL_UNITS or (unit in _DISTRICT and not (name.suffix.place and name.suffix.place.is_province)):
        return Level.PROVINCIAL if unit == "thành phố" else Level.COMMUNAL
    if unit == "trung ương":
        return Level.CENTRAL
    if unit:
        return Level.PROVINCIAL
    commune, province = split_jurisdiction(place)
    return Level.COMMUNAL if commune else Level.PROVINCIAL if province else Level.CENTRAL


def _is_city(name: Name, place: str | None, on: dt.date | None) -> bool:
    if name.suffix.place:
        entry = provinces().get(name.suffix.place.name)
        return name.suffix.place.is_province and entry is not None and entry.is_city(on)
    _, province = split_jurisdiction(place)
    return province in provinces() and provinces()[province].is_city(on)


def _of_body(body: Body, place: str | None, name: Name | None, on: dt.date | None) -> Agency:
    at = home(body, place)
    explicit = name.suffix.place if name else None
    if explicit:
        at = _within(explicit, place)
    elif name and name.suffix.unit in ("tỉnh", "thành phố"):
        at = split_jurisdiction(place)[1] or place
    return agency_of(body, at, explicit)


def _within(explicit: Place, place: str | None) -> str:
    """The jurisdiction of a printed place; a commune without its province belongs to the text's."""
    province = split_jurisdiction(place)[1]
    if explicit.is_province or explicit.province or province is None:
        return explicit.jurisdiction
    return Place(explicit.name, explicit.kind, province).jurisdiction


def agency_of(body: Body, jurisdiction: str | None, explicit: Place | None = None) -> Agency:
    """The Agency of a body of the register at a place; its years are cut to those of the place."""
    until = body.valid_to
    if explicit and explicit.kind in _DISTRICT and not explicit.is_province:
        until = min(until or DISTRICTS_UNTIL, DISTRICTS_UNTIL)
        level = None
    else:
        level = _level_of(body, jurisdiction)
        until = _place_until(jurisdiction, until)
    return Agency(
        id=f"a.{place_slug(jurisdiction)}.{body.slug}",
        name=body.name(jurisdiction),
        kind=body.kind,
        jurisdiction=jurisdiction,
        level=level,
        system=body.system,
        valid_from=body.valid_from,
        valid_to=until,
    )


def _level_of(body: Body, jurisdiction: str | None) -> Level:
    commune, _ = split_jurisdiction(jurisdiction)
    wanted = Level.COMMUNAL if commune else Level.PROVINCIAL
    return wanted if wanted in body.levels else body.levels[0]


def _place_until(jurisdiction: str | None, until: dt.date | None) -> dt.date | None:
    commune, province = split_jurisdiction(jurisdiction)
    entry = provinces().get(province or "")
    if commune or entry is None or entry.working_from is None:
        return until
    last = entry.working_from - dt.timedelta(days=1)
    return min(until, last) if until else last


def _made(shown: str, key: str, kind: AgencyKind, jurisdiction: str | None, system: System | None = None) -> Agency:
    commune, province = split_jurisdiction(jurisdiction)
    level = Level.COMMUNAL if commune else Level.PROVINCIAL if province else None
    if jurisdiction == CENTRAL:
        level = Level.CENTRAL
    identity = f"a.{place_slug(jurisdiction)}.{slug(key) or 'khong-ten'}"
    return Agency(id=identity, name=shown, kind=kind, jurisdiction=jurisdiction, level=level, system=system)


def _office(
    name: Name, words: list[Word], shown: str, place: str | None, system: System | None, on: dt.date | None
) -> Agency | None:
    """ "Chủ tịch UBND tỉnh" is the office "Chủ tịch" of "Ủy ban nhân dân tỉnh"."""
    if name.of is None:
        at = _within(name.suffix.place, place) if name.suffix.place else place
        return _made(shown, shown, AgencyKind.OFFICE, at, system)
    body = _of_name(name.of, words, shown[words[name.of.start].start :], place, system, on)
    if body is None:
        return None
    title = shown[: words[name.of.start].start].removesuffix("của ").strip()
    rest = body.name[:1].lower() + body.name[1:] if body.name.startswith("Các ") else body.name
    key = f"{title} {body.id.rsplit('.', 1)[1]}"
    return _made(f"{title} {rest}", key, AgencyKind.OFFICE, body.jurisdiction, body.system).model_copy(
        update={"level": body.level}
    )


def _collective(shown: str, name: Name, place: str | None) -> Agency:
    commune, province = split_jurisdiction(place)
    full = collective_name(shown)
    if is_central(full):
        return _made(full, full, AgencyKind.COLLECTIVE, CENTRAL)
    above = bool(commune) and name.suffix.plural
    return _made(full, full, AgencyKind.COLLECTIVE, province if above else place)


def _board(
    name: Name, words: list[Word], shown: str, place: str | None, system: System | None, on: dt.date | None
) -> Agency | None:
    """A steering committee: whose it is, what it is for, where. A committee's and the Party's are different bodies."""
    head = fold(" ".join(w.text for w in words[name.start : name.end]))
    topic = next((t for t in (board_topics().longest(words, i) for i in range(name.start, name.end)) if t), None)
    owner = _of_name(name.of, words, _printed(words, name.of), place, system, on) if name.of else None
    if "trung uong" in head or head.endswith(" tw") or (owner and owner.level is Level.CENTRAL):
        at: str | None = CENTRAL
    elif owner:
        at = owner.jurisdiction
    elif name.suffix.place:
        at = _within(name.suffix.place, place)
    else:
        at = split_jurisdiction(place)[1] if name.suffix.unit in ("tỉnh", "thành phố") else place
    unit = "tỉnh" if not owner and at != CENTRAL and name.suffix.unit in ("tỉnh", "thành phố") else ""
    if not owner and not name.suffix.unit and not topic and at and at != CENTRAL:
        unit = _own_board(system, at)
    full = re.sub(r"^(?:BCĐ|ban chỉ đạo)(?!\w)", "Ban Chỉ đạo", shown, flags=re.IGNORECASE)
    whose = "của " + owner.id.rsplit(".", 1)[1] if owner else unit
    kind = f"{full.split()[0]} {_head(full)}"
    key = f"{kind} {whose} {topic[1] if topic else ''}" if topic or whose else full
    shown = _board_name(kind, owner, unit, at, topic[1] if topic else "") if topic or whose else full
    return _made(shown, key, AgencyKind.BODY, at, owner.system if owner else system)


def _board_name(kind: str, owner: Agency | None, unit: str, at: str | None, topic: str) -> str:
    """The one name of a board, however it was printed: "Ban Chỉ đạo tỉnh về chuyển đổi số"."""
    city = unit == "tỉnh" and (entry := provinces().get(split_jurisdiction(at)[1] or "")) is not None and entry.city
    whose = f"của {owner.name}" if owner else "Trung ương" if at == CENTRAL else "thành phố" if city else unit
    if unit.startswith("của "):
        whose = "của " + bodies()["Ủy ban nhân dân {u}"].name(at)
    return " ".join(f"{kind} {whose} {'về ' + topic if topic else ''}".split())


def _printed(words: list[Word], name: Name) -> str:
    """A name as its words are printed."""
    text, end = "", words[name.start].start
    for word in words[name.start : name.end]:
        text += " " * (word.start > end) + word.text
        end = word.end
    return text


def _own_board(system: System | None, at: str) -> str:
    """Whose a board is that a text calls by no more than "Ban Chỉ đạo": its own system's."""
    if system is System.STATE:
        return "của " + bodies()["Ủy ban nhân dân {u}"].slug
    return "tỉnh" if system is System.PARTY and "," not in at else ""


def _head(full: str) -> str:
    return " ".join(full.split()[1:3]) if full.startswith(("Ban Chỉ đạo", "Tổ")) else full.split()[1]


def _unknown(shown: str, place: str | None) -> Agency:
    key = fold(shown)
    if key.startswith(("cac ", "nhung ", "moi ")):
        return _made(shown, collective_name(shown), AgencyKind.COLLECTIVE, place)
    office = key.startswith(("chu tich ", "pho chu tich ", "giam doc ", "nguoi dung dau ", "thu truong ", "bi thu "))
    return _made(shown, f"{shown} {_accents(shown)}", AgencyKind.OFFICE if office else AgencyKind.BODY, place)


def _accents(shown: str) -> str:
    """What tells unknown names apart that differ only in their accents; empty for a name printed without any."""
    words = " ".join(w.exact for w in words_of(shown) if w.is_word)
    return "" if words.isascii() else hashlib.sha256(words.encode()).hexdigest()[:4]


@cache
def _compact() -> dict[str, Body]:
    table: dict[str, Body] = {}
    for body in bodies().values():
        for phrase in spellings(body):
            table.setdefault(_letters(phrase), body)
    return table


def _letters(text: str) -> str:
    return re.sub(r"(?:^| )va(?= |$)", "", fold(text)).replace(" ", "")


def _damaged(shown: str) -> Body | None:
    """The one body whose name differs by so few letters that only damage explains it; None if a second one is near."""
    if any(c.isdigit() for c in shown) or len(shown) < _LETTERS_PER_SLIP:
        return None
    text = _letters(shown)
    for unit in ("tinh", "thanhpho"):
        text = text.removesuffix(unit)
    slips = min(3, max(1, len(text) // _LETTERS_PER_SLIP))
    near: dict[str, int] = {}
    for name, body in _compact().items():
        if name[:2] != text[:2]:
            continue
        distance = Levenshtein.distance(text, name, score_cutoff=2 * slips + 1)
        if distance <= 2 * slips and len(name) >= _LETTERS_PER_SLIP:
            near[body.template] = min(distance, near.get(body.template, distance))
    ranked = sorted(near.items(), key=lambda item: (item[1], item[0]))
    if not ranked or ranked[0][1] > slips or (len(ranked) > 1 and ranked[1][1] <= ranked[0][1] + slips):
        return None
    return bodies()[ranked[0][0]]
