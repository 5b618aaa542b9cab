"""What a person typed for a directive → its number, date, type word and the words left over.

>>> typed("ke hoach so 65 - KH/TU ngay 22/4/2026").number
'65-KH/TU'
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from graph.numbers import DASHES
from graph.text import fold
from graph.vocabulary import DirectiveType
from viz.labels import TYPES

#: Longer questions hold no number; the bound keeps every pattern quick.
LONGEST = 500
_SPACES = re.compile(r"\s+")
_AROUND_SEPARATOR = re.compile(r"(?<=[\w&]) ?([-/]) ?(?=\w)")
_NUMBER = re.compile(
    r"(?<![\w./-])\d{1,5}(?:\.\d{1,2})?[a-zđ]?(?:[-/](?:19|20)\d\d)?[-/ ](?=[a-zđ])"
    r"[a-zđ&]{1,12}\d{0,3}(?:[-/.](?:20\d\d(?=/)|[a-zđ][a-zđ&]{0,11}\d{0,3})){0,4}(?![\w/-])",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?<![\d/-])(\d{1,2})(?:[/.-]| tháng | thang )(\d{1,2})(?:[/.-]| năm | nam )((?:19|20)\d\d)(?![\d/-])", re.I
)
_ISO_DAY = re.compile(r"(?<![\d/-])((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?![\d/-])")
_YEAR = re.compile(r"(?<![\w/-])((?:19|20)\d\d)(?![\w/-])")
#: A day that stands alone.
_ONE_DAY = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", re.ASCII),
    re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})", re.ASCII),
)
#: Words that say nothing of which directive is meant.
_IDLE = frozenset(["so", "ngay", "thang", "nam", "cua", "ve", "va", "do", "tai", "ban", "hanh", "van"])
#: Folded type words, the longest first: "chuong trinh" before "chuong".
_TYPE_WORDS = sorted(((fold(word), kind) for kind, word in TYPES.items()), key=lambda pair: (-len(pair[0]), pair[0]))


@dataclass(frozen=True, slots=True)
class Typed:
    """``words``: folded words left over, which the directive meant must carry (place, issuer, title)."""

    number: str | None = None
    date: dt.date | None = None
    year: int | None = None
    type: DirectiveType | None = None
    words: tuple[str, ...] = ()


def typed(text: str) -> Typed:
    """Take a question apart; number None where none stands in it."""
    if len(text) > LONGEST:
        return Typed()
    rest = _AROUND_SEPARATOR.sub(r"\1", _SPACES.sub(" ", DASHES.sub("-", unicodedata.normalize("NFC", text))).strip())
    date, rest = _take_date(rest)
    found = _NUMBER.search(rest)
    if found is None:
        return Typed(date=date)
    number = found.group().replace(" ", "-")
    rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    year = _YEAR.search(rest)
    kind, words = _take_type(fold(_YEAR.sub(" ", rest)))
    left = tuple(w for w in words.split() if w not in _IDLE)
    return Typed(number, date, int(year[1]) if year else None, kind, left)


def day_of(text: str) -> dt.date | None:
    """A day as 2026-05-01 or, as printed in Vietnam, 1/5/2026; None if it is neither.

    >>> day_of("1/5/2026"), day_of("31/2/2026")
    (datetime.date(2026, 5, 1), None)
    """
    found = next((found for pattern in _ONE_DAY if (found := pattern.fullmatch(text))), None)
    try:
        return dt.date(int(found["y"]), int(found["m"]), int(found["d"])) if found else None
    except ValueError:
        return None


def _take_date(text: str) -> tuple[dt.date | None, str]:
    for pattern, order in ((_DAY, (3, 2, 1)), (_ISO_DAY, (1, 2, 3))):
        found = pattern.search(text)
        if found is None:
            continue
        try:
            date = dt.date(*(int(found[i]) for i in order))
        except ValueError:
            continue
        return date, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def _take_type(folded: str) -> tuple[DirectiveType | None, str]:
    for word, kind in _TYPE_WORDS:
        if folded == word or folded.startswith(word + " "):
            return kind, folded[len(word) :]
    return None, folded
