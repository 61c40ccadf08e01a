"""The fixtures of the record's tests."""

from __future__ import annotations

from tests.record.conftest import opened, path, record

__all__ = ["opened", "path", "record"]
