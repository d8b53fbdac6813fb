"""Every line plot of a page shows the lines that its session computes, under their names.

The session is run again without the code of the site; what the picture shows is read from its
SVG, by the numbers along its axes. `test_drawn_read_back.py` holds the table of numbers beside
the picture, and its words, against the same session.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import oracle
import pytest
from project import Project

from tests.site.contrast import contrast
from tests.site.fields import BY_DAY, BY_NIGHT
from tests.site.filled import Curves, filled
from tests.site.svg_reading import Axis, Panel, Picture, Shape, Text, picture

NEAR = 0.2  # points of 1/72 inch: corners of less than a ninth of one are left out
ROLES = ("correct", "buggy", "book")  # of the lines, in their order


@dataclass(frozen=True)
class Drawing:
    """A file, what it shows, and what it has to show."""

    file: str
    picture: Picture
    curves: Curves

    @property
    def panel(self) -> Panel:
        return self.picture.panel

    @property
    def axes(self) -> tuple[tuple[Axis, str], tuple[Axis, str]]:
        """Both axes, each with the scale that it has to have."""
        across, up = self.curves.scales
        return (self.panel.across, across), (self.panel.up, up)

    @property
    def legend(self) -> list[Shape]:
        """The samples of the lines, after the box of the legend."""
        return self.panel.of("legend_1")[1:]

    @property
    def legend_words(self) -> list[Text]:
        return [text for text in self.panel.texts if "legend_1" in text.groups]

    def line(self, k: int) -> Shape:
        (shape,) = self.panel.of(f"line-{k}")
        return shape

    def corners(self, values: np.ndarray) -> np.ndarray:
        """Where the numbers of a line stand, nan where it has none, (n, 2)."""
        x = self.panel.across.place(self.curves.x)
        return np.column_stack([x, self.panel.up.place(values)])


@pytest.fixture(scope="module")
def drawings(built: Project) -> list[Drawing]:
    """All line plots of pages."""
    return list(read_drawings(built))


def read_drawings(built: Project) -> Iterator[Drawing]:
    for url, source in oracle.sources().items():
        drawn = filled(url).drawings if "drawn(" in source.text else []
        for drawing in drawn:
            for k, asked in enumerate(drawing.pictures):
                if isinstance(asked, Curves):
                    file = f"{drawing.file(url, k)}.svg"
                    yield Drawing(file, picture(built.site / file), asked)


def test_pages_have_line_plots_on_every_kind_of_axes(drawings):
    kinds = {tuple(drawing.curves.scales) for drawing in drawings}
    assert kinds == {
        ("log", "log"),
        ("log", "linear"),
        ("linear", "log"),
        ("linear", "linear"),
    }


# The axes


def test_an_axis_has_powers_of_ten_if_it_is_logarithmic_and_plain_numbers_if_not(
    drawings,
):
    for drawing in drawings:
        for axis, scale in drawing.axes:
            assert axis.is_logarithmic == (scale == "log"), (
                f"{axis.words} in {drawing.file}"
            )


def test_the_numbers_along_an_axis_stand_in_their_order_at_even_distances(drawings):
    for drawing in drawings:
        for axis, is_forward in ((drawing.panel.across, 1), (drawing.panel.up, -1)):
            assert len(axis.labelled) >= 3, drawing.file
            slope, start = axis.line
            assert slope * is_forward > 0, f"{drawing.file} counts backwards"
            expected = start + slope * axis.numbers
            np.testing.assert_allclose(
                axis.places, expected, atol=0.02, err_msg=drawing.file
            )


def test_a_grid_line_runs_through_every_number_from_edge_to_edge(drawings):
    for drawing in drawings:
        panel = drawing.panel
        for tick in panel.across.labelled:
            ends = [[tick.place, panel.bottom], [tick.place, panel.top]]
            np.testing.assert_allclose(tick.line, ends, atol=0.1, err_msg=drawing.file)
        for tick in panel.up.labelled:
            ends = [[panel.left, tick.place], [panel.right, tick.place]]
            np.testing.assert_allclose(tick.line, ends, atol=0.1, err_msg=drawing.file)


def test_small_marks_on_a_logarithmic_axis_stand_at_twice_to_nine_times_a_power_of_ten(
    drawings,
):
    for drawing in drawings:
        for axis, _ in drawing.axes:
            for tick in axis.ticks:
                if not tick.text:
                    assert axis.is_logarithmic, drawing.file
                    assert is_round(axis.value(tick.place)), drawing.file


def is_round(exponent: float) -> bool:
    """Whether a number is a power of ten times one to nine, as far as a picture shows."""
    within_a_decade = 10 ** (exponent % 1)
    return abs(within_a_decade - round(within_a_decade)) < 0.02 * within_a_decade


def test_every_number_stands_beside_its_mark(drawings):
    for drawing in drawings:
        panel = drawing.panel
        for tick in panel.across.labelled:
            assert tick.text.x == pytest.approx(tick.place, abs=0.1), drawing.file
            assert panel.bottom < tick.text.y - 0.7 * tick.text.size, drawing.file
        for tick in panel.up.labelled:
            middle = tick.text.y - 0.36 * tick.text.size  # of a figure
            assert middle == pytest.approx(tick.place, abs=1), drawing.file
            assert tick.text.x < panel.left, drawing.file
            start = tick.text.x - tick.text.width
            assert start > 0, f"{tick.text.words} in {drawing.file}"


def test_x_is_named_below_and_y_above_the_left_end_of_the_axes(drawings):
    for drawing in drawings:
        panel = drawing.panel
        across, up = drawing.curves.labels
        (x,) = panel.across.names
        assert (x.words, x.degrees, x.anchor) == (across, 0, "middle"), drawing.file
        assert x.x == pytest.approx((panel.left + panel.right) / 2, abs=1), drawing.file
        assert panel.bottom < x.y < drawing.picture.height, drawing.file
        assert panel.up.names == [], drawing.file
        (y,) = panel.titles
        assert (y.words, y.degrees, y.anchor) == (up, 0, "start"), drawing.file
        assert y.x == pytest.approx(panel.left, abs=1), drawing.file
        assert y.size < y.y < panel.top, drawing.file


# The lines


def test_every_line_runs_through_its_numbers(drawings):
    for drawing in drawings:
        for k, values in enumerate(drawing.curves.lines):
            expected = unbroken_parts(drawing.corners(values))
            assert_one_line(
                drawing.line(k).outlines, expected, f"line {k} of {drawing.file}"
            )


def unbroken_parts(line: np.ndarray) -> list[np.ndarray]:
    """The parts of a line between its gaps. One point alone is no line, and is not seen."""
    is_known = np.isfinite(line).all(axis=1)
    edges = np.flatnonzero(is_known[1:] != is_known[:-1]) + 1
    parts = np.split(line, edges)
    return [part for part in parts if len(part) > 1 and np.isfinite(part).all()]


def assert_one_line(
    found: list[np.ndarray], expected: list[np.ndarray], what: str
) -> None:
    """Corners that make no difference are left out, so each is held against the other's line."""
    found = [part for part in found if len(part) > 1]
    assert np.concatenate(distances(expected, found)).max() < NEAR, (
        f"{what} misses numbers"
    )
    assert np.concatenate(distances(found, expected)).max() < NEAR, (
        f"{what} goes astray"
    )


