"""How long hosts are left alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import FetchError
from onrecord.record import Record
from onrecord.watching.hosts import FIRST_WAIT, Hosts, backoff, host_of, seconds, stamp
from tests.watching.site import FakeClock


@given(st.integers(1, 10_000), st.floats(FIRST_WAIT, 1e6))
def test_waits_double_up_to_a_limit(failures: int, longest: float) -> None:
    """Each failure doubles the wait, from the first one on, and no wait is longer than the limit."""
    wait, longer = backoff(failures, longest), backoff(failures + 1, longest)
    assert FIRST_WAIT <= wait <= longer <= longest
    assert longer in (wait * 2, longest)
    assert backoff(1, longest) == FIRST_WAIT


@given(st.integers(0, 4_000_000_000))
def test_times_come_back(moment: int) -> None:
    """A time that is written as the record keeps it is read as the same, and sorts as it does."""
    assert seconds(stamp(moment)) == moment
    assert stamp(moment) < stamp(moment + 1)


@given(st.text(max_size=60))
def test_any_words_have_a_host(words: str) -> None:
    """What is no address has some host all the same, the same each time, so that it can be refused later."""
    assert host_of(f"http://{words}/") == host_of(f"http://{words}/")


def test_waits_outlast_the_program(record: Record, clock: FakeClock) -> None:
    """A host that asks for a time, up to a day, gets it from the next program too, until it answers again."""
    first = Hosts(record, clock, pause=1.0)
    for asked, given_ in ((7_200.0, 7_200), (1e9, 86_400), (0.0, 1)):
        due = first.failed("news.example", FetchError("u", "answers 503", retry_after=asked, passing=True))
        assert seconds(due) == clock.time + given_
    first.failed("news.example", FetchError("u", "answers 503", retry_after=60.0, passing=True))
    second = Hosts(record, clock, pause=1.0)
    assert second.ready("news.example") == clock.time + 60
    second.answered("news.example")
    assert Hosts(record, clock, pause=1.0).left("news.example") is None


def test_a_host_that_is_not_reached_is_asked_sooner(record: Record, clock: FakeClock) -> None:
    """However long a network is gone, hosts are asked again within ten minutes."""
    hosts = Hosts(record, clock, pause=1.0)
    for _ in range(20):
        due = hosts.failed("news.example", FetchError("u", "does not answer", reached=False, passing=True))
    assert seconds(due) - clock.time == 600
