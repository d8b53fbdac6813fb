"""Which plot do you see? Each plot is a real symptom, and matplotlib does what is said of it.

That the advice mends is for test_advice to say.
"""

import csv
import re
import warnings
from urllib.parse import urldefrag

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from reading.pages import page, text, with_class
from reading.sentences import MARKS
from reading.words import said, word

from gradviz_core.book import numerical_gradient
from gradviz_core.registry.words import interface
from tests.site.plots_to_choose_from import HEADINGS, SYMPTOMS

AXIS = np.arange(-2, 2.5, 0.25)
WHOLE = np.arange(-3, 4)
LONGEST_LINE_ON_A_PHONE = 41
BEFORE_AND_AFTER = [
    f"{MARKS[role]} {word(f'before_and_after.{role}')}" for role in ("buggy", "correct")
]


def product(x):
    return x[0] * x[1]


def sine(x):
    return np.sin(x[0] * x[1])


def bump(x):
    return np.exp(-np.sum(x**2))


def squares(x):
    return np.sum(x**2)


def raised(x):
    return np.sum(x**2) + 5000


def bowl(x):
    return x[0] ** 2 / 20 + x[1] ** 2


# The axis of the reader's grid, the function, and whether the call has its two .T. Of the heights
# that np.gradient takes the slopes are swapped.
CAUSES = {
    "lines": (AXIS, product, False),
    "specks": (AXIS, sine, False),
    "star": (AXIS.astype("float16"), squares, True),
    "nothing": (AXIS, np.prod, False),
    "flat": (AXIS, bump, False),
    "upright": (AXIS, bowl, True),
    "lengths": (AXIS, lambda x: np.log(np.sum(np.exp(x))), False),
    "exchanged": (AXIS, lambda X, Y: np.exp(-(X**2) - Y**2), None),
    "gap": (WHOLE, product, True),
    "blocks": (AXIS.astype("float32"), raised, True),
    "downhill": (AXIS, bump, True),
    "fine": (AXIS, lambda x: np.mean(x**2), False),
}


# Plots with nothing to mend.
RIGHT = {"upright", "downhill"}


def script(name, f=None):
    """The points of the reader's script, and its arrows uphill, one coordinate a row."""
    axis, own, transposed = CAUSES[name]
    f = f or own
    X, Y = np.meshgrid(axis, axis)
    columns = np.array([X.ravel(), Y.ravel()])
    if transposed is None:
        up, right = np.gradient(f(X, Y), axis, axis)
        return columns, np.array([up.ravel(), right.ravel()])
    if transposed:
        return columns, numerical_gradient(f, columns.T.copy()).T
    return columns, numerical_gradient(f, columns.copy())


def mended_script(name):
    """The points of the mended script, and its arrows uphill, one coordinate a row."""
    axis, f, transposed = CAUSES[name]
    axis = axis.astype(float)
    X, Y = np.meshgrid(axis, axis)
    columns = np.array([X.ravel(), Y.ravel()])
    if transposed is None:
        up, right = np.gradient(f(X, Y), axis, axis)
        return columns, np.array([right.ravel(), up.ravel()])
    return columns, numerical_gradient(f, columns.T.copy()).T


def quiver(points, grad):
    """The arrows of the reader's plot as matplotlib draws them, in units of the axes' width."""
    figure = Figure()
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    drawn = axes.quiver(*points, *-grad, angles="xy", color="#666666")
    axes.set(xlim=(-2, 2), ylim=(-2, 2))
    figure.canvas.draw()
    return np.array([path.vertices for path in drawn.get_paths()])


@pytest.fixture(scope="module")
def symptoms(built):
    return page(built.site / "symptoms" / "index.html")


def thumbnails(document):
    """The plots to choose from: where each leads, its picture, and what is said of it."""
    found = {}
    for link in document.xpath("//ul[@id='plots']/li/a[.//img]"):
        (image,) = link.iter("img")
        name = urldefrag(link.get("href")).fragment
        source = image.get("src").replace("/small/", "/figures/")  # that of its answer
        found[name] = (text(link), source, image.get("alt"))
    return found


def mended(source):
    """Where the picture stands that shows what becomes of a plot."""
    return source.replace(".svg", "-mended.svg")


def labels_of(name):
    """What stands over the two plots of an answer, also where they look alike."""
    if name != "fine":
        return BEFORE_AND_AFTER
    times = len(AXIS) ** 2 / 2  # the mean divides by the points, not by the coordinates
    before = said("before_and_after.buggy_alike", times=f"{times:g}")
    after = word("before_and_after.correct_alike")
    return [f"{MARKS['buggy']} {before}", f"{MARKS['correct']} {after}"]


