from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import query
from onrecord.article import Interval, Speaker
from onrecord.errors import QueryError, RecordError
from onrecord.query import fetching
from onrecord.record import Record
from tests.record import stub

HILLS = (
    "Roads closed in the hills\n\n"
    "The rain went on. “The pass is closed, and the grain waits,” said Ilka Sorn on 2031-02-20. It was her "
    "second word on it. She left. “No grain was lost,” said Émile Dravec.\n"
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Two articles by hand and thirty more of later days."""
    path = tmp_path_factory.mktemp("query") / "news.onrecord"
    with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
        record.add(stub.article())
        record.add(
            stub.article(
                HILLS,
                path="hills.txt",
                url="https://hill.example/rain",
                outlet="Hill Gazette",
                published="2031-02-21",
            )
        )
        list(record.add_all(stub.numbered(number) for number in range(30)))
    with Record(path, read_only=True) as record:
        yield record


def test_words_are_found_newest_first(filled: Record) -> None:
    """All words must stand in the content; the newest day comes first, an article's words in its order."""
    rows = query.said(filled, "grain", limit=100)
    days = [row.day or "" for row in rows]
    assert days == sorted(days, reverse=True)
    assert len(rows) == 33
    assert [
        row.words[:8] for row in query.said(filled, by="dravec sorn") or query.said(filled, "gate stores")
    ] == []
    port = [
        row.words[:10]
        for row in query.said(filled, since="2031-03-07", until="2031-03-07", date="published")
        if row.path == "port.txt"
    ]
    assert port == ["“The grain", "“We will o"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ('"grain stores"', 1),
        ("stores grain", 1),
        ('"stores grain"', 0),
        ("GRAIN STORES", 1),
        ("sto* safe", 1),
        ("grain -days", 3),
        ("grain -days -stores", 2),
        ("grain's", 0),
        ("nowhere", 0),
    ],
)
def test_words_phrases_beginnings_and_exclusions(filled: Record, words: str, found: int) -> None:
    """Each form of asking for words finds what it says."""
    assert len(query.said(filled, words, limit=100)) == found


@pytest.mark.parametrize(
    ("by", "found"),
    [("dravec", 32), ("Milan", 31), ("emile dravec", 1), ("ÉMILE", 1), ("dra*", 32), ("drave", 0)],
)
def test_a_speaker_is_found_by_words_of_the_name(filled: Record, by: str, found: int) -> None:
    """The surname is enough; case and accents do not matter; half a word is not a name."""
    assert len(query.said(filled, by=by, limit=100)) == found


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"outlet": "gazette"}, 2),
        ({"outlet": "Hill Gazette", "by": "sorn"}, 1),
        ({"type": "direct", "outlet": "hill"}, 2),
        ({"type": "mixed"}, 0),
        ({"min_confidence": 0.9, "outlet": "hill"}, 2),
        ({"min_confidence": 0.95}, 0),
        ({"about": "pass"}, 1),
        ({"since": "2031-02-20", "until": "2031-02-20", "outlet": "hill"}, 1),
        ({"since": "2032"}, 0),
        ({"words": "grain", "by": "sorn", "since": "2031-02", "until": "2031-02", "type": "direct"}, 1),
    ],
)
def test_filters_narrow_the_answer(filled: Record, filters: dict[str, object], found: int) -> None:
    """Each filter alone and together leaves what fits all of them."""
    assert len(query.said(filled, **{"limit": 100, **filters})) == found  # type: ignore[arg-type]


def test_the_day_said_goes_before_the_day_published(filled: Record) -> None:
    """What an older day was said on is filed under that day, and the article's day is kept beside it."""
    row = query.said(filled, "pass")[0]
    assert (row.day, row.said, row.published) == ("2031-02-20", ("2031-02-20", "2031-02-20"), "2031-02-21")


def test_a_row_carries_what_a_citation_needs(filled: Record) -> None:
    """Words, spans and the sentence around them agree with the article."""
    row = query.said(filled, "pass")[0]
    shown = query.show(filled, row.id).article
    assert shown.quote(row.content) == row.words
    assert row.context == "“The pass is closed, and the grain waits,” said Ilka Sorn on 2031-02-20."
    assert shown.text[row.context_start :].startswith(row.context)
    assert (row.source, row.cue, row.headline) == ("Ilka Sorn", "said", "Roads closed in the hills")


