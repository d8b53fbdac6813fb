"""What the scripts in playground/quiver/ draw: arrows, dots, contours and axes."""

import math
import re
from functools import cache

import numpy as np
import oracle
import pytest
from matplotlib.figure import Figure

from gradviz_core import Grid
from gradviz_core.figures.fields import fields
from gradviz_core.figures.quiver_rules import automatic_scale
from tests.unit.interpreter import ask

SIDE = 9000  # of the square frame
SHAFT = 0.0045 * SIDE
MINUS = "\N{MINUS SIGN}"
GRIDS = {
    "of the book": (-2, 2.5, 0.25),
    "far from the origin": (100, 104, 1),
    "downwards": (1, -1.5, -0.5),
    "small": (0, 0.003, 0.001),
    "of one point": (0.5, 1, 1),
}
BOOK = GRIDS["of the book"]
NINE = (0, 3, 1)
EVERY_GRID = pytest.mark.parametrize("grid", GRIDS.values(), ids=GRIDS)


def draw(*pictures):
    """Ask the script for pictures, each a grid with what is drawn over it."""
    questions = []
    for grid, options in pictures:
        question = {
            "points": oracle.grid_points(*grid).tolist(),
            "steps": [grid[2]] * 2,
        }
        for name, value in options.items():
            question[name] = as_json(np.asarray(value, dtype=float))
        questions.append(question)
    return ask("draw.js", questions)


def field_over(grid, field, **options):
    (answer,) = draw((grid, {"field": field, **options}))
    return answer


def contours_over(grid, values):
    (answer,) = draw((grid, {"values": values}))
    return answer


@cache
def plain_pictures():
    """A picture over each grid without anything in it."""
    answers = draw(*((grid, {}) for grid in GRIDS.values()))
    return dict(zip(GRIDS.values(), answers, strict=True))


def as_json(values):
    """JSON has no nan and no infinity: JavaScript reads these texts as such."""
    if values.ndim:
        return [as_json(value) for value in values]
    if math.isfinite(values):
        return float(values)
    return str(values).replace("inf", "Infinity").replace("nan", "NaN")


def numbers(text):
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def pixels(answer, points):
    """Where points of the plot stand in the picture."""
    share = (np.asarray(points, float) - answer["low"]) / answer["span"]
    return np.column_stack([share[:, 0], 1 - share[:, 1]]) * SIDE


def outlines_of(answer):
    """The seven corners of each arrow, (n, 7, 2), as they are drawn."""
    parts = re.findall(r"M[^M]*", answer["arrows"].get("d", ""))
    return np.array([numbers(part) for part in parts if "L" in part]).reshape(-1, 7, 2)


def arrows_of(answer):
    """The tail of each arrow, and its way from there to the tip."""
    corners = outlines_of(answer)
    tails = (corners[:, 0] + corners[:, 6]) / 2
    return tails, corners[:, 3] - tails


def specks_of(answer):
    """The middle of each speck."""
    specks = re.findall(
        r"M(-?\d+) (-?\d+)l-10-18h-20l-10 18 10 18h20z", answer["arrows"]["d"]
    )
    return np.array(specks, dtype=float).reshape(-1, 2) - [20, 0]


def dots_of(answer):
    parts = re.findall(r"M(-?\d+) (-?\d+)h0", answer["dots"]["d"])
    return np.array(parts, dtype=float).reshape(-1, 2)


# The frame


@EVERY_GRID
def test_the_frame_is_that_of_the_figures(grid):
    answer = plain_pictures()[grid]
    points = Grid(*grid).points
    (field,) = fields(points, np.ones_like(points), roles=["correct"])
    limits = [answer["low"], answer["low"] + answer["span"]]
    assert limits == pytest.approx(field.limits, rel=1e-12)
    assert answer["cell"] == pytest.approx(abs(grid[2]) / answer["span"] * SIDE)


@EVERY_GRID
def test_every_point_stands_where_its_numbers_are(grid):
    answer = plain_pictures()[grid]
    wanted = pixels(answer, oracle.grid_points(*grid))
    assert np.abs(np.array(answer["places"]) - wanted).max() <= 0.5


