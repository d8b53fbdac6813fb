"""Findings: what is wrong in a script, or could be, and the line that mends it.

One rule a method. A rule reports nothing where it does not know: a right script must
not be called wrong. How bad a finding is, it says honestly: an `error` if the result is
wrong, or right by luck of this f; a `warning` if it is right until an array is used
again; else a `note`.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import pairwise

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.registry.words import ENGLISH, interface
from gradviz_core.scripts import trials
from gradviz_core.scripts.arrays import (
    COLUMN,
    COORDINATES,
    POINTS,
    SHEETS,
    WHOLE,
    Array,
    AxisSlope,
    Function,
    Items,
    Number,
    Range,
    SlopesPart,
)
from gradviz_core.scripts.definitions import Definitions
from gradviz_core.scripts.grid_rules import factors_of_slopes, findings_of_grids
from gradviz_core.scripts.literals import plain_text
from gradviz_core.scripts.names import (
    Imports,
    has_starred,
    meaning,
    parameters_of,
)
from gradviz_core.scripts.plots import (
    SWAPPED,
    is_at_points,
    is_drawn_unturned,
    order_of,
    order_of_axes,
    plots_of,
)
from gradviz_core.scripts.routines import Routine, Routines, Slip
from gradviz_core.scripts.source import Edit, Source, nodes_in
from gradviz_core.scripts.stopping import stop_at
from gradviz_core.scripts.unread import is_followed_to_plots, is_wrongly_reshaped
from gradviz_core.scripts.uses import Uses
from gradviz_core.scripts.walk.observations import (
    Differentiation,
    Observations,
    PassedArgument,
    Quiver,
)

# What becomes a float if a point and a zero are put behind it.
WHOLE_NUMBER = re.compile(r"-?[0-9]+")


@dataclass(frozen=True, eq=False)
class Finding:
    """Something wrong in a script, or a thing to know.

    Attributes
    ----------
    code : str
        What kind of finding it is.
    severity : str
        error, warning or note.
    line, column, end_line : int
        Where, counted from 1. The mend replaces the lines from `line` to `end_line`.
    message : str
        What is wrong, in English.
    values : dict of str
        The parts of the message by name, and `form`, which of its forms it has.
    fix : str or None
        The mended lines; None where no mend is certain.
    how : str or None
        How it is mended, in words; None in a note that has no mend.
    url : str
        The page that explains it, relative to the site.
    edits : tuple of Edit
        What mends it alone, as changes of the text: `fix` holds the mends of other
        findings in the same lines, too.
    """

    code: str
    severity: str
    line: int
    column: int
    end_line: int
    message: str
    values: Mapping[str, str]
    fix: str | None
    how: str | None
    url: str
    edits: tuple[Edit, ...] = field(default=(), repr=False)


class Rules:
    """The rules, held against one script and what was observed in it."""

    def __init__(
        self,
        source: Source,
        imports: Imports,
        script_routines: Routines,
        definitions: Definitions,
        observations: Observations,
    ) -> None:
        self.source = source
        self.imports = imports
        self.routines = script_routines
        self.definitions = definitions
        self.observations = observations
        self.uses = Uses(source, imports)
        self.nodes_in = cache(nodes_in)  # each function is looked at by several rules
        self._names_in_functions: dict[ast.FunctionDef | ast.Lambda, set[str]] = {}

    def findings(self) -> list[Finding]:
        """Return all findings in the order of their lines, each once."""
        findings = [
            *self._calls(),
            *self._stops(),
            *self._steps(),
            *self._slips(),
            *self._in_place(),
            *self._histories(),
            *self._tangents(),
            *self._axis_orders(),
            *findings_of_grids(self),
            *self._swapped_components(),
            *self._angles(),
        ]
        worst: dict[tuple[str, int, int], Finding] = {}
        for finding in findings:
            place = (finding.code, finding.line, finding.column)
            before = worst.get(place)
            if before is None or _badness(finding) < _badness(before):
                worst[place] = finding
        reported = [
            finding
            for finding in worst.values()
            if not self.source.is_ignored(finding.line, finding.end_line, finding.code)
        ]
        reported.sort(key=lambda finding: (finding.line, finding.column))
        return self._with_joint_mends(reported)

    def _with_joint_mends(self, findings: Sequence[Finding]) -> list[Finding]:
        """Give findings whose mends touch the same lines one mend, that of them all."""
        mended = [finding for finding in findings if finding.edits]
        joint: dict[Finding, Finding] = {}
        while mended:
            group = [mended.pop(0)]
            last = group[0].end_line
            while mended and mended[0].line <= last:
                group.append(mended.pop(0))
                last = max(last, group[-1].end_line)
            if len(group) > 1:
                joint.update(self._with_one_mend(group))
        return [joint.get(finding, finding) for finding in findings]

    def _with_one_mend(self, group: Sequence[Finding]) -> dict[Finding, Finding]:
        """Return each finding of a group with the mend of all of them."""
        edits = _edits_of_all(group)
        line = group[0].line
        end_line = max(finding.end_line for finding in group)
        if _overlap(edits):
            return {finding: _without_mend(finding) for finding in group}
        fix = self.source.mended(edits, line, end_line)
        return {
            finding: replace(finding, line=line, end_line=end_line, fix=fix)
            for finding in group
        }

    def finding(
        self,
        code: str,
        severity: str,
        node: ast.expr | ast.stmt,
        edits: Sequence[Edit] = (),
        form: str = "",
        **values: str,
    ) -> Finding:
        """Return a finding at a node, in its words, and mended by these edits."""
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
            how=None if has_nothing_to_mend else words["fix"],
            url=words["url"].removeprefix("/"),
            edits=tuple(edits),
        )

    def _can_be_mended(self, node: ast.expr | ast.stmt, edits: Sequence[Edit]) -> bool:
        """Whether a mend of these edits would be right, and short enough to be read."""
        if not edits or self.source.is_in_text(node):
            return False
        first = min(node.lineno, *(edit.line for edit in edits))
        last = max(node.lineno, *(edit.end_line for edit in edits))
        lines = self.source.lines[first - 1 : last]
        longest: int = vocabulary("findings")["longest_mend"]
        return sum(len(line) for line in lines) <= longest

    def insertion(self, node: ast.expr | ast.stmt, text: str) -> Edit:
        """Insert a text behind a node."""
        line, column = self.source.end(node)
        return Edit(line, column, line, column, text)

    def insertion_in_call(self, argument: ast.expr, call: ast.Call, text: str) -> Edit:
        """Insert further arguments behind one of a call."""
        line, column = self.source.end_within(argument, call)
        return Edit(line, column, line, column, text)

    def appended(self, node: ast.expr, text: str) -> list[Edit]:
        """Append an attribute to an expression, in parentheses if it needs them."""
        if type(node).__name__ in vocabulary("findings")["atoms"]:
            return [self.insertion(node, text)]
        line, column = self.source.start(node)
        return [
            Edit(line, column, line, column, "("),
            self.insertion(node, f"){text}"),
        ]

    # Calls of a routine

    def _calls(self) -> Iterator[Finding]:
        for differentiation in self.observations.differentiations:
            array = differentiation.argument
            if isinstance(array, Array):
                if array.form == COORDINATES:
                    yield from self._layout(differentiation)
                elif array.form == POINTS:
                    yield from self._half_fix_outside(differentiation)
                    yield from self._transposed_points(differentiation)
                elif is_wrongly_reshaped(differentiation, self.observations.quivers):
                    yield self._reshape(differentiation)
                elif array.form == COLUMN:
                    yield from self._column_vector(differentiation)
                yield from self._kind_of_numbers(differentiation, array)
            if self._looks_like_coordinates(differentiation.argument_node):
                yield from self._layout_of_fragment(differentiation)
            yield from self._ignored_argument(differentiation)

    def _layout(self, differentiation: Differentiation) -> Iterator[Finding]:
        """One coordinate per row, for a routine that takes rows for points."""
        routine = differentiation.routine
        call = differentiation.call
        words = {"routine": routine.name}
        if not routine.is_followed:
            if not routine.is_of_library:
                yield self.finding("layout", "note", call.node, (), **words)
            return
        if routine.takes != trials.ROWS:
            return
        if not self._is_followed_to_plots(differentiation):
            yield self.finding("layout", "note", call.node, (), **words)
            return
        if differentiation.is_one_by_one or len(self._forms_at[call.node]) > 1:
            yield self.finding("layout", "error", call.node, (), **words)
            return
        is_turned = differentiation.is_turned_at_once
        edits = self.appended(differentiation.argument_node, ".T")
        if is_turned and call.uses != {"rows"}:
            yield self.finding("half-fix", "error", call.node, edits, "inside", **words)
            return
        if is_turned:
            edits = []  # the result is taken apart in yet another way
        elif call.uses != {"columns"}:
            edits.append(self.insertion(call.node, ".T"))
        yield self.finding("layout", "error", call.node, edits, **words)

    def _is_followed_to_plots(self, differentiation: Differentiation) -> bool:
        return is_followed_to_plots(differentiation, self.observations.quivers)

    @cached_property
    def _forms_at(self) -> dict[ast.Call, set[str]]:
        """The forms of the arrays that a call gets, one time and another."""
        forms: dict[ast.Call, set[str]] = {}
        for differentiation in self.observations.differentiations:
            array = differentiation.argument
            form = array.form if isinstance(array, Array) else ""
            forms.setdefault(differentiation.call.node, set()).add(form)
        return forms

    def _layout_of_fragment(
        self, differentiation: Differentiation
    ) -> Iterator[Finding]:
        """An array of X and Y, which are likely to be what they are in the book."""
        routine = differentiation.routine
        if routine.takes in (trials.ROWS, trials.UNCLEAR):
            form = "fragment" if routine.is_followed else "note"
            node = differentiation.call.node
            yield self.finding("layout", "note", node, (), form, routine=routine.name)

    def _half_fix_outside(self, differentiation: Differentiation) -> Iterator[Finding]:
        """Points by row, and a result whose rows are drawn as coordinates."""
        routine = differentiation.routine
        call = differentiation.call
        array = differentiation.argument
        if routine.takes != trials.ROWS or len(self._forms_at[call.node]) > 1:
            return
        if not is_drawn_unturned(differentiation):
            return
        assert isinstance(array, Array)
        plots = plots_of(call, self.observations.quivers)
        are_at_points = all(is_at_points(quiver, array) for quiver in plots)
        can_be_mended = are_at_points and not differentiation.is_one_by_one
        can_be_mended = can_be_mended and self.uses.are_of_coordinates(call.node)
        edits = [self.insertion(call.node, ".T")] if can_be_mended else []
        yield self.finding(
            "half-fix", "error", call.node, edits, "outside", routine=routine.name
        )

    def _transposed_points(self, differentiation: Differentiation) -> Iterator[Finding]:
        """Points by row, for a routine that takes one coordinate a row."""
        routine = differentiation.routine
        call = differentiation.call
        if routine.takes != trials.COLUMNS or call.uses != {"columns"}:
            return
        if not self._is_followed_to_plots(differentiation):
            return
        edits = []
        if len(self._forms_at[call.node]) == 1:
            edits += self._turned(differentiation.argument_node)
            edits += self._turned(self._with_transpose.get(call.node, call.node))
        words = {"routine": routine.name}
        yield self.finding("transposed-points", "error", call.node, edits, **words)

    def _turned(self, node: ast.expr) -> list[Edit]:
        """Take away the .T behind an expression, or put one there."""
        if not isinstance(node, ast.Attribute) or node.attr != "T":
            return self.appended(node, ".T")
        return [self.replacement_behind(node.value, node, "")]

    @cached_property
    def _with_transpose(self) -> dict[ast.expr, ast.Attribute]:
        """What stands as `….T` in the script, by what is before the .T."""
        return {
            node.value: node
            for node in self.source.nodes
            if isinstance(node, ast.Attribute) and node.attr == "T"
        }

    def _reshape(self, differentiation: Differentiation) -> Finding:
        """`reshape(-1, 2)`, where rows and columns are to be exchanged."""
        array = differentiation.argument
        assert isinstance(array, Array)
        call = differentiation.call.node
        node = array.made
        is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        edits = []
        if is_method and len(self._forms_at[call]) == 1:
            assert isinstance(node, ast.Call)
            assert isinstance(node.func, ast.Attribute)
            edits = [self.replacement_behind(node.func.value, node, ".T")]
        words = {"routine": differentiation.routine.name}
        return self.finding("reshape", "error", node or call, edits, **words)

    def _column_vector(self, differentiation: Differentiation) -> Iterator[Finding]:
        """A column, for a routine that keeps a view of the entry it moves."""
        routine = differentiation.routine
        if routine.misreads_columns:
            edits = self.appended(differentiation.argument_node, ".ravel()")
            node = differentiation.call.node
            yield self.finding(
                "column-vector", "error", node, edits, routine=routine.name
            )

    def _kind_of_numbers(
        self, differentiation: Differentiation, array: Array
    ) -> Iterator[Finding]:
        """Whole numbers, or too few digits, for a routine that adds h in place."""
        routine = differentiation.routine
        if not routine.cuts_whole_numbers:
            return
        call = differentiation.call.node
        is_of_grid = array.form in (COORDINATES, POINTS)
        if is_of_grid and not self._is_followed_to_plots(differentiation):
            routine = replace(routine, is_followed=False)
        if array.kind == WHOLE:
            yield self._whole_numbers(array, routine, call, "error")
        elif routine.is_followed and _has_too_few_digits(array.kind, routine.step):
            node = differentiation.argument_node
            if differentiation.origin is not None:
                node = differentiation.origin.argument_node
                call = differentiation.origin.node
            edits = self.appended(node, ".astype(float)")
            words = {"routine": routine.name, "kind": array.kind}
            yield self.finding("low-precision", "error", call, edits, **words)

    def _steps(self) -> Iterator[Finding]:
        """Slopes that are written into an array of whole numbers."""
        written = {step.array.made for step in self.observations.steps} - {None}
        for differentiation in self.observations.differentiations:
            array = differentiation.argument
            if not isinstance(array, Array) or array.made not in written:
                continue
            if array.kind == WHOLE:
                routine = differentiation.routine
                call = differentiation.call.node
                yield self._whole_numbers(array, routine, call, "descent")

    def _whole_numbers(
        self,
        array: Array,
        routine: Routine,
        node: ast.expr,
        form: str,
    ) -> Finding:
        """Whole numbers, mended where they are made: there the mend lasts."""
        words = {"routine": routine.name}
        if not routine.is_followed:
            return self.finding("integer", "note", array.made or node, (), **words)
        if array.made is None:
            return self.finding("integer", "error", node, (), form, **words)
        calls = {each.call.node for each in self.observations.differentiations}
        may_be_floats = self.uses.may_be_floats(array.made, calls)
        edits = self._as_floats(array.made) if may_be_floats else []
        return self.finding("integer", "error", array.made, edits, form, **words)

    def _as_floats(self, node: ast.expr) -> list[Edit]:
        """Let an expression make floats: by its type, its numbers, or a conversion."""
        named = self._named_type(node)
        if named is not None:
            return [self.replacement(named, "float")]
        if isinstance(node, ast.Call) and node.args:
            numbers = _leaves(node.args[0])
            if numbers and all(
                WHOLE_NUMBER.fullmatch(self.source.text(element)) for element in numbers
            ):
                return [self.insertion(element, ".0") for element in numbers]
        return self.appended(node, ".astype(float)")

    def _named_type(self, node: ast.expr) -> ast.expr | None:
        """Return the type that a call names: `dtype=int`, or that of `astype`."""
        if not isinstance(node, ast.Call):
            return None
        for keyword in node.keywords:
            if keyword.arg == "dtype":
                return keyword.value
        is_method = isinstance(node.func, ast.Attribute) and node.func.attr == "astype"
        if is_method and node.args:
            return node.args[0]
        name = meaning(node.func, self.imports)
        takes_type = name in vocabulary("findings")["typed"]
        return node.args[1] if takes_type and len(node.args) > 1 else None

    def replacement(self, node: ast.expr, text: str) -> Edit:
        """Put a text in the place of a node."""
        line, column = self.source.start(node)
        end_line, end_column = self.source.end(node)
        return Edit(line, column, end_line, end_column, text)

    def replacement_behind(self, before: ast.expr, node: ast.expr, text: str) -> Edit:
        """Put a text in the place of what stands in a node behind its first part."""
        line, column = self.source.end_within(before, node)
        end_line, end_column = self.source.end(node)
        return Edit(line, column, end_line, end_column, text)

    def _ignored_argument(self, differentiation: Differentiation) -> Iterator[Finding]:
        """A function that does not use its argument."""
        if not isinstance(differentiation.f, Function):
            return
        node = differentiation.f.node
        parameters = parameters_of(node)
        if len(parameters) == 1 and parameters[0] not in self._names_in(node):
            [argument] = parameters
            yield self.finding("ignored-argument", "note", node, argument=argument)

    def _names_in(self, function: ast.FunctionDef | ast.Lambda) -> set[str]:
        """Return the names that stand in the body of a function."""
        if function not in self._names_in_functions:
            body = function.body
            parts = body if isinstance(body, list) else [body]
            self._names_in_functions[function] = {
                name.id
                for part in parts
                for name in ast.walk(part)
                if isinstance(name, ast.Name)
            }
        return self._names_in_functions[function]

    def _looks_like_coordinates(self, node: ast.expr) -> bool:
        """Whether this is `np.array([X, Y])` in a fragment that leaves out both."""
        if not isinstance(node, ast.Call) or len(node.args) != 1:
            return False
        if meaning(node.func, self.imports) != "numpy.array":
            return False
        is_pair = plain_text(node.args[0]) == "[X, Y]"
        return is_pair and self._assigned_names.isdisjoint({"X", "Y"})

    @cached_property
    def _assigned_names(self) -> set[str]:
        return {
            name.id
            for name in self.source.nodes
            if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
        }

    # Calls at which the script stops

    def _stops(self) -> Iterator[Finding]:
        """Calls that end the script with an error."""
        for node in self.observations.pairs_without_list:
            first, last = node.args
            line, column = self.source.start(first)
            edits = [
                Edit(line, column, line, column, "["),
                self.insertion_in_call(last, node, "]"),
            ]
            if self.source.end(first) != self.source.end_within(first, node):
                edits = []  # the bracket belongs in front of its parentheses
            words = {"array": self.source.text(node.func)}
            yield self.finding("stops", "error", node, edits, "no-list", **words)
        for differentiation in self.observations.differentiations:
            stop = stop_at(differentiation)
            if stop is None:
                continue
            words = {
                "f": self.source.text(differentiation.f_node),
                "routine": differentiation.routine.name,
                **stop.words,
            }
            node = differentiation.call.node
            edits = []
            if len(self._forms_at[node]) == 1:
                edits = self._mend_of_stop(differentiation, stop.form)
            yield self.finding("stops", "error", node, edits, stop.form, **words)

    def _mend_of_stop(self, differentiation: Differentiation, form: str) -> list[Edit]:
        if form == "arguments":
            return self._f_of_a_point(differentiation)
        if form == "no-function":
            return self._f_itself(differentiation.f_node)
        if form == "no-array":
            return self._array_of_list(differentiation)
        if form == "not-flat":
            return self._flattened(differentiation)
        if form == "many-points":
            return self._one_by_one(differentiation)
        return []

    def _f_of_a_point(self, differentiation: Differentiation) -> list[Edit]:
        """`lambda x: f(x[0], x[1])`, for an f of two numbers."""
        node = differentiation.f_node
        assert isinstance(differentiation.f, Function)
        takes_two = len(parameters_of(differentiation.f.node)) == 2
        text = self.source.text(node)
        if not takes_two or not isinstance(node, ast.Name) or text == "x":
            return []
        if not self._takes_numbers(differentiation.f.node):
            return []
        return [self.replacement(node, f"lambda x: {text}(x[0], x[1])")]

    def _takes_numbers(self, function: ast.FunctionDef | ast.Lambda) -> bool:
        """Whether nothing shows that an argument of f is an array, or an object."""
        names = set(parameters_of(function))
        reductions = vocabulary("walk")["reductions"]
        for node in ast.walk(function):
            if isinstance(node, ast.Subscript | ast.Attribute):
                owner = node.value
                if isinstance(owner, ast.Name) and owner.id in names:
                    return False
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
                return False
            elif isinstance(node, ast.Call):
                name = meaning(node.func, self.imports).rpartition(".")[2]
                if name in reductions:
                    return False
        return True

    def _f_itself(self, node: ast.expr) -> list[Edit]:
        """`f` in place of `f(x)`."""
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            return []
        is_own = node.func.id in self.definitions.by_name
        return [self.replacement(node, node.func.id)] if is_own else []

    def _array_of_list(self, differentiation: Differentiation) -> list[Edit]:
        """Make an array of floats of a list."""
        numpy = self._name_of_numpy()
        node = differentiation.argument_node
        values = differentiation.argument
        name = self.source.text(node)
        is_fixed = isinstance(values, Range) or not getattr(values, "is_list", True)
        is_changed = name in self._lengthened or (
            is_fixed and name in self._written_by_entry
        )
        if not numpy or is_changed or isinstance(values, Number):
            return []
        if isinstance(values, Items) and _holds_arrays(values):
            return []  # coordinates of many points may want a .T, too
        line, column = self.source.start(node)
        return [
            Edit(line, column, line, column, f"{numpy}.array("),
            self.insertion(node, ", dtype=float)"),
        ]

    @cached_property
    def _written_by_entry(self) -> set[str]:
        """Names of what `name[i] = …` changes, outside of routines."""
        bodies = {node for each in self.routines.own for node in ast.walk(each)}
        return {
            target.value.id
            for node in self.source.nodes
            if isinstance(node, ast.Assign | ast.AugAssign) and node not in bodies
            for target in _targets_of(node)
            if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name)
        }

    @cached_property
    def _lengthened(self) -> set[str]:
        """Names of what `name += …` changes: a list becomes longer by that."""
        return {
            node.target.id
            for node in self.source.nodes
            if isinstance(node, ast.AugAssign)
            and isinstance(node.op, ast.Add)
            and isinstance(node.target, ast.Name)
        }

    def _flattened(self, differentiation: Differentiation) -> list[Edit]:
        """`np.array([X.ravel(), Y.ravel()]).T`, and the other .T."""
        array = differentiation.argument
        node = differentiation.argument_node
        assert isinstance(array, Array)
        is_here = array.made is not None and array.made in set(ast.walk(node))
        if not is_here or not isinstance(array.made, ast.Call):
            return []
        coordinates = array.made.args[0]
        if not isinstance(coordinates, ast.List | ast.Tuple):
            return []
        edits = [
            edit
            for coordinate in coordinates.elts
            for edit in self.appended(coordinate, ".ravel()")
        ]
        if differentiation.routine.takes != trials.ROWS:
            return []
        if array.form == SHEETS:
            edits.extend(self.appended(node, ".T"))
        return edits + self._turned_result(differentiation)

    def _turned_result(self, differentiation: Differentiation) -> list[Edit]:
        """The .T behind a call that gives a row for each point, where it is needed."""
        call = differentiation.call
        if differentiation.is_turned_at_once or call.uses == {"columns"}:
            return []
        return [self.insertion(call.node, ".T")]

    def _one_by_one(self, differentiation: Differentiation) -> list[Edit]:
        """A call for each point: `np.array([g(f, p) for p in P]).T`."""
        numpy = self._name_of_numpy()
        call = differentiation.call
        node = differentiation.argument_node
        if not numpy or node not in call.node.args:
            return []
        points = self.source.text(node)
        assert isinstance(differentiation.argument, Array)
        if differentiation.argument.form == COORDINATES:
            is_atom = type(node).__name__ in vocabulary("findings")["atoms"]
            points = f"{points}.T" if is_atom else f"({points}).T"
        line, column = self.source.start(call.node)
        names = {n.id for n in self.nodes_in(call.node) if isinstance(n, ast.Name)}
        point = "p"
        while point in names:
            point += "_"
        return [
            Edit(line, column, line, column, f"{numpy}.array(["),
            self.replacement(node, point),
            self.insertion(call.node, f" for {point} in {points}])"),
            *self._turned_result(differentiation),
        ]

    # The bodies of routines

    def _slips(self) -> Iterator[Finding]:
        for function, routine in self.routines.own.items():
            if not self._is_in_use(function, routine):
                continue
            mends = [self._mend_of_slip(slip) for slip in routine.slips]
            for slip, mend in zip(routine.slips, mends, strict=True):
                edits = mend if all(mends) else []  # one of them alone does not heal
                words = dict(slip.words)
                if slip.code == "precedence":
                    assert isinstance(slip.other, ast.expr)
                    words["number"] = self.source.text(slip.other)
                yield self.finding(slip.code, slip.severity, slip.node, edits, **words)
            if routine.step is None or routine.step >= trials.SHORTEST_STEP:
                continue
            if routine.step_node is not None and not self._is_example(routine):
                yield self._absorption(routine.step, routine.step_node)

    def _is_in_use(self, function: ast.FunctionDef, routine: Routine) -> bool:
        """Whether a routine is called, or could be: not if it is defined again.

        The book's bad example is followed by a better one of the same name.
        """
        last = self.definitions.by_name.get(function.name, function)
        is_method = function in self.definitions.methods
        return is_method or function is last or self._is_called(routine)

    def _is_example(self, routine: Routine) -> bool:
        """Whether a routine may stand there as a bad example: nothing calls it."""
        return len(self.routines.own) > 1 and not self._is_called(routine)

    def _is_called(self, routine: Routine) -> bool:
        return any(
            differentiation.routine.definition is routine.definition
            for differentiation in self.observations.differentiations
        )

    def _absorption(self, step: float, node: ast.expr) -> Finding:
        is_lost = step <= vocabulary("findings")["lost_step"]
        form = "error" if is_lost else "rounded"
        line, column = self.source.start(node)
        end_line, end_column = self.source.end(node)
        edit = Edit(line, column, end_line, end_column, "1e-4")
        text = self.source.text(node)
        return self.finding("absorption", "error", node, [edit], form, step=text)

    def _mend_of_slip(self, slip: Slip) -> list[Edit]:
        line, column = self.source.start(slip.node)
        if slip.code == "precedence":
            assert isinstance(slip.node, ast.BinOp)
            assert isinstance(slip.other, ast.expr)
            return self._one_divisor(slip.other, slip.node.right)
        if slip.code == "formula":
            if isinstance(slip.other, ast.BinOp):
                return self._subtracted(slip.other)
            return self._doubled(slip.other)
        if slip.code == "one-sided":
            return [self.insertion(slip.node, f" - {slip.words['step']}")]
        if slip.code == "early-return":
            assert isinstance(slip.other, ast.stmt)
            loop_line, loop_column = self.source.start(slip.other)
            indent = self.source.lines[loop_line - 1][:loop_column]
            return [Edit(line, 0, line, column, indent)]
        if slip.code == "not-restored":
            return self._put_back(slip)
        if slip.code == "lost-index":
            return [self.insertion(slip.node, f"[{slip.words['index']}]")]
        return []

    def _put_back(self, slip: Slip) -> list[Edit]:
        """Put a place back in a line of its own, below the last one of the loop."""
        line, column = self.source.start(slip.node)
        indent = self.source.lines[line - 1][:column]
        if slip.other is None or not indent.isspace():
            return []
        text = "\n{indent}{place} = {saved}".format(indent=indent, **slip.words)
        return [self.insertion(slip.node, text)]

    def _one_divisor(self, number: ast.expr, step: ast.expr) -> list[Edit]:
        """Divide by a product: `(a / 2) * h` becomes `(a / (2 * h))`."""
        line, column = self.source.end(number)
        step_line, step_column = self.source.start(step)
        if line != step_line:
            return []
        between = self.source.lines[line - 1][column:step_column]
        sign = between.replace(")", "")
        closing = ")" * (1 + between.count(")"))
        end_line, end_column = self.source.end(step)
        text = f"{sign}{self.source.text(step)}{closing}"
        start_line, start = self.source.start(number)
        return [
            Edit(start_line, start, start_line, start, "("),
            Edit(line, column, end_line, end_column, text),
        ]

    def _subtracted(self, total: ast.BinOp) -> list[Edit]:
        """Put a minus in the place of a plus."""
        line, column = self.source.end(total.left)
        end_line, end_column = self.source.start(total.right)
        between = self.source.lines[line - 1][column:end_column]
        if line != end_line or between.count("+") != 1:
            return []
        place = column + between.index("+")
        return [Edit(line, place, line, place + 1, "-")]

    def _doubled(self, step: ast.AST | None) -> list[Edit]:
        """Divide by two steps."""
        if not isinstance(step, ast.Name):
            return []
        line, column = self.source.start(step)
        end_line, end_column = self.source.end(step)
        return [Edit(line, column, end_line, end_column, f"(2 * {step.id})")]

    # Functions that change what they are given

    def _in_place(self) -> Iterator[Finding]:
        """`x = init_x` and `x -= …`, in a function that hands x to a routine."""
        for function in self.definitions.all:
            if function in self.routines.own:
                continue
            differentiated = set(self._differentiated_in(function))
            if not differentiated:
                continue
            parameters = set(parameters_of(function))
            nodes = self.nodes_in(function)
            changed = set(_changed_in(nodes))
            reported = set()
            for alias, parameter, node in _aliases(nodes, parameters):
                is_trap = alias in differentiated and alias in changed
                is_trap = is_trap and not _is_copied(alias, node, nodes)
                if is_trap and parameter not in reported:
                    reported.add(parameter)
                    yield self._in_place_finding(function, parameter, node)

    def _in_place_finding(
        self, function: ast.FunctionDef, parameter: str, node: ast.Assign
    ) -> Finding:
        edits: list[Edit] = []
        passed = [
            argument
            for argument in self.observations.passed_arguments
            if argument.function is function and argument.parameter == parameter
        ]
        if passed and all(isinstance(each.value, Array) for each in passed):
            edits = self.appended(node.value, ".copy()")
        for argument in passed:
            if self._is_used_again(argument):
                return self.finding(
                    "in-place",
                    "warning",
                    node,
                    edits,
                    function=function.name,
                    array=self.source.text(argument.argument_node),
                )
        return self.finding("in-place", "note", node, edits, function=function.name)

    def _histories(self) -> Iterator[Finding]:
        """`history.append(x)` and `x -= …` in one loop, where x is an array."""
        for inside, _ in self._loops:
            moved = self._moved_in(inside)
            for node in inside:
                appended = _view_appended(node)
                if appended is None:
                    continue
                array = (
                    appended.value if isinstance(appended, ast.Subscript) else appended
                )
                if isinstance(array, ast.Name) and array.id in moved:
                    is_kept = self.uses.is_kept_otherwise(array, inside)
                    edits = [] if is_kept else self.appended(appended, ".copy()")
                    words = {"array": array.id}
                    yield self.finding(
                        "in-place", "warning", appended, edits, "history", **words
                    )

    @cached_property
    def _arrays_differentiated(self) -> dict[ast.AST, str]:
        """The names of the arrays at which routines are called, by these calls."""
        return {
            each.call.node: each.argument_node.id
            for each in self.observations.differentiations
            if isinstance(each.argument, Array)
            and isinstance(each.argument_node, ast.Name)
        }

    def _moved_in(self, loop: set[ast.AST]) -> set[str]:
        """Return names of arrays that a loop differentiates at, and changes."""
        names = self._arrays_differentiated
        differentiated = {names[node] for node in loop if node in names}
        changed: set[str] = set()
        replaced: set[str] = set()
        for node in loop:
            if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                changed.add(node.target.id)
            elif isinstance(node, ast.Assign):
                replaced |= {t.id for t in node.targets if isinstance(t, ast.Name)}
        return (differentiated & changed) - replaced

    def _differentiated_in(self, function: ast.FunctionDef) -> Iterator[str]:
        """Names at which a gradient routine is called in a function."""
        for node in self.nodes_in(function):
            if not isinstance(node, ast.Call):
                continue
            routine = self.routines.called_in(function, node.func)
            if routine is None or routine.array_parameter >= len(node.args):
                continue
            argument = node.args[routine.array_parameter]
            if isinstance(argument, ast.Name):
                yield argument.id

    def _is_used_again(self, argument: PassedArgument) -> bool:
        """Whether an array that was passed is read again before it is made anew."""
        node = argument.argument_node
        if not isinstance(node, ast.Name):
            return False
        call = argument.node
        if self._is_repeated(call, node.id):
            return True
        end = call.end_lineno or call.lineno
        uses = self._uses_of_names[self.uses.owners[node], node.id]
        later = [use for use in uses if use[0] > end]
        next_line = min((line for line, _ in later), default=None)
        # In `x = g(x)` the array is read before the name stands for another one.
        return any(is_read for line, is_read in later if line == next_line)

    @cached_property
    def _uses_of_names(self) -> dict[tuple[ast.AST, str], list[tuple[int, bool]]]:
        """Where each name stands: in which line, and whether it is read there."""
        uses: dict[tuple[ast.AST, str], list[tuple[int, bool]]] = {}
        for name, owner in self.uses.owners.items():
            is_read = isinstance(name.ctx, ast.Load)
            uses.setdefault((owner, name.id), []).append((name.lineno, is_read))
        return uses

    def _is_repeated(self, call: ast.Call, name: str) -> bool:
        """Whether a call is repeated in a loop that does not make the array anew."""
        return any(
            call in inside and name not in assigned for inside, assigned in self._loops
        )

    @cached_property
    def _loops(self) -> list[tuple[set[ast.AST], set[str]]]:
        """What stands in each loop, and the names that are assigned there."""
        loops = []
        for loop in self.source.nodes:
            if isinstance(loop, ast.For | ast.While):
                inside = set(nodes_in(loop))
                assigned = {
                    node.id
                    for node in inside
                    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
                }
                loops.append((inside, assigned))
        return loops

    # Tangents

    def _tangents(self) -> Iterator[Finding]:
        """`y = f(x) - d*x`, where d and x are arrays."""
        for function in self.definitions.all:
            slopes = dict(self._slopes_named_in(function))
            if not slopes:
                continue
            for node in self.nodes_in(function):
                slope = _slope_of_tangent(node, slopes)
                if slope:
                    assert isinstance(node, ast.BinOp)
                    yield self._tangent(function, node, slope)
                    break  # its mend is that of the whole function

    def _slopes_named_in(self, function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
        """Names that hold what a gradient routine gave at another name."""
        for node in self.nodes_in(function):
            if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
                continue
            call = node.value
            routine = self.routines.called_in(function, call.func)
            if routine is None or routine.takes == trials.NUMBER:
                continue
            if routine.array_parameter < len(call.args):
                argument = call.args[routine.array_parameter]
                for target in node.targets:
                    if isinstance(target, ast.Name) and isinstance(argument, ast.Name):
                        yield target.id, argument.id

    def _tangent(
        self, function: ast.FunctionDef, node: ast.BinOp, slope: str
    ) -> Finding:
        is_called = any(
            argument.function is function
            for argument in self.observations.passed_arguments
        )
        severity = "error" if is_called else "note"
        words = {"product": self.source.text(node.right), "function": function.name}
        edits = self._summed_products(function, slope)
        return self.finding("tangent", severity, node, edits, **words)

    def _summed_products(self, function: ast.FunctionDef, slope: str) -> list[Edit]:
        """Add up every product with the slope in a function."""
        numpy = self._name_of_numpy()
        if not numpy:
            return []
        edits = []
        for node in self.nodes_in(function):
            if not _is_product(node) or self.source.is_in_text(node):
                continue
            assert isinstance(node, ast.BinOp)
            if slope in _names_of(node):
                line, column = self.source.start(node)
                edits.append(Edit(line, column, line, column, f"{numpy}.sum("))
                edits.append(self.insertion(node, ")"))
        return edits

    def _name_of_numpy(self) -> str:
        for name, full in self.imports.items():
            if full == "numpy":
                return name
        return ""

    # Slopes in a plot

    def _swapped_components(self) -> Iterator[Finding]:
        """`quiver(X, Y, grad[1], grad[0])`."""
        for differentiation in self.observations.differentiations:
            array = differentiation.argument
            takes_points = differentiation.routine.takes in (
                trials.ROWS,
                trials.COLUMNS,
            )
            if not isinstance(array, Array) or not takes_points:
                continue
            for quiver in plots_of(differentiation.call, self.observations.quivers):
                parts = {v.part for v in quiver.values if isinstance(v, SlopesPart)}
                orders = {order_of(quiver, array, part) for part in parts}
                if orders == {SWAPPED}:
                    yield self._swapped_finding(quiver)

    def _angles(self) -> Iterator[Finding]:
        """A plot of slopes whose axes have different scales, without `angles="xy"`."""
        if self._has_equal_axes:
            return
        for quiver in self.observations.quivers:
            node = quiver.node
            x = quiver.values[0]
            are_slopes = isinstance(quiver.values[2], SlopesPart)
            is_quiver = meaning(node.func, self.imports).endswith("quiver")
            named = {keyword.arg for keyword in node.keywords}
            if (
                not are_slopes
                or not is_quiver
                or not named.isdisjoint({"angles", None})
            ):
                continue
            mesh = x.mesh if isinstance(x, Array) else None
            if mesh is not None and _differ_in_scale(mesh.lengths):
                [width, height] = [f"{length:g}" for length in mesh.lengths]
                last = max([*node.args, *(k.value for k in node.keywords)], key=_end_of)
                edits = [self.insertion_in_call(last, node, ', angles="xy"')]
                yield self.finding(
                    "angles", "note", node, edits, width=width, height=height
                )

    @cached_property
    def _has_equal_axes(self) -> bool:
        """Whether a script may give both axes one scale: `plt.axis("equal")`."""
        equal = vocabulary("findings")["equal_axes"]
        return any(
            isinstance(node, ast.Constant) and node.value in equal
            for node in self.source.nodes
            if not isinstance(getattr(node, "value", None), bytes)
        )

    def _swapped_finding(self, quiver: Quiver) -> Finding:
        words = {"horizontal": self._text_of_argument(quiver, 0)}
        edits = self._swapped_arguments(quiver)
        return self.finding("swapped-components", "error", quiver.node, edits, **words)

    def _text_of_argument(self, quiver: Quiver, place: int) -> str:
        """Return what a plot is given; of *P, how the book calls its parts."""
        is_plain = not has_starred(quiver.node)
        return self.source.text(quiver.node.args[place]) if is_plain else "XY"[place]

    def _swapped_arguments(self, quiver: Quiver) -> list[Edit]:
        """Swap the two slopes in a plot."""
        if has_starred(quiver.node):
            return []
        return self._swapped(quiver.node.args[2], quiver.node.args[3])

    # np.gradient

    def _axis_orders(self) -> Iterator[Finding]:
        """Slopes of `np.gradient`, drawn in the order of the array's axes."""
        swapped: list[tuple[Quiver, AxisSlope]] = []
        drawn_otherwise: set[ast.Call] = set()  # in some plot
        for quiver in self.observations.quivers:
            slope = quiver.values[2]
            is_swapped = order_of_axes(quiver) == SWAPPED
            if is_swapped and isinstance(slope, AxisSlope):
                swapped.append((quiver, slope))
            if not is_swapped:
                drawn_otherwise.update(_slopes_of_axes(quiver))
        for quiver, slope in swapped:
            are_alike = slope.call not in drawn_otherwise
            yield self._axis_order(quiver, slope, are_alike)

    def _axis_order(self, quiver: Quiver, slope: AxisSlope, are_alike: bool) -> Finding:
        """Swap two slopes where they are named, if every plot has them swapped."""
        words = {"vertical": self._text_of_argument(quiver, 1)}
        if self._has_unread_spacings(slope.call):
            return self.finding("axis-order", "error", slope.call, (), **words)
        edits = self._swapped_names(slope.call) if are_alike else []
        if edits:
            return self.finding("axis-order", "error", slope.call, edits, **words)
        edits = self._swapped_arguments(quiver)
        return self.finding("axis-order", "error", quiver.node, edits, **words)

    def _has_unread_spacings(self, call: ast.Call) -> bool:
        """Whether two distances may belong to the slopes as they are named."""
        if len({self.source.text(spacing) for spacing in call.args[1:]}) < 2:
            return False
        return any(
            factors_of_slopes(gradient) is None
            for gradient in self.observations.axis_gradients
            if gradient.node is call
        )

    def _swapped_names(self, call: ast.Call) -> list[Edit]:
        """Swap the names in `dx, dy = np.gradient(…)`."""
        targets = self._targets_of_calls.get(call, [])
        if len(targets) != 1:
            return []
        [target] = targets
        if isinstance(target, ast.Tuple | ast.List) and len(target.elts) == 2:
            return self._swapped(*target.elts)
        return []

    @cached_property
    def _targets_of_calls(self) -> dict[ast.expr, list[ast.expr]]:
        """What is assigned from each call."""
        return {
            node.value: node.targets
            for node in self.source.nodes
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        }

    def _swapped(self, first: ast.expr, second: ast.expr) -> list[Edit]:
        edits = []
        for place, other in ((first, second), (second, first)):
            line, column = self.source.start(place)
            end_line, end_column = self.source.end(place)
            text = self.source.text(other)
            edits.append(Edit(line, column, end_line, end_column, text))
        return edits


