"""Readings that come or go, and the rows as they are, become what is said of each number now, and by which texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from graph.errors import UnknownId
from graph.identity import Witness, resolve
from graph.records import THIS, DirectiveFacts, Reading
from graph.store.base import WriteOutcome
from graph.store.ledger import Ledger, Saying, TextRow, saying
from graph.store.packing import claims, pack, unpack

_FACTS = set(DirectiveFacts.model_fields)


@dataclass(slots=True)
class Text:
    """A text before and after the change (None: not there). ``reading``: what it says now, if that is not stored."""

    sha256: str
    before: TextRow | None
    files_before: frozenset[str] = frozenset()
    files: set[str] = field(default_factory=set)
    reading: Reading | None = None
    after: TextRow | None = None

    @property
    def file_before(self) -> str:
        """The path that is quoted: the first."""
        return min(self.files_before, default="")

    @property
    def file(self) -> str:
        return min(self.files, default="")

    @property
    def says_otherwise(self) -> bool:
        """Whether what it says comes, goes or is another now (not only its paths)."""
        return self.reading is not None or not self.files


@dataclass(frozen=True, slots=True)
class Story:
    """What writing one reading did, told when all is known."""

    sha256: str
    outcome: WriteOutcome
    replaced: str | None = None


class Texts:
    """Step one: which texts there are, under which paths."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._at: dict[str, str] = {}
        self.touched: dict[str, Text] = {}
        self.stories: list[Story] = []

    def write(self, readings: Sequence[Reading]) -> None:
        self._at = self._ledger.texts_at({r.file for r in readings})
        self._load({r.sha256 for r in readings} | set(self._at.values()))
        stored = self._ledger.bodies({r.sha256 for r in readings if self.touched[r.sha256].before})
        for reading in readings:
            self.stories.append(self._write(reading, stored))

    def withdraw(self, sha256: str) -> None:
        self._load([sha256])
        if self.touched[sha256].before is None:
            raise UnknownId(f"no text with sha256 {sha256!r} in the store")
        self.touched[sha256].files.clear()

    def _load(self, shas: Collection[str]) -> None:
        rows = self._ledger.texts(shas)
        files = self._ledger.files(rows)
        for sha in sorted(shas):
            paths = files.get(sha, set())
            self.touched[sha] = Text(sha, rows.get(sha), frozenset(paths), set(paths))

    def _write(self, reading: Reading, stored: dict[str, bytes]) -> Story:
        text, path = self.touched[reading.sha256], reading.file
        if self._reads_otherwise(text, reading, stored):
            text.reading = reading
            self._place(path, text)
            return Story(text.sha256, WriteOutcome.REPLACED, text.sha256)
        before = self._at.get(path)
        if before == text.sha256:
            return Story(text.sha256, WriteOutcome.UNCHANGED)
        known = bool(text.files)
        if not known:
            text.reading = reading
        gone = self._place(path, text)
        if before:
            return Story(text.sha256, WriteOutcome.REPLACED, gone)
        return Story(text.sha256, WriteOutcome.UNCHANGED if known else WriteOutcome.CREATED)

    def _place(self, path: str, text: Text) -> str | None:
        """Put a text at a path; the sha256 of the text that stood there, if no other path holds it."""
        old = self._at.get(path)
        self._at[path] = text.sha256
        text.files.add(path)
        if old is None or old == text.sha256:
            return None
        self.touched[old].files.discard(path)
        return None if self.touched[old].files else old

    @staticmethod
    def _reads_otherwise(text: Text, reading: Reading, stored: dict[str, bytes]) -> bool:
        """Whether this very text is there with something else read from it (an older reader read it)."""
        if not text.files:
            return False
        if text.reading is None and text.sha256 not in stored:
            return False
        if text.reading is None and stored[text.sha256] == pack(reading)[0]:
            return False
        return claims(text.reading or unpack(stored[text.sha256])) != claims(reading)


