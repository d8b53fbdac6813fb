"""Time `gradient` against its bare limit and its peers, and measure the errors of all.

    make bench                      or: python -m benchmarks.gradient

In every turn each contestant runs once, so that a busy moment of the machine meets all;
a ratio is one of medians. Writes results.json, which the page about speed shows, and its
plot, speed.svg.

Legend: f the function, x one point, X all points (n, 2), T their true gradients, h the
step.
"""

import datetime
import importlib.metadata
import json
import os
import platform
import subprocess
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from timeit import Timer
from types import SimpleNamespace
from typing import Any

import autograd
import jax
import numdifftools
import numpy as np
from mpmath import mp
from numpy.typing import NDArray
from scipy.differentiate import jacobian

from benchmarks.plot import write_plot
from gradviz_core.book import numerical_gradient
from gradviz_core.numerics.gradient import SMALLEST_STEPS, _differentiate, gradient
from gradviz_core.numerics.grid import Grid

Floats = NDArray[np.float64]
Routine = Callable[[Floats], Any]

RESULTS = Path(__file__).with_name("results.json")

OURS = "gradient, vectorized"
POINTWISE = "gradient, point by point"
BARE = "bare calls"
IN_CACHE = "bare calls, in cache"
NAIVE = "naive NumPy"
BOOK = "the book's loop"
PEERS = {  # what is called, and what it does better than ours
    "JAX": (
        "`jit(vmap(grad(f)))`",
        "Exact up to rounding, and fast on many points. Compiles f, for GPUs and TPUs as "
        "well, and can differentiate it any number of times. f has to be written in "
        "`jax.numpy`.",
    ),
    "autograd": (
        "`elementwise_grad(f)`",
        "Exact up to rounding. Costs a few evaluations of f however many coordinates there are, so "
        "it wins where f is costly. f has to be written in `autograd.numpy`.",
    ),
    NAIVE: (
        "f on copies, one coordinate moved in each",
        "A few lines to type, nothing to install, and no checks to wait for.",
    ),
    "SciPy": (
        "`scipy.differentiate.jacobian`",
        "Estimates its own error, refines the step until that is small, and differentiates "
        "functions with several values.",
    ),
    POINTWISE: (
        "`gradient(f, points)`",
        "Takes f as it is typed for one point.",
    ),
    BOOK: (
        "`numerical_gradient(f, points)`",
        "Shows how it works, and takes f as it is typed for one point.",
    ),
    "numdifftools": (
        "`Gradient(f)` of each point",
        "Extrapolates from many steps, estimates its own error, and has Hessians and higher "
        "derivatives too.",
    ),
}

FUNCTIONS = {
    "product": "x[0] * x[1]",
    "sum_of_squares": "np.sum(x**2, axis=0)",
    "sine_of_product": "np.sin(x[0] * x[1])",
    "rosenbrock": "(1 - x[0])**2 + 100 * (x[1] - x[0]**2)**2",
    "ackley": "20 + np.e - 20 * np.exp(-0.2 * np.sqrt(np.mean(x**2, axis=0))) "
    "- np.exp(np.mean(np.cos(2 * np.pi * x), axis=0))",
    "rastrigin": "np.sum(x**2 - 10 * np.cos(2 * np.pi * x) + 10, axis=0)",
    "beale": "(1.5 - x[0] + x[0] * x[1])**2 + (2.25 - x[0] + x[0] * x[1]**2)**2 "
    "+ (2.625 - x[0] + x[0] * x[1]**3)**2",
}
TIMED = tuple(FUNCTIONS)[:5]
SIZES = (324, 10_000, 1_000_000)
BLOCK_POINTS = 8192
MATHS = ("sin", "cos", "exp", "sqrt")
MOST = {  # points at once; the time of more is this time, scaled
    "numdifftools": 81,
    POINTWISE: 3240,
    BOOK: 3240,
}
TURNS = 41
TURNS_OF_THE_SLOW = 3
SLOW = 0.25  # seconds
SAMPLE = 0.002  # seconds that one sample lasts at least


