"""Which mentions of directives, in all texts, are one directive; and the id it gets.

A printed number is no identity (65-KH/TU exists in 34 provinces, 01-KH/BCĐTW twice in 2025). Witnesses are compared
only within one ``bare_key``; the result is a pure function of the set of witnesses, so the order of reading never
matters. Nothing is guessed: a mention that fits several directives stays its own, with candidates.

Rules, from how numbers restart (State: each calendar year; Party and boards: each term or newly formed committee):
a number that holds its year needs no date; another State number is one directive a place and year; a Party or board
number is one directive a place and date, where a date wrong by a few days does not make a second one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from graph.numbers import DirectiveNumber, number_key
from graph.records import Directive, DirectiveFacts
from graph.text import fold, slug
from graph.vocabulary import DirectiveType

#: Two dates of one Party number that lie this close are one directive, one of them misprinted.
SAME_DIRECTIVE_DAYS = 10
#: Below this likeness (0 to 100) two printed issuers of one ambiguous code are different bodies.
SAME_ISSUER_RATIO = 70
_LOCAL_SERIES = {"UBND", "HĐND", "TU"}  # one body of this name in each place: the issuer needs no comparing


@dataclass(frozen=True, slots=True)
class Witness:
    """One directive as one text speaks of it. ``held``: it is that text itself (``ref`` is "this").

    ``count``: so many witnesses that say exactly this are taken together; ``reading`` is then the smallest of theirs.
    """

    reading: str
    ref: str
    facts: DirectiveFacts
    held: bool = False
    count: int = 1

    @property
    def key(self) -> tuple[str, str]:
        return self.reading, self.ref


def bare_key(facts: DirectiveFacts, reading: str) -> str:
    """Key under which witnesses are compared: the number, or for a blank number the place, symbol and title."""
    if facts.number:
        return number_key(facts.number)
    if not facts.title:
        return f"blank:{reading}"
    words = "|".join((facts.jurisdiction or "", facts.symbol or "", fold(facts.title), str(_year(facts) or "")))
    return "blank:" + hashlib.sha256(words.encode()).hexdigest()[:12]


def resolve(witnesses: Sequence[Witness]) -> dict[tuple[str, str], Directive]:
    """The directive of each witness, by (reading, ref). All witnesses must share one bare key; order is irrelevant."""
    by_print: dict[_Print, list[Witness]] = defaultdict(list)
    prints: dict[tuple[object, ...], _Print] = {}
    for witness in sorted(witnesses, key=lambda w: w.key):
        said = _said(witness.facts)
        if said not in prints:
            prints[said] = _print(witness.facts)
        by_print[prints[said]].append(witness)
    clusters, open_ended = _clusters(sorted(by_print, key=_order))
    members = [sorted((w for p in cluster for w in by_print[p]), key=lambda w: w.key) for cluster in clusters]
    ids = _ids(members)
    found: dict[tuple[str, str], Directive] = {}
    for cluster, directive_id in zip(members, ids, strict=True):
        directive = _merge(cluster, directive_id)
        found.update((w.key, directive) for w in cluster)
    for print_, fitting in open_ended:
        candidates = tuple(sorted(ids[i] for i in fitting))
        for witness in by_print[print_]:
            facts = witness.facts.model_dump(include=set(DirectiveFacts.model_fields))
            found[witness.key] = Directive(**facts, id=_id([witness]), candidates=candidates)
    return found


def place_slug(jurisdiction: str | None) -> str:
    """ "central", "hung-yen", "tuyen-quang~minh-xuan"; "unknown" where the text does not say."""
    if not jurisdiction:
        return "unknown"
    return "~".join(slug(part) for part in reversed(jurisdiction.split(",")))


def number_slug(number: str) -> str:
    """Readable, reversible enough: "/" is "_" and đ is "dd", since 01-KH/BCĐ and 01/KH-BCĐ are two directives."""
    text = number.replace("Đ", "dd").replace("đ", "dd").replace("/", "_").casefold()
    return "".join(c for c in text if c.isascii() and (c.isalnum() or c in "-_~"))


When = dt.date | int | str | None
Cluster = list[Witness]


@dataclass(frozen=True, slots=True)
class _Print:
    """What of a witness tells one directive from another; equal prints are one directive.

    ``type`` and ``issuer`` are None where they do not matter: most codes belong to one type and one body of a place.
    """

    place: str | None
    number: DirectiveNumber | None
    when: When
    year: int | None
    type: DirectiveType | None
    typed: bool
    issuer: str | None

    @property
    def complete(self) -> bool:
        """Whether nothing that completes the number is missing: place, time, and the type word where it matters."""
        return self.place is not None and self.when is not None and (self.type is not None or not self.typed)


def _said(facts: DirectiveFacts) -> tuple[object, ...]:
    return facts.number, facts.jurisdiction, facts.issued_on, facts.issued_year, facts.type, facts.issuer


def _print(facts: DirectiveFacts) -> _Print:
    number = _number(facts)
    place = place_slug(facts.jurisdiction) if facts.jurisdiction else None
    typed = _type_matters(number)
    issuer = _compared_issuer(number, facts.issuer)
    return _Print(place, number, _when(facts), _year(facts), facts.type if typed else None, typed, issuer)


def _order(print_: _Print) -> tuple[bool, bool, str, bool, str, bool, str, str, str, str]:
    """Total over what tells prints apart, the vaguer later, so that the order of witnesses cannot matter."""
    vague = not print_.complete
    return (
        vague,
        vague and print_.place is None,
        print_.place or "",
        vague and print_.when is None,
        str(print_.when),
        vague and print_.year is None,
        str(print_.year),
        print_.type or "",
        print_.issuer or "",
        str(print_.number),
    )


def _clusters(prints: Sequence[_Print]) -> tuple[list[list[_Print]], list[tuple[_Print, list[int]]]]:
    """Clusters of prints that are one directive, and prints that fit several (indexes of the clusters)."""
    clusters: list[list[_Print]] = []
    for print_ in (p for p in prints if p.complete):
        home = next((c for c in clusters if _one_directive(c, print_)), None)
        if home is None:
            clusters.append([print_])
        else:
            home.append(print_)
    open_ended: list[tuple[_Print, list[int]]] = []
    firm = len(clusters)
    for print_ in (p for p in prints if not p.complete):
        fitting = [i for i, c in enumerate(clusters) if _could_be(c, print_)]
        choice = [i for i in fitting if i < firm] or fitting
        if len(choice) == 1:
            clusters[choice[0]].append(print_)
        elif choice:
            open_ended.append((print_, choice))
        else:
            clusters.append([print_])
    return clusters, open_ended


def _when(facts: DirectiveFacts) -> When:
    """What of its time completes the number: nothing ("") for 193/2025/QH15, the year for the State, else the date."""
    number = _number(facts)
    if number is not None and number.year:
        return ""
    if number is None or _restarts_yearly(number):
        return _year(facts)
    return facts.issued_on


def _restarts_yearly(number: DirectiveNumber) -> bool:
    return not number.party and not number.issuer.startswith("BCĐ")


def _number(facts: DirectiveFacts) -> DirectiveNumber | None:
    try:
        return DirectiveNumber.parse(facts.number) if facts.number else None
    except ValueError:
        return None


def _year(facts: DirectiveFacts) -> int | None:
    return facts.issued_on.year if facts.issued_on else facts.issued_year


def _one_directive(cluster: Sequence[_Print], new: _Print) -> bool:
    """Whether a complete print is the directive of a cluster of such prints (its latest member decides the time)."""
    last = cluster[-1]
    if last.place != new.place or not _same_time(last, new):
        return False
    return all(_same_type(p, new) and _same_issuer(p, new) for p in cluster)


def _could_be(cluster: Sequence[_Print], new: _Print) -> bool:
    return all(_fits(member, new) for member in cluster)


def _fits(member: _Print, new: _Print) -> bool:
    if not (_same_type(member, new) and _same_issuer(member, new)):
        return False
    if new.place and member.place and new.place != member.place:
        return False
    if new.year and member.year:
        return _same_time(member, new) if new.when is not None else new.year == member.year
    return True


def _same_time(one: _Print, other: _Print) -> bool:
    if isinstance(one.when, dt.date) and isinstance(other.when, dt.date):
        return abs((one.when - other.when).days) <= SAME_DIRECTIVE_DAYS
    return one.when == other.when


def _type_matters(number: DirectiveNumber | None) -> bool:
    """A code that two types share: n/yyyy/QHk (law, resolution) and the Party's QĐ (decision, rules)."""
    return number is not None and (number.type is None or (number.party and number.type_code == "QĐ"))


