"""Files to RawText: what is read, what is converted, what is refused and with which word."""

from __future__ import annotations

import hashlib
import os
import time
import unicodedata
from pathlib import Path

import pytest

from graph.errors import EncodingError, InputError, TooLargeError
from ingest.encodings import is_syllable, looks_damaged
from ingest.readers import MAX_LINE, find_files, read_file

PLAN = "Ủy ban nhân dân phường Nghĩa Lộ ban hành Kế hoạch số hóa hồ sơ, gửi các tổ dân phố và trường học thực hiện"


def _write(folder: Path, data: bytes, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        pytest.param(PLAN.encode(), PLAN, "utf-8", id="utf-8"),
        pytest.param(b"\xef\xbb\xbf" + PLAN.encode(), "\ufeff" + PLAN, "utf-8", id="mark stays"),
        pytest.param(f"{PLAN}\r\n".encode(), f"{PLAN}\r\n", "utf-8", id="line ends stay"),
        pytest.param(
            unicodedata.normalize("NFD", PLAN).encode(), unicodedata.normalize("NFD", PLAN), "utf-8", id="NFD"
        ),
        pytest.param(PLAN.encode("utf-16"), PLAN, "utf-16", id="utf-16 with mark"),
        pytest.param("Kế ho\u1ea1ch".encode(), "Kế hoạch", "utf-8", id="short"),
        pytest.param(
            "Kê\u0301 hoa\u0323ch".encode("cp1258"), "Kê\u0301 hoa\u0323ch", "windows-1258", id="windows-1258"
        ),
        pytest.param(b"\xf1y ban nh\xa9n d\xa9n t\xd8nh", "ủy ban nhân dân tỉnh", "tcvn3", id="tcvn3"),
    ],
)
def test_reads(tmp_path: Path, data: bytes, text: str, encoding: str) -> None:
    raw = read_file(_write(tmp_path, data))
    assert (raw.text, raw.encoding, raw.sha256) == (text, encoding, hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize(
    ("data", "error", "word"),
    [
        pytest.param(b"", InputError, "empty", id="empty"),
        pytest.param(b" \r\n\t\n", InputError, "empty", id="blank"),
        pytest.param(b"%PDF-1.7 ...", InputError, "PDF", id="pdf"),
        pytest.param(b"PK\x03\x04rest", InputError, "docx", id="docx"),
        pytest.param(b"van ban\x00", InputError, "NUL", id="binary"),
        pytest.param(
            "Uûy ban nhaân daân tænh, keá hoaïch haønh ñoäng".encode("latin-1"), EncodingError, "VNI", id="vni"
        ),
        pytest.param(PLAN.encode()[:-3] + b"\xe1\xbb", EncodingError, "broken bytes", id="broken utf-8"),
        pytest.param(b"\x81\x8d\x8f\x90" * 30, EncodingError, "8-bit", id="unknown bytes"),
        pytest.param(
            "Chng trình hành đng thc hin Ngh quyt ca Đng ".encode() * 5, EncodingError, "vowels", id="lost vowels"
        ),
        pytest.param(b"a" * (MAX_LINE + 1), TooLargeError, "line", id="one long line"),
    ],
)
def test_refuses(tmp_path: Path, data: bytes, error: type[Exception], word: str) -> None:
    with pytest.raises(error, match=word) as caught:
        read_file(_write(tmp_path, data))
    assert "a.txt" in str(caught.value)


def test_refuses_a_file_beyond_the_bound_and_a_missing_one(tmp_path: Path) -> None:
    with pytest.raises(TooLargeError):
        read_file(_write(tmp_path, b"abc"), max_bytes=2)
    with pytest.raises(InputError, match="no such file"):
        read_file(tmp_path / "missing.txt")


def test_finds_text_files_below_folders_sorted_and_keeps_what_is_missing(tmp_path: Path) -> None:
    for name in ("b.md", "a.TXT", "c.pdf", "sub/d.markdown", ".hidden/e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        _write(tmp_path, b"x", name)
    found = find_files([tmp_path, tmp_path / "c.pdf", tmp_path / "none.txt", tmp_path / "b.md"])
    assert [p.relative_to(tmp_path).as_posix() for p in found] == [
        "a.TXT",
        "b.md",
        "c.pdf",
        "none.txt",
        "sub/d.markdown",
    ]


@pytest.mark.parametrize("word", ["Nghị", "quyết", "đổi", "ươm", "giếng", "khuỷu", "Ủy", "oái"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["nh©n", "ng", "hrắc", "ñoäng", "th"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_english_and_short_texts_are_not_damaged() -> None:
    assert not looks_damaged("the quick brown fox jumps over the lazy dog by the sky " * 5)
    assert not looks_damaged("Chng trình")
    assert not looks_damaged("<tr><td>Sở Y tế</td><td>Quý I</td></tr>\n" * 40)


def test_a_name_that_is_not_utf8_is_kept_readable(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"k\xe9 ho\x1a.txt")
    with open(path, "wb") as stream:
        stream.write("Kế hoạch".encode())
    raw = read_file(os.fsdecode(path))
    assert raw.path.endswith("k\\xe9 ho\x1a.txt")
    raw.path.encode()


def test_a_huge_line_is_refused_at_once(tmp_path: Path) -> None:
    started = time.process_time()
    with pytest.raises(TooLargeError, match="larger than"):
        read_file(_write(tmp_path, b"a" * 50_000_000))
    assert time.process_time() - started < 2
