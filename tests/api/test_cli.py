"""Every command asked of a real store: its tables, its JSON, its exit codes."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import cli
from api.export import FORMATS
from tests.api.conftest import Ask

HUNG_YEN = "hung-yen.65-kh_tu.2026-04-22"
COMMANDS = ("ingest", "impact", "trace", "owns", "show", "search", "export", "stats")


def rows(ask: Ask, *words: str) -> dict[str, object]:
    result = ask(*words, "--json")
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    assert isinstance(answer, dict)
    return answer


def test_impact_shows_plans_by_level_and_place_with_the_quoted_path(ask: Ask) -> None:
    said = ask("impact", "57-NQ/TW").stdout
    assert "Kế hoạch cấp tỉnh (2)" in said
    assert "Văn bản cấp tỉnh (1)" in said
    assert "57-NQ/TW → được triển khai bởi → 65-KH/TU: “Thực hiện Nghị quyết số 57-NQ/TW" in said
    assert "57-NQ/TW → được triển khai bởi → 65-KH/TU → là căn cứ của → 443/QĐ-UBND: “Căn cứ" in said
    assert "(kh65.txt:1)" in said
    assert f"t.{HUNG_YEN}.1  30/09/2026  3     Xây dựng sàn dữ liệu" in said
    assert "chủ trì 1, phối hợp 1" in said
    assert "ninh-binh" not in said


def test_impact_of_a_superseded_plan_names_its_successor(ask: Ask) -> None:
    said = ask("impact", "433-KH/TU", "--as-of", "2026-05-01").stdout
    assert "ngày 01/05/2026: bị thay thế từ 22/04/2026" in said
    assert f"433-KH/TU bị thay thế bởi 65-KH/TU từ 22/04/2026 (mã: {HUNG_YEN})" in said
    assert "nhiệm vụ đang thực hiện được chuyển tiếp, thực hiện theo 65-KH/TU" in said
    assert "còn hiệu lực" in ask("impact", "433-KH/TU", "--as-of", "1/4/2026").stdout


def test_impact_as_json(ask: Ask) -> None:
    answer = rows(ask, "impact", "57-NQ/TW", "--depth", "1")
    assert list(answer) == [
        "start", "direction", "as_of", "status", "statuses", "items", "totals", "partial", "reason", "more", "assigned",
    ]  # fmt: skip
    [first, *_] = answer["items"]  # type: ignore[misc]
    assert list(first) == ["node", "depth", "path", "in_force_path", "not_in_force"]  # type: ignore[has-type]
    assert list(first["node"]) == ["id", "label", "properties"]  # type: ignore[has-type]
    assert list(first["path"][0]) == ["type", "source", "target", "properties"]  # type: ignore[has-type]
    assert (answer["partial"], answer["reason"]) == (True, "depth")


def test_a_limit_says_how_many_more(ask: Ask) -> None:
    assert "mục khác (tăng --limit)" in ask("impact", "57-NQ/TW", "--limit", "2").stdout
    answer = rows(ask, "impact", "57-NQ/TW", "--limit", "2")
    assert (len(answer["items"]), answer["partial"], answer["reason"]) == (2, True, "limit")  # type: ignore[arg-type]


@pytest.mark.parametrize("what", [f"t.{HUNG_YEN}.1", "443/QD-UBND"], ids=["task", "directive"])
def test_trace_goes_up_with_each_step_quoted(ask: Ask, what: str) -> None:
    said = ask("trace", what).stdout
    assert "Bước 1 (1)" in said and "Bước 2" in said
    assert "65-KH/TU → triển khai → 57-NQ/TW: “Thực hiện Nghị quyết số 57-NQ/TW" in said


def test_owns_lists_roles_deadlines_and_directive(ask: Ask) -> None:
    said = ask("owns", "Sở KH&CN", "--in", "Hưng Yên").stdout
    assert "chủ trì 1, phối hợp 1" in said
    assert "chủ trì   30/09/2026  65-KH/TU" in said
    assert "phối hợp  hằng quý    65-KH/TU" in said
    assert "5G" not in said


@pytest.mark.parametrize(
    ("words", "tasks"),
    [
        ((), [f"t.{HUNG_YEN}.1", f"t.{HUNG_YEN}.2"]),
        (("--role", "lead"), [f"t.{HUNG_YEN}.1"]),
        (("--due-before", "2026-09-30"), [f"t.{HUNG_YEN}.1"]),
        (("--due-before", "29/9/2026"), []),
        (("--directive", HUNG_YEN), [f"t.{HUNG_YEN}.1", f"t.{HUNG_YEN}.2"]),
        (("--directive", "433-KH/TU"), []),
        (("--as-of", "2026-04-21"), []),
        (("--limit", "1"), [f"t.{HUNG_YEN}.1"]),
    ],
)
def test_owns_narrowed(ask: Ask, words: tuple[str, ...], tasks: list[str]) -> None:
    answer = rows(ask, "owns", "Sở KH&CN", "--in", "Hưng Yên", *words)
    assert [item["task"]["id"] for item in answer["items"]] == tasks  # type: ignore[attr-defined]


def test_owns_as_csv(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "viec.csv"
    assert ask("owns", "Sở KH&CN", "--in", "Hưng Yên", "--csv", str(file)).exit_code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    written = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    printed = list(csv.DictReader(ask("owns", "Sở KH&CN", "--in", "Hưng Yên", "--csv", "-").stdout.splitlines()))
    assert written == printed
    assert [(r["role"], r["deadline_end"], r["number"]) for r in written] == [
        ("lead", "2026-09-30", "65-KH/TU"),
        ("coordinate", "", "65-KH/TU"),
    ]
    assert [f.name for f in tmp_path.iterdir()] == ["viec.csv"]


def test_show_has_header_status_relations_tasks_and_targets(ask: Ask) -> None:
    said = ask("show", "65-KH/TU", "--in", "Hưng Yên").stdout
    for part in (
        "Kế hoạch 65-KH/TU · Hưng Yên · 22/04/2026 · Ban Thường vụ Tỉnh ủy",
        "còn hiệu lực",
        "triển khai Nghị quyết 57-NQ/TW",
        "thay thế Kế hoạch 433-KH/TU",
        "là căn cứ của Quyết định 443/QĐ-UBND",
        "Nhiệm vụ (2)",
        "chủ trì: Sở KH&CN; phối hợp: Sở Tài chính",
        "Chỉ tiêu (1)",
        "2030: Tỉ lệ dịch vụ công trực tuyến 2030: 80",
    ):
        assert part in said


@pytest.mark.parametrize(
    ("what", "part"),
    [
        (f"t.{HUNG_YEN}.2", "thời hạn: hằng quý (“Hằng quý”)"),
        (f"i.{HUNG_YEN}.i0", "có mức mức i0 năm 2030"),
        (f"g.{HUNG_YEN}.i0.2030", "mức: ≥ 80 %"),
        ("a.hung-yen.so-khoa-hoc-va-cong-nghe", "Nhiệm vụ, chỉ tiêu được giao: chủ trì 1, phối hợp 1"),
    ],
    ids=["task", "indicator", "target", "agency"],
)
def test_show_any_kind_of_node(ask: Ask, what: str, part: str) -> None:
    assert part in ask("show", what).stdout


def test_search_and_stats(ask: Ask) -> None:
    assert "a.hung-yen.so-khoa-hoc-va-cong-nghe" in ask("search", "so khoa hoc cong nghe").stdout
    kinds = {hit["node"]["label"] for hit in rows(ask, "search", "sàn dữ liệu", "--kind", "task")["hits"]}  # type: ignore[attr-defined]
    assert kinds == {"Task"}
    assert "Không tìm thấy gì" in ask("search", "zzzzzzzz").stdout
    assert "Văn bản" in ask("stats").stdout
    assert rows(ask, "stats")["counts"]["held"] == 5  # type: ignore[index]


@pytest.mark.parametrize("format_", FORMATS)
def test_export(ask: Ask, tmp_path: Path, format_: str) -> None:
    file = tmp_path / "graph.out"
    answer = rows(ask, "export", "--format", format_, "-o", str(file))
    assert file.stat().st_size > 0
    assert answer["path"] == str(file)


def test_several_fit_they_are_listed_and_none_is_picked(ask: Ask) -> None:
    result = ask("impact", "65-KH/TU")
    assert result.exit_code == 1
    assert "2 directives fit '65-KH/TU'; choose one by its id" in result.stderr
    for part in (
        "Kế hoạch",
        "Hưng Yên",
        "22/04/2026",
        "Ban Thường vụ Tỉnh ủy",
        HUNG_YEN,
        "ninh-binh.65-kh_tu.2025-06-02",
    ):
        assert part in result.stdout
    answer = json.loads(ask("impact", "65-KH/TU", "--json").stdout)
    assert answer["error"] == "AmbiguousNumber"
    assert [node["id"] for node in answer["candidates"]] == [HUNG_YEN, "ninh-binh.65-kh_tu.2025-06-02"]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("stats",), 0, ""),
        (("show", "57-NQ/TW"), 0, ""),
        (("show", "65-KH/TU"), 1, "directives fit"),
        (("show", "99-KH/TU"), 1, "no directive 99-KH/TU is known"),
        (("owns", "Sở KH&CN"), 1, "agencies fit"),
        (("owns", "Sở KH&CN", "--in", "Nghệ An"), 1, "no agency"),
        (("stats", "--store", "no/such.db"), 1, "no store at no/such.db: run `lineage ingest` first"),
        (("stats", "--store", "ftp://x"), 2, "ftp"),
        ((), 2, "see `lineage --help`"),
        (("nothing",), 2, "see `lineage --help`"),
        (("impact",), 2, "see `lineage impact --help`"),
        (("impact", "57-NQ/TW", "--as-of", "31/2/2026"), 2, "is no day"),
        (("impact", "57-NQ/TW", "--depth", "0"), 2, "depth"),
        (("ingest",), 2, "nothing to read"),
        (("ingest", "x", "--workers", "0"), 2, "workers"),
        (("owns", "x", "--role", "boss"), 2, "boss"),
        (("owns", "x", "--json", "--csv", "-"), 2, "give one of them"),
        (("export", "--format", "xml", "-o", "x"), 2, "xml"),
        (("export", "-o", "no/such/folder/x"), 2, "its folder does not exist"),
    ],
)
def test_exit_codes(ask: Ask, words: tuple[str, ...], code: int, says: str) -> None:
    result = ask(*words)
    assert result.exit_code == code
    assert says in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "words", [("export", "-o"), ("owns", "Sở KH&CN", "--in", "Hưng Yên", "--csv")], ids=["export", "csv"]
)
def test_a_pipe_or_a_device_is_never_replaced_by_a_file(ask: Ask, tmp_path: Path, words: tuple[str, ...]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    result = ask(*words, str(pipe))
    assert (result.exit_code, pipe.is_fifo()) == (2, True)
    assert "is no regular file" in result.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_help_and_the_options_of_every_command(command: str) -> None:
    result = CliRunner().invoke(cli, [command, "--help"])
    assert result.exit_code == 0
    assert "--store" in result.stdout and "--json" in result.stdout
    assert "JSON: {" in result.stdout
    assert "LINEAGE_STORE" in result.stdout


@pytest.mark.parametrize("words", [("stats",), ("show", "57-NQ/TW"), ("export", "-o", "x.jsonl")])
def test_a_question_never_creates_a_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LINEAGE_STORE", raising=False)
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 1
    assert "no store at lineage.db" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [("empty.txt", b"", "empty"), ("binary.txt", b"\x00\x01\x02" * 99, "binary.txt"), (None, None, "no such file")],
    ids=["empty", "binary", "missing"],
)
def test_ingest_of_what_cannot_be_read(tmp_path: Path, name: str | None, content: bytes | None, says: str) -> None:
    path = tmp_path / (name or "missing.txt")
    if content is not None:
        path.write_bytes(content)
    store = str(tmp_path / "lineage.db")
    result = CliRunner().invoke(cli, ["ingest", str(path), "--store", store])
    assert result.exit_code == 1
    assert "KHÔNG ĐỌC ĐƯỢC" in result.stdout and says in result.stdout
    answer = json.loads(CliRunner().invoke(cli, ["ingest", str(path), "--store", store, "--json"]).stdout)
    assert answer["totals"] == {"failed": 1}


def test_ingest_of_an_empty_folder_says_so_and_creates_nothing(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["ingest", str(tmp_path), "--store", str(tmp_path / "lineage.db")])
    assert result.exit_code == 1
    assert "name a file or another folder" in result.stderr
    assert list(tmp_path.iterdir()) == []
