"""Reading: a script in, what there is to say of it out."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from gradviz_core.numerics.grid import Grid
from gradviz_core.scripts.arrays import Function
from gradviz_core.scripts.findings import Finding, Judge, grid_of
from gradviz_core.scripts.literals import number
from gradviz_core.scripts.names import imports_of, parameters_of, takes_one_argument
from gradviz_core.scripts.routines import Functions, read_routines
from gradviz_core.scripts.source import Source
from gradviz_core.scripts.spellings import FunctionReading, Speller
from gradviz_core.scripts.walk import HandedOn, Seen, Walker


@dataclass(frozen=True)
class Unread:
    """What could not be read, and why."""

    line: int
    reason: str


@dataclass
class Reading:
    """What a script was found to say.

    Attributes
    ----------
    source : Source
        The script.
    findings : list of Finding
        What is wrong in it, or worth knowing.
    functions : list of FunctionReading
        Every function of one argument.
    unread : list of Unread
        The functions handed to a routine that have no spelling, and why.
    grid : Grid or None
        Of the first call on a grid.
    step : float or None
        The routine's h.
    downhill : bool or None
        Whether the arrows are drawn with a minus sign.
    """

    source: Source
    findings: list[Finding] = field(default_factory=list)
    functions: list[FunctionReading] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    grid: Grid | None = None
    step: float | None = None
    downhill: bool | None = None


def read(text: str) -> Reading:
    """Read a script, and run nothing.

    Parameters
    ----------
    text : str
        Python 3. Commands of notebooks and prompts are passed over.

    Raises
    ------
    Unreadable
        If the text is no Python 3.

    Examples
    --------
    >>> script = '''
    ... def numerical_gradient(f, X):
    ...     grad = np.zeros_like(X)
    ...     for k, x in enumerate(X):
    ...         for i in range(x.size):
    ...             kept = x[i]
    ...             x[i] = kept + 1e-4
    ...             ahead = f(x)
    ...             x[i] = kept - 1e-4
    ...             grad[k, i] = (ahead - f(x)) / 2e-4
    ...             x[i] = kept
    ...     return grad
    ... X, Y = np.meshgrid(np.arange(-2, 2, 0.5), np.arange(-2, 2, 0.5))
    ... P = np.array([X.ravel(), Y.ravel()])
    ... grad = numerical_gradient(lambda x: x[0] * x[1], P)
    ... '''
    >>> [finding] = read(script).findings
    >>> finding.code, finding.severity, finding.fix
    ('layout', 'error', 'grad = numerical_gradient(lambda x: x[0] * x[1], P.T).T')
    """
    source = Source(text)
    imports = imports_of(source.nodes)
    functions = Functions(source.nodes)
    lambdas = dict(_named_lambdas(source.nodes))
    routines = read_routines(functions, imports)
    speller = Speller(
        source, imports, {**lambdas, **functions.by_name}, dict(_constants(source))
    )
    seen = Walker(imports, routines, functions.by_name).follow(source)
    judge = Judge(source, imports, routines, functions, seen)

    reading = Reading(source, findings=judge.findings())
    for name, node in _functions_of_one_argument(source.nodes, lambdas):
        reading.functions.append(speller.read(name, node))
    if not reading.functions:
        reading.functions.extend(_bare_formula(source.tree, speller))
    reading.unread.extend(_unread(seen, reading.functions))
    _describe_plot(reading, seen)
    return reading


def _named_lambdas(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, ast.Lambda]]:
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, node.value


def _constants(source: Source) -> Iterator[tuple[str, ast.expr]]:
    """Names that are given a number once, at the top of the script."""
    stored: dict[str, int] = {}
    for node in source.nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            stored[node.id] = stored.get(node.id, 0) + 1
    for statement in source.tree.body:
        if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
            continue
        [target] = statement.targets
        is_constant = isinstance(target, ast.Name) and stored[target.id] == 1
        if is_constant and number(statement.value) is not None:
            assert isinstance(target, ast.Name)
            yield target.id, statement.value


def _functions_of_one_argument(
    nodes: Iterable[ast.AST], lambdas: Mapping[str, ast.Lambda]
) -> Iterator[tuple[str, ast.FunctionDef | ast.Lambda]]:
    """Functions of one argument by their names, in the order of the lines."""
    found: list[tuple[str, ast.FunctionDef | ast.Lambda]] = []
    for node in nodes:
        if isinstance(node, ast.FunctionDef):
            found.append((node.name, node))
    found.extend(lambdas.items())
    for name, function in sorted(found, key=lambda pair: pair[1].lineno):
        arguments = function.args
        is_open = arguments.vararg or arguments.kwarg or arguments.kwonlyargs
        if not takes_one_argument(function) or is_open:
            continue
        if parameters_of(function)[0] != "self":
            yield name, function


def _bare_formula(tree: ast.Module, speller: Speller) -> Iterator[FunctionReading]:
    """The script itself, if it is an expression in x, or the body of a function."""
    if not tree.body:
        return
    last = tree.body[-1]
    if isinstance(last, ast.Return):
        reading = speller.read_body(tree.body)
    elif isinstance(last, ast.Expr) and len(tree.body) == 1:
        reading = speller.read_expression(last.value)
    else:
        return
    if reading.spelling is not None:
        yield reading


def _unread(seen: Seen, functions: list[FunctionReading]) -> Iterator[Unread]:
    """Functions that a routine differentiates, and that have no spelling."""
    handed = {
        handed.f.node.lineno
        for handed in seen.calls
        if isinstance(handed.f, Function)
        and handed.f.node is not None
        # What differentiates a function of one number needs no spelling.
        and handed.routine.adds_in_place
    }
    for function in functions:
        if function.spelling is None and function.line in handed:
            yield Unread(function.reason_line, function.reason)


def _describe_plot(reading: Reading, seen: Seen) -> None:
    """Say on which grid, with which h, and in which direction the arrows are drawn."""
    on_grid: list[HandedOn] = [
        handed for handed in seen.calls if grid_of(handed.argument) is not None
    ]
    calls = on_grid or seen.calls
    if not calls:
        return
    first = calls[0]
    reading.grid = grid_of(first.argument)
    reading.step = first.routine.step
    if seen.drawn:
        reading.downhill = seen.drawn[0].is_negative
