"""Pictures as they are published: what an SVG shows, what the playground draws, a PNG.

A picture in SVG is read as a browser draws it: shapes, words, numbers along the axes. The
reader knows SVG and the names that matplotlib gives to groups: `axes_1`, `xtick_1`,
`legend_1`. A field that the playground has drawn is read by the lines of its grid and the
numbers that stand at them. Nothing here knows the code that draws.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import matplotlib
import numpy as np
from lxml import etree
from PIL import Image, ImageFont

from reading.numbers import RAISED, number

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
TOKEN = re.compile(r"[MLlCQhvz]|-?(?:\d+\.?\d*|\.\d+)")
NUMBERS_OF = {"M": 2, "L": 2, "l": 2, "h": 1, "v": 1, "C": 6, "Q": 4}
Style = dict[str, str]
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, eq=False)
class Shape:
    """A path where it is drawn: its outlines, what colours it, and what cuts it off."""

    groups: tuple[str, ...]
    outlines: list[np.ndarray]
    light: Style
    dark: Style
    clip: Box | None
    place: tuple[float, float] | None = (
        None  # of a mark that is drawn in several places
    )


@dataclass(frozen=True)
class Text:
    """Words, where they stand, and how they are turned."""

    groups: tuple[str, ...] = field(repr=False)
    words: str
    x: float
    y: float
    degrees: float
    light: Style = field(repr=False)
    dark: Style = field(repr=False)

    @property
    def size(self) -> float:
        return float(self.light["font-size"].removesuffix("px"))

    @property
    def anchor(self) -> str:
        return self.light.get("text-anchor", "start")

    @property
    def width(self) -> float:
        """Of its line, in the font that matplotlib brings along."""
        return _font(self.size).getlength(self.words)


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(
        Path(matplotlib.get_data_path(), "fonts/ttf/DejaVuSans.ttf"), size
    )


@dataclass(frozen=True)
class Tick:
    """A number along an axis: the mark, the grid line through it, and its words if any."""

    place: float
    line: np.ndarray | None
    text: Text | None


class Picture:
    """Everything that a file shows, in the order in which it is painted."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.width, self.height = (float(n) for n in root.get("viewBox").split()[2:])
        self.size = root.get("width"), root.get("height")
        (style,) = root.iter(f"{SVG}style")
        light, _, dark = style.text.partition("@media (prefers-color-scheme: dark)")
        self._light = rules(light)
        self._dark = rules(dark.strip().removeprefix("{").removesuffix("}"))
        self._marks = {p.get("id"): p for p in root.iter(f"{SVG}path") if p.get("id")}
        self._clips = dict(self._read_clips())
        self.shapes: list[Shape] = []
        self.texts: list[Text] = []
        self._read(root, ())

    def _read_clips(self) -> Iterator[tuple[str, Box]]:
        for clip in self.root.iter(f"{SVG}clipPath"):
            (rectangle,) = clip
            x, y, width, height = (
                float(rectangle.get(name)) for name in ("x", "y", "width", "height")
            )
            yield f"url(#{clip.get('id')})", (x, y, x + width, y + height)

    def _read(
        self, element: etree._Element, groups: tuple[str, ...], clip: str = ""
    ) -> None:
        for child in element:
            inner_clip = child.get("clip-path") or clip
            if child.tag == f"{SVG}g":
                name = child.get("id")
                self._read(child, (*groups, name) if name else groups, inner_clip)
            elif child.tag == f"{SVG}path":
                outlines = read_path(child.get("d"))
                light, dark = self._styles(child)
                self.shapes.append(
                    Shape(groups, outlines, light, dark, self._clips.get(inner_clip))
                )
            elif child.tag == f"{SVG}use":
                self.shapes.append(self._placed(child, groups, inner_clip))
            elif child.tag == f"{SVG}text":
                self.texts.append(self._text(child, groups))
            else:
                assert child.tag in {f"{SVG}defs", f"{SVG}metadata"}, child.tag

    def _placed(self, use: etree._Element, groups: tuple[str, ...], clip: str) -> Shape:
        mark = self._marks[use.get(LINK).removeprefix("#")]
        place = float(use.get("x")), float(use.get("y"))
        outlines = [outline + place for outline in mark_outlines(mark.get("d"))]
        inherited, own = self._styles(use), self._styles(mark)
        light, dark = (
            outer | inner for outer, inner in zip(inherited, own, strict=True)
        )
        return Shape(groups, outlines, light, dark, self._clips.get(clip), place)

    def _text(self, element: etree._Element, groups: tuple[str, ...]) -> Text:
        turn = re.fullmatch(r"rotate\((\S+) (\S+) (\S+)\)", element.get("transform"))
        x, y = float(element.get("x")), float(element.get("y"))
        assert (float(turn[2]), float(turn[3])) == (x, y), "turned around another place"
        words = "".join(element.itertext())
        return Text(groups, words, x, y, float(turn[1]), *self._styles(element))

    def _styles(self, element: etree._Element) -> tuple[Style, Style]:
        """What colours an element by day, and by night."""
        assert element.get("style") is None, "a style that knows nothing of the dark"
        name = element.get("class")
        light = self._light.get(name, {})
        return light, light | self._dark.get(name, {})

    @cached_property
    def ground(self) -> Shape:
        """What is painted first, below everything."""
        return self.shapes[0]

    @cached_property
    def panels(self) -> list["Panel"]:
        """Every pair of axes, from the first drawn to the last."""
        names = dict.fromkeys(name for shape in self.shapes for name in shape.groups)
        return [Panel(self, name) for name in names if re.fullmatch(r"axes_\d+", name)]

    @property
    def panel(self) -> "Panel":
        """The only axes of a picture."""
        (panel,) = self.panels
        return panel


