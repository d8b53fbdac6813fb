"""Expressions: what a whole run carries out of them besides those of a trial."""

import ast
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts import small_arrays
from gradviz_core.scripts.array_functions import (
    as_columns,
    counted,
    evenly_spaced,
    grid_of,
)
from gradviz_core.scripts.command_lines import Parser
from gradviz_core.scripts.drawings import (
    AXES,
    AxesArray,
    Drawing,
    KnownStop,
    attribute_of_drawing,
    attribute_of_pyplot,
)
from gradviz_core.scripts.interpreter import expressions
from gradviz_core.scripts.numpy_functions import METHODS
from gradviz_core.scripts.operators import mask_of
from gradviz_core.scripts.script_classes import Instance, ScriptClass, attribute_of
from gradviz_core.scripts.small_arrays import NotFollowed, SmallArray
from gradviz_core.scripts.values import OPAQUE, Library, Method, Opaque, Scope, item_at
from gradviz_core.scripts.whole_runs.calls import call
from gradviz_core.scripts.whole_runs.effects import changes, holds_code_to_run
from gradviz_core.scripts.whole_runs.plots import draws, look_at
from gradviz_core.scripts.whole_runs.values import (
    Abandoned,
    OnePass,
    is_of_types,
)

if TYPE_CHECKING:
    from gradviz_core.scripts.whole_runs.run import WholeRun

MGRID = Library("numpy.mgrid")
COLUMNS = Library("numpy.c_")
COMMAND_LINE = Library("sys.argv")


def _attribute(run: "WholeRun", node: ast.Attribute, scope: Scope | None) -> Any:
    is_called = node in run.called
    if node.attr in vocabulary("walk")["drawing"] and not is_called:
        raise Abandoned  # arrows may be drawn under another name
    if node.attr in run.words["changing_a_plot"]:
        raise Abandoned
    owner = run.value(node.value, scope)
    if isinstance(owner, Drawing | AxesArray):
        return attribute_of_drawing(owner, node, is_called)
    if isinstance(owner, Opaque):
        return owner
    if isinstance(owner, Instance) and not node.attr.startswith("__"):
        return attribute_of(owner, node.attr)
    if isinstance(owner, ScriptClass) and node.attr in owner.names:
        return owner.names[node.attr]
    if isinstance(owner, Parser):
        return Method(owner, node.attr)
    if isinstance(owner, Library):
        return _attribute_of_library(run, node)
    if isinstance(owner, SmallArray | list):
        is_followed = node.attr in METHODS[type(owner)]
        if changes(node.attr) and not is_followed:
            raise Abandoned
    return expressions.attribute_of_value(owner, node.attr)


def _attribute_of_library(run: "WholeRun", node: ast.Attribute) -> Any:
    found = expressions.of_library(run, node)
    if draws(found):
        return attribute_of_pyplot(found.name, node)
    return ["script.py"] if found == COMMAND_LINE else found


def _subscript(run: "WholeRun", node: ast.Subscript, scope: Scope | None) -> Any:
    owner = run.value(node.value, scope)
    if isinstance(owner, Drawing) and owner.kind == AXES:
        raise KnownStop(node, "one-axes", axes=node.value)
    if isinstance(owner, Opaque):
        return owner
    if isinstance(owner, AxesArray):
        return owner.part(run.index(node.slice, scope))
    if isinstance(owner, Library):
        return _part_of_library(run, owner, node.slice, scope)
    return item_at(owner, run.index(node.slice, scope))


def _part_of_library(
    run: "WholeRun", owner: Library, index: ast.expr, scope: Scope | None
) -> Any:
    """Return a grid or columns, written as a part of `np.mgrid` or `np.c_`."""
    if owner == MGRID:
        return _grid_of_ranges(run, index, scope)
    if owner == COLUMNS and isinstance(index, ast.Tuple):
        return as_columns(run.values(index.elts, scope))
    if is_of_types(owner) and not holds_code_to_run(index):
        return OPAQUE
    raise NotFollowed


def _grid_of_ranges(run: "WholeRun", node: ast.expr, scope: Scope | None) -> Any:
    """`np.mgrid`, of two ranges."""
    if not isinstance(node, ast.Tuple) or len(node.elts) != 2:
        raise NotFollowed
    first, second = [_numbers_of_range(run, each, scope) for each in node.elts]
    return small_arrays.stacked(grid_of(first, second, "ij"))


def _numbers_of_range(
    run: "WholeRun", node: ast.expr, scope: Scope | None
) -> SmallArray:
    if not isinstance(node, ast.Slice) or not node.lower or not node.upper:
        raise NotFollowed
    start = run.value(node.lower, scope)
    stop = run.value(node.upper, scope)
    match node.step:
        case ast.Constant(value=complex(real=0.0, imag=count)):
            return evenly_spaced(start, stop, int(count), None)
    step = None if node.step is None else run.value(node.step, scope)
    return counted(start, stop, step)


def _comparison(run: "WholeRun", node: ast.Compare, scope: Scope | None) -> Any:
    left = run.value(node.left, scope)
    if len(node.ops) == 1 and isinstance(left, SmallArray):
        return mask_of(node.ops[0], left, run.value(node.comparators[0], scope))
    return expressions.comparison_from(run, node, left, scope)


def _text_with_values(run: "WholeRun", node: ast.JoinedStr, scope: Scope | None) -> Any:
    """`f"…"`: what it prints matters to no plot, what it calls may."""
    look_at(run, node.values, scope)
    return OPAQUE


def _generator(run: "WholeRun", node: ast.GeneratorExp, scope: Scope | None) -> Any:
    return OnePass(expressions.comprehension(run, node, scope))


EXPRESSIONS: Mapping[type, Callable[..., Any]] = {
    **expressions.EXPRESSIONS,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Compare: _comparison,
    ast.Call: call,
    ast.JoinedStr: _text_with_values,
    ast.GeneratorExp: _generator,
}
