"""Contours join points where f is equal, on the page and in the script that it hands out.

Neither function is symmetric, so one whose arguments were exchanged is seen. The playground
has one grid for both axes, so none is other than square.
"""

import re

import numpy as np
import pytest
from reading.scripts import run_all
from reading.svg import SIDE, read_axes

from tests.browser.playground import ASK, Asked, at_work

ASKED = [
    Asked("", "x[0]**2 + 4 * x[1]", []),
    Asked("", "np.exp(x[0]) - x[1]", [], (-1, 1.1, 0.1)),
]
LEVELS = 10
TAKE = f"""async fragment => {{
  const shown = await ({ASK})(fragment);
  document.querySelector('[name=script]').click();
  return [shown.pictures, document.querySelector('.copy').textContent];
}}"""


@pytest.fixture(scope="module")
def taken(chromium, host, tmp_path_factory):
    """Of each function the pictures of the page, and what the copied script draws."""
    pictures, scripts = [], {}
    with at_work(chromium, host) as page:
        for asked in ASKED:
            shown, script = page.evaluate(TAKE, f"{asked.fragment}&contours=on")
            pictures.append(shown)
            scripts[asked.text] = script
    folder = tmp_path_factory.mktemp("copied")
    runs = run_all(scripts, folder, whole_figures=True)
    return list(zip(ASKED, pictures, runs.values(), strict=True))


def test_every_contour_of_the_page_stays_at_one_of_ten_heights(taken):
    for asked, pictures, _ in taken:
        for picture in pictures.values():
            ends = re.findall(r"[ML](-?\d+),(-?\d+)", picture["contours"])
            places = np.array(ends, dtype=float)
            assert (places.min(axis=0) < 0.05 * SIDE).all(), "they end before the frame"
            assert (places.max(axis=0) > 0.95 * SIDE).all(), "they end before the frame"
            axes = read_axes(picture["lines"], picture["numbers"])
            heights = np.sort([asked.f(point) for point in axes.point(places)])
            apart = np.ptp(heights) / (LEVELS - 1)
            jumps = np.flatnonzero(np.diff(heights) > apart / 2) + 1
            groups = np.split(heights, jumps)
            assert len(groups) == LEVELS, asked
            assert max(map(np.ptp, groups)) < apart / 20, asked


def test_every_contour_of_the_copied_script_stays_at_its_height(taken):
    for asked, _, run in taken:
        assert run["error"] == ""
        for panel in run["panels"]:
            (contours,) = panel["contours"]
            assert len(contours) == LEVELS
            apart = np.ptp([level for level, _ in contours]) / (LEVELS - 1)
            for level, lines in contours:
                assert lines
                for line in lines:
                    heights = np.array([asked.f(point) for point in line])
                    assert np.abs(heights - level).max() < apart / 20, asked
