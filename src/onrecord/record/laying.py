"""Laying judgements over a run: which of its statements each means now, and with which ends they stand.

A judgement is anchored to the words that it judged. It finds them in the present text, and the statement of
the present run that has them; what people kept, added or gave other ends becomes a statement of the run with
origin ``judgement``. Nothing that the model found is rewritten.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from onrecord.article import Article, Spans, statement_id
from onrecord.record import anchors, merging, rows
from onrecord.record.anchors import Anchor
from onrecord.record.runs import Held, held_statements, keep, match, save_statements

#: Anchors of a judgement are numbered: those of the words judged from 0, those that it sets for a role of the
#: statement from a thousand on for the first role, two thousand for the second.
BAND: Final = 1000
ROLES: Final[Mapping[str, int]] = {
    "content": 1, "source": 2, "cue": 3, "via": 4, "addressee": 5, "occasion": 6
}  # fmt: skip

#: The field of a judgement by which a person adds a statement that was not found.
ADDED: Final = "added"


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a judgement stands: on a statement of the run, or why on none."""

    judgement: int
    statement: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One judgement as it was made.

    Attributes:
        decided: what it decides.
        statement: id of the statement as judged.
        statement_pk: its row.
        anchors: of the words judged.
        quotes: role -> anchors of the words that it sets for it.
    """

    decided: merging.Decided
    statement: str
    statement_pk: int | None
    anchors: tuple[Anchor, ...]
    quotes: Mapping[str, tuple[Anchor, ...]]


@dataclass(slots=True)
class Laid:
    """A run with the judgements on its article laid over it.

    Attributes:
        held: the statements as they stand, those kept, added and given other ends among them.
        decided: statement id -> field -> decided value.
        placements: where each judgement stands.
    """

    connection: sqlite3.Connection
    article: Article
    run_id: int
    save: bool
    held: list[Held]
    kept: dict[str, Held] = field(default_factory=dict)
    decided: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    placements: list[Placed] = field(default_factory=list)
    _former: dict[str, Held] = field(default_factory=dict)
    _became: dict[str, str] = field(default_factory=dict)

    def find(self, spans: Spans, statement_pk: int | None = None) -> Held | None:
        """Return the statement that has, or had before people gave it other ends, this content."""
        known = [*self.held, *self._former.values()]
        found = match(self.connection, statement_pk, self.article, spans, known)
        if found is None:
            return None
        number = self._became.get(found.statement.id, found.statement.id)
        return next((one for one in self.held if one.statement.id == number), None)

    def keep(self, entry: Entry, spans: Spans) -> Held | None:
        """Have a statement stand on a person's word that the model does not find."""
        kept = keep(
            self.connection, self.run_id, entry.statement_pk, self.article, spans, self.held, self.kept,
            save=self.save,
        )  # fmt: skip
        if kept is not None:
            self.held.append(kept)
        return kept

    def decide(self, entry: Entry, target: Held) -> None:
        """Lay the value of a judgement over a statement."""
        name, value = entry.decided.field, entry.decided.value
        values = self.decided[target.statement.id]
        if name == ADDED:
            values.setdefault("verdict", "accept")
        if name in entry.quotes:
            found = anchors.locate_all(self.article.text, entry.quotes[name])
            value = {"spans": [list(span) for span in found or ()]}
        values[name] = value

    def give_ends(self, target: Held, quotes: Sequence[Anchor]) -> Held | None:
        """Give a statement other ends; ``None`` when their words are not in the text."""
        spans = anchors.locate_all(self.article.text, quotes)
        if spans is None:
            return None
        old, new = target.statement.id, statement_id(self.article.text_sha256, spans)
        if new == old:
            return target
        stands = next((one for one in self.held if one.statement.id == new), None)
        self.held = [one for one in self.held if one is not target]
        self._former[old] = target
        if stands is None:
            stands = self._former.pop(new, None) or self._with_content(target, new, spans)
            self.held.append(stands)
        self._became = {one: new if other == old else other for one, other in self._became.items()}
        self._became[old] = new
        self._became.pop(new, None)
        self.decided[new] = {**self.decided.pop(old, {}), **self.decided.get(new, {})}
        self.placements = [
            replace(one, statement=new) if one.statement == old else one for one in self.placements
        ]
        return stands

    def name_parents(self) -> None:
        """Have nested statements name the one around them as it stands: where either has other ends.

        One that its parent's words no longer hold is within none.
        """
        content = {one.statement.id: one.statement.content for one in self.held}
        given = set(self._became.values())
        for n, one in enumerate(self.held):
            parent = self._became.get(one.statement.parent or "", one.statement.parent)
            if parent is None or not (parent in given or one.statement.id in given):
                continue
            if not (parent in content and _within(one.statement.content, content[parent])):
                parent = None
            self.held[n] = replace(one, statement=replace(one.statement, parent=parent))

    def _with_content(self, target: Held, number: str, spans: Spans) -> Held:
        if number not in self.kept:
            made = replace(target.statement, id=number, content=spans, text=self.article.quote(spans))
            saved = save_statements(self.connection, self.run_id, [made], "judgement") if self.save else None
            self.kept[number] = saved[0] if saved else Held(0, made)
        return self.kept[number]