class Panel:
    """One pair of axes and what is drawn on them."""

    def __init__(self, picture: Picture, name: str) -> None:
        self.shapes = [shape for shape in picture.shapes if name in shape.groups]
        self.texts = [text for text in picture.texts if name in text.groups]
        self.ground = self.shapes[0]
        corners = self.ground.outlines[0]
        self.left, self.top = corners.min(axis=0)
        self.right, self.bottom = corners.max(axis=0)
        self.width = self.right - self.left
        names = dict.fromkeys(group for shape in self.shapes for group in shape.groups)
        self._axis_groups = [
            group for group in names if group.startswith("matplotlib.axis_")
        ]

    def of(self, group: str) -> list[Shape]:
        """What is drawn within a group."""
        return [shape for shape in self.shapes if group in shape.groups]

    @cached_property
    def across(self) -> "Axis":
        return Axis(self, "x", self._axis_groups[0])

    @cached_property
    def up(self) -> "Axis":
        return Axis(self, "y", self._axis_groups[1])

    @cached_property
    def frame(self) -> list[Shape]:
        """The lines around the axes: they stand beside the groups that have names of their own."""
        sides = [shape for shape in self.shapes[1:] if len(shape.groups) == 3]
        return [side for side in sides if re.fullmatch(r"patch_\d+", side.groups[-1])]

    @cached_property
    def titles(self) -> list[Text]:
        """Words above the axes: those that belong to no axis and to no legend."""
        return [text for text in self.texts if len(text.groups) == 3]

    @cached_property
    def arrows(self) -> np.ndarray:
        """The outline of every arrow, (n, 8, 2), in the units of the picture."""
        outlines = [
            outline for shape in self.of("arrows") for outline in shape.outlines
        ]
        return np.array(outlines).reshape(-1, 8, 2)

    @cached_property
    def is_in_view(self) -> np.ndarray:
        """Of which arrows a part of the shaft, from tail to tip, lies within the axes."""
        tails = (self.arrows[:, 0] + self.arrows[:, 6]) / 2
        shares = np.linspace(0, 1, 2001)[:, None, None]
        along = tails + shares * (self.arrows[:, 3] - tails)
        above = along > np.array([self.left, self.top]) - 0.1
        below = along < np.array([self.right, self.bottom]) + 0.1
        return (above & below).all(axis=-1).sum(axis=0) > 1  # more than the tail

    @cached_property
    def dots(self) -> np.ndarray:
        """Where every dot stands, (n, 2), in the units of the picture."""
        return np.array([dot.place for dot in self.of("dots")]).reshape(-1, 2)


