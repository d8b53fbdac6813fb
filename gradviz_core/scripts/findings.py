"""Findings: what is wrong in a script, or could be, and the line that mends it.

One rule a method. A rule reports nothing where it does not know: a right script must
not be called wrong. How bad a finding is, it says honestly: `wrong` if numbers are,
`luck` if they are right for this f alone, `risk` if they are right until an array is
used again, else `note`.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from gradviz_core.numerics.grid import Grid, Layout
from gradviz_core.numerics.measurement import measure
from gradviz_core.scripts import routines
from gradviz_core.scripts.arrays import (
    COLUMN,
    COORDINATES,
    LOW,
    POINTS,
    WHOLE,
    Array,
    AxisSlope,
    Function,
    Mesh,
)
from gradviz_core.scripts.literals import plain_text
from gradviz_core.scripts.names import (
    Imports,
    meaning,
    parameters_of,
    takes_one_argument,
)
from gradviz_core.scripts.routines import Functions, Routine, Routines, Slip
from gradviz_core.scripts.source import Edit, Source
from gradviz_core.scripts.spellings import TWO_NUMBERS, FunctionReading, Speller
from gradviz_core.scripts.walk import Drawn, HandedOn, Passed, Seen
from gradviz_core.spelling.parser import parse_spelling
from gradviz_core.toml_source import PACKAGE, load_toml

# From good to bad.
SEVERITIES = ("note", "risk", "luck", "wrong")

# What becomes a float if a point and a zero are put behind it.
WHOLE_NUMBER = re.compile(r"-?[0-9]+")

# Next to a coordinate of 1, a step no larger than this is lost.
LOST_STEP = 2.0**-53

# A grid with more values along an axis says no more, and takes its time; so do more
# functions on their grids in one script.
MOST_VALUES = 40
MOST_MEASURED = 50

# A line that is longer is not mended: nobody could read it beside its mend.
LONGEST_MEND = 2000  # characters


@cache
def messages() -> dict[str, Any]:
    """Return what is said of each finding, by its code."""
    return load_toml(PACKAGE / "scripts/messages.toml")


@dataclass(frozen=True)
class Finding:
    """Something wrong in a script, or a thing to know.

    Attributes
    ----------
    code : str
        What kind of finding it is.
    severity : str
        wrong, luck, risk or note.
    line, column, end_line : int
        Where, counted from 1. The mend replaces the lines from `line` to `end_line`.
    message : str
        What is wrong, in English.
    values : dict of str
        The parts of the message by name, and `form`, which of its forms it has.
    fix : str or None
        The mended lines; None where no mend is certain.
    how : str
        How it is mended, in words.
    url : str
        The page that explains it, relative to the site.
    edits : tuple of Edit
        The same mend as changes of the text.
    """

    code: str
    severity: str
    line: int
    column: int
    end_line: int
    message: str
    values: Mapping[str, str]
    fix: str | None
    how: str
    url: str
    edits: tuple[Edit, ...] = field(default=(), repr=False)


class Judge:
    """Judges what was seen in a script."""

    def __init__(
        self,
        source: Source,
        imports: Imports,
        script_routines: Routines,
        functions: Functions,
        seen: Seen,
        speller: Speller,
    ) -> None:
        self.source = source
        self.imports = imports
        self.routines = script_routines
        self.functions = functions
        self.seen = seen
        self.speller = speller
        self._verdicts: dict[tuple[str, Grid], str] = {}
        self._names_in_functions: dict[ast.FunctionDef | ast.Lambda, set[str]] = {}

    def findings(self) -> list[Finding]:
        """Return everything found, in the order of the lines, each once."""
        found = [
            *self._calls(),
            *self._slips(),
            *self._in_place(),
            *self._tangents(),
            *self._axis_orders(),
        ]
        worst: dict[tuple[str, int, int], Finding] = {}
        for finding in found:
            place = (finding.code, finding.line, finding.column)
            before = worst.get(place)
            if before is None or _rank(finding) > _rank(before):
                worst[place] = finding
        kept = [
            finding
            for finding in worst.values()
            if not self.source.is_ignored(finding.line, finding.end_line, finding.code)
        ]
        return sorted(kept, key=lambda finding: (finding.line, finding.column))

    def _finding(
        self,
        code: str,
        severity: str,
        node: ast.expr | ast.stmt,
        edits: Sequence[Edit] = (),
        form: str = "",
        **values: str,
    ) -> Finding:
        form = form or severity
        start = self.source.start(node)
        end_line = start[0]
        fix = None
        if not self._can_be_mended(node, edits):
            edits = ()
        if edits:
            start = min([start, *((edit.line, edit.column) for edit in edits)])
            end_line = max([end_line, *(edit.end_line for edit in edits)])
            fix = self.source.mended(edits, start[0], end_line)
        line, column = start
        return Finding(
            code,
            severity,
            line,
            column + 1,
            end_line,
            messages()[code][form].format(**values),
            {"form": form, **values},
            fix,
            messages()[code]["fix"],
            messages()[code]["page"],
            tuple(edits),
        )

    def _can_be_mended(self, node: ast.expr | ast.stmt, edits: Sequence[Edit]) -> bool:
        """Whether a mend of these edits would be right, and short enough to be read."""
        if not edits or self.source.is_in_text(node):
            return False
        first = min(node.lineno, *(edit.line for edit in edits))
        last = max(node.lineno, *(edit.end_line for edit in edits))
        lines = self.source.lines[first - 1 : last]
        return sum(len(line) for line in lines) <= LONGEST_MEND

    def _insertion(self, node: ast.expr | ast.stmt, text: str) -> Edit:
        """Insert a text behind a node."""
        line, column = self.source.end(node)
        return Edit(line, column, line, column, text)

    def _appended(self, node: ast.expr, text: str) -> list[Edit]:
        """Append an attribute to an expression, in parentheses if it needs them."""
        atoms = ast.Name | ast.Call | ast.Attribute | ast.Subscript
        if isinstance(node, atoms):
            return [self._insertion(node, text)]
        line, column = self.source.start(node)
        return [
            Edit(line, column, line, column, "("),
            self._insertion(node, f"){text}"),
        ]

    # Calls of a routine

    def _calls(self) -> Iterator[Finding]:
        for handed in self.seen.calls:
            argument = handed.argument
            if isinstance(argument, Array):
                if argument.form == COORDINATES:
                    yield from self._layout(handed)
                elif argument.form == POINTS:
                    yield from self._half_fix_outside(handed)
                elif argument.form == COLUMN:
                    yield from self._column_vector(handed)
                yield from self._kind_of_numbers(handed, argument)
            if self._looks_like_coordinates(handed.argument_node):
                yield from self._layout(handed)
            yield from self._ignored_argument(handed)

    def _layout(self, handed: HandedOn) -> Iterator[Finding]:
        """One coordinate per row, for a routine that takes rows for points."""
        routine = handed.routine
        words = {"routine": routine.name, "f": self._name_of(handed.f)}
        if routine.takes == routines.UNKNOWN and not routine.is_at_hand:
            edits = self._transposed_edits(handed)
            yield self._finding("layout", "note", handed.call.node, edits, **words)
            return
        if routine.takes != routines.ROWS:
            return
        uses = handed.call.uses
        if handed.is_turned_at_once and uses != {"rows"}:
            edits = self._appended(handed.argument_node, ".T")
            yield self._finding(
                "half-fix", "wrong", handed.call.node, edits, "inside", **words
            )
            return
        form = self._outcome(handed)
        severity = "luck" if form in ("luck", "unread") else "wrong"
        if uses == {"columns"}:
            edits = self._appended(handed.argument_node, ".T")
        elif handed.is_turned_at_once:
            edits = []  # the result is taken apart in yet another way
        else:
            edits = self._transposed_edits(handed)
        yield self._finding("layout", severity, handed.call.node, edits, form, **words)

    def _transposed_edits(self, handed: HandedOn) -> list[Edit]:
        """Put in both `.T`."""
        return [
            *self._appended(handed.argument_node, ".T"),
            self._insertion(handed.call.node, ".T"),
        ]

    def _outcome(self, handed: HandedOn) -> str:
        """Say what becomes of the gradient of f without the transposes."""
        reading = self._reading(handed.f)
        if reading is None or reading.spelling is None:
            return "unread"
        if TWO_NUMBERS in reading.demands:
            return "raises"
        verdict = self._verdict(reading.spelling, grid_of(handed.argument))
        outcomes = {"hidden": "luck", "raises": "raises", "": "unread"}
        return outcomes.get(verdict, "wrong")

    def _verdict(self, spelling: str, grid: Grid | None) -> str:
        """Say what the call without .T makes of a function; nothing if nobody can."""
        if grid is None or len(grid.axis) > MOST_VALUES:
            grid = Grid()
        key = spelling, grid
        if key not in self._verdicts:
            is_measured = len(self._verdicts) < MOST_MEASURED
            self._verdicts[key] = _measured_verdict(*key) if is_measured else ""
        return self._verdicts[key]

    def _half_fix_outside(self, handed: HandedOn) -> Iterator[Finding]:
        """Points by row, and a result whose rows are drawn as coordinates."""
        if handed.routine.takes != routines.ROWS:
            return
        if handed.call.uses == {"rows"} and not handed.is_turned_at_once:
            edits = [self._insertion(handed.call.node, ".T")]
            words = {"routine": handed.routine.name}
            yield self._finding(
                "half-fix", "wrong", handed.call.node, edits, "outside", **words
            )

    def _column_vector(self, handed: HandedOn) -> Iterator[Finding]:
        """A column, for a routine that keeps a view of the entry it moves."""
        routine = handed.routine
        is_trap = routine.takes == routines.POINT and routine.keeps_view
        if is_trap and routine.adds_in_place:
            edits = self._appended(handed.argument_node, ".ravel()")
            yield self._finding(
                "column-vector",
                "wrong",
                handed.call.node,
                edits,
                routine=routine.name,
            )

    def _kind_of_numbers(self, handed: HandedOn, argument: Array) -> Iterator[Finding]:
        """Whole numbers, or too few digits, for a routine that adds h in place."""
        routine = handed.routine
        if routine.converts or not routine.adds_in_place:
            return
        node = handed.argument_node
        call = handed.call.node
        if handed.origin is not None:
            node = handed.origin.argument_node
            call = handed.origin.node
        if argument.kind == WHOLE:
            severity = "wrong" if routine.is_at_hand else "note"
            edits = self._with_points(node)
            yield self._finding("integer", severity, call, edits, routine=routine.name)
        elif argument.kind in LOW and routine.is_at_hand:
            edits = self._appended(node, ".astype(float)")
            words = {"routine": routine.name, "kind": argument.kind}
            yield self._finding("low-precision", "wrong", call, edits, **words)

    def _with_points(self, node: ast.expr) -> list[Edit]:
        """Write whole numbers with a decimal point, or convert their array."""
        if isinstance(node, ast.Call) and node.args:
            numbers = node.args[0]
            if isinstance(numbers, ast.List) and all(
                WHOLE_NUMBER.fullmatch(self.source.text(element))
                for element in numbers.elts
            ):
                return [self._insertion(element, ".0") for element in numbers.elts]
        return self._appended(node, ".astype(float)")

    def _ignored_argument(self, handed: HandedOn) -> Iterator[Finding]:
        """A function that does not use its argument."""
        if not isinstance(handed.f, Function) or handed.f.node is None:
            return
        node = handed.f.node
        parameters = parameters_of(node)
        if len(parameters) == 1 and parameters[0] not in self._names_in(node):
            words = {"f": self._name_of(handed.f), "argument": parameters[0]}
            yield self._finding("ignored-argument", "note", node, (), **words)

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

    def _reading(self, f: object) -> FunctionReading | None:
        if not isinstance(f, Function) or f.node is None:
            return None
        if not takes_one_argument(f.node):
            return None
        return self.speller.read(f.name, f.node)

    def _name_of(self, f: object) -> str:
        if not isinstance(f, Function):
            return "f"
        return "the lambda" if f.name == "lambda" else f.name

    # The bodies of routines

    def _slips(self) -> Iterator[Finding]:
        for function, routine in self.routines.own.items():
            if not self._is_in_use(function, routine):
                continue
            for slip in routine.slips:
                edits = self._mend_of_slip(slip)
                words = dict(slip.words)
                if slip.code == "precedence":
                    assert isinstance(slip.other, ast.expr)
                    words["number"] = self.source.text(slip.other)
                yield self._finding(slip.code, "wrong", slip.node, edits, **words)
            is_lost = routine.step is not None and 0 < routine.step <= LOST_STEP
            if is_lost and routine.step_node and not self._is_example(routine):
                yield self._absorption(routine.step_node)

    def _is_in_use(self, function: ast.FunctionDef, routine: Routine) -> bool:
        """Whether a routine is called, or could be: not if it is defined again.

        The book's bad example is followed by a better one of the same name.
        """
        last = self.functions.by_name.get(function.name, function)
        is_method = function in self.functions.methods
        return is_method or function is last or self._is_called(routine)

    def _is_example(self, routine: Routine) -> bool:
        """Whether a routine may stand there as a bad example: nothing calls it."""
        return len(self.routines.own) > 1 and not self._is_called(routine)

    def _is_called(self, routine: Routine) -> bool:
        return any(handed.routine is routine for handed in self.seen.calls)

    def _absorption(self, node: ast.expr) -> Finding:
        line, column = self.source.start(node)
        end_line, end_column = self.source.end(node)
        edit = Edit(line, column, end_line, end_column, "1e-4")
        text = self.source.text(node)
        return self._finding("absorption", "wrong", node, [edit], step=text)

    def _mend_of_slip(self, slip: Slip) -> list[Edit]:
        line, column = self.source.start(slip.node)
        if slip.code == "precedence":
            assert isinstance(slip.other, ast.expr)
            start_line, start = self.source.start(slip.other)
            return [
                Edit(start_line, start, start_line, start, "("),
                self._insertion(slip.node, ")"),
            ]
        if slip.code == "early-return":
            assert isinstance(slip.other, ast.stmt)
            loop_line, loop_column = self.source.start(slip.other)
            indent = self.source.lines[loop_line - 1][:loop_column]
            return [Edit(line, 0, line, column, indent)]
        if slip.code == "not-restored":
            indent = self.source.lines[line - 1][:column]
            text = f"\n{indent}{slip.words['place']} = {slip.words['kept']}"
            return [self._insertion(slip.node, text)]
        if slip.code == "lost-index":
            return [self._insertion(slip.node, f"[{slip.words['index']}]")]
        return []

    # Functions that change what they are given

    def _in_place(self) -> Iterator[Finding]:
        """`x = init_x` and `x -= …`, in a function that hands x to a routine."""
        for function in self.functions.all:
            if function in self.routines.own:
                continue
            parameters = set(parameters_of(function))
            differentiated = set(self._differentiated_in(function))
            changed = set(_changed_in(function))
            reported = set()
            for alias, parameter, node in _aliases(function, parameters):
                is_trap = alias in differentiated and alias in changed
                if is_trap and parameter not in reported:
                    reported.add(parameter)
                    yield self._in_place_finding(function, parameter, node)

    def _in_place_finding(
        self, function: ast.FunctionDef, parameter: str, node: ast.Assign
    ) -> Finding:
        edits = self._appended(node.value, ".copy()")
        for passed in self.seen.passed:
            is_it = passed.function is function and passed.parameter == parameter
            if is_it and self._is_used_again(passed):
                return self._finding(
                    "in-place",
                    "risk",
                    node,
                    edits,
                    function=function.name,
                    array=self.source.text(passed.argument_node),
                )
        return self._finding("in-place", "note", node, edits, function=function.name)

    def _differentiated_in(self, function: ast.FunctionDef) -> Iterator[str]:
        """Names at which a gradient routine is called in a function."""
        for node in ast.walk(function):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            routine = self.routines.called_in(function, node.func.id)
            if routine is None or routine.array_parameter >= len(node.args):
                continue
            argument = node.args[routine.array_parameter]
            if isinstance(argument, ast.Name):
                yield argument.id

    def _is_used_again(self, passed: Passed) -> bool:
        """Whether an array that was passed is read again before it is made anew."""
        node = passed.argument_node
        if not isinstance(node, ast.Name):
            return False
        if self._is_repeated(passed.node, node.id):
            return True
        end = passed.node.end_lineno or passed.node.lineno
        later = [use for use in self._uses_of_names[node.id] if use[0] > end]
        if not later:
            return False
        _, is_read_first = min(later)
        return is_read_first

    @cached_property
    def _uses_of_names(self) -> dict[str, list[tuple[int, bool]]]:
        """Where each name stands: in which line, and whether it is read there."""
        uses: dict[str, list[tuple[int, bool]]] = {}
        for name in self.source.nodes:
            if isinstance(name, ast.Name):
                is_read = isinstance(name.ctx, ast.Load)
                uses.setdefault(name.id, []).append((name.lineno, is_read))
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
                inside = set(ast.walk(loop))
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
        for function in self.functions.all:
            slopes = dict(self._slopes_named_in(function))
            for node in ast.walk(function):
                slope = _slope_of_tangent(node, slopes)
                if slope:
                    assert isinstance(node, ast.BinOp)
                    yield self._tangent(function, node, slope)
                    break  # its mend is that of the whole function

    def _slopes_named_in(self, function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
        """Names that hold what a gradient routine gave at another name."""
        for node in ast.walk(function):
            if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
                continue
            call = node.value
            if not isinstance(call.func, ast.Name):
                continue
            routine = self.routines.called_in(function, call.func.id)
            if routine is None or not routine.adds_in_place:
                continue
            if routine.array_parameter < len(call.args):
                argument = call.args[routine.array_parameter]
                for target in node.targets:
                    if isinstance(target, ast.Name) and isinstance(argument, ast.Name):
                        yield target.id, argument.id

    def _tangent(
        self, function: ast.FunctionDef, node: ast.BinOp, slope: str
    ) -> Finding:
        is_called = any(passed.function is function for passed in self.seen.passed)
        severity = "wrong" if is_called else "note"
        words = {"product": self.source.text(node.right), "function": function.name}
        edits = self._summed_products(function, slope)
        return self._finding("tangent", severity, node, edits, **words)

    def _summed_products(self, function: ast.FunctionDef, slope: str) -> list[Edit]:
        """Add up every product with the slope in a function."""
        numpy = self._name_of_numpy()
        if not numpy:
            return []
        edits = []
        for node in ast.walk(function):
            if not _is_product(node) or self.source.is_in_text(node):
                continue
            assert isinstance(node, ast.BinOp)
            if slope in _names_of(node):
                line, column = self.source.start(node)
                edits.append(Edit(line, column, line, column, f"{numpy}.sum("))
                edits.append(self._insertion(node, ")"))
        return edits

    def _name_of_numpy(self) -> str:
        for name, full in self.imports.items():
            if full == "numpy":
                return name
        return ""

    # np.gradient

    def _axis_orders(self) -> Iterator[Finding]:
        """Slopes of `np.gradient`, drawn in the order of the array's axes."""
        for drawn in self.seen.drawn:
            x, y, u, v = drawn.values
            if not isinstance(u, AxisSlope) or not isinstance(v, AxisSlope):
                continue
            if not isinstance(x, Array) or not isinstance(y, Array):
                continue
            places = [x.coordinate, y.coordinate]
            are_of_mesh = x.mesh is u.mesh and y.mesh is u.mesh and v.mesh is u.mesh
            if not are_of_mesh or places != [0, 1]:
                continue
            along = [_coordinate_along(slope) for slope in (u, v)]
            if along == [1, 0] and u.call is v.call:
                yield self._axis_order(drawn, u)

    def _axis_order(self, drawn: Drawn, slope: AxisSlope) -> Finding:
        words = {"vertical": self.source.text(drawn.node.args[1])}
        edits = self._swapped_names(slope.call)
        if edits:
            return self._finding("axis-order", "wrong", slope.call, edits, **words)
        edits = self._swapped(drawn.node.args[2], drawn.node.args[3])
        return self._finding("axis-order", "wrong", drawn.node, edits, **words)

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


