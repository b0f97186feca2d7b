"""Tags are those of the command line, to the bit, whoever holds the table."""

from __future__ import annotations

import io
import pickle

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pytest

import stance

TEXTS = [
    "No treaty will come out of the lock at Castrane.",
    "The delegations agreed on a joint survey of the herring stock.",
    '"We are close," the envoy said.',
    "It will not.",
    "",
]


@pytest.fixture(scope="module")
def labels(root) -> pa.Table:
    """Sentences of the shipped labels, cells as they stand in the file."""
    whole = pa.csv.read_csv(root / "data" / "labels.csv", parse_options=NEWLINES)
    cells = [column.cast(pa.string()) for column in whole.columns]
    return pa.table(cells, names=whole.column_names).slice(0, 1500)


NEWLINES = pa.csv.ParseOptions(newlines_in_values=True)


def as_the_command_line_has_it(command, path, *options) -> pa.Table:
    text = command("tag", "--sentences", path, "--format", "csv", *options)
    converted = pa.csv.ConvertOptions(strings_can_be_null=False)
    return pa.csv.read_csv(
        io.BytesIO(text.encode()), parse_options=NEWLINES, convert_options=converted
    )


@pytest.mark.parametrize("options", [{}, {"sequence": "author"}])
def test_a_table_is_tagged_as_on_the_command_line(command, model, labels, tmp_path, options):
    path = tmp_path / "labels.csv"
    pa.csv.write_csv(labels, path)
    flags = [word for name, value in options.items() for word in (f"--{name}", value)]
    expected = as_the_command_line_has_it(command, path, *flags)
    tagged = model.tag_table(labels, **options).to_pyarrow()
    assert tagged.column_names == expected.column_names
    for name in set(tagged.column_names) - set(labels.column_names):
        ours = ["" if value is None else value for value in tagged[name].to_pylist()]
        assert ours == expected[name].to_pylist(), name
    assert tagged.select(labels.column_names).equals(labels)


def test_texts_come_as_lists_and_columns_of_all_kinds(model):
    expected = model.tag(TEXTS).to_pyarrow()
    table = pa.table({"text": TEXTS})
    kinds = [
        tuple(TEXTS),
        iter(TEXTS),
        pa.array(TEXTS),
        pa.array(TEXTS, pa.large_string()),
        pa.array(TEXTS, pa.string_view()),
        pa.array(TEXTS).dictionary_encode(),
        pa.array([text.encode() for text in TEXTS], pa.binary()),
        pa.chunked_array([TEXTS[:2], TEXTS[2:]]),
        pd.Series(TEXTS),
        pd.Series(TEXTS, dtype=object),
        pd.Series(TEXTS, dtype="category"),
        pd.Series(TEXTS).to_numpy(dtype=object),
        pl.Series(TEXTS),
        pl.Series(TEXTS, dtype=pl.Categorical),
        table["text"],
    ]
    for texts in kinds:
        assert model.tag(texts).to_pyarrow().equals(expected), type(texts)
    for whole in (table, table.to_pandas(), pl.DataFrame(table), table.to_batches()[0]):
        tagged = model.tag_table(whole).to_pyarrow()
        assert tagged.drop_columns("text").equals(expected), type(whole)


def test_what_comes_out_is_what_each_library_reads(model):
    tagged = model.tag(TEXTS)
    arrow = pa.table(tagged)
    assert len(tagged) == tagged.num_rows == len(TEXTS)
    assert arrow.equals(tagged.to_pyarrow())
    assert tagged.to_polars().equals(pl.DataFrame(arrow))
    pd.testing.assert_frame_equal(tagged.to_pandas(), pd.DataFrame.from_arrow(tagged))
    assert pa.schema(tagged) == arrow.schema
    assert arrow.schema.field("stance").type == pa.string()
    assert arrow.schema.field("stance_probabilities.optimistic").type == pa.float64()


def test_a_table_is_passed_through_whatever_its_types_and_chunks(model):
    table = pa.table(
        {
            "Text": pa.chunked_array([TEXTS[:1], [], TEXTS[1:]]),
            "stance": pa.chunked_array([[1, 2, 3], [4, None]]),
            "nested": [[1], [], None, [2, 3], [4]],
        }
    ).replace_schema_metadata({"made": "by hand"})
    tagged = model.tag_table(table).to_pyarrow()
    assert tagged.select(table.column_names).equals(table)
    assert tagged.schema.metadata == {b"made": b"by hand"}
    assert "predicted_stance" in tagged.column_names
    batch = table.combine_chunks().to_batches()[0]
    assert pa.Table.from_batches([model.tag_batch(batch)]).equals(tagged)
    assert model.tag_batch(batch.slice(0, 0)).num_rows == 0
    assert len(model.tag_table(table.slice(0, 0))) == 0
    assert len(model.tag([])) == 0


