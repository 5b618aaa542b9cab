"""A reader of small files, for tests of reading many: "65-KH/TU|Hưng Yên|2026-04-22", or a word for what goes wrong."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from pathlib import Path

from graph.errors import InputError
from graph.records import THIS, DirectiveFacts, Edge, Evidence, Mention, Reading
from graph.vocabulary import EdgeType


def read_small(path: Path) -> Reading:
    """Further lines are directives that the first one rests on; marks on the disk that the file was begun."""
    path.with_suffix(".begun").touch()
    text = path.read_text(encoding="utf-8")
    sha = hashlib.sha256(text.encode()).hexdigest()
    match text:
        case "kill":
            os._exit(9)
        case "bug":
            raise ValueError("a slip in a rule")
        case "refuse":
            raise InputError(f"{path}: empty file; nothing to read")
    lines = text.splitlines()
    mentions = tuple(Mention(ref=f"c{i}", **_facts(line)) for i, line in enumerate(lines[1:]))
    end = len(lines[0])
    quote = Evidence(file=str(path), sha256=sha, line=1, start=0, end=end, quote=text[:end])
    edges = [Edge(type=EdgeType.BASIS_FOR, source=m.ref, target=THIS, evidence=quote) for m in mentions]
    if lines[0].endswith("|contradiction"):
        edges.append(Edge(type=EdgeType.BASIS_FOR, source="nobody", target=THIS, evidence=quote))
    return Reading(
        file=str(path),
        sha256=sha,
        text=text,
        this=Mention(ref=THIS, **_facts(lines[0])),
        mentions=mentions,
        edges=tuple(edges),
    )


def _facts(line: str) -> dict[str, object]:
    number, place, day = (*line.split("|"), "", "")[:3]
    said = DirectiveFacts(
        number=number, jurisdiction=place or None, issued_on=dt.date.fromisoformat(day) if day else None
    )
    return said.model_dump()
