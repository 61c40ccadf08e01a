from __future__ import annotations

import hashlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import FIELDS, Article, Interval, Speaker, Statement
from onrecord.errors import RecordError
from onrecord.record import rows

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
maybe = st.none() | texts
spans = st.lists(st.tuples(st.integers(0, 50), st.integers(51, 99)), max_size=3).map(tuple)
contents = spans.filter(bool)
days = st.none() | st.dates().map(lambda day: day.isoformat())
intervals = st.none() | st.builds(
    Interval, first=days, last=days, spans=spans, rule=texts, inferred=st.booleans(), vague=st.booleans()
)
candidates = st.lists(
    st.fixed_dictionaries({"actor": texts, "name": texts, "score": st.floats(0, 1), "why": texts}), max_size=2
).map(tuple)
speakers = st.none() | st.builds(
    Speaker, name=maybe, kind=maybe, named=st.none() | st.booleans(), spans=spans, office=maybe,
    office_spans=spans, actor=maybe, candidates=candidates, why=maybe,
)  # fmt: skip
abouts = st.lists(
    st.fixed_dictionaries({"name": texts, "spans": spans, "actor": maybe}), max_size=2
).map(tuple)  # fmt: skip
statements = st.builds(
    Statement, id=texts, type=texts, content=contents, text=texts, source=spans, cue=spans, speaker=speakers,
    via=spans, hearsay=st.none() | st.booleans(), parent=maybe, act=maybe, outlook=maybe, addressee=spans,
    occasion=spans, about=abouts, said=intervals, released=intervals, due=intervals,
    confidence=st.floats(0, 1),
)  # fmt: skip
articles = st.builds(
    Article, path=texts, text=texts, parts=st.dictionaries(texts, spans, max_size=3),
    declared=st.lists(st.sampled_from(list(FIELDS)), max_size=3).map(tuple),
    **dict.fromkeys(FIELDS, maybe),
)  # fmt: skip


@given(statement=statements)
def test_a_statement_comes_back_as_it_went_in(statement: Statement) -> None:
    """Every field of a statement survives the columns."""
    assert rows.statement_from(rows.statement_values(statement)) == statement


@given(article=articles)
def test_an_article_comes_back_as_it_went_in(article: Article) -> None:
    """Every field of an article survives the columns."""
    values = dict(zip(rows.TEXT_COLUMNS, rows.text_values(article), strict=True))
    assert rows.article_from([values[name] for name in rows.ARTICLE_COLUMNS], article.path) == article


@given(article=articles)
def test_an_article_without_page_comes_back_from_its_json(article: Article) -> None:
    """What is kept in place of a page makes the same article again."""
    assert rows.article_from_page(rows.page_of(article), article.path) == article


@given(data=st.binary(max_size=2000))
def test_bytes_come_back_as_they_went_in(data: bytes) -> None:
    """Compression loses nothing."""
    assert rows.unpack(rows.pack(data), len(data)) == data


@pytest.mark.parametrize("size", [0, 10, 999_999, 1_000_001])
def test_stored_bytes_never_unpack_to_more_than_they_claim(size: int) -> None:
    """A stranger's record cannot fill the memory with a small page."""
    with pytest.raises(RecordError, match="unpack to"):
        rows.unpack(zlib.compress(b"a" * 1_000_000), size)


def test_damaged_bytes_say_so() -> None:
    """Bytes that are no zlib stream raise an error of ours."""
    with pytest.raises(RecordError, match="cannot be unpacked"):
        rows.unpack(hashlib.sha256(b"x").digest(), 100)


def test_damaged_json_says_so() -> None:
    """A column that holds no JSON is reported with what it belongs to."""
    with pytest.raises(RecordError, match="statement 7"):
        rows.loads("[[1,", "statement 7")


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2031-03-07", "2031-03-07"),
        ("2031-03-07T23:10+05:00", "2031-03-07"),
        ("2031-03", None),
        ("2031", None),
        ("soon", None),
        (None, None),
    ],
)
def test_the_day_of_publication_is_known_or_not(published: str | None, day: str | None) -> None:
    """A month or a year is no day, and is not made one."""
    assert rows.day_of(published) == day


@pytest.mark.parametrize("size", [-1, rows.MOST_PAGE_BYTES + 1, "9", None])
def test_a_size_that_no_page_has_is_refused_before_unpacking(size: object) -> None:
    """A record that names no size, or one beyond any page, cannot make us unpack without limit."""
    with pytest.raises(RecordError, match="the record names a size"):
        rows.unpack(zlib.compress(b"a" * 1000), size)  # type: ignore[arg-type]


@pytest.mark.parametrize("column", range(len(rows.ARTICLE_COLUMNS)))
@pytest.mark.parametrize("value", [b"\xff", 2.5, "[[1e999, 2]]", "[5]"])
def test_an_article_of_damaged_values_is_an_error_of_ours(column: int, value: object) -> None:
    """A value of another type in any column of a text gives an article of strings or RecordError."""
    row = list(rows.text_values(Article(path="a", text="Some words.")))
    kept = [row[rows.TEXT_COLUMNS.index(name)] for name in rows.ARTICLE_COLUMNS]
    kept[column] = value
    if isinstance(value, str) and column < len(rows.ARTICLE_COLUMNS) - 2:
        read = rows.article_from(kept, "a")
        assert value in (read.text, *(getattr(read, name) for name in FIELDS))
        return
    with pytest.raises(RecordError, match="damaged"):
        rows.article_from(kept, "a")


@pytest.mark.parametrize(
    "rest",
    [
        "[1]", '{"speaker": []}', '{"speaker": {"spans": 5}}', '{"about": [5]}', '{"via": [[1e999, 2]]}',
        '{"said": {"first": 5, "last": [], "spans": [], "rule": "x"}}', '{"due": 7}',
    ],
)  # fmt: skip
def test_a_statement_of_damaged_values_is_an_error_of_ours(rest: str) -> None:
    """JSON of another form in a statement's row is told as damage, never as a fault of Python."""
    made = Statement(id="a", type="direct", content=((0, 1),), text="S", confidence=0.5, speaker=Speaker())
    row = list(rows.statement_values(made))
    row[-1] = rest
    with pytest.raises(RecordError, match="damaged"):
        rows.statement_from(row)


@pytest.mark.parametrize("text", ['"\\ud800"', "[" * 60 + "]" * 60, "[" * 9_000 + "]" * 9_000, "{", ""])
def test_stored_json_that_is_not_ours_is_damage(text: str) -> None:
    """Half a character, lists without end and broken JSON are refused by name; ours is read."""
    with pytest.raises(RecordError, match="page 7: the record is damaged"):
        rows.loads(text, "page 7")
    assert rows.loads('{"a":[[1,2]],"b":"\\u2028"}', "page 7") == {"a": [[1, 2]], "b": "\u2028"}
