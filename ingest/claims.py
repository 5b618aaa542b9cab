"""Passages with their citations → claims: which words relate which directive to the text, or to another directive.

A passage is read from left to right. The wording before a citation governs it ("Căn cứ A", "thay thế B"), with the
text itself as the other end; a list ("A; B và C") stays under its wording. Words inside the description of a citation
relate the next one to it ("A sửa đổi B", "A thực hiện B thực hiện C"): second-hand claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.records import THIS, DirectiveFacts, Evidence
from graph.vocabulary import DirectiveType as D
from graph.vocabulary import EdgeType
from ingest.basis_lists import BasisLists, is_item, is_listed
from ingest.flat import flat
from ingest.governors import (
    CONFIDENCE,
    ENDING,
    Governor,
    choose,
    goes_on_with,
    governing,
    is_free,
    is_mention,
    place_name,
    scope_of,
    sibling,
)
from ingest.lines import is_hanging
from ingest.mentions import Occurrence
from ingest.passages import Passage
from ingest.relation_cues import (
    ADOPTS,
    ATTACHED,
    CHANGES,
    DELEGATES,
    ENDS_NOW,
    LAW,
    NEW_DIRECTIVE,
    NEW_VERB,
    OWN,
    PROMULGATES,
    PURPOSE,
    SENTENCE,
    SUBJECT,
    last_match,
    sentence_at,
    sentence_starts,
)
from ingest.structure import Part
from ingest.text import Source
from ingest.wordings import Match, find_wordings

_DECIDING = frozenset({D.DECISION, D.RESOLUTION, D.DECREE, D.CIRCULAR, D.LAW, D.ORDINANCE, D.RULES, D.REGULATION})
#: What is only sent or reported by these does not make them implement or amend anything.
_ORDERING = frozenset({D.CONCLUSION, D.INSTRUCTION, D.NOTICE})
_MESSENGERS = frozenset({D.SUBMISSION, D.REPORT})
#: What may stand before the next directive of a list: "ý kiến chỉ đạo của Ban Bí thư tại".
_PLAIN_WORDS = re.compile(r"[ ,;:.\-+*a-z()0-9]{0,140}")
#: Characters from the governing words to the end of a citation that one quote may hold.
LONGEST_QUOTE = 1500


@dataclass(frozen=True, slots=True)
class Claim:
    edge: EdgeType
    source: str
    target: str
    evidence: Evidence
    method: str
    confidence: float
    scope: str | None = None


@dataclass(slots=True)
class ClaimReader:
    """Reads one passage after another; remembers the wording that a list or a preamble goes on under."""

    this: DirectiveFacts
    types: dict[str, D | None]
    source: Source
    open: Governor | None = None
    announcer: int | None = None  # index of the passage whose children the open wording governs
    lists: BasisLists = field(default_factory=BasisLists)

    def read(self, index: int, passage: Passage, found: Sequence[Occurrence]) -> Iterator[Claim]:
        plain = flat(passage.text.text)
        places = self._places(passage, plain)
        if passage.part is Part.HEAD:
            self.open = None
        bases = self.lists.around(passage, plain, found)
        if bases.governor:
            self.open, places = bases.governor, places | {"preamble"}
        inherited = self.open if bases.governor or self._goes_on(passage, plain) else None
        governors: list[Governor | None] = []
        self.open = inherited
        for i, here in enumerate(found):
            before = found[i - 1] if i and found[i - 1].citation.start >= bases.start else None
            if bases.governor and here.citation.start >= bases.end:
                bases, self.open, places = bases.ended(), None, self._places(passage, plain)
            governor = self._governor(passage, plain, places, before, here, governors, bases.start)
            governors.append(governor)
            if i == 0 and (claim := self._attached(passage, plain, here)):
                yield claim
                continue
            if here.ref and here.ref != THIS and not here.citation.in_alias:
                inside = governor is None or inherited is None or governor.match is not inherited.match
                yield from self._claims(passage, plain, here, governor, inside)
        yield from self._after(passage, plain, found, governors)
        self._leave(index, passage, plain, places, found)

    def _places(self, passage: Passage, plain: str) -> frozenset[str]:
        if passage.cell:
            return frozenset({"cell"})
        if passage.part is Part.HEAD:
            return frozenset({"title"})
        places = {"body"}
        if passage.opening:
            places |= {"preamble", "procedure"}
        if any(PURPOSE.search(flat(h)) for h in passage.headings):
            places.add("purpose")
        if self.this.type in _DECIDING and PROMULGATES.match(plain):
            places.add("promulgation")
        if passage.part is Part.APPENDIX:
            places -= {"preamble", "procedure"}
        return frozenset(places)

    def _goes_on(self, passage: Passage, plain: str) -> bool:
        """Whether the wording of an earlier passage still governs: the next item of a list, or its children."""
        return (
            self.open is not None
            and (self._is_announced(passage) or (is_item(plain) if is_listed(self.open) else passage.opening))
            and not passage.cell
        )

    def _is_announced(self, passage: Passage) -> bool:
        return passage.first_child_of is not None and passage.first_child_of == self.announcer

    def _governor(
        self,
        passage: Passage,
        plain: str,
        places: frozenset[str],
        before: Occurrence | None,
        here: Occurrence,
        governors: list[Governor | None],
        start: int,
    ) -> Governor | None:
        start = before.citation.head_end if before else start
        gap = plain[start : here.citation.start]
        item = gap.rfind(";") + 1 or None
        breaks = [m.end() - start for m in SENTENCE.finditer(plain, start, here.citation.start)]
        if before and before.ref == THIS and not breaks and (passive := self._passive(plain, start, here)):
            return passive
        if before is None or before.ref == THIS or breaks:
            cut = start + (breaks[-1] if breaks else 0)
            if breaks and "preamble" not in places:
                self.open = None
            subject = last_match(SUBJECT, plain, cut, here.citation.start)
            return self._top(passage, plain, places, subject.end() if subject else cut, here)
        subject = last_match(SUBJECT, plain, start, here.citation.start)
        if subject:
            return self._top(passage, plain, places, subject.end(), here)
        if item is not None:
            return self._top(passage, plain, places, start + item, here)
        return self._inner(passage, plain, places, before, here, governors[-1])

    @staticmethod
    def _passive(plain: str, start: int, here: Occurrence) -> Governor | None:
        """ "Quyết định số … (the text itself) đã được thay thế bởi Quyết định số …"."""
        found = find_wordings(plain, start, here.citation.start, frozenset({"citation"}))
        last = next((m for m in reversed(found) if m.wording.outward and m.wording.relation in ENDING), None)
        return Governor(last, THIS, "citation") if last else None

    def _top(self, passage: Passage, plain: str, places: frozenset[str], cut: int, here: Occurrence) -> Governor | None:
        """Governor with the text itself as subject; without words of its own an item stays under the open wording."""
        end = here.citation.start
        allowed = set(places)
        if self._is_closing(plain, cut, end, passage):
            allowed.add("closing")
        if self._orders(passage, plain, cut):
            allowed.add("order")
        found = self._own_wordings(plain, max(cut, plain.rfind("; ", cut, end)), end, allowed)
        found = found or self._own_wordings(plain, cut, end, allowed)
        goes_on = self.open is not None and bool(_PLAIN_WORDS.fullmatch(plain, cut, end))
        if found and not (goes_on and "preamble" in places and all(map(is_mention, found))):
            self.open = Governor(choose(found, places), THIS, place_name(allowed))
            return self.open
        if self.open and goes_on:
            return Governor(self.open.match, self.open.subject, self.open.place, 0.95, far=True)
        return None

    @staticmethod
    def _own_wordings(plain: str, cut: int, end: int, allowed: set[str]) -> list[Match]:
        found = find_wordings(plain, cut, end, frozenset(allowed))
        return [
            m for m in found if m.wording.relation is not EdgeType.PROMULGATES or plain[m.end : end].endswith("nay ")
        ]

    def _orders(self, passage: Passage, plain: str, cut: int) -> bool:
        """An item of a conclusion or an instruction that begins with its verb: "Tiếp tục thực hiện Kế hoạch số …"."""
        return self.this.type in _ORDERING and not passage.cell and not plain[:cut].strip(" .-")

    def _is_closing(self, plain: str, cut: int, end: int, passage: Passage) -> bool:
        """A sentence that says what this text does: "Kế hoạch này thay thế …", "Bãi bỏ …" in a decision."""
        if passage.cell:
            return False
        if OWN.search(plain, cut, end):
            return True
        if self.this.type is D.CONCLUSION and CHANGES.match(plain, cut):
            return True
        if self.this.type not in _DECIDING or passage.part is Part.APPENDIX:
            return False
        if passage.opening:
            return bool(ADOPTS.search(plain, cut, end) or CHANGES.match(plain, cut))
        return end - cut < 400 and not DELEGATES.search(plain, cut, end)

    def _inner(
        self,
        passage: Passage,
        plain: str,
        places: frozenset[str],
        before: Occurrence,
        here: Occurrence,
        governor: Governor | None,
    ) -> Governor | None:
        """Governor of a citation that follows another one in the same item."""
        start, end = before.citation.head_end, here.citation.start
        gap = plain[start:end]
        bracket = gap.rfind("(") if gap.count("(") > gap.count(")") else -1
        found = find_wordings(plain, start + max(bracket, 0), end, frozenset({"citation"}))
        found = [
            m
            for m in found
            if m.wording.relation is not EdgeType.PROMULGATES or re.fullmatch(r" {0,2}(?:la )?", plain[m.end : end])
        ]
        found = [m for m in found if not self._spent(passage, plain, m.end, end)]
        last = governing(found)
        if last is None:
            return sibling(gap, governor) if bracket < 0 else None
        own = self._ends_others(last, governor)
        if (own or goes_on_with(governor, last)) and NEW_VERB.fullmatch(plain, start, last.start):
            closing = own or (governor is not None and governor.place in ("closing", "title", "promulgation"))
            top = self._top(passage, plain, places | {"closing"} if closing else places, last.start, here)
            if top is not None:
                return top
        if self._unnumbered(passage, plain, start, last.start):
            return None
        if before.ref is None or before.citation.in_alias or self.types.get(before.ref) in _MESSENGERS:
            return None
        return Governor(last, before.ref, "citation")

    def _ends_others(self, verb: Match, governor: Governor | None) -> bool:
        """ "… này thay thế A, B đều thực hiện C và bãi bỏ D": what ends C's neighbour is this text, not B."""
        return (
            verb.wording.relation in ENDING
            and not verb.wording.outward
            and self.open is not None
            and self.open.place == "closing"
            and governor is not None
            and governor.subject != THIS
        )

    @staticmethod
    def _spent(passage: Passage, plain: str, start: int, end: int) -> bool:
        """ "quy định chi tiết Luật Hộ tịch và Quyết định số …": the object has no number."""
        return any(passage.text.text[m.start()].isupper() for m in LAW.finditer(plain, start, end))

    @staticmethod
    def _unnumbered(passage: Passage, plain: str, start: int, end: int) -> bool:
        """ "Nghị quyết số A và Kế hoạch của Sở Y tế thực hiện …": one without a number."""
        return any(passage.text.text[m.start("word")].isupper() for m in NEW_DIRECTIVE.finditer(plain, start, end))

    def _claims(
        self, passage: Passage, plain: str, here: Occurrence, governor: Governor | None, inside: bool
    ) -> Iterator[Claim]:
        """``inside``: the governing words stand in the passage of the citation, so that one quote can hold both."""
        ref = here.ref
        assert ref
        if governor and governor.match and governor.subject != ref:
            match = governor.match
            wording = match.wording
            source, target = (governor.subject, ref) if wording.outward else (ref, governor.subject)
            quoted = match if inside and abs(here.citation.head_end - match.start) <= LONGEST_QUOTE else None
            relation = wording.relation
            gap = plain[match.end : min(here.citation.start, match.end + 300)]
            part = scope_of(gap) if not governor.far and relation in ENDING else None
            sure = governor.sure * CONFIDENCE.get(governor.place, 0.85)
            unsure = ", one of two readings" if governor.sure < 0.6 else ""
            apart = "" if quoted else ", wording outside the quote"
            yield Claim(
                relation,
                source,
                target,
                self._quote(passage, quoted, here),
                f"{governor.place}: {wording.phrase}{unsure}{apart}",
                sure,
                part,
            )
        if governor is None or governor.subject == THIS or governor.match is None:
            yield Claim(EdgeType.CITED_IN, ref, THIS, self._quote(passage, None, here), "mention", 0.9)

    def _attached(self, passage: Passage, plain: str, here: Occurrence) -> Claim | None:
        """ "(Kèm theo Kế hoạch số …)" in a decision, "(Ban hành kèm theo Quyết định số …)" under a title of its own."""
        words = ATTACHED.match(plain)
        if words is None or here.ref in (None, THIS) or words.end() != here.citation.start:
            return None
        assert here.ref
        deciding = self.types.get(here.ref) in _DECIDING
        text = self._quote(passage, None, here)
        if deciding and passage.opening and self.this.number is not None:
            return Claim(EdgeType.PROMULGATES, here.ref, THIS, text, "opening: ban hành kèm theo", 0.9)
        if self.this.type in _DECIDING and not deciding and passage.part is Part.BODY:
            return Claim(EdgeType.PROMULGATES, THIS, here.ref, text, "body: kèm theo", 0.85)
        return None

    def _after(
        self, passage: Passage, plain: str, found: Sequence[Occurrence], governors: Sequence[Governor | None]
    ) -> Iterator[Claim]:
        """ "X và Y hết hiệu lực kể từ ngày …": words that follow what they govern, within the sentence."""
        if passage.cell:
            return
        matches = find_wordings(plain, 0, len(plain), frozenset({"after"}))
        starts = sentence_starts(plain) if matches else []
        for match in matches:
            cut = sentence_at(starts, match.start)
            if not ENDS_NOW.match(plain, match.end) and not OWN.search(plain, cut, match.start):
                continue
            for here, governor in zip(found, governors, strict=True):
                inside = cut <= here.citation.start and here.citation.head_end <= match.start
                if inside and here.ref and here.ref != THIS and is_free(governor):
                    whole = match.end - here.citation.start <= LONGEST_QUOTE
                    text = self._span(passage, here.citation.start, match.end if whole else here.citation.head_end)
                    method = f"after: {match.wording.phrase}{'' if whole else ', wording outside the quote'}"
                    yield Claim(match.wording.relation, here.ref, THIS, text, method, 0.9)

    def _leave(
        self, index: int, passage: Passage, plain: str, places: frozenset[str], found: Sequence[Occurrence]
    ) -> None:
        """What stays open for the next passage: a list, or words that announce one ("bãi bỏ các văn bản sau:")."""
        text = plain.rstrip()
        announces = text.endswith((":", "kem theo")) or is_hanging(passage.text.text)
        if opened := self.lists.opened(passage, plain):
            self.announcer, self.open = index, opened
        elif is_listed(self.open) and is_item(plain) and not self.lists.above(passage):
            return
        elif announces and not found:
            allowed = places | ({"closing"} if self._is_closing(plain, 0, len(plain), passage) else frozenset())
            words = [
                m
                for m in find_wordings(plain, 0, len(plain), frozenset(allowed))
                if m.wording.relation not in (EdgeType.PROMULGATES, EdgeType.CITED_IN)
            ]
            announced = find_wordings(plain, 0, len(plain), frozenset({"after"}))
            last = (words or announced)[-1:]
            self.announcer = index
            self.open = (
                Governor(last[0], THIS, "closing", 0.95) if last and last[0].wording.relation in ENDING else None
            )
        elif passage.part is Part.HEAD or not (
            (passage.opening and text.endswith((";", ","))) or self._is_announced(passage)
        ):
            self.open = None

    def _quote(self, passage: Passage, match: Match | None, here: Occurrence) -> Evidence:
        """From the governing words to the end of the citation; without them the citation in 8 or more words."""
        text = passage.text.text
        start, end = here.citation.start, here.citation.head_end
        if match:
            start = min(match.start, start)
        if end - start > LONGEST_QUOTE // 2:
            return self._span(passage, start, end)
        while len(text[start:end].split()) < 10 and text[end : end + 1] not in ("", ";", "."):
            following = re.match(r"\s{0,3}[^\s]{1,80}", text[end : end + 90])
            if following is None:
                break
            end += following.end()
        while len(text[start:end].split()) < 8 and start > 0:
            start = text.rfind(" ", 0, max(0, start - 1)) + 1
        return self._span(passage, start, end)

    def _span(self, passage: Passage, start: int, end: int) -> Evidence:
        return self.source.evidence(passage.text, start, end)
