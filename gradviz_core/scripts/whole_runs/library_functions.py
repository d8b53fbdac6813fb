"""Functions of Python, SciPy and JAX that whole runs follow besides those of trials."""

import ast
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.array_functions import ListedFunction
from gradviz_core.scripts.call_trials import STEP
from gradviz_core.scripts.command_lines import parser_of
from gradviz_core.scripts.drawings import Drawing
from gradviz_core.scripts.numpy_functions import (
    full_array,
    full_array_like,
    only_number,
)
from gradviz_core.scripts.operators import combined
from gradviz_core.scripts.small_arrays import (
    NotFollowed,
    SmallArray,
    Stops,
    array_of,
    entry_by_entry,
    is_number,
    is_whole_number,
)
from gradviz_core.scripts.values import Library, items_of
from gradviz_core.scripts.whole_runs.values import (
    Differentiated,
    Mapped,
    OnePass,
    Partial,
    Vectorized,
)

if TYPE_CHECKING:
    from gradviz_core.scripts.whole_runs.run import WholeRun


def functions_of(
    run: "WholeRun", of_trials: Mapping[str, ListedFunction]
) -> dict[str, ListedFunction]:
    """Return all functions that a run follows, given those of a trial."""
    of_walk = vocabulary("walk")
    functions: dict[str, ListedFunction] = {
        **of_trials,
        "numpy.vectorize": ("pyfunc", Vectorized),
        "numpy.empty": ("shape dtype", full_array(math.nan)),
        "numpy.empty_like": ("value dtype", full_array_like(math.nan)),
        "slice": ("*", _slice_of),
        "zip": ("*", _side_by_side),
        "functools.partial": ("**", _partial_of),
        "argparse.ArgumentParser": ("**", parser_of),
        "scipy.optimize.approx_fprime": ("x f epsilon", partial(_approximated, run)),
        "numdifftools.Gradient": ("fun", _gradient_at_points),
        "jax.grad": ("fun argnums", Differentiated),
        "autograd.grad": ("fun argnum", Differentiated),
        "autograd.elementwise_grad": ("fun argnum", _elementwise),
        **dict.fromkeys(of_walk["for_each_row"], ("fun", Mapped)),
        **dict.fromkeys(of_walk["compiling"], ("fun", lambda function: function)),
    }
    parameters, function = functions["numpy.meshgrid"]
    functions["numpy.meshgrid"] = (parameters, _moved(run, function))
    for name in vocabulary("whole_run")["gone_over_once"]:
        parameters, function = functions[name]
        functions[name] = (parameters, _once(function))
    return functions


def _once(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function whose items can be gone over once."""
    return lambda *given: OnePass(function(*given))


def _moved(run: "WholeRun", function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function whose grids are moved as the run is told."""

    def grid(*given: Any) -> list[Any]:
        pairs = zip(function(*given), run.change.moved, strict=True)
        return [each if not by else combined(ast.Add(), each, by) for each, by in pairs]

    return grid


def _elementwise(function: Any, place: Any) -> Differentiated:
    """`elementwise_grad`."""
    return Differentiated(function, place, is_elementwise=True)


def _slice_of(*bounds: Any) -> slice:
    """`slice`."""
    are_plain = all(bound is None or is_whole_number(bound) for bound in bounds)
    if not are_plain or not 1 <= len(bounds) <= 3 or bounds[2:] == (0,):
        raise NotFollowed
    return slice(*bounds)


def _side_by_side(*values: Any) -> list[Any]:
    """`zip`; there are as many axes to draw on as anything else."""
    lengths = [len(items_of(v)) for v in values if not isinstance(v, Drawing)]
    if not lengths:
        raise NotFollowed
    columns = [
        [v] * min(lengths) if isinstance(v, Drawing) else items_of(v) for v in values
    ]
    return list(zip(*columns, strict=False))


def _partial_of(arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Partial:
    """`functools.partial`."""
    if not arguments:
        raise Stops
    return Partial(arguments[0], arguments[1:], keywords)


def result_for_each_entry(
    run: "WholeRun",
    function: Any,
    arguments: Sequence[Any],
    keywords: Mapping[str, Any],
) -> Any:
    """Return what `np.vectorize` gives, whose first number decides on the kind."""
    results: list[Any] = []

    def call(*numbers: Any) -> Any:
        results.append(run.call(function, numbers, keywords))
        if not is_number(results[-1]):
            raise NotFollowed
        return results[-1]

    values = entry_by_entry(call, *arguments)
    if is_whole_number(results[0]) and not all(map(is_whole_number, results)):
        raise NotFollowed
    return values


def _approximated(run: "WholeRun", x: Any, function: Any, epsilon: Any) -> SmallArray:
    """`approx_fprime`, with a step for which it gives the slopes."""
    shortest, longest = vocabulary("whole_run")["usual_steps"]
    is_usual = is_number(epsilon) and shortest <= epsilon <= longest
    if epsilon is not None and not is_usual:
        raise NotFollowed
    return slopes_at(run, function, x)


def _gradient_at_points(function: Any) -> Partial:
    """`numdifftools.Gradient`."""
    return Partial(Library("scipy.optimize.approx_fprime"), [], {"f": function})


def slopes_along(
    run: "WholeRun", differentiated: Differentiated, arguments: Sequence[Any]
) -> Any:
    """Return the slope along one of several arguments, or those along some of them."""
    place = differentiated.place or 0
    if isinstance(place, tuple):
        each = [replace(differentiated, place=one) for one in place]
        return tuple(slopes_along(run, one, arguments) for one in each)
    if not is_whole_number(place) or not 0 <= place < len(arguments):
        raise NotFollowed
    are_followed = [_is_differentiable(x, differentiated) for x in arguments]
    if not all(are_followed):
        raise NotFollowed
    values = []
    for move in (STEP, -STEP):
        moved = [*arguments]
        moved[place] = combined(ast.Add(), moved[place], move)
        values.append(run.call(differentiated.function, moved, {}))
    rise = combined(ast.Sub(), *values)
    result = combined(ast.Div(), rise, 2 * STEP)
    if array_of(result).shape != array_of(arguments[place]).shape:
        raise NotFollowed
    run.note_own_call(None, [*arguments], result)
    return result


def _is_differentiable(value: Any, differentiated: Differentiated) -> bool:
    """Whether a library differentiates at this number, or at these."""
    if isinstance(value, SmallArray):
        return differentiated.is_elementwise and not value.is_whole
    return isinstance(value, float)


def slopes_at(run: "WholeRun", function: Any, x: Any) -> SmallArray:
    """Return the slopes of a function at one point, as libraries give them."""
    point = array_of(x, is_whole=False)
    if len(point.shape) != 1:
        raise NotFollowed
    slopes = []
    for k, entry in enumerate(point.entries()):
        values = []
        for move in (STEP, -STEP):
            moved = point.copied()
            moved.put(k, entry + move)
            values.append(only_number(run.call(function, [moved], {})))
        slopes.append((values[0] - values[1]) / (2 * STEP))
    result = array_of(slopes)
    run.note_own_call(None, [point], result.copied())
    return result
