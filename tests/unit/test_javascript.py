"""The browser's interpreter, static/gradviz.js, means what the Python one means."""

from collections import Counter

import numpy as np
import oracle
import pytest

from gradviz_core import Grid, Layout, measure, parse_spelling
from tests.unit import interpreter, spellings
from tests.unit.cases import SMOOTH
from tests.unit.interpreter import answers, numbers
from tests.unit.test_spelling import check_gradient

POINTS = [(0.75, -1.25), (1.3, 0.4), (-0.6, 1.7), (-1.1, -0.3), (2.0, 1.0)]


def test_the_gradient_is_exact():
    found = answers([{"text": text, "points": POINTS} for text in SMOOTH])
    for text, answer in zip(SMOOTH, found, strict=True):
        pairs = zip(POINTS, answer["gradients"], strict=True)
        exist = [check_gradient(text, point, numbers(pair)) for point, pair in pairs]
        assert sum(exist) >= 2, text


def test_sums_are_rounded_as_numpy_rounds_them():
    texts = [
        "np.sum(x)",
        "np.sum(x**2)",
        "np.mean(x)",
        "np.prod(x)",
        "np.sum(2 * x - x / 3)",
    ]
    random = np.random.default_rng(9)
    sizes = (1, 7, 8, 9, 127, 128, 129, 136, 324, 1000)
    rows = [random.uniform(-2, 2, n).tolist() for n in sizes]
    found = answers([{"text": text, "rows": rows} for text in texts])
    for text, answer in zip(texts, found, strict=True):
        f = parse_spelling(text)
        assert answer["values"] == [float(f(row)) for row in rows], text


def test_a_row_to_the_power_of_a_half_is_its_root_and_a_number_is_not():
    # Of minus infinity the root is nan and the power infinite; of minus zero they differ in sign.
    rows = [[0.0], [0.0, 0.0], [0.0] * 9]
    texts = [
        "np.max((np.log10(x * x))**0.5)",
        "np.max((np.log10(x * x))**(1 / 2))",
        "np.max(1 / (-x)**.5)",
        "np.max(np.log10(x * x)**(x + 0.5))",
        "(np.log10(x[0] * x[0]))**0.5",
        "1 / (-x[0])**.5",
    ]
    seen = Counter()
    found = answers([{"text": text, "rows": rows} for text in texts])
    for text, answer in zip(texts, found, strict=True):
        f = parse_spelling(text)
        expected = [float(f(row)) for row in rows]
        np.testing.assert_array_equal(numbers(answer["values"]), expected, text)
        seen.update(map(str, expected))
    assert set(seen) == {"nan", "inf", "-inf"}


def test_a_random_spelling_means_the_same_or_is_refused_at_the_same_column():
    outcomes = interpreter.check_spellings(range(200))
    assert outcomes["refused"] > 80
    assert outcomes[True] > 400
    assert outcomes["raises"] > 10
    assert outcomes[None] <= 2


def check_any_text(seeds):
    """Any text gives a value or a refusal; count the refusals."""
    texts = [spellings.any_text(seed) for seed in seeds]
    asked = [
        {"text": text, "rows": [[0.5, -0.25]], "points": [[0.0, 0.0]]} for text in texts
    ]
    refused = 0
    for text, answer in zip(texts, answers(asked), strict=True):
        assert "crash" not in answer, (text, answer)
        assert ("column" in answer) != ("values" in answer), (text, answer)
        refused += "column" in answer
    return refused


def test_any_text_gives_a_value_or_a_refusal():
    assert check_any_text(range(200)) > 150


# Measurements


AXES = [
    (-2, 2.5, 0.25),
    (0, 1, 0.3),
    (0, 1, 0.1),
    (1, -1.5, -0.75),
    (0.1, 7, 0.7),
    (2, 3, 1),
]


def test_a_grid_has_the_points_of_arange():
    names = ("start", "stop", "step")
    asked = [{"axis": [dict(zip(names, axis, strict=True))]} for axis in AXES]
    found = answers(asked)
    for axis, answer in zip(AXES, found, strict=True):
        assert np.array_equal(answer["points"], oracle.grid_points(*axis)), axis


def test_an_axis_may_have_a_range_of_its_own():
    x0, x1 = (0.5, 2.5, 0.5), (3, -3, -1.5)
    names = ("start", "stop", "step")
    ranges = [dict(zip(names, numbers, strict=True)) for numbers in (x0, x1)]
    text = "x[0]**2 * x[1] + x[1]"
    grid = {"x0": ranges[0], "x1": ranges[1], "h": 1e-3}
    [answer] = answers([{"text": text, "grid": grid}])
    f, points = parse_spelling(text), Grid(*x0, x1=x1).points
    assert np.array_equal(answer["measured"]["points"], points)
    for layout in Layout:
        python = measure(f, Grid(*x0, x1=x1), layout, step=1e-3)
        found = answer["measured"][layout.value]
        assert found["argument_shape"] == list(python.argument_shape)
        for name in ("calls", "arrows", "nonzero", "wrong", "verdict"):
            assert found[name] == getattr(python, name)
        gradient = answer["measured"]["gradients"][layout.value]
        assert np.array(gradient) == pytest.approx(python.gradient, rel=1e-9)


def test_a_function_of_the_site_is_measured_as_the_oracle_does():
    functions = oracle.functions().values()
    names = ("start", "stop", "step")
    questions = [
        {
            "text": function.spelling,
            "grid": dict(zip(names, function.grid, strict=True)) | {"h": 1e-4},
        }
        for function in functions
    ]
    for function, answer in zip(functions, answers(questions), strict=True):
        measured = answer["measured"]
        assert np.array_equal(measured["points"], function.points)
        for layout in oracle.LAYOUTS:
            expected, found = function.measured(layout), measured[layout]
            where = (function.name, layout)
            for name in ("argument_shape", "calls", "arrows", "verdict"):
                assert found[name] == getattr(expected, name), where
            for name in ("nonzero", "wrong"):
                assert found[name] == getattr(expected, name), where
            for name in ("max_error", "median_length_ratio", "max_angle_deg"):
                close = interpreter.near(getattr(expected, name), rel=1e-6, abs=1e-7)
                assert found[name] == close, (*where, name)


def test_a_random_measurement_is_the_same():
    verdicts, apart = interpreter.check_measurements(range(20_000, 20_040))
    assert verdicts.total() > 50
    assert len(verdicts) >= 5
    assert apart == 0


@pytest.mark.parametrize("script", ["cases.js", "units.js", "notation.js"])
def test_what_python_has_no_part_in_holds_in_the_browser(script):
    done = interpreter.node("--test", script)
    assert done.returncode == 0, done.stdout + done.stderr
