"""Contestants: `gradient`, its bare limit, its peers, and the functions that they get.

Legend: f the function, x one point, X all points (n, 2), h the step.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import autograd
import jax
import numdifftools
import numpy as np
from numpy.typing import NDArray
from scipy.differentiate import jacobian

from gradviz_core.book import numerical_gradient
from gradviz_core.numerics.gradient import gradient

Floats = NDArray[np.float64]
Function = Callable[[Any], Any]
Routine = Callable[[Floats], Any]
Run = Callable[[], Any]

OURS = "gradient, vectorized"
POINTWISE = "gradient, point by point"
BARE = "bare calls"
IN_CACHE = "bare calls, in cache"
NAIVE = "naive NumPy"
BOOK = "the book's loop"


class Peer(NamedTuple):
    """What is called, and what it does better than ours."""

    called: str
    better: str


PEERS = {
    "JAX": Peer(
        "`jit(vmap(grad(f)))`",
        "Exact up to rounding, and fast on many points. Compiles f, for GPUs and TPUs "
        "as well, and can differentiate it any number of times. f has to be written in "
        "`jax.numpy`.",
    ),
    "autograd": Peer(
        "`elementwise_grad(f)`",
        "Exact up to rounding. Costs a few evaluations of f however many coordinates "
        "there are, so it wins where f is costly. f has to be written in "
        "`autograd.numpy`.",
    ),
    NAIVE: Peer(
        "f on copies, one coordinate moved in each",
        "A few lines to type, nothing to install, and no checks to wait for.",
    ),
    "SciPy": Peer(
        "`scipy.differentiate.jacobian`",
        "Estimates its own error, refines the step until that is small, and "
        "differentiates functions with several values.",
    ),
    POINTWISE: Peer(
        "`gradient(f, points)`",
        "Takes f as it is typed for one point.",
    ),
    BOOK: Peer(
        "`numerical_gradient(f, points)`",
        "Shows how it works, and takes f as it is typed for one point.",
    ),
    "numdifftools": Peer(
        "`Gradient(f)` of each point",
        "Extrapolates from many steps, estimates its own error, and has Hessians and "
        "higher derivatives too.",
    ),
}

# With the coordinates on the first axis of x.
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

BLOCK_POINTS = 8192

# The slow ones get fewer points; their time is scaled.
MOST_POINTS = {
    "numdifftools": 81,
    POINTWISE: 3240,
    BOOK: 3240,
}


def spelled(text: str, numpy: Any, is_last: bool = False) -> Function:
    """Return f over a library like NumPy.

    Parameters
    ----------
    text : str
        One of `FUNCTIONS`.
    numpy : module
        The library.
    is_last : bool
        Whether the coordinates lie on the last axis of x, not on the first.
    """
    if is_last:
        text = text.replace("x[", "x[..., ").replace("axis=0", "axis=-1")
    f: Function = eval(f"lambda x: {text}", {"np": numpy})  # a text from above
    return f


def naive(f: Function, X: Floats) -> Floats:
    """Differentiate as people do who write it in a few lines."""
    h = np.cbrt(np.finfo(float).eps)
    result = np.empty_like(X)
    for i in range(X.shape[1]):
        ahead = X.copy()
        behind = X.copy()
        ahead[:, i] += h
        behind[:, i] -= h
        result[:, i] = (f(ahead) - f(behind)) / (2 * h)
    return result


def routines(text: str) -> dict[str, Routine]:
    """Return every routine, with f in the form that suits it best."""
    f_of_point = spelled(text, np)
    f_of_rows = spelled(text, np, is_last=True)
    f_of_autograd = spelled(text, autograd.numpy, is_last=True)
    numdifftools_gradient = numdifftools.Gradient(f_of_point)
    compiled = jax.jit(jax.vmap(jax.grad(spelled(text, jax.numpy))))
    return {
        OURS: lambda X: gradient(f_of_rows, X, vectorized=True),
        "JAX": lambda X: np.asarray(compiled(X)),
        "autograd": autograd.elementwise_grad(f_of_autograd),
        NAIVE: lambda X: naive(f_of_rows, X),
        "SciPy": lambda X: jacobian(f_of_point, X.T).df.T,
        POINTWISE: lambda X: gradient(f_of_point, X),
        BOOK: lambda X: numerical_gradient(f_of_point, X),
        "numdifftools": lambda X: np.array([numdifftools_gradient(x) for x in X]),
    }


def contestants(text: str, X: Floats) -> dict[str, Run]:
    """Return every routine at its points, and the bare calls of f that it needs."""
    n, d = X.shape
    f = spelled(text, np, is_last=True)
    starts = range(0, n, BLOCK_POINTS)
    blocks = [np.asfortranarray(X[start : start + BLOCK_POINTS]) for start in starts]
    calls = 2 * d
    blocks_in_cache = [block for block in blocks for _ in range(calls)]
    runs: dict[str, Run] = {
        BARE: partial(_call_on_each, f, blocks * calls),
        IN_CACHE: partial(_call_on_each, f, blocks_in_cache),
    }
    for name, routine in routines(text).items():
        points = X[: MOST_POINTS.get(name, n)].copy()
        runs[name] = partial(routine, points)
    return runs


def _call_on_each(f: Function, blocks: list[Floats]) -> None:
    for block in blocks:
        f(block)
