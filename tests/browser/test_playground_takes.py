"""What the playground gives to take away: the call, a script that draws the same, both pictures."""

import base64
import io
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

import numpy as np
import oracle
import pytest
from browser_fixtures import DESK, NO_COPYING
from matplotlib.image import imread
from playwright.sync_api import expect
from reading.colours import BY_DAY
from reading.scripts import run_all
from reading.svg import SIDE, read_arrows, read_axes, read_dots
from reading.words import word

from tests.browser.playground import (
    ASK,
    ELSEWHERE,
    PLAYGROUND,
    PRODUCT,
    VIEWS,
    Asked,
    ask,
    asking,
    assert_answered,
    at_work,
    axes_in_window,
    drawn_so,
    field,
    status,
    take,
)


@pytest.fixture(scope="module")
def page(chromium, host):
    with at_work(chromium, host) as page:
        yield page


# The call


def test_the_copied_call_has_both_transposes_and_is_taken_back_with_the_next_function(
    page,
):
    ask(page, ELSEWHERE)
    take(page, "call").click()
    copied = page.locator(".copy")
    expect(copied).to_have_text(word("pair.call"))
    expect(status(page)).to_have_text(word("playground.copied"))
    assert page.evaluate("navigator.clipboard.readText()") == word("pair.call")
    assert page.evaluate("getSelection().toString()") == ""
    field(page).fill("np.sum(x**2)")
    expect(copied).to_be_empty()
    expect(status(page)).to_be_empty()


def test_what_a_browser_does_not_copy_is_selected(visit):
    page = visit(PLAYGROUND, prepare=lambda page: page.add_init_script(NO_COPYING))
    take(page, "call").click()
    expect(status(page)).to_have_text(word("playground.selected"))
    call = page.locator(".copy").text_content()
    assert page.evaluate("getSelection().toString()") == call


# The script


@dataclass(frozen=True)
class Case:
    """What is asked of the page, the boxes that are ticked, and a range of x1."""

    asked: Asked
    views: tuple[str, ...] = ()
    x1: tuple[float, ...] = ()

    @property
    def fragment(self):
        names = ("start1", "stop1", "step1")
        own = "".join(
            f"&{name}={number}" for name, number in zip(names, self.x1, strict=False)
        )
        return self.asked.fragment + drawn_so(*self.views) + own

    def __str__(self):
        return " ".join([str(self.asked), *self.views, *map(str, self.x1)])


def of(text, *views, grid=oracle.DEFAULT_GRID, h=oracle.H):
    return Case(Asked("", text, [], grid, h), views)


SMOOTH = (PRODUCT.text, "x[0]**2 + 4 * x[1]", "np.sin(x[0]) * x[1] + 50")
CASES = [
    Case(PRODUCT),
    Case(PRODUCT, ("downhill",)),
    Case(PRODUCT, ("window", "downhill", "contours")),
    of("np.sin(x[0]) * x[1] + 50", "contours", grid=(-1.0, 1.6, 0.5), h=0.01),
    of("x[0]**2 + 4 * x[1]", "contours"),
    of("x[0]**2 - x[1]**2", "downhill", grid=(2, -2.5, -0.5)),
    of("x[0]**2 - x[1]**2", "window", grid=(2, -2.5, -0.5)),
    of("1 / (x[0] * x[1])"),  # a pole where both axes meet
    of("1 / (x[0] * x[1])", "window"),
    of("np.log(x[0]) + x[1]", "window", "contours"),
    of("np.sign(x[0])"),  # a jump, at which a difference is very long
    of("np.sign(x[0]) + x[1]", "downhill"),
    of("np.max(x)", "window", "downhill"),
    of("np.prod(x)"),
    of("np.mean(x**2)", "window", "downhill"),
    of("3", "contours"),
    of("x[0] * x[1]", "contours", grid=(-2, 2, 0.05)),  # of which every second is drawn
    of("x @ np.array([[2, 1], [1, 3]]) @ x", "downhill"),
    of("x @ np.array([[2, 1], [1, 3]]) @ x", "window", "contours"),
    Case(PRODUCT, ("contours",), x1=(0, 1.1, 0.5)),
    Case(PRODUCT, ("window",), x1=(5, -4, -1.5)),
    Case(PRODUCT, (), x1=(-2, 2, 0.05)),
]
# The page, and the script that it hands out.
TAKE = f"""async fragment => {{
  const shown = await ({ASK})(fragment);
  document.querySelector('[name=script]').click();
  return [shown.pictures, document.querySelector('.copy').textContent];
}}"""


