"""Bytes of a file → text: UTF-8, UTF-16 with a mark, Windows-1258 and TCVN3; anything else is refused by name.

Detection is by evidence, never by a guess: an 8-bit reading is taken only if nearly all its accented words are
Vietnamese syllables. The TCVN3 table is data (ingest/data/tcvn3.tsv).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from graph.errors import EncodingError, InputError

#: First bytes of files that are no text: what to call them.
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word (docx) or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word (doc) or Excel file"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"II*\x00", "a scan (TIFF)"),
    (b"MM\x00*", "a scan (TIFF)"),
    (b"\x1f\x8b", "a gzip file"),
)
_SAMPLE = 40_000
_ONSET = r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?"
_CODA = r"(?:ch|ng|nh|[cmnpt])?"
_SYLLABLE = re.compile(rf"{_ONSET}[aeiouy]{{1,3}}{_CODA}")
_VIETNAMESE_MARKS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")
_WORD = re.compile(r"[^\W\d_]{1,40}")
_MARKUP = re.compile(r"<[^<>\n]{1,200}>|https?://\S{1,500}|&\w{2,8};")
_VOWELS = frozenset("aeiouy")
#: A vowel with a tone letter after it: how VNI fonts write accents ("Uûy ban nhaân daân").
_VNI = re.compile(r"[aeouyAEOUYôöÔÖ][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]")


def decode(data: bytes, path: str) -> tuple[str, str]:
    """Text of ``data`` and the name of its encoding. UTF-8 comes back unchanged (mark and line ends included).

    Raises InputError for an empty or binary file, EncodingError for bytes that are no text we know.

    >>> decode("Kế hoạch".encode(), "a.txt")
    ('Kế hoạch', 'utf-8')
    """
    _refuse_binary(data, path)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _utf16(data, path)
    if b"\x00" in data:
        raise InputError(f"{path}: binary file (NUL bytes); only text and Markdown are read")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _eight_bit(data, path, error)
    return _unmask(text, path)


def tcvn3(data: bytes) -> str:
    """TCVN3 (ABC) bytes as Unicode; bytes outside the table are those of Windows-1252. ValueError if there is none."""
    return data.decode("cp1252").translate(_tcvn3_letters())


def plausible(text: str) -> float:
    """Share (0 to 1) of the accented words of ``text`` that have the shape of a Vietnamese syllable; 0 if none is."""
    accented = [w for w in _WORD.findall(text[:_SAMPLE]) if not w.isascii()]
    return sum(map(is_syllable, accented)) / len(accented) if accented else 0.0


def is_syllable(word: str) -> bool:
    """Whether a word has the shape of one Vietnamese syllable, accents included ("Nghị" yes, "nh©n" no)."""
    letters: list[str] = []
    marks: list[str] = []
    for c in unicodedata.normalize("NFD", word.lower().replace("đ", "d")):
        (marks if unicodedata.combining(c) else letters).append(c)
    tones = sum(m in "\u0300\u0301\u0303\u0309\u0323" for m in marks)
    return tones <= 1 and _VIETNAMESE_MARKS.issuperset(marks) and bool(_SYLLABLE.fullmatch("".join(letters)))


def looks_damaged(text: str) -> bool:
    """Whether syllables lost their vowels, as in text taken from a PDF with a broken font ("Chng trình hành đng").

    Tags, addresses, words in capitals (abbreviations) and single letters do not count; it takes 20 words to tell.
    """
    prose = _MARKUP.sub(" ", unicodedata.normalize("NFC", text[:_SAMPLE]))
    words = [w for w in _WORD.findall(prose) if len(w) > 1 and not w[1:].isupper()]
    bare = sum(_VOWELS.isdisjoint(unicodedata.normalize("NFD", w.lower())) for w in words)
    return len(words) >= 20 and bare > 0.08 * len(words)


def _refuse_binary(data: bytes, path: str) -> None:
    if not data.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf\xc2\xa0"):
        raise InputError(f"{path}: empty file; nothing to read")
    for magic, kind in MAGIC:
        if data.lstrip(b"\xef\xbb\xbf \r\n").startswith(magic):
            raise InputError(f"{path}: this is {kind}; text and Markdown files only in this version, convert it first")


def _utf16(data: bytes, path: str) -> tuple[str, str]:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise EncodingError(f"{path}: begins like UTF-16 but breaks at byte {error.start}; save it as UTF-8") from error
    if "\x00" in text or not text.strip():
        raise InputError(f"{path}: begins like UTF-16 but holds no text; save it as UTF-8")
    return text, "utf-16"


def _eight_bit(data: bytes, path: str, error: UnicodeDecodeError) -> tuple[str, str]:
    readings: list[tuple[str, Callable[[bytes], str]]] = [
        ("windows-1258", lambda b: b.decode("cp1258")),
        ("tcvn3", tcvn3),
    ]
    found = []
    for name, reader in readings:
        try:
            text = reader(data)
        except ValueError:
            continue
        found.append((plausible(unicodedata.normalize("NFC", text[:_SAMPLE])), name, text))
    if found and max(found)[0] >= 0.9:
        _, name, text = max(found)
        return text, name
    raise EncodingError(f"{path}: {_likeness(data, error)}; convert it to UTF-8 and try again")


def _likeness(data: bytes, error: UnicodeDecodeError) -> str:
    if _is_vni(data.decode("latin-1")):
        return "looks like the VNI font encoding, which is not read"
    if plausible(data.decode("utf-8", "ignore")) > 0.9:
        return f"UTF-8 with broken bytes, the first at byte {error.start}"
    return f"8-bit text that is neither Windows-1258 nor TCVN3 (byte {error.start} is 0x{data[error.start]:02X})"


def _is_vni(text: str) -> bool:
    words = [w for w in _WORD.findall(text[:_SAMPLE]) if not w.isascii()]
    return len(words) >= 5 and sum(bool(_VNI.search(w)) for w in words) > 0.4 * len(words)


def _unmask(text: str, path: str) -> tuple[str, str]:
    """UTF-8 whose letters are those of an 8-bit font: TCVN3 is converted letter by letter, VNI refused."""
    sample = unicodedata.normalize("NFC", text[:_SAMPLE])
    if sample.isascii() or plausible(sample) >= 0.6:
        return text, "utf-8"
    letters = _tcvn3_letters()
    if sum(ord(c) in letters for c in sample) >= 5 and plausible(sample.translate(letters)) >= 0.9:
        return text.translate(letters), "tcvn3 in utf-8"
    if _is_vni(sample):
        raise EncodingError(f"{path}: looks like text in a VNI font; convert it to Unicode and try again")
    return text, "utf-8"


@cache
def _tcvn3_letters() -> dict[int, str]:
    table = (files("ingest") / "data" / "tcvn3.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {int(r["byte"], 16): r["character"] for r in rows}
