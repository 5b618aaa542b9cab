"""What the pages tell, walked as a reader walks them: every link leads somewhere, every quote to its place."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from api.http.pages.showing import POLICY
from tests.api.pages.conftest import Show
from tests.api.pages.crawl import crawl
from tests.api.pages.markup import Page

OLD, PLAN = "/van-ban/hung-yen.433-kh_tu.2025-03-10", "/van-ban/hung-yen.65-kh_tu.2026-04-22"
NQ57 = "central.57-nq_tw.2024-12-22"
TASK = "/nhiem-vu/t.hung-yen.65-kh_tu.2026-04-22.1"
SCIENCE = "/co-quan/a.hung-yen.so-khoa-hoc-va-cong-nghe"
EVERY = [
    "/",
    "/tim",
    "/huong-dan",
    "/tai-len",
    PLAN,
    *(f"{PLAN}?phan={tab}" for tab in ("nhiem-vu", "chi-tieu", "quan-he", "toan-van")),
    TASK,
    SCIENCE,
    f"/tac-dong/{NQ57}?gia_su=1",
    f"/kham-pha/{NQ57}",
]


@pytest.mark.parametrize("lang", ["", "&lang=en"])
def test_every_link_leads_somewhere_and_every_page_is_sound(reader: TestClient, lang: str) -> None:
    pages = crawl(reader, [f"/?as_of=2026-05-10{lang}"])
    kinds = {address.split("?")[0].split("/")[1] for address in pages}
    assert kinds == {"", "tim", "van-ban", "nhiem-vu", "co-quan", "tac-dong", "kham-pha", "tai-len", "huong-dan"}
    assert {address: page.faults for address, page in pages.items() if page.faults} == {}


@pytest.mark.parametrize("path", EVERY)
def test_pages_allow_no_script_of_their_own_and_keep_date_and_language(reader: TestClient, path: str) -> None:
    joint = "&" if "?" in path else "?"
    response = reader.get(f"{path}{joint}as_of=2026-05-10&lang=en&q=x")
    assert response.headers["content-security-policy"] == POLICY
    assert "'unsafe-inline'" not in POLICY and "http" not in POLICY
    assert '<html lang="en">' in response.text
    assert 'value="2026-05-10"' in response.text
    page = Page(response.text)
    forms = re.findall(r"<form.*?</form>", page.source, flags=re.DOTALL)
    bare = {"/tim", path.partition("?")[0]}  # what forms lead to; hidden fields keep what links keep
    links = [i for i in page.links if i.startswith("/") and i not in bare and not i.startswith(("/static/", "/api/"))]
    kept = [["as_of=2026-05-10" in (said := urlsplit(i).query.split("&")), "lang=en" in said] for i in links]
    assert sorted(pair for pair in kept if not all(pair)) == [[False, True], [True, False]], "only today and Vietnamese"
    assert len(links) > 5
    assert all(form.count("as_of") and form.count("lang") for form in forms)


def test_the_status_is_that_of_the_day_and_says_why(show: Show) -> None:
    before, after = show(OLD, as_of="2026-04-21"), show(OLD, as_of="2026-04-22")
    assert "Ngày 21/04/2026: còn hiệu lực" in before.text
    assert "sẽ bị thay thế bởi Kế hoạch 65-KH/TU từ 22/04/2026" in before.text
    assert "Ngày 22/04/2026: bị thay thế từ 22/04/2026" in after.text
    assert "bị thay thế bởi Kế hoạch 65-KH/TU từ 22/04/2026 – nhiệm vụ đang thực hiện được chuyển tiếp" in after.text
    assert "is replaced by Plan 65-KH/TU" in show(OLD, as_of="2026-04-22", lang="en").text


def test_the_tabs_of_a_directive(show: Show) -> None:
    lineage = show(PLAN, as_of="2026-05-10").text
    assert "triển khai Nghị quyết 57-NQ/TW" in lineage and "là căn cứ của Quyết định 443/QĐ-UBND" in lineage
    tasks = show(PLAN, phan="nhiem-vu", as_of="2026-05-10").text
    assert "Xây dựng sàn dữ liệu" in tasks and "30/09/2026" in tasks and "hằng quý" in tasks
    lead = "a.hung-yen.so-tai-chinh"
    assert "Xây dựng sàn dữ liệu" not in show(PLAN, phan="nhiem-vu", lead=lead, as_of="2026-05-10").text
    targets = show(PLAN, phan="chi-tieu", as_of="2026-05-10").text
    assert "2030" in targets and "≥ 80 %" in targets
    assert "thay thế Kế hoạch 433-KH/TU" in show(PLAN, phan="quan-he", as_of="2026-05-10").text
    source = show(PLAN, phan="toan-van", as_of="2026-05-10")
    assert source.source.count("<mark") >= 5 and "các nhiệm vụ đang thực hiện được chuyển tiếp" in source.text


def test_a_task_leads_up_to_the_top_with_quotes(show: Show) -> None:
    page = show(TASK, as_of="2026-05-10")
    assert "thuộc Kế hoạch 65-KH/TU" in page.text
    assert "triển khai Nghị quyết 57-NQ/TW" in page.text and "văn bản cao nhất" in page.text
    assert "chủ trì Sở Khoa học và Công nghệ" in page.text and "phối hợp Sở Tài chính" in page.text
    proofs = [link for link in page.links if "phan=toan-van" in link and "#c" in link]
    assert len(proofs) >= 3


def test_an_agency_has_its_work_and_its_chart(show: Show) -> None:
    page = show(SCIENCE, as_of="2026-05-10")
    assert "Xây dựng sàn dữ liệu" in page.text and "Báo cáo tiến độ" in page.text
    assert "<rect" in page.source and "III/2026" in page.text
    led = show(SCIENCE, role="lead", as_of="2026-05-10").text
    assert "Xây dựng sàn dữ liệu" in led and "Báo cáo tiến độ" not in led
    assert "Không có." in show(SCIENCE, han="2026-01-01", as_of="2026-05-10").text


def test_a_filter_begins_with_the_first_page(show: Show) -> None:
    first = "t.hung-yen.65-kh_tu.2026-04-22.1~lead~a.hung-yen.so-khoa-hoc-va-cong-nghe"
    page = show(SCIENCE, after=first, as_of="2026-05-10")
    assert "Báo cáo tiến độ" in page.text and "Xây dựng sàn dữ liệu" not in page.text
    filters = [link for link in page.links if "role=" in link or "vb=" in link]
    assert len(filters) >= 3 and not [link for link in filters if "after=" in link]
    assert "Xây dựng sàn dữ liệu" in show(next(link for link in filters if "role=lead" in link)).text


def test_an_impact_has_true_totals_and_what_rests_on_it_alone(show: Show) -> None:
    page = show(f"/tac-dong/{NQ57}", as_of="2026-05-10", gia_su="1")
    assert "Văn bản 3" in page.text and "cấp tỉnh 3" in page.text
    assert "chỉ dựa vào Nghị quyết 57-NQ/TW" in page.text
    old = show("/tac-dong/hung-yen.433-kh_tu.2025-03-10", as_of="2026-05-10", gia_su="1")
    assert "không còn hiệu lực vào ngày 10/05/2026" in old.text


@pytest.mark.parametrize("typed", ["21/04/2026", "21/4/2026", "21.4.2026", "2026-04-21"])
def test_a_day_may_be_typed_as_it_is_printed(reader: TestClient, typed: str) -> None:
    page = Page(reader.get(OLD, params={"as_of": typed, "phan": "nhiem-vu", "han": typed}).text)
    assert "Ngày 21/04/2026: còn hiệu lực" in page.text
    assert page.source.count('value="21/04/2026"') >= 2
    assert [link for link in page.links if "as_of=" in link and "as_of=2026-04-21" not in link] == []


def test_a_task_that_was_found_names_its_directive(show: Show) -> None:
    assert "Xây dựng sàn dữ liệu trong Kế hoạch 65-KH/TU Hưng Yên · 22/04/2026" in show("/tim", q="san du lieu").text
    target = show("/tim", q="dich vu cong truc tuyen", kind="Target").text
    assert "Mức chỉ tiêu i0 năm 2030" in target and "trong Kế hoạch 65-KH/TU" in target


def test_the_guide_has_examples_of_the_store_at_hand(show: Show) -> None:
    guide = show("/huong-dan", as_of="2026-05-10")
    assert "Nghị quyết 57-NQ/TW" in guide.text and "giả sử kế hoạch này bị thay thế" in guide.text
    assert any(link.startswith("/tac-dong/hung-yen.65-kh_tu") and "gia_su=1" in link for link in guide.links)


def test_search_finds_without_accents_and_a_number_leads_to_its_page(reader: TestClient, show: Show) -> None:
    assert "Sở Khoa học và Công nghệ" in show("/tim", q="so khoa hoc").text
    assert "Nghị quyết 57-NQ/TW" in show("/tim", q="57 nq tw").text
    assert "Không tìm thấy gì" in show("/tim", q="zzzz").text
    direct = reader.get("/tim?q=57 - nq/tw&as_of=2026-05-10", follow_redirects=False)
    assert (direct.status_code, direct.headers["location"]) == (303, f"/van-ban/{NQ57}?as_of=2026-05-10")


def test_what_was_copied_from_a_text_processor_is_found(reader: TestClient) -> None:
    """Spaces that do not break, tabs and marks of no width come along with what is pasted."""
    for q in ("57-NQ/TW\N{NO-BREAK SPACE}ngày 22/12/2024", "57-NQ/TW\tBộ Chính trị"):
        assert reader.get("/tim", params={"q": q}, follow_redirects=False).status_code == 303
    assert "Sở Khoa học và Công nghệ" in reader.get("/tim", params={"q": "sở khoa học\N{ZERO WIDTH SPACE}"}).text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/van-ban/nothing", 404, "Không có gì mang mã"),
        ("/van-ban/65-KH%2FTU", 409, "Ninh Bình"),
        (f"/van-ban/{TASK.rpartition('/')[2]}", 404, "loại khác"),
        (f"{PLAN}?as_of=2026-02-30", 422, "as_of"),
        (f"{PLAN}?as_of=30/02/2026", 422, "as_of"),
        (f"{PLAN}?phan=khac", 422, "phan"),
        (f"{PLAN}?phan=nhiem-vu&after=x", 400, "trang đầu của bảng"),
        (f"{PLAN}?limit=-1", 422, "limit"),
        (f"{SCIENCE}?role=king", 422, "role"),
        (f"{SCIENCE}?after=x", 400, "trang đầu của bảng"),
        (f"{SCIENCE}/tai-ve?dang=exe", 422, "dang"),
        (f"/tac-dong/{NQ57}/tai-ve?dang=exe", 422, "dang"),
        ("/?after=x", 400, "trang đầu của bảng"),
        (f"/kham-pha/{NQ57}?open=~down", 422, "open"),
        (f"/kham-pha/{NQ57}?" + "&".join(["with=x"] * 101), 422, "with"),
    ],
)
def test_what_cannot_be_shown_says_so_on_a_page(reader: TestClient, path: str, status: int, said: str) -> None:
    response = reader.get(path)
    assert response.status_code == status
    assert response.headers["content-security-policy"] == POLICY
    assert said in response.text


@pytest.mark.parametrize("name", ["style.css", "app.js", "canvas.css", "canvas.js", "vis-network.min.js"])
def test_what_pages_need_comes_from_here(reader: TestClient, name: str) -> None:
    response = reader.get(f"/static/{name}")
    assert response.status_code == 200 and len(response.content) > 500
    assert response.headers["content-type"].startswith("text/css" if name.endswith("css") else "text/javascript")


@pytest.mark.parametrize("name", ["none.css", "..%2Flabels.py", "%2Fetc%2Fpasswd", "export.html"])
def test_nothing_else_is_given(reader: TestClient, name: str) -> None:
    assert reader.get(f"/static/{name}").status_code == 404
