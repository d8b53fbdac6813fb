"""Unread names: where a script will stop, since a name has no value there."""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.literals import number
from gradviz_core.scripts.names import Imports, every_parameter_of, meaning
from gradviz_core.scripts.scopes import owners_of_names
from gradviz_core.scripts.source import Source, nodes_in
from gradviz_core.scripts.unread_reasons import Unread
from gradviz_core.scripts.values import FunctionNode
from gradviz_core.scripts.whole_runs.plots import name_called

# Nodes that assign a value to their own name.
NAMED = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.ExceptHandler


def names_without_value(source: Source, imports: Imports) -> Iterator[Unread]:
    """Yield where a name is read that has no value, or that replaces a usual module.

    A fragment without imports is exempt: the lines above it may define what it reads.
    """
    has_all_of_another = any(name.startswith("* ") for name in imports)
    if not imports or has_all_of_another:
        return
    vocabulary_of_names = vocabulary("names")
    of_python = {*vocabulary_of_names["builtin"], *vocabulary_of_names["all_names"]}
    owners = owners_of_names(source.tree)
    given = {*_names_given(_nodes_outside(source, owners))}
    replaced = given & {*vocabulary_of_names["usual"]}
    has_value = {*imports, *given, *of_python} - replaced
    yield from _names_lost(source, owners, of_python)
    for name in _arrays_not_filled(source, owners, imports):
        yield Unread("no-value", name.lineno, name.id)
    for node in source.nodes:
        if not isinstance(node, ast.Name) or node.id in has_value:
            continue
        if owners[node] is not source.tree:
            continue  # a name of the function itself
        if not node.id.endswith("Error"):  # Python has many of these
            yield Unread("no-value", node.lineno, node.id)
        has_value.add(node.id)


def _nodes_outside(source: Source, owners: Mapping[ast.Name, ast.AST]) -> list[ast.AST]:
    """Return all nodes but the names and parameters that belong to one function.

    Which names belong to an asynchronous function is not known.
    """
    is_async = any(isinstance(each, ast.AsyncFunctionDef) for each in source.nodes)
    return [
        node
        for node in source.nodes
        if (is_async or not isinstance(node, ast.arg))
        and (not isinstance(node, ast.Name) or owners[node] is source.tree)
    ]


def _names_lost(
    source: Source, owners: Mapping[ast.Name, ast.AST], of_python: Set[str]
) -> Iterator[Unread]:
    """Yield where a name is read that has no value any more, or none yet.

    It was deleted, or belonged to an `except`; its first assignment in a function reads
    it; or a function of Python is called whose name got another value. Functions that
    are kept while a name takes value after value all read the last one.
    """
    names = _in_order(owners)
    first_set = {
        (owners[name], name.id): name
        for name in reversed(names)
        if isinstance(name.ctx, ast.Store)
    }
    for node in source.nodes:
        for lost, line in _ends_of_names(node):
            later = [each for each in names if each.id == lost and each.lineno > line]
            if later and isinstance(later[0].ctx, ast.Load):
                yield Unread("no-value", later[0].lineno, lost)
        for name in _names_bound_late(node):
            yield Unread("no-value", name.lineno, name.id)
        for target, read in _names_read_in_setting(node):
            owner = owners[read]
            is_first = first_set.get((owner, read.id)) is target
            if not isinstance(owner, FunctionNode) or not is_first:
                continue
            if read.id not in every_parameter_of(owner):
                yield Unread("no-value", read.lineno, read.id)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called = node.func
            if called.id in of_python and (owners[called], called.id) in first_set:
                yield Unread("no-value", called.lineno, called.id)


def _in_order(names: Iterable[ast.Name]) -> list[ast.Name]:
    return sorted(names, key=lambda name: (name.lineno, name.col_offset))


def _arrays_not_filled(
    source: Source, owners: Mapping[ast.Name, ast.AST], imports: Imports
) -> Iterator[ast.Name]:
    """Yield arrays of `np.empty` that are read first, or have only one entry set.

    `v *= 0.9` and `v = 0.9 * v` read v.
    """
    made = [*_names_of_empty_arrays(source.nodes, imports)]
    places: dict[tuple[ast.AST, str], list[ast.Name]] = {
        (owners[name], name.id): [] for name in made
    }
    for name in _in_order(owners):
        if (owners[name], name.id) in places:
            places[owners[name], name.id].append(name)
    entries_set: dict[tuple[ast.AST, str], set[float | None]] = {}
    for node in source.nodes:
        for target, read in _names_read_in_setting(node):
            of_name = places.get((owners[target], target.id), [target])
            before = of_name[: of_name.index(target)]
            if before and before[-1] in made:
                yield read
        match node:
            case ast.Subscript(ast.Name() as array, index, ast.Store()):
                variable = (owners[array], array.id)
                entries_set.setdefault(variable, set()).add(number(index))
    for name in made:
        indices = entries_set.get((owners[name], name.id), set())
        if len(indices) == 1 and None not in indices:
            yield name


def _names_of_empty_arrays(
    nodes: Sequence[ast.AST], imports: Imports
) -> Iterator[ast.Name]:
    functions = vocabulary("routines")["not_filled"]
    for node in nodes:
        match node:
            case ast.Assign([ast.Name() as name], ast.Call(func)):
                if meaning(func, imports) in functions:
                    yield name


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


def removed_names(source: Source, imports: Imports) -> Iterator[Unread]:
    """Yield where a name of NumPy is read that newer versions have removed."""
    for node in source.nodes:
        if isinstance(node, ast.Attribute):
            module, _, name = meaning(node, imports).rpartition(".")
            if module == "numpy" and name in vocabulary("names")["removed"]:
                yield Unread("removed", node.lineno, source.text(node))


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
