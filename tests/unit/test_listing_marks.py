"""Marks in code to paste: the transposes of a fix, and the names that a reader replaces."""

import re

import pytest

from gradviz_core.content.listings import LISTING, ListingKind
from gradviz_core.publish.highlighting import highlight

TWO_LINES = (
    "points = np.array([X, Y], float).T\ngrad = numerical_gradient(f, points).T\n"
)


def shown(code, kind="python"):
    """The block as text, each name to replace in angles, each boxed transpose in brackets."""
    listing = LISTING.fullmatch(f"```{kind}\n{code}```")
    html = highlight(listing).html
    html = re.sub(r"<var>(.*?)</var>", r"‹\1›", html)
    html = re.sub(r'<b class="transpose">(.*?)</b>', r"[\1]", html)
    return re.sub("<[^>]*>", "", html).replace("&quot;", '"')


def is_to_paste(kind):
    listing = LISTING.fullmatch(f"```{kind}\nx = 1\n```")
    return "to-paste" in highlight(listing).html


def test_the_two_lines_have_both_transposes_boxed_and_f_marked():
    assert shown(TWO_LINES).strip() == (
        "points = np.array([X, Y], float)[.T]\ngrad = numerical_gradient(‹f›, points)[.T]"
    )


@pytest.mark.parametrize(
    ("code", "marked"),
    [
        ("grad = jacobian(\n    f, points)\n", "grad = jacobian(\n    ‹f›, points)\n"),
        ("f(f(x), xf, f.f)\n", "‹f›(‹f›(x), xf, ‹f›.f)\n"),
        ("def f(x):\n    return x\n\n\ny = f(1)\n", None),
        ("f = lambda w: w\ny = f(1)\n", None),
        (
            "def g(f, x):\n    return f(x)\n\n\ng(f, 1)\n",
            "def g(f, x):\n    return f(x)\n\n\ng(‹f›, 1)\n",
        ),
        ("a = lambda f: f(1)\n", None),
        ("print(grad.T, 1)\n", None),
    ],
    ids=[
        "next line",
        "names with f",
        "its own f",
        "its own name",
        "an argument",
        "of a lambda",
        "no fix",
    ],
)
def test_a_name_is_marked_where_the_block_does_not_give_it_a_value(code, marked):
    assert shown(code).strip("\n") == (marked or code).strip("\n")


def test_other_names_are_marked_where_the_listing_names_them():
    code = "print(X[0, 0] == X[1, 0], f)\n"
    assert shown(code, "python yours=X,Y").strip() == "print(‹X›[0, 0] == ‹X›[1, 0], f)"


@pytest.mark.parametrize("kind", ["python", "sh", "yaml", "python yours=X"])
def test_what_readers_paste_is_told_by_its_language(kind):
    assert is_to_paste(kind)


@pytest.mark.parametrize("kind", ["pycon", "text", "diff", "", "python to-read"])
def test_output_sessions_and_what_is_only_to_be_read_are_not(kind):
    assert not is_to_paste(kind)
    assert "‹" not in shown(TWO_LINES, "python to-read")


def test_the_language_stands_first_with_or_without_braces():
    assert ListingKind.of(" {.python}").language == "python"
    assert ListingKind.of("").language == "text"
