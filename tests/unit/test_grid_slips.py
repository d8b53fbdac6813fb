"""What stands over a grid: each mend draws every number at its point.

The cases are those of tests/cases/scripts.txt; which findings they have, test_scripts.py asks.
"""

import numpy as np
import pytest
from unit import script_readers
from unit.script_cases import CASES, RIGHT, UNREAD
from unit.script_runs import ARROWS, mended, run

HEIGHTS = "X**2 + 3*X*Y - 2*Y"


def height_at(x, y):
    return x**2 + 3 * x * y - 2 * y


def all_mended(text):
    return mended(text, script_readers.said_by_python(text))


def can_be_mended(name):
    _, expected = CASES[name]
    return all(each.fix for each in expected)


def is_runnable(text):
    return not any(
        unknown in text for unknown in ("spacing)", "spacings)", "points,", "height,")
    )


# Arrows of np.gradient


def are_the_slopes(text):
    """Whether the arrows inside of the grid are those of the exact gradient, or its opposite."""
    [(x, y, u, v)] = run(text).arrows
    if x.ndim == 1:
        x, y = np.meshgrid(x, y)
    inside = np.s_[1:-1, 1:-1]
    exact = (2 * x + 3 * y)[inside], (3 * x - 2)[inside]
    signed = np.sign(np.sum(u[inside] * exact[0]))
    slopes = signed * u[inside], signed * v[inside]
    return np.allclose(slopes, exact)


WITH_ARROWS = {name: text for name, (text, _) in CASES.items() if HEIGHTS in text}
WITH_ARROWS = {
    name: text
    for name, text in WITH_ARROWS.items()
    if any(f"plt.{arrows}" in text for arrows in ARROWS) and can_be_mended(name)
}


@pytest.mark.parametrize("name", WITH_ARROWS)
def test_a_mended_call_of_np_gradient_draws_the_exact_gradient(name):
    text = all_mended(WITH_ARROWS[name])
    if "/ 2" in text or not is_runnable(text):
        pytest.skip("it shows how a mend is written")
    assert are_the_slopes(text)


RIGHT_ARROWS = [
    name
    for name, text in RIGHT.items()
    if HEIGHTS in text and any(f"plt.{arrows}" in text for arrows in ARROWS)
    if not UNREAD[name] and "0.1*" not in text
]


@pytest.mark.parametrize("name", RIGHT_ARROWS)
def test_np_gradient_is_right_where_nothing_is_said(name):
    assert are_the_slopes(RIGHT[name])


# Pictures


def is_upright(text):
    """Whether each picture shows every height where it belongs, to the right and upwards."""
    outcome = run(text)
    names = outcome.names
    shown = []
    for arguments in outcome.pictures:
        places = arguments[:2] if len(arguments) > 2 else ()
        array = arguments[len(places)]
        if "H" in names:
            exact = np.histogram2d(names["x"], names["y"], bins=20)[0].T
            shown.append(np.allclose(array / array.sum(), exact / exact.sum()))
            continue
        x, y = places or (names["x"], names["y"])
        if x.ndim == 1:
            x, y = np.meshgrid(x, y)
        shown.append(np.allclose(array, height_at(x, y)))
    return all(shown)


def test_a_mended_picture_shows_each_height_where_it_belongs():
    tried = 0
    for name, (text, expected) in CASES.items():
        is_of_picture = any(each.code == "image-axes" for each in expected)
        is_of_grid = HEIGHTS in text and "def " not in text and "where" not in text
        is_of_histogram = "y = np.arange(500)" in text and "plt.imshow" not in text
        if is_of_picture and can_be_mended(name) and (is_of_grid or is_of_histogram):
            assert not is_upright(text), name
            assert is_upright(all_mended(text)), name
            tried += 1
    assert tried > 4
