"""A picture in SVG painted with Pillow, to hold a PNG of the same drawing against it."""

from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image, ImageDraw, ImageFont

from tests.site.svg_reading import Box, Picture, Shape, Text

SHAPES_FINER = 2  # so many times in either direction is painted, and then averaged
DPI = 150
BLOCK = 24  # pixels, the size of a figure of a number
ALIGNMENTS = {"start": "left", "middle": "center", "end": "right"}
Place = tuple[float, float]
Words = tuple[str, float, float, float, float, str, str]


@dataclass(frozen=True)
class Sheet:
    """Shapes and words put together by hand, to be painted like a picture."""

    width: float
    height: float
    shapes: list[Shape] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def ground(self, colour: str) -> Shape:
        """A rectangle as large as the sheet."""
        right, bottom = self.width, self.height
        corners = np.array([[0, 0], [right, 0], [right, bottom], [0, bottom]])
        return Shape((), [corners], {"fill": colour}, {}, None)


def painted(picture: Picture | Sheet, size: tuple[int, int]) -> np.ndarray:
    """The pixels of a picture by day, (height, width, 3)."""
    scale = size[0] / picture.width
    finer = SHAPES_FINER * scale
    image = Image.new("RGB", (SHAPES_FINER * size[0], SHAPES_FINER * size[1]))
    whole = (0, 0, picture.width, picture.height)
    for clip, shapes in groupby(picture.shapes, key=lambda shape: shape.clip):
        paint_shapes(image, list(shapes), clip or whole, finer)
    image = image.reduce(SHAPES_FINER)
    for colour, texts in groupby(picture.texts, key=colour_of):
        words = tuple(words_of(text) for text in texts)
        image.paste(colour, mask=Image.fromarray(words_in_type(words, size, scale)))
    return np.asarray(image)


def paint_shapes(
    image: Image.Image, shapes: list[Shape], clip: Box, scale: float
) -> None:
    """Paint on a sheet as large as what is not cut off, and put it back."""
    edges = tuple(round(scale * edge) for edge in clip)
    sheet = image.crop(edges)
    draw = ImageDraw.Draw(sheet)
    for shape in shapes:
        paint_shape(draw, shape, scale, edges[:2])
    image.paste(sheet, edges[:2])


def paint_shape(
    draw: ImageDraw.ImageDraw, shape: Shape, scale: float, corner: tuple[int, ...]
) -> None:
    fill = shape.light.get("fill", "none")
    stroke = shape.light.get("stroke", "none")
    width = round(scale * float(shape.light.get("stroke-width", 1)))
    for outline in shape.outlines:
        places = [tuple(place) for place in outline * scale - corner]
        if fill != "none" and len(places) > 2:
            draw.polygon(places, fill=fill)
        if stroke != "none":
            draw.line(places, fill=stroke, width=width)


def colour_of(text: Text) -> str:
    """Words are black unless they are told otherwise."""
    return text.light.get("fill", "#000000")


def words_of(text: Text) -> Words:
    """All that decides how words are set, but for their colour."""
    weight = text.light.get("font-weight", "normal")
    return (
        text.words,
        text.x,
        text.y,
        -text.degrees,
        text.size,
        ALIGNMENTS[text.anchor],
        weight,
    )


@cache
def words_in_type(
    all_words: tuple[Words, ...], size: tuple[int, int], scale: float
) -> np.ndarray:
    """How dark words are, (height, width), as matplotlib sets them.

    Kept, as the same numbers stand along many axes.
    """
    figure = Figure(figsize=(size[0] / DPI, size[1] / DPI), dpi=DPI)
    for words, x, y, turn, points, alignment, weight in all_words:
        figure.text(
            x * scale / size[0],
            1 - y * scale / size[1],
            words,
            size=points * scale * 72 / DPI,
            weight=weight,
            rotation=turn,
            rotation_mode="anchor",
            horizontalalignment=alignment,
            verticalalignment="baseline",
            parse_math=False,
        )
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return 255 - np.asarray(canvas.buffer_rgba())[..., 0]


def line_in_type(words: str, points: float, weight: str = "normal") -> np.ndarray:
    """How dark a line of words by itself is, (height, width)."""
    line = (words, 8.0, 2 * points, 0.0, points, "left", weight)
    return words_in_type((line,), (1200, round(6 * points)), DPI / 72)


@cache
def font(size: float, is_bold: bool = False) -> ImageFont.FreeTypeFont:
    """DejaVu Sans, which matplotlib brings along."""
    name = "DejaVuSans-Bold.ttf" if is_bold else "DejaVuSans.ttf"
    folder = Path(matplotlib.get_data_path(), "fonts/ttf")
    return ImageFont.truetype(folder / name, size)


def pixels(path: Path) -> np.ndarray:
    """What a PNG shows on any paper, (height, width, 3): nothing of it may be seen through."""
    with Image.open(path) as image:
        assert image.format == "PNG", path.name
        red_green_blue_and_cover = np.asarray(image.convert("RGBA"))
    assert (red_green_blue_and_cover[..., 3] == 255).all(), (
        f"{path.name} is transparent"
    )
    return red_green_blue_and_cover[..., :3]


def unlike(one: np.ndarray, other: np.ndarray, tolerance: int = 100) -> np.ndarray:
    """Where two pictures differ by more than a pixel's place and a soft edge, (height, width)."""
    assert one.shape == other.shape
    return beyond(one, other, tolerance) | beyond(other, one, tolerance)


def beyond(one: np.ndarray, other: np.ndarray, tolerance: int) -> np.ndarray:
    """Where a pixel is darker, or lighter, than all around its place in the other picture."""
    darkest = around(other, np.minimum)
    lightest = around(other, np.maximum)
    darkest = np.maximum(darkest, tolerance) - tolerance
    lightest = np.minimum(lightest, 255 - tolerance) + tolerance
    return ((one < darkest) | (one > lightest)).any(axis=-1)


def around(image: np.ndarray, choose: np.ufunc) -> np.ndarray:
    """For every pixel the least, or the greatest, of itself and its eight neighbours."""
    tall = image.copy()
    choose(tall[1:], image[:-1], out=tall[1:])
    choose(tall[:-1], image[1:], out=tall[:-1])
    wide = tall.copy()
    choose(wide[:, 1:], tall[:, :-1], out=wide[:, 1:])
    choose(wide[:, :-1], tall[:, 1:], out=wide[:, :-1])
    return wide


def fullest_block(mask: np.ndarray) -> tuple[tuple[int, int], int]:
    """Where most pixels are marked, as x and y of a block's middle, and how many."""
    missing = [-length % BLOCK for length in mask.shape]
    whole = np.pad(mask, [(0, missing[0]), (0, missing[1])])
    rows, columns = (length // BLOCK for length in whole.shape)
    counts = whole.reshape(rows, BLOCK, columns, BLOCK).sum(axis=(1, 3))
    row, column = np.unravel_index(counts.argmax(), counts.shape)
    middle = (int(column * BLOCK + BLOCK // 2), int(row * BLOCK + BLOCK // 2))
    return middle, int(counts.max())