@pytest.fixture(scope="module")
def drawn(page, tmp_path_factory):
    """Each case, what the page draws of it, and what its script draws."""
    pictures, scripts = [], {}
    for case in CASES:
        shown, script = page.evaluate(TAKE, case.fragment)
        pictures.append(shown)
        scripts[str(case)] = script
    assert len(scripts) == len(CASES)
    runs = run_all(scripts, tmp_path_factory.mktemp("copied"), whole_figures=True)
    assert [run["error"] for run in runs.values()] == [""] * len(CASES)
    figures = [run["panels"] for run in runs.values()]
    return list(zip(CASES, pictures, figures, strict=True))


def in_order(places, *others):
    """Places from left to right and from below, and what belongs to each."""
    places = np.array(places, dtype=float).reshape(-1, 2)
    order = np.lexsort((places[:, 0], np.rint(places[:, 1] / 20)))
    return [places[order], *(np.array(each).reshape(-1, 2)[order] for each in others)]


def test_a_copied_script_draws_the_arrows_and_dots_of_the_page(drawn):
    for case, pictures, figures in drawn:
        for picture, figure in zip(pictures.values(), figures, strict=True):
            if "window" in case.views:
                assert_alike_in_window(picture, figure)
            else:
                assert_alike(picture, figure)


def test_a_script_draws_every_arrow_in_its_window_though_the_page_does_not(
    page, tmp_path
):
    case = of(PRODUCT.text, "window", grid=(-2, 2, 0.05))
    _, script = page.evaluate(TAKE, case.fragment)
    run = run_all({"large": script}, tmp_path, whole_figures=True)["large"]
    assert [len(each["points"]) for each in run["panels"]] == [80 * 80] * 2


def assert_alike_in_window(picture, figure):
    """They have the same arrows, each turned as the axes of its own picture are."""
    axes = axes_in_window(picture)
    scale, *_ = figure["scale"]
    ways = figure["arrows"] / scale * SIDE
    is_drawn = np.isfinite(ways).all(axis=1) & (ways != 0).any(axis=1)
    lengths = np.hypot(*ways[is_drawn].T)[:, None]
    on_screen = ways[is_drawn] / np.abs([axes.x[1], axes.y[1]])
    turned = on_screen / np.hypot(*on_screen.T)[:, None]
    expected = turned * np.minimum(lengths, 3 * SIDE)
    expected_places = axes.place(figure["points"][is_drawn])

    places, arrows = read_arrows(picture["arrows"])
    is_arrow = (arrows != 0).any(axis=1)
    for place, arrow in zip(places[is_arrow], arrows[is_arrow], strict=True):
        nearest = np.abs(expected_places - place).sum(axis=1).argmin()
        np.testing.assert_allclose(expected_places[nearest], place, atol=2)
        np.testing.assert_allclose(expected[nearest], arrow, atol=4, rtol=0.01)
    assert (lengths > 60).sum() <= is_arrow.sum()


def assert_alike(picture, figure):
    """A picture of the page and a plot of its script have the same names, arrows and dots."""
    axes = read_axes(picture["lines"], picture["numbers"])
    assert figure["title"] == picture["name"]
    assert list(figure["names"]) == [name["text"] for name in picture["names"]]
    across, up = figure["limits"]
    assert across == up
    corners = axes.place(np.array(across)[:, None].repeat(2, axis=1))
    np.testing.assert_allclose(corners, [[0, SIDE], [SIDE, 0]], atol=2)

    scale, *_ = figure["scale"]
    ways = figure["arrows"] / scale * SIDE
    is_drawn = np.isfinite(ways).all(axis=1) & (ways != 0).any(axis=1)
    points = figure["points"][is_drawn]
    expected_places, expected = in_order(axes.place(points), ways[is_drawn])
    lengths = np.hypot(*expected.T)[:, None]
    expected *= np.minimum(1, 3 * SIDE / np.maximum(lengths, 1e-9))

    places, arrows = in_order(*read_arrows(picture["arrows"]))
    assert len(arrows) == len(expected)
    np.testing.assert_allclose(places, expected_places, atol=2)
    is_speck = (arrows == 0).all(axis=1)
    assert np.hypot(*expected[is_speck].T).max(initial=0) < 42
    tolerance = 3 + 0.01 * np.hypot(*expected.T)[:, None]
    assert (np.abs(arrows - expected) <= tolerance)[~is_speck].all()

    [expected_dots] = in_order(axes.place(figure["dots"]))
    [dots] = in_order(read_dots(picture["dots"]))
    np.testing.assert_allclose(dots, expected_dots, atol=2)


