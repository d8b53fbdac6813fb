"""Grid slips: code that plots an array the wrong way round, beside the right code.

Each slip is a few lines as found in scripts, and is tried on examples. Each example
shows it by an error, in the picture, in the numbers behind the picture, or not at all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradviz_core.book import numerical_gradient
from gradviz_core.numerics.grid import Floats

# A reader is assumed to see a difference of a tenth: of the mean length of the arrows,
# of the range of all shades, or of half a turn.
VISIBLE = 0.1

# Along each axis, pictures of heights are compared at this many places.
PLACES = 60


@dataclass(frozen=True)
class Example:
    """A function, and the coordinates of a grid along both axes."""

    x: Floats
    y: Floats
    f: Callable[[Floats], Any]  # of one point
    height: Callable[[Floats, Floats], Floats]  # of arrays of coordinates

    @property
    def steps(self) -> tuple[float, float]:
        """The distance between neighbours along x, and along y."""
        return self.x[1] - self.x[0], self.y[1] - self.y[0]


@dataclass(frozen=True)
class Plot:
    """What a script draws."""

    numbers: Floats  # arrows, heights or angles
    appearance: Floats  # in the units in which the eye compares


# How matplotlib draws arrays, and which arrays it refuses.


def quiver(X: Any, Y: Any, U: Any, V: Any) -> Plot:
    """Draw arrows at automatic scale, which shows lengths relative to each other."""
    for array in (Y, U, V):
        if array.size != X.size:
            raise ValueError(f"size {array.size} is not {X.size}, one for each arrow")
    arrows = np.column_stack([U.ravel(), V.ravel()])
    mean_length = np.hypot(*arrows.T).mean()
    return Plot(arrows, arrows / (mean_length or 1))


def contour(x: Floats, y: Floats, Z: Any) -> Plot:
    """Draw contour lines of heights: one row for each y."""
    if Z.shape != (len(y), len(x)):
        raise TypeError(f"shape {Z.shape} is not {(len(y), len(x))}")
    return imshow(Z)


def imshow(Z: Any) -> Plot:
    """Draw heights as shades, upwards. An array of any shape fills the picture."""
    rows, columns = (np.arange(PLACES) * count // PLACES for count in Z.shape)
    shades = (Z - Z.min()) / (np.ptp(Z) or 1)
    return Plot(Z, shades[np.ix_(rows, columns)])


def directions(vectors: Any) -> Plot:
    """Draw a line along each row."""
    degrees = np.sort(np.degrees(np.arctan2(vectors[:, 1], vectors[:, 0])) % 180)
    return Plot(degrees, degrees / 180)


# The slips.


def layout(example: Example, *, slipped: bool) -> Plot:
    """The book's call: the routine takes each row for a point."""
    X, Y = (array.ravel() for array in np.meshgrid(example.x, example.y))
    if slipped:
        grad = numerical_gradient(example.f, np.array([X, Y]))
    else:
        grad = numerical_gradient(example.f, np.array([X, Y]).T).T
    return quiver(X, Y, grad[0], grad[1])


def slopes_unpacked(example: Example, *, slipped: bool) -> Plot:
    """`np.gradient` gives the slope along the first axis first, which is y."""
    X, Y = np.meshgrid(example.x, example.y)
    Z = example.height(X, Y)
    hx, hy = example.steps
    if slipped:
        dx, dy = np.gradient(Z, hy, hx)
    else:
        dy, dx = np.gradient(Z, hy, hx)
    return quiver(X, Y, dx, dy)


def slopes_transposed(example: Example, *, slipped: bool) -> Plot:
    """The same, with each slope transposed instead of the two exchanged."""
    X, Y = np.meshgrid(example.x, example.y)
    Z = example.height(X, Y)
    hx, hy = example.steps
    first, second = np.gradient(Z, hy, hx)
    if slipped:
        return quiver(X, Y, first.T, second.T)
    return quiver(X, Y, second, first)


def slopes_elsewhere(example: Example, *, slipped: bool) -> Plot:
    """Slopes with one row for each x, drawn where `meshgrid` has one for each y."""
    Z = np.array([[example.height(a, b) for b in example.y] for a in example.x])
    dx, dy = np.gradient(Z, *example.steps)
    X, Y = np.meshgrid(example.x, example.y)
    if slipped:
        return quiver(X, Y, dx, dy)
    return quiver(X, Y, dx.T, dy.T)


def heights_transposed(example: Example, *, slipped: bool) -> Plot:
    """Heights with one row for each x, as a loop over x and y fills them."""
    Z = np.array([[example.height(a, b) for b in example.y] for a in example.x])
    return contour(example.x, example.y, Z if slipped else Z.T)


def image_transposed(example: Example, *, slipped: bool) -> Plot:
    """The same in an image, which accepts any shape."""
    X, Y = np.meshgrid(example.x, example.y, indexing="ij")
    Z = example.height(X, Y)
    return imshow(Z if slipped else Z.T)


def eigenvectors(example: Example, *, slipped: bool) -> Plot:
    """The main directions of the slopes are columns, but a loop yields the rows."""
    Z = example.height(*np.meshgrid(example.x, example.y))
    hx, hy = example.steps
    dy, dx = np.gradient(Z, hy, hx)
    slopes = np.array([dx.ravel(), dy.ravel()])
    _, vectors = np.linalg.eig(slopes @ slopes.T)
    return directions(vectors if slipped else vectors.T)


def steps_exchanged(example: Example, *, slipped: bool) -> Plot:
    """`np.gradient` takes the step along the first axis first, which is y."""
    X, Y = np.meshgrid(example.x, example.y)
    Z = example.height(X, Y)
    hx, hy = example.steps
    if slipped:
        dy, dx = np.gradient(Z, hx, hy)
    else:
        dy, dx = np.gradient(Z, hy, hx)
    return quiver(X, Y, dx, dy)


def steps_left_out(example: Example, *, slipped: bool) -> Plot:
    """Without steps, `np.gradient` uses 1 for both."""
    X, Y = np.meshgrid(example.x, example.y)
    Z = example.height(X, Y)
    hx, hy = example.steps
    if slipped:
        dy, dx = np.gradient(Z)
    else:
        dy, dx = np.gradient(Z, hy, hx)
    return quiver(X, Y, dx, dy)


SLIPS = (
    layout,
    slopes_unpacked,
    slopes_transposed,
    slopes_elsewhere,
    heights_transposed,
    image_transposed,
    eigenvectors,
    steps_exchanged,
    steps_left_out,
)


def shown_by(slip: Callable[..., Plot], example: Example) -> str:
    """Return what shows a slip: "error", "eye", "number", or "nothing"."""
    right = slip(example, slipped=False)
    try:
        wrong = slip(example, slipped=True)
    except (TypeError, ValueError):
        return "error"
    if np.abs(right.appearance - wrong.appearance).max() > VISIBLE:
        return "eye"
    has_its_shape = right.numbers.shape == wrong.numbers.shape
    if has_its_shape and np.allclose(right.numbers, wrong.numbers):
        return "nothing"
    return "number"
