"""Errors: how far every contestant is from the gradient to fifty digits.

Legend: f the function, X all points (n, 2), T their true gradients, h the step.
"""

from types import SimpleNamespace
from typing import Any

import numpy as np
from mpmath import mp
from numpy.typing import NDArray

from benchmarks.contestants import Floats, routines, spelled

DIGITS = 120  # with which slopes are computed
STEP = -40  # of these slopes, as a power of ten
KINK = 1e-20  # slopes of the two sides that differ by as much have none between them
NEGLIGIBLE = 1e-50
FUNCTIONS_OF_MP = ("sin", "cos", "exp", "sqrt")


def truth(text: str, X: Floats) -> NDArray[Any]:
    """Return the gradient; nan where the slopes of the two sides differ."""
    with mp.workdps(DIGITS):
        elementwise = {
            name: np.frompyfunc(getattr(mp, name), 1, 1) for name in FUNCTIONS_OF_MP
        }
        constants = {"pi": +mp.pi, "e": +mp.e}
        numpy = SimpleNamespace(sum=np.sum, mean=np.mean, **constants, **elementwise)
        f = spelled(text, numpy, is_last=True)
        h = mp.mpf(10) ** STEP
        x = np.frompyfunc(mp.mpf, 1, 1)(X)
        T: NDArray[Any] = np.empty_like(x)
        for i in range(X.shape[1]):
            step = np.where(np.arange(X.shape[1]) == i, h, 0)
            right = (f(x + step) - f(x)) / h
            left = (f(x) - f(x - step)) / h
            T[:, i] = np.where(abs(right - left) < KINK, (right + left) / 2, np.nan)
    return T


def errors(text: str, X: Floats) -> dict[str, float]:
    """Return the largest error of every contestant where there is a gradient."""
    T = truth(text, X)
    has_gradient = ~np.isnan(T.astype(float)).any(axis=1)
    X = X[has_gradient]
    T = T[has_gradient]
    result = {}
    for name, routine in routines(text).items():
        error = float(np.max(abs(T - routine(X.copy())).astype(float)))
        result[name] = 0.0 if error < NEGLIGIBLE else float(f"{error:.3g}")
    return result
