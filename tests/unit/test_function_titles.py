"""What functions are called in other languages."""

from gradviz_core.registry.function_titles import read_titles
from gradviz_core.registry.functions import read_functions
from gradviz_core.toml_source import TomlSource

FUNCTIONS = """
[tilted]
title = "Tilted plane"
spelling = "3 * x[0] - x[1]"
gradient = ["3", "-1"]
note = "It is a plane."
"""


def tilted(korean: str):
    """The function in Korean, what is wrong, and what is not translated."""
    registry = read_functions(TomlSource(FUNCTIONS, "functions.toml"))
    sources = {"ko": TomlSource(korean, "functions.ko.toml")}
    titles = read_titles(registry, sources, ["ko"])
    errors = [str(error) for error in titles.errors]
    lacking = [error.what for error in titles.untranslated["ko"]]
    return titles.functions["ko"]["tilted"], errors, lacking


def test_a_function_has_the_words_of_the_language():
    function, errors, lacking = tilted('[tilted]\ntitle = "평면"\nnote = "평면입니다."')
    assert (function.title, function.note) == ("평면", "평면입니다.")
    assert (function.untranslated, errors, lacking) == ((), [], [])


def test_a_function_without_words_has_its_spelling_and_is_listed():
    function, errors, lacking = tilted("")
    assert (function.title, function.note) == ("3 * x[0] - x[1]", "It is a plane.")
    assert function.untranslated == ("title", "note")
    assert errors == []
    assert lacking == ["tilted has no title", "tilted has no note"]


def test_a_spelling_is_no_text_to_translate():
    _, errors, _ = tilted('[tilted]\ntitle = "평면"\nspelling = "x[0]"')
    assert errors == [
        "functions.ko.toml:3: unknown field spelling. "
        "Fix: delete it: a translation has that of its original"
    ]


def test_no_two_functions_have_one_title_in_a_language():
    flat = FUNCTIONS + FUNCTIONS.replace("tilted]", "flat]").replace("Tilted", "Flat")
    registry = read_functions(TomlSource(flat.replace('"3 * x', '"2 * x', 1), "f.toml"))
    korean = '[tilted]\ntitle = "평면"\n[flat]\ntitle = "평면"'
    sources = {"ko": TomlSource(korean, "functions.ko.toml")}
    [error] = read_titles(registry, sources, ["ko"]).errors
    assert str(error) == (
        "functions.ko.toml:4: tilted has the same title. Fix: say that of this function"
    )


def test_a_note_that_was_copied_from_english_is_wrong():
    _, errors, _ = tilted('[tilted]\ntitle = "Tilted plane"\nnote = "It is a plane."')
    assert errors == [
        "functions.ko.toml:3: the note of tilted is still English. "
        "Fix: say it in the language, or delete the line"
    ]


def test_a_title_of_no_function_is_wrong():
    _, errors, _ = tilted('[tilde]\ntitle = "평면"')
    assert errors == [
        "functions.ko.toml:1: no function is called tilde. "
        "Fix: name one of functions.toml"
    ]
