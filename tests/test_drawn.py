"""Pictures of a page's own session: what is drawn, and told, is what the session computed."""

import csv
import io
import re

import numpy as np
import pytest
from svg import SVG, Drawing, compare

from gradviz_core import figures
from gradviz_core.publish import render
from gradviz_core.publish.entries import measured
from gradviz_core.publish.pages import load
from gradviz_core.quiver import Curves, Quiver, fields

POINTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
HEAD = '+++\ntitle = "A test"\n+++\n\n'
SESSION = """```pycon
>>> points = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
>>> arrows = 2 * points
>>> tiny = points * 1e-239
>>> h = np.array([1e-3, 1e-2, 1e-1])
```

{% set s = page | session %}
"""


def page(small, text):
    small.write("content/own.md", HEAD + SESSION + text)
    done = small.build()
    if done.returncode:
        return done.stderr
    return small.files()["own/index.html"].decode()


def alts(html):
    return re.findall(r'<img[^>]* alt="([^"]*)"', html)


def test_a_page_draws_what_its_session_has_computed(small):
    call = '{% call drawn("pair", *fields(s.points, s.arrows, 3 * s.arrows), labels=("One", "`Two`")) %}\n'
    html = page(small, call + "Of {{ s.points | length }} *points*.\n{% endcall %}\n")
    one, two = alts(html)
    assert one == "Quiver plot (One): 3 of 4 arrows have a length. The longest is 2.83."
    assert two == "Quiver plot (Two): 3 of 4 arrows have a length. The longest is 8.49."
    assert "Of 4 <em>points</em>." in html
    files = small.files()
    for k, factor in ((1, 2), (2, 6)):
        (quiver,) = fields(POINTS, factor * POINTS, scale=2 * np.sqrt(2) / 1.25)
        _, tips = Drawing(files[f"figures/own/pair-{k}.svg"], quiver.limits).arrows
        np.testing.assert_allclose(
            tips[0], POINTS[1] + [factor / (2 * np.sqrt(2) / 1.25), 0], atol=0.02
        )


def test_a_hidden_block_is_run_and_not_shown(small):
    html = page(small, "{#\n```pycon\n>>> secret = 41 + 1\n```\n#}\nIt is {{ s.secret }}.\n")
    assert "It is 42." in html
    assert "secret" not in html


def test_what_matplotlib_cannot_turn_is_told(small):
    call = '{{ drawn("flat", *fields(s.points, s.tiny, scale="auto")) }}\n'
    (alt,) = alts(page(small, call))
    assert (
        "The longest is 1.41\u00a0×\u00a010⁻²³⁹. Drawn at automatic scale. 3 of them are too short"
        in alt
    )


def test_lines_over_powers_of_ten_are_told_to_a_digit(small):
    call = '{{ drawn("lines", curves(s.h, s.h ** 2, [0, 1, 9], names=["a", "b"], labels=["h", "error"])) }}\n'
    (alt,) = alts(page(small, call))
    assert alt.startswith(
        "Line plot of error, on a logarithmic scale, against h, on a logarithmic scale, from about 0.001 to 0.1"
    )
    told = (
        "a: about 10⁻⁶ at the left and about 0.01 at the right, lowest with about 10⁻⁶ near 0.001"
    )
    assert told in alt
    assert "b: nothing at the left and about 9 at the right, lowest with about 1 near 0.01" in alt


def test_labels_may_be_anything_that_can_be_read_once(small):
    call = '{{ drawn("a", curves(s.h, s.h, names=["a"], labels=["h", "e"] | map("upper"))) }}\n'
    (alt,) = alts(page(small, call))
    assert "plot of E, on a logarithmic scale, against H" in alt


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ('drawn("a", *fields(s.points, s.arrows.T))', r"shape \(2, 4\) .*\(4, 2\), one row"),
        ('drawn("a", *fields(s.points.T, s.arrows.T))', r"shape \(2, 4\) .*\(2, 2\), one row"),
        ('drawn("a", *fields(s.points, s.arows))', r".*no attribute 'arows'"),
        ('drawn("a", curves(s.h, s.eror, names=["a"], labels="xy"))', r".*no attribute 'eror'"),
        ('drawn("a", curves(s.h, s.arrows, names=["a"], labels="xy"))', r".*shape mismatch"),
        ('drawn("a", curves(s.h, s.h, names=[], labels="xy"))', ".*nameless"),
        ('drawn("a", curves(s.h, [s.h, s.h], names=["a", "b"], labels="xy"))', ".*nameless"),
        ('drawn("a", *fields(s.points, s.arrows, s.arrows, s.arrows))', ".*lacks an ink"),
        ('drawn("a", *fields(s.points))', ".*lacks an ink"),
        ('drawn("a", curves(s.h, 0 * s.h, names=["a"], labels="xy"))', r".*NaN"),
        ('drawn("a", *fields(s.points, s.arrows), labels=["a", "b"])', r".*zip"),
        ('drawn("a", *fields(s.points, s.arrows)) ~ drawn("a", *fields(s.points, s.arrows))', ".*two pictures"),
    ],
)  # fmt: skip
def test_a_picture_that_cannot_be_drawn_is_told_at_its_line(small, call, told):
    line = (HEAD + SESSION).count("\n") + 1
    said = page(small, f"{{{{ {call} }}}}\n")
    assert re.match(rf"content/own\.md:{line}: .*{told}.* Fix: ", said), said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("scale", [None, 7.0])
