"""What a script draws on: that matplotlib stops where the reader says so."""

import inspect
import itertools

import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.artist import ArtistInspector
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.quiver import Quiver
from mpl_toolkits.mplot3d.axes3d import Axes3D
from unit.script_runs import run_and_draw

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.reading import read

WORDS = vocabulary("drawn_on")

# Axes that are wider than they are high, and arrows that are right.
ARROWS = """
import numpy as np
import matplotlib.pyplot as plt
x, y = np.linspace(-2, 2, 5), np.linspace(-1, 1, 4)
X, Y = np.meshgrid(x, y)
def f(x, y):
    return x**2 + y**2
Z = f(X, Y)
U = (f(X + 1e-4, Y) - f(X - 1e-4, Y)) / 2e-4
V = (f(X, Y + 1e-4) - f(X, Y - 1e-4)) / 2e-4
plt.quiver(X, Y, U, V)
ax = plt.figure().add_subplot(projection="3d")
"""

PLACES = ["X, Y", "x, y", "y, x", "X.T, Y.T", "X.ravel(), Y.ravel()", "X, y"]
HEIGHTS = ["Z", "Z.T", "Z.ravel()", "Z[:-1, :-1]"]


@pytest.mark.parametrize("name", WORDS["of_heights"])
def test_heights_stop_a_script_in_the_reader_where_they_do_in_matplotlib(name):
    for places, heights in itertools.product(PLACES, HEIGHTS):
        text = f"{ARROWS}ax.{name}({places}, {heights})\n"
        is_stopped = False
        try:
            run_and_draw(text)
        except (TypeError, ValueError):
            is_stopped = True
        codes = {finding.code for finding in read(text).findings}
        is_found = bool(codes - {"angles"})  # the axes of the arrows differ in scale
        assert is_found == is_stopped, text


def test_methods_of_axes_are_those_of_no_figure_and_no_array():
    walk = vocabulary("walk")
    own = [*WORDS["methods_of_axes"], *walk["drawing"], *walk["pictures"]]
    assert [name for name in own if not hasattr(Axes3D, name)] == []
    assert [name for name in own if hasattr(Figure, name)] == []
    assert [name for name in own if hasattr(np.ndarray, name)] == []


def test_pyplot_sets_by_another_name_what_axes_set():
    for name in WORDS["set_by_axes"]:
        assert hasattr(pyplot, name)
        assert hasattr(Axes, f"set_{name}")
        assert not hasattr(Axes, name)
        assert not hasattr(Figure, name)
        assert not hasattr(Figure, f"set_{name}")
    settings = [name for name in dir(pyplot) if name.startswith("set_")]
    assert settings == WORDS["set_by_pyplot"]
    for name in WORDS["of_pyplot_alone"]:
        assert hasattr(pyplot, name)
        assert not hasattr(Axes3D, name)


def test_quiver_has_the_arguments_that_are_listed():
    inspector = ArtistInspector(Quiver)
    own = {*inspector.get_setters(), "data"}
    own.update(*inspector.aliasd.values())
    own.update(inspect.signature(Quiver.__init__).parameters)
    own.update(inspect.signature(Axes3D.quiver).parameters)
    own -= {"self", "ax", "args", "kwargs", *"XYZUVW"}
    assert {*WORDS["named_of_quiver"]} == own
