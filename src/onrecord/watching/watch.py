"""Rounds through feeds: ask each for what is new, and add the pages that it lists.

One question at a time is asked, whatever the host; where several hosts have something to be asked for, the
one that has rested longest comes next, so that nobody's pause holds up the others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from onrecord.errors import FetchError, InputError
from onrecord.reading import fetch
from onrecord.reading.feeds import Entry, read_feed
from onrecord.reading.sources import read_url
from onrecord.record import Record, feeds
from onrecord.watching.hosts import FIRST_WAIT, LONGEST_WAIT, Clock, Hosts, backoff, host_of, stamp
from onrecord.watching.robots import Robots
from onrecord.watching.telling import Told, Trouble

#: How often a page is asked for that ends in an error which might pass.
MOST_TRIES: Final = 5
#: Sitemaps of one index that are asked for in a round.
MOST_PARTS: Final = 20
#: What a feed lists is remembered so many at a time, each a transaction.
_BATCH: Final = 2_000
#: Things wrong in a feed that are named in a round; the others are counted.
_MOST_NAMED: Final = 5
#: Seconds in which a page that feeds say is altered is not fetched again, by how often in a row that was so
#: and it was not altered: feeds that give every page the present time are not followed in that.
_AGAIN: Final = (0, *(3600 * 2**n for n in range(8)))
#: Seconds between two looks whether to stop.
_GLANCE: Final = 0.25
#: Characters of a header that is given back.
_MOST_TAG: Final = 500

_ACCEPT: Final = (
    "application/rss+xml, application/atom+xml, application/xml, text/xml, application/feed+json, */*;q=0.1"
)


class _DisallowedError(FetchError):
    """A robots.txt asks not to fetch this."""


class _RestingError(FetchError):
    """A redirect leads to a host that is left alone for now."""


@dataclass(slots=True)
class _Account:
    """A feed that a person named, in one round."""

    feed: feeds.Feed
    told: Told
    open: int = 0
    taken: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Task:
    """One thing to be asked for: a feed, or a page."""

    account: _Account
    url: str
    feed: feeds.Feed | None = None
    item: feeds.Item | None = None


class Watch:
    """A watch over feeds and news sitemaps.

    Args:
        record: where pages go, and where it is remembered what was seen.
        urls: the feeds.
        pause: seconds between two questions to one host; its robots.txt may ask for more.
        most: pages of each feed that are fetched in a round.
        allow_private: ask private and loopback addresses too.
        clock: the time.
    """

    def __init__(
        self,
        record: Record,
        urls: Iterable[str],
        *,
        pause: float = 2.0,
        most: int = 100,
        allow_private: bool = False,
        clock: Clock | None = None,
    ) -> None:
        self.stopping = False
        self._record = record
        self._urls = list(dict.fromkeys(urls))
        self._most = most
        self._allow_private = allow_private
        self._clock = clock or Clock()
        self._hosts = Hosts(record, self._clock, pause)
        self._robots = Robots(allow_private=allow_private)
        self._queues: dict[str, deque[_Task]] = {}
        self._pages_first: set[str] = set()
        self._ends = 0.0

    def stop(self) -> None:
        """Stop after the page in hand. May be called from a signal handler."""
        self.stopping = True

    def rest(self, until: float) -> None:
        """Wait until a time, or until the watch is to stop."""
        while not self.stopping and (left := until - self._clock.now()) > 0:
            self._clock.sleep(min(left, _GLANCE))

    def rounds(self, every: float) -> Iterator[Told | Trouble]:
        """Make rounds until stopped, one each ``every`` seconds; yields as :meth:`round` does."""
        while not self.stopping:
            begun = self._clock.now()
            yield from self.round(every)
            self.rest(begun + every)

    def round(self, length: float) -> Iterator[Told | Trouble]:
        """Go through the feeds once.

        Args:
            length: seconds; a host that wants to be asked later than that from now is left for another round.

        Yields:
            What could not be had, as it shows; and what came of each feed, once all that it asks for is done.

        Raises:
            RecordError: the record cannot be written.
        """
        # A record may be a stranger's, and hold anything in the place of an address or a time.
        with self._record.guard("watching"):
            yield from self._round(length)

    def _round(self, length: float) -> Iterator[Told | Trouble]:
        self._ends = self._clock.now() + length
        self._queues = {}
        accounts = [_Account(feeds.find(self._record, url), Told(url)) for url in self._urls]
        for account in accounts:
            if account.feed.url in self._pages_first:
                self._take(account)
            self._enqueue(_Task(account, account.feed.url, feed=account.feed))
        open_ = [account for account in accounts if account.open]
        yield from (self._tell(account) for account in accounts if not account.open)
        while open_ and (task := self._next()) is not None:
            yield from self._do(task)
            task.account.open -= 1
            yield from (self._tell(account) for account in open_ if not account.open)
            open_ = [account for account in open_ if account.open]
        # Where a host is so slow that a round ends before the pages of a feed, the next begins with them.
        self._pages_first = {account.feed.url for account in open_} - self._pages_first
        yield from (self._tell(account) for account in open_)

    def _tell(self, account: _Account) -> Told:
        told = account.told
        told.at = stamp(self._clock.now())
        told.waiting = feeds.waiting(self._record, account.feed)
        return told

    def _now(self) -> str:
        return stamp(self._clock.now())

    # What is asked next.

    def _enqueue(self, task: _Task) -> None:
        """Put a task behind the others of its host, unless it or its host is left alone."""
        host, now = host_of(task.url), self._clock.now()
        if task.feed is not None and task.feed.due and task.feed.due > stamp(now):
            self._leave(task, task.feed.due, task.feed.error)
            return
        left = self._hosts.left(host)
        if left is not None and left.due > stamp(now):
            self._leave(task, left.due, left.error)
            return
        task.account.open += 1
        self._queues.setdefault(host, deque()).append(task)

    def _leave(self, task: _Task, due: str, error: str | None) -> None:
        """Say of a feed why it is not asked; a page that is not asked for goes on waiting."""
        if task.feed is task.account.feed:
            task.account.told.state = "left alone"
            task.account.told.reason = f"{error or 'failed'}; asked again after {due}"
            self._take(task.account)

    def _next(self) -> _Task | None:
        """Wait until a host may be asked, and return what to ask it for; ``None`` when the round is over."""
        self._queues = {host: queue for host, queue in self._queues.items() if queue}
        if not self._queues or self.stopping:
            return None
        host = min(self._queues, key=self._hosts.ready)
        ready = self._hosts.ready(host)
        if ready > self._ends:
            return None
        self.rest(ready)
        return None if self.stopping else self._queues[host].popleft()

    def _put_off(self, host: str) -> None:
        """Leave what else a host was to be asked for to later rounds, and take pages of others for it."""
        left = self._hosts.left(host)
        put_off = self._queues.pop(host, deque())
        for task in put_off:
            task.account.open -= 1
            if task.item is not None:
                task.account.taken.discard(task.item.id)
            elif left is not None:
                self._leave(task, left.due, left.error)
        for account in {id(task.account): task.account for task in put_off if task.item is not None}.values():
            self._take(account)

    # One question.

    def _do(self, task: _Task) -> Iterator[Trouble]:
        """Ask for a feed or a page; before the first of a host, for its robots.txt."""
        if task.item is not None and self._settled(task, task.item):
            return
        if not self._robots.knows(task.url, self._clock.now()):
            try:
                self._read_robots(task.url)
            except InputError as error:
                yield self._host_fails(task, task.url, error, own=False)
                return
            self._queues.setdefault(host_of(task.url), deque()).appendleft(task)
            task.account.open += 1
            return
        try:
            self._check_robots(task.url)
            if task.item is not None:
                yield from self._ask_page(task, task.item)
            elif task.feed is not None:
                yield from self._ask_feed(task, task.feed)
        except InputError as error:
            yield self._failed(task, error)

    def _read_robots(self, url: str) -> None:
        try:
            self._robots.read(url, self._clock.now())
        except InputError as error:
            error.reason = f"its robots.txt cannot be read: {error.reason}"
            raise
        finally:
            self._hosts.asked(host_of(url), 0.0)

    def _check_robots(self, url: str) -> None:
        if not self._robots.allow(url):
            raise _DisallowedError(
                url, f"the robots.txt of {host_of(url)} asks {fetch.AGENT} not to fetch it"
            )

    def _on_redirect(self, url: str) -> None:
        """Treat the host that a redirect leads to as any other: its rest, its robots.txt, its pause."""
        host = host_of(url)
        left = self._hosts.left(host)
        if left is not None and left.due > stamp(self._clock.now()):
            raise _RestingError(url, f"leads to {host}, which is left alone until {left.due} ({left.error})")
        if not self._robots.knows(url, self._clock.now()):
            self.rest(min(self._hosts.ready(host), self._ends))
            try:
                self._read_robots(url)
            except InputError as error:
                due = self._hosts.failed(host, error)
                raise _RestingError(
                    url, f"leads to {host}, left alone until {due}: {error.reason}"
                ) from error
        self._check_robots(url)
        self.rest(min(self._hosts.ready(host), self._ends))
        self._hosts.asked(host, self._robots.delay(url))

    def _failed(self, task: _Task, error: InputError) -> Trouble:
        """Note a failure: of a host, where it may pass; else of the page or feed itself."""
        if isinstance(error, FetchError) and error.passing:
            return self._host_fails(task, error.at or task.url, error)
        reason = error.reason
        if isinstance(error, _RestingError) and task.item is not None:
            due = stamp(self._clock.now() + FIRST_WAIT)
            feeds.put_off(self._record, task.item, due, reason, tries=task.item.tries)
            task.account.told.pages["later"] += 1
        elif task.item is not None:
            state = "refused" if isinstance(error, _DisallowedError) else "failed"
            feeds.settle(self._record, task.item, state, reason)
            task.account.told.pages[state] += 1
        elif task.feed is not None:
            if not isinstance(error, FetchError) or error.status is not None:
                due = stamp(self._clock.now() + backoff(task.feed.failures + 1, LONGEST_WAIT))
                feeds.failed(self._record, task.feed, due, reason)
                reason = f"{reason}; asked again after {due}"
            self._feed_fails(task, reason)
        return Trouble(task.url, reason)

    def _host_fails(self, task: _Task, url: str, error: InputError, *, own: bool = True) -> Trouble:
        """Note that a host cannot answer now, and leave it alone for a while.

        Args:
            task: what was to be asked for.
            url: the address that failed.
            error: why.
            own: whether the page itself was asked for, rather than a robots.txt.
        """
        host = host_of(url)
        due = self._hosts.failed(host, error)
        reason = f"{error.reason}; {host} is left alone until {due}"
        if task.item is not None:
            state = self._page_fails(task.item, error, due, own=own)
            task.account.told.pages[state] += 1
            if state == "failed":
                reason = f"{error.reason}, {MOST_TRIES} times: given up"
        else:
            self._feed_fails(task, reason)
        self._put_off(host)
        return Trouble(task.url, reason)

    def _feed_fails(self, task: _Task, reason: str) -> None:
        """Say that a feed gave nothing; what it listed before is still fetched."""
        if task.feed is task.account.feed:
            task.account.told.state, task.account.told.reason = "failed", reason
        self._take(task.account)

    def _page_fails(self, item: feeds.Item, error: InputError, due: str, *, own: bool) -> str:
        """Put a page off; one that gives errors of its own is not asked for for ever. Returns its state."""
        tries = item.tries
        if own and isinstance(error, FetchError) and error.reached and error.status not in (429, 503):
            tries += 1
            due = max(due, stamp(self._clock.now() + backoff(tries, LONGEST_WAIT)))
        if tries >= MOST_TRIES:
            feeds.settle(self._record, item, "failed", error.reason)
            return "failed"
        feeds.put_off(self._record, item, due, error.reason, tries=tries)
        return "later"

    # A feed.

    def _ask_feed(self, task: _Task, feed: feeds.Feed) -> Iterator[Trouble]:
        feeds.ask_feed(self._record, feed, self._now())
        known = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified}
        headers = {"Accept": _ACCEPT, **{name: value for name, value in known.items() if value}}
        answer = self._asking(task.url, headers)
        if answer.status == 304:
            feeds.answered(self._record, feed, self._now(), feed.etag, feed.modified)
        else:
            whole = yield from self._list(task, feed, answer)
            etag, modified = (_tag(answer.etag), _tag(answer.modified)) if whole else (None, None)
            feeds.answered(self._record, feed, self._now(), etag, modified, whole=whole)
        if feed is task.account.feed:
            task.account.told.state = "unchanged" if answer.status == 304 else "read"
            for part in feeds.parts(self._record, feed, self._now(), MOST_PARTS):
                self._enqueue(_Task(task.account, part.url, feed=part))
        self._take(task.account)

    def _asking(self, url: str, headers: dict[str, str]) -> fetch.Answer:
        host = host_of(url)
        try:
            answer = fetch.ask(
                url, headers=headers, allow_private=self._allow_private, on_redirect=self._on_redirect
            )
        finally:
            self._hosts.asked(host, self._robots.delay(url))
        self._hosts.answered(host)
        return answer

    def _list(self, task: _Task, feed: feeds.Feed, answer: fetch.Answer) -> Generator[Trouble, None, bool]:
        """Remember what a feed lists; return whether that was all."""
        told = task.account.told
        room = feeds.MOST_WAITING - feeds.waiting(self._record, task.account.feed)
        tomorrow = stamp(self._clock.now() + 86_400)
        found = read_feed(answer.data, answer.url, charset=answer.charset)
        while batch := list(islice(found, _BATCH)):
            pages: list[Entry] = []
            parts: list[Entry] = []
            for entry in batch:
                if isinstance(entry, InputError) or (entry.sitemap and feed.index_id is not None):
                    told.faulty += 1
                    if told.faulty <= _MOST_NAMED:
                        yield _fault(entry)
                    continue
                if entry.updated is not None and entry.updated > tomorrow:
                    entry = replace(entry, updated=None)
                (parts if entry.sitemap else pages).append(entry)
            new = feeds.list_entries(self._record, feed, pages, self._now(), _AGAIN)
            told.listed += new
            room -= new + feeds.list_entries(self._record, feed, parts, self._now(), _AGAIN)
            if room <= 0:
                much = f"has more than {feeds.MOST_WAITING:,} pages waiting"
                yield Trouble(feed.url, f"{much}; what else it lists is left for later")
                return False
        if told.faulty > _MOST_NAMED:
            yield Trouble(feed.url, f"lists {told.faulty - _MOST_NAMED:,} more things that are no pages")
        return True

    def _take(self, account: _Account) -> None:
        """Queue pages of a feed, as many as the round has left for it."""
        more = True
        while more and len(account.taken) < self._most:
            more = False
            left: list[tuple[str, int]] = []
            for item in feeds.next_items(self._record, account.feed, self._now(), self._most + _BATCH):
                if item.id in account.taken:
                    continue
                host = self._hosts.left(host_of(item.url))
                if host is not None and host.due > self._now():
                    left.append((host.due, item.id))
                elif len(account.taken) < self._most:
                    account.taken.add(item.id)
                    self._enqueue(_Task(account, item.url, item=item))
            if left:
                feeds.leave(self._record, account.feed, left)
                more = True

    # A page.

    def _settled(self, task: _Task, item: feeds.Item) -> bool:
        """Return whether a page need not be asked for: it is held, or it was taken out of the record."""
        reason = feeds.removed(self._record, item)
        if reason is not None:
            feeds.settle(self._record, item, "refused", reason)
            task.account.told.pages["refused"] += 1
        elif feeds.held(self._record, item):
            feeds.settle(self._record, item, "done")
            task.account.told.pages["held"] += 1
        else:
            return False
        return True

    def _ask_page(self, task: _Task, item: feeds.Item) -> Iterator[Trouble]:
        told = task.account.told
        feeds.ask_item(self._record, item, self._now())
        host = host_of(item.url)
        try:
            article = read_url(item.url, {}, self._allow_private, self._on_redirect)
        except InputError as error:
            if isinstance(error, FetchError) and error.passing:
                raise
            self._hosts.answered(host)
            raise
        finally:
            self._hosts.asked(host, self._robots.delay(item.url))
        self._hosts.answered(host)
        for added in self._record.add_all([article]):
            told.pages[added.state] += 1
            told.statements += added.statements if added.state in ("new", "version") else 0
            state = added.state if added.state in ("failed", "refused") else "done"
            same = item.same + 1 if added.state == "unchanged" and item.asked else 0
            feeds.settle(self._record, item, state, added.reason, same=same)
            if state != "done":
                yield Trouble(item.url, added.reason or state)


def _tag(value: str | None) -> str | None:
    """Return a header as it may be given back, ``None`` where that could not be sent."""
    return value if value and len(value) <= _MOST_TAG and value.isascii() and value.isprintable() else None


def _fault(entry: Entry | InputError) -> Trouble:
    if isinstance(entry, InputError):
        return Trouble(entry.path, entry.reason)
    return Trouble(entry.url, "is listed in a sitemap index that another one lists; it is passed over")