def distances(lines: list[np.ndarray], others: list[np.ndarray]) -> list[np.ndarray]:
    """How far each corner of some lines is from the nearest of other lines."""
    starts = np.concatenate([line[:-1] for line in others])
    steps = np.concatenate([np.diff(line, axis=0) for line in others])
    lengths = np.maximum((steps**2).sum(axis=1), 1e-12)
    found = []
    for line in lines:
        offsets = line[:, None] - starts
        shares = np.clip((offsets * steps).sum(axis=2) / lengths, 0, 1)
        away = offsets - shares[..., None] * steps
        found.append(np.hypot(away[..., 0], away[..., 1]).min(axis=1))
    return found


def test_every_number_of_a_line_is_within_the_axes(drawings):
    for drawing in drawings:
        panel = drawing.panel
        for values in drawing.curves.lines:
            corners = drawing.corners(values)
            corners = corners[np.isfinite(corners).all(axis=1)]
            assert (corners > (panel.left, panel.top)).all(), drawing.file
            assert (corners < (panel.right, panel.bottom)).all(), drawing.file


def test_the_band_is_shaded_from_one_edge_to_the_other(drawings):
    assert any(drawing.curves.band for drawing in drawings)
    for drawing in drawings:
        shaded = [
            outline for shape in drawing.panel.of("band") for outline in shape.outlines
        ]
        edges = [drawing.corners(edge) for edge in drawing.curves.band]
        assert bool(shaded) == bool(edges), f"band of {drawing.file}"
        if edges:
            assert_shaded(shaded, edges, drawing.file)


def assert_shaded(shaded: list[np.ndarray], edges: list[np.ndarray], file: str) -> None:
    """Every outline runs along both edges, and closes at its ends."""
    low, high = edges
    is_known = np.isfinite(low).all(axis=1) & np.isfinite(high).all(axis=1)
    ends = [np.array([low[0], high[0]]), np.array([low[-1], high[-1]])]
    expected = [low[is_known], high[is_known], *ends]
    found = [outline for outline in shaded if len(outline) > 2]
    assert_one_line(found, expected, f"band of {file}")


# Which line is which


