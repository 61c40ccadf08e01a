"""``spark`` and ``import``: archives on Apache Spark, and its tables brought into a record."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

import onrecord
from onrecord.cli import options
from onrecord.cli.output import Output, number, plain
from onrecord.cli.running import interruptible

_master_option = click.option(
    "--master",
    metavar="URL",
    help="Spark's master: local[4,4], spark://HOST:7077; all cores here without it.",
)


@click.group(
    short_help="Work on archives with Apache Spark.",
    epilog="\b\nExample:\n  onrecord spark extract 2031-03/*.warc.gz --out tables",
)
def spark() -> None:
    """Work on archives with Apache Spark, into Parquet tables; `import` brings them into a record."""


@spark.command(
    short_help="Read archives and find their statements, into Parquet tables.",
    epilog="\b\nExamples:\n  onrecord spark extract 2031-03/*.warc.gz --out tables\n"
    "  onrecord spark extract --manifest warc.paths.gz --out tables --master spark://head:7077",
)
@click.argument("inputs", metavar="[IN]...", nargs=-1)
@click.option("--out", metavar="DIR", required=True, help="The folder of tables, which all workers share.")
@click.option("--manifest", metavar="FILE", help="A file that names more inputs, one path a line.")
@click.option("--base", metavar="DIR", help="The folder that the manifest's paths are under.")
@click.option("--outlet", metavar="NAME", help="Who published it, where the file does not say.")
@_master_option
@options.json_option
def extract(
    inputs: tuple[str, ...], out: str, manifest: str | None, base: str | None, outlet: str | None,
    master: str | None, output: Output,
) -> int:  # fmt: skip
    """Read each IN (WARC, Parquet, whatever `add` reads) and find its statements, into tables in DIR.

    It may be stopped at any moment, and any worker may die: the same command again goes on behind what is
    done. A page that cannot be worked on becomes a row of the table error.
    """
    from onrecord import spark as library

    if not inputs and manifest is None:
        raise click.UsageError("name inputs, or a --manifest that does")
    given = {"outlet": outlet} if outlet else {}
    with interruptible("what was committed stays"):
        found = library.extract(
            inputs, out, spark=library.session(master), manifest=manifest, base=base, given=given
        )
    if output.json:
        output.line(asdict(found))
    else:
        output.unbroken(
            f"{number(found.pages, 'article')} with {number(found.statements, 'statement')} in {plain(out)}, "
            f"{number(found.errors, 'error')}; {number(found.settled, 'part')} done before"
        )
    if found.errors:
        output.fail(out, f"{number(found.errors, 'input')} failed; the table error names each and says why")
    return output.finish()


@spark.command(
    "stories", short_help="Tell in the tables which articles print one wire text.",
    epilog="\b\nExample:\n  onrecord spark stories tables",
)  # fmt: skip
@click.argument("folder", metavar="DIR")
@_master_option
@options.json_option
def stories_(folder: str, master: str | None, output: Output) -> int:
    """Tell which articles in the tables of DIR print one wire text, into its table story."""
    from onrecord import spark as library

    count = library.stories(folder, spark=library.session(master))
    if output.json:
        output.line({"stories": count})
    else:
        output.unbroken(f"{number(count, 'story', 'stories')} in {plain(folder)}")
    return output.finish()


@click.command(
    "import", short_help="Bring Parquet tables of Spark into the record.",
    epilog="\b\nExample:\n  onrecord import tables --month 2031-03 --speaker Dravec",
)  # fmt: skip
@click.argument("folder", metavar="DIR")
@click.option("--month", metavar="MONTH", help="Only what was published in it: 2012-12.")
@click.option("--outlet", metavar="NAME", help="Only articles of outlets with these words in their name.")
@click.option("--words", metavar="WORDS", help="Only articles with all of these words.")
@click.option("--speaker", metavar="NAME", help="Only articles in which one of this name says something.")
@options.record_option
@options.json_option
def import_(folder: str, path: str, output: Output, **wanted: Any) -> int:
    """Bring the tables that `spark extract` made, or a slice of them, into the record.

    What is held already is passed by. The pages themselves stay in the archive: the record keeps the hash.
    """
    from onrecord.spark.importing import Slice, import_tables

    articles = statements = 0
    with interruptible("what was added stays"), onrecord.Record(path) as record:
        for one in import_tables(record, folder, Slice(**wanted)):
            if one.state in ("failed", "refused"):
                output.fail(one.path, one.reason or one.state)
            articles += one.state in ("new", "version")
            statements += one.statements if one.state in ("new", "version") else 0
            if output.json:
                output.line(asdict(one))
    if not output.json:
        added = f"{number(articles, 'article')} and {number(statements, 'statement')}"
        output.unbroken(f"{added} added to {plain(path)}")
    return output.finish()
