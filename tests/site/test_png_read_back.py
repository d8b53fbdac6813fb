"""Every PNG shows what the SVG beside it shows, which test_figures_read_back.py reads.

The SVG is painted here with Pillow and held against the PNG. Where they differ by more than
the soft edge of a shape, something else was drawn: such pixels lie scattered where the two
agree, one or two together, and a wrong figure alone makes a heap of twenty.

A picture as the book's script draws it is, to the pixel, what a script of these lines saves.
"""

import warnings

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import oracle

from tests.site.rasterising import fullest_block, painted, pixels, unlike
from tests.site.svg_reading import picture

SIZE = (720, 720)  # 4.8 inches of 150 pixels
FEW = 8  # pixels of a block that may be unlike


def test_a_png_shows_what_the_svg_of_the_same_name_shows(built):
    for name in oracle.functions():
        for ending in ("correct", "buggy"):
            file = built.site / f"figures/{name}-{ending}"
            found = pixels(file.with_suffix(".png"))
            assert found.shape == (*SIZE, 3), f"{file.name}.png has another size"
            expected = painted(picture(file.with_suffix(".svg")), SIZE)
            where, count = fullest_block(unlike(found, expected))
            assert count <= FEW, f"{file.name}.png shows something else around {where}"


def test_as_the_script_draws_it_is_to_the_pixel_what_the_books_script_draws(
    built, tmp_path
):
    for function in oracle.functions().values():
        for role, layout in (("correct", "rows"), ("buggy", "columns")):
            saved = tmp_path / "saved.png"
            run_script(function, layout, saved)
            file = built.site / f"figures/{function.name}-{role}-autoscale.png"
            assert np.array_equal(pixels(file), pixels(saved)), file.name


def run_script(function, layout, path):
    """The lines that draw in the book's script, on matplotlib as it is by default."""
    X, Y = function.points.T
    grad = function.arrows(layout).T
    with matplotlib.rc_context(matplotlib.rcParamsDefault), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # where all arrows are zero
        plt.figure()
        plt.quiver(X, Y, -grad[0], -grad[1], angles="xy", color="#666666")
        if function.grid == oracle.DEFAULT_GRID:
            plt.xlim([-2, 2])
            plt.ylim([-2, 2])
        plt.xlabel("x0")
        plt.ylabel("x1")
        plt.grid()
        plt.savefig(path)
        plt.close()
