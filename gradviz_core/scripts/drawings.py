"""Drawings: what a script draws on, and the calls that it does not accept.

Nothing is drawn. Of figures and axes only their names count, and of heights only their
shapes: with those that do not fit, matplotlib stops with an error.
"""

import ast
import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.small_arrays import (
    NotFollowed,
    SmallArray,
    Stops,
    array_of,
    is_number,
    is_whole_number,
)
from gradviz_core.scripts.values import Opaque, item_at, items_of

FIGURE = "figure"
AXES = "axes"

PYPLOT = "matplotlib.pyplot"

Shape = tuple[int, ...]


class KnownStop(Stops):
    """The script stops at a node, and what is wrong there is known.

    Attributes
    ----------
    node : ast.expr
        Where it stops.
    form : str
        The form of the message.
    values : mapping
        The named parts of the message: texts, or nodes that stand for their text.
    """

    def __init__(self, node: ast.expr, form: str, **values: str | ast.expr) -> None:
        super().__init__()
        self.node = node
        self.form = form
        self.values = values


@dataclass(frozen=True)
class Drawing(Opaque):
    """Something that only draws: it changes no array.

    Attributes
    ----------
    kind : str
        Whether it is a figure or axes, empty if it is neither or that is unknown.
    name : str
        The name of a function or method that draws, with its owner, empty if unknown.
    axes : AxesArray or None
        The array, if this is the method that gives all its axes in one row.
    """

    kind: str = ""
    name: str = ""
    axes: "AxesArray | None" = None


class AxesArray(tuple[Any, ...]):
    """The axes of a figure that has several, in an array; or the rows of one."""

    __slots__ = ()

    @property
    def has_rows(self) -> bool:
        """Whether it has two dimensions."""
        return any(isinstance(each, AxesArray) for each in self)

    def flattened(self) -> "AxesArray":
        """Return all axes in one row."""
        if not self.has_rows:
            return self
        return AxesArray(each for row in self for each in row)

    def part(self, index: Any) -> Any:
        """Return what an index of the array selects."""
        if isinstance(index, tuple):
            first, second, *others = index
            chosen = self.part(first)
            if others or not isinstance(chosen, AxesArray):
                raise Stops  # there are more indices than dimensions
            if isinstance(first, slice):
                return AxesArray(each.part(second) for each in chosen)
            return chosen.part(second)
        if not isinstance(index, slice) and not is_whole_number(index):
            return Drawing()
        chosen = item_at(tuple(self), index)
        return AxesArray(chosen) if isinstance(index, slice) else chosen


# Names


def attribute_of_pyplot(name: str, node: ast.Attribute) -> Drawing:
    """Return what draws under this name.

    Raises
    ------
    KnownStop
        If only axes have such a method.
    """
    words = vocabulary("drawn_on")
    module, _, own = name.rpartition(".")
    if module == "matplotlib" and own in _methods_of_axes():
        raise Stops  # this draws nothing: pyplot does
    setting = own.removeprefix("set_")
    is_of_axes = setting != own and own not in words["set_by_pyplot"]
    if module == PYPLOT and is_of_axes:
        has_own = setting in words["set_by_axes"]
        method = setting if has_own else f"gca().{own}"
        raise _unknown_name(node, method)
    return Drawing(name=name)


def attribute_of_drawing(
    owner: Drawing | AxesArray, node: ast.Attribute, is_called: bool
) -> Any:
    """Return an attribute of a figure, of axes or of an array of axes.

    Raises
    ------
    KnownStop
        If it has none of this name.
    """
    words = vocabulary("drawn_on")
    name = node.attr
    giving = words["giving_axes"] + words["giving_figures"]
    if isinstance(owner, Drawing) and owner.name in [f"{PYPLOT}.{n}" for n in giving]:
        raise Stops  # it was not called
    setting = name.removeprefix("set_")
    is_setting = setting in words["set_by_axes"]
    if isinstance(owner, AxesArray):
        if name == "flat":
            return owner.flattened()
        if is_setting or name in _methods_of_axes():
            first = "[0, 0]" if owner.has_rows else "[0]"
            raise KnownStop(
                node, "several-axes", axes=node.value, name=name, place=first
            )
        is_flattening = name in vocabulary("walk")["flattening"]
        return Drawing(axes=owner if is_flattening else None)
    if owner.kind == FIGURE and (is_setting or name in _methods_of_axes()):
        raise KnownStop(node, "figure", figure=node.value, name=name)
    is_text = name == "title" and not is_called
    if owner.kind == AXES and name in words["set_by_axes"] and not is_text:
        raise _unknown_name(node, f"set_{name}")
    if owner.kind == AXES and name in words["of_pyplot_alone"]:
        raise Stops
    return Drawing(name=f"{owner.kind}.{name}")


def _unknown_name(node: ast.Attribute, method: str) -> KnownStop:
    owner, name = node.value, node.attr
    return KnownStop(node, "unknown-name", owner=owner, name=name, method=method)


def _methods_of_axes() -> list[str]:
    """Return the names of methods that axes have, and nothing else."""
    walk = vocabulary("walk")
    own: list[str] = vocabulary("drawn_on")["methods_of_axes"]
    return [*own, *walk["drawing"], *walk["pictures"]]


# Calls


