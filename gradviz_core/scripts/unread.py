"""Unread: the calls of gradient routines that were not followed to the end, and why.

Whether their results are right is unknown. A script that calls a routine, and has no
such call left, has been checked.
"""

import ast
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.arrays import (
    COLUMN,
    COORDINATES,
    ONE_POINT,
    POINTS,
    RANGE,
    RESHAPED,
    WHOLE,
    Array,
    AxisSlope,
    GradientCall,
    Number,
    has_too_few_digits,
)
from gradviz_core.scripts.names import (
    Imports,
    dotted,
    every_parameter_of,
    meaning,
    name_read,
)
from gradviz_core.scripts.plots import (
    IN_ORDER,
    SWAPPED,
    UNCLEAR_ORDER,
    is_drawn_unturned,
    order_of,
    order_of_axes,
    part_of_coordinate,
    plots_of,
)
from gradviz_core.scripts.routines import Routine, Routines
from gradviz_core.scripts.scopes import owners_of_names
from gradviz_core.scripts.source import Source, Unreadable, nodes_in
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
from gradviz_core.scripts.uses import Uses
from gradviz_core.scripts.values import FunctionNode
from gradviz_core.scripts.walk.observations import (
    AxisGradient,
    Differentiation,
    Observations,
    Quiver,
)
from gradviz_core.scripts.whole_runs import quivers_in
from gradviz_core.scripts.whole_runs.plots import name_called

# Nodes that assign a value to their own name.
NAMED = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.ExceptHandler

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
) -> list[Unreadable]:
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
    imports = script_routines.imports
    bodies = _nodes_not_followed(script_routines, observations)
    outside = [each for each in calls if each.call.node not in bodies]
    stopped = {each.call.node for each in calls if stop_at(each) is not None}
    explained = bodies | stopped | _calls_of_no_caller(outside, uses)
    open_calls = [each for each in calls if each.call.node not in explained]
    read_later = _arrays_read_later(observations, warnings)

    reasons = list(_missed_calls(source, script_routines, observations, bodies))
    if observations.quivers:
        reasons.extend(_missed_slopes(source, observations))
    reasons.extend(_arrows_on_turned_axes(source, observations))
    for differentiation in open_calls:
        code = _reason(differentiation, observations, script_routines)
        code = code or _reason_around(differentiation, read_later, uses)
        if code:
            line = differentiation.call.node.lineno
            reasons.append(Unreadable(code, line, differentiation.routine.name))
    if not reasons:
        reasons.extend(_arrows_of_other_looks(source, observations))
        if calls:
            reasons.extend(names_without_value(source, imports))
            may_hide_slopes = not stopped
        else:
            has_differences = any(differences_in(source, imports))
            may_hide_slopes = has_differences and not observations.heights
        if may_hide_slopes:
            reasons.extend(arrows_of_no_routine(source, observations))
            if not calls:
                reasons.extend(_arrows_of_no_plot(source))
    if calls:
        reasons.extend(_removed_names(source, imports))
    if (reasons or calls) and not observations.is_whole:
        reasons.append(Unreadable("too-long"))
    places = {(reason.line, reason.code): reason for reason in reasons}
    return [places[place] for place in sorted(places)]


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
) -> Iterator[Unreadable]:
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
            yield Unreadable("call", node.lineno, name)


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


def _missed_slopes(source: Source, observations: Observations) -> Iterator[Unreadable]:
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
            yield Unreadable("array", node.lineno, name)
        elif UNCLEAR_ORDER in orders.get(node, {UNCLEAR_ORDER}):
            yield Unreadable("result", node.lineno, name)
        elif not all(is_spacing_read(g, node in scaled) for g in gradients[node]):
            yield Unreadable("spacing", node.lineno, name)
    for node, is_called in observations.derivatives.items():
        if not is_called:
            yield Unreadable("call", node.lineno, source.text(node.func))


