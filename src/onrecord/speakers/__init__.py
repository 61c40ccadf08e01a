"""RESOLVE: who speaks, as far as the article itself tells.

:func:`resolve` reads the article once (:mod:`.layout`, :mod:`.mentions`), groups its names into a cast
(:mod:`.cast`), and asks one rule after the other for each statement: names, titles, bodies and groups
(:mod:`.sources`, :mod:`.offices`), pronouns and passages (:mod:`.pronouns`), the word chain (:mod:`.chain`).
The rules are pure functions of text and spans.
"""

from __future__ import annotations

from .resolve import resolve

__all__ = ["resolve"]
