"""The text of a page with its holes filled from the oracle: what a reader must find there.

The expressions of a page, `{{ … }}`, are evaluated by Jinja, as on the site, but over objects
and number formats of our own: functions as NumPy measures them, sessions run again. What a
page draws is noted in the order in which it is drawn.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any

import jinja2
import numpy as np
from oracle import DEFAULT_GRID, LAYOUTS, ROOT, Function, H, functions, sources
from project import BASE_URL

from reading import numbers
from reading.curves import Curves
from reading.fields import shared_scale, smallest_step
from reading.records import day
from reading.scripts import FENCED_CODE, Grid, session
from reading.words import words

CODE_SPAN = re.compile(r"(?P<tick>(?<!`)`{1,2}(?!`)).+?(?P=tick)(?!`)", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
BRACE_OF_CODE = "\ue000"  # stands for one, so that Jinja leaves it alone
VALUE_BEGINS = "\ue001"
VALUE_ENDS = "\ue002"
PARTIALS = {
    "_repository.html": "the project's repository",
    "_call.html": "{% macro call(text, missing) %}{% endmacro %}",
    "_heading.html": "{% macro heading(id, text) %}{% endmacro %}",
    "_before_and_after.html": """
{% macro before_and_after(plots, name) %}
{% set role = "buggy" if plots[name][2:] else "book" %}
{{ figure(name, *fields(plots[name][0], plots[name][1], scale="auto", roles=[role])) }}
{% for mended in plots[name][2:] %}
{{ figure(name ~ "-mended", *fields(plots[name][0], mended, scale="auto", roles=["correct"])) }}
{% endfor %}
{% endmacro %}""",
    "_errata.html": "{% macro table(errata) %}{% endmacro %}",
    "_check_files.html": "".join(
        f"{{% macro {name}(source) %}}{{% endmacro %}}"
        for name in ("pre_commit", "annotations", "code_scanning", "action")
    ),
}


@dataclass(frozen=True, eq=False)
class AskedField:
    """A field of arrows as a page asks for it.

    The scale is the length that is drawn as one unit of x, or "auto".
    """

    points: np.ndarray
    arrows: np.ndarray
    scale: Any
    role: str

    @property
    def is_automatic(self) -> bool:
        """Whether matplotlib chooses how long its arrows are drawn."""
        return self.scale == "auto"


@dataclass(frozen=True, eq=False)
class AskedHeights:
    """Heights as a page asks for them: one row for each x1, on a scale of shades."""

    x0: np.ndarray
    x1: np.ndarray
    values: np.ndarray
    limits: tuple[float, float]
    role: str
    names: tuple[str, str]

    @property
    def points(self) -> np.ndarray:
        """Where each height is, row by row."""
        return np.array([(a, b) for b in self.x1 for a in self.x0])


Asked = AskedField | Curves | AskedHeights


@dataclass(frozen=True, eq=False)
class Drawing:
    """Pictures side by side: the name of their file, what they show, and the words below."""

    name: str
    pictures: list[Asked]
    labels: list[str]
    below: str
    are_small: bool = False  # without axes, numbers and words of their own

    def file(self, url: str, k: int) -> str:
        """The file of one picture, without its ending."""
        folder = url.removesuffix("/index.html")
        number = f"-{k + 1}" if len(self.pictures) > 1 else ""
        return f"figures/{folder}/{self.name}{number}"


@dataclass(frozen=True)
class Filled:
    """A page as Markdown, each computed value between marks, and what it draws."""

    markdown: str
    drawings: list[Drawing]


def fields(
    points: Any,
    *arrows: Any,
    scale: Any = None,
    roles: Sequence[str] = ("correct", "buggy"),
) -> list[AskedField]:
    """One field for each array of arrows, in the roles that are given."""
    stands = np.array(points, dtype=float)
    if scale is None:
        scale = shared_scale(np.array(arrows[0], dtype=float), smallest_step(stands))
    return [
        AskedField(stands, np.array(each, dtype=float), scale, role)
        for each, role in zip(arrows, roles, strict=False)
    ]


def heights(
    x0: Any,
    x1: Any,
    *arrays: Any,
    roles: Sequence[str] = ("correct", "buggy"),
    names: tuple[str, str] = ("x0", "x1"),
) -> list[AskedHeights]:
    """One picture for each array, all on the scale from the lowest to the highest."""
    values = [np.array(array, dtype=float) for array in arrays]
    limits = min(map(np.min, values)), max(map(np.max, values))
    return [
        AskedHeights(np.array(x0), np.array(x1), each, limits, role, names)
        for each, role in zip(values, roles, strict=False)
    ]


def curves(
    x: Any,
    *lines: Any,
    names: Sequence[str],
    labels: Sequence[str],
    band: Sequence[Any] = (),
    scales: Sequence[str] = ("log", "log"),
) -> Curves:
    """Up to three lines, and a band between two others."""

    def shown(line: Any) -> np.ndarray:
        values = np.broadcast_to(np.array(line, dtype=float), along.shape)
        return np.where(values > 0, values, np.nan) if scales[1] == "log" else values

    along = np.array(x, dtype=float)
    return Curves(
        x=along,
        lines=[shown(line) for line in lines],
        band=[shown(edge) for edge in band],
        names=list(names),
        labels=list(labels),
        scales=list(scales),
    )


def _layout(function: Function, layout: str) -> SimpleNamespace:
    figures = vars(function.measured(layout)).copy()
    figures["argument_shape"] = tuple(figures["argument_shape"])
    arrays = {"points": function.points, "truth": function.truth}
    return SimpleNamespace(**figures, **arrays, gradient=function.arrows(layout))


@cache
def entries() -> dict[str, SimpleNamespace]:
    """Every function as the text of a page may speak of it."""
    found = {}
    for name, function in functions().items():
        layouts = {layout: _layout(function, layout) for layout in LAYOUTS}
        found[name] = SimpleNamespace(function=function, **layouts)
    return found


def _page(url: str) -> SimpleNamespace:
    source = sources()[url]
    folder, _, slug = url.removesuffix("/index.html").rpartition("/")
    kinds = {"errata": "erratum", "tutorial": "step", "symmetry": "case"}
    return SimpleNamespace(
        url=url, original=url, slug=slug, kind=kinds.get(folder, "page"),
        record=source.record, title=source.record["title"],
    )  # fmt: skip


@cache
def _pages() -> list[SimpleNamespace]:
    return [_page(url) for url in sources()]


@cache
def _benchmarks() -> dict[str, Any]:
    return json.loads(
        (ROOT / "benchmarks" / "results.json").read_text(encoding="utf-8")
    )


def _marked(value: Any) -> str:
    """A value between its marks; of several lines, those within have marks of their own."""
    return str(value) if "\n" in str(value) else f"{VALUE_BEGINS}{value}{VALUE_ENDS}"


def _nothing(*_: Any, **__: Any) -> str:
    return ""


def _without_words(*_: Any) -> SimpleNamespace:
    """What stands around the picture of a function: that is read back elsewhere."""
    return SimpleNamespace(src="", alt="", caption="", width=0, height=0)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: PARTIALS.get(name, "")),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,
        finalize=_marked,
        autoescape=False,
    )
    environment.filters.update(
        count=numbers.count,
        fixed=numbers.fixed,
        short=numbers.significant,
        power=numbers.power_of_ten,
        bound=numbers.bound,
        digits=lambda value, most=9: numbers.as_needed(value, most),
        vector=numbers.point,
        day=day,
        session=lambda page: session(page.url),
    )
    environment.globals.update(
        entries(),
        functions=list(entries().values()),
        grid=Grid(*DEFAULT_GRID),
        step=H,
        fields=fields,
        curves=curves,
        heights=heights,
        pair=_nothing,
        trace=_nothing,
        picture_text=_without_words,
    )
    return environment


@cache
def filled(url: str) -> Filled:
    """A page of the sources with all its values."""
    drawings: list[Drawing] = []

    def figure(
        name: str, *pictures: Asked, labels: Sequence[str] = (),
        small: bool = False, caller: Callable[[], str] = str,
    ) -> str:  # fmt: skip
        every = list(labels) or [""] * len(pictures)
        drawings.append(Drawing(name, list(pictures), every, caller(), small))
        return ""

    text = FENCED_CODE.sub("", COMMENT.sub("", sources()[url].text))
    text = CODE_SPAN.sub(lambda code: code[0].replace("{", BRACE_OF_CODE), text)
    template = _environment().from_string(text)
    markdown = template.render(
        page=next(page for page in _pages() if page.url == url),
        pages=_pages(),
        words=words(),
        benchmarks=_benchmarks(),
        base_url=BASE_URL,
        source_address="",
        figure=figure,
    )
    return Filled(markdown.replace(BRACE_OF_CODE, "{"), drawings)
