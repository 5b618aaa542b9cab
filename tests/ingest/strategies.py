"""Hypothesis strategies: texts made of the pieces that directives, scans and their accidents are made of."""

from __future__ import annotations

from hypothesis import strategies as st

ATOMS = (
    "I. ", "II. ", "1. ", "2. ", "1.1. ", "a) ", "d) ", "đ) ", "- ", "- + ", "(1) ", "# ", "## II. ", "Điều 1. ",
    "KẾ HOẠCH", "QUYẾT ĐỊNH:", "Căn cứ Luật Thủ đô;", "Nơi nhận:", "TM. UBND XÃ", "CHỦ TỊCH", "Nguyễn Văn An",
    "PHỤ LỤC I", "DANH MỤC VIỆC", "(Kèm theo Kế hoạch số 5/KH-UBND)", "\n", "\n\n", "\r\n", "STT\tViệc\tCơ quan\n",
    "1\txây dựng\tSở Y tế\n", "\ttiếp\t\n", "II\tNhóm\n", "| a | b |\n", "|---|---|\n", "văn bản ", "của ", "như sau:",
    "2030", " ", "\t", ".", ";", "**", "*", "_x_", "$\\geq 3\\%$", "\f", "7\n", "\\|", "|", "e\u0302\u0301", "\u200b",
    "&amp;", "&ge;", "Ð", "–", "“", "<br>", "<i>", "^{Ph}", "\u00a0", "\ufeff", "\x07",
)  # fmt: skip

#: Text as a scan may give it: pieces of directives in any order, and anything at all between them.
messy_texts = st.lists(st.one_of(st.sampled_from(ATOMS), st.text(max_size=5)), max_size=40).map("".join)