@settings(max_examples=30, deadline=None)
@given(limit=st.integers(0, 12), offset=st.integers(0, 70))
def test_pages_of_an_answer_fit_together(filled: Record, limit: int, offset: int) -> None:
    """Limit and offset cut the same list."""
    whole = query.said(filled, limit=100)
    assert query.said(filled, limit=limit, offset=offset) == whole[offset : offset + limit]


def test_each_yields_what_said_returns_without_a_limit(
    filled: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All rows come, in chunks, in the same order."""
    monkeypatch.setattr(fetching, "CHUNK", 7)
    assert list(query.each(filled)) == query.said(filled, limit=1000)
    assert list(query.each(filled, "grain", by="milan")) == query.said(
        filled, "grain", by="milan", limit=1000
    )


def test_rank_puts_the_fullest_match_first(filled: Record) -> None:
    """Short contents with the rarer words score better, and the score is told."""
    rows = query.said(filled, "grain", order="rank", limit=100)
    scores = [row.score or 0 for row in rows]
    assert scores == sorted(scores)
    assert rows[0].words == "“No grain was lost,”"
    assert {row.id for row in rows} == {row.id for row in query.said(filled, "grain", limit=100)}


@pytest.mark.parametrize("copies", [False, True])
def test_rank_is_the_same_whether_or_not_the_index_alone_decides(
    filled: Record, copies: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A filter that leaves nothing out has rows read before they are ranked: the answer stays."""
    monkeypatch.setattr(fetching, "CHUNK", 7)
    for words in ("grain", "the", "grain -rail"):
        alone = query.said(filled, words, order="rank", copies=copies, limit=20, offset=3)
        read = query.said(filled, words, order="rank", copies=copies, min_confidence=0.0, limit=20, offset=3)
        assert alone == read
    assert alone


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"order": "loudest"}, "expected newest or rank"),
        ({"order": "rank"}, "needs words"),
        ({"type": "loud"}, "expected one of direct"),
        ({"min_confidence": 70}, "expected 0 to 1"),
        ({"since": "soon"}, "is no day"),
        ({"limit": -1}, "from 0 up"),
    ],
)
def test_a_question_that_means_nothing_is_refused(
    filled: Record, filters: dict[str, object], message: str
) -> None:
    """Each wrong filter has a line that says what would be right."""
    with pytest.raises(QueryError, match=message):
        query.said(filled, **filters)  # type: ignore[arg-type]


def test_record_said_is_the_same_question(filled: Record) -> None:
    """The short cut on the record takes the same filters."""
    assert filled.said("grain", by="sorn") == query.said(filled, "grain", by="sorn")


def test_counts_by_speaker_outlet_and_month(filled: Record) -> None:
    """Statements and articles are counted apart, most first."""
    top = query.counts(filled, "speaker")[0]
    assert (top.value, top.statements, top.articles) == ("Ilka Sorn", 32, 32)
    assert [(one.value, one.statements) for one in query.counts(filled, "outlet", "grain")] == [
        ("Coast Courier", 31),
        ("Hill Gazette", 2),
    ]
    months = query.counts(filled, "month", outlet="hill", date="published")
    assert [(one.value, one.statements) for one in months] == [("2031-02", 2)]
    for wrong in ({"of": "colour"}, {"colour": "red"}):
        with pytest.raises(QueryError, match="colour"):
            query.counts(filled, **wrong)  # type: ignore[arg-type]


def test_totals(filled: Record) -> None:
    """What the record holds, as numbers."""
    totals = query.totals(filled)
    assert (totals.articles, totals.pages, totals.statements, totals.speakers) == (32, 32, 64, 3)
    assert (totals.outlets, totals.first_day, totals.last_day) == (2, "2031-01-01", "2031-12-24")


