"""The links of one text as they stand: which actor each mention is. Reading only."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from onrecord.article import Span, Statement

SPEAKER: Final = "speaker"
ABOUT: Final = "about"
VIA: Final = "via"

#: Where a mention stands: role, start, end, and the fullest name that the article gives.
Place = tuple[str, int, int, str | None]


@dataclass(frozen=True, slots=True)
class Linked:
    """A mention as it stands.

    Attributes:
        id: its row.
        words: the words of the text.
        actor: the actor it is, ``None`` when that is not known.
        why: the rule, and what it rests on.
    """

    id: int
    words: str
    actor: str | None
    why: str | None


@dataclass(slots=True)
class Links:
    """The mentions of one text by their place."""

    mentions: dict[Place, Linked] = field(default_factory=dict)

    def speaker(self, statement: Statement) -> Linked | None:
        """Return the mention that a statement's speaker rests on."""
        place = speaker_place(statement)
        return self.mentions.get(place) if place else None

    def about(self, item: Any) -> Linked | None:
        """Return the mention of somebody whom a statement is about."""
        place = about_place(item)
        return self.mentions.get(place) if place else None

    def meant(self, words: str) -> str | None:
        """Return the actor whom the same words, or the same name with its first names, mean in this text.

        ``None`` where they mean nobody who is known, or several.
        """
        wanted = words.removeprefix("the ").split()
        actors = {
            linked.actor
            for (_, _, _, name), linked in self.mentions.items()
            if linked.actor
            and wanted
            and any(
                told.removeprefix("the ").split()[-len(wanted) :] == wanted
                for told in (linked.words, name or "")
            )
        }
        return actors.pop() if len(actors) == 1 else None

    def via(self, span: Span) -> Linked | None:
        """Return the mention of one through whose hands the words came."""
        return self.mentions.get((VIA, *span, None))


def speaker_place(statement: Statement) -> Place | None:
    """Return where the mention stands that a speaker rests on, ``None`` when the text shows none."""
    speaker = statement.speaker
    spans: Sequence[Span] = (speaker.spans if speaker else ()) or statement.source
    if speaker is None or not speaker.name or not spans:
        return None
    return (SPEAKER, *spans[0], speaker.name)


def about_place(item: Any) -> Place | None:
    """Return where somebody whom a content mentions is named in it first."""
    spans, name = item.get("spans") or (), item.get("name")
    return (ABOUT, *spans[0], name) if spans and isinstance(name, str) else None


def load(connection: sqlite3.Connection, text_id: int) -> Links:
    """Return the links of a text."""
    found = connection.execute(
        'SELECT m.id, m.role, m.start, m."end", n.name, m.words, m.actor_id, m.why FROM mention m '
        "LEFT JOIN linked_name n ON n.id = m.name_id WHERE m.text_id = ?",
        (text_id,),
    )
    return Links(
        {
            (role, start, end, None if role == VIA else name): Linked(number, words, actor, why)
            for number, role, start, end, name, words, actor, why in found.fetchall()
        }
    )


def root(connection: sqlite3.Connection, actor: str) -> str | None:
    """Return the actor that this id stands for now, ``None`` when the record knows no such actor."""
    row = connection.execute("SELECT coalesce(merged_into, id) FROM actor WHERE id = ?", (actor,)).fetchone()
    return row and str(row[0])


def actor_of(
    connection: sqlite3.Connection, links: Links, found: Statement, decided: dict[str, Any]
) -> str | None:
    """Return the actor who makes a statement: as a person decided, else as the machine linked it."""
    judged = decided.get("speaker", found.speaker and found.speaker.name)
    if isinstance(judged, dict):
        return root(connection, judged["actor"])
    if judged is None or judged != (found.speaker and found.speaker.name):
        return None
    linked = links.speaker(found)
    return linked.actor if linked else None


def about_actors(links: Links, statement: Statement) -> list[str]:
    """Return the actors whom a statement's content mentions."""
    found = (links.about(item) for item in statement.about)
    return list(dict.fromkeys(one.actor for one in found if one and one.actor))


def filled(statement: Statement, links: Links, actor: str | None) -> Statement:
    """Return a statement as it stands with the actors it is linked to.

    Args:
        statement: with the judgements merged in.
        links: those of its text.
        actor: who makes it.
    """
    speaker = statement.speaker
    if speaker is not None and speaker.actor != actor:
        # Candidates of the extraction are those of the shipped registry alone: ``why`` names the record's.
        speaker = replace(speaker, actor=actor, candidates=() if actor else speaker.candidates)
    about = tuple(
        {**item, "actor": linked.actor} if (linked := links.about(item)) else item for item in statement.about
    )
    return replace(statement, speaker=speaker, about=about)


def token(actor: str) -> str:
    """Return the word that stands for an actor in the full-text index."""
    return f"actor{actor.encode().hex()}"


def actor_of_token(word: str) -> str | None:
    """Return the actor for whom a word of the full-text index stands, ``None`` for any other word."""
    try:
        return bytes.fromhex(word.removeprefix("actor")).decode() if word.startswith("actor") else None
    except ValueError:
        return None
