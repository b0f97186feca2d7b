"""Spark gives the tags of the command line, loses no row, and survives the loss of an executor."""

from __future__ import annotations

import csv
import json
import os
import shutil
import time

import pyarrow as pa
import pyarrow.csv
import pytest

import stance

pytest.importorskip("pyspark", reason="skipped: no PySpark (pip install './python[spark]')")
if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
    pytest.skip("skipped: no Java, which Spark runs on", allow_module_level=True)

from pyspark.sql import Observation
from pyspark.sql import functions as F

import stance.spark
from spark_cluster import cluster, losing_an_executor

pytestmark = pytest.mark.spark

#: Rows of the shipped labels: some thirty articles.
ROWS = 2000


@pytest.fixture(scope="module")
def spark():
    with cluster() as spark:
        yield spark


@pytest.fixture(scope="module")
def labels(root) -> pa.Table:
    """The first rows of the shipped labels, all columns text, and the row's number."""
    table = read_csv(root / "data/labels.csv").slice(0, ROWS)
    return table.append_column("row", pa.array(range(ROWS)))


@pytest.fixture(scope="module")
def frame(spark, labels):
    """The labels in eight partitions, none of them in order."""
    return spark.createDataFrame(labels).repartition(8, F.hash("row")).cache()


def read_csv(path) -> pa.Table:
    names = path.open(encoding="utf-8").readline().strip().split(",")
    convert = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
    )
    return pyarrow.csv.read_csv(path, convert_options=convert)


def by_command(command, table: pa.Table, folder, *arguments) -> list[dict]:
    """The rows of the table as the command line tags them."""
    source, tagged = folder / "rows.csv", folder / "tagged.csv"
    pyarrow.csv.write_csv(table, source)
    command("tag", "--sentences", source, "--format", "csv", "--output", tagged, *arguments)
    with tagged.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def by_spark(tagged) -> list[dict]:
    """The rows of the data frame in their order, spelled as in a CSV, without the reason."""
    rows = [row.asDict() for row in tagged.drop("reason").collect()]
    return [{name: spelled(cell) for name, cell in row.items()} for row in sort(rows)]


def sort(rows: list[dict]) -> list[dict]:
    return sorted(rows, key=lambda row: int(row["row"]))


def spelled(cell) -> str:
    return "" if cell is None else repr(cell) if isinstance(cell, float) else str(cell)


def numbers(row: dict) -> dict:
    """The row with probabilities as numbers: Rust and Python write 1e-7 in two ways."""
    return {name: float(x) if "_probabilities." in name else x for name, x in row.items()}


def assert_same(found: list[dict], expected: list[dict]) -> None:
    assert len(found) == len(expected)
    for one, other in zip(found, sort(expected)):
        assert numbers(one) == numbers(other)


def test_rows_that_stand_alone_are_tagged_like_the_command_line(
    spark, frame, labels, command, tmp_path
):
    # Where a table has the column `article`, the command line reads documents.
    names = [{"article": "document"}.get(name, name) for name in labels.column_names]
    tagged = stance.spark.tag(frame.toDF(*names))
    expected = by_command(command, labels.rename_columns(names), tmp_path)
    assert_same(by_spark(tagged), expected)


def test_rows_of_documents_are_tagged_like_the_command_line(
    spark, frame, labels, command, tmp_path
):
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "7")
    try:
        frame = frame.withColumn("place", F.col("sentence").cast("int"))
        tagged = stance.spark.tag(frame, sequence="article", order="place").drop("place")
        assert_same(by_spark(tagged), by_command(command, labels, tmp_path))
    finally:
        spark.conf.unset("spark.sql.execution.arrow.maxRecordsPerBatch")


def slowly(runs):
    """Passes batches on, so slowly that an executor can be lost meanwhile; counts its runs."""

    def pass_on(batches):
        for batch in batches:
            time.sleep(0.5)
            yield batch
        runs.add(1)

    return pass_on


