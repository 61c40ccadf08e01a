r"""Write into a model's manifest what it reaches on articles that were only reported on.

python -m training.report src/onrecord/models --polnear ../shared/data/polnear/dev
"""

from __future__ import annotations

import argparse
import datetime
import json
from pathlib import Path

from onrecord.evaluation import evaluate
from onrecord.finding.finder import Finder
from onrecord.inference import Encoder
from onrecord.speakers import resolve

FIGURES = ("attribution relaxed", "attribution exact", "quoted: attribution relaxed")


def main() -> None:
    """Score the shipped model on PolNeAR dev through the whole path and write its manifest."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("model", type=Path, help="the model's folder")
    options.add_argument("--polnear", type=Path, required=True)
    given = options.parse_args()
    finder = Finder(Encoder(given.model))
    report = evaluate("polnear", given.polnear, lambda article: resolve(article, finder.find(article)))
    figures = {name: round(report.rows[name].figure, 4) for name in FIGURES}
    if report.calibration is not None:
        figures["calibration error"] = round(report.calibration.error, 4)
    path = given.model / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["scores"] = {
        "set": f"PolNeAR dev, {report.articles} articles, whole path",
        "day": datetime.date.today().isoformat(),
        **figures,
    }
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(manifest["scores"], indent=1))


if __name__ == "__main__":
    main()
