"""A site.toml says what it may, and what is so, or is refused at its line."""

import pytest

from gradviz_core.content.site_choices import choice_errors, form_errors
from gradviz_core.registry.functions import read_functions
from gradviz_core.toml_source import TomlSource

PLANE = """
[plane]
title = "Tilted plane"
spelling = "x[0]"
gradient = ["1", "0"]
note = "It is flat."
"""


def registry_of(text):
    return read_functions(TomlSource(text, "functions.toml"))


REGISTRY = registry_of(PLANE + 'verdict = "plausible"\n')

SOUND = """
[site]
name = "slopes"
source_address = ""
description = "What a routine makes of its points."
footer = "All of it is computed."

[[menu]]
label = "Functions"
url = "/functions/"

[[menu]]
label = "Errata"
url = "/errata/"

[[footer_map]]
title = "Read"
urls = ["/functions/", "/errata/"]

[pair]
call = "slopes(f, points.T).T"
transpose = ".T"

[looks.plane]
shows = "plausible"
label = "Flat"
sentence = "Nothing is seen."
mended = "It is."
url = "/functions/plane/"

[chosen]
home = ["plane"]
playground = ["plane"]

[chosen.messages]
"IndexError: no" = ["IndexError: not"]
"""


def errors_in(text):
    source = TomlSource(text, "content/site.toml")
    assert source.errors == []
    errors = form_errors(source) or [*choice_errors(source, REGISTRY)]
    return [str(error) for error in errors]


def test_words_about_a_plot_need_a_stated_verdict():
    """Of a verdict that is stated the build tells whether it is true."""
    unstated = registry_of(PLANE)
    [error] = choice_errors(TomlSource(SOUND, "content/site.toml"), unstated)
    assert str(error) == (
        "content/site.toml:25: functions.toml states no verdict of plane. "
        'Fix: add verdict = "plausible" there, if these words are true'
    )


def test_what_is_so_is_not_refused():
    assert errors_in(SOUND) == []
    for address in ("https://github.com/a/b", "https://git.example.org:8443/~a"):
        assert errors_in(SOUND.replace('address = ""', f'address = "{address}"')) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('name = "slopes"', "name = 3", "3: name is int, not str"),
        ('name = "slopes"', 'name = " "', "3: site has no name"),
        ('name = "slopes"', 'nmae = "slopes"', "2: site has no name"),
        ('footer = "All of it is computed."', "", "2: site has no footer"),
        ("source_address", "source_adress", "4: unknown field source_adress"),
        ("[pair]", "[language]", "1: the file has no pair"),
        ("[chosen.", "[language]\ntag = 1\n[chosen.", "35: unknown field language"),
        ('label = "Errata"', "", "12: menu has no label"),
        ('url = "/errata/"', 'href = "/errata/"', "12: menu has no url"),
        ('url = "/errata/"', 'url = "/functions/"', "14: another entry of the menu"),
        ('label = "Errata"', 'label = "Functions"', "13: another entry of the menu"),
        ('["/functions/", "/errata/"]', '"/errata/"', "18: urls is str, not [str]"),
        ('"/errata/"]', "7]", "18: urls is [str, float], not [str]"),
        ("points.T).T", "points.T.T", "21: the call of the pair is not Python"),
        ('transpose = ".T"', 'transpose = ".t"', "22: the call of the pair does not"),
        ('shows = "plausible"', 'shows = "sparse"', "25: the verdict on plane is"),
        ('shows = "plausible"', "", "24: plane has no shows"),
        ('mended = "It is."', "", "24: plane has no mended"),
        ("looks.plane", "looks.plain", "24: plain is not in chosen.home"),
        (
            "looks.plane",
            "looks",
            "25: shows is str, not table. Fix: write [looks.shows]",
        ),
        ('home = ["plane"]', 'home = "plane"', "32: home is str, not [str]"),
        ('home = ["plane"]', "home = []", "32: home is empty"),
        ('home = ["plane"]', 'home = ["plain"]', "32: no function is called plain"),
        ('home = ["plane"]', 'home = ["plane", "plane"]', "32: plane is in this list"),
        ('home = ["plane"]', "", "31: chosen has no home"),
        ('["IndexError: not"]', '"not"', "36: IndexError: no is str, not [str]"),
        ('["IndexError: not"]', '[""]', "36: a message is empty"),
        ('"IndexError: no"', '" "', "36: a message is empty"),
    ],
)
def test_what_would_be_false_or_broken_on_every_page_is_refused(old, new, what):
    assert old in SOUND
    first, *_ = errors_in(SOUND.replace(old, new, 1))
    assert first.startswith(f"content/site.toml:{what}")
    assert ". Fix: " in first


@pytest.mark.parametrize(
    "address",
    [
        "github.com/a/b", "http://github.com/a/b", "htps://github.com/a/b", "https://",
        "https://github", "https://github.com/a b", "git@github.com:a/b.git", "to do",
    ],
)  # fmt: skip
def test_the_source_lies_at_an_address_that_a_browser_opens(address):
    written = SOUND.replace('address = ""', f'address = "{address}"')
    [error] = errors_in(written)
    assert error.startswith(
        f"content/site.toml:4: source_address is {address}, which is no address"
    )
