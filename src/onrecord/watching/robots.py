"""What a host wants programs like this one to leave alone, and how fast they may ask (RFC 9309)."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final
from urllib.parse import urlsplit

from protego import Protego

from onrecord.errors import FetchError
from onrecord.reading import fetch
from onrecord.reading.decode import decode

#: RFC 9309 has at least 500 KiB of a robots.txt read; one that is larger is taken as not readable.
MOST_BYTES: Final = 512_000
#: Seconds after which a robots.txt is read again (RFC 9309, 2.4: at most a day).
KEPT: Final = 24 * 3600.0
#: How many are kept at a time.
MOST_KEPT: Final = 2_000


class Robots:
    """The robots.txt files of the hosts that are asked, each read once a day.

    Args:
        allow_private: ask private and loopback addresses too.
    """

    def __init__(self, *, allow_private: bool = False) -> None:
        self._allow_private = allow_private
        self._kept: OrderedDict[str, tuple[float, Protego | None]] = OrderedDict()

    def knows(self, url: str, now: float) -> bool:
        """Return whether the robots.txt for an address has been read, less than a day before ``now``."""
        kept = self._kept.get(_origin(url))
        return kept is not None and kept[0] + KEPT > now

    def read(self, url: str, now: float) -> None:
        """Read the robots.txt for an address.

        One that is not there allows everything; so does one that may not be asked for, since the pages beside
        it may not be asked for either, and say why.

        Raises:
            FetchError: the host does not answer, or says that it cannot now: nothing may be asked of it then.
            LimitError: it is too large.
        """
        origin = _origin(url)
        rules: Protego | None = None
        try:
            answer = fetch.ask(f"{origin}/robots.txt", most=MOST_BYTES, allow_private=self._allow_private)
        except FetchError as error:
            if error.passing:
                raise
        else:
            rules = Protego.parse(decode(answer.data, answer.charset) if answer.data else "")
        self._kept[origin] = (now, rules)
        self._kept.move_to_end(origin)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)

    def allow(self, url: str) -> bool:
        """Return whether an address may be asked for; everything may where no robots.txt is known."""
        rules = self._rules(url)
        return rules is None or rules.can_fetch(url, fetch.AGENT)

    def delay(self, url: str) -> float:
        """Return the seconds that the host wants between two questions, 0 where it does not say."""
        rules = self._rules(url)
        return 0.0 if rules is None else rules.crawl_delay(fetch.AGENT) or 0.0

    def _rules(self, url: str) -> Protego | None:
        return self._kept.get(_origin(url), (0.0, None))[1]


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url  # It is no address, and refused when it is asked for.
    return f"{parts.scheme}://{parts.netloc.lower()}"
