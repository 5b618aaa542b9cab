"""Text → the same text in plain lower-case letters, character for character, so that spans stay valid.

Accents are the first thing a scan loses; patterns run on the flat text, values are read from the text itself.

>>> flat("Nghị quyết số 57–NQ/TW")
'nghi quyet so 57-nq/tw'
"""

from __future__ import annotations

import unicodedata

_ODD = {"đ": "d", "ð": "d", "Đ": "d", "Ð": "d", "\u00a0": " ", "\t": " ", "\n": " ", "\r": " ", "\u00ad": "-"}
_ODD |= dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")


class _Flat(dict[int, str]):
    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = _ODD.get(char)
        if plain is None:
            base = unicodedata.normalize("NFD", char)[0].lower()
            plain = base if len(base) == 1 else char
        self[code] = plain
        return plain


_TABLE = _Flat({i: chr(i).lower() for i in range(32, 127)})


def flat(text: str) -> str:
    """Lower case, no marks, "-" for every dash and " " for every blank; always as long as ``text`` (given as NFC)."""
    return text.translate(_TABLE)
