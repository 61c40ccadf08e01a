from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.article import Article, Page
from onrecord.errors import InputError, LanguageError, RecordError
from onrecord.record import Extractor, Reader, Record, adding, placing
from tests.record import stub
from tests.record.conftest import Open


def tables(record: Record) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""
    names = record.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name: record.rows(f"SELECT * FROM {name}") for (name,) in names if not name.startswith("search")}


def test_add_keeps_page_text_run_and_statements(record: Record) -> None:
    """One article makes one row of each, and its statements stand."""
    added = record.add(stub.article())
    assert (added.state, added.statements) == ("new", 2)
    counts = [record.value(f"SELECT count(*) FROM {name}") for name in ("page", "text", "run", "statement")]
    assert counts == [1, 1, 1, 2]
    assert list(record.verify()) == []


def test_the_page_comes_back_byte_for_byte(record: Record) -> None:
    """The bytes kept are those given, whatever is in them."""
    data = bytes(range(256)) * 50
    article = replace(
        stub.article(), page=Page(data, "text/html", charset="utf-8", url="https://news.example/x")
    )
    record.add(article)
    with record.reading("testing") as connection:
        page = adding.load_page(connection, 1)
    assert (page.data, page.media_type, page.charset) == (data, "text/html", "utf-8")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.lists(st.integers(0, 4), min_size=1, max_size=12))
def test_adding_again_changes_nothing(tmp_path_factory: pytest.TempPathFactory, order: list[int]) -> None:
    """Whatever is added in whatever order, how often does not matter."""
    folder = tmp_path_factory.mktemp("again")
    with Record(folder / "a", extractor=stub.FINDER, reader=stub.READER) as record:
        for number in order:
            record.add(stub.numbered(number))
        before = tables(record)
        states = {added.state for added in record.add_all(stub.numbered(number) for number in order)}
        assert states == {"unchanged"}
        assert tables(record) == before


def test_the_same_bytes_under_another_path_are_the_same_page(record: Record) -> None:
    """A folder that was moved, or a page once fetched and once saved, is not taken in twice."""
    record.add(stub.article(url=None))
    assert record.add(stub.article(url=None, path="moved/port.txt")).state == "unchanged"
    assert record.add(stub.article()).state == "unchanged"


def test_the_same_text_in_another_outlet_is_another_article(record: Record) -> None:
    """Two papers that print one wire text are two articles, told apart by url and what was given."""
    record.add(stub.article())
    other = stub.article(path="b.txt", url="https://other.example/port", outlet="Hill Gazette")
    assert record.add(other).state == "new"
    assert {row.outlet for row in record.said("grain", copies=True)} == {"Coast Courier", "Hill Gazette"}


def test_an_altered_page_is_a_new_version(record: Record) -> None:
    """The newer page of a url stands, the older one is kept, and questions see the article once."""
    record.add(stub.article())
    added = record.add(stub.article(stub.PORT.replace("northern gate", "southern gate")))
    assert added.state == "version"
    assert [len(record.said(words)) for words in ("northern", "southern", "grain")] == [0, 1, 1]
    assert record.value("SELECT count(*) FROM page") == 2
    assert list(record.verify()) == []


def test_a_saved_page_without_url_is_versioned_by_its_path(record: Record) -> None:
    """A file that changed on disk is the same article."""
    record.add(stub.article(url=None))
    assert record.add(stub.article(stub.PORT + "One line more.\n", url=None)).state == "version"


def test_another_text_under_the_same_address_is_another_article(record: Record) -> None:
    """A canonical url that a site gives every page, or an overwritten file, hides no article."""
    record.add(stub.article())
    other = "Rain in the hills\n\n“Roads are closed until Monday,” said Tomas Wel.\n"
    assert record.add(stub.article(other)).state == "new"
    assert len(record.said()) == 3


def test_a_url_without_path_is_no_address() -> None:
    """A front page given as the address of an article does not make versions of different articles."""
    front = stub.article(url="https://news.example/")
    assert placing.address_of(front).endswith("port.txt")


def test_http_and_https_are_one_address() -> None:
    """Scheme, fragment and case of the host say nothing of which article it is."""
    one = placing.address_of(stub.article(url="http://News.example/port#top"))
    assert one == placing.address_of(stub.article(url="https://news.example/port"))


def test_a_url_that_cannot_be_parsed_is_taken_as_it_is() -> None:
    """A page's broken url does not stop it from being added."""
    assert placing.address_of(stub.article(url="https://[broken/port")) == "https://[broken/port"


def test_an_article_made_in_memory_is_kept(record: Record) -> None:
    """Without a page, the article's own JSON is kept as one, and adding it again changes nothing."""
    article = replace(stub.article(), page=None)
    assert record.add(article).state == "new"
    assert record.add(replace(article, path="elsewhere")).state == "unchanged"
    assert list(record.verify()) == []


def test_given_statements_are_kept_without_looking_for_others(opened: Open) -> None:
    """What the caller has found is not looked for again."""
    article = stub.article()
    record = opened(Extractor("finder-1", lambda _: pytest.fail("looked for again")))
    assert record.add(article, stub.find(article)[:1]).statements == 1


