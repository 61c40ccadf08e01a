"""Importing: three formats told by their content, every bad row named, nothing twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import InputError
from onrecord.record import Record, describing, importing
from onrecord.record.actors import Nobody
from onrecord.record.importing import Imported

HEAD = "jurisdiction,jurisdiction_qid,position,person,person_qid,start,end\n"
ROWS = (
    "Russia,Q159,Minister of Foreign Affairs,Timur Tarnov,Q901,2004-03-09,\n"
    "Russia,Q159,Minister of Defence,Fenna Lorren,Q902,2002-05,2007\n"
)


def write(tmp_path: Path, text: str | bytes, name: str = "terms.csv") -> str:
    """Write a file and return its path."""
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


def imported(record: Record, path: str) -> tuple[Imported, dict[int, str]]:
    """Import a file; return what it brought, and what was wrong by row."""
    bad: list[InputError] = []
    result = importing.import_actors(record, path, rejected=bad.append)
    return result, {int(one.path.rpartition("#")[2]): one.reason for one in bad}


def holders(record: Record, role: str, body: str | None, day: str) -> list[str]:
    """Return the labels of those who held an office."""
    found = describing.holders(record, role, body, day, shipped=Nobody())
    return [known.label for known, _, _ in found]


def contents(record: Record) -> list[list[tuple[Any, ...]]]:
    """Return every row of the registry."""
    tables = ("actor", "actor_name", "actor_identifier", "office", "name_key", "office_key")
    return [record.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]


def entity(
    number: str, label: str, claims: dict[str, Any] | None = None, **aliases: list[str]
) -> dict[str, Any]:
    """Return an entity as Wikidata gives it."""
    return {
        "type": "item",
        "id": number,
        "labels": {"en": {"language": "en", "value": label}},
        "aliases": {
            language: [{"language": language, "value": one} for one in names]
            for language, names in aliases.items()
        },
        "claims": claims or {},
    }


def item(number: str) -> dict[str, Any]:
    """Return a snak with an item."""
    value = {"entity-type": "item", "numeric-id": int(number[1:]), "id": number}
    return {"snaktype": "value", "datavalue": {"type": "wikibase-entityid", "value": value}}


def time(written: str, precision: int) -> dict[str, Any]:
    """Return a snak with a point in time."""
    return {"datavalue": {"type": "time", "value": {"time": written, "precision": precision}}}


def claim(number: str, rank: str = "normal", **qualifiers: dict[str, Any]) -> dict[str, Any]:
    """Return a statement with qualifiers."""
    return {
        "mainsnak": item(number), "rank": rank,
        "qualifiers": {name: [snak] for name, snak in qualifiers.items()},
    }  # fmt: skip


PERSON = entity(
    "Q901",
    "Timur Tarnov",
    {
        "P31": [claim("Q5")],
        "P27": [claim("Q159")],
        "P102": [claim("Q77", P580=time("+2003-00-00T00:00:00Z", 9))],
        "P39": [
            claim(
                "Q88",
                P580=time("+2004-03-09T00:00:00Z", 11),
                P582=time("+2012-05-00T00:00:00Z", 10),
                P642=item("Q159"),
            ),
            claim("Q89", "deprecated"),
            {"mainsnak": {"snaktype": "somevalue"}},
        ],
    },
    ru=["Тимур Тарнов", "Тарнов, Тимур"],
)
POSITION = entity("Q88", "Minister of Foreign Affairs", {"P31": [claim("Q4164871")]})
PARTY = entity("Q77", "River Party", {"P31": [claim("Q7278")]})
ENTITIES = [PERSON, POSITION, PARTY]

PEOPLE = [
    {"id": "p1", "schema": "Person", "properties": {"name": ["Timur Tarnov"], "alias": ["Тимур Тарнов"],
     "wikidataId": ["Q901"]}},
    {"id": "m1", "schema": "PublicBody", "properties": {"name": ["Ministry of Rivers"]}},
    {"id": "o1", "schema": "Occupancy", "properties": {"holder": ["p1"], "post": ["x1"],
     "startDate": ["2004-03-09"], "endDate": ["2012-05"]}},
    {"id": "x1", "schema": "Position", "properties": {"name": ["Minister of Foreign Affairs"],
     "country": ["ru"]}},
    {"id": "a1", "schema": "Address", "properties": {"full": ["1 Quay"]}},
]  # fmt: skip


def lines(values: list[dict[str, Any]]) -> str:
    """Return JSON lines."""
    return "".join(json.dumps(value) + "\n" for value in values)


def test_a_table_brings_holders_and_bodies(record: Record, tmp_path: Path) -> None:
    """Each row is a term of its holder; the body is an actor too where it has an identifier."""
    result, bad = imported(record, write(tmp_path, HEAD + ROWS))
    assert (result.format, result.actors, result.offices, bad) == ("table", 3, 2, {})
    assert holders(record, "Russian foreign minister", None, "2012-12-22") == ["Timur Tarnov"]
    assert holders(record, "defense minister", "Russia", "2002-05-15") == ["Fenna Lorren"]
    assert describing.describe(record, "Q159").kind == "state"
    (held,) = describing.describe(record, "Q901").offices
    assert held.evidence == {"source": "terms.csv", "row": 2}


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize(
    "head", ["name,title,country,from,to\n", "Holder,Office,Organisation,Start date,End_Date\n"]
)
def test_other_columns_and_delimiters(record: Record, tmp_path: Path, delimiter: str, head: str) -> None:
    """Columns are known by other names too, and set apart by semicolons or tabs, with a mark before."""
    text = (head + "Timur Tarnov,Mayor,Ruritania,2001,2003\n").replace(",", delimiter)
    result, bad = imported(record, write(tmp_path, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()))
    assert (result.offices, bad) == (1, {})
    assert holders(record, "mayor", "Ruritania", "2002-01-01") == ["Timur Tarnov"]


def test_holders_without_identifier_are_told_apart_by_body(record: Record, tmp_path: Path) -> None:
    """Two rows of one name and body are one person; of another body, another."""
    rows = "".join(f"{body},,{role},Timur Tarnov,,2001,2002\n" for body, role in
                   [("Ruritania", "Mayor"), ("Ruritania", "Judge"), ("Lakeland", "Judge")])  # fmt: skip
    result, _ = imported(record, write(tmp_path, HEAD + rows))
    assert (result.actors, result.offices) == (2, 3)


@pytest.mark.parametrize(
    ("text", "name"),
    [(HEAD + ROWS, "terms.csv"), (lines(ENTITIES), "wikidata.json"), (lines(PEOPLE), "people.ftm.json")],
)
def test_importing_twice_changes_nothing(record: Record, tmp_path: Path, text: str, name: str) -> None:
    """The same file again leaves every row as it was, in each format."""
    path = write(tmp_path, text, name)
    imported(record, path)
    before = contents(record)
    again, bad = imported(record, path)
    assert (again.actors, again.names, again.offices, bad) == (0, 0, 0, {})
    assert contents(record) == before
    assert list(record.verify()) == []


@pytest.mark.parametrize(
    "text",
    [
        lines(ENTITIES),
        json.dumps({"entities": {one["id"]: one for one in ENTITIES}}),
        json.dumps({"entities": {one["id"]: one for one in ENTITIES}}, indent=1),
        json.dumps(ENTITIES),
        json.dumps(ENTITIES, indent=2),
        "[\n" + ",\n".join(json.dumps(one) for one in ENTITIES) + "\n]\n",
    ],
)
def test_wikidata_in_all_its_wrappings(record: Record, tmp_path: Path, text: str) -> None:
    """One entity a line, an array, and an object of entities bring the same."""
    result, bad = imported(record, write(tmp_path, text, "entities"))
    assert (result.format, bad) == ("wikidata", {})
    assert holders(record, "foreign minister", "Russia", "2010-01-01") == ["Timur Tarnov"]
    assert holders(record, "foreign minister", "Russia", "2012-06-01") == []
    described = describing.describe(record, "Q901")
    assert described.kind == "person"
    assert [name.name for name in described.names] == ["Timur Tarnov", "Тимур Тарнов", "Тарнов, Тимур"]
    assert [name.language for name in described.names] == [None, "ru", "ru"]
    assert {(held.role, held.body, held.first, held.last) for held in described.offices} == {
        ("Minister of Foreign Affairs", "Russia", "2004-03-09", "2012-05"),
        ("member", "River Party", "2003", None),
        ("citizen", "Russia", None, None),
    }


def test_one_wikidata_entity(record: Record, tmp_path: Path) -> None:
    """A file that is one entity is imported, and its position is named when that is imported later."""
    result, bad = imported(record, write(tmp_path, json.dumps(PERSON, indent=1), "Q901.json"))
    assert (result.actors, result.offices, bad) == (1, 3, {})
    assert holders(record, "foreign minister", "Russia", "2010-01-01") == []
    imported(record, write(tmp_path, json.dumps({"entities": {"Q88": POSITION}}), "Q88.json"))
    assert holders(record, "foreign minister", "Russia", "2010-01-01") == ["Timur Tarnov"]


def test_the_body_of_a_position_counts(record: Record, tmp_path: Path) -> None:
    """A position whose own entity says whose it is needs no qualifier."""
    position = entity("Q88", "head of the river board", {"P1001": [claim("Q66")]})
    person = entity("Q901", "Timur Tarnov", {"P39": [claim("Q88", P580=time("+2004-00-00T00:00:00Z", 9))]})
    board = entity("Q66", "Lakeland")
    imported(record, write(tmp_path, lines([person, position, board]), "x.json"))
    (held,) = describing.describe(record, "Q901").offices
    assert (held.role, held.body, held.first) == ("head of the river board", "Lakeland", "2004")


def test_follow_the_money(record: Record, tmp_path: Path) -> None:
    """People and bodies become actors; an occupancy joins holder and position wherever they stand."""
    result, bad = imported(record, write(tmp_path, lines(PEOPLE), "people.ftm.json"))
    assert (result.format, result.actors, result.offices, bad) == ("ftm", 2, 1, {})
    assert holders(record, "foreign minister", "Russia", "2010-01-01") == ["Timur Tarnov"]
    (listed,) = describing.list_actors(record, "Тимур Тарнов")
    assert describing.describe(record, listed.id).identifiers == {"ftm": "p1", "wikidata": "Q901"}


def test_formats_meet_by_identifier(record: Record, tmp_path: Path) -> None:
    """A person of one format is the same actor in another that gives the same identifier."""
    imported(record, write(tmp_path, HEAD + ROWS))
    imported(record, write(tmp_path, lines(ENTITIES), "w.json"))
    imported(record, write(tmp_path, lines(PEOPLE), "p.json"))
    described = describing.describe(record, "Q901")
    assert {name.source for name in described.names} == {"terms.csv", "w.json", "p.json"}
    assert described.identifiers == {"ftm": "p1", "wikidata": "Q901"}


def test_bad_rows_of_a_table_are_named_and_passed_over(record: Record, tmp_path: Path) -> None:
    """Each row that cannot be used is named with its number and what is wrong; the others are kept."""
    rows = [
        "Russia,Q159,Mayor,,Q903,2001,2002",
        "Russia,Q159,,Fenna Lorren,Q903,2001,2002",
        "Russia,Q159,Mayor,Fenna Lorren,Q903,2014s,",
        "Russia,Q159,Mayor,Fenna Lorren,Q903,2010-10-30,2010-04-09",
        "Russia,Q159,Mayor,Fenna Lorren,nonsense,2001,2002",
        f"Russia,Q159,Mayor,{'x' * 10_000},Q903,2001,2002",
        'Russia,Q159,"Mayor"x,Fenna Lorren,Q903,2001,2002',
        "",
        "Russia,Q159,Mayor,Fenna Lorren,Q903,2001,2002",
    ]
    result, bad = imported(record, write(tmp_path, HEAD + "\n".join(rows) + "\n"))
    assert sorted(bad) == [2, 3, 4, 5, 6, 7, 8]
    for row, words in [(2, "person"), (3, "position"), (4, "2014s"), (5, "before it begins"), (6, "Q123"),
                       (7, "10,000 characters")]:  # fmt: skip
        assert words in bad[row]
    assert (result.bad, result.offices) == (7, 1)


def test_an_open_quotation_mark_swallows_its_row_only(record: Record, tmp_path: Path) -> None:
    """A mark that is never closed costs a bounded number of rows, not the rest of the file."""
    rest = "".join(
        f"Russia,Q159,Mayor,Person {'abcdefghij'[n % 10]}{n},Q{n},2001,2002\n" for n in range(1000, 1200)
    )
    result, bad = imported(record, write(tmp_path, HEAD + 'Russia,Q159,"Mayor,Fenna,Q9,2001,2002\n' + rest))
    assert list(bad) == [2]
    assert result.offices > 140


def test_rows_over_two_lines_and_not_in_utf8(record: Record, tmp_path: Path) -> None:
    """A quoted field may hold a line end; a row in another encoding is named."""
    text = HEAD.encode() + b'Russia,Q159,"Mayor\nof Zenda",Fenna Lorren,Q903,2001,2002\n'
    text += "Russia,Q159,Mayor,Jos\xe9 Ramos,Q904,2001,2002\n".encode("latin-1")
    result, bad = imported(record, write(tmp_path, text))
    assert bad == {4: "is not in UTF-8"}
    assert describing.describe(record, "Q903").offices[0].role == "Mayor of Zenda"
    assert result.offices == 1


def test_two_names_that_claim_one_identifier(record: Record, tmp_path: Path) -> None:
    """A row whose name is no spelling of the identifier's bearer is named, and joins nobody."""
    rows = "Russia,Q159,Mayor,Timur Tarnov,Q901,2001,2002\nRussia,Q159,Judge,Fenna Lorren,Q901,2001,2002\n"
    _, bad = imported(record, write(tmp_path, HEAD + rows))
    assert "Timur Tarnov" in bad[3]
    assert [held.role for held in describing.describe(record, "Q901").offices] == ["Mayor"]


