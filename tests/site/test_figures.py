"""Every picture shows what it has to show, on axes that say where, in colours that say what.

Pictures of functions and of pages alike; `drawings.py` says what each has to show. What is
special to lines over one x stands in `test_drawn.py`.
"""

import re
import warnings

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import oracle
import pytest
from oracle import ROOT
from reading.colours import BY_DAY, BY_NIGHT
from reading.fields import assert_shows
from reading.svg import SVG, contrast, pixels

from tests.site.drawings import Drawing, curves_drawn, fields_drawn

LARGEST_TEXT = 17.15  # pixels: that of a page, and a little for the rounded sizes


@pytest.fixture(scope="module")
def fields(built) -> list[Drawing]:
    """All pictures of arrows."""
    return fields_drawn(built.site)


@pytest.fixture(scope="module")
def drawings(built) -> list[Drawing]:
    """All pictures, of arrows and of lines."""
    return [*fields_drawn(built.site), *curves_drawn(built.site)]


def in_the_look_of_the_site(drawings: list[Drawing]) -> list[Drawing]:
    return [drawing for drawing in drawings if not drawing.is_as_the_script_draws]


def as_the_script_draws(drawings: list[Drawing]) -> list[Drawing]:
    return [drawing for drawing in drawings if drawing.is_as_the_script_draws]


# The arrows


def test_every_arrow_stands_at_its_point_with_its_direction_and_length(fields):
    """And every arrow of length zero is a dot at its point."""
    for drawing in fields:
        assert_shows(drawing.panel, drawing.field, drawing.file)


def test_a_dot_is_wider_than_a_shaft_and_much_smaller_than_a_step(fields):
    for drawing in fields:
        for dot in drawing.panel.of("dots")[:1]:
            width, height = np.ptp(dot.outlines[0], axis=0)
            assert width == pytest.approx(height, abs=0.1), drawing.file
            assert 2 < width < 5, drawing.file


def test_a_picture_of_arrows_holds_its_axes_and_its_field_and_no_other_shapes(fields):
    for drawing in fields:
        panel = drawing.panel
        ticks = len(panel.across.ticks) + len(panel.up.ticks)
        grounds, sides = 2, 4
        expected = grounds + 2 * ticks + len(drawing.content) + sides
        assert len(drawing.picture.shapes) == expected, drawing.file
        has_arrows = bool(drawing.field.is_arrow.any())
        assert len(panel.of("arrows")) == has_arrows, drawing.file


def test_a_png_as_the_script_draws_it_is_to_the_pixel_what_that_saves(built, tmp_path):
    """Of a function of each verdict, on the grid of the book and on its own; tests/slow draws all."""
    tried = {
        (f.verdict, f.grid == oracle.DEFAULT_GRID): f
        for f in oracle.functions().values()
    }
    assert len(tried) > 6
    assert_drawn_by_the_script(tried.values(), built.site, tmp_path)


def test_every_png_as_the_script_draws_it_has_ink_where_its_arrows_are(fields, built):
    for drawing in as_the_script_draws(fields):
        file = built.site / drawing.file.replace(".svg", ".png")
        if not file.exists():  # pictures of a page have none
            continue
        tails, tips = (
            drawing.panel.arrows[:, [0, 6]].mean(axis=1),
            drawing.panel.arrows[:, 3],
        )
        middles = (tails + tips) / 2
        is_long = np.hypot(*(tips - tails).T) > 8
        panel = drawing.panel
        frame = np.array([[panel.left, panel.top], [panel.right, panel.bottom]])
        is_within = ((frame[0] + 2 < middles) & (middles < frame[1] - 2)).all(axis=1)
        shown = pixels(file).mean(axis=-1)
        scale = shown.shape[1] / drawing.picture.width
        across, down = np.rint(middles[is_long & is_within] * scale).astype(int).T
        around = [shown[down + k, across + m] for k in (-1, 0, 1) for m in (-1, 0, 1)]
        is_dark = (
            np.min(around, axis=0) < 150
        )  # an arrow, and not only a line of the grid
        # Lines of the grid, which lie above, hide some arrows that run along them.
        assert is_dark.all() or is_dark.mean() > 0.9, drawing.file


def assert_drawn_by_the_script(functions, site, tmp_path):
    for function in functions:
        for role, layout in (("correct", "rows"), ("buggy", "columns")):
            saved = tmp_path / "saved.png"
            run_script(function, layout, saved)
            file = site / f"figures/{function.name}-{role}-autoscale.png"
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


