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

#: Two dates of one Party number that lie this close are one directive, one of them misprinted.
SAME_DIRECTIVE_DAYS = 10
#: Below this likeness (0 to 100) two printed issuers of one ambiguous code are different bodies.
SAME_ISSUER_RATIO = 70
_LOCAL_SERIES = {"UBND", "HĐND", "TU"}  # one body of this name in each place: the issuer needs no comparing


@dataclass(frozen=True, slots=True)
class Witness:
    """One directive as one text speaks of it. ``held``: it is that text itself (``ref`` is "this")."""

    reading: str
    ref: str
    facts: DirectiveFacts
    held: bool = False

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
    ordered = sorted(witnesses, key=lambda w: w.key)
    clusters, open_ended = _clusters(ordered)
    found: dict[tuple[str, str], Directive] = {}
    ids = _ids(clusters)
    for cluster, directive_id in zip(clusters, ids, strict=True):
        directive = _merge(cluster, directive_id)
        found.update((w.key, directive) for w in cluster)
    for witness, fitting in open_ended:
        candidates = tuple(sorted(ids[i] for i in fitting))
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


Cluster = list[Witness]


def _clusters(witnesses: Sequence[Witness]) -> tuple[list[Cluster], list[tuple[Witness, list[int]]]]:
    """Clusters of witnesses that are one directive, and witnesses that fit several (indexes of the clusters)."""
    firm = [w for w in witnesses if _is_complete(w.facts)]
    vague = [w for w in witnesses if w not in firm]
    clusters: list[Cluster] = []
    for witness in sorted(firm, key=lambda w: (_place(w), str(_when(w.facts)), w.key)):
        home = next((c for c in clusters if _one_directive(c, witness)), None)
        if home is None:
            clusters.append([witness])
        else:
            home.append(witness)
    open_ended: list[tuple[Witness, list[int]]] = []
    dated = len(clusters)
    for witness in sorted(vague, key=lambda w: (w.facts.jurisdiction is None, _when(w.facts) is None, w.key)):
        fitting = [i for i, c in enumerate(clusters[:dated]) if _could_be(c, witness)]
        loose = [i for i, c in enumerate(clusters) if i >= dated and _could_be(c, witness)]
        choice = fitting or loose
        if len(choice) == 1:
            clusters[choice[0]].append(witness)
        elif choice:
            open_ended.append((witness, choice))
        else:
            clusters.append([witness])
    return clusters, open_ended


def _is_complete(facts: DirectiveFacts) -> bool:
    """Whether nothing that completes the number is missing: place, time, and the type word where it matters."""
    typed = facts.type is not None or not _type_matters(facts)
    return facts.jurisdiction is not None and _when(facts) is not None and typed


def _when(facts: DirectiveFacts) -> dt.date | int | str | None:
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


def _place(witness: Witness) -> str:
    return place_slug(witness.facts.jurisdiction)


def _one_directive(cluster: Cluster, witness: Witness) -> bool:
    """Whether a dated, placed witness is the directive of a cluster of such witnesses (its latest member decides)."""
    last = cluster[-1]
    if _place(last) != _place(witness) or not _same_time(last.facts, witness.facts):
        return False
    return all(_same_type(w.facts, witness.facts) and _same_issuer(w.facts, witness.facts) for w in cluster)


def _could_be(cluster: Cluster, witness: Witness) -> bool:
    facts = witness.facts
    for member in cluster:
        if not (_same_type(member.facts, facts) and _same_issuer(member.facts, facts)):
            return False
        if facts.jurisdiction and member.facts.jurisdiction and _place(member) != _place(witness):
            return False
        mine, theirs = _year(facts), _year(member.facts)
        if mine and theirs and (mine != theirs if _when(facts) is None else not _same_time(member.facts, facts)):
            return False
    return True


def _same_time(one: DirectiveFacts, other: DirectiveFacts) -> bool:
    a, b = _when(one), _when(other)
    if isinstance(a, dt.date) and isinstance(b, dt.date):
        return abs((a - b).days) <= SAME_DIRECTIVE_DAYS
    return a == b


def _type_matters(facts: DirectiveFacts) -> bool:
    """A code that two types share: n/yyyy/QHk (law, resolution) and the Party's QĐ (decision, rules)."""
    number = _number(facts)
    return number is not None and (number.type is None or (number.party and number.type_code == "QĐ"))


def _same_type(one: DirectiveFacts, other: DirectiveFacts) -> bool:
    return one.type is None or other.type is None or one.type == other.type or not _type_matters(one)


def _same_issuer(one: DirectiveFacts, other: DirectiveFacts) -> bool:
    """Only codes that many bodies of one place share (ĐU, BCĐ) are compared, by the printed names."""
    number = _number(one)
    code = number.issuer_code if number else None
    if code is None or code.scope != "own" or code.code in _LOCAL_SERIES or not (one.issuer and other.issuer):
        return True
    mine, theirs = (_bare_issuer(f.issuer or "", code.name) for f in (one, other))
    return not (mine and theirs) or fuzz.partial_ratio(mine, theirs) >= SAME_ISSUER_RATIO


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
    if _type_matters(facts) and facts.type:
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
        said = [getattr(w.facts, field) for w in (own or cluster)]
        said = [v for v in said if v not in (None, ())] or [
            v for w in cluster if (v := getattr(w.facts, field)) not in (None, ()) and field in _FILLED_FROM_CITATIONS
        ]
        if said:
            values[field] = _most_said(said)
    return DirectiveFacts.model_validate(values)


#: What a held text may lack (a scan without its letterhead) and a citation may say.
_FILLED_FROM_CITATIONS = {"issued_on", "issued_year", "issuer"}


def _most_said(said: Sequence[object]) -> object:
    counts: dict[str, list[object]] = defaultdict(list)
    for value in said:
        counts[str(value)].append(value)
    return min(counts.items(), key=lambda item: (-len(item[1]), item[0]))[1][0]
