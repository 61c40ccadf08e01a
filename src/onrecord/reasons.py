"""ASK: why a field of a statement is what it is: the rule or the person, the words it rests on, the day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from onrecord.article import Article, Interval, Span, Statement
from onrecord.errors import QueryError
from onrecord.record import Judgement, Record, ids, judging, merging, standing
from onrecord.record import links as linked_mentions

#: The fields of which it can be told why they are so.
FIELDS: Final = ("speaker", "kind", "office", "via", "about", "said", "released", "due")

_OF_SPEAKER: Final = ("speaker", "kind", "office")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words of the article: their span in code points, and the words."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """An actor that it may be, with score (0 to 1) and reason."""

    actor: str
    name: str
    score: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why one field of a statement is what it is.

    Attributes:
        statement: id of the statement.
        field: one of :data:`FIELDS`; ``about`` and ``via`` come once for each name.
        value: what holds, ``None`` when nobody knows.
        rule: the rule by which the article itself tells it; ``judgement`` where a person decided.
        words: the spans it rests on.
        actor: the actor it is linked to, for names.
        link: the rule and evidence by which it was linked.
        day: the day by which offices were looked up: the article's.
        candidates: actors it may be, best first.
        judged: who decided, when and why, where a person did.
    """

    statement: str
    field: str
    value: str | None
    rule: str | None
    words: tuple[Words, ...] = ()
    actor: str | None = None
    link: str | None = None
    day: str | None = None
    candidates: tuple[Possible, ...] = ()
    judged: str | None = None


def why(record: Record, statement: str, field: str | None = None) -> list[Reason]:
    """Return why the fields of a statement are what they are, or one of them.

    Args:
        record: an open record.
        statement: its id, or the beginning of one.
        field: one of :data:`FIELDS`.

    Raises:
        QueryError: there is no such statement or field.
        RecordError: the record cannot be read.
    """
    if field is not None and field not in FIELDS:
        raise QueryError(f"{field!r} is no field that has a reason. Fields: {', '.join(FIELDS)}")
    with record.reading("asking why") as connection:
        article_id, number = ids.find(connection, statement, None, any_article=True)
        found = standing.standing_article(connection, article_id)
        assert found is not None
        article, text_id, run_id = found
        held, decided, _ = standing.place(connection, article_id, article, run_id)
        one = next(one.statement for one in held if one.statement.id == number)
        mine = decided.get(number, {})
        actor = record.value(
            "SELECT actor_id FROM standing WHERE article_id = ? AND id = ?", (article_id, number)
        )
        made = judging.select(
            connection, "WHERE j.article_id = ? AND p.statement_id = ?", (article_id, number)
        )
        merged = merging.merge(one, mine, article)
        linked = linked_mentions.load(connection, text_id)
        asked = _Asked(record, article, linked, one, merged, actor, made, mine)
        return [reason for name in FIELDS if field in (None, name) for reason in asked.reasons(name)]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One statement about which it is asked, with all that can be told of it."""

    record: Record
    article: Article
    links: linked_mentions.Links
    found: Statement
    merged: Statement
    actor: str | None
    judgements: list[Judgement]
    decided: dict[str, Any]

    def reasons(self, field: str) -> Iterator[Reason]:
        if field in _OF_SPEAKER:
            yield from self._speaker(field)
        elif field == "about":
            for item in self.merged.about:
                linked = self.links.about(item)
                yield self._linked(
                    "about", item.get("name"), "named in the words", item.get("spans", ()), linked
                )
        elif field == "via":
            rule = "judgement" if "via" in self.decided else "named where the words are handed on"
            for span in self.merged.via:
                yield self._linked("via", self.article.quote([span]), rule, [span], self.links.via(span))
        else:
            yield from self._days(field)

    def _speaker(self, field: str) -> Iterator[Reason]:
        speaker, own = self.merged.speaker, self.found.speaker
        if speaker is None:
            if field == "speaker":
                yield Reason(
                    statement=self.found.id, field=field, value=None, rule="the article does not tell"
                )
            return
        judged = field in self.decided or "speaker" in self.decided
        rule = "judgement" if judged else own.why if own else None
        if field == "speaker":
            linked = None if judged else self.links.speaker(self.found)
            spans = () if judged else speaker.spans or self.found.source
            reason = self._linked(field, speaker.name, rule, spans, linked)
            if judged:
                yield Reason(
                    statement=self.found.id, field=field, value=speaker.name, rule=rule, actor=self.actor,
                    judged=self._judged(field),
                )  # fmt: skip
            else:
                yield reason
        elif field == "kind" and speaker.kind:
            yield self._plain(field, speaker.kind, rule, speaker.spans if not judged else ())
        elif field == "office" and speaker.office:
            yield self._plain(
                field, speaker.office, rule if judged else "beside the name", speaker.office_spans
            )

    def _days(self, field: str) -> Iterator[Reason]:
        interval: Interval | None = getattr(self.merged, field)
        if interval is not None:
            days = (
                interval.first if interval.first == interval.last else f"{interval.first} to {interval.last}"
            )
            yield self._plain(field, days, interval.rule, interval.spans)

    def _plain(self, field: str, value: str | None, rule: str | None, spans: Iterable[Span]) -> Reason:
        return Reason(
            statement=self.found.id, field=field, value=value, rule=rule, words=self._words(spans),
            judged=self._judged(field),
        )  # fmt: skip

    def _linked(
        self,
        field: str,
        value: str | None,
        rule: str | None,
        spans: Iterable[Span],
        linked: linked_mentions.Linked | None,
    ) -> Reason:
        return Reason(
            statement=self.found.id, field=field, value=value, rule=rule, words=self._words(spans),
            actor=linked.actor if linked else None, link=linked.why if linked else None,
            day=(self.article.published or "")[:10] or None,
            candidates=self._candidates(linked.id) if linked and not linked.actor else (),
            judged=self._judged(field),
        )  # fmt: skip

    def _words(self, spans: Iterable[Span]) -> tuple[Words, ...]:
        return tuple(Words(start=start, end=end, words=self.article.text[start:end]) for start, end in spans)

    def _candidates(self, mention: int) -> tuple[Possible, ...]:
        found = self.record.rows(
            "SELECT c.actor_id, coalesce(a.judged_label, a.label), c.score, c.why FROM mention_candidate c "
            "JOIN actor a ON a.id = c.actor_id WHERE c.mention_id = ? ORDER BY c.score DESC, c.actor_id",
            (mention,),
        )
        return tuple(Possible(actor=row[0], name=row[1], score=row[2], why=row[3]) for row in found)

    def _judged(self, field: str) -> str | None:
        made = [one for one in self.judgements if one.field == field and one.place == "placed"]
        if field not in self.decided or not made:
            return None
        last = made[-1]
        return f"{last.author}, {last.made[:10]}" + (f": {last.reason}" if last.reason else "")
