"""Names: what a dotted name of a script means, by the script's imports.

`np.sin`, `numpy.sin`, `torch.sin` and a bare `sin` after `from numpy import *` are one
function, and `math.sin` is another. A name that a script never imports, such as the
`np` of a fragment, has its usual meaning.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence

from gradviz_core.registry.vocabulary import vocabulary

Imports = dict[str, str]  # from a name in the script to the full name it stands for


def imports_of(nodes: Iterable[ast.AST]) -> Imports:
    """Return what each name stands for that is imported anywhere in a script."""
    return dict(_names_imported(nodes))


def unsettled_imports(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the names that a script imports from more than one place.

    That happens where `except ImportError` replaces a missing module. A module of the
    book counts as one place, whichever folder it is in.
    """
    first: Imports = {}
    unsettled = set()
    for name, full in _names_imported(nodes):
        before = first.setdefault(name, full)
        if full.split(".")[-2:] != before.split(".")[-2:]:
            unsettled.add(name)
    return unsettled


def _names_imported(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """Yield each imported name and what it stands for, once for each import."""
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                yield (alias.asname, alias.name) if alias.asname else (top, top)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            for alias in node.names:
                if alias.name == "*":
                    yield f"* {module}", module
                else:
                    yield alias.asname or alias.name, f"{module}.{alias.name}"


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for a name or an attribute of one, else an empty text."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    parts.append(node.id)
    return ".".join(reversed(parts))


def meaning(node: ast.expr, imports: Imports) -> str:
    """Return the full name of what a name or an attribute stands for.

    Libraries like NumPy are called `numpy`. A name never imported is returned as is.
    """
    name = dotted(node)
    if not name:
        return ""
    first, _, rest = name.partition(".")
    names = vocabulary("names")
    full: str = imports.get(first) or names["usual"].get(first) or first
    is_of_star = name in names["by_star"] and name not in imports
    if is_of_star and _has_all_of_numpy(imports):
        return f"numpy.{name}"
    if rest:
        full = f"{full}.{rest}"
    if ".np." in full:  # a module of the reader's own that imports NumPy: c.np.array
        return f"numpy.{full.rpartition('.np.')[2]}"
    for library in names["like_numpy"]:
        if full.startswith(f"{library}."):
            return f"numpy{full[len(library) :]}"
    return full


def _has_all_of_numpy(imports: Imports) -> bool:
    libraries = {"numpy", *vocabulary("names")["like_numpy"]}
    return any(f"* {library}" in imports for library in libraries)


def is_float_type(node: ast.expr, imports: Imports) -> bool:
    """Whether this names float64."""
    if isinstance(node, ast.Constant):
        return node.value in vocabulary("types")["float_texts"]
    return meaning(node, imports) in vocabulary("types")["float"]


def has_starred(call: ast.Call) -> bool:
    """Whether a call has an argument of the form `*values`."""
    return any(isinstance(argument, ast.Starred) for argument in call.args)


def every_parameter_of(function: ast.FunctionDef | ast.Lambda) -> list[str]:
    """Return the names of all parameters of a function."""
    parameters = function.args
    others = [parameters.vararg, *parameters.kwonlyargs, parameters.kwarg]
    by_name = [argument.arg for argument in others if argument is not None]
    return parameters_of(function) + by_name


def parameters_of(function: ast.FunctionDef | ast.Lambda) -> list[str]:
    """Return the names of the positional parameters of a function."""
    parameters = function.args
    return [argument.arg for argument in (*parameters.posonlyargs, *parameters.args)]


def can_set_names_unseen(nodes: Sequence[ast.AST], imports: Imports) -> bool:
    """Whether names of a script may change in ways that its text does not show.

    They may after `exec` or `globals()[name] = …`, and where the code of a function
    or a function of NumPy is replaced. Looking into `globals()` changes nothing.
    """
    compared = {
        operand
        for node in nodes
        if isinstance(node, ast.Compare)
        for operand in node.comparators
    }
    return any(_can_set_names(node, imports) for node in nodes if node not in compared)


def _can_set_names(node: ast.AST, imports: Imports) -> bool:
    names = vocabulary("names")
    if isinstance(node, ast.Call):
        function = dotted(node.func)
        return function == "exec" or (function in names["all_names"] and not node.args)
    if isinstance(node, ast.Assign):
        return any(
            isinstance(target, ast.Attribute)
            and (
                target.attr in names["function_parts"]
                or meaning(target, imports).startswith("numpy.")
            )
            for target in node.targets
        )
    return isinstance(node, ast.Attribute) and dotted(node) == "sys.modules"


def name_read(node: ast.AST) -> str:
    """Return the name of the variable or attribute that is read here."""
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return node.id
    return ""
