"""Any part of the package may be the first that a program imports."""

from __future__ import annotations

import subprocess
import sys

import onrecord

#: Each part is imported with nothing of the package loaded: what was loaded before is forgotten in between,
#: which is what a fresh interpreter each would do, at a tenth of its time.
_PROGRAM = """
import importlib, pkgutil, sys
import onrecord
names = [f"onrecord.{m.name}" for m in pkgutil.iter_modules(onrecord.__path__) if m.name != "__main__"]
path = importlib.import_module("onrecord.stories").__path__
names += [f"onrecord.stories.{m.name}" for m in pkgutil.iter_modules(path)]
missing = []
for name in names:
    for loaded in [one for one in sys.modules if one.split(".")[0] == "onrecord"]:
        del sys.modules[loaded]
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        # A part whose extra is not installed here.
        if (error.name or "onrecord").split(".")[0] == "onrecord":
            missing.append(f"{name}: {error}")
    except Exception as error:
        missing.append(f"{name}: {error}")
print(len(names))
print("\\n".join(missing))
"""


def test_any_part_can_be_imported_first() -> None:
    """No part needs another to have been imported before it."""
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _PROGRAM], capture_output=True, text=True, check=False
    )
    count, _, failed = ran.stdout.partition("\n")
    assert (ran.stderr, failed.strip()) == ("", "")
    assert int(count) > len(onrecord.__all__)
