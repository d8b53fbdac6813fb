"""The atlas of layouts in the tutorial: what each call takes, by the libraries themselves."""

import re
from importlib.metadata import version

import autograd
import jax
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from project import ROOT
from scipy.differentiate import jacobian
from scipy.spatial import cKDTree
from scipy.stats import gaussian_kde

import gradviz_core
from gradviz_core.book import numerical_gradient

FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
AXIS = np.arange(-2, 2.5, 0.25)
X, Y = (axis.ravel() for axis in np.meshgrid(AXIS, AXIS))
POINTS = np.column_stack((X, Y))


def text(name):
    (path,) = (ROOT / "content/tutorial").glob(f"??-{name}.md")
    return path.read_text(encoding="utf-8")


def code(markdown, kind):
    return [block for found, block in FENCE.findall(markdown) if found == kind]


def product(x):
    return x[0] * x[1]


# The atlas. Each call is handed the points one per row, then one coordinate per row, and says in
# which of the two it has found 324 points in a plane.


def right_gradient(found, array):
    found = found if found.shape == POINTS.shape else found.T
    return found.shape == POINTS.shape and np.allclose(
        found, POINTS[:, ::-1], atol=1e-3
    )


def by_grad(array):
    return np.array([autograd.grad(product)(x) for x in array])


def by_quiver(array):
    axes = Figure().add_subplot()
    x, y = array  # as quiver(*array, …) would name them
    return axes.quiver(x, y, x, y).XY.shape == POINTS.shape


ATLAS = {
    "The book, `numerical_gradient`": lambda A: right_gradient(
        numerical_gradient(product, A), A
    ),
    "This site, `gradient`": lambda A: right_gradient(
        gradviz_core.gradient(product, A), A
    ),
    "NumPy, `histogramdd`": lambda A: np.histogramdd(A, bins=3)[0].shape == (3, 3),
    "matplotlib, `Polygon`": lambda A: Polygon(A).get_xy().shape == (325, 2),
    "SciPy, `cKDTree`": lambda A: (cKDTree(A).n, cKDTree(A).m) == (324, 2),
    "JAX, `vmap(grad(f))`": lambda A: right_gradient(
        np.array(jax.vmap(jax.grad(product))(A)), A
    ),
    "autograd, `grad(f)`": lambda A: right_gradient(by_grad(A), A),
    "NumPy, `cov`": lambda A: np.cov(A).shape == (2, 2),
    "matplotlib, `quiver`": by_quiver,
    "SciPy, `jacobian`": lambda A: right_gradient(jacobian(product, A).df, A),
    "SciPy, `gaussian_kde`": lambda A: (
        (gaussian_kde(A).d, gaussian_kde(A).n) == (2, 324)
    ),
}
# These take no points, but hand them out; they are asked for the shape of five.
HANDED_OUT = {
    "NumPy, `multivariate_normal`": lambda: np.random.default_rng(
        1
    ).multivariate_normal([0, 0], np.eye(2), size=5),
    "NumPy, `argwhere`": lambda: np.argwhere(np.eye(5)),
    "NumPy, `nonzero`": lambda: np.array(np.nonzero(np.eye(5))),
    "NumPy, `meshgrid`": lambda: np.array(np.meshgrid(range(5), 1)).reshape(2, -1),
}


# We have read the manual of this one, and not run it.
READ = ["scikit-learn, `fit`"]


def atlas():
    """What one row is to each call, as the table says."""
    rows = re.findall(
        r"^\|([^|\n]*)\|([^|\n]*)\|([^|\n]*)\|$", text("two-layouts"), re.M
    )
    (_, *heads), _, *lines = [[cell.strip() for cell in row] for row in rows]
    assert heads == ["One row is one point", "One row is one coordinate"]
    return {
        f"{library.strip()}, {call}": head.removeprefix("One row is ")
        for library, *cells in lines
        for head, cell in zip(heads, cells, strict=True)
        for call in re.findall(r"`[^`]+`", cell)
    }


def accepts(call, array):
    try:
        return bool(call(array.copy()))
    except (ValueError, TypeError):
        return False


@pytest.mark.parametrize("name", ATLAS)
def test_a_line_of_the_atlas_is_what_the_call_takes(name):
    rows, columns = (accepts(ATLAS[name], array) for array in (POINTS, POINTS.T))
    assert (rows, columns) in {(True, False), (False, True)}
    assert atlas()[name] == ("one point" if rows else "one coordinate")


@pytest.mark.parametrize("name", HANDED_OUT)
def test_a_line_of_the_atlas_is_what_the_call_hands_out(name):
    shape = HANDED_OUT[name]().shape
    assert shape in {(5, 2), (2, 5)}
    assert atlas()[name] == ("one point" if shape == (5, 2) else "one coordinate")


def test_every_call_of_the_atlas_is_run_but_the_one_that_it_names():
    assert sorted(atlas()) == sorted([*ATLAS, *HANDED_OUT, *READ])
    assert list(atlas())[-1:] == READ
    assert "every call in this table except the last" in text("two-layouts")


def test_the_versions_of_the_atlas_are_those_that_ran():
    pins = re.findall(r"`([a-z]+)==([\d.]+)`", text("two-layouts"))
    names = ["numpy", "matplotlib", "scipy", "jax", "autograd"]
    assert pins == [(name, version(name)) for name in names]
