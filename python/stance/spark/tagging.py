"""Tags for the rows of a data frame, made where the rows are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
from pyspark import TaskContext
from pyspark.sql import DataFrame, Observation
from pyspark.sql import functions as F
from pyspark.sql.types import DoubleType, StringType, StructField, StructType

from .._stance import Model, set_threads
from ..errors import UsageError
from . import documents
from .columns import column, free_names, has, position, quoted
from .shipping import AnyModel, Shipped, read, ship, unpacked

#: The most bytes of a text, as of a row on the command line.
MAX_BYTES = 16 << 20

#: The column of paragraph numbers: a quotation may run on within a paragraph.
PARAGRAPH = "paragraph"


def tag(
    df: DataFrame,
    model: AnyModel = None,
    text: str = "text",
    *,
    sequence: str | None = None,
    order: str | Sequence[str] = (),
    max_bytes: int = MAX_BYTES,
    observation: Observation | None = None,
) -> DataFrame:
    """Tag every row of a data frame of ready sentences; all its columns are kept.

    The columns of tags are those that ``stance tag --sentences --format csv`` adds, and
    ``reason``; where a name is taken, they get the prefix ``predicted_``. A row that cannot be
    tagged has null tags and says why in ``reason``: ``null``, ``not text``, ``not UTF-8`` or
    ``longer than … bytes``. No row is lost, and no row ends the job.

    :param df: sentences, a row each
    :param model: a :class:`stance.Model`, a path on the driver, the bytes of a model file, or
        ``None`` for the model that comes with the package; it goes to every executor once
    :param text: the column of the sentences, of strings or of bytes in UTF-8
    :param sequence: the column that names each sentence's document, so that neighbours become
        features as on the command line; rows are shuffled to bring documents together. Without
        it every row stands alone. A row whose document is null stands alone, too
    :param order: the column or columns that order the sentences of a document; needed with
        ``sequence``, since rows of a data frame have no order
    :param max_bytes: longer texts are not tagged
    :param observation: counts, while the job runs, ``rows``, ``tagged``, ``null``, ``not_text``,
        ``not_utf8`` and ``too_long``; each row once, however often a task had to be repeated
    :raises InputError: if a column is not there
    :raises UsageError: if ``sequence`` and ``order`` are not given together
    """
    learned = read(model)
    in_order = [order] if isinstance(order, str) else list(order)
    if bool(in_order) != (sequence is not None):
        raise UsageError(
            "`sequence` and `order` belong together",
            remedy="name the column of the documents and the column that orders their sentences",
        )
    added = _tag_fields(df, learned)
    has_paragraphs = sequence is not None and has(df, PARAGRAPH)
    tagging = _Tagging(
        model=ship(df.sparkSession, learned),
        text=position(df, text),
        sequence=None if sequence is None else position(df, sequence),
        paragraph=position(df, PARAGRAPH) if has_paragraphs else None,
        max_bytes=max_bytes,
    )
    if sequence is not None:
        # What tags depend on beside the order decides where the order leaves it open.
        last = [text, PARAGRAPH] if has_paragraphs else [text]
        keys = [column(df, name) for name in in_order]
        keys += [column(df, name).cast("string") for name in last]
        df = documents.brought_together(df, column(df, sequence), keys)
    # `mapInArrow` stumbles over dots in names and over names that are there twice.
    plain = df.toDF(*(f"c{at}" for at in range(len(df.columns))))
    tagged = plain.mapInArrow(tagging, StructType([*df.schema.fields, *added]))
    return _observed(tagged, observation, added[-1].name) if observation else tagged


@dataclass(frozen=True)
class _Tagging:
    """What a worker does with its record batches. Columns are known by their place, since Spark
    allows a name twice."""

    model: Shipped
    text: int
    sequence: int | None
    paragraph: int | None
    max_bytes: int

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        model = unpacked(self.model)
        task = TaskContext.get()
        set_threads(task.cpus() if task else 1)
        if self.sequence is not None:
            batches = documents.whole(batches, self.sequence)
        for batch in batches:
            yield self._tagged(batch, model)

    def _tagged(self, batch: pa.RecordBatch, model: Model) -> pa.RecordBatch:
        """The batch with the columns of tags. Rust sees what it reads and nothing else."""
        read = {"text": _as_bytes(batch.column(self.text))}
        if self.sequence is not None:
            read["sequence"] = documents.numbered(batch.column(self.sequence))
        if self.paragraph is not None:
            read[PARAGRAPH] = _as_ascii(batch.column(self.paragraph))
        tagged = model.tag_batch(
            pa.RecordBatch.from_pydict(read),
            text="text",
            sequence="sequence" if self.sequence is not None else None,
            on_bad="null",
            max_bytes=self.max_bytes,
        )
        tags = range(len(read), tagged.num_columns)
        schema = pa.schema([*batch.schema, *(tagged.schema.field(at) for at in tags)])
        arrays = [*batch.columns, *(tagged.column(at) for at in tags)]
        return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _as_bytes(texts: pa.Array) -> pa.Array:
    """Texts as bytes, since a string of Spark's need not be UTF-8; of what is no text, what is
    null."""
    kind = texts.type
    if pa.types.is_string(kind):
        return texts.view(pa.binary())
    if pa.types.is_large_string(kind):
        return texts.view(pa.large_binary())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return texts
    return pc.if_else(texts.is_null(), None, True)


def _as_ascii(numbers: pa.Array) -> pa.Array:
    """Numbers, written out or not, without what cannot be one."""
    if pa.types.is_string(numbers.type) or pa.types.is_large_string(numbers.type):
        return pc.if_else(pc.string_is_ascii(numbers), numbers, None)
    return numbers


def _tag_fields(df: DataFrame, model: Model) -> list[StructField]:
    """The columns of tags and the reason, under names that are free."""
    tags = model.tag([], on_bad="null").to_pyarrow().schema
    types = [DoubleType() if pa.types.is_floating(tag.type) else StringType() for tag in tags]
    names = free_names(df, tags.names)
    return [StructField(name, kind) for name, kind in zip(names, types)]


def _observed(tagged: DataFrame, observation: Observation, reason: str) -> DataFrame:
    why = F.col(quoted(reason))
    return tagged.observe(
        observation,
        F.count(F.lit(1)).alias("rows"),
        F.count_if(why.isNull()).alias("tagged"),
        F.count_if(why == "null").alias("null"),
        F.count_if(why == "not text").alias("not_text"),
        F.count_if(why == "not UTF-8").alias("not_utf8"),
        F.count_if(why.startswith("longer than ")).alias("too_long"),
    )
