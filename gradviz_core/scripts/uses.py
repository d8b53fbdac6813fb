"""Uses: what else a script does with a value that a mend would change.

A mend of one line is wrong if another line relies on the old value. Any use not known
to be compatible with the mend speaks against it.
"""

import ast
from collections.abc import Iterable, Sequence, Set
from functools import cached_property

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.literals import is_told_to_share, number
from gradviz_core.scripts.names import (
    Imports,
    dotted,
    is_float_type,
    meaning,
    name_read,
    parameters_of,
)
from gradviz_core.scripts.operators import BITWISE
from gradviz_core.scripts.scopes import owners_of_names
from gradviz_core.scripts.source import Source, children_of, nodes_in

# Nodes that keep an array itself, and so show later changes to it.
KEEPING = ast.List | ast.Tuple | ast.Set | ast.Dict | ast.Yield

Loop = ast.For | ast.While


class Uses:
    """Where the names of a script are read, and which nodes surround them."""

    def __init__(self, source: Source, imports: Imports) -> None:
        self._source = source
        self._imports = imports

    @cached_property
    def owners(self) -> dict[ast.Name, ast.AST]:
        """The function that each name belongs to, or the module."""
        return owners_of_names(self._source.tree)

    @cached_property
    def _around(self) -> dict[ast.AST, ast.AST]:
        """The parent of each node."""
        return {
            child: node for node in self._source.nodes for child in children_of(node)
        }

    @cached_property
    def _reads_by_name(self) -> dict[tuple[ast.AST, str], list[ast.Name]]:
        """Where each name is read, or changed in place: `name -= …` reads it, too."""
        reads: dict[tuple[ast.AST, str], list[ast.Name]] = {}
        for name, owner in self.owners.items():
            is_changed = isinstance(self._around.get(name), ast.AugAssign)
            if is_changed or isinstance(name.ctx, ast.Load):
                reads.setdefault((owner, name.id), []).append(name)
        return reads

    def reads_of(self, name: ast.Name) -> list[ast.Name]:
        """Return the places where this variable is read."""
        return self._reads_by_name.get((self.owners[name], name.id), [])

    # Results that get a .T

    def are_of_coordinates(self, result: ast.expr) -> bool:
        """Whether every use of a result takes each row for a coordinate."""
        return self._takes_coordinates(result, set())

    def _takes_coordinates(self, node: ast.expr, followed: set[str]) -> bool:
        around = self._around.get(node)
        if isinstance(around, ast.UnaryOp):
            return self._takes_coordinates(around, followed)
        if isinstance(around, ast.Starred):
            return self._is_drawn(around)
        if isinstance(around, ast.Attribute):
            call = self._around[around]
            if not isinstance(call, ast.Call) or not _makes_two_rows(call):
                return False
            return self._takes_coordinates(call, followed)
        if isinstance(around, ast.Subscript) and around.value is node:
            return self._is_coordinate(around)
        if not isinstance(around, ast.Assign):
            return False
        return all(self._names_coordinates(each, followed) for each in around.targets)

    def _names_coordinates(self, target: ast.expr, followed: set[str]) -> bool:
        """Whether a name stands for rows of coordinates, or two names for one each."""
        if isinstance(target, ast.Tuple | ast.List):
            return len(target.elts) == 2
        if not isinstance(target, ast.Name):
            return False
        if target.id in followed:
            return True
        followed.add(target.id)
        reads = self.reads_of(target)
        return all(self._takes_coordinates(read, followed) for read in reads)

    def _is_coordinate(self, part: ast.Subscript) -> bool:
        """Whether `grad[0]` is drawn, or used together with `grad[1]`."""
        if self._row_of(part) is None:
            return False
        return self._is_drawn(part) or self._is_beside_other_row(part)

    def _row_of(self, part: ast.Subscript) -> float | None:
        """Return the row that `grad[0]` or `grad[0, :]` selects."""
        index = part.slice
        if isinstance(index, ast.Tuple) and len(index.elts) == 2:
            first, second = index.elts
            return number(first) if isinstance(second, ast.Slice) else None
        return number(index)

    def _is_drawn(self, part: ast.expr) -> bool:
        """Whether a plot of arrows gets a part, or the name it is assigned to."""
        if self._is_in_plot(part):
            return True
        around = self._around[part]
        if isinstance(around, ast.UnaryOp):
            return self._is_drawn(around)
        if not isinstance(around, ast.Assign):
            return False
        [target, *more] = around.targets
        if more or not isinstance(target, ast.Name):
            return False
        return any(self._is_in_plot(read) for read in self.reads_of(target))

    def _is_in_plot(self, node: ast.AST) -> bool:
        """Whether a node is inside an argument of a call that draws arrows."""
        while isinstance(node, ast.expr | ast.keyword):
            node = self._around[node]
            if isinstance(node, ast.Call):
                name = meaning(node.func, self._imports).rpartition(".")[2]
                if name in vocabulary("walk")["drawing"]:
                    return True
        return False

    def _is_beside_other_row(self, part: ast.Subscript) -> bool:
        """Whether an assignment uses both rows."""
        statement: ast.AST = part
        while isinstance(statement, ast.expr | ast.keyword):
            statement = self._around[statement]
        if not isinstance(statement, ast.Assign) or not isinstance(
            part.value, ast.Name
        ):
            return False
        rows = {
            self._row_of(node)
            for node in nodes_in(statement.value)
            if isinstance(node, ast.Subscript)
            and isinstance(node.value, ast.Name)
            and node.value.id == part.value.id
        }
        return {0, 1} <= rows

    # Arrays that get a .copy()

    def is_kept_otherwise(self, array: ast.Name, loop: set[ast.AST]) -> bool:
        """Whether an array is kept by more than `history.append(x)` in a loop.

        A copy there does not help other references: `history = [x]` before the loop, or
        `old = x`. Those that begin after the loop hold its last values. An array whose
        entries the loop sets is not a point that moves from turn to turn.
        """
        last_line = max(getattr(node, "end_lineno", None) or 0 for node in loop)
        early = [read for read in self.reads_of(array) if read.lineno <= last_line]
        return any(self._is_kept_at(read, loop) for read in early)

    def _is_kept_at(self, read: ast.expr, loop: set[ast.AST]) -> bool:
        node = self.widest_view(read)
        around = self._around[node]
        if isinstance(around, ast.Subscript) and around.value is node:
            return around in loop and self._is_set_anew(around)
        if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
            return node in loop and self._is_set_anew(node)
        if self.is_appended(node):
            return around not in loop
        if self._is_inserted(node) or self._is_put_away(node):
            return True
        if isinstance(around, ast.Assign):
            is_copied = all(map(self._is_entry_of_array, around.targets))
            return around.value is node and not is_copied
        return isinstance(around, KEEPING) and not self._is_let_go(around)

    def _is_put_away(self, node: ast.expr) -> bool:
        """Whether a function of the script gets this and puts it into a list."""
        around = self._around[node]
        if not isinstance(around, ast.Call):
            return False
        views = map(self.widest_view, self._parameters_given(node, around))
        return any(self.is_appended(each) or self._is_inserted(each) for each in views)

    def _is_let_go(self, items: ast.AST) -> bool:
        """Whether a list is returned at once, or NumPy makes an array of it."""
        around = self._around.get(items)
        if isinstance(around, ast.Call):
            return meaning(around.func, self._imports).startswith("numpy.")
        return isinstance(around, ast.Return)

    def _is_entry_of_array(self, target: ast.expr) -> bool:
        """Whether this is a part of an array of NumPy: numbers are copied into it."""
        if not isinstance(target, ast.Subscript):
            return False
        array = target.value
        if not isinstance(array, ast.Name):
            return False
        values = self._assigned_values.get((self.owners[array], array.id), [])
        return bool(values) and all(
            isinstance(each, ast.Call)
            and meaning(each.func, self._imports).startswith("numpy.")
            for each in values
        )

    @cached_property
    def _assigned_values(self) -> dict[tuple[ast.AST, str], list[ast.expr]]:
        """The expressions that are assigned to each name."""
        values: dict[tuple[ast.AST, str], list[ast.expr]] = {}
        for node in self._source.nodes:
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        name = (self.owners[target], target.id)
                        values.setdefault(name, []).append(node.value)
        return values

    def _is_set_anew(self, part: ast.Subscript) -> bool:
        """Whether entries of an array are set to what is not made of them.

        `x[0] = k` does so, `x[0] = x[0] - 1` does not.
        """
        statement = self._around[part]
        if not isinstance(statement, ast.Assign) or part not in statement.targets:
            return False
        array = dotted(part.value)
        read = nodes_in(statement.value)
        return all(name_read(each) != array for each in read)

    # Arrays whose numbers have other names

    def widest_view(self, array: ast.expr) -> ast.expr:
        """Return the longest expression around an array that has the same numbers.

        Its entries change when those of the array do: `x[:]`, `x.ravel()`.
        """
        view: ast.expr | None = array
        while view is not None:
            array = view
            view = self._view_around(array)
        return array

    def _view_around(self, array: ast.expr) -> ast.expr | None:
        names = vocabulary("uses")["views"]
        around = self._around[array]
        if isinstance(around, ast.Subscript) and around.value is array:
            return around if _is_slice(around.slice) else None
        if isinstance(around, ast.Attribute):
            if around.attr == "T":
                return around
            call = self._around[around]
            if not isinstance(call, ast.Call) or call.func is not around:
                return None
            return call if around.attr in names else None
        if isinstance(around, ast.Call) and around.args[:1] == [array]:
            return around if self._is_view_of_floats(around) else None
        return None

    def _is_view_of_floats(self, call: ast.Call) -> bool:
        """Whether a function of NumPy gives the very array of floats that it is given.

        `np.asarray(x, dtype=np.float32)` is a copy, as is `np.array(x)`.
        """
        others = [each.value for each in call.keywords if each.arg != "copy"]
        is_shared = is_told_to_share(call)
        library, _, name = meaning(call.func, self._imports).partition(".")
        is_view = name in vocabulary("uses")["views"] or (name == "array" and is_shared)
        types = [*call.args[1:], *others]
        are_floats = all(is_float_type(each, self._imports) for each in types)
        return library == "numpy" and is_view and are_floats

    def is_appended(self, node: ast.expr) -> bool:
        """Whether a list gets this at its end."""
        around = self._around[node]
        return isinstance(around, ast.Call) and (
            _is_append(around) and around.args == [node]
        )

    def _is_inserted(self, node: ast.expr) -> bool:
        """Whether a list gets this at another place."""
        around = self._around[node]
        return (
            isinstance(around, ast.Call)
            and isinstance(around.func, ast.Attribute)
            and around.func.attr in vocabulary("uses")["inserting"]
            and node in around.args
        )

    # Arrays that are changed while other references see it

    def is_changed_while_kept(self, array: ast.expr) -> bool:
        """Whether an array is changed in place while something else refers to it.

        That reference then shows only the last values: `start = x` before `x -= …`. A
        history that grows in a loop has a finding of its own.
        """
        reads = self._places_of(array)
        changes = [read for read in reads if self._is_changed_at(read)]
        return any(
            self._is_kept_at(read, set()) and self._shows_change(read, changes)
            for read in reads
        )

    def is_changed_in(self, function: ast.AST, parameter: str) -> bool:
        """Whether a function changes an array that it is given as a parameter."""
        variable = (function, parameter)
        if variable in self._assigned_values:
            return False
        return any(map(self._is_changed_at, self._reads_by_name.get(variable, [])))

    def _places_of(self, array: ast.expr) -> Sequence[ast.expr]:
        """Return the places of a variable, or of an attribute such as `self.x`."""
        if isinstance(array, ast.Name):
            return self.reads_of(array)
        attributes = [n for n in self._source.nodes if isinstance(n, ast.Attribute)]
        name = dotted(array)
        return [each for each in attributes if name and dotted(each) == name]

    def _is_changed_at(self, read: ast.expr) -> bool:
        """Whether this is the x of `x -= …`, of `x[0] = …`, or of `x = step(x)`."""
        part = self._around[read]
        if isinstance(part, ast.AugAssign):
            return part.target is read
        if isinstance(part, ast.Call):
            return any(map(self._is_moved_by, self._parameters_given(read, part)))
        return isinstance(part, ast.Subscript) and (
            part.value is read and not isinstance(part.ctx, ast.Load)
        )

    def _is_moved_by(self, parameter: ast.Name) -> bool:
        """Whether this is the x of `x -= …` in a function that gives x no new array."""
        name = (self.owners[parameter], parameter.id)
        is_moved = isinstance(self._around[parameter], ast.AugAssign)
        return is_moved and name not in self._assigned_values

    def _shows_change(self, read: ast.expr, changes: Sequence[ast.expr]) -> bool:
        """Whether an array is changed after it is kept here, and no finding says so.

        An attribute may be: its methods are called in any order.
        """
        if isinstance(read, ast.Attribute):
            return bool(changes)
        loops_of_changes = {
            loop for change in changes for loop in self._loops_around(change)
        }
        shared = [loop for loop in self._loops_around(read) if loop in loops_of_changes]
        if shared and not self._makes_anew(shared[0], read):
            return not self.is_appended(self.widest_view(read))
        return any(change.lineno > read.lineno for change in changes)

    def _makes_anew(self, loop: Loop, array: ast.expr) -> bool:
        """Whether each turn of a loop gives a name an array of NumPy's that is new."""
        for statement in loop.body:
            match statement:
                case ast.Assign([target], ast.Call() as call):
                    name = meaning(call.func, self._imports)
                    is_view = name.rpartition(".")[2] in vocabulary("uses")["views"]
                    is_of_numpy = name.startswith("numpy.")
                    if dotted(target) == dotted(array) and is_of_numpy and not is_view:
                        return True
        return False

    def _loops_around(self, node: ast.AST) -> list[Loop]:
        """Return the loops around a node, the innermost first."""
        loops: list[Loop] = []
        while node in self._around:
            node = self._around[node]
            if isinstance(node, Loop):
                loops.append(node)
        return loops

    # Functions that nothing calls

    def is_of_no_caller(self, array: ast.expr) -> bool:
        """Whether an array is a parameter of a function that the script never names.

        A function that draws arrows does not count, nor does one that Python calls
        itself, as it does `__call__`.
        """
        if not isinstance(array, ast.Name):
            return False
        function = self.owners[array]
        if not isinstance(function, ast.FunctionDef) or function.decorator_list:
            return False
        if function.name.startswith("__") or function.name in self.names_read:
            return False
        is_parameter = array.id in parameters_of(function)
        is_rebound = (function, array.id) in self._assigned_names
        return is_parameter and not is_rebound and not self._draws_arrows(function)

    @cached_property
    def names_read(self) -> set[str]:
        """The names of all variables and attributes that are read."""
        return {name_read(node) for node in self._source.nodes}

    @cached_property
    def _assigned_names(self) -> set[tuple[ast.AST, str]]:
        """The names that are assigned, each with its function."""
        return {
            (owner, name.id)
            for name, owner in self.owners.items()
            if not isinstance(name.ctx, ast.Load)
        }

    def _draws_arrows(self, function: ast.FunctionDef) -> bool:
        last_line = function.end_lineno or function.lineno
        return any(function.lineno <= line <= last_line for line in self._drawing_lines)

    @cached_property
    def _drawing_lines(self) -> list[int]:
        """The lines in which a plot of arrows is named."""
        drawing = vocabulary("walk")["drawing"]
        return [
            node.lineno
            for node in self._source.nodes
            if isinstance(node, ast.Name | ast.Attribute) and name_read(node) in drawing
        ]

    # Steps that are incomplete

    def is_in_single_turn(self, node: ast.AST) -> bool:
        """Whether a loop around a node always ends in its first turn."""
        return any(
            isinstance(each, ast.Return | ast.Break)
            for loop in self._loops_around(node)
            for each in loop.body
        )

    def is_of_half_a_step(self, call: ast.Call, array: ast.expr) -> bool:
        """Whether only one slope of a call is used, and moves only one coordinate.

        The other slope then belongs to another point: `x[0] -= …`, before `x[1] -= …`.
        """
        is_single = isinstance(self._around.get(call), ast.Subscript)
        if not is_single or not isinstance(array, ast.Name):
            return False
        return any(self._is_moved_at(read) for read in self.reads_of(array))

    def _is_moved_at(self, read: ast.Name) -> bool:
        """Whether this is the x of `x[0] -= …`, or the first x of `x[0] = x[0] - …`."""
        part = self._around[read]
        statement = self._around[part]
        if not isinstance(part, ast.Subscript) or isinstance(part.slice, ast.Slice):
            return False
        if isinstance(statement, ast.AugAssign):
            return statement.target is part
        return (
            isinstance(statement, ast.Assign)
            and part in statement.targets
            and any(each in nodes_in(statement.value) for each in self.reads_of(read))
        )

    def reason_of_same_steps(
        self, call: ast.Call, array: ast.expr, is_moved: bool
    ) -> str:
        """Return why a loop makes all steps by slopes at one point, if it does.

        It does "not-again" compute them: `x -= lr * g` below `g = slopes(f, x)`. Or it
        has "not-moved" their point: `x -= lr * slopes(f, init_x)`, or an `x_new` that x
        never gets. A loop that tries another f, or another length of the step, is not
        meant, nor one in which the array `is_moved` by another name.
        """
        loops_of_call = self._loops_around(call)
        for slopes in self._places_of_result(call):
            loops = self._loops_around(slopes)
            if not loops:
                continue
            is_in_more_loops = set(loops) > set(loops_of_call)
            if is_in_more_loops and self._repeats_step(slopes, loops[0]):
                return "not-again"
            shared = [loop for loop in loops if loop in loops_of_call]
            if not shared or is_moved or not isinstance(array, ast.Name):
                continue
            changing = self._names_changed_by(nodes_in(shared[0]))
            if any(name_read(node) in changing for node in nodes_in(call)):
                continue
            is_idle = self._is_of_idle_update(slopes, array)
            if is_idle or self._is_same_step(slopes, changing):
                return "not-moved"
        return ""

    def _repeats_step(self, slopes: ast.expr, loop: Loop) -> bool:
        """Whether a loop makes one step in all turns, by slopes from outside it."""
        changing = self._names_changed_by(nodes_in(loop))
        is_constant = name_read(slopes) not in changing
        return is_constant and self._is_same_step(slopes, changing)

    def _names_changed_by(self, nodes: Iterable[ast.AST]) -> set[str]:
        """Return the names that are assigned, or whose arrays are changed."""
        names = [node for node in nodes if isinstance(node, ast.Name)]
        return {
            name.id
            for name in names
            if not isinstance(name.ctx, ast.Load) or self._is_changed_at(name)
        }

    def _places_of_result(self, call: ast.Call) -> Sequence[ast.expr]:
        """Return where the result of a call is used: there, or by its name."""
        match self._around[call]:
            case ast.Assign([ast.Name() as name]):
                return self.reads_of(name)
        return [call]

    def _is_same_step(self, slopes: ast.expr, changing: Set[str]) -> bool:
        """Whether slopes move something beside their point, or the same each turn."""
        statement, is_subtracted = self._way_out_of(slopes)
        match statement:
            case ast.AugAssign(target) | ast.Assign([target]):
                array = target.value if isinstance(target, ast.Subscript) else target
            case _:
                return False
        if not is_subtracted:
            return False
        if _moves_itself(statement, dotted(target)):
            return True
        names = set(map(name_read, nodes_in(statement)))
        return changing.isdisjoint(names - {name_read(slopes), name_read(array)})

    def _way_out_of(self, node: ast.expr) -> tuple[ast.AST, bool]:
        """Return the statement around a node, and whether it is subtracted there."""
        is_subtracted = False
        around: ast.AST = node
        while isinstance(around, ast.expr | ast.keyword):
            inner, around = around, self._around[around]
            match around:
                case ast.BinOp(op=ast.Sub(), right=right):
                    is_subtracted |= right is inner
                case ast.UnaryOp(op=ast.USub()) | ast.AugAssign(op=ast.Sub()):
                    is_subtracted = True
        return around, is_subtracted

    def _is_of_idle_update(self, slopes: ast.expr, array: ast.expr) -> bool:
        """Whether a function of the script gets slopes and the point it ought to move.

        That is `update(x, g)`, or the same as a method.
        """
        statement, _ = self._way_out_of(slopes)
        match statement:
            case ast.Expr(ast.Call(func, args)):
                is_own = name_read(func) in self._functions
                return is_own and name_read(array) in map(name_read, args)
        return False

    def has_sum_never_read(self, call: ast.Call, array: ast.expr) -> bool:
        """Whether slopes are added to something in each turn that nothing else reads.

        That is a velocity, `v = momentum * v - lr * g`, that x does not get.
        """
        for slopes in self._places_of_result(call):
            statement, _ = self._way_out_of(slopes)
            match statement:
                case ast.Assign([ast.Name() as total]) | ast.AugAssign(
                    ast.Name() as total
                ):
                    reads = self.reads_of(total)
                    is_point = total.id == name_read(array)
                    if reads and not is_point and all(map(self._is_of_own_sum, reads)):
                        return True
        return False

    def _is_of_own_sum(self, read: ast.Name) -> bool:
        """Whether a name is read only to be given its next value."""
        statement, _ = self._way_out_of(read)
        match statement:
            case ast.Assign([target]) | ast.AugAssign(target):
                return dotted(target) == read.id
            case _:
                return False

    def is_result_changed_while_kept(self, call: ast.Call) -> bool:
        """Whether slopes change after a list got them: `grads.append(g)`, `g /= 2`."""
        reads = self._places_of_result(call)
        changes = [read for read in reads if self._is_changed_at(read)]
        return any(
            self._is_kept_at(read, set()) and change.lineno > read.lineno
            for read in reads
            for change in changes
        )

    # Whole numbers that become floats

    def may_be_floats(self, array: ast.expr, routine_calls: Set[ast.Call]) -> bool:
        """Whether every use of whole numbers would also work with floats.

        An index or a size would not, nor would a call that is not known to take floats.
        """
        waiting: list[ast.AST] = [array]
        followed = set(waiting)
        while waiting:
            node = waiting.pop()
            around = self._around[node]
            if self._needs_whole_numbers(node, around, routine_calls):
                return False
            for use in self._next_uses(node, around, routine_calls):
                if use not in followed:
                    followed.add(use)
                    waiting.append(use)
        return True

    def _needs_whole_numbers(
        self, node: ast.AST, around: ast.AST, routine_calls: Set[ast.Call]
    ) -> bool:
        words = vocabulary("uses")
        if isinstance(around, ast.Subscript) and around.slice is node:
            return meaning(around.value, self._imports) not in words["no_index"]
        if isinstance(around, ast.BinOp):
            return isinstance(around.left, ast.List) or isinstance(around.op, BITWISE)
        if not isinstance(around, ast.Call) or around.func is node:
            return False
        return around not in routine_calls and not self._takes_floats(around)

    def _takes_floats(self, call: ast.Call) -> bool:
        """Whether a call takes floats, judging by the name of the function."""
        words = vocabulary("uses")
        full_name = meaning(call.func, self._imports)
        library, _, name = full_name.partition(".")
        if library == "numpy":
            lists = [vocabulary("walk")[each] for each in words["lists_of_walk"]]
            return any(name in names for names in (words["of_numpy"], *lists))
        if library == "matplotlib":
            return True
        if not isinstance(call.func, ast.Name):
            is_of_module = library in self._imports.values()
            attribute = getattr(call.func, "attr", "")
            return not is_of_module and attribute not in words["of_whole_numbers"]
        is_imported = call.func.id in self._imports
        is_of_python = call.func.id in vocabulary("names")["builtin"]
        return call.func.id in words["of_python"] or not (is_imported or is_of_python)

    def _next_uses(
        self, node: ast.AST, around: ast.AST, routine_calls: Set[ast.Call]
    ) -> Iterable[ast.AST]:
        """Return the places where the numbers of a node are used next."""
        if isinstance(around, ast.Attribute):
            return [] if around.attr in vocabulary("uses")["apart"] else [around]
        if isinstance(around, ast.Call):
            is_looking = dotted(around.func) in vocabulary("walk")["looking"]
            if is_looking or around in routine_calls:
                return []  # slopes are floats anyway, and a length never becomes one
            return [*self._parameters_given(node, around), around]
        if isinstance(around, ast.Assign):
            return self._reads_in(around.targets)
        if isinstance(around, ast.For | ast.comprehension):
            return self._reads_in([around.target]) if around.iter is node else []
        if isinstance(around, ast.AugAssign | ast.AnnAssign) and around.value is node:
            return self._reads_in([around.target])
        is_value = isinstance(around, ast.expr | ast.keyword)
        return [around] if is_value and not isinstance(around, ast.Compare) else []

    def _reads_in(self, targets: Iterable[ast.expr]) -> list[ast.Name]:
        """Return the places where the assigned names are read."""
        reads = []
        for target in targets:
            if isinstance(target, ast.Name):
                reads.extend(self.reads_of(target))
            elif isinstance(target, ast.Tuple | ast.List):
                reads.extend(self._reads_in(target.elts))
            elif isinstance(target, ast.Subscript | ast.Starred):
                reads.extend(self._reads_in([target.value]))
        return reads

    def _parameters_given(self, node: ast.AST, call: ast.Call) -> list[ast.Name]:
        """Return the reads of the parameters that a call of the script's own sets."""
        if not isinstance(call.func, ast.Name):
            return []
        places = [place for place, each in enumerate(call.args) if each is node]
        reads = []
        for function in self._functions.get(call.func.id, []):
            parameters = parameters_of(function)
            names = [parameters[k] for k in places if k < len(parameters)]
            if isinstance(node, ast.keyword) and node.arg is not None:
                names = [node.arg]
            for name in names:
                reads.extend(self._reads_by_name.get((function, name), []))
        return reads

    @cached_property
    def _functions(self) -> dict[str, list[ast.FunctionDef]]:
        functions: dict[str, list[ast.FunctionDef]] = {}
        for node in self._source.nodes:
            if isinstance(node, ast.FunctionDef):
                functions.setdefault(node.name, []).append(node)
        return functions


def _makes_two_rows(call: ast.Call) -> bool:
    """Whether this is `grad.reshape(2, …)`, which only suits coordinates."""
    is_reshape = isinstance(call.func, ast.Attribute) and call.func.attr == "reshape"
    return is_reshape and len(call.args) > 1 and number(call.args[0]) == 2


def _moves_itself(statement: ast.Assign | ast.AugAssign, name: str) -> bool:
    """Whether this is `x -= …` or `x = x - …` for a name, or for `self.x`."""
    if isinstance(statement, ast.AugAssign):
        return name != ""
    nodes = nodes_in(statement.value)
    names = [dotted(n) for n in nodes if isinstance(n, ast.Name | ast.Attribute)]
    return name != "" and name in names


def _is_slice(index: ast.expr) -> bool:
    """Whether this is the index of `x[:]`, or of `x[...]`."""
    is_dots = isinstance(index, ast.Constant) and index.value is ...
    return is_dots or isinstance(index, ast.Slice)


def _is_append(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == "append"
