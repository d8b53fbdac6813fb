"""Unread: the calls of gradient routines that were not followed to the end, and why.

Whether their results are right is unknown. A script that calls a routine, and has no
such call left, has been checked.
"""

import ast
from collections.abc import Iterator, Sequence, Set

from gradviz_core.scripts.arrays import (
    COLUMN,
    COORDINATES,
    ONE_POINT,
    POINTS,
    RANGE,
    WHOLE,
    Array,
    AxisSlope,
    Number,
    OwnFunction,
    has_too_few_digits,
)
from gradviz_core.scripts.names import (
    Imports,
    name_read,
    parameters_of,
)
from gradviz_core.scripts.plots import (
    UNCLEAR_ORDER,
    is_arrow_turned,
    is_followed_to_plots,
    is_wrongly_reshaped,
    order_of_axes,
    plots_of,
)
from gradviz_core.scripts.routines import Routine, Routines
from gradviz_core.scripts.slopes_by_hand import slopes_by_hand
from gradviz_core.scripts.source import Source, nodes_in
from gradviz_core.scripts.spacings import is_spacing_read, scaled_calls
from gradviz_core.scripts.stopping import stop_at
from gradviz_core.scripts.trials import (
    COLUMNS,
    NUMBER,
    POINT,
    ROWS,
    SHORTEST_STEP,
    WHOLE_ARRAY,
)
from gradviz_core.scripts.unread_names import names_without_value, removed_names
from gradviz_core.scripts.unread_plots import (
    arrows_of_no_plot,
    arrows_of_no_routine,
    arrows_of_other_looks,
    arrows_on_turned_axes,
    differences_in,
)
from gradviz_core.scripts.unread_reasons import Unread
from gradviz_core.scripts.uses import Uses
from gradviz_core.scripts.walk.observations import (
    AxisGradient,
    Differentiation,
    Observations,
)

# The forms of arrays that are understood, by what a routine takes an array for.
FORMS = {
    ROWS: (COORDINATES, POINTS),
    COLUMNS: (COORDINATES, POINTS),
    WHOLE_ARRAY: (ONE_POINT, RANGE),
    POINT: (ONE_POINT, RANGE),
}


def unread_calls(
    source: Source,
    script_routines: Routines,
    observations: Observations,
    uses: Uses,
    warnings: Set[str],
) -> list[Unread]:
    """Return the calls of routines that were not followed, in line order.

    Parameters
    ----------
    source : Source
        The script.
    script_routines : Routines
        The routines that it defines, and those that it imports.
    observations : Observations
        What was observed in it.
    uses : Uses
        Where its names are read.
    warnings : set of str
        The codes of the warnings about it.
    """
    calls = observations.differentiations
    bodies = _nodes_not_followed(script_routines, observations)
    outside = [each for each in calls if each.call.node not in bodies]
    stopped = {each.call.node for each in calls if stop_at(each) is not None}
    explained = bodies | stopped | _calls_of_no_caller(outside, uses)
    open_calls = [each for each in calls if each.call.node not in explained]
    read_later = _arrays_read_later(observations, warnings)

    reasons = list(_missed_calls(source, script_routines, observations, bodies))
    if observations.quivers:
        reasons.extend(_missed_slopes(source, observations))
    reasons.extend(arrows_on_turned_axes(source, observations))
    for differentiation in open_calls:
        code = _reason(differentiation, observations, script_routines)
        code = code or _reason_around(differentiation, read_later, uses)
        code = code or _reason_in_loop(differentiation, observations, uses)
        if code:
            line = differentiation.call.node.lineno
            reasons.append(Unread(code, line, differentiation.routine.name))
    imports = script_routines.imports
    if not reasons and calls:
        reasons.extend(_gaps_beside_calls(source, imports, observations, stopped))
        reasons.extend(slopes_by_hand(script_routines, calls, uses.names_read))
    elif not reasons:
        reasons.extend(_gaps_without_calls(source, imports, observations))
    if calls:
        reasons.extend(removed_names(source, imports))
    if (reasons or calls) and not observations.is_whole:
        reasons.append(Unread("too-long"))
    places = {(reason.line, reason.code): reason for reason in reasons}
    return [places[place] for place in sorted(places)]


def _gaps_beside_calls(
    source: Source, imports: Imports, observations: Observations, stopped: set[ast.Call]
) -> Iterator[Unread]:
    """Yield what leaves a script open although each call of a routine was followed.

    Behind a call that stops the script, arrows are not drawn.
    """
    yield from arrows_of_other_looks(source, observations)
    yield from names_without_value(source, imports)
    if not stopped:
        yield from arrows_of_no_routine(source, observations)