def test_the_readme_shows_each_picture_below_its_own_head():
    """That these are pictures of the site, `test_files.py` holds."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    (row,) = (
        n for n, line in enumerate(lines) if line.startswith("|") and "(docs/" in line
    )
    heads = [head.strip() for head in lines[row - 2].strip("|").split("|")]
    files = re.findall(r"\(docs/([\w.-]+)\)", lines[row])
    expected = {
        "with both `.T`": "product-correct-autoscale.svg",
        "without `.T`": "product-buggy-autoscale.svg",
    }
    assert dict(zip(heads, files, strict=True)) == expected


# The axes


def test_the_axes_of_a_field_end_where_they_should(fields):
    for drawing in fields:
        panel = drawing.panel
        across = panel.across.value(panel.left), panel.across.value(panel.right)
        up = panel.up.value(panel.bottom), panel.up.value(panel.top)
        for name, found, limits in zip(
            ("x0", "x1"), (across, up), drawing.field.limits, strict=True
        ):
            near = (limits[1] - limits[0]) / 1000
            assert found == pytest.approx(limits, abs=near), f"{name} in {drawing.file}"


def test_the_numbers_along_an_axis_grow_evenly_to_the_right_and_upwards(drawings):
    for drawing in drawings:
        for axis, is_forward in ((drawing.panel.across, 1), (drawing.panel.up, -1)):
            assert len(axis.labelled) >= 3, drawing.file
            slope, start = axis.line
            assert slope * is_forward > 0, f"{drawing.file} counts backwards"
            expected = start + slope * axis.numbers
            np.testing.assert_allclose(
                axis.places, expected, atol=0.02, err_msg=drawing.file
            )


def test_the_numbers_of_a_field_go_up_by_round_steps_all_along_the_axis(fields):
    for drawing in fields:
        round_steps = {1, 2, 5} | ({2.5} if drawing.is_as_the_script_draws else set())
        axes = drawing.panel.across, drawing.panel.up
        for axis, (low, high) in zip(axes, drawing.field.limits, strict=True):
            assert len(axis.labelled) == len(axis.ticks), drawing.file
            steps = np.diff(axis.numbers)
            np.testing.assert_allclose(steps, steps[0], err_msg=drawing.file)
            digits, _, power = f"{steps[0]:.5e}".partition("e")
            assert float(digits) in round_steps, f"{digits}e{power}: {drawing.file}"
            assert low <= axis.numbers[0] < low + steps[0], drawing.file
            assert high - steps[0] < axis.numbers[-1] <= high, drawing.file


def test_x0_is_named_below_and_x1_at_the_left(fields):
    """As the book's script has it, in every picture."""
    for drawing in fields:
        panel = drawing.panel
        middle = (panel.left + panel.right) / 2, (panel.top + panel.bottom) / 2
        (x0,) = panel.across.names
        assert (x0.words, x0.degrees, x0.anchor) == ("x0", 0, "middle"), drawing.file
        assert x0.x == pytest.approx(middle[0], abs=1), drawing.file
        assert panel.bottom < x0.y < drawing.picture.height, drawing.file
        (x1,) = panel.up.names
        assert (x1.words, x1.degrees, x1.anchor) == ("x1", -90, "middle")
        assert x1.y == pytest.approx(middle[1], abs=1), drawing.file
        assert 0 < x1.x < panel.left, drawing.file


def test_every_number_stands_beside_its_mark_and_within_the_picture(drawings):
    for drawing in drawings:
        panel = drawing.panel
        for tick in panel.across.labelled:
            assert tick.text.anchor == "middle", drawing.file
            assert tick.text.x == pytest.approx(tick.place, abs=0.1), drawing.file
            assert panel.bottom < tick.text.y - 0.7 * tick.text.size, drawing.file
        for tick in panel.up.labelled:
            assert tick.text.anchor == "end", drawing.file
            middle = tick.text.y - 0.36 * tick.text.size  # of a figure
            assert middle == pytest.approx(tick.place, abs=1), drawing.file
            assert tick.text.x < panel.left, drawing.file
            start = tick.text.x - tick.text.width
            assert start > 0, f"{tick.text.words} in {drawing.file}"


def test_the_numbers_of_a_field_are_clear_of_the_names_of_its_axes(fields):
    for drawing in fields:
        (x0,), (x1,) = drawing.panel.across.names, drawing.panel.up.names
        for tick in drawing.panel.across.labelled:
            assert tick.text.y < x0.y - 0.8 * x0.size, drawing.file
        for tick in drawing.panel.up.labelled:
            start = tick.text.x - tick.text.width
            if abs(tick.place - x1.y) < 1.5 * x1.size:
                assert x1.x + 0.2 * x1.size < start, drawing.file


