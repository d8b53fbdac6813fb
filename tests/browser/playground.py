"""The playground: its parts, asked by its address and read in one go; what is so, by our numbers."""

import re
from dataclasses import dataclass
from functools import cached_property
from string import Formatter
from urllib.parse import quote, urlencode

import numpy as np
import oracle
import pytest
from playwright.sync_api import expect
from reading.numbers import NUMBER, number
from reading.svg import (
    SIDE,
    SIZE,
    WINDOW_HEIGHT,
    read_arrows,
    read_axes,
    read_dots,
)
from reading.words import said, word

from tests.browser.opened import opened

PLAYGROUND = "playground/"
CLIPBOARD = ["clipboard-read", "clipboard-write"]
VIEWS = word("playground.view")
TAKES = word("playground.takes")
# Heads of columns, as a browser writes their spaces.
HEADS = [word(f"pair.{name}") for name in ("buggy", "correct")]


# Its parts


def field(page):
    return page.locator("#spelling")


def verdict(page):
    return page.locator("#verdict")


def answer(page):
    """What is said, to be seen."""
    return page.locator("#verdict p").first


def heard(page):
    """What a screen reader hears of it."""
    return page.locator("#verdict .unseen")


def status(page):
    """What came of a button that takes something away."""
    return page.locator("form [role=status]")


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def undo(page):
    return button(page, word("playground.undo"))


def mend(page, spelling):
    return button(page, f"{word('playground.mend')} {spelling}")


def takes(page):
    """The buttons that take something away, unfolded."""
    folds = page.locator("details:not([open])")
    folded = folds.filter(has=page.locator("[name=takes]"))
    if folded.count() > 0:
        folded.locator("summary").click()
    group = page.get_by_role("group", name=word("playground.take"))
    return group.get_by_role("button")


def take(page, name):
    """The one of them with this name."""
    return takes(page).and_(button(page, TAKES[name]))


def point_read_out(page):
    """The point that is read out."""
    return page.locator(".readout tbody td").nth(1)


def asking(text, further=""):
    """The address that asks for a function, and for whatever stands in its further part."""
    return f"{PLAYGROUND}#f={quote(text)}{further}"


def type_over(page, text, name="f"):
    # Firefox loses what fills a number.
    page.locator(f"[name={name}]").press("Control+a")
    page.keyboard.type(text)


def open_grid(page):
    page.get_by_text(word("playground.more")).click()


def assert_answered(page, name):
    # Looks more often than `expect` does.
    page.locator(f"#verdict[data-verdict='{name}']").wait_for(state="attached")


def settled(page):
    """Wait until the page has said something, and can read scripts."""
    page.wait_for_function(
        "() => gradviz.read && /answered|wrong|apart/.test(document.forms[0].dataset.state)"
    )


def form_of(key, count=None):
    """The sentence at a key with its holes; of several forms, that for a number."""
    words = word(key)
    if isinstance(words, dict):
        return words["one" if count == 1 else "other"]
    return words


def pattern_of(key, **values):
    """What finds the sentence at a key. A hole without a value may hold anything."""
    pattern = ""
    for text, hole, _, _ in Formatter().parse(form_of(key, values.get("count"))):
        pattern += re.escape(text)
        if hole in values:
            pattern += re.escape(str(values[hole]))
        elif hole:
            pattern += ".+?"
    return re.sub(r"(\\?\s)+", r"\\s+", pattern)


def expect_said(locator, key, **values):
    """It says the sentence at a key, with these values, and whatever in its other holes."""
    expect(locator).to_contain_text(re.compile(pattern_of(key, **values)))