def _same_type(one: _Print, other: _Print) -> bool:
    return one.type is None or other.type is None or one.type == other.type


def _compared_issuer(number: DirectiveNumber | None, issuer: str | None) -> str | None:
    """Only codes that many bodies of one place share (ĐU, BCĐ) are compared, by what their printed names add."""
    code = number.issuer_code if number else None
    if code is None or code.scope != "own" or code.code in _LOCAL_SERIES or issuer is None:
        return None
    return _bare_issuer(issuer, code.name) or None


def _same_issuer(one: _Print, other: _Print) -> bool:
    if one.issuer is None or other.issuer is None or one.issuer == other.issuer:
        return True
    return fuzz.partial_ratio(one.issuer, other.issuer) >= SAME_ISSUER_RATIO


def _bare_issuer(issuer: str, code_name: str) -> str:
    """A printed issuer without the code's own name and without words of place: "cong an" of Đảng ủy Công an tỉnh."""
    words = fold(issuer).removeprefix(fold(code_name)).split()
    return " ".join(w for w in words if w not in {"cua", "ve", "tinh", "thanh", "pho", "xa", "phuong"})


def _ids(clusters: Sequence[Cluster]) -> list[str]:
    """One id a cluster; the issuer is added where nothing else tells two directives of one number apart."""
    plain = [_id(c) for c in clusters]
    shared = {i for i, n in Counter(plain).items() if n > 1}
    named = [f"{p}.{slug(_issuer(c))[:40]}" if p in shared else p for p, c in zip(plain, clusters, strict=True)]
    again = Counter(named)
    return [f"{n}.{c[0].reading[:8]}" if again[n] > 1 else n for n, c in zip(named, clusters, strict=True)]


