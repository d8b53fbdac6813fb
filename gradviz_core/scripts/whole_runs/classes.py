"""Classes of a script: which ones a run follows, and how it makes their objects."""

import ast
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.interpreter import Interpreter
from gradviz_core.scripts.interpreter.statements import Ending, typed_assignment
from gradviz_core.scripts.script_classes import (
    Instance,
    ScriptClass,
    UnreadClass,
    attribute_of,
    fields_of_new,
)
from gradviz_core.scripts.values import Library, Scope

if TYPE_CHECKING:
    from gradviz_core.scripts.whole_runs.run import WholeRun

DATACLASS = Library("dataclasses.dataclass")


def define_class(run: "WholeRun", node: ast.ClassDef, scope: Scope) -> Ending:
    """Carry out a class statement; of most other classes nothing is known."""
    bases = [run.value(base, scope) for base in node.bases]
    decorators = [*map(_function_of_decorator, node.decorator_list)]
    values = [run.value(decorator, scope) for decorator in decorators]
    is_record = values == [DATACLASS]
    is_plain = not node.keywords and (is_record or not values)
    body = [each for each in node.body if not _is_docstring(each)]
    own_bases = [base for base in bases if isinstance(base, ScriptClass)]
    if is_plain and all(map(_is_plain_base, bases)) and len(own_bases) < 2:
        scope.own[node.name] = _class_of(run, body, own_bases, is_record, scope)
    else:
        scope.own[node.name] = UnreadClass()
    return None


def _class_of(
    run: "WholeRun",
    body: Sequence[ast.stmt],
    bases: Sequence[ScriptClass],
    is_record: bool,
    scope: Scope,
) -> ScriptClass | UnreadClass:
    """Return a class, unless there is more in it than values and methods."""
    words = vocabulary("whole_run")
    inside = Scope(scope)
    names: dict[str, Any] = {}
    fields: list[str] = []
    for base in bases:
        names.update(base.names)
        fields.extend(base.fields)
    if is_record:
        names.pop("__init__", None)  # it gets one of its own
    for statement in body:
        match statement:
            case ast.FunctionDef(name=name):
                # A method alone is no function of a point.
                inside.own[name] = Interpreter.closure(run, statement, scope)
            case ast.AnnAssign(target=ast.Name(id=name), annotation=kind):
                if not _names_in(kind).isdisjoint(words["unread_fields"]):
                    return UnreadClass()
                typed_assignment(run, statement, inside)
                if is_record:
                    fields.append(name)
            case ast.Assign(targets=[ast.Name()]):
                run.statements[ast.Assign](run, statement, inside)
            case ast.Pass():
                pass
            case _:
                return UnreadClass()
    special = {name for name in inside.own if name.startswith("__")}
    if not special <= {*words["followed_methods"]}:
        return UnreadClass()
    return ScriptClass(names | inside.own, tuple(dict.fromkeys(fields)))


def new_instance(
    run: "WholeRun",
    kind: ScriptClass,
    arguments: Sequence[Any],
    keywords: Mapping[str, Any],
) -> Instance:
    """Return a new object of a class."""
    if "__init__" in kind.names:
        made = Instance(kind, {})
        run.call(attribute_of(made, "__init__"), arguments, keywords)
        return made
    made = Instance(kind, fields_of_new(kind, arguments, keywords))
    if kind.fields and "__post_init__" in kind.names:
        run.call(attribute_of(made, "__post_init__"), [], {})
    return made


def _function_of_decorator(node: ast.expr) -> ast.expr:
    """Return the function of a decorator, whose arguments may be truth values."""
    if not isinstance(node, ast.Call) or node.args:
        return node
    flags = vocabulary("whole_run")["flags_of_classes"]
    are_flags = all(
        keyword.arg in flags and isinstance(keyword.value, ast.Constant)
        for keyword in node.keywords
    )
    return node.func if are_flags else node


def _is_plain_base(base: Any) -> bool:
    """Whether a base is another class of the script, or adds nothing of its own."""
    if isinstance(base, Library):
        return base.name in vocabulary("whole_run")["plain_bases"]
    return isinstance(base, ScriptClass)


def _names_in(node: ast.expr) -> set[str]:
    """Return the names in an expression, those of attributes included."""
    nodes = [*ast.walk(node)]
    names = {each.id for each in nodes if isinstance(each, ast.Name)}
    return names | {each.attr for each in nodes if isinstance(each, ast.Attribute)}


def _is_docstring(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Constant()):
            return True
    return False
