"""What a page draws of its own session, and says of it, is what the session computes.

Each session is run again over a routine of our own. The pictures that the text of a page asks
for must stand on the page, in this order, each with its label, its words and its numbers. A
small page of its own holds what no page of the site draws: a hidden block, an arrow without
end, a line with a gap. That arrows and axes stand where they should, `test_figures.py` holds.
"""

import csv
import math
import re

import numpy as np
import pytest
from lxml import etree
from oracle import sources
from project import copied
from reading.colours import BY_DAY, BY_NIGHT
from reading.curves import assert_shows_curves, corners
from reading.fields import (
    assert_shows,
    field_of_page,
)
from reading.numbers import count, significant
from reading.page_texts import (
    VALUE_BEGINS,
    VALUE_ENDS,
    AskedField,
    AskedHeights,
    curves,
    fields,
    filled,
)
from reading.pages import (
    caption_of,
    file_of,
    one,
    page,
    pages,
    squeezed,
    text,
    with_class,
)
from reading.records import plain
from reading.scripts import session
from reading.sentences import MARKS
from reading.svg import Picture
from reading.words import said, word

from tests.site.drawings import Drawing, curves_drawn, heights_drawn

ROLES = ("correct", "buggy", "book")  # of lines, in their order
NAME_OF_ARRAY = re.compile(r"`\w+(\.T)?`")
FORMULA = re.compile(r"\$([^$]*)\$")
WITH_DRAWINGS = [
    url for url, source in sources().items() if "call figure(" in source.text
]


@pytest.fixture(scope="module")
def site(built):
    return built.site


@pytest.fixture(params=WITH_DRAWINGS)
def url(request):
    return request.param


# The words


def lengths_of(field):
    return np.hypot(*field.arrows.T)


def field_in_words(field):
    """How many arrows a field has, and how long the longest is."""
    lengths = lengths_of(field)
    finite = lengths[np.isfinite(lengths)]
    arrows = count(len(lengths))
    missing = len(lengths) - len(finite)
    if missing == len(lengths):
        return said("caption.unknown", arrows=arrows)
    drawn = int((finite > 0).sum())
    if drawn == 0:
        sentence = said("caption.none", arrows=arrows)
    else:
        longest = significant(finite.max())
        sentence = said(
            "caption.field", count=count(drawn), arrows=arrows, longest=longest
        )
    if missing:
        sentence += " " + said("caption.missing", count=count(missing))
    return sentence


def alt_of_field(field, label):
    """The alternative text of a field of arrows."""
    caption = field_in_words(field)
    if label:
        title = label.replace("`", "")
        sentences = [said("alt.field_titled", title=title, caption=caption)]
    else:
        sentences = [said("alt.field", caption=caption)]
    if field.is_automatic:
        sentences.append(word("alt.automatic"))
        lengths = lengths_of(field)
        flat = int(((lengths > 0) & (1 + lengths == 1)).sum())
        if flat:
            sentences.append(said("alt.flat", flat=count(flat)))
    return " ".join(sentences)


def read_off(value, scale):
    """A place along an axis to the digits that can be read there."""
    return significant(value, 1 if scale == "log" else 3)


def height(value, scale):
    if np.isnan(value):
        return word("alt.nothing")
    return said("alt.about", value=read_off(value, scale))


def alt_of_curves(curves):
    """The alternative text of lines: axes, scales, ends, and where each is lowest."""
    (across, up), x = curves.scales, curves.x
    axes = said(
        f"alt.curves.{up}_{across}",
        up=curves.labels[1],
        across=curves.labels[0],
        first=read_off(x[0], across),
        last=read_off(x[-1], across),
    )
    sentences = [axes]
    for name, line in zip(curves.names, curves.lines, strict=True):
        low = int(np.nanargmin(line))
        of_line = said(
            "alt.curve",
            name=name,
            left=height(line[0], up),
            right=height(line[-1], up),
            lowest=height(line[low], up),
            near=read_off(x[low], across),
        )
        sentences.append(of_line)
    return " ".join(sentences)


def heights_in_words(heights):
    lowest, highest = map(significant, heights.limits)
    return said("caption.heights", lowest=lowest, highest=highest)