def spelled(text: str, numpy: Any, last: bool = False) -> Callable[[Any], Any]:
    """f over a library like NumPy; coordinates lie on the first axis of x, or on the last."""
    if last:
        text = text.replace("x[", "x[..., ").replace("axis=0", "axis=-1")
    f: Callable[[Any], Any] = eval(
        f"lambda x: {text}", {"np": numpy}
    )  # a text from above
    return f


def naive(f: Callable[[Any], Any], X: Floats) -> Floats:
    h = np.cbrt(np.finfo(float).eps)
    result = np.empty_like(X)
    for i in range(X.shape[1]):
        ahead, behind = X.copy(), X.copy()
        ahead[:, i] += h
        behind[:, i] -= h
        result[:, i] = (f(ahead) - f(behind)) / (2 * h)
    return result


def routines(text: str) -> dict[str, Routine]:
    """Every contestant, given f in the form that suits it best."""
    point, rows = spelled(text, np), spelled(text, np, last=True)
    one_point = numdifftools.Gradient(point)
    compiled = jax.jit(jax.vmap(jax.grad(spelled(text, jax.numpy))))
    return {
        OURS: lambda X: gradient(rows, X, vectorized=True),
        "JAX": lambda X: np.asarray(compiled(X)),
        "autograd": autograd.elementwise_grad(spelled(text, autograd.numpy, last=True)),
        NAIVE: lambda X: naive(rows, X),
        "SciPy": lambda X: jacobian(point, X.T).df.T,
        POINTWISE: lambda X: gradient(point, X),
        BOOK: lambda X: numerical_gradient(point, X),
        "numdifftools": lambda X: np.array([one_point(x) for x in X]),
    }


def bare_calls(f: Callable[[Any], Any], blocks: list[Floats]) -> None:
    for x in blocks:
        f(x)


def contestants(text: str, X: Floats) -> dict[str, Callable[[], Any]]:
    n, d = X.shape
    f = spelled(text, np, last=True)
    blocks = [
        np.asfortranarray(X[k : k + BLOCK_POINTS]) for k in range(0, n, BLOCK_POINTS)
    ]
    runs: dict[str, Callable[[], Any]] = {
        BARE: lambda: bare_calls(f, blocks * (2 * d)),
        IN_CACHE: lambda: bare_calls(f, [x for x in blocks for _ in range(2 * d)]),
    }
    for name, routine in routines(text).items():
        some = X[: MOST.get(name, n)].copy()
        runs[name] = partial(routine, some)
    return runs


def race(runs: dict[str, Callable[[], Any]], turns: int) -> dict[str, list[float]]:
    """Seconds of every run in every turn; the slow sit out most turns."""
    timers = {name: Timer(run) for name, run in runs.items()}
    once = {name: timer.timeit(1) for name, timer in timers.items()}  # compiles, too
    once = {name: t if t > 1 else timers[name].timeit(1) for name, t in once.items()}
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(turns):
        for name, timer in timers.items():
            if turn < TURNS_OF_THE_SLOW or once[name] < SLOW:
                repeats = max(1, min(200, int(SAMPLE / once[name])))
                seconds[name].append(timer.timeit(repeats) / repeats)
    return seconds


def medians(n: int, text: str, turns: int) -> dict[str, dict[str, float]]:
    print(f"{n:,} points of {text}", flush=True)
    X = np.random.default_rng(0).uniform(-2, 2, (n, 2))
    result = {}
    for name, seconds in race(contestants(text, X), turns).items():
        scale = n / min(n, MOST.get(name, n))
        low, median, high = np.quantile(seconds, (0.25, 0.5, 0.75)) * scale
        result[name] = {"median": median, "low": low, "high": high}
    ours = result[OURS]["median"]
    for time in result.values():
        time["ratio"] = time["median"] / ours
    return {
        name: {k: float(f"{v:.4g}") for k, v in t.items()} for name, t in result.items()
    }


