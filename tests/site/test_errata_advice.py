"""What the errata print for readers to paste mends a script like the book's.

The lines are read from the published pages and run as they stand there.
"""

import numpy as np
import pytest
from lxml.html import HtmlElement
from reading import page
from reading.scripts import numerical_gradient

H = 1e-4


def lines_to_paste(built, slug: str) -> str:
    """The first block of code below the fix on the page of an erratum."""
    document: HtmlElement = page(built.site / f"errata/{slug}/index.html")
    block, *_ = document.xpath("//h2[@id='the-fix']/following::pre[1]")
    return block.text_content()


# A network whose loss ignores the argument of f


class Net:
    """A network as `ch04/gradient_simplenet.py` has it: its weights are a matrix."""

    def __init__(self):
        self.W = np.array([[0.5, -1.0, 2.0], [1.5, 0.25, -0.75]])

    def loss(self, x, t):
        return np.sum((x @ self.W - t) ** 2)


def entry_by_entry(f, x):
    """A routine that hands f the whole array, and changes one number of it in place."""
    slopes = np.zeros_like(x)
    for where in np.ndindex(x.shape):
        kept = x[where]
        x[where] = kept + H
        ahead = f(x)
        x[where] = kept - H
        slopes[where] = (ahead - f(x)) / (2 * H)
        x[where] = kept
    return slopes


def on_copies(f, x):
    """A routine that leaves the array alone, as SciPy's `approx_fprime` does."""
    return entry_by_entry(lambda moved: f(moved.copy()), x.copy())


@pytest.mark.parametrize("routine", [numerical_gradient, entry_by_entry, on_copies])
def test_the_slopes_of_a_matrix_are_right_whichever_routine_is_called(built, routine):
    net = Net()
    weights = net.W.copy()
    x, t = np.array([0.6, 0.9]), np.array([0, 0, 1])
    names = {"np": np, "net": net, "x": x, "t": t, "numerical_gradient": routine}
    exec(lines_to_paste(built, "ignored-argument"), names)
    exact = 2 * np.outer(x, x @ weights - t)
    np.testing.assert_allclose(names["dW"], exact, atol=1e-6)
    np.testing.assert_array_equal(net.W, weights)


def test_on_a_copy_a_loss_that_ignores_its_argument_has_no_slope():
    net = Net()
    x, t = np.array([0.6, 0.9]), np.array([0, 0, 1])
    assert not on_copies(lambda w: net.loss(x, t), net.W).any()


# Points with too few digits


@pytest.mark.parametrize("kind", ["float16", "float32", "int64"])
def test_points_of_any_type_have_digits_enough_for_the_step(built, kind):
    X, Y = np.array([[-3, 1, 2], [4, 0, 5]], kind)
    names = {"np": np, "X": X, "Y": Y}
    exec(lines_to_paste(built, "low-precision"), names)
    slopes = numerical_gradient(lambda x: np.sum(x**2), names["points"])
    np.testing.assert_allclose(slopes, 2 * np.array([X, Y], float).T, atol=1e-6)


def test_a_grid_of_whole_numbers_has_the_right_slopes(built):
    X, Y = np.array([[-3, 1, 2], [4, 0, 5]])
    names = {"np": np, "X": X, "Y": Y}
    names |= {"f": lambda x: np.sum(x**2), "numerical_gradient": numerical_gradient}
    exec(lines_to_paste(built, "integer"), names)
    np.testing.assert_allclose(names["grad"], 2 * np.array([X, Y]), atol=1e-6)


def test_a_decimal_point_is_enough_for_one_point_and_for_a_grid(built):
    document = page(built.site / "errata/integer/index.html")
    _, one_point, grid = document.xpath("//pre[preceding::h2[1][@id='the-fix']]")
    for block, name in ((one_point, "x"), (grid, "axis")):
        names = {"np": np}
        exec(block.text_content(), names)
        assert names[name].dtype == float
