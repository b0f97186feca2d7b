"""Which column of a data frame is meant by a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from ..errors import InputError

#: What goes in front of the name of a tag column that is taken, as on the command line.
PREFIX = "predicted_"


def spelling(df: DataFrame) -> Callable[[str], str]:
    """What two names have in common that Spark takes for one column."""
    case_sensitive = df.sparkSession.conf.get("spark.sql.caseSensitive")
    return str if case_sensitive == "true" else str.lower


def position(df: DataFrame, name: str) -> int:
    """Where the column of that name stands."""
    same = spelling(df)
    places = [at for at, own in enumerate(df.columns) if same(own) == same(name)]
    if len(places) == 1:
        return places[0]
    found = "more than one column" if places else "no column"
    raise InputError(
        f"{found} `{name}`; the columns are {', '.join(df.columns)}",
        remedy="name a column that is there once",
    )


def has(df: DataFrame, name: str) -> bool:
    """Whether there is a column of that name."""
    same = spelling(df)
    return same(name) in map(same, df.columns)


def column(df: DataFrame, name: str) -> Column:
    """The column of that name, whatever letters the name is made of."""
    return F.col(quoted(df.columns[position(df, name)]))


def quoted(name: str) -> str:
    """The name as Spark takes it for one, dots and all."""
    return "`" + name.replace("`", "``") + "`"


def free_names(df: DataFrame, names: Iterable[str]) -> list[str]:
    """The names, each with the prefix as often as it is taken."""
    same = spelling(df)
    taken = {same(own) for own in df.columns}
    free = []
    for name in names:
        while same(name) in taken:
            name = PREFIX + name
        free.append(name)
    return free


def tag_column(df: DataFrame, name: str) -> Column:
    """The column of tags of that name: of several the one with the most prefixes, since a tag
    gets a prefix only where a column stands in its way."""
    while has(df, PREFIX + name):
        name = PREFIX + name
    return column(df, name)
