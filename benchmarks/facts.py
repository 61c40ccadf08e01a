"""How far the facts that ship with the package agree with tables that others made.

    python benchmarks/facts.py --data FOLDER

FOLDER holds ``country-codes.csv`` (states: names, capital and Wikidata item by ISO 3166-1 code) and
``holders21.csv`` (offices, from Wikidata: items of people who headed a body, and the days of some who did).
Prints how many facts could be checked and how many agree, and each that does not.
What no table has is unchecked.
"""

from __future__ import annotations

import argparse
import csv
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

Checked = tuple[str, bool | None, str]


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def shipped(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the package's own tables."""
    text = files("onrecord.speakers").joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def plain(words: str) -> str:
    """Return letters only, in lower case and without marks."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", words).casefold() if sign.isalpha())


def states(codes: list[dict[str, str]]) -> Iterator[Checked]:
    """Check code, name, capital and item of each state."""
    known = {row["ISO3166-1-Alpha-2"]: row for row in codes}
    for row in shipped("states.csv"):
        other = known.get(row["code"])
        if other is None:
            for fact in ("state: name", "state: capital", "state: item"):
                yield fact, None, row["name"]
            continue
        names = {plain(name) for name in (row["name"], *row["other_names"].split(";"))}
        columns = ("CLDR display name", "official_name_en", "UNTERM English Short", "UNTERM English Formal")
        theirs = {plain(other[column].split("(")[0].removeprefix("the ")) for column in columns}
        yield "state: name", bool(names & theirs), f"{row['name']}: {other['CLDR display name']}"
        capitals = {plain(one) for one in row["capitals"].replace("=", ";").split(";") if one}
        capital = other["Capital"]
        agreed = plain(capital) in capitals if capital and capitals else None
        yield "state: capital", agreed, f"{row['name']}: {row['capitals']} / {capital}"
        item = other["wikidata_id"].rpartition("/")[2]
        same = item == row["wikidata"] if item else None
        yield "state: item", same, f"{row['name']}: {row['wikidata']} / {item}"


def heads(held: list[dict[str, str]]) -> Iterator[Checked]:
    """Check the item of each head of a body whom the table knows by name, and the days that it gives him."""
    bodies = {row["code"]: (row["name"], *row["other_names"].split(";")) for row in shipped("bodies.csv")}
    by_name = {plain(row["person"]): row["person_qid"] for row in held}
    for row in shipped("heads.csv"):
        item = by_name.get(plain(row["name"]))
        same = item == row["wikidata"] if item and row["wikidata"] else None
        yield "head: item", same, f"{row['name']}: {row['wikidata']} / {item}"
        held_there = [
            term
            for term in held
            if plain(term["person"]) == plain(row["name"])
            and plain(term["position"]).startswith(plain(row["role"].split()[0]))
            and any(name and plain(name) in plain(term["position"]) for name in bodies[row["body"]])
        ]
        for ours, theirs in (("first", "start"), ("last", "end")):
            days = [term[theirs] for term in held_there if term[theirs]]
            agreed = any(meets(row[ours], day) for day in days) if days and row[ours] else None
            yield (
                f"head: {ours} day",
                agreed,
                f"{row['name']}, {row['body']}: {row[ours]} / {', '.join(days)}",
            )


def meets(one: str, other: str) -> bool:
    """Tell whether two days known in part may be the same."""
    size = min(len(one), len(other))
    return one[:size] == other[:size]


def items(name: str, held: list[dict[str, str]]) -> Iterator[Checked]:
    """Check the items of bodies that the table of holders knows by name."""
    known = {plain(row["jurisdiction"]): row["jurisdiction_qid"] for row in held if row["jurisdiction_qid"]}
    for row in shipped(name):
        item = known.get(plain(row["name"]))
        same = item == row["wikidata"] if item and row["wikidata"] else None
        yield f"{name.removesuffix('.csv')}: item", same, f"{row['name']}: {row['wikidata']} / {item}"


def main() -> int:
    """Check and print; fail where a fact disagrees."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the tables")
    folder = parser.parse_args().data
    held, codes = table(folder / "holders21.csv"), table(folder / "country-codes.csv")
    found: dict[str, Counter[bool | None]] = defaultdict(Counter)
    apart: list[str] = []
    for fact, agreed, words in (
        *states(codes), *heads(held), *items("bodies.csv", held), *items("agencies.csv", held),
    ):  # fmt: skip
        found[fact][agreed] += 1
        if agreed is False:
            apart.append(f"{fact}: {words}")
    for fact, count in found.items():
        checked = count[True] + count[False]
        print(f"{fact}: {checked} of {count.total()} checked, {count[True]} agree")
    print(*apart, sep="\n")
    return int(bool(apart))


if __name__ == "__main__":
    sys.exit(main())
