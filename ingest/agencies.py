"""Text that names agencies (a table cell, a heading, the start of a sentence) → the printed names, each with its span.

Known names are read before anything is split, so "Sở Văn hóa, Thể thao và Du lịch" stays one name and
"Các sở, ban, ngành, địa phương và các cơ quan, đơn vị có liên quan" one collective. A shared head word gives one name
each: "Sở Tài chính, Nội vụ" prints "Nội vụ" and means "Sở Nội vụ".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from graph.names import HARD, Name, behind_person, name_at, never
from graph.nouns import Stop
from graph.tables import rows as register_rows
from graph.tables import several
from graph.vocabulary import AgencyKind
from graph.words import Phrases, Word, words_of
from ingest.text import MappedText
from ingest.tsv import rows

_SEPARATORS = frozenset({",", ";", "\n", "/", "và", "&"})
_STRAY = " \t\n.,;:*_|•+-–"
_LEADS = Phrases(
    (
        (phrase, True)
        for phrase in (
            "Đề nghị", "Kính đề nghị", "Yêu cầu", "Giao", "Giao cho", "Phân công", "Đối với", "Trách nhiệm của",
            "Trách nhiệm", "Nhiệm vụ của", "Giao nhiệm vụ cho", "Đề nghị đồng chí", "Giao đồng chí", "Đồng chí",
            "Các đồng chí", "Đề nghị các đồng chí", "Yêu cầu các đồng chí",
        )
    ),
    exact=True,
)  # fmt: skip
_TIMES = frozenset({"hằng", "hàng", "định", "trước", "trong", "sau", "từ", "quý", "tháng", "năm", "để", "căn", "theo"})
_PLURAL_HEADS = {"so": "Sở", "bo": "Bộ", "phong": "Phòng", "ban": "Ban", "trung": "Trung tâm", "hoi": "Hội"}
_LONGEST = 40
#: First words of verbs that are also the last words of names ("Ban Quản lý dự án đầu tư xây dựng").
_NOUNS = frozenset({"xay", "dau", "quan", "kiem", "giam", "truyen", "dao", "van", "nghien", "to", "san", "kinh"})


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A printed name. ``span`` is what is printed; ``name`` the full name (they differ where a head word is shared)."""

    span: MappedText
    name: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A name of words ``start`` to ``end``; ``head`` is the head word it shares with the name before it."""

    start: int
    end: int
    known: Name | None
    head: str = ""


def split_names(text: MappedText) -> list[NamedSpan]:
    """The names that a cell or a list phrase holds, in order; every word belongs to some name or separates two.

    >>> [n.name for n in split_names(MappedText.of("Sở KH&CN, Thuế tỉnh và các cơ quan liên quan"))]
    ['Sở KH&CN', 'Thuế tỉnh', 'các cơ quan liên quan']
    """
    words = words_of(text.text)
    found: list[_Found] = []
    at = 0
    while at < len(words):
        hit = _item(words, at, found, never)
        if hit:
            found.extend(hit)
            at = hit[-1].end
        else:
            at += 1
    return _spans(text, words, found)


def leading_agency(text: MappedText) -> list[NamedSpan] | None:
    """The agency or agencies that a heading is; None where it is a heading of another kind.

    What stands behind the names may be nothing, an apposition (" - Cơ quan Thường trực …", "(…)"), a colon, or a verb
    phrase that ends in a colon ("chỉ đạo thực hiện một số nội dung sau:").
    """
    words = words_of(text.text.rstrip())
    start = _after_lead(words)
    found, end = _list(words, start)
    if not found or not _ends_heading(words, end):
        return None
    return _spans(text, words, found)


def subject_of(sentence: MappedText) -> list[NamedSpan] | None:
    """The agencies that a sentence says act: its subject, or whom it asks or charges; None if it begins with a verb.

    A verb has to follow, so a bare name is no sentence.
    """
    words = words_of(sentence.text[:2000])
    start = _after_time(words)
    lead = _after_lead(words, start)
    found, end = _list(words, lead)
    if found and [w.text for w in words[end : end + 1]] == ["-"]:
        end += 1  # "Các sở: Y tế, Nội vụ - hoàn thành …"
    if not found or not (_stops(words, end) or _predicate(words, end, found[-1])):
        return None
    verb = _verbs().longest(words, start)
    if lead == start and verb and verb[1] and not (found[0].known and found[0].known.bodies):
        return None
    return _spans(sentence, words, found)


#: Words behind a name that go on with it, or stand in for a verb that is not there.
_NO_VERB = frozenset(
    [
        "thuoc", "tren", "tai", "cua", "cac", "nhung", "va", "voi", "o", "ve", "lien", "trong",
        "cho", "theo", "noi", "do", "dia", "cap", "ngoai", "giua", "khoa", "nhiem", "ban", "duoi",
        "nhu", "hoac", "gom", "bao",
    ]
)  # fmt: skip


def _predicate(words: list[Word], at: int, last: _Found) -> bool:
    """Whether a verb that is in no list begins behind a complete known name: "Sở Y tế trực ban 24/24 giờ."."""
    name = last.known
    whole = name is not None and (bool(name.bodies) or name.of is not None) and name.end == last.end
    if not whole or at + 2 >= len(words):
        return False
    goes_on = words[at].key in _NO_VERB or [w.key for w in words[at : at + 2]] == ["truc", "thuoc"]
    return words[at].text.islower() and not goes_on and words[at + 1].is_word


def begins_with_verb(sentence: MappedText) -> bool:
    """Whether an item begins with what is to be done ("Tăng cường …"), not with a praise or a state."""
    words = words_of(sentence.text[:200])
    hit = _verbs().longest(words, _after_time(words))
    return hit is not None and hit[1]


@cache
def _verbs() -> Phrases[bool]:
    return Phrases(((row["verb"], row["acts"] == "yes") for row in rows("task_verbs")), exact=True)


def _stops(words: list[Word], at: int) -> bool:
    """Whether a verb (in lower case, as inside a sentence) begins at a word."""
    hit = _verbs().longest(words, at) if at < len(words) and words[at].text[0].islower() else None
    return hit is not None and hit[1] and not _inside_name(words, at, hit[0])


def _inside_name(words: list[Word], at: int, end: int) -> bool:
    """ "Viện Kinh tế xây dựng xây dựng …", "… và Vật liệu xây dựng chủ trì …": the first verb ends the name.

    "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông" goes on behind its verbs.
    """
    if [w.key for w in words[max(0, at - 4) : at + 2]] == ["du", "an", "dau", "tu", "xay", "dung"]:
        return True
    if words[at].key == "quan" and words[at - 1].text in ("Ban", "BQL"):
        return True
    if words[at].key == "trinh" and words[at - 1].key in ("cong", "chuong", "quy", "lo"):
        return True
    acts = [w.key for w in words[end : end + 2]]
    return acts[: end - at] == [w.key for w in words[at:end]] or (words[at].key in _NOUNS and acts == ["chu", "tri"])


@cache
def _heads() -> Phrases[tuple[str, ...]]:
    return Phrases(((r["head"], several(r["not_before"])) for r in register_rows("name_heads")), exact=True)


def _proper_head(words: list[Word], at: int) -> int | None:
    """Index behind a head word that begins a proper name, known or not; None if none does."""
    head = _heads().longest(words, at) if at < len(words) and words[at].capital else None
    if head is None:
        return None
    after = words[head[0]] if head[0] < len(words) else None
    barred = [words_of(b)[0].key for b in head[1]]
    if after is None or after.key in barred or not (after.is_word or after.text == ":"):
        return None
    return head[0]


def _list(words: list[Word], start: int) -> tuple[list[_Found], int]:
    """Names from word ``start`` on while they are joined by separators, and the index behind the last one."""
    found: list[_Found] = []
    end = at = start
    while at < len(words):
        hit = _item(words, at, found, _stops)
        if not hit or not all(_is_agency(words, f) for f in hit):
            break
        found.extend(hit)
        end = at = hit[-1].end
        if hit[-1].known and hit[-1].known.kind is AgencyKind.OFFICE:
            end = at = behind_person(words, at)
        at = _behind_bracket(words, at)
        while at < len(words) and _separates(words, at):
            at += 1
        if at == end or words[at - 1].text == ")":
            end = at
            break
    return found, end


def _is_agency(words: list[Word], found: _Found) -> bool:
    first = found.start + (words[found.start].key == "cac")
    return found.known is not None or bool(found.head) or _proper_head(words, first) is not None


def _separates(words: list[Word], at: int) -> bool:
    word = words[at]
    if word.text in _SEPARATORS or word.text == "Và":
        return True
    return word.key in ("cung", "voi") and any(w.key == "cung" for w in words[max(0, at - 1) : at + 1])


def _item(words: list[Word], at: int, before: list[_Found], stop: Stop) -> list[_Found] | None:
    """The name, or the names with a shared head word, that begin at a word; None at a separator or mark."""
    if not words[at].is_word or _separates(words, at):
        return None
    shared = _shared(words, at) or _follows_head(words, at, before)
    if shared:
        return shared
    known = name_at(words, at, stop)
    if known:
        return [_Found(at, _tail(words, known, stop), known)]
    end = _unknown_end(words, at, stop)
    return [_Found(at, end, None)] if end > at else None


def _shared(words: list[Word], at: int) -> list[_Found] | None:
    """ "các Bộ: Khoa học và Công nghệ, Nội vụ", "các sở Tài chính, Xây dựng": a plural head and fields behind it."""
    start = at + 1 if words[at].key == "cac" else at
    if start >= len(words) or words[start].key not in _PLURAL_HEADS:
        return None
    if start > at and (whole := name_at(words, at)) and whole.bodies:
        return None
    head = _PLURAL_HEADS[words[start].key]
    fields = start + len(head.split())
    colon = fields < len(words) and words[fields].text == ":"
    if not colon and start == at:
        return None
    found: list[_Found] = []
    end = fields + colon
    while hit := _field(words, end, head):
        found.append(hit)
        end = hit.end
        while end < len(words) and words[end].text in (",", ";", "và"):
            end += 1
    return found or None


def _follows_head(words: list[Word], at: int, before: list[_Found]) -> list[_Found] | None:
    """ "Sở Tài chính, Nội vụ": a bare field behind a name with the same head word."""
    if not before or not words[at].capital or not (before[-1].known or before[-1].head):
        return None
    head = before[-1].head or words[before[-1].start].text
    hit = _field(words, at, head) if words_of(head)[0].key in ("so", "bo", "phong") else None
    whole = name_at(words, at)
    return [hit] if hit and not (whole and whole.end > hit.end) else None


def _field(words: list[Word], at: int, head: str) -> _Found | None:
    if at >= len(words) or not (words[at].capital or words[at].abbreviation):
        return None
    joined = [replace(w, start=0, end=0) for w in words_of(head)] + words[at : at + _LONGEST]
    known = name_at(joined, 0)
    size = len(words_of(head))
    if known is None or not known.bodies or known.end <= size:
        return None
    return _Found(at, at + known.end - size, known, head)


def _tail(words: list[Word], known: Name, stop: Stop) -> int:
    """A known name keeps what is printed behind it up to the next separator: brackets, further words of a cell."""
    end = known.end
    if stop is not never:
        return end
    if end < len(words) and words[end].text == "(":
        return _behind_bracket(words, end)
    goes_on = end < len(words) and words[end].is_word and not _separates(words, end)
    return _unknown_end(words, end, stop) if goes_on else end


def _behind_bracket(words: list[Word], at: int) -> int:
    """Index behind the bracket that opens at a word; the same index where none opens or it is not closed."""
    if at >= len(words) or words[at].text != "(":
        return at
    closing = next((i for i in range(at, min(at + _LONGEST, len(words))) if words[i].text == ")"), None)
    return closing + 1 if closing else at


def _unknown_end(words: list[Word], at: int, stop: Stop) -> int:
    """Index behind a name that is in no table: up to a separator behind which another name or collective begins."""
    end = at
    limit = at + _LONGEST
    while end < len(words) and end < limit:
        word = words[end]
        if (word.text in HARD and word.text != "(") or (word.text == "." and end + 1 >= len(words)):
            break
        if end > at and stop(words, end):
            break
        if word.text == "(":
            end = max(end, _behind_bracket(words, end) - 1)
            if words[end].text == ")" and end + 1 < len(words) and words[end + 1].text.islower():
                return end + 1
        elif (word.text in (",", "và", "&") or word.key == "cung") and _new_name(words, end + 1, at, stop):
            break
        end += 1
    while end > at and words[end - 1].text in (",", "và", "-", ".", "&"):
        end -= 1
    return end


def _new_name(words: list[Word], at: int, start: int, stop: Stop) -> bool:
    """Whether the words behind a separator begin another name, rather than go on with the one begun at ``start``."""
    if at >= len(words):
        return True
    if words[at].key in ("va", "voi", "cac", "nhung") or words[at].text in _SEPARATORS:
        return True
    if name_at(words, at, stop) or _proper_head(words, at) is not None:
        return True
    alone = words[at].capital and words[at].text.isupper() and len(words[at].text) > 2
    return alone and not words[start].text.isupper()


def _after_lead(words: list[Word], start: int = 0) -> int:
    """Index behind "Đề nghị", "Giao", "Trách nhiệm của" and the like."""
    hit = _LEADS.longest(words, start)
    return hit[0] if hit and words[start].capital else start


def _after_time(words: list[Word]) -> int:
    """Index behind an adverbial in front of the subject: "Hằng năm, …", "Trước ngày 15/12, …"."""
    if not words or words[0].exact not in _TIMES:
        return 0
    comma = next((i for i, w in enumerate(words[:15]) if w.text == ","), None)
    return comma + 1 if comma else 0


def _ends_heading(words: list[Word], at: int) -> bool:
    if at >= len(words):
        return True
    word = words[at]
    if word.key == "theo":
        return True
    if word.text in (":", "(", "-", "–", "."):
        return word.text != "." or at + 1 == len(words)
    if word.text == "," and at + 1 < len(words):
        return words[at + 1].key in ("co", "la") or words[-1].text == ":"
    return words[-1].text == ":" and _stops(words, at)


def _spans(text: MappedText, words: list[Word], found: list[_Found]) -> list[NamedSpan]:
    spans: list[NamedSpan] = []
    for item in found:
        first, last = words[item.start].start, words[item.end - 1].end
        span = text[first:last].strip(_STRAY)
        if span:
            printed = " ".join(span.text.split())
            spans.append(NamedSpan(span, f"{item.head} {printed}" if item.head else printed))
    return spans
