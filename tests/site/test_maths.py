"""A published formula is worth what the spelling gives, and says what was typed."""

import re

import numpy as np
import pytest
from oracle import H, function_of, functions, sources
from reading.mathml import value_at
from reading.pages import function_pages, one, pages, with_class

# Off every axis, diagonal and kink, with both signs.
POINTS = np.array([[1.3, 0.7], [-0.4, 1.9], [0.6, -1.1], [-1.7, -0.3]])

FENCED_CODE = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
CODE_SPAN = re.compile(r"(`{1,2}).+?\1", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
TYPED_FORMULA = re.compile(
    r"\$\$([^$]+?)\$\$"  # on a line of its own
    r"|(?<![\\$\w])\$(?![\s$])([^$\n]*?[^\s\\$])\$(?!\w)"  # or within a sentence
)
SIGNS_OF_TEX = {
    r"\partial": "∂",
    r"\varphi": "φ",
    r"\psi": "ψ",
    r"\approx": "≈",
    r"\cdots": "⋯",
    r"\cdot": "⋅",
    r"\ldots": "...",
    r"\prime": "′",
    r"\sum": "∑",
    "-": "−",
}
# Formulas in running text that are worth what these spellings give.
WORTH = {
    "f(x_0, x_1) = x_0 x_1": "x[0] * x[1]",
    "f(x) = x_0 x_1": "x[0] * x[1]",
}


@pytest.fixture(scope="module")
def site(built):
    return built.site


def assert_is_worth(place, formula, spelling):
    f = function_of(spelling)
    for x in POINTS:
        found = value_at(formula, x)
        assert found == pytest.approx(f(x), rel=1e-12), (
            f"{place}: at {x} the formula is worth {found}, and {spelling} is {f(x)}"
        )


@pytest.mark.parametrize("name", functions())
def test_the_formula_of_a_function_is_its_spelling(site, name):
    (formula,) = with_class(function_pages(site)[name], "formula")
    assert_is_worth(name, one(formula, "./math"), functions()[name].spelling)


def test_the_formula_on_the_page_of_all_elements_is_that_of_the_function_it_shows(site):
    (formula,) = with_class(pages(site)["elements/index.html"], "formula")
    spelling = functions()["beale"].spelling
    assert_is_worth("elements/index.html", one(formula, "./math"), spelling)


def typed_formulas(text):
    """The formulas of a page in Markdown, and whether each stands on a line of its own."""
    for pattern in (COMMENT, FENCED_CODE, CODE_SPAN):
        text = pattern.sub("", text)
    text = text.replace("{{ step }}", f"{H:g}")
    for match in TYPED_FORMULA.finditer(text):
        on_its_own, within = match.groups()
        yield on_its_own or within, on_its_own is not None


def published_formulas(document):
    """The formulas of a page, but for those of the functions that it presents."""
    return document.xpath("//math[not(ancestor::*[@class='formula'])]")


def as_read(tex):
    """The letters, digits and signs of TeX in their order."""
    tex = re.sub(r"\\(begin|end)\{\w+\}", "", tex)
    for typed, sign in SIGNS_OF_TEX.items():
        tex = tex.replace(typed, sign)
    tex = re.sub(r"\\(frac|text|qquad|\\)", "", tex)
    return re.sub(r"[{}_^&\s]", "", tex)


def number_of(formula, *tags):
    return sum(1 for element in formula.iter() if element.tag in tags)


WITH_FORMULAS = [
    url for url, source in sources().items() if [*typed_formulas(source.text)]
]


@pytest.mark.parametrize("url", WITH_FORMULAS)
def test_the_formulas_of_a_text_are_published_as_they_are_typed(site, url):
    typed = list(typed_formulas(sources()[url].text))
    published = published_formulas(pages(site)[url])
    for (tex, on_its_own), formula in zip(typed, published, strict=True):
        read = re.sub(r"\s", "", "".join(formula.itertext()))
        assert read == as_read(tex), f"{url}: ${tex}$"
        assert (formula.get("display") == "block") == on_its_own, f"{url}: ${tex}$"
        assert number_of(formula, "mfrac") == tex.count(r"\frac"), f"{url}: ${tex}$"
        powers = number_of(formula, "msup", "msubsup")
        assert powers == tex.count("^"), f"{url}: ${tex}$"
        indices = number_of(formula, "msub", "msubsup", "munder")
        assert indices == tex.count("_"), f"{url}: ${tex}$"


@pytest.mark.parametrize("tex", WORTH)
def test_a_formula_within_a_sentence_is_worth_what_it_says(site, tex):
    places = 0
    for url in WITH_FORMULAS:
        typed = list(typed_formulas(sources()[url].text))
        published = published_formulas(pages(site)[url])
        for (formula, _), element in zip(typed, published, strict=True):
            if formula == tex:
                places += 1
                assert_is_worth(url, element, WORTH[tex])
    assert places > 0
