"""What the playground shows and says of a function, against numbers of our own."""

import re

import numpy as np
import oracle
import pytest
from playground import (
    DOWNWARDS,
    LOGARITHM,
    MEAN,
    PRODUCT,
    READ,
    VIEWS,
    Asked,
    ask,
    assert_field,
    assert_says,
    at_work,
    read,
    unit_of_the_pair,
)
from reading.fields import stock_scale
from reading.numbers import numbers
from reading.svg import SIDE, read_axes

ONE_POINT = (1.0, 2.0, 1.0)
# A gradient that divides by zero at a kink has none there, whatever the slopes beside it.
ASKED = [
    Asked("hidden", "np.sum(x**2)", ["2 * x[0]", "2 * x[1]"]),
    Asked(
        "hidden", "np.sum(x**3)", ["3 * x[0]**2", "3 * x[1]**2"], (-1, 1.1, 0.3), 1e-3
    ),
    Asked("hidden", "np.sum(np.abs(x))", ["np.sign(x[0])", "np.sign(x[1])"]),
    Asked("hidden", "np.sum(x)", ["1", "1"], ONE_POINT),
    PRODUCT,
    DOWNWARDS,
    Asked(
        "sparse",
        "np.sin(x[0] * x[1])",
        ["x[1] * np.cos(x[0] * x[1])", "x[0] * np.cos(x[0] * x[1])"],
        h=0.1,
    ),
    Asked(
        "sparse",
        "np.sin(x[0]) * x[1]",
        ["np.cos(x[0]) * x[1]", "np.sin(x[0])"],
        (-2, 2.5, 0.1),
        1e-5,
    ),
    Asked(
        "sparse", "np.abs(x[0]) * x[1]", ["x[0] / np.abs(x[0]) * x[1]", "np.abs(x[0])"]
    ),
    Asked("blank", "np.prod(x)", ["x[1]", "x[0]"]),
    Asked("nowhere", "np.log(x[0])", ["1 / x[0]", "0"]),
    Asked("nowhere", "np.sqrt(x[0] + 2)", ["0.5 / np.sqrt(x[0] + 2)", "0"]),
    MEAN,
    Asked(
        "scaled", "np.mean(x**2) / 3", ["x[0] / 3", "x[1] / 3"], (100, 102, 0.25), 1e-3
    ),
    Asked("plausible", "np.sum(x)**2", ["2 * np.sum(x)", "2 * np.sum(x)"]),
    Asked(
        "plausible",
        "np.log1p(np.sum(x**2)) - x[0]",
        ["2 * x[0] / (1 + np.sum(x**2)) - 1", "2 * x[1] / (1 + np.sum(x**2))"],
    ),
    Asked(
        "plausible",  # though some of its arrows have no length
        "np.sum(np.maximum(x, 0.1))**2 + x[0] + x[1]",
        [
            "2 * np.sum(np.maximum(x, 0.1)) * (x[0] > 0.1) + 1",
            "2 * np.sum(np.maximum(x, 0.1)) * (x[1] > 0.1) + 1",
        ],
    ),
    Asked(
        "parallel",
        "np.exp(-np.sum(x**2))",
        ["-2 * x[0] * np.exp(-np.sum(x**2))", "-2 * x[1] * np.exp(-np.sum(x**2))"],
    ),
    Asked(
        "parallel",
        "np.linalg.norm(x)",
        ["x[0] / np.linalg.norm(x)", "x[1] / np.linalg.norm(x)"],
    ),
    Asked("without angle", "(len(x) - 2) * np.sum(x)", ["0", "0"]),
    Asked("raises", "x[0] * x[1]", ["x[1]", "x[0]"], ONE_POINT),
    Asked("flat", "np.sign(x[0])", ["0 / x[0]", "0"]),
    Asked("flat", "1e-9 * x[0] * x[1]", ["1e-9 * x[1]", "1e-9 * x[0]"]),
    Asked("vague", "np.sum(x**2) + 1e10", ["2 * x[0]", "2 * x[1]"]),
    Asked("vague", "x[0] * x[1]", ["x[1]", "x[0]"], h=1e-20),
]

