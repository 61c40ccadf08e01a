"""What a mention is linked to: an actor, or those that it may be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from .lookup import Known

#: How many candidates are kept.
MOST: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An actor that a mention may be.

    Attributes:
        actor: its id.
        name: the name it is shown by.
        score: 0 to 1; from :data:`~onrecord.speakers.naming.SAME` on it is taken for the one.
        why: what the score rests on.
        apart: whether the name alone would have linked, and something else in the article speaks against it.
    """

    actor: str
    name: str
    score: float
    why: str
    apart: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return it as :attr:`onrecord.article.Speaker.candidates` has it."""
        return {"actor": self.actor, "name": self.name, "score": round(self.score, 3), "why": self.why}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a mention was linked to.

    Attributes:
        actor: id of the actor, ``None`` when it stays a mention.
        score: of that actor.
        why: the rule, and what it rests on; ``None`` when nothing in the registry is like it.
        candidates: actors it may be, best first; empty when it is linked.
    """

    actor: str | None = None
    score: float = 0.0
    why: str | None = None
    candidates: tuple[Candidate, ...] = ()


def candidate_of(actor: Known, score: float, why: str, apart: bool = False) -> Candidate:
    """Return an actor as a candidate."""
    return Candidate(actor=actor.id, name=actor.label, score=score, why=why, apart=apart)


def kept(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return the best of each actor, best first, at most :data:`MOST`."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        held = best.get(candidate.actor)
        if held is None or candidate.score > held.score:
            best[candidate.actor] = candidate
    return tuple(sorted(best.values(), key=lambda one: (-one.score, one.actor))[:MOST])
