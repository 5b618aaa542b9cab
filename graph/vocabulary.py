"""The words of the graph: labels, edge types with the sentence each states, roles, kinds.

Every arrow points the way a change travels: from the authority to what rests on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """Kinds of node. A plan is a Directive that also carries the label Plan."""

    DIRECTIVE = "Directive"
    TASK = "Task"
    INDICATOR = "Indicator"
    TARGET = "Target"
    AGENCY = "Agency"


class EdgeType(StrEnum):
    """Kinds of edge; EDGE_SPECS says what each states."""

    CASCADES_TO = "CASCADES_TO"
    BASIS_FOR = "BASIS_FOR"
    GUIDED_BY = "GUIDED_BY"
    AMENDED_BY = "AMENDED_BY"
    SUPERSEDED_BY = "SUPERSEDED_BY"
    REPEALED_BY = "REPEALED_BY"
    SUSPENDED_BY = "SUSPENDED_BY"
    CORRECTED_BY = "CORRECTED_BY"
    CONSOLIDATED_IN = "CONSOLIDATED_IN"
    PROMULGATES = "PROMULGATES"
    CITED_IN = "CITED_IN"
    ISSUED = "ISSUED"
    HAS_TASK = "HAS_TASK"
    HAS_INDICATOR = "HAS_INDICATOR"
    HAS_TARGET = "HAS_TARGET"
    ASSIGNED_TO = "ASSIGNED_TO"
    PART_OF = "PART_OF"
    SUCCEEDED_BY = "SUCCEEDED_BY"
    REFINED_BY = "REFINED_BY"
    FULFILLED_BY = "FULFILLED_BY"


class Follow(StrEnum):
    """How a lineage treats an edge type."""

    THROUGH = "through"  # walked
    LAST_STEP = "last_step"  # shown, not followed further
    ON_REQUEST = "on_request"  # walked only when asked for
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class EdgeSpec:
    """What one edge type states: ``source`` ``sentence`` ``target``, the ends' labels, and how a lineage follows it."""

    source: Label
    target: Label
    sentence: str
    follow: Follow


_D, _T, _I, _G, _A = Label.DIRECTIVE, Label.TASK, Label.INDICATOR, Label.TARGET, Label.AGENCY
EDGE_SPECS: dict[EdgeType, EdgeSpec] = {
    EdgeType.CASCADES_TO: EdgeSpec(_D, _D, "is implemented by", Follow.THROUGH),
    EdgeType.BASIS_FOR: EdgeSpec(_D, _D, "is the legal basis of", Follow.THROUGH),
    EdgeType.GUIDED_BY: EdgeSpec(_D, _D, "is detailed or guided by", Follow.THROUGH),
    EdgeType.AMENDED_BY: EdgeSpec(_D, _D, "is amended by", Follow.THROUGH),
    EdgeType.PROMULGATES: EdgeSpec(_D, _D, "issues as its attachment", Follow.THROUGH),
    EdgeType.SUPERSEDED_BY: EdgeSpec(_D, _D, "is replaced by", Follow.LAST_STEP),
    EdgeType.REPEALED_BY: EdgeSpec(_D, _D, "is repealed by", Follow.LAST_STEP),
    EdgeType.SUSPENDED_BY: EdgeSpec(_D, _D, "is suspended by", Follow.LAST_STEP),
    EdgeType.CORRECTED_BY: EdgeSpec(_D, _D, "is corrected by", Follow.LAST_STEP),
    EdgeType.CONSOLIDATED_IN: EdgeSpec(_D, _D, "is consolidated in", Follow.LAST_STEP),
    EdgeType.CITED_IN: EdgeSpec(_D, _D, "is mentioned by", Follow.ON_REQUEST),
    EdgeType.ISSUED: EdgeSpec(_A, _D, "issued", Follow.NEVER),
    EdgeType.HAS_TASK: EdgeSpec(_D, _T, "contains the task", Follow.THROUGH),
    EdgeType.HAS_INDICATOR: EdgeSpec(_D, _I, "contains the indicator", Follow.THROUGH),
    EdgeType.HAS_TARGET: EdgeSpec(_I, _G, "has the target", Follow.THROUGH),
    EdgeType.ASSIGNED_TO: EdgeSpec(_T, _A, "is assigned to", Follow.LAST_STEP),
    EdgeType.PART_OF: EdgeSpec(_A, _A, "belongs to", Follow.NEVER),
    EdgeType.SUCCEEDED_BY: EdgeSpec(_A, _A, "was merged or renamed into", Follow.NEVER),
    EdgeType.REFINED_BY: EdgeSpec(_T, _T, "is carried down into", Follow.THROUGH),
    EdgeType.FULFILLED_BY: EdgeSpec(_T, _D, "is answered by", Follow.THROUGH),
}


def sources(kind: EdgeType) -> tuple[Label, ...]:
    """Labels that an edge of this type can leave: "task or indicator is assigned to agency"."""
    return (_T, _I) if kind is EdgeType.ASSIGNED_TO else (EDGE_SPECS[kind].source,)


#: Relations between two directives, strongest first; CITED_IN is kept only where nothing stronger is said of a pair.
DIRECTIVE_RELATIONS = tuple(t for t, s in EDGE_SPECS.items() if s.source is _D and s.target is _D)


class Role(StrEnum):
    """Role of an agency in a task or an indicator."""

    LEAD = "lead"
    COORDINATE = "coordinate"
    ADVISE = "advise"
    MONITOR = "monitor"
    APPROVE = "approve"
    EVALUATE = "evaluate"
    RECEIVE = "receive"


class Origin(StrEnum):
    """Where a task stands in its directive."""

    APPENDIX = "appendix"  # a row of a task table
    RESPONSIBILITY = "responsibility"  # an item under a named agency, or one that names its owner
    SOLUTION = "solution"  # an item of a section of tasks and solutions, without an owner


class DeadlineKind(StrEnum):
    DATE = "date"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"
    RECURRING = "recurring"
    CONTINUOUS = "continuous"
    CONDITIONAL = "conditional"
    NONE = "none"


class Every(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class Comparator(StrEnum):
    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"
    EQUAL = "="
    RANGE = "range"


class Level(StrEnum):
    CENTRAL = "central"
    PROVINCIAL = "provincial"
    COMMUNAL = "communal"


class System(StrEnum):
    PARTY = "party"
    STATE = "state"
    FRONT = "front"


class AgencyKind(StrEnum):
    BODY = "body"
    COLLECTIVE = "collective"
    OFFICE = "office"


class DirectiveType(StrEnum):
    RESOLUTION = "resolution"
    PLAN = "plan"
    PROGRAMME = "programme"
    DECISION = "decision"
    INSTRUCTION = "instruction"
    CONCLUSION = "conclusion"
    NOTICE = "notice"
    GUIDANCE = "guidance"
    OFFICIAL_LETTER = "official_letter"
    SCHEME = "scheme"
    PROJECT = "project"
    REPORT = "report"
    LAW = "law"
    DECREE = "decree"
    CIRCULAR = "circular"
    ORDINANCE = "ordinance"
    REGULATION = "regulation"
    RULES = "rules"
    SUBMISSION = "submission"
    TELEGRAM = "telegram"


class Status(StrEnum):
    """Status of a directive on a date; computed, never stored."""

    IN_FORCE = "in_force"
    NOT_YET_ISSUED = "not_yet_issued"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"
    PARTLY_SUPERSEDED = "partly_superseded"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    DRAFT = "draft"
    UNKNOWN = "unknown"
