"""Names that a text prints become agencies of the register, and assignments become edges to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.agencies import resolve_agency
from graph.records import THIS, Agency, Edge, Evidence, Mention
from graph.register_edges import register_edges, register_neighbours
from graph.vocabulary import EdgeType, System
from ingest.roles import Assignment


@dataclass(slots=True)
class Agencies:
    """The agencies that one text names, each once, with all names it was printed with there."""

    place: str | None
    system: System | None
    on: dt.date | None
    aliases: Mapping[str, str]
    _found: dict[str, Agency] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, this: Mention, aliases: Mapping[str, str]) -> Agencies:
        """``aliases``: short names that the text itself defines, and what they stand for."""
        return cls(this.jurisdiction, this.system, this.issued_on, aliases)

    def id_of(self, printed: str) -> str:
        """Id of the agency that a printed name means in this text."""
        if printed not in self._ids:
            self._ids[printed] = self._resolve(printed)
        return self._ids[printed]

    def _resolve(self, printed: str) -> str:
        agency = resolve_agency(printed, self.place, self.system, self.on, self.aliases)
        known = self._found.get(agency.id, agency)
        names = {*known.aliases, *agency.aliases} - {known.name}
        self._found[agency.id] = known.model_copy(update={"aliases": tuple(sorted(names))})
        return agency.id

    def named(self) -> tuple[Agency, ...]:
        """Agencies named so far, with those that the register puts around them, sorted by id."""
        around = {n.id: n for a in self._found.values() for n in register_neighbours(a)}
        both = around | self._found
        return tuple(both[key] for key in sorted(both))

    def links(self) -> list[Edge]:
        """What the register knows of all these agencies: which belongs to which, which followed which."""
        return [edge for agency in self.named() for edge in register_edges(agency)]


def assignment_edges(assignments: Iterable[Assignment], agencies: Agencies) -> list[Edge]:
    """One edge for each role that an agency has in a task or an indicator."""
    return [
        Edge(
            type=EdgeType.ASSIGNED_TO,
            source=a.ref,
            target=agencies.id_of(a.named.name),
            evidence=a.evidence,
            method=a.method,
            role=a.role,
            printed=a.named.span.text,
        )
        for a in assignments
    ]


def issued_edge(this: Mention, evidence: Evidence | None, agencies: Agencies) -> list[Edge]:
    """The issuer's edge to its directive; none where the text does not show who issued it."""
    if this.issuer is None:
        return []
    issuer = agencies.id_of(this.issuer)
    return [Edge(type=EdgeType.ISSUED, source=issuer, target=THIS, evidence=evidence, method="header")]