def arrows_of_no_routine(
    source: Source, observations: Observations
) -> Iterator[Unreadable]:
    """Yield the plots that the walk reached and that show no result of a routine.

    Plots that it did not reach may be right: code behind a guard, say.
    """
    for quiver in observations.quivers:
        if not any(
            isinstance(each, GradientCall | AxisSlope)
            for each in (*quiver.owners, *quiver.values)
        ):
            name = source.text(quiver.node.func)
            yield Unreadable("arrows", quiver.node.lineno, name)


def arrows_not_compared(source: Source) -> Iterator[Unreadable]:
    """Yield every plot in the text, reached or not: it was compared with nothing."""
    for node in quivers_in(source.nodes):
        yield Unreadable("arrows", node.lineno, source.text(node.func))


def negated_twice(source: Source, plots: Sequence[ast.Call]) -> list[Unreadable]:
    """Return the plots whose slopes get a second minus."""
    return [
        Unreadable("two-minuses", node.lineno, source.text(node.func)) for node in plots
    ]


def _arrows_of_no_plot(source: Source) -> Iterator[Unreadable]:
    """Yield where arrows are drawn one by one, or by another name of `quiver`."""
    words = vocabulary("walk")
    called = {node.func for node in source.nodes if isinstance(node, ast.Call)}
    for node in source.nodes:
        match node:
            case ast.For():
                parts = [each for each in nodes_in(node) if each in called]
                names = words["drawing_one"]
            case ast.Assign(value=ast.Attribute() as value):
                parts, names = [value], words["drawing"]
            case _:
                continue
        for part in parts:
            if isinstance(part, ast.Attribute) and part.attr in names:
                yield Unreadable("arrows", part.lineno, source.text(part))


def _arrows_on_turned_axes(
    source: Source, observations: Observations
) -> Iterator[Unreadable]:
    """Yield where arrows keep their angles, and some axes are turned round."""
    if not any(_turns_axes(node) for node in source.nodes):
        return
    for quiver in observations.quivers:
        names = {keyword.arg for keyword in quiver.node.keywords}
        name = source.text(quiver.node.func)
        if name.endswith("quiver") and "angles" not in names:
            yield Unreadable("turned-axes", quiver.node.lineno, name)


def _arrows_of_other_looks(
    source: Source, observations: Observations
) -> Iterator[Unreadable]:
    """Yield where arrows of slopes get angles of their own, or are changed later."""
    slopes = observations.heights or observations.differentiations
    if not slopes or not observations.quivers:
        return
    plots = {quiver.node for quiver in observations.quivers}
    changing = vocabulary("whole_run")["changing_a_plot"]
    for node in source.nodes:
        if node in plots and isinstance(node, ast.Call):
            if any(map(_may_set_angles, node.keywords)):
                yield Unreadable("arrows", node.lineno, source.text(node.func))
        elif isinstance(node, ast.Attribute) and node.attr in changing:
            yield Unreadable("arrows", node.lineno, source.text(node))


def _may_set_angles(keyword: ast.keyword) -> bool:
    """Whether an argument sets angles that are not those of the arrows."""
    if keyword.arg not in ("angles", None):
        return False
    value = getattr(keyword.value, "value", None)
    return value not in ("xy", "uv")


def _turns_axes(node: ast.AST) -> bool:
    """Whether a call draws the first row at the top, or turns an axis round."""
    words = vocabulary("findings")
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    if node.func.attr in words["turning_axes"]:
        return True
    origins = [keyword.value for keyword in node.keywords if keyword.arg == "origin"]
    is_upright = any(
        isinstance(origin, ast.Constant) and origin.value == "lower"
        for origin in origins
    )
    return node.func.attr in words["top_down"] and not is_upright