class Axis:
    """The numbers along one axis, and the places that they give to all others."""

    def __init__(self, panel: Panel, letter: str, group: str) -> None:
        texts = [text for text in panel.texts if group in text.groups]
        self.letter = letter
        self.names = [
            text for text in texts if not any("tick_" in g for g in text.groups)
        ]
        self.ticks = list(self._read_ticks(panel, group, texts))
        self.labelled = [tick for tick in self.ticks if tick.text]
        self.words = [tick.text.words for tick in self.labelled]
        self.is_logarithmic = all(self._is_power(words) for words in self.words)
        self.numbers = np.array([self._number(words) for words in self.words])
        self.places = np.array([tick.place for tick in self.labelled])

    def _read_ticks(
        self, panel: Panel, group: str, texts: list[Text]
    ) -> Iterator[Tick]:
        shapes = [shape for shape in panel.shapes if group in shape.groups]
        names = dict.fromkeys(shape.groups[3] for shape in shapes)
        for name in names:
            parts = [shape for shape in shapes if name in shape.groups]
            marks = [part for part in parts if part.place]
            lines = [part.outlines[0] for part in parts if not part.place]
            words = [text for text in texts if name in text.groups]
            assert len(marks) == 1, f"{name} has {len(marks)} marks"
            place = marks[0].place["xy".index(self.letter)]
            line = lines[0] if lines else None
            yield Tick(place, line, words[0] if words else None)

    @staticmethod
    def _is_power(words: str) -> bool:
        return re.fullmatch("10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", words) is not None

    def _number(self, words: str) -> float:
        """What stands along the axis; of a power of ten, its exponent."""
        if self.is_logarithmic:
            return float(words[2:].translate(RAISED))
        return number(words)

    @cached_property
    def line(self) -> tuple[float, float]:
        """Slope and start of the straight line from numbers to places."""
        slope, start = np.polyfit(self.numbers, self.places, 1)
        return float(slope), float(start)

    def place(self, values: np.ndarray) -> np.ndarray:
        """Where values stand in the picture, by the numbers along the axis."""
        slope, start = self.line
        scaled = np.log10(values) if self.is_logarithmic else values
        return start + slope * scaled

    def value(self, place: float) -> float:
        """The number that stands at a place, the exponent if the axis has powers of ten."""
        slope, start = self.line
        return (place - start) / slope


def rules(css: str) -> dict[str, Style]:
    """The declarations of each class in a style sheet."""
    found = {}
    for name, text in re.findall(r"\.([\w-]+)\{([^}]*)\}", css):
        declarations = (part.split(":", 1) for part in text.split(";") if part.strip())
        found[name] = {key.strip(): value.strip() for key, value in declarations}
    return found


def read_path(text: str) -> list[np.ndarray]:
    """The outlines of a path, each the corners of a line; curves are cut into short steps."""
    outlines: list[list[tuple[float, float]]] = []
    command = ""
    numbers: list[float] = []
    for token in TOKEN.findall(text):
        if token == "z":
            outlines[-1].append(outlines[-1][0])
            command = ""
        elif token in NUMBERS_OF:
            command = token
        else:
            numbers.append(float(token))
        if command and len(numbers) == NUMBERS_OF[command]:
            if command == "M":
                outlines.append([])
            outlines[-1] += corners_of(command, numbers, outlines[-1])
            numbers.clear()
            if command == "M":
                command = "L"
    assert not numbers, "a path ends within a point"
    return [np.array(outline) for outline in outlines]


def corners_of(
    command: str, numbers: list[float], before: list[tuple[float, float]]
) -> list[tuple[float, float]]:
    """The corners that one command adds to an outline."""
    if command == "h":
        return [(before[-1][0] + numbers[0], before[-1][1])]
    if command == "v":
        return [(before[-1][0], before[-1][1] + numbers[0])]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    if command == "l":
        return [(before[-1][0] + points[0][0], before[-1][1] + points[0][1])]
    if command in "CQ":
        return curve([before[-1], *points])
    return points


