"""A site about another book's routine is a folder: it needs no other template or code."""

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

import pytest
import reading
from project import ANOTHER_BOOK

from gradviz_core.content.site import Site
from gradviz_core.publish.cache import Cache
from gradviz_core.publish.steps import Build

SITE = """
[site]
name = "slopes"
description = "What another routine makes of its points."
footer = "All that is seen here is computed."
source_address = "https://github.com/somebody/slopes"

[[menu]]
label = "All functions"
url = "/functions/"

[pair]
call = "slopes_of(f, stacked.mT).mT"
transpose = ".mT"

[chosen]
home = ["cone"]
playground = ["cone"]
still = ["cone"]
card = ["cone"]
"""

FUNCTIONS = """
[cone]
title = "Upright cone"
spelling = "x[0]**2 * x[1]"
gradient = ["2 * x[0] * x[1]", "x[0]**2"]
note = "Narrow at its foot."
"""

HOME = '+++\ntitle = "Slopes"\n+++\n\n{{ pair("cone") }}{{ trace("cone") }}\n'
INDEX = '+++\ntitle = "Functions"\n+++\n\nAll of them.\n'


FILES = {
    "content/site.toml": SITE,
    "content/index.md": HOME,
    "content/functions/index.md": INDEX,
    "functions.toml": FUNCTIONS,
    "book.py": ANOTHER_BOOK,
}

# The same in a language that has no word for the function.
IN_JAPANESE = {
    "content/site.ja.toml": """
[site]
description = "別のルーチン"
footer = "計算した値です。"

[[menu]]
label = "関数"
""",
    "content/functions/index.ja.md": '+++\ntitle = "関数"\n+++\n関数の一覧です。\n',
    "functions.ja.toml": "# Nothing yet.\n",
}


def written(root: Path, files: Mapping[str, str]) -> Path:
    """A folder with these files."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of three pages about a routine with another step."""
    return published(written(tmp_path_factory.mktemp("another"), FILES))


def published(root: Path) -> Path:
    """The site that a folder is made into."""
    site = Site.load(root)
    build = Build(Cache(root / ".cache"))
    rendered = build.render(site, build.measure(site))
    for place, content in build.draw(rendered, build.check(rendered)):
        (root / "site" / place).parent.mkdir(parents=True, exist_ok=True)
        (root / "site" / place).write_bytes(content)
    return root / "site"


def test_the_site_has_its_own_pages_alone(another: Path) -> None:
    pages = {path.relative_to(another).as_posix() for path in another.rglob("*.html")}
    assert pages == {
        "index.html",
        "functions/index.html",
        "functions/cone/index.html",
    }


def test_every_page_has_the_name_the_menu_and_the_footer_of_that_site(
    another: Path,
) -> None:
    for path in another.rglob("*.html"):
        page = reading.page(path)
        assert reading.text(page.cssselect(".brand")[0]) == "slopes"
        assert reading.text(page.cssselect("header nav")[0]) == "All functions"
        footer = reading.text(page.cssselect("footer > p:last-child")[0])
        assert footer.startswith("All that is seen here is computed.")
        assert "gradviz" not in path.read_text(encoding="utf-8")


def test_a_page_with_a_mistake_is_reported_by_its_address(another: Path) -> None:
    for path in another.rglob("*.html"):
        [link] = reading.page(path).cssselect(".tell > a")
        address, _, title = unquote(link.get("href")).partition("?title=")
        assert address == "https://github.com/somebody/slopes/issues/new"
        assert title == path.relative_to(another).as_posix()


def test_the_pictures_stand_under_the_call_of_that_book(another: Path) -> None:
    page = reading.page(another / "functions/cone/index.html")
    calls = {reading.text(call) for call in page.cssselect("figure code.call")}
    assert calls == {
        "slopes_of(f, stacked.mT).mT",
        "slopes_of(f, stacked (here no .mT) ) (here no .mT)",
    }


def test_what_is_measured_is_that_routine(another: Path) -> None:
    data = json.loads((another / "data/functions.json").read_text(encoding="utf-8"))
    assert data["step"] == 1e-5
    [cone] = data["functions"]
    assert cone["layouts"]["rows"]["verdict"] == "right"
    assert cone["layouts"]["columns"]["verdict"] == "sparse"


def test_a_function_without_words_in_a_language_stands_there_under_its_spelling(
    tmp_path: Path,
) -> None:
    site = published(written(tmp_path, FILES | IN_JAPANESE))
    page = reading.page(site / "ja/functions/cone/index.html")
    assert page.cssselect("h1 > code")
    [title] = page.xpath("//title")
    assert title.text == "x[0]**2 * x[1] · slopes"
    [summary] = page.cssselect(".summary")
    assert (summary.get("lang"), summary.text) == ("en", "Narrow at its foot.")
    [card] = reading.page(site / "ja/functions/index.html").cssselect(".card")
    assert card.cssselect("h3 code")
    assert card.cssselect("p[lang=en]")[0].text == "Narrow at its foot."
    assert not reading.page(site / "functions/index.html").cssselect("h3 code, p[lang]")