class Sayings:
    """Step two and three: what is said of each number now, which directives that makes, and which texts it touches."""

    def __init__(self, ledger: Ledger, texts: dict[str, Text]) -> None:
        self._ledger = ledger
        self._texts = texts
        changed = [t for t in texts.values() if t.says_otherwise]
        self.said_before = ledger.witnesses([t.sha256 for t in changed if t.before])
        self.said_now: dict[str, dict[str, str]] = {}
        fresh = {t.sha256: _sayings_of(t.reading) for t in changed if t.reading and t.files}
        for sha, said in fresh.items():
            self.said_now[sha] = {ref: one.key for ref, one in said.items()}
        self._load(fresh)
        self._count()
        self.resolved: dict[tuple[str, str], str] = {}
        self.resolved_before: dict[tuple[str, str], str] = {}
        self._resolve()

    def _load(self, fresh: dict[str, dict[str, Saying]]) -> None:
        new = {one.key: one for said in fresh.values() for one in said.values()}
        old_keys = {key for said in self.said_before.values() for key in said.values()}
        old = self._ledger.sayings(old_keys - new.keys())
        self.bare_keys = {one.bare_key for one in (*new.values(), *old.values())}
        self.before = self._ledger.sayings_under(self.bare_keys)
        self.now = {**{key: replace(one, count=0) for key, one in new.items()}, **self.before}

    def _count(self) -> None:
        """Counts and first texts after the change; sayings that nobody says any more go."""
        delta: Counter[str] = Counter()
        gone: dict[str, set[str]] = defaultdict(set)
        came: dict[str, set[str]] = defaultdict(set)
        for sha, said in self.said_before.items():
            delta.subtract(said.values())
            for key in said.values():
                gone[key].add(sha)
        for sha, said in self.said_now.items():
            delta.update(said.values())
            for key in said.values():
                came[key].add(sha)
        lost_first = [key for key, shas in gone.items() if self.now[key].first in shas]
        others = self._ledger.texts_saying(lost_first)
        for key in delta:
            one = self.now[key]
            left = (others[key] - gone[key] if key in others else {one.first} - {""}) | came[key]
            self.now[key] = replace(one, count=one.count + delta[key], first=min(left, default=""))

    def _resolve(self) -> None:
        under: dict[str, list[Saying]] = defaultdict(list)
        for one in self.now.values():
            if one.count > 0:
                under[one.bare_key].append(one)
        self.resolved_before = self._ledger.resolved_under(self.bare_keys)
        for bare, said in sorted(under.items()):
            witnesses = [_witness(one) for one in said]
            found = resolve(witnesses)
            for one, witness in zip(said, witnesses, strict=True):
                directive = found[witness.key]
                self.now[one.key] = replace(one, directive=directive.id)
                record = directive.model_dump_json()
                at = (bare, directive.id)
                self.resolved[at] = min(record, self.resolved.get(at, record))

    def renamed(self) -> set[str]:
        """Keys of sayings that were there and mean another directive now."""
        return {
            key
            for key, one in self.before.items()
            if self.now[key].count > 0 and one.directive != self.now[key].directive
        }

    def ids(self) -> set[str]:
        """Ids of directives that appeared, changed, or may be gone."""
        found = {i for (_, i) in _differing(self.resolved_before, self.resolved)}
        for key, one in self.now.items():
            if one != self.before.get(key):
                found |= {one.directive, self.before[key].directive if key in self.before else one.directive}
        return found - {""}


def _differing(one: dict[tuple[str, str], str], other: dict[tuple[str, str], str]) -> set[tuple[str, str]]:
    return {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}


def _sayings_of(reading: Reading) -> dict[str, Saying]:
    found: dict[str, Saying] = {}
    for mention in (reading.this.model_copy(update={"ref": THIS}), *reading.mentions):
        facts = DirectiveFacts.model_construct(**{name: getattr(mention, name) for name in _FACTS})
        found[mention.ref] = saying(facts, held=mention.ref == THIS, reading=reading.sha256)
    return found


def _witness(one: Saying) -> Witness:
    facts = DirectiveFacts.model_validate_json(one.facts)
    return Witness(one.first, one.key, facts, one.held, one.count)
