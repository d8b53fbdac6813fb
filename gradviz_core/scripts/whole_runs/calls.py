"""Calls: what a whole run carries out of them besides those of a trial."""

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gradviz_core.scripts.command_lines import METHODS_OF_PARSERS, Parser
from gradviz_core.scripts.drawings import Drawing
from gradviz_core.scripts.numpy_functions import call_listed
from gradviz_core.scripts.script_classes import (
    BoundMethod,
    Instance,
    ScriptClass,
    attribute_of,
)
from gradviz_core.scripts.small_arrays import NotFollowed, array_of
from gradviz_core.scripts.values import (
    OPAQUE,
    Closure,
    Library,
    Method,
    Opaque,
    Scope,
    items_of,
    type_named,
)
from gradviz_core.scripts.whole_runs.classes import new_instance
from gradviz_core.scripts.whole_runs.effects import (
    can_be_changed,
    changes,
    has_array_to_write,
    is_foreign,
)
from gradviz_core.scripts.whole_runs.library_functions import (
    result_for_each_entry,
    slopes_along,
    slopes_at,
)
from gradviz_core.scripts.whole_runs.plots import (
    DRAWING,
    draws_arrows,
    name_called,
    note_arrows,
    result_of_call_that_draws,
    values_by_name,
)
from gradviz_core.scripts.whole_runs.values import (
    Abandoned,
    Differentiated,
    Mapped,
    Partial,
    Vectorized,
    is_table,
    turned,
)

if TYPE_CHECKING:
    from gradviz_core.scripts.whole_runs.run import WholeRun

PRINT = Library("print")
ALONG_AXIS = Library("numpy.apply_along_axis")


def call(run: "WholeRun", node: ast.Call, scope: Scope | None) -> Any:
    """Return the result of a call, of a plot or of anything else."""
    name = name_called(node)
    if name in run.words["unseen"]:
        raise Abandoned
    function = run.value(node.func, scope)
    if draws_arrows(node):
        note_arrows(run, node, function, scope)
        return DRAWING
    if isinstance(function, Drawing) or function == PRINT:
        return result_of_call_that_draws(run, node, function, scope)
    arguments = _arguments(run, function, node.args, scope)
    find = run.any_value if is_of_parser(function) else run.value
    values = [find(keyword.value, scope) for keyword in node.keywords]
    keywords = values_by_name(node.keywords, values)
    if isinstance(function, Opaque):
        given = [*arguments, *keywords.values()]
        if changes(name) or any(map(can_be_changed, given)):
            raise Abandoned
        return OPAQUE
    around = run.open_call
    run.open_call = node
    try:
        return _result_or_unknown(run, node, function, arguments, keywords)
    finally:
        run.open_call = around


def _result_or_unknown(
    run: "WholeRun",
    node: ast.Call,
    function: Any,
    arguments: Sequence[Any],
    keywords: Mapping[str, Any],
) -> Any:
    """Return the result of a call; it may be unknown if nothing can have changed."""
    level = run.level
    try:
        return _result(run, node, function, arguments, keywords)
    except Abandoned:
        raise
    except NotFollowed:
        if not isinstance(function, Library) or changes(name_called(node)):
            raise Abandoned from None
        can_change = any(map(can_be_changed, [*arguments, *keywords.values()]))
        if can_change and (not run.is_looking or is_foreign(function)):
            raise Abandoned from None
        if "out" in keywords or has_array_to_write(function, arguments):
            raise Abandoned from None
        run.level = level
        return OPAQUE


def _arguments(
    run: "WholeRun", function: Any, nodes: Sequence[ast.expr], scope: Scope | None
) -> list[Any]:
    """Return arguments; a function may use up those that are gone over once."""
    name = type_named(function.name) if isinstance(function, Library) else ""
    if name not in run.words["using_up"]:
        return run.values(nodes, scope)
    arguments: list[Any] = []
    for node in nodes:
        if isinstance(node, ast.Starred):
            arguments.extend(run.items(node.value, scope))
        else:
            arguments.append(run.any_value(node, scope))
    return arguments


