from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.record import Record, standing
from tests.record import stub

days = st.dates().map(lambda day: day.isoformat())


@given(day=days, number=st.integers(0, (1 << standing.DAY_BITS) - 1))
def test_the_keys_of_a_day_are_exactly_its_range(day: str, number: int) -> None:
    """Every number of a day lies within the range of that day, and one more on either side does not."""
    first, last = standing.day_range(day, day)
    assert first <= (date.fromisoformat(day).toordinal() << standing.DAY_BITS) + number <= last
    assert (
        (first - 1) >> standing.DAY_BITS
        < date.fromisoformat(day).toordinal()
        < (last + 1) >> standing.DAY_BITS
    )


def test_an_open_range_holds_every_day() -> None:
    """Without since and until everything fits, what has no day included."""
    first, last = standing.day_range(None, None)
    assert first == 0
    assert last > date.max.toordinal() << standing.DAY_BITS


@settings(max_examples=15, deadline=None)
@given(
    edits=st.lists(st.sampled_from(["", "A line more.\n", "“And so it stays,” said Ana Pelt.\n"]), max_size=6)
)
def test_versions_of_one_article_within_one_transaction(
    tmp_path_factory: pytest.TempPathFactory, edits: list[str]
) -> None:
    """An article that changes several times in one batch is indexed once, as it was last."""
    texts = [stub.PORT + "".join(edits[:number]) for number in range(len(edits) + 1)]
    with Record(tmp_path_factory.mktemp("batch") / "a", extractor=stub.FINDER, reader=stub.READER) as record:
        list(record.add_all(stub.article(text) for text in texts))
        assert len(record.said("stays", limit=100)) == texts[-1].count("And so")
        assert list(record.verify()) == []


def test_an_article_of_later_date_added_earlier_comes_first(record: Record) -> None:
    """The order of answers is that of days, whatever the order of adding."""
    for published in ("2031-05-01", "2029-01-31", "2033-12-31", "2031-05-02"):
        record.add(stub.article(path=published, url=f"https://news.example/{published}", published=published))
    found = [row.published for row in record.said("grain", copies=True)]
    assert found == ["2033-12-31", "2031-05-02", "2031-05-01", "2029-01-31"]
