"""What is said of speed is what was measured: the report follows from the kept results."""

import json
import re
import subprocess
import sys

import numpy as np
import pytest
from project import ROOT
from svg import Drawing

from benchmarks import builders, growth, languages, report
from gradviz_core.figures.fields import fields
from gradviz_core.numerics.grid import Grid
from gradviz_core.spelling.parser import parse_spelling


def test_the_report_and_the_plot_follow_from_the_results():
    results = json.loads(
        (ROOT / "benchmarks" / "results.json").read_text(encoding="utf-8")
    )
    kept = (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    assert "\n".join(report._lines(results)) == kept, "python -m benchmarks.report"
    plot = (ROOT / "templates" / "static" / "speed.svg").read_text(encoding="utf-8")
    assert report._plot(results["times"]) == plot, "python -m benchmarks.report"


class Stock(Drawing):
    """The same, of an SVG as matplotlib writes it."""

    def __init__(self, svg, limits):
        super().__init__(svg, limits)
        self.groups["arrows"] = self.groups["Quiver_1"]

    @staticmethod
    def numbers(path):
        pairs = re.findall(r"[ML] (-?[\d.]+) (-?[\d.]+)", path)
        return [np.array(pairs, dtype=float)]


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """This project's engine as it is timed, its pages and figures built."""
    site = builders.set_up(
        builders.BUILDERS[0], tmp_path_factory.mktemp("ours") / "gradviz"
    )
    site.build()
    return site


def test_what_is_timed_is_made_and_an_edit_reaches_it(ours):
    assert (
        (ours.shown(), ours.redrawn())
        == (len(builders.PAGES), len(builders.FIGURES))
        == (8, 6)
    )
    ours.page()
    with pytest.raises(AssertionError):
        ours.shown()  # the sentence is not there yet
    ours.build()
    assert ours.shown() == 8
    ours.module()
    assert ours.redrawn() == 0
    ours.build()
    assert ours.redrawn() == 6


@pytest.mark.parametrize("name", ["product", "saddle", "valley"])
def test_the_figures_of_the_peers_are_ours(ours, tmp_path, name):
    script = next(b for b in builders.BUILDERS if b.images)
    site = builders.set_up(script, tmp_path / "peer")
    for other in set(builders.FIGURES) - {name}:
        (site.folder / "figures" / f"plot_{other}.py").unlink()
    subprocess.run(
        [sys.executable, "figures.py", "images"], cwd=site.folder, check=True
    )
    points = Grid().points
    (quiver,) = fields(
        points, points
    )  # whatever the arrows: the limits follow from the points
    stock = Stock(
        (site.folder / "images" / f"plot_{name}.svg").read_bytes(), quiver.limits
    )
    svg = (ours.folder / "site" / "figures" / name / "arrows.svg").read_bytes()
    tails, tips = Drawing(svg, quiver.limits).arrows
    expected_tails, expected_tips = stock.arrows
    near = np.abs(tails[:, None] - expected_tails).max(axis=2).argmin(axis=1)
    assert len(tails) >= 0.95 * len(points)
    np.testing.assert_allclose(tails, expected_tails[near], atol=0.03)
    np.testing.assert_allclose(tips, expected_tips[near], atol=0.03)


def test_a_registry_is_filled_with_functions_that_are_sound(tmp_path):
    registry = tmp_path / "functions.toml"
    registry.write_text("", encoding="utf-8")
    growth.fill(registry, 8)
    text = registry.read_text(encoding="utf-8")
    spellings = re.findall(r"spelling = '(.*)'", text)
    assert len({*spellings}) == text.count("\n[") == 8
    for spelling, gradient in zip(
        spellings, re.findall(r"gradient = (\[.*\])", text), strict=True
    ):
        points = Grid().points
        parts = [
            parse_spelling(part) for part in json.loads(gradient.replace("'", '"'))
        ]
        stated = np.array([[part(x) for part in parts] for x in points])
        np.testing.assert_allclose(
            parse_spelling(spelling).gradient(points), stated, atol=1e-12
        )


def test_a_site_in_one_language_has_its_pages_in_english_alone(tmp_path):
    one, many = (languages.Site(tmp_path / name, name) for name in languages.SITES)
    pages = {path.name for path in (one.folder / "content").rglob("*.md")}
    assert "layout.md" in pages
    assert not [name for name in pages if name.count(".") > 1]
    assert (many.folder / "content/errata/layout.ja.md").exists()
    words = "gradviz_core/registry/strings/words.ja.toml"
    assert not (one.folder / words).exists()
    assert (many.folder / words).exists()
