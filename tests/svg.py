"""Reads a picture of the site back from its SVG: arrows, dots, lines and numbers along axes."""

import re
import warnings
import xml.etree.ElementTree as ElementTree

import numpy as np
from matplotlib import rc_context, rcParamsDefault
from matplotlib.figure import Figure

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")


class Drawing:
    """Arrows and dots as they stand in an SVG, in units of x."""

    def __init__(self, svg: bytes, limits=None):
        """The limits are those of both axes; without, they are read off the axes."""
        root = ElementTree.fromstring(svg)
        self.groups = {group.get("id"): group for group in root.iter(f"{SVG}g")}
        (frame,) = self.numbers(self.groups["patch_2"].find(f"{SVG}path").get("d"))
        self.low = frame.min(axis=0)
        self.high = frame.max(axis=0)
        if limits is None:
            ends = np.array([axis_ends(self, name) for name in "xy"])
            self.start, self.end = ends.T
        else:
            self.start, self.end = np.tile(limits, (2, 1)).T

    @staticmethod
    def numbers(path):
        """The points of each part of a path, which goes on in steps after its letter l."""
        parts = []
        for part in path.split("M")[1:]:
            steps = np.array(NUMBER.findall(part.replace("l", " ")), dtype=float)
            parts.append(np.cumsum(steps.reshape(-1, 2), axis=0))
        return parts

    def data(self, pixels):
        """Places in the picture, in pixels, as places in the plot."""
        share = (pixels - self.low) / (self.high - self.low)
        share[..., 1] = 1 - share[..., 1]
        return self.start + share * (self.end - self.start)

    @property
    def paths(self):
        """The outline of each arrow, in pixels."""
        found = self.groups["arrows"].iter(f"{SVG}path")
        return [part for path in found for part in self.numbers(path.get("d"))]

    @property
    def arrows(self):
        """Tail and tip of each: the middle of the first and last corner, and the fourth."""
        tails = np.array([(path[0] + path[-2]) / 2 for path in self.paths])
        tips = np.array([path[3] for path in self.paths])
        return self.data(tails), self.data(tips)

    @property
    def dots(self):
        """The middle of each dot."""
        uses = self.groups["dots"].iter(f"{SVG}use")
        places = [[float(use.get("x")), float(use.get("y"))] for use in uses]
        return self.data(np.array(places).reshape(-1, 2))


def stock_quiver(points, arrows, limits=None):
    """What a script on a figure of matplotlib's own draws: its quiver, once drawn.

    The outlines of the arrows are in points from the upper left corner, as in an SVG.
    """
    with rc_context(rcParamsDefault):
        figure = Figure(dpi=72)
        axes = figure.add_subplot()
        stock = axes.quiver(*points.T, *arrows.T, angles="xy")
        if limits is not None:
            axes.set(xlim=limits, ylim=limits)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # a field of zeros
            figure.draw_without_rendering()
    places = axes.transData.transform(points)
    outlines = [path.vertices for path in stock.get_paths()]
    shapes = stock.get_transform().transform(np.concatenate(outlines))
    height = 72 * figure.get_figheight()
    corners = shapes.reshape(len(points), -1, 2)[:, :8] + places[:, None]
    return stock, corners * [1, -1] + [0, height]


def stock_scale(points, arrows):
    """The length that spans the axes, as a stock quiver of the same field chooses it."""
    stock, _ = stock_quiver(points, arrows)
    return stock.scale


def compare(svg, points, arrows, limits, scale):
    """Find every arrow of a field in its picture, as an arrow, a speck or a dot.

    Returns how many are long enough to show their direction.
    """
    drawing = Drawing(svg, limits)
    span = limits[1] - limits[0]
    zero = (arrows == 0).all(axis=1)
    moving = np.isfinite(arrows).all(axis=1) & ~zero
    near = {"rtol": 1e-4, "atol": span / 1500}  # a pixel has a decimal
    np.testing.assert_allclose(drawing.dots, points[zero], **near)
    paths = drawing.paths
    assert len(paths) == moving.sum()
    if not paths:
        return 0
    wanted = arrows[moving] / scale
    long = np.hypot(*wanted.T) > span / 200
    tails, tips = drawing.arrows
    np.testing.assert_allclose(tails[long], points[moving][long], **near)
    np.testing.assert_allclose((tips - tails)[long], wanted[long], **near)
    for path, point, is_long in zip(paths, points[moving], long, strict=True):
        if not is_long:
            assert np.abs(drawing.data(path) - point).max() < span / 150
    return int(long.sum())