def _gaps_without_calls(
    source: Source, imports: Imports, observations: Observations
) -> Iterator[Unread]:
    """Yield where a script that calls no routine may draw slopes of its own."""
    yield from arrows_of_other_looks(source, observations)
    has_differences = any(differences_in(source, imports))
    if has_differences and not observations.heights:
        yield from arrows_of_no_routine(source, observations)
        yield from arrows_of_no_plot(source)


def _nodes_not_followed(
    script_routines: Routines, observations: Observations
) -> set[ast.AST]:
    """Return all nodes in routines, and those that are never reached.

    Calls in a routine are known by what it takes.
    """
    functions = script_routines.own
    nodes = {node for function in functions for node in nodes_in(function)}
    for statement in observations.skipped:
        nodes.update(ast.walk(statement))
    return nodes


def _arrays_read_later(
    observations: Observations, warnings: Set[str]
) -> Set[ast.expr | None]:
    """Return where arrays are made that are changed, and read later by another name."""
    if "in-place" in warnings:
        return set()  # a finding says so
    return observations.changed & observations.read_later - {None}


def _missed_calls(
    source: Source,
    script_routines: Routines,
    observations: Observations,
    bodies: set[ast.AST],
) -> Iterator[Unread]:
    """Yield where a routine is named but the walk saw no call, as in a method."""
    own_names = {routine.name for routine in script_routines.own.values()}
    names = {*own_names, *script_routines.imported}
    followed = {each.call.node.func for each in observations.differentiations}
    aliased = {node.value for node in source.nodes if isinstance(node, ast.Assign)}
    for node in source.nodes:
        if node in bodies or node in followed:
            continue
        if not isinstance(node, ast.Name | ast.Attribute):
            continue
        name = name_read(node)
        is_followed = node in aliased and name in own_names
        if name in names and not is_followed:
            yield Unread("call", node.lineno, name)


def _calls_of_no_caller(calls: Sequence[Differentiation], uses: Uses) -> set[ast.Call]:
    """Return the calls whose array is a parameter of a function that is never called.

    An example is `tangent_line(f, x)` in the book's script, beside its plot: only a
    caller could say what x is. Such a call is not returned if the function draws
    arrows, or if the script has no other call.
    """
    of_no_caller = {
        each.call.node for each in calls if uses.is_of_no_caller(each.argument_node)
    }
    has_others = any(each.call.node not in of_no_caller for each in calls)
    return of_no_caller if has_others else set()


def _missed_slopes(source: Source, observations: Observations) -> Iterator[Unread]:
    """Yield where `np.gradient` or `jax.grad` is called but not followed to a plot."""
    orders: dict[ast.Call, set[str]] = {}  # the orders in the plots of each call
    for quiver in observations.quivers:
        for value in quiver.values:
            if isinstance(value, AxisSlope):
                orders.setdefault(value.call, set()).add(order_of_axes(quiver))
    scaled = scaled_calls(observations.quivers)
    gradients: dict[ast.Call, list[AxisGradient]] = {}
    for gradient in observations.axis_gradients:
        gradients.setdefault(gradient.node, []).append(gradient)
    for node, is_followed in observations.heights.items():
        name = source.text(node.func)
        if not is_followed:
            yield Unread("array", node.lineno, name)
        elif UNCLEAR_ORDER in orders.get(node, {UNCLEAR_ORDER}):
            yield Unread("result", node.lineno, name)
        elif not all(is_spacing_read(g, node in scaled) for g in gradients[node]):
            yield Unread("spacing", node.lineno, name)
    for node, is_called in observations.derivatives.items():
        if not is_called:
            yield Unread("call", node.lineno, source.text(node.func))


def _reason(
    differentiation: Differentiation,
    observations: Observations,
    script_routines: Routines,
) -> str:
    """Return why a call was not followed, empty if it was."""
    routine = differentiation.routine
    array = differentiation.argument
    if not routine.is_followed or _is_spoilt_by_rounding(routine, script_routines):
        return "routine"
    if isinstance(array, Number) and routine.takes == NUMBER:
        return ""
    if is_wrongly_reshaped(differentiation, observations.quivers):
        return ""  # a finding says so
    if not isinstance(array, Array) or not _is_form_known(routine, array):
        return "array"
    if routine.cuts_whole_numbers and array.kind == "":
        return "kind"
    if _may_be_too_short(routine, array):
        return "routine"
    if _may_be_cut(routine, array, observations):
        return "array"
    if array.form == ONE_POINT and array.mesh is not None:
        return "result"  # it is unknown how the slopes of all points are put together
    if array.form not in (POINTS, COORDINATES):
        is_plane = differentiation.call.meets_grid  # which touches at one point
        is_turned = is_arrow_turned(differentiation.call, observations.quivers)
        return "result" if is_plane or is_turned else ""
    if not is_followed_to_plots(differentiation, observations.quivers):
        return "result"
    if differentiation.call.has_two_minuses:
        return "two-minuses"
    wrong_forms = {ROWS: COORDINATES, COLUMNS: POINTS}
    is_wrong = array.form == wrong_forms.get(routine.takes)  # whether drawn or not
    is_drawn = bool(plots_of(differentiation.call, observations.quivers))
    return "" if is_drawn or is_wrong else "result"