BADGES = {
    "hidden": "hidden",
    "sparse": "sparse",
    "blank": "blank",
    "nowhere": "blank",
    "scaled": "scaled",
    "plausible": "plausible",
    "parallel": "plausible",
    "without angle": "plausible",
    "raises": "fails loudly",
    "flat": "",
    "vague": "",
}
FACTS = {
    "hidden": "No arrow is wrong: the mistake does not show.",
    "sparse": "{zero} of {arrows} arrows have length zero, and {wrong} are wrong.",
    "blank": "All {arrows} arrows have length zero.",
    "nowhere": (
        "No arrow has nonzero length, "
        "and where f gives no number, there is not even a dot."
    ),
    "scaled": (
        "All directions are correct, but the arrows are too {longer} by a factor of {factor}."
    ),
    "plausible": (
        "{wrong} of {arrows} arrows are wrong: up to {max_angle}° off, "
        "and typically too {longer} by a factor of {factor}."
    ),
    "parallel": (
        "{wrong} of {arrows} arrows are wrong: their computed directions are correct, "
        "but they are typically too {longer} by a factor of {factor}."
    ),
    "without angle": "{wrong} of {arrows} arrows are wrong.",
    "raises": "f stops with an error.",
    "flat": "No slope of f is larger than a millionth",
    "vague": "Rounding, or the step h, decides what you see.",
}
WHY = {
    "hidden": "It treats each number by itself and all alike",
    "sparse": "depends on only some of them; moving any other changes nothing",
    "blank": "Whichever of them is moved, its value stays the same",
    "nowhere": "For some of these numbers it has no value",
    "scaled": "the 1/n of a mean is that of all these numbers instead of two",
    "plausible": "made of slopes at these two rows of numbers",
    "raises": "there are fewer than it asks for",
    "flat": "f is flat here, or nearly so",
    "vague": "so the two cannot be compared",
}
WHY_OF = {"parallel": "plausible", "without angle": "plausible"}


@pytest.fixture(scope="module")
def page(chromium, host):
    with at_work(chromium, host) as page:
        yield page


@pytest.fixture(scope="module", params=ASKED, ids=str)
def answer(request, page):
    """One question, and all that the page shows of it."""
    return request.param, ask(page, request.param)


# The answer in words


def test_the_verdict_is_that_of_the_call_without_its_transposes(answer):
    asked, shown = answer
    assert shown["verdict"] == asked.verdict
    assert shown["badge"] == BADGES[asked.kind]
    assert shown["kind"] == f"verdict {asked.verdict}"


def test_the_sentence_tells_what_came_of_the_call(answer):
    asked, shown = answer
    measured = asked.measured["columns"]
    n = len(asked.points)
    ratio = measured.median_length_ratio or 1.0
    got = "one number" if n == 1 else f"{n:,} numbers"
    assert shown["said"].startswith(f"Without .T, f gets {got} instead of two. ")
    sentence = FACTS[asked.kind].replace("{longer}", "long" if ratio > 1 else "short")
    assert_says(
        shown["said"],
        sentence,
        arrows=n,
        zero=n - measured.nonzero,
        wrong=measured.wrong,
        max_error=measured.max_error,
        max_angle=measured.max_angle_deg,
        factor=max(ratio, 1 / ratio),
    )


def test_the_reason_is_that_of_the_verdict(answer):
    asked, shown = answer
    kind = WHY_OF.get(asked.kind, asked.kind)
    given = [name for name, words in WHY.items() if words in shown["why"]]
    assert given == [kind], shown["why"]


def test_what_is_amiss_with_both_transposes_is_told(answer):
    asked, shown = answer
    rows = asked.measured["rows"]
    left = int((~np.isfinite(asked.truth).all(axis=1)).sum())
    values = {
        "left": left,
        "off": rows.wrong,
        "arrows": rows.arrows,
        "by": rows.max_error,
    }
    both = "With both .T: f gets two numbers at a time, those of one point."
    assert shown["mended"].startswith(f"right {both}")
    for text in (shown["said"], shown["mended"]):
        if left:
            assert_says(
                text, "At {left} of {arrows} points f, or a part of it,", **values
            )
            assert "has no gradient" in text
        else:
            assert "has no gradient" not in text
        if rows.wrong:
            told = "{off} of {arrows} arrows differ from the exact gradient, by up to {by}:"
            assert_says(text, f"Even with .T, {told}", **values)
        else:
            assert "differ from the exact gradient" not in text


