"""The pages of the explorer on the store of the browser tests: name → address. Each kind of page once, or more."""

from __future__ import annotations

PLAN = "hung-yen.65-kh_tu.2026-04-22"
OLD = "hung-yen.433-kh_tu.2025-06-11"
TASK = f"t.{PLAN}.II.1"
SCIENCE = "a.hung-yen.so-khoa-hoc-va-cong-nghe"
DAY = "2026-05-20"
#: The day before the new plan.
BEFORE = "2026-04-21"

#: Behind "#": the page that answers when a file is sent for a preview.
PREVIEW = "xem-truoc"

ADDRESSES: dict[str, str] = {
    "trang-dau": "/",
    "tim": "/tim?q=khoa+hoc+cong+nghe",
    "mach": f"/van-ban/{PLAN}",
    "nhiem-vu": f"/van-ban/{PLAN}?phan=nhiem-vu",
    "chi-tieu": f"/van-ban/{PLAN}?phan=chi-tieu",
    "quan-he": f"/van-ban/{PLAN}?phan=quan-he",
    "toan-van": f"/van-ban/{PLAN}?phan=toan-van",
    "bi-thay-the": f"/van-ban/{OLD}",
    "mot-nhiem-vu": f"/nhiem-vu/{TASK}",
    "co-quan": f"/co-quan/{SCIENCE}",
    "tac-dong": f"/tac-dong/{PLAN}?gia_su=1",
    "so-do": f"/kham-pha/{PLAN}",
    "tai-len": "/tai-len",
    "xem-truoc": f"/tai-len#{PREVIEW}",
    "huong-dan": "/huong-dan",
    "nhieu-van-ban": "/van-ban/04-KH%2FBC%C4%90",
    "khong-co": "/van-ban/khong-co",
}


def dated(address: str, day: str = DAY, lang: str = "vi") -> str:
    """The address with a date, and the language if it is not Vietnamese."""
    path, _, behind = address.partition("#")
    joint = "&" if "?" in path else "?"
    said = f"{path}{joint}as_of={day}" + ("" if lang == "vi" else f"&lang={lang}")
    return f"{said}#{behind}" if behind else said
