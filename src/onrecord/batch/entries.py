"""What a run goes through: the inputs in their order, the items of each, and which are settled already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from onrecord.article import Page
from onrecord.batch.manifest import Input, Item, Manifest, Mark, mark_of
from onrecord.errors import InputError
from onrecord.reading import sources
from onrecord.record import Added, Record, placing

#: The name of standard input, of which no manifest is kept: it cannot be opened again.
STDIN: Final = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """An item that is to be worked on.

    Attributes:
        input_id: its input in the manifest, ``None`` for standard input.
        path: name of its article.
        n: its place within the input, from 1.
        name: what stands behind the input's path and ``#``; empty for the only item.
        page: what to read.
        sha256: of the page's bytes.
        reached: where in the file the next item begins, in bytes, when that is known.
        position: bytes of all inputs that have been gone through with this step.
    """

    input_id: int | None
    path: str
    n: int
    name: str
    page: Page
    sha256: str
    reached: int | None = None
    position: int = 0
    error: None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """An item of which there is no page; fields as in :class:`ToDo`."""

    input_id: int | None
    path: str
    n: int
    name: str
    error: InputError
    reached: int | None = None
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """An item that an earlier run has settled, and what became of it."""

    result: Added | InputError | None
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The end of an input.

    Attributes:
        input_id: the input in the manifest, ``None`` for standard input.
        path: the input.
        items: how many items it has.
        mark: the file as it was before it was gone through.
        error: why it could not be gone through to its end.
        position: as in :class:`ToDo`.
    """

    input_id: int | None
    path: str
    items: int
    mark: Mark | None = None
    error: InputError | None = None
    position: int = 0


Step = ToDo | Failed | Settled | End


@dataclass
class Inputs:
    """The inputs of a run, in the order given.

    Args:
        record: holds the manifest.
        named: files, folders, URLs, ``-``.
        given: what the user says of them.
        allow_private: fetch from private and loopback addresses too.
        force: work on everything again.
    """

    record: Record
    named: Sequence[str]
    given: Mapping[str, str]
    allow_private: bool = False
    force: bool = False
    total: int = 0
    _gone: int = 0

    def __post_init__(self) -> None:
        self._manifest = Manifest(self.record)

    def enter(self) -> None:
        """Enter the inputs in the manifest, and add up the sizes of the files.

        Raises:
            RecordError: the record cannot be written.
        """
        self._manifest.enter(self._paths(), self.given)

    def steps(self) -> Iterator[Step]:
        """Yield every step of the run."""
        for source in self.named:
            for path in sources.files(source):
                if isinstance(path, InputError):
                    yield Failed(input_id=None, path=path.path, n=1, name="", error=path, position=self._gone)
                else:
                    yield from self._input(path)

    def _paths(self) -> Iterator[str]:
        for source in self.named:
            for path in sources.files(source, tell=False):
                if isinstance(path, str) and path not in ("", STDIN):
                    self.total += size_of(path)
                    yield path

    def _input(self, path: str) -> Iterator[Step]:
        held = None if path in ("", STDIN) else self._manifest.find(path)
        mark = mark_of(path)
        start, self._gone = self._gone, self._gone + size_of(path)
        if held is not None and self._is_settled(held, mark):
            for item in self._manifest.items(held.id):
                yield Settled(
                    result=self._became(f"{path}#{item.name}" if item.name else path, item), position=start
                )
            return
        n, error = 0, None
        given = held.given if held else self.given
        for one in sources.items(path, given, allow_private=self.allow_private):
            if isinstance(one, InputError) and one.path == path:
                error = one  # of the input itself, not of an item in it
                continue
            n += 1
            yield self._step(held, path, n, one, start)
        yield End(
            input_id=held.id if held else None,
            path=path,
            items=n,
            mark=mark,
            error=error,
            position=self._gone,
        )

    def _is_settled(self, held: Input, mark: Mark | None) -> bool:
        """Tell whether a file need not be opened: it was gone through and is as it was."""
        if self.force or held.state != "done" or mark is None or held.mark != mark:
            return False
        return self._manifest.is_whole(held.id)

    def _step(
        self, held: Input | None, path: str, n: int, one: sources.Item | InputError, start: int
    ) -> Step:
        name = one.path.removeprefix(path).removeprefix("#")
        input_id = held.id if held else None
        if isinstance(one, InputError):
            return Failed(input_id=input_id, path=one.path, n=n, name=name, error=one, position=start)
        sha256, position = one.page.sha256, start + (one.reached or 0)
        item = self._manifest.item(held.id, n) if held and not self.force else None
        if item is not None and item.sha256 == sha256:
            # A file of one page is as cheap to try again as to name; its reader may be better now.
            result = None if item.state == "failed" and not name else self._became(one.path, item)
            if result is not None:
                return Settled(result=result, position=position)
        return ToDo(
            input_id=input_id, path=one.path, n=n, name=name, page=one.page, sha256=sha256,
            reached=one.reached, position=position,
        )  # fmt: skip

    def _became(self, path: str, item: Item) -> Added | InputError | None:
        """Return what has become of a settled item, ``None`` when it is to be worked on again."""
        if item.state == "done":
            found = self.record.rows(
                "SELECT p.article_id, (SELECT count(*) FROM standing s WHERE s.article_id = p.article_id) "
                "FROM page p WHERE p.sha256 = ? ORDER BY p.path = ? DESC LIMIT 1",
                (item.sha256, placing.storable(path)),
            )
            if not found:
                return None
            ((article, statements),) = found
            return Added(
                path=path, state="unchanged", article=article, page=item.sha256 or "", statements=statements
            )
        if item.state == "refused":
            return Added(path=path, state="refused", page=item.sha256 or "", reason=item.error)
        return InputError(path, item.error or "failed") if item.state == "failed" else None


def size_of(path: str) -> int:
    """Return the size of a file in bytes, 0 of what is none."""
    try:
        return Path(path).stat().st_size
    except (OSError, ValueError):
        return 0
