"""What a server does before it says that it is there, so that the first request is not the slow one."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import Final

from onrecord.errors import RecordError
from onrecord.query import facets
from onrecord.web import pages
from onrecord.web.records import Records

#: The file is asked for in pieces of this size: a longer one the kernel cuts off.
_PIECE: Final = 4 << 20

#: The start waits no longer than this for a slow disk, nor for one question.
_LONGEST_SECONDS: Final = 2.0


def warm(records: Records) -> None:
    """Open the records that requests read, ask each a question or two, compile the templates.

    A search for a word reads some thousand pages of the file from anywhere in it. One by one from a disk that
    costs ten times what the question itself does, so the machine is asked to read the file in one go. What
    is wrong with the record is left for the pages to tell, each of its own question.

    Raises:
        RecordError: the record cannot be opened.
    """
    read_ahead(records.path)
    pages.compile_all()
    for record in records.open_readers():
        with suppress(RecordError):
            record.limit(_LONGEST_SECONDS)
            facets.browse(record, limit=1)
            # Names are looked up among those of bodies and offices, which are sorted once.
            facets.browse(record, by="warm", limit=1)


def read_ahead(path: str) -> int:
    """Ask the machine to hold a file in memory, as far as half of what is free goes; return how many bytes.

    Returns at once with what is held already. Where the system cannot be asked (macOS, Windows), nothing is
    done.
    """
    if not hasattr(os, "posix_fadvise"):
        return 0
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    until = time.monotonic() + _LONGEST_SECONDS
    asked = 0
    with open(path, "rb") as file:  # noqa: PTH123 - only its number is wanted
        wanted = min(os.fstat(file.fileno()).st_size, free // 2)
        while asked < wanted and time.monotonic() < until:
            piece = min(_PIECE, wanted - asked)
            os.posix_fadvise(file.fileno(), asked, piece, os.POSIX_FADV_WILLNEED)
            asked += piece
    return asked
