"""The words and short forms by which a text names types of directives, flat → the type each means."""

from __future__ import annotations

import re

from graph.vocabulary import DirectiveType as D

#: Type words, flat; the longest that fits wins.
TYPE_WORDS: dict[str, D] = {
    "nghi quyet": D.RESOLUTION,
    "ke hoach": D.PLAN,
    "chuong trinh": D.PROGRAMME,
    "quyet dinh": D.DECISION,
    "chi thi": D.INSTRUCTION,
    "thong bao": D.NOTICE,
    "thong cao": D.NOTICE,
    "ket luan": D.CONCLUSION,
    "huong dan": D.GUIDANCE,
    "cong van": D.OFFICIAL_LETTER,
    "van ban": D.OFFICIAL_LETTER,
    "cong dien": D.TELEGRAM,
    "to trinh": D.SUBMISSION,
    "bao cao": D.REPORT,
    "thong tu": D.CIRCULAR,
    "thong tri": D.CIRCULAR,
    "nghi dinh": D.DECREE,
    "luat": D.LAW,
    "phap lenh": D.ORDINANCE,
    "quy dinh": D.RULES,
    "quy che": D.REGULATION,
    "de an": D.SCHEME,
    "phuong an": D.SCHEME,
    "du an": D.PROJECT,
    "sac lenh": D.DECISION,
}
ABBREVIATIONS: dict[str, D] = {
    "nq": D.RESOLUTION,
    "kh": D.PLAN,
    "qd": D.DECISION,
    "ctr": D.PROGRAMME,
    "ct": D.INSTRUCTION,
    "kl": D.CONCLUSION,
    "tb": D.NOTICE,
    "cv": D.OFFICIAL_LETTER,
    "nd": D.DECREE,
    "tt": D.CIRCULAR,
    "hd": D.GUIDANCE,
}
#: Any type word, the longest first, for use inside a pattern.
ANY_TYPE = "|".join(sorted(TYPE_WORDS, key=len, reverse=True))
#: A type word that no other word runs into: "pháp luật", "kế hoạch hóa" and "văn bản hóa" are none.
TYPE_WORD = re.compile(rf"(?<![a-z])(?<!phap )(?:{ANY_TYPE})(?![a-z])(?! hoa )")
