"""Makes tfidf.json: the vectors scikit-learn gives for a few sentences (python make_tfidf.py > tfidf.json)."""

import json

from sklearn.feature_extraction.text import TfidfVectorizer

TEXTS = [
    "no progress and no deal",
    "a deal is near and a treaty is near",
    "progress is slow",
    "the treaty is near",
]

vectorizer = TfidfVectorizer(
    ngram_range=(1, 2), sublinear_tf=True, min_df=2, token_pattern=r"\w+"
)
matrix = vectorizer.fit_transform(TEXTS).toarray()
terms = vectorizer.get_feature_names_out()
rows = [
    {term: value for term, value in zip(terms, row) if value > 0} for row in matrix.tolist()
]
print(json.dumps({"texts": TEXTS, "rows": rows}, indent=1))
