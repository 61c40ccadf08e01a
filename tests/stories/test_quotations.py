"""The same quotation in different words is told, and one that is only cut is not."""

from __future__ import annotations

import pytest

from onrecord.record import Record
from onrecord.stories import telling
from onrecord.stories.quotations import Text, Wording, differs, wordings
from onrecord.stories.wording import fold
from tests.stories.test_witnesses import COAST, HILL, ISLE

WHOLE = "We will open the northern gate before the first of May, and no ship will wait."


@pytest.mark.parametrize(
    ("other", "changed"),
    [
        (WHOLE, False),
        ("open the northern gate before the first of May", False),
        ("We may open the northern gate before the first of May, and no ship will wait.", True),
        ("We will open the northern gate before May, and no ship will wait.", True),
        ("We will not open the northern gate before the first of May", True),
        ("We will open the northern gate ... and no ship will wait.", False),
        ("We will open the [harbour’s] northern gate before the first of May", False),
        ("Yes. We will open the northern gate before the first of May", False),
    ],
)
def test_words_that_were_changed_make_another_wording(other: str, changed: bool) -> None:
    """A word exchanged, put in or taken out inside is a change; ends, brackets and ellipses are cuts."""
    texts = [Text(number, f"“{words}”", [(0, len(words) + 2)]) for number, words in ((4, WHOLE), (9, other))]
    found = wordings(texts)
    assert bool(found) == changed
    if changed:
        assert set(found[0]) == {Wording(words=WHOLE, articles=(4,)), Wording(words=other, articles=(9,))}


def test_what_nothing_is_said_of_is_no_wording() -> None:
    """Terms of a few words, quotations of one article only, and marks that nothing closes."""
    text = "“Open the gate” he said. “Open the gates” he said. “We will open the northern gate"
    assert wordings([Text(1, text, [(0, len(text))]), Text(2, text[:40], [(0, 40)])]) == []
    assert not differs(fold(WHOLE), fold(WHOLE))


def test_a_story_tells_which_outlet_has_which_wording(record: Record) -> None:
    """All articles of a story are compared, each wording with those that print it."""
    list(record.add_all([HILL, ISLE, COAST]))
    story = telling.show(record, "coast.txt")
    names = {member.article: member.outlet for member in story.articles}
    (forms,) = telling.wordings(record, story)
    assert [(form.words[:38], [names[one] for one in form.articles]) for form in forms] == [
        ("The ferry stays in port, and we will o", ["coast"]),
        ("The ferry stays in port, and we may op", ["isle"]),
    ]
    compared = {one.article.outlet: one.quotations for one in telling.diff(record, story)}
    assert [len(compared["hill"]), len(compared["isle"])] == [0, 1]
    assert telling.as_line(story, [forms])["quotations"][0][0]["words"] == forms[0].words