@pytest.mark.parametrize(
    "key", ["hills.txt", "https://hill.example/rain", "2", "STATEMENT", "PREFIX", "PAGE"]
)
def test_show_takes_any_name_of_an_article(filled: Record, key: str) -> None:
    """Path, url, number, statement and hash all lead to the article."""
    row = query.said(filled, "pass")[0]
    key = {"STATEMENT": row.id, "PREFIX": row.id[:10], "PAGE": row.page}.get(key, key)
    shown = query.show(filled, key)
    assert shown.article.headline == "Roads closed in the hills"
    assert shown.article.page is not None
    assert shown.article.page.sha256 == row.page
    assert [one.statement.speaker.name for one in shown.statements if one.statement.speaker] == [
        "Ilka Sorn",
        "Émile Dravec",
    ]
    assert (shown.reader, shown.model, len(shown.versions)) == ("reader-1", "finder-1", 1)


@pytest.mark.parametrize("key", ["", "nowhere.txt", "99", "ffffffffffffffff", "a", "'", "caf\udce9.txt"])
def test_show_of_nothing_says_so(filled: Record, key: str) -> None:
    """A key that means nothing is an error that says what to give."""
    with pytest.raises(QueryError, match="statement id, a url or a path"):
        query.show(filled, key)


def test_show_marks_what_people_decided(tmp_path: Path) -> None:
    """Rejected statements are shown with their verdict, corrected ones with their value and who set it."""
    with Record(tmp_path / "a", extractor=stub.FINDER, reader=stub.READER) as record:
        record.add(stub.article())
        first, second = (row.id for row in record.said())
        record.judge(first, reject=True, author="ana")
        record.judge(second, field="office", value="warden", author="ben")
        one, other = query.show(record, "port.txt").statements
    assert (one.verdict, one.judgements[0].author) == ("reject", "ana")
    assert other.statement.speaker is not None
    assert (other.verdict, other.statement.speaker.office) == (None, "warden")


def test_rejected_statements_count_nowhere(tmp_path: Path) -> None:
    """Neither questions, counts nor totals include what a person rejected."""
    with Record(tmp_path / "a", extractor=stub.FINDER, reader=stub.READER) as record:
        record.add(stub.article())
        record.judge(record.said("grain")[0].id, reject=True, author="ana")
        assert [row.speaker for row in record.said()] == ["Ilka Sorn"]
        assert [one.value for one in query.counts(record)] == ["Ilka Sorn"]
        assert query.totals(record).statements == 1


def test_a_statement_without_a_day_comes_last_and_in_no_range(tmp_path: Path) -> None:
    """Unknown is not today, and not the beginning of time."""
    with Record(tmp_path / "a", extractor=stub.FINDER, reader=stub.READER) as record:
        record.add(stub.article(HILLS.replace(" on 2031-02-20", ""), path="b", url=None, published=None))
        record.add(stub.article())
        assert [row.day for row in record.said()] == ["2031-03-07"] * 2 + [None] * 2
        for date in ("said", "published", "due"):
            wanted = 2 if date == "published" else 0
            assert len(record.said(until="2040", date=date)) == wanted
            assert len(record.said(since="1900", date=date)) == wanted


def test_a_citation_has_everything_to_paste(filled: Record) -> None:
    """Speaker, words, outlet, title, date, url and when it was retrieved, in one line."""
    row = query.said(filled, "pass")[0]
    assert query.citation(row) == (
        "Ilka Sorn (said): “The pass is closed, and the grain waits,”, said 2031-02-20. Hill Gazette, "
        "“Roads closed in the hills”, 2031-02-21, https://hill.example/rain (retrieved 2031-03-08)."
    )


def test_a_citation_names_office_addressee_agency_and_what_is_not_direct(filled: Record) -> None:
    """Every known part is there, and what is unknown leaves no hole."""
    row = replace(
        query.said(filled, "pass")[0],
        office="warden", addressee="the press", agency="Wire", type="indirect", url=None, retrieved=None,
        published=None, headline=None, said=("2031-02-01", "2031-02-09"), words="that the pass\nis closed",
    )  # fmt: skip
    assert query.citation(row) == (
        "Ilka Sorn, warden, to the press (said): that the pass is closed [indirect], said 2031-02-01 to "
        "2031-02-09. "
        "Hill Gazette / Wire, no date, hills.txt."
    )
    assert query.citation(replace(row, speaker=None, office=None, source="he")).startswith(
        "he, to the press (said):"
    )


