"""One Spark session for all tests, and tables made in it with the stub finder."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY

COMMAND = (sys.executable, "-m", "tests.spark.worker")


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """Start Spark on two cores with four tries a task."""
    pytest.importorskip("pyspark", reason="the extra spark is not installed")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("there is no Java, on which Spark runs")
    from onrecord.spark import session

    os.environ["PYTHONPATH"] = str(REPOSITORY)
    os.environ["PYSPARK_SUBMIT_ARGS"] = "--conf spark.sql.shuffle.partitions=2 pyspark-shell"
    started = session("local[2,4]")
    started.sparkContext.setLogLevel("OFF")
    yield started
    started.stop()


@pytest.fixture
def extract(spark: Any, tmp_path: Path) -> Callable[..., Any]:
    """Extract inputs into ``tables``, in small units."""
    from onrecord.spark import extract as extracting

    def run(*inputs: Path, **options: Any) -> Any:
        named = [str(one) for one in inputs]
        return extracting(
            named, tmp_path / "tables", spark=spark, **({"split": 2_000, "command": COMMAND} | options)
        )

    return run
