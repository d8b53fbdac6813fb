"""Listings are shown in colour, and put into it once."""

import itertools
import sys

import pytest
from markdown import markdown
from markdown.extensions.codehilite import CodeHiliteExtension

from gradviz_core.content.pages import Page
from gradviz_core.publish import prose
from gradviz_core.publish.cache import Store

FENCES = ["```", "~~~~"]
AROUND = ["{}", "One.\n\n{}\n\nTwo.", "One.\n{}\nTwo.", "{0}\n{0}"]
KINDS = ["", "python", " pycon", "{.pycon}", ".python"]
PAGE = Page("content/a.md", "a/index.html", "page", (), {"title": "A"})


@pytest.fixture(autouse=True)
def empty(tmp_path, monkeypatch):
    monkeypatch.setattr(prose, "KEPT", Store(tmp_path, str))


def html(text):
    return prose.convert(PAGE, text, "here")[0]


def test_a_listing_is_put_into_colour_once(monkeypatch):
    listing = "```python\nx = 1\n```\n"
    first = html(listing)
    assert '<span class="mi">1</span>' in first
    monkeypatch.setitem(sys.modules, "pygments", None)
    assert first in html(f"One.\n\n{listing}\nTwo.")
    with pytest.raises(ImportError):
        html(listing.replace("1", "2"))
    with pytest.raises(ImportError):
        html(listing.replace("python", "pycon"))
    monkeypatch.setattr(prose, "DECIDING", "another version of what does it")
    with pytest.raises(ImportError):
        html(listing)


@pytest.mark.parametrize(
    "code",
    [
        "a\n\n\nb", "# no heading", "$no$ formula", "<b>&amp;", "- no list", "    four", "[a](b) `c`",
        "| a |\n|---|\n| b |", "</div>", "</pre></div>", "<!-- no comment", "{: .no }", "\\*", "",
        ">>> 1 + 1\n2", "x = [1, 'two']", "  indented", "ends in a space ", "<script>a</script>", "<?php",
    ],
)  # fmt: skip
def test_a_listing_is_what_the_extensions_of_markdown_make_of_it(code):
    coloured = CodeHiliteExtension(css_class="code", guess_lang=False)
    for fence, around, kind in itertools.product(FENCES, AROUND, KINDS):
        text = around.format(f"{fence}{kind}\n{code}\n{fence}")
        theirs = markdown(
            text, output_format="html", extensions=["fenced_code", coloured]
        )
        theirs = theirs.replace("<pre>", '<pre tabindex="0">')
        assert html(text).split("\n\n") == theirs.split("\n\n"), text


def test_a_listing_in_no_known_language_is_plain_and_refused_at_its_line():
    text = "Words.\n\n```Klingon\nqapla\n```\n\n```\nfine\n```\n"
    assert html(text) == html(text.replace("Klingon", "text"))
    _, errors = prose.run(text, "content/a.md")
    assert [str(error) for error in errors] == [
        "content/a.md:3: there is no language called klingon. Fix: name another, or none"
    ]