# The pictures


def test_each_picture_stands_under_its_own_name_and_call(answer):
    _, shown = answer
    correct, buggy = shown["pictures"]["rows"], shown["pictures"]["columns"]
    assert correct["label"] == "✓ With both .T"
    assert buggy["label"] == "✗ Without .T"
    assert correct["name"] == "With both .T"
    assert buggy["name"] == "Without .T"
    assert correct["call"] == "numerical_gradient(f, np.array([X, Y]).T).T"
    assert buggy["call"] == (
        "numerical_gradient(f, np.array([X, Y]) (here no .T) ) (here no .T)"
    )


def test_the_axes_are_named_in_the_middle_below_and_upright_at_the_left(answer):
    _, shown = answer
    for picture in shown["pictures"].values():
        first, second = picture["names"]
        assert first["text"] == "x₀"
        assert (first["x"], first["turn"]) == (SIDE / 2, None)
        assert first["y"] > SIDE + max(
            label["y"] - SIDE for label in picture["numbers"]
        )
        # Turned to the left, x counts downwards and y to the right.
        assert second["text"] == "x₁"
        assert (second["x"], second["turn"]) == (-SIDE / 2, "rotate(-90)")
        assert second["y"] < min(label["x"] for label in picture["numbers"])


@pytest.mark.parametrize("layout", oracle.LAYOUTS)
def test_every_arrow_of_a_picture_is_that_of_its_call(answer, layout):
    asked, shown = answer
    picture = shown["pictures"][layout]
    axes = read_axes(picture["lines"], picture["numbers"])
    assert_field(picture, asked, asked.arrows[layout], unit_of_the_pair(asked, axes))


def automatic_unit(points, arrows):
    """How long matplotlib draws an arrow of length 1 in a field, by its own scale."""
    return SIDE / stock_scale(points, arrows)


@pytest.mark.parametrize("asked", [PRODUCT, MEAN, LOGARITHM, DOWNWARDS], ids=str)
def test_an_automatic_scale_is_matplotlibs_for_each_field(page, asked):
    shown = ask(page, asked, "autoscale")
    for layout, picture in shown["pictures"].items():
        arrows = asked.arrows[layout]
        unit = (
            automatic_unit(asked.points, arrows) if np.isfinite(arrows).any() else 1.0
        )
        assert_field(picture, asked, arrows, unit)


def test_downhill_turns_every_arrow_around(page):
    shown = ask(page, PRODUCT, "downhill")
    for layout, picture in shown["pictures"].items():
        axes = read_axes(picture["lines"], picture["numbers"])
        assert_field(
            picture, PRODUCT, -PRODUCT.arrows[layout], unit_of_the_pair(PRODUCT, axes)
        )


def test_as_in_the_book_is_automatic_and_downhill(page):
    shown = ask(page, MEAN, "autoscale", "downhill")
    for layout, picture in shown["pictures"].items():
        arrows = -MEAN.arrows[layout]
        assert_field(picture, MEAN, arrows, automatic_unit(MEAN.points, arrows))


@pytest.mark.parametrize("asked", [PRODUCT, ASKED[0], DOWNWARDS], ids=str)
def test_contours_join_points_where_f_is_equal(page, asked):
    shown = ask(page, asked, "contours")
    correct, buggy = shown["pictures"].values()
    assert buggy["contours"] == correct["contours"]
    places = np.array(re.findall(r"[ML](\d+),(\d+)", correct["contours"]), dtype=float)
    assert (places.min(axis=0) < 0.05 * SIDE).all(), "contours end before the frame"
    assert (places.max(axis=0) > 0.95 * SIDE).all(), "contours end before the frame"
    points = read_axes(correct["lines"], correct["numbers"]).point(places)
    heights = np.array([asked.f(point) for point in points])
    starts, ends = heights[::2], heights[1::2]
    levels = np.sort(heights)
    apart = np.ptp(heights) / 9  # of ten levels
    groups = np.split(levels, np.flatnonzero(np.diff(levels) > apart / 2) + 1)
    assert len(groups) == 10
    middles = [np.median(group) for group in groups]
    assert max(map(np.ptp, groups)) < apart / 20, "a contour leaves its height"
    assert np.abs(starts - ends).max() < apart / 20
    np.testing.assert_allclose(np.diff(middles), apart, rtol=0.02)