def compare_with_stock(svg, points, arrows, limits):
    """Find every arrow of a field where a stock quiver draws it, specks and all."""
    _, outlines = stock_quiver(points, arrows, limits)
    drawn = outlines[np.isfinite(outlines).all(axis=(1, 2))]
    drawing = Drawing(svg)
    assert "dots" not in drawing.groups
    paths = np.array(drawing.paths).reshape(-1, 8, 2)
    assert len(paths) == len(drawn)
    np.testing.assert_allclose(paths, drawn, rtol=1e-4, atol=0.1)


LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def axis_ends(drawing, name):
    """The numbers at both ends of an axis."""
    place = axis_of(drawing, name)
    start, slope = place(0), place(1) - place(0)
    across, up = (drawing.low[0], drawing.high[0]), (drawing.high[1], drawing.low[1])
    return [(end - start) / slope for end in (across if name == "x" else up)]


def axis_of(drawing, name, scale="linear"):
    """Where a number stands along an axis, in pixels, as the labels of its ticks have it."""
    numbers = []
    pixels = []
    for key, group in drawing.groups.items():
        label = group.find(f".//{SVG}text")
        if str(key).startswith(f"{name}tick_") and label is not None:
            text = label.text.translate(LOWERED)
            if scale == "log":
                assert text.startswith("10")
                text = text.removeprefix("10")
            numbers.append(float(text))
            pixels.append(float(group.find(f".//{SVG}use").get(name)))
    assert len(numbers) >= 2
    slope, start = np.polyfit(numbers, pixels, 1)
    np.testing.assert_allclose(np.polyval((slope, start), numbers), pixels, atol=0.02)
    assert (slope > 0) == (name == "x")

    def place(number):
        return start + slope * (np.log10(number) if scale == "log" else number)

    return place


def distances(points, lines):
    """How far each point is from the nearest of these lines, each the corners of its steps."""
    starts = np.concatenate([line[:-1] for line in lines])
    steps = np.concatenate([np.diff(line, axis=0) for line in lines])
    offsets = points[:, None] - starts
    along = (offsets * steps).sum(2) / np.maximum((steps**2).sum(1), 1e-12)
    nearest = np.clip(along, 0, 1)[..., None] * steps
    return np.hypot(*(offsets - nearest).T).min(axis=0)


def parts_of(line):
    """The parts of a line without a gap; a point by itself is a line of no length."""
    known = np.isfinite(line).all(axis=1)
    parts = []
    for part in np.split(line, np.flatnonzero(known[1:] != known[:-1]) + 1):
        if len(part) and np.isfinite(part).all():
            parts.append(np.repeat(part, 2, axis=0) if len(part) == 1 else part)
    return parts


def compare_curves(svg, curves):
    """Find every line of a plot, its name and the dash that tells it, and the band."""
    drawing = Drawing(svg, (0, 1))
    across = axis_of(drawing, "x", curves.scales[0])
    up = axis_of(drawing, "y", curves.scales[1])

    def corners(y):
        return parts_of(np.column_stack([across(curves.x), up(y)]))

    legend = drawing.groups["legend_1"]
    names = [text.text for text in legend.iter(f"{SVG}text")]
    assert names == [name for name, *_ in curves.lines]
    keys = [path.get("class") for path in legend.iter(f"{SVG}path")][
        1:
    ]  # after its frame
    assert len({*keys}) == len(names)
    for k, (_, y, _) in enumerate(curves.lines):
        (path,) = drawing.groups[f"line-{k}"].iter(f"{SVG}path")
        assert path.get("class") == keys[k]
        drawn = drawing.numbers(path.get("d"))
        wanted = corners(y)
        # Corners that make no difference are left out: compare each with the other's line.
        assert distances(np.concatenate(wanted), drawn).max() < 0.2  # of a pixel
        assert distances(np.concatenate(drawn), wanted).max() < 0.2

    band = drawing.groups["band"]
    outlines = [
        part
        for path in band.iter(f"{SVG}path")
        for part in drawing.numbers(path.get("d"))
    ]
    edges = [part for y in curves.band for part in corners(y)]
    assert bool(edges) == bool(outlines)
    if edges:
        place = next(band.iter(f"{SVG}use"))
        outlines = [
            part + [float(place.get(name)) for name in "xy"] for part in outlines
        ]
        assert distances(np.concatenate(edges), outlines).max() < 0.2
        assert distances(np.concatenate(outlines), edges).max() < 0.2
