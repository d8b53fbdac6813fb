"""What a page draws of its own session, and says of it, is what the session computes.

Each session is run again over a routine of our own. The pictures that the text of a page asks
for must stand on the page, in this order, each with its label, its words and its numbers.
"""

import csv
import re

import numpy as np
import pytest
from oracle import sources
from reading.pages import caption_of, file_of, one, pages, squeezed, text, with_class
from reading.records import plain

from tests.site import svg_reading
from tests.site.fields import as_script_draws
from tests.site.filled import VALUE_BEGINS, VALUE_ENDS, Field, filled
from tests.site.number_words import count, significant
from tests.site.plots_to_choose_from import SYMPTOMS
from tests.site.sessions import session

MARKS = {"correct": "✓ ", "buggy": "✗ ", "book": ""}
SCALES = {"log": "a logarithmic", "linear": "an even"}
HEADS_OF_ARROWS = ["x₀", "x₁", "arrow along x₀", "arrow along x₁"]
HEADS_OF_A_BAND = ["band, one edge", "band, the other"]

PAGES_WITH_ALL_SYMPTOMS = ("symptoms/index.html",)

FORMULA = re.compile(r"\$([^$]*)\$")
WITH_DRAWINGS = [url for url, source in sources().items() if "drawn(" in source.text]


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
    missing = len(lengths) - len(finite)
    if missing == len(lengths):
        return (
            f"On the scale that matplotlib chooses, all {count(missing)} arrows are nan "
            "(not a number), so none is drawn."
        )
    drawn = int((finite > 0).sum())
    if drawn == 0:
        sentence = f"None of {count(len(lengths))} arrows has nonzero length."
    else:
        longest = significant(finite.max())
        sentence = (
            f"{count(drawn)} of {count(len(lengths))} arrows have nonzero length, "
            f"up to {longest}."
        )
    if missing:
        sentence += f" {count(missing)} are not numbers, and are left out."
    return sentence


def alt_of_field(field, label):
    """The alternative text of a field of arrows."""
    title = f" ({label.replace('`', '')})" if label else ""
    sentence = f"Quiver plot{title}: {field_in_words(field)}"
    if not field.is_automatic:
        return sentence
    sentence += " Drawn at automatic scale."
    lengths = lengths_of(field)
    flat = int(((lengths > 0) & (1 + lengths == 1)).sum())
    if flat:
        sentence += (
            f" {count(flat)} of them are too short for matplotlib to find their direction, "
            "and are drawn horizontally, pointing right."
        )
    return sentence


def about(value, scale):
    """A place along an axis to the digits that can be read there."""
    return significant(value, 1 if scale == "log" else 3)


def height(value, scale):
    return "nothing" if np.isnan(value) else f"about {about(value, scale)}"


def alt_of_curves(curves):
    """The alternative text of lines: axes, scales, ends, and where each is lowest."""
    (across, up), x = curves.scales, curves.x
    sentences = [
        f"Line plot of {curves.labels[1]}, on {SCALES[up]} scale, against {curves.labels[0]}, "
        f"on {SCALES[across]} scale, from about {about(x[0], across)} to {about(x[-1], across)}."
    ]
    for name, line in zip(curves.names, curves.lines, strict=True):
        low = int(np.nanargmin(line))
        sentences.append(
            f"{name}: {height(line[0], up)} at the left and {height(line[-1], up)} at the right, "
            f"lowest with {height(line[low], up)} near {about(x[low], across)}."
        )
    return " ".join(sentences)


def expected_alt(picture, label):
    if isinstance(picture, Field):
        return alt_of_field(picture, label)
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
    """The pictures that the text of a page asks for: file, picture, and label."""
    for drawing in filled(url).drawings:
        for k, picture in enumerate(drawing.pictures):
            yield drawing.file(url, k), picture, drawing.labels[k]


def read(markdown):
    """Words of a page as they are read: an index of a formula stands behind its letter."""
    bare = markdown.replace(VALUE_BEGINS, "").replace(VALUE_ENDS, "")
    return plain(FORMULA.sub(lambda formula: formula[1].replace("_", ""), bare))


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
            assert text(*labels) == MARKS[picture.role] + read(label), file
        else:
            assert not labels, file


def test_the_words_below_are_those_of_the_page_and_of_the_numbers(site, url):
    panels = iter(shown_on(site, url))
    for drawing in filled(url).drawings:
        own = [next(panels) for _ in drawing.pictures]
        below = read(drawing.below)
        told = [
            field_in_words(p) if isinstance(p, Field) else "" for p in drawing.pictures
        ]
        if len(own) == 1:
            expected = f"{told[0]} {below} As numbers".split()
            assert caption_of(own[0]).split() == expected, drawing.name
            continue
        are_alike = len(set(told)) == 1 and told[0] != ""
        for panel, sentence in zip(own, told, strict=True):
            caption = "" if are_alike else sentence
            found = text(one(panel, "./figcaption"))
            assert found.split() == f"{caption} As numbers".split(), drawing.name
        together = caption_of(own[0].getparent().getparent())
        expected = f"{below} In each: {told[0]}" if are_alike else below
        assert together.split() == expected.split(), drawing.name


# The numbers


