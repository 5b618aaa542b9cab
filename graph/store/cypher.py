"""All Cypher of the project. Values are parameters, always.

Cypher takes no parameter for a label, a relationship type or the length of a path: the functions here put members of
the vocabulary (Label, EdgeType) and integers in their places, never a text that came from outside.

Besides the graph the server holds the rows of graph.store.ledger, under labels that begin with Ledger.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from graph.store.neo4j_indexes import FULLTEXT, INDEXED, UNIQUE, Behind, Key
from graph.store.neo4j_values import FIND, PLAN
from graph.vocabulary import EdgeType, Label

_EDGE = "s.id AS source, t.id AS target, type(r) AS type, properties(r) AS p"


def _exists(name: str) -> str:
    return f"({name}.since IS NULL OR {name}.since <= $day)"


def _where(conditions: Collection[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _types(types: Collection[EdgeType]) -> str:
    return "|".join(sorted(types))


def _label(name: str) -> str:
    """The label of a node that is not the second one."""
    return "CASE " + " ".join(f"WHEN {name}:{x} THEN '{x}'" for x in Label) + " END"


def _node(name: str) -> str:
    return f"{name}.id AS id, {_label(name)} AS label, {name}:{PLAN} AS plan, properties({name}) AS p"


# -- schema

_FOUND = ", ".join(f"n.{name}" for name in FIND.values())
#: Names of all that `init` makes, and the statement that makes it.
SCHEMA = {
    **{
        name: f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE"
        for name, (label, key) in UNIQUE.items()
    },
    **{
        name: f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{label}) ON ({', '.join(f'n.{key}' for key in keys)})"
        for name, (label, *keys) in INDEXED.items()
    },
    FULLTEXT: f"CREATE FULLTEXT INDEX {FULLTEXT} IF NOT EXISTS FOR (n:{'|'.join(Label)}) ON EACH [{_FOUND}] "
    "OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}}",
}
AWAIT_INDEXES = "CALL db.awaitIndexes(300)"
INDEXES = "SHOW INDEXES YIELD name, type, labelsOrTypes AS labels, properties, owningConstraint AS owner, state"
MAKE_STATE = "MERGE (s:LedgerState {name: 'store'}) ON CREATE SET s.version = $version, s.changes = 0"
READ_STATE = "MATCH (s:LedgerState {name: 'store'}) RETURN s.version AS version, s.changes AS changes"
#: The first statement of every writing transaction: its lock lets one writer in at a time.
LOCK = "MATCH (s:LedgerState {name: 'store'}) SET s.changes = s.changes"
COUNT_CHANGE = "MATCH (s:LedgerState {name: 'store'}) SET s.changes = s.changes + 1"

# -- nodes and edges, read

NODES_OF = {x: f"UNWIND $many AS id MATCH (n:{x} {{id: id}}) RETURN {_node('n')}" for x in Label}
UNION = " UNION ALL ".join  # statements with the same columns become one
NODES = UNION(NODES_OF.values())
_NONE = "id, null AS type, 0 AS n, true AS down"  # a row of degrees for a node that is there
THERE = UNION(f"UNWIND $ids AS id MATCH (n:{x} {{id: id}}) RETURN {_NONE}" for x in Label)
NUMBERED = f"MATCH (n:Directive {{loose_number: $loose}}) RETURN n.id AS id, n:{PLAN} AS plan, properties(n) AS p"


def _at(label: Label, types: Collection[EdgeType], down: bool) -> str:
    """Edges r of some types that leave (``down``) or enter nodes of one label, by $ids; x is the other end."""
    near, far, edge = ("s", "t", "-[r:{}]->") if down else ("t", "s", "<-[r:{}]-")
    arrow = edge.format(_types(types))
    return f"UNWIND $ids AS id MATCH ({near}:{label} {{id: id}}){arrow}({far}) WITH id, s, r, t, {far} AS x"


def edges(label: Label, types: Collection[EdgeType], *, down: bool, asserted: bool = False, among: bool = False) -> str:
    """The edges; only those that $asserted_by says (``asserted``), or whose other end is one of $ids (``among``)."""
    kept = ["r.asserted_by = $asserted_by"] * asserted + ["x.id IN $ids"] * among
    return f"{_at(label, types, down)}{_where(kept)} RETURN {_EDGE}"


def degrees(label: Label, types: Collection[EdgeType], *, down: bool, dated: bool) -> str:
    """How many nodes they lead to, by type; ``dated``: only those that exist on $day."""
    found = f"{_at(label, types, down)}{_where([_exists('x')] * dated)}"
    return f"{found} RETURN id, type(r) AS type, count(DISTINCT x) AS n, {down} AS down"


def pairs(label: Label, types: Collection[EdgeType], *, down: bool) -> str:
    """The ids of both ends, each pair once, and the label of the other end."""
    return f"{_at(label, types, down)} RETURN DISTINCT id AS near, x.id AS far, {_label('x')} AS label"


def endings(types: Collection[EdgeType]) -> str:
    """Directives that an edge of these types leaves, whose period is over on $day, or that begin later."""
    ended = f"d.since > $day OR d.period_end < $day OR EXISTS {{ (d)-[:{_types(types)}]->() }}"
    return f"MATCH (d:Directive) WHERE {ended} RETURN d.id AS id"


def page_of_nodes(label: Label) -> str:
    """The next $limit nodes of one label after $after, by id."""
    return f"MATCH (n:{label}) WHERE n.id > $after RETURN {_node('n')} ORDER BY n.id LIMIT $limit"


def page_of_edges(source: Label, kind: EdgeType) -> str:
    """Edges of one type that leave the next $limit nodes of one label after $after; a row without edge for each."""
    return (
        f"MATCH (s:{source}) WHERE s.id > $after WITH s ORDER BY s.id LIMIT $limit "
        f"OPTIONAL MATCH (s)-[r:{kind}]->(t) RETURN {_EDGE}"
    )


COUNT_NODES = UNION(f"MATCH (n:{x}) RETURN '{x}' AS name, count(n) AS n" for x in Label)
COUNT_EDGES = UNION(f"MATCH ()-[r:{x}]->() RETURN '{x}' AS name, count(r) AS n" for x in EdgeType)
COUNT_TEXTS = "MATCH (t:LedgerText) RETURN count(t) AS readings, count(CASE WHEN t.current THEN 1 END) AS held"
DELETE_INFERRED = "MATCH (s)-[r:REFINED_BY|FULFILLED_BY {method: $method}]->() DELETE r"

# -- closure

_PLACE = ", ".join(f"CASE WHEN x:Directive THEN x.{own} END AS {own}" for own in ("level", "jurisdiction"))
_DUTIES = "WHERE d > 0 AND (x:Task OR x:Indicator) MATCH (x)-[r:ASSIGNED_TO]->(a:Agency)"
LATER = "MATCH (d:Directive) WHERE d.since > $day RETURN d.id AS id LIMIT 1"


@dataclass(frozen=True, slots=True)
class Closure:
    """A walk from the node $id of label ``start``: along arrows (``down``) or against them, over ``types``.

    ``depth``: at most so many edges (None: to the end). ``dated``: nodes of a day after $day are not there.
    """

    start: Label
    down: bool
    types: frozenset[EdgeType]
    depth: int | None = None
    dated: bool = False

    def _rows(self) -> str:
        """Rows (x, d): every node that is reached and its distance, the start with 0."""
        start = f"MATCH (a:{self.start} {{id: $id}})"
        if not self.types or self.depth == 0:
            return f"{start} WITH a AS x, 0 AS d"
        length = f"*0..{self.depth}" if self.depth is not None else "*0.."
        alive = f" WHERE all(n IN nodes(p) WHERE n.id = $id OR {_exists('n')})" if self.dated else ""
        return f"{start} MATCH p = {self._edge('a', self.types, 'x', length=length)}{alive} WITH x, min(length(p)) AS d"

    def _edge(self, near: str, types: Collection[EdgeType], far: str, *, name: str = "", length: str = "") -> str:
        edge = f"[{name}:{_types(types)}{length}]"
        return f"({near})-{edge}->({far})" if self.down else f"({near})<-{edge}-({far})"

    def counts(self) -> str:
        """Nodes by label, level and place (of directives) and distance, without the start."""
        return f"{self._rows()} WHERE d > 0 RETURN {_label('x')} AS label, {_PLACE}, d AS depth, count(*) AS n"

    def first(self) -> str:
        """The nearest $limit nodes, the start left out, by (distance, id)."""
        order = "ORDER BY d, x.id LIMIT $limit"
        return f"{self._rows()} WHERE d > 0 RETURN x.id AS id, {_label('x')} AS label, d AS depth {order}"

    def ends(self, last: Collection[EdgeType]) -> str:
        """Nodes that one edge of ``last`` reaches from what is reached, and how far that is."""
        alive = f" WHERE {_exists('x')}" if self.dated else ""
        return (
            f"{self._rows()} WITH x AS y, d MATCH {self._edge('y', last, 'x')}{alive} WITH x, min(d) + 1 AS depth "
            f"RETURN x.id AS id, {_label('x')} AS label, depth, {_PLACE}"
        )

    def distances(self) -> str:
        """How far those of $ids are that are reached."""
        return f"{self._rows()} WITH x, d WHERE x.id IN $ids RETURN x.id AS id, d AS depth"

    def agencies(self, *, roles: bool = False) -> str:
        """How many of the tasks and indicators reached each agency has; ``roles``: in each role, only those of $ids."""
        which = " WHERE a.id IN $ids RETURN r.role AS role," if roles else " RETURN"
        return f"{self._rows()} {_DUTIES}{which} a.id AS id, count(DISTINCT x) AS n"

    def quarters(self) -> str:
        """How many of the tasks reached end in each quarter."""
        ends = "x.deadline_end.year AS year, x.deadline_end.quarter AS quarter"
        return f"{self._rows()} WHERE d > 0 AND x:Task RETURN {ends}, count(*) AS n"

    def steps(self, near: Label, types: Collection[EdgeType]) -> str:
        """Edges from $ids of one label to any of $items, in walking direction."""
        here, far = ("s", "t") if self.down else ("t", "s")
        step = self._edge(f"{here}:{near} {{id: id}}", types, far, name="r")
        return f"UNWIND $ids AS id MATCH {step} WHERE $items IS NULL OR {far}.id IN $items RETURN {_EDGE}"


# -- search

_CALL = f"CALL db.index.fulltext.queryNodes('{FULLTEXT}', $query) YIELD node AS n"
MATCHING = f"{_CALL} WHERE $labels IS NULL OR any(l IN labels(n) WHERE l IN $labels)"
COUNT_MATCHING = f"{MATCHING} RETURN count(n) AS n"
FIRST_MATCHING = f"{MATCHING} WITH n ORDER BY n.find_size, n.id LIMIT $limit RETURN {_node('n')}"
VOCABULARY = "MATCH (w:LedgerWord) RETURN w.word AS word ORDER BY word"

# -- lists

ISSUERS = "MATCH (n:Directive) WHERE n.issuer IS NOT NULL RETURN DISTINCT n.issuer AS name"
_ANY_ID = "n.id IS NOT NULL"  # without it an index that ends with the id is not used
_EQUAL = ("type", "level", "jurisdiction", "held", "kind", "system", "deadline_kind", "unit")
#: What a filter asks of the node n itself; its parameter has its name. Of OR the server may make a union, to be sorted.
_OWN = {
    **{name: f"n.{name} = ${name}" for name in _EQUAL},
    "as_of": "coalesce(n.since, $as_of) <= $as_of",
    "ids": "n.id IN $ids",
    "issuers": "n.issuer IN $issuers",
    "issued_from": "n.since >= $issued_from",
    "issued_to": "n.since <= $issued_to",
    "whole_years": "(n.issued_on IS NOT NULL OR n.issued_year <= $whole_years)",
    "due_after": f"n.deadline_end >= $due_after AND {_ANY_ID}",
    "due_before": f"n.deadline_end <= $due_before AND {_ANY_ID}",
    "year": f"n.year = $year AND {_ANY_ID}",
    "role": "EXISTS { (n)-[r:ASSIGNED_TO]->() WHERE r.role = $role }",
}
_AIM = {"year": "t.year = $year", "unit": "t.unit = $unit"}
_OWNER = {"jurisdiction": "d.jurisdiction = $jurisdiction", "directive": "d.id = $directive"}
#: The way from what a directive contains up to it.
_CONTAINED = {
    Label.TASK: "(n)<-[:HAS_TASK]-(d:Directive)",
    Label.INDICATOR: "(n)<-[:HAS_INDICATOR]-(d:Directive)",
    Label.TARGET: "(n)<-[:HAS_TARGET]-(:Indicator)<-[:HAS_INDICATOR]-(d:Directive)",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """Nodes of one label that pass filters (names of parameters), sorted by key and id; those without a key last.

    ``filters``: fields of graph.listing's queries, and words (in Lucene's language), ids, issuers, whole_years.
    """

    label: Label
    filters: frozenset[str]
    key: Key | None = None
    descending: bool = False

    def total(self) -> str:
        """How many there are."""
        if self.filters == {"as_of"} and self.label in _CONTAINED:
            later = f"MATCH {_CONTAINED[self.label]} WHERE d.since > $as_of RETURN count(n) AS later"
            return (
                f"CALL () {{ MATCH (n:{self.label}) RETURN count(n) AS ever }} "
                f"CALL () {{ {later} }} RETURN ever - later AS total"
            )
        return f"{self._rows()} RETURN count(n) AS total"

    def ids(self) -> str:
        """All their ids."""
        return f"{self._rows()} RETURN n.id AS id"

    def page(self, behind: Behind, *, counted: bool = True) -> str:
        """One row: the total (unless it is not ``counted``), and the $want first nodes behind a place as ``items``.

        The head of a list with a key and what is STATED end where nodes without a key follow.
        """
        total = f"CALL () {{ {self.total()} }}" if counted else "WITH null AS total"
        items = f"[n IN found | {{id: n.id, label: {_label('n')}, plan: n:{PLAN}, p: properties(n)}}] AS items"
        return f"{total} CALL () {{ {self._found(behind)} }} RETURN total, {items}"

    def _found(self, behind: Behind) -> str:
        if self.key and behind in (Behind.HEAD, Behind.STATED):
            return self._first(*self._stated(behind), by=(f"n.{self.key}", "n.id"))
        keyless = [f"n.{self.key} IS NULL"] if self.key else []
        behind_id = self._further("n.id", "$after") if behind in (Behind.STATED, Behind.MISSING) else _ANY_ID
        return self._first(*keyless, behind_id)

    def _stated(self, behind: Behind) -> Iterator[str]:
        key = f"n.{self.key}"
        yield _ANY_ID
        if behind is Behind.HEAD:
            yield f"{key} IS NOT NULL"
        else:
            yield self._further(key, "$value", "=")
            yield f"CASE {key} WHEN $value THEN {self._further('n.id', '$after')} ELSE true END"

    def _further(self, value: str, than: str, equal: str = "") -> str:
        return f"{value} {'<' if self.descending else '>'}{equal} {than}"

    def _first(self, *place: str, by: tuple[str, ...] = ("n.id",)) -> str:
        order = ", ".join(f"{key} {'DESC' if self.descending else 'ASC'}" for key in by)
        return f"{self._rows(*place)} WITH n ORDER BY {order} LIMIT $want RETURN collect(n) AS found"

    def _rows(self, *place: str) -> str:
        """Rows (n): the nodes that pass the filters and stand in some place, each once."""
        once = " WITH DISTINCT n" if "agency" in self.filters else ""  # which can have one task in two roles
        return f"{self._few()}MATCH {self._ways()}{_where([*self._conditions(), *place])}{once}"

    def _few(self) -> str:
        """Where the server begins if a filter passes few nodes, which it cannot know."""
        if "words" in self.filters:
            return f"CALL db.index.fulltext.queryNodes('{FULLTEXT}', $words) YIELD node AS n "
        owner = [_OWNER[name] for name in sorted(self._owned)]
        return f"MATCH (d:Directive){_where(owner)} WITH DISTINCT d " if owner and "agency" not in self.filters else ""

    def _ways(self) -> str:
        """The node, and those that filters speak of."""
        agency = ["(n)-[r:ASSIGNED_TO]->(:Agency {id: $agency})"] if "agency" in self.filters else []
        owner = [_CONTAINED[self.label]] if self._owned else []
        return ", ".join([f"(n:{self.label})", *owner, *agency])

    @property
    def _owned(self) -> frozenset[str]:
        """Filters that the directive must pass which contains the node."""
        return self.filters & _OWNER.keys() if self.label in _CONTAINED else frozenset()

    def _conditions(self) -> Iterator[str]:
        yield from (_OWNER[name] for name in sorted(self._owned))
        aims = sorted(self.filters & _AIM.keys()) if self.label is Label.INDICATOR else []
        if aims:
            yield f"EXISTS {{ (n)-[:HAS_TARGET]->(t) WHERE {' AND '.join(_AIM[name] for name in aims)} }}"
        own = self.filters - self._owned - {"words", "agency", *aims}
        if {"role", "agency"} <= self.filters:
            own -= {"role"}
            yield "r.role = $role"
        yield from (_OWN[name] for name in sorted(own))


# -- the ledger, read

_TEXT = "t.sha256 AS sha256, t.chars AS chars, t.directive AS directive, t.current AS current"
_SAYING = "properties(s) AS saying"
TEXTS_AT = "UNWIND $many AS x MATCH (f:LedgerFile {path: x}) RETURN f.path AS key, f.sha256 AS value"
FILES = "UNWIND $many AS x MATCH (f:LedgerFile {sha256: x}) RETURN f.sha256 AS key, f.path AS value"
TEXTS = f"UNWIND $many AS x MATCH (t:LedgerText {{sha256: x}}) RETURN {_TEXT}"
TEXTS_OF = f"UNWIND $many AS x MATCH (t:LedgerText {{directive: x}}) RETURN {_TEXT}"
ALL_TEXTS = f"MATCH (t:LedgerText) RETURN {_TEXT}"
BODIES = "UNWIND $many AS x MATCH (t:LedgerText {sha256: x}) RETURN t.sha256 AS key, t.body AS value"
WHOLE_TEXT = "MATCH (t:LedgerText {sha256: $sha256}) RETURN t.body AS body, t.text AS text"
_SAYS = "MATCH (t:LedgerText {sha256: x})-[w:LEDGER_SAYS]->(s)"
WITNESSES = f"UNWIND $many AS x {_SAYS} RETURN x AS sha256, w.ref AS ref, s.key AS saying"
_SAYING_TEXTS = "(:LedgerSaying {key: x})<-[:LEDGER_SAYS]-(t)"
TEXTS_SAYING = f"UNWIND $many AS x MATCH {_SAYING_TEXTS} RETURN x AS key, t.sha256 AS value"
SAYINGS = f"UNWIND $many AS x MATCH (s:LedgerSaying {{key: x}}) RETURN {_SAYING}"
SAYINGS_UNDER = f"UNWIND $many AS x MATCH (s:LedgerSaying {{bare_key: x}}) RETURN {_SAYING}"
SAYINGS_OF = f"UNWIND $many AS x MATCH (s:LedgerSaying {{directive: x}}) RETURN {_SAYING}"
_RESOLVED = "n.bare_key AS bare_key, n.id AS id, n.record AS record"
RESOLVED_UNDER = f"UNWIND $many AS x MATCH (n:LedgerResolved {{bare_key: x}}) RETURN {_RESOLVED}"
RESOLVED_OF = f"UNWIND $many AS x MATCH (n:LedgerResolved {{id: x}}) RETURN {_RESOLVED}"
_SAID = "n.key AS key, n.record AS record, n.count AS count"
SAID = f"UNWIND $many AS x MATCH (n:LedgerSaid {{key: x}}) WHERE n.kind = $kind RETURN {_SAID}"

# -- the ledger, written ($rows)

PUT_TEXTS = "UNWIND $rows AS row MERGE (t:LedgerText {sha256: row.sha256}) SET t += row"
SILENCE_TEXTS = "UNWIND $rows AS row MATCH (:LedgerText {sha256: row})-[w:LEDGER_SAYS]->() DELETE w"
DELETE_TEXTS = "UNWIND $rows AS row MATCH (t:LedgerText {sha256: row}) DETACH DELETE t"
PUT_FILES = "UNWIND $rows AS row MERGE (f:LedgerFile {path: row[0]}) SET f.sha256 = row[1]"
DELETE_FILES = "UNWIND $rows AS row MATCH (f:LedgerFile {path: row}) DELETE f"
PUT_SAYINGS = "UNWIND $rows AS row MERGE (s:LedgerSaying {key: row.key}) SET s = row"
DELETE_SAYINGS = "UNWIND $rows AS row MATCH (s:LedgerSaying {key: row}) DETACH DELETE s"
_BOTH = "MATCH (t:LedgerText {sha256: row[0]}) MATCH (s:LedgerSaying {key: row[2]})"
PUT_WITNESSES = f"UNWIND $rows AS row {_BOTH} CREATE (t)-[:LEDGER_SAYS {{ref: row[1]}}]->(s)"
PUT_RESOLVED = "UNWIND $rows AS row MERGE (n:LedgerResolved {key: row.key}) SET n = row"
DELETE_RESOLVED = "UNWIND $rows AS row MATCH (n:LedgerResolved {key: row}) DELETE n"
_SAME = "n.kind = row.kind AND n.record = row.record"
DELETE_SAID = f"UNWIND $rows AS row MATCH (n:LedgerSaid {{key: row.key}}) WHERE {_SAME} DELETE n"
RECOUNT_SAID = f"UNWIND $rows AS row MATCH (n:LedgerSaid {{key: row.key}}) WHERE {_SAME} SET n.count = row.count"
PUT_SAID = "UNWIND $rows AS row CREATE (n:LedgerSaid) SET n = row"
PUT_WORDS = "UNWIND $rows AS row MERGE (w:LedgerWord {word: row[0]}) SET w.count = coalesce(w.count, 0) + row[1]"
DELETE_WORDS = "UNWIND $rows AS row MATCH (w:LedgerWord {word: row}) WHERE w.count <= 0 DELETE w"

# -- the graph, written ($rows)


def new_nodes(label: Label, *, plan: bool) -> str:
    """Rows of properties: nodes of one label that are not there yet."""
    return f"UNWIND $rows AS row CREATE (n:{label}{f':{PLAN}' * plan}) SET n = row"


def put_nodes(label: Label, *, plan: bool) -> str:
    """Rows of properties: nodes of one label get them instead of their own."""
    second = f" SET n:{PLAN}" if plan else f" REMOVE n:{PLAN}" * (label is Label.DIRECTIVE)
    return f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row{second}"


def delete_nodes(label: Label) -> str:
    """Nodes of one label by id, with the edges at them."""
    return f"UNWIND $rows AS row MATCH (n:{label} {{id: row}}) DETACH DELETE n"


def _ends(source: Label, target: Label) -> str:
    return f"UNWIND $rows AS row MATCH (s:{source} {{id: row[0]}}) MATCH (t:{target} {{id: row[1]}})"


def put_edges(source: Label, kind: EdgeType, target: Label) -> str:
    """Rows [source, target, properties]: edges that are not there yet."""
    return f"{_ends(source, target)} CREATE (s)-[r:{kind}]->(t) SET r = row[2]"


def delete_edges(source: Label, kind: EdgeType, target: Label) -> str:
    """Rows [source, target, role, asserted_by], the last two "" for none."""
    same = "coalesce(r.role, '') = row[2] AND coalesce(r.asserted_by, '') = row[3]"
    return f"{_ends(source, target)} MATCH (s)-[r:{kind}]->(t) WHERE {same} DELETE r"
