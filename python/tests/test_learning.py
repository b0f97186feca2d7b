"""Training and evaluation: the files and figures of the command line."""

from __future__ import annotations

import json

import pandas as pd
import pyarrow as pa
import pytest

import stance

SIDES = [("The home side won game {}.", "sport"), ("The house passed bill {}.", "politics")]


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """Sentences of two topics by twelve invented authors."""
    made = [
        {"text": text.format(n), "topic": topic, "author": f"author {n % 12}"}
        for n in range(36)
        for text, topic in SIDES
    ]
    return pd.DataFrame(made)


@pytest.fixture
def table(rows, tmp_path):
    path = tmp_path / "topics.csv"
    rows.to_csv(path, index=False)
    return path


def test_a_model_is_the_same_to_the_byte_from_a_file_a_table_or_the_command_line(
    command, rows, table, tmp_path
):
    written = tmp_path / "topics.safetensors"
    command("train", table, "--label", "topic", "--folds", 3, "--output", written)
    of_file = stance.train(table, label="topic", folds=3)
    of_table = stance.train(rows, label=["topic"], folds=3)
    assert of_file.to_bytes() == written.read_bytes()
    assert of_table.to_bytes() == written.read_bytes()
    assert of_file.fingerprint == stance.Model.load(written).fingerprint
    again = tmp_path / "again.safetensors"
    of_table.save(again)
    assert again.read_bytes() == written.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "again.safetensors",
        "topics.csv",
        "topics.safetensors",
    ]
    assert of_file.labels == {"topic": ["politics", "sport"]}
    assert of_file.about["rows"] == 72
    assert of_file.scores["topic"]["accuracy"]["value"] > 0.9
    assert "72 labelled sentences" in repr(of_file)


def test_settings_are_those_of_the_command_line(command, table, tmp_path):
    settings = {"balance": "full", "features": {"characters": None}, "costs": [0.5]}
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(settings))
    codebook = tmp_path / "codebook.toml"
    codebook.write_text(
        'title = "Topics"\n[[set]]\nname = "topic"\n'
        '[[set.label]]\nname = "sport"\npolarity = -1\n'
        '[[set.label]]\nname = "politics"\npolarity = 1\n'
    )
    written = tmp_path / "model.safetensors"
    flags = ("--settings", path, "--codebook", codebook, "--group", "author", "--folds", "2")
    command("train", table, "--label", "topic", *flags, "--output", written)
    options = {"codebook": codebook, "group": "author", "folds": 2}
    for given in (settings, path):
        model = stance.train(table, label="topic", settings=given, **options)
        assert model.to_bytes() == written.read_bytes()
    assert model.labels == {"topic": ["sport", "politics"]}
    assert model.about["title"] == "Topics"
    with pytest.raises(stance.UsageError, match="unknown field `colour`"):
        stance.train(table, label="topic", settings={"colour": 1})
    with pytest.raises(ValueError, match="tune searches for the cost"):
        stance.train(table, label="topic", tune=True, cost=1.0)
    with pytest.raises(ValueError, match="leave sequence out"):
        stance.train(table, label="topic", in_order=True, sequence="author")


def test_annotators_are_merged_as_on_the_command_line(command, rows, tmp_path):
    three = pd.concat([rows.assign(annotator=name) for name in ("a", "b", "c")], ignore_index=True)
    wrong = (three.annotator == "c") & (three.index % 3 == 0)
    three.loc[wrong, "topic"] = three.topic.map({"sport": "politics", "politics": "sport"})
    path, written = tmp_path / "three.csv", tmp_path / "model.safetensors"
    three.to_csv(path, index=False)
    for merge in (None, "majority", "soft"):
        flags = ("--merge", merge) if merge else ()
        command("train", path, "--label", "topic", "--folds", "3", *flags, "--output", written)
        model = stance.train(three, label="topic", folds=3, merge=merge)
        assert model.to_bytes() == written.read_bytes(), merge


