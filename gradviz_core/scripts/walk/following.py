"""Following: a whole script, from its first line to its last.

Nothing is run. A value keeps what `arrays` can say of it; what a branch or a loop
changes becomes unknown, unless both paths agree.
"""

import ast

from gradviz_core.scripts.arrays import OwnFunction
from gradviz_core.scripts.names import Imports
from gradviz_core.scripts.routines import Routines
from gradviz_core.scripts.source import Source
from gradviz_core.scripts.walk.branches import Names
from gradviz_core.scripts.walk.expressions import value_of
from gradviz_core.scripts.walk.observations import Observations
from gradviz_core.scripts.walk.outline import Outline
from gradviz_core.scripts.walk.own_calls import some_instance
from gradviz_core.scripts.walk.statements import follow_statement
from gradviz_core.scripts.walk.walk import Walk


def follow(source: Source, imports: Imports, routines: Routines) -> Observations:
    """Follow a script; return what it does that a rule may report."""
    outline = Outline(source, imports, routines.are_names_certain)
    walk = Walk(imports, routines, outline, follow_statement, value_of)
    names = Names()
    walk.statements(source.tree.body, names)
    # Another script may call a function that this one does not.
    for node in outline.functions:
        function = walk.plain_of(node)
        assert isinstance(function, ast.FunctionDef)
        if function not in walk.entered:
            _enter_uncalled(walk, function, names)
    return walk.observations


def _enter_uncalled(walk: Walk, node: ast.FunctionDef, names: Names) -> None:
    """Follow a function that has not been called; a method, on an object."""
    function = OwnFunction(node)
    owner = walk.objects.class_of(node)
    if owner is not None:
        instance = some_instance(walk, owner, names)
        function = walk.objects.bound(node, instance)
    walk.enter(function, Names(names), {})
