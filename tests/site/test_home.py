"""The first page: who it is for, two lines to paste, doors to a symptom, a pair to choose."""

import re

import numpy as np
import pytest
from oracle import functions
from reading.pages import caption_of, file_of, one, pages, text, with_class
from reading.sentences import pair_caption
from reading.words import word

from gradviz_core.book import numerical_gradient

HOME = "index.html"
# What a reader types into a search.
BOOK = ("Koki Saitoh", "Deep Learning from Scratch", "section 4.4", "figure 4-9")
LINES = "\n".join(word("paste.lines"))
# Where each door leads, and the function whose plot it shows, without .T.
DOORS = {
    "Straight lines": ("#lines", "product"),
    "Only specks, or nothing": ("#specks", "sine_of_product"),
    "It looks fine, but is not": ("#fine", "mean_of_squares"),
    "Something else": ("", None),
}
# A reader who still looks for the cause is not to hear it from the picture.
CAUSES = r"\.T\b|transpos|wrong|right|\brow|call|true|exact|product|mean|\bf\b"


@pytest.fixture(scope="module")
def site(built):
    return built.site


@pytest.fixture(scope="module")
def home(site):
    return pages(site)[HOME]


def test_who_it_is_for_is_said_in_one_sentence_that_a_search_finds(home):
    summary = text(one(home, "//p[@class='summary']"))
    assert summary.count(". ") == 0
    for name in (*BOOK, "ch04/gradient_2d.py"):
        assert name in summary


def test_the_description_for_a_search_is_that_sentence(home):
    description = one(home, "//meta[@name='description']").get("content")
    assert description == text(one(home, "//p[@class='summary']"))


def test_the_two_lines_stand_above_every_picture(home):
    code = one(home, "//section[@class='paste']//pre/code")
    assert code.text_content() == LINES
    order = list(home.iter("pre", "img"))
    assert order[0] is code.getparent()


@pytest.mark.parametrize("kind", [float, int])
def test_the_two_lines_mend_the_call_of_the_script_on_any_grid(kind):
    X, Y = np.mgrid[-3:4, -3:4].reshape(2, -1).astype(kind)
    names = {"np": np, "X": X, "Y": Y, "f": lambda x: x[0] * x[1]}
    names["numerical_gradient"] = numerical_gradient
    exec(LINES, names)
    assert np.allclose(names["grad"], [Y, X])


def test_each_door_shows_a_plot_and_leads_to_its_symptom(site, home):
    items = one(home, "//ul[@class='doors']").findall("li")
    assert [text(one(item, ".//b")) for item in items] == list(DOORS)
    for item, (anchor, name) in zip(items, DOORS.values(), strict=True):
        path, _, place = one(item, "./a").get("href").partition("#")
        assert file_of(site, HOME, path) == "symptoms/index.html"
        assert place == anchor.removeprefix("#")
        files = [file_of(site, HOME, image.get("src")) for image in item.iter("img")]
        assert files == ([f"figures/{name}-buggy-autoscale.svg"] if name else [])


def test_what_is_heard_of_a_door_gives_no_cause_away(home):
    for image in home.xpath("//ul[@class='doors']//img"):
        assert not re.search(CAUSES, image.get("alt"))


def test_the_array_shows_a_row_of_first_coordinates_framed(home):
    """As NumPy makes it: all first coordinates, then all second ones."""
    array = one(home, "//table[@class='entries']")
    first, second = array.iter("tr")
    framed = [row for row in (first, second) if row.get("class") == "buggy"]
    assert framed == [first]
    points = functions()["product"].points
    for axis, row in enumerate((first, second)):
        *shown, rest = [text(cell).replace("−", "-") for cell in row.iter("td")]
        assert [float(number) for number in shown] == [*points[: len(shown), axis]]
        assert rest == "…"


def test_each_choice_shows_the_pair_of_its_spelling(home):
    opening = with_class(home, "opening")[0]
    choices = opening.xpath(".//label[input[@name='function']]")
    chosen = [choice.find("input").get("value") for choice in choices]
    for name, choice in zip(chosen, choices, strict=True):
        assert text(choice) == functions()[name].spelling
    shown = opening.xpath(".//figure[@data-function]")
    assert [pair.get("data-function") for pair in shown] == chosen
    assert [pair.get("hidden") is None for pair in shown] == [True] + [False] * (
        len(chosen) - 1
    )
    assert [choice.find("input").get("checked") is not None for choice in choices] == [
        pair.get("hidden") is None for pair in shown
    ]
    for pair in shown:
        assert caption_of(pair) == pair_caption(
            functions()[pair.get("data-function")], "autoscale"
        )


def test_two_spellings_are_compared_in_one_call(site, home):
    """Both without .T, side by side, each under the spelling of its own."""
    together = set()
    for name in ("sum_of_squares", "sum_of_squares_indexed"):
        spelling = functions()[name].spelling
        (panel,) = (
            label.getparent()
            for label in home.xpath("//*[@class='label' and ../a/img]")
            if text(label) == spelling
        )
        file = file_of(site, HOME, one(panel, ".//img").get("src"))
        assert file == f"figures/{name}-buggy.svg"
        leads_to = file_of(site, HOME, one(panel, "./a").get("href"))
        assert leads_to == f"functions/{name}/index.html"
        together.add(panel.getparent())
    assert len(together) == 1


def test_the_link_that_follows_the_choice_begins_with_the_first(home):
    choice = one(home, "//label[input[@checked]]")
    link = one(home, "//a[@data-follows]")
    assert text(one(link, ".//code")) == text(choice)


def test_nothing_else_repeats_below_the_pictures(home):
    """The captions are those of the pictures to choose from, once each."""
    captions = [text(each) for each in with_class(home, "together")]
    assert len(captions) == len(set(captions))
