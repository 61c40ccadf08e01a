"""The public names of the package."""

from __future__ import annotations

import subprocess
import sys

import pytest

import onrecord

PUBLIC = [
    "Article", "InputError", "Interval", "OnrecordError", "Page", "Record", "Speaker", "Statement", "extract",
    "extract_many", "read", "read_all",
]  # fmt: skip


def test_public_names() -> None:
    """The public names are these and no more than a dozen."""
    assert onrecord.__all__ == PUBLIC
    assert len(PUBLIC) <= 12


@pytest.mark.parametrize("name", PUBLIC)
def test_each_public_name_is_there(name: str) -> None:
    """Each public name is there, is listed, and says what it is for."""
    assert name in dir(onrecord)
    assert getattr(onrecord, name).__doc__


def test_unknown_name_is_an_attribute_error() -> None:
    """A name that is not there fails as on any module."""
    with pytest.raises(AttributeError, match="nonsense"):
        onrecord.nonsense  # noqa: B018 - the access is what is tested


def test_import_does_no_work() -> None:
    """Importing the package loads nothing but itself."""
    code = "import onrecord, sys; print([n for n in sys.modules if n.startswith('onrecord.')])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
