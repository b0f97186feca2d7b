"""Rows that are neighbours in a document, and stay so in Spark."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F


def brought_together(df: DataFrame, key: Column, order: list[Column]) -> DataFrame:
    """The rows of a document one after the other in one partition.

    A row without a document stands alone; such rows are spread, or one task had them all. Rows
    that `order` leaves open stand in the same order each time they are computed, as long as it
    ends with all that tags depend on.
    """
    alone = F.when(key.isNull(), F.xxhash64(*order))
    return df.repartition(key, alone).sortWithinPartitions(key, *order)


def whole(batches: Iterator[pa.RecordBatch], key: int) -> Iterator[pa.RecordBatch]:
    """The same rows in batches that end where a document ends."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        if not batch.num_rows:
            continue
        cut = _begins(batch.column(key))[-1]
        goes_on = held and not _differ(held[-1].column(key)[-1:], batch.column(key)[:1])[0].as_py()
        if cut or not goes_on:
            held.append(batch.slice(0, cut))
            rows = pa.concat_batches(held)
            if rows.num_rows:
                yield rows
            held = []
        held.append(batch.slice(cut))
    if held:
        yield pa.concat_batches(held)


def numbered(keys: pa.Array) -> pa.Array:
    """A number for each row, the same for rows of one document."""
    begins = pa.concat_arrays([pa.array([True]), _differ(keys[:-1], keys[1:])])
    return pc.cumulative_sum(begins.cast(pa.int64()))


def _begins(keys: pa.Array) -> list[int]:
    """The rows with which a document begins; 0 is one, as far as the array can tell."""
    return [0, *pc.add(pc.indices_nonzero(_differ(keys[:-1], keys[1:])), 1).to_pylist()]


def _differ(before: pa.Array, after: pa.Array) -> pa.Array:
    """Where two neighbours are not of one document; what is null is of none."""
    return pc.not_equal(before, after).fill_null(True)
