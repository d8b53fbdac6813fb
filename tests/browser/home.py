"""The first page, and what it answers to a script that is pasted there."""

import numpy as np
from reading.fields import stock_scale
from reading.words import said, word

# The axes of the window, in units of the drawing: as wide and high as matplotlib's.
AXES = np.array([9000, 6706])


def field(page):
    return page.get_by_role("textbox", name=word("asking.title"))


def answer(page):
    return page.locator(".answered")


def findings(page):
    return answer(page).locator(".findings > li")


def plot(page):
    return answer(page).locator(".window")


def switch(page):
    name = said("opening.transposes", transpose=word("pair.transpose"), call="")
    return plot(page).get_by_role("button", name=name.strip())


def copy_mended(page):
    name = word("playground.reading.copy_mended")
    return page.get_by_role("button", name=name, exact=True)


def runs(page):
    """The sentence that the page ends with."""
    return page.get_by_text(word("asking.runs"))


def paste(page, text):
    """Put a text into the field as a paste does, all of it at once."""
    field(page).focus()
    page.keyboard.insert_text(text)


def lines_in_sight(box):
    """The first and the last line of a text box that can be read without scrolling it."""
    return box.evaluate("""box => {
      const { lineHeight, paddingTop } = getComputedStyle(box);
      const height = parseFloat(lineHeight);
      const top = box.scrollTop - parseFloat(paddingTop);
      const bottom = top + box.clientHeight;
      return [Math.ceil(top / height - 0.1) + 1, Math.floor(bottom / height + 0.1)];
    }""")


def in_window(asked, layout, limits=(-2, 2), angles="xy"):
    """The same as matplotlib draws it downhill, from the oracle."""
    low, high = limits
    points, field = asked.points, -asked.arrows[layout]
    unit = AXES[0] / stock_scale(points, field)
    places = (points - low) / (high - low) * AXES
    on_screen = field / (high - low) * AXES if angles == "xy" else field
    sizes = np.hypot(*on_screen.T)[:, None]
    lengths = np.hypot(*field.T)[:, None] * unit
    ways = np.where(sizes > 0, on_screen / np.where(sizes > 0, sizes, 1), 0) * lengths
    return places * [1, -1] + [0, AXES[1]], ways
