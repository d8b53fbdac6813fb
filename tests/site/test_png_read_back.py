"""A PNG as the book's script draws it is, to the pixel, what a script of these lines saves."""

import warnings

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import oracle

from tests.site.pixels import pixels


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