def test_a_page_that_is_held_loads_no_model(opened: Open) -> None:
    """Adding a folder a second time does not wait for the finder."""
    opened().add(stub.article())
    record = opened(Extractor("finder-1", lambda _: pytest.fail("asked for")))
    assert [added.state for added in record.add_all([stub.article()])] == ["unchanged"]


def test_add_all_goes_on_behind_what_fails(opened: Open) -> None:
    """An article the finder refuses is reported with the reason, the rest is added."""

    def find(article: Article) -> list[stub.Statement]:
        if "Report 1 " in article.text:
            raise LanguageError(article.path, "written in 'xx'")
        return stub.find(article)

    record = opened(Extractor("finder-1", find))
    states = {
        added.path: (added.state, added.reason) for added in record.add_all(map(stub.numbered, range(3)))
    }
    assert states == {"0.txt": ("new", None), "1.txt": ("failed", "written in 'xx'"), "2.txt": ("new", None)}


def test_add_all_writes_what_add_writes(tmp_path: Path) -> None:
    """Batches and single articles make the same record."""
    made = []
    for name in ("one", "all"):
        with Record(tmp_path / name, extractor=stub.FINDER, reader=stub.READER) as record:
            articles = map(stub.numbered, range(100))
            if name == "one":
                for article in articles:
                    record.add(article)
            else:
                assert sum(added.statements for added in record.add_all(articles)) == 200
            made.append([(row.id, row.words, row.day) for row in record.said(limit=1000)])
            assert list(record.verify()) == []
    assert sorted(made[0]) == sorted(made[1])


def test_half_a_character_is_refused(record: Record) -> None:
    """Text that no UTF-8 can hold is refused by name, and nothing of it is kept."""
    with pytest.raises(InputError, match=r"port\.txt: it holds half a character"):
        record.add(replace(stub.article(), headline="\ud83d", page=None))
    assert record.value("SELECT count(*) FROM page") == 0


def test_a_file_name_that_is_no_utf8_is_kept_written_out(record: Record) -> None:
    """Old archives hold such names; the article is added all the same."""
    record.add(stub.article(path="caf\udce9.txt", url=None))
    assert record.said("grain")[0].path == "caf\\udce9.txt"


def test_the_same_content_found_twice_is_kept_once(record: Record) -> None:
    """A finder that repeats itself does not stop the page."""
    article = stub.article()
    assert record.add(article, stub.find(article) * 2).statements == 2


def test_a_removed_page_is_refused_unless_forced(record: Record) -> None:
    """The tombstone keeps the same bytes out, in one add and in many, until the user insists."""
    record.add(stub.article())
    record.remove("https://news.example/port", reason="asked by the source", author="ana")
    with pytest.raises(RecordError, match=r"removed on .* by ana .asked by the source"):
        record.add(stub.article())
    assert [added.state for added in record.add_all([stub.article()])] == ["refused"]
    assert record.add(stub.article(), force=True).state == "new"
    assert list(record.verify()) == []


def test_a_read_only_record_is_refused_before_the_finder_runs(opened: Open) -> None:
    """Nobody waits for a model whose work cannot be kept."""
    opened().close()
    record = opened(Extractor("finder-1", lambda _: pytest.fail("looked for in vain")), read_only=True)
    with pytest.raises(RecordError, match="read-only"):
        record.add(stub.article())


def plain(text: str = stub.PORT, path: str = "port.txt", **said: str) -> Article:
    """Make a page without url, of which only ``said`` is known."""
    return stub.read_text(Page(text.encode(), "text/plain", given=said), path)


def test_what_was_said_of_a_page_holds_when_nothing_is_said_again(record: Record) -> None:
    """Adding the bytes again without options changes nothing and loses nothing."""
    record.add(plain(outlet="Pellam Gazette", published="2031-03-07"))
    before = tables(record)
    assert record.add(plain()).state == "unchanged"
    assert record.add(plain(outlet="Pellam Gazette")).state == "unchanged"
    assert [added.state for added in record.add_all([plain(path="moved.txt")])] == ["unchanged"]
    assert tables(record) == before


def test_what_is_said_anew_is_a_new_reading_that_loses_nothing(record: Record) -> None:
    """Another outlet is taken, the day given before stays, and the article is there once."""
    record.add(plain(outlet="Pellam Gazette", published="2031-03-07"))
    added = record.add(plain(outlet="Hill Gazette"))
    assert (added.state, added.article) == ("reread", 1)
    assert added.reason == "the same page, read again with outlet 'Hill Gazette' (was 'Pellam Gazette')"
    assert {(row.outlet, row.published) for row in record.said()} == {("Hill Gazette", "2031-03-07")}
    assert len(record.said()) == 2
    assert list(record.verify()) == []


def test_a_judgement_survives_a_new_reading(record: Record) -> None:
    """What a person decided holds when the same page is read with another outlet."""
    record.add(plain())
    record.judge(record.said("grain")[0].id, author="ana", field="speaker", value="Ilka Sorn")
    assert record.add(plain(outlet="Hill Gazette")).state == "reread"
    assert record.said("grain")[0].speaker == "Ilka Sorn"


