"""How much of an input is read at most. Everything that is read is hostile until shown otherwise."""

from __future__ import annotations

from typing import Final

#: Bytes of one file or fetched page. The largest page of the Common Crawl's news set is under 10 MB.
MAX_BYTES: Final = 50_000_000
#: Characters of one article's text. A long novel has about this many; a file with more is an archive.
MAX_CHARACTERS: Final = 1_000_000
#: Characters of one row of a table.
MAX_ROW: Final = 2_000_000
#: Above this size, or this many elements inside one another, HTML is parsed in a process of its own.
DOUBTFUL_BYTES: Final = 3_000_000
DOUBTFUL_DEPTH: Final = 200
#: What that process may use before it is stopped.
CONFINED_SECONDS: Final = 40
CONFINED_BYTES: Final = 900_000_000

#: Seconds for one fetch from first to last byte, redirects included, and for one silent wait within it.
FETCH_SECONDS: Final = 30.0
FETCH_SILENCE: Final = 10.0
MAX_REDIRECTS: Final = 5

#: What is packed may grow to so many times its size, and to so many bytes whatever its size: news shrinks to
#: a fifth or less, the same page again and again to a hundredth; deflate ends at a thousandth.
UNPACKED_RATIO: Final = 200
UNPACKED_BYTES: Final = 200_000_000
