"""A model on its way to the workers."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass, field
from functools import lru_cache
from os import PathLike

from pyspark import Broadcast
from pyspark.sql import SparkSession

from .._stance import Model

#: A model, its file, the bytes of its file, or ``None`` for the one that comes with the package.
AnyModel = Model | str | PathLike[str] | bytes | None


@dataclass(frozen=True)
class Shipped:
    """A model that goes to every executor once. Two are the same if their bytes are."""

    fingerprint: str
    pickled: Broadcast[bytes] = field(compare=False)


def read(model: AnyModel) -> Model:
    """The model that is meant."""
    if isinstance(model, Model):
        return model
    if isinstance(model, bytes):
        return Model.from_bytes(model)
    return Model.load(model)


def ship(spark: SparkSession, model: Model) -> Shipped:
    """Hands a model to Spark."""
    pickled = pickle.dumps(model)
    fingerprint = hashlib.sha256(pickled).hexdigest()
    return Shipped(fingerprint, spark.sparkContext.broadcast(pickled))


@lru_cache(maxsize=2)
def unpacked(shipped: Shipped) -> Model:
    """The model, loaded once by every worker, whatever number of tasks and jobs it works on."""
    model: Model = pickle.loads(shipped.pickled.value)
    return model