def validation_microseconds(turns: int) -> float:
    """What the checks of `gradient` cost, beyond its kernel, for 324 points."""
    X = np.random.default_rng(0).uniform(-2, 2, (324, 2))
    f = spelled(FUNCTIONS["product"], np, last=True)
    smallest = SMALLEST_STEPS[np.float64]
    seconds = race(
        {
            "checked": lambda: gradient(f, X, vectorized=True),
            "kernel": lambda: _differentiate(f, X, None, smallest, is_near=True),
        },
        turns,
    )
    return round(
        float(np.median(np.subtract(seconds["checked"], seconds["kernel"]))) * 1e6, 1
    )


def truth(text: str, X: Floats) -> NDArray[Any]:
    """The gradient to 50 digits and more; nan where the slopes of the two sides differ."""
    with mp.workdps(120):
        of_arrays = {name: np.frompyfunc(getattr(mp, name), 1, 1) for name in MATHS}
        numpy = SimpleNamespace(
            sum=np.sum, mean=np.mean, pi=+mp.pi, e=+mp.e, **of_arrays
        )
        f, h = spelled(text, numpy, last=True), mp.mpf(10) ** -40
        x = np.frompyfunc(mp.mpf, 1, 1)(X)
        T: NDArray[Any] = np.empty_like(x)
        for i in range(X.shape[1]):
            step = np.where(np.arange(X.shape[1]) == i, h, 0)
            right, left = (f(x + step) - f(x)) / h, (f(x) - f(x - step)) / h
            T[:, i] = np.where(abs(right - left) < 1e-20, (right + left) / 2, np.nan)
    return T


def errors(text: str, X: Floats) -> dict[str, float]:
    """The largest absolute error of every contestant where there is a gradient."""
    T = truth(text, X)
    counting = ~np.isnan(T.astype(float)).any(axis=1)
    X, T = X[counting], T[counting]
    result = {}
    for name, routine in routines(text).items():
        error = float(np.max(abs(T - routine(X.copy())).astype(float)))
        result[name] = 0.0 if error < 1e-50 else float(f"{error:.3g}")
    return result


def compile_milliseconds() -> float:
    """What JAX needs before its first answer."""
    X, run = Grid().points, routines(FUNCTIONS["rosenbrock"])["JAX"]
    return round(Timer(lambda: run(X)).timeit(1) * 1e3, 1)


def summary(times: dict[str, Any]) -> dict[str, dict[str, float]]:
    """How often each peer was faster than ours, and between what its ratios lie."""
    ratios = {
        peer: [cell[peer]["ratio"] for row in times.values() for cell in row.values()]
        for peer in PEERS
    }
    return {
        peer: {
            "cases": len(r),
            "faster": sum(x < 1 for x in r),
            "least": min(r),
            "most": max(r),
        }
        for peer, r in ratios.items()
    }


def revision() -> str:
    """The commit that is measured; its name ends in -dirty if files differ from it."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def measure(turns: int = TURNS, sizes: Sequence[int] = SIZES) -> dict[str, Any]:
    """Everything that results.json holds."""
    jax.config.update("jax_enable_x64", True)
    random = np.random.default_rng(1).uniform(-2, 2, (200, 2))
    peers = ("numpy", "scipy", "numdifftools", "autograd", "jax", "mpmath")
    times = {
        str(n): {name: medians(n, FUNCTIONS[name], turns) for name in TIMED}
        for n in sizes
    }
    return {
        "revision": revision(),
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "versions": {"python": platform.python_version()}
        | {name: importlib.metadata.version(name) for name in peers},
        "spellings": FUNCTIONS,
        "peers": {name: {"called": c, "better": b} for name, (c, b) in PEERS.items()},
        "block_points": BLOCK_POINTS,
        "scaled": MOST,
        "validation_microseconds": validation_microseconds(turns),
        "compile_milliseconds": compile_milliseconds(),
        "times": times,
        "summary": summary(times),
        "errors": {
            place: {name: errors(text, X) for name, text in FUNCTIONS.items()}
            for place, X in (("grid", Grid().points), ("random", random))
        },
    }


def main() -> None:
    results = measure()
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    write_plot(results)


if __name__ == "__main__":
    main()
