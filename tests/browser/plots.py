"""A field of arrows drawn as SVG by the playground, read as a reader does: by its axes.

Places in the drawing count from the upper left corner, downwards; a plot is square, SIDE units wide.
"""

import re
from dataclasses import dataclass

import numpy as np

SIDE = 9000
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
NUMBER = re.compile(r"−?\d[\d,]*(?:\.\d+)?(?:\s×\s10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|−?inf|nan")
DOT = re.compile(r"M(\d+) (\d+)h0")
SPECK = re.compile(
    r"M(-?\d+) (\d+)l-10-18h-20l-10 18 10 18h20z"
)  # from its right corner
SPECK_REACH = 20  # from its middle to that corner
CORNER = r"(-?\d+),(-?\d+)"
ARROW = re.compile(f"M{CORNER}" + 6 * f"L{CORNER}" + "z")


def number(text: str) -> float:
    """The number that a page has written: −1,600 or 3.20 × 10²³⁷ or nan."""
    size, _, power = re.sub(r"[\s,]", "", text).replace("−", "-").partition("×10")
    return float(f"{size}e{power.translate(RAISED)}" if power else size)


def numbers(text: str) -> list[float]:
    """All numbers of a text, in their order."""
    return [number(written) for written in NUMBER.findall(text)]


@dataclass(frozen=True)
class Axes:
    """What turns a place in a drawing into a point, and back."""

    x: tuple[float, float]  # value at the left edge, and values per unit to the right
    y: tuple[float, float]  # value at the upper edge, and values per unit downwards

    def point(self, places: np.ndarray) -> np.ndarray:
        """The points, (n, 2), that stand at places of the drawing."""
        return np.array([self.x[0], self.y[0]]) + places * [self.x[1], self.y[1]]

    def place(self, points: np.ndarray) -> np.ndarray:
        """The places in the drawing of points, (n, 2)."""
        return (points - [self.x[0], self.y[0]]) / [self.x[1], self.y[1]]


def read_axes(lines: str, labels: list[dict]) -> Axes:
    """The axes by their lines and the number that is written at each.

    A number of the first axis stands below the frame, in the middle under its line; a number of
    the second stands to the left of the frame, beside its line.
    """
    below = [label for label in labels if label["y"] > SIDE]
    beside = [label for label in labels if label["x"] < 0]
    assert len(below) + len(beside) == len(labels), labels
    assert all(label["anchor"] == "middle" for label in below), below
    assert all(label["anchor"] == "end" for label in beside), beside
    upright = [float(x) for x in re.findall(rf"M(\d+) 0v{SIDE}", lines)]
    level = [float(y) for y in re.findall(rf"M0 (\d+)h{SIDE}", lines)]
    x = _axis(upright, [label["x"] for label in below], below)
    # The foot of a digit lies below its middle.
    y = _axis(level, [label["y"] - 160 for label in beside], beside)
    assert x[1] > 0, "the first axis has to go to the right"
    assert y[1] < 0, "the second axis has to go upwards"
    return Axes(x, y)


def _axis(
    lines: list[float], places: list[float], labels: list[dict]
) -> tuple[float, float]:
    assert len(labels) >= 3, f"only {len(labels)} numbers along an axis"
    assert len(lines) == len(labels)
    assert np.abs(np.subtract(lines, places)).max() <= 20, "a number is not at its line"
    values = [number(label["text"]) for label in labels]
    slope, first = np.polyfit(lines, values, 1)
    straight = first + slope * np.array(lines)
    assert np.abs(straight - values).max() <= 1.1 * abs(slope), (
        "the numbers are not even"
    )
    return float(first), float(slope)


def read_dots(path: str) -> np.ndarray:
    """Where dots stand, (n, 2)."""
    assert DOT.sub("", path) == "", path[:60]
    return np.array(DOT.findall(path), dtype=float).reshape(-1, 2)


def read_arrows(path: str) -> tuple[np.ndarray, np.ndarray]:
    """Where arrows stand, (n, 2), and how far each goes, (n, 2), to the right and upwards.

    An arrow too short to show its direction goes nowhere.
    """
    places, ways = [], []
    for match in re.finditer(r"M[^M]+", path):
        if speck := SPECK.fullmatch(match[0]):
            x, y = map(float, speck.groups())
            places.append([x - SPECK_REACH, y])
            ways.append([0.0, 0.0])
            continue
        arrow = ARROW.fullmatch(match[0])
        assert arrow, match[0]
        corners = np.array(arrow.groups(), dtype=float).reshape(7, 2)
        tail, tip = (corners[0] + corners[6]) / 2, corners[3]
        places.append(tail)
        ways.append((tip - tail) * [1, -1])
        if np.abs(tip - tail).max() > 200:
            _assert_head(tip - tail, corners[[2, 4]] - tip)
    return np.array(places).reshape(-1, 2), np.array(ways).reshape(-1, 2)


def _assert_head(way: np.ndarray, barbs: np.ndarray) -> None:
    """Both barbs go back from the tip, one to each side."""
    back = barbs @ way
    across = barbs[:, 0] * way[1] - barbs[:, 1] * way[0]
    assert (back < 0).all(), f"the head of an arrow {way} points the wrong way"
    assert across[0] * across[1] < 0, f"the head of an arrow {way} is lopsided"
