"""LIBLINEAR's own trainer (`-s 0`) with the bias left free (`-B 1 -R`), as in stance.

usage: peer_liblinear.py COST VECTORS TOLERANCE
"""

import json
import sys
import time

import numpy as np
from liblinear.liblinearutil import parameter, problem, svm_read_problem, train


def solve(cost: str, vectors: str, tolerance: str) -> dict[str, float]:
    """Seconds of the trainer alone, and the objective where it stopped."""
    truth, matrix = svm_read_problem(vectors, return_scipy=True)
    examples = problem(truth, matrix, bias=1)
    settings = parameter(f"-s 0 -c {cost} -e {tolerance} -B 1 -R -q")
    start = time.perf_counter()
    model = train(examples, settings)
    seconds = time.perf_counter() - start
    weights, bias = model.get_decfun()
    weights = np.array(weights)
    scores = matrix[:, : len(weights)] @ weights + bias
    loss = np.logaddexp(0, -np.asarray(truth) * scores).sum()
    objective = 0.5 * weights @ weights + float(cost) * loss
    return {"seconds": seconds, "objective": float(objective)}


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    print(json.dumps(solve(*sys.argv[1:])))