def test_a_citation_shows_what_people_decided(filled: Record) -> None:
    """A correction is not passed off as what the article says."""
    row = replace(query.said(filled, "pass")[0], judged=("speaker", "office"), verdict="accept")
    assert " [accepted by a person; speaker, office set by a person], said " in query.citation(row)


@pytest.mark.parametrize("words", ["«We open today.»", "“Today?”", "It opens today."])
def test_a_citation_has_one_stop(filled: Record, words: str) -> None:
    """Words that end with a stop of their own, within their marks too, get no second one."""
    row = replace(query.said(filled, "pass")[0], said=None, words=words)
    assert f"{words} Hill Gazette" in query.citation(row)


def test_names_that_a_statement_is_about_are_found(tmp_path: Path) -> None:
    """About looks into the names that a later step gives, and into the words."""
    article = stub.article()
    first, second = stub.find(article)
    first = replace(first, about=({"name": "Harbour Board", "spans": (), "actor": None},))
    with Record(tmp_path / "a", extractor=stub.FINDER, reader=stub.READER) as record:
        record.add(article, [first, second])
        assert [row.id for row in record.said(about="board")] == [first.id]
        assert [row.id for row in record.said(about="northern")] == [second.id]


def test_due_days_and_offices_come_with_the_row(tmp_path: Path) -> None:
    """What later steps fill is handed on."""
    article = stub.article()
    first, _ = stub.find(article)
    due = Interval(first="2031-12-01", last="2031-12-31", rule="before the end of")
    speaker = Speaker(name="Milan Dravec", kind="person", office="warden")
    with Record(tmp_path / "a", extractor=stub.FINDER, reader=stub.READER) as record:
        record.add(article, [replace(first, due=due, speaker=speaker)])
        (row,) = record.said()
    assert (row.due, row.office, row.kind) == (("2031-12-01", "2031-12-31"), "warden", "person")


def test_a_stranger_record_with_other_tables_gives_one_clear_line(tmp_path: Path) -> None:
    """A file that only claims to be a record raises an error that names it, not one of SQLite's."""
    path = tmp_path / "strange.onrecord"
    with Record(path) as record, record.writing("testing") as connection:
        connection.execute("DROP TABLE standing")
    with Record(path) as record, pytest.raises(RecordError, match=r"strange\.onrecord: .*no such table"):
        record.said("grain")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"words": "rain"}, ["hills.txt"]),
        ({"words": '"talks end"'}, ["port.txt"]),
        ({"words": "talks -harbour"}, []),
        ({"words": "nobody press", "outlet": "courier"}, ["port.txt"]),
        ({"words": "rain", "outlet": "courier"}, []),
        ({"since": "2031-02-21", "until": "2031-02-21", "outlet": "Hill Gazette"}, ["hills.txt"]),
        ({"words": "rain", "since": "2031-03"}, []),
    ],
)
def test_articles_are_found_by_any_of_their_words(
    filled: Record, filters: dict[str, str], found: list[str]
) -> None:
    """Headline and text are searched, also where nobody is quoted."""
    assert [row.path for row in query.articles(filled, **filters)] == found  # type: ignore[arg-type]


def test_articles_come_newest_first_with_their_statements_counted(filled: Record) -> None:
    """Each article once, by day of publication, with how many statements stand in it."""
    rows = query.articles(filled, limit=100)
    days = [row.published or "" for row in rows]
    assert (len(rows), days) == (32, sorted(days, reverse=True))
    assert {row.statements for row in rows} == {2}
    with pytest.raises(QueryError, match="is after until"):
        query.articles(filled, since="2032", until="2031")


def test_only_the_standing_version_of_an_article_is_found(tmp_path: Path) -> None:
    """Words that an edit took out lead nowhere."""
    with Record(tmp_path / "a", extractor=stub.FINDER, reader=stub.READER) as record:
        record.add(stub.article())
        record.add(stub.article(stub.PORT.replace("northern gate", "southern gate")))
        assert query.articles(record, '"northern gate"') == []
        assert len(query.articles(record, '"southern gate"')) == 1
