"""What of the Neo4j store is unique, what is looked up by, what lists are sorted by: indexes, labels, properties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from graph.store.neo4j_values import FIND
from graph.vocabulary import Label

Index = Mapping[str, Any]  # a row of cypher.INDEXES

#: Version of labels, properties and indexes; a store of a newer one is not touched.
VERSION = 1
FULLTEXT = "lineage_words"
UNIQUE = {
    **{f"lineage_{label.lower()}_id": (label.value, "id") for label in Label},
    "lineage_text": ("LedgerText", "sha256"),
    "lineage_file": ("LedgerFile", "path"),
    "lineage_saying": ("LedgerSaying", "key"),
    "lineage_resolved": ("LedgerResolved", "key"),
    "lineage_word": ("LedgerWord", "word"),
    "lineage_state": ("LedgerState", "name"),
}
INDEXED = {
    "lineage_list_place": ("Directive", "jurisdiction"),
    "lineage_list_issuer": ("Directive", "issuer"),
    "lineage_list_due": ("Task", "deadline_end", "id"),
    "lineage_list_kind": ("Task", "deadline_kind"),
    "lineage_list_agency_place": ("Agency", "jurisdiction"),
    "lineage_list_year": ("Target", "year", "id"),
    "lineage_loose_number": ("Directive", "loose_number"),
    "lineage_since": ("Directive", "since"),
    "lineage_text_directive": ("LedgerText", "directive"),
    "lineage_file_text": ("LedgerFile", "sha256"),
    "lineage_saying_bare_key": ("LedgerSaying", "bare_key"),
    "lineage_saying_directive": ("LedgerSaying", "directive"),
    "lineage_resolved_bare_key": ("LedgerResolved", "bare_key"),
    "lineage_resolved_id": ("LedgerResolved", "id"),
    "lineage_said": ("LedgerSaid", "key"),
}


def standing(indexes: Iterable[Index]) -> dict[str, Index]:
    """Those of the server's indexes that serve as one of ours, by our name: the server takes no second like it.

    The full-text one is asked by its name, so no other can stand for it.
    """
    known = list(indexes)
    ours = (*UNIQUE, *INDEXED, FULLTEXT)
    return {name: index for name in ours for index in known if _is(name, index)}


def in_the_way(indexes: Iterable[Index]) -> list[str]:
    """Names of others that keep the server from making the full-text index."""
    same = [i for i in indexes if i["type"] == "FULLTEXT" and set(i["properties"]) == set(FIND.values())]
    return sorted(i["name"] for i in same if set(i["labels"]) == set(Label) and i["name"] != FULLTEXT)


def _is(name: str, index: Index) -> bool:
    if index["name"] == name or name == FULLTEXT:
        return bool(index["name"] == name)
    label, *keys = UNIQUE.get(name) or INDEXED[name]
    range_of = index["type"] == "RANGE" and (index["labels"], index["properties"]) == ([label], keys)
    return range_of and (name in INDEXED or index["owner"] is not None)


class Key(StrEnum):
    """What lists are sorted by before the id, as a property."""

    ISSUED = "since"
    DUE = "deadline_end"
    YEAR = "year"


class Behind(StrEnum):
    """Where a page of a list begins: at the head, or behind some node."""

    HEAD = "head"
    STATED = "stated"  # one with the key $value and the id $after
    KEYS = "keys"  # the last one with a key
    MISSING = "missing"  # one without a key, with the id $after
