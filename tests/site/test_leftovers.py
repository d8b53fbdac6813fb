"""Nothing on any page is left of the languages in which pages and templates are written."""

import copy
import html
import re
from functools import cache

import oracle
import pytest
from lxml.html import HtmlElement
from reading.pages import every_page, text
from reading.records import every_record

TEMPLATE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\{\w*\}|%\(|%s")
# A star, but for a product or a power of numbers: 2 * x, x**2.
MARKDOWN = re.compile(r"\]\(|(?<![\w*])\*+(?=\w)|\*(?![ *\d])|`|\$|##|\|-|~~|\{:|^>>> ")
NOT_A_WORD = re.compile(
    r"\[object|\bundefined\b|\bUndefined\b|\bNaN\b|</?[a-z]+[ >]|Markup\("
)
ESCAPED_TWICE = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\d+|#x[\da-f]+);")
NO_VALUE = {"None", "nan", "inf", "-inf", "True", "False", "[]", "{}", "()", "null"}
ONE_OF_MANY = re.compile(
    r"(?<![\d.,])1 (?:errata|arrows|functions|copies|pages|times|points|numbers|steps|dots"
    r"|cases|cores|days|calls|pictures|coordinates|rounds)\b"
)
PLACEHOLDER = re.compile(r"\b(?:TODO|FIXME|XXX|TBD|lorem ipsum)\b", re.IGNORECASE)
SPOKEN = ("alt", "title", "aria-label", "content", "placeholder", "label")
CODE = ("script", "style", "code", "pre", "math")


def without_code(document: HtmlElement) -> HtmlElement:
    """A page with a plain word in the place of every piece of code and every formula."""
    bare = copy.deepcopy(document)
    for element in list(bare.iter(*CODE)):
        element.drop_tree() if element.tag in ("script", "style") else hide(element)
    return bare


def hide(element: HtmlElement) -> None:
    for child in list(element):
        element.remove(child)
    element.text = "f"


@pytest.fixture(scope="module")
def documents(built):
    """Every page without its code, by its url."""
    return {
        url: without_code(document) for url, document in every_page(built.site).items()
    }


@cache
def said(document: HtmlElement) -> list[str]:
    """All words of a page: its text, and those of attributes that are shown or read out."""
    found = [text(document.find(".//body")), text(document.find(".//title"))]
    for element in document.iter():
        if isinstance(element.tag, str):
            found += [element.get(name) for name in SPOKEN if name in element.attrib]
    return found


# An alternative text that begins: Quiver plot (np.sum(x**2)): …
NAMED_BY_CODE = re.compile(r"^([^(（:：]+)[(（].*?[)）]([:：。])")


def without_code_of_a_picture(words: str) -> str:
    """The words of an alternative text without the code in brackets that names a picture."""
    return NAMED_BY_CODE.sub(r"\1\2", words)


def without_spellings(words: str) -> str:
    """The words without those functions that a language names by their spelling."""
    for function in oracle.functions().values():
        words = words.replace(function.spelling, "")
    return words


def test_no_sign_of_a_template_is_left(documents):
    for url, document in documents.items():
        for words in said(document):
            assert not TEMPLATE.search(words), (
                url,
                TEMPLATE.search(words),
                words[:200],
            )


def test_no_sign_of_markdown_is_left(documents):
    for url, document in documents.items():
        for words in said(document):
            words = without_spellings(without_code_of_a_picture(words))
            assert not MARKDOWN.search(words), (
                url,
                MARKDOWN.search(words),
                words[:200],
            )


def test_no_sign_of_a_program_is_left(documents):
    for url, document in documents.items():
        for words in said(document):
            assert not NOT_A_WORD.search(words), (url, NOT_A_WORD.search(words))
            assert not PLACEHOLDER.search(words), (url, PLACEHOLDER.search(words))


def test_nothing_is_escaped_twice(documents):
    for url, document in documents.items():
        for words in said(document):
            assert not ESCAPED_TWICE.search(words), (url, words[:200])
            assert html.unescape(words) == words, (url, words[:200])


def test_no_part_of_a_page_says_only_that_it_has_no_value(documents):
    for url, document in documents.items():
        for element in document.find(".//body").iter():
            if len(element) == 0:
                assert element.text_content().strip() not in NO_VALUE, (
                    url,
                    element.tag,
                )


def test_one_of_a_kind_is_told_in_the_singular(documents):
    for url, document in documents.items():
        for words in said(document):
            assert not ONE_OF_MANY.search(words), (url, ONE_OF_MANY.search(words))


def test_no_cell_item_or_heading_is_empty(documents):
    """The playground fills its own, and the run of the routine the cells of an arrow."""
    for url, document in documents.items():
        if every_record()[url].original == "playground/index.html":
            continue
        for element in document.find(".//body").iter(
            "td", "th", "dd", "dt", "li", "h1", "h2", "h3", "option", "summary"
        ):
            is_filled_later = "data-arrow" in element.attrib
            corner = (
                element.tag == "td" and element.getparent().getparent().tag == "thead"
            )
            if not is_filled_later and not corner:
                shown = text(element) or element.find(".//img") is not None
                assert shown, (url, element.tag, element.getparent().get("class"))


def test_every_link_and_button_has_words_or_a_name(documents):
    for url, document in documents.items():
        for element in document.find(".//body").iter("a", "button"):
            images = [image.get("alt") for image in element.iter("img")]
            name = text(element) or element.get("aria-label") or "".join(images)
            assert name.strip(), (url, element.tag, dict(element.attrib))


def test_every_picture_is_described(documents):
    for url, document in documents.items():
        for image in document.iter("img"):
            assert image.get("alt", "").strip(), (url, image.get("src"))
        for drawing in document.cssselect("svg[role=img]"):
            assert drawing.get("aria-label", "").strip(), url


def test_no_word_stands_twice_in_a_row(documents):
    for url, document in documents.items():
        for paragraph in document.find(".//main").iter("p", "li", "figcaption"):
            words = text(paragraph)
            twice = re.search(r"\b(?!that\b|had\b)([a-z]{2,}) \1\b", words)
            assert not twice, (url, twice)


def test_a_sentence_ends_with_one_stop_and_no_sign_stands_alone(documents):
    for url, document in documents.items():
        for paragraph in document.find(".//main").iter("p", "li", "figcaption"):
            words = text(paragraph)
            slip = re.search(
                r"(?<!\.)\.\.(?!\.)|,,|;;|\s[,;!](?:\s|$)|\(\s*\)|,\s*\.", words
            )
            assert not slip, (url, slip, words[:120])
