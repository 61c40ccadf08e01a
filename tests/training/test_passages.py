"""The strict reader of the marked training passages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.passages import FILES, load, parse

NESTED = """# nested
{c1 “{s2 Some neighbours} {q2 suggested} {c2 that we wait},”} {s1 he} {q1 said}. {c1 “We did not.”}
"""


def words(text: str, spans: list[list[int]]) -> list[str]:
    """Return the stretches of text that the spans cover."""
    return [text[start:end] for start, end in spans]


def test_roles_are_spans_of_the_plain_text() -> None:
    """Each role's spans cover its words, all fragments of it, in the text without braces."""
    [passage] = parse(NESTED)
    outer = passage.statements[0]
    assert "{" not in passage.text
    assert words(passage.text, outer["content"]) == [
        "“Some neighbours suggested that we wait,”",
        "“We did not.”",
    ]
    assert words(passage.text, outer["source"]) == ["he"]
    assert words(passage.text, outer["cue"]) == ["said"]


def test_parent_is_the_innermost_statement_around() -> None:
    """A statement two levels down has the middle one as its parent, and the outer one has none."""
    [passage] = parse(
        "# nested\n{s1 A} {q1 said} {c1 {s2 B} {q2 told} him {c2 that {s3 C} {q3 says} {c3 no}}}.\n"
    )
    assert [statement["parent"] for statement in passage.statements] == [None, 0, 1]


def test_neighbours_are_not_parents() -> None:
    """Two statements side by side have no parent, whatever their numbers."""
    [passage] = parse("# wire\n{s2 A} {q2 said} {c2 yes}.\n\n{s1 B} {q1 said} {c1 no}.\n")
    assert [statement["parent"] for statement in passage.statements] == [None, None]
    assert passage.text == "A said yes.\n\nB said no."


def test_a_line_of_hyphens_separates_passages() -> None:
    """Blocks are split at the separator, each with its kind and text."""
    passages = parse("# caption\nA bridge.\n---\n# negative\nA road.\n\nA field.\n")
    assert [(passage.kind, passage.text) for passage in passages] == [
        ("caption", "A bridge."),
        ("negative", "A road.\n\nA field."),
    ]


@pytest.mark.parametrize(
    ("marked", "problem"),
    [
        ("no kind", "line 1: a block begins"),
        ("# wire\n---\n# wire\nText.", "line 2: the block has no text"),
        ("# wire\nOne.\n{c1 open", "line 3: content 1 is never closed"),
        ("# wire\nOne.}", "line 2: a closing brace"),
        ("# wire\n{x1 one}", "line 2: no tag"),
        ("# wire\n{c1 }", "line 2: content 1 is empty"),
        ("# wire\n{c1 one }", "line 2: content 1 begins or ends with a space"),
        ("# wire\n{c1 one\n\ntwo}", "line 2: content 1 runs over a paragraph"),
        ("# wire\n{c1 {s1 he} went}", "line 2: source 1 stands inside its own statement"),
        ("# wire\n{s1 He} {q1 said}.", "line 2: source 1 of this block has no content"),
        ("# wire\n{q1 said}.", "line 2: cue 1 of this block has no content"),
        ("# wire\n{c1 {c2 one}}", "line 2: two statements of this block have the same content"),
    ],
)
def test_bad_markup_is_refused_with_its_line(marked: str, problem: str) -> None:
    """Bad markup raises ValueError that names the line and the problem."""
    with pytest.raises(ValueError, match=problem):
        parse(marked)


@given(st.lists(st.sampled_from(["{c1 ", "{s1 ", "{c2 ", "{q2 ", "}", "word", " ", "“", "\n"]), max_size=12))
def test_spans_stay_inside_the_text_or_the_error_names_a_line(pieces: list[str]) -> None:
    """Whatever is marked up, spans cover words of the plain text or the error names a line."""
    try:
        passages = parse("# wire\n" + "".join(pieces))
    except ValueError as error:
        problem = str(error)
        passages = []
    else:
        problem = "line "
    assert problem.startswith("line ")
    for passage in passages:
        for statement in passage.statements:
            assert all(words(passage.text, [span])[0].strip() for span in statement["content"])


def test_all_files_parse() -> None:
    """Every file of passages parses and holds statements."""
    passages = load()
    assert set(passages) == set(FILES)
    for name in FILES:
        assert any(passage.statements for passage in passages[name])
