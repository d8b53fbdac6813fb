"""The plots that a reader chooses from: each leads to its cause, and its words give none away.

What is seen in a plot is told from the arrows that the session of the page computes.
"""

import numpy as np
from reading.fields import as_script_draws
from reading.numbers import count, significant
from reading.pages import file_of, one, pages, squeezed, text
from reading.scripts import session
from reading.svg import picture
from reading.words import said, word

from tests.site.plots_to_choose_from import SYMPTOMS

NEARLY_ALL = 0.9  # so large a share of the arrows


def seen_in(points, arrows, panel):
    """What anyone sees in a plot, without a word about its cause: a few sentences."""
    drawn = as_script_draws(points, arrows)
    lengths = np.hypot(*arrows.T)
    if not (np.isfinite(lengths) & (lengths > 0)).any():
        return [word("appearance.empty")]
    points, arrows, lengths = (
        each[drawn.is_arrow] for each in (points, arrows, lengths)
    )
    is_speck = lengths / drawn.span < drawn.shaft
    is_seen = panel.is_in_view & ~is_speck
    if not is_seen.any():
        return [said("appearance.specks", specks=count(int(is_speck.sum())))]
    specks = specks_in_words(points[is_speck], points)
    if lengths.max() > drawn.span:
        begins = np.abs(points[is_seen]).max() / np.abs(points).max()
        return [
            said("appearance.lines", in_view=count(int(is_seen.sum()))),
            word(f"appearance.begin.{'middle' if begins < 0.6 else 'corner'}"),
            *specks,
        ]
    if (1 + lengths[lengths > 0] == 1).all():
        return [word("appearance.flat"), *specks]
    ratio = lengths.max() / np.median(lengths[lengths > 0])
    return [
        word("appearance.field"),
        *ways_in_words(points[~is_speck], arrows[~is_speck]),
        said("appearance.ratio", ratio=significant(ratio, 2)),
        *specks,
    ]


def ways_in_words(points, arrows):
    """Where arrows point, and what all of them have in common, or nearly all."""
    u, v = arrows.T
    is_inward = (points * arrows).sum(axis=1) < 0
    ways = {
        "inward": is_inward,
        "outward": ~is_inward,
        "down_left": (u < 0) & (v < 0),
        "down_right": (u > 0) & (v < 0),
        "up_left": (u < 0) & (v > 0),
        "up_right": (u > 0) & (v > 0),
    }
    told = [
        shared(way, is_so) for way, is_so in ways.items() if is_so.mean() >= NEARLY_ALL
    ]
    if not told:
        inward, outward = int(is_inward.sum()), int((~is_inward).sum())
        told = [said("appearance.mixed", inward=count(inward), outward=count(outward))]
    sentences = told[:1]
    slants = {"upright": abs(v) > 2 * abs(u), "level": abs(u) > 2 * abs(v)}
    sentences += [
        shared(way, so) for way, so in slants.items() if so.mean() >= NEARLY_ALL
    ]
    different = len(np.unique(arrows.round(6), axis=0))
    if different < 10:
        sentences.append(said("appearance.few", different=different))
    return sentences


def shared(way, is_so):
    return word(f"appearance.{'all' if is_so.all() else 'most'}.{way}")


def specks_in_words(specks, points):
    """How many there are, and where, if they stand in a line or in the middle."""
    if not len(specks):
        return []
    on_level, on_upright = specks[:, 1] == 0, specks[:, 0] == 0
    where = "anywhere"
    if np.abs(specks).max() < 0.6 * np.abs(points).max():
        where = "middle"
    elif on_level.all():
        where = "level"
    elif on_upright.all():
        where = "upright"
    elif (on_level | on_upright).all():
        where = "both"
    return [said(f"appearance.specks_at.{where}", specks=count(len(specks)))]


def thumbnails(site, address):
    """The plots to choose from on a page."""
    return one(pages(site)[address], "//ul[@id='plots']").xpath("./li[.//img]")


def assert_thumbnail(site, address, name, item):
    place = f"{address}: {name}"
    assert text(item) == SYMPTOMS[name], place
    link = one(item, "./a").get("href")
    path, _, anchor = link.partition("#")
    leads_to = file_of(site, address, path) if path else address
    assert (leads_to, anchor) == ("symptoms/index.html", name), place

    points, arrows = session("symptoms/index.html").plots[name][:2]
    image = one(item, ".//img")
    file = file_of(site, address, image.get("src"))
    assert file == f"small/symptoms/{name}.svg", place
    panel = picture(site / f"figures/symptoms/{name}.svg").panel
    arrays = np.array(points, dtype=float), np.array(arrows, dtype=float)
    expected = " ".join(seen_in(*arrays, panel))
    assert squeezed(image.get("alt")) == expected, place


def test_each_plot_to_choose_is_the_one_that_its_words_and_its_link_speak_of(built):
    site = built.site
    address = "symptoms/index.html"
    items = thumbnails(site, address)
    for name, item in zip(SYMPTOMS, items, strict=True):
        assert_thumbnail(site, address, name, item)


def test_the_page_of_all_elements_shows_two_plots_to_choose(built):
    site = built.site
    items = thumbnails(site, "elements/index.html")
    for name, item in zip(("lines", "lengths"), items, strict=True):
        assert_thumbnail(site, "elements/index.html", name, item)
