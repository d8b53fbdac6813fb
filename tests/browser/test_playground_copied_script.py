"""The script that the playground hands out draws the picture of the page: the arrows of both
fields, their lengths, the dots and the contours, whatever is ticked."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass

import numpy as np
import oracle
import pytest
from playground import ASK, PRODUCT, Asked, at_work
from reading.svg import SIDE, read_arrows, read_axes, read_dots

RECORDER = """
import json, sys
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.contour import ContourSet
from matplotlib.quiver import Quiver

def drawn(axes):
    [quiver] = [each for each in axes.collections if isinstance(each, Quiver)]
    contours = [each for each in axes.collections if isinstance(each, ContourSet)]
    [dots] = axes.lines
    masked = np.broadcast_to(quiver.Umask, quiver.U.shape)
    arrows = np.where(masked, np.nan, [quiver.U, quiver.V]).T
    limits = axes.get_xlim()
    return {
        "title": axes.get_title(),
        "points": np.transpose([quiver.X, quiver.Y]).tolist(),
        "ways": (arrows / quiver.scale).tolist(),
        "dots": dots.get_xydata().tolist(),
        "limits": limits,
        "are_alike": limits == axes.get_ylim(),
        "levels": [each.levels.tolist() for each in contours],
    }

shown = []
def show():
    figure = plt.gcf()
    figure.canvas.draw()  # which chooses a scale that is left open
    axes = sorted(figure.axes, key=lambda each: each.get_position().x0)
    shown.append([drawn(each) for each in axes])
    plt.close("all")

plt.show = show
for script in json.load(sys.stdin):
    exec(compile(script, "copied.py", "exec"), {"__name__": "__main__"})
print(json.dumps(shown))
"""


@dataclass(frozen=True)
class Case:
    """What is asked of the page, and the boxes that are ticked."""

    asked: Asked
    views: tuple[str, ...] = ()

    def __str__(self):
        return " ".join([str(self.asked), *self.views])


def of(text, *views, grid=oracle.DEFAULT_GRID, h=oracle.H):
    return Case(Asked("", text, [], grid, h), views)


CASES = [
    Case(PRODUCT),
    Case(PRODUCT, ("downhill",)),
    Case(PRODUCT, ("autoscale", "downhill", "contours")),
    of("np.sin(x[0]) * x[1] + 50", "contours", grid=(-1.0, 1.6, 0.5), h=0.01),
    of("x[0]**2 - x[1]**2", "downhill", grid=(2, -2.5, -0.5)),
    of("x[0]**2 - x[1]**2", "autoscale", grid=(2, -2.5, -0.5)),
    of("1 / (x[0] * x[1])"),  # a pole where both axes meet
    of("1 / (x[0] * x[1])", "autoscale"),
    of("np.log(x[0]) + x[1]", "autoscale", "contours"),
    of("np.sign(x[0])"),  # a jump, at which a difference is very long
    of("np.sign(x[0]) + x[1]", "downhill"),
    of("np.max(x)", "autoscale", "downhill"),
    of("np.prod(x)"),
    of("np.mean(x**2)", "autoscale", "downhill"),
    of("3", "contours"),
    of("x[0] * x[1]", "contours", grid=(-2, 2, 0.05)),  # of which every second is drawn
]
# The page, and the script that it hands out.
TAKE = f"""async fragment => {{
  const shown = await ({ASK})(fragment);
  document.querySelector('[name=script]').click();
  return [shown.pictures, document.querySelector('.copy').textContent];
}}"""


@pytest.fixture(scope="module")
def drawn(chromium, host, tmp_path_factory):
    """What the page draws of each case, and what its script draws."""
    pictures, scripts = [], []
    with at_work(chromium, host) as page:
        for case in CASES:
            views = "".join(f"&{view}=on" for view in case.views)
            shown, script = page.evaluate(TAKE, case.asked.fragment + views)
            pictures.append(shown)
            scripts.append(script)
    folder = tmp_path_factory.mktemp("copied")
    done = subprocess.run(
        [sys.executable, "-c", RECORDER],
        cwd=folder,
        input=json.dumps(scripts),
        env=os.environ | {"MPLBACKEND": "Agg", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(
        zip(CASES, zip(pictures, json.loads(done.stdout), strict=True), strict=True)
    )


def in_order(places, *others):
    """Places from left to right and from below, and what belongs to each."""
    places = np.array(places, dtype=float).reshape(-1, 2)
    order = np.lexsort((places[:, 0], np.rint(places[:, 1] / 20)))
    return [places[order], *(np.array(each).reshape(-1, 2)[order] for each in others)]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_copied_script_draws_the_arrows_of_the_page(drawn, case):
    pictures, figures = drawn[case]
    for (layout, picture), figure in zip(pictures.items(), figures, strict=True):
        axes = read_axes(picture["lines"], picture["numbers"])
        assert figure["title"] == picture["label"][2:]
        assert figure["are_alike"]
        corners = axes.place(np.array(figure["limits"])[:, None].repeat(2, axis=1))
        np.testing.assert_allclose(corners, [[0, SIDE], [SIDE, 0]], atol=2)

        ways = np.array(figure["ways"]).reshape(-1, 2) * SIDE
        is_drawn = np.isfinite(ways).all(axis=1) & (ways != 0).any(axis=1)
        points = np.array(figure["points"]).reshape(-1, 2)[is_drawn]
        expected_places, expected = in_order(axes.place(points), ways[is_drawn])
        lengths = np.hypot(*expected.T)[:, None]
        expected *= np.minimum(1, 3 * SIDE / np.maximum(lengths, 1e-9))

        places, found = in_order(*read_arrows(picture["arrows"]))
        assert len(found) == len(expected), layout
        np.testing.assert_allclose(places, expected_places, atol=2)
        is_speck = (found == 0).all(axis=1)
        assert np.hypot(*expected[is_speck].T).max(initial=0) < 42
        tolerance = 3 + 0.01 * np.hypot(*expected.T)[:, None]
        assert (np.abs(found - expected) <= tolerance)[~is_speck].all()

        stood = np.array(figure["dots"]).reshape(-1, 2)
        [dots] = in_order(read_dots(picture["dots"]))
        np.testing.assert_allclose(dots, *in_order(axes.place(stood)), atol=2)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_copied_script_has_contours_where_the_page_has_them(drawn, case):
    pictures, figures = drawn[case]
    is_asked = "contours" in case.views
    for picture, figure in zip(pictures.values(), figures, strict=True):
        assert len(figure["levels"]) == is_asked
        if picture["contours"]:
            assert is_asked
            assert len(figure["levels"][0]) == 10


def test_a_copied_script_reads_as_it_is_told_on_the_page(chromium, host):
    with at_work(chromium, host) as page:
        _, plain = page.evaluate(TAKE, PRODUCT.fragment)
        _, ticked = page.evaluate(TAKE, f"{PRODUCT.fragment}&downhill=on&contours=on")
    assert "return x[0] * x[1]" in plain
    assert "contour" not in plain
    assert "{" not in plain.replace('"{x:.9g}"', "").replace("update({", "")
    assert "-right" in ticked
    assert "-wrong" in ticked
    assert ticked.count("axes.contour(") == 1