def _issuer(cluster: Cluster) -> str:
    return min((w.facts.issuer for w in cluster if w.facts.issuer), default="unknown")


def _id(cluster: Cluster) -> str:
    facts = _merged(cluster)
    place = place_slug(facts.jurisdiction)
    number = _number(facts)
    if not facts.number:
        return f"{place}.{number_slug(facts.symbol or 'unnumbered')}.draft-{_digest(cluster)}"
    parts = [place, number_slug(str(number) if number else facts.number)]
    if _type_matters(number) and facts.type:
        parts.append(facts.type.value.replace("_", "-"))
    when = _when(facts)
    if when != "":
        parts.append(str(when or _year(facts) or "undated"))
    return ".".join(parts)


def _digest(cluster: Cluster) -> str:
    return bare_key(cluster[0].facts, cluster[0].reading).removeprefix("blank:")[:12]


def _merge(cluster: Cluster, directive_id: str) -> Directive:
    return Directive(**_merged(cluster).model_dump(), id=directive_id, held=any(w.held for w in cluster))


def _merged(cluster: Cluster) -> DirectiveFacts:
    """What all witnesses together say: the text itself where it is held, else what most say (ties: the smallest)."""
    own = [w for w in cluster if w.held]
    values: dict[str, object] = {}
    for field in DirectiveFacts.model_fields:
        said = _said_of(field, own or cluster)
        if not said and field in _FILLED_FROM_CITATIONS:
            said = _said_of(field, cluster)
        if said:
            values[field] = min(said, key=lambda value: (-said[value], str(value)))
    return DirectiveFacts.model_validate(values)


#: What a held text may lack (a scan without its letterhead) and a citation may say.
_FILLED_FROM_CITATIONS = {"issued_on", "issued_year", "issuer"}


def _said_of(field: str, witnesses: Sequence[Witness]) -> Counter[object]:
    """What witnesses say in one field, and how many say it."""
    said: Counter[object] = Counter()
    for witness in witnesses:
        value = getattr(witness.facts, field)
        if value not in (None, ()):
            said[value] += witness.count
    return said
