"""Own book: whether the routine of another book is one that this project can show.

The playground computes central differences over rows and nothing else. So the routine
of another book, with its `STEP`, must compute the same, however it is written.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from gradviz_core import book
from gradviz_core.content.site import Site
from gradviz_core.errors import ContentError
from gradviz_core.numerics.grid import Grid, Layout

# Three functions in which the entries of a point count differently, so that a routine
# that mixes them up is noticed.
TRIED: dict[str, Callable[[Any], Any]] = {
    "x[0] * x[1]": lambda x: x[0] * x[1],
    "x[0]**2 + 3 * x[1]": lambda x: x[0] ** 2 + 3 * x[1],
    "np.sin(x[0]) + x[1]": lambda x: np.sin(x[0]) + x[1],
}

# With so large a step, a central difference differs clearly from any other one.
LARGE_STEP = 0.1

# More than the rounding error of a central difference at that step.
ROUNDING = 1e-9


def book_errors(site: Site) -> list[ContentError]:
    """Report the first thing that is wrong with the routine of another book.

    Parameters
    ----------
    site : Site
        The site. Nothing is wrong if it has no routine of its own.
    """
    if not site.own_book:
        return []
    path = site.own_book.path
    try:
        _check_routine(site.book)
    except SyntaxError as error:
        what = f"this is not Python: {error.msg}"
        return [ContentError(path, error.lineno, what, "correct it")]
    except ValueError as error:
        fix = "write it as CONTRIBUTING says below Another book"
        return [ContentError(path, None, str(error), fix)]
    return []


def _check_routine(module: Any) -> None:
    """Raise ValueError if a module lacks a step or a routine that computes as ours."""
    step = getattr(module, "STEP", None)
    if not isinstance(step, int | float) or not step > 0:
        raise ValueError("the book has no STEP, a positive number")
    routine = getattr(module, "numerical_gradient", None)
    if not callable(routine):
        raise ValueError("the book has no function numerical_gradient")
    points = Grid(-1, 1.5, 0.5).points
    for spelling, f in TRIED.items():
        for layout in Layout:
            array = layout.arrange(points)
            expected = book.numerical_gradient(f, array.copy(), step=LARGE_STEP)
            if not _agrees(routine, f, array, expected):
                raise ValueError(
                    f"numerical_gradient of {spelling}, for an array of shape "
                    f"{array.shape}, is no central difference over its rows"
                )


def _agrees(
    routine: Callable[..., Any], f: Callable[[Any], Any], array: Any, expected: Any
) -> bool:
    """Whether a routine returns what is expected; one that raises does not."""
    try:
        slopes = np.asarray(routine(f, array.copy(), step=LARGE_STEP), float)
    except Exception:  # the routine of another book may raise anything
        return False
    is_alike = slopes.shape == expected.shape
    return is_alike and bool(np.allclose(slopes, expected, rtol=0, atol=ROUNDING))
