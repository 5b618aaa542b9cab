"""What the house knows: vocabulary, identifiers, records, stores, lineage. Imports none of the other folders."""