def alt_of_heights(heights, label):
    """The alternative text of heights: those at the corners, and where the highest is."""
    values = heights.values
    highest = heights.points[values.ravel() == values.max()]
    middle = highest.mean(axis=0)
    x0, x1 = min(highest, key=lambda point: math.dist(point, middle))
    across, up = heights.names
    return said(
        "alt.heights_titled" if label else "alt.heights",
        title=label.replace("`", ""),
        lower_left=significant(values[0, 0]),
        lower_right=significant(values[0, -1]),
        upper_left=significant(values[-1, 0]),
        upper_right=significant(values[-1, -1]),
        highest=significant(values.max()),
        across=across,
        up=up,
        x0=significant(x0),
        x1=significant(x1),
    )


def in_words(picture):
    """What is said below a picture; of lines, nothing."""
    if isinstance(picture, AskedField):
        return field_in_words(picture)
    return heights_in_words(picture) if isinstance(picture, AskedHeights) else ""


def expected_alt(picture, label):
    if isinstance(picture, AskedField):
        return alt_of_field(picture, label)
    if isinstance(picture, AskedHeights):
        return alt_of_heights(picture, label)
    return alt_of_curves(picture)


# Where they stand


def shown_on(site, url):
    """The figures on a page whose pictures its own session has computed, in their order."""
    folder = f"figures/{url.removesuffix('/index.html')}/"
    found = []
    for panel in with_class(pages(site)[url], "picture"):
        images = panel.xpath("./a/img")
        if images and file_of(site, url, images[0].get("src")).startswith(folder):
            found.append(panel)
    return found


def asked_for(url):
    """The pictures that the text of a page asks for: file, picture, and label.

    Of a pair, the wrong one stands first.
    """
    for drawing in large_drawings(url):
        for k, picture in as_shown(drawing):
            yield drawing.file(url, k), picture, drawing.labels[k]


def as_shown(drawing):
    """The pictures of a drawing from left to right, each after its number in the text."""
    pictures = [*enumerate(drawing.pictures)]
    if [role_of(picture) for _, picture in pictures] == ["correct", "buggy"]:
        pictures.reverse()
    return pictures


def role_of(picture):
    return getattr(picture, "role", "book")  # that of curves


def large_drawings(url):
    """All but the small ones, which test_symmetry.py reads."""
    return [drawing for drawing in filled(url).drawings if not drawing.are_small]


def read(markdown):
    """Words of a page as they are read: an index of a formula stands behind its letter."""
    bare = markdown.replace(VALUE_BEGINS, "").replace(VALUE_ENDS, "")
    return plain(FORMULA.sub(lambda formula: formula[1].replace("_", ""), bare))


def label_of(role, label):
    """A label behind the mark of its call, if it is of one."""
    return f"{MARKS[role]} {read(label)}" if role in MARKS else read(label)


def test_a_page_shows_each_picture_that_its_text_asks_for(site, url):
    expected = [f"{file}.svg" for file, *_ in asked_for(url)]
    shown = [
        file_of(site, url, one(panel, "./a/img").get("src"))
        for panel in shown_on(site, url)
    ]
    assert shown == expected
    leads_to = [
        file_of(site, url, panel.find("a").get("href")) for panel in shown_on(site, url)
    ]
    assert leads_to == expected


def test_the_alternative_text_is_that_of_the_numbers(site, url):
    for panel, (file, picture, label) in zip(
        shown_on(site, url), asked_for(url), strict=True
    ):
        found = squeezed(one(panel, "./a/img").get("alt"))
        assert found == expected_alt(picture, label), file


def test_a_picture_stands_in_the_role_of_its_arrows_under_its_label(site, url):
    for panel, (file, picture, label) in zip(
        shown_on(site, url), asked_for(url), strict=True
    ):
        assert panel.get("class") == f"picture {picture.role}", file
        labels = panel.xpath("./p[@class='label']")
        if label:
            assert text(*labels) == label_of(picture.role, label), file
        else:
            assert not labels, file


def array_called(label, names):
    """The array, or its transpose, that a label names."""
    name, _, turned = label.strip("`").partition(".")
    return names[name].T if turned else names[name]