def _may_be_too_short(routine: Routine, array: Array) -> bool:
    """Whether a step may vanish in low-precision numbers, and no finding says so.

    `x[0] + h` has as few digits as x, `x.astype(float)` enough: neither writes into x.
    """
    is_said = routine.cuts_whole_numbers or routine.is_of_library
    return not is_said and has_too_few_digits(array.kind, routine.step)


def _may_be_cut(routine: Routine, array: Array, observations: Observations) -> bool:
    """Whether whole numbers may truncate what they get, and no finding says so."""
    if array.kind != WHOLE or routine.cuts_whole_numbers:
        return False
    said = {each.made for each in observations.given_slopes} - {None}
    cut = {each.made for each in observations.maybe_cut}
    return array.made in cut - said


def _reason_around(
    differentiation: Differentiation, read_later: Set[ast.expr | None], uses: Uses
) -> str:
    """Return why the code around a call leaves its effect open, or nothing."""
    node = differentiation.call.node
    if uses.is_in_single_turn(node):
        return "single-turn"
    if uses.is_of_half_a_step(node, differentiation.argument_node):
        return "array"
    is_changed_by_f = _is_changed_by_f(differentiation, uses)
    is_seen = _is_seen_elsewhere(differentiation, read_later, uses)
    return "changed" if is_seen or is_changed_by_f else ""


def _reason_in_loop(
    differentiation: Differentiation, observations: Observations, uses: Uses
) -> str:
    """Return why the steps of a loop may not be those that are meant, or nothing."""
    call = differentiation.call.node
    array = differentiation.argument
    is_moved = isinstance(array, Array) and array.made in observations.changed
    code = uses.reason_of_same_steps(call, differentiation.argument_node, is_moved)
    if code:
        return code
    if uses.has_sum_never_read(call, differentiation.argument_node):
        return "unused"
    return "changed-slopes" if uses.is_result_changed_while_kept(call) else ""


def _is_changed_by_f(differentiation: Differentiation, uses: Uses) -> bool:
    """Whether f changes the point that a routine gives it: `x -= np.max(x)`."""
    f = differentiation.f
    if not isinstance(f, OwnFunction) or not parameters_of(f.node):
        return False
    parameter, *_ = parameters_of(f.node)
    return uses.is_changed_in(f.method or f.node, parameter)


def _is_seen_elsewhere(
    differentiation: Differentiation, read_later: Set[ast.expr | None], uses: Uses
) -> bool:
    """Whether a point is changed by its slopes where another name shows the change."""
    array = differentiation.argument
    node = differentiation.argument_node
    if not isinstance(array, Array) or array.form != ONE_POINT:
        return False
    if array.made in read_later:
        return True
    origin = differentiation.origin
    nodes = [node] if origin is None else [node, origin.argument_node]
    return any(map(uses.is_changed_while_kept, nodes))


def _is_spoilt_by_rounding(routine: Routine, script_routines: Routines) -> bool:
    """Whether a step is too short to judge a routine, and no finding says so."""
    if routine.step is None or routine.step >= SHORTEST_STEP:
        return False
    own = script_routines.own
    return not any(
        _is_step_said(own[function]) for function in routine.uses if function in own
    )


def _is_step_said(routine: Routine) -> bool:
    """Whether a finding says that a routine's own step is too short."""
    has_short_step = routine.step is not None and routine.step < SHORTEST_STEP
    return has_short_step and routine.step_node is not None


def _is_form_known(routine: Routine, array: Array) -> bool:
    """Whether the effect of a routine on an array of this form is known."""
    if array.form == COLUMN:
        return routine.misreads_columns  # a finding says so
    if routine.takes == ROWS and array.form in (ONE_POINT, RANGE):
        return routine.takes_one_point
    return array.form in FORMS.get(routine.takes, ())
