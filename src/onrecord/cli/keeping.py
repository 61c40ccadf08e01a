"""``add``, ``remove``, ``refresh`` and ``verify``: what the record holds."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

import click

import onrecord
from onrecord.cli import options
from onrecord.cli.output import Output, number, plain
from onrecord.cli.running import interruptible, report
from onrecord.record import Refreshed

#: Whether the words of a removed page have left the files.
_WIPED: Final = {
    True: "wiped from the file",
    False: "not yet wiped from the file's log, which another program reads; it goes when that one closes",
}


@click.command(
    short_help="Keep articles and their statements in the record.",
    epilog="\b\nExamples:\n  onrecord add news/ --outlet 'The Lakeland Post'\n"
    "  onrecord add archive.jsonl --workers 4",
)
@options.sources_argument
@options.reading_options
@click.option("--force", is_flag=True, help="Add pages that were once removed, and go through all again.")
@options.workers_option
@options.record_option
@options.json_option
def add(sources: tuple[str, ...], force: bool, workers: int, path: str, output: Output, **given: Any) -> int:
    """Read each FILE, find its statements and keep both in the record.

    The same page again changes nothing; an altered page becomes a new version of its article. It may be
    stopped at any moment: the same command again goes on behind what is done. `inputs` lists what was given,
    and tries again what failed.
    """
    from onrecord.batch import Run

    allow_private = given.pop("allow_private")
    said = options.said_of_inputs(**given)
    with onrecord.Record(path) as record:
        run = Run(record, sources, said, allow_private=allow_private, force=force, workers=workers)
        return report(output, run, path)


@click.command(
    short_help="Take pages out of the record.",
    epilog="\b\nExample:\n  onrecord remove saved/page.html --reason 'court order' --author 'R. Blum'",
)
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True)
@click.option("--reason", metavar="WORDS", required=True, help="Why; kept in the tombstone.")
@options.author_option
@options.record_option
@options.json_option
def remove(pages: tuple[str, ...], reason: str, author: str | None, path: str, output: Output) -> int:
    """Take each PAGE out of the record: its bytes, texts and statements.

    PAGE is a URL, a path or the SHA-256 of a page. The words are wiped from the record's files, not only
    marked as free. A tombstone stays, and keeps the page from being added again by accident.
    """
    who = options.required_author(author)
    with onrecord.Record(path, create=False) as record:
        for page in pages:
            try:
                removed = record.remove(page, reason=reason, author=who)
            except onrecord.OnrecordError as error:
                output.fail(page, str(error))
                continue
            if output.json:
                output.line({"given": page, **asdict(removed)})
                continue
            gone = f"{number(len(removed.pages), 'page')} and {number(removed.statements, 'statement')}"
            output.unbroken(f"{plain(page)}: {gone} removed, {_WIPED[removed.wiped]}")
    return output.finish()


@click.command(
    short_help="Read and extract again what is older than the model.",
    epilog="\b\nExample:\n  onrecord refresh --record post.onrecord",
)
@options.record_option
@options.json_option
def refresh(path: str, output: Output) -> int:
    """Read and extract again, with the present reader and model, what older ones have left.

    It may be stopped at any moment; the next call goes on with the rest. What people decided is kept.
    """
    altered, total = 0, 0
    with (
        interruptible("what was refreshed stays"),
        onrecord.Record(path, create=False) as record,
        output.progress("Refreshing", record.due()) as bar,
    ):
        for one in record.refresh():
            bar.step()
            total += 1
            altered += one.changed
            if one.error:
                output.fail(one.path, one.error)
            if output.json:
                output.line(asdict(one))
            elif one.changed or one.orphans:
                with bar.aside():
                    output.unbroken(_changes(one))
    if not output.json:
        output.unbroken(
            f"{number(total, 'article')} refreshed, {altered:,} altered" if total else "All is up to date"
        )
    return output.finish()


@click.command(
    short_help="Check the whole record against what it stores.",
    epilog="\b\nExamples:\n  onrecord verify --json > problems.jsonl\n  onrecord verify --pages",
)
@click.option(
    "--pages", is_flag=True, help="Read every page again, too, and compare its text (as slow as adding it)."
)
@options.record_option
@options.json_option
def verify(pages: bool, path: str, output: Output) -> int:
    """Check pages and texts against their hashes, and spans, judgements and index against the texts.

    With --pages each page is read again and must give the text that is kept; texts that an older onrecord
    made are left to `refresh`. Each thing that is wrong is named on standard error, and the exit status is 1.
    """
    with onrecord.Record(path, create=False) as record, output.progress("Checking", None) as bar:
        for problem in record.verify(pages=pages):
            bar.step()
            output.fail(path, str(problem))
            if output.json:
                output.line(asdict(problem))
    if not output.json:
        found = number(output.failures, "problem") if output.failures else "nothing wrong"
        output.unbroken(f"{plain(path)}: {found}")
    return output.finish()


def _changes(one: Refreshed) -> str:
    change = one.change
    known = [
        f"{', '.join(one.fields)} altered" if one.fields else "",
        f"{number(len(change.added), 'statement')} more" if change.added else "",
        f"{number(len(change.removed), 'statement')} gone" if change.removed else "",
        f"{number(len(change.altered), 'statement')} altered" if change.altered else "",
        f"{number(len(one.orphans), 'judgement')} without a place" if one.orphans else "",
    ]
    return f"{plain(one.path)}: {'; '.join(part for part in known if part)}"