def test_a_grid_line_runs_through_every_number_from_edge_to_edge(drawings):
    for drawing in drawings:
        panel = drawing.panel
        for tick in panel.across.labelled:
            ends = [[tick.place, panel.bottom], [tick.place, panel.top]]
            np.testing.assert_allclose(tick.line, ends, atol=0.1, err_msg=drawing.file)
        for tick in panel.up.labelled:
            ends = [[panel.left, tick.place], [panel.right, tick.place]]
            np.testing.assert_allclose(tick.line, ends, atol=0.1, err_msg=drawing.file)


def test_the_marks_stand_on_the_frame(fields):
    for drawing in fields:
        panel = drawing.panel
        for group, which, edge in (
            ("xtick", 1, panel.bottom),
            ("ytick", 0, panel.left),
        ):
            for shape in panel.shapes:
                if shape.place and any(g.startswith(group) for g in shape.groups):
                    place = shape.place[which]
                    assert place == pytest.approx(edge, abs=0.1), drawing.file


def test_a_picture_of_arrows_is_square_and_so_are_its_axes(fields):
    for drawing in in_the_look_of_the_site(fields):
        shown, panel = drawing.picture, drawing.panel
        assert (shown.width, shown.height) == (345.6, 345.6), drawing.file
        assert shown.size == ("345.6pt", "345.6pt"), drawing.file
        height = panel.bottom - panel.top
        assert height == pytest.approx(panel.width, abs=0.11), drawing.file
        assert panel.width > 0.75 * shown.width, drawing.file


def test_the_script_draws_on_the_figure_and_the_axes_of_matplotlib(fields):
    """640 x 480 pixels, of which the axes take the part that matplotlib gives them."""
    for drawing in as_the_script_draws(fields):
        shown, panel = drawing.picture, drawing.panel
        assert (shown.width, shown.height) == (460.8, 345.6), drawing.file
        assert shown.size == ("460.8pt", "345.6pt"), drawing.file
        found = panel.left, panel.right, panel.top, panel.bottom
        inches = np.array([0.125 * 6.4, 0.9 * 6.4, 0.12 * 4.8, 0.89 * 4.8])
        np.testing.assert_allclose(found, 72 * inches, atol=0.1, err_msg=drawing.file)


def test_four_lines_run_around_the_axes_of_a_field(fields):
    for drawing in fields:
        panel = drawing.panel
        sides = [side.outlines[0] for side in panel.frame]
        assert len(sides) == 4, drawing.file
        corners = np.unique(np.concatenate(sides).round(1), axis=0)
        left, right, top, bottom = panel.left, panel.right, panel.top, panel.bottom
        expected = [[x, y] for x in (left, right) for y in (top, bottom)]
        np.testing.assert_allclose(corners, expected, err_msg=drawing.file)


def test_what_is_drawn_is_cut_off_at_the_frame(drawings):
    for drawing in drawings:
        panel = drawing.panel
        box = (panel.left, panel.top, panel.right, panel.bottom)
        for clip in {shape.clip for shape in drawing.content}:
            np.testing.assert_allclose(clip, box, atol=0.1, err_msg=drawing.file)


def test_what_is_drawn_lies_above_the_grid(drawings):
    for drawing in in_the_look_of_the_site(drawings):
        shapes = drawing.panel.shapes
        first = min(map(shapes.index, drawing.content), default=len(shapes))
        for line in drawing.grid_lines:
            assert shapes.index(line) < first, drawing.file


def test_as_the_script_draws_it_the_grid_lies_above_the_arrows(drawings):
    """So its lines hide most specks, as they do on the screen of a reader."""
    for drawing in as_the_script_draws(drawings):
        shapes = drawing.panel.shapes
        last = max(map(shapes.index, drawing.content), default=0)
        for line in drawing.grid_lines:
            assert shapes.index(line) > last, drawing.file


# The words


def test_a_field_holds_its_numbers_and_two_names_and_no_other_words(fields):
    for drawing in fields:
        panel = drawing.panel
        expected = [*panel.across.words, "x0", *panel.up.words, "x1"]
        assert [text.words for text in drawing.picture.texts] == expected, drawing.file


def test_words_are_large_enough_to_be_read_on_a_phone(fields):
    for drawing in in_the_look_of_the_site(fields):
        assert min(text.size for text in drawing.picture.texts) >= 14, drawing.file


AT_LEAST = re.compile(
    r"@media \(min-width: (\d+)px\)\{text\{font-size: ([\d.]+)px !important\}\}"
)