def table_of(built, source):
    """What the picture shows: a point and its arrow a column."""
    path = built.site / source.removeprefix("../").replace(".svg", ".csv")
    with path.open(encoding="utf-8", newline="") as lines:
        _, *rows = csv.reader(lines)
    return np.array([[float(cell or "nan") for cell in row] for row in rows]).T


def test_the_lines_that_mend_most_plots_stand_below_the_plots(symptoms):
    """Above them, they would take the first screen of a phone from the plots."""
    (code,) = symptoms.xpath("//div[@class='paste']/pre[preceding::ul[@id='plots']]")
    assert code.text_content().split("\n") == word("paste.lines")


def section(document, name):
    (heading,) = document.xpath(f"//h2[@id='{name}']")
    return heading.getparent()


# The page


def test_each_of_twelve_plots_and_what_has_none_leads_to_its_section(symptoms):
    found = thumbnails(symptoms)
    assert {name: words for name, (words, *_) in found.items()} == SYMPTOMS
    assert list(found) == list(interface("en")["symptoms"])
    assert found.keys() == CAUSES.keys()
    for name in [*found, *word("without_plot")]:
        (target,) = symptoms.xpath(f"//*[@id='{name}']")
        (heading,) = target.xpath("descendant-or-self::h2")
        assert heading.get("id") == name
        assert text(heading).removesuffix("#").strip() == HEADINGS[name]


def test_each_section_has_the_fix_the_check_the_cause_and_its_picture(symptoms):
    for name, (_, source, _) in thumbnails(symptoms).items():
        own = section(symptoms, name)
        shown = [image.get("src") for image in own.iter("img")]
        assert shown == ([source] if name in RIGHT else [source, mended(source)])
        roles = [panel.get("class") for panel in own.iter("figure")]
        labels = [text(label) for label in with_class(own, "label")]
        if name in RIGHT:
            assert (roles, labels) == (["picture book"], []), name
        else:
            assert roles == ["picture buggy", "picture correct"], name
            assert labels == labels_of(name), name
        marked = [text(strong).strip(".,") for strong in own.iter("strong")]
        parts = ["Fix", "Check", "Cause"]
        assert [words for words in marked if words in parts] == parts, name


def test_the_table_has_a_row_for_each_section_and_names_what_its_check_names(symptoms):
    (table,) = symptoms.xpath("//details[@class='finder']//table")
    assert [text(cell) for cell in table.iter("th")] == [
        "What I see",
        "How to check",
        "What to change",
    ]
    leads_to = []
    for seen, printed, _ in table.xpath(".//tbody/tr"):
        (link,) = seen.iter("a")
        own = section(symptoms, link.get("href").removeprefix("#"))
        leads_to.append(own.find("h2").get("id"))
        if leads_to[-1] in ("lengths", "none-of-these"):
            own = section(symptoms, "fine")
        in_section = [text(code) for code in own.iter("code", "pre")]
        for code in printed.iter("code"):
            assert any(text(code) in other for other in in_section), text(code)
    sections = [heading.get("id") for heading in symptoms.xpath("//section/h2")]
    assert leads_to == sections


def test_the_table_names_the_slopes_in_the_order_of_np_gradient(symptoms):
    (row,) = symptoms.xpath("//*[@class='finder']//tr[.//a[@href='#exchanged']]")
    check, *answers = [text(code) for code in row.findall("td")[1].iter("code")]
    axis = np.arange(3.0)
    expected = []
    for order in ("xy", "ij"):
        X, Y = np.meshgrid(axis, axis, indexing=order)
        along_first, _ = np.gradient(X + 10 * Y)
        names = "dx, dy" if along_first[0, 0] == 1 else "dy, dx"
        expected += [f"{eval(check, {'X': X})}", names]
    assert answers == expected


def test_the_plots_come_first_then_the_routine_and_the_table(symptoms):
    (plots,) = symptoms.xpath("//ul[@id='plots']")
    asked, routines, paste, before, table, *_ = plots.itersiblings()
    assert text(asked) == "Which routine does your script call?"
    assert [text(code) for code in routines.iter("code")] == [
        "numerical_gradient",
        "np.gradient",
        "jacobian",
        "approx_fprime",
        "jax.grad",
    ]
    assert paste.get("class") == "paste"
    assert [part.get("id") for part in before] == ["before-you-paste", "safe-call"]
    assert (table.tag, table.get("class")) == ("details", "finder")


def test_other_libraries_are_named_after_the_lines_to_paste(symptoms):
    own = section(symptoms, "lines")
    first = next(own.iter("pre"))
    places = [
        each
        for each in own.iter("pre", "a")
        if each.get("href") == "#scipy" or each is first
    ]
    assert places[0] is first
    assert len(places) > 1


