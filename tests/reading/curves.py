"""How lines over one x have to be drawn, from the numbers alone.

Corners that make no difference are left out of a picture, so each line is held against
the other: no number is missed, and nothing goes astray.
"""

from dataclasses import dataclass

import numpy as np

from reading.svg import Panel

NEAR = 0.2  # points of 1/72 inch: corners of less than a ninth of one are left out


@dataclass(frozen=True, eq=False)
class Curves:
    """Lines over one x, and a band between two edges; what cannot be shown is nan."""

    x: np.ndarray
    lines: list[np.ndarray]
    band: list[np.ndarray]
    names: list[str]
    labels: list[str]
    scales: list[str]
    role: str = "book"


def corners(curves: Curves, values: np.ndarray, panel: Panel) -> np.ndarray:
    """Where the numbers of a line stand, nan where it has none, (n, 2)."""
    return np.column_stack([panel.across.place(curves.x), panel.up.place(values)])


def assert_shows_curves(panel: Panel, curves: Curves, what: str) -> None:
    """Find every line, named in the legend by its own colour and dash, and the band."""
    sample_of_names = panel.of("legend_1")[1:]  # after its box
    names = [text.words for text in panel.texts if "legend_1" in text.groups]
    assert names == curves.names, what
    lines = [panel.of(f"line-{k}") for k in range(len(names))]
    for k, values in enumerate(curves.lines):
        (line,) = lines[k]
        expected = unbroken_parts(corners(curves, values, panel))
        assert_one_line(line.outlines, expected, f"line {k} of {what}")
        sample = sample_of_names[k]
        assert (sample.light, sample.dark) == (line.light, line.dark), what
    assert not panel.of(f"line-{len(names)}"), f"a line too many in {what}"
    assert_shows_band(panel, curves, what)


def unbroken_parts(line: np.ndarray) -> list[np.ndarray]:
    """The parts of a line between its gaps. One point alone is no line, and is not seen."""
    is_known = np.isfinite(line).all(axis=1)
    edges = np.flatnonzero(is_known[1:] != is_known[:-1]) + 1
    parts = np.split(line, edges)
    return [part for part in parts if len(part) > 1 and np.isfinite(part).all()]


def assert_one_line(
    found: list[np.ndarray], expected: list[np.ndarray], what: str
) -> None:
    """All corners of each lie on the lines of the other."""
    found = [part for part in found if len(part) > 1]
    missed = np.concatenate(distances(expected, found)).max()
    assert missed < NEAR, f"{what} misses numbers"
    astray = np.concatenate(distances(found, expected)).max()
    assert astray < NEAR, f"{what} goes astray"


def distances(lines: list[np.ndarray], others: list[np.ndarray]) -> list[np.ndarray]:
    """How far each corner of some lines is from the nearest of other lines."""
    starts = np.concatenate([line[:-1] for line in others])
    steps = np.concatenate([np.diff(line, axis=0) for line in others])
    lengths = np.maximum((steps**2).sum(axis=1), 1e-12)
    found = []
    for line in lines:
        offsets = line[:, None] - starts
        shares = np.clip((offsets * steps).sum(axis=2) / lengths, 0, 1)
        away = offsets - shares[..., None] * steps
        found.append(np.hypot(away[..., 0], away[..., 1]).min(axis=1))
    return found


def assert_shows_band(panel: Panel, curves: Curves, what: str) -> None:
    """What is shaded runs along both edges, and closes at its ends."""
    shaded = [outline for shape in panel.of("band") for outline in shape.outlines]
    assert bool(shaded) == bool(curves.band), f"band of {what}"
    if not shaded:
        return
    low, high = (corners(curves, edge, panel) for edge in curves.band)
    is_known = np.isfinite(low).all(axis=1) & np.isfinite(high).all(axis=1)
    ends = [np.array([low[0], high[0]]), np.array([low[-1], high[-1]])]
    expected = [low[is_known], high[is_known], *ends]
    found = [outline for outline in shaded if len(outline) > 2]
    assert_one_line(found, expected, f"band of {what}")
