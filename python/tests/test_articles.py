"""Articles: read, tagged and compared as on the command line."""

from __future__ import annotations

import datetime
import io
import json

import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pytest

import stance


@pytest.fixture(scope="module")
def examples(root):
    return root / "data" / "examples"


def test_articles_are_read(examples):
    articles = stance.read_articles(examples)
    assert len(articles) == 4
    lock = next(article for article in articles if "lock" in article.source)
    assert lock.title == "No treaty will come out of the lock at Castrane"
    assert lock.authors == ["Garrick Tolliver"]
    assert lock.date == datetime.date(2023, 5, 2)
    assert all(paragraph in lock.text for paragraph in lock.paragraphs)
    assert repr(lock).startswith('<stance.Article "No treaty')
    again = stance.Article(lock.text, source="lock.md")
    assert again.source == "lock.md"
    assert stance.read_articles([examples / "wexholm-bank.txt"])[0].authors == ["Silke Lindqvane"]


def test_sentences_are_tagged_as_on_the_command_line(command, model, examples, root, monkeypatch):
    monkeypatch.chdir(root)
    text = command("tag", "data/examples", "--format", "csv")
    strings = pa.csv.ConvertOptions(strings_can_be_null=False, column_types={"date": pa.string()})
    expected = pa.csv.read_csv(
        io.BytesIO(text.encode()), convert_options=strings
    ).to_pylist()
    tagged = model.tag_articles("data/examples").to_pyarrow()
    assert model.tag_articles(stance.read_articles("data/examples")).to_pyarrow().equals(tagged)
    assert tagged.schema.field("date").type == pa.date32()
    rows = [
        {name: "" if value is None else value for name, value in row.items()}
        for row in tagged.to_pylist()
    ]
    for row in rows:
        row["date"] = str(row["date"])
    assert rows == expected


def test_a_table_of_articles_is_read(model):
    table = pd.DataFrame(
        {
            "text": ["A deal is near.\nIt is signed.", "It will not be signed."],
            "author": ["Edda Holm", None],
            "date": [datetime.date(2024, 5, 1), datetime.date(2024, 6, 1)],
            "outlet": ["Daily", "Weekly"],
        }
    )
    first, second = stance.read_articles(table)
    assert (first.authors, second.authors) == (["Edda Holm"], [])
    assert first.date == datetime.date(2024, 5, 1)
    assert first.fields == {"outlet": "Daily"}
    assert len(model.tag_articles(table)) == 3
    compared = stance.compare(table, by="outlet")
    assert compared.rows.to_pyarrow()["name"].to_pylist() == ["Daily", "Weekly"]


def test_comparisons_are_those_of_the_command_line(command, model, root, monkeypatch):
    monkeypatch.chdir(root)
    expected = json.loads(command("compare", "data/examples", "--format", "json"))
    compared = stance.compare("data/examples")
    assert compared.to_dict() == expected
    csv = command("compare", "data/examples", "--format", "csv")
    rows = compared.rows.to_pyarrow()
    assert rows.equals(pa.csv.read_csv(io.BytesIO(csv.encode())).cast(rows.schema))
    pairs = compared.pairs.to_pyarrow().to_pylist()
    assert [{k: v for k, v in pair.items() if k != "note"} for pair in pairs] == expected["pairs"]
    assert compared.html() == command("compare", "data/examples", "--format", "html")
    assert compared.svg().startswith("<svg")
    markdown = command("compare", "data/examples", "--format", "markdown")
    assert compared._repr_markdown_() == markdown
    assert str(compared) == command("compare", "data/examples", "--color", "never")
    everybody = stance.compare("data/examples", model=model, by="holder", voice="all")
    flags = ("--by", "holder", "--voice", "all", "--format", "json")
    assert everybody.to_dict() == json.loads(command("compare", "data/examples", *flags))
    assert repr(everybody).endswith("rows by holder>")


def test_explanations_are_those_of_the_command_line(command, model):
    text = "It will not."
    expected = json.loads(command("explain", text, "--format", "json"))
    assert model.explain(text) == expected
    assert model.explain_html(text) == command("explain", text, "--format", "html")
    assert model.explain(text, label="role") != expected
    neighbours = ["A deal is close, they say.", text]
    assert model.explain(neighbours, sentence=2) != expected
    with pytest.raises(stance.UsageError, match="no sentence 3: there are 2"):
        model.explain(neighbours, sentence=3)
    with pytest.raises(stance.UsageError, match="which sentence is to be explained"):
        model.explain(neighbours)
    with pytest.raises(stance.UsageError, match="no label set `mood`"):
        model.explain(text, label="mood")


def test_an_article_that_cannot_be_read_is_an_exception_or_a_warning(examples, tmp_path):
    good = examples / "wexholm-bank.txt"
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 and no more")
    with pytest.raises(stance.InputError) as caught:
        stance.read_articles([good, broken])
    assert caught.value.file == str(broken)
    with pytest.warns(UserWarning, match="broken.pdf"):
        assert len(stance.read_articles([good, broken], on_bad="warn")) == 1
    with pytest.raises(ValueError, match="on_bad is 'raise' or 'warn'"):
        stance.read_articles(good, on_bad="null")
    with pytest.raises(stance.FileError, match="cannot open"):
        stance.compare(tmp_path / "none.txt")
    with pytest.raises(stance.UsageError, match="no article has a field `outlet`"):
        stance.compare(good, by="outlet")
    with pytest.raises(ValueError, match="voice is 'own' or 'all'"):
        stance.compare(good, voice="both")
    with pytest.raises(TypeError, match="give paths, articles, or a table"):
        stance.compare(3)


def test_a_pdf_is_read_in_a_process_of_its_own(root, tmp_path, command):
    pdf = tmp_path / "brief.pdf"
    pdf.write_bytes(PDF)
    (article,) = stance.read_articles(pdf)
    assert "will not be signed" in article.text


SENTENCE = "The treaty will not be signed this year, whatever the envoys say about it."
CONTENT = f"BT /F1 12 Tf 72 720 Td ({SENTENCE}) Tj ET"


def _pdf() -> bytes:
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(CONTENT)} >>\nstream\n{CONTENT}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    file, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(file)}\n%%EOF\n"
    return file + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()


PDF = _pdf()