def test_fields_share_a_scale(scale):
    one, two = fields(POINTS, 5 * POINTS, POINTS, scale=scale)
    assert one.scale == two.scale == (scale or pytest.approx(5 * np.sqrt(2) / 1.25))
    assert one.limits == two.limits == (-1.375, 2.375)
    assert fields(POINTS, 5 * POINTS, scale="auto")[0].scale is None


def test_the_longest_arrow_is_measured_by_the_nearest_neighbours():
    points = np.array([[0, 10], [1, 10], [0, 12], [1, 12]])
    (one,) = fields(points, 3 * np.ones((4, 2)), inks=["book"])
    assert one.scale == pytest.approx(3 * np.sqrt(2) / 1.25)
    assert one.limits == (-1.375, 13.375)


def test_lines_and_band_stand_where_their_numbers_are():
    x = np.logspace(-4, 0, 5)
    lines = Curves(x, x**2, names=["a"], labels=["x", "y"], band=(x**2 / 10, x**2 * 10))
    drawing = Drawing(figures.render("svg", lines), (0, 1))
    (path,) = drawing.numbers(drawing.groups["line-0"].find(f"{SVG}path").get("d"))
    steps = np.diff(path, axis=0)
    np.testing.assert_allclose(steps, np.broadcast_to(steps[0], steps.shape), atol=0.15)
    assert drawing.groups["band"].find(f".//{SVG}path") is not None


@pytest.mark.parametrize("up", ["log", "linear"])
def test_only_a_logarithmic_scale_leaves_out_what_is_not_positive(up):
    x = np.arange(5.0)
    lines = Curves(x, x - 1, names=["a"], labels=["x", "y"], scales=("linear", up))
    drawing = Drawing(figures.render("svg", lines), (0, 1))
    (path,) = drawing.numbers(drawing.groups["line-0"].find(f"{SVG}path").get("d"))
    assert len(path) == (3 if up == "log" else 5)
    across = np.diff(path, axis=0)[:, 0]
    np.testing.assert_allclose(across, across[0], atol=0.15)


LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def axis(drawing, name, scale):
    """Where a number stands along an axis, in pixels, as the labels of its ticks have it."""
    ticks = [group for key, group in drawing.groups.items() if str(key).startswith(f"{name}tick_")]
    labelled = [tick for tick in ticks if tick.find(f".//{SVG}text") is not None]
    texts = [tick.find(f".//{SVG}text").text for tick in labelled]
    assert {text[:2] for text in texts} == {"10"} or scale == "linear"
    numbers = [float(text[2 * (scale == "log") :].translate(LOWERED)) for text in texts]
    pixels = [float(tick.find(f".//{SVG}use").get(name)) for tick in labelled]
    slope, start = np.polyfit(numbers, pixels, 1)
    np.testing.assert_allclose(np.polyval((slope, start), numbers), pixels, atol=0.02)
    assert (slope > 0) == (name == "x")
    return lambda number: start + slope * (np.log10(number) if scale == "log" else number)


def away(points, lines):
    """How far each point is from the nearest of these lines, each the corners of its steps."""
    starts = np.concatenate([line[:-1] for line in lines])
    steps = np.concatenate([np.diff(line, axis=0) for line in lines])
    offsets = points[:, None] - starts
    along = (offsets * steps).sum(2) / np.maximum((steps**2).sum(1), 1e-12)
    return np.hypot(*(offsets - np.clip(along, 0, 1)[..., None] * steps).T).min(axis=0)


def parts(line):
    """The parts of a line without a gap; a point by itself is a line of no length."""
    known = np.isfinite(line).all(axis=1)
    runs = np.split(line, np.flatnonzero(known[1:] != known[:-1]) + 1)
    runs = [run for run in runs if np.isfinite(run).all() and len(run)]
    return [np.repeat(run, 2, axis=0) if len(run) == 1 else run for run in runs]


