"""The first page: who it is for, two lines to paste, plots to choose from, each with its pair."""

import re

import numpy as np
import pytest
from oracle import functions
from reading.fields import stock_scale
from reading.pages import caption_of, file_of, one, pages, text, with_class
from reading.records import said_of_plot
from reading.sentences import pair_caption
from reading.words import word

from gradviz_core.book import numerical_gradient

HOME = "index.html"
# What a reader types into a search.
BOOK = ("Koki Saitoh", "Deep Learning from Scratch", "section 4.4", "figure 4-9")
LINES = "\n".join(word("paste.lines"))
# The plots to choose from, each with the symptom that it leads to.
SYMPTOMS = {
    "product": "lines",
    "sine_of_product": "specks",
    "product_of_all": "nothing",
    "exponential_bump": "flat",
    "mean_of_squares": "fine",
}


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


def choices_of(home):
    """The links of the plots to choose from, by the function whose plot each shows."""
    links = one(home, "//ul[@id='plots']").findall(".//a")
    return {link.get("data-function"): link for link in links}


def test_each_plot_to_choose_is_named_and_leads_to_its_symptom(site, home):
    choices = choices_of(home)
    assert [*choices] == [*SYMPTOMS] == word("chosen.home")
    for name, link in choices.items():
        assert text(link) == word(f"looks.{name}.label")
        path, _, place = link.get("href").partition("#")
        assert file_of(site, HOME, path) == "symptoms/index.html"
        assert place == SYMPTOMS[name]


def test_a_small_plot_has_the_arrows_and_specks_of_the_large_one(site, home):
    """Every other arrow along each axis, or all where few are left."""
    for name, link in choices_of(home).items():
        file = file_of(site, HOME, link.find("img").get("src"))
        assert file == f"small/{name}-buggy-autoscale.svg"
        drawn = (site / file).read_text(encoding="utf-8")
        shafts, dots = (
            re.search(f'class="{kind}"[^>]* d="([^"]*)"', drawn)[1]
            for kind in ("shafts", "dots")
        )
        counts = (shafts.count("M"), dots.count("M"))
        assert counts == small_counts(functions()[name]), name


def small_counts(function):
    """How many arrows and specks a small plot has, of 90 units each way."""
    field = -function.arrows("columns")
    lengths = np.hypot(*field.T)
    if not lengths.any():
        return 0, 0  # matplotlib draws nothing
    is_arrow = lengths / stock_scale(function.points, field) * 90 >= 1.6
    across = np.round((function.points + 2) / 0.25).astype(int)
    is_chosen = (across % 2 == 0).all(axis=1)
    specks = (~is_arrow & is_chosen).sum()
    if is_arrow.sum() > 9 * 9:
        is_arrow &= is_chosen
    return is_arrow.sum(), specks


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


def test_each_choice_shows_its_pair_with_its_sentence(home):
    opening = with_class(home, "opening")[0]
    pairs = opening.xpath(".//figure[@data-function]")
    asking, *looks = opening.xpath(".//p[@class='look']")
    assert asking.get("hidden") is not None  # without the script, nothing can be chosen
    assert text(asking) == word("opening.choose")
    for shown in (pairs, looks):
        assert [each.get("data-function") for each in shown] == [*SYMPTOMS]
        assert [each.get("hidden") is None for each in shown] == [True] + [False] * 4
    for pair, look in zip(pairs, looks, strict=True):
        name = pair.get("data-function")
        assert pair.get("data-spelling") == functions()[name].spelling
        assert caption_of(pair) == pair_caption(functions()[name], "autoscale")
        assert text(one(look, "./*[@class='buggy']")) == said_of_plot(name)
        assert text(one(look, "./*[@class='correct']")) == word(f"looks.{name}.mended")
        *_, entry = look.xpath("./*[@class='ways']/a")
        assert text(entry) == word("opening.entry")
        assert entry.get("href") == f"symptoms/index.html#{SYMPTOMS[name]}"


def test_of_the_numbers_that_f_gets_first_coordinates_stand_above_second_ones(home):
    points = functions()["product"].points
    shown = [
        [float(text(each).replace("−", "-")) for each in point.findall("span")]
        for point in home.xpath("//figure[@class='handed']//*[@class='point']")
    ]
    assert shown == points[[0, 1, 49, -1]].tolist()


def test_what_looks_fine_is_not_said_to_be_right(home):
    """Nobody can tell by such a plot, so a reader looks at the call: without .T there are
    the lines, and for any other call there is the field for a script."""
    (look,) = home.xpath("//p[@class='look' and @data-function='mean_of_squares']")
    links = [link.get("href") for link in one(look, "./*[@class='buggy']").iter("a")]
    assert links == ["#the-lines-to-paste", "#script"]
    assert one(home, "//*[@id='script']").tag == "textarea"
    call = word("pair.call").replace(word("pair.transpose"), "")
    assert call in text(look)
    assert functions()["mean_of_squares"].spelling in text(look)


def test_what_is_said_of_each_plot_is_so():
    """Whatever its sentence says of the arrows without .T, downhill as they are drawn."""
    plots = {name: shown_without(functions()[name]) for name in SYMPTOMS}

    points, field, across = plots["product"]
    is_left = across > 0
    assert 0 < is_left.sum() < 5
    assert (across[is_left] > 1).all()  # longer than the plot is wide

    points, field, across = plots["sine_of_product"]
    is_left = across > 0
    assert 0 < is_left.sum() < 5
    ends = points[is_left] + 1e-9 * field[is_left]
    assert (np.abs(ends) > 2).any(axis=1).all()  # out of the frame at once

    points, field, across = plots["product_of_all"]
    assert not field.any()

    points, field, across = plots["exponential_bump"]
    lengths = np.hypot(*field.T)
    # No direction can be found beside numbers of about 1, and they are long all the same.
    assert (1 + lengths == 1).all()
    assert across.max() > 1 / 20

    function = functions()["mean_of_squares"]
    points, field, across = plots[function.name]
    right = -function.arrows("rows")
    factor = np.hypot(*field.T).max() / np.hypot(*right.T).max()
    assert factor < 1
    assert np.allclose(field, factor * right, atol=1e-9)


def shown_without(function):
    """Points and arrows without .T, and how much of the plot each arrow crosses."""
    field = -function.arrows("columns")
    lengths = np.hypot(*field.T)
    across = lengths / stock_scale(function.points, field) if lengths.any() else lengths
    return function.points, field, across


def test_where_the_plot_was_right_the_two_lines_leave_it_as_it_is():
    hidden = [each for each in functions().values() if each.verdict == "hidden"]
    assert hidden
    for function in hidden:
        X, Y = function.points.T
        names = {"np": np, "X": X, "Y": Y, "f": function.f}
        names["numerical_gradient"] = numerical_gradient
        without = numerical_gradient(function.f, np.array([X, Y]))
        exec(LINES, names)
        longest = np.hypot(*without).max()
        change = np.abs(names["grad"] - without).max()
        assert change < 1e-6 * (1 + longest), function.name


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
        assert file == f"figures/{name}-buggy-autoscale.svg"
        leads_to = file_of(site, HOME, one(panel, "./a").get("href"))
        assert leads_to == f"functions/{name}/index.html"
        together.add(panel.getparent())
    assert len(together) == 1


def test_the_link_that_follows_the_choice_begins_with_the_first(home):
    first, *_ = SYMPTOMS
    link = one(home, "//a[@data-follows]")
    assert text(one(link, ".//code")) == functions()[first].spelling
