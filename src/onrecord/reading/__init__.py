"""READ: any input (HTML, plain text, tables, folders, URLs, standard input) to an Article.

:func:`read` and :func:`read_all` read what a user names; :func:`read_bytes` reads what is in memory;
:func:`reread` reads a stored page again and gives the same article as long as :data:`READER_VERSION` is
the same.
"""

from __future__ import annotations

from onrecord.reading.pages import READER_VERSION, reread
from onrecord.reading.sources import read, read_all, read_bytes

__all__ = ["READER_VERSION", "read", "read_all", "read_bytes", "reread"]
