"""The Nu HTML checker finds no error in any page, style sheet or drawing of the site."""

import json
import subprocess
from pathlib import Path

import pytest
from project import ROOT

CHECKER = ROOT / "tests/browser/node_modules/vnu-jar/build/dist/vnu.jar"
SOURCES = {
    ".html": "index.html",
    ".css": "static/site.css",
    ".svg": "figures/product-correct.svg",
}
GAPS = {  # what the checker says, and why nothing is wrong all the same
    "CSS: Unrecognized at-rule “@container”": "container queries, Baseline 2023",
    "CSS: “container-type”: Property “container-type” doesn't exist.": "the same",
    "CSS: “container”: Property “container” doesn't exist.": "the same",
    "blocked by “style-src” directive.": "it takes 'self' for a host even where there is none",
    "blocked by “script-src” directive.": "the same",
    "blocked by “script-src” directive (missing “‘unsafe-inline’” or nonce/hash).": "it takes JSON-LD, which is data, for a script; the browsers' own complaints are read",
    "blocked by “img-src” directive.": "the same",
    "blocked by “font-src” directive.": "the same",
    "Attribute “scriptlevel” not allowed on element “mtable” at this point.": "every element of MathML may have it, by MathML Core",
    "CSS: “field-sizing”: Property “field-sizing” doesn't exist.": "a field keeps its height where that is not known",
    "the “caption” element should be omitted in favor of the “figcaption”.": "the one names the array, the other says what comes of it",
    "Text run starts with a composing character.": "MathML underlines by a combining mark",
}


SEEDS = {
    "page.html": ("<h1>", "<h1><div>", "“div” not allowed as child of element “h1”"),
    "link.html": (
        "<h1>",
        '<h1><a href="a b"><a>',
        "Bad value “a b” for attribute “href”",
    ),
    "formula.html": (
        "<h1>",
        "<h1><math><msub><mi>x</mi></msub></math>",
        "Element “msub” is missing a required instance",
    ),
    "twice.html": ('id="text"', 'id="text" id="text"', "Duplicate attribute “id”"),
    "sheet.css": ("margin: 0;", "margin: red;", "red"),
    "name.css": ("margin: 0;", "container-tpye: size;", "container-tpye"),
    "drawing.svg": (
        "<path",
        '<path bad="1"',
        "Attribute “bad” not allowed on element “path”",
    ),
}


def seed(folder, files):
    for name, (old, new, _) in SEEDS.items():
        text = files[SOURCES[Path(name).suffix]].decode()
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def said(built, tmp_path_factory):
    """What the checker says of the site and of the seeded errors, in one run, without its gaps."""
    folder = tmp_path_factory.mktemp("seeded")
    seed(folder, built.files())
    done = subprocess.run(
        ["java", "-jar", CHECKER, "--format", "json", "--exit-zero-always", "--also-check-css",
         "--also-check-svg", *folder.iterdir(), *files(built)],
        text=True, capture_output=True, check=True,
    )  # fmt: skip
    told = json.loads(done.stderr)["messages"]
    told = [message for message in told if not message["message"].endswith(tuple(GAPS))]
    return {
        where: [f"{message['url'].rpartition('/')[2]}: {message['message']}" for message in told
                if message["url"].startswith(where.as_uri().replace("file:///", "file:/"))]
        for where in (built.site, folder)
    }.values()  # fmt: skip


def files(built):
    return sorted(path for path in built.site.rglob("*") if path.suffix in SOURCES)


def test_the_checker_finds_nothing(said, built):
    assert {path.suffix for path in files(built)} == set(SOURCES)
    of_site, _ = said
    assert not of_site


@pytest.mark.parametrize("name", SEEDS)
def test_an_error_is_found(said, name):
    _, of_seeds = said
    assert any(
        told.startswith(f"{name}: ") and SEEDS[name][2] in told for told in of_seeds
    )