def test_an_executor_killed_in_the_middle_changes_neither_rows_nor_counters(spark, frame):
    bad = F.when(F.col("row") % 10 == 0, None).otherwise(F.col("text"))
    frame = frame.withColumn("text", bad)
    calm = sort([row.asDict() for row in stance.spark.tag(frame).collect()])
    runs = spark.sparkContext.accumulator(0)
    counters = Observation()
    slow = frame.mapInArrow(slowly(runs), frame.schema)
    tagged = stance.spark.tag(slow, observation=counters)
    # Behind a shuffle: what the lost executor had tagged is lost with it.
    with losing_an_executor(spark, after_tasks=5) as killed:
        rows = tagged.repartition(2, "row").collect()
    assert killed
    assert runs.value > 8, "tasks were repeated"
    assert sort([row.asDict() for row in rows]) == calm
    assert counters.get == {
        "rows": ROWS,
        "tagged": ROWS - ROWS // 10,
        "null": ROWS // 10,
        "not_text": 0,
        "not_utf8": 0,
        "too_long": 0,
    }


def test_a_bad_row_is_kept_and_says_why(spark):
    frame = spark.sql(
        "select * from values (1, X'412064656C6179'), (2, null), (3, X'FF41'),"
        " (4, X'7878787878787878787878') as rows(row, text)"
    )
    reasons = [None, "null", "not UTF-8", "longer than 10 bytes"]
    for kind in ("binary", "string"):
        counters = Observation()
        frame = frame.withColumn("text", F.col("text").cast(kind))
        tagged = stance.spark.tag(frame, max_bytes=10, observation=counters)
        rows = tagged.orderBy("row").collect()
        assert [row["reason"] for row in rows] == reasons
        assert [row["stance"] is None for row in rows] == [False, True, True, True]
    assert counters.get["rows"] == 4
    assert (counters.get["null"], counters.get["not_utf8"], counters.get["too_long"]) == (1, 1, 1)


def test_a_column_that_is_no_text_is_tagged_nowhere(spark):
    frame = spark.range(2).selectExpr("if(id = 0, null, array(id)) as text")
    reasons = {row["reason"] for row in stance.spark.tag(frame).collect()}
    assert reasons == {"null", "not text"}


def test_all_columns_come_along_and_taken_names_get_a_prefix(spark):
    frame = spark.sql(
        "select 'A deal is near.' as text, 'mine' as Stance, 'why' as reason, 1.50BD as price,"
        " map('a', array(1)) as nested, struct(timestamp'2024-01-01' as at) as inside,"
        " parse_json('[1]') as variant, 'double' as double, 'name' as double, 0 as `a.b c`"
    )
    tagged = stance.spark.tag(frame)
    assert tagged.schema.fields[:10] == frame.schema.fields
    assert "predicted_stance" in tagged.columns and "predicted_reason" in tagged.columns
    row = tagged.collect()[0]
    assert [*row[:6], *row[7:10]] == [*(own := frame.collect()[0])[:6], *own[7:10]]
    assert str(row[6]) == "[1]"


def test_columns_are_known_before_anything_runs(spark):
    frame = spark.range(1).select(F.raise_error(F.lit("ran")).cast("string").alias("text"))
    assert stance.spark.tag(frame).columns[1] == "stance"


def test_nothing_gives_nothing(spark):
    counters = Observation()
    frame = spark.createDataFrame([], "text string, article string, at int")
    assert stance.spark.tag(frame, observation=counters).collect() == []
    assert counters.get["rows"] == 0
    assert stance.spark.tag(frame, sequence="article", order="at").collect() == []
    sparse = spark.range(0, 1, 1, 4).selectExpr("'A deal is near.' as text")
    assert stance.spark.tag(sparse).count() == 1


def test_documents_are_whole_in_batches_of_any_size_and_nulls_alone(spark, model):
    texts = ["He said:", "“We agree.", "We sign tomorrow.”", "Nobody signed.", "They did not."]
    rows = [(text, document, at) for document in ("a", "b", None) for at, text in enumerate(texts)]
    frame = spark.createDataFrame(rows, "text string, document string, at int").repartition(3)
    together = model.tag(texts, sequence=["a"] * len(texts)).to_pyarrow()
    alone = model.tag(texts).to_pyarrow()
    for size in (1, 2, 1000):
        spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(size))
        found = stance.spark.tag(frame, sequence="document", order=["at"]).collect()
        assert len(found) == len(rows)
        for row in found:
            expected = alone if row["document"] is None else together
            tags = [row[name] for name in expected.column_names]
            assert tags == list(expected.slice(row["at"], 1).to_pylist()[0].values())
    spark.conf.unset("spark.sql.execution.arrow.maxRecordsPerBatch")