@pytest.mark.parametrize(
    ("x0", "x1"), [((0, 4, 0.5), (3, -3, -2)), ((3, -3, -2), (0, 4, 0.5))]
)
def test_a_rectangular_grid_is_drawn_with_equal_units_on_both_axes(x0, x1):
    steps = [x0[2], x1[2]]
    x0, x1 = np.arange(*x0), np.arange(*x1)
    points = np.array([[a, b] for b in x1 for a in x0])
    angles = np.random.default_rng(4).uniform(0, 2 * np.pi, len(points))
    arrows = np.column_stack([np.cos(angles), np.sin(angles)])
    (field,) = fields(points, arrows, roles=["correct"])
    question = {"points": points.tolist(), "steps": steps, "field": arrows.tolist()}
    [answer] = ask("draw.js", [question])
    limits = [answer["low"], answer["low"] + answer["span"]]
    assert limits == pytest.approx(field.limits, rel=1e-12)
    places = pixels(answer, points)
    assert np.abs(np.array(answer["places"]) - places).max() <= 0.5
    assert np.array(answer["cells"]) == pytest.approx(
        np.abs(steps) / answer["span"] * SIDE
    )
    tails, ways = arrows_of(answer)
    assert np.abs(tails - places).max() <= 2
    longest = 1.25 * min(answer["cells"])
    assert np.abs(ways - longest * arrows * [1, -1]).max() <= 2
    [answer] = ask("draw.js", [question | {"clicks": (places + 20).tolist()}])
    assert answer["nearest"] == [*range(len(points))]


@pytest.mark.parametrize(
    ("x0", "x1", "limits"),
    [
        (BOOK, BOOK, (-2, 2)),
        (BOOK, (0, 4.5, 0.25), None),
        ((0, 4.5, 0.25), BOOK, None),
        (BOOK, (-2, 2.25, 0.25), None),
        ((-2, 2.5, 0.5), (-2, 2.5, 0.5), None),
    ],
)
def test_only_the_grid_of_the_book_has_the_limits_of_its_script(x0, x1, limits):
    points = [[a, b] for b in np.arange(*x1) for a in np.arange(*x0)]
    [answer] = ask("draw.js", [{"points": points, "steps": [x0[2], x1[2]]}])
    assert answer["limits"] == [limits and [*limits]] * 2


def test_the_point_nearest_to_a_click_is_found():
    questions = []
    for grid, picture in plain_pictures().items():
        clicks = np.array(picture["places"]) + 20
        corners = [[-500, 9500], [9500, -500]]
        questions.append((grid, {"clicks": [*clicks.tolist(), *corners]}))
    for (grid, _), answer in zip(questions, draw(*questions), strict=True):
        *found, low, high = answer["nearest"]
        assert found == list(range(len(found)))
        ends = [0, len(found) - 1]
        assert [low, high] == (ends if grid[2] > 0 else ends[::-1])


# Arrows


def tilted(points):
    """A field that has long arrows in every direction but along an axis."""
    return points[:, ::-1] * [1, -1] + [0.25, 0.25]


def constant():
    return np.tile([1.0, 0.0], (9, 1))


def test_an_arrow_starts_at_its_point_and_has_its_direction_and_length():
    grid = (-2, 2.5, 0.5)
    points = oracle.grid_points(*grid)
    field = tilted(points)
    answer = field_over(grid, field)
    tails, ways = arrows_of(answer)
    assert np.abs(tails - answer["places"]).max() <= 1  # of rounded corners
    wanted = field * answer["unit"] * [1, -1]  # y grows downwards in an SVG
    assert np.abs(ways - wanted).max() <= 1


def test_an_arrow_has_the_outline_that_matplotlib_draws_in_the_figures():
    """From long ones to one that is smaller than a head, in all directions."""
    points = oracle.grid_points(*BOOK)
    field = tilted(points) * np.linspace(0.1, 1, len(points))[:, None]
    answer = field_over(BOOK, field)
    is_arrow = np.hypot(*field.T) * answer["unit"] >= SHAFT
    figure = Figure(figsize=(5, 5))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, SIDE), ylim=(0, SIDE))
    look = {"units": "width", "width": SHAFT / SIDE, "angles": "uv"}
    stock = axes.quiver(*points.T, *field.T, scale=SIDE / answer["unit"], **look)
    figure.draw_without_rendering()
    corners = np.array([path.vertices[:7] for path in stock.get_paths()])
    wanted = corners * SIDE * [1, -1] + np.array(answer["places"])[:, None]
    assert np.abs(outlines_of(answer) - wanted[is_arrow]).max() <= 0.51
    assert len(specks_of(answer)) + len(dots_of(answer)) == (~is_arrow).sum()
    assert len(specks_of(answer)) > 10


