"""The registry: its gradients are right by oracles of their own, its names stay."""

import numpy as np
import oracle
import pytest

from gradviz_core import FUNCTIONS, Grid, parse_spelling
from tests.unit.spellings import UndecidedError, exact_gradient

EACH = pytest.mark.parametrize("name", FUNCTIONS)


def finite_truth(name):
    """The exact gradient on the grid, and where it is finite."""
    function = FUNCTIONS[name]
    truth = parse_spelling(function.spelling).gradient(function.grid.points)
    return truth, np.isfinite(truth).all(axis=1)


@EACH
def test_a_record_is_that_of_the_file(name):
    function = FUNCTIONS[name]
    expected = oracle.functions()[name]
    for field in ("name", "title", "spelling", "note", "verdict"):
        assert getattr(function, field) == getattr(expected, field)
    assert list(function.gradient) == expected.gradient
    assert function.grid == Grid(*expected.grid)


def test_the_functions_stand_in_the_order_of_the_file():
    assert list(FUNCTIONS) == list(oracle.functions())


@EACH
def test_the_gradient_given_is_the_exact_derivative(name):
    truth, finite = finite_truth(name)
    stated = oracle.functions()[name].truth
    assert finite.sum() > 200
    scale = np.abs(truth[finite]).max()
    np.testing.assert_allclose(
        stated[finite], truth[finite], rtol=0, atol=1e-12 * scale
    )


def check_with_long_arithmetic(name, every):
    """Compare with sixty digits at some of the points; count those that decide."""
    truth, finite = finite_truth(name)
    function = FUNCTIONS[name]
    scale = np.abs(truth[finite]).max()
    decided = 0
    for k in np.flatnonzero(finite)[::every]:
        try:
            exact, _ = exact_gradient(function.spelling, function.grid.points[k])
        except UndecidedError:  # a value is too near a kink for the oracle
            continue
        np.testing.assert_allclose(
            truth[k], np.array(exact, float), rtol=0, atol=1e-12 * scale
        )
        decided += 1
    return decided


@EACH
def test_the_exact_derivative_agrees_with_long_arithmetic(name):
    assert check_with_long_arithmetic(name, every=43) >= 2


def test_every_verdict_but_raises_has_an_example():
    found = {
        function.measured("columns").verdict for function in oracle.functions().values()
    }
    assert found == {"hidden", "blank", "sparse", "scaled", "plausible"}


@pytest.mark.parametrize("field", ["title", "spelling", "note"])
def test_no_two_functions_share_a_title_a_spelling_or_a_note(field):
    values = [getattr(function, field) for function in FUNCTIONS.values()]
    assert len(set(values)) == len(values)


@EACH
def test_a_note_is_a_sentence_without_numbers(name):
    note = FUNCTIONS[name].note
    assert note.endswith(".")
    assert not any(character.isdigit() for character in note)


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("sum_of_squares", "np.sum(x**2)"),
        ("sum_of_squares_indexed", "x[0]**2 + x[1]**2"),
        ("product", "x[0] * x[1]"),
        ("sine_of_product", "np.sin(x[0] * x[1])"),
    ],
)
def test_the_names_others_rely_on(name, spelling):
    assert FUNCTIONS[name].spelling == spelling
    assert FUNCTIONS[name].grid == Grid()


@EACH
def test_a_record_has_the_fields_that_importers_rely_on(name):
    record = FUNCTIONS[name]
    texts = [record.name, record.title, record.tex, record.spelling, record.note]
    assert all(isinstance(text, str) and text for text in texts)
    assert len(record.gradient) == 2
    assert len(record.grid.points) > 0
