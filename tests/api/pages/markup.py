"""A page as its reader's browser takes it: balanced elements, links, anchors, text, and what could run."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "link", "input", "br", "hr", "img", "rect"}
#: Scripts come from these places alone; what stands between script tags may only be data.
OURS = "/static/"


@dataclass
class Page(HTMLParser):
    """``faults``: what must not be in a page of ours."""

    source: str
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    open_: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.source)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open_]
        self.faults += [f"id {i!r} twice" for i in {i for i in self.ids if self.ids.count(i) > 1}]

    __hash__ = None  # type: ignore[assignment]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.ids += [said["id"]] if "id" in said else []
        self.links += [said[name] for name in ("href", "action") if name in said]
        self.faults += [f"<{tag} {name}>" for name in said if name.startswith("on") or name in ("style", "srcdoc")]
        for name in ("href", "src", "action", "data-url", "data-page", "data-file"):
            self._address(tag, said.get(name, "/"))
        if tag == "script" and said.get("type") != "application/json" and not said.get("src", "").startswith(OURS):
            self.faults.append(f"<script {said}>")
        if tag in ("style", "iframe", "object", "embed", "base", "img"):
            self.faults.append(f"<{tag}>")
        if tag not in _VOID:
            self.open_.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self.open_ or self.open_.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if self.open_ and self.open_[-1] == "script" and data.strip() and "canvas-data" not in self.ids:
            self.faults.append(f"script in the page: {data[:60]!r}")
        elif not self.open_ or self.open_[-1] != "script":
            self.texts.append(data)

    def _address(self, tag: str, address: str) -> None:
        if not address.startswith(("/", "#", "?")) or address.startswith("//"):
            self.faults.append(f"<{tag}> leads to {address[:80]!r}")
