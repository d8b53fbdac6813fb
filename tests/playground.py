"""The playground, asked by its address and read in one go; and what is so, by numbers of our own."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urlencode

import numpy as np
import oracle
import pytest
from opened import opened
from reading.numbers import NUMBER, number
from reading.svg import SIDE, read_arrows, read_axes, read_dots

VIEWS = {
    "autoscale": "Automatic scale, as in the book",
    "downhill": "Downhill, as in the book",
    "contours": "Contours of f",
}


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
        asked = oracle.Function(
            "asked", "", "", self.text, self.gradient, "", self.grid
        )
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
LOGARITHM = Asked("nowhere", "np.log(x[0]) + x[1]", ["1 / x[0]", "1"])


# The page, set by its address and read in one go

READ = """() => {
  const words = element => element.textContent.replace(/\\s+/g, ' ').trim();
  const seen = element => element.checkVisibility() ? words(element) : '';
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const path = (figure, name) => find(`svg .${name}`, figure);
  const placed = text => ({
    text: text.textContent, x: Number(text.getAttribute('x')), y: Number(text.getAttribute('y')),
    anchor: text.getAttribute('text-anchor') ?? 'start', turn: text.getAttribute('transform'),
  });
  const picture = figure => ({
    label: words(find('.label', figure)),
    call: words(find('.call', figure)),
    name: find('svg', figure).getAttribute('aria-label'),
    colour: getComputedStyle(path(figure, 'arrows')).fill,
    dotColour: getComputedStyle(path(figure, 'dots')).stroke,
    markColour: getComputedStyle(find('.mark', figure)).backgroundColor,
    arrows: path(figure, 'arrows').getAttribute('d') ?? '',
    dots: path(figure, 'dots').getAttribute('d') ?? '',
    contours: path(figure, 'contours').getAttribute('d') ?? '',
    lines: path(figure, 'lines').getAttribute('d'),
    names: all('.numbers > text', figure).map(placed),
    numbers: all('.numbers > g > text', figure).map(placed),
    ring: find('.here', figure).getAttribute('transform'),
  });
  return {
    verdict: find('#verdict').dataset.verdict,
    badge: seen(find('#verdict b')),
    kind: find('#verdict b').className,
    badgeColour: getComputedStyle(find('#verdict b')).color,
    said: seen(find('#verdict p > span')),
    mended: words(find('#verdict .mended')),
    why: words(find('.why')),
    pictures: {rows: picture(find('.picture.correct')), columns: picture(find('.picture.buggy'))},
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


def ask(page, asked, *views):
    """What the page shows when this is asked of it, drawn in these ways."""
    return page.evaluate(ASK, asked.fragment + "".join(f"&{view}=on" for view in views))


def read(page):
    """What the page shows once it has measured what it holds."""
    return page.evaluate(SETTLED)


def assert_says(text, sentence, **values):
    """The text says this, with numbers in the place of their names."""
    pattern = re.sub(
        r"\\{(\w+)\\}",
        lambda name: f"(?P<{name[1]}>{NUMBER.pattern})",
        re.escape(sentence),
    )
    match = re.search(pattern, text)
    assert match, f"{sentence!r} is not said in {text!r}"
    for name, written in match.groupdict().items():
        is_count = isinstance(values[name], int)
        expected = values[name] if is_count else pytest.approx(values[name], rel=6e-3)
        assert number(written) == expected, f"{name} in {text!r}"


def unit_of_the_pair(asked, axes):
    """How long an arrow of length 1 is drawn: the longest true one takes 1.25 steps."""
    longest = np.nanmax(np.hypot(*asked.truth.T))
    step = abs(asked.grid[2] / axes.x[1])
    return 1.25 * step / (longest or 1)


def assert_field(picture, asked, arrows, unit):
    """Every arrow and dot stands at its point, and goes as far as it should."""
    axes = read_axes(picture["lines"], picture["numbers"])
    finite = np.isfinite(arrows).all(axis=1)
    is_zero = finite & (arrows == 0).all(axis=1)
    is_arrow = finite & ~is_zero
    places, ways = read_arrows(picture["arrows"])
    assert len(places) == is_arrow.sum(), "arrows"
    assert_places(places, axes.place(asked.points[is_arrow]))
    dots = read_dots(picture["dots"])
    assert len(dots) == is_zero.sum(), "dots"
    assert_places(dots, axes.place(asked.points[is_zero]))

    expected = arrows[is_arrow] * unit
    length = np.hypot(*expected.T)[:, None]
    is_long = length > 3 * SIDE  # its end is outside all the same
    expected = np.where(is_long, expected * (3 * SIDE / length), expected)
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
