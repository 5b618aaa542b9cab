"""Words → the agency name that begins at one of them: a body with its place, a board, a collective, an office-holder.

The parse is by body type, field and place. It reads on until the name is complete and says where it ends; it never
reads over a semicolon or a line break.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from graph.nouns import (
    MODIFIERS,
    QUALIFIED,
    Noun,
    Stop,
    collective_phrases,
    goes_on,
    noun_at,
    of_which_kind,
    repeats,
    twin,
)
from graph.places import family_names
from graph.register import Body, body_phrases
from graph.suffixes import DETERMINERS, NO_SUFFIX, Suffix, suffix_at
from graph.tables import rows, several
from graph.vocabulary import AgencyKind
from graph.words import Phrases, Word

HARD = frozenset({";", "\n", ":", "(", ")", "[", "]", "/", "?", "!", '"', "“", "”"})
#: No name is longer (in words).
_WINDOW = 120
#: Words that begin something else than the description of a collective.
_ENDS = frozenset({"cung", "de", "nham", "theo", "khi", "trong", "do", "cho", "gui", "se", "phai", "duoc", "da", "chu"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name of words ``start`` to ``end`` (exclusive). ``bodies`` are the register's for a body, ``of`` an office's.

    ``generic``: a collective of plain nouns ("các sở, ban, ngành"), to which "và các cơ quan liên quan" belongs.
    """

    start: int
    end: int
    kind: AgencyKind
    bodies: tuple[Body, ...] = ()
    suffix: Suffix = NO_SUFFIX
    of: Name | None = None
    board: bool = False
    generic: bool = False


def never(words: list[Word], at: int) -> bool:
    return False


def name_at(words: list[Word], at: int, stop: Stop = never) -> Name | None:
    """The longest name that begins at word ``at``; None if none of the known shapes does."""
    base = max(0, at - 2)
    name = _name_at(words[base : at + _WINDOW], at - base, stop)
    return _shifted(name, base) if name else None


def _shifted(name: Name, by: int) -> Name:
    return replace(name, start=name.start + by, end=name.end + by, of=_shifted(name.of, by) if name.of else None)


def _name_at(words: list[Word], at: int, stop: Stop) -> Name | None:
    if at >= len(words) or not words[at].is_word:
        return None
    office = _office(words, at, stop)
    if office:
        body = _body(words, at)
        return body if body and body.end > office.end else office
    return _board(words, at, stop) or _body(words, at) or _collective(words, at, stop)


def _body(words: list[Word], at: int) -> Name | None:
    if not (words[at].capital or words[at].abbreviation or _lower_case_body(words, at)):
        return None
    for end, found in body_phrases().all_at(words, at):
        after, suffix = _area_at(words, end) or suffix_at(words, end)
        fitting = tuple(b for b in found if b.bare or suffix != NO_SUFFIX)
        if fitting and not _runs_on(words, after):
            kind = AgencyKind.COLLECTIVE if suffix.plural else fitting[0].kind
            return Name(at, after, kind, fitting, suffix)
    return None


_AREA = Suffix(unit="khu vực")


def _area_at(words: list[Word], at: int) -> tuple[int, Suffix] | None:
    """ "khu vực XVI" behind the name of a centrally run body, and the index behind it."""
    if [w.key for w in words[at : at + 2]] != ["khu", "vuc"] or at + 2 >= len(words):
        return None
    number = words[at + 2].text
    return (at + 3, _AREA) if number.isdigit() or (number.isupper() and set(number) <= set("IVXL")) else None


def _lower_case_body(words: list[Word], at: int) -> bool:
    if words[at].key == "cac":
        return at + 1 < len(words) and words[at + 1].capital
    return words[at].key in ("uy", "hoi", "mat", "tinh", "thanh", "so", "cong") and len(words) - at >= 2


def _runs_on(words: list[Word], at: int) -> bool:
    """A capitalised word right behind a known name makes it another, unknown name ("Sở Tài chính Kế hoạch")."""
    return at < len(words) and at > 0 and words[at].is_word and words[at].capital and not words[at - 1].text.isupper()


@cache
def _titles() -> Phrases[bool]:
    return Phrases(((r["title"], r["alone"] == "yes") for r in rows("offices")), exact=True)


def _office(words: list[Word], at: int, stop: Stop) -> Name | None:
    start = at + 1 if words[at].key in DETERMINERS else at
    titles = _titles().all_at(words, start)
    if not titles or not (words[start].capital or start > at):
        return None
    for end, alone in titles:
        office = _office_of(words, at, end, alone, stop)
        if office:
            return office
    return None


def _office_of(words: list[Word], at: int, end: int, alone: bool, stop: Stop) -> Name | None:
    """The office whose title ends before word ``end``, with its body."""
    of = _more_titles(words, end)
    of = of + 1 if of < len(words) and words[of].key == "cua" else of
    whole = _name_at(words, of, stop) or _collective(words, of, stop, named=True) if of < len(words) else None
    if whole and whole.start >= end:
        return Name(at, whole.end, AgencyKind.OFFICE, of=whole, suffix=whole.suffix)
    after, suffix = suffix_at(words, end)
    after = _in_charge(words, after, stop)
    complete = alone and (not _runs_on(words, after) or behind_person(words, after) > after)
    return Name(at, after, AgencyKind.OFFICE, suffix=suffix) if complete else None


