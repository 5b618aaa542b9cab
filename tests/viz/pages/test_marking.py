"""The pieces of a marked text are the text, and each place can be reached where it begins."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from viz.pages.marking import anchor, pieces

TEXT = "Kế hoạch này thay thế Kế hoạch số 433-KH/TU.\n"
PLACES = st.sets(st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda p: (min(p), max(p))), max_size=8)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(PLACES, st.integers(0, len(TEXT)))
def test_pieces_are_the_text_and_know_their_places(places: set[tuple[int, int]], length: int) -> None:
    text = TEXT[:length]
    found = pieces(text, places)
    assert "".join(piece.text for piece in found) == text
    at = 0
    for piece in found:
        here = range(at, at + len(piece.text))
        assert set(piece.covers) == {(s, e) for s, e in places if here and s <= here[0] and here[-1] < e}
        assert set(piece.anchors) <= {anchor(s, e) for s, e in places if min(s, length) == at}
        at += len(piece.text)
    assert sorted(a for piece in found for a in piece.anchors) == sorted(anchor(s, e) for s, e in places)


def test_a_place_inside_another_cuts_it_in_three() -> None:
    found = pieces("một hai ba", [(0, 10), (4, 7)])
    assert [(p.text, len(p.covers)) for p in found] == [("một ", 1), ("hai", 2), (" ba", 1)]