def test_a_line_of_code_fits_a_phone(symptoms):
    lines = [
        line
        for code in symptoms.iter("pre")
        for line in code.text_content().split("\n")
    ]
    assert len(lines) > 50
    assert max(map(len, lines)) <= LONGEST_LINE_ON_A_PHONE


# The plots


@pytest.mark.parametrize("name", CAUSES)
def test_a_plot_shows_what_the_readers_script_has_computed(built, symptoms, name):
    points, grad = script(name)
    _, source, _ = thumbnails(symptoms)[name]
    shown = table_of(built, source)
    np.testing.assert_allclose(shown[:2], points.astype(float))
    if name == "nothing":  # zero divided by zero, which is how quiver scales it
        assert not grad.any()
        assert np.isnan(shown[2:]).all()
        return
    expected = -grad.astype(float)
    largest = np.abs(expected).max()
    np.testing.assert_allclose(shown[2:], expected, rtol=5e-3, atol=1e-9 * largest)


@pytest.mark.parametrize("name", sorted(CAUSES.keys() - RIGHT))
def test_beside_it_stands_what_the_mended_script_computes(built, symptoms, name):
    points, grad = mended_script(name)
    _, source, _ = thumbnails(symptoms)[name]
    shown = table_of(built, mended(source))
    np.testing.assert_allclose(shown[:2], points)
    largest = np.abs(grad).max()
    np.testing.assert_allclose(shown[2:], -grad, rtol=5e-3, atol=1e-9 * largest)


def test_what_is_said_of_a_plot_gives_nothing_away(symptoms):
    for _, _, alt in thumbnails(symptoms).values():
        words = r"\.T\b|transpos|wrong|(?<!to )(?<!to the )\bright\b|\brow|call|true|exact|product|\bf\b|script"
        assert not re.search(words, alt), alt


# What the page says that matplotlib does


@pytest.mark.parametrize(
    ("f", "leaves"), [(product, False), (sine, True), (bowl, False)]
)
def test_without_T_two_arrows_cross_the_plot_or_leave_it_at_once(f, leaves):
    points, grad = script("lines", f)
    moving = grad.any(axis=0)
    assert moving.sum() == 2
    assert (points[:, moving] < -1.7).all()  # in the lower left corner
    downhill = -grad[:, moving]
    assert (downhill < 0).all() == leaves
    assert (downhill > 0).all() == (not leaves)


@pytest.mark.parametrize(("f", "left"), [(squares, 8), (product, 98), (bump, 0)])
def test_in_float16_slopes_are_left_where_a_coordinate_is_small(f, left):
    points, grad = script("star", f)
    moving = grad.any(axis=0)
    assert moving.sum() == left
    assert (np.abs(points).min(axis=0)[moving] <= 0.25).all()


def test_of_each_slope_three_values_are_left():
    _, grad = script("blocks")
    for slopes in grad:
        assert len(set(slopes.tolist())) == 3


def test_nothing_is_drawn_and_a_warning_is_printed():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        arrows = quiver(*script("nothing"))
    assert np.isnan(arrows).all()
    assert any("divide by zero" in str(warning.message) for warning in caught)


def test_short_arrows_lie_flat():
    for arrow in quiver(*script("flat")):
        np.testing.assert_allclose(arrow[3], [arrow[3][0], 0], atol=1e-9)  # the tip


def test_arrows_that_are_all_too_short_make_the_same_plot():
    points, without = script("fine")
    f = CAUSES["fine"][1]
    grad = numerical_gradient(f, points.T.copy()).T
    assert np.abs(grad).max() > 100 * np.abs(without).max()
    np.testing.assert_allclose(quiver(points, grad), quiver(points, without), atol=0.01)


def test_arrows_of_whole_numbers_are_thousands_of_times_too_long():
    points, grad = script("gap")
    where = (points == 0).any(axis=0)
    right = points[::-1]
    ratio = np.hypot(*grad[:, ~where]) / np.hypot(*right[:, ~where])
    assert ratio.min() > 1000
    assert (grad == 0).all(axis=0).sum() == 13  # along both axes


def test_nearly_all_arrows_of_the_long_bowl_are_upright():
    _, grad = script("upright")
    assert (np.abs(grad[1]) > 2 * np.abs(grad[0])).mean() > 0.9


def test_the_slopes_of_a_whole_row_add_up_to_one():
    _, grad = script("lengths")
    np.testing.assert_allclose(grad.sum(axis=1), [1, 1], atol=1e-6)


@pytest.mark.parametrize("language", ["", "ja/", "ko/", "zh/"])
def test_each_error_message_that_the_playground_knows_stands_in_the_list(
    built, language
):
    shown = text(page(built.site / f"{language}symptoms/index.html"))
    for message in word("chosen.messages"):
        assert message in shown