def test_arrow_with_large_strings(spark):
    spark.conf.set("spark.sql.execution.arrow.useLargeVarTypes", "true")
    try:
        frame = spark.createDataFrame([("A deal is near.",), (None,)], "text string")
        assert {row["reason"] for row in stance.spark.tag(frame).collect()} == {None, "null"}
    finally:
        spark.conf.unset("spark.sql.execution.arrow.useLargeVarTypes")


def test_a_worker_loads_a_model_once_in_all_its_jobs(spark, tmp_path, model):
    # Workers do not know this file: they are sent what is defined inside the test.
    def loads(batches):
        from stance.spark.shipping import unpacked

        for _ in batches:
            count = pa.array([unpacked.cache_info().misses], pa.int32())
            yield pa.RecordBatch.from_arrays([count], ["loads"])

    path = tmp_path / "model.safetensors"
    model.save(path)
    frame = spark.range(0, 400, 1, 8).selectExpr("concat('Deal ', id) as text")
    for same in (None, model, str(path), path.read_bytes()):
        assert stance.spark.tag(frame, same).count() == 400
    # Some workers have only ever counted, or were spare; none has loaded it twice.
    idle = spark.range(0, 8, 1, 8)
    found = {row["loads"] for row in idle.mapInArrow(loads, "loads int").collect()}
    assert found in ({1}, {0, 1})


def test_what_is_not_there_is_said_before_the_job(spark):
    frame = spark.createDataFrame([("a", "b", "c")], "text string, body string, Body string")
    for arguments, words in [
        ({"text": "words"}, "no column `words`; the columns are text, body, Body"),
        ({"text": "body"}, "more than one column `body`"),
        ({"sequence": "text"}, "belong together"),
        ({"order": "text"}, "belong together"),
        ({"model": b"nonsense"}, "."),
        ({"model": "nowhere.safetensors"}, "nowhere.safetensors"),
    ]:
        with pytest.raises(stance.StanceError, match=words):
            stance.spark.tag(frame, **arguments)
    with pytest.raises(stance.UsageError, match="no voice"):
        stance.spark.compare(frame, voice="mine")


@pytest.fixture(scope="module")
def articles(root):
    return sorted(
        path
        for name in ("g02", "g11", "h08", "h12")
        for path in (root / "data/articles").glob(f"{name}*")
    )


@pytest.fixture(scope="module")
def archive(spark, command, articles):
    """Sentences of articles as the command line splits them, tagged in Spark."""
    bodies = {article.source: article.text for article in stance.read_articles(articles)}
    rows = []
    for line in command("tag", *articles).splitlines():
        read = json.loads(line)
        kept = ("article", "authors", "date", "paragraph", "sentence", "text")
        rows.append({name: read[name] for name in kept} | {"body": bodies[read["article"]]})
    frame = spark.createDataFrame(pa.Table.from_pylist(rows)).withColumnRenamed("authors", "author")
    return stance.spark.tag(frame, sequence="article", order="sentence").cache()


@pytest.mark.parametrize("by", ["author", "byline", "article", "holder", "month"])
@pytest.mark.parametrize("voice", ["own", "all"])
def test_articles_compare_like_the_command_line(command, articles, archive, by, voice):
    found = stance.spark.compare(archive, by, voice=voice, body="body").to_dict()
    arguments = ("--by", by, "--voice", voice, "--format", "json")
    assert found == json.loads(command("compare", *articles, *arguments))


def test_without_their_text_only_the_draws_differ(archive):
    with_text = stance.spark.compare(archive, body="body").to_dict()
    printed = archive.withColumn("author", F.concat_ws("; ", "author"))
    without = stance.spark.compare(printed).to_dict()
    for one, other in zip(with_text["rows"], without["rows"]):
        assert one["name"] == other["name"]
        assert one["counted_sentences"] == other["counted_sentences"]
        assert one["net"]["raw"] == other["net"]["raw"]
        assert one["net"]["corrected"] == pytest.approx(other["net"]["corrected"], abs=0.1)
        assert one["net"]["low"] == pytest.approx(other["net"]["low"], abs=0.2)


def test_a_column_of_the_data_frame_is_compared(archive):
    outlets = archive.withColumn("outlet", F.substring("article", -6, 1))
    found = stance.spark.compare(outlets, "outlet").to_dict()
    assert found["by"] == "outlet"
    assert (
        sum(row["articles"] for row in found["rows"])
        == archive.select("article").distinct().count()
    )