def differences_in(source: Source, imports: Imports) -> Iterator[ast.BinOp]:
    """Yield where slopes may be taken by hand: `f(x + h, y) - f(x - h, y)`."""
    not_of_script = {*imports, *vocabulary("names")["builtin"]}
    values: dict[str, str] = {}  # names, and the functions whose results they hold
    for node in source.nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                values[name] = _function_called(value)

    def function_behind(node: ast.expr) -> str:
        name = node.id if isinstance(node, ast.Name) else ""
        return _function_called(node) or values.get(name, "")

    for node in source.nodes:
        match node:
            case ast.BinOp(left=left, op=ast.Sub(), right=right):
                function = function_behind(left)
                owner = function.partition(".")[0]
                is_of_script = owner and owner not in not_of_script
                if is_of_script and function == function_behind(right):
                    yield node


def _function_called(node: ast.expr) -> str:
    """Return the name of the called function, empty if the node is not a call.

    `np.vectorize(f)(x)` and `np.apply_along_axis(f, 1, x)` call f.
    """
    if not isinstance(node, ast.Call):
        return ""
    full_name = dotted(node.func)
    handed_on = node.args if _is_calling(full_name) else []
    if isinstance(node.func, ast.Call):
        handed_on = node.func.args
    if handed_on and isinstance(handed_on[0], ast.Name):
        return handed_on[0].id
    return full_name


def _is_calling(full_name: str) -> bool:
    return full_name.rpartition(".")[2] in vocabulary("walk")["calling"]


def names_without_value(source: Source, imports: Imports) -> Iterator[Unreadable]:
    """Yield where a name is read that has no value, or that replaces a usual module.

    A fragment without imports is exempt: the lines above it may define what it reads.
    """
    has_all_of_another = any(name.startswith("* ") for name in imports)
    if not imports or has_all_of_another:
        return
    vocabulary_of_names = vocabulary("names")
    of_python = {*vocabulary_of_names["builtin"], *vocabulary_of_names["all_names"]}
    given = {*_names_given(source.nodes)}
    replaced = given & {*vocabulary_of_names["usual"]}
    has_value = {*imports, *given, *of_python} - replaced
    yield from _names_lost(source, of_python)
    for node in source.nodes:
        if not isinstance(node, ast.Name) or node.id in has_value:
            continue
        if not node.id.endswith("Error"):  # Python has many of these
            yield Unreadable("no-value", node.lineno, node.id)
        has_value.add(node.id)


def _names_lost(source: Source, of_python: Set[str]) -> Iterator[Unreadable]:
    """Yield where a name is read that has no value any more, or none yet.

    It was deleted, or belonged to an `except`; its first assignment in a function reads
    it; or a function of Python is called whose name got another value. Functions that
    are kept while a name takes value after value all read the last one.
    """
    owners = owners_of_names(source.tree)
    names = sorted(owners, key=lambda name: (name.lineno, name.col_offset))
    first_set = {
        (owners[name], name.id): name
        for name in reversed(names)
        if isinstance(name.ctx, ast.Store)
    }
    for node in source.nodes:
        for lost, line in _ends_of_names(node):
            later = [each for each in names if each.id == lost and each.lineno > line]
            if later and isinstance(later[0].ctx, ast.Load):
                yield Unreadable("no-value", later[0].lineno, lost)
        for name in _names_bound_late(node):
            yield Unreadable("no-value", name.lineno, name.id)
        for target, read in _names_read_in_setting(node):
            owner = owners[read]
            is_first = first_set.get((owner, read.id)) is target
            if not isinstance(owner, FunctionNode) or not is_first:
                continue
            if read.id not in every_parameter_of(owner):
                yield Unreadable("no-value", read.lineno, read.id)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called = node.func
            if called.id in of_python and (owners[called], called.id) in first_set:
                yield Unreadable("no-value", called.lineno, called.id)


