"""The card of a page, shown where its address is shared, is that of this page.

What it must show is painted here: the title of the page, and the two pictures of the function
that the page shows first, as `test_figures_read_back.py` reads them from their SVG. Where the
frames stand, and where a line of the title ends, is left to the card.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from oracle import functions
from project import BASE_URL, Project
from published import page_files, pages
from reading import page

from tests.site.rasterising import (
    Sheet,
    font,
    fullest_block,
    line_in_type,
    painted,
    pixels,
    unlike,
)
from tests.site.svg_reading import Box, Panel, Shape, picture

SIZE = (1200, 630)
SCALE = 150 / 72  # pixels for a point
TITLES = {"correct": "✓ With both .T", "buggy": "✗ Without .T"}
TITLE_POINTS = 14
HEADING_POINTS = 19
HIGH = 1.7 * SCALE  # pixels of space for a title, for every point of its size
FEW = 14  # pixels of a block of a field that may be unlike
FEW_OF_WORDS = 20  # the same of words, which are set against each other to a pixel


@dataclass(frozen=True)
class Card:
    """A card, where it is found, and what it has to show."""

    file: str
    title: str
    function: str
    pixels: np.ndarray
    frames: list[Box]


@pytest.fixture(scope="module")
def urls(built: Project) -> list[str]:
    """Every page that has an address of its own."""
    return [url for url in page_files(built.site) if url != "404.html"]


@pytest.fixture(scope="module")
def cards(built: Project, urls: list[str]) -> list[Card]:
    return list(read_cards(built, urls))


def read_cards(built: Project, urls: list[str]) -> Iterator[Card]:
    for url in urls:
        found = pixels(built.site / pages()[url].card)
        first = first_function(built, url)
        own = pages()[url]
        yield Card(own.card, own.title, first, found, frames(found))


def first_function(built: Project, url: str) -> str:
    """The function of which a page shows the two pictures first, else the product."""
    shown = page(built.site / url).cssselect("[data-function]")
    names = [element.get("data-function") for element in shown]
    known = [name for name in names if name in functions()]
    return [*known, "product"][0]


def frames(image: np.ndarray) -> list[Box]:
    """The frames around the fields, in pixels: the longest dark lines of a card."""
    is_dark = (image < 140).all(axis=2)
    sides = middles(is_dark.mean(axis=0) > 0.5)
    found = []
    for left, right in zip(sides[::2], sides[1::2], strict=True):
        within = is_dark[:, round(left) : round(right)]
        top, bottom = middles(within.mean(axis=1) > 0.9)
        found.append((left, top, right, bottom))
    return found


def middles(is_line: np.ndarray) -> list[float]:
    """Where the middle of each line is, of which every pixel is marked."""
    marked = np.flatnonzero(is_line)
    return [float(line.mean()) + 0.5 for line in np.split(marked, gaps(marked, 1))]


def gaps(numbers: np.ndarray, longest: int) -> np.ndarray:
    """Where rising numbers leave out more than so many."""
    return np.flatnonzero(np.diff(numbers) > longest) + 1


# Which card is whose


def test_every_page_names_its_own_card_and_no_card_is_left_over(built, urls):
    for url in urls:
        (image,) = page(built.site / url).cssselect("meta[property='og:image']")
        assert image.get("content") == BASE_URL + pages()[url].card, url
    drawn = {
        path.relative_to(built.site).as_posix()
        for path in built.site.glob("cards/**/*")
    }
    assert {file for file in drawn if file.endswith(".png")} == {
        pages()[url].card for url in urls
    }


def test_a_card_has_the_size_that_sites_show(cards):
    for card in cards:
        assert card.pixels.shape == (SIZE[1], SIZE[0], 3), card.file


# The two fields


def test_a_card_shows_two_square_frames_side_by_side(cards):
    for card in cards:
        first, second = card.frames
        for left, top, right, bottom in card.frames:
            assert right - left == pytest.approx(bottom - top, abs=2), card.file
        assert 0 < first[0] < first[2] < second[0] < second[2] < SIZE[0], card.file


def test_a_card_shows_the_correct_field_at_the_left_and_the_other_at_the_right(
    built, cards
):
    for card in cards:
        top = round(card.frames[0][1]) - 2  # the words above are read below
        expected = fields_painted(built.site, card.function, tuple(card.frames))[top:]
        (x, y), count = fullest_block(unlike(card.pixels[top:], expected))
        assert count <= FEW, (
            f"{card.file} is not of {card.function} around {x}, {y + top}"
        )


@cache
def fields_painted(site: Path, function: str, frames: tuple[Box, ...]) -> np.ndarray:
    """Both fields of a function within frames: many cards show the same ones."""
    sheet = Sheet(SIZE[0] / SCALE, SIZE[1] / SCALE)
    sheet.shapes.append(sheet.ground("#ffffff"))
    for frame, role in zip(frames, TITLES, strict=True):
        panel = picture(site / f"figures/{function}-{role}.svg").panel
        sheet.shapes.extend(moved(panel, tuple(edge / SCALE for edge in frame)))
    return painted(sheet, SIZE)


def moved(panel: Panel, frame: Box) -> Iterator[Shape]:
    """What a picture shows within its frame, in another frame: no numbers and no marks."""
    size = (frame[2] - frame[0]) / panel.width
    for shape in panel.shapes:
        is_mark = any("tick_" in name for name in shape.groups) and shape.place
        if is_mark:
            continue
        if shape.place:  # a dot keeps its size
            place = at(panel, frame, size, np.array(shape.place))
            outlines = [outline - shape.place + place for outline in shape.outlines]
        else:
            outlines = [at(panel, frame, size, outline) for outline in shape.outlines]
        yield replace(shape, outlines=outlines, clip=frame if shape.clip else None)


def at(panel: Panel, frame: Box, size: float, places: np.ndarray) -> np.ndarray:
    return (places - (panel.left, panel.top)) * size + frame[:2]


# The words


def test_each_field_of_a_card_has_its_title_above_its_middle(cards):
    for card in cards:
        for (left, top, right, _), title in zip(
            card.frames, TITLES.values(), strict=True
        ):
            rows = slice(round(top - HIGH * TITLE_POINTS), round(top) - 2)
            above = ink_of(card.pixels[rows, round(left) : round(right)])
            assert_says(above, title, TITLE_POINTS, f"{title!r} in {card.file}")
            columns = np.flatnonzero(above.any(axis=0))
            middle = (columns[0] + columns[-1]) / 2
            assert middle == pytest.approx((right - left) / 2, abs=3), card.file


def test_a_card_is_headed_by_the_title_of_its_page(cards):
    for card in cards:
        words = card.title.split()
        for line in lines_of_heading(card):
            count = how_many_words(words, line)
            said = " ".join(words[:count])
            assert_says(line, said, HEADING_POINTS, f"{said!r} in {card.file}", "bold")
            words = words[count:]
        assert not words, f"{card.file} leaves out {words}"


def lines_of_heading(card: Card) -> Iterator[np.ndarray]:
    """The ink of each line above the titles of the fields, (height, width)."""
    above = round(card.frames[0][1] - HIGH * TITLE_POINTS)
    ink = ink_of(card.pixels[:above])
    rows = np.flatnonzero(ink.any(axis=1))
    for line in np.split(rows, gaps(rows, 3)):
        yield ink[line[0] : line[-1] + 1]


def how_many_words(words: list[str], line: np.ndarray) -> int:
    """How many of the next words make a line as wide as this."""
    width = cut_out(line).shape[1]
    letters = font(HEADING_POINTS * SCALE, is_bold=True)
    counts = range(1, len(words) + 1)
    return min(
        counts,
        key=lambda n: abs(letters.getlength(" ".join(words[:n])) - width),
        default=0,
    )


def assert_says(
    found: np.ndarray, words: str, points: int, what: str, weight="normal"
) -> None:
    """The ink is that of the words."""
    found = cut_out(found)
    expected = cut_out(line_in_type(words, points, weight))
    sizes = f"{what} is {found.shape}, not {expected.shape}, pixels high and wide"
    assert np.abs(np.subtract(found.shape, expected.shape)).max() <= 2, sizes
    height, width = np.minimum(found.shape, expected.shape)
    mask = unlike(found[:height, :width, None], expected[:height, :width, None])
    where, count = fullest_block(mask)
    assert count <= FEW_OF_WORDS, f"{what} is something else around {where}"


def ink_of(image: np.ndarray) -> np.ndarray:
    """How dark each pixel is, (height, width): paper is 0."""
    return 255 - image.max(axis=2)


def cut_out(ink: np.ndarray) -> np.ndarray:
    """What lies between the edges of the ink."""
    rows = np.flatnonzero((ink > 100).any(axis=1))
    columns = np.flatnonzero((ink > 100).any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
