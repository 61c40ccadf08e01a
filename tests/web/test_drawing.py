"""Pictures stay within their frames and show every number."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.web import drawing

MONTHS = st.dictionaries(
    st.builds(lambda year, month: f"{year:04}-{month:02}", st.integers(1, 9999), st.integers(1, 12)),
    st.fixed_dictionaries({"direct": st.integers(0, 10**7), "mixed": st.integers(0, 10**7)}),
    max_size=8,
)
EDGES = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), st.integers(1, 10**6)).filter(
        lambda one: one[0] != one[1]
    ),
    max_size=12, unique_by=lambda one: one[:2],
)  # fmt: skip


@settings(max_examples=40)
@given(MONTHS)
def test_bars_stay_in_the_frame_and_lose_nothing(months: dict[str, dict[str, int]]) -> None:
    """No bar leaves the picture, and what is not drawn is told."""
    plot = drawing.bars(months, ("direct", "mixed"))
    whole = sum(sum(values.values()) for values in months.values())
    if plot is None:
        assert whole == 0
        return
    drawn = sum(int(re.sub(r"\D", "", part.title.split(": ")[1])) for part in plot.parts)
    assert drawn + plot.earlier == whole
    for part in plot.parts:
        assert plot.left <= part.x <= part.x + part.width <= plot.width + 0.2
        assert 0 <= part.y <= part.y + part.height <= plot.floor + 0.2


@settings(max_examples=15)
@given(EDGES)
def test_a_network_is_the_same_each_time_and_within_its_frame(edges: list[tuple[str, str, int]]) -> None:
    """The same edges give the same picture, with every node once and inside."""
    labels = {one: f"Name {one}" for one in "abcdefgh"}
    net = drawing.network(edges, labels)
    assert net == drawing.network(edges, labels)
    if not edges:
        assert net is None
        return
    assert net is not None
    assert {node.id for node in net.nodes} == {one for edge in edges for one in edge[:2]}
    assert len(net.links) == len(edges)
    assert all(0 < node.x < net.width and 0 < node.y < net.height for node in net.nodes)


def test_terms_known_in_part_are_drawn_as_far_as_known() -> None:
    """A year is its first or last day, an open end goes to the edge, and a term without a day is left out."""
    bar = drawing.time_bar(
        [
            ("mayor", "2030", "2031-05", ["2030-02-03"]),
            ("judge", "2031-01-02", None, []),
            ("clerk", None, None, []),
        ]
    )
    assert bar is not None
    assert [row.label for row in bar.rows] == ["mayor", "judge"]
    mayor, judge = bar.rows
    assert mayor.x < judge.x
    assert judge.open
    assert mayor.x <= mayor.days[0].at <= mayor.x + mayor.width
    assert drawing.time_bar([]) is None