def _ends_of_names(node: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the names that have no value behind a statement, and its last line."""
    line = getattr(node, "end_lineno", 0)
    if isinstance(node, ast.ExceptHandler) and node.name:
        yield node.name, line
    elif isinstance(node, ast.Delete):
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield target.id, line


def _names_bound_late(node: ast.AST) -> Iterator[ast.Name]:
    """Yield the names of a loop that functions read which are kept in a list.

    A function that is called in the same turn is not meant.
    """
    match node:
        case ast.ListComp(elt=kept, generators=generators):
            set_by_loop = [each.target for each in generators]
            functions = kept.elts if isinstance(kept, ast.Tuple) else [kept]
        case ast.For(target=target):
            set_by_loop = [target]
            functions = [
                argument
                for each in nodes_in(node)
                if isinstance(each, ast.Call) and name_called(each) == "append"
                for argument in each.args
            ]
        case _:
            return
    names = {each.id for target in set_by_loop for each in _names_in(target)}
    for function in functions:
        if isinstance(function, ast.Lambda):
            late = names.difference(every_parameter_of(function))
            yield from (each for each in _names_in(function.body) if each.id in late)


def _names_in(node: ast.AST) -> list[ast.Name]:
    return [each for each in nodes_in(node) if isinstance(each, ast.Name)]


def _names_read_in_setting(node: ast.AST) -> Iterator[tuple[ast.Name, ast.Name]]:
    """Yield the names that an assignment sets, each with where it is read before."""
    match node:
        case ast.AugAssign(target=ast.Name() as target):
            yield target, target
        case ast.Assign(targets=targets, value=value):
            read = _names_in(value)
            names = [each for each in targets if isinstance(each, ast.Name)]
            for name in names:
                yield from ((name, each) for each in read if each.id == name.id)


def _removed_names(source: Source, imports: Imports) -> Iterator[Unreadable]:
    """Yield where a name of NumPy is read that newer versions have removed."""
    for node in source.nodes:
        if isinstance(node, ast.Attribute):
            module, _, name = meaning(node, imports).rpartition(".")
            if module == "numpy" and name in vocabulary("names")["removed"]:
                yield Unreadable("removed", node.lineno, source.text(node))


def _names_given(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """Yield the names that a script assigns, other than by its first import."""
    imported: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, NAMED) and node.name:
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.asname or alias.name
                if imported.setdefault(name, alias.name) != alias.name:
                    yield name


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
        return "result" if differentiation.call.meets_grid else ""  # a tangent plane
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
    said = {step.array.made for step in observations.steps} - {None}
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
    is_seen = _is_seen_elsewhere(differentiation, read_later, uses)
    return "changed" if is_seen else ""


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
    return isinstance(node, ast.Name) and uses.is_changed_while_kept(node)


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


def is_wrongly_reshaped(
    differentiation: Differentiation, quivers: Sequence[Quiver]
) -> bool:
    """Whether a call needs points and gets coordinates in pairs of neighbours."""
    array = differentiation.argument
    if not isinstance(array, Array) or array.form != RESHAPED:
        return False
    routine = differentiation.routine
    if routine.takes != ROWS or not plots_of(differentiation.call, quivers):
        return False
    points = replace(differentiation, argument=replace(array, form=POINTS))
    return is_followed_to_plots(points, quivers) and not is_drawn_unturned(points)


def is_followed_to_plots(
    differentiation: Differentiation, quivers: Sequence[Quiver]
) -> bool:
    """Whether the order of the slopes is known in every plot of a result.

    For a result that has a finding, it is the order after the mend.
    """
    array = differentiation.argument
    call = differentiation.call
    assert isinstance(array, Array)
    part = part_of_coordinate(array)
    if array.form == POINTS and is_drawn_unturned(differentiation):
        part = "rows"
    if array.form == COORDINATES and differentiation.routine.takes == ROWS:
        part = "columns" if call.uses == {"columns"} else "rows"
        if array.is_moved or "elsewhere" in call.uses:
            return False
    return all(
        order_of(quiver, array, part) in (IN_ORDER, SWAPPED)
        for quiver in plots_of(call, quivers)
    )