def test_heights_under_the_name_of_an_array_are_those_of_that_array():
    """Where the name stands for the same at the end of the session."""
    compared = 0
    for url in WITH_DRAWINGS:
        for drawing in large_drawings(url):
            if not all(NAME_OF_ARRAY.fullmatch(label) for label in drawing.labels):
                continue
            names = vars(session(url))
            arrays = [array_called(label, names) for label in drawing.labels]
            shown = [picture.values for picture in drawing.pictures]
            if not any(np.array_equal(arrays[0], each) for each in shown):
                continue
            compared += 1
            for array, values in zip(arrays, shown, strict=True):
                assert np.array_equal(array, values), drawing.file(url, 0)
    assert compared >= 2


@pytest.mark.parametrize("language", ["", "ja/", "ko/", "zh/"])
def test_of_the_two_ways_to_type_the_sum_of_squares_the_right_one_is_marked_so(
    site, language
):
    """Both are drawn without .T: the mark is that of the arrows, and not of the call."""
    document = page(site / f"{language}errata/layout/index.html")
    for number in (1, 2):
        name = f"figures/errata/layout/spellings-{number}"
        points, arrows = np.split(
            np.loadtxt(site / f"{name}.csv", delimiter=",", skiprows=1), 2, axis=1
        )
        is_right = np.allclose(arrows, -2 * points, rtol=5e-3, atol=1e-6)  # downhill
        (panel,) = document.xpath(f"//figure[a/img[contains(@src, '{name}.svg')]]")
        (mark,) = with_class(panel, "mark")
        assert text(mark) == MARKS["correct" if is_right else "buggy"], name
        assert is_right == (number == 1)


def test_the_words_below_are_those_of_the_page_and_of_the_numbers(site, url):
    panels = iter(shown_on(site, url))
    for drawing in large_drawings(url):
        own = [next(panels) for _ in drawing.pictures]
        below = read(drawing.below)
        told = [in_words(picture) for _, picture in as_shown(drawing)]
        if len(own) == 1:
            expected = f"{told[0]} {below} {word('arrows.numbers')}".split()
            assert caption_of(own[0]).split() == expected, drawing.name
            continue
        are_alike = len(set(told)) == 1 and told[0] != ""
        for panel, sentence in zip(own, told, strict=True):
            caption = "" if are_alike else sentence
            found = text(one(panel, "./figcaption"))
            assert found.split() == f"{caption} {word('arrows.numbers')}".split(), (
                drawing.name
            )
        together = caption_of(own[0].getparent().getparent())
        expected = below
        if are_alike:
            expected += " " + said("caption.alike", caption=told[0])
        assert together.split() == expected.split(), drawing.name


# The numbers


def table_of(picture):
    """The heads and the columns of numbers behind a picture."""
    if isinstance(picture, AskedField):
        return list("XYUV"), np.column_stack([picture.points, picture.arrows])
    if isinstance(picture, AskedHeights):
        return list("XYZ"), np.column_stack([picture.points, picture.values.ravel()])
    heads = [picture.labels[0], *picture.names]
    columns = [picture.x, *picture.lines]
    if picture.band:
        heads += ["band, one edge", "band, the other"]
        columns += picture.band
    return heads, np.column_stack(columns)


def test_as_numbers_leads_to_the_numbers_of_the_picture(site, url):
    for panel, (file, picture, *_) in zip(
        shown_on(site, url), asked_for(url), strict=True
    ):
        link = one(panel, f"./figcaption/a[. = '{word('arrows.numbers')}']")
        path = file_of(site, url, link.get("href"))
        assert path == f"{file}.csv"
        with (site / path).open(encoding="utf-8", newline="") as lines:
            heads, *rows = csv.reader(lines)
        expected_heads, expected = table_of(picture)
        assert heads == expected_heads, path
        found = np.array([[float(cell or "nan") for cell in row] for row in rows])
        assert found.shape == expected.shape, path
        for head, column, computed in zip(heads, found.T, expected.T, strict=True):
            largest = np.nanmax(np.abs(computed), initial=0)
            np.testing.assert_allclose(
                column,
                computed,
                rtol=5.01e-4,
                atol=1e-12 * largest,
                err_msg=f"{path}: {head}",
            )


