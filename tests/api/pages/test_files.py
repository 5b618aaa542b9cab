"""An agency's work as a table, a workbook and a calendar: the same rows as on its page."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar, Event
from openpyxl import load_workbook

from viz.pages.sheets import table_book

WORK = "/co-quan/a.hung-yen.so-khoa-hoc-va-cong-nghe/tai-ve"
IMPACT = "/tac-dong/central.57-nq_tw.2024-12-22/tai-ve"


def fetched(client: TestClient, path: str, **params: str) -> bytes:
    response = client.get(path, params={"as_of": "2026-05-10", **params})
    assert response.status_code == 200
    assert response.headers["content-disposition"].startswith("attachment")
    return response.content


def rows(book: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(book)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_workbook_has_heads_and_a_row_for_each_assignment(reader: TestClient) -> None:
    heads, *found = rows(fetched(reader, WORK, dang="xlsx"))
    assert heads[:3] == ["Vai trò", "Nội dung", "Thời hạn"]
    assert [row[:2] for row in found] == [["chủ trì", "Xây dựng sàn dữ liệu"], ["phối hợp", "Báo cáo tiến độ"]]
    assert found[0][2] == dt.datetime(2026, 9, 30)
    assert rows(fetched(reader, WORK, dang="xlsx", lang="en"))[0][:2] == ["Role", "Text"]


@pytest.mark.parametrize(("params", "texts"), [({}, 2), ({"role": "lead"}, 1), ({"han": "2026-09-29"}, 0)])
def test_filters_hold_for_files_too(reader: TestClient, params: dict[str, str], texts: int) -> None:
    assert len(rows(fetched(reader, WORK, dang="xlsx", **params))) == texts + 1
    table = list(csv.DictReader(io.StringIO(fetched(reader, WORK, dang="csv", **params).decode("utf-8-sig"))))
    assert len(table) == texts


def test_a_calendar_has_an_event_for_each_last_day(reader: TestClient) -> None:
    calendar = Calendar.from_ical(fetched(reader, WORK, dang="ics"))
    events = calendar.walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Chủ trì: Xây dựng sàn dữ liệu"]
    assert isinstance(events[0], Event)
    assert (events[0].start, events[0].end) == (dt.date(2026, 9, 30), dt.date(2026, 10, 1))
    assert "65-KH/TU" in str(events[0]["description"])


def test_an_impact_as_a_file_is_the_whole_of_it(reader: TestClient) -> None:
    table = list(csv.reader(io.StringIO(fetched(reader, IMPACT, dang="csv").decode("utf-8-sig"))))
    total = reader.get("/api/v1/impact/57-NQ%2FTW?as_of=2026-05-10&limit=0").json()["totals"]["items"]
    assert len(table) == len(rows(fetched(reader, IMPACT, dang="xlsx"))) == total + 1
    assert "HTML" in reader.get(IMPACT.removesuffix("/tai-ve")).text


def test_characters_that_no_workbook_takes_are_replaced() -> None:
    assert rows(table_book([["a\x00b", 1, None], ["=1+1"]], "x"))[0][0] == "a\N{REPLACEMENT CHARACTER}b"
    assert rows(table_book([["h"], ["=1+1"]], "x"))[1] == ["=1+1"]
