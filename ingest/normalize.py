"""RawText → MappedText in one spelling, line by line the same, with a map back to the original's code points.

Three passes. The first settles characters (NFC, line ends, spaces, dashes, quotes, Đ, entities, controls); then HTML
tables become rows (ingest/html_tables.py). The second drops the marks of Markdown, HTML and LaTeX, the third the signs
of footnotes. All are linear in the length of the text.

>>> normalize(RawText("Đạt $\\\\geq 3\\\\%$ **GRDP**", "a.txt", "")).text
'Đạt ≥ 3% GRDP'
"""

from __future__ import annotations

import html
import re
import unicodedata
from array import array
from collections.abc import Callable, Iterator

from ingest.html_tables import spread_tables
from ingest.text import MappedText, RawText

_MARKS = "\u0300-\u036f"
_MAX_MARKS = 8


def _characters() -> dict[str, str]:
    table: dict[str, str] = {}
    for target, characters in (
        ("-", "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\ufe58\ufe63\uff0d\uf02d"),
        ("•", "\uf0b7\uf0a7\uf0d8\uf076\u25cf\u25aa\u25a0\u25e6\u2023\u25cb\u2219\u30fb\u27a2"),
        ('"', "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02"),
        ("'", "\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc\uff07"),
        (" ", "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"),
        ("\n", "\r\x0b\x0c\u0085\u2028\u2029"),
        ("Đ", "\u00d0\u0189"),
        ("đ", "\u00f0"),
        (":", "\uff1a\ua789"),
        (";", "\uff1b\u037e"),
        (",", "\uff0c"),
        (".", "\uff0e"),
        ("(", "\uff08"),
        (")", "\uff09"),
        ("%", "\uff05\u066a"),
        ("≥", "\u2a7e\u2267"),
        ("≤", "\u2a7d\u2266"),
        ("/", "\u2044\u2215\uff0f"),
        ("...", "\u2026"),
    ):
        table.update(dict.fromkeys(characters, target))
    controls = [*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)]
    invisible = [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x061C, 0x180E, 0xFEFF, 0xFFFE]
    surrogates = range(0xD800, 0xE000)
    table.update(dict.fromkeys(map(chr, [*controls, *invisible, *surrogates]), ""))
    return table


#: Characters that have one spelling here; "" drops them.
CHARACTERS = _characters()

_DIRECT = "".join(sorted(c for c in CHARACTERS if not "\ud800" <= c <= "\udfff"))
_FIRST = re.compile(
    rf"""
      \r\n
    | [{re.escape(_DIRECT)}\ud800-\udfff]
    | &(?:amp;)*(?:[a-zA-Z]{{2,8}};|\#\d{{2,6}};|\#[xX][0-9a-fA-F]{{2,5}};)?  # &ge; &amp;ge; and a bare &
    | (?<!\\)\\+(?=[-.*_\#()\[\]+!<>=~`])                                              # Markdown escapes
    """,
    re.VERBOSE,
)
_COMPOSE = re.compile(rf"[^\W\d_{_MARKS}][{_MARKS}]{{1,{_MAX_MARKS}}}|[{_MARKS}]|[^\x00-\u02ff\u1e00-\u1eff]")