def behind_person(words: list[Word], at: int) -> int:
    """Index behind a person's name, with or without "đồng chí"; ``at`` where none begins."""
    start = at + 2 if [w.key for w in words[at : at + 2]] == ["dong", "chi"] else at
    if start >= len(words) or words[start].text not in family_names():
        return at
    end = start + 1
    while end < len(words) and end - start < 4 and words[end].capital and words[end].text.istitle():
        end += 1
    return end if end - start > 1 else at


def _in_charge(words: list[Word], at: int, stop: Stop) -> int:
    """Index behind "phụ trách địa bàn" where a verb follows: "Đảng ủy viên phụ trách địa bàn chịu trách nhiệm …"."""
    given = at + 3 if [w.key for w in words[at : at + 3]] == ["duoc", "phan", "cong"] else at
    if [w.key for w in words[given : given + 2]] != ["phu", "trach"]:
        return at
    at = given
    return next((i for i in range(at + 3, min(at + 9, len(words))) if stop(words, i)), at)


def _more_titles(words: list[Word], at: int) -> int:
    """Index behind further titles of one body: "Bí thư, Phó Bí thư Đảng ủy"."""
    end = at
    for _ in range(3):
        joint = end + 1 if end < len(words) and words[end].key in (",", "va") else len(words)
        joint = joint + 1 if joint < len(words) and words[joint].key in DETERMINERS else joint
        more = _titles().longest(words, joint) if joint < len(words) else None
        if more is None:
            break
        end = more[0]
    return end


@cache
def board_topics() -> Phrases[str]:
    """What a steering committee is for, in its spellings → the topic's canonical words."""
    return Phrases((p, r["topic"]) for r in rows("board_topics") for p in (r["topic"], *several(r["phrases"])))


_BOARDS = Phrases((p, True) for p in ("Ban Chỉ đạo", "BCĐ", "Tiểu ban", "Tổ công tác", "Tổ giúp việc"))


def _board(words: list[Word], at: int, stop: Stop) -> Name | None:
    """ "Ban Chỉ đạo" with its owner ("của Ủy ban nhân dân tỉnh"), its subject ("về …") and its place."""
    head = _BOARDS.longest(words, at)
    if head is None or not words[at].capital:
        return None
    end, owner = head[0], None
    if end < len(words) and (words[end].key == "cua" or words[end].capital):
        owner = _name_at(words, end + 1 if words[end].key == "cua" else end, never)
        end = owner.end if owner else end
    if end < len(words) and words[end].key == "cap":
        end = suffix_at(words, end)[0]
    end, suffix = _place_of_board(words, end)
    end = _topic(words, end, stop)
    end, late = _place_of_board(words, end)
    return Name(at, end, AgencyKind.BODY, of=owner, suffix=late if late != NO_SUFFIX else suffix, board=True)


def _place_of_board(words: list[Word], at: int) -> tuple[int, Suffix]:
    end, suffix = suffix_at(words, at)
    return (at, NO_SUFFIX) if suffix.plural else (end, suffix)


_BEFORE_TOPIC = frozenset(["ve", "phat", "trien", "thuc", "hien", "khai", "quoc", "gia"])


def _topic(words: list[Word], at: int, stop: Stop) -> int:
    start = at
    while start < len(words) and words[start].key in _BEFORE_TOPIC:
        start += 1
    known = board_topics().longest(words, start) or board_topics().longest(words, at)
    if known:
        return _more_topics(words, known[0])
    if at >= len(words) or words[at].key not in ("ve", "phong", "xay", "thuc", "trien", "quoc", "57", "35"):
        return at
    end = at + 1
    while end < len(words) and words[end].text not in HARD and words[end].key not in (",", "-", "va", "tinh"):
        if end > at + 2 and (stop(words, end) or words[end].capital):
            break
        end += 1
    return end


def _more_topics(words: list[Word], at: int) -> int:
    while at < len(words):
        joint = at + 1 if words[at].key in (",", "va") else at
        joint = joint + 1 if joint < len(words) and words[joint].key == "va" else joint
        known = board_topics().longest(words, joint)
        if known is None and joint < len(words) and words[joint].key in ("quoc", "dot") and joint == at:
            at += 2
            continue
        if known is None:
            return at
        at = known[0]
    return at


#: "Hai ngành", "hai đơn vị": those who issue a joint text.
_TWO = frozenset({"hai", "ba"})


def _collective(words: list[Word], at: int, stop: Stop, named: bool = False) -> Name | None:
    """``named``: an office stands before it ("Thủ trưởng cơ quan ngang bộ"), so that it needs no "các"."""
    determined = named or (words[at].key in DETERMINERS and words[at].exact != "môi") or words[at].exact in _TWO
    start = at + (2 if words[at].key == "mot" else 1) if determined and not named else at
    noun = noun_at(words, start, stop) if start < len(words) else None
    if noun is None or noun[1].bare == "later":
        return None
    end, entry = noun
    phrase = collective_phrases().longest(words, at)
    if phrase and phrase[0] > end and (determined or entry.bare != "no"):
        return _members(words, at, phrase[0], phrase[1], stop)
    listed = end < len(words) and words[end].key in (",", "va") and noun_at(words, end + 1, stop) is not None
    if not determined and not (entry.bare == "yes" or (entry.bare == "list" and listed)):
        return None
    return _members(words, at, end, entry.generic, stop)


