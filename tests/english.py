"""What a page in another language says, and the English in it: two words in a row, or one alone.

What stands there in Latin letters rightly is code, or a name that is listed here.
"""

import re
from collections.abc import Iterable, Iterator

from lxml import etree
from lxml.html import HtmlElement

NAMES = {
    "this site": ("gradviz",),
    "the title of the book, as its Japanese edition has it": ("Deep Learning",),
    "the title of another book": ("Mathematics for Machine Learning",),
    "software": (
        *("NumPy", "SciPy", "JAX", "matplotlib", "autograd", "Equinox", "PyTorch"),
        *("PaddlePaddle", "Jupyter", "Python", "JavaScript", "Julia", "Windows"),
        *("scikit-learn", "pre-commit"),
    ),
    "formats, and a unit": ("PNG", "SVG", "CSV", "kB"),
    "places where people write": ("Stack Overflow", "Qiita", "teratail", "GitHub"),
    "people": ("Yuki Anzai", "Dongsheng"),
    "of whom a function has its name": (
        *("Ackley", "Beale", "Himmelblau", "Rastrigin", "Rosenbrock"),
        *("Styblinski", "Tang"),
    ),
    "a function that has no other name": ("log-sum-exp", "softmax"),
    "code, where there is no markup": (
        *("python -m gradviz_core check FILE", "X, Y, along, up", "X, Y, up, along"),
        *("nan", "lambda", "quiver"),
    ),
}
LISTED = "|".join(re.escape(name) for names in NAMES.values() for name in names)
NAMED = re.compile(rf"\b(?:{LISTED})(?![A-Za-z])", re.ASCII)
# A value to be put in, code that is marked as such, and what only code looks like.
CODE = re.compile(
    r"\{[^{}]*\}|`[^`]*`|[\w.]*(?:[a-z_]\.|_|\d|\w[\[(=/])\w[\w.\]]*", re.ASCII
)
WORD = r"(?:[A-Za-z][A-Za-z'’-]+|a)"
IN_A_ROW = re.compile(rf"(?<![\w.'’-]){WORD}(?:[\s,;:]+{WORD})+(?![\w'’-])", re.ASCII)
A_WORD = re.compile(r"[A-Za-z]{2}[a-z'’-]*")
OTHER_LETTERS = re.compile("[ぁ-ヿ㐀-鿿가-힣]")


def english(said: str) -> list[str]:
    """The English in what is said in another language."""
    plain = CODE.sub("§", NAMED.sub("§", said))
    return (IN_A_ROW if OTHER_LETTERS.search(said) else A_WORD).findall(plain)


def all_english(texts: Iterable[str]) -> list[str]:
    return [found for each in texts for found in english(each)]


TAGS_OF_CODE = {"code", "pre", "kbd", "samp", "math", "script", "style"}
# For browsers and scripts; nobody reads or hears them.
MACHINE = {
    *("class", "id", "for", "name", "type", "rel", "role", "scope", "lang", "hreflang"),
    *("href", "src", "charset", "property", "http-equiv", "defer", "blocking", "form"),
    *("loading", "decoding", "checked", "step", "autocomplete", "autocapitalize"),
    *("autocorrect", "spellcheck", "aria-hidden", "aria-live", "aria-atomic"),
    *("aria-current", "aria-pressed", "aria-describedby", "aria-labelledby"),
    *("aria-controls", "data-url", "data-address", "data-part", "data-kind"),
    *("data-severity", "data-visible", "data-status", "data-code", "data-function"),
    *("data-scale", "data-layout", "data-transposed", "data-count"),
    *("style", "aria-invalid", "data-state", "data-verdict"),
    "value",  # of a choice, a key; of a field, a spelling
}
# What of the head is an address, a key or a command.
FOR_PROGRAMS = {
    *("viewport", "color-scheme", "twitter:card", "og:type", "og:url", "og:image"),
    *("og:locale", "og:locale:alternate", "Content-Security-Policy"),
}
IGNORED = "gradviz: ignore[layout]"  # a comment that is a command


def is_code(element: HtmlElement) -> bool:
    return any(each.tag in TAGS_OF_CODE for each in [element, *element.iterancestors()])


def is_english(element: HtmlElement) -> bool:
    """Whether it is marked as such, or is in a part that is."""
    nearest = element.xpath("ancestor-or-self::*[@lang][1]/@lang")
    return nearest == ["en"]


def texts(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Every text that is not code, with the element in which it stands."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.text:
            yield element, element.text
        if element.tail and element is not root:
            yield element.getparent(), element.tail


def attributes(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Every attribute that people read or hear, or read of the page elsewhere."""
    drawn = {*root.xpath(".//svg/descendant-or-self::*"), *root.xpath(".//math//*")}
    for element in root.iter(etree.Element):
        name = (
            element.get("name") or element.get("property") or element.get("http-equiv")
        )
        for key, value in element.items():
            is_command = key == "content" and name in FOR_PROGRAMS
            if key not in MACHINE and not is_command and element not in drawn:
                yield element, value


def said(root: HtmlElement) -> Iterator[str]:
    """What a page says in its own language."""
    for element, words in [*texts(root), *attributes(root)]:
        if is_code(element) or is_english(element):
            continue
        is_name_elsewhere = element.xpath(
            "ancestor-or-self::a[starts-with(@href, 'http')]"
        )
        if is_name_elsewhere and not re.search(r"\w\s+\w", words):
            continue  # of a person, or of a place
        yield words
    for comment in root.xpath(".//pre//span[starts-with(@class, 'c')]"):
        yield comment.text_content().replace(IGNORED, "")
