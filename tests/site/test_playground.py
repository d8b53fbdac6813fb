"""What the playground holds before its script runs: each word beside what it names.

What the script then makes of it is seen in a browser.
"""

import json

import pytest
from oracle import DEFAULT_GRID, H, functions
from reading.pages import one, pages, text, with_class
from reading.sentences import CALLS, MARKS, NAMES_OF_CALLS, VERDICT_NAMES, VERDICTS
from reading.words import word

FUNCTIONS = list(functions().values())
FIELDS = word("playground.grid")
VIEWS = word("playground.view")
TAKES = word("playground.takes")


@pytest.fixture(scope="module")
def playground(built):
    return pages(built.site)["playground/index.html"]


@pytest.fixture(scope="module")
def carried(playground):
    """What the page hands to its script."""
    return json.loads(one(playground, "//script[@type='application/json']").text)


def test_it_offers_every_function_by_its_spelling_and_its_title(playground):
    options = playground.xpath("//select[@name='registry']/option[@value!='']")
    offered = [(option.get("value"), text(option)) for option in options]
    assert offered == [(function.spelling, function.title) for function in FUNCTIONS]


def test_a_button_puts_in_what_it_shows(playground):
    buttons = playground.xpath("//button[@name='starter']")
    assert buttons
    for button in buttons:
        assert button.get("value") == text(button)
        assert text(button) in [function.spelling for function in FUNCTIONS]


def test_it_begins_with_the_grid_and_the_step_of_the_script(playground):
    names = ("start", "stop", "step", "h")
    numbers = dict(zip(names, (*DEFAULT_GRID, H), strict=True))
    numbers |= dict.fromkeys(("start1", "stop1", "step1"))  # those of x0
    found = {}
    for label in playground.xpath("//label[input[@type='number']]"):
        field = label.find("input")
        assert text(label) == FIELDS[field.get("name")]
        value = field.get("value")
        found[field.get("name")] = float(value) if value else None
    assert found == numbers


def test_each_way_to_draw_and_to_take_away_says_what_it_does(playground):
    views = {}
    for label in playground.xpath("//label[input[@type='checkbox']]"):
        views[label.find("input").get("name")] = text(label)
    assert views == VIEWS
    takes = {}
    for button in playground.xpath("//fieldset[@name='takes']/button"):
        takes[button.get("name")] = text(button)
    assert takes == TAKES


def test_what_f_got_and_gave_stands_under_both_calls(playground):
    heads, *rows = one(playground, "//table[@class='readout']").iter("tr")
    assert [text(cell) for cell in heads] == ["", *NAMES_OF_CALLS.values()]
    assert [text(row.find("th")) for row in rows] == word("playground.readout")


def test_each_field_is_named_by_its_call(playground):
    panels = playground.xpath("//form//figure[contains(@class, 'picture')]")
    assert [panel.get("class") for panel in panels] == [
        "picture buggy",
        "picture correct",
    ]
    for panel, role in zip(panels, MARKS, strict=True):
        marks = [text(mark) for mark in with_class(panel, "mark")]
        # What was measured decides which of the two is seen.
        assert marks == [*MARKS.values()]
        usual = one(panel, "./p[@class='label']/span[@data-usual]")
        assert text(usual) == NAMES_OF_CALLS[role]
        assert text(one(panel, "./code[@class='call']")) == CALLS[role]
        drawing = one(panel, "./svg")
        assert drawing.get("aria-label") == NAMES_OF_CALLS[role]
        named = [label for label in drawing.iter("text") if label.text]
        axes = {label.get("class"): label.text for label in named}
        assert axes == {"along": "x0", "up": "x1"}


# What the script will say


def test_the_script_names_each_verdict_and_gives_its_own_reason(carried):
    for verdict, name in VERDICT_NAMES.items():
        assert carried["names"][verdict] == name
    for verdict in VERDICTS[1:]:  # an inexact one is of the correct call
        reason = word(f"playground.why.{verdict}")
        assert carried["words"]["why"][verdict] == reason, verdict


def test_the_call_to_take_away_is_the_one_with_both_transposes(carried):
    assert carried["call"] == CALLS["correct"]
