"""The sentences that static/captions.js chooses are those that the build chooses."""

import copy
import html
import re

import pytest

from gradviz_core import FUNCTIONS, Grid, Layout, measure
from gradviz_core.content.entries import Entry
from gradviz_core.publish.captions import picture_text
from gradviz_core.registry.functions import Function
from gradviz_core.registry.words import WORDS
from tests.unit.interpreter import ask

H = 1e-4

# A spelling for each caption that the build and the browser share, by the caption's name.
SHARED = {
    "hidden": "np.sum(x**2)",
    "blank": "np.prod(x)",
    "nowhere": "np.log(x[0] + 2)",
    "sparse": "x[0] * x[1]",
    "scaled": "np.mean(x**2)",
    "plausible": "np.sum(x)**2",
    "plausible_parallel": "np.exp(-np.sum(x**2))",
    "plausible_without_angle": "(len(x) - 2) * np.sum(x)",
}

# A spelling for each kind of answer that the browser alone has.
INCOMPARABLE = {
    "flat": "np.sign(x[0])",
    "vague": "np.sum(x**2) + 1e10",
}


@pytest.fixture(scope="module")
def words():
    """The words of the site, without the error, which each writes in its own way."""
    changed = copy.deepcopy(WORDS)
    for name, caption in changed["caption"].items():
        changed["caption"][name] = caption.replace("{max_error}", "(the error)")
    return changed


def strings_of(words):
    """What the page of the playground hands to its script."""
    names = words["verdict"]["name"]
    return {
        "words": words["playground"],
        "caption": words["caption"],
        "names": names | {"nowhere": names["blank"]},
    }


def answers(words, asked):
    """What the browser says of pairs of a spelling and a grid."""
    strings = strings_of(words)
    questions = []
    for spelling, grid in asked:
        numbers = {"start": grid.start, "stop": grid.stop, "step": grid.step, "h": H}
        questions.append({"strings": strings, "text": spelling, "grid": numbers})
    return ask("say.js", questions)


def caption_of(words, function):
    """What the build says below the picture of the call without .T."""
    rows = measure(function, function.grid, Layout.ROWS)
    columns = measure(function, function.grid, Layout.COLUMNS)
    entry = Entry(function, rows, columns, {})
    return html.unescape(picture_text(entry, "buggy", words).caption)


def function_of(spelling):
    return Function(
        name="asked",
        title="Asked",
        tex="",
        spelling=spelling,
        gradient=("", ""),
        note="",
    )


def sentence_of(words, caption, answer):
    """A caption as the browser says it, with what holds of both calls behind it."""
    parts = [words["playground"]["call"], caption, answer["ofBoth"]]
    return " ".join(part for part in parts if part)


def is_filled(sentence, template):
    """Whether a sentence is this one with something in each of its holes."""
    pattern = re.sub(r"\\{\w+\\}", ".+", re.escape(template))
    return re.fullmatch(pattern, sentence) is not None


def test_each_kind_of_caption_is_chosen_as_the_build_chooses_it(words):
    found = answers(words, [(spelling, Grid()) for spelling in SHARED.values()])
    for (name, spelling), answer in zip(SHARED.items(), found, strict=True):
        caption = caption_of(words, function_of(spelling))
        assert is_filled(caption, words["caption"][name]), name
        assert answer["sentence"] == sentence_of(words, caption, answer), name


def test_a_function_of_the_site_has_the_caption_of_its_page(words):
    functions = FUNCTIONS.values()
    found = answers(words, [(each.spelling, each.grid) for each in functions])
    for function, answer in zip(functions, found, strict=True):
        caption = caption_of(words, function)
        assert answer["sentence"] == sentence_of(words, caption, answer), function.name


def test_two_calls_that_cannot_be_compared_have_no_badge(words):
    found = answers(words, [(spelling, Grid()) for spelling in INCOMPARABLE.values()])
    for name, answer in zip(INCOMPARABLE, found, strict=True):
        caption = words["caption"][name].format(arrows=324)
        assert answer["sentence"] == sentence_of(words, caption, answer), name
        assert answer["badge"] == "", name
        assert answer["why"] == words["playground"]["why"][name]


def test_one_point_has_one_number(words):
    (answer,) = answers(words, [("np.sum(x)", Grid(1, 2, 1))])
    assert "f gets one number instead of two" in answer["sentence"]
