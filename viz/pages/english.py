"""English words for what the graph holds, beside the Vietnamese of viz.labels and viz.words. Data, no logic."""

from __future__ import annotations

from graph.vocabulary import DeadlineKind, DirectiveType, EdgeType, Every, Label, Level, Role, Status

#: type of edge -> (read along the arrow, read against it).
EDGES: dict[EdgeType, tuple[str, str]] = {
    EdgeType.CASCADES_TO: ("is implemented by", "implements"),
    EdgeType.BASIS_FOR: ("is the legal basis of", "is based on"),
    EdgeType.GUIDED_BY: ("is guided by", "guides"),
    EdgeType.AMENDED_BY: ("is amended by", "amends"),
    EdgeType.SUPERSEDED_BY: ("is replaced by", "replaces"),
    EdgeType.REPEALED_BY: ("is repealed by", "repeals"),
    EdgeType.SUSPENDED_BY: ("is suspended by", "suspends"),
    EdgeType.CORRECTED_BY: ("is corrected by", "corrects"),
    EdgeType.CONSOLIDATED_IN: ("is consolidated in", "consolidates"),
    EdgeType.PROMULGATES: ("issues as its attachment", "is attached to"),
    EdgeType.CITED_IN: ("is mentioned by", "mentions"),
    EdgeType.ISSUED: ("issued", "was issued by"),
    EdgeType.HAS_TASK: ("contains the task", "stands in"),
    EdgeType.HAS_INDICATOR: ("contains the indicator", "stands in"),
    EdgeType.HAS_TARGET: ("has the target", "belongs to the indicator"),
    EdgeType.ASSIGNED_TO: ("is assigned to", "is assigned"),
    EdgeType.PART_OF: ("belongs to", "includes"),
    EdgeType.SUCCEEDED_BY: ("was merged or renamed into", "took over from"),
    EdgeType.REFINED_BY: ("is carried down into", "carries down"),
    EdgeType.FULFILLED_BY: ("is answered by", "answers"),
}

ROLES: dict[Role, str] = {
    Role.LEAD: "leads",
    Role.COORDINATE: "coordinates",
    Role.ADVISE: "advises",
    Role.MONITOR: "monitors",
    Role.APPROVE: "approves",
    Role.EVALUATE: "evaluates",
    Role.RECEIVE: "receives reports",
}
NO_ROLE = "no role stated"

TYPES: dict[DirectiveType, str] = {
    DirectiveType.RESOLUTION: "Resolution",
    DirectiveType.PLAN: "Plan",
    DirectiveType.PROGRAMME: "Programme",
    DirectiveType.DECISION: "Decision",
    DirectiveType.INSTRUCTION: "Instruction",
    DirectiveType.CONCLUSION: "Conclusion",
    DirectiveType.NOTICE: "Notice",
    DirectiveType.GUIDANCE: "Guidance",
    DirectiveType.OFFICIAL_LETTER: "Official letter",
    DirectiveType.SCHEME: "Scheme",
    DirectiveType.PROJECT: "Project",
    DirectiveType.REPORT: "Report",
    DirectiveType.LAW: "Law",
    DirectiveType.DECREE: "Decree",
    DirectiveType.CIRCULAR: "Circular",
    DirectiveType.ORDINANCE: "Ordinance",
    DirectiveType.REGULATION: "Regulation",
    DirectiveType.RULES: "Rules",
    DirectiveType.SUBMISSION: "Submission",
    DirectiveType.TELEGRAM: "Telegram",
}

STATUSES: dict[Status, str] = {
    Status.IN_FORCE: "in force",
    Status.NOT_YET_ISSUED: "not yet issued",
    Status.SUPERSEDED: "replaced",
    Status.REPEALED: "repealed",
    Status.PARTLY_SUPERSEDED: "partly no longer in force",
    Status.SUSPENDED: "suspended",
    Status.EXPIRED: "expired",
    Status.DRAFT: "draft",
    Status.UNKNOWN: "not known",
}

LEVELS: dict[Level, str] = {Level.CENTRAL: "central", Level.PROVINCIAL: "provincial", Level.COMMUNAL: "communal"}

DEADLINES: dict[DeadlineKind, str] = {
    DeadlineKind.DATE: "day",
    DeadlineKind.MONTH: "month",
    DeadlineKind.QUARTER: "quarter",
    DeadlineKind.YEAR: "year",
    DeadlineKind.RANGE: "period",
    DeadlineKind.RECURRING: "recurring",
    DeadlineKind.CONTINUOUS: "continuous",
    DeadlineKind.CONDITIONAL: "conditional",
    DeadlineKind.NONE: "none stated",
}

EVERY: dict[Every, str] = {
    Every.DAY: "daily",
    Every.WEEK: "weekly",
    Every.MONTH: "monthly",
    Every.QUARTER: "quarterly",
    Every.HALF_YEAR: "every 6 months",
    Every.YEAR: "yearly",
}

KINDS: dict[Label, str] = {
    Label.DIRECTIVE: "Directive",
    Label.TASK: "Task",
    Label.INDICATOR: "Indicator",
    Label.TARGET: "Target",
    Label.AGENCY: "Agency",
}

#: Codes of graph.status.DirectiveStatus.note.
NOTES: dict[str, str] = {
    "undated": "the day of issue is not known",
    "issued_that_year": "only the year of issue is known",
    "successor_draft": "what replaces it is still a draft",
    "successor_undated": "the day of what replaces it is not known",
    "partly_suspended": "partly suspended",
}