def agree(drawn, told):
    """Corners that make no difference are left out, so each is compared with the other's line."""
    for ones, others in ((drawn, told), (told, drawn)):
        assert away(np.concatenate(ones), others).max() < 0.2  # of a pixel


def compare_curves(svg, curves):
    """Every line of a picture, its name and the dash that tells it, and the band."""
    drawing = Drawing(svg, (0, 1))
    across, up = (axis(drawing, *each) for each in zip("xy", curves.scales, strict=True))
    legend = drawing.groups["legend_1"]
    names = [text.text for text in legend.iter(f"{SVG}text")]
    assert names == [name for name, *_ in curves.lines]
    keys = [path.get("class") for path in legend.iter(f"{SVG}path")][1:]  # after its frame
    for k, (_, y, _) in enumerate(curves.lines):
        (path,) = drawing.groups[f"line-{k}"].iter(f"{SVG}path")
        assert path.get("class") == keys[k]
        drawn = drawing.numbers(path.get("d"))
        agree(drawn, parts(np.column_stack([across(curves.x), up(y)])))
    assert len({*keys}) == len(names)
    edges = [p for y in curves.band for p in parts(np.column_stack([across(curves.x), up(y)]))]
    band = drawing.groups["band"]
    paths = [part for path in band.iter(f"{SVG}path") for part in drawing.numbers(path.get("d"))]
    assert bool(edges) == bool(paths)
    if edges:
        place = next(band.iter(f"{SVG}use"))
        move = [float(place.get(name)) for name in "xy"]
        outlines = [path + move for path in paths]
        assert away(np.concatenate(edges), outlines).max() < 0.2
        assert away(np.concatenate(outlines), edges).max() < 0.2


@pytest.fixture(scope="module")
def drawings(built):
    """What each picture of a page shows, by the name of its file, as its session computes it."""
    root = built.root
    taken = {*render.Renderer(root, [], {}, "").environment.globals, *render.HERE}
    renderer = render.Renderer(root, load(root)[0], measured(taken)[0], "")
    return dict(
        each for page in renderer.pages for each in renderer.rendered(page).drawings.items()
    )


def test_every_picture_of_a_page_is_what_its_session_computes(built, drawings):
    files = built.files()
    assert {*drawings} == {n for n in files if re.fullmatch(r"figures/.+/.+\.svg", n)}
    for name, ((shown,), words) in drawings.items():
        print(name)  # which is told if it fails
        assert words == {}
        if isinstance(shown, Quiver):
            compare(files[name], shown.points, shown.arrows, shown.limits, shown.scale)
        else:
            compare_curves(files[name], shown)


def test_beside_every_picture_of_a_page_stand_its_numbers(built, drawings):
    files = built.files()
    pages = "".join(data.decode() for name, data in files.items() if name.endswith(".html"))
    bands = 0
    for name, ((shown,), _) in drawings.items():
        path = name.replace(".svg", ".csv")
        assert f'{path}">As numbers</a>' in pages
        head, *rows = csv.reader(io.StringIO(files[path].decode()))
        found = np.array([[float(cell or "nan") for cell in row] for row in rows])
        if isinstance(shown, Quiver):
            names = ["x₀", "x₁", "arrow along x₀", "arrow along x₁"]
            places, values = shown.points, shown.arrows
        else:
            names = [shown.labels[0], *(name for name, *_ in shown.lines)]
            lines = [y for _, y, _ in shown.lines]
            if np.isfinite(shown.band).any():
                names, lines = [*names, "band, one edge", "band, the other"], [*lines, *shown.band]
                bands += 1
            places, values = shown.x[:, None], np.column_stack(lines)
        assert head == names
        np.testing.assert_allclose(found[:, : len(places[0])], places, rtol=1e-8)
        np.testing.assert_allclose(found[:, len(places[0]) :], values, rtol=1e-3)
    assert bands


def test_an_arrow_without_end_has_its_numbers_too(small):
    page = (
        HEAD
        + """```pycon
>>> points = np.array([[0, 0], [1, 0]])
>>> arrows = np.array([[np.inf, 1], [2, np.nan]])
```

{% set s = page | session %}
{{ drawn("endless", *fields(s.points, s.arrows)) }}
"""
    )
    small.write("content/endless.md", page)
    done = small.build()
    assert done.returncode == 0, done.stderr
    text = small.files()["figures/endless/endless.csv"].decode()
    assert text.split("\n")[1:] == ["0,0,inf,1", "1,0,2,", ""]
