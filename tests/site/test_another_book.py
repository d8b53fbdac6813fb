"""A site about another book's routine needs no other template, and no other code."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import reading
from oracle import ROOT

SITE = """
[site]
name = "slopes"
description = "What another routine makes of its points."
footer = "All that is seen here is computed."

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
tex = 'x_0^2 x_1'
spelling = "x[0]**2 * x[1]"
gradient = ["2 * x[0] * x[1]", "x[0]**2"]
note = "Narrow at its foot."
"""

PAGE = '+++\ntitle = "{title}"\n+++\n\n{text}\n'


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of three pages about a routine with another step."""
    root = tmp_path_factory.mktemp("another")
    for name in ("gradviz_core", "templates"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "build.py", root)
    (root / "content/functions").mkdir(parents=True)
    (root / "content/site.toml").write_text(SITE, encoding="utf-8")
    home = PAGE.format(title="Slopes", text='{{ pair("cone") }}')
    (root / "content/index.md").write_text(home, encoding="utf-8")
    index = PAGE.format(title="Functions", text="All of them.")
    (root / "content/functions/index.md").write_text(index, encoding="utf-8")
    for words in (root / "gradviz_core/registry/strings").glob("functions.??.toml"):
        words.unlink()
    registry = root / "gradviz_core/registry/functions.toml"
    registry.write_text(FUNCTIONS, encoding="utf-8")
    routine = root / "gradviz_core/book.py"
    source = routine.read_text(encoding="utf-8")
    assert "STEP = 1e-4" in source
    routine.write_text(source.replace("STEP = 1e-4", "STEP = 1e-5"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "build.py", "--quiet"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
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
        footer = reading.text(page.cssselect("footer")[0])
        assert footer == "All that is seen here is computed."
        assert "gradviz" not in path.read_text(encoding="utf-8")


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