@pytest.mark.parametrize("size", [1e-3, 1, 1e6])
def test_the_longest_arrow_is_a_step_and_a_quarter_long(size):
    field = size * tilted(oracle.grid_points(*BOOK))
    answer = field_over(BOOK, field)
    lengths = np.hypot(*arrows_of(answer)[1].T)
    assert lengths.max() == pytest.approx(1.25 * answer["cell"], abs=1.5)
    longest = np.hypot(*field.T).max()
    assert answer["unit"] == pytest.approx(1.25 * answer["cell"] / longest)


def test_the_automatic_scale_is_that_of_the_figures():
    field = tilted(oracle.grid_points(*BOOK))
    field[7] = math.nan
    answer = field_over(BOOK, field, automatic=True)
    assert answer["unit"] == pytest.approx(SIDE / automatic_scale(field), rel=1e-12)
    few = field_over(NINE, constant(), automatic=True)
    assert few["unit"] == pytest.approx(SIDE / 18)


def test_downhill_every_arrow_is_turned():
    field = tilted(oracle.grid_points(*BOOK))
    up = arrows_of(field_over(BOOK, field))
    down = arrows_of(field_over(BOOK, field, reversed=True))
    assert np.abs(up[0] - down[0]).max() <= 1
    assert np.abs(up[1] + down[1]).max() <= 2


def test_an_arrow_of_no_length_is_a_dot():
    field = np.zeros((9, 2))
    field[4] = [1, 0]
    answer = field_over(NINE, field)
    assert np.array_equal(dots_of(answer), np.delete(answer["places"], 4, axis=0))
    assert len(arrows_of(answer)[0]) == 1
    assert not len(specks_of(answer))


def test_a_field_of_nothing_is_all_dots():
    answer = field_over(NINE, np.zeros((9, 2)))
    assert np.array_equal(dots_of(answer), answer["places"])
    assert answer["arrows"]["d"] == ""


def test_a_short_arrow_is_a_speck_among_the_arrows():
    field = constant()
    field[3] = [1e-9, 0]
    answer = field_over(NINE, field)
    assert specks_of(answer).tolist() == [answer["places"][3]]
    assert answer["dots"]["d"] == ""
    assert len(arrows_of(answer)[0]) == 8


def test_what_is_not_a_number_is_left_out():
    field = constant()
    field[0] = [math.nan, 1]
    field[1] = [math.nan, math.nan]
    answer = field_over(NINE, field)
    assert np.abs(arrows_of(answer)[0] - answer["places"][2:]).max() <= 1
    assert answer["dots"]["d"] == ""
    assert answer["unit"] == pytest.approx(1.25 * answer["cell"])


def test_where_an_arrow_is_not_finite_there_is_nothing():
    field = constant()
    field[4] = [0, -math.inf]
    field[5] = [math.inf, math.nan]
    answer = field_over(NINE, field)
    places = np.delete(answer["places"], [4, 5], axis=0)
    assert np.abs(arrows_of(answer)[0] - places).max() <= 1
    assert answer["dots"]["d"] == ""


def test_an_arrow_that_is_very_long_ends_outside():
    field = constant()
    field[4] = [0, -1e300]
    _, ways = arrows_of(field_over(NINE, field, unit=1000))
    assert ways[4].tolist() == [0, 3 * SIDE]


def test_dots_do_not_touch():
    coarse = field_over(NINE, np.ones((9, 2)))
    assert coarse["dots"]["stroke-width"] == 108
    grid = (0, 50, 1)
    fine = field_over(grid, np.ones((2500, 2)))
    assert fine["dots"]["stroke-width"] == pytest.approx(fine["cell"] / 3)


def test_control_is_handed_back_again_and_again():
    grid = (0, 50, 1)
    assert field_over(grid, np.ones((2500, 2)))["yields"] == 2500 // 256


