"""A typed text becomes nodes: every word must be there, the last may be a beginning; typos as the last resort."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence

from graph.search import FIELDS, MAX_WORDS, matching_field, stand_ins
from graph.store.base import Hit, Node, SearchResult
from graph.store.rows import read_node
from graph.text import fold
from graph.vocabulary import Label

_FOUND = (
    "FROM words JOIN node ON node.n = words.rowid WHERE words MATCH ? AND label IN (SELECT value FROM json_each(?))"
)
_COLUMNS = ", ".join(f"words.{name}" for name in FIELDS)


class Finder:
    """Searches the words of all nodes; reads only."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def search(self, text: str, kinds: Collection[Label] | None, limit: int | None) -> SearchResult:
        """See Store.search. Of a very long text the first MAX_WORDS words count."""
        words = fold(text).split()[:MAX_WORDS]
        if not words:
            return SearchResult(hits=(), total=0)
        exact = self._found(words, [[] for _ in words], kinds, limit)
        if exact.total:
            return exact
        vocabulary = [row[0] for row in self._db.execute("SELECT word FROM spelling ORDER BY word")]
        others = [stand_ins(word, vocabulary) for word in words]
        if not any(others):
            return exact
        return self._found(words, others, kinds, limit).model_copy(update={"fuzzy": True})

    def _found(
        self, words: Sequence[str], others: Sequence[Sequence[str]], kinds: Collection[Label] | None, limit: int | None
    ) -> SearchResult:
        labels = json.dumps(list(Label if kinds is None else kinds))
        wanted = _query(words, others)
        total = self._count(wanted, None if kinds is None else labels)
        hits: list[Hit] = []
        sql = f"SELECT node.label, node.id, node.record, {_COLUMNS} {_FOUND} ORDER BY size, node.id LIMIT ?"
        for query in _tiers(wanted):
            left = -1 if limit is None else limit - len(hits)
            if left == 0 or len(hits) == total:
                break
            rows = self._db.execute(sql, (query, labels, left))
            hits += [_hit(read_node(*row[:3]), words, others, row[3:]) for row in rows]
        return SearchResult(hits=tuple(hits), total=total)

    def _count(self, wanted: str, labels: str | None) -> int:
        if labels is None:
            sql, values = "SELECT count(*) FROM words WHERE words MATCH ?", [wanted]
        else:
            sql, values = f"SELECT count(*) {_FOUND}", [wanted, labels]
        return int(self._db.execute(sql, values).fetchone()[0])


def _query(words: Sequence[str], others: Sequence[Sequence[str]]) -> str:
    """Words are folded (a-z, 0-9 only), so they can stand quoted in the query language of FTS5."""
    parts = []
    for i, (word, instead) in enumerate(zip(words, others, strict=True)):
        ending = "*" if i == len(words) - 1 else ""
        parts.append("(" + " OR ".join([f'"{word}"{ending}', *(f'"{w}"' for w in instead)]) + ")")
    return " AND ".join(parts)


def _tiers(wanted: str) -> Iterator[str]:
    """All words in the most telling field, then in each less telling one, then spread over several."""
    taken: list[str] = []
    for field in FIELDS:
        here = f"({field} : ({wanted}))"
        yield f"{here} NOT ({' OR '.join(taken)})" if taken else here
        taken.append(here)
    yield f"({wanted}) NOT ({' OR '.join(taken)})"


def _hit(node: Node, words: Sequence[str], others: Sequence[Sequence[str]], texts: Sequence[str]) -> Hit:
    return Hit(node=node, field=matching_field(words, list(zip(FIELDS, texts, strict=True)), others))