def test_neighbours_of_one_text_are_seen(model, labels):
    few = labels.slice(0, 40)
    alone = model.tag_table(few.drop_columns(["article"])).to_pyarrow()
    together = model.tag(few["text"], sequence=["a"] * len(few)).to_pyarrow()
    assert not alone.select(together.column_names).equals(together)
    with pytest.raises(ValueError, match="40 texts, but 2 values in sequence"):
        model.tag(few["text"], sequence=["a", "b"])


def test_documents_may_be_cut_by_batches(model, labels):
    whole = labels.combine_chunks()
    cut = pa.Table.from_batches(whole.to_batches(max_chunksize=7))
    assert model.tag_table(cut).to_pyarrow().equals(model.tag_table(whole).to_pyarrow())


def test_a_bad_row_is_an_exception_or_a_null_with_a_reason(model):
    texts = ["It will not.", None, 7, float("nan"), "x" * 101, "\ud800"]
    with pytest.raises(stance.InputError, match="<table>:2: no text to tag: null") as caught:
        model.tag(texts)
    assert (caught.value.file, caught.value.line) == ("<table>", 2)
    assert "on_bad='null'" in caught.value.remedy
    tagged = model.tag(texts, on_bad="null", max_bytes=100).to_pyarrow()
    reasons = [None, "null", "not text", "null", "longer than 100 bytes", "not UTF-8"]
    assert tagged["reason"].to_pylist() == reasons
    good = model.tag(texts[:1]).to_pyarrow()
    assert tagged.slice(0, 1).drop_columns("reason").equals(good)
    for name in good.column_names:
        assert tagged[name].slice(1).null_count == 5, name

    binary = pa.table({"text": pa.array([b"It will not.", b"\xff", None]), "reason": [1, 2, 3]})
    tagged = model.tag_table(binary, on_bad="null").to_pyarrow()
    assert tagged["predicted_reason"].to_pylist() == [None, "not UTF-8", "null"]
    numbers = pa.table({"text": [1, None]})
    tagged = model.tag_batch(numbers.to_batches()[0], on_bad="null")
    assert tagged["reason"].to_pylist() == ["not text", "null"]
    nothing = pa.table({"text": pa.nulls(2)})
    assert model.tag_table(nothing, on_bad="null").to_pyarrow()["reason"].to_pylist() == ["null"] * 2


def test_wrong_input_is_said(model):
    with pytest.raises(TypeError, match="a list of texts, not one text"):
        model.tag("It will not.")
    with pytest.raises(TypeError, match="a table that speaks Arrow"):
        model.tag_table(["It will not."])
    with pytest.raises(ValueError, match="on_bad is 'raise' or 'null', not 'drop'"):
        model.tag(TEXTS, on_bad="drop")
    with pytest.raises(stance.InputError, match="no column `words`; the columns are text") as caught:
        model.tag_table(pa.table({"text": TEXTS}), text="words")
    assert caught.value.remedy == "name the column of the sentences with text="
    with pytest.raises(stance.InputError, match="no column `document`"):
        model.tag_table(pa.table({"text": TEXTS}), sequence="document")


def test_results_do_not_depend_on_threads(model, labels):
    expected = model.tag_table(labels).to_pyarrow()
    try:
        stance.set_threads(1)
        assert model.tag_table(labels).to_pyarrow().equals(expected)
    finally:
        stance.set_threads(0)


def test_a_model_goes_to_bytes_and_back(model, root, tmp_path):
    shipped = (root / "models" / "default.safetensors").read_bytes()
    assert model.to_bytes() == shipped
    again = stance.Model.from_bytes(shipped)
    assert again.labels == model.labels
    assert list(model.labels) == ["stance", "role", "voice"]
    assert model.labels["stance"] == ["sceptical", "neutral", "optimistic"]
    expected = model.tag(TEXTS).to_pyarrow()
    assert again.tag(TEXTS).to_pyarrow().equals(expected)
    sure = stance.Model.load(unsure_below=1.0)
    sent = pickle.loads(pickle.dumps(sure)).tag(TEXTS).to_pyarrow()
    assert sent.equals(sure.tag(TEXTS).to_pyarrow())
    assert not sent.equals(expected)
    with pytest.raises(stance.InputError, match="not a whole safetensors file"):
        stance.Model.from_bytes(b"nonsense")
    with pytest.raises(stance.FileError, match="cannot read the model") as caught:
        stance.Model.load(tmp_path / "none.safetensors")
    assert caught.value.file == str(tmp_path / "none.safetensors")
