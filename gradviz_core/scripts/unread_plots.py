"""Unread plots: arrows of which nobody knows whether they are those of a gradient."""

import ast
from collections.abc import Iterator, Sequence

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.arrays import AxisSlope, GradientCall
from gradviz_core.scripts.names import Imports, dotted
from gradviz_core.scripts.source import Source, nodes_in
from gradviz_core.scripts.unread_reasons import Unread
from gradviz_core.scripts.walk.observations import Observations
from gradviz_core.scripts.whole_runs import quivers_in


def arrows_of_no_routine(
    source: Source, observations: Observations
) -> Iterator[Unread]:
    """Yield the plots that the walk reached and that show no result of a routine.

    Plots that it did not reach may be right: code behind a guard, say.
    """
    for quiver in observations.quivers:
        if not any(
            isinstance(each, GradientCall | AxisSlope)
            for each in (*quiver.owners, *quiver.values)
        ):
            name = source.text(quiver.node.func)
            yield Unread("arrows", quiver.node.lineno, name)


def arrows_not_compared(source: Source) -> Iterator[Unread]:
    """Yield every plot in the text, reached or not: it was compared with nothing."""
    for node in quivers_in(source.nodes):
        yield Unread("arrows", node.lineno, source.text(node.func))


def negated_twice(source: Source, plots: Sequence[ast.Call]) -> list[Unread]:
    """Return the plots whose slopes get a second minus."""
    return [
        Unread("two-minuses", node.lineno, source.text(node.func)) for node in plots
    ]


def arrows_of_no_plot(source: Source) -> Iterator[Unread]:
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
                yield Unread("arrows", part.lineno, source.text(part))


def arrows_on_turned_axes(
    source: Source, observations: Observations
) -> Iterator[Unread]:
    """Yield where arrows keep their angles, and some axes are turned round."""
    if not any(_turns_axes(node) for node in source.nodes):
        return
    for quiver in observations.quivers:
        names = {keyword.arg for keyword in quiver.node.keywords}
        name = source.text(quiver.node.func)
        if name.endswith("quiver") and "angles" not in names:
            yield Unread("turned-axes", quiver.node.lineno, name)


def arrows_of_other_looks(
    source: Source, observations: Observations
) -> Iterator[Unread]:
    """Yield where arrows of slopes get angles of their own, or are changed later."""
    slopes = observations.heights or observations.differentiations
    if not slopes or not observations.quivers:
        return
    plots = {quiver.node for quiver in observations.quivers}
    changing = vocabulary("whole_run")["changing_a_plot"]
    for node in source.nodes:
        if node in plots and isinstance(node, ast.Call):
            if any(map(_may_set_angles, node.keywords)):
                yield Unread("arrows", node.lineno, source.text(node.func))
        elif isinstance(node, ast.Attribute) and node.attr in changing:
            yield Unread("arrows", node.lineno, source.text(node))


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
