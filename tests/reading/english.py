"""What a page in another language says, and the English that is left in it.

What stands there in Latin letters rightly is code, or a name that is listed here.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement

from reading.pages import attributes, is_code, texts

NAMES = {
    "this site": ("gradviz",),
    "the title of the book, as its Japanese edition has it": ("Deep Learning",),
    "the title of another book": ("Mathematics for Machine Learning",),
    "software": (
        *("NumPy", "SciPy", "JAX", "matplotlib", "autograd", "Equinox", "PyTorch"),
        *("PaddlePaddle", "Jupyter", "Python", "JavaScript", "Julia", "Windows"),
        *("scikit-learn", "pre-commit", "numdifftools", "mpmath", "git", "pip"),
        *("python", "scipy", "jax", "Java", "Ruby", "Haskell", "astroML"),
    ),
    "formats, and a unit": ("PNG", "SVG", "CSV", "BibTeX", "SARIF", "kB"),
    "a file that is called so, hardware, and a unit": ("README", "GPU", "TPU", "ms"),
    "a key, and licences": (
        *("Enter", "MIT", "BSD", "GPL", "CC BY", "All Rights Reserved"),
    ),
    "what is called so there, too": ("Issue", "issue）", "Security"),
    "places where people write": ("Stack Overflow", "Qiita", "teratail", "GitHub"),
    "people": (
        *("Yuki Anzai", "Dongsheng", "heons", "Koki Saitoh", "PUNK", "liaohuanxuan"),
        *("Gil Forsyth", "Lucew", "connolly", "prateekgargX", "ssssOO"),
    ),
    "the publisher": ("O'Reilly Japan",),
    "of whom a function has its name": (
        *("Ackley", "Beale", "Himmelblau", "Rastrigin", "Rosenbrock"),
        *("Styblinski", "Tang"),
    ),
    "a function that has no other name": ("log-sum-exp", "softmax", "XOR"),
    "what a picture says, for one file serves all languages": (
        *("step h", "error of the slope", "central", "forward", "the worst place"),
        *("naive NumPy", "point by point", "the book's loop"),
    ),
    "code, where there is no markup": (
        *("python -m gradviz_core check FILE", "python -m gradviz_core check"),
        *("X, Y, along, up", "X, Y, up, along"),
        *(
            "nan",
            "lr",
            "dx",
            "dy",
            "ask",
            "grad",
            "gradient",
            "relu",
            "ReLU",
            "reshape",
            "ask",
            "dx",
            "dy",
            "lambda",
            "math",
            "quiver",
            "meshgrid",
            "True",
            "False",
            "IndexError",
            "ValueError",
        ),
        *("Axes", "Figure", "ax", "fig", "angles", "color", "pivot", "width"),
        *("assert", "else", "float", "numpy", "print", "return"),
        *(
            'angles="xy"',
            'angles="uv"',
            "scale",
            "for文",
            "import 문",
        ),
    ),
}
EACH = [name for names in NAMES.values() for name in names]
# The longer first: a command that begins with the name of a program is one name.
LISTED = "|".join(map(re.escape, sorted(EACH, key=len, reverse=True)))
NAMED = re.compile(rf"(?<![\w./])(?:{LISTED})(?![A-Za-z])", re.ASCII)
# A value to be put in, code that is marked as such, and what only code looks like.
CODE = re.compile(
    r"\{[^{}]*\}|`[^`]*`|[\w.]*(?:[a-z_]\.|_|\d|\w[\[(=/])\w[\w.\]]*", re.ASCII
)
A_WORD = re.compile(r"(?<![\w.'’-])[A-Za-z]{2}[A-Za-z'’-]*(?![\w'’-])", re.ASCII)


def english(said: str) -> list[str]:
    """The English in what is said in another language."""
    return A_WORD.findall(CODE.sub("§", NAMED.sub("§", said)))


def all_english(texts: Iterable[str]) -> list[str]:
    return [found for each in texts for found in english(each)]


ROOT = Path(__file__).parents[2]


def parts_of_repositories() -> set[str]:
    """The owners and the names of the repositories that the page on copies lists."""
    page = (ROOT / "content/travel.md").read_text(encoding="utf-8")
    record = tomllib.loads(page.split("+++\n")[1])
    return {part for copy in record["copies"] for part in copy["name"].split("/")}


REPOSITORIES = parts_of_repositories()


IGNORED = "gradviz: ignore[layout]"  # a comment that is a command


NEAREST_LANGUAGE = etree.XPath("ancestor-or-self::*[@lang][1]/@lang")
LINK_TO_ELSEWHERE = etree.XPath("ancestor-or-self::a[starts-with(@href, 'http')]")


def is_english(element: HtmlElement) -> bool:
    """Whether it is marked as such, or is in a part that is."""
    return NEAREST_LANGUAGE(element) == ["en"]


def spoken(root: HtmlElement) -> Iterator[str]:
    """What a page says in its own language."""
    for element, words in [*texts(root), *attributes(root)]:
        if not words.strip() or is_code(element) or is_english(element):
            continue
        if LINK_TO_ELSEWHERE(element) and not re.search(r"\w\s+\w", words):
            continue  # the name of a person, or of a place
        if words.strip().removesuffix("/") in REPOSITORIES:
            continue
        yield words
    for comment in root.xpath(".//pre//span[starts-with(@class, 'c')]"):
        yield comment.text_content().replace(IGNORED, "")
