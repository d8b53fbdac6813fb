"""What the playground says of a function: the form of a sentence, and its numbers."""

import html
import re

import pytest

from gradviz_core import FUNCTIONS, Grid, Layout, measure
from gradviz_core.content.entries import Entry
from gradviz_core.figures.fields import function_fields
from gradviz_core.publish.captions import FORMS, card_number, picture_text
from gradviz_core.publish.playground_page import playground_texts
from gradviz_core.registry.functions import Function
from gradviz_core.registry.words import interface
from tests.unit.interpreter import ask

# The words of the interface; the call and what is chosen belong to a site.
ENGLISH = interface("en")
WORDS = ENGLISH | {
    "pair": ENGLISH["pair"] | {"call": "a call"},
    "chosen": {"messages": []},
}

H = 1e-4

# A spelling for each caption that the build and the browser share, by its key in the words.
SHARED = {
    "hidden": "np.sum(x**2)",
    "blank": "np.prod(x)",
    "nowhere": "np.log(x[0] + 2)",
    "sparse": "x[0] * x[1]",
    "scaled_shorter": "np.mean(x**2)",
    "scaled_longer": "np.sum(x**2) * len(x)",
    "plausible_longer": "np.sum(x)**2",
    "plausible_shorter": "np.mean(x**2) + x[0] / 10",
    "plausible_parallel_shorter": "np.exp(-np.sum(x**2))",
    "plausible_parallel_longer": "np.exp(np.sum(x**2) / 50)",
    "plausible_without_angle": "(len(x) - 2) * np.sum(x)",
}

# A spelling for each kind of answer that the browser alone has.
INCOMPARABLE = {
    "flat": "np.sign(x[0])",
    "vague": "np.sum(x**2) + 1e10",
}


def no_template(name, **terms):
    return ""


def answers(asked, angles=None):
    """What the browser says of pairs of a spelling and a grid, in a window with angles."""
    strings = playground_texts(WORDS, no_template)
    questions = []
    for spelling, grid in asked:
        numbers = {"start": grid.start, "stop": grid.stop, "step": grid.step, "h": H}
        question = {"strings": strings, "text": spelling, "grid": numbers}
        questions.append(question | {"angles": angles})
    return ask("say.js", questions)


def entry_of(function):
    rows = measure(function, function.grid, Layout.ROWS)
    columns = measure(function, function.grid, Layout.COLUMNS)
    fields = function_fields(rows, columns)
    return Entry(function, rows, columns, fields)


def caption_of(function, picture="buggy"):
    """What the build says below a picture of the call without .T."""
    return html.unescape(picture_text(entry_of(function), picture, WORDS).caption)


def function_of(spelling, grid=None):
    return Function(
        grid=grid or Grid(),
        name="asked",
        title="Asked",
        spelling=spelling,
        gradient=("", ""),
        note="",
    )


def sentence_of(caption, answer, arrows=324):
    """A caption as the browser says it, between what f gets and what holds of both calls."""
    call = WORDS["playground"]["call"]["other"].format(count=f"{arrows:,}")
    parts = [call, caption, answer["ofBoth"]]
    return " ".join(part for part in parts if part)


def is_filled(sentence, template):
    """Whether a sentence is this one with something in each of its holes."""
    if isinstance(template, dict):
        template = template["other"]
    pattern = re.sub(r"\\{\w+\\}", ".+", re.escape(template))
    return re.fullmatch(pattern, sentence) is not None


def test_each_form_of_a_caption_has_its_spelling_here():
    assert {form["key"] for form in FORMS["caption"]} <= SHARED.keys()


def test_the_browser_takes_the_form_that_holds_and_fills_it_as_the_build_does():
    spoken = answers([(spelling, Grid()) for spelling in SHARED.values()])
    for (key, spelling), answer in zip(SHARED.items(), spoken, strict=True):
        caption = caption_of(function_of(spelling))
        assert is_filled(caption, WORDS["caption"][key]), key
        assert answer["sentence"] == sentence_of(caption, answer), key