def test_two_actors_that_claim_one_identifier_are_kept_apart(record: Record, tmp_path: Path) -> None:
    """Of two entities with one identifier, the second is kept without it, and how to join them is said."""
    twin = {"id": "p2", "schema": "Person", "properties": {"name": ["Fenna Lorren"], "wikidataId": ["Q901"]}}
    path = write(tmp_path, lines([PEOPLE[0], twin]), "people.json")
    result, bad = imported(record, path)
    assert result.actors == 2
    assert "onrecord actors merge" in bad[2]
    before = contents(record)
    assert imported(record, path)[0].actors == 0
    assert contents(record) == before


def test_bad_lines_of_json_are_named(record: Record, tmp_path: Path) -> None:
    """Lines that are broken off, no object, nested without end, or without names or partners are named."""
    odd = [
        json.dumps(PEOPLE[0]),
        '{"id": "p3", "schema": "Person", "properties": {"name": ["Fen',
        "[1, 2]",
        '{"id": "p4", "schema": "Person", "properties": ' + "[" * 100_000,
        json.dumps({"id": "p5", "schema": "Person", "properties": {"name": []}}),
        json.dumps({"id": "p6", "schema": "Person", "properties": {"name": ["x" * 10_000]}}),
        json.dumps({"id": "o1", "schema": "Occupancy", "properties": {"holder": ["p1"], "post": ["none"]}}),
        json.dumps({"id": "o2", "schema": "Occupancy", "properties": {"holder": ["none"], "post": ["x1"]}}),
        json.dumps({"id": "o3", "schema": "Occupancy", "properties": {}}),
        json.dumps({"id": "p7", "schema": "Person", "properties": {"name": "Fenna", "alias": [7, None]}}),
        json.dumps({"id": "p8", "schema": "Person", "properties": {"name": ["שרה לביא", "\u202eסרה"]}}),
    ]
    result, bad = imported(record, write(tmp_path, "\n".join(odd), "people.json"))
    assert sorted(bad) == [2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert result.actors == 2
    assert [one.label for one in describing.list_actors(record, "שרה לביא")] == ["שרה לביא"]


def test_a_line_of_a_hundred_megabytes_is_passed_over(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line over the limit is named and skipped without being held, in a table and in JSON lines."""
    monkeypatch.setattr(importing, "LONGEST_LINE", 10_000)
    long = "x" * 40_000
    rows = HEAD + f"Russia,Q159,Mayor,{long},Q1,2001,2002\n" + ROWS
    result, bad = imported(record, write(tmp_path, rows))
    assert (list(bad), result.offices) == ([2], 2)
    people = [json.dumps(PEOPLE[0]), json.dumps({"id": long}), json.dumps(PEOPLE[1])]
    result, bad = imported(record, write(tmp_path, "\n".join(people), "people.json"))
    assert (list(bad), result.actors) == ([2], 1)  # the first is held from the table


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"A story about a river.\n\nIt rose.\n", "no registry of actors"),
        (b"name,age\nOskar,7\n", "no registry of actors"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is no text"),
        (HEAD.encode("utf-16"), "is no text"),
        (b'{"type": "FeatureCollection"}', "neither Wikidata"),
        (b'{"broken": ', "looks like JSON"),
        (b"[" * 100_000, "looks like JSON"),
        (b"[]", "neither Wikidata"),
    ],
)
def test_a_file_of_the_wrong_kind_is_one_line(
    record: Record, tmp_path: Path, data: bytes, message: str
) -> None:
    """What is no registry of actors is refused as a whole, with what could be given."""
    path = write(tmp_path, data, "x")
    with pytest.raises(InputError, match=message) as caught:
        importing.import_actors(record, path)
    assert len(str(caught.value).splitlines()) == 1
    assert record.value("SELECT count(*) FROM actor") == 0


def test_a_missing_file_and_a_folder(record: Record, tmp_path: Path) -> None:
    """What cannot be opened is named with its path."""
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InputError, match=str(path)):
            importing.import_actors(record, str(path))


def test_an_import_that_was_stopped_goes_on(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped half way, what was committed stays, and the same import again brings the rest."""
    monkeypatch.setattr(importing, "_BATCH", 1)
    path = write(tmp_path, HEAD + ROWS)
    steps: list[int] = []

    def stop() -> None:
        steps.append(1)
        if len(steps) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.import_actors(record, path, step=stop)
    assert 0 < record.value("SELECT count(*) FROM actor") < 3
    imported(record, path)
    assert record.value("SELECT count(*) FROM actor") == 3


def test_a_read_only_record_is_refused_before_reading(record: Record, path: Path, tmp_path: Path) -> None:
    """A record that cannot be written is refused at once."""
    from onrecord.errors import RecordError

    with Record(path, read_only=True) as closed, pytest.raises(RecordError, match="read-only"):
        importing.import_actors(closed, str(tmp_path / "none.csv"))


def test_a_nul_an_extra_cell_and_a_huge_identifier_lose_their_row_only(
    tmp_path: Path, record: Record
) -> None:
    """Each such row is named with its number and a short reason, and the rows beside it are kept."""
    table = tmp_path / "holders.csv"
    long = "Q" + "1" * 10_000
    table.write_text(
        "person,person_qid,position,jurisdiction,start,end\n"
        "Anna Voss,Q501,minister of trade,Norland,2031-01-01,\n"
        "Bela\0Krist,Q502,minister of war,Norland,2031-01-01,\n"
        "Krist, Bela,Q502,minister of war,Norland,2031-01-01,\n"
        f"Dora Lund,{long},minister of fish,Norland,2031-01-01,\n"
        "Emil Rask,Q504,minister of rail,Norland,2031-01-01,\n",
        encoding="utf-8",
    )
    bad: list[InputError] = []
    found = importing.import_actors(record, str(table), rejected=bad.append)
    assert [one.path.rpartition("#")[2] for one in bad] == ["3", "4", "5"]
    assert all(len(one.reason) < 200 for one in bad)
    assert (found.rows, found.actors, found.bad) == (5, 2, 3)


def test_a_row_that_names_its_body_too_is_one_row(tmp_path: Path, record: Record) -> None:
    """A row gives its holder and, with an identifier, the body; both together count once."""
    table = tmp_path / "holders.csv"
    table.write_text(
        "person,person_qid,position,jurisdiction,jurisdiction_qid,start\n"
        "Anna Voss,Q501,minister of trade,Norland,Q900,2031-01-01\n"
        "Emil Rask,Q504,minister of rail,Norland,Q900,2031-01-01\n",
        encoding="utf-8",
    )
    found = importing.import_actors(record, str(table))
    assert (found.rows, found.actors, found.offices) == (2, 3, 2)
