"""From answers to what a person sees: Vietnamese labels, tables."""
