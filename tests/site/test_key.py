"""What a dot, a speck and an arrow cut off at the frame are is told once on a page.

It stands below the first picture that has one, and what is there to be explained is read from
the pictures themselves.
"""

import numpy as np
import pytest
from oracle import functions
from reading.fields import SHAFT
from reading.pages import file_of, one, pages, text, with_class
from reading.sentences import KEY, SIGNS
from reading.svg import picture
from reading.words import word

MEANING = dict(zip(SIGNS, KEY, strict=True))


@pytest.fixture(scope="module")
def site(built):
    return built.site


def signs_in(path):
    """What has to be explained of a picture: not of one that the book's script draws."""
    drawn = picture(path)
    if drawn.width != drawn.height or drawn.panel.of("line-0"):
        return set()
    panel = drawn.panel
    across = np.hypot(*(panel.arrows[:, 0] - panel.arrows[:, 3]).T)
    tips = panel.arrows[:, 3]
    corner = np.array([panel.left, panel.top])
    is_outside = (tips < corner - 0.1) | (tips > corner + panel.width + 0.1)
    found = {
        "dot": len(panel.dots) > 0,
        # From corner to corner, a speck is as wide as a shaft; an arrow is longer.
        "speck": (across < 1.05 * SHAFT * panel.width).any(),
        "cut": is_outside.any(),
    }
    return {sign for sign, is_there in found.items() if is_there}


def shown_together(document):
    """Figures of a pair, or of one picture, that the build has put together, in their order."""
    for figure in document.xpath(
        "//figure[@data-function or contains(@class, 'picture')]"
    ):
        is_of_pair = figure.xpath("ancestor::figure")
        by_hand = figure.xpath("ancestor::*[contains(@class, 'opening')]")
        if figure.xpath(".//a/img") and not by_hand:
            yield is_of_pair[0] if is_of_pair else figure


def assert_explained(site, address, document):
    explained = set()
    for figure in dict.fromkeys(shown_together(document)):
        files = [
            file_of(site, address, image.get("src")) for image in figure.iter("img")
        ]
        if not all(is_made_by_the_build(file, figure) for file in files):
            continue
        needed = set().union(*(signs_in(site / file) for file in files))
        key = with_class(one(figure, "./figcaption"), "key")
        told = [text(item) for each in key for item in each.iter("li")]
        new = [MEANING[sign] for sign in SIGNS if sign in needed - explained]
        assert told == new, f"{address}: {files}"
        explained |= needed


def is_made_by_the_build(file, figure):
    """Not a figure that a page has written by itself, around a picture of another kind."""
    if not file.startswith("figures/"):
        return False
    name = file.split("/")[-1].split("-")[0]
    is_of_function = file.count("/") == 1 and name in functions()
    return not is_of_function or figure.get("data-function") is not None


def test_a_sign_is_explained_once_on_a_page_below_the_first_picture_that_has_it(site):
    for address, document in pages(site).items():
        assert_explained(site, address, document)


def test_each_sign_is_drawn_beside_its_words_for_those_who_see_it(site):
    """A mark of the list of errata is a sign that is read, too."""
    for document in pages(site).values():
        for item in document.xpath("//ul[@class='key']/li[not(*[@class='mark'])]"):
            assert one(item, "./svg").get("aria-hidden") == "true"


def test_the_playground_explains_all_three_and_the_speck_of_a_script(site):
    (key,) = pages(site)["playground/index.html"].xpath("//form//ul[@class='key']")
    own = word("playground.speck")
    assert [text(item) for item in key.iter("li")] == [*KEY[1:], own]
