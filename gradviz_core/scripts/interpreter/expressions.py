"""Expressions: the value of each kind, as an interpreter finds it."""

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.interpreter.choices import (
    count_as_visited,
    is_choice_by_flags,
)
from gradviz_core.scripts.names import meaning
from gradviz_core.scripts.numpy_functions import (
    ATTRIBUTES,
    ATTRIBUTES_OF_ARRAYS_ALONE,
    METHODS,
)
from gradviz_core.scripts.operators import (
    SIGNS,
    checked_size,
    combined,
    comparison_holds,
    truth_of,
)
from gradviz_core.scripts.small_arrays import (
    NotFollowed,
    SmallArray,
    Stops,
    entry_by_entry,
    is_number,
)
from gradviz_core.scripts.values import Library, Method, Scope, item_at, put_item

if TYPE_CHECKING:
    from gradviz_core.scripts.interpreter.interpreter import Interpreter


# Those that are followed: all but bytes and complex numbers.
KINDS_OF_CONSTANTS = {int, float, str, bool, type(None), type(Ellipsis)}

PRINT = Library("print")


def _constant(run: "Interpreter", node: ast.Constant, scope: Scope | None) -> Any:
    value = node.value
    if type(value) not in KINDS_OF_CONSTANTS:
        raise NotFollowed
    return checked_size(value)


def _attribute(run: "Interpreter", node: ast.Attribute, scope: Scope | None) -> Any:
    owner = run.value(node.value, scope)
    if isinstance(owner, Library):
        return of_library(run, node)
    return attribute_of_value(owner, node.attr)


def of_library(run: "Interpreter", node: ast.Attribute) -> Any:
    """Return what an attribute of a library stands for."""
    name = meaning(node, run.global_names.imports)
    return vocabulary("walk")["named_numbers"].get(name) or Library(name)


def attribute_of_value(owner: Any, name: str) -> Any:
    """Return an attribute of a value, or a method as a value."""
    kind = type(owner)
    attributes = ATTRIBUTES.get(kind, {})
    if name in attributes:
        return attributes[name](owner)
    if name in METHODS.get(kind, {}):
        return Method(owner, name)
    if isinstance(owner, list | tuple) and name in ATTRIBUTES_OF_ARRAYS_ALONE:
        raise Stops
    raise NotFollowed


def _subscript(run: "Interpreter", node: ast.Subscript, scope: Scope | None) -> Any:
    owner = run.value(node.value, scope)
    return item_at(owner, run.index(node.slice, scope))


def _tuple(run: "Interpreter", node: ast.Tuple, scope: Scope | None) -> Any:
    return tuple(run.values(node.elts, scope))


def _list(run: "Interpreter", node: ast.List, scope: Scope | None) -> Any:
    return run.values(node.elts, scope)


def _dictionary(run: "Interpreter", node: ast.Dict, scope: Scope | None) -> Any:
    dictionary: dict[Any, Any] = {}
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            raise NotFollowed  # the items of another one
        put_item(dictionary, run.value(key, scope), run.value(value, scope))
    return dictionary


def _signed(run: "Interpreter", node: ast.UnaryOp, scope: Scope | None) -> Any:
    value = run.value(node.operand, scope)
    if isinstance(node.op, ast.Not):
        return not truth_of(value)
    sign = SIGNS.get(type(node.op))
    if sign is None or not (is_number(value) or isinstance(value, SmallArray)):
        raise NotFollowed
    return entry_by_entry(sign, value)


def _operation(run: "Interpreter", node: ast.BinOp, scope: Scope | None) -> Any:
    left = run.value(node.left, scope)
    return combined(node.op, left, run.value(node.right, scope))


def _all_or_any(run: "Interpreter", node: ast.BoolOp, scope: Scope | None) -> Any:
    ends_at = isinstance(node.op, ast.Or)
    value: Any = None
    for operand in node.values:
        value = run.value(operand, scope)
        if truth_of(value) == ends_at:
            break
    return value


def _comparison(run: "Interpreter", node: ast.Compare, scope: Scope | None) -> Any:
    return comparison_from(run, node, run.value(node.left, scope), scope)


def comparison_from(
    run: "Interpreter", node: ast.Compare, first: Any, scope: Scope | None
) -> Any:
    """Whether a comparison holds, `a < b` or `a < b < c`, given its first value."""
    left = first
    for op, comparator in zip(node.ops, node.comparators, strict=True):
        right = run.value(comparator, scope)
        if not comparison_holds(op, left, right):
            return False
        left = right
    return True


def _choice(run: "Interpreter", node: ast.IfExp, scope: Scope | None) -> Any:
    is_true = truth_of(run.value(node.test, scope))
    side = node.body if is_true else node.orelse
    if is_choice_by_flags(node.test, scope):
        other_side = node.orelse if is_true else node.body
        count_as_visited(run, [other_side])
    run.visited.add(side)
    return run.value(side, scope)


def _lambda(run: "Interpreter", node: ast.Lambda, scope: Scope | None) -> Any:
    return run.closure(node, scope)


def _call(run: "Interpreter", node: ast.Call, scope: Scope | None) -> Any:
    function = run.value(node.func, scope)
    if function == PRINT:
        return None
    arguments = run.values(node.args, scope)
    keywords = {}
    for keyword in node.keywords:
        if keyword.arg is None:
            raise NotFollowed
        keywords[keyword.arg] = run.value(keyword.value, scope)
    return run.call(function, arguments, keywords)


def named(run: "Interpreter", node: ast.Name, scope: Scope | None) -> Any:
    """Return what a name stands for."""
    around = scope
    while around is not None:
        if node.id in around.own:
            return around.own[node.id]
        around = around.around
    return run.outside(node)


def comprehension(
    run: "Interpreter", node: ast.ListComp | ast.GeneratorExp, scope: Scope | None
) -> Any:
    """Return the values of a comprehension."""
    values: list[Any] = []
    _generate(run, node.elt, node.generators, Scope(scope), values)
    return values


def _generate(
    run: "Interpreter",
    item: ast.expr,
    generators: Sequence[ast.comprehension],
    scope: Scope,
    values: list[Any],
) -> None:
    if not generators:
        values.append(run.value(item, scope))
        return
    first, *others = generators
    for each in run.items(first.iter, scope):
        run.assign(first.target, each, scope)
        if all(truth_of(run.value(test, scope)) for test in first.ifs):
            _generate(run, item, others, scope, values)


EXPRESSIONS: Mapping[type, Callable[..., Any]] = {
    ast.Constant: _constant,
    ast.Name: named,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Tuple: _tuple,
    ast.List: _list,
    ast.Dict: _dictionary,
    ast.UnaryOp: _signed,
    ast.BinOp: _operation,
    ast.BoolOp: _all_or_any,
    ast.Compare: _comparison,
    ast.IfExp: _choice,
    ast.Lambda: _lambda,
    ast.ListComp: comprehension,
    ast.GeneratorExp: comprehension,
    ast.Call: _call,
}
