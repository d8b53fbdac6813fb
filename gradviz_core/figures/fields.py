"""Fields: the arrows of a picture, their scale, limits and role.

How they look, `drawing` decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradviz_core.numerics.grid import Floats, Grid
from gradviz_core.numerics.measurement import Measurement

# The part that the book's script shows, though its grid reaches further.
BOOK_LIMITS = (-2.0, 2.0)

# The two roles of a pair, as their arrays are passed. A third, `book`, is the grey of
# the book's script.
ROLES = ("correct", "buggy")
# As they are shown, everywhere: first what is wrong, then what is right.
SHOWN_ROLES = ("buggy", "correct")
ALL_ROLES = {*ROLES, "book"}

# The width of the shaft of an arrow, in widths of the axes.
SHAFT = 0.0045

# The longest arrow in steps of the grid: beyond its neighbour, but not into the next.
LONGEST_ARROW = 1.25

# Room beyond the outermost points, in longest arrows, so that nothing is cropped.
MARGIN = 1.1

# Matplotlib cannot draw what lies further out.
FARTHEST = 1e100

# The size of pictures in CSS pixels: square ones in the look of this site, and the
# default figure of matplotlib, as on the screen of a reader.
SQUARE = (346, 346)
SCREEN = (640, 480)


@dataclass(frozen=True, eq=False)
class Field:
    """A field of arrows, in units of f per unit of x.

    With a scale it has the look of this site. Without one it is drawn as the book's
    script draws it, all by matplotlib.
    """

    points: Floats  # (n, 2), where each arrow stands
    arrows: Floats  # (n, 2)
    limits: tuple[float, float] | None  # of both axes; None leaves them to matplotlib
    scale: float | None  # the length drawn as one unit of x; None leaves all to it
    role: str  # which call it is of: correct, buggy or book, which is neither

    @property
    def is_of_script(self) -> bool:
        """Whether it is drawn as the book's script draws it."""
        return self.scale is None

    @property
    def lengths(self) -> Floats:
        """The length of each arrow."""
        lengths: Floats = np.hypot(*self.arrows.T)
        return lengths

    @property
    def size(self) -> tuple[int, int]:
        """Its width and height, in CSS pixels."""
        return SCREEN if self.is_of_script else SQUARE


def signs(field: Field) -> set[str]:
    """Return the signs in a picture of this site that a reader may need explained.

    It may have a dot, a speck, or an arrow so long that it is cut off at the frame.
    """
    if field.scale is None or field.limits is None:
        return set()
    low, high = field.limits
    is_zero = (field.arrows == 0).all(axis=1)
    ways = field.arrows / field.scale
    lengths = np.hypot(*ways.T) / (high - low)
    tips = field.points + ways
    is_in_picture = {
        "dot": is_zero.any(),
        "speck": (lengths[~is_zero] < SHAFT).any(),
        "cut": ((tips < low) | (tips > high)).any(),
    }
    return {sign for sign, is_there in is_in_picture.items() if is_there}


def fields(
    points: Any,
    *arrows: Any,
    scale: float | str | None = None,
    roles: Sequence[str] = ROLES,
) -> list[Field]:
    """Make fields of arrows at the same points.

    Parameters
    ----------
    points : array_like, shape (n, 2)
        Where the arrows stand; whole numbers are welcome.
    *arrows : array_like, shape (n, 2)
        One array for each field.
    scale : float or "auto", optional
        The length drawn as one unit of x. By default it fits the first field, and
        serves for all. With "auto" each field is drawn as the book's script draws it.
    roles : sequence of str
        Which call each field is of: correct, buggy or book, which is neither.

    Raises
    ------
    ValueError
        If an array does not hold one row for each point, a point is too far out, a
        field has no role, or the scale is not a positive number.

    Examples
    --------
    >>> points = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
    >>> [field.limits for field in fields(points, 5 * points, points)]
    [(-1.375, 2.375), (-1.375, 2.375)]
    """
    # Unpacking an undefined name of a page raises an error that states the name.
    places = np.array([*points], dtype=np.float64)
    arrays = [np.array([*array], dtype=np.float64) for array in arrows]
    _check_fields(places, arrays, scale, roles)

    reach = LONGEST_ARROW * _grid_step(places)
    low = float(places.min() - MARGIN * reach)
    high = float(places.max() + MARGIN * reach)
    limits: tuple[float, float] | None = (low, high)
    chosen: float | None
    if scale == "auto":
        limits = _script_limits(places)
        chosen = None
    elif scale is None:
        chosen = float(_longest(arrays[0]) / reach) or 1.0
    else:
        chosen = float(scale)
    return [
        Field(places, array, limits, chosen, role)
        for array, role in zip(arrays, roles, strict=False)
    ]


def _script_limits(points: Floats) -> tuple[float, float] | None:
    """Return the limits that the book's script sets for its own grid, else None."""
    book_points = Grid().points
    if len(points) != len(book_points):
        return None
    in_order = points[np.lexsort(points.T)]  # as those of a grid are
    return BOOK_LIMITS if np.array_equal(in_order, book_points) else None


def _check_fields(
    places: Floats,
    arrays: list[Floats],
    scale: float | str | None,
    roles: Sequence[str],
) -> None:
    expected = (len(places), 2)
    for array in (places, *arrays):
        if array.shape != expected:
            raise ValueError(f"shape {array.shape} is not {expected}, one row a point")
    if not (np.abs(places) < FARTHEST).all():
        raise ValueError("a point is no number, or too far out to be drawn")
    check_roles(len(arrays), roles)
    if scale not in (None, "auto") and not 0 < float(scale) < np.inf:
        raise ValueError(f"the scale must be a positive number or 'auto', not {scale}")


def check_roles(count: int, roles: Sequence[str]) -> None:
    """Raise ValueError unless each of so many pictures has a role."""
    if not 0 < count <= len(roles):
        raise ValueError(f"{count} pictures cannot have the roles {roles}")
    for role in roles:
        if role not in ALL_ROLES:
            choices = ", ".join(sorted(ALL_ROLES))
            raise ValueError(f"{role!r} is no role of a picture: choose of {choices}")


def _grid_step(points: Floats) -> float:
    """Return the smallest distance of neighbours along an axis, 1 without any."""
    gaps = np.diff(np.sort(points, axis=0), axis=0)
    step = gaps[gaps > 0].min(initial=np.inf)
    return float(step) if step < np.inf else 1.0


def _longest(arrows: Floats) -> float:
    lengths = np.hypot(arrows[:, 0], arrows[:, 1])
    return float(lengths[np.isfinite(lengths)].max(initial=0))


def function_fields(rows: Measurement, columns: Measurement) -> dict[str, Field]:
    """Make the four pictures of a function, by the end of their file names.

    `correct` and `buggy` show the gradient on the scale of the true field, the two
    `-autoscale` the negative gradient, as the book's script draws it.
    """
    _, correct, buggy = fields(
        rows.points,
        rows.truth,
        rows.gradient,
        columns.gradient,
        roles=("book", "correct", "buggy"),
    )
    of_script = fields(rows.points, -rows.gradient, -columns.gradient, scale="auto")
    return {
        "correct": correct,
        "buggy": buggy,
        "correct-autoscale": of_script[0],
        "buggy-autoscale": of_script[1],
    }
