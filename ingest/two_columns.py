"""Lines printed in two columns → one line for each column: letterheads, and recipients beside the signature."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.lines import Line, is_alignment
from ingest.markers import find_markers
from ingest.part_words import HASHES, POWER, RECIPIENTS, type_word
from ingest.runs import columns


def flatten_head(lines: Sequence[Line]) -> list[Line]:
    """A two-column letterhead (tabs, pipes, wide gaps) as one line for each column."""
    flat: list[Line] = []
    in_head = True
    for at, line in enumerate(lines):
        text = HASHES.sub("", line.text.text.strip())
        in_head = in_head and at < 25 and not text.startswith("Căn cứ") and not type_word(text)
        in_head = in_head and not _is_body_line(line, text)
        if in_head and is_alignment(line.text.text):
            continue
        flat.extend(columns(line) if in_head or (at < 25 and type_word(text) and "|" in text) else [line])
    return flat


def _is_body_line(line: Line, text: str) -> bool:
    numbered = any(not m.bullet and m.kind != "decimal2" for m in find_markers(text))
    return numbered or len(columns(line)) > 3


def without_end_rows(lines: list[Line], flags: list[bool]) -> list[bool]:
    """Recipients and signature set as a table of two columns are no table; the pipes around them go."""
    at = 0
    while at < len(flags):
        if _is_end_row(lines, at) or (flags[at] and lines[at].text.text.isupper() and _is_end_row(lines, at + 1)):
            while at < len(flags) and (flags[at] or "|" in lines[at].text.text) and len(columns(lines[at])) < 4:
                if is_alignment(lines[at].text.text):
                    del lines[at], flags[at]
                    continue
                flags[at] = False
                lines[at] = Line(lines[at].text.strip("| \t") or lines[at].text, lines[at].number, lines[at].gap)
                at += 1
        at += 1
    return flags


def _is_end_row(lines: Sequence[Line], at: int) -> bool:
    return at < len(lines) and any(_is_end_cell(c.text.text) for c in columns(lines[at])[:4])


def _is_end_cell(text: str) -> bool:
    return bool(RECIPIENTS.match(text)) or (bool(POWER.match(text)) and text[:24].isupper() and len(text) < 100)