def lay(
    connection: sqlite3.Connection, article_id: int, article: Article, run_id: int,
    held: list[Held] | None = None, *, save: bool = False,
) -> Laid:  # fmt: skip
    """Lay the judgements on an article over a run.

    What a person accepted, corrected or added and the model does not find stands on that person's word, as a
    statement of the run with origin ``judgement``, as long as its words stand in the text.

    Args:
        connection: the record.
        article_id: the article.
        article: the text of the run.
        run_id: the run.
        held: the model's statements of the run, when the caller has them at hand.
        save: write the statements that stand on a person's word into the run.
    """
    held = held_statements(connection, run_id) if held is None else list(held)
    laid = Laid(connection, article, run_id, save, held)
    entries = history(connection, article_id)
    if not entries:
        return laid
    laid.kept = {one.statement.id: one for one in held_statements(connection, run_id, "judgement")}
    holding = {one.id for one in merging.effective(entry.decided for entry in entries)}
    unwanted = _unwanted(entries, holding)
    ends = _ends_taken_back(entries, holding)
    for entry in entries:
        if entry.decided.undoes is not None or entry.decided.id not in holding:
            laid.placements.append(Placed(entry.decided.id, None, taken_back(entry)))
            continue
        meant = _meant(entry, ends)
        spans = anchors.locate_all(article.text, meant.anchors)
        target = laid.find(spans, meant.statement_pk) if spans else None
        if spans and target is None and meant.statement not in unwanted:
            target = laid.keep(meant, spans)
        if target is not None and entry.decided.field == "content":
            target = laid.give_ends(target, entry.quotes.get("content", ()))
            spans = spans if target is not None else None
        if target is not None:
            laid.decide(entry, target)
        place = _place(entry, target, moot=spans is not None and meant.statement in unwanted)
        laid.placements.append(Placed(entry.decided.id, target.statement.id if target else None, place))
    laid.decided = dict(laid.decided)
    laid.name_parents()
    return laid


def _within(inner: Spans, outer: Spans) -> bool:
    """Return whether a content lies whole in another one, and is not the same."""
    return inner != outer and all(any(a <= start and end <= b for a, b in outer) for start, end in inner)


def _place(entry: Entry, target: Held | None, *, moot: bool) -> str:
    if target is not None:
        return "placed"
    if not entry.anchors:
        return "removed"
    return "moot" if moot else "orphan"


def history(connection: sqlite3.Connection, article_id: int) -> list[Entry]:
    """Return the judgements on an article in the order made."""
    quotes: dict[int, dict[int, list[Anchor]]] = defaultdict(lambda: defaultdict(list))
    for number, n, *values in connection.execute(
        "SELECT n.judgement_id, n.n, n.exact, n.prefix, n.suffix, n.start FROM anchor n JOIN judgement j "
        "ON j.id = n.judgement_id WHERE j.article_id = ? ORDER BY n.judgement_id, n.n",
        (article_id,),
    ).fetchall():
        quotes[number][n // BAND].append(anchors.kept(values, f"judgement {number}"))
    found = connection.execute(
        "SELECT id, field, value, undoes, statement_id, statement_pk FROM judgement WHERE "
        "article_id = ? ORDER BY id",
        (article_id,),
    ).fetchall()
    return [
        Entry(
            merging.Decided(number, name, _value(number, name, value, undoes), undoes),
            statement, pk, tuple(quotes[number][0]),
            {role: tuple(quotes[number][band]) for role, band in ROLES.items() if quotes[number][band]},
        )
        for number, name, value, undoes, statement, pk in found
    ]  # fmt: skip


def nowhere(entries: list[Entry]) -> list[Placed]:
    """Return the placements of an article whose pages were all removed."""
    holding = {one.id for one in merging.effective(entry.decided for entry in entries)}
    return [
        Placed(entry.decided.id, None, "removed" if entry.decided.id in holding else taken_back(entry))
        for entry in entries
    ]


def taken_back(entry: Entry) -> str:
    """Return the place of a judgement that does not hold: undone, or itself an undoing."""
    return "undone" if entry.decided.undoes is None else "undo"


def _value(number: int, name: str, value: str, undoes: int | None) -> Any:
    """Return the value of a judgement; that of an undoing bears on nothing."""
    found = rows.loads(value, f"judgement {number}")
    return found if undoes is not None else merging.sound(name, found, f"judgement {number}")


def _unwanted(entries: list[Entry], holding: set[int]) -> set[str]:
    """Return the ids, as judged, of the statements that are not to be kept where the model finds none.

    They are those whose last verdict is a rejection, and those that were added and taken back.
    """
    verdicts = {
        entry.statement: entry.decided.value
        for entry in entries
        if entry.decided.id in holding and entry.decided.field == "verdict"
    }
    added = [entry for entry in entries if entry.decided.field == ADDED]
    held = {entry.statement for entry in added if entry.decided.id in holding}
    return {statement for statement, verdict in verdicts.items() if verdict == "reject"} | (
        {entry.statement for entry in added} - held
    )


def _ends_taken_back(entries: list[Entry], holding: set[int]) -> dict[str, Entry]:
    """Return id of a statement with ends that were taken back -> the judgement that had given it them."""
    given = [entry for entry in entries if entry.decided.field == "content"]
    held = {_given_id(entry) for entry in given if entry.decided.id in holding}
    return {
        number: entry
        for entry in reversed(given)
        if entry.decided.id not in holding and (number := _given_id(entry)) and number not in held
    }


def _given_id(entry: Entry) -> str | None:
    value = entry.decided.value
    return value.get("id") if isinstance(value, dict) else None


def _meant(entry: Entry, ends: Mapping[str, Entry]) -> Entry:
    """Return the judgement whose words are those that a judgement is on, other ends taken back."""
    seen: set[str] = set()
    while entry.statement in ends and entry.statement not in seen:
        seen.add(entry.statement)
        entry = ends[entry.statement]
    return entry
