"""A typed text becomes nodes: every word must be there, the last may be a beginning; typos as the last resort."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from graph.search import FEW, FIELDS, MAX_WORDS, Sought, stand_ins
from graph.store.base import Hit, SearchResult
from graph.store.rows import read_node
from graph.text import fold
from graph.vocabulary import Label

_FOUND = (
    "FROM words JOIN node ON node.n = words.rowid WHERE words MATCH ? AND label IN (SELECT value FROM json_each(?))"
)
_COLUMNS = ", ".join(f"words.{name}" for name in FIELDS)
_SOME = f"SELECT n {_FOUND} LIMIT ?"
_FIRST = f"SELECT n {_FOUND} ORDER BY size, id LIMIT ?"  # a record is long: it is read of the first ones only
_ROWS = f"""
SELECT n, label, id, record, {_COLUMNS} FROM node JOIN words ON words.rowid = n
WHERE n IN (SELECT value FROM json_each(?)) ORDER BY size, id
"""
Row = tuple[Any, ...]  # n, label, id, record, and the text of each field


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
        vocabulary = [row[0] for row in self._db.execute("SELECT DISTINCT word FROM spelling ORDER BY word")]
        others = [stand_ins(word, vocabulary) for word in words]
        if not any(others):
            return exact
        return self._found(words, others, kinds, limit).model_copy(update={"fuzzy": True})

    def _found(
        self, words: Sequence[str], others: Sequence[Sequence[str]], kinds: Collection[Label] | None, limit: int | None
    ) -> SearchResult:
        labels = json.dumps(list(Label if kinds is None else kinds))
        wanted, sought = _query(words, others), Sought(words, others)
        some = [n for (n,) in self._db.execute(_SOME, (wanted, labels, FEW + 1))]
        total = len(some)
        if total <= FEW:
            rows = self._rows(some)
            rows.sort(key=lambda row: sought.tier(_texts(row)))  # a stable sort: of a tier they stay by size and id
        else:
            total = self._count(wanted, None if kinds is None else labels)
            fields = self._fields([{word, *instead} for word, instead in zip(words[:-1], others, strict=False)])
            rows = self._best(_tiers(wanted, fields), labels, total if limit is None else min(limit, total))
        return SearchResult(hits=tuple(_hit(row, sought) for row in rows[:limit]), total=total)

    def _fields(self, words: Iterable[set[str]]) -> list[str]:
        """The fields that may hold all these words; numbers are not counted, they can stand anywhere."""
        sql = "SELECT field FROM spelling WHERE word IN (SELECT value FROM json_each(?))"
        fields = set(FIELDS)
        for any_of in words:
            if all(word.isalpha() for word in any_of):
                fields &= {field for (field,) in self._db.execute(sql, (json.dumps(list(any_of)),))}
        return [field for field in FIELDS if field in fields]

    def _best(self, tiers: Iterable[str], labels: str, limit: int) -> list[Row]:
        """The first by tier, size and id. What a tier finds again stood in an earlier one, which ended before it."""
        found: dict[int, Row] = {}
        for query in tiers:
            if len(found) >= limit:
                break
            first = [n for (n,) in self._db.execute(_FIRST, (query, labels, limit)) if n not in found]
            found |= {row[0]: row for row in self._rows(first[: limit - len(found)])}
        return list(found.values())

    def _rows(self, numbers: Sequence[int]) -> list[Row]:
        """By size and id."""
        return self._db.execute(_ROWS, (json.dumps(numbers),)).fetchall()

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


def _tiers(wanted: str, fields: Iterable[str]) -> Iterator[str]:
    """All words in the most telling field, then in each less telling one, then spread over several."""
    for field in fields:
        yield f"{field} : ({wanted})"
    yield wanted


def _texts(row: Row) -> tuple[str, ...]:
    return row[4:]


def _hit(row: Row, sought: Sought) -> Hit:
    return Hit(node=read_node(*row[1:4]), field=sought.field(_texts(row)))
