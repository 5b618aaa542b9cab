"""What governs a citation: a wording, its subject and how sure its reach is; which of several wordings does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.records import THIS
from graph.vocabulary import EdgeType
from ingest.relation_cues import GLUE, PROVISION
from ingest.wordings import Match

#: Relations that end or change the force of their source; they may concern a part of it.
ENDING = frozenset({EdgeType.SUPERSEDED_BY, EdgeType.REPEALED_BY, EdgeType.AMENDED_BY, EdgeType.SUSPENDED_BY})


@dataclass(frozen=True, slots=True)
class Governor:
    """What governs a citation: a wording, its subject ("this" or a ref), and how sure its reach is."""

    match: Match | None
    subject: str
    place: str
    sure: float = 1.0
    far: bool = False  # the words stand in an earlier item or passage


CONFIDENCE = {"title": 0.98, "preamble": 0.97, "closing": 0.95, "citation": 0.92, "promulgation": 0.9, "purpose": 0.85}


def governing(found: list[Match]) -> Match | None:
    """Of the words between two citations the last; in "sửa đổi Quy chế ban hành kèm theo B" the verb that B suffers."""
    if not found:
        return None
    attached = len(found) > 1 and found[-1].wording.relation is EdgeType.PROMULGATES and not found[-1].wording.outward
    return found[-2] if attached and found[-2].wording.relation in ENDING else found[-1]


def goes_on_with(governor: Governor | None, verb: Match) -> bool:
    """Whether a further verb of the text itself may follow; in a preamble "A, sửa đổi B" describes A."""
    if governor is None or governor.subject != THIS or governor.match is None:
        return False
    if governor.place in ("closing", "title", "promulgation"):
        return True
    return governor.place != "body" and verb.wording.relation not in ENDING


def is_free(governor: Governor | None) -> bool:
    """Whether no words but a mere mention, or a heading above, govern a citation yet."""
    return (
        governor is None
        or governor.match is None
        or governor.match.wording.relation is EdgeType.CITED_IN
        or (governor.far and governor.place == "closing")
    )


def choose(found: list[Match], places: frozenset[str]) -> Match:
    """Of several wordings before a citation: the first in a preamble, else the last that says more than a mention."""
    if "preamble" in places:
        return next((m for m in found if not is_mention(m)), found[0])
    telling = [m for m in found if m.wording.relation is not EdgeType.CITED_IN]
    return (telling or found)[-1]


def is_mention(match: Match) -> bool:
    """Whether the words only point: "tại xã A …, để thực hiện B" is governed by what follows them."""
    return "body" in match.wording.places and "procedure" not in match.wording.places


def sibling(gap: str, governor: Governor | None) -> Governor | None:
    """The next of a list stays under the same words; behind a nested one with "và" that is one of two readings."""
    if governor is None:
        return None
    if not (GLUE.fullmatch(gap) or re.search(r"(?:,| va| hoac)(?: cac)?[ :]{0,2}$", gap)):
        return None
    sure = governor.sure if governor.subject == THIS else 0.55
    return Governor(governor.match, governor.subject, governor.place, sure, governor.far)


def place_name(places: set[str]) -> str:
    return next((p for p in ("title", "preamble", "purpose", "promulgation", "closing") if p in places), "body")


def scope_of(gap: str) -> str | None:
    m = PROVISION.search(gap) if len(gap) < 300 else None
    return m.group().strip(" ,.") if m else None