def _result(
    run: "WholeRun",
    node: ast.Call,
    function: Any,
    arguments: Sequence[Any],
    keywords: Mapping[str, Any],
) -> Any:
    """Return the result of a call, and note what the run is asked to note of it."""
    for place, argument in enumerate(arguments):
        if is_table(argument):
            run.records.places_of_tables[node] = place
    if isinstance(function, Vectorized):
        return result_for_each_entry(run, function.function, arguments, keywords)
    is_turned = node in run.change.turned
    given = [turned(each) for each in arguments] if is_turned else arguments
    result = run.call(function, given, keywords)
    if function == ALONG_AXIS:
        _note_rows(run, given, result)
    if isinstance(result, Partial) and isinstance(result.function, Closure):
        run.records.partials[node] = result.function.node
    if isinstance(result, Differentiated):
        run.records.partials[node] = None  # a library differentiates
    return turned(result) if is_turned else result


def _note_rows(run: "WholeRun", given: Sequence[Any], result: Any) -> None:
    """Note a call of a watched function for each row of an array."""
    function, _, array, *_ = given
    is_watched = isinstance(function, Closure) and function.node in run.watched
    if is_watched and array.shape == result.shape:
        run.note_own_call(None, [array.copied()], result.copied())


def is_of_parser(function: Any) -> bool:
    """Whether this is a method of a parser of command lines."""
    return isinstance(function, Method) and isinstance(function.owner, Parser)


def gives_view(function: Any) -> bool:
    """Whether this is a method that shows what is in a dictionary."""
    is_of_dictionary = isinstance(function, Method) and isinstance(function.owner, dict)
    return is_of_dictionary and function.name != "get"


# What is called, besides functions


def call_of_parser(
    function: Method, arguments: Sequence[Any], keywords: Mapping[str, Any]
) -> Any:
    """Return the result of a method of a parser of command lines."""
    given = [function.owner, *arguments]
    return call_listed(METHODS_OF_PARSERS, function.name, given, keywords)


def _call_of_instance(
    run: "WholeRun",
    function: Instance,
    arguments: Sequence[Any],
    keywords: Mapping[str, Any],
) -> Any:
    return run.call(attribute_of(function, "__call__"), arguments, keywords)


def _call_of_method(
    run: "WholeRun",
    function: BoundMethod,
    arguments: Sequence[Any],
    keywords: Mapping[str, Any],
) -> Any:
    given = [function.owner, *arguments]
    return run.call_closure(function.method, given, keywords)


def _call_of_partial(
    run: "WholeRun",
    function: Partial,
    arguments: Sequence[Any],
    keywords: Mapping[str, Any],
) -> Any:
    given = [*function.arguments, *arguments]
    return run.call(function.function, given, {**function.keywords, **keywords})


def _call_of_differentiated(
    run: "WholeRun",
    function: Differentiated,
    arguments: Sequence[Any],
    keywords: Mapping[str, Any],
) -> Any:
    if keywords:
        raise NotFollowed
    is_of_point = len(arguments) == 1 and function.place is None
    if is_of_point and not function.is_elementwise:
        return slopes_at(run, function.function, arguments[0])
    return slopes_along(run, function, arguments)


def _call_of_mapped(
    run: "WholeRun",
    function: Mapped,
    arguments: Sequence[Any],
    keywords: Mapping[str, Any],
) -> Any:
    columns = [items_of(each) for each in arguments]
    if keywords or len({len(column) for column in columns}) != 1:
        raise NotFollowed
    results = [
        run.call(function.function, row, {}) for row in zip(*columns, strict=True)
    ]
    if all(isinstance(each, tuple) for each in results):
        return tuple(array_of(list(each)) for each in zip(*results, strict=True))
    return array_of(results)


CALLS: Mapping[type, Callable[..., Any]] = {
    ScriptClass: new_instance,
    Instance: _call_of_instance,
    BoundMethod: _call_of_method,
    Partial: _call_of_partial,
    Differentiated: _call_of_differentiated,
    Mapped: _call_of_mapped,
}