def grid_of(argument: object) -> Grid | None:
    """Return the grid that an array of points lies on, if both axes are alike."""
    mesh = argument.mesh if isinstance(argument, Array) else None
    if not isinstance(mesh, Mesh) or mesh.axes[0] is None:
        return None
    if mesh.axes[0] != mesh.axes[1]:
        return None
    axis = mesh.axes[0]
    try:
        return Grid(axis.start, axis.stop, axis.step)
    except ValueError:
        return None


@cache
def _measured_verdict(spelling: str, grid: Grid) -> str:
    try:
        return measure(parse_spelling(spelling), grid, Layout.COLUMNS).verdict
    except ValueError:  # its gradient is finite nowhere on the grid
        return ""


def _rank(finding: Finding) -> tuple[int, bool]:
    is_read = finding.values.get("form") != "unread"
    return SEVERITIES.index(finding.severity), is_read


def _aliases(
    function: ast.FunctionDef, parameters: set[str]
) -> Iterator[tuple[str, str, ast.Assign]]:
    """Names that are assigned from a parameter as it is: `x = init_x`."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Name):
            continue
        [target, *more] = node.targets
        is_alias = isinstance(target, ast.Name) and node.value.id in parameters
        if is_alias and not more:
            assert isinstance(target, ast.Name)
            yield target.id, node.value.id, node


def _changed_in(function: ast.FunctionDef) -> Iterator[str]:
    """Names that `name -= …` changes."""
    for node in ast.walk(function):
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def _slope_of_tangent(node: ast.AST, slopes: Mapping[str, str]) -> str:
    """Return d in `f(x) - d*x`, if d is a slope at x; else nothing."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Sub):
        return ""
    product = node.right
    if not isinstance(node.left, ast.Call) or not _is_product(product):
        return ""
    assert isinstance(product, ast.BinOp)
    for one, other in (
        (product.left, product.right),
        (product.right, product.left),
    ):
        assert isinstance(one, ast.Name)
        assert isinstance(other, ast.Name)
        if slopes.get(one.id) == other.id:
            return one.id
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


def _coordinate_along(slope: AxisSlope) -> int:
    """Return which coordinate changes along the axis of a slope."""
    first = slope.mesh.first_axis
    return first if slope.axis == 0 else 1 - first
