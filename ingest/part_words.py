"""Words by which the parts of a directive are known: type words, openings, powers to sign, headings of appendices."""

from __future__ import annotations

import re

from graph.text import fold

#: Folded type words as they stand in a title, longest first.
_TYPES = (
    "ke hoach|quyet dinh|nghi quyet|chi thi|chuong trinh|de an|thong bao|ket luan|huong dan|to trinh|bao cao|"
    "cong dien|thong tu lien tich|thong tu|nghi dinh|luat|bo luat|phap lenh|lenh|quy che|quy dinh|du an|phuong an|"
    "cong van|chuong trinh hanh dong|ke hoach hanh dong|thong bao ket luan|thong tri|loi keu goi|dieu le|"
    "chien luoc|quy hoach|giay moi|quy che phoi hop|chuong trinh phoi hop|bien ban|danh sach|bo tieu chi|"
    "bo chi so|noi quy|de cuong"
)
TYPE_WORDS = tuple(sorted(_TYPES.split("|"), key=len, reverse=True))
_OFFICES = (
    "chu tich|pho chu tich|bi thu|pho bi thu|giam doc|pho giam doc|truong ban|pho truong ban|bo truong|"
    "thu truong|thu tuong|pho thu tuong|chanh van phong|pho chanh van phong|truong phong|pho truong phong|"
    "tong giam doc|chu nhiem|pho chu nhiem|vien truong|chanh an|tong bi thu|uy vien|hieu truong|cuc truong|"
    "vu truong|tong cuc truong|truong doan|thong doc|tong thanh tra|tong kiem toan|chanh thanh tra|to truong|"
    "thuong truc"
)
OFFICE = re.compile(rf"(?:quyen )?(?:{_OFFICES})\b")
POWER = re.compile(r"(?:T ?[./]? ?M|K ?[./]? ?T|T ?[./]? ?L|T ?[./]? ?U ?[./]? ?Q|Q)(?:[./] {0,2}| )(?=[^\W\d_]{2})")
RECIPIENTS = re.compile(r"(?:[-•] ?)?N[ơoƠO]i nh[ậâaẬÂ]n ?(?:[:;.]|$)", re.IGNORECASE)
ADDRESSEE = re.compile(r"(?:Kính|KÍNH) (?:gửi|GỬI|gởi)\b")
OPENER = re.compile(
    r"(?:- {0,2})?(?:Căn cứ|Thực hiện|Theo |Xét |Trên cơ sở|Tiếp tục|Tiếp theo|Thi hành|Quán triệt|Phúc đáp|Triển khai|"
    r"Để |Nhằm |Sau khi|Ngày \d|Thừa |Trong thời gian|Thời gian qua|Trong những năm|Vừa qua|"
    r"Ban Thường vụ .{0,60} ban hành)"
)
ADOPTION = frozenset(
    {"quyet dinh", "quyet nghi", "nay quyet dinh", "yeu cau", "chi thi", "nghi quyet", "ra nghi quyet"}
)
#: The end of a preamble: "… như sau:", "Sở Nội vụ đề nghị các cơ quan, đơn vị:".
AS_FOLLOWS = re.compile(
    r"(?:như sau|sau đây|dưới đây|cụ thể|nội dung sau|nhiệm vụ sau|việc sau|sau)[^:]{0,30}:$"
    r"|(?:đề nghị|yêu cầu|kết luận|chỉ đạo|thống nhất)\b[^:;]{0,160}:$"
)
APPENDIX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục|PHỤ LUC|PHU LUC|PL)\b(?: (?:SỐ|số))?"
    r"(?: ?(?P<n>[IVXLC]{1,7}|\d{1,3}(?:\.\d{1,2})?[A-Za-z]?|[A-H])\b)?"
    r"(?P<rest>.{0,400})"
)
ATTACHED = re.compile(r"\(? ?(?:Ban hành |Được |Đính )?[Kk]èm theo|\((?:Phê duyệt|Ban hành) ")
LISTS = re.compile(r"(?:DANH MỤC|BẢNG|BIỂU|MẪU|KHUNG)\b")
NAME = re.compile(r"(?:[A-ZĐ][^\W\d_A-ZĐ]{1,7}|[^\W\d_a-z][^\W\d_]{0,7})(?: [^\W\d_a-z][^\W\d_]{0,7}){1,4}")
HASHES = re.compile(r"^#{1,6}[ \t]{1,4}")


def type_word(text: str) -> int:
    """Length of the type word a title begins with, in characters of ``text``; 0 if none ("KẾ HOẠCH hành động": 8)."""
    if not text[:2].isupper() and len(text) > 40:
        return 0
    folded = fold(text[:60])
    for word in TYPE_WORDS:
        if folded == word or folded.startswith(word + " "):
            words = text.split(None, word.count(" ") + 1)[: word.count(" ") + 1]
            end = text.find(words[-1]) + len(words[-1])
            upper = "".join(words).strip(".:").isupper()
            return end if upper or (folded == word and len(text) < 40) else 0
    return 0