def _edits_of_all(findings: Iterable[Finding]) -> tuple[Edit, ...]:
    """Return the edits of findings; what one has that others have, too, only once."""
    edits: tuple[Edit, ...] = ()
    for finding in findings:
        if not {*finding.edits} <= {*edits}:
            edits += finding.edits
    return edits


def _without_mend(finding: Finding) -> Finding:
    how = None if finding.severity == "note" else finding.how
    return replace(finding, fix=None, how=how, edits=())


def _holds_arrays(items: Items) -> bool:
    return any(isinstance(value, Array) for value in items.values)


def _leaves(node: ast.expr) -> list[ast.expr]:
    """Return what stands in a list, and in lists within it; nothing if it is none."""
    if not isinstance(node, ast.List | ast.Tuple):
        return []
    leaves: list[ast.expr] = []
    for element in node.elts:
        is_list = isinstance(element, ast.List | ast.Tuple)
        leaves.extend(_leaves(element) if is_list else [element])
    return leaves


def _overlap(edits: Sequence[Edit]) -> bool:
    """Whether two edits change the same stretch of the text."""
    in_order = sorted(edits, key=lambda edit: (edit.line, edit.column))
    return any(
        (later.line, later.column) < (earlier.end_line, earlier.end_column)
        for earlier, later in pairwise(in_order)
    )


