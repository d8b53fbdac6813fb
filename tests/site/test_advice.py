"""Whoever follows the page of symptoms to the letter has a right plot in the end.

The code of each check and each fix is taken from the published page and pasted into scripts as a
reader would. All are run, the wrong ones and the mended ones, in a process that knows nothing of
this project. A check has to tell one from the other, and the arrows of a mended script have to be
the exact gradient.
"""

import numpy as np
import pytest
from reading import text
from reading.scripts import Run, run_all

from tests.site import pasting
from tests.site.advice import Advice
from tests.site.advice_on_lists import (
    DESCENT,
    SUBTRACT,
    error_cases,
    numbers_cases,
)
from tests.site.advice_on_plots import PRODUCT, Case, plot_cases
from tests.site.pasting import script


@pytest.fixture(scope="module")
def advice(built) -> Advice:
    return Advice(built.site)


@pytest.fixture(scope="module")
def cases(advice) -> list[Case]:
    return [*plot_cases(advice), *error_cases(advice)]


@pytest.fixture(scope="module")
def runs(cases, tmp_path_factory) -> dict[str, Run]:
    """Each case as it was and mended, and both with the check."""
    texts = {}
    for case in cases:
        checked = case.check(case.wrong)
        texts[f"{case.name}/wrong"] = case.wrong.text
        texts[f"{case.name}/checked"] = checked.text
        texts[f"{case.name}/mended"] = case.fix(case.wrong).text
        texts[f"{case.name}/mended and checked"] = case.fix(checked).text
    return run_all(texts, tmp_path_factory.mktemp("advice"))


def shows_the_gradient(case: Case, run: Run) -> bool:
    """Whether a script has drawn the exact arrows, and not all out of view."""
    drawn = run["drawn"]
    if drawn is None:
        return False
    left, right, _, _ = drawn["view"]
    x0 = drawn["points"][0]
    exact = case.exact(drawn["points"])
    return (
        exact.shape == drawn["arrows"].shape
        and np.allclose(drawn["arrows"], exact, rtol=1e-6, atol=1e-6, equal_nan=True)
        and bool(((left < x0) & (x0 < right)).any())
    )


def test_each_fix_mends_its_scripts(cases, runs):
    for case in cases:
        assert not shows_the_gradient(case, runs[f"{case.name}/wrong"]), case.name
        mended = runs[f"{case.name}/mended"]
        assert mended["error"] == "", case.name
        assert shows_the_gradient(case, mended), case.name


def test_each_check_tells_wrong_from_right(cases, runs):
    for case in cases:
        if case.is_wrong is None:
            continue
        assert case.is_wrong(runs[f"{case.name}/checked"]), case.name
        assert not case.is_wrong(runs[f"{case.name}/mended and checked"]), case.name


def test_the_list_for_numbers_mends_its_scripts(advice, tmp_path):
    cases = numbers_cases(advice)
    texts = {
        f"{k} {state}": getattr(case, state)
        for k, case in enumerate(cases)
        for state in ("wrong", "right")
    }
    runs = run_all(texts, tmp_path)
    for k, case in enumerate(cases):
        assert not case.is_right(runs[f"{k} wrong"]), case.row
        assert case.is_right(runs[f"{k} right"]), case.row


def test_the_other_messages_of_the_list_are_what_the_libraries_say(advice, tmp_path):
    guard = advice.check("lines")
    guarded = script(PRODUCT[0]).first_in_f(guard).text.partition("if __name__")[0]
    column = "np.array([[3.0], [4.0]])"
    short = guarded.replace(pasting.ROUTINE, pasting.SHORT)
    jacobian = script(
        PRODUCT[0],
        "grad = jacobian(function_2, np.array([X, Y])).df",
        imports="from scipy.differentiate import jacobian",
        axis="np.arange(-2, 2.5, 0.25)",
    ).first_in_f(guard)
    whole = DESCENT.format(
        routine=pasting.ROUTINE, x="np.array([3, 4])", rates="[0.1]", step=SUBTRACT
    )
    stops = {
        "AssertionError: (2, 1)": f"{short}\nnumerical_gradient(function_2, {column})\n",
        "(1,)": f"{guarded}\nnumerical_gradient(function_2, {column})\n",
        "AssertionError: (2, 2, 324)": jacobian.text,
        "AssertionError: (324, 324, 2)": jacobian.change(
            "np.array([X, Y])", "np.array([X, Y]).T"
        ).text,
        "Cannot cast ufunc 'subtract' output": whole,
    }
    for message, run in run_all(stops, tmp_path).items():
        advice.row("error", message)
        assert message in run["error"]


def test_every_row_of_the_lists_is_tried_here(advice, cases):
    tried = {case.name for case in cases}
    for codes, cell in advice.rows("error"):
        told = {f"error: {code}" for code in codes}
        was_tried = any(name.startswith(tuple(told)) for name in tried)
        leads_on = cell.xpath(".//a[@href='#column' or @href='#descent']")
        assert was_tried or leads_on or "SciPy" in text(cell.getparent()), codes
    rows = {case.row for case in numbers_cases(advice)}
    for name in ("numbers", "descent"):
        for first, cell in advice.rows_in_words(name):
            assert first.startswith(tuple(rows)) or cell.xpath(".//a"), first
