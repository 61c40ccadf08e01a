"""RECORD: archives added by several processes; a run that was stopped goes on where it was.

:class:`Run` goes through inputs; :class:`Manifest` tells what became of each item of them.
"""

from __future__ import annotations

from onrecord.batch.manifest import Input, Item, Manifest
from onrecord.batch.run import Run

__all__ = ["Input", "Item", "Manifest", "Run"]