def test_of_a_large_grid_some_arrows_are_drawn_far_enough_apart_to_see():
    grid = (-3, 3, 1 / 32)  # 192 points along an axis
    points = oracle.grid_points(*grid)
    field = np.column_stack([points[:, 1], np.ones(len(points))])
    answer = field_over(grid, field)
    tails, ways = arrows_of(answer)
    kept = np.arange(192)[::4]
    drawn = (192 * kept[:, None] + kept).ravel()
    assert (answer["counts"], answer["every"]) == ([192, 192], 4)
    assert np.abs(tails - np.array(answer["places"])[drawn]).max() <= 1
    wanted = field[drawn] * answer["unit"] * [1, -1]
    assert np.abs(ways - wanted).max() <= 1
    longest = np.hypot(*field.T).max() * answer["unit"]
    assert longest == pytest.approx(1.25 * answer["cell"])
    assert answer["cell"] == pytest.approx(4 / 32 / answer["span"] * SIDE)


def test_of_a_large_grid_the_point_nearest_to_a_click_is_one_that_is_drawn():
    grid = (3, -3, -1 / 32)
    places = np.array(field_over(grid, np.ones((192**2, 2)))["places"])
    wanted = [0, 4, 8 * 192, 188 * 193]
    clicks = places[wanted] + [30, -30]
    (answer,) = draw((grid, {"clicks": clicks}))
    assert answer["nearest"] == wanted


# Contours


def heights(values):
    """Ten, apart by a tenth of what lies between the lowest and highest of fifty."""
    values = np.sort(np.asarray(values)[np.isfinite(values)])
    low = values[int(0.02 * len(values))]
    high = values[int(0.98 * len(values))]
    return low + (high - low) * np.arange(0.05, 1, 0.1)


def ends_of(answer):
    """The ends of each piece of a contour, in units of x."""
    path, other = answer["contours"]
    assert path == other
    pieces = re.findall(r"M(-?\d+),(-?\d+)L(-?\d+),(-?\d+)", path)
    share = np.array(pieces, dtype=float).reshape(-1, 2, 2) / SIDE
    share[..., 1] = 1 - share[..., 1]
    return answer["low"] + share * answer["span"]


PLANES = [
    (grid, slopes)
    for grid in (BOOK, (1, -1.75, -0.5))
    for slopes in ((1, 0), (0, 1), (2, -3), (-1, -1.3))
]


def test_the_contours_of_a_plane_are_ten_straight_lines():
    heights_of = [oracle.grid_points(*grid) @ slopes for grid, slopes in PLANES]
    pictures = [
        (grid, {"values": values})
        for (grid, _), values in zip(PLANES, heights_of, strict=True)
    ]
    answers = draw(*pictures)
    for (_, slopes), values, answer in zip(PLANES, heights_of, answers, strict=True):
        off = np.abs((ends_of(answer) @ slopes)[..., None] - heights(values))
        pixel = np.abs(slopes).sum() * answer["span"] / SIDE
        assert off.min(axis=-1).max() <= pixel
        first, last = off.argmin(axis=-1).T
        assert np.array_equal(first, last)
        assert set(first) == set(range(10))


def test_a_level_contour_leads_from_side_to_side():
    points = oracle.grid_points(*BOOK)
    pieces = ends_of(contours_over(BOOK, points[:, 1]))
    lengths = np.abs(pieces[:, 1, 0] - pieces[:, 0, 0])
    assert lengths.sum() == pytest.approx(10 * 4.25, abs=0.01)
    assert np.ptp(pieces[..., 1], axis=1).max() == 0


def test_a_contour_of_a_bowl_follows_its_height_from_cell_to_cell():
    points = oracle.grid_points(*BOOK)
    values = (points**2).sum(axis=1)
    pieces = ends_of(contours_over(BOOK, values))
    found = (pieces**2).sum(axis=2)
    # Along the side of a cell a square bends away from the straight line by this much.
    bend = 0.25**2 / 4
    off = np.abs(found[..., None] - heights(values)).min(axis=-1)
    assert off.max() <= bend + 0.01
    assert len(pieces) > 300
    steps = np.hypot(*(pieces[:, 1] - pieces[:, 0]).T)
    assert steps.max() <= 0.25 * math.sqrt(2) + 0.01


