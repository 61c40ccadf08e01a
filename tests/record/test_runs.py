from __future__ import annotations

from pathlib import Path

from onrecord.article import Article, Spans, Statement, statement_id
from onrecord.record import Extractor, Reader, Record
from tests.record import stub

TEXT = (
    "Warden Milan Dravec said that the envoy told him the whole northern gate would be shut before the first "
    "snow came."
)
OUTER, INNER = "envoy told him", "the whole northern gate"


def said(article: Article, begins: str, parent: str | None = None) -> Statement:
    """Make the statement from these words to the end of the sentence."""
    content: Spans = ((article.text.index(begins), article.text.index(" came.") + 5),)
    return Statement(
        id=statement_id(article.text_sha256, content), type="indirect", content=content,
        text=article.quote(content), confidence=0.9, parent=parent,
    )  # fmt: skip


def both(article: Article) -> list[Statement]:
    """Find the nested statement and the one around it."""
    outer = said(article, OUTER)
    return [outer, said(article, INNER, outer.id)]


def outer_only(article: Article) -> list[Statement]:
    """Find the statement around the nested one only."""
    return [said(article, OUTER)]


def opening(path: Path, version: str, extract: object) -> Record:
    """Open the record with one of these finders."""
    reader = Reader("reader-1", stub.read_text)
    return Record(path, extractor=Extractor(version, extract), reader=reader)  # type: ignore[arg-type]


def test_rejecting_a_nested_statement_leaves_the_one_around_it(path: Path) -> None:
    """A judgement on a nested statement that is no longer found does not move to its parent."""
    with opening(path, "both", both) as record:
        record.add(stub.article(TEXT))
        record.judge(record.said("whole northern", limit=9)[-1].id, reject=True, author="ana")
        (inner,) = {row.words for row in record.said()} ^ {one.text for one in both(stub.article(TEXT))}
        assert inner.startswith(INNER)
    with opening(path, "outer", outer_only) as record:
        list(record.refresh())
        assert [row.words.startswith(OUTER) for row in record.said()] == [True]
        assert [one.place for one in record.judgements()] == ["moot"]
        assert list(record.verify()) == []


def test_a_kept_nested_statement_names_the_parent_of_its_own_run(path: Path) -> None:
    """Kept on a person's word in an edited text, it hangs on the parent found there, or on none."""
    inner = both(stub.article(TEXT))[1].id
    with opening(path, "both", both) as record:
        record.add(stub.article(TEXT))
        record.judge(inner, accept=True, author="ana")
    edited = stub.article("A new first line\n\n" + TEXT)
    with opening(path, "outer", outer_only) as record:
        record.add(edited)
        parents = {row.words[:9]: row.statement.parent for row in record.said()}
        assert parents == {OUTER[:9]: None, INNER[:9]: said(edited, OUTER).id}
        assert list(record.verify()) == []
    with opening(path, "none", stub.find_nothing) as record:
        list(record.refresh())
        assert [row.statement.parent for row in record.said()] == [None]
        assert list(record.verify()) == []
