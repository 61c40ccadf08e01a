"""Tables of articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord import reading
from onrecord.article import Article
from onrecord.errors import InputError

TEXT = "The mill at Lune stood still on Monday, and the miller said it would stand still on Tuesday."


def read_all(path: Path, columns: dict[str, str] | None = None) -> list[Article | InputError]:
    """Read a table."""
    return list(reading.read_all([str(path)], columns=columns))


def test_json_lines(tmp_path: Path) -> None:
    """Rows of JSON lines become articles named by their id, with the fields of their columns."""
    rows = [
        {
            "id": "mill-1",
            "Title": "Mill stands still",
            "content": TEXT,
            "date": "2020-02-03",
            "source": "Lune Post",
            "url": "https://p.example/a",
        },
        {"id": 7, "headline": "Again", "body": "By Ada Quill\n\nLUNE (AP) - " + TEXT},
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    first, second = read_all(file)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.path, first.headline, first.published, first.published_from) == (
        f"{file}#mill-1",
        "Mill stands still",
        "2020-02-03",
        "archive",
    )
    assert (first.outlet, first.url) == ("Lune Post", "https://p.example/a")
    assert first.text == f"Mill stands still\n\n{TEXT}"
    assert (second.path, second.byline, second.agency, second.dateline) == (
        f"{file}#7",
        "Ada Quill",
        "AP",
        "LUNE",
    )


def test_row_is_reread(tmp_path: Path) -> None:
    """A row's stored page gives the same article again, with the columns that were given."""
    file = tmp_path / "rows.csv"
    file.write_text(f'when,words\n2020-02-03,"{TEXT}"\n', encoding="utf-8")
    (article,) = read_all(file, {"text": "words", "date": "when"})
    assert isinstance(article, Article)
    assert article.page is not None
    assert article.published == "2020-02-03"
    assert reading.reread(article.page, article.path) == article


def test_bad_rows_are_lost_alone(tmp_path: Path) -> None:
    """A row that is no JSON, no object or without text is reported by number, and the others are read."""
    file = tmp_path / "rows.jsonl"
    good = json.dumps({"text": TEXT})
    file.write_text(
        "\n".join([good, "{broken", "[1, 2]", '{"text": ""}', "[" * 100_000, good]), encoding="utf-8"
    )
    items = read_all(file)
    assert [item.path.rpartition("#")[2] for item in items] == ["1", "2", "3", "4", "5", "6"]
    assert [isinstance(item, Article) for item in items] == [True, False, False, False, False, True]


@pytest.mark.parametrize("bad", ['"an open mark,b', "only one", "a,b,c,d", '"x"y",b'])
def test_bad_csv_row(tmp_path: Path, bad: str) -> None:
    """A malformed row of CSV, an open quotation mark included, is reported and takes no other row with it."""
    file = tmp_path / "rows.csv"
    file.write_text(
        "\n".join(["title,text", f'One,"{TEXT}"', bad, f'Two,"{TEXT}"', f'Three,"{TEXT}"']), encoding="utf-8"
    )
    items = read_all(file)
    assert [item.headline for item in items if isinstance(item, Article)] == ["One", "Two", "Three"]
    assert [item.path for item in items if isinstance(item, InputError)] == [f"{file}#2"]


def test_csv_with_line_breaks(tmp_path: Path) -> None:
    """A quoted cell may hold line breaks, delimiters and doubled marks."""
    file = tmp_path / "rows.tsv"
    file.write_text('title\ttext\nOne\t"First ""said"" he.\n\nSecond, and\tlast."\n', encoding="utf-8")
    (article,) = read_all(file)
    assert isinstance(article, Article)
    assert article.text == 'One\n\nFirst "said" he.\n\nSecond, and\tlast.'


def test_table_without_text(tmp_path: Path) -> None:
    """A table without a column of text says which columns it has."""
    file = tmp_path / "rows.csv"
    file.write_text("name,age\nAda,36\n", encoding="utf-8")
    (error,) = read_all(file)
    assert isinstance(error, InputError)
    assert "name, age" in error.reason


def test_one_row_by_name(tmp_path: Path) -> None:
    """FILE#id and FILE#N name one row; a name that no row has is an error."""
    file = tmp_path / "rows.jsonl"
    file.write_text(
        "\n".join(json.dumps({"id": name, "title": name, "text": TEXT}) for name in "abc"), encoding="utf-8"
    )
    assert reading.read(f"{file}#b").headline == "b"
    assert reading.read(f"{file}#3").headline == "c"
    with pytest.raises(InputError, match="no row"):
        reading.read(f"{file}#z")
    with pytest.raises(InputError, match="several articles"):
        reading.read(file)


