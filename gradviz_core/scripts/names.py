"""Names: what a dotted name of a script means, by the script's imports.

`np.sin`, `numpy.sin`, `math.sin` and a bare `sin` behind `from numpy import *` are one
function. What a script does not import at all means what it usually does.
"""

import ast
from collections.abc import Iterable, Iterator

# What a fragment is likely to mean that does not import it.
USUAL = {
    "np": "numpy",
    "numpy": "numpy",
    "math": "math",
    "plt": "matplotlib.pyplot",
    "jnp": "numpy",
    "cp": "numpy",
    "torch": "numpy",
}

# Libraries whose names are those of NumPy, as far as a spelling goes.
LIKE_NUMPY = {"jax.numpy", "cupy", "torch", "autograd.numpy", "pylab"}
LIKE_NUMPY |= {"matplotlib.pylab"}

Imports = dict[str, str]  # from a name in the script to what it stands for


def imports_of(nodes: Iterable[ast.AST]) -> Imports:
    """Return what the names stand for that a script imports, anywhere in it."""
    imports: Imports = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    imports[alias.asname] = alias.name
                else:
                    top = alias.name.partition(".")[0]
                    imports[top] = top
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            for alias in node.names:
                if alias.name == "*":
                    imports[f"* {module}"] = module
                else:
                    imports[alias.asname or alias.name] = f"{module}.{alias.name}"
    return imports


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for a name or an attribute of one, else nothing."""
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

    Libraries like NumPy are called `numpy`. A name that is imported from nowhere comes
    back as it is.
    """
    name = dotted(node)
    if not name:
        return ""
    first, _, rest = name.partition(".")
    full = imports.get(first) or USUAL.get(first) or first
    if rest:
        full = f"{full}.{rest}"
    if ".np." in full:  # a module of the reader's own that imports NumPy: c.np.array
        return f"numpy.{full.rpartition('.np.')[2]}"
    for library in LIKE_NUMPY:
        if full.startswith(f"{library}."):
            return f"numpy{full[len(library) :]}"
    return full


def star_modules(imports: Imports) -> Iterator[str]:
    """Yield the modules of which everything is imported."""
    for name, module in imports.items():
        if name.startswith("* "):
            yield "numpy" if module in LIKE_NUMPY else module


def every_parameter_of(function: ast.FunctionDef | ast.Lambda) -> list[str]:
    """Return the names of all parameters of a function."""
    parameters = function.args
    others = [parameters.vararg, *parameters.kwonlyargs, parameters.kwarg]
    by_name = [argument.arg for argument in others if argument is not None]
    return parameters_of(function) + by_name


def parameters_of(function: ast.FunctionDef | ast.Lambda) -> list[str]:
    """Return the names of the parameters that are given by their places."""
    parameters = function.args
    return [argument.arg for argument in (*parameters.posonlyargs, *parameters.args)]


def takes_one_argument(function: ast.FunctionDef | ast.Lambda) -> bool:
    """Whether a function can be called with one argument, and is meant to be."""
    count = len(parameters_of(function))
    return count == 1 or count - len(function.args.defaults) == 1
