"""Race: how long the contestants take, each of which runs once in every turn.

A busy moment of the machine meets all of them in this way; a ratio is one of medians.
"""

from collections.abc import Mapping
from timeit import Timer

import numpy as np

from benchmarks.contestants import (
    FUNCTIONS,
    MOST_POINTS,
    OURS,
    Run,
    contestants,
    routines,
    spelled,
)
from gradviz_core.numerics.gradient import _differentiate, gradient
from gradviz_core.numerics.gradient_steps import DefaultSteps
from gradviz_core.numerics.grid import Grid

TURNS_OF_THE_SLOW = 3
SLOW = 0.25  # seconds
SHORTEST_SAMPLE = 0.002  # seconds
MOST_REPEATS = 200
DIGITS = 4  # of each time


def race(runs: Mapping[str, Run], turns: int) -> dict[str, list[float]]:
    """Return the seconds of every run in every turn; the slow sit out most turns."""
    timers = {name: Timer(run) for name, run in runs.items()}
    once = {name: _seconds_of_one(timer) for name, timer in timers.items()}
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(turns):
        for name, timer in timers.items():
            if turn < TURNS_OF_THE_SLOW or once[name] < SLOW:
                repeats = int(SHORTEST_SAMPLE / once[name])
                repeats = max(1, min(MOST_REPEATS, repeats))
                seconds[name].append(timer.timeit(repeats) / repeats)
    return seconds


def _seconds_of_one(timer: Timer) -> float:
    """Return the seconds of one run, after another one in which f may be compiled."""
    first = timer.timeit(1)
    return first if first > 1 else timer.timeit(1)


def times(n: int, text: str, turns: int) -> dict[str, dict[str, float]]:
    """Time all contestants at n points: the median, quartiles, and a ratio to ours."""
    print(f"{n:,} points of {text}", flush=True)
    X = np.random.default_rng(0).uniform(-2, 2, (n, 2))
    result = {}
    for name, seconds in race(contestants(text, X), turns).items():
        scale = n / min(n, MOST_POINTS.get(name, n))
        low, median, high = np.quantile(seconds, (0.25, 0.5, 0.75)) * scale
        result[name] = {"median": median, "low": low, "high": high}
    ours = result[OURS]["median"]
    for numbers in result.values():
        numbers["ratio"] = numbers["median"] / ours
    return {name: _rounded(numbers) for name, numbers in result.items()}


def _rounded(numbers: Mapping[str, float]) -> dict[str, float]:
    return {name: float(f"{number:.{DIGITS}g}") for name, number in numbers.items()}


def validation_microseconds(turns: int) -> float:
    """Return what the checks of `gradient` cost, beyond its kernel, for 324 points."""
    X = np.random.default_rng(0).uniform(-2, 2, (324, 2))
    f = spelled(FUNCTIONS["product"], np, is_last=True)
    steps = DefaultSteps(are_smallest=True)
    runs: dict[str, Run] = {
        "checked": lambda: gradient(f, X, vectorized=True),
        "kernel": lambda: _differentiate(f, X, steps),
    }
    seconds = race(runs, turns)
    differences = np.subtract(seconds["checked"], seconds["kernel"])
    return round(float(np.median(differences)) * 1e6, 1)


def compile_milliseconds() -> float:
    """Return what JAX needs before its first answer."""
    X = Grid().points
    run = routines(FUNCTIONS["rosenbrock"])["JAX"]
    return round(Timer(lambda: run(X)).timeit(1) * 1e3, 1)