def test_a_copied_script_has_contours_where_the_page_has_them(drawn):
    for case, pictures, figures in drawn:
        is_asked = "contours" in case.views
        for picture, figure in zip(pictures.values(), figures, strict=True):
            assert len(figure["contours"]) == is_asked, str(case)
            if picture["contours"]:
                assert is_asked, str(case)
                assert len(figure["contours"][0]) == 10, str(case)


def test_every_contour_of_a_copied_script_joins_points_where_f_is_equal(drawn):
    """Also of functions that have another value where their arguments are exchanged."""
    for case, _, figures in drawn:
        if case.asked.text not in SMOOTH or "contours" not in case.views:
            continue
        for figure in figures:
            (contours,) = figure["contours"]
            apart = np.ptp([level for level, _ in contours]) / (len(contours) - 1)
            for level, lines in contours:
                places = np.concatenate(lines)
                heights = np.array([case.asked.f(place) for place in places])
                assert np.abs(heights - level).max() < apart / 20, str(case)


def test_a_copied_script_reads_as_what_was_typed_and_ticked(page):
    _, plain = page.evaluate(TAKE, Case(PRODUCT).fragment)
    _, ticked = page.evaluate(TAKE, Case(PRODUCT, ("downhill", "contours")).fragment)
    assert f"return {PRODUCT.text}" in plain
    assert "contour" not in plain
    assert "{" not in plain.replace('"{x:.9g}"', "").replace("update({", "")
    assert "-right" in ticked
    assert "-wrong" in ticked
    assert ticked.count("axes.contour(") == 1


# The pictures

SVG = "{http://www.w3.org/2000/svg}"
ARROW_COLOUR = {"rows": BY_DAY["correct"], "columns": BY_DAY["buggy"]}


def save(page, name, folder):
    with page.expect_download() as download:
        take(page, name).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.fixture(scope="module")
def saved(page, tmp_path_factory):
    """What the page shows, and both files that it saves of it."""
    folder = tmp_path_factory.mktemp("saved")
    shown = ask(page, ELSEWHERE, "downhill", "contours")
    return shown, save(page, "svg", folder), save(page, "png", folder)


def test_a_saved_picture_shows_the_fields_of_the_page_under_their_names(saved):
    shown, path, _ = saved
    assert path.name == "gradviz.svg"
    root = ElementTree.fromstring(path.read_text(encoding="utf-8").strip())
    plots = [svg for svg in root.findall(f"{SVG}svg") if svg.get("color")]
    left, right = sorted(plots, key=lambda plot: float(plot.get("x")))
    for plot, layout in ((left, "columns"), (right, "rows")):
        picture = shown["pictures"][layout]
        assert plot.findtext(f"{SVG}text") == picture["name"]
        assert plot.get("color") == ARROW_COLOUR[layout]
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
    assert texts[1] == " · ".join(VIEWS.values())
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
    assert blue[:, middle:].sum() > 1000
    assert blue[:, :middle].sum() == 0
    assert orange[:, :middle].sum() > 100
    assert orange[:, middle:].sum() == 0


def test_a_saved_picture_names_the_longest_function(visit, tmp_path):
    page = visit(asking("x[0]" + " + np.sin(x[0])" * 16), DESK)
    assert_answered(page, "sparse")
    with page.expect_download() as download:
        take(page, "svg").click()
    download.value.save_as(tmp_path / "file.svg")
    page = visit("about:blank")  # which has no policy
    page.set_content((tmp_path / "file.svg").read_text(encoding="utf-8"))
    name = page.locator("text", has_text="np.sin").bounding_box()
    picture = page.locator("svg").first.bounding_box()
    assert name["width"] > picture["width"] / 2
    assert name["x"] + name["width"] <= picture["x"] + picture["width"]
