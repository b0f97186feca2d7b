"""Plants wrong labels and prints how many of the first 50 and 100 suspects were planted.

usage: python3 benches/label_errors/run.py [--seeds N] [--profile dev] [SET ...]

Compared are stance, cleanlab on the same out-of-fold probabilities, and cleanlab on those of a
scikit-learn pipeline of its own with the same folds. The sets are `shipped` (data/labels.csv) and,
where $STANCE_DATASETS or ../shared/datasets holds it, manifesto_uk. cleanlab comes from the package
index into a virtual environment; all files go below target/label_errors.
"""

import argparse
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WORK = ROOT / "target" / "label_errors"
PYTHON = WORK / "venv" / "bin" / "python"
FIRST = (50, 100)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seeds", type=int, default=3, help="times errors are planted anew [3]")
    parser.add_argument("--profile", default="release", help="of the Rust build [release]")
    parser.add_argument("sets", nargs="*", default=["shipped", "manifesto_uk"], metavar="SET")
    arguments = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    plant(arguments)
    install()
    found = subprocess.run([PYTHON, __file__, "--rank"], check=True, stdout=subprocess.PIPE, text=True)
    print(found.stdout, end="")


def plant(arguments: argparse.Namespace) -> None:
    """Lets the Rust example plant errors and rank rows."""
    datasets = Path(os.environ.get("STANCE_DATASETS", ROOT / ".." / "shared" / "datasets"))
    known = {
        "shipped": (ROOT / "data" / "labels.csv", "stance"),
        "manifesto_uk": (datasets / "manifesto_uk" / "train.csv", "label"),
    }
    words: list[str] = []
    for name in arguments.sets:
        file, column = known[name]
        if file.is_file():
            words += [name, str(file), column]
        else:
            print(f"{name}: skipped, {file} is not there")
    for table in WORK.glob("*.csv"):
        table.unlink()
    build = ["cargo", "run", "--quiet", "--locked", "--profile", arguments.profile]
    example = ["--example", "label_errors", "--", str(WORK), str(arguments.seeds)]
    subprocess.run([*build, *example, *words], cwd=ROOT, check=True)


def install() -> None:
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", PYTHON.parents[1]], check=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", HERE / "requirements.txt"], check=True)


def rank() -> None:
    """Ranks the rows of each table in every way, and prints the means over the seeds."""
    import pandas

    figures: dict[str, dict[str, list[list[float]]]] = defaultdict(lambda: defaultdict(list))
    for file in sorted(WORK.glob("*.csv")):
        table = pandas.read_csv(file, keep_default_na=False)
        planted = table["planted"].to_numpy(int)
        name = file.name.rsplit(".", 2)[0]
        for ranking, rows in rankings(table).items():
            figures[ranking][name].append([planted[rows[:first]].mean() for first in FIRST])
    print_table(figures)


def rankings(table) -> dict:
    """The rows in the order of suspicion, by each way of ranking them."""
    given = table["given"].to_numpy(int)
    same = table[[c for c in table.columns if c[0] == "p" and c[1:].isdigit()]].to_numpy(float)
    own = own_probabilities(table, given)
    found = {"stance": listed(table)}
    found |= {f"cleanlab, {name}": rows for name, rows in cleanlab_rankings(given, same).items()}
    own = {f"cleanlab with scikit-learn, {n}": r for n, r in cleanlab_rankings(given, own).items()}
    return found | own


def listed(table):
    """The rows that stance lists first."""
    import pandas

    return pandas.to_numeric(table["place"]).sort_values().index[: max(FIRST)].to_numpy()


def cleanlab_rankings(given, probabilities) -> dict:
    """cleanlab's list of issues in each of its orders, and all rows by each of its scores."""
    from cleanlab.filter import find_label_issues
    from cleanlab.rank import get_label_quality_scores

    orders = ("self_confidence", "normalized_margin", "confidence_weighted_entropy")
    found = {}
    for order in orders:
        words = order.replace("_", " ")
        found[f"issues by {words}"] = find_label_issues(
            given, probabilities, return_indices_ranked_by=order)
        scores = get_label_quality_scores(given, probabilities, method=order)
        found[f"rows by {words}"] = scores.argsort(kind="stable")
    return found


def own_probabilities(table, given):
    """Out-of-fold probabilities of words and letters, tf-idf and logistic regression."""
    import numpy
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    folds = table["fold"].to_numpy(int)
    texts = table["text"].to_numpy(object)
    probabilities = numpy.zeros((len(table), given.max() + 1))
    for fold in range(folds.max() + 1):
        words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)
        model = make_pipeline(make_union(words, letters), LogisticRegression(max_iter=1000))
        tested = folds == fold
        model.fit(texts[~tested], given[~tested])
        probabilities[numpy.ix_(tested, model.classes_)] = model.predict_proba(texts[tested])
    return probabilities


def print_table(figures) -> None:
    names = sorted(next(iter(figures.values())))
    print("share of planted errors among the first 50 / the first 100, mean of the seeds\n")
    print("| ranking | " + " | ".join(names) + " | mean |")
    print("| --- |" + " ---: |" * (len(names) + 1))
    for ranking, of_sets in figures.items():
        means = [[sum(column) / len(column) for column in zip(*of_sets[n])] for n in names]
        means.append([sum(column) / len(column) for column in zip(*means)])
        cells = [" / ".join(f"{mean:.3f}" for mean in pair) for pair in means]
        print(f"| {ranking} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    rank() if sys.argv[1:] == ["--rank"] else main()
