"""fastText with word bigrams.

usage: peer_fasttext.py train THREADS RATE EPOCHS ROWS.txt MODEL
       peer_fasttext.py tag   MODEL LINES.txt OUTPUT
"""

import sys
from itertools import islice
from pathlib import Path

import fasttext

BATCH = 8000


def tag(model: str, lines: Path, output: Path) -> None:
    learned = fasttext.load_model(model)
    with lines.open() as texts, output.open("w") as labels:
        while batch := [line.rstrip("\n") for line in islice(texts, BATCH)]:
            found, _ = learned.predict(batch)
            labels.writelines(f"{label[0].removeprefix('__label__')}\n" for label in found)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["train", threads, rate, epochs, rows, model]:
            learned = fasttext.train_supervised(
                rows,
                wordNgrams=2,
                lr=float(rate),
                epoch=int(epochs),
                thread=int(threads),
                verbose=0,
            )
            learned.save_model(model)
        case ["tag", model, lines, output]:
            tag(model, Path(lines), Path(output))
        case _:
            sys.exit(__doc__)
