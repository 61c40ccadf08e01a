"""What is done with one page: read it and find its statements; and the loop of a worker that does so."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from onrecord.article import Article, Page, Statement
from onrecord.batch.messages import Answer, answer_to_bytes, page_from_bytes
from onrecord.errors import InputError, ModelError
from onrecord.record import Extractor, Reader, adding

_STATM: Final = Path("/proc/self/statm")


def work(page: Page, path: str, reader: Reader, extract: Callable[[Article], list[Statement]]) -> Answer:
    """Read one page and find its statements; whatever goes wrong is the answer, and the next page goes on."""
    try:
        article = reader.reread(page, path)
        adding.require_whole(article)
        return Answer((article, extract(article)))
    except InputError as error:
        return Answer(error)
    except MemoryError:
        return Answer(InputError(path, "needs more memory than there is"))
    except RecursionError:
        return Answer(InputError(path, "has too many elements inside one another"))
    except ModelError:
        raise
    except Exception as error:
        # One bad input never stops the others, whatever is wrong with it.
        what = f"{type(error).__name__}: {error}. This is a fault of onrecord: report it"
        return Answer(InputError(path, f"could not be worked on ({what})"))


def serve(connection: Connection, reader: Reader, load: Callable[[], Extractor]) -> None:
    """Load the finder, say that it is ready, and answer pages until the other side closes."""
    try:
        extractor = load()
        hello = {"model": extractor.version}
    except ModelError as error:
        hello = {"error": str(error)}
    # Where the other side has gone, there is nobody to tell.
    with suppress(EOFError, ConnectionError):
        connection.send_bytes(json.dumps(hello).encode())
        while True:
            page, path = page_from_bytes(connection.recv_bytes())
            answer = work(page, path, reader, extractor.extract)
            connection.send_bytes(answer_to_bytes(Answer(answer.found, memory())))


def memory() -> int:
    """Return what this process holds, in bytes; 0 where the system does not tell."""
    try:
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
