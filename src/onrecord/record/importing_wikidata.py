"""Wikidata entities as JSON: one entity, ``{"entities": {...}}``, an array, or one entity a line.

Labels and aliases become names; positions held (P39 with start P580, end P582 and of P642 or P1001),
membership of parties (P102) and citizenship (P27) become terms. A statement of deprecated rank counts for
nothing, a point in time is kept as precise as it is given. Positions and bodies are named by their own
entities where the file or the record holds them, else by their identifiers until they are imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Final

from onrecord.record.importing import MOST_NAMES, Bad, Entry, Label, Read, lines, objects, unique, whole
from onrecord.speakers import terms
from onrecord.speakers.lookup import Term
from onrecord.speakers.states import all_states

_QID: Final = re.compile(r"Q[1-9]\d*")
_TIME: Final = re.compile(r"\+(\d{4})-(\d\d)-(\d\d)T")
#: How precise a time is, by Wikidata's number -> the length of what is known of an ISO 8601 day.
_PRECISION: Final = {9: 4, 10: 7, 11: 10}
#: Languages whose label an actor is shown by, best first.
_SHOWN: Final = ("en", "mul", "en-gb", "en-us")
_HUMAN: Final = "Q5"
#: What an entity is an instance of (P31) -> kind of actor.
_KINDS: Final = {
    _HUMAN: "person", "Q6256": "state", "Q3624078": "state", "Q7275": "state", "Q3024240": "state",
    "Q11032": "media", "Q192283": "media", "Q1616075": "media", "Q1126006": "media", "Q1153191": "media",
    "Q43229": "organisation", "Q484652": "organisation", "Q245065": "organisation", "Q7278": "organisation",
    "Q327333": "organisation", "Q192350": "organisation", "Q4830453": "organisation",
    "Q7210356": "organisation",
}  # fmt: skip
#: Positions are what actors hold, and no actors.
_POSITIONS: Final = frozenset({"Q4164871", "Q294414", "Q303618", "Q1058914"})
#: property -> role of the term it makes; the role of P39 is the position's own name.
_TIES: Final = (("P39", None), ("P102", "member"), ("P27", "citizen"))
_START, _END, _OF, _JURISDICTION, _COUNTRY, _INSTANCE = "P580", "P582", "P642", "P1001", "P17", "P31"


@dataclass(slots=True)
class _Known:
    """What the entities of a file say of positions and bodies: their names, and whose positions they are."""

    labels: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)


def recognise(value: Any) -> bool:
    """Return whether a JSON value is an entity of Wikidata, or an object of such."""
    if not isinstance(value, dict):
        return False
    if isinstance(value.get("entities"), dict):
        return True
    return bool(_QID.fullmatch(str(value.get("id")))) and bool({"labels", "claims"} & value.keys())


def read(stream: IO[bytes], source: str) -> Read:
    """Yield the actors of a file with their terms, then the names of positions for terms imported before."""
    known = _first_reading(stream)
    for row, value in _entities(stream):
        if isinstance(value, Bad):
            yield value
            continue
        number = str(value["id"])
        kinds = set(_items(value, _INSTANCE))
        if number in known.held or kinds & _POSITIONS:
            continue
        yield _actor(row, value, known, source)
    for number, label in known.labels.items():
        # What was imported before under its identifier gets its name.
        yield Label(number, label)


def _first_reading(stream: IO[bytes]) -> _Known:
    known = _Known(labels={state.wikidata: state.name for state in all_states() if state.wikidata})
    for _, value in _entities(stream):
        if isinstance(value, Bad):
            continue
        known.held.update(_items(value, "P39"))
        if _HUMAN in _items(value, _INSTANCE):
            continue
        label = _label(value)
        if label:
            known.labels[str(value["id"])] = label
        body = next(iter([*_items(value, _JURISDICTION), *_items(value, _COUNTRY)]), None)
        if body:
            known.bodies[str(value["id"])] = body
    return known


def _entities(stream: IO[bytes]) -> Iterator[tuple[int, dict[str, Any] | Bad]]:
    """Yield row and entity, or what is wrong; a file that is one JSON value counts its entities."""
    for row, value in enumerate(_single(stream), start=1):
        yield row, value if _is_entity(value) else Bad(row, "is no entity of Wikidata")
    if _single(stream):
        return
    for row, value in objects(stream):
        if isinstance(value, str):
            yield row, Bad(row, value)
        elif isinstance(value.get("entities"), dict):
            for inner in value["entities"].values():
                yield row, inner if _is_entity(inner) else Bad(row, "is no entity of Wikidata")
        else:
            yield row, value if _is_entity(value) else Bad(row, "is no entity of Wikidata")


def _is_entity(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and _QID.fullmatch(str(value.get("id"))) is not None
        and "missing" not in value
    )


def _single(stream: IO[bytes]) -> list[Any]:
    """Return the entities of a file that is one JSON value over several lines; none when it is not."""
    first = next((line for _, line in lines(stream)), None)
    if first is None or (first.strip().rstrip(b",") == b"[" and _one_a_line(stream)):
        return []
    if first.strip().endswith((b"}", b"},")) and first.strip().startswith(b"{"):
        return []
    value = whole(stream)
    if isinstance(value, dict):
        inner = value.get("entities")
        return list(inner.values()) if isinstance(inner, dict) else [value]
    return value if isinstance(value, list) else []


def _one_a_line(stream: IO[bytes]) -> bool:
    second = [line for _, line in zip(range(2), (line for _, line in lines(stream)), strict=False)][-1]
    return second is not None and second.strip().rstrip(b",").endswith(b"}")


def _actor(row: int, value: Mapping[str, Any], known: _Known, source: str) -> Entry | Bad:
    number = str(value["id"])
    names = list(_names(value))
    label = _label(value)
    if label is None:
        return Bad(row, f"{number} has neither label nor alias")
    if len(names) > 10 * MOST_NAMES:
        return Bad(row, f"{number} has {len(names):,} names")
    held = list(_terms(row, value, known, source))
    kind = next((_KINDS[one] for one in _items(value, _INSTANCE) if one in _KINDS), None)
    if kind is None and held:
        kind = "person"
    return Entry(
        row=row, id=number, kind=kind, label=label, names=unique(names, label), scheme="wikidata",
        value=number, terms=tuple(held),
    )  # fmt: skip


def _terms(row: int, value: Mapping[str, Any], known: _Known, source: str) -> Iterator[Term]:
    number = str(value["id"])
    for claim, role in _TIES:
        for statement in _statements(value, claim):
            item = _item(statement.get("mainsnak"))
            if item is None:
                continue
            first, last = (_time(_qualifier(statement, name)) for name in (_START, _END))
            name = known.labels.get(item, item)
            if role is None:
                given = next(
                    (body for one in (_OF, _JURISDICTION) if (body := _item(_qualifier(statement, one)))),
                    None,
                ) or known.bodies.get(item)
                body = given and known.labels.get(given, given)
                # "President of Ruritania" says whose president, in words that people use.
                own = terms.office(name).body
                body = None if own and body and _QID.fullmatch(body) else body
            else:
                name, body = role, name
            yield Term(
                actor=number, role=name, body=body, first=first, last=last,
                evidence={"source": source, "row": row, "property": claim, "item": item},
            )  # fmt: skip


def _names(value: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    for group in ("labels", "aliases"):
        found = value.get(group)
        for language, given in found.items() if isinstance(found, dict) else ():
            for one in given if isinstance(given, list) else [given]:
                words = one.get("value") if isinstance(one, dict) else one
                if isinstance(words, str) and words.strip():
                    yield words, str(language)


def _label(value: Mapping[str, Any]) -> str | None:
    labels = value.get("labels")
    if isinstance(labels, dict):
        for language in (*_SHOWN, *labels):
            given = labels.get(language)
            words = given.get("value") if isinstance(given, dict) else given
            if isinstance(words, str) and words.strip():
                return words
    return next((name for name, _ in _names(value)), None)


def _statements(value: Mapping[str, Any], claim: str) -> list[Mapping[str, Any]]:
    claims = value.get("claims")
    found = claims.get(claim) if isinstance(claims, dict) else None
    several = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    return [one for one in several if one.get("rank") != "deprecated"]


def _items(value: Mapping[str, Any], claim: str) -> list[str]:
    found = [_item(one.get("mainsnak")) for one in _statements(value, claim)]
    return [item for item in found if item]


def _qualifier(statement: Mapping[str, Any], name: str) -> Any:
    qualifiers = statement.get("qualifiers")
    found = qualifiers.get(name) if isinstance(qualifiers, dict) else None
    return found[0] if isinstance(found, list) and found else None


def _value(snak: Any) -> Any:
    """Return the value of a snak, ``None`` for "unknown value" and "no value"."""
    data = snak.get("datavalue") if isinstance(snak, dict) else None
    return data.get("value") if isinstance(data, dict) else None


def _item(snak: Any) -> str | None:
    value = _value(snak)
    if not isinstance(value, dict):
        return None
    number = value.get("id") or (f"Q{value['numeric-id']}" if "numeric-id" in value else None)
    return str(number) if _QID.fullmatch(str(number)) else None


def _time(snak: Any) -> str | None:
    """Return a point in time as far as it is known, ``None`` for less than a year and before our era."""
    value = _value(snak)
    if not isinstance(value, dict):
        return None
    found = _TIME.match(str(value.get("time")))
    precision = value.get("precision")
    length = _PRECISION.get(min(precision, 11), 0) if isinstance(precision, int) else 0
    return "-".join(found.groups())[:length] or None if found else None
