"""Patterns in flat text that tell where words may govern a citation: sentences, lists, subjects, provisions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque

PURPOSE = re.compile(r"(?<![a-z])(?:muc dich|yeu cau|quan diem|muc tieu chung|tu tuong chi dao)(?![a-z])")
SENTENCE = re.compile(r"(?<=[a-z0-9)\"'/])\.{1,3}(?= |$)(?! \d)|\./\.")
GLUE = re.compile(r"[ ,;]{0,4}(?:(?:va|cung voi|hoac|dong thoi) )?(?:cac )?[ :]{0,2}$")
NEW_VERB = re.compile(r"[ ,;]{0,4}(?:va|dong thoi|;|,)(?: dong thoi)? {0,2}$|, {0,2}$")
SUBJECT = re.compile(
    r"[,;.:] (?=(?:xet (?:de nghi|to trinh|bao cao)|theo de nghi|tiep theo|can cu|kem theo) |"
    r"(?:ban thuong vu|ban chap hanh|thuong truc|uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|"
    r"ban chi dao|dang uy|tinh uy|thanh uy|chu tich|"
    r"so (?!\d)|bo (?!sung|tri|nhiem|luat)|van phong|ban (?!hanh|do)|chinh phu|thu tuong)"
    r"[^;]{0,240}? (?:ban hanh|xay dung|yeu cau|de nghi|trien khai|"
    r"to chuc|thong bao|huong dan|ket luan|chi dao)(?![a-z]))"
)
OWN = re.compile(
    r"(?:ke hoach|quyet dinh|nghi quyet|nghi dinh|thong tu|chuong trinh|chi thi|quy dinh|quy che|luat|"
    r"huong dan|van ban|ket luan|thong bao|phap lenh|cong van|cong dien|de an|phuong an|"
    r"thong tri)[a-z ]{0,20} nay(?![a-z])"
)
PROMULGATES = re.compile(r"[^a-z]{0,3}(?:dieu 1[. :]{1,3})?[^;.]{0,60}?(?:ban hanh|phe duyet|thong qua)(?![a-z])")
PROVISION = re.compile(
    r"(?:mot so (?:dieu|noi dung|khoan|diem|muc)|(?:cac )?(?:diem|khoan|dieu|muc|phan|chuong|phu luc|"
    r"noi dung) (?:[a-z0-9,. ]{0,60}))(?= cua | tai | $|$)"
)
NEW_DIRECTIVE = re.compile(
    r"(?:,|;| va| cung voi) {1,2}(?:cac )?(?P<word>ke hoach|chuong trinh|nghi quyet|quyet dinh|chi thi|"
    r"ket luan|de an|thong bao)(?![a-z])"
)
LAW = re.compile(r"(?<![a-z])(?<!phap )(?:bo luat|luat|phap lenh)(?= [^;]{3,200}(?:,| va|;) )")
CONTINUES = re.compile(r"(?:tiep tuc|duoc) [^.;]{0,80}theo [^.;]{0,60}nay(?![a-z])|chuyen tiep")
#: In a decision these words hand the change to somebody else.
DELEGATES = re.compile(
    r"(?<![a-z])(?:giao (?:cho )?(?:cac |so |bo |uy ban|ubnd|van phong|thu truong|chu tich|giam doc|ban |phong )|"
    r"tham muu|"
    r"trinh (?:uy|ubnd|chu tich|hdnd|hoi dong|cap|chinh phu|thu tuong)|(?:xay dung|soan thao|du thao) (?:du thao|quyet|"
    r"nghi|ke|thong)|(?:de xuat|nghien cuu|ra soat,?)(?: viec)? (?:sua|bo sung|thay|bai|dieu chinh|huy))"
)
#: An item that changes what another directive says: "Điều chỉnh chỉ tiêu tại Mục II Kế hoạch số …".
CHANGES = re.compile(r"[ .\-]{0,4}(?:dieu chinh|sua doi|bo sung|thay the|bai bo|huy bo|dinh chi|gia han)(?![a-z])")
#: After "X hết hiệu lực": the day, "… này", or the end of the sentence.
ENDS_NOW = re.compile(r"[^;]{0,160}?(?: nay(?![a-z])|ke tu ngay|tu ngay \d)|[ ./]{0,4}$|\.")
#: The line of adoption of a text that amends: "Bộ trưởng ban hành Thông tư sửa đổi, bổ sung một số điều của …".
ADOPTS = re.compile(
    r"(?:ban hanh|ra|thong qua) (?:nghi dinh|thong tu|nghi quyet|quyet dinh|luat|phap lenh|quy dinh|ke hoach)(?: nay)?"
    r"(?: ve viec| ve| de)? (?:sua doi|bo sung|dieu chinh|thay the|bai bo|dinh chinh|huy bo)(?![a-z])"
)
#: "(Kèm theo Kế hoạch số …)" on a line of its own.
ATTACHED = re.compile(r"[^a-z]{0,4}(?P<verb>ban hanh |phe duyet )?kem theo (?=[a-z ]{3,30}so |[a-z ]{3,30}\d)")


def sentence_starts(plain: str) -> list[int]:
    """Where the sentences of a flat text begin, in order; the first begins at 0."""
    return [0, *(m.end() for m in SENTENCE.finditer(plain))]


def sentence_at(starts: list[int], at: int) -> int:
    """Beginning of the sentence in which an offset stands."""
    return starts[bisect_right(starts, at) - 1]


def last_match(pattern: re.Pattern[str], plain: str, start: int, end: int) -> re.Match[str] | None:
    """Last match of a pattern in a stretch; None without any."""
    return next(iter(deque(pattern.finditer(plain, start, end), maxlen=1)), None)