def test_where_f_is_not_finite_there_is_no_contour():
    points = oracle.grid_points(*BOOK)
    values = points[:, 0].copy()
    values[points[:, 1] > 0] = math.nan
    pieces = ends_of(contours_over(BOOK, values))
    assert len(pieces) > 50
    assert pieces[..., 1].max() <= 0.001


def test_a_pole_does_not_flatten_the_rest():
    points = oracle.grid_points(*BOOK)
    values = points[:, 0].copy()
    values[:3] = 1e9
    pieces = ends_of(contours_over(BOOK, values))
    assert np.ptp(pieces[..., 0]) > 3


# Axes


def labels_of(answer, kind):
    found = [label for label in answer["labels"] if label["kind"] == kind]
    values = [float(label["text"].replace(MINUS, "-")) for label in found]
    return found, values


NUMBERS = {
    BOOK: [-2, -1, 0, 1, 2],
    (100, 104, 1): [100, 102, 104],
    (1, -1.5, -0.5): [-1, 0, 1],
    (0, 2, 0.5): [0, 1, 2],
    (0, 8, 1): [0, 2, 4, 6, 8],
    (0, 0.003, 0.001): [-0.001, 0, 0.001, 0.002, 0.003],
}


def test_numbers_stand_along_both_axes_where_they_are():
    answers = draw(*((grid, {}) for grid in NUMBERS))
    for values, answer in zip(NUMBERS.values(), answers, strict=True):
        along, along_values = labels_of(answer, "along")
        up, up_values = labels_of(answer, "up")
        assert along_values == pytest.approx(values)
        assert up_values == pytest.approx(values)
        places = pixels(answer, [[value, value] for value in values])
        assert [label["x"] for label in along] == pytest.approx(places[:, 0], abs=0.5)
        assert [label["y"] - 160 for label in up] == pytest.approx(places[:, 1], abs=1)
        assert {label["y"] for label in along} == {SIDE + 570}  # below the frame
        assert {label["x"] for label in up} == {-222}  # left of it


def test_a_number_below_zero_has_a_minus_sign_and_no_needless_digits():
    (answer,) = draw(((-0.3, 0.4, 0.1), {}))
    texts = [label["text"] for label in answer["labels"] if label["kind"] == "up"]
    assert texts == [f"{MINUS}0.4", f"{MINUS}0.2", "0", "0.2", "0.4"]


def test_a_line_leads_from_each_number_through_the_frame_and_a_tick_to_it():
    answer = plain_pictures()[BOOK]
    along, _ = labels_of(answer, "along")
    up, _ = labels_of(answer, "up")
    upright = [int(x) for x in re.findall(r"M(\d+) 0v9000", answer["lines"])]
    level = [int(y) for y in re.findall(r"M0 (\d+)h9000", answer["lines"])]
    assert upright == [label["x"] for label in along]
    assert level == [label["y"] - 160 for label in up]
    frame, ticks = answer["frame"].split("z")
    assert frame == f"M0 0h{SIDE}v{SIDE}h-{SIDE}"
    assert [int(x) for x in re.findall(r"M(\d+) 9000v111", ticks)] == upright
    assert [int(y) for y in re.findall(r"M0 (\d+)h-111", ticks)] == level


def test_the_picture_holds_its_numbers_and_the_name_of_each_axis():
    for answer in draw((BOOK, {}), ((1000.25, 1001, 0.25), {})):
        left, top, width, height = answer["box"]
        longest = max(len(label["text"]) for label in answer["labels"])
        name = answer["name"]  # upright, so that it is counted from the frame
        assert name <= -222 - 283 * longest  # digits of 0.636 of the font size
        assert left <= name - 300  # a small letter, and some room
        assert left + width >= SIDE + 300
        assert top < 0
        assert top + height >= SIDE + 1300


def test_the_frame_takes_the_part_of_the_picture_that_it_takes_in_a_figure():
    (answer,) = draw((BOOK, {}))
    left, top, width, height = answer["box"]
    found = [-left / width, SIDE / width, -top / height, SIDE / height]
    assert found == pytest.approx([0.14, 0.82, 0.06, 0.82], abs=0.001)
