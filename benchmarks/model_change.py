"""What a change of model does to ids and judgements: a record made with one model, refreshed with another.

    python benchmarks/model_change.py OTHER_MODEL_FOLDER --data ARTICLES [--print]

All articles are added with the other model; every statement is judged, in turn accepted, rejected and given
a speaker; then the record is refreshed with the shipped model. Nothing that a person decided may
be lost: each judgement finds its statement again or, where the new model finds none there, keeps it standing.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from onrecord.article import Article, Statement
from onrecord.finding.finder import Finder
from onrecord.inference import Encoder
from onrecord.reading import read_all
from onrecord.record import Record
from onrecord.record.values import Extractor
from onrecord.speakers import resolve
from table import REPOSITORY, machine, publish, rows


def extractor(folder: Path) -> Extractor:
    """Return the finder in ``folder`` as a record needs it."""
    finder = Finder(Encoder(folder))

    def extract(article: Article) -> list[Statement]:
        return resolve(article, finder.find(article))

    return Extractor(f"{finder.version} of {folder}", extract)


def judged(record: Record) -> dict[str, str]:
    """Judge every statement; return what was decided by id."""
    decided = {}
    for number, row in enumerate(record.said(limit=1_000_000)):
        decision = ("accept", "reject", "speaker")[number % 3]
        if decision == "speaker":
            record.judge(row.id, author="benchmark", field="speaker", value="Ilka Somorjay")
        else:
            record.judge(row.id, author="benchmark", accept=decision == "accept", reject=decision == "reject")
        decided[row.id] = decision
    return decided


def main() -> None:
    """Measure and print or publish."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("other", type=Path)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--print", action="store_true", help="print only; keep no dated result")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "change.onrecord"
        with Record(path, extractor=extractor(given.other)) as record:
            articles = [one for one in read_all([str(given.data)]) if isinstance(one, Article)]
            for article in articles:
                record.add(article)
            decided = judged(record)
        with Record(path) as record:
            changed = list(record.refresh())
            standing = {row.id: row for row in record.said(limit=1_000_000)}
            places = Counter(one.place for one in record.judgements())
            found = sum(len(record.extractor.extract(article)) for article in articles)
            kept = sum(1 for number, what in decided.items() if what != "reject" and number in standing)
            back = sum(1 for number, what in decided.items() if what == "reject" and number in standing)
            set_to = sum(row.speaker == "Ilka Somorjay" for row in standing.values())
    wanted = Counter(decided.values())
    body = [
        ("articles", str(len(changed))),
        ("statements of the other model, all judged", str(len(decided))),
        ("statements of the shipped model", str(found)),
        ("judgements by where they are now", ", ".join(f"{k} {v}" for k, v in sorted(places.items()))),
        ("accepted or corrected that stand under their id", f"{kept} of {len(decided) - wanted['reject']}"),
        ("rejected that came back", f"{back} of {wanted['reject']}"),
        ("speakers that were set and hold", f"{set_to} of {wanted['speaker']}"),
    ]
    lines = [machine(), "", *rows(("what", "figure"), body)]
    publish("model-change", lines, None if given.print else REPOSITORY / "benchmarks" / "results")


if __name__ == "__main__":
    main()
