"""SHOW: the record in a browser: local pages over :mod:`onrecord.query`, read without JavaScript.

One file a page; :mod:`onrecord.web.trust` says whom the app answers, :mod:`onrecord.web.pages` how.
"""

from __future__ import annotations

from onrecord.web.app import create_app

__all__ = ["create_app"]
