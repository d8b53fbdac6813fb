"""English that was left on a page in another language: two words in a row, or one alone.

What stands there in Latin letters rightly is code, or a name that is listed here.
"""

import re

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
