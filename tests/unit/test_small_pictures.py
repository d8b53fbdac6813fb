"""Small pictures: few and heavy arrows, which show what the picture that they stand for shows."""

import math
import re

import numpy as np
import pytest

from gradviz_core import FUNCTIONS, Grid, Layout, measure
from gradviz_core.figures.curves import Curves
from gradviz_core.figures.fields import fields, function_fields
from gradviz_core.figures.small_pictures import ACROSS, SIDE, small_picture
from gradviz_core.registry.colours import colours

SHAFT = re.compile(r"M([-\d.]+) ([-\d.]+)l([-\d.]+) ([-\d.]+)")


def of_function(name, ending):
    function = FUNCTIONS[name]
    rows, columns = (measure(function, function.grid, layout) for layout in Layout)
    return function_fields(rows, columns)[ending]


def path(svg, name):
    return re.search(rf'class="{name}"[^>]* d="([^"]*)"', svg)[1]


def read(field):
    """The begin and the way of each arrow, x to the right and y up, and the number of dots."""
    svg = small_picture(field).decode()
    shafts = [
        [float(number) for number in each]
        for each in SHAFT.findall(path(svg, "shafts"))
    ]
    begins = [(x, SIDE - y) for x, y, _, _ in shafts]
    ways = [(right, -down) for _, _, right, down in shafts]
    assert path(svg, "heads").count("M") == len(shafts)
    return np.array(begins), np.array(ways), path(svg, "dots").count("M")


def angles(ways):
    return np.degrees(np.arctan2(ways[:, 1], ways[:, 0]))


@pytest.mark.parametrize("ending", ["correct", "correct-autoscale"])
def test_at_most_nine_arrows_stand_along_an_axis_and_point_as_those_of_the_picture(
    ending,
):
    field = of_function("product", ending)
    begins, ways, _ = read(field)
    assert len(begins) <= ACROSS**2
    for coordinates in begins.T:
        assert len(np.unique(coordinates)) <= ACROSS
    low, high = field.limits
    places = (field.points - low) / (high - low) * SIDE
    for begin, angle in zip(begins, angles(ways), strict=True):
        nearest = np.hypot(*(places - begin).T).argmin()
        own = angles(field.arrows[[nearest]])[0]
        assert math.cos(math.radians(angle - own)) > 0.99


def test_arrows_fill_the_room_of_those_that_are_left_out():
    field = of_function("product", "correct")
    begins, ways, _ = read(field)
    every = math.ceil(len(np.unique(field.points[:, 0])) / ACROSS)
    low, high = field.limits
    unit = SIDE / (high - low)
    places = (field.points - low) * unit
    for begin, way in zip(begins, ways, strict=True):
        nearest = np.hypot(*(places - begin).T).argmin()
        own = field.arrows[nearest] / field.scale * unit
        assert way == pytest.approx(every * own, abs=3)  # a shaft ends within its head


def test_an_arrow_of_length_zero_is_a_larger_dot_than_one_that_is_too_short():
    points = Grid().points
    arrows = np.ones_like(points)
    arrows[0], arrows[2] = (0, 0), (1e-6, 0)  # from left to right
    (field,) = fields(points, arrows, roles=["correct"])
    dots = path(small_picture(field).decode(), "dots")
    found = re.findall(r"M([\d.-]+) [\d.-]+a([\d.]+)", dots)
    (_, zero), (_, short) = sorted(found, key=lambda each: float(each[0]))
    assert float(zero) > float(short)


def test_where_few_arrows_are_left_each_of_them_is_drawn():
    begins, ways, dots = read(of_function("product", "buggy"))
    assert len(begins) == 2
    assert (angles(ways) < -90).all()
    assert 0 < dots <= ACROSS**2


def test_the_script_stretches_them_and_draws_specks_in_their_place():
    _, ways, _ = read(of_function("product", "buggy-autoscale"))
    assert (np.hypot(*ways.T) > SIDE).all()
    _, ways, dots = read(of_function("product_of_all", "buggy-autoscale"))
    assert len(ways) == dots == 0  # 0 / 0: matplotlib draws nothing


def test_arrows_that_are_too_short_lie_flat_to_the_right_as_in_matplotlib():
    _, ways, _ = read(of_function("exponential_bump", "buggy-autoscale"))
    assert len(ways) > 9
    assert (ways[:, 1] == 0).all()
    assert (ways[:, 0] > 0).all()


def test_arrows_are_longer_where_f_is_steeper_and_no_number_is_left_out():
    points = Grid().points
    steep = points * (1, 0)
    steep[0] = np.nan
    begins, ways, _ = read(fields(points, steep, roles=["correct"])[0])
    lengths = np.hypot(*ways.T)
    middle = SIDE * 0.45
    is_inner = np.abs(begins[:, 0] - middle) < SIDE / 3
    assert lengths[is_inner].min() < lengths.max() / 2
    assert np.isfinite(begins).all()


def test_nothing_stands_where_an_arrow_is_no_number():
    points = Grid().points
    (field,) = fields(points, np.full_like(points, np.nan), roles=["correct"])
    begins, _, dots = read(field)
    assert len(begins) == dots == 0


def test_lines_are_drawn_alone_and_break_off_where_there_is_no_value():
    x = np.array([1.0, 10.0, 100.0, 1000.0])
    falling, broken = 1 / x, np.array([1, np.nan, 0.1, 0.1])
    curves = Curves(x, falling, broken, names=["a", "b"], labels=["h", "error"])
    svg = small_picture(curves).decode()
    assert "<text" not in svg
    points = re.findall(r"[ML]([\d.]+) ([\d.]+)", path(svg, "line-0"))
    across, down = np.array(points, float).T
    assert np.ptp(np.diff(across)) < 0.2  # on a logarithmic axis
    assert (np.diff(down) > 0).all()
    assert path(svg, "line-1").count("M") == 2
    assert path(svg, "line-1").count("L") == 1


@pytest.mark.parametrize("role", ["correct", "buggy", "book"])
def test_it_is_drawn_in_the_colour_of_its_role_in_both_themes(role):
    points = Grid().points
    svg = small_picture(fields(points, points, roles=[role])[0]).decode()
    light, dark = svg.split("prefers-color-scheme: dark")
    colour = colours()["arrows"][role]
    assert colour.light in light
    assert colour.dark in dark
