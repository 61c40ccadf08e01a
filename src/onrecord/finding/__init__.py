"""FIND: from a text to its statements. A page's way: windows, tags, segments, links, statements."""

from __future__ import annotations