def _has_too_few_digits(kind: str, step: float | None) -> bool:
    """Whether numbers of a kind are too short for a step; the book's is not named."""
    if kind not in vocabulary("arrays")["low"]:
        return False
    sufficient: dict[str, float] = vocabulary("findings")["sufficient_steps"]
    return step is None or kind not in sufficient or step < sufficient[kind]


def _targets_of(node: ast.Assign | ast.AugAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def _badness(finding: Finding) -> int:
    """Return the place of a finding's severity, 0 for the worst."""
    severities: list[str] = vocabulary("findings")["severities"]
    return severities.index(finding.severity)


def _aliases(
    nodes: Sequence[ast.AST], parameters: set[str]
) -> Iterator[tuple[str, str, ast.Assign]]:
    """Names that are assigned from a parameter as it is: `x = init_x`."""
    for node in nodes:
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Name):
            continue
        [target, *more] = node.targets
        is_alias = isinstance(target, ast.Name) and node.value.id in parameters
        if is_alias and not more:
            assert isinstance(target, ast.Name)
            yield target.id, node.value.id, node


def _is_copied(alias: str, since: ast.Assign, nodes: Sequence[ast.AST]) -> bool:
    """Whether a name gets something else before `name -= …` changes what it had."""
    changes: list[int] = []
    assignments: list[int] = []
    for node in nodes:
        if not isinstance(node, ast.Assign | ast.AugAssign):
            continue
        names = [each for each in _targets_of(node) if isinstance(each, ast.Name)]
        if node.lineno > since.lineno and any(each.id == alias for each in names):
            is_change = isinstance(node, ast.AugAssign)
            (changes if is_change else assignments).append(node.lineno)
    return bool(changes and assignments) and min(assignments) < min(changes)