def test_the_legend_names_every_line_beside_a_sample_of_it(drawings):
    for drawing in drawings:
        names = [text.words for text in drawing.legend_words]
        assert names == drawing.curves.names, drawing.file
        samples = zip(drawing.legend, drawing.legend_words, strict=True)
        for k, (sample, words) in enumerate(samples):
            line = drawing.line(k)
            assert (sample.light, sample.dark) == (line.light, line.dark), drawing.file
            (outline,) = sample.outlines
            right, height = outline[:, 0].max(), outline[:, 1].mean()
            assert 0 < words.x - right < 2 * words.size, (
                f"{words.words} in {drawing.file}"
            )
            assert abs(words.y - 0.36 * words.size - height) < 1, (
                f"{words.words} in {drawing.file}"
            )


def test_lines_differ_in_colour_and_in_their_dashes(drawings):
    for drawing in drawings:
        lines = [drawing.line(k) for k in range(len(drawing.curves.lines))]
        found = [(line.light["stroke"], line.dark["stroke"]) for line in lines]
        expected = [(BY_DAY[role], BY_NIGHT[role]) for role in ROLES[: len(lines)]]
        assert found == expected, drawing.file
        dashes = {line.light.get("stroke-dasharray", "none") for line in lines}
        assert len(dashes) == len(lines), drawing.file
        assert {line.light["fill"] for line in lines} == {"none"}, drawing.file
        assert {float(line.light["stroke-width"]) for line in lines} == {2}, (
            drawing.file
        )


def test_the_legend_stands_within_the_axes_and_its_words_within_its_box(drawings):
    for drawing in drawings:
        panel = drawing.panel
        corners = panel.of("legend_1")[0].outlines[0]
        left, top = corners.min(axis=0)
        right, bottom = corners.max(axis=0)
        assert panel.left < left < right < panel.right, drawing.file
        assert panel.top < top < bottom < panel.bottom, drawing.file
        for text in drawing.legend_words:
            end = text.x + text.width
            assert left < text.x < end < right, f"{text.words} in {drawing.file}"
            assert top < text.y < bottom, f"{text.words} in {drawing.file}"


def test_a_picture_holds_no_words_beside_its_numbers_names_and_legend(drawings):
    for drawing in drawings:
        panel, curves = drawing.panel, drawing.curves
        across, up = curves.labels
        expected = [*panel.across.words, across, *panel.up.words, up, *curves.names]
        found = [text.words for text in drawing.picture.texts]
        assert sorted(found) == sorted(expected), drawing.file


def test_a_picture_holds_as_many_lines_as_it_has_names(drawings):
    for drawing in drawings:
        groups = {name for shape in drawing.panel.shapes for name in shape.groups}
        lines = {name for name in groups if re.fullmatch(r"line-\d+", name)}
        assert len(lines) == len(drawing.curves.names), drawing.file
        assert not groups & {"arrows", "dots"}, drawing.file


# Day and night


def test_a_picture_brings_its_own_ground_from_edge_to_edge(drawings):
    for drawing in drawings:
        shown = drawing.picture
        corners = shown.ground.outlines[0]
        assert corners.min(axis=0).tolist() == [0, 0], drawing.file
        assert corners.max(axis=0).tolist() == [shown.width, shown.height], drawing.file


def test_everything_can_be_told_from_its_ground_by_day_and_by_night(drawings):
    for drawing in drawings:
        shown, panel = drawing.picture, drawing.panel
        for time in ("light", "dark"):
            ground = getattr(shown.ground, time)["fill"]
            where = f"{drawing.file}, {time}"
            assert getattr(panel.ground, time)["fill"] == ground, where
            assert getattr(panel.of("legend_1")[0], time)["fill"] == ground, where
            for text in shown.texts:
                assert contrast(getattr(text, time)["fill"], ground) > 4.5, where
            for k in range(len(drawing.curves.lines)):
                assert contrast(getattr(drawing.line(k), time)["stroke"], ground) > 3, (
                    where
                )
            for band in panel.of("band"):
                assert contrast(getattr(band, time)["fill"], ground) > 3, where
                assert 0.1 < float(getattr(band, time)["fill-opacity"]) < 0.4, where


def test_lines_and_band_are_cut_off_at_the_frame_and_lie_above_the_grid(drawings):
    for drawing in drawings:
        panel = drawing.panel
        box = (panel.left, panel.top, panel.right, panel.bottom)
        lines = [drawing.line(k) for k in range(len(drawing.curves.lines))]
        for shape in [*panel.of("band"), *lines]:
            np.testing.assert_allclose(shape.clip, box, atol=0.1, err_msg=drawing.file)
            for tick in grid_lines(panel):
                assert panel.shapes.index(tick) < panel.shapes.index(shape), (
                    drawing.file
                )


def grid_lines(panel: Panel) -> list[Shape]:
    ticks = [
        shape for shape in panel.shapes if any("tick_" in name for name in shape.groups)
    ]
    return [shape for shape in ticks if not shape.place]