def test_evaluations_are_those_of_the_command_line(command, rows, table, tmp_path):
    options = ("--label", "topic", "--folds", "3", "--format", "json")
    expected = json.loads(command("evaluate", table, *options, "--random-split"))
    found = stance.evaluate(rows, label="topic", folds=3, random_split=True)
    assert found == expected
    assert found["accuracy"]["low"] <= found["accuracy"]["value"] <= found["accuracy"]["high"]

    model, path = stance.train(rows.head(48), label="topic", folds=3), tmp_path / "m.safetensors"
    model.save(path)
    expected = json.loads(command("evaluate", table, "--model", path, "--format", "json"))
    assert stance.evaluate(table, model=model) == expected
    against = stance.evaluate(table, model=model, against=model, unsure_below=0.9)
    assert against["against"]
    with pytest.raises(ValueError, match="a model is measured as it is"):
        stance.evaluate(table, model=model, folds=3)


def test_what_deserves_to_be_known_is_warned_of(rows):
    without = rows.drop(columns="author")
    with pytest.warns(UserWarning, match="no column of groups"):
        stance.train(without, label="topic", folds=2)
    twice = pd.concat([rows, rows.head(1).assign(topic="politics")], ignore_index=True)
    with pytest.warns(UserWarning, match="1 contradictory rows in `topic`; first: <table>:"):
        stance.train(twice, label="topic", folds=2)
    model = stance.train(rows, label="topic", folds=2)
    with pytest.warns(UserWarning, match="trained on exactly these rows"):
        stance.evaluate(rows, model=model)


def test_errors_name_file_and_line(rows, table, tmp_path):
    wrong = rows.assign(stance="sceptical")
    wrong.loc[4, "stance"] = "gloomy"
    path = tmp_path / "wrong.csv"
    wrong.to_csv(path, index=False)
    with pytest.raises(stance.InputError, match="unknown label `gloomy`") as caught:
        stance.train(path, label="stance")
    assert (caught.value.file, caught.value.line) == (str(path), 6)
    assert "codebook=" in caught.value.remedy
    assert isinstance(caught.value, stance.StanceError) and isinstance(caught.value, ValueError)
    assert str(caught.value).startswith(f"{path}:6: unknown label")
    with pytest.raises(stance.InputError, match="unknown label `gloomy`") as caught:
        stance.train(wrong, label="stance")
    assert (caught.value.file, caught.value.line) == ("<table>", 5)
    with pytest.raises(stance.InputError, match="no column `theme`") as caught:
        stance.train(table, label="theme")
    assert (caught.value.file, caught.value.line) == (str(table), 1)
    with pytest.raises(stance.InputError, match="no row to read"):
        stance.train(rows.head(0), label="topic")
    with pytest.raises(stance.FileError, match="cannot open") as caught:
        stance.train(tmp_path / "none.csv")
    assert caught.value.file == str(tmp_path / "none.csv")
    with pytest.raises(stance.UsageError, match="1 folds"):
        stance.train(table, label="topic", folds=1)
    with pytest.raises(stance.FileError, match="cannot write the model") as caught:
        stance.train(table, label="topic", folds=2).save(tmp_path / "none" / "m.safetensors")
    with pytest.raises(TypeError, match="speaks Arrow"):
        stance.train(7)
    with pytest.raises(stance.UsageError, match="merge is 'majority' or 'soft'"):
        stance.train(table, label="topic", merge="both")


def test_labels_of_any_column_type_are_read(rows, table):
    expected = stance.train(table, label="topic", folds=2).to_bytes()
    arrow = pa.Table.from_pandas(rows, preserve_index=False)
    encoded = arrow.set_column(1, "topic", arrow["topic"].dictionary_encode())
    assert stance.train(encoded, label="topic", folds=2).to_bytes() == expected
    numbers = rows.assign(topic=rows.topic.map({"sport": 1, "politics": 2}))
    assert stance.train(numbers, label="topic", folds=2).labels == {"topic": ["1", "2"]}