def _members(words: list[Word], start: int, at: int, generic: bool, stop: Stop) -> Name:
    """Reads on from the first noun: more nouns, what qualifies them, and a tail of plain nouns after "và"."""
    end, plain = at, generic
    while end < len(words):
        step, noun = _member(words, end, plain, stop)
        if step == end:
            break
        plain = plain and (noun is None or noun.generic)
        end = step
    while end > at and not words[end - 1].is_word:
        end -= 1
    return Name(start, end, AgencyKind.COLLECTIVE, generic=plain)


def _member(words: list[Word], at: int, plain: bool, stop: Stop) -> tuple[int, Noun | None]:
    """One step of a collective: index behind it (``at`` where the collective ends) and the noun it added."""
    word = words[at]
    if word.text in HARD or word.text == ".":
        return at, None
    if word.key in (",", "va"):
        return _joined(words, at, plain, stop)
    if word.key == "-":
        if at + 1 < len(words) and words[at - 1].abbreviation and words[at + 1].abbreviation:
            return at + 2, QUALIFIED
        lower = at + 1 < len(words) and words[at + 1].is_word and not words[at + 1].capital
        return (at + 1 if lower and not stop(words, at + 1) else at), None
    if stop(words, at) or word.key in _ENDS:
        return _charged(words, at, stop), None
    if _mere_owner(words, at, stop):
        return at + 1, QUALIFIED
    if word.capital or word.abbreviation:
        inner = _name_at(words, at, stop)
        place = suffix_at(words, at)
        if inner is None and place[0] == at and of_which_kind(words, at):
            return at + 1, QUALIFIED
        if inner is None and place[0] == at:
            return (at + 1 if word.key in _OWNERS else at), QUALIFIED
        return (inner.end if inner else place[0]), QUALIFIED if inner else None
    place = suffix_at(words, at)
    end = max(place[0], at + 1) if not place[1].plural else at + 1
    return end, None if end > at + 1 or word.key in MODIFIERS else QUALIFIED


def _charged(words: list[Word], at: int, stop: Stop) -> int:
    """Index behind "được kiểm tra" where the verb of the sentence follows; ``at`` elsewhere."""
    if words[at].exact != "được" or at + 1 >= len(words) or not stop(words, at + 1):
        return at
    return next((i for i in range(at + 3, min(at + 6, len(words))) if stop(words, i)), at)


#: Capitalised words that end a collective: "các đơn vị thuộc Sở", "các tổ chức của Đảng".
_OWNERS = frozenset(
    {"huyen", "quan", "tinh", "thanh", "dang", "trung", "uong", "nha", "chinh", "phu", "bo", "so", "cuc", "vien"}
)


def _mere_owner(words: list[Word], at: int, stop: Stop) -> bool:
    """ "các đơn vị thuộc Bộ xây dựng kế hoạch" speaks of no Bộ Xây dựng."""
    owned = words[at].key in ("bo", "so") and words[at].capital and words[at - 1].key == "thuoc"
    return owned and at + 1 < len(words) and not words[at + 1].capital and stop(words, at + 1)


def _joined(words: list[Word], at: int, plain: bool, stop: Stop) -> tuple[int, Noun | None]:
    after = at + 1
    if after < len(words) and words[after].key == "va" and words[at].text == ",":
        after += 1
    determined = after < len(words) and words[after].key in DETERMINERS
    noun = noun_at(words, after + determined, stop)
    if noun and not noun[1].generic and words[after].capital and (noun[1].bare == "yes" or goes_on(words, noun[0])):
        return at, None
    if noun:
        again = not noun[1].generic and words[after - 1].key == "va" and repeats(words, after, noun[0], at)
        repeated = again or (
            noun[1].generic and plain and (words[after - 1].key == "va" or twin(words, at, after, noun[0]))
        )
        if determined or words[after - 1].key == "va":
            return (noun[0], noun[1]) if repeated else (at, None)
        return noun
    if determined or after >= len(words) or not words[after].is_word:
        return at, None
    if words[after].capital:
        return _another_place(words, at, after, stop), QUALIFIED
    if stop(words, after):
        return at, None
    if _name_at(words, after, stop):
        return at, None
    return after + 1, None


def _another_place(words: list[Word], at: int, after: int, stop: Stop) -> int:
    """ "các đảng ủy đặc khu Vân Đồn, Cô Tô": index behind one more place; ``at`` where another name begins."""
    if not words[at - 1].capital or words[at - 1].text.isupper() or _name_at(words, after, stop):
        return at
    end = after
    while end < len(words) and words[end].capital and not words[end].text.isupper():
        end += 1
    return end if 2 <= end - after <= 3 and not _titles().longest(words, after) else at
