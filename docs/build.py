"""Writes what the documents show: ``python docs/build.py`` after a change of the command line or the model.

``commands.md`` is made from the commands' own help. In README.md and in docs/, a block that opens with
``console`` holds commands, each on a line that begins with ``$``, and what they print; the commands are run
again, in an empty folder with the sample articles, and what they print takes the place of what stood there.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from onrecord.cli import main as commands

REPOSITORY = Path(__file__).resolve().parents[1]
DOCS = REPOSITORY / "docs"
PAGES = (REPOSITORY / "README.md", *sorted(DOCS.glob("*.md")))

_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)

_HEAD = """\
# Commands

This page is made from `onrecord COMMAND --help` by `docs/build.py`.

| verb | does |
| --- | --- |
{verbs}

**Inputs.** A FILE is a page of HTML, a text, a table of articles (CSV, TSV, JSON lines), a folder of these, a
URL, or `-` for standard input. One row of a table is `FILE#N` or `FILE#id`. No other command than one that
names a URL uses the network.

**The record** is `--record PATH`, else `$ONRECORD_RECORD`, else `./news.onrecord`.

**Output.** Results go to standard output, failures and progress bars to standard error. There is no bar
when either is no terminal. `--json` prints JSON lines and nothing else; [json.md](json.md) says what they
hold. `NO_COLOR` is honoured.

**Confidence** is how likely it is that the words and their source are right. It says nothing about the
speaker's name.

**Ids.** `said` prints a statement's id, `extract` and `show` its first 8 characters; the first 6 or more will
do wherever one is given, as long as no other begins so.

**Exit status.** 0: done. 1: some inputs failed, each named in one line, and the rest is done; or the record
or the model cannot be used. 2: wrong use. 130: interrupted. 141: the program that read our output has ended.

**Shell completion.** Put the line for your shell into its start file:

```sh
eval "$(_ONRECORD_COMPLETE=bash_source onrecord)"    # ~/.bashrc
eval "$(_ONRECORD_COMPLETE=zsh_source onrecord)"     # ~/.zshrc
_ONRECORD_COMPLETE=fish_source onrecord | source     # ~/.config/fish/config.fish
```
"""


def commands_page() -> str:
    """Return commands.md."""
    named = list(_verbs(commands))
    verbs = "\n".join(
        f"| [{name}](#onrecord-{name.replace(' ', '-')}) | {command.short_help} |" for name, command in named
    )
    return _HEAD.format(verbs=verbs) + "".join(
        f"\n## onrecord {name}\n\n```text\n{_help(name, command)}\n```\n" for name, command in named
    )


def _verbs(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command as it is typed, those of a group behind the group itself."""
    for name in group.list_commands(click.Context(group)):
        command = group.commands[name]
        yield f"{before}{name}", command
        if isinstance(command, click.Group):
            yield from _verbs(command, f"{before}{name} ")


def _help(name: str, command: click.Command) -> str:
    settings = {"help_option_names": ["-h", "--help"]}
    context = click.Context(command, info_name=f"onrecord {name}", terminal_width=88, **settings)
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


def rerun(page: str) -> str:
    """Return a page with what its commands print now. The blocks of a page share a folder, in their order."""
    if not _BLOCK.search(page):
        return page
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "examples").symlink_to(REPOSITORY / "examples")
        return _BLOCK.sub(lambda block: _run_block(block[0], folder), page)


def _run_block(block: str, folder: str) -> str:
    lines = [line for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(f"{line}\n{_run(line[2:], folder)}" for line in lines)


def _run(command: str, folder: str) -> str:
    """Return what a command prints in a pipe of 80 columns, errors included, less outer blank lines."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**kept, "PATH": path, "COLUMNS": "80", "LC_ALL": "C.UTF-8", "USER": "you"}
    done = subprocess.run(  # noqa: S602 - the commands are those of our own pages
        command, shell=True, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.stdout.decode().strip("\n") + "\n"


def write() -> None:
    """Write every page anew."""
    (DOCS / "commands.md").write_text(commands_page(), encoding="utf-8")
    for page in PAGES:
        page.write_text(rerun(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
