"""Field: the arrows of one plot at their points, and how they compare with slopes."""

import ast
import math
from collections.abc import Sequence
from dataclasses import dataclass

from gradviz_core.scripts.small_arrays import NotFollowed, reshaped, stretched
from gradviz_core.scripts.values import Opaque
from gradviz_core.scripts.whole_runs import Drawn
from gradviz_core.scripts.whole_runs.plots import name_called

TOLERANCE = 2e-3  # of the longest slope, or of a factor
SHORTEST = 1e-6  # a longest slope below this is rounding

Point = tuple[float, float]
Slopes = list[Point]

# How arrows compare with slopes.
EXACT = "exact"  # or the exact opposite
SCALED = "scaled"  # all by one factor
ALONG = "along"  # each by a factor of its own


def right_ways(is_scale_known: bool) -> tuple[str, ...]:
    """Return how arrows that are right may compare with slopes.

    Their scale is free if it is known that slopes are behind them.
    """
    return (EXACT, SCALED, ALONG) if is_scale_known else (EXACT,)


@dataclass(frozen=True)
class Field:
    """The arrows of a plot at their points."""

    node: ast.Call
    points: Slopes
    arrows: Slopes

    def compared(self, slopes: Slopes, is_swapped: bool = False) -> str:
        """Return how the arrows compare with slopes, empty if they do not fit."""
        arrows = [(v, u) for u, v in self.arrows] if is_swapped else self.arrows
        return compared(arrows, slopes)

    def shows(self, slopes: Slopes) -> bool:
        """Whether the arrows are slopes, or each points along one."""
        return self.compared(slopes) in (EXACT, ALONG)

    def points_down(self, slopes: Slopes) -> bool:
        """Whether each arrow points the opposite way of a slope."""
        products = [
            u * du + v * dv
            for (u, v), (du, dv) in zip(self.arrows, slopes, strict=True)
        ]
        return bool(self.compared(slopes)) and sum(products) < 0


def compared(arrows: Slopes, slopes: Slopes) -> str:
    """Return how arrows compare with slopes, empty if they do not fit."""
    longest = max(map(_length, slopes), default=0.0)
    if not math.isfinite(longest) or longest < SHORTEST:
        return ""
    factors = []
    for arrow, slope in zip(arrows, slopes, strict=True):
        length = _length(slope)
        if length <= TOLERANCE * longest:
            continue  # too short to have a direction
        factor = (arrow[0] * slope[0] + arrow[1] * slope[1]) / length / length
        if not _is_multiple(arrow, slope, factor, length):
            return ""
        factors.append(factor)
    if not factors or not (min(factors) > 0 or max(factors) < 0):
        return ""
    first = factors[0]
    if not all(abs(each - first) <= TOLERANCE * abs(first) for each in factors):
        return ALONG
    pairs = zip(arrows, slopes, strict=True)
    if not all(_is_multiple(*pair, first, longest) for pair in pairs):
        return ""
    return EXACT if abs(abs(first) - 1) <= TOLERANCE else SCALED


def _is_multiple(arrow: Point, slope: Point, factor: float, length: float) -> bool:
    """Whether an arrow is a slope times a factor, exactly enough for this length."""
    off = (arrow[0] - factor * slope[0], arrow[1] - factor * slope[1])
    return _length(off) <= TOLERANCE * abs(factor) * length


def _length(vector: Point) -> float:
    return math.hypot(*vector)


def are_alike(numbers: Sequence[float], others: Sequence[float]) -> bool:
    """Whether numbers differ from others by no more than the tolerance."""
    pairs = zip(numbers, others, strict=True)
    return all(abs(a - b) <= TOLERANCE * (1 + abs(b)) for a, b in pairs)


def field_of(drawn: Drawn) -> Field:
    """Return the arrows of a plot, one for each point.

    Raises
    ------
    NotFollowed
        If it is not known which arrow stands where.
    """
    values = (*drawn.places, *drawn.arrows)
    if any(isinstance(value, Opaque) for value in values):
        raise NotFollowed
    x, y, u, v = values
    if (
        name_called(drawn.node) == "streamplot"
        and not len(u.shape) == len(v.shape) == 2
    ):
        raise NotFollowed  # matplotlib wants a table
    if len(x.shape) == len(y.shape) == 1 and len(u.shape) == 2:
        shape = (y.size, x.size)
        x = stretched(x, shape)
        y = stretched(reshaped(y, (y.size, 1)), shape)
    if not x.size == y.size == u.size == v.size:
        raise NotFollowed
    xs, ys, us, vs = ([float(n) for n in each.entries()] for each in (x, y, u, v))
    points = list(zip(xs, ys, strict=True))
    return Field(drawn.node, points, list(zip(us, vs, strict=True)))
