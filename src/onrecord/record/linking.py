"""Linking mentions to actors, and learning actors and offices from texts.

Everything here is derived from the standing texts and the registry, within the transaction that changes them:
linking a text again that is linked already changes nothing, and a text that goes takes with it what rested on
it. What one text teaches (a person, an office on a day) may tell who is meant in another: the names concerned
are linked again before the transaction ends, so that the order in which pages come makes no difference.

Who becomes an actor: a person named with first and last name whom the article knows for a person (a title, an
office, a known given name, or words of his own), and an organisation or medium that speaks
under a name of two words or more. The same full name joins the same actor unless the article speaks against
it (:mod:`onrecord.speakers.linking`); then it is a namesake, and gets an actor of its own.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from onrecord.article import Article, Span, Speaker
from onrecord.record import evidence, links, registering, rows, runs, standing
from onrecord.record.actors import LEARNED, RecordActors
from onrecord.record.preferring import Preferring
from onrecord.speakers import linking as resolving
from onrecord.speakers import naming, terms
from onrecord.speakers.candidates import Link
from onrecord.speakers.lookup import Known

#: How often a transaction goes over the texts that its own links concern. One round is the rule; what would
#: go on longer is left as it stands.
ROUNDS: Final = 4

#: The source of what the package's own registry says.
SHIPPED: Final = "onrecord"

_SLUG: Final = re.compile(r"[^a-z0-9]+")
_ACTING: Final = ("person", "organisation", "media")
_CHUNK: Final = 400

Window = tuple[str, str]

#: All days.
ALWAYS: Final[Window] = ("", "9999-12-31")


@dataclass(frozen=True, slots=True)
class Fact:
    """One mention of a text, with what the article tells of whom it means."""

    place: links.Place
    words: str
    speaker: Speaker


@dataclass(slots=True)
class Linker:
    """Links texts within one write transaction; :meth:`finish` it before the transaction ends.

    Attributes:
        connection: within a write transaction.
        index: takes what is to be indexed.
        due: keys under which names are to be linked again, with the days of the texts concerned.
    """

    connection: sqlite3.Connection
    index: standing.Index
    due: dict[str, set[Window]] = field(default_factory=dict)
    _touched: set[str] = field(default_factory=set)
    _dropped: set[int] = field(default_factory=set)
    _stale: dict[int, set[str]] = field(default_factory=dict)
    _lookup: Preferring | None = None

    @property
    def lookup(self) -> Preferring:
        """The registry, made when first needed."""
        if self._lookup is None:
            rekey(self.connection)
            self._lookup = Preferring(self.connection, RecordActors(self.connection))
        return self._lookup

    def article(self, article_id: int, held: Sequence[standing.Held] | None = None) -> None:
        """Link the standing text of an article, and forget the links of its other texts.

        Call it before :func:`standing.settle`, which reads the links.
        """
        found = standing.standing_article(self.connection, article_id)
        for (text_id,) in self.connection.execute(
            "SELECT DISTINCT m.text_id FROM mention m JOIN text x ON x.id = m.text_id JOIN page p "
            "ON p.id = x.page_id WHERE p.article_id = ?",
            (article_id,),
        ).fetchall():
            if found is None or text_id != found[1]:
                self._forget(text_id)
        if found is not None:
            article, text_id, run_id = found
            if held is None:
                held = runs.held_statements(self.connection, run_id)
            self._text(article, text_id, held)

    def finish(self) -> int:
        """Link again what the changes concern, take out what nothing rests on; return how many articles."""
        settled: set[int] = set()
        for _ in range(ROUNDS):
            self._sweep()
            if not self.due and not self._stale:
                break
            concerned = self._concerned()
            for article_id, names in self._stale.items():
                concerned.setdefault(article_id, set()).update(names)
            self.due.clear()
            for article_id, names in sorted(concerned.items()):
                if self._again(article_id, names):
                    settled.add(article_id)
        self._sweep()
        self.due.clear()
        return len(settled)

    def _again(self, article_id: int, names: set[str]) -> bool:
        """Link the mentions of some names in an article's standing text again; settle it if that changed one.

        A mention that a change does not concern would be linked as it is: it is not looked up.
        """
        found = standing.standing_article(self.connection, article_id)
        if found is None:
            return False
        article, text_id, run_id = found
        before = self.connection.total_changes
        self._text(article, text_id, runs.held_statements(self.connection, run_id), names)
        if self.connection.total_changes == before and article_id not in self._stale:
            return False
        self._stale.pop(article_id, None)
        standing.settle(self.connection, self.index, article_id)
        return True

    def _text(
        self,
        article: Article,
        text_id: int,
        held: Sequence[standing.Held],
        names: set[str] | None = None,
    ) -> None:
        """Link the mentions of a text, all of them or those of some names only."""
        self.lookup.set_text(text_id)
        facts = facts_of(article, held)
        day = rows.day_of(article.published)
        company = tuple(
            {fact.speaker.name: None for fact in facts if fact.speaker.named and fact.speaker.name}
        )
        # Full names first: whom they introduce, the other mentions of the text may mean.
        facts.sort(key=lambda fact: not _bears_full_name(fact))
        present = links.load(self.connection, text_id).mentions
        found = {
            fact.place: self._learned(fact, day, company)
            for fact in facts
            if names is None or fact.speaker.name in names or fact.place not in present
        }
        self._keep(text_id, facts, found, present)
        actors = {place: one.actor for place, one in present.items()}
        actors |= {place: link.actor for place, link in found.items()}
        taught = [
            (actor, fact.speaker, fact.place)
            for fact in facts
            if (actor := actors[fact.place]) and fact.speaker.office_spans and fact.speaker.kind == "person"
        ]
        for key, window in evidence.learn(self.connection, text_id, day, taught):
            self._mark([key], window)

    def _learned(self, fact: Fact, day: str | None, company: tuple[str, ...]) -> Link:
        """Return the link of a mention; a person or body met for the first time becomes an actor."""
        speaker = fact.speaker
        found = resolving.link(speaker, day, company, self.lookup)
        if found.actor is not None or not _bears_full_name(fact):
            return found
        same = [one for one in found.candidates if one.score >= naming.SAME or one.apart]
        if any(not one.apart for one in same):
            return found
        assert speaker.name is not None
        try:
            name = registering.clean(speaker.name)
        except ValueError:  # not a name that can be kept
            return found
        known = Known(id=self._new_id(name), kind=speaker.kind, label=name, names=(name,))
        registering.save(self.connection, known, source=LEARNED)
        self._touched.add(known.id)
        self._mark(naming.keys(name), ALWAYS)
        why = (
            "learned: the first mention of this name"
            if not same
            else f"learned: not {same[0].name}, who {same[0].why}"
        )
        return Link(actor=known.id, score=1.0, why=why)

    def _new_id(self, name: str) -> str:
        base = _SLUG.sub("-", terms_fold(name)).strip("-")[:60]
        if len(base) < 3:
            base = "actor-" + hashlib.sha256(name.encode()).hexdigest()[:12]
        number, wanted = 1, base
        while self.connection.execute(
            "SELECT 1 FROM actor WHERE id = ?", (wanted,)
        ).fetchone() or self.lookup.get(wanted):
            number += 1
            wanted = f"{base}-{number}"
        return wanted

    def _keep(
        self,
        text_id: int,
        facts: list[Fact],
        found: dict[links.Place, Link],
        held: dict[links.Place, links.Linked],
    ) -> None:
        """Bring the mention rows of a text in line with its links; write what differs only."""
        wanted = {fact.place: fact for fact in facts}
        for place, linked in held.items():
            if place not in wanted:
                self._drop([linked.id])
                self._touched.update(filter(None, [linked.actor]))
        for place, link in found.items():
            fact = wanted[place]
            present = held.get(place)
            candidates = [(one.actor, round(one.score, 3), one.why) for one in link.candidates]
            for actor in (link.actor, *(actor for actor, _, _ in candidates)):
                self._ensure(actor)
            if present is None:
                number = self._insert(text_id, fact, link)
            else:
                number = present.id
                if (present.actor, present.why, present.words) != (link.actor, link.why, fact.words):
                    self._touched.update(filter(None, [present.actor]))
                    self.connection.execute(
                        "UPDATE mention SET actor_id = ?, why = ?, words = ? WHERE id = ?",
                        (link.actor, link.why, fact.words, number),
                    )
            self._keep_candidates(number, candidates)

    def _keep_candidates(self, number: int, candidates: list[tuple[str, float, str]]) -> None:
        present = self.connection.execute(
            "SELECT actor_id, score, why FROM mention_candidate WHERE mention_id = ?", (number,)
        ).fetchall()
        if sorted(present) != sorted(candidates):
            self.connection.execute("DELETE FROM mention_candidate WHERE mention_id = ?", (number,))
            self.connection.executemany(
                "INSERT INTO mention_candidate (mention_id, actor_id, score, why) VALUES (?, ?, ?, ?)",
                [(number, *candidate) for candidate in candidates],
            )

    def _insert(self, text_id: int, fact: Fact, link: Link) -> int:
        role, start, end, _ = fact.place
        cursor = self.connection.execute(
            'INSERT INTO mention (text_id, start, "end", words, role, actor_id, why, name_id) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (text_id, start, end, fact.words, role, link.actor, link.why, self._name(fact.speaker)),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def _name(self, speaker: Speaker) -> int:
        """Return the row of a name, with the keys under which it is to be linked again."""
        row = self.connection.execute("SELECT id FROM linked_name WHERE name = ?", (speaker.name,)).fetchone()
        if row is not None:
            return int(row[0])
        number = self.connection.execute(
            "INSERT INTO linked_name (name) VALUES (?)", (speaker.name,)
        ).lastrowid
        assert number is not None
        assert speaker.name is not None
        _key_name(self.connection, number, speaker.name)
        return number

    def _ensure(self, actor: str | None) -> None:
        """Bring an actor of the shipped registry into the record's tables, to which mentions refer."""
        if actor is None or self.connection.execute("SELECT 1 FROM actor WHERE id = ?", (actor,)).fetchone():
            return
        known = self.lookup.get(actor)
        if known is not None:
            registering.save(self.connection, known, source=SHIPPED)

    def _forget(self, text_id: int) -> None:
        """Take out the mentions of a text and the offices that rested on it."""
        held = links.load(self.connection, text_id).mentions.values()
        self._touched.update(one.actor for one in held if one.actor)
        self._drop([one.id for one in held])
        for key, window in evidence.forget(self.connection, text_id):
            self._mark([key], window)

    def _drop(self, mentions: Sequence[int]) -> None:
        marks = [(number,) for number in mentions]
        for number in mentions:
            self._dropped.update(
                name
                for (name,) in self.connection.execute("SELECT name_id FROM mention WHERE id = ?", (number,))
                if name
            )
        self.connection.executemany("DELETE FROM mention_candidate WHERE mention_id = ?", marks)
        self.connection.executemany("DELETE FROM mention WHERE id = ?", marks)

    def _mark(self, keys: Iterable[str], window: Window) -> None:
        for key in keys:
            self.due.setdefault(key, set()).add(window)

    def _concerned(self) -> dict[int, set[str]]:
        """Return the names under one of the keys that are due, by the articles that mention them."""
        found: dict[int, set[str]] = {}
        together: dict[Window, list[str]] = {}
        for key, windows in self.due.items():
            for window in {ALWAYS} if ALWAYS in windows else windows:
                together.setdefault(window, []).append(key)
        for (first, last), keys in together.items():
            for at in range(0, len(keys), _CHUNK):
                some = keys[at : at + _CHUNK]
                for article_id, name in self.connection.execute(
                    "SELECT DISTINCT a.id, n.name FROM linked_name_key k JOIN linked_name n ON n.id = k.name_id "  # noqa: S608,E501
                    "JOIN mention m ON m.name_id = k.name_id "
                    "JOIN article a ON a.text_id = m.text_id JOIN text x ON x.id = m.text_id "
                    f"WHERE k.key IN ({','.join('?' * len(some))}) "
                    "AND coalesce(x.published_day, '') BETWEEN ? AND ?",
                    (*some, first, last),
                ):
                    found.setdefault(article_id, set()).add(name)
        return found

    def _sweep(self) -> None:
        """Take out learned actors and names that no mention bears any more."""
        for actor in sorted(self._touched):
            if not self.lookup.only_learned(actor):
                continue
            names = evidence.names_in_texts(self.connection, actor)
            held = registering.names_of(self.connection, [actor])
            if names and not names & held:
                self._rename(actor, min(names), held)
            elif not names and not evidence.is_referred_to(self.connection, actor):
                self._mark({key for name in held for key in naming.keys(name)}, ALWAYS)
                self._take_out(actor)
        self.connection.executemany(
            "DELETE FROM linked_name WHERE id = ? AND NOT EXISTS "
            "(SELECT 1 FROM mention m WHERE m.name_id = ?)",
            [(number, number) for number in sorted(self._dropped)],
        )
        self._touched.clear()
        self._dropped.clear()

    def _take_out(self, actor: str) -> None:
        """Take out an actor whom no text names in full any more; those that meant him are linked again."""
        for article_id, name in self.connection.execute(
            "SELECT a.id, n.name FROM mention m JOIN article a ON a.text_id = m.text_id "
            "LEFT JOIN linked_name n ON n.id = m.name_id WHERE m.actor_id = ?",
            (actor,),
        ):
            self._stale.setdefault(article_id, set()).add(name)
        self.connection.execute("UPDATE mention SET actor_id = NULL WHERE actor_id = ?", (actor,))
        self.connection.execute("DELETE FROM office_evidence WHERE actor_id = ?", (actor,))
        self.connection.execute("DELETE FROM mention_candidate WHERE actor_id = ?", (actor,))
        registering.delete(self.connection, actor)

    def _rename(self, actor: str, name: str, held: set[str]) -> None:
        """Call a learned actor by a name that a text still bears."""
        registering.add_name(self.connection, actor, name, source=LEARNED)
        for old in held:
            registering.drop_name(self.connection, actor, old, source=LEARNED)
        self.connection.execute("UPDATE actor SET label = ? WHERE id = ?", (name, actor))
        self._mark({key for one in (name, *held) for key in naming.keys(one)}, ALWAYS)


