"""RECORD: the same pipeline over archives on Apache Spark, into Parquet tables that a record takes.

    from onrecord import spark
    spark.extract(["/archive/2031-03"], "/tables", spark=session)
    spark.stories("/tables", spark=session)

Needs the extra ``spark``, and Java for all but :func:`onrecord.spark.importing.import_tables`.
"""

from __future__ import annotations

from onrecord.errors import MissingExtraError

try:
    from onrecord.spark.extracting import Extracted, extract, session
    from onrecord.spark.importing import import_tables
    from onrecord.spark.stories import stories
except ImportError as error:  # pragma: no cover - depends on what is installed
    if (error.name or "").partition(".")[0] in ("pyspark", "pyarrow", "pandas", "py4j"):
        raise MissingExtraError("spark", "working on Spark") from error
    raise

__all__ = ["Extracted", "extract", "import_tables", "session", "stories"]
