"""Every picture of arrows shows the field that it has to show, and where its arrows stand.

What a function's picture has to show comes from the registry and from NumPy, what a page's own
picture has to show from its session, run again. What is found comes from the SVG alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import oracle
import pytest
from project import Project

from tests.site.contrast import contrast
from tests.site.fields import (
    BY_DAY,
    BY_NIGHT,
    ENDINGS,
    Field,
    field_of,
    field_of_page,
    outlines,
    places,
)
from tests.site.filled import Field as AskedField
from tests.site.filled import filled
from tests.site.svg_reading import SVG, Panel, Picture, Shape, picture

NEAR = 0.15  # points of 1/72 inch: an outline is written with one decimal


@dataclass(frozen=True)
class Drawing:
    """A file, what it shows, and what it has to show."""

    file: str
    picture: Picture
    field: Field

    @property
    def panel(self) -> Panel:
        return self.picture.panel


@pytest.fixture(scope="module")
def drawings(built: Project) -> list[Drawing]:
    """All pictures of arrows, those of functions first."""
    expected = [*fields_of_functions(), *fields_of_pages()]
    return [
        Drawing(file, picture(built.site / file), field) for file, field in expected
    ]


def fields_of_functions() -> Iterator[tuple[str, Field]]:
    for function in oracle.functions().values():
        for ending in ENDINGS:
            yield f"figures/{function.name}-{ending}.svg", field_of(function, ending)


def fields_of_pages() -> Iterator[tuple[str, Field]]:
    for url, source in oracle.sources().items():
        drawn = filled(url).drawings if "drawn(" in source.text else []
        for drawing in drawn:
            for k, asked in enumerate(drawing.pictures):
                if isinstance(asked, AskedField):
                    field = field_of_page(
                        asked.points, asked.arrows, asked.scale, asked.role
                    )
                    yield f"{drawing.file(url, k)}.svg", field


def test_every_function_has_four_pictures_as_svg_and_as_png(built):
    expected = {
        f"{name}-{ending}.{kind}"
        for name in oracle.functions()
        for ending in ENDINGS
        for kind in ("svg", "png")
    }
    assert {
        path.name for path in (built.site / "figures").iterdir() if path.is_file()
    } == expected


def test_every_arrow_stands_at_its_point_with_its_direction_and_length(drawings):
    for drawing in drawings:
        expected = outlines(drawing.field, drawing.panel)
        assert len(drawing.panel.arrows) == len(expected), f"arrows in {drawing.file}"
        np.testing.assert_allclose(
            drawing.panel.arrows.reshape(-1, 2),
            expected.reshape(-1, 2),
            rtol=1e-4,  # an end may be far out, and the axes are read with two decimals
            atol=NEAR,
            err_msg=drawing.file,
        )


def test_every_arrow_of_length_zero_is_a_dot_at_its_point(drawings):
    for drawing in drawings:
        field = drawing.field
        expected = places(field.points[field.is_zero], drawing.panel)
        assert len(drawing.panel.dots) == len(expected), f"dots in {drawing.file}"
        np.testing.assert_allclose(
            drawing.panel.dots, expected, atol=NEAR, err_msg=drawing.file
        )


def test_a_dot_is_wider_than_a_shaft_and_much_smaller_than_a_step(drawings):
    for drawing in drawings:
        for dot in drawing.panel.of("dots")[:1]:
            width, height = np.ptp(dot.outlines[0], axis=0)
            assert width == pytest.approx(height, abs=0.1), drawing.file
            assert 2 < width < 5, drawing.file


def test_the_axes_end_where_they_should(drawings):
    for drawing in drawings:
        panel = drawing.panel
        across = panel.across.value(panel.left), panel.across.value(panel.right)
        up = panel.up.value(panel.bottom), panel.up.value(panel.top)
        for name, found, limits in zip(
            ("x₀", "x₁"), (across, up), drawing.field.limits, strict=True
        ):
            near = (limits[1] - limits[0]) / 1000
            assert found == pytest.approx(limits, abs=near), f"{name} in {drawing.file}"


def test_the_numbers_along_the_axes_are_even_and_grow_to_the_right_and_upwards(
    drawings,
):
    for drawing in drawings:
        for axis, is_forward in ((drawing.panel.across, 1), (drawing.panel.up, -1)):
            slope, start = axis.line
            assert slope * is_forward > 0, f"{drawing.file} counts backwards"
            expected = start + slope * axis.numbers
            np.testing.assert_allclose(
                axis.places, expected, atol=0.02, err_msg=drawing.file
            )
            steps = np.diff(axis.numbers)
            np.testing.assert_allclose(steps, steps[0], err_msg=drawing.file)
            digits, _, zeros = f"{steps[0]:.5e}".partition("e")
            assert zeros.strip("-+").isdigit(), drawing.file
            assert float(digits) in round_numbers(drawing), (
                f"{steps[0]}: {drawing.file}"
            )


def round_numbers(drawing: Drawing) -> set[float]:
    """What numbers along an axis may go up by, powers of ten aside."""
    return {1, 2, 2.5, 5} if drawing.field.is_automatic else {1, 2, 5}


def test_there_are_numbers_all_along_an_axis_and_none_beyond(drawings):
    for drawing in drawings:
        axes = drawing.panel.across, drawing.panel.up
        for axis, (low, high) in zip(axes, drawing.field.limits, strict=True):
            assert len(axis.labelled) == len(axis.ticks) >= 3, drawing.file
            step = axis.numbers[1] - axis.numbers[0]
            assert low <= axis.numbers[0] < low + step, drawing.file
            assert high - step < axis.numbers[-1] <= high, drawing.file


def test_x0_is_named_below_and_x1_at_the_left(drawings):
    for drawing in drawings:
        panel = drawing.panel
        (x0,) = panel.across.names
        assert (x0.words, x0.degrees) == (names_of(drawing)[0], 0), drawing.file
        assert x0.anchor == "middle"
        assert x0.x == pytest.approx((panel.left + panel.right) / 2, abs=1), (
            drawing.file
        )
        assert panel.bottom < x0.y < drawing.picture.height, drawing.file
        (x1,) = panel.up.names
        assert (x1.words, x1.degrees) == (names_of(drawing)[1], -90), drawing.file
        assert x1.anchor == "middle"
        assert x1.y == pytest.approx((panel.top + panel.bottom) / 2, abs=1), (
            drawing.file
        )
        assert 0 < x1.x < panel.left, drawing.file


def names_of(drawing: Drawing) -> tuple[str, str]:
    """What the axes are called; the script types its own names."""
    return ("x0", "x1") if drawing.field.is_automatic else ("x₀", "x₁")


def test_every_number_stands_beside_its_mark_and_clear_of_the_name(drawings):
    for drawing in drawings:
        panel = drawing.panel
        (x0,), (x1,) = panel.across.names, panel.up.names
        for tick in panel.across.labelled:
            assert tick.text.anchor == "middle"
            assert tick.text.x == pytest.approx(tick.place, abs=0.1), drawing.file
            assert panel.bottom + tick.text.size < tick.text.y + 1, drawing.file
            assert tick.text.y < x0.y - 0.8 * x0.size, drawing.file
        for tick in panel.up.labelled:
            assert tick.text.anchor == "end"
            middle = tick.text.y - 0.36 * tick.text.size  # of a figure
            assert middle == pytest.approx(tick.place, abs=1), drawing.file
            assert tick.text.x < panel.left, drawing.file
            start = tick.text.x - tick.text.width
            is_beside_the_name = abs(tick.place - x1.y) < 1.5 * x1.size
            free = x1.x + 0.2 * x1.size if is_beside_the_name else 0
            assert free < start, f"{tick.text.words} in {drawing.file}"


def test_a_grid_line_runs_through_every_number_from_edge_to_edge(drawings):
    for drawing in drawings:
        panel = drawing.panel
        for tick in panel.across.labelled:
            ends = [[tick.place, panel.bottom], [tick.place, panel.top]]
            np.testing.assert_allclose(tick.line, ends, atol=0.1, err_msg=drawing.file)
        for tick in panel.up.labelled:
            ends = [[panel.left, tick.place], [panel.right, tick.place]]
            np.testing.assert_allclose(tick.line, ends, atol=0.1, err_msg=drawing.file)


def test_the_marks_stand_on_the_frame(drawings):
    for drawing in drawings:
        panel = drawing.panel
        for group, which, edge in (
            ("xtick", 1, panel.bottom),
            ("ytick", 0, panel.left),
        ):
            marks = [mark for mark in panel.shapes if mark.place and is_in(mark, group)]
            for mark in marks:
                assert mark.place[which] == pytest.approx(edge, abs=0.1), drawing.file


def is_in(shape: Shape, group: str) -> bool:
    return any(name.startswith(group) for name in shape.groups)


def test_a_picture_is_square_and_so_are_its_axes_within_a_frame(drawings):
    for drawing in in_the_look_of_the_site(drawings):
        shown, panel = drawing.picture, drawing.panel
        assert (shown.width, shown.height) == (345.6, 345.6), drawing.file
        assert shown.size == ("345.6pt", "345.6pt"), drawing.file
        assert panel.bottom - panel.top == pytest.approx(panel.width, abs=0.11), (
            drawing.file
        )
        assert panel.width > 0.75 * shown.width, drawing.file
        assert_framed(drawing)


def in_the_look_of_the_site(drawings: list[Drawing]) -> list[Drawing]:
    return [drawing for drawing in drawings if not drawing.field.is_automatic]


def as_the_script_draws(drawings: list[Drawing]) -> list[Drawing]:
    return [drawing for drawing in drawings if drawing.field.is_automatic]


def test_the_script_draws_on_the_figure_and_the_axes_of_matplotlib(drawings):
    """640 x 480 pixels, of which the axes take the part that matplotlib gives them."""
    for drawing in as_the_script_draws(drawings):
        shown, panel = drawing.picture, drawing.panel
        assert (shown.width, shown.height) == (460.8, 345.6), drawing.file
        assert shown.size == ("460.8pt", "345.6pt"), drawing.file
        found = panel.left, panel.right, panel.top, panel.bottom
        inches = np.array([0.125 * 6.4, 0.9 * 6.4, 0.12 * 4.8, 0.89 * 4.8])
        np.testing.assert_allclose(found, 72 * inches, atol=0.1, err_msg=drawing.file)
        assert_framed(drawing)


def assert_framed(drawing: Drawing) -> None:
    """Four lines run around the axes."""
    panel = drawing.panel
    sides = [side.outlines[0] for side in panel.frame]
    assert len(sides) == 4, drawing.file
    corners = np.unique(np.concatenate(sides).round(1), axis=0)
    expected = [
        [panel.left, panel.top],
        [panel.left, panel.bottom],
        [panel.right, panel.top],
        [panel.right, panel.bottom],
    ]
    np.testing.assert_allclose(corners, expected, err_msg=drawing.file)


def test_arrows_and_dots_are_cut_off_at_the_frame(drawings):
    for drawing in drawings:
        panel = drawing.panel
        box = (panel.left, panel.top, panel.right, panel.bottom)
        for clip in {shape.clip for shape in of_the_field(panel)}:
            np.testing.assert_allclose(clip, box, atol=0.1, err_msg=drawing.file)


def of_the_field(panel: Panel) -> list[Shape]:
    return [*panel.of("arrows"), *panel.of("dots")]


def test_arrows_and_dots_lie_above_the_grid(drawings):
    for drawing in in_the_look_of_the_site(drawings):
        shapes = drawing.panel.shapes
        field = of_the_field(drawing.panel)
        first = shapes.index(field[0]) if field else len(shapes)
        for line in grid_lines(drawing.panel):
            assert shapes.index(line) < first, drawing.file


def test_as_the_script_draws_it_the_grid_lies_above_the_arrows(drawings):
    """So its lines hide most specks, as they do on the screen of a reader."""
    for drawing in as_the_script_draws(drawings):
        shapes = drawing.panel.shapes
        field = of_the_field(drawing.panel)
        last = shapes.index(field[-1]) if field else 0
        for line in grid_lines(drawing.panel):
            assert shapes.index(line) > last, drawing.file


def test_a_picture_holds_its_numbers_and_two_names_and_no_other_words(drawings):
    for drawing in drawings:
        panel = drawing.panel
        x0, x1 = names_of(drawing)
        expected = [*panel.across.words, x0, *panel.up.words, x1]
        assert [text.words for text in drawing.picture.texts] == expected, drawing.file


def test_a_picture_holds_its_axes_and_its_field_and_no_other_shapes(drawings):
    for drawing in drawings:
        panel = drawing.panel
        ticks = len(panel.across.ticks) + len(panel.up.ticks)
        field = len(panel.of("arrows")) + len(panel.of("dots"))
        grounds, sides = 2, 4
        expected = grounds + 2 * ticks + field + sides
        assert len(drawing.picture.shapes) == expected, drawing.file
        assert len(panel.of("arrows")) == bool(drawing.field.is_arrow.any()), (
            drawing.file
        )


def test_arrows_and_dots_have_the_colour_of_what_they_show_by_day_and_by_night(
    drawings,
):
    for drawing in drawings:
        role = drawing.field.role
        by_night = BY_DAY if drawing.field.is_automatic else BY_NIGHT
        for shape in of_the_field(drawing.panel):
            colours = shape.light["fill"], shape.dark["fill"]
            assert colours == (BY_DAY[role], by_night[role]), drawing.file
            assert "stroke" not in shape.light, drawing.file


def test_a_picture_brings_its_own_ground_from_edge_to_edge(drawings):
    for drawing in drawings:
        shown = drawing.picture
        corners = shown.ground.outlines[0]
        assert corners.min(axis=0).tolist() == [0, 0], drawing.file
        assert corners.max(axis=0).tolist() == [shown.width, shown.height], drawing.file


def test_as_the_script_draws_it_a_picture_is_black_and_grey_on_white_by_night_too(
    drawings,
):
    for drawing in as_the_script_draws(drawings):
        shown, panel = drawing.picture, drawing.panel
        for time in ("light", "dark"):
            where = f"{drawing.file}, {time}"
            for ground in (shown.ground, panel.ground):
                assert getattr(ground, time)["fill"] == "#ffffff", where
            for text in shown.texts:
                assert "fill" not in getattr(text, time), where  # which is black
            for side in panel.frame:
                assert getattr(side, time)["stroke"] == "#000000", where
            for line in grid_lines(panel):
                assert getattr(line, time)["stroke"] == "#b0b0b0", where


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
            for shape in of_the_field(panel):
                assert contrast(getattr(shape, time)["fill"], ground) > 3, where
            for side in panel.frame:
                assert contrast(getattr(side, time)["stroke"], ground) > 3, where
            for line in grid_lines(panel):
                assert 1.2 < contrast(getattr(line, time)["stroke"], ground) < 2, where


def grid_lines(panel: Panel) -> list[Shape]:
    ticks = [
        shape
        for shape in panel.shapes
        if is_in(shape, "xtick") or is_in(shape, "ytick")
    ]
    return [shape for shape in ticks if not shape.place]


def test_words_are_large_enough_to_be_read_on_a_phone(drawings):
    for drawing in in_the_look_of_the_site(drawings):
        assert min(text.size for text in drawing.picture.texts) >= 14, drawing.file


def test_words_are_never_larger_than_the_text_of_a_page_however_large_a_picture(
    drawings,
):
    """A picture knows how wide it is shown: from some widths on its words have a new size."""
    for drawing in in_the_look_of_the_site(drawings):
        style = drawing.picture.root.find(f".//{SVG}style").text
        rules = AT_LEAST.findall(style)
        sizes = [(0, max(text.size for text in drawing.picture.texts))]
        sizes += [(float(width), float(size)) for width, size in rules]
        assert sizes == sorted(sizes)
        for shown_width in range(300, 1600, 10):
            size = [size for width, size in sizes if width <= shown_width][-1]
            pixels = size * shown_width / drawing.picture.width
            assert 12 < pixels <= LARGEST_TEXT, (drawing.file, shown_width)


AT_LEAST = re.compile(
    r"@media \(min-width: (\d+)px\)\{text\{font-size: ([\d.]+)px !important\}\}"
)
LARGEST_TEXT = 17.15  # pixels, and a little for the rounded sizes


def test_as_the_script_draws_it_all_words_have_the_size_that_matplotlib_gives_them(
    drawings,
):
    for drawing in as_the_script_draws(drawings):
        assert {text.size for text in drawing.picture.texts} == {10}, drawing.file