def test_places_have_all_their_digits(site, url):
    """What is measured is rounded, where it stands is not."""
    for file, picture, *_ in asked_for(url):
        has_points = isinstance(picture, AskedField | AskedHeights)
        places = picture.points if has_points else picture.x[:, None]
        with (site / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
            _, *rows = csv.reader(lines)
        found = np.array(
            [[float(cell) for cell in row[: places.shape[1]]] for row in rows]
        )
        np.testing.assert_allclose(found, places, rtol=1e-8, err_msg=file)


# Heights


SHADES = 9


def shades_of(heights):
    """The number of the shade of each height, as far as rounding leaves no doubt."""
    low, high = heights.limits
    parts = (heights.values - low) / (high - low) * SHADES
    is_certain = np.abs(parts - parts.round()) > 1e-9
    return np.clip(parts.astype(int), 0, SHADES - 1), is_certain


def test_the_cell_around_each_point_has_the_shade_of_its_height(site):
    drawings = heights_drawn(site)
    assert drawings
    for drawing in drawings:
        panel, heights = drawing.panel, drawing.heights
        across, up = panel.across.place(heights.x0), panel.up.place(heights.x1)
        found = np.full(heights.values.shape, -1)
        for shade in range(SHADES):
            for shape in panel.of(f"shade-{shade}"):
                for outline in shape.outlines:
                    (left, top), (right, bottom) = (
                        outline.min(axis=0),
                        outline.max(axis=0),
                    )
                    is_within = (across > left) & (across < right)
                    is_within = is_within & ((up > top) & (up < bottom))[:, None]
                    assert (found[is_within] == -1).all(), f"two cells, {drawing.file}"
                    found[is_within] = shade
        expected, is_certain = shades_of(heights)
        assert (found == expected)[is_certain].all(), drawing.file
        assert (found >= 0).all(), drawing.file


def test_a_higher_shade_has_more_of_the_colour_of_its_role(site):
    for drawing in heights_drawn(site):
        shapes = [
            shape
            for shade in range(SHADES)
            for shape in drawing.panel.of(f"shade-{shade}")
        ]
        for theme, colours in (("light", BY_DAY), ("dark", BY_NIGHT)):
            fills = [getattr(shape, theme)["fill"] for shape in shapes]
            strongest = channels(colours[drawing.heights.role])
            gaps = [np.abs(channels(fill) - strongest).sum() for fill in fills]
            assert gaps == sorted(gaps, reverse=True), drawing.file
            assert len(set(gaps)) == len(gaps), drawing.file
            assert gaps[-1] == 0, drawing.file


def channels(colour):
    return np.array([*bytes.fromhex(colour.removeprefix("#"))]).astype(int)


def test_heights_have_their_axes_named(site):
    for drawing in heights_drawn(site):
        panel = drawing.panel
        names = [name.words for axis in (panel.across, panel.up) for name in axis.names]
        assert names == [*drawing.heights.names], drawing.file


# Lines over one x


@pytest.fixture(scope="module")
def line_plots(site) -> list[Drawing]:
    return curves_drawn(site)


def test_pages_have_line_plots_on_every_kind_of_axes(line_plots):
    kinds = {tuple(drawing.curves.scales) for drawing in line_plots}
    assert kinds == {
        ("log", "log"),
        ("log", "linear"),
        ("linear", "log"),
        ("linear", "linear"),
    }


def test_every_line_and_band_runs_through_its_numbers_under_its_name(line_plots):
    assert any(drawing.curves.band for drawing in line_plots)
    for drawing in line_plots:
        assert_shows_curves(drawing.panel, drawing.curves, drawing.file)


def test_every_number_of_a_line_is_within_the_axes(line_plots):
    for drawing in line_plots:
        panel = drawing.panel
        for values in drawing.curves.lines:
            places = corners(drawing.curves, values, panel)
            places = places[np.isfinite(places).all(axis=1)]
            assert (places > (panel.left, panel.top)).all(), drawing.file
            assert (places < (panel.right, panel.bottom)).all(), drawing.file


def test_an_axis_has_powers_of_ten_if_it_is_logarithmic_and_plain_numbers_if_not(
    line_plots,
):
    for drawing in line_plots:
        axes = drawing.panel.across, drawing.panel.up
        for axis, scale in zip(axes, drawing.curves.scales, strict=True):
            assert axis.is_logarithmic == (scale == "log"), (
                f"{axis.words} in {drawing.file}"
            )


def test_small_marks_on_a_logarithmic_axis_stand_at_twice_to_nine_times_a_power_of_ten(
    line_plots,
):
    for drawing in line_plots:
        for axis in (drawing.panel.across, drawing.panel.up):
            for tick in axis.ticks:
                if not tick.text:
                    assert axis.is_logarithmic, drawing.file
                    assert is_round(axis.value(tick.place)), drawing.file


def is_round(exponent: float) -> bool:
    """Whether a number is a power of ten times one to nine, as far as a picture shows."""
    within_a_decade = 10 ** (exponent % 1)
    return abs(within_a_decade - round(within_a_decade)) < 0.02 * within_a_decade


def test_x_is_named_below_and_y_above_the_left_end_of_the_axes(line_plots):
    for drawing in line_plots:
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


def legend_of(drawing):
    """The words of the legend."""
    return [text for text in drawing.panel.texts if "legend_1" in text.groups]


def test_the_legend_has_a_sample_beside_every_name(line_plots):
    for drawing in line_plots:
        samples = drawing.panel.of("legend_1")[1:]  # after its box
        for sample, name in zip(samples, legend_of(drawing), strict=True):
            (outline,) = sample.outlines
            right, height = outline[:, 0].max(), outline[:, 1].mean()
            where = f"{name.words} in {drawing.file}"
            assert 0 < name.x - right < 2 * name.size, where
            assert abs(name.y - 0.36 * name.size - height) < 1, where


def test_lines_differ_in_colour_and_in_their_dashes(line_plots):
    for drawing in line_plots:
        lines = [
            shape
            for k in range(len(drawing.curves.lines))
            for shape in drawing.panel.of(f"line-{k}")
        ]
        found = [(line.light["stroke"], line.dark["stroke"]) for line in lines]
        expected = [(BY_DAY[role], BY_NIGHT[role]) for role in ROLES[: len(lines)]]
        assert found == expected, drawing.file
        dashes = {line.light.get("stroke-dasharray", "none") for line in lines}
        assert len(dashes) == len(lines), drawing.file
        assert {line.light["fill"] for line in lines} == {"none"}, drawing.file
        assert {float(line.light["stroke-width"]) for line in lines} == {2}, (
            drawing.file
        )


def test_the_legend_stands_within_the_axes_and_its_words_within_its_box(line_plots):
    for drawing in line_plots:
        panel = drawing.panel
        box = panel.of("legend_1")[0].outlines[0]
        left, top = box.min(axis=0)
        right, bottom = box.max(axis=0)
        assert panel.left < left < right < panel.right, drawing.file
        assert panel.top < top < bottom < panel.bottom, drawing.file
        for name in legend_of(drawing):
            end = name.x + name.width
            assert left < name.x < end < right, f"{name.words} in {drawing.file}"
            assert top < name.y < bottom, f"{name.words} in {drawing.file}"


def test_a_picture_holds_no_words_beside_its_numbers_names_and_legend(line_plots):
    for drawing in line_plots:
        panel, curves = drawing.panel, drawing.curves
        across, up = curves.labels
        expected = [*panel.across.words, across, *panel.up.words, up, *curves.names]
        found = [text.words for text in drawing.picture.texts]
        assert sorted(found) == sorted(expected), drawing.file


def test_a_picture_holds_as_many_lines_as_it_has_names(line_plots):
    for drawing in line_plots:
        groups = {name for shape in drawing.panel.shapes for name in shape.groups}
        lines = {name for name in groups if re.fullmatch(r"line-\d+", name)}
        assert len(lines) == len(drawing.curves.names), drawing.file
        assert not groups & {"arrows", "dots"}, drawing.file


def test_what_is_seen_through_a_band_can_still_be_seen(line_plots):
    for drawing in line_plots:
        for band in drawing.panel.of("band"):
            for style in (band.light, band.dark):
                assert 0.1 < float(style["fill-opacity"]) < 0.4, drawing.file


# What no page of the site draws


PAGE = """+++
title = "A test"
+++

```pycon
>>> points = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
>>> arrows = 2 * points
>>> tiny = points * 1e-239
>>> endless = np.array([[np.inf, 1], [2, np.nan]])
>>> some = np.array([[1, 2], [np.nan, 1], [0, 0], [3, 4]])
>>> h = np.array([1e-3, 1e-2, 1e-1])
```

{#
```pycon
>>> secret = 41 + 1
```
#}

{% set s = page | session %}
It is {{ s.secret }}.

{% call figure("pair", *fields(s.points, s.arrows, 3 * s.arrows), labels=("One", "`Two`")) %}
Of {{ s.points | length }} *points*.
{% endcall %}

{{ figure("flat", *fields(s.points, s.tiny, scale="auto")) }}

{{ figure("lines", curves(s.h, s.h ** 2, [0, 1, 9], names=["a", "b"], labels=["h", "error"])) }}

{{ figure("upper", curves(s.h, s.h, names=["a"], labels=["h", "e"] | map("upper"))) }}

{{ figure("endless", *fields(s.points[:2], s.endless)) }}

{{ figure("some", *fields(s.points, s.some)) }}
"""


SQUARE = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
H = np.array([1e-3, 1e-2, 1e-1])


@pytest.fixture(scope="module")
def small_site(drawn, tmp_path_factory):
    """A small site with such a page."""
    project = copied(tmp_path_factory.mktemp("drawn") / "gradviz", drawn.root)
    project.write("content/own.md", PAGE)
    done = project.build()
    assert done.returncode == 0, done.stderr
    return project.site


def alternative_text(small_site, name):
    document = page(small_site / "own/index.html")
    return squeezed(
        one(document, f"//img[contains(@src, '/own/{name}.svg')]").get("alt")
    )


def test_each_of_a_pair_is_drawn_on_the_scale_of_the_first_under_its_label(small_site):
    pair = fields(SQUARE, 2 * SQUARE, 6 * SQUARE)
    for k, (asked, label) in enumerate(zip(pair, ("One", "`Two`"), strict=True), 1):
        expected = field_of_page(asked.points, asked.arrows, asked.scale, asked.role)
        name = f"pair-{k}"
        drawn = (small_site / f"figures/own/{name}.svg").read_bytes()
        assert_shows(Picture(etree.fromstring(drawn)).panel, expected, name)
        assert alternative_text(small_site, name) == alt_of_field(asked, label)


def test_a_hidden_block_is_run_and_not_shown(small_site):
    shown = text(page(small_site / "own/index.html"))
    assert "It is 42." in shown
    assert "secret" not in shown


def test_what_matplotlib_cannot_turn_is_told(small_site):
    (flat,) = fields(SQUARE, 1e-239 * SQUARE, scale="auto")
    assert alternative_text(small_site, "flat") == alt_of_field(flat, "")


def test_how_many_arrows_are_left_out_is_told(small_site):
    (some,) = fields(SQUARE, [[1, 2], [np.nan, 1], [0, 0], [3, 4]])
    told = alternative_text(small_site, "some")
    assert told == alt_of_field(some, "")
    assert told.endswith(said("caption.missing", count=count(1)))


def test_lines_over_powers_of_ten_are_told_to_a_digit_and_gaps_as_nothing(small_site):
    lines = curves(H, H**2, [0, 1, 9], names=["a", "b"], labels=["h", "error"])
    told = alternative_text(small_site, "lines")
    assert told == alt_of_curves(lines)
    assert word("alt.nothing") in told


def test_labels_may_be_anything_that_can_be_read_once(small_site):
    upper = curves(H, H, names=["a"], labels=["H", "E"])
    assert alternative_text(small_site, "upper") == alt_of_curves(upper)


def test_an_arrow_without_end_has_its_numbers_too(small_site):
    lines = (small_site / "figures/own/endless.csv").read_text("utf-8").split("\n")
    assert lines[1:] == ["0,0,inf,1", "1,0,2,", ""]
