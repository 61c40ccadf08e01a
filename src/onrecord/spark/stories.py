"""Stories by a distributed join on sampled shingle hashes, with the answer of one machine.

The rules are those of :mod:`onrecord.stories.families`, and so is the code that compares two texts and cuts
a family at its round-ups. What is done here in another way is how pairs meet: the hashes of all texts are
joined with themselves, each text with those that came before it in the order in which one machine would add
them (by file, and by place in the file), under the same limits.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import pandas as pd
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as sql

from onrecord.errors import RecordError
from onrecord.record.placing import same_article
from onrecord.spark import tables
from onrecord.stories import families

_SKETCH: Final = "rank long, key long, size int, hashes array<long>"
_LINK: Final = "text_id long, other_id long, kept double, first int, last int, longer int"
_MEMBER: Final = "rank long, story_id long, agency string, first long"
_COMPARED: Final = ("rank", "text", "parts", "published_day")


def stories(out: str | Path, *, spark: SparkSession | None = None) -> int:
    """Tell which articles print one wire text, into the table ``story``; return how many stories there are.

    Its rows are ``page_id``, ``story_id`` and ``agency``, by month published, one for each article that
    stands: of several versions of one article the last.

    Args:
        out: the folder that :func:`onrecord.spark.extract` has made.
        spark: the session to run in.

    Raises:
        RecordError: there are no tables.
    """
    from onrecord.spark.extracting import session

    place = Path(out).absolute()
    if not (place / "text").is_dir():
        raise RecordError(f"{place}: holds no table of texts. Make it with `onrecord spark extract`")
    tables.recover(place)
    frame = members(_standing(_texts(spark or session(), place))).persist()
    try:
        count = frame.select("story_id").distinct().count()
        _save(frame, place)
    finally:
        frame.unpersist()
    return count


def _texts(spark: SparkSession, place: Path) -> DataFrame:
    """Return the texts with their rank, the place that one machine would give them."""
    text = spark.read.parquet(str(place / "text"))
    page = spark.read.parquet(str(place / "page")).select("page_id", "input", "n", "url", "sha256")
    page = page.withColumnsRenamed({"url": "fetched", "sha256": "bytes"})
    ordered = page.select("page_id", "input", "n").orderBy("input", "n", "page_id").rdd
    rank = ordered.map(lambda row: row[0]).zipWithIndex().toDF("page_id long, rank long")
    return text.join(page, "page_id").join(rank, "page_id").persist()


def _standing(texts: DataFrame) -> DataFrame:
    """Return the texts that stand: the same page once, and of the versions of an article the last."""
    small = texts.select("rank", "bytes", "fetched")
    more = small.join(small.groupBy("bytes").count().where("count > 1").select("bytes"), "bytes")
    repeated = more.groupBy("bytes").applyInPandas(_repeated, "rank long")
    texts = texts.join(repeated, "rank", "left_anti")
    several = texts.groupBy("address").count().where("count > 1").select("address")
    versions = texts.select("rank", "address", "text").join(several, "address")
    replaced = versions.groupBy("address").applyInPandas(_replaced, "rank long")
    return texts.join(replaced, "rank", "left_anti")


def _repeated(group: pd.DataFrame) -> pd.DataFrame:
    """Return the ranks of pages whose bytes are held, unless fetched from another address."""
    held: list[str | None] = []
    left = []
    for row in group.sort_values("rank").itertuples():
        fetched = row.fetched.partition("#")[0] if row.fetched else None
        if any(not fetched or not one or one == fetched for one in held):
            left.append(row.rank)
        else:
            held.append(fetched)
    return pd.DataFrame({"rank": pd.Series(left, dtype="int64")})


def _replaced(group: pd.DataFrame) -> pd.DataFrame:
    """Return the ranks of texts that a later version of their article has replaced."""
    stand: list[tuple[int, str]] = []
    left = []
    for row in group.sort_values("rank").itertuples():
        for place in reversed(range(len(stand))):
            if same_article(stand[place][1], row.text):
                left.append(stand[place][0])
                stand[place] = (row.rank, row.text)
                break
        else:
            stand.append((row.rank, row.text))
    return pd.DataFrame({"rank": pd.Series(left, dtype="int64")})


def members(texts: DataFrame) -> DataFrame:
    """Return ``page_id``, ``month``, ``story_id`` and ``agency`` of each text."""
    sketch = texts.select("rank", "address", "text", "parts", "published_day")
    sketch = sketch.mapInArrow(_sketches, _SKETCH).persist()
    pairs = _pairs(sketch)
    one = texts.select(*(sql.col(name).alias(f"a_{name}") for name in _COMPARED))
    other = texts.select(*(sql.col(name).alias(f"b_{name}") for name in _COMPARED))
    link = pairs.join(other, "b_rank").join(one, "a_rank").mapInArrow(_links, _LINK).persist()
    label = _components(link)
    known = texts.select("rank", "published_day", "agency").join(sketch.select("rank", "key"), "rank")
    linked = (
        link.join(label.withColumnRenamed("rank", "text_id"), "text_id")
        .join(known.withColumnRenamed("rank", "text_id"), "text_id")
        .groupBy("label")
        .applyInPandas(_told, _MEMBER)
    )
    alone = known.join(linked.select("rank"), "rank", "left_anti").select(
        "rank", sql.col("key").alias("story_id"), "agency", sql.col("rank").alias("first")
    )
    # Two addresses with one key, or one address of two articles: the later story takes the next number.
    taken = Window.partitionBy("story_id").orderBy("first")
    told = linked.unionByName(alone).withColumn("more", sql.dense_rank().over(taken) - 1)
    told = told.select("rank", (sql.col("story_id") + sql.col("more")).alias("story_id"), "agency")
    return texts.select("page_id", "rank", "month").join(told, "rank").drop("rank")


def _sketches(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
    for batch in batches:
        found = []
        for row in batch.to_pylist():
            hashes = families.sampled(families.print_of(row["text"], row["parts"], row["published_day"]))
            key = families.key_of(row["address"])
            found.append({"rank": row["rank"], "key": key, "size": len(hashes), "hashes": hashes})
        schema = pa.schema(
            [("rank", pa.int64()), ("key", pa.int64()), ("size", pa.int32()),
             ("hashes", pa.list_(pa.int64()))]
        )  # fmt: skip
        yield pa.RecordBatch.from_pylist(found, schema=schema)


def _pairs(sketch: DataFrame) -> DataFrame:
    """Return the pairs that share enough hashes, as :func:`families.candidates` has them."""
    each = sketch.select("rank", "size", sql.explode("hashes").alias("hash"))
    number = sql.row_number().over(Window.partitionBy("hash").orderBy("rank"))
    holding = each.withColumn("place", number).where(sql.col("place") <= families.MOST_HOLDERS)
    one = holding.select("hash", sql.col("rank").alias("a_rank"), sql.col("size").alias("a_size"))
    other = each.select("hash", sql.col("rank").alias("b_rank"), sql.col("size").alias("b_size"))
    met = one.join(other, "hash").where("a_rank < b_rank")
    shared = met.groupBy("a_rank", "b_rank", "a_size", "b_size").count()
    least = sql.least("a_size", "b_size")
    shared = shared.withColumn("share", sql.col("count") / least).where(
        ((sql.col("count") >= 2) | (least <= families.FEW)) & (sql.col("share") >= families.LEAST_SHARED)
    )
    most = Window.partitionBy("b_rank").orderBy(sql.desc("share"), "a_rank")
    ranked = shared.withColumn("nth", sql.row_number().over(most))
    return ranked.where(sql.col("nth") <= families.MOST_COMPARED).select("a_rank", "b_rank")


def _links(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
    schema = pa.schema(
        [("text_id", pa.int64()), ("other_id", pa.int64()), ("kept", pa.float64()), ("first", pa.int32()),
         ("last", pa.int32()), ("longer", pa.int32())]
    )  # fmt: skip
    for batch in batches:
        found: list[dict[str, Any]] = []
        for row in batch.to_pylist():
            one, other = (
                families.print_of(row[f"{side}_text"], row[f"{side}_parts"], row[f"{side}_published_day"])
                for side in "ba"
            )
            found += [
                dict(zip(schema.names, (text_id, other_id, *kept), strict=True))
                for text_id, other_id, kept in families.linked(row["b_rank"], one, row["a_rank"], other)
            ]
        yield pa.RecordBatch.from_pylist(found, schema=schema)


def _components(link: DataFrame) -> DataFrame:
    """Return ``rank`` and ``label`` of each linked text: the least rank of all that it is linked to.

    Each round takes the least label among neighbours, and then the label of that label, until none changes.
    """
    edges = link.select(sql.col("text_id").alias("rank"), sql.col("other_id").alias("label"))
    label = edges.groupBy("rank").agg(sql.min("label").alias("label"))
    label = label.select("rank", sql.least("rank", "label").alias("label")).localCheckpoint()
    while True:
        near = edges.withColumnsRenamed({"rank": "to", "label": "rank"}).join(label, "rank")
        least = near.groupBy(sql.col("to").alias("rank")).agg(sql.min("label").alias("near"))
        step = label.join(least, "rank").select("rank", sql.least("label", "near").alias("label"))
        behind = step.select(sql.col("rank").alias("label"), sql.col("label").alias("behind"))
        step = step.join(behind, "label").select("rank", sql.col("behind").alias("label")).localCheckpoint()
        changed = step.join(label.withColumnRenamed("label", "old"), "rank").where("label <> old")
        if changed.isEmpty():
            return step
        label = step


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the members of the stories of one family: it may be cut at its round-ups."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE sketch (text_id INTEGER PRIMARY KEY, key INTEGER)")
    connection.execute(
        "CREATE TABLE story_link (text_id INTEGER, other_id INTEGER, kept REAL, first INTEGER, "
        "last INTEGER, longer INTEGER, PRIMARY KEY (text_id, other_id))"
    )
    links: defaultdict[int, list[int]] = defaultdict(list)
    known: dict[int, tuple[str, int, str | None]] = {}
    for row in rows.sort_values(["text_id", "other_id"]).itertuples():
        links[int(row.text_id)].append(int(row.other_id))
        known[int(row.text_id)] = (row.published_day or "9999", int(row.key), row.agency)
        values = (row.text_id, row.other_id, row.kept, row.first, row.last, row.longer)
        connection.execute("INSERT INTO story_link VALUES (?,?,?,?,?,?)", tuple(map(_number, values)))
    keys = [(text_id, key) for text_id, (_, key, _) in known.items()]
    connection.executemany("INSERT INTO sketch VALUES (?,?)", keys)
    found = []
    for group in families.components(connection, dict(links)):
        story = min(known[text_id][:2] for text_id in group)[1]
        credited = Counter(agency for text_id in group if (agency := known[text_id][2]))
        agency = min(credited, key=lambda one: (-credited[one], one)) if credited else None
        found += [(text_id, story, agency, min(group)) for text_id in group]
    connection.close()
    return pd.DataFrame(found, columns=["rank", "story_id", "agency", "first"])


def _number(value: Any) -> int | float:
    return float(value) if isinstance(value, float) else int(value)


def _save(frame: DataFrame, place: Path) -> None:
    """Write the table anew beside the one that is there, and put it in its place."""
    staged = place / tables.STAGING / f"story.{uuid4().hex}"
    months = frame.repartition("month")
    months.write.partitionBy("month").parquet(str(staged))
    old = place / tables.STAGING / f"old.{uuid4().hex}"
    if (place / "story").exists():
        (place / "story").rename(old)
    staged.rename(place / "story")
    shutil.rmtree(place / tables.STAGING, ignore_errors=True)