_LATEX_SIGNS = {
    "geq": "≥", "ge": "≥", "geqslant": "≥", "leq": "≤", "le": "≤", "leqslant": "≤", "gt": ">", "lt": "<", "sim": "~",
    "approx": "≈", "times": "x", "rightarrow": "->", "to": "->", "div": ":", "cdot": ".", "pm": "±", "quad": " ",
}  # fmt: skip
_LATEX = re.compile(r"\\(?P<sign>[a-z]{2,10}) ?|\\(?P<escaped>[%&$# ,])|(?P<dropped>[{}$])")
_SECOND = re.compile(
    r"""
      (?P<latex>\$[^$\n]{1,80}\$)
    | (?P<url><(?=https?://)[^\s<>]{1,500}>)
    | (?P<br><br {0,3}/?>)
    | (?P<cell></t[dh]> {0,4}<t[dh][^<>\n]{0,80}>)
    | (?P<tag></?(?:i|b|u|em|strong|sup|sub|span|p|div|center|font|table|tr|td|th|thead|tbody)(?:[ ][^<>\n]{0,80})?>)
    | (?P<footnote>\[\^\w{1,4}\](?!:))
    | (?P<super>\^\{[^{}\n]{0,20}\})
    | (?P<under>(?<!\w)_(?=[^\s_])[^_\n]{1,400}(?<!\s)_(?!\w))
    | (?P<stars>\*+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_RAISED = "⁰¹²³⁴-⁹"
#: Signs of footnotes behind a word, whatever marks stood between; "m²" and "ha³" stay.
_NOTES = re.compile(
    rf"(?<=[^\W\d_{_RAISED}])(?:[⁰¹⁴-⁹][{_RAISED}]{{0,40}}|(?<![ma])[²³][{_RAISED}]{{0,40}}(?!\w))", re.IGNORECASE
)
#: The rest of a header row, with the row of dashes under it.
_HEADER = re.compile(r"[^\n]{0,400}\n\|[ :]{0,3}-")
_BULLET = re.compile(r"(?:^|\n)[ \t>]{0,20}\Z")

_Edit = tuple[int, int, str]


def normalize(raw: RawText) -> MappedText:
    """The text of ``raw`` in one spelling. Lines stay lines; a character maps to all that it was made from."""
    return normalize_mapped(MappedText.of(raw.text))


def normalize_mapped(text: MappedText) -> MappedText:
    """The same for a text that already carries a map (its map is kept)."""
    if not unicodedata.is_normalized("NFC", text.text) or re.search(rf"[{_MARKS}]", text.text):
        text = _apply(text, _composed(text.text))
    text = spread_tables(_apply(text, _settled(text.text)))
    text = _apply(text, _unmarked(text.text))
    return _apply(text, ((m.start(), m.end(), "") for m in _NOTES.finditer(text.text)))


def squeeze(text: MappedText) -> MappedText:
    """Runs of spaces and tabs as one space, none at the ends."""
    if "  " not in text.text and "\t" not in text.text:
        return text.strip()
    return _apply(text, ((m.start(), m.end(), " ") for m in re.finditer(r"[ \t]+", text.text))).strip()


def _composed(text: str) -> Iterator[_Edit]:
    for m in _COMPOSE.finditer(text):
        found = m.group()
        composed = unicodedata.normalize("NFC", found)
        if not found[0].isalpha():
            composed = re.sub(rf"[{_MARKS}]", "", composed)
        if composed != found:
            yield m.start(), m.end(), composed


def _settled(text: str) -> Iterator[_Edit]:
    for m in _FIRST.finditer(text):
        found = m.group()
        if found[0] == "&":
            target = _entity(found)
        elif found[0] == "\\":
            target = ""
        else:
            target = "\n" if found == "\r\n" else CHARACTERS[found]
        if target != found:
            yield m.start(), m.end(), target


def _entity(found: str) -> str:
    """An entity's character in its one spelling; "&" for "&amp;"; unknown entities stay."""
    while found.startswith("&amp;"):
        found = "&" + found[5:]
    text = html.unescape(found)
    if len(text) == 1 and text != "&":
        text = CHARACTERS.get(text, text)
        return " " if text == "\n" else text
    return text


def _unmarked(text: str) -> Iterator[_Edit]:
    for m in _SECOND.finditer(text):
        yield from _UNMARK[m.lastgroup or ""](m)


def _inside(m: re.Match[str]) -> Iterator[_Edit]:
    """The marks between the first and the last character of a match; there is no pair of the same kind in it."""
    for inner in _SECOND.finditer(m.string, m.start() + 1, m.end() - 1):
        yield from _UNMARK[inner.lastgroup or ""](inner)


def _latex(m: re.Match[str]) -> Iterator[_Edit]:
    inner = m.group()
    if "\\" not in inner and "^" not in inner:
        yield from _inside(m)
        return
    for t in _LATEX.finditer(inner):
        start, end = m.start() + t.start(), m.start() + t.end()
        if sign := t["sign"]:
            if sign in _LATEX_SIGNS:
                yield start, end, _LATEX_SIGNS[sign] + " " * t.group().endswith(" ")
        else:
            yield start, end, t["escaped"].replace(",", " ") if t["escaped"] else ""


def _ends(m: re.Match[str]) -> Iterator[_Edit]:
    yield m.start(), m.start() + 1, ""
    yield m.end() - 1, m.end(), ""


def _emphasis(m: re.Match[str]) -> Iterator[_Edit]:
    yield m.start(), m.start() + 1, ""
    yield from _inside(m)
    yield m.end() - 1, m.end(), ""


def _super(m: re.Match[str]) -> Iterator[_Edit]:
    """m^{2} is m²; 10^{6} stays a power; initials and footnote signs are noise."""
    inner = m.group()[2:-1]
    before = m.string[m.start() - 1 : m.start()]
    if before.isdigit():
        yield m.start(), m.end(), "^" + inner
    else:
        yield m.start(), m.end(), {"2": "²", "3": "³"}.get(inner.strip(), "")


def _stars(m: re.Match[str]) -> Iterator[_Edit]:
    """A star stays as a bullet (or the star under a Party letterhead) and between digits; else it is emphasis."""
    text, start, end = m.string, m.start(), m.end()
    if text[start - 1 : start].isdecimal() and text[end : end + 1].isdecimal():
        return
    single = end == start + 1 and text[end : end + 1] in ("", " ", "\n", "\t")
    if not (single and _BULLET.search(text, max(0, start - 21), start)):
        yield start, end, ""


def _break(m: re.Match[str]) -> Iterator[_Edit]:
    """A line break in a row of a table separates names; elsewhere, or where the words go on, it is a space."""
    text, start = m.string, m.start()
    row = text.startswith("|", text.rfind("\n", 0, start) + 1)
    listed = row and text[m.end() : m.end() + 1].isupper() and text[start - 1 : start].isalnum()
    yield start, m.end(), "; " if listed and not _HEADER.match(text, m.end()) else " "


_UNMARK: dict[str, Callable[[re.Match[str]], Iterator[_Edit]]] = {
    "latex": _latex,
    "url": _ends,
    "under": _emphasis,
    "super": _super,
    "stars": _stars,
    "footnote": lambda m: iter([(m.start(), m.end(), "")]),
    "br": _break,
    "cell": lambda m: iter([(m.start(), m.end(), "\t")]),
    "tag": lambda m: iter([(m.start(), m.end(), "")]),
}


def _apply(text: MappedText, edits: Iterator[_Edit]) -> MappedText:
    """``text`` with stretches replaced (edits sorted, apart); each new character covers the whole stretch."""
    source, starts, ends = text.text, text.starts, text.ends
    parts: list[str] = []
    new_starts, new_ends = array("L"), array("L")
    at = 0
    for start, end, target in edits:
        parts.append(source[at:start])
        new_starts.extend(starts[at:start])
        new_ends.extend(ends[at:start])
        if target:
            parts.append(target)
            new_starts.extend([starts[start]] * len(target))
            new_ends.extend([ends[end - 1]] * len(target))
        at = end
    if not at:
        return text
    parts.append(source[at:])
    new_starts.extend(starts[at:])
    new_ends.extend(ends[at:])
    return MappedText("".join(parts), new_starts, new_ends)