def table_of(picture):
    """The heads and the columns of numbers behind a picture."""
    if isinstance(picture, Field):
        return HEADS_OF_ARROWS, np.column_stack([picture.points, picture.arrows])
    heads = [picture.labels[0], *picture.names]
    columns = [picture.x, *picture.lines]
    if picture.band:
        heads += HEADS_OF_A_BAND
        columns += picture.band
    return heads, np.column_stack(columns)


def test_as_numbers_leads_to_the_numbers_of_the_picture(site, url):
    for panel, (file, picture, *_) in zip(
        shown_on(site, url), asked_for(url), strict=True
    ):
        link = one(panel, "./figcaption/a[. = 'As numbers']")
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
        places = picture.points if isinstance(picture, Field) else picture.x[:, None]
        with (site / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
            _, *rows = csv.reader(lines)
        found = np.array(
            [[float(cell) for cell in row[: places.shape[1]]] for row in rows]
        )
        np.testing.assert_allclose(found, places, rtol=1e-8, err_msg=file)


# The plots to choose from


def seen_in(points, arrows, panel):
    """What anyone sees in a plot, without a word about its cause."""
    drawn = as_script_draws(points, arrows)
    lengths = np.hypot(*arrows.T)
    if not (np.isfinite(lengths) & (lengths > 0)).any():
        return "A plot with its grid, and nothing in it."
    points, arrows, lengths = (
        each[drawn.is_arrow] for each in (points, arrows, lengths)
    )
    is_speck = lengths / drawn.span < drawn.shaft
    specks = specks_in_words(points[is_speck], points)
    is_seen = panel.is_in_view & ~is_speck
    if not is_seen.any():
        return f"A plot with its grid, and nothing in it but f{specks.strip()[1:]}"
    seen = count(int(is_seen.sum()))
    if lengths.max() > drawn.span:
        begins = np.abs(points[is_seen]).max() / np.abs(points).max()
        where = "near the middle" if begins < 0.6 else "in a corner"
        return (
            f"A nearly empty plot. Straight lines that cross it: {seen}. "
            f"They begin {where}.{specks}"
        )
    if (1 + lengths[lengths > 0] == 1).all():
        return f"A field of arrows. All are horizontal, and point to the right.{specks}"
    typical = np.median(lengths[lengths > 0])
    ratio = significant(lengths.max() / typical, 2)
    return (
        f"A field of arrows.{ways_in_words(points[~is_speck], arrows[~is_speck])} "
        f"The longest is {ratio} times as long as a typical one.{specks}"
    )


def ways_in_words(points, arrows):
    """Where arrows point, and what nearly all of them have in common."""
    inward = int(((points * arrows).sum(axis=1) < 0).sum())
    outward = len(arrows) - inward
    said = f" Towards the middle: {count(inward)}. Away from it: {count(outward)}."
    if (arrows < 0).all():
        said = " All point down, to the left."
    if inward == len(arrows):
        said = " All point towards the middle."
    if outward == len(arrows):
        said = " All point away from the middle."
    if (np.abs(arrows[:, 1]) > 2 * np.abs(arrows[:, 0])).all():
        said += " All are vertical, or nearly so."
    different = len(np.unique(arrows.round(6), axis=0))
    if different < 10:
        said += f" There are only {different} different arrows."
    return said


def specks_in_words(specks, points):
    """How many there are, and where, if they stand in a line or in the middle."""
    if not len(specks):
        return ""
    on_level, on_upright = specks[:, 1] == 0, specks[:, 0] == 0
    where = ""
    if np.abs(specks).max() < 0.6 * np.abs(points).max():
        where = " in the middle"
    elif on_level.all():
        where = " along a horizontal line through the middle"
    elif on_upright.all():
        where = " along a vertical line through the middle"
    elif (on_level | on_upright).all():
        where = " along two lines through the middle, one horizontal and one vertical"
    return f" Faint specks{where}: {count(len(specks))}."


def thumbnails(site, address):
    """The plots to choose from on a page."""
    return one(pages(site)[address], "//ul[@id='plots']").findall("li")


def assert_thumbnail(site, address, name, item):
    place = f"{address}: {name}"
    assert text(item) == SYMPTOMS[name], place
    link = one(item, "./a").get("href")
    path, _, anchor = link.partition("#")
    leads_to = file_of(site, address, path) if path else address
    assert (leads_to, anchor) == ("symptoms/index.html", name), place

    points, arrows = session("symptoms/index.html").plots[name]
    image = one(item, ".//img")
    file = file_of(site, address, image.get("src"))
    assert file == f"figures/symptoms/{name}.svg", place
    panel = svg_reading.picture(site / file).panel
    arrays = np.array(points, dtype=float), np.array(arrows, dtype=float)
    expected = seen_in(*arrays, panel)
    assert squeezed(image.get("alt")) == expected, place
    assert (image.get("width"), image.get("height")) == ("640", "480"), place


@pytest.mark.parametrize("address", PAGES_WITH_ALL_SYMPTOMS)
def test_each_plot_to_choose_is_the_one_that_its_words_and_its_link_speak_of(
    site, address
):
    items = thumbnails(site, address)
    for name, item in zip(SYMPTOMS, items, strict=True):
        assert_thumbnail(site, address, name, item)


def test_the_page_of_all_elements_shows_two_plots_to_choose(site):
    items = thumbnails(site, "elements/index.html")
    for name, item in zip(("lines", "lengths"), items, strict=True):
        assert_thumbnail(site, "elements/index.html", name, item)