def test_what_a_page_says_itself_is_not_read_again(opened: Open) -> None:
    """An outlet given for a page that states its own changes nothing."""

    def reread(page: Page, path: str) -> Article:
        return replace(stub.read_text(page, path), outlet="Coast Courier")

    record = opened(reader=Reader("reader-1", reread))
    record.add(reread(plain().page or pytest.fail("no page"), "port.txt"))
    before = tables(record)
    assert record.add(plain(outlet="Hill Gazette")).state == "unchanged"
    assert tables(record) == before


def test_the_same_bytes_of_two_outlets_are_two_articles(record: Record) -> None:
    """A wire text saved for two papers is two articles; saying nothing of either later changes neither."""
    record.add(plain(path="a.txt", outlet="Pellam Gazette"))
    assert record.add(plain(path="b.txt", outlet="Hill Gazette")).state == "new"
    states = [added.state for added in record.add_all([plain(path="a.txt"), plain(path="b.txt")])]
    assert states == ["unchanged", "unchanged"]
    assert {row.outlet for row in record.said("grain", copies=True)} == {"Pellam Gazette", "Hill Gazette"}


def test_an_edited_page_keeps_what_was_said_of_it(record: Record) -> None:
    """A newer version of a file has the outlet that was given for the older one."""
    record.add(plain(outlet="Pellam Gazette"))
    edited = plain(stub.PORT + "One line more.\n")
    assert record.add(edited).state == "version"
    assert {row.outlet for row in record.said()} == {"Pellam Gazette"}


def test_an_older_copy_does_not_come_to_stand_again(record: Record) -> None:
    """A kept copy of what a newer version has replaced is held; what is said of it now alters nothing."""
    record.add(plain())
    record.add(plain(stub.PORT + "One line more.\n"))
    assert record.add(plain(path="copy.txt", outlet="Hill Gazette")).state == "unchanged"
    assert record.value("SELECT page_id FROM article") == 2


def test_the_same_bytes_twice_in_one_batch_are_one_article(record: Record) -> None:
    """What is said of a page by its second mention in a batch is a new reading of it, not an article."""
    states = [added.state for added in record.add_all([plain(), plain(outlet="Hill Gazette"), plain()])]
    assert states == ["new", "reread", "unchanged"]
    assert record.value("SELECT count(*) FROM article") == 1


def test_statements_found_in_another_reading_are_looked_for_again(opened: Open) -> None:
    """The caller's statements are of the caller's text; where the page is read otherwise they do not hold."""

    def reread(page: Page, path: str) -> Article:
        text = page.data.decode()
        shown = text if page.given.get("column:text") else text[:40]
        return replace(stub.read_text(page, path), text=shown)

    record = opened(reader=Reader("reader-1", reread))
    record.add(replace(plain(**{"column:text": "body"}), path="t#1"))
    again = reread(plain(outlet="Hill Gazette").page or pytest.fail("no page"), "t#1")
    added = record.add(again, [])
    assert (added.state, added.statements) == ("reread", 2)


def test_what_another_process_adds_meanwhile_with_more_is_not_overwritten(path: Path, opened: Open) -> None:
    """Words said of the page by another process while statements were looked for are kept; told, not lost."""

    def find(article: Article) -> list[stub.Statement]:
        with Record(path, extractor=stub.FINDER, reader=stub.READER) as other:
            other.add(plain(published="2031-03-07"))
        return stub.find(article)

    record = opened(Extractor("finder-1", find))
    (added,) = record.add_all([plain(outlet="Hill Gazette")])
    assert added.state == "failed"
    assert "Add it again" in (added.reason or "")
    assert {row.published for row in record.said()} == {"2031-03-07"}


@pytest.mark.parametrize("together", [False, True])
def test_a_page_that_goes_back_to_an_earlier_version_stands_as_it_is_now(
    record: Record, *, together: bool
) -> None:
    """Altered and altered back: what the page says now stands, and adding it once more changes nothing."""
    first, second = stub.article(), stub.article(stub.PORT + "“This was never so,” said Ana Pelt.\n")
    record.add(first)
    if together:
        states = [one.state for one in record.add_all([second, first, first])]
    else:
        states = [record.add(one).state for one in (second, first, first)]
    assert states == ["version", "version", "unchanged"]
    assert (len(record.said()), record.said("never")) == (2, [])
    assert list(record.verify()) == []


def test_snapshots_added_again_do_not_take_turns(record: Record) -> None:
    """Two kept copies of one page under two paths are both held; adding them again changes nothing."""
    pages = [stub.article(path="1.txt"), stub.article(stub.PORT + "A line more.\n", path="2.txt")]
    assert [record.add(page).state for page in pages * 2] == ["new", "version", "unchanged", "unchanged"]


def test_a_fragment_makes_no_other_page(record: Record) -> None:
    """The same bytes from an address and from a place within it are one page."""
    urls = ["https://news.example/a", "https://news.example/a#top", "https://news.example/a"]
    states = [record.add(stub.article(path=url, url=url)).state for url in urls]
    assert states == ["new", "unchanged", "unchanged"]