def test_contours_are_drawn_only_when_they_are_asked_for(page):
    shown = ask(page, PRODUCT)
    assert [picture["contours"] for picture in shown["pictures"].values()] == ["", ""]


GRID = {
    "start": ("from", "-1"),
    "stop": ("to, not included", "3"),
    "step": ("in steps of", "0.5"),
    "h": ("h of the difference", "0.001"),
}


@pytest.mark.parametrize("name", VIEWS)
def test_a_way_to_draw_is_ticked_by_its_own_words(page, name):
    by_address = ask(page, PRODUCT, name)["pictures"]
    plain = ask(page, PRODUCT)["pictures"]
    page.get_by_label(VIEWS[name], exact=True).check()
    by_hand = read(page)["pictures"]
    assert by_hand == by_address
    assert by_hand != plain


def test_a_grid_and_a_step_are_typed_where_their_words_stand(page):
    ask(page, PRODUCT)
    page.locator("details", has_text="More: grid and step").evaluate(
        "d => { d.open = true; }"
    )
    for label, value in GRID.values():
        page.get_by_label(label, exact=True).fill(value)
    cubic = Asked("sparse", "x[0]**3", ["3 * x[0]**2", "0"], (-1.0, 3.0, 0.5), 1e-3)
    page.locator("#spelling").fill(cubic.text)
    shown = read(page)
    for name, (_, value) in GRID.items():
        assert shown["fields"][name] == value
    axes = read_axes(
        shown["pictures"]["rows"]["lines"], shown["pictures"]["rows"]["numbers"]
    )
    for layout, picture in shown["pictures"].items():
        assert_field(
            picture, cubic, cubic.arrows[layout], unit_of_the_pair(cubic, axes)
        )


# Of arrows and dots, as in the figures.
COLOURS = {
    "light": {"rows": "rgb(0, 114, 178)", "columns": "rgb(213, 94, 0)"},
    "dark": {"rows": "rgb(86, 180, 233)", "columns": "rgb(230, 159, 0)"},
}
# Of marks and words, which need more contrast.
INKS = {
    "light": {"rows": "rgb(0, 90, 142)", "columns": "rgb(156, 65, 0)"},
    "dark": {"rows": "rgb(124, 196, 240)", "columns": "rgb(240, 180, 69)"},
}


@pytest.mark.parametrize("theme", COLOURS)
def test_the_right_field_is_blue_and_the_other_orange(page, theme):
    ask(page, PRODUCT)
    page.emulate_media(color_scheme=theme)
    shown = page.evaluate(READ)
    page.emulate_media(color_scheme="light")
    for layout, colour in COLOURS[theme].items():
        assert shown["pictures"][layout]["colour"] == colour
        assert shown["pictures"][layout]["dotColour"] == colour
        assert shown["pictures"][layout]["markColour"] == INKS[theme][layout]
    assert shown["badgeColour"] == INKS[theme]["columns"]


# The point that is read out


def assert_read_out(shown, asked, k):
    """The table tells of the k-th point, and the rings stand around it."""
    got, got_rows, gave, gave_rows, arrow, arrow_rows = shown["cells"]
    assert numbers(got) == pytest.approx(asked.points[k], abs=1e-12)
    for line, x in zip(got_rows.splitlines(), asked.points.T, strict=True):
        is_cut = len(x) > 4
        written = [x[0], x[1], x[-1]] if is_cut else x
        assert numbers(line) == pytest.approx(written, abs=1e-12)
        assert ("…" in line) == is_cut
    assert numbers(gave) == pytest.approx(
        [asked.f(asked.points[k])], rel=1e-5, nan_ok=True
    )
    assert_arrow(arrow, asked.arrows["rows"][k])
    if asked.kind == "raises":
        assert gave_rows == "fails loudly"
        assert arrow_rows == ""
    else:
        values = [asked.f(x) for x in asked.points.T]
        assert numbers(gave_rows) == pytest.approx(values, rel=1e-5, nan_ok=True)
        assert_arrow(arrow_rows, asked.arrows["columns"][k])
    for picture in shown["pictures"].values():
        axes = read_axes(picture["lines"], picture["numbers"])
        ring = re.fullmatch(r"translate\((\d+),(\d+)\)", picture["ring"])
        place = axes.place(asked.points[[k]])[0]
        assert np.abs(np.array(ring.groups(), dtype=float) - place).max() < 1.5


