"""What the site must say, computed without the code that writes it.

The oracle reads the registry and the front matter as TOML, evaluates f with NumPy, runs a
routine of its own with the meaning that the contract gives to the book's, and measures what
came of it by the sentences of the contract. Nothing here imports `gradviz_core`.

Legend: f the function, x one point, X what the routine gets, T the true gradients, (n, 2),
G what a layout gave, (n, 2), h the step.
"""

import datetime
import math
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
DEFAULT_GRID = (-2.0, 2.5, 0.25)
H = 1e-4
LAYOUTS = ("rows", "columns")
SHOWN_LAYOUTS = ("columns", "rows")  # side by side, first what is wrong
STATISTICS = (
    "argument_shape",
    "calls",
    "arrows",
    "nonzero",
    "wrong",
    "max_error",
    "median_length_ratio",
    "max_angle_deg",
    "verdict",
)


def registry_file() -> Path:
    """The one file of the package that is called functions.toml, wherever it stands."""
    (path,) = (ROOT / "gradviz_core").rglob("functions.toml")
    return path


def function_of(spelling: str) -> Callable[[Any], Any]:
    """The text of f as Python reads it. For the texts of this repository only."""
    return eval(f"lambda x: {spelling}", {"np": np, "len": len})


def grid_points(start: float, stop: float, step: float) -> np.ndarray:
    """All points of a grid, one a row, the first coordinate running fastest."""
    axis = np.arange(start, stop, step, dtype=float)
    return np.array([[x0, x1] for x1 in axis for x0 in axis])


def routine(f: Callable[[Any], Any], X: np.ndarray, h: float = H) -> np.ndarray:
    """Central differences that take each row of X for one point, as the book's routine."""
    X = np.array(X, dtype=float)
    slopes = np.zeros_like(X)
    for row in range(X.shape[0]):
        for entry in range(X.shape[1]):
            ahead, behind = X[row].copy(), X[row].copy()
            ahead[entry] += h
            behind[entry] -= h
            slopes[row, entry] = (f(ahead) - f(behind)) / (2 * h)
    return slopes


@dataclass(frozen=True)
class Measured:
    """The figures of the contract for one function and layout."""

    argument_shape: list[int]
    calls: int
    arrows: int
    nonzero: int
    wrong: int
    max_error: float | None
    median_length_ratio: float | None
    max_angle_deg: float | None
    verdict: str


@dataclass(frozen=True, eq=False)
class Function:
    """A table of the registry, and what follows from it."""

    name: str
    title: str
    spelling: str
    gradient: list[str]
    note: str
    grid: tuple[float, float, float] = DEFAULT_GRID
    verdict: str = ""

    @cached_property
    def f(self) -> Callable[[Any], Any]:
        return function_of(self.spelling)

    @cached_property
    def points(self) -> np.ndarray:
        return grid_points(*self.grid)

    @cached_property
    def truth(self) -> np.ndarray:
        """The gradient that the record states, nan where f has a kink or no value."""
        partials = [function_of(text) for text in self.gradient]
        with np.errstate(all="ignore"):
            stated = [[float(partial(x)) for partial in partials] for x in self.points]
        T = np.array(stated)
        T[~self._is_smooth(T)] = np.nan
        return T

    def _is_smooth(self, T: np.ndarray) -> np.ndarray:
        """Where the slopes to both sides of a point agree, for either coordinate."""
        h = 1e-6
        largest = 1 + np.nanmax(np.abs(T))
        smooth = np.isfinite(T).all(axis=1)
        for k, x in enumerate(self.points):
            for entry in (0, 1):
                step = np.eye(2)[entry] * h
                with np.errstate(all="ignore"):
                    right = (self.f(x + step) - self.f(x)) / h
                    left = (self.f(x) - self.f(x - step)) / h
                if not abs(right - left) < 1e-3 * largest:
                    smooth[k] = False
        return smooth

    @cache  # noqa: B019 (the functions live as long as the tests)
    def arrows(self, layout: str) -> np.ndarray:
        """What the routine gives in a layout, one row for each point."""
        with np.errstate(all="ignore"):
            if layout == "rows":
                return routine(self.f, self.points)
            return routine(self.f, self.points.T).T

    @cache  # noqa: B019
    def measured(self, layout: str) -> Measured:
        """The contract's measurement of a layout."""
        return measured(self.truth, self.arrows(layout), layout)


