"""A link with the title of a page leads to it, in a text as in the menu."""

import pytest

from gradviz_core.content.misnamed_links import misnamed_links, misnamed_menus
from gradviz_core.content.pages import Page
from gradviz_core.toml_source import TomlSource

ENGLISH = {"errata/index.html": "Errata", "tutorial/index.html": "The *tutorial*"}
KOREAN = {"ko/errata/index.html": "정오표", "ko/tutorial/index.html": "튜토리얼"}


def page(url, title, text=""):
    language = "ko" if url.startswith("ko/") else "en"
    source = url.replace("index.html", "index.md")
    record = {"title": title}
    return Page(source, url, record=record, text=text, language=language)


PAGES = [page(*item) for item in (ENGLISH | KOREAN).items()]

MENU = """
[[menu]]
label = "Errata"
url = "/errata/"

[[menu]]
label = "Learn"
url = "/tutorial/"
"""


@pytest.mark.parametrize(
    ("text", "titled"),
    [
        ("[Errata](/errata/), [errata](/errata/layout/), [the errata](/tutorial/)", None),
        ("[the tutorial](/tutorial/#top), [정오표](/tutorial/)", None),
        ("`[Errata](/tutorial/)` {# [Errata](/tutorial/) #}", None),
        ("![Errata](/figures/a.svg), [Errata](/data/errata.csv)", None),
        ("[*errata*](/tutorial/)", "this is the title of /errata/, and leads to /tutorial/"),
        ("[The tutorial](/)", "this is the title of /tutorial/, and leads to /"),
        ("[Errata](/tutorial/#a)", "this is the title of /errata/, and leads to /tutorial/"),
    ],
)  # fmt: skip
def test_a_text_does_not_name_one_page_and_lead_to_another(text, titled):
    errors = misnamed_links([*PAGES, page("a/index.html", "A", f"\n{text}")])
    told = f"a/index.md:2: {titled}. Fix: correct the words, or the address"
    assert [str(error) for error in errors] == ([told] if titled else [])


@pytest.mark.parametrize(
    ("first", "second", "line"),
    [("정오표", "배우기", None), ("튜토리얼", "배우기", 2), ("오류", "정오표", 4)],
)
def test_nor_does_an_entry_of_the_menu(first, second, line):
    korean = f'[[menu]]\nlabel = "{first}"\n[[menu]]\nlabel = "{second}"\n'
    sources = {
        "en": TomlSource(MENU, "site.toml"),
        "ko": TomlSource(korean, "site.ko.toml"),
    }
    errors = [str(error) for error in misnamed_menus(PAGES, sources)]
    assert len(errors) == (line is not None)
    assert all(error.startswith(f"site.ko.toml:{line}: this is") for error in errors)


def test_an_entry_of_the_menu_that_leads_nowhere_is_left_to_the_rule_of_links():
    sources = {"en": TomlSource(MENU.replace("/errata/", "/erata/"), "site.toml")}
    assert list(misnamed_menus(PAGES, sources)) == []


@pytest.mark.parametrize("menu", ['"x"', "3", '["x"]', "[[]]", '[{}, "x"]'])
def test_a_menu_of_another_shape_is_left_to_the_rule_of_shapes(menu):
    sources = {
        "en": TomlSource(MENU, "site.toml"),
        "ko": TomlSource(f"menu = {menu}", "site.ko.toml"),
    }
    assert list(misnamed_menus(PAGES, sources)) == []
