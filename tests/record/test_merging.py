from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import merging
from tests.record import stub


@given(choices=st.lists(st.integers(-1, 30), max_size=12))
def test_what_holds_is_what_nothing_that_holds_takes_back(choices: list[int]) -> None:
    """A judgement holds when no holding judgement undoes it, however long the chain."""
    history = []
    for number, choice in enumerate(choices, start=1):
        undoes = choice if 0 < choice < number and choice not in {one.undoes for one in history} else None
        history.append(merging.Decided(number, "office", number, undoes))

    def holds(one: merging.Decided) -> bool:
        return not any(later.undoes == one.id and holds(later) for later in history)

    expected = [one for one in history if one.undoes is None and holds(one)]
    assert merging.effective(history) == expected


def test_nothing_decided_changes_nothing() -> None:
    """A statement nobody has judged is handed on as it is."""
    article = stub.article()
    statement = stub.find(article)[0]
    assert merging.merge(statement, {}, article) is statement


def test_decided_values_name_the_judgement_as_their_rule() -> None:
    """A value that a person set does not pass for one that a rule found."""
    article = stub.article()
    merged = merging.merge(stub.find(article)[0], {"office": "warden", "due": "2031-12-31"}, article)
    assert merged.speaker is not None
    assert merged.due is not None
    assert (merged.speaker.name, merged.speaker.office, merged.speaker.why) == (
        "Milan Dravec",
        "warden",
        "judgement",
    )
    assert (merged.due.first, merged.due.last, merged.due.rule) == ("2031-12-31", "2031-12-31", "judgement")


def test_the_words_nearest_to_the_content_are_taken() -> None:
    """Of several places of the words given, the one beside the statement is meant."""
    article = stub.article(stub.PORT + "“Later,” said the warden, Milan Dravec.\n")
    merged = merging.merge(stub.find(article)[0], {"source": "Milan Dravec"}, article)
    assert merged.source == stub.find(article)[0].source


def test_an_unknown_value_empties_the_field() -> None:
    """Setting a field to unknown takes the machine's value out and puts nothing in its place."""
    article = stub.article(stub.PORT.replace("said Ilka Sorn.", "said Ilka Sorn on 2031-03-01."))
    statement = stub.find(article)[1]
    assert statement.said is not None
    merged = merging.merge(statement, {"said": None, "cue": None, "speaker": None}, article)
    assert (merged.said, merged.cue) == (None, ())
    assert merged.speaker is not None
    assert merged.speaker.name is None
