"""Faults that would make a figure, a picture or what is said of it wrong are found, each by name.

One at a time is put into a copy of the project, and what has to find it must fail; of the copy as
it is the same must hold. The quick ones are always tried, all of them by make soak.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from project import ROOT, SOURCES, Project

SOAK = bool(os.environ.get("SOAK"))
NEEDED = (*SOURCES, "docs", "tests", "pyproject.toml", "CONTRIBUTING.md")
BUILD = ("build.py", "--quiet")


def suite(module: str, words: str = "") -> tuple[str, ...]:
    command = f"-m pytest -q -x -p no:cacheprovider tests/test_{module}.py"
    return (*command.split(), *(["-k", words] if words else []))


class Fault(NamedTuple):
    """A text of a file, what stands there once the fault is made, and what must find it."""

    file: str
    old: str
    new: str
    finder: tuple[str, ...]


MEASURE, QUIVER = suite("measure"), suite("drawn", "share or neighbours")
FIGURES = suite("figures", "memory or pair or view or stock or axis_is")
SITE, TABLES = suite("build", "own_function"), suite("build", "table_behind or functions_json")
BOOK, LAYOUT = "gradviz_core/book.py", "gradviz_core/layout.py"
MEASUREMENT, EXPORTS = "gradviz_core/measurement.py", "gradviz_core/publish/exports.py"
DRAWING, FIELD = "gradviz_core/figures.py", "gradviz_core/quiver.py"
GRADIENTS, PICTURE = "gradviz_core/gradients.py", "templates/_picture.html"

FAULTS = {
    # The numerics.
    "sign flipped": Fault(BOOK, "(ahead - behind)", "(behind - ahead)", BUILD),
    "step halved": Fault(BOOK, "/ (2 * step)", "/ step", BUILD),
    "step doubled on one side": Fault(BOOK, "kept - step", "kept - 2 * step", BUILD),
    "forward difference": Fault(BOOK, "x[i] = kept - step\n            behind = f(x)\n            slopes[i] = (ahead - behind) / (2 * step)", "x[i] = kept\n            behind = f(x)\n            slopes[i] = (ahead - behind) / step", BUILD),
    "another step": Fault(BOOK, "STEP = 1e-4", "STEP = 1e-3", suite("book")),
    "numbers not put back": Fault(BOOK, "            x[i] = kept\n", "", BUILD),
    "derivative of the sine": Fault("gradviz_core/rules.py", "np.cos(a),)),\n    \"cos\"", "-np.cos(a),)),\n    \"cos\"", BUILD),
    "derivative of a quotient": Fault("gradviz_core/rules.py", "-v / b)", "v / b)", suite("spelling", "test_the_gradient_is_exact")),
    "gradient of another function": Fault("gradviz_core/functions.toml", '"x[1] * np.cos(x[0] * x[1])"', '"x[1] * np.cos(x[0] + x[1])"', BUILD),
    # The layouts, and every transpose.
    "dropped .T of the layout": Fault(LAYOUT, "else points.T)", "else points)", BUILD),
    "layouts exchanged": Fault(LAYOUT, "points if self is Layout.ROWS else points.T", "points.T if self is Layout.ROWS else points", BUILD),
    "axes of the grid exchanged": Fault(LAYOUT, "(self.axis, self.axis), axis", "(self.axis, self.axis, indexing='ij'), axis", suite("layout")),
    "last point of the grid left out": Fault(LAYOUT, "np.arange(self.start, self.stop, self.step, dtype", "np.arange(self.start, self.stop - self.step, self.step, dtype", suite("layout")),
    "dropped .T of the true lengths": Fault(MEASUREMENT, "T[counting].T / 2", "T[counting] / 2", MEASURE),
    "dropped .T of the lengths": Fault(MEASUREMENT, "np.hypot(*G[both].T)", "np.hypot(*G[both])", MEASURE),
    "dropped .T beneath the ratio": Fault(MEASUREMENT, "/ np.hypot(*T[both].T)", "/ np.hypot(*T[both])", MEASURE),
    "dropped .T of the automatic scale": Fault(FIELD, "np.hypot(*finite.T)", "np.hypot(*finite)", FIGURES),
    "spacing of the other axis": Fault(FIELD, "np.sort(stands, axis=0), axis=0)", "np.sort(stands, axis=1), axis=1)", QUIVER),
    "dropped .T of the longest arrow": Fault(FIELD, "np.hypot(*arrays[0].T)", "np.hypot(*arrays[0])", QUIVER),
    "dropped .T of where arrows stand": Fault(DRAWING, "axes.quiver(*points.T, ", "axes.quiver(*points, ", FIGURES),
    "dropped .T of the arrows": Fault(DRAWING, "*arrows.T, **how", "*arrows, **how", FIGURES),
    "dropped .T of the dots": Fault(DRAWING, "*quiver.points[zero].T", "*quiver.points[zero]", FIGURES),
    "dropped .T of what is seen": Fault(EXPORTS, "np.hypot(*quiver.arrows.T)", "np.hypot(*quiver.arrows)", suite("drawn", "computed")),
    "dropped .T of a block": Fault(GRADIENTS, "X[block].T", "X[block]", suite("gradient")),
    "dropped .T of a stack": Fault(GRADIENTS, "reshape(d, -1).T)", "reshape(d, -1))", suite("gradient")),
    "dropped .T of the result": Fault(GRADIENTS, "return result.T", "return result", suite("gradient")),
    "dropped .T of a script to take away": Fault("templates/download.py.txt", "numerical_gradient(f, np.array([X, Y]).T).T", "numerical_gradient(f, np.array([X, Y]))", suite("downloads", "product")),
    "coordinate of a step of the trace": Fault("gradviz_core/trace.py", "divmod(int(owners[row, entry]), 2)", "int(owners[row, entry]) % len(points), int(owners[row, entry]) // len(points)", suite("trace", "bit_for_bit or by_hand")),
    # What is counted.
    "mean for median": Fault(MEASUREMENT, "_finite(np.median, ratio)", "_finite(np.mean, ratio)", MEASURE),
    "angle in radians": Fault(MEASUREMENT, "np.degrees(np.arctan2(np.abs(cross), (a * b).sum(axis=1)))", "np.arctan2(np.abs(cross), (a * b).sum(axis=1))", MEASURE),
    "ratio upside down": Fault(MEASUREMENT, "np.hypot(*G[both].T) / np.hypot(*T[both].T)", "np.hypot(*T[both].T) / np.hypot(*G[both].T)", MEASURE),
    "wrong by one": Fault(MEASUREMENT, '"wrong": int(wrong.sum())', '"wrong": int(wrong.sum()) + 1', MEASURE),
    "arrows of one entry not counted": Fault(MEASUREMENT, "(G != 0).any(axis=1)", "(G != 0).all(axis=1)", MEASURE),
    "calls by one": Fault(MEASUREMENT, "received[x.shape] += 1", "received[x.shape] += 2", MEASURE),
    "tolerance": Fault(MEASUREMENT, "RATIOS = 1e-6", "RATIOS = 2e-6", MEASURE),
    "half of the arrows": Fault(MEASUREMENT, "true_nonzero.sum() / 2", "true_nonzero.sum() / 3", MEASURE),
    # What is drawn.
    "scale not shared": Fault(FIELD, "return [Quiver(stands, a, limits, chosen, ink)", "return [Quiver(stands, a, limits, scale and chosen or float(np.hypot(*a.T).max() / reach), ink)", FIGURES),
    "scale of the wrong field": Fault(FIELD, "arrows = (rows.truth, rows.gradient, columns.gradient)", "arrows = (columns.gradient, rows.gradient, columns.gradient)", FIGURES),
    "pictures exchanged": Fault(FIELD, '"correct": correct,\n        "buggy": buggy,', '"correct": buggy,\n        "buggy": correct,', FIGURES),
    "sign of the book's view": Fault(FIELD, "-rows.gradient", "rows.gradient", FIGURES),
    "automatic scale": Fault(FIELD, "1.8 * mean", "1.9 * mean", FIGURES),
    "arrows turned round": Fault(DRAWING, '**how, units="width"', '**how, pivot="tip", units="width"', FIGURES),
    "arrows mirrored": Fault(DRAWING, "*arrows.T, **how", "*arrows.T[::-1], **how", FIGURES),
    "upside down": Fault(DRAWING, "ylim=quiver.limits,", "ylim=quiver.limits[::-1],", FIGURES),
    "unit of the arrows": Fault(DRAWING, '"scale": quiver.scale * np.ptp(quiver.limits)', '"scale": quiver.scale', FIGURES),
    "angles of the other kind": Fault(DRAWING, '"angles": "xy", "scale": automatic', '"angles": "uv", "scale": automatic', FIGURES),
    "dots for arrows": Fault(DRAWING, "quiver.points[zero]", "quiver.points[~zero]", FIGURES),
    "labels of the axes": Fault(DRAWING, 'xlabel="x\\u2080", ylabel="x\\u2081"', 'xlabel="x\\u2081", ylabel="x\\u2080"', FIGURES),
    # What is kept and told.
    "stale measurements": Fault("build.py", "store.kept(partial(measured, taken), code)", "store.kept(partial(measured, taken))", suite("incremental", "its_own_figures")),
    "stale pages": Fault("build.py", "known, renderer.read(p))", "known, p.url)", suite("incremental", "clean_build and 1")),
    "stale figures": Fault("gradviz_core/publish/store.py", "suffix, words, pictures, self.drawing", "suffix, words, self.drawing", suite("store")),
    "caption of the other layout": Fault(PICTURE, 'entry.rows if ink == "correct"', 'entry.rows if ink != "correct"', BUILD),
    "picture of another function": Fault(PICTURE, '~ entry.function.name ~', '~ functions[0].function.name ~', SITE),
    "text of another function": Fault(PICTURE, "title=entry.function.title", "title=functions[0].function.title", SITE),
    "caption counts what is left": Fault(PICTURE, "zero=(it.arrows - it.nonzero)", "zero=(it.nonzero)", SITE),
    "caption by one": Fault(PICTURE, "wrong=it.wrong | count", "wrong=(it.wrong + 1) | count", SITE),
    "factor upside down": Fault(PICTURE, '[ratio, 1 / ratio] | max', '[ratio, 1 / ratio] | min', SITE),
    "error of another layout": Fault(PICTURE, "max_error=(it.max_error or 0)", "max_error=(entry.columns.max_error or 0)", SITE),
    "angle of a caption": Fault(PICTURE, "it.max_angle_deg %}", "it.median_length_ratio %}", SITE),
    "columns of the table exchanged": Fault("templates/_measurements.html", "{% for m in (entry.rows, entry.columns) %}<td>{{ m[figure] | count }}", "{% for m in (entry.columns, entry.rows) %}<td>{{ m[figure] | count }}", SITE),
    "arrows of the table exchanged": Fault("templates/_arrows.html", "entry.rows.gradient[loop.index0], entry.columns.gradient[loop.index0]", "entry.columns.gradient[loop.index0], entry.rows.gradient[loop.index0]", TABLES),
    "measurements of the export exchanged": Fault(EXPORTS, '{"rows": rows, "columns": columns}', '{"rows": columns, "columns": rows}', TABLES),
    "verdict of the other layout": Fault("templates/_outcome.html", "words.verdict.name[entry.columns.verdict]", "words.verdict.name[entry.rows.verdict]", SITE),
    "page of another function": Fault("gradviz_core/publish/render.py", '"entry": self.entries.get(page.slug)}', '"entry": [*self.entries.values()][0]}', SITE),
    "minus signs lost": Fault("gradviz_core/publish/formats.py", 'number.replace("-", "\\N{MINUS SIGN}")', 'number.replace("-", "")', suite("formats")),
    "digits lost": Fault("gradviz_core/publish/formats.py", 'f"{value:.{digits - 1}e}"', 'f"{value:.{digits - 2}e}"', suite("formats")),
    # The same in the browser.
    "difference in the browser": Fault("templates/static/gradviz.js", "(ahead - f(x)) / (2 * h)", "(ahead - f(x)) / h", suite("javascript", "of_the_site")),
    "median in the browser": Fault("templates/static/gradviz.js", "ratios[end >> 1] + ratios[(end + 1) >> 1]", "ratios[0] + ratios[end]", suite("javascript", "of_the_site")),
}  # fmt: skip


QUICK = (
    "sign flipped", "dropped .T of the layout", "mean for median", "scale not shared", "pictures exchanged",
    "coordinate of a step of the trace", "minus signs lost",
)  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path, request: pytest.FixtureRequest) -> Project:
    """All that a build and its tests read, and for many of them the figures, drawn already."""
    ignored = shutil.ignore_patterns("__pycache__", "node_modules", "browser", "broken")
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
        else:
            shutil.copyfile(ROOT / name, tmp_path / name)
    if SOAK:
        kept = request.getfixturevalue("built").root / ".cache"
        shutil.copytree(kept, tmp_path / ".cache", copy_function=os.link)
    return Project(tmp_path)


def run(project: Project, finder: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *finder], cwd=project.root, text=True, capture_output=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("name", FAULTS if SOAK else QUICK)
def test_a_seeded_fault_is_found(name, copy):
    file, old, new, finder = FAULTS[name]
    text = (copy.root / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    copy.write(file, text.replace(old, new))
    done = run(copy, finder)
    assert done.returncode == 1, done.stdout[-2000:] + done.stderr
    # Refused, or a test failed: not a test that could not be collected.
    failed = re.search(r"^(FAILED|ERROR) tests/\S+::", done.stdout, re.MULTILINE)
    assert finder == BUILD or failed, done.stdout[-2000:]


@pytest.mark.skipif(not SOAK, reason="all that finds faults is run by itself: make soak")
@pytest.mark.parametrize("finder", dict.fromkeys(f.finder for f in FAULTS.values()), ids=" ".join)
def test_what_finds_faults_finds_none_where_none_is(finder, copy):
    done = run(copy, finder)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr


def test_every_text_to_be_changed_stands_once():
    for name, fault in FAULTS.items():
        text = (ROOT / fault.file).read_text(encoding="utf-8")
        assert text.count(fault.old) == 1, (
            f"{name}: {fault.old!r} does not stand once in {fault.file}"
        )
