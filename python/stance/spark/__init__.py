"""The same tags on a Spark cluster, and comparisons of what is tagged there.

>>> import stance.spark
>>> tagged = stance.spark.tag(df, "model.safetensors", text="text")
>>> tagged.write.parquet("tagged")
>>> print(stance.spark.compare(tagged, by="author", model="model.safetensors"))

The package has to be installed where the executors run. Needs PySpark and pyarrow
(``pip install './python[spark]'``) and a classic session, not Spark Connect.
"""

from .comparison import compare
from .tagging import MAX_BYTES, tag

__all__ = ["MAX_BYTES", "compare", "tag"]
