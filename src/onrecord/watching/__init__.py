"""WATCH: feeds and news sitemaps, read again and again; what is new in them goes into a record.

:class:`Watch` makes the rounds; what it remembers is in the record (:mod:`onrecord.record.feeds`).
"""

from __future__ import annotations

from onrecord.watching.telling import Told, Trouble
from onrecord.watching.watch import Watch

__all__ = ["Told", "Trouble", "Watch"]
