from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import anchors
from tests.record import stub

CONTENT = "“The grain stores are safe, and they will stay so,”"


def place(text: str, words: str = CONTENT) -> tuple[int, int]:
    """Span of the words."""
    at = text.index(words)
    return at, at + len(words)


@given(
    before=st.text(alphabet="abc. \n", max_size=200),
    after=st.text(alphabet="abc. \n", max_size=200),
    cut=st.integers(0, 60),
)
def test_edits_elsewhere_do_not_lose_the_place(before: str, after: str, cut: int) -> None:
    """Whatever is put before and behind or cut from the start, the words are found where they are now."""
    anchor = anchors.make(stub.PORT, place(stub.PORT))
    text = before + stub.PORT[cut:] + after
    assert anchors.locate(text, anchor) == place(text)


@given(seed=st.integers(0, 10_000))
def test_random_edits_outside_never_move_an_anchor(seed: int) -> None:
    """Words replaced, dropped and doubled in the rest of the page leave the anchor on its words."""
    draw = random.Random(seed)
    start, end = place(stub.PORT)
    left, right = stub.PORT[:start].split(" "), stub.PORT[end:].split(" ")
    for side in (left, right):
        for _ in range(draw.randrange(6)):
            at = draw.randrange(len(side))
            side[at] = draw.choice(("", "rather", f"{side[at]} {side[at]}", "“so,”"))
    text = " ".join(left) + CONTENT + " ".join(right)
    anchor = anchors.make(stub.PORT, (start, end))
    found = anchors.locate(text, anchor)
    assert found == (len(" ".join(left)), len(" ".join(left)) + len(CONTENT))


def test_repeated_words_are_told_apart_by_their_context() -> None:
    """Of the same words said by two people, the ones judged are found after a shift."""
    text = (
        "Asked at the gate, Dravec said: no comment. "
        + "Filler. " * 20
        + "At the port, Sorn said: no comment."
    )
    first, second = place(text, "no comment"), (text.rindex("no comment"), text.rindex("no comment") + 10)
    shifted = "A new first paragraph of some length. " * 8 + text
    by = len(shifted) - len(text)
    for span in (first, second):
        moved = (span[0] + by, span[1] + by)
        assert anchors.locate(shifted, anchors.make(text, span)) == moved


def test_short_words_need_their_context() -> None:
    """“No” in an unrelated place is not the “No” that was judged."""
    anchor = anchors.make("Will he go? “No,” Sorn answered at the gate.", (12, 17))
    assert anchors.locate("Rain again. “No,” and that was all.", anchor) is None
    assert anchors.locate("x. Will he go? “No,” Sorn answered at the gate.", anchor) == (15, 20)


def test_white_space_and_quotation_marks_may_change() -> None:
    """A newer reader that joins lines or keeps plain marks does not orphan judgements."""
    anchor = anchors.make(stub.PORT, place(stub.PORT))
    plain = stub.PORT.replace("“", '"').replace("”", '"').replace("and they", "and\n  they")
    found = anchors.locate(plain, anchor)
    assert found is not None
    assert plain[slice(*found)] == '"The grain stores are safe, and\n  they will stay so,"'


def test_changed_words_are_not_found() -> None:
    """What somebody judged is not carried over to other words."""
    anchor = anchors.make(stub.PORT, place(stub.PORT))
    assert anchors.locate(stub.PORT.replace("are safe", "are not safe"), anchor) is None


def test_fragments_must_all_stand_in_order() -> None:
    """A content of two fragments has lost its place when one is gone or they have changed places."""
    text = "“Never,” he said, in the long dark hall of ships, “while I am here at the gate.”"
    spans = ((0, 8), (text.rindex("“"), len(text)))
    made = [anchors.make(text, span) for span in spans]
    assert anchors.locate_all("Well. " + text, made) == tuple((start + 6, end + 6) for start, end in spans)
    assert anchors.locate_all(text[: spans[1][0]], made) is None
    assert anchors.locate_all(text, made[::-1]) is None


def test_overlap_is_the_shared_part_of_both() -> None:
    """Half of two equal spans shared is a third of all under either."""
    assert anchors.overlap([(0, 10)], [(5, 15)]) == 5 / 15
    assert anchors.overlap([(0, 4), (6, 10)], [(0, 4), (6, 10)]) == 1
    assert anchors.overlap([], []) == 0


def test_move_takes_all_spans_along() -> None:
    """Source and cue go with the content to the new text; what is gone there is left out."""
    old = stub.article()
    statement = stub.find(old)[0]
    new = stub.article("New first line\n\n" + stub.PORT.replace("said Milan Dravec", "argued Milan Dravec"))
    moved = anchors.move(statement, old, new, (place(new.text),))
    assert moved.text == statement.text
    assert new.quote(moved.source) == "Milan Dravec"
    assert moved.speaker is not None
    assert new.quote(moved.speaker.spans) == "Milan Dravec"
    assert moved.cue == ()


def test_a_border_may_move_a_word_and_not_a_clause() -> None:
    """Contents are one statement's when both borders are near, however much they share."""
    assert anchors.same_content(((100, 300),), ((95, 301),))
    assert not anchors.same_content(((100, 300),), ((60, 300),))