def squeezed(text):
    """Words with every run of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()


def sentence(key, **values):
    """The sentence at a key with plain spaces, as READ gives all texts."""
    return squeezed(said(key, **values))


# What is asked, and what is so


@dataclass(frozen=True, eq=False)
class Asked:
    """What a reader asks of the playground, and what is so."""

    kind: str  # of the sentence and the reason that the page has to give
    text: str
    gradient: list[str]
    grid: tuple[float, float, float] = oracle.DEFAULT_GRID
    h: float = oracle.H

    @cached_property
    def f(self):
        return oracle.function_of(self.text)

    @cached_property
    def points(self) -> np.ndarray:
        return oracle.grid_points(*self.grid)

    @cached_property
    def truth(self) -> np.ndarray:
        asked = oracle.Function("asked", "", self.text, self.gradient, "", self.grid)
        return asked.truth

    @cached_property
    def arrows(self) -> dict[str, np.ndarray]:
        """What each layout gives, one row a point; nan where f raises an error."""
        with np.errstate(all="ignore"):
            rows = oracle.routine(self.f, self.points, self.h)
            try:
                columns = oracle.routine(self.f, self.points.T, self.h).T
            except IndexError:
                columns = np.full_like(self.points, np.nan)
        return {"rows": rows, "columns": columns}

    @cached_property
    def measured(self) -> dict[str, oracle.Measured]:
        return {
            layout: oracle.measured(self.truth, arrows, layout)
            for layout, arrows in self.arrows.items()
        }

    @cached_property
    def verdict(self) -> str:
        return "raises" if self.kind == "raises" else self.measured["columns"].verdict

    @cached_property
    def fragment(self) -> str:
        """The address that asks for it, with every field named."""
        fields = {"f": self.text}
        fields |= dict(
            zip(("start", "stop", "step"), map(repr, self.grid), strict=True)
        )
        fields |= {"h": repr(self.h)}
        return "#" + urlencode(fields, quote_via=quote)

    def __str__(self) -> str:
        grid = "" if self.grid == oracle.DEFAULT_GRID else f" on {self.grid}"
        h = "" if self.h == oracle.H else f" with h = {self.h}"
        return f"{self.text}{grid}{h}"


PRODUCT = Asked("sparse", "x[0] * x[1]", ["x[1]", "x[0]"])
MEAN = Asked("scaled", "np.mean(x**2)", ["x[0]", "x[1]"])
DOWNWARDS = Asked(
    "sparse", "x[0]**2 - x[1]**2", ["2 * x[0]", "-2 * x[1]"], (2, -2.5, -0.5)
)
ELSEWHERE = Asked(
    "sparse",
    "np.sin(x[0]) * x[1] + 50",
    ["np.cos(x[0]) * x[1]", "np.sin(x[0])"],
    (-1.0, 1.6, 0.5),
    0.1,
)
LOGARITHM = Asked("nowhere", "np.log(x[0]) + x[1]", ["1 / x[0]", "1"])
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


# The page, set by its address and read in one go

READ = """() => {
  const words = element => element.textContent.replace(/\\s+/g, ' ').trim();
  const seen = element => element.checkVisibility() ? words(element) : '';
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const shown = part => getComputedStyle(part).display !== 'none';
  const path = (figure, name) => find(`svg .${name}`, figure);
  const withoutHidden = element => {
    const copy = element.cloneNode(true);
    for (const part of all('[hidden]', copy)) part.remove();
    return words(copy);
  };
  const placed = text => ({
    text: text.textContent, x: Number(text.getAttribute('x')), y: Number(text.getAttribute('y')),
    anchor: text.getAttribute('text-anchor') ?? 'start', turn: text.getAttribute('transform'),
  });
  const picture = figure => ({
    label: all('.label > *', figure).filter(shown).map(words).join(' '),
    call: words(find('.call', figure)),
    name: find('svg', figure).getAttribute('aria-label'),
    colour: getComputedStyle(path(figure, 'arrows')).fill,
    dotColour: getComputedStyle(path(figure, 'dots')).stroke,
    marks: all('.mark', figure).filter(shown).map(mark => getComputedStyle(mark).backgroundColor),
    arrows: path(figure, 'arrows').getAttribute('d') ?? '',
    dots: path(figure, 'dots').getAttribute('d') ?? '',
    contours: path(figure, 'contours').getAttribute('d') ?? '',
    lines: path(figure, 'lines').getAttribute('d'),
    names: all('.numbers > text', figure).map(placed),
    numbers: all('.numbers > g > text', figure).map(placed),
    letters: Number(find('.numbers', figure).getAttribute('font-size')),
    ring: find('.here', figure).getAttribute('transform'),
  });
  return {
    verdict: find('#verdict').dataset.verdict,
    badge: seen(find('#verdict b')),
    kind: find('#verdict b').className,
    badgeColour: getComputedStyle(find('#verdict b')).color,
    said: seen(find('#verdict p > span')),
    mended: withoutHidden(find('#verdict .mended')),
    why: words(find('.why')),
    pictures: {columns: picture(find('.picture.buggy')), rows: picture(find('.picture.correct'))},
    heads: all('.readout thead th').map(words),
    labels: all('.readout tbody th').map(words),
    cells: all('.readout tbody td').map(cell => cell.textContent),
    fields: Object.fromEntries(all('form :is(input, textarea)').map(input =>
      [input.name, input.type === 'checkbox' ? input.checked : input.value])),
  };
}"""
SETTLED = f"""async () => {{
  while (document.forms[0].dataset.state.endsWith('busy')) await new Promise(next => setTimeout(next, 5));
  return ({READ})();
}}"""
ASK = f"""async fragment => {{
  const followed = new Promise(done => addEventListener('hashchange', done, {{once: true}}));
  // The fields may have been changed since the address was this one.
  if (location.hash === fragment) dispatchEvent(new Event('hashchange'));
  location.hash = fragment;
  await followed;
  return ({SETTLED})();
}}"""


def at_work(chromium, host):
    """The playground, allowed to copy."""
    address = f"{host}playground/index.html"
    return opened(chromium, address, permissions=["clipboard-read", "clipboard-write"])


def drawn_so(*views):
    """What an address says of how to draw: with true lengths, unless in the `window`."""
    ticked = {*views} if "window" in views else {*views, "lengths"}
    return "".join(f"&{view}={'on' if view in ticked else 'off'}" for view in VIEWS)


def ask(page, asked, *views):
    """What the page shows when this is asked of it, drawn in these ways."""
    return page.evaluate(ASK, asked.fragment + drawn_so(*views))


def read(page):
    """What the page shows once it has measured what it holds."""
    return page.evaluate(SETTLED)


def assert_says(text, key, **values):
    """The text has the sentence at a key, with about these numbers in its holes."""
    words = squeezed(form_of(key, values.get("count")))
    pattern = ""
    for before, hole, _, _ in Formatter().parse(words):
        pattern += re.escape(before)
        if hole:
            pattern += f"(?P<{hole}>{NUMBER.pattern})"
    match = re.search(pattern, text)
    assert match, f"{words!r} is not said in {text!r}"
    for name, written in match.groupdict().items():
        is_count = isinstance(values[name], int)
        expected = values[name] if is_count else pytest.approx(values[name], rel=6e-3)
        assert number(written) == expected, f"{name} in {text!r}"


def unit_of_the_pair(asked, axes):
    """How long an arrow of length 1 is drawn: the longest true one takes 1.25 steps."""
    longest = np.nanmax(np.hypot(*asked.truth.T))
    step = abs(asked.grid[2] / axes.x[1])
    return 1.25 * step / (longest or 1)


def axes_in_window(picture):
    """The axes of a picture that is drawn in the window of a script."""
    return read_axes(
        picture["lines"], picture["numbers"], WINDOW_HEIGHT, picture["letters"]
    )


def assert_field(picture, asked, arrows, unit, angles=None):
    """Every arrow and dot stands at its point, and goes as far as it should.

    In the window of a script it has these angles, and a speck in place of a dot.
    """
    axes = (
        axes_in_window(picture)
        if angles
        else read_axes(
            picture["lines"], picture["numbers"], size=picture.get("letters", SIZE)
        )
    )
    finite = np.isfinite(arrows).all(axis=1)
    is_zero = finite & (arrows == 0).all(axis=1)
    if angles:
        finite &= bool(np.nan_to_num(arrows).any())  # else nothing is drawn
        is_zero &= False
    is_arrow = finite & ~is_zero
    places, ways = read_arrows(picture["arrows"])
    assert len(places) == is_arrow.sum(), "arrows"
    assert_places(places, axes.place(asked.points[is_arrow]))
    dots = read_dots(picture["dots"])
    assert len(dots) == is_zero.sum(), "dots"
    assert_places(dots, axes.place(asked.points[is_zero]))

    expected = arrows[is_arrow] * unit
    if angles == "xy":
        on_screen = expected / np.abs([axes.x[1], axes.y[1]])
        sizes = np.hypot(*on_screen.T)[:, None]
        lengths = np.hypot(*expected.T)[:, None]
        expected = on_screen / np.where(sizes > 0, sizes, 1) * lengths
    length = np.hypot(*expected.T)[:, None]
    is_long = length > 3 * SIDE  # its end is outside all the same
    expected = np.where(
        is_long, expected * (3 * SIDE / np.maximum(length, 1)), expected
    )
    ways = ways[in_order(places)]
    expected = expected[in_order(axes.place(asked.points[is_arrow]))]
    is_speck = (ways == 0).all(axis=1)
    assert np.hypot(*expected[is_speck].T).max(initial=0) < 66, (
        "a long arrow is a speck"
    )
    np.testing.assert_allclose(ways[~is_speck], expected[~is_speck], atol=1.5)


def in_order(places):
    """What sorts places line by line; those of a line differ by less than a unit."""
    return np.lexsort((places[:, 0], np.rint(places[:, 1] / 20)))


def assert_places(found, expected):
    found = found[in_order(found)]
    expected = expected[in_order(expected)]
    np.testing.assert_allclose(found, expected, atol=1.5)