def test_words_are_never_larger_than_the_text_of_a_page_however_large_a_picture(fields):
    """A picture knows how wide it is shown: from some widths on its words have a new size."""
    for drawing in in_the_look_of_the_site(fields):
        style = drawing.picture.root.find(f".//{SVG}style").text
        sizes = [(0, max(text.size for text in drawing.picture.texts))]
        sizes += [(float(w), float(size)) for w, size in AT_LEAST.findall(style)]
        assert sizes == sorted(sizes)
        for shown_width in range(300, 1600, 10):
            size = [size for width, size in sizes if width <= shown_width][-1]
            height = size * shown_width / drawing.picture.width
            assert 12 < height <= LARGEST_TEXT, (drawing.file, shown_width)


UP_TO = re.compile(
    r"@media \(max-width: (\d+)px\)\{text\{font-size: ([\d.]+)px !important\}\}"
)


def test_as_the_script_draws_it_words_are_large_enough_however_small_a_picture(fields):
    """Its style has the widest of its widths first: the last one that holds counts."""
    for drawing in as_the_script_draws(fields):
        style = drawing.picture.root.find(f".//{SVG}style").text
        sizes = [(float(w), float(size)) for w, size in UP_TO.findall(style)]
        assert sizes == sorted(sizes, reverse=True)
        for shown_width in range(250, 700, 10):
            size = [
                size for width, size in [(9999, 10), *sizes] if shown_width <= width
            ][-1]
            height = size * shown_width / drawing.picture.width
            assert 10.95 < height <= LARGEST_TEXT, (drawing.file, shown_width)


def test_as_the_script_draws_it_all_words_have_the_size_of_matplotlib(fields):
    for drawing in as_the_script_draws(fields):
        assert {text.size for text in drawing.picture.texts} == {10}, drawing.file


# The colours


def test_arrows_and_dots_have_the_colour_of_what_they_show_by_day_and_by_night(fields):
    for drawing in fields:
        role = drawing.field.role
        for shape in drawing.content:
            colours = shape.light["fill"], shape.dark["fill"]
            assert colours == (BY_DAY[role], BY_NIGHT[role]), drawing.file
            assert "stroke" not in shape.light, drawing.file


def test_a_picture_brings_its_own_ground_from_edge_to_edge(drawings):
    for drawing in drawings:
        shown = drawing.picture
        corners = shown.ground.outlines[0]
        assert corners.min(axis=0).tolist() == [0, 0], drawing.file
        assert corners.max(axis=0).tolist() == [shown.width, shown.height], drawing.file


def test_as_the_script_draws_it_a_picture_is_black_and_grey_on_white_by_day(fields):
    for drawing in as_the_script_draws(fields):
        shown, panel = drawing.picture, drawing.panel
        for ground in (shown.ground, panel.ground):
            assert ground.light["fill"] == "#ffffff", drawing.file
        for text in shown.texts:
            assert "fill" not in text.light, drawing.file  # which is black
        for side in panel.frame:
            assert side.light["stroke"] == "#000000", drawing.file
        for line in drawing.grid_lines:
            assert line.light["stroke"] == "#b0b0b0", drawing.file


def test_by_night_it_is_as_dark_as_the_pictures_in_the_look_of_the_site(fields):
    night = next(drawing for drawing in in_the_look_of_the_site(fields))
    ground = night.picture.ground.dark["fill"]
    for drawing in as_the_script_draws(fields):
        shown, panel = drawing.picture, drawing.panel
        for each in (shown.ground, panel.ground):
            assert each.dark["fill"] == ground, drawing.file
        for text in shown.texts:
            assert contrast(text.dark["fill"], ground) > 4.5, drawing.file
        for side in panel.frame:
            assert contrast(side.dark["stroke"], ground) > 3, drawing.file
        for shape in drawing.content:
            assert contrast(shape.dark["fill"], ground) > 3, drawing.file


def test_everything_can_be_told_from_its_ground_by_day_and_by_night(drawings):
    for drawing in in_the_look_of_the_site(drawings):
        shown, panel = drawing.picture, drawing.panel
        for time in ("light", "dark"):
            ground = getattr(shown.ground, time)["fill"]
            where = f"{drawing.file}, {time}"
            assert getattr(panel.ground, time)["fill"] == ground, where
            assert (contrast(ground, "#ffffff") == 1) == (time == "light"), where
            assert (contrast(ground, "#000000") < 1.3) == (time == "dark"), where
            for text in shown.texts:
                assert contrast(getattr(text, time)["fill"], ground) > 4.5, where
            for shape in drawing.content:
                style = getattr(shape, time)
                is_line = style["fill"] == "none"
                colour = style["stroke" if is_line else "fill"]
                assert contrast(colour, ground) > 3, where
            for side in panel.frame:
                assert contrast(getattr(side, time)["stroke"], ground) > 3, where
            for line in drawing.grid_lines:
                assert 1.2 < contrast(getattr(line, time)["stroke"], ground) < 2, where
