"""A layout → the directives it speaks of (one Mention each, all their mentions taken together) and where each stands.

Short forms join the one directive of that text with their number and type; with none or several they stay unresolved.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from graph.numbers import DirectiveNumber
from graph.records import THIS, Alias, DirectiveFacts, Finding, Mention
from graph.vocabulary import DirectiveType as D
from ingest.citations import Citation, find_aliases, find_citations
from ingest.flat import flat
from ingest.issuers import issuer_scope, usual_case
from ingest.jurisdiction import Home, jurisdiction_of, level_of
from ingest.passages import Passage, passages
from ingest.structure import Layout, Part
from ingest.text import MappedText, Source

#: Two dates of one number that lie this close are one directive, one of them misprinted.
SAME_DIRECTIVE_DAYS = 10


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One citation in one passage; ``ref`` of its mention ("this" for the text itself, None if unresolved)."""

    passage: int
    citation: Citation
    ref: str | None


@dataclass(frozen=True, slots=True)
class Mentions:
    """Everything a text says of directives."""

    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    occurrences: tuple[Occurrence, ...]
    aliases: tuple[Alias, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Group:
    """Occurrences of one directive while they are being gathered (indexes into the list of hits)."""

    number: DirectiveNumber
    type: D | None
    jurisdiction: str | None
    hits: list[int] = field(default_factory=list)


def find_mentions(layout: Layout, this: DirectiveFacts, source: Source) -> Mentions:
    """Every directive that the text names, once each, sorted by where it is first named."""
    where = passages(layout)
    hits = [(i, c) for i, p in enumerate(where) if p.part is not Part.RECIPIENTS for c in find_citations(p.text)]
    home = Home.of(this)
    own = {n for n, (i, c) in enumerate(hits) if c.number and _is_this(c, this, home, where[i], n == 0)}
    groups = _groups([(n, c) for n, (_, c) in enumerate(hits) if c.number and n not in own], home)
    short = {n: _short_owner(c, groups, this) for n, (_, c) in enumerate(hits) if c.number is None}
    bare = {n: _with_bare_number(hits[n][1]) for n, owner in short.items() if owner is None and _is_whole(hits[n][1])}
    hits = [(i, bare.get(n, c)) for n, (i, c) in enumerate(hits)]
    groups += _groups(bare.items(), home)
    for n, owner in short.items():
        if isinstance(owner, _Group):
            owner.hits.append(n)
    refs = _refs(groups)
    made = [_mention(ref, group, hits, where, source) for ref, group in refs]
    by_hit = {n: ref for ref, group in refs for n in group.hits} | dict.fromkeys(own, THIS)
    by_hit |= {n: THIS for n, owner in short.items() if owner == THIS}
    occurrences = tuple(Occurrence(i, c, by_hit.get(n)) for n, (i, c) in enumerate(hits))
    return Mentions(
        tuple(where),
        tuple(made),
        occurrences,
        tuple(_aliases(where, source)),
        (*_findings(hits, own, this, where, source), *_unresolved(hits, by_hit, where, source)),
    )


#: The line under an appendix's title names the text it belongs to, whatever day is printed there.
_ATTACHED_TO = re.compile(r"[^a-z]{0,4}(?:ban hanh )?kem theo ")


def _is_this(c: Citation, this: DirectiveFacts, home: Home, passage: Passage, first: bool) -> bool:
    """The text's own number: in its head, "(Kèm theo Kế hoạch số …)", or the same number, place and time."""
    assert c.number
    if this.number is None or c.number.key != _key(this.number):
        return False
    if passage.part is Part.HEAD and first:
        return True
    if passage.part is Part.APPENDIX and _ATTACHED_TO.match(flat(passage.text.text[:40])):
        return True
    if this.issued_on and c.date and abs((this.issued_on - c.date).days) > SAME_DIRECTIVE_DAYS:
        return False
    if c.year and this.issued_year and c.year != this.issued_year:
        return False
    place, printed = jurisdiction_of(c.number, c.issuer, home)
    return not printed or place is None or this.jurisdiction is None or flat(place) == flat(this.jurisdiction)


def _key(number: str) -> str:
    return DirectiveNumber.parse(number).key


def _groups(hits: Iterable[tuple[int, Citation]], home: Home) -> list[_Group]:
    by_key: dict[tuple[str, D | None], list[tuple[int, Citation]]] = defaultdict(list)
    for n, c in hits:
        assert c.number
        kind = c.type if c.number.type is None else None
        by_key[c.number.key, kind].append((n, c))
    groups = [g for members in by_key.values() for g in _by_place(members, home)]
    return _join_untyped(groups)


def _by_place(members: list[tuple[int, Citation]], home: Home) -> Iterator[_Group]:
    """Citations of one number by place, then by date; where no place is printed they join the only one that is."""
    places: dict[str | None, list[tuple[int, Citation]]] = defaultdict(list)
    bare: list[tuple[int, Citation]] = []
    for n, c in members:
        assert c.number
        place, printed = jurisdiction_of(c.number, c.issuer, home)
        if printed:
            places[place].append((n, c))
        else:
            bare.append((n, c))
    for n, c in bare:
        assert c.number
        place = next(iter(places)) if len(places) == 1 else jurisdiction_of(c.number, None, home)[0]
        places[place].append((n, c))
    for place, those in places.items():
        yield from _by_date(those, place)


def _by_date(members: list[tuple[int, Citation]], place: str | None) -> Iterator[_Group]:
    number, kind = members[0][1].number, members[0][1].type
    assert number
    dated: list[list[tuple[int, Citation]]] = []
    for n, c in sorted(((n, c) for n, c in members if c.date), key=lambda m: (m[1].date, m[0])):
        assert c.date
        last = dated[-1][-1][1].date if dated else None
        if last and (c.date - last).days <= SAME_DIRECTIVE_DAYS:
            dated[-1].append((n, c))
        else:
            dated.append([(n, c)])
    loose = [(n, c) for n, c in members if not c.date]
    rest: list[tuple[int, Citation]] = []
    for n, c in loose:
        fitting = [
            d for d in dated if c.year is None or number.year or any(x.date and x.date.year == c.year for _, x in d)
        ]
        (fitting[0] if len(fitting) == 1 else rest).append((n, c))
    for those in [*dated, *([rest] if rest else [])]:
        yield _Group(number, kind, place, sorted(n for n, _ in those))


def _join_untyped(groups: list[_Group]) -> list[_Group]:
    """193/2025/QH15 without a type word is the one of that number that has one."""
    kept = [g for g in groups if _is_typed(g)]
    for group in groups:
        if _is_typed(group):
            continue
        fitting = [g for g in kept if g.number.key == group.number.key]
        if len(fitting) == 1:
            fitting[0].hits = sorted([*fitting[0].hits, *group.hits])
        else:
            kept.append(group)
    return kept


def _is_typed(group: _Group) -> bool:
    return group.type is not None or group.number.type is not None


def _short_owner(c: Citation, groups: list[_Group], this: DirectiveFacts) -> _Group | str | None:
    """The one directive that "Nghị quyết 57" can mean in this text; None where there is none, or several."""
    fitting: list[_Group | str] = [
        g for g in groups if g.number.ordinal == c.ordinal and _same_type(g, c) and _scope_fits(g, c)
    ]
    if this.number and DirectiveNumber.parse(this.number).ordinal == c.ordinal and this.type is c.type and not fitting:
        return THIS if c.date in (None, this.issued_on) and not c.issuer else None
    return fitting[0] if len(fitting) == 1 else None


def _is_whole(c: Citation) -> bool:
    """ "Công điện số 1409 ngày 15/9/2021 của Bộ Y tế": a letter cited without its symbol, yet by all else."""
    return c.type in (D.TELEGRAM, D.OFFICIAL_LETTER) and c.date is not None and c.issuer is not None


def _with_bare_number(c: Citation) -> Citation:
    return replace(c, number=DirectiveNumber.parse(c.ordinal), defects=(*c.defects, f"số {c.ordinal} in thiếu ký hiệu"))


def _same_type(group: _Group, c: Citation) -> bool:
    return group.type is c.type or (c.type is D.RULES and group.type is D.DECISION and group.number.party)


def _scope_fits(group: _Group, c: Citation) -> bool:
    scope = issuer_scope(c.issuer) if c.issuer else None
    return scope is None or (scope == "central") == (group.jurisdiction == "central")


def _refs(groups: list[_Group]) -> list[tuple[str, _Group]]:
    ordered = sorted((g for g in groups if g.hits), key=lambda g: (g.hits[0], str(g.number)))
    counts: dict[str, int] = defaultdict(int)
    refs: list[tuple[str, _Group]] = []
    for group in ordered:
        name = str(group.number)
        counts[name] += 1
        refs.append((name if counts[name] == 1 else f"{name}#{counts[name]}", group))
    return refs


def _mention(
    ref: str, group: _Group, hits: list[tuple[int, Citation]], where: list[Passage], source: Source
) -> Mention:
    cited = [hits[n] for n in group.hits]
    first_passage, first = cited[0]
    dates = [c.date for _, c in cited if c.date]
    date = max(set(dates), key=lambda d: (dates.count(d), -dates.index(d))) if dates else None
    issuers = [c.issuer for _, c in cited if c.issuer]
    code = group.number.issuer_code
    text = where[first_passage].text
    kind = next((c.type for _, c in cited if c.type), None)
    return Mention(
        ref=ref,
        number=str(group.number),
        symbol=group.number.symbol or None,
        type=kind,
        title=next((t for i, c in cited if (t := subject(where[i].text, c))), None),
        issued_on=date,
        issued_year=date.year if date else next((c.year for _, c in cited if c.year), None),
        issuer=_issuer(issuers, group) or (code.name or None if code and code.code != "TW" else None),
        jurisdiction=group.jurisdiction,
        level=level_of(group.jurisdiction),
        system=group.number.system,
        plan=kind in (D.PLAN, D.PROGRAMME),
        printed=text.text[first.number_start : first.number_end],
        count=sum(1 for _, c in cited if not c.in_alias),
        evidence=source.evidence(text, first.start, first.head_end),
        defects=_defects(group.number, [c for _, c in cited]),
    )


def _defects(number: DirectiveNumber, cited: list[Citation]) -> tuple[str, ...]:
    """What had to be repaired in any of the citations, and that their dates differ; sorted."""
    defects = {d for c in cited for d in c.defects}
    dates = sorted({c.date for c in cited if c.date})
    if len(dates) > 1:
        defects.add(f"số {number} in nhiều ngày khác nhau: {', '.join(f'{d:%d/%m/%Y}' for d in dates)}")
    return tuple(sorted(defects))


def _issuer(printed: list[str], group: _Group) -> str | None:
    """The name printed most often, of equals the longest; a local name beside a central code is a misreading."""
    central = group.jurisdiction == "central"
    fitting = [i for i in printed if (issuer_scope(i) in ("central", None)) or not central]
    return usual_case(max(fitting, key=lambda i: (fitting.count(i), len(i), i))) if fitting else None


_SUBJECT = re.compile(
    r"[ ,]{0,3}(?:ve(?: viec)? |(?=ban hanh |phe duyet |sua doi|quy dinh |huong dan |dieu chinh |kien toan ))"
)
_SUBJECT_END = re.compile(
    r";|\.(?: |$)|\(|, (?:nghi quyet|quyet dinh|ke hoach|chi thi|chuong trinh|cong van|thong bao|"
    r"ket luan) [a-z ]{0,20}so "
)


def subject(text: MappedText, c: Citation) -> str | None:
    """What follows "về" after a citation, up to the end of its item; None if nothing of the kind does."""
    plain = flat(text.text[c.head_end : c.head_end + 600])
    m = _SUBJECT.match(plain)
    if not m:
        return None
    end = _SUBJECT_END.search(plain, m.end())
    words = text.text[c.head_end + m.end() : c.head_end + (end.start() if end else len(plain))]
    return re.sub(r"\s+", " ", words).strip(" ,.") or None


def _aliases(where: list[Passage], source: Source) -> Iterator[Alias]:
    for passage in where:
        for start, end, short, means in find_aliases(passage.text):
            yield Alias(short=short, means=means, evidence=source.evidence(passage.text, start, end))


def _unresolved(
    hits: list[tuple[int, Citation]], by_hit: dict[int, str], where: list[Passage], source: Source
) -> Iterator[Finding]:
    """Short names ("Đề án 06", "Kế hoạch 140") that fit no directive of the text, or several: once each."""
    named: dict[tuple[D | None, str], list[tuple[int, Citation]]] = defaultdict(list)
    for n, (i, c) in enumerate(hits):
        if c.number is None and n not in by_hit and not c.in_alias:
            named[c.type, c.ordinal].append((i, c))
    for those in named.values():
        i, c = those[0]
        evidence = source.evidence(where[i].text, c.start, c.number_end)
        times = f" ({len(those)} lần)" if len(those) > 1 else ""
        message = f'"{where[i].text.text[c.start : c.number_end]}" không ứng với đúng một văn bản đã dẫn số{times}'
        yield Finding(kind="unresolved_citation", message=message, line=evidence.line, quote=evidence.quote)


def _findings(
    hits: list[tuple[int, Citation]], own: set[int], this: DirectiveFacts, where: list[Passage], source: Source
) -> Iterator[Finding]:
    for n, (i, c) in enumerate(hits):
        evidence = source.evidence(where[i].text, c.start, c.head_end)
        for defect in c.defects:
            yield Finding(kind="defect", message=defect, line=evidence.line, quote=evidence.quote)
        if n in own and c.date and this.issued_on and c.date != this.issued_on:
            message = f"ngày của chính văn bản in là {c.date:%d/%m/%Y}, ở đầu văn bản là {this.issued_on:%d/%m/%Y}"
            yield Finding(kind="defect", message=message, line=evidence.line, quote=evidence.quote)
