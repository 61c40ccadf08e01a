"""``verify`` derives stories, witnesses and repetitions again and names what differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.record import Record
from tests.record import stub
from tests.record.conftest import Open
from tests.stories.test_families import ARTICLES
from tests.stories.test_witnesses import COAST, CUT, ELSEWHERE, HILL, ISLE, printed

#: What is done to the tables, and words of what is said of it.
DAMAGE = [
    ("UPDATE sketch SET size = size + 1 WHERE text_id = 1", "its hashes are not those of its words"),
    ("DELETE FROM shingle WHERE text_id = 1", "of its hashes are not in the index"),
    ("INSERT INTO shingle VALUES (7, 1)", "the index has"),
    (
        "INSERT INTO shingle VALUES (7, (SELECT id FROM text WHERE id NOT IN (SELECT text_id FROM sketch)))",
        "none of its hashes are kept",
    ),
    ("UPDATE story_link SET kept = kept / 2 WHERE text_id = 1", "is not what their words give"),
    ("DELETE FROM story_link", "is not what their words give"),
    ("UPDATE text SET story_id = (SELECT min(id) FROM story) WHERE id = 4", "are not one story"),
    ("UPDATE text SET story_id = NULL WHERE id = 4", "are not one story"),
    ("UPDATE story SET agency = 'Wire'", "names another agency"),
    ("INSERT INTO story (id, made) VALUES (5, '')", "no article is in it"),
    ("INSERT INTO story_alias SELECT min(id), max(id), '' FROM story", "it is an alias of"),
    ("UPDATE standing SET same_as = NULL, same_rank = NULL WHERE article_id = 1", "among the printings"),
    ("UPDATE standing SET same_as = 1, same_rank = 9 WHERE outlet = 'elsewhere'", "among the printings"),
    ("UPDATE standing SET words_key = 5 WHERE article_id = 1", "not made from its words"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make some stories, one with witnesses and one of which a member was removed."""
    path = tmp_path_factory.mktemp("checking") / "made.onrecord"
    with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
        list(record.add_all([HILL, ELSEWHERE, printed("isle", [CUT]), ISLE, COAST, *ARTICLES]))
        record.remove(str(ARTICLES[0].url), reason="asked", author="ana")
    return path


@pytest.fixture
def filled(made: Path, opened: Open, path: Path) -> Record:
    """Open a copy of it."""
    path.write_bytes(made.read_bytes())
    return opened()


def test_a_sound_record_has_no_fault(filled: Record) -> None:
    """Whatever came, changed and went."""
    assert list(filled.verify()) == []


@pytest.mark.parametrize(("damage", "said"), DAMAGE)
def test_every_table_of_stories_is_checked(filled: Record, damage: str, said: str) -> None:
    """One altered, missing or added row is named."""
    with filled.writing("damaging") as connection:
        connection.execute(damage)
    found = [str(problem) for problem in filled.verify()]
    assert any(said in problem for problem in found), found
