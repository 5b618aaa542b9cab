"""The house keeps its shape: four folders, no circles, no room that grew too large."""

from __future__ import annotations

from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("graph", "ingest", "api", "viz")
FILES = sorted(p for folder in FOLDERS for p in (ROOT / folder).rglob("*.py"))
MOST_LINES = 400


def test_code_lives_in_the_four_folders_only() -> None:
    holding_code = {p.relative_to(ROOT).parts[0] for p in ROOT.glob("*/**/*.py")}
    assert {name for name in holding_code if not name.startswith(".")} == {*FOLDERS, "tests"}
    assert list(ROOT.glob("*.py")) == []


def test_no_module_imports_in_a_circle() -> None:
    found = grimp.build_graph(*FOLDERS)
    waiting = {m: set(found.find_modules_directly_imported_by(m)) for m in found.modules}
    while free := [m for m, needs in waiting.items() if not needs & waiting.keys()]:
        for module in free:
            del waiting[module]
    assert sorted(waiting) == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_grew_too_large_and_each_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MOST_LINES
    assert text.startswith('"""')
