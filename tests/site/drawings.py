"""Every picture of the site beside what it has to show.

What a function's picture has to show comes from the registry and from NumPy, what a page's own
picture has to show from its session, run again. What is found comes from the SVG alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import oracle
from reading.curves import Curves
from reading.fields import ENDINGS, Field, field_of, field_of_page
from reading.page_texts import Asked, AskedField, AskedHeights, filled
from reading.svg import Panel, Picture, Shape, picture


@dataclass(frozen=True, eq=False)
class Drawing:
    """A file, what it shows, and what it has to show."""

    file: str
    picture: Picture
    field: Field | None = None
    curves: Curves | None = None
    heights: AskedHeights | None = None

    @property
    def panel(self) -> Panel:
        return self.picture.panel

    @property
    def is_as_the_script_draws(self) -> bool:
        return self.field is not None and self.field.is_automatic

    @property
    def content(self) -> list[Shape]:
        """What is drawn over the grid: arrows and dots, or lines and a band."""
        panel = self.panel
        if self.field:
            return [*panel.of("arrows"), *panel.of("dots")]
        lines = [shape for k in range(3) for shape in panel.of(f"line-{k}")]
        return [*panel.of("band"), *lines]

    @property
    def grid_lines(self) -> list[Shape]:
        in_ticks = [
            shape
            for shape in self.panel.shapes
            if any(name.startswith(("xtick", "ytick")) for name in shape.groups)
        ]
        return [shape for shape in in_ticks if not shape.place]


@cache
def fields_drawn(site: Path) -> list[Drawing]:
    """All pictures of arrows, those of functions first."""
    expected = [*fields_of_functions(), *fields_of_pages()]
    return [
        Drawing(file, picture(site / file), field=field) for file, field in expected
    ]


def fields_of_functions() -> Iterator[tuple[str, Field]]:
    for function in oracle.functions().values():
        for ending in ENDINGS:
            yield f"figures/{function.name}-{ending}.svg", field_of(function, ending)


def fields_of_pages() -> Iterator[tuple[str, Field]]:
    for file, asked in asked_by_pages():
        if isinstance(asked, AskedField):
            parts = asked.points, asked.arrows, asked.scale, asked.role
            yield file, field_of_page(*parts)


@cache
def curves_drawn(site: Path) -> list[Drawing]:
    """All line plots, which are of pages alone."""
    return [
        Drawing(file, picture(site / file), curves=asked)
        for file, asked in asked_by_pages()
        if isinstance(asked, Curves)
    ]


@cache
def heights_drawn(site: Path) -> list[Drawing]:
    """All pictures of heights, which are of pages alone."""
    return [
        Drawing(file, picture(site / file), heights=asked)
        for file, asked in asked_by_pages()
        if isinstance(asked, AskedHeights)
    ]


def asked_by_pages() -> Iterator[tuple[str, Asked]]:
    """The file of each picture that a page draws itself, and what it is of."""
    for url, source in oracle.sources().items():
        drawn = filled(url).drawings if "call figure(" in source.text else []
        for drawing in drawn:
            if drawing.are_small:  # they stand in another file
                continue
            for k, asked in enumerate(drawing.pictures):
                yield f"{drawing.file(url, k)}.svg", asked