def test_a_function_of_the_site_has_the_caption_of_its_page():
    functions = FUNCTIONS.values()
    spoken = answers([(each.spelling, each.grid) for each in functions])
    for function, answer in zip(functions, spoken, strict=True):
        caption = caption_of(function)
        sentence = sentence_of(caption, answer, len(function.grid.points))
        assert answer["sentence"] == sentence, function.name
        assert answer["badge"], function.name
        assert answer.get("why"), function.name


def test_in_a_window_a_function_has_the_caption_of_the_plot_that_its_script_draws():
    functions = FUNCTIONS.values()
    asked = [(each.spelling, each.grid) for each in functions]
    for function, answer in zip(functions, answers(asked, "xy"), strict=True):
        caption = caption_of(function, "buggy-autoscale")
        sentence = sentence_of(caption, answer, len(function.grid.points))
        assert answer["sentence"] == sentence, function.name


def test_only_with_angles_of_the_axes_are_short_arrows_drawn_to_the_right():
    asked = [(SHARED["plausible_parallel_shorter"], Grid())]
    flat = WORDS["caption"]["as_script"]["flat"].format(arrows=324, drawn=323)
    for angles, is_told in [("xy", True), ("uv", False), (None, False)]:
        [answer] = answers(asked, angles)
        assert (flat in answer["sentence"]) == is_told, angles


@pytest.mark.parametrize("angles", [None, "xy"])
def test_two_calls_that_cannot_be_compared_have_no_badge(angles):
    asked = [(spelling, Grid()) for spelling in INCOMPARABLE.values()]
    spoken = answers(asked, angles)
    for name, answer in zip(INCOMPARABLE, spoken, strict=True):
        caption = WORDS["caption"][name].format(arrows=324)
        assert answer["sentence"] == sentence_of(caption, answer), name
        assert answer["badge"] == "", name
        assert answer["why"] == WORDS["playground"]["why"][name]


# A spelling, and whether the arrows of the call with both .T are right, and those of the call
# without: None where that cannot be told.
RIGHT = {
    "np.sum(x**2)": (True, True),
    "x[0] * x[1]": (True, False),
    "np.array([1, 2]) @ x": (True, False),  # which stops without .T
    "np.abs(x[0] - 5e-5) * x[1]": (None, False),  # a kink beside a point
    "np.sum(np.abs(x - 5e-5))": (None, None),  # without .T, the same arrows
    **dict.fromkeys(INCOMPARABLE.values(), (None, None)),
}


def test_it_is_told_whether_arrows_are_right_but_not_where_h_or_a_kink_makes_them_wrong():
    spoken = answers([(spelling, Grid()) for spelling in RIGHT])
    for (spelling, (rows, columns)), answer in zip(RIGHT.items(), spoken, strict=True):
        assert answer["isRight"] == {"rows": rows, "columns": columns}, spelling


def test_slopes_below_zero_are_slopes():
    (answer,) = answers([("np.sum(-x)", Grid())])
    caption = caption_of(function_of("np.sum(-x)"))
    assert answer["sentence"] == sentence_of(caption, answer)


def test_one_point_has_one_number():
    (answer,) = answers([("np.sum(x)", Grid(1, 2, 1))])
    assert "f gets one number instead of two" in answer["sentence"]


def test_of_one_arrow_it_is_said_in_the_singular():
    grid = Grid(1, 2, 1)
    blank, wrong = answers(
        [("np.sum(x) * (len(x) - 1)", grid), ("x[0]**2 + 3 * x[-1]", grid)]
    )
    assert "The only arrow has length zero." in blank["sentence"]
    assert "1 of 1 arrows is wrong" in wrong["sentence"]


@pytest.mark.parametrize(("stop", "is_short"), [(2, False), (3, True)])
def test_a_card_calls_arrows_short_below_a_tenth_of_their_length(stop, is_short):
    """Without .T, its mean divides by the number of points, 16 or 25, and not by two."""
    entry = entry_of(function_of("np.mean(x**2) + x[0] / 100", Grid(-2, stop, 1)))
    assert (" too short by a factor of " in card_number(entry, WORDS)) == is_short
