"""A clean text → the same text as a bad scan would give it: seeded damage at three strengths.

What makes a number that number survives: its digits stay in order and in one piece, only look-alikes (O for 0, l for 1;
heavy only) stand for a digit, a line breaks inside it only after a dash or slash, and Đ becomes D only where no other
type code arises (ĐA and DA, HĐ and HD are two types). So a reader may lose a number, but has no excuse for another one.

>>> damage("Thực hiện Nghị quyết số 57-NQ/TW", seed=1, strength=Strength.LIGHT)
'Thực hiện Nghị quyết số 57-NQ/TW'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Strength(StrEnum):
    LIGHT = "light"
    MEDIUM = "medium"
    HEAVY = "heavy"


@dataclass(frozen=True, slots=True)
class Rates:
    """Probabilities: of words (accents, dstroke, lookalike, marks), of gaps (space), of numbers (dash, split, digit),
    of long lines (wrap, page), of table rows (cut)."""

    accents: float
    dstroke: float
    lookalike: float
    marks: float
    space: float
    dash: float
    split: float
    digit: float
    wrap: float
    page: float
    cut: float


RATES = {
    Strength.LIGHT: Rates(0.01, 0.01, 0.0, 0.005, 0.005, 0.1, 0.02, 0.0, 0.2, 0.05, 0.05),
    Strength.MEDIUM: Rates(0.05, 0.05, 0.0, 0.01, 0.02, 0.3, 0.1, 0.0, 0.5, 0.1, 0.15),
    Strength.HEAVY: Rates(0.15, 0.15, 0.02, 0.02, 0.05, 0.6, 0.3, 0.1, 0.9, 0.25, 0.4),
}
DASHES = ("\u2010", "\u2011", "\u2013", "\u2212", " - ", "- ", " -")
_NUMBER = re.compile(r"\d[\w.]*(?:[-/&]\w+){1,4}")
_SAME_CODE = re.compile(r"(?<![A-ZĐ])(?:ĐA|HĐ)(?![A-ZĐ])")
_WORD_LOOKS = {"o": "0", "l": "1", "i": "1", "O": "0"}
_DIGIT_LOOKS = {"0": "O", "1": "l"}


def damage(text: str, seed: int, strength: Strength) -> str:
    """The text as a scan of this strength would give it; the same for the same seed. Never changes a text's words."""
    rates, chance = RATES[strength], Random(f"{seed} {strength}")
    lines = unicodedata.normalize("NFC", text).split("\n")
    pages = iter(range(2, len(lines) + 3))
    return "\n".join(_line(line, rates, chance, lambda: next(pages)) for line in lines)


def _line(line: str, rates: Rates, chance: Random, page: Callable[[], int]) -> str:
    if "\t" in line or line.lstrip().startswith("|"):
        row = _words(line, rates, chance).replace("\n", " ")
        return _cut_row(row, page()) if chance.random() < rates.cut else row
    line = _marks(_spaces(_words(line, rates, chance), rates, chance), rates, chance)
    long = len(line) > 60
    if long and chance.random() < rates.wrap:
        line = _wrap(line, chance)
    return _page_break(line, chance, page()) if long and chance.random() < rates.page else line


def _words(line: str, rates: Rates, chance: Random) -> str:
    return re.sub(r"[^\s|]+", lambda m: _word(m.group(), rates, chance), line)


def _word(word: str, rates: Rates, chance: Random) -> str:
    number = _NUMBER.search(word)
    if number:
        return _number(word, rates, chance)
    if chance.random() < rates.accents:
        word = _without_accents(word)
    if chance.random() < rates.dstroke:
        word = word.replace("Đ", "\u00d0").replace("đ", "d")
    if not re.search(r"\d", word) and len(word) > 2 and chance.random() < rates.lookalike:
        at = chance.randrange(1, len(word))
        word = word[:at] + _WORD_LOOKS.get(word[at], word[at]) + word[at + 1 :]
    return word


