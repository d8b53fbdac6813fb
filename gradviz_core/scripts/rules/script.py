"""Script: all that a rule may ask about a script, and how it makes its findings."""

import ast
from collections.abc import Sequence
from functools import cache, cached_property

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.registry.words import ENGLISH, interface
from gradviz_core.scripts.arrays import Array
from gradviz_core.scripts.definitions import Definitions
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.names import Imports
from gradviz_core.scripts.plots import is_followed_to_plots
from gradviz_core.scripts.routines import Routine, Routines
from gradviz_core.scripts.source import Edit, Source, nodes_in
from gradviz_core.scripts.uses import Uses
from gradviz_core.scripts.walk.observations import Differentiation, Observations


class Script:
    """A script as a rule sees it.

    Parameters
    ----------
    source : Source
        Its text.
    imports : mapping
        What names stand for.
    routines : Routines
        Its gradient routines.
    definitions : Definitions
        Its functions.
    observations : Observations
        What it was seen to do.

    Attributes
    ----------
    uses : Uses
        How else the script uses what a mend would change.
    nodes_in : callable
        Returns a node and all below it. Several rules look at each function.
    names_in_body : callable
        Returns the names in the body of a function.
    """

    def __init__(
        self,
        source: Source,
        imports: Imports,
        routines: Routines,
        definitions: Definitions,
        observations: Observations,
    ) -> None:
        self.source = source
        self.imports = imports
        self.routines = routines
        self.definitions = definitions
        self.observations = observations
        self.uses = Uses(source, imports)
        self.nodes_in = cache(nodes_in)
        self.names_in_body = cache(_names_in_body)

    def finding(
        self,
        code: str,
        severity: str,
        node: ast.expr | ast.stmt,
        edits: Sequence[Edit] = (),
        form: str = "",
        **values: str,
    ) -> Finding:
        """Return a finding.

        Parameters
        ----------
        code, severity : str
            What it is, and how bad.
        node : ast.expr or ast.stmt
            What it is about.
        edits : sequence of Edit
            The edits that mend it, if they are certain.
        form : str
            The form of its message; by default, that of its severity.
        **values : str
            The named parts of its message.
        """
        form = form or severity
        if not self._can_be_mended(node, edits):
            edits = ()
        line, column = self.source.start(node)
        end_line = line
        fix = None
        if edits:
            starts = [(edit.line, edit.column) for edit in edits]
            line, column = min((line, column), *starts)
            end_line = max(end_line, *(edit.end_line for edit in edits))
            fix = self.source.mended(edits, line, end_line)
        words = interface(ENGLISH)["finding"][code]
        has_nothing_to_mend = severity == "note" and fix is None
        return Finding(
            code=code,
            severity=severity,
            line=line,
            column=column + 1,
            end_line=end_line,
            message=words[form].format(**values),
            values={"form": form, **values},
            fix=fix,
            advice=None if has_nothing_to_mend else words["fix"],
            url=words["url"].removeprefix("/"),
            edits=tuple(edits),
        )

    def _can_be_mended(self, node: ast.expr | ast.stmt, edits: Sequence[Edit]) -> bool:
        """Whether these edits make a mend that is right, and short enough to read."""
        if not edits or self.source.is_in_text(node):
            return False
        first = min(node.lineno, *(edit.line for edit in edits))
        last = max(node.lineno, *(edit.end_line for edit in edits))
        lines = self.source.lines[first - 1 : last]
        longest: int = vocabulary("findings")["longest_mend"]
        return sum(len(line) for line in lines) <= longest

    # Calls of routines

    def is_followed_to_plots(self, differentiation: Differentiation) -> bool:
        """Whether the order of the slopes is known in every plot of a result."""
        return is_followed_to_plots(differentiation, self.observations.quivers)

    def gets_several_forms(self, call: ast.Call) -> bool:
        """Whether a call gets arrays of different forms at different times."""
        return len(self._forms_by_call[call]) > 1

    @cached_property
    def _forms_by_call(self) -> dict[ast.Call, set[str]]:
        forms: dict[ast.Call, set[str]] = {}
        for differentiation in self.observations.differentiations:
            array = differentiation.argument
            form = array.form if isinstance(array, Array) else ""
            forms.setdefault(differentiation.call.node, set()).add(form)
        return forms

    def name_differentiated(
        self, function: ast.FunctionDef, call: ast.Call
    ) -> tuple[Routine, str] | None:
        """Return the routine that a function calls here, and the name of its array.

        Return None for any other call, and for one whose array is not a name.
        """
        routine = self.routines.called_in(function, call.func)
        if routine is None or routine.array_parameter >= len(call.args):
            return None
        argument = call.args[routine.array_parameter]
        return (routine, argument.id) if isinstance(argument, ast.Name) else None

    # Where things are in the script

    @cached_property
    def name_of_numpy(self) -> str:
        """The script's name for NumPy; empty if it does not import it."""
        names = [name for name, full in self.imports.items() if full == "numpy"]
        return names[0] if names else ""

    @cached_property
    def assigned_names(self) -> set[str]:
        """The names that are assigned anywhere."""
        return _names_set_among(self.source.nodes)

    @cached_property
    def loops(self) -> list[tuple[set[ast.AST], set[str]]]:
        """The nodes in each loop, and the names that are assigned there."""
        loops = []
        for loop in self.source.nodes:
            if isinstance(loop, ast.For | ast.While):
                inside = set(nodes_in(loop))
                loops.append((inside, _names_set_among(inside)))
        return loops

    @cached_property
    def transposes(self) -> dict[ast.expr, ast.Attribute]:
        """Each `….T`, by the expression before the .T."""
        return {
            node.value: node
            for node in self.source.nodes
            if isinstance(node, ast.Attribute) and node.attr == "T"
        }

    @cached_property
    def targets_by_call(self) -> dict[ast.expr, list[ast.expr]]:
        """The targets that the result of each call is assigned to."""
        return {
            node.value: node.targets
            for node in self.source.nodes
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        }

    @cached_property
    def lengthened_names(self) -> set[str]:
        """The names that `name += …` changes, which makes a list longer."""
        return {
            node.target.id
            for node in self.source.nodes
            if isinstance(node, ast.AugAssign)
            and isinstance(node.op, ast.Add)
            and isinstance(node.target, ast.Name)
        }

    @cached_property
    def names_written_by_entry(self) -> set[str]:
        """The names whose entries `name[i] = …` changes, outside of routines."""
        bodies = {node for each in self.routines.own for node in ast.walk(each)}
        return {
            target.value.id
            for node in self.source.nodes
            if isinstance(node, ast.Assign | ast.AugAssign) and node not in bodies
            for target in targets_of(node)
            if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name)
        }

    @cached_property
    def places_of_names(self) -> dict[tuple[ast.AST, str], list[tuple[int, bool]]]:
        """The lines with each name of each function, and whether it is read there."""
        places: dict[tuple[ast.AST, str], list[tuple[int, bool]]] = {}
        for name, owner in self.uses.owners.items():
            is_read = isinstance(name.ctx, ast.Load)
            places.setdefault((owner, name.id), []).append((name.lineno, is_read))
        return places


def targets_of(node: ast.Assign | ast.AugAssign) -> list[ast.expr]:
    """Return the targets of an assignment."""
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def _names_in_body(function: ast.FunctionDef | ast.Lambda) -> set[str]:
    body = function.body if isinstance(function.body, list) else [function.body]
    return {
        node.id
        for part in body
        for node in nodes_in(part)
        if isinstance(node, ast.Name)
    }


def _names_set_among(nodes: Sequence[ast.AST] | set[ast.AST]) -> set[str]:
    return {
        node.id
        for node in nodes
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
