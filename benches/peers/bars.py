"""The bars stance has set itself, and whether they are met."""

from collections.abc import Iterator
from dataclasses import dataclass

from measured import Measured, Results
from tables import table


@dataclass(frozen=True)
class Bar:
    """One bar on one set."""

    name: str
    set: str
    measured: str
    met: bool

    @classmethod
    def at_least(cls, name: str, results: Results, figure: float, bar: float) -> "Bar":
        return cls(f"{name}: at least {bar:g}", results.set, f"{figure:.3g}", figure >= bar)

    @classmethod
    def at_most(cls, name: str, results: Results, figure: float, bar: float) -> "Bar":
        return cls(f"{name}: at most {bar:g}", results.set, f"{figure:.3g}", figure <= bar)


def bars(results: Results) -> list[Bar]:
    found = {one.program.name: one for one in results.programs if not one.failure}
    stance = results.programs[0]
    peers = {
        peer: [one for name, one in found.items() if name.startswith(peer)]
        for peer in ("scikit-learn", "fastText")
    }
    return [
        *against_scikit_learn(results, stance, peers["scikit-learn"]),
        *against_fasttext(results, stance, peers["fastText"]),
        *against_liblinear(results),
        *alone(results),
    ]


def against_scikit_learn(
    results: Results, stance: Measured, peers: list[Measured]
) -> Iterator[Bar]:
    """The faster and the leaner of its two forms."""
    if peers:
        seconds = min(seconds_of(peer) for peer in peers) / seconds_of(stance)
        yield Bar.at_least("scikit-learn: training, times faster", results, seconds, 8)
        rates = [rate for peer in peers if (rate := rate_of(peer, results))]
        rate = rate_of(stance, results) / max(rates)
        yield Bar.at_least("scikit-learn: tagging, times faster", results, rate, 20)
        memory = memory_of(stance) / min(memory_of(peer) for peer in peers)
        yield Bar.at_most("scikit-learn: memory in training, share", results, memory, 1 / 3)
    if results.agreement:
        difference = abs(results.agreement.difference())
        yield Bar.at_most("scikit-learn: objective, relative difference", results, difference, 1e-3)


def against_fasttext(results: Results, stance: Measured, peers: list[Measured]) -> Iterator[Bar]:
    for peer in peers:
        name = peer.program.name
        seconds = seconds_of(peer) / seconds_of(stance)
        yield Bar.at_least(f"{name}: training, times faster", results, seconds, 1)
        gain = (stance.accuracy or 0) - (peer.accuracy or 0)
        yield Bar.at_least(f"{name}: accuracy, gain", results, gain, 0)
        rate = rate_of(stance, results) / rate_of(peer, results)
        yield Bar.at_least(f"{name}: tagging, times faster", results, rate, 3)


def against_liblinear(results: Results) -> Iterator[Bar]:
    """At its usual tolerance, each on as many threads as it can use."""
    if results.solvers:
        stance, peer = results.solvers[0], results.solvers[2]
        times = peer.seconds / stance.seconds
        yield Bar.at_least("LIBLINEAR: trainer, times faster", results, times, 1)
        difference = abs(stance.objective - peer.objective) / peer.objective
        yield Bar.at_most("LIBLINEAR: objective, relative difference", results, difference, 1e-3)


def alone(results: Results) -> Iterator[Bar]:
    """The first program on one core has words alone, the third the default features."""
    words, _, default, _ = results.on_one_core
    yield Bar.at_least("words alone, MB/s a core", results, rate_of(words, results), 80)
    yield Bar.at_least("default features, MB/s a core", results, rate_of(default, results), 20)


def seconds_of(one: Measured) -> float:
    train = one.cost("train")
    return train.seconds if train else float("nan")


def memory_of(one: Measured) -> float:
    train = one.cost("train")
    return train.peak_mb if train else float("nan")


def rate_of(one: Measured, results: Results) -> float:
    """Without the start of the program, which the peers have much more of; 0 if it did not tag."""
    rate = one.rate(results.text())
    return rate[1] if rate else 0.0


def table_of(found: list[Bar]) -> str:
    rows = [[bar.name, bar.set, bar.measured, "yes" if bar.met else "no"] for bar in found]
    return "\n## Bars\n\n" + table(["bar", "set", "measured", "met"], rows)
