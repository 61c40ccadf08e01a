"""What resolving may ask about actors: a read-only lookup, so that an article resolves without any database.

The record implements it over its tables; :mod:`onrecord.speakers.registry` over the facts that ship with the
package.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of office.

    Attributes:
        actor: id of the holder.
        role: the office as its evidence writes it ("Minister of Foreign Affairs").
        body: country or organisation that it belongs to, as the evidence writes it.
        first: first day known, ISO 8601, as precise as known ("2002", "2002-05", "2002-05-04"); ``None``
            when it is not known.
        last: last day known, likewise; ``None`` when it is not known or the term had not ended.
        evidence: what says so: the registry and its row, or text and spans.
    """

    actor: str
    role: str
    body: str | None = None
    first: str | None = None
    last: str | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An actor as a registry knows it.

    Attributes:
        id: stable id; one that was merged into another is never given.
        kind: person, organisation, state, media or group.
        label: the name it is shown by.
        names: all names, the label among them.
        terms: offices held.
        identifiers: scheme to value, as ``{"wikidata": "Q123"}``.
    """

    id: str
    kind: str | None
    label: str
    names: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who held an office on a day: ``certain`` when the term's days as known enclose the day."""

    actor: Known
    term: Term
    certain: bool


class Lookup(Protocol):
    """Read-only access to actors. Every method answers from an index: none walks through the registry."""

    def get(self, actor: str) -> Known | None:
        """Return the actor of this id, or the one that it was merged into."""

    def alike(self, name: str) -> Sequence[Known]:
        """Return the actors that bear a name whose keys meet those of ``name``; scoring is the caller's."""

    def holders(self, role: str, body: str | None, day: str) -> Sequence[Holder]:
        """Return who held the office on the day (ISO 8601); empty when no term is known to cover it.

        ``role`` and ``body`` may be in any of the forms that news writes ("foreign minister", "Russian").
        """