def assert_arrow(text, arrow):
    assert numbers(text) == pytest.approx(arrow, rel=1e-3, abs=1e-9, nan_ok=True)


def test_a_point_is_read_out_of_both_calls(answer):
    asked, shown = answer
    assert shown["heads"] == ["✓ With both .T", "✗ Without .T"]
    assert shown["labels"] == ["f got", "f gave", "Arrow"]
    with np.errstate(all="ignore"):
        here = numbers(shown["cells"][0])
        k = int(np.abs(asked.points - here).sum(axis=1).argmin())
        assert_read_out(shown, asked, k)


def point_at(page, shown, asked, k):
    """Move the pointer over the k-th point of the first picture."""
    picture = shown["pictures"]["rows"]
    axes = read_axes(picture["lines"], picture["numbers"])
    place = axes.place(asked.points[[k]])[0].tolist()
    x, y = page.evaluate(
        """([x, y]) => {
          const svg = document.querySelector('.picture.correct > svg');
          const place = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());
          return [place.x, place.y];
        }""",
        place,
    )
    page.mouse.move(x, y)


@pytest.mark.parametrize("asked", [PRODUCT, DOWNWARDS], ids=str)
def test_a_pointer_and_the_arrow_keys_choose_the_point_that_is_read_out(page, asked):
    shown = ask(page, asked)
    page.locator(".pictures").scroll_into_view_if_needed()
    x0, x1 = asked.points[len(asked.points) // 2 + 3]
    step = abs(asked.grid[2])

    def nearest(*point):
        return int(np.abs(asked.points - point).sum(axis=1).argmin())

    point_at(page, shown, asked, nearest(x0, x1))
    assert_read_out(page.evaluate(READ), asked, nearest(x0, x1))
    page.locator(".pictures").focus()
    for key, right, up in (
        ("ArrowRight", step, 0),
        ("ArrowUp", 0, step),
        ("ArrowLeft", -step, 0),
        ("ArrowDown", 0, -step),
    ):
        page.keyboard.press(key)
        x0, x1 = x0 + right, x1 + up
        assert_read_out(page.evaluate(READ), asked, nearest(x0, x1))


def test_an_arrow_that_is_drawn_downhill_is_read_out_downhill(page):
    shown = ask(page, PRODUCT, "downhill")
    point_at(page, shown, PRODUCT, 0)
    *_, arrow, arrow_rows = page.evaluate(READ)["cells"]
    assert_arrow(arrow, -PRODUCT.arrows["rows"][0])
    assert_arrow(arrow_rows, -PRODUCT.arrows["columns"][0])


# The arithmetic of the page

MEASURED = """all => all.map(({text, grid, points}) => ({
  ...gradviz.measure(text, grid), truth: points.map(gradviz.parse(text).gradient)
}))"""


@pytest.fixture(scope="module")
def measured(page):
    """What the browser makes of every function of the site."""
    functions = oracle.functions()
    questions = [
        {
            "text": function.spelling,
            "grid": dict(zip(("start", "stop", "step"), function.grid, strict=True)),
            "points": function.points.tolist(),
        }
        for function in functions.values()
    ]
    return dict(zip(functions, page.evaluate(MEASURED, questions), strict=True))


CLOSE = {
    "max_error": {"abs": 1e-8, "rel": 1e-6},
    "median_length_ratio": {"abs": 0, "rel": 1e-6},
    "max_angle_deg": {"abs": 1e-5, "rel": 1e-6},
}


@pytest.mark.parametrize("name", oracle.functions())
def test_the_browser_measures_what_is_so(measured, name):
    function = oracle.functions()[name]
    np.testing.assert_allclose(
        measured[name]["truth"], function.truth, rtol=1e-9, atol=1e-9
    )
    for layout in oracle.LAYOUTS:
        expected = function.measured(layout)
        assert set(measured[name][layout]) == set(oracle.STATISTICS)
        for statistic, figure in measured[name][layout].items():
            value = getattr(expected, statistic)
            if statistic in CLOSE and value is not None:
                value = pytest.approx(value, **CLOSE[statistic])
            assert figure == value, statistic