def _number(word: str, rates: Rates, chance: Random) -> str:
    """Damage that leaves the number readable: dashes, Đ, and (heavy) a look-alike for one digit."""
    if chance.random() < rates.dstroke:
        word = word.replace("Đ", "\u00d0" if _SAME_CODE.search(word) or chance.random() < 0.5 else "D")
    if chance.random() < rates.dash and re.search(r"[A-ZĐ]", word):
        word = word.replace("-", chance.choice(DASHES), 1)
    if chance.random() < rates.split:
        word = re.sub(r"(?<=[-/])(?=[A-ZĐ])", chance.choice(("\n", " ")), word, count=1)
    digits = [i for i, c in enumerate(word) if c in _DIGIT_LOOKS]
    if digits and chance.random() < rates.digit:
        at = chance.choice(digits)
        word = word[:at] + _DIGIT_LOOKS[word[at]] + word[at + 1 :]
    return word


def _without_accents(word: str) -> str:
    bare = unicodedata.normalize("NFD", word)
    return "".join(c for c in bare if not unicodedata.combining(c)).replace("đ", "d").replace("Đ", "D")


def _spaces(line: str, rates: Rates, chance: Random) -> str:
    """Doubled spaces, and missing ones where the two words stay apart (never between digits or capitals)."""

    def gap(match: re.Match[str]) -> str:
        draw = chance.random()
        if draw < rates.space:
            return "  "
        before, after = line[match.start() - 1 : match.start()], line[match.end() : match.end() + 1]
        joins = before.isdigit() or before.isupper() or after.isdigit() or after.isupper() or not before.isalpha()
        return "" if draw < 1.5 * rates.space and not joins else match.group()

    return re.sub(r"(?<=\S) (?=\S)", gap, line)


def _marks(line: str, rates: Rates, chance: Random) -> str:
    """Markdown as converters put it: a bold or italic run of words, a heading before a line in capitals."""
    if line.isupper() and len(line) > 8 and chance.random() < 10 * rates.marks:
        return "## " + line
    words = line.split(" ")
    if len(words) < 4 or chance.random() >= 5 * rates.marks:
        return line
    start = chance.randrange(1, len(words) - 1)
    end = min(len(words), start + chance.randrange(1, 5))
    mark = chance.choice(("*", "**"))
    return " ".join([*words[:start], mark + " ".join(words[start:end]) + mark, *words[end:]])


def _page_break(line: str, chance: Random, page: int) -> str:
    """The line goes on after a page break with the page's number; never between a word and a digit."""
    gaps = [m.start() for m in re.finditer(r"(?<=[^\W\d]) (?=[^\W\d])", line)]
    if not gaps:
        return line
    at = chance.choice(gaps)
    furniture = chance.choice((f"{page}", f"- {page} -", ""))
    return f"{line[:at]}\n\n{furniture}\n\n{line[at + 1 :]}" if furniture else f"{line[:at]}\n\n{line[at + 1 :]}"


def _wrap(line: str, chance: Random) -> str:
    """Hard line ends at one width, at spaces or (in numbers with letters) after a dash or slash."""
    width, out, column = chance.randrange(50, 100), [], 0
    for piece in re.findall(r"\s+|[^\s/-]+[/-](?=[A-ZĐ])|\S+", line):
        if column + len(piece) > width:
            piece, column = "\n" + piece.lstrip(), 0
        out.append(piece)
        column += len(piece)
    return _no_false_items(re.sub(r"(?<=\S) {1,4}\n", "\n", "".join(out)))


def _no_false_items(text: str) -> str:
    """A wrapped line that would begin like an item ("2.", "a)", "-") is joined again: no scan makes new items."""
    return re.sub(r"(?<=[^\n])\n(?=(?:[\W_]|\d|[IVX]+[.\-)]|\w[.)]))", " ", text)


def _cut_row(row: str, page: int) -> str:
    """A table row cut by a page: each long cell goes on in a second row whose first cell is empty."""
    pipes = row.lstrip().startswith("|")
    cells = row.strip().strip("|").split("|") if pipes else row.split("\t")
    words = [cell.split() for cell in cells]
    if not words[0] or words[0][0] in ("STT", "TT") or max(len(w) for w in words) < 6 or set(row) <= set("|-: "):
        return row
    upper = [" ".join(w[: (len(w) + 1) // 2] if len(w) > 5 else w) for w in words]
    lower = [" ".join(w[(len(w) + 1) // 2 :] if len(w) > 5 else []) for w in words]
    join: Callable[[list[str]], str] = (lambda c: "| " + " | ".join(c) + " |") if pipes else "\t".join
    return f"{join(upper)}\n\n{page}\n\n{join(lower)}" if not pipes else f"{join(upper)}\n{join(lower)}"