def curve(corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Eight steps along a Bézier curve."""
    places = np.array(corners)
    steps = []
    for share in np.arange(1, 9) / 8:
        between = places
        while len(between) > 1:
            between = between[:-1] + share * np.diff(between, axis=0)
        steps.append(tuple(between[0]))
    return steps


@cache
def mark_outlines(text: str) -> list[np.ndarray]:
    """The outlines of a mark: the same one stands in hundreds of places."""
    return read_path(text)


@cache
def picture(path: Path) -> Picture:
    """The picture in a file. Read it, do not change it."""
    return Picture(etree.parse(path).getroot())


# A field that the playground has drawn, SIDE units wide; places count downwards.

SIDE = 9000
SIZE = 445  # of the letters along its axes
WINDOW_HEIGHT = 6706  # of the axes in the window of a script, which are as wide
CORNERS_OF_A_SPECK = 7  # of six, the first is named again
CORNERS_OF_AN_ARROW = 8  # of seven


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


def read_axes(
    lines: str, labels: list[dict], height: float = SIDE, size: float = SIZE
) -> Axes:
    """The axes, so high, by their lines and the numbers that are written at some of them.

    A number of the first axis stands below the frame, in the middle under its line; a number of
    the second stands to the left of the frame, beside its line.
    """
    below = [label for label in labels if label["y"] > height + size / 2]
    beside = [label for label in labels if label["x"] < 0]
    assert len(below) + len(beside) == len(labels), labels
    assert all(label["anchor"] == "middle" for label in below), below
    assert all(label["anchor"] == "end" for label in beside), beside
    drawn = read_path(lines)
    upright = [line[0, 0] for line in drawn if line[0, 1] == 0 and line[1, 1] == height]
    level = [line[0, 1] for line in drawn if line[0, 0] == 0 and line[1, 0] == SIDE]
    x = _axis(upright, [label["x"] for label in below], below)
    # The foot of a digit lies below its middle.
    y = _axis(level, [label["y"] - 0.36 * size for label in beside], beside)
    assert x[1] > 0, "the first axis has to go to the right"
    assert y[1] < 0, "the second axis has to go upwards"
    return Axes(x, y)


def _axis(
    lines: list[float], places: list[float], labels: list[dict]
) -> tuple[float, float]:
    assert len(labels) >= 3, f"only {len(labels)} numbers along an axis"
    every = -(-len(lines) // len(labels))  # which lines have room for a number
    numbered = lines[::every]
    assert len(numbered) == len(labels)
    assert np.abs(np.subtract(numbered, places)).max() <= 20, (
        "a number is not at its line"
    )
    values = [number(label["text"]) for label in labels]
    slope, first = np.polyfit(numbered, values, 1)
    straight = first + slope * np.array(numbered)
    assert np.abs(straight - values).max() <= 1.1 * abs(slope), (
        "the numbers are not even"
    )
    return float(first), float(slope)


def read_dots(path: str) -> np.ndarray:
    """Where dots stand, (n, 2)."""
    dots = np.array(read_path(path)).reshape(-1, 2, 2)
    assert (dots[:, 0] == dots[:, 1]).all(), "a dot goes somewhere"
    return dots[:, 0]


def read_arrows(path: str) -> tuple[np.ndarray, np.ndarray]:
    """Where arrows stand, (n, 2), and how far each goes, (n, 2), to the right and upwards.

    An arrow too short to show its direction goes nowhere.
    """
    places, ways = [], []
    for outline in read_path(path):
        if len(outline) == CORNERS_OF_A_SPECK:
            places.append(outline[:-1].mean(axis=0))
            ways.append(np.zeros(2))
            continue
        assert len(outline) == CORNERS_OF_AN_ARROW, outline
        tail, tip = (outline[0] + outline[6]) / 2, outline[3]
        places.append(tail)
        ways.append((tip - tail) * [1, -1])
        if np.abs(tip - tail).max() > 200:
            _assert_head(tip - tail, outline[[2, 4]] - tip)
    return np.array(places).reshape(-1, 2), np.array(ways).reshape(-1, 2)


def _assert_head(way: np.ndarray, barbs: np.ndarray) -> None:
    """Both barbs go back from the tip, one to each side."""
    back = barbs @ way
    across = barbs[:, 0] * way[1] - barbs[:, 1] * way[0]
    assert (back < 0).all(), f"the head of an arrow {way} points the wrong way"
    assert across[0] * across[1] < 0, f"the head of an arrow {way} is lopsided"


# Colours and pixels


@cache
def contrast(one: str, other: str) -> float:
    """How well two colours can be told apart, by WCAG 2: from 1, not at all, to 21."""
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """How bright a colour such as #0072b2 is, from 0 to 1."""
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return sum(
        share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


def pixels(path: Path) -> np.ndarray:
    """What a PNG shows on any paper, (height, width, 3): nothing of it may be seen through."""
    with Image.open(path) as image:
        assert image.format == "PNG", path.name
        red_green_blue_and_cover = np.asarray(image.convert("RGBA"))
    assert (red_green_blue_and_cover[..., 3] == 255).all(), (
        f"{path.name} is transparent"
    )
    return red_green_blue_and_cover[..., :3]