def test_markup_in_cells(tmp_path: Path) -> None:
    """A cell with markup is read as its paragraphs."""
    file = tmp_path / "rows.jsonl"
    file.write_text(
        json.dumps({"title": "T", "text": "<p>One &amp; one.</p><p>Two<br>three.</p>"}), encoding="utf-8"
    )
    assert reading.read(file).text == "T\n\nOne & one.\n\nTwo\n\nthree."


def test_unknown_field() -> None:
    """A column for a field that does not exist is refused before anything is read."""
    with pytest.raises(InputError, match="no such field"):
        reading.read_all(["x.csv"], columns={"colour": "c"})


def test_bare_carriage_return_is_no_header(tmp_path: Path) -> None:
    """Input of unknown kind whose first line csv cannot take is read as something else, not a crash."""
    path = tmp_path / "old-mac"
    path.write_bytes(b"title,text\r" + TEXT.encode() + b",b\rc,d\x00\n")
    (article,) = read_all(path)
    assert isinstance(article, Article | InputError)


def table(folder: Path, *rows: str) -> Path:
    """Write a CSV table of articles."""
    file = folder / "t.csv"
    file.write_text("\n".join(["id,body,date", *rows, ""]), encoding="utf-8")
    return file


def test_an_unknown_text_column_is_one_error(tmp_path: Path) -> None:
    """A column for the text that no row has is one error for the table, with the columns there are."""
    file = table(tmp_path, f'1,"{TEXT}",2020-02-03', f'2,"{TEXT}",2020-02-04')
    (error,) = read_all(file, {"text": "txt"})
    assert isinstance(error, InputError)
    assert error.path == str(file)
    for words in ("'txt'", "id, body, date", "columns={'text': 'COLUMN'}", "--columns text=COLUMN"):
        assert words in error.reason


def test_a_text_column_that_some_rows_have(tmp_path: Path) -> None:
    """In JSON lines a row without the column named is its own error, wherever it stands."""
    file = tmp_path / "t.jsonl"
    file.write_text("\n".join(map(json.dumps, [{"a": 1}, {"words": TEXT}, {"a": 2}])), encoding="utf-8")
    items = read_all(file, {"text": "words"})
    assert [(item.path[-2:], isinstance(item, Article)) for item in items] == [
        ("#1", False),
        ("#2", True),
        ("#3", False),
    ]


def test_an_unknown_column_of_another_field_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The rows are read, and one line says which columns there are."""
    file = table(tmp_path, f'1,"{TEXT}",2020-02-03', f'2,"{TEXT}",2020-02-04')
    assert all(isinstance(item, Article) for item in read_all(file, {"published": "when"}))
    (record,) = caplog.records
    assert record.name == "onrecord.reading"
    assert (
        record.getMessage()
        == f"{file}: there is no column 'when' for published; its columns are 'id, body, date'"
    )


def test_an_unreadable_date_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A value that is no certain date is left out of the article and named once a table."""
    values = ["31/02/2025x", "yesterday", "03/04/2025", "yesterday", "2020-02-03", ""]
    file = table(tmp_path, *(f'{number},"{TEXT}",{value}' for number, value in enumerate(values)))
    days = [item.published for item in read_all(file) if isinstance(item, Article)]
    assert days == [None, None, None, None, "2020-02-03", None]
    told = [record.getMessage() for record in caplog.records]
    assert [line.split("'")[1] for line in told] == ["31/02/2025x", "yesterday", "03/04/2025"]
    assert all(line.startswith(f"{file}: ") for line in told)


def test_many_unreadable_dates_are_counted(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A table whose every date is none does not print a line for each row."""
    read_all(table(tmp_path, *(f'{number},"{TEXT}",day {number}' for number in range(30))))
    assert len(caplog.records) == 21
    assert "10 more values" in caplog.records[-1].getMessage()


def test_an_empty_cell_says_so(tmp_path: Path) -> None:
    """A row whose text is missing is told as that, not as a column to be named."""
    good, bad = read_all(table(tmp_path, f'1,"{TEXT}",2020-02-03', "2,,2020-02-04"))
    assert isinstance(good, Article)
    assert isinstance(bad, InputError)
    assert "its cell in column 'body' is empty" in bad.reason
    assert "--columns" not in bad.reason


def test_columns_of_crawlers(tmp_path: Path) -> None:
    """The names that news crawlers give their columns are known without being named."""
    row = {
        "title": "A bridge closes",
        "maintext": "The mayor of Lune said on Monday that the bridge would be closed.",
        "date_publish": "2024-01-08 10:00:00",
        "source_domain": "lune.example",
        "url": "https://lune.example/bridge",
        "authors": ["Jan Orr"],
    }
    file = tmp_path / "news.jsonl"
    file.write_text(json.dumps(row), encoding="utf-8")
    article = reading.read(file)
    assert (article.headline, article.outlet, article.byline) == (
        "A bridge closes",
        "lune.example",
        "Jan Orr",
    )
    assert (article.url, (article.published or "")[:10]) == ("https://lune.example/bridge", "2024-01-08")