def measured(T: np.ndarray, G: np.ndarray, layout: str) -> Measured:
    """Measure G against T, sentence by sentence as the contract says."""
    n = len(T)
    counts = np.isfinite(T).all(axis=1)
    longest = max(math.hypot(*t) for t in T[counts])
    tolerance = 1e-6 * (1 + longest)

    finite = np.isfinite(G).all(axis=1)
    nonzero = finite & (G != 0).any(axis=1)
    is_right = [
        bool((np.abs(g - t) <= tolerance).all()) for g, t in zip(G, T, strict=True)
    ]
    wrong = sum(1 for k in range(n) if counts[k] and not is_right[k])

    errors = np.abs(G - T)[counts]
    errors = errors[np.isfinite(errors)]

    ratios = []
    angles = []
    for k in range(n):
        if counts[k] and nonzero[k] and (T[k] != 0).any():
            ratios.append(math.hypot(*G[k]) / math.hypot(*T[k]))
            angles.append(_angle(G[k], T[k]))

    true_nonzero = counts & (T != 0).any(axis=1)
    if layout == "rows":
        verdict = "right" if wrong == 0 else "inexact"
    elif wrong == 0:
        verdict = "hidden"
    elif nonzero.sum() == 0:
        verdict = "blank"
    elif nonzero.sum() < true_nonzero.sum() / 2:
        verdict = "sparse"
    elif (
        angles
        and max(angles) <= 0.1
        and max(ratios) - min(ratios) <= 1e-3 * np.median(ratios)
    ):
        verdict = "scaled"
    else:
        verdict = "plausible"

    return Measured(
        argument_shape=[2] if layout == "rows" else [n],
        calls=4 * n,
        arrows=n,
        nonzero=int(nonzero.sum()),
        wrong=wrong,
        max_error=float(errors.max()) if errors.size else None,
        median_length_ratio=float(np.median(ratios)) if ratios else None,
        max_angle_deg=max(angles) if angles else None,
        verdict=verdict,
    )


def _angle(g: np.ndarray, t: np.ndarray) -> float:
    """The angle between two arrows in degrees, whatever their lengths."""
    turn = math.atan2(*_unit(g)[::-1]) - math.atan2(*_unit(t)[::-1])
    turn = math.remainder(turn, 2 * math.pi)
    return math.degrees(abs(turn))


def _unit(v: np.ndarray) -> np.ndarray:
    """A vector scaled by its larger entry: a square of 1e-239 would vanish."""
    return v / np.abs(v).max()


@cache
def functions() -> dict[str, Function]:
    """Every function of the registry, in its order."""
    with registry_file().open("rb") as file:
        tables = tomllib.load(file)
    found = {}
    for name, table in tables.items():
        if "grid" in table:
            table["grid"] = tuple(float(number) for number in table["grid"])
        found[name] = Function(name=name, **table)
    return found


@dataclass(frozen=True)
class Source:
    """A page of content/: its address in the site, its front matter and its text."""

    path: str
    url: str
    record: dict[str, Any]
    text: str


@cache
def sources() -> dict[str, Source]:
    """Every page in English, by its address: `errata/layout/index.html`."""
    found = {}
    for path in sorted((ROOT / "content").rglob("*.md")):
        if "." in path.stem:  # a translation
            continue
        _, front_matter, text = path.read_text(encoding="utf-8").split("+++\n", 2)
        url = page_address(path.relative_to(ROOT / "content"))
        source = path.relative_to(ROOT).as_posix()
        found[url] = Source(source, url, tomllib.loads(front_matter), text)
    for source in found.values():
        for event in source.record.get("events", []):
            if "day_of" in event:
                erratum = found[f"errata/{source.record['erratum']}/index.html"].record
                event["date"] = _day_of(event["day_of"], erratum)
    return found


def _day_of(name: str, erratum: dict[str, Any]) -> datetime.date:
    """The day on which a mistake was introduced, fixed, or reported by somebody."""
    reporters = {reporter["name"]: reporter for reporter in erratum["reporters"]}
    return (reporters | erratum)[name]["date"]


def page_address(path: Path) -> str:
    """Where a file of content/ is published: tutorial/02-routine.md at tutorial/routine/."""
    slug = path.stem
    if slug[:2].isdigit() and slug[2:3] == "-":
        slug = slug[3:]
    if slug == "404":
        return "404.html"
    folder = path.parent if slug == "index" else path.parent / slug
    return (folder / "index.html").as_posix()


def errata() -> dict[str, dict[str, Any]]:
    """The records of all errata by slug, in the order in which the site tells them."""
    return _records_below("errata")


def cases() -> dict[str, dict[str, Any]]:
    """The records of all cases of a slip that symmetry hides, in the same way."""
    return _records_below("symmetry")


def _records_below(folder: str) -> dict[str, dict[str, Any]]:
    found = {}
    for url, source in sources().items():
        if url.startswith(f"{folder}/") and url != f"{folder}/index.html":
            found[url.split("/")[1]] = source.record
    return dict(sorted(found.items(), key=lambda item: item[1].get("order", math.inf)))