def _changed_in(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """Names that `name -= …` changes."""
    for node in nodes:
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def _view_appended(node: ast.AST) -> ast.expr | None:
    """Return what is appended in `history.append(x)` and `history.append(x[:])`."""
    if not isinstance(node, ast.Call) or len(node.args) != 1:
        return None
    is_append = isinstance(node.func, ast.Attribute) and node.func.attr == "append"
    [argument] = node.args
    is_slice = isinstance(argument, ast.Subscript) and isinstance(
        argument.slice, ast.Slice
    )
    return (
        argument if is_append and (is_slice or isinstance(argument, ast.Name)) else None
    )


def _slope_of_tangent(node: ast.AST, slopes: Mapping[str, str]) -> str:
    """Return d in `f(x) - d*x`, if d is a slope at x; else nothing."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Sub):
        return ""
    product = node.right
    if not isinstance(node.left, ast.Call) or not _is_product(product):
        return ""
    assert isinstance(product, ast.BinOp)
    for slope, place in (
        (product.left, product.right),
        (product.right, product.left),
    ):
        assert isinstance(slope, ast.Name)
        assert isinstance(place, ast.Name)
        if slopes.get(slope.id) == place.id:
            return slope.id
    return ""


def _is_product(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Mult)
        and isinstance(node.left, ast.Name)
        and isinstance(node.right, ast.Name)
    )


def _names_of(product: ast.BinOp) -> set[str]:
    names = (product.left, product.right)
    return {name.id for name in names if isinstance(name, ast.Name)}


def _end_of(node: ast.expr) -> tuple[int, int]:
    return node.end_lineno or 0, node.end_col_offset or 0


def _differ_in_scale(lengths: Sequence[float | None]) -> bool:
    """Whether a grid is much longer along one coordinate than along the other."""
    known = [abs(length) for length in lengths if length]
    if len(known) < 2:
        return False
    most: float = vocabulary("findings")["most_ratio"]
    return max(known) / min(known) > most


def _slopes_of_axes(quiver: Quiver) -> Iterator[ast.Call]:
    """Yield the calls of np.gradient of which a plot draws something."""
    for value in quiver.values:
        if isinstance(value, AxisSlope):
            yield value.call
