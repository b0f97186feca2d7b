"""Comparisons of what is tagged in Spark: counted there, corrected and compared in Rust."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType

from .._stance import Comparison, Counting, compare_counts
from ..errors import UsageError
from .columns import column, position, tag_column
from .shipping import AnyModel, read


def compare(
    tagged: DataFrame,
    by: str = "author",
    *,
    model: AnyModel = None,
    label: str | None = None,
    voice: str = "own",
    article: str = "article",
    author: str = "author",
    date: str = "date",
    body: str | None = None,
) -> Comparison:
    """Compare whoever wrote the sentences of a data frame that :func:`tag` has tagged.

    Spark counts the sentences of each article; the counts, a row an article, come to the driver,
    where Rust corrects and compares them as ``stance compare`` does. Rows without a tag do not
    count.

    :param tagged: what :func:`tag` gave, or what was written of it
    :param by: ``author``, ``byline`` (authors of an article together), ``article``, ``holder``
        (people quoted), ``month``, or a column whose values are compared
    :param model: the model that made the tags: it knows how often they are wrong
    :param label: the label set to compare; without it the one with a negative and a positive end
    :param voice: ``own`` counts the author's own sentences, ``all`` everybody's
    :param article: the column that names each sentence's article
    :param author: the column of its authors, for ``author`` and ``byline``: names with semicolons
        between them, or an array of names
    :param date: the column of its date, for ``month``
    :param body: a column with the whole text of the article. With it the corrected shares and the
        intervals are those that ``stance compare`` draws for the article, to the bit; without it
        they are drawn from another seed. It is collected with the counts, so leave it out where
        articles are many
    :raises InputError: if a column is not there, or the model did not make the tags
    :raises UsageError: if there is no such voice or label set
    """
    if voice not in ("own", "all"):
        raise UsageError(f"no voice `{voice}`", remedy="give own or all")
    learned = read(model)
    counting = Counting(learned, label)
    own = None if voice == "all" or by == "holder" else counting.own_voice
    counts = _counts(tagged, counting, own)
    keys = _article(tagged, by, article, author, date, body)
    if by == "holder":
        rows = _by_holder(tagged, keys, counts)
    else:
        rows = tagged.groupBy(*keys).agg(*counts)
    table = rows.where("sentences > 0").toArrow()
    return compare_counts(table, model=learned, by=by, label=counting.set)


def _article(
    tagged: DataFrame, by: str, article: str, author: str, date: str, body: str | None
) -> list[Column]:
    """What tells an article from others and says in which rows it stands."""
    source = _text(column(tagged, article))
    told = {"source": source, "text": source if body is None else _text(column(tagged, body))}
    keys = []
    if by in ("author", "byline"):
        authors = column(tagged, author)
        if isinstance(tagged.schema[position(tagged, author)].dataType, ArrayType):
            told["authors"] = F.transform(F.array_compact(authors), _text)
        else:
            keys.append(_text(authors).alias("byline"))
    elif by == "month":
        told["date"] = column(tagged, date).try_cast("date")
    elif by not in ("article", "holder"):
        told["fields"] = F.struct(_text(column(tagged, by)).alias(by))
    described = F.struct(*(value.alias(name) for name, value in told.items()))
    return [described.alias("article"), *keys]


def _counts(
    tagged: DataFrame, counting: Counting, own: tuple[str, str] | None
) -> tuple[Column, Column]:
    """How many sentences there are, and of those that count: how many of each outcome, and how
    many unsure."""
    given = tag_column(tagged, counting.set)
    counts = given.isin(counting.labels)
    if own is not None:
        counts &= tag_column(tagged, own[0]) == own[1]
    unsure = F.array_contains(F.split(tag_column(tagged, "unsure"), "; "), counting.set)
    outcomes = [F.count_if(counts & outcome) for outcome in _outcomes(tagged, given, counting)]
    count = F.struct(
        F.array(*outcomes).alias("outcomes"), F.count_if(counts & unsure).alias("unsure")
    )
    return F.count(given).alias("sentences"), count.alias("count")


def _by_holder(tagged: DataFrame, keys: list[Column], counts: tuple[Column, Column]) -> DataFrame:
    """The counts of each article by the people it quotes."""
    holder = _text(tag_column(tagged, "holder")).alias("holder")
    apart = tagged.groupBy(*keys, holder).agg(*counts)
    quoted = F.when(F.col("holder").isNotNull(), F.struct("holder", "count"))
    return apart.groupBy("article").agg(
        F.sum("sentences").alias("sentences"),
        F.map_from_entries(F.collect_list(quoted)).alias("holders"),
    )


def _outcomes(tagged: DataFrame, given: Column, counting: Counting) -> list[Column]:
    """What the error model tells apart: the label, or whether it is given surely, too."""
    outcomes = []
    for at, label in enumerate(counting.labels):
        is_label = given == label
        if not counting.sure_from:
            outcomes.append(is_label)
            continue
        probability = tag_column(tagged, f"{counting.set}_probabilities.{label}")
        surely = probability >= counting.sure_from[at]
        outcomes += [is_label & ~surely, is_label & surely]
    return outcomes


def _text(values: Column) -> Column:
    """A string of Spark's need not be UTF-8, a string of Arrow's must be."""
    return F.make_valid_utf8(values.cast("string"))
