"""Patterns in flat text that tell where words may govern a citation: sentences, lists, subjects, provisions."""

from __future__ import annotations

import re

PURPOSE = re.compile(r"(?<![a-z])(?:muc dich|yeu cau|quan diem|muc tieu chung|tu tuong chi dao)(?![a-z])")
SENTENCE = re.compile(r"(?<=[a-z0-9)\"'/])\.(?= |$)(?! \d)|\./\.")
GLUE = re.compile(r"[ ,;]{0,4}(?:(?:va|cung voi|hoac|dong thoi) )?(?:cac )?[ :]{0,2}$")
NEW_VERB = re.compile(r"[ ,;]{0,4}(?:va|dong thoi|;|,)(?: dong thoi)? {0,2}$|, {0,2}$")
SUBJECT = re.compile(
    r"[,;.:] (?=(?:ban thuong vu|ban chap hanh|thuong truc|uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|"
    r"ban chi dao|dang uy|tinh uy|thanh uy|chu tich|"
    r"so |bo |van phong|ban |chinh phu|thu tuong)[^;]{0,240}? (?:ban hanh|xay dung|yeu cau|de nghi|trien khai|"
    r"to chuc|thong bao|huong dan|ket luan|chi dao)(?![a-z]))"
)
OWN = re.compile(
    r"(?:ke hoach|quyet dinh|nghi quyet|nghi dinh|thong tu|chuong trinh|chi thi|quy dinh|quy che|luat|"
    r"huong dan|van ban|ket luan|thong bao|phap lenh)[a-z ]{0,20} nay(?![a-z])"
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
BASES = re.compile(r"[ivx0-9.\- ]{0,6}(?:(?:cac )?can cu|co so phap ly|van ban phap ly|cac van ban)(?![a-z])")
CONTINUES = re.compile(r"(?:tiep tuc|duoc) [^.;]{0,80}theo [^.;]{0,60}nay(?![a-z])|chuyen tiep")
