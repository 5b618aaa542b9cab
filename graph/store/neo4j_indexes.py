"""What of the Neo4j store is unique, and what is looked up by: names of constraints and indexes, labels, properties."""

from __future__ import annotations

from graph.vocabulary import Label

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
