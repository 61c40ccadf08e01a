"""FollowTheMoney entities, one JSON object a line (followthemoney.tech): people, bodies, their positions.

Person, Organization, PublicBody, LegalEntity and Company become actors. An Occupancy joins a holder to a
Position; since it may stand before either, the file is read twice.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import IO, Any, Final

from onrecord.record.importing import MOST_NAMES, Bad, Entry, Read, objects, strings, unique
from onrecord.speakers import terms
from onrecord.speakers.lookup import Term
from onrecord.speakers.states import all_states

_KINDS: Final = {
    "Person": "person", "Organization": "organisation", "PublicBody": "organisation",
    "LegalEntity": None, "Company": "organisation",
}  # fmt: skip
_NAMES: Final = ("name", "alias", "weakAlias", "previousName", "abbreviation")


def recognise(value: Any) -> bool:
    """Return whether a JSON value is an entity of FollowTheMoney."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("schema"), str)
        and isinstance(value.get("properties"), dict)
    )


def read(stream: IO[bytes], source: str) -> Read:
    """Yield the actors of a file with their terms; what is of another schema is passed over."""
    positions, held, problems = _first_reading(stream)
    seen: set[str] = set()
    yield from problems
    for row, entity in _entities(stream):
        if isinstance(entity, Bad) or entity["schema"] not in _KINDS:
            continue
        entry = _actor(row, entity)
        if isinstance(entry, Entry):
            mine = held.get(entity["id"], [])
            seen.add(entity["id"])
            own = [_term(entry.id, one, positions[one[1]], source) for one in mine if one[1] in positions]
            entry = replace(entry, terms=tuple(own))
        yield entry
    for holder, several in held.items():
        for row, post, _, _ in several:
            if holder not in seen:
                yield Bad(row, f"its holder {holder[:80]!r} is not in the file")
            elif post not in positions:
                yield Bad(row, f"its position {post[:80]!r} is not in the file")


_Held = tuple[int, str, str | None, str | None]


def _first_reading(
    stream: IO[bytes],
) -> tuple[dict[str, tuple[str, str | None]], dict[str, list[_Held]], list[Bad]]:
    """Return the positions by id, the occupancies by holder, and the lines that cannot be read."""
    positions: dict[str, tuple[str, str | None]] = {}
    held: dict[str, list[_Held]] = defaultdict(list)
    problems: list[Bad] = []
    for row, entity in _entities(stream):
        if isinstance(entity, Bad):
            problems.append(entity)
            continue
        values = entity["properties"]
        if entity["schema"] == "Position":
            name = next(iter(strings(values.get("name"))), None)
            if name is None:
                problems.append(Bad(row, "the position has no name"))
            else:
                positions[entity["id"]] = name, next(iter(strings(values.get("country"))), None)
        elif entity["schema"] == "Occupancy":
            post, holder = (next(iter(strings(values.get(key))), None) for key in ("post", "holder"))
            if post is None or holder is None:
                problems.append(
                    Bad(row, "the occupancy names no holder" if post else "the occupancy names no post")
                )
                continue
            first, last = (
                min(strings(values.get("startDate")), default=None),
                max(strings(values.get("endDate")), default=None),
            )
            held[holder].append((row, post, first, last))
    return positions, held, problems


def _entities(stream: IO[bytes]) -> Iterator[tuple[int, dict[str, Any] | Bad]]:
    for row, value in objects(stream):
        if isinstance(value, str):
            yield row, Bad(row, value)
        elif not recognise(value) or not isinstance(value.get("id"), str) or not value["id"]:
            yield row, Bad(row, "is no entity of FollowTheMoney: it has no id, schema and properties")
        else:
            yield row, value


def _actor(row: int, entity: dict[str, Any]) -> Entry | Bad:
    values = entity["properties"]
    named = [name for key in _NAMES for name in strings(values.get(key))]
    if not named:
        return Bad(row, f"the {entity['schema']} {entity['id'][:80]!r} has no name")
    if len(named) > MOST_NAMES:
        return Bad(row, f"it has {len(named):,} names, {MOST_NAMES:,} are the most")
    label = entity.get("caption") if entity.get("caption") in named else named[0]
    item = _wikidata(strings(values.get("wikidataId")))
    identifiers = {"wikidata": item} if item else {}
    own = "f" + hashlib.sha256(entity["id"].encode("utf-8", "replace")).hexdigest()[:12]
    return Entry(
        row=row, id=own, kind=_KINDS[entity["schema"]], label=str(label),
        names=unique(((name, None) for name in named), str(label)), scheme="ftm", value=entity["id"],
        identifiers=identifiers,
    )  # fmt: skip


@cache
def countries() -> Mapping[str, str]:
    """Return the names of states by the codes of ISO 3166-1, lower case."""
    return {state.code.lower(): state.name for state in all_states()}


def _wikidata(values: Iterable[str]) -> str | None:
    """Return the first identifier of Wikidata among these."""
    return next((one for one in values if one[:1] == "Q" and one[1:].isascii() and one[1:].isdigit()), None)


def _term(actor: str, held: _Held, position: tuple[str, str | None], source: str) -> Term:
    row, _, first, last = held
    role, country = position
    # The position's own words name the state better than the code of its country does.
    body = None if terms.office(role).body or country is None else countries().get(country.lower(), country)
    return Term(
        actor=actor, role=role, body=body, first=_day(first), last=_day(last),
        evidence={"source": source, "row": row},
    )  # fmt: skip


def _day(value: str | None) -> str | None:
    """Return a day as precise as it is given: FollowTheMoney allows times, which no term of office has."""
    return value[:10] if value else None