def rekey(connection: sqlite3.Connection) -> None:
    """Make the keys of actors and of mentions again, if other rules of names made them."""
    registering.rekey(connection)
    version = registering.keys_version()
    row = connection.execute("SELECT value FROM registry WHERE name = 'linked'").fetchone()
    if row is not None and row[0] == version:
        return
    connection.execute("DELETE FROM linked_name_key")
    for number, name in connection.execute("SELECT id, name FROM linked_name").fetchall():
        _key_name(connection, number, name)
    connection.execute("INSERT OR REPLACE INTO registry (name, value) VALUES ('linked', ?)", (version,))


def _key_name(connection: sqlite3.Connection, number: int, name: str) -> None:
    keys = set(naming.probes(name))
    described = resolving.described_office(name)
    if described:
        keys.add(evidence.office_key(described[1]))
    connection.executemany(
        "INSERT INTO linked_name_key (key, name_id) VALUES (?, ?)", [(key, number) for key in sorted(keys)]
    )


def relink(
    connection: sqlite3.Connection, keys: Iterable[str] | None = None, index: standing.Index | None = None
) -> int:
    """Link again every mention whose name meets one of the keys, after a change of the registry.

    Call it within the transaction that imported, merged, split or renamed.

    Args:
        connection: within a write transaction.
        keys: :func:`onrecord.speakers.naming.keys` of all names of the actors concerned, and
            :func:`office_key` of the bodies of their terms; ``None`` for every mention there is.
        index: takes what is to be indexed, when the caller flushes it; else it is flushed here.

    Returns:
        how many articles changed.
    """
    own = index or standing.Index(connection)
    linker = Linker(connection, own)
    rekey(connection)
    if keys is None:
        keys = [key for (key,) in connection.execute("SELECT DISTINCT key FROM linked_name_key").fetchall()]
    linker._mark(keys, ALWAYS)
    changed = linker.finish()
    for article_id in _decided(connection):
        change = standing.settle(connection, own, article_id)
        changed += bool(change)
    if index is None:
        own.flush()
    return changed


