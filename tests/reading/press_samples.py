"""Exports of press databases as they look, with invented articles."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx

BODY = (
    "The mayor of Veldt said on Tuesday that the tram would run until midnight.",
    '"We have counted every passenger twice," Mara Ellin told the council.',
)
#: Lines of a text that look like those of an export.
LOOKALIKES = (
    "Length: a matter of taste, said the editor.",
    "Body",
    "Byline: nobody, as usual.",
    "End of Document",
    "IN THE END nobody came, said the driver.",
    "CO, he said, is carbon monoxide.",
    "Load-Date: never, said the archivist.",
    "Document 12 was not signed, Ellin said.",
)
COVER = [
    "User Name: reader",
    "Date and Time: Friday, March 8, 2024 10:12 AM CET",
    "Job Number: 218900001",
    "Documents (3)",
    "1. Tram to run until midnight",
    "Client/Matter: -None-",
    "Search Terms: tram and Veldt",
    "Search Type: Terms and Connectors",
    "Narrowed by:",
    "Content Type",
    "Narrowed by",
    "News",
    "-None-",
]


def nexis(n: int, body: Sequence[str] = BODY, *, less: bool = False) -> list[str]:
    """Return the lines of an article of Nexis Uni; with ``less`` it lacks what it may lack."""
    head = [f"Tram {n} to run until midnight", f"The Veldt Courier {n}", f"March {n}, 2024 Friday"]
    if not less:
        head += ["First Edition", "Copyright 2024 Veldt Press All Rights Reserved", "Section: NEWS; Pg. 3"]
    head.append("Length: 1,204 words")
    if not less:
        head += ["Byline: By Jan Orr", "Highlight: Trams run late."]
    tail = ["Graphic", "A tram at night.", "Load-Date: March 9, 2024", "Classification", "Language: ENGLISH"]
    if less:
        tail = []
    return [*head, "Body", *body, *tail, "End of Document"]


def academic(n: int, of: int) -> list[str]:
    """Return the lines of an article of LexisNexis Academic."""
    return [
        f"{n} of {of} DOCUMENTS",
        f"The Veldt Courier {n}",
        f"March {n}, 2009 Friday",
        "Late Edition",
        f"Tram {n} to run until midnight",
        "BYLINE: JAN ORR",
        "SECTION: NEWS; Pg. 3",
        "LENGTH: 204 words",
        *BODY,
        "LOAD-DATE: March 9, 2009",
        "LANGUAGE: ENGLISH",
        "PUBLICATION-TYPE: Newspaper",
        "Copyright 2009 Veldt Press",
    ]


def number(n: int) -> str:
    """Return an accession number."""
    return f"VELDTC0020240301ek31000{n:02}"


def factiva(n: int, body: Sequence[str] = BODY, *, less: bool = False) -> list[str]:
    """Return the lines of an article of Factiva without indexing."""
    head = (
        [f"Tram {n} to run until midnight"]
        if less
        else ["News", f"Tram {n} to run until midnight", "By Jan Orr"]
    )
    more = [] if less else ["10:32"]
    return [
        *head,
        "1,204 words",
        f"{n} March 2024",
        *more,
        f"The Veldt Courier {n}",
        "VELDTC",
        "English",
        "(c) 2024 Veldt Press",
        *body,
        f"Document {number(n)}",
    ]


def factiva_fields(n: int, body: Sequence[str] = BODY) -> list[tuple[str, str]]:
    """Return the fields of an article of Factiva with indexing."""
    return [
        ("SE", "News"),
        ("HD", f"Tram {n} to run until midnight"),
        ("BY", "By Jan Orr"),
        ("WC", "1,204 words"),
        ("PD", f"{n} March 2024"),
        ("SN", f"The Veldt Courier {n}"),
        ("SC", "VELDTC"),
        ("LA", "English"),
        ("CY", "(c) 2024 Veldt Press"),
        ("LP", body[0]),
        ("TD", "\n".join(body[1:])),
        ("RE", "veldt : Veldt | eurz : Europe"),
        ("PUB", "Veldt Press"),
        ("AN", f"Document {number(n)}"),
    ]


def as_text(lines: Sequence[str]) -> bytes:
    """Return lines as a text file."""
    return "\n\n".join(lines).encode()


def as_html(lines: Sequence[str]) -> bytes:
    """Return lines as an HTML page."""
    return ("<html><body>" + "".join(f"<p>{line}</p>\n" for line in lines) + "</body></html>").encode()


def as_docx(lines: Sequence[str]) -> bytes:
    """Return lines as a DOCX document."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def as_rtf(lines: Sequence[str]) -> bytes:
    """Return lines as an RTF document."""
    return (r"{\rtf1\ansi\ansicpg1252 " + "\n".join(f"{line}\\par" for line in lines) + "}").encode()


def fields_as_html(fields: Sequence[tuple[str, str]]) -> bytes:
    """Return fields as the table that Factiva's HTML has."""
    rows = "".join(
        f"<tr><td><b>{code}</b></td><td>{''.join(f'<p>{line}</p>' for line in words.splitlines())}</td></tr>"
        for code, words in fields
    )
    return f'<html><body><div class="article"><table>{rows}</table></div></body></html>'.encode()
