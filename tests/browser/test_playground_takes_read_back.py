"""What the playground offers, refuses, saves and hands out, against numbers of our own."""

import base64
import io
import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote

import numpy as np
import oracle
import pytest
from matplotlib.image import imread
from opened import DESK, PHONE
from playground import (
    ASK,
    DOWNWARDS,
    MEAN,
    PRODUCT,
    VIEWS,
    Asked,
    ask,
    at_work,
    read,
)
from playwright.sync_api import expect


@pytest.fixture(scope="module")
def page(chromium, host):
    with at_work(chromium, host) as page:
        yield page


def test_the_page_comes_with_the_product_on_the_grid_of_the_book(page, host):
    other = page.context.new_page()
    other.goto(f"{host}playground/index.html")
    fields = read(other)["fields"]
    other.close()
    assert fields["f"] == PRODUCT.text
    assert [float(fields[name]) for name in ("start", "stop", "step")] == [
        *PRODUCT.grid
    ]
    assert float(fields["h"]) == PRODUCT.h
    assert [fields[view] for view in VIEWS] == [False, False, False]


# What can be chosen


def test_a_starter_fills_in_what_it_shows(page):
    ask(page, PRODUCT)
    by_spelling = {
        function.spelling: function for function in oracle.functions().values()
    }
    starters = page.get_by_role("group", name="Functions to start from").get_by_role(
        "button"
    )
    texts = starters.all_text_contents()
    assert len(texts) == len(set(texts)) > 4
    for k, text in enumerate(texts):
        starters.nth(k).click()
        shown = read(page)
        assert shown["fields"]["f"] == text
        assert shown["verdict"] == by_spelling[text].verdict
        current = page.locator("[name=starter][aria-current=true]")
        assert current.all_text_contents() == [text]


def test_every_function_of_the_site_is_offered_by_its_title(page):
    choice = page.get_by_label("All functions…")
    first, *offered = choice.locator("option").evaluate_all(
        "all => all.map(option => [option.value, option.textContent])"
    )
    functions = list(oracle.functions().values())
    assert first[0] == ""
    assert offered == [[function.spelling, function.title] for function in functions]
    choice.select_option(label=functions[-1].title)
    shown = read(page)
    assert shown["fields"]["f"] == functions[-1].spelling
    assert choice.input_value() == ""


def test_on_a_phone_the_switch_shows_the_picture_of_its_call(page):
    ask(page, PRODUCT)
    page.set_viewport_size(PHONE)
    switch = page.locator(".switch button")
    call = page.locator(".switch .call")
    seen = page.locator(".picture .label:visible")
    assert seen.all_text_contents() == ["✗ Without .T"]
    assert call.inner_text().count(".T") == 0
    switch.click()
    assert seen.all_text_contents() == ["✓ With both .T"]
    assert call.inner_text() == "numerical_gradient(f, np.array([X, Y]).T).T"
    assert page.locator(".mended").is_visible()
    switch.click()
    assert seen.all_text_contents() == ["✗ Without .T"]
    page.set_viewport_size(DESK)


# Problems


@dataclass(frozen=True)
class Problem:
    """A text that is refused: what stands at the mark, what is said, what is offered instead."""

    text: str
    at: str
    said: str
    mend: str = ""


OPERATORS = "one of the operators + - * / **"
OPERANDS = "a number, x, x[0], x[1], or a function such as np.sin"
PROBLEMS = [
    Problem("x[0] +", "", f"Something is missing here: {OPERANDS}."),
    Problem(
        "(x[0]", "", f"Something is missing here: {OPERATORS} or a closing ).", "x[0]"
    ),
    Problem(
        "x[0", "", f"Something is missing here: {OPERATORS} or a closing ].", "x[0]"
    ),
    Problem("2 * x[0] §", "§", "The character § has no meaning here."),
    Problem("x[0]^2", "^2", f"What can stand here is {OPERATORS}.", "x[0]**2"),
    Problem("x[0] * * x[1]", "* x[1]", "* cannot stand here."),
    Problem(
        "x[0] + sin(x[1])", "sin(", "sin is not known here.", "x[0] + np.sin(x[1])"
    ),
    Problem("np.foo(x)", "np.foo", "a function such as np.sin, np.exp or np.sum."),
    Problem("x[0] + x[2]", "2]", "so 2 is no index. It can be 0 or 1 or -1 or -2;"),
    Problem("1 + np.hypot(x[0])", "np.hypot", "of np.hypot is 2, not 1."),
    Problem("x**2", "**2", "f has to give one number in all.", "np.sum(x**2)"),
    Problem(
        "lambda v: v[0] * v[1]", "lambda", "lambda is not known here.", "x[0] * x[1]"
    ),
    Problem("(" * 33, "(", "at most 32 brackets."),
    Problem("-" * 200 + "1", "-", "at most 200 nodes."),
    Problem(" " * 256 + "1", "1", "at most 256 characters.", "1"),
]
REFUSED = f"""async fragment => {{
  await ({ASK})(fragment);
  const [excerpt, mend] = ['#problem pre', '[name=mend]'].map(name => document.querySelector(name));
  return {{
    excerpt: excerpt.checkVisibility() ? excerpt.textContent : '',
    mend: mend.checkVisibility() ? mend.textContent : '',
    said: document.querySelector('#verdict p > span').textContent.replaceAll('\\u00a0', ' '),
    beside: document.querySelector('.fault').textContent,
    isInvalid: document.querySelector('#spelling').getAttribute('aria-invalid'),
    verdict: document.querySelector('#verdict').dataset.verdict,
  }};
}}"""


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.text[:20])
def test_a_problem_is_marked_explained_and_mended(page, problem):
    refused = page.evaluate(REFUSED, f"#f={quote(problem.text)}")
    excerpt, mark = refused["excerpt"].split("\n")
    assert mark.strip(" ") == "^"
    assert excerpt[mark.index("^") :].startswith(problem.at)
    assert problem.at or mark.index("^") == len(excerpt)
    assert problem.said in refused["said"]
    assert refused["isInvalid"] == "true"
    assert refused["verdict"] == ""
    assert refused["mend"] == (f"Use {problem.mend}" if problem.mend else "")
    if problem.mend:
        page.locator("[name=mend]").click()
        assert read(page)["fields"]["f"] == problem.mend
        assert page.locator("#spelling").get_attribute("aria-invalid") == "false"


