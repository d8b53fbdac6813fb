"""The exhibit: a routine with the semantics of the book's, faults included.

For a gradient to use, take `gradviz_core.gradient`.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

STEP = 1e-4


def numerical_gradient(f: Callable[[Any], Any], X: Any, *, step: float = STEP) -> Any:
    """Differentiate f by the central difference, the way the book's chapter does.

    A 1-D `X` is one point; of any other array each `X[k]` is taken for a point: handed
    one coordinate per row, (2, n), it differentiates f at two "points" of n
    coordinates.

    Faults kept on purpose: `X` is perturbed in place, and stays perturbed if f raises;
    the result has the dtype of `X`, so an array of integers truncates x + h, x - h and
    the quotient.

    Parameters
    ----------
    f : callable
        Called 2 d times for each point, with a view into `X`; returns a number. What it
        raises is let through, as is what NumPy raises where it returns no number.
    X : ndarray, shape (d,) or (n, d)
        One point, or one point per row. Written to, and restored.
    step : float, default 1e-4
        The h of (f(x + h) - f(x - h)) / 2h.

    Returns
    -------
    ndarray of the shape and dtype of `X`

    Notes
    -----
    The semantics are those of ch04/gradient_2d.py in
    oreilly-japan/deep-learning-from-scratch at
    a1cb34ec3911c15a8ae695458f928db81ebea025.

    Examples
    --------
    >>> product = lambda x: x[0] * x[1]
    >>> numerical_gradient(product, np.array([[3.0, 4.0], [5.0, 6.0]])).round(6)
    array([[4., 3.],
           [6., 5.]])
    >>> numerical_gradient(lambda x: np.sum(x**2), np.array([3, 4]))
    array([25000, 35000])
    """
    gradient = np.zeros_like(X)
    for x, slopes in zip(np.atleast_2d(X), np.atleast_2d(gradient), strict=True):
        for i in range(x.size):
            original = x[i]
            x[i] = float(original) + step
            ahead = f(x)
            x[i] = original - step
            behind = f(x)
            slopes[i] = (ahead - behind) / (2 * step)
            x[i] = original
    return gradient
