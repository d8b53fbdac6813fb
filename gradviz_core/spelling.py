"""Spellings: text as a fast callable with an exact derivative."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gradviz_core.grammar import SpellingError, parse
from gradviz_core.rules import compose, differentiate

__all__ = ["Spelling", "SpellingError", "parse_spelling"]


def _real(points: ArrayLike) -> NDArray[np.float64]:
    array = np.asarray(points)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"points are real numbers, not {array.dtype}")
    return np.asarray(array, np.float64)


class Spelling:
    """A function f of one point, with its exact derivative; `source` is its text as passed."""

    def __init__(self, text: str) -> None:
        self.source = text
        self._program = parse(text)
        self._evaluate = compose(self._program)

    @np.errstate(all="ignore")
    def __call__(self, x: ArrayLike) -> np.float64:
        """Return f at one point, shape (n,), as NumPy computes the text; else ValueError."""
        row = _real(x)
        if row.ndim != 1:
            raise ValueError(f"f takes one point, shape (n,), not {row.shape}; gradient takes many")
        return self._evaluate(row)

    @np.errstate(all="ignore")
    def gradient(self, points: ArrayLike) -> NDArray[np.float64]:
        """Return the exact gradient of f, by forward mode over its tree.

        Parameters
        ----------
        points : array_like, shape (n, 2) or (2,)
            One row is one point.

        Returns
        -------
        ndarray of the same shape
            A row is nan where a step of the computation has no derivative: at a kink, a tie, the
            border of a domain, even if f as a whole has one there.

        Raises
        ------
        ValueError
            If the points do not have two coordinates each.

        Examples
        --------
        >>> parse_spelling("x[0]**2 * x[1]").gradient([[1, 2], [3, 4]])
        array([[ 4.,  1.],
               [24.,  9.]])
        """
        array = _real(points)
        if array.ndim not in (1, 2) or array.shape[-1] != 2:
            wide = array.ndim == 2 and len(array) == 2
            advice = "that is one coordinate per row: pass points.T" if wide else "one row a point"
            raise ValueError(f"points have shape (n, 2) or (2,), not {array.shape}; {advice}")
        return differentiate(self._program, array.reshape(-1, 2)).reshape(array.shape)


def parse_spelling(text: str) -> Spelling:
    """Check a text against the spelling language and return it as a function.

    Parameters
    ----------
    text : str
        One expression in x over NumPy, such as ``np.sum(x**2)``.

    Raises
    ------
    SpellingError
        If the text is no spelling; its ``column`` says where.
    TypeError
        If `text` is no text.

    Examples
    --------
    >>> f = parse_spelling("x[0] * x[1]")
    >>> float(f([2.0, 3.0]))
    6.0
    """
    if not isinstance(text, str):
        raise TypeError(f"a spelling is text such as 'np.sum(x**2)', not {type(text).__name__}")
    return Spelling(text)