@pytest.mark.parametrize(
    ("fragment", "said", "is_beside"),
    [
        ("#f=x[0]&step=0", "This grid cannot be drawn", True),
        ("#f=x[0]&h=0", "h has to be a positive number.", True),
        (
            "#f=np.log(-np.sum(x**2))",
            "f has no finite gradient at any point of this grid",
            True,
        ),
    ],
)
def test_a_fault_without_a_place_has_no_mark(page, fragment, said, is_beside):
    refused = page.evaluate(REFUSED, fragment)
    assert refused["said"].startswith(said)
    assert refused["beside"].startswith(said) == is_beside
    assert refused["excerpt"] == refused["mend"] == ""


# To take away

ELSEWHERE = Asked(
    "sparse",
    "np.sin(x[0]) * x[1] + 50",
    ["np.cos(x[0]) * x[1]", "np.sin(x[0])"],
    (-1.0, 1.6, 0.5),
    0.1,
)


def take(page, label):
    page.get_by_role("button", name=label, exact=True).click()
    return page.locator(".copy").text_content()


def test_the_copied_call_has_both_transposes(page):
    ask(page, ELSEWHERE)
    call = take(page, "Copy the fixed call")
    assert call == "numerical_gradient(f, np.array([X, Y]).T).T"
    expect(page.locator("form [role=status]")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == call


@pytest.mark.parametrize(
    ("asked", "views"),
    [(PRODUCT, []), (ELSEWHERE, ["downhill"]), (DOWNWARDS, ["autoscale", "contours"])],
    ids=["as it comes", "another grid", "other views"],
)
def test_a_copied_link_opens_the_same(page, asked, views):
    shown = ask(page, asked, *views)
    link = take(page, "Copy a link")
    other = page.context.new_page()
    other.set_viewport_size(DESK)
    other.goto(link)
    again = read(other)
    other.close()
    for answer in (shown, again):  # which point is read out is not in the address
        del answer["cells"]
        for picture in answer["pictures"].values():
            del picture["ring"]
    assert again == shown


def test_the_address_follows_what_is_typed(page):
    ask(page, PRODUCT)
    page.locator("#spelling").fill(ELSEWHERE.text)
    page.get_by_label(VIEWS["downhill"]).check()
    page.wait_for_url(lambda url: "downhill" in url, wait_until="commit")
    fields = dict(parse_qsl(page.url.partition("#")[2]))
    assert fields["f"] == ELSEWHERE.text
    assert fields["downhill"] == "on"
    assert "autoscale" not in fields


RECORDED = """
import contextlib, json, sys, warnings
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy as np

def fields():
    figure = plt.gcf()
    for axes in sorted(figure.axes, key=lambda axes: axes.get_position().x0):
        (quiver,) = axes.collections
        (dots,) = axes.lines
        yield {
            "title": axes.get_title(),
            "names": [axes.get_xlabel(), axes.get_ylabel()],
            "points": np.transpose([quiver.X, quiver.Y]).tolist(),
            "arrows": np.transpose([quiver.U, quiver.V]).tolist(),
            "dots": dots.get_xydata().tolist(),
            "scale": [quiver.scale, quiver.units, quiver.angles],
            "limits": axes.get_xlim(),
        }

shown = []
plt.show = lambda: shown.append(list(fields()))
for script in json.load(sys.stdin):
    exec(script, {"__name__": "__main__"})
print(json.dumps(shown))
"""


@pytest.fixture(scope="module")
def scripts(page, tmp_path_factory):
    """What the copied scripts draw when they are run: two fields each."""
    copied = []
    for asked in (ELSEWHERE, DOWNWARDS):
        ask(page, asked)
        copied.append(take(page, "Copy a NumPy script"))
    done = subprocess.run(
        [sys.executable, "-c", RECORDED],
        input=json.dumps(copied),
        env={"HOME": str(tmp_path_factory.mktemp("home"))},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize(("k", "asked"), [(0, ELSEWHERE), (1, DOWNWARDS)])
def test_a_copied_script_draws_the_fields_of_the_page(scripts, k, asked):
    right, wrong = scripts[k]
    assert right["title"] == "With both .T"
    assert wrong["title"] == "Without .T"
    for field_drawn, layout in ((right, "rows"), (wrong, "columns")):
        arrows = asked.arrows[layout]
        is_zero = (arrows == 0).all(axis=1)
        assert field_drawn["names"] == ["x₀", "x₁"]
        np.testing.assert_allclose(field_drawn["points"], asked.points[~is_zero])
        np.testing.assert_allclose(field_drawn["arrows"], arrows[~is_zero], atol=1e-9)
        np.testing.assert_allclose(field_drawn["dots"], asked.points[is_zero])
        scale, unit, angles = field_drawn["scale"]
        longest = np.hypot(*asked.arrows["rows"].T).max()
        across = np.ptp(field_drawn["limits"])
        assert scale / across == pytest.approx(longest / (1.25 * abs(asked.grid[2])))
        assert (unit, angles) == ("width", "uv")


SVG = "{http://www.w3.org/2000/svg}"
INK = {"rows": "#0072b2", "columns": "#d55e00"}


def save(page, label, folder):
    with page.expect_download() as download:
        page.get_by_role("button", name=label, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.fixture(scope="module")
def saved(page, tmp_path_factory):
    """What the page shows, and both files that it saves of it."""
    folder = tmp_path_factory.mktemp("saved")
    shown = ask(page, ELSEWHERE, "downhill", "contours")
    return shown, save(page, "Save SVG", folder), save(page, "Save PNG", folder)


def test_a_saved_picture_shows_the_fields_of_the_page_under_their_names(saved):
    shown, path, _ = saved
    assert path.name == "gradviz.svg"
    root = ElementTree.fromstring(path.read_text(encoding="utf-8").strip())
    plots = [svg for svg in root.findall(f"{SVG}svg") if svg.get("color")]
    left, right = sorted(plots, key=lambda plot: float(plot.get("x")))
    for plot, layout in ((left, "rows"), (right, "columns")):
        picture = shown["pictures"][layout]
        assert plot.findtext(f"{SVG}text") == picture["name"]
        assert plot.get("color") == INK[layout]
        drawn = {path.get("class"): path for path in plot.iter(f"{SVG}path")}
        for name in ("arrows", "dots", "contours", "lines"):
            assert drawn[name].get("d", "") == picture[name]
        assert drawn["arrows"].get("fill") == "currentColor"
        texts = [text.text for text in plot.iter(f"{SVG}text")]
        for label in picture["names"] + picture["numbers"]:
            assert label["text"] in texts


def test_a_saved_picture_says_what_it_shows_and_how(saved):
    _, path, _ = saved
    root = ElementTree.fromstring(path.read_text(encoding="utf-8").strip())
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert texts[0] == f"f(x) = {ELSEWHERE.text}"
    assert texts[1] == f"{VIEWS['downhill']} · {VIEWS['contours']}"
    assert root.find(f"{SVG}rect").get("fill") == "#ffffff"


DRAWN = """async svg => {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.toDataURL();
}"""


def test_both_saved_files_are_one_picture(page, saved):
    _, svg, png = saved
    assert png.name == "gradviz.png"
    pixels = imread(png)
    drawn = page.evaluate(DRAWN, svg.read_text(encoding="utf-8"))
    again = imread(io.BytesIO(base64.b64decode(drawn.partition(",")[2])))
    assert (again == pixels).all()
    middle = pixels.shape[1] // 2
    blue = pixels[..., 2] - pixels[..., 0] > 0.3
    orange = pixels[..., 0] - pixels[..., 2] > 0.3
    assert blue[:, :middle].sum() > 1000
    assert blue[:, middle:].sum() == 0
    assert orange[:, middle:].sum() > 100
    assert orange[:, :middle].sum() == 0


def test_what_is_announced_is_what_is_shown(page):
    shown = ask(page, MEAN, "downhill")
    announced = f"{shown['badge']} {shown['said']} {VIEWS['downhill']}"
    expect(page.locator("#verdict .unseen")).to_have_text(announced, ignore_case=True)
    expect(page.locator("#verdict")).to_have_attribute("aria-live", "polite")
