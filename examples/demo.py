"""Read the sample articles into a fresh record, and show what it answers: ``make demo``.

Every name, place and paper in the samples is invented.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

import onrecord
from onrecord.article import Article, Statement

SAMPLES = Path(__file__).parent / "articles"
FIRST = 10

console = Console(highlight=False, markup=False, emoji=False)
width = min(console.width, 120)


def main() -> None:
    """Run the demonstration; nothing of it stays on the disk."""
    with tempfile.TemporaryDirectory(prefix="onrecord-demo-") as folder:
        record = Path(folder) / "demo.onrecord"
        title("Reading the sample articles")
        first = add_all(record)
        title(f"The first {FIRST} statements")
        for article, statement in first:
            name = statement.speaker and statement.speaker.name
            row(name or article.quote(statement.source) or "—", " ".join(statement.text.split()), 28)
        title("Who said what about the ferry")
        command(record, "said", "ferry", "--limit", "4")
        title("An article with its statements marked")
        command(record, "show", str(SAMPLES / "truce-wire.txt"), "--first", "6")
        title("Go on with your own")
        go_on()


def add_all(path: Path) -> list[tuple[Article, Statement]]:
    """Add every sample to a record, say so, and return the first statements."""
    first: list[tuple[Article, Statement]] = []
    begun, articles, statements, words = time.monotonic(), 0, 0, 0
    with onrecord.Record(path) as record:
        for article in onrecord.read_all([str(SAMPLES)]):
            if isinstance(article, onrecord.InputError):
                console.print(Text(f"not read: {article}"))
                continue
            found = onrecord.extract(article)
            record.add(article, found)
            name = article.outlet or article.agency or Path(article.path).name
            row(name, article.headline or article.path, 24, f"{len(found):3}")
            articles += 1
            statements += len(found)
            words += len(article.text.split())
            first += [(article, statement) for statement in found[: FIRST - len(first)]]
    seconds = time.monotonic() - begun
    inputs = len(list(SAMPLES.iterdir()))
    console.print()
    console.print(f"{inputs} files, {articles} articles, {words:,} words: {statements} statements")
    console.print(f"{seconds:.1f} s, loading the model included")
    return first


def title(words: str) -> None:
    """Print a line that says what comes next."""
    console.print()
    console.print(Rule(Text(words, style="bold"), align="left", style="dim"), width=width)
    console.print()


def row(left: str, right: str, room: int, count: str = "") -> None:
    """Print one row: a name, a text cut to fit, and a count."""
    name, text = Text(left, style="cyan"), Text(right)
    name.truncate(room, overflow="ellipsis", pad=True)
    text.truncate(width - room - 3 - len(count), overflow="ellipsis", pad=bool(count))
    console.print(Text("  ").join([name, text]) + Text(f" {count}".rstrip(), style="bold"), soft_wrap=True)


def command(record: Path, *arguments: str) -> None:
    """Print a command as a user would type it, and what it answers."""
    shown = [Path(one).name if one.startswith(str(SAMPLES)) else one for one in arguments]
    console.print(Text(f"$ onrecord {' '.join(shown)}", style="dim"))
    console.print()
    environment = {**os.environ, "ONRECORD_RECORD": str(record), "COLUMNS": str(width)}
    subprocess.run([sys.executable, "-m", "onrecord", *arguments], env=environment, check=True)  # noqa: S603


def go_on() -> None:
    """Say what to type next."""
    program = Path(sys.executable).parent / "onrecord"
    name = str(program.relative_to(Path.cwd())) if program.is_relative_to(Path.cwd()) else program.name
    for words, what in (
        ("show page.html", "a page you saved, marked"),
        ("add news/ https://…", "keep pages in ./news.onrecord"),
        ("said 'words' --by name", "ask who said what"),
        ("judge ID --set speaker=…", "correct what is wrong"),
        ("export --to statements.csv", "a table for other tools"),
    ):
        console.print(Text(f"  {name} {words:<28}") + Text(what, style="dim"), soft_wrap=True)
    console.print()
    console.print(Text("README.md and docs/ say the rest."))


if __name__ == "__main__":
    try:
        main()
    except onrecord.OnrecordError as error:
        sys.exit(f"demo: {error}")
