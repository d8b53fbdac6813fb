"""The slips of the page on symmetry, in other words: what is drawn, and what shows it.

Heights and slopes stand in arrays with x first, `H[i, j]` at `(x[i], y[j])`. A slip is what
becomes of these. Both plots are drawn by matplotlib: a slip is seen if their pixels differ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from oracle import routine

SEEN = 0.02  # of all pixels
EQUAL = 0.0005


@dataclass(frozen=True)
class Example:
    x: np.ndarray
    y: np.ndarray
    f: Callable[[Any], Any]
    height: Callable[[Any, Any], Any]

    @property
    def steps(self) -> tuple[float, float]:
        return self.x[1] - self.x[0], self.y[1] - self.y[0]

    @property
    def heights(self) -> np.ndarray:
        return np.array([[self.height(a, b) for b in self.y] for a in self.x])

    @property
    def slopes(self) -> tuple[np.ndarray, np.ndarray]:
        """Along x, and along y: between both neighbours, at an edge to the only one."""
        H = self.heights
        along_x, along_y = np.empty_like(H), np.empty_like(H)
        for i, j in np.ndindex(H.shape):
            before, behind = max(i - 1, 0), min(i + 1, len(self.x) - 1)
            rise = H[behind, j] - H[before, j]
            along_x[i, j] = rise / (self.x[behind] - self.x[before])
            below, above = max(j - 1, 0), min(j + 1, len(self.y) - 1)
            rise = H[i, above] - H[i, below]
            along_y[i, j] = rise / (self.y[above] - self.y[below])
        return along_x, along_y


@dataclass(frozen=True)
class Drawn:
    numbers: np.ndarray
    draw: Callable[[Axes], Any]


def row_by_row(array: np.ndarray) -> np.ndarray:
    """What stands at the points in the order of `meshgrid`: x changes fastest."""
    return np.array(
        [array[i, j] for j in range(array.shape[1]) for i in range(len(array))]
    )


def arrows(example: Example, U: np.ndarray, V: np.ndarray) -> Drawn:
    """Arrows in the order of `meshgrid`."""
    places = [(a, b) for b in example.y for a in example.x]
    X, Y = np.transpose(places)
    return Drawn(np.column_stack([U, V]), lambda axes: axes.quiver(X, Y, U, V))


def layout(example: Example, slipped: bool) -> Drawn:
    points = np.array([(a, b) for b in example.y for a in example.x], dtype=float)
    grad = routine(example.f, points.T) if slipped else routine(example.f, points).T
    return arrows(example, *grad)


def slopes_unpacked(example: Example, slipped: bool) -> Drawn:
    along_x, along_y = map(row_by_row, example.slopes)
    return arrows(example, *((along_y, along_x) if slipped else (along_x, along_y)))


def slopes_transposed(example: Example, slipped: bool) -> Drawn:
    along_x, along_y = example.slopes
    if slipped:
        return arrows(example, along_y.ravel(), along_x.ravel())
    return arrows(example, row_by_row(along_x), row_by_row(along_y))


def slopes_elsewhere(example: Example, slipped: bool) -> Drawn:
    along_x, along_y = example.slopes
    if slipped:
        return arrows(example, along_x.ravel(), along_y.ravel())
    return arrows(example, row_by_row(along_x), row_by_row(along_y))


def heights_transposed(example: Example, slipped: bool) -> Drawn:
    H = example.heights
    H = H if slipped else H.T
    return Drawn(H, lambda axes: axes.contourf(example.x, example.y, H))


def image_transposed(example: Example, slipped: bool) -> Drawn:
    H = example.heights
    H = H if slipped else H.T
    return Drawn(H, lambda axes: axes.imshow(H, origin="lower", aspect="auto"))


def eigenvectors(example: Example, slipped: bool) -> Drawn:
    along_x, along_y = example.slopes
    mixed = (along_x * along_y).sum()
    angle = np.arctan2(2 * mixed, (along_x**2).sum() - (along_y**2).sum()) / 2
    angle = -angle if slipped else angle  # the rows of a rotation turn the other way
    both = np.array([angle, angle + np.pi / 2])

    def draw(axes: Axes) -> None:
        for each in both:
            axes.axline((0, 0), (np.cos(each), np.sin(each)), linewidth=4)
        axes.set(xlim=(-1, 1), ylim=(-1, 1))

    return Drawn(np.sort(both % np.pi), draw)


def steps_exchanged(example: Example, slipped: bool) -> Drawn:
    along_x, along_y = map(row_by_row, example.slopes)
    hx, hy = example.steps
    if slipped:
        along_x, along_y = along_x * hx / hy, along_y * hy / hx
    return arrows(example, along_x, along_y)


def steps_left_out(example: Example, slipped: bool) -> Drawn:
    along_x, along_y = map(row_by_row, example.slopes)
    if slipped:
        along_x, along_y = along_x * example.steps[0], along_y * example.steps[1]
    return arrows(example, along_x, along_y)


SLIPS = [
    layout, slopes_unpacked, slopes_transposed, slopes_elsewhere, heights_transposed,
    image_transposed, eigenvectors, steps_exchanged, steps_left_out,
]  # fmt: skip


def pixels(drawn: Drawn) -> np.ndarray:
    figure = Figure(figsize=(3, 3), dpi=60)
    axes = figure.add_axes((0, 0, 1, 1))
    drawn.draw(axes)
    axes.axis("off")
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3].astype(int)


def difference(slip: Callable[..., Drawn], example: Example) -> float:
    """How large a part of the pixels differs plainly."""
    right, wrong = (pixels(slip(example, slipped=each)) for each in (False, True))
    return float((np.abs(right - wrong).max(axis=-1) > 40).mean())


def shown_by(slip: Callable[..., Drawn], example: Example) -> str:
    try:
        part = difference(slip, example)
    except (TypeError, ValueError):
        return "error"
    assert part > SEEN or part < EQUAL, (
        f"{slip.__name__}: neither seen nor equal, {part}"
    )
    if part > SEEN:
        return "eye"
    right, wrong = (slip(example, slipped=each).numbers for each in (False, True))
    return "nothing" if np.allclose(right, wrong, atol=1e-6) else "number"


AT_HAND = {"Example": Example, "SLIPS": SLIPS, "shown_by": shown_by}