def office_key(body: str | None) -> str:
    """Return the key under which descriptions of the offices of a body are linked again."""
    return evidence.office_key(terms.body_key(body))


def _decided(connection: sqlite3.Connection) -> list[int]:
    """Return the articles that stand with an actor that was merged, or that a person decided on."""
    found = connection.execute(
        "SELECT DISTINCT s.article_id FROM standing s JOIN actor a ON a.id = s.actor_id "
        "WHERE a.merged_into IS NOT NULL UNION "
        "SELECT DISTINCT article_id FROM judgement WHERE field = 'speaker' AND value LIKE '{%' ORDER BY 1"
    )
    return [article_id for (article_id,) in found.fetchall()]


def facts_of(article: Article, held: Sequence[standing.Held]) -> list[Fact]:
    """Return the mentions of an article's statements, each once."""
    found: dict[links.Place, Fact] = {}
    for one in held:
        statement = one.statement
        place = links.speaker_place(statement)
        if place and statement.speaker:
            found.setdefault(place, Fact(place, _words(article, place), statement.speaker))
        for item in statement.about:
            place = links.about_place(item)
            if place:
                kind = item.get("kind")
                speaker = Speaker(name=item["name"], kind=kind, named=True)
                found.setdefault(place, Fact(place, _words(article, place), speaker))
        for span in statement.via:
            place = (links.VIA, *span, None)
            found.setdefault(place, Fact(place, _words(article, place), _handing(article, span)))
    return [fact for fact in found.values() if fact.words]


def _words(article: Article, place: links.Place) -> str:
    return article.text[place[1] : place[2]]


def _handing(article: Article, span: Span) -> Speaker:
    """Return one through whose hands words came, as far as its words tell: a named medium or body."""
    words = " ".join(article.text[slice(*span)].split())
    named = re.search(r"[A-Z]\w*(?:[\s&.’'-]+(?:[A-Z]\w*|of|the|for|and))*$", words)
    return Speaker(name=named[0] if named else words, kind="media", named=bool(named))


def _bears_full_name(fact: Fact) -> bool:
    """Tell whether a mention may make an actor: a full name, of a person or of a body that speaks."""
    speaker = fact.speaker
    if not speaker.named or speaker.kind not in _ACTING or not speaker.name or fact.place[0] == links.VIA:
        return False
    words = speaker.name.split()
    if speaker.kind != "person":
        return fact.place[0] == links.SPEAKER and len(words) > 1
    # An initial is no first name; a list of persons is no person.
    return 1 < len(words) <= 6 and len(words[0].strip(".")) > 1 and " and " not in speaker.name


def terms_fold(name: str) -> str:
    """Return a name in plain lower-case letters, as far as its script has them."""
    return registering.fold(name).encode("ascii", "ignore").decode()
