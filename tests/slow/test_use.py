"""The page "Use it in your code": its examples run, and its claims are what the libraries do."""

import doctest
import os
import re
import shlex
import subprocess
import sys
import tomllib
import types

import autograd
import autograd.numpy
import jax
import numpy as np
import pytest
from project import ROOT
from scipy.differentiate import jacobian
from scipy.stats import gaussian_kde

import gradviz_core
from gradviz_core.book import numerical_gradient

PAGE = (ROOT / "content" / "use.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
PREAMBLE, *REST = PAGE.split("\n## ")
SECTIONS = {section.partition(" {:")[0]: section for section in REST}
AXIS = np.arange(-2, 2.5, 0.25)
POINTS = np.array([(x0, x1) for x1 in AXIS for x0 in AXIS])
EXACT = POINTS[:, ::-1]  # the gradient of x0 x1 is (x1, x0)
COLUMNS = POINTS.T.copy()


def fences(section, language="python"):
    return [code for kind, code in FENCE.findall(section) if kind == language]


def states(title):
    """The namespace after each fence of a section, run in order after those of the preamble."""
    namespace = {}
    for code in fences(PREAMBLE):
        exec(code, namespace)
    found = []
    for code in fences(SECTIONS[title]):
        exec(code, namespace)
        found.append(dict(namespace))
    return found


def product(x):
    return x[0] * x[1]


def product_of_rows(x):
    return x[..., 0] * x[..., 1]


@pytest.fixture(autouse=True)
def jax_precision():
    """The page's line with x64 holds for a whole process; give the next test JAX as it comes."""
    yield
    jax.config.update("jax_enable_x64", False)


@pytest.fixture(autouse=True)
def folder_of_the_book(monkeypatch):
    """In the folder of the book's code, a script has the routine at hand."""
    module = types.ModuleType("gradient_2d")
    module.numerical_gradient = numerical_gradient
    monkeypatch.setitem(sys.modules, "gradient_2d", module)


@pytest.fixture
def x64():
    jax.config.update("jax_enable_x64", True)


def pasted():
    return states("A routine to paste")[0]["gradient"]


def by_grad(f, array):
    return np.array([autograd.grad(f)(x) for x in array])


def test_every_example_is_run():
    run = {title for title, section in SECTIONS.items() if fences(section)}
    assert run == {
        "The fix, in two lines", "A guard, in one line", "A routine to import",
        "A routine to paste", "SciPy", "JAX", "autograd", "Measure a function of your own",
    }  # fmt: skip
    assert {kind for kind, _ in FENCE.findall(PAGE)} == {"python", "pycon", "sh"}


def test_the_page_runs_from_top_to_bottom():
    namespace = {}
    parser, runner = (
        doctest.DocTestParser(),
        doctest.DocTestRunner(optionflags=doctest.ELLIPSIS),
    )
    for kind, code in FENCE.findall(PAGE):
        if kind == "python":
            exec(code, namespace)
        elif kind == "pycon":
            session = parser.get_doctest(code, namespace, "use.md", None, None)
            assert runner.run(session, clear_globs=False).failed == 0
            namespace = session.globs
    np.testing.assert_array_equal(namespace["points"], POINTS)
    np.testing.assert_array_equal(namespace["arrows"], EXACT)


def test_the_points_are_those_of_the_books_script():
    *_, state = states("The fix, in two lines")
    np.testing.assert_array_equal(state["points"], POINTS)
    np.testing.assert_array_equal([state["X"], state["Y"]], COLUMNS)


def test_the_fix_gives_one_row_for_each_coordinate():
    *_, state = states("The fix, in two lines")
    np.testing.assert_allclose(state["grad"], EXACT.T, atol=1e-10)


def test_the_guard_stops_the_call_without_T_and_shows_the_shape():
    (state,) = states("A guard, in one line")
    np.testing.assert_allclose(
        numerical_gradient(state["f"], POINTS.copy()), EXACT, atol=1e-10
    )
    with pytest.raises(AssertionError, match=re.escape("(324,)")):
        numerical_gradient(state["f"], COLUMNS.copy())
    assert "here `(324,)`" in SECTIONS["A guard, in one line"]
    numerical_gradient(
        state["f"], COLUMNS[:, :2].copy()
    )  # two points: nothing to be seen


def test_pip_installs_what_the_page_says():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    metadata = project["project"]
    words = " ".join(PAGE.split())
    assert [re.match(r"\w+", it)[0] for it in metadata["dependencies"]] == ["numpy"]
    assert "no package but NumPy" in words
    assert metadata["requires-python"] == ">=3.11"
    assert "Python `3.11` or later" in words
    (matplotlib,) = metadata["optional-dependencies"]["draw"]
    assert matplotlib.startswith("matplotlib")
    assert (
        'That needs matplotlib. If you do not have it, type `pip install ".[draw]"`'
        in words
    )


class TestPasted:
    def test_gives_the_gradient(self):
        (state,) = states("A routine to paste")
        np.testing.assert_allclose(state["arrows"], EXACT, atol=1e-10)

    def test_is_short(self):
        code = fences(SECTIONS["A routine to paste"])[0].partition("\n\n\n")[0]
        assert len(code.splitlines()) <= 12

    @pytest.mark.parametrize(
        "shape", [(2, 1), (2, 3), (2, 324), (2,), (3, 3), (2, 2, 2), ()]
    )
    def test_refuses_what_is_not_one_point_per_row(self, shape):
        with pytest.raises(
            ValueError, match=re.escape(f"one point per row, (n, 2), not {shape}")
        ):
            pasted()(product, np.ones(shape))

    @pytest.mark.parametrize(
        "kind", [list, np.int64, np.uint8, np.float16, np.float32, object]
    )
    def test_computes_in_floating_point_whatever_is_passed(self, kind):
        def f(x):
            assert x.dtype == np.float64
            return x[0] * x[1]

        whole = [[3, 4], [5, 6], [7, 8]]
        given = whole if kind is list else np.array(whole, dtype=kind)
        result = pasted()(f, given)
        assert result.dtype == np.float64
        np.testing.assert_allclose(result, np.array(whole)[:, ::-1], atol=1e-9)

    def test_never_writes_to_the_callers_array(self):
        def f(x):
            value = x[0] * x[1]
            x[:] = np.nan
            return value

        points = POINTS.copy()
        np.testing.assert_allclose(pasted()(f, points), EXACT, atol=1e-10)
        np.testing.assert_array_equal(points, POINTS)
        points.flags.writeable = False
        pasted()(product, points)

    def test_has_a_step_without_rounding_on_a_grid_and_none_far_out(self):
        (h,) = pasted().__defaults__
        assert ((POINTS + h) - POINTS == h).all()
        assert ((POINTS - h) - POINTS == -h).all()
        assert 1e11 + h == 1e11
        assert gradviz_core.gradient(product, [[1e11, 1.0]])[0, 0] == 1.0


class TestSciPy:
    def test_coordinates_first_is_right(self):
        (state,) = states("SciPy")
        np.testing.assert_allclose(state["grad"], EXACT.T, atol=1e-10)

    def test_the_guard_stops_the_other_layout(self):
        (state,) = states("SciPy")
        with pytest.raises(AssertionError):
            jacobian(state["f"], POINTS)

    def test_a_sum_needs_its_axis(self):
        right = jacobian(lambda x: np.sum(x**2, axis=0), COLUMNS).df
        np.testing.assert_allclose(right, 2 * COLUMNS, atol=1e-9)
        with pytest.raises(ValueError, match="shape of the array returned"):
            jacobian(lambda x: np.sum(x**2), COLUMNS)

    def test_beside_another_term_a_sum_without_its_axis_is_silently_wrong(self):
        found = jacobian(lambda x: np.sum(x**2) + product(x), COLUMNS).df
        assert (np.abs(found - 2 * COLUMNS - EXACT.T).max(axis=0) > 0.1).mean() > 0.9

    def test_the_other_layout_gives_arrows_at_the_first_two_points(self):
        found = jacobian(product, POINTS).df
        book = numerical_gradient(product, COLUMNS.copy()).T
        np.testing.assert_allclose(found, book, atol=1e-10)
        assert (np.abs(found[:2]) > 1).all()
        assert np.abs(found[2:]).max() < 1e-10


class TestJAX:
    def test_points_first_is_exact(self):
        first, second = states("JAX")
        assert first["arrows"].dtype == np.float64
        np.testing.assert_array_equal(first["arrows"], EXACT)
        np.testing.assert_array_equal(second["grad"], EXACT.T)

    def test_the_guard_stops_the_other_layout(self):
        with pytest.raises(AssertionError, match="324"):
            jax.vmap(jax.grad(states("JAX")[0]["f"]))(COLUMNS)

    def test_without_x64_the_points_are_rounded_to_single_precision(self):
        found = jax.vmap(jax.grad(product))(POINTS + 0.1)
        assert found.dtype == np.float32
        np.testing.assert_array_equal(found, np.float32(EXACT + 0.1))

    @pytest.mark.usefixtures("x64")
    def test_the_other_layout_gives_the_books_numbers(self):
        found = jax.vmap(jax.grad(product))(COLUMNS)
        book = numerical_gradient(product, COLUMNS.copy())
        np.testing.assert_allclose(found, book, atol=1e-10)

    def test_f_needs_the_functions_of_jax(self):
        with pytest.raises(jax.errors.TracerArrayConversionError):
            jax.grad(lambda x: np.sin(x[0]))(POINTS[0])
        assert jax.grad(lambda x: jax.numpy.sin(x[0]))(np.zeros(2)).tolist() == [
            1.0,
            0.0,
        ]

    def test_whole_numbers_are_refused(self):
        with pytest.raises(TypeError, match="int"):
            jax.vmap(jax.grad(product))(np.array([[3, 4], [5, 6]]))


class TestAutograd:
    def test_both_ways_are_exact(self):
        first, second = states("autograd")
        np.testing.assert_array_equal(first["arrows"], EXACT)
        np.testing.assert_array_equal(second["arrows"], EXACT)

    def test_the_guards_stop_the_other_layout(self):
        first, second = states("autograd")
        with pytest.raises(AssertionError, match="324"):
            by_grad(first["f"], COLUMNS)
        with pytest.raises(AssertionError, match="324"):
            autograd.elementwise_grad(second["f"])(COLUMNS)

    def test_f_may_use_the_functions_of_autograd(self):
        assert autograd.grad(lambda x: autograd.numpy.sin(x[0]))(
            np.zeros(2)
        ).tolist() == [1, 0]

    def test_whole_numbers_are_refused(self):
        with pytest.raises(TypeError, match="int64"):
            autograd.grad(product)(np.array([3, 4]))

    def test_elementwise_grad_of_an_f_that_mixes_points_is_zero_without_a_word(self):
        def centred(x):
            values = x[..., 0] * x[..., 1]
            return values - autograd.numpy.mean(values)

        found = autograd.elementwise_grad(centred)(POINTS)
        np.testing.assert_allclose(found, 0, atol=1e-12)


# For each line of the table: the call, and its f. The last two have none: they describe the points,
# and are right when they find two coordinates.
CALLS = {
    "the book's `numerical_gradient`": (lambda f, A: numerical_gradient(f, A.copy()), product),
    "`gradient`, to import": (gradviz_core.gradient, product),
    "`gradient`, to paste": (lambda f, A: pasted()(f, A), product),
    "JAX, `vmap(grad(f))`": (lambda f, A: np.asarray(jax.vmap(jax.grad(f))(A)), product),
    "autograd, `grad(f)` of each row": (by_grad, product),
    "autograd, `elementwise_grad`, `x[..., 0]`": (
        lambda f, A: autograd.elementwise_grad(f)(A), product_of_rows,
    ),
    "autograd, `elementwise_grad`, `x[0]`": (
        lambda f, A: autograd.elementwise_grad(f)(A), product,
    ),
    "SciPy, `jacobian`": (lambda f, A: jacobian(f, A).df, product),
    "SciPy, `gaussian_kde`": (lambda _, A: gaussian_kde(A).covariance, None),
    "NumPy, `np.cov`": (lambda _, A: np.cov(A), None),
}  # fmt: skip


def table():
    lines = re.findall(r"^\| (.*) \| (.*) \| (.*) \|$", PAGE, re.MULTILINE)
    return {call: (row, other) for call, row, other in lines[1:]}


def outcome(call, f, array):
    """What the page would say of this call on this array."""
    try:
        result = call(f, array)
    except (ValueError, TypeError) as error:
        return f"raises `{type(error).__name__}`"
    if f is None:
        return "right" if result.shape == (2, 2) else "gives another shape"
    assert result.shape == array.shape
    points_by_row = result if result.shape == POINTS.shape else result.T
    return "right" if np.allclose(points_by_row, EXACT, atol=1e-9) else "silently wrong"


@pytest.mark.usefixtures("x64")
@pytest.mark.parametrize("name", CALLS)
def test_a_line_of_the_table_is_what_the_call_does(name):
    call, f = CALLS[name]
    points, coordinates = outcome(call, f, POINTS), outcome(call, f, COLUMNS)
    assert [points, coordinates].count("right") == 1
    found = (
        ("one point", coordinates) if points == "right" else ("one coordinate", points)
    )
    assert table()[name] == found


def test_the_table_has_these_lines_and_no_others():
    assert list(table()) == list(CALLS)


@pytest.mark.usefixtures("x64")
@pytest.mark.parametrize(
    "name", [name for name, (_, other) in table().items() if "wrong" in other]
)
def test_a_sum_of_squares_comes_out_right_in_every_line_that_is_silently_wrong(name):
    call, f = CALLS[name]
    axis = -1 if f is product_of_rows else 0
    for array in (POINTS, COLUMNS):
        result = call(lambda x: (x**2).sum(axis=axis), array)
        np.testing.assert_allclose(result, 2 * array, atol=1e-8)


@pytest.mark.parametrize("line", fences(PAGE, "sh")[0].splitlines())
def test_the_command_lines_run(tmp_path, line):
    python, *arguments = shlex.split(line)
    assert python == "python"
    done = subprocess.run(
        [sys.executable, *arguments], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)},
        text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "sparse" in done.stdout
    drawn = [
        argument.partition("=")[2] for argument in arguments if "--out=" in argument
    ]
    assert [path.name for path in tmp_path.iterdir()] == drawn
