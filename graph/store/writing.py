"""A reading comes in or goes out, and the derived graph follows, inside one transaction.

Four steps, each a pure function of the rows of the one before, so that the order of reading cannot matter:
witnesses -> directives (graph.identity) -> which text of each directive is current -> nodes and edges.
Only what a change touches is derived again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from graph.identity import Witness, bare_key, resolve
from graph.records import THIS, Agency, Directive, DirectiveFacts, Edge, Reading
from graph.store.base import Node, WriteOutcome, WriteResult, edge_order
from graph.store.derive import Derived, derive, merge_agencies, strongest
from graph.store.rows import Rows, claims, pack, unpack

_FACTS = set(DirectiveFacts.model_fields)


class Writer:
    """One write or one withdrawal; the caller begins and ends the transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._rows = Rows(connection)
        self._keys: set[str] = set()  # bare keys whose witnesses changed
        self._directives: set[str] = set()  # ids of directives that appeared, changed or may be gone
        self._whole: set[int] = set()  # readings to be derived again: nodes and edges
        self._edges: set[int] = set()  # readings to be derived again: edges only
        self._agencies: set[str] = set()
        self._register: dict[tuple[str, ...], Edge] = {}

    def write(self, reading: Reading) -> WriteResult:
        """Store a reading; StoreError if it contradicts itself (then the caller rolls back)."""
        if self._reads_otherwise(reading):
            return self._read_again(reading)
        before = self._one("SELECT r, sha256 FROM file JOIN reading USING (r) WHERE path = ?", reading.file)
        if before and before[1] == reading.sha256:
            return self._result(reading.sha256, WriteOutcome.UNCHANGED)
        gone = before and self._leave_file(reading.file, before[0])
        known = self._one("SELECT r FROM reading WHERE sha256 = ?", reading.sha256)
        r = known[0] if known else self._insert(reading)
        self._db.execute("INSERT INTO file VALUES (?, ?)", (reading.file, r))
        if self._first_file(r) == reading.file:
            self._whole.add(r)  # evidence names the first path
        self._update()
        outcome = WriteOutcome.UNCHANGED if known else WriteOutcome.CREATED
        return self._result(reading.sha256, WriteOutcome.REPLACED if before else outcome, before[1] if gone else None)

    def _reads_otherwise(self, reading: Reading) -> bool:
        """Whether this very text is stored with something else read from it (an older reader read it)."""
        stored = self._one("SELECT body FROM reading WHERE sha256 = ?", reading.sha256)
        return stored is not None and claims(unpack(stored[0])) != claims(reading)

    def _read_again(self, reading: Reading) -> WriteResult:
        """Put a new reading of a text in the place of the old one, under all its paths."""
        (old,) = self._one("SELECT r FROM reading WHERE sha256 = ?", reading.sha256)
        paths = {row[0] for row in self._all("SELECT path FROM file WHERE r = ?", old)} | {reading.file}
        self.withdraw(old)
        for path in sorted(paths):
            self.write(reading.model_copy(update={"file": path}))
        return self._result(reading.sha256, WriteOutcome.REPLACED, reading.sha256)

    def withdraw(self, r: int) -> None:
        self._db.execute("DELETE FROM file WHERE r = ?", (r,))
        self._forget(r)
        self._update()

    # -- texts and their witnesses

    def _leave_file(self, path: str, r: int) -> bool:
        """Take a path from a reading; True if the reading is gone with it."""
        self._db.execute("DELETE FROM file WHERE path = ?", (path,))
        if self._first_file(r) is None:
            self._forget(r)
            return True
        self._whole.add(r)
        return False

    def _insert(self, reading: Reading) -> int:
        sql = "INSERT INTO reading (sha256, chars, body, text) VALUES (?, ?, ?, ?) RETURNING r"
        (r,) = self._one(sql, reading.sha256, len(reading.text), *pack(reading))
        for mention in (reading.this.model_copy(update={"ref": THIS}), *reading.mentions):
            facts = DirectiveFacts.model_validate(mention.model_dump(include=_FACTS))
            key = bare_key(facts, reading.sha256)
            row = (r, mention.ref, key, facts.model_dump_json(), mention.ref == THIS)
            self._db.execute("INSERT INTO witness (r, ref, bare_key, facts, held) VALUES (?, ?, ?, ?, ?)", row)
            self._keys.add(key)
        return int(r)

    def _forget(self, r: int) -> None:
        for key, directive in self._all("SELECT bare_key, directive FROM witness WHERE r = ?", r):
            self._keys.add(key)
            self._directives.add(directive)
        self._clear(r, whole=True)
        self._whole.discard(r)
        self._db.execute("DELETE FROM witness WHERE r = ?", (r,))
        self._db.execute("DELETE FROM reading WHERE r = ?", (r,))

    # -- the derived graph

    def _update(self) -> None:
        for key in sorted(self._keys):
            self._resolve(key)
        for directive in sorted(self._directives):
            self._choose_current(directive)
        self._edges -= self._whole
        for r in self._whole | self._edges:
            self._clear(r, whole=r in self._whole)
        for directive in sorted(self._directives):
            self._put_directive(directive)
        derived = {r: self._derive(r) for r in sorted(self._whole | self._edges)}
        self._put_shared()
        for r, found in derived.items():
            for edge in found.edges:
                if edge.asserted_by is not None:
                    self._rows.put_edge(edge, r)
        self._db.execute("UPDATE state SET changes = changes + 1")

    def _resolve(self, key: str) -> None:
        sql = """SELECT sha256, ref, facts, held, r, witness.directive
            FROM witness JOIN reading USING (r) WHERE bare_key = ?"""
        rows = self._all(sql, key)
        facts = {
            text: DirectiveFacts.model_validate_json(text) for text in {row[2] for row in rows}
        }  # many say the same
        witnesses = [Witness(row[0], row[1], facts[row[2]], bool(row[3])) for row in rows]
        found = resolve(witnesses) if witnesses else {}
        for sha256, ref, _, _, r, old in rows:
            new = found[sha256, ref].id
            if new != old:
                self._rename(r, ref, old, new)
        self._put_resolved(key, found.values())

    def _rename(self, r: int, ref: str, old: str, new: str) -> None:
        self._db.execute("UPDATE witness SET directive = ? WHERE r = ? AND ref = ?", (new, r, ref))
        self._directives.update((old, new) if old else (new,))
        self._edges.add(r)
        if ref == THIS:
            self._db.execute("UPDATE reading SET directive = ? WHERE r = ?", (new, r))
            self._whole.add(r)

    def _put_resolved(self, key: str, found: Iterable[Directive]) -> None:
        old = dict(self._all("SELECT id, record FROM resolved WHERE bare_key = ?", key))
        new: dict[str, str] = {}
        for directive in {id(d): d for d in found}.values():
            record = directive.model_dump_json()
            new[directive.id] = min(record, new.get(directive.id, record))
        changed = {i for i in old.keys() | new.keys() if old.get(i) != new.get(i)}
        for directive_id in changed:
            self._db.execute("DELETE FROM resolved WHERE bare_key = ? AND id = ?", (key, directive_id))
            if directive_id in new:
                self._db.execute("INSERT INTO resolved VALUES (?, ?, ?)", (key, directive_id, new[directive_id]))
        self._directives |= changed

    def _choose_current(self, directive: str) -> None:
        """Of several texts of one directive the longest is current (ties: the smallest sha256)."""
        sql = "SELECT r, current FROM reading WHERE directive = ? ORDER BY chars DESC, sha256"
        for place, (r, was) in enumerate(self._all(sql, directive)):
            if bool(was) != (place == 0):
                self._db.execute("UPDATE reading SET current = ? WHERE r = ?", (place == 0, r))
                self._whole.add(r)
                spoken_of = self._all("SELECT directive FROM witness WHERE r = ?", r)
                self._directives.update(row[0] for row in spoken_of)

    def _put_directive(self, directive: str) -> None:
        """The node of a directive exists as long as a current text speaks of it."""
        (record,) = self._one("SELECT min(record) FROM resolved WHERE id = ?", directive)
        sql = "SELECT 1 FROM witness JOIN reading USING (r) WHERE witness.directive = ? AND current LIMIT 1"
        if record and self._one(sql, directive):
            self._rows.put_node(Node(id=directive, record=Directive.model_validate_json(record)))
        else:
            self._rows.delete_node(directive)

    def _clear(self, r: int, *, whole: bool) -> None:
        self._rows.delete_edges_of(r)
        if whole:
            self._rows.delete_nodes_of(r)
            for kind, record in self._all("DELETE FROM said WHERE r = ? RETURNING kind, record", r):
                self._touch(kind, record)

    def _derive(self, r: int) -> Derived:
        row = self._one("SELECT body, current FROM reading WHERE r = ?", r)
        if not row or not row[1]:
            return Derived((), ())
        reading = unpack(row[0])
        ids = dict(self._all("SELECT ref, directive FROM witness WHERE r = ?", r))
        found = derive(reading, ids, self._first_file(r) or reading.file)
        if r in self._whole:
            for node in found.nodes:
                self._rows.put_node(node, r)
            for agency in reading.agencies:
                self._say(r, "agency", agency.id, agency)
            for edge in found.edges:
                if edge.asserted_by is None:
                    self._say(r, "edge", " ".join(edge_order(edge)), edge)
        return found

    # -- agencies and edges of the register: said alike by several texts, one row each

    def _say(self, r: int, kind: str, key: str, record: Agency | Edge) -> None:
        text = record.model_dump_json()
        self._db.execute("INSERT OR IGNORE INTO said VALUES (?, ?, ?, ?)", (r, kind, key, text))
        self._touch(kind, text)

    def _touch(self, kind: str, record: str) -> None:
        if kind == "agency":
            self._agencies.add(Agency.model_validate_json(record).id)
        else:
            edge = Edge.model_validate_json(record)
            self._register[edge_order(edge)] = edge

    def _put_shared(self) -> None:
        for _, edge in sorted(self._register.items()):
            self._rows.delete_register_edge(edge)
        for agency in sorted(self._agencies):
            records = [Agency.model_validate_json(text) for text in self._records("agency", agency)]
            if records:
                self._rows.put_node(Node(id=agency, record=merge_agencies(records)))
            else:
                self._rows.delete_node(agency)
        for key in sorted(self._register):
            said = [Edge.model_validate_json(text) for text in self._records("edge", " ".join(key))]
            for edge in strongest(said):
                self._rows.put_edge(edge)

    def _records(self, kind: str, key: str) -> list[str]:
        return [row[0] for row in self._all("SELECT record FROM said WHERE kind = ? AND key = ?", kind, key)]

    # -- small helpers

    def _result(self, sha256: str, outcome: WriteOutcome, replaced: str | None = None) -> WriteResult:
        directive, current = self._one("SELECT directive, current FROM reading WHERE sha256 = ?", sha256)
        sql = "SELECT sha256 FROM reading WHERE directive = ? AND current"
        copy_of = None if current else self._one(sql, directive)[0]
        if copy_of and outcome is WriteOutcome.CREATED:
            outcome = WriteOutcome.OTHER_COPY
        return WriteResult(outcome=outcome, sha256=sha256, directive=directive, replaced=replaced, copy_of=copy_of)

    def _first_file(self, r: int) -> str | None:
        (path,) = self._one("SELECT min(path) FROM file WHERE r = ?", r)
        return str(path) if path is not None else None

    def _one(self, sql: str, *values: object) -> Any:
        return self._db.execute(sql, values).fetchone()

    def _all(self, sql: str, *values: object) -> list[Any]:
        return self._db.execute(sql, values).fetchall()
