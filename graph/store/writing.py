"""Readings that come or go, and the rows as they are, become one change and the answers what each of them did.

Four steps, each a pure function of the one before, so that the order of reading cannot matter: texts -> what they say
of each number -> directives (graph.identity) and the current text of each -> nodes and edges. What a text gives the
graph is derived twice, as it was and as it is now; the difference is the change. Nothing is written here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from graph.records import THIS, Directive, Reading
from graph.store.base import Node, WriteOutcome, WriteResult
from graph.store.counted import put_agencies, put_pairs, put_register, put_shared, recount
from graph.store.deriving import Difference, Version
from graph.store.ledger import Change, Kind, Ledger, Placed, TextRow
from graph.store.packing import pack, unpack
from graph.store.planning import Sayings, Story, Text, Texts
from graph.vocabulary import Label

#: So many texts at a time are derived again, so that a number which thousands cite does not fill the memory.
_AT_ONCE = 100


def plan_write(ledger: Ledger, readings: Sequence[Reading]) -> tuple[Change | None, tuple[WriteResult, ...]]:
    """The change that stores readings (None: all are there), and what it does with each.

    StoreError if one contradicts itself.
    """
    texts = Texts(ledger)
    texts.write(readings)
    plan = _Plan(ledger, texts.touched)
    change = plan.change()
    results = tuple(plan.result(story) for story in texts.stories)
    idle = all(result.outcome is WriteOutcome.UNCHANGED for result in results) and not change.files
    return None if idle else change, results


def plan_withdrawal(ledger: Ledger, sha256: str) -> Change:
    """The change that forgets a text; UnknownId if it is not there."""
    texts = Texts(ledger)
    texts.withdraw(sha256)
    return _Plan(ledger, texts.touched).change()


class _Plan:
    """One change in the making. ``texts``: all that it touches; ``said``: their sayings by ref; ``rows``: sayings."""

    def __init__(self, ledger: Ledger, touched: dict[str, Text]) -> None:
        self._ledger = ledger
        self._texts = dict(touched)
        self._sayings = Sayings(ledger, touched)
        self._rows_before = dict(self._sayings.before)
        self._rows = dict(self._sayings.now)
        self._said_before = dict(self._sayings.said_before)
        self._said = dict(self._sayings.said_now)
        self._resolved: dict[str, dict[tuple[str, str], str]] = {}
        self._change = Change()

    def change(self) -> Change:
        """Work it out; to be called once."""
        renamed = self._renamed()
        self._add(self._ledger.texts(renamed))
        self._name()
        self._choose_current()
        ids = self._sayings.ids()
        moved = self._moved(ids)
        affected = [t for t in self._texts.values() if t.sha256 in renamed | moved or _is_affected(t)]
        affected = sorted((t for t in affected if _gives(t)), key=lambda t: t.sha256)
        self._load_said(affected)
        difference = Difference(self._change)
        for start in range(0, len(affected), _AT_ONCE):
            self._derive(affected[start : start + _AT_ONCE], difference)
        difference.settle()
        self._put_directives(ids | self._count_current(affected))
        self._put_counted(difference.said)
        self._put_rows()
        return self._change

    def result(self, story: Story) -> WriteResult:
        """What writing one reading did; a text that another of the same batch replaced has no directive any more."""
        row = self._texts[story.sha256].after
        copy_of = None if row is None or row.current else self._current_of(row.directive)
        copied = copy_of is not None and story.outcome is WriteOutcome.CREATED
        return WriteResult(
            outcome=WriteOutcome.OTHER_COPY if copied else story.outcome,
            sha256=story.sha256,
            directive=row.directive if row else "",
            replaced=story.replaced,
            copy_of=copy_of,
        )

    # -- texts: their own directives, and which of several is current

    def _renamed(self) -> set[str]:
        """Texts that speak of a directive whose id changed."""
        return {sha for shas in self._ledger.texts_saying(self._sayings.renamed()).values() for sha in shas}

    def _add(self, rows: dict[str, TextRow]) -> None:
        """Take in texts that the change did not begin with."""
        new = {sha: row for sha, row in rows.items() if sha not in self._texts}
        files = self._ledger.files(new)
        for sha, row in new.items():
            paths = files.get(sha, set())
            self._texts[sha] = Text(sha, row, frozenset(paths), set(paths), after=row)

    def _name(self) -> None:
        """The own directive of each text, as it is now."""
        self._load_said([t for t in self._texts.values() if t.before])
        for text in self._texts.values():
            if not text.files:
                text.after = None
                continue
            directive = self._rows[self._said[text.sha256][THIS]].directive
            if text.before is not None:
                text.after = replace(text.before, directive=directive)
            elif text.reading is not None:
                text.after = TextRow(text.sha256, len(text.reading.text), directive)

    def _load_said(self, texts: Collection[Text]) -> None:
        """What these texts say, and the sayings themselves."""
        unknown = [t.sha256 for t in texts if t.before and t.sha256 not in self._said_before]
        self._said_before |= self._ledger.witnesses(unknown)
        for sha, said in self._said_before.items():
            if sha not in self._said and not self._texts[sha].says_otherwise:
                self._said[sha] = said
        keys = {key for said in self._said_before.values() for key in said.values()} - self._rows_before.keys()
        for key, row in self._ledger.sayings(keys).items():
            self._rows_before[key] = row
            self._rows.setdefault(key, row)

    def _choose_current(self) -> None:
        """Of several texts of one directive the longest is current (ties: the smallest sha256)."""
        ids = {row.directive for text in self._texts.values() for row in _differing_rows(text)}
        self._add(self._ledger.texts_of(ids))
        of: dict[str, list[TextRow]] = {}
        for text in self._texts.values():
            if text.after and text.after.directive in ids:
                of.setdefault(text.after.directive, []).append(text.after)
        for rows in of.values():
            rows.sort(key=lambda row: (-row.chars, row.sha256))
            for place, row in enumerate(rows):
                self._texts[row.sha256].after = replace(row, current=place == 0)

    def _current_of(self, directive: str) -> str | None:
        rows = self._ledger.texts_of([directive])
        rows |= {sha: text.after for sha, text in self._texts.items() if text.after}
        there = [r for sha, r in rows.items() if sha not in self._texts or self._texts[sha].after]
        return next((r.sha256 for r in there if r.current and r.directive == directive), None)

    # -- what they give the graph

    def _records(self, ids: Collection[str], *, now: bool) -> dict[str, Directive]:
        """Directives by id; of several records of one id the smallest."""
        rows = self._resolved_before(ids)
        if now:
            rows = {at: r for at, r in rows.items() if at not in self._sayings.resolved_before} | self._sayings.resolved
        found: dict[str, str] = {}
        for (_, directive), record in rows.items():
            if directive in ids:
                found[directive] = min(record, found.get(directive, record))
        return {i: Directive.model_validate_json(record) for i, record in found.items()}

    def _resolved_before(self, ids: Collection[str]) -> dict[tuple[str, str], str]:
        """Records of directives as they are in the store, each asked for once."""
        unknown = set(ids) - self._resolved.keys()
        self._resolved |= {i: {} for i in unknown}
        for at, record in self._ledger.resolved_of(unknown).items():
            self._resolved[at[1]][at] = record
        return {at: record for i in ids for at, record in self._resolved[i].items()}

    def _moved(self, ids: Collection[str]) -> set[str]:
        """Texts of directives whose first day changed: what they hold exists from another day on."""
        before, now = self._records(ids, now=False), self._records(ids, now=True)
        moved = [i for i in before.keys() & now.keys() if before[i].first_day != now[i].first_day]
        rows = self._ledger.texts_of(moved)
        self._add(rows)
        return set(rows)

    def _derive(self, texts: Sequence[Text], difference: Difference) -> None:
        bodies = self._ledger.bodies([t.sha256 for t in texts if t.before])
        rows = [row for t in texts for row in (t.before, t.after) if row]
        own = {row.directive for row in rows}
        before, now = self._records(own, now=False), self._records(own, now=True)
        for text in texts:
            there = unpack(bodies[text.sha256]) if text.before else None
            old = new = None
            if text.before and text.before.current and there:
                since = before[text.before.directive].first_day
                ids = {ref: self._rows_before[key].directive for ref, key in self._said_before[text.sha256].items()}
                old = Version(there, ids, text.file_before, since)
            reading = text.reading or there
            if text.after and text.after.current and reading:
                since = now[text.after.directive].first_day
                ids = {ref: self._rows[key].directive for ref, key in self._said[text.sha256].items()}
                new = Version(reading, ids, text.file, since)
            difference.add(old, new)

    def _count_current(self, texts: Collection[Text]) -> set[str]:
        """Count anew which sayings stand in current texts; the ids of directives that this touches."""
        delta: Counter[str] = Counter()
        for text in texts:
            if text.before and text.before.current:
                delta.subtract(self._said_before[text.sha256].values())
            if text.after and text.after.current:
                delta.update(self._said[text.sha256].values())
        ids = set()
        for key, by in delta.items():
            if by:
                self._rows[key] = replace(self._rows[key], current=self._rows[key].current + by)
                ids |= {row.directive for row in (self._rows[key], self._rows_before.get(key)) if row}
        return ids - {""}

    # -- the rows to write

    def _put_directives(self, ids: Collection[str]) -> None:
        """The node of a directive exists as long as a current text speaks of it."""
        said = {**self._ledger.sayings_of(ids), **self._rows}
        alive = {one.directive for one in said.values() if one.count > 0 and one.current > 0}
        records = self._records(ids, now=True)
        there = self._ledger.shared_nodes(Label.DIRECTIVE, ids)
        for directive in sorted(ids):
            now = None
            if directive in alive and directive in records:
                now = Placed(Node(id=directive, record=records[directive]), records[directive].first_day)
            put_shared(directive, now, there.get(directive), self._change)

    def _put_counted(self, delta: Counter[tuple[Kind, str, str]]) -> None:
        counts = recount(self._ledger, delta, self._change)
        put_agencies(self._ledger, counts, self._change)
        put_register(counts, self._change)
        put_pairs(counts, self._change)

    def _put_rows(self) -> None:
        change = self._change
        for sha, text in self._texts.items():
            if text.after and (text.reading or text.after != text.before):
                change.texts[sha] = text.after
            if text.after and text.reading:
                change.packed[sha] = pack(text.reading)
                change.witnesses[sha] = self._said[sha]
            if text.after and text.reading and text.before:
                change.reread.add(sha)
            if text.before and not text.after:
                change.gone_texts.add(sha)
            change.files |= dict.fromkeys(text.files - text.files_before, sha)
            change.gone_files |= text.files_before - text.files
        change.gone_files -= change.files.keys()
        for key, row in self._rows.items():
            if row.count > 0 and row != self._rows_before.get(key):
                change.sayings[key] = row
            if row.count <= 0 and key in self._rows_before:
                change.gone_sayings.add(key)
        before, now = self._sayings.resolved_before, self._sayings.resolved
        change.resolved = {at: record for at, record in now.items() if before.get(at) != record}
        change.gone_resolved = before.keys() - now.keys()


def _differing_rows(text: Text) -> list[TextRow]:
    """The rows of a text whose directive, or whose being there, changed."""
    rows = [row for row in (text.before, text.after) if row]
    same = len(rows) == 2 and rows[0].directive == rows[1].directive
    return [] if same else rows


def _is_affected(text: Text) -> bool:
    return text.says_otherwise or text.before != text.after or text.file_before != text.file


def _gives(text: Text) -> bool:
    """Whether it gives the graph anything, before or after."""
    return any(row is not None and row.current for row in (text.before, text.after))
