"""A typed text becomes nodes of the Neo4j store, as graph.store.finding does it for the embedded one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from neo4j import ManagedTransaction

from graph.search import FEW, FIELDS, MAX_WORDS, Sought, stand_ins
from graph.store import cypher
from graph.store.base import Hit, SearchResult
from graph.store.neo4j_session import Row, rows
from graph.store.neo4j_values import FIND, read_node
from graph.text import fold
from graph.vocabulary import Label


class Finder:
    """Searches the words of all nodes inside a transaction."""

    def __init__(self, tx: ManagedTransaction) -> None:
        self._tx = tx

    def search(self, text: str, kinds: Collection[Label] | None, limit: int | None) -> SearchResult:
        """See Store.search. Of a very long text the first MAX_WORDS words count."""
        words = fold(text).split()[:MAX_WORDS]
        if not words:
            return SearchResult(hits=(), total=0)
        exact = self._found(words, [[] for _ in words], kinds, limit)
        if exact.total:
            return exact
        vocabulary = [row["word"] for row in rows(self._tx, cypher.VOCABULARY)]
        others = [stand_ins(word, vocabulary) for word in words]
        if not any(others):
            return exact
        return self._found(words, others, kinds, limit).model_copy(update={"fuzzy": True})

    def _found(
        self, words: Sequence[str], others: Sequence[Sequence[str]], kinds: Collection[Label] | None, limit: int | None
    ) -> SearchResult:
        labels = None if kinds is None else [label.value for label in kinds]
        total = rows(self._tx, cypher.COUNT_MATCHING, query=spread(words, others), labels=labels)[0]["n"]
        sought, found = Sought(words, others), list[Row]()
        few = 0 < total <= FEW
        for query in [spread(words, others)] if few else _tiers(words, others):
            left = (total if limit is None or few else min(limit, total)) - len(found)
            if left <= 0:
                break
            found += rows(self._tx, cypher.FIRST_MATCHING, query=query, labels=labels, limit=left)
        if few:
            found.sort(key=lambda row: sought.tier(_texts(row)))  # stable: by size and id they come
        return SearchResult(hits=tuple(_hit(row, sought) for row in found[:limit]), total=total)


def _tiers(words: Sequence[str], others: Sequence[Sequence[str]]) -> Iterator[str]:
    """All words in the most telling field, then in each less telling one, then spread over several."""
    taken = ""
    for field in FIELDS:
        here = f"{FIND[field]}:({' '.join(f'+{word}' for word in _words(words, others))})"
        yield f"+{here}{taken}"
        taken += f" -{here}"
    yield spread(words, others) + taken


def spread(words: Sequence[str], others: Sequence[Sequence[str]]) -> str:
    """Each word in any field."""
    return " ".join(f"+({' '.join(f'{name}:{word}' for name in FIND.values())})" for word in _words(words, others))


def _words(words: Sequence[str], others: Sequence[Sequence[str]]) -> list[str]:
    """Each word, or one that stands in for it; folded words (a-z, 0-9) need no quotes in the language of Lucene."""
    last = len(words) - 1
    return [
        f"({' '.join([f'{word}*' if i == last else word, *instead])})"
        for i, (word, instead) in enumerate(zip(words, others, strict=True))
    ]


def _texts(row: Row) -> list[str]:
    return [row["p"].get(FIND[name], "") for name in FIELDS]


def _hit(row: Row, sought: Sought) -> Hit:
    return Hit(node=read_node(row["label"], row["plan"], row["p"]), field=sought.field(_texts(row)))