def result_of_drawing(
    function: Drawing,
    node: ast.Call,
    arguments: Sequence[Any],
    keywords: Mapping[str, Any],
) -> Any:
    """Return what a call that draws gives.

    Raises
    ------
    KnownStop
        If matplotlib stops at its arguments.
    """
    words = vocabulary("drawn_on")
    if function.axes is not None:
        return function.axes.flattened()
    owner, _, name = function.name.rpartition(".")
    if name == "subplots" and owner in (PYPLOT, FIGURE):
        axes = _axes_in_rows(arguments, keywords)
        return axes if owner == FIGURE else (Drawing(FIGURE), axes)
    if name in words["giving_figures"]:
        return Drawing(FIGURE)
    if name in words["giving_axes"]:
        return Drawing(AXES)
    if name in words["of_heights"]:
        _check_heights(node, name, arguments)
    return Drawing()


def _axes_in_rows(arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Any:
    """Return the axes that `plt.subplots` gives, for so many rows and columns."""
    given = dict(zip(("nrows", "ncols"), arguments, strict=False)) | dict(keywords)
    rows, columns = given.get("nrows", 1), given.get("ncols", 1)
    are_counts = is_whole_number(rows) and is_whole_number(columns)
    most = vocabulary("drawn_on")["most_axes"]
    if not are_counts or "squeeze" in given or "**" in given or rows * columns > most:
        return Drawing()
    if 1 in (rows, columns):
        count = rows * columns
        return Drawing(AXES) if count == 1 else AxesArray([Drawing(AXES)] * count)
    return AxesArray([AxesArray([Drawing(AXES)] * columns)] * rows)


# Arrows and heights


def check_arrows(node: ast.Call, arguments: Sequence[Any]) -> None:
    """Raise an error if quiver or streamplot does not take its arguments.

    Raises
    ------
    Stops
        If there are not as many colours as components, or the shapes do not fit.
    KnownStop
        If an argument has a name that it does not know.
    """
    if not isinstance(node.func, ast.Attribute) or node.func.attr != "quiver":
        _check_streams(arguments[:4])
        return
    named = vocabulary("drawn_on")["named_of_quiver"]
    for keyword in node.keywords:
        if keyword.arg and keyword.arg not in named:
            raise KnownStop(
                node, "unknown-argument", name="quiver", argument=keyword.arg
            )
    components, *others = [_shape_of(each) for each in arguments[2:]]
    if components is None:
        return
    colours = others[1] if len(others) == 2 else None
    has_others = colours is not None and math.prod(colours) != math.prod(components)
    if len(components) > 2 or has_others:
        raise Stops


def _check_streams(arguments: Sequence[Any]) -> None:
    """Raise an error if streamplot does not take these places and components."""
    if any(_shape_of(each) is None for each in arguments):
        return
    x, y, u, v = (array_of(each) for each in arguments)
    along_x = _numbers_along(x)
    along_y = _numbers_along(y.transposed())
    for numbers in (along_x, along_y):
        if any(a >= b for a, b in itertools.pairwise(numbers)):
            raise Stops
    if not u.shape == v.shape == (len(along_y), len(along_x)):
        raise Stops


def _numbers_along(array: SmallArray) -> list[Any]:
    """Return the numbers along an axis, which a table repeats in each row."""
    if len(array.shape) < 2:
        return array.entries()
    rows: list[list[Any]] = [row.entries() for row in items_of(array)]
    if any(row != rows[0] for row in rows):
        raise Stops
    return rows[0]


def _check_heights(node: ast.Call, name: str, arguments: Sequence[Any]) -> None:
    """Raise an error if heights do not fit the places at which they are drawn."""
    has_places = len(arguments) > 2
    place = 2 if has_places else 0
    if place >= len(arguments):
        return
    shape = _shape_of(arguments[place])
    if shape is None:
        return
    heights = node.args[place]
    if len(shape) < 2:
        raise KnownStop(heights, "flat-heights", name=name, heights=heights)
    if not has_places:
        return
    x, y = (_shape_of(each) for each in arguments[:2])
    if x is None or y is None or _are_fitting(name, x, y, shape):
        return
    raise KnownStop(
        heights,
        "heights",
        name=name,
        heights=heights,
        shape=f"{shape}",
        x=node.args[0],
        x_shape=f"{x}",
        y=node.args[1],
        y_shape=f"{y}",
    )


def _shape_of(value: Any) -> Shape | None:
    """Return the shape of an array, of a list or of a number, None if it is unknown."""
    if not (is_number(value) or isinstance(value, SmallArray | list)):
        return None
    try:
        return array_of(value).shape
    except (NotFollowed, Stops):
        return None


def _are_fitting(name: str, x: Shape, y: Shape, heights: Shape) -> bool:
    """Whether a function of matplotlib draws heights at places of these shapes."""
    if name in vocabulary("drawn_on")["of_surfaces"]:
        return all(_are_stretchable(each, heights) for each in (x, y))
    rows_and_columns = (*y[:1], *x[-1:])
    if name.startswith("contour"):
        are_alike = x == y == heights if len(x) == 2 else len(x) == len(y) == 1
        return are_alike and rows_and_columns == heights
    fields = heights[:2]  # behind them may be colours
    borders = tuple(length + 1 for length in fields)
    return rows_and_columns in (fields, borders)


def _are_stretchable(one: Shape, other: Shape) -> bool:
    pairs = zip(reversed(one), reversed(other), strict=False)
    return all(a == b or 1 in (a, b) for a, b in pairs)
