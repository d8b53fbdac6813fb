"""A small picture shows what the large one of its name shows: `small/x.svg` and `figures/x.svg`.

Both are read as they are published, and told by shares of their axes, from the lower left
corner. What the large one has to show is held by `test_figures.py` and `test_drawn.py`.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from lxml import etree
from reading.svg import SVG, Panel, picture, read_path, rules

from tests.site.drawings import curves_drawn

ROUNDED = 0.003  # of the axes: a small picture is 90 units wide, and has one decimal
LONG = 0.05  # of the axes: an arrow that no small picture draws as a dot
RECTANGLE = re.compile(r"M(\S+) (\S+?)H(\S+?)V(\S+?)H")


@dataclass(frozen=True, eq=False)
class Arrows:
    """Arrows, (n, 2), the places of dots, and the colours of both, by day and by night."""

    tails: np.ndarray
    tips: np.ndarray
    dots: np.ndarray
    lengths: np.ndarray  # as they are seen, where the axes are 1 wide
    colours: tuple[str, str] | None

    @property
    def ways(self) -> np.ndarray:
        return self.tips - self.tails


class Small:
    """A small picture, which is a square without axes."""

    def __init__(self, path: Path) -> None:
        root = etree.parse(path).getroot()
        self.side = float(root.get("width"))
        self.paths = {
            each.get("class"): each.get("d") for each in root.iter(f"{SVG}path")
        }
        (style,) = root.iter(f"{SVG}style")
        by_day, _, by_night = style.text.partition(
            "@media (prefers-color-scheme: dark){"
        )
        self.themes = [rules(by_day), rules(by_night)]

    def shares(self, places: np.ndarray) -> np.ndarray:
        return np.array([0, 1]) + places.reshape(-1, 2) / self.side * (1, -1)

    def colours(self, name: str, what: str) -> tuple[str, str]:
        by_day, by_night = (theme[name][what] for theme in self.themes)
        return by_day, by_night

    @property
    def arrows(self) -> Arrows:
        tails = np.array([shaft[0] for shaft in read_path(self.paths["shafts"])])
        tips = numbers(r"M(\S+) (\S+)", self.paths["heads"])  # a triangle begins there
        left_sides = numbers(r"M(\S+) (\S+?)a\S+ ", self.paths["dots"])
        radii = numbers(r"M\S+ \S+?a(\S+) ", self.paths["dots"])
        middles = left_sides.reshape(-1, 2) + radii.reshape(-1, 1) * (1, 0)
        places = [self.shares(each) for each in (tails, tips, middles)]
        lengths = np.hypot(*(places[1] - places[0]).T)
        colours = self.colours("shafts", "stroke")
        assert colours == self.colours("dots", "fill")  # and heads, in the same rule
        return Arrows(*places, lengths, colours)

    @property
    def lines(self) -> list[np.ndarray]:
        names = sorted(name for name in self.paths if name.startswith("line-"))
        parts = [read_path(self.paths[name]) for name in names]
        return [self.shares(np.concatenate(each)) for each in parts]

    @property
    def shades(self) -> dict[tuple[str, str], np.ndarray]:
        """The rectangles of each pair of colours, (n, 2, 2), from corner to corner."""
        names = [name for name in self.paths if name.startswith("shade-")]
        corners = {name: numbers(RECTANGLE, self.paths[name]) for name in names}
        return {
            self.colours(name, "fill"): self.shares(each).reshape(-1, 2, 2)
            for name, each in corners.items()
        }


def numbers(pattern: str | re.Pattern[str], path: str) -> np.ndarray:
    return np.array(re.findall(pattern, path), dtype=float)


def shares(panel: Panel, places: np.ndarray) -> np.ndarray:
    size = np.array([panel.width, panel.top - panel.bottom])
    return (places - (panel.left, panel.bottom)) / size


def arrows_of(panel: Panel) -> Arrows:
    """The arrows of a large picture."""
    tails, tips = panel.arrows[:, [0, 6]].mean(axis=1), panel.arrows[:, 3]
    shapes = panel.of("arrows") or panel.of("dots")
    return Arrows(
        *(shares(panel, each) for each in (tails, tips, panel.dots)),
        np.hypot(*(tips - tails).T) / panel.width,
        (shapes[0].light["fill"], shapes[0].dark["fill"]) if shapes else None,
    )


def with_path(site: Path, beginning: str) -> list[str]:
    """The small pictures that have a path whose class begins so: what `small/` holds."""
    folder = site / "small"
    files = {
        path.relative_to(folder).as_posix(): Small(path)
        for path in folder.rglob("*.svg")
    }
    return [
        name
        for name, small in sorted(files.items())
        if any(each.startswith(beginning) for each in small.paths)
    ]


def both(site: Path, name: str) -> tuple[Small, Panel]:
    return Small(site / "small" / name), picture(site / "figures" / name).panel


@pytest.fixture(scope="module")
def fields(built) -> dict[str, tuple[Arrows, Arrows]]:
    """The arrows of each small picture, and of the large one."""
    pairs = {name: both(built.site, name) for name in with_path(built.site, "shafts")}
    return {
        name: (small.arrows, arrows_of(panel)) for name, (small, panel) in pairs.items()
    }


def nearest(place: np.ndarray, places: np.ndarray) -> int:
    return int(np.hypot(*(places - place).T).argmin())


def times_as_long(small: Arrows, large: Arrows, of_large: list[int]) -> int:
    """How many times as long the arrows of a small picture are as those of the large one."""
    longest = small.lengths.argmax()
    return round(small.lengths[longest] / large.lengths[of_large[longest]])


def test_a_small_arrow_stands_where_that_of_the_large_picture_does_and_points_there(
    fields,
):
    for name, (small, large) in fields.items():
        of_large = [nearest(tail, large.tails) for tail in small.tails]
        if not of_large:
            continue
        assert small.tails == pytest.approx(large.tails[of_large], abs=ROUNDED), name
        ways = large.ways[of_large]
        cosines = (
            (small.ways * ways).sum(axis=1)
            / np.hypot(*small.ways.T)
            / np.hypot(*ways.T)
        )
        assert cosines.min() > 0.998, name
        times = times_as_long(small, large, of_large)
        assert small.lengths == pytest.approx(
            times * large.lengths[of_large], abs=0.006, rel=0.01
        ), name
    assert sum(len(small.tails) > 0 for small, _ in fields.values()) > 80


def test_of_the_points_that_a_small_picture_shows_no_long_arrow_is_left_out(fields):
    for name, (small, large) in fields.items():
        marks = np.concatenate([small.tails, small.dots])
        for tail in large.tails[large.lengths > LONG]:
            is_shown = (np.abs(marks - tail) < ROUNDED).any(axis=0).all()
            assert len(marks), name
            if is_shown:
                assert np.hypot(*(small.tails - tail).T).min() < ROUNDED, name


def test_a_small_picture_has_the_colour_of_the_large_one(fields):
    for name, (small, large) in fields.items():
        assert large.colours in {small.colours, None}, name


def on_scale(values: np.ndarray, scale: str) -> np.ndarray:
    return np.log10(values) if scale == "log" else values


def to_share(values: np.ndarray, all_values: np.ndarray) -> np.ndarray:
    low, high = np.nanmin(all_values), np.nanmax(all_values)
    return (values - low) / (high - low)


def test_small_lines_are_those_of_the_numbers(built):
    """From the first to the last of an axis, all that is known."""
    curves = {each.file: each.curves for each in curves_drawn(built.site)}
    names = with_path(built.site, "line-")
    assert names
    for name in names:
        asked = curves[f"figures/{name}"]
        x = on_scale(asked.x, asked.scales[0])
        lines = [on_scale(line, asked.scales[1]) for line in asked.lines]
        drawn = Small(built.site / "small" / name).lines
        every = np.concatenate(drawn)
        for line, found in zip(lines, drawn, strict=True):
            is_known = np.isfinite(line)
            for expected, all_expected, axis in (
                (x, x, 0),
                (line, np.concatenate(lines), 1),
            ):
                shown = to_share(found[:, axis], every[:, axis])
                known = to_share(expected, all_expected)[is_known]
                assert shown == pytest.approx(known, abs=ROUNDED), name


def test_small_lines_have_the_colours_of_the_large_ones(built):
    for name in with_path(built.site, "line-"):
        small, panel = both(built.site, name)
        for k in range(len(small.lines)):
            (line,) = panel.of(f"line-{k}")
            colours = line.light["stroke"], line.dark["stroke"]
            assert small.colours(f"line-{k}", "stroke") == colours, name


def test_small_heights_are_the_large_ones_with_their_shades(built):
    names = with_path(built.site, "shade-")
    assert names
    for name in names:
        small, panel = both(built.site, name)
        shades = small.shades
        shapes = [
            each for k in range(len(shades) + 9) for each in panel.of(f"shade-{k}")
        ]
        assert len(shades) == len(shapes), name
        for shape in shapes:
            found = shades[shape.light["fill"], shape.dark["fill"]]
            corners = np.array([outline[[0, 2]] for outline in shape.outlines])
            expected = shares(panel, corners)
            assert found == pytest.approx(expected, abs=ROUNDED), name
