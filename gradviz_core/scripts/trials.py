"""Trials: what a function does with an f and an array, found by trying it.

It is carried out on a few small arrays, with an f whose slopes are known and which
records its arguments. These arguments show what the function takes for a point; its
result shows whether it returns the slopes, and in which order.
"""

import ast
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gradviz_core.scripts.interpreter import Interpreter
from gradviz_core.scripts.names import parameters_of
from gradviz_core.scripts.small_arrays import NotFollowed, SmallArray, Stops, array_of
from gradviz_core.scripts.values import OPAQUE, REACH, FunctionNode, KnownFunction

# How a routine takes a two-dimensional array.
ROWS = "rows"  # each row is a point
COLUMNS = "columns"  # each row is a coordinate
WHOLE_ARRAY = "whole"  # all of it is one point
POINT = "point"  # it takes one point, not an array of several
NUMBER = "number"  # f gets one number at a time
UNCLEAR = "unknown"

# Inputs for trials. No two entries are close to each other. Some are zero: a step may
# depend on the coordinate.
A_NUMBER = 1.5
A_POINT = [1.5, -2.5]
TALL = [[1.5, -2.5], [3.5, 0.0], [-4.5, 7.5]]
WIDE = [[1.5, -2.5, 0.0], [5.5, -4.5, 7.5]]
THREE_EQUAL_ROWS = [[1.5, -2.5], [1.5, -2.5], [1.5, -2.5]]  # like the first of TALL
THREE_EQUAL_COLUMNS = [[1.5, 1.5, 1.5], [5.5, 5.5, 5.5]]  # like the first of WIDE
POINT_OF_WHOLE_NUMBERS = [3, -4]
ROWS_OF_WHOLE_NUMBERS = [[3, -4], [5, 6], [-7, 8]]
COLUMNS_OF_WHOLE_NUMBERS = [[3, -4, 5], [6, -7, 8]]
A_COLUMN = [[1.5], [-2.5]]
ZEROS = [0.0, 0.0]
TWO_SHEETS = [WIDE, [[2.5, -7.5, 4.5], [6.5, -3.5, 8.5]]]  # coordinates on two axes

# Inputs at which a routine may stop with an error.
LIST = "list"
ONE_NUMBER = "number"
MANY_POINTS = "many points"  # an array of them
NOT_FLAT = "not flat"  # coordinates in tables, as `np.meshgrid` returns them
SEVERAL_VALUES = "several values"  # which f returns for an array of many points
SEVERAL_FOR_A_POINT = "several values for a point"  # which f returns for it

TOLERANCE = 1e-2  # of a slope, which is computed with a step
SHORTEST_STEP = 1e-12  # with a shorter one, rounding spoils the slopes
ROUNDING = 1e-12  # the most an entry is off after it is moved and put back: x + h - h

# If a coordinate stays where it was moved to, the slopes of x[0]*x[1] are off by that
# distance. On the book's grid its longest gradient is 2.83, and an arrow counts as
# wrong, as in a measurement, if it is off by more than 1e-6 * (1 + 2.83).
MOST_MOVE = 3.83e-6

# How slopes compare with the exact ones.
RIGHT = "right"
SCALED = "scaled"  # all are off by the same factor
PARTIAL = "partial"  # some are missing and are zero
WRONG = "wrong"


def value_at(point: Sequence[float]) -> float:
    """The f of a trial: its slopes differ, and central differences give them exactly.

    They have both signs, and where they are small, a one-sided step shows.
    """
    total = 0.0
    for k, x in enumerate(point):
        total += 20 * (k - 1) * x + x * x
        for y in point[:k]:
            total += x * y
    return total


def slopes_at(point: Sequence[float]) -> list[float]:
    """Return the exact slopes of `value_at`."""
    total = sum(point)
    return [20 * (k - 1) + total + x for k, x in enumerate(point)]


class FirstRow(KnownFunction):
    """An f that returns the first row of its argument, and so not one number."""

    def answer(self, arguments: Sequence[Any]) -> Any:
        """Return the first entry of the array."""
        super().answer(arguments)
        return array_of(arguments[0]).part(0)


class AllNumbers(KnownFunction):
    """An f that returns all numbers of its argument, as `x**2` without a sum does."""

    def answer(self, arguments: Sequence[Any]) -> Any:
        """Return a copy of the array."""
        super().answer(arguments)
        return array_of(arguments[0]).copied()


@dataclass(frozen=True)
class Attempt:
    """One call of a function, carried out.

    Attributes
    ----------
    given : SmallArray
        The array before the call.
    asked : list of list of float
        The numbers that f received, call by call.
    result : SmallArray or None
        The array or list of numbers that the function returned, else None.
    moved_by : float
        The largest change of a number in the array after a call that did not stop;
        infinite if its shape changed.
    has_stopped : bool
        Whether the call stopped with an error.
    """

    given: SmallArray
    asked: list[list[float]]
    result: SmallArray | None
    moved_by: float
    has_stopped: bool

    def asks_for(self, kind: str) -> bool:
        """Whether f received only points of a kind, each near one in the array."""
        points = self._points_of(kind)
        return bool(self.asked) and all(
            any(_is_near(numbers, point) for point in points) for numbers in self.asked
        )

    def _points_of(self, kind: str) -> list[list[float]]:
        if kind == NUMBER:
            return [[entry] for entry in self.given.entries()]
        if kind == WHOLE_ARRAY:
            return [self.given.entries()]
        if kind == COLUMNS:
            return _rows_of(self.given.transposed())
        return _rows_of(self.given)

    def expected(self, kind: str) -> list[float]:
        """Return the exact slopes in the order of the array for points of a kind."""
        by_point = array_of([slopes_at(point) for point in self._points_of(kind)])
        if kind == COLUMNS:
            by_point = by_point.transposed()
        return by_point.entries()

    def outcome(self, kind: str) -> tuple[str, float]:
        """Return how the result compares with the exact slopes, and its factor."""
        if self.result is None or self.result.shape != self.given.shape:
            return WRONG, 0.0
        return compared(self.result.entries(), self.expected(kind))

    def has_order_of(self, kind: str) -> bool:
        """Whether slopes for points of a kind came back in the order of the array."""
        return self.asks_for(kind) and self.outcome(kind)[0] != WRONG

    def has_shape_of(self, kind: str) -> bool:
        """Whether f received points of a kind, and each entry got a slope."""
        is_shaped = self.result is not None and self.result.shape == self.given.shape
        return self.asks_for(kind) and is_shaped


def compared(slopes: Sequence[float], exact: Sequence[float]) -> tuple[str, float]:
    """Return how slopes compare with the exact ones, and the factor between them."""
    factors = [slope / other for slope, other in zip(slopes, exact, strict=True)]
    present = [factor for factor in factors if factor != 0]
    if not present:
        return WRONG, 0.0
    factor = present[0]
    if not all(abs(each - factor) <= TOLERANCE * abs(factor) for each in present):
        return WRONG, 0.0
    if len(present) < len(factors):
        return PARTIAL, factor
    return (RIGHT if abs(factor - 1) <= TOLERANCE else SCALED), factor


class Trial:
    """A function under trial, with the positions of its f and its array.

    Parameters
    ----------
    interpreter : Interpreter
        Carries out the function.
    function : FunctionNode
        The function.
    function_parameter, array_parameter : int
        The positions of f and of the array among its parameters.
    others : mapping
        Values of other parameters. One with neither a value nor a default is opaque.
    """

    def __init__(
        self,
        interpreter: Interpreter,
        function: FunctionNode,
        function_parameter: int,
        array_parameter: int,
        others: Mapping[str, Any],
    ) -> None:
        self.interpreter = interpreter
        self.function = function
        names = parameters_of(function)
        self.f_name = names[function_parameter]
        self.x_name = names[array_parameter]
        without_default = names[: len(names) - len(function.args.defaults)]
        self.others = dict.fromkeys(without_default, OPAQUE) | dict(others)
        self.arguments_of_f = 1
        interpreter.entered.clear()
        interpreter.visited.clear()

    def attempt(self, given: Any, f: KnownFunction | None = None) -> Attempt:
        """Carry out one call with an array, a list or a number.

        Raises
        ------
        NotFollowed
            If something that the function does is unknown.
        """
        before = array_of(given)
        f = f or KnownFunction(value_at)
        f.around = [float(entry) for entry in before.entries()]
        arguments = self.others | {self.f_name: f, self.x_name: given}
        result: Any = None
        has_stopped = False
        try:
            result = self.interpreter.run(self.function, arguments)
        except Stops:
            has_stopped = True
        self.arguments_of_f = max(self.arguments_of_f, f.most_arguments)
        moved_by = 0.0 if has_stopped else _largest_move(before, _as_array(given))
        return Attempt(before, f.asked, _as_array(result), moved_by, has_stopped)

    def attempt_if_followed(
        self, given: Any, f: KnownFunction | None = None
    ) -> Attempt | None:
        """Carry out one call if it can be followed."""
        try:
            return self.attempt(given, f)
        except NotFollowed:
            return None

    @cached_property
    def point(self) -> Attempt:
        """One point, as an array with one axis."""
        return self.attempt(array_of(A_POINT))

    @cached_property
    def number(self) -> Attempt | None:
        """One number, for a routine that differentiates functions of one."""
        return self.attempt_if_followed(A_NUMBER)

    @cached_property
    def tall(self) -> Attempt:
        """Three points with two coordinates, one a row, as in `np.array([X, Y]).T`.

        The numbers of a row are not adjacent in memory, so `ravel` makes a copy.
        """
        by_coordinate = array_of(array_of(TALL).transposed())
        return self.attempt(by_coordinate.transposed())

    @cached_property
    def wide(self) -> Attempt:
        """Two rows of three numbers: two points, or the coordinates of three points."""
        return self.attempt(array_of(WIDE))

    @cached_property
    def takes(self) -> str:
        """What the function takes a two-dimensional array for."""
        is_met = {
            NUMBER: self._takes_numbers,
            COLUMNS: self._takes_columns,
            ROWS: self._takes_rows,
            WHOLE_ARRAY: self._takes_the_whole,
            POINT: self._takes_a_point_alone,
        }
        return next((kind for kind in is_met if is_met[kind]()), UNCLEAR)

    def _takes_numbers(self) -> bool:
        if self.point.asks_for(NUMBER):
            return self._is_ordered(self.point, NUMBER)
        if self.takes_one_point or self.number is None:
            return False
        return self._is_ordered(self.number, NUMBER)

    def _takes_columns(self) -> bool:
        is_ordered = self._is_ordered(self.wide, COLUMNS)
        return is_ordered and self._treats_alike(THREE_EQUAL_COLUMNS, self.wide)

    def _takes_rows(self) -> bool:
        if not self._is_ordered(self.tall, ROWS):
            return False
        is_alike = self.wide.has_stopped or self._is_ordered(self.wide, ROWS)
        return is_alike and self._treats_alike(THREE_EQUAL_ROWS, self.tall)

    def _treats_alike(
        self, equal_points: Sequence[Sequence[float]], usual: Attempt
    ) -> bool:
        """Whether three equal points give f no other arguments than one of them does.

        They do if a step shrinks from point to point.
        """
        asked = self.attempt(array_of(equal_points)).asked
        return all(numbers in usual.asked for numbers in asked)

    def _takes_the_whole(self) -> bool:
        attempts = (self.tall, self.wide)
        return all(self._is_ordered(attempt, WHOLE_ARRAY) for attempt in attempts)

    def _takes_a_point_alone(self) -> bool:
        attempts = (self.tall, self.wide)
        return self.takes_one_point and all(
            attempt.has_stopped or attempt.asks_for(WHOLE_ARRAY) for attempt in attempts
        )

    @cached_property
    def takes_one_point(self) -> bool:
        """Whether the function takes a flat array for one point."""
        return self._is_ordered(self.point, ROWS)

    def _is_ordered(self, attempt: Attempt, kind: str) -> bool:
        """Whether the slopes for points of a kind came in the order of the array.

        If rounding spoils them, it is enough that there is one for each entry.
        """
        if self._has_short_step:
            return attempt.has_shape_of(kind)
        return attempt.has_order_of(kind)

    @cached_property
    def step(self) -> float | None:
        """How far the function moves a coordinate that is zero, None if it does not."""
        attempt = self._attempt_at_zero()
        if attempt is None:
            return None
        moves = [abs(number) for numbers in attempt.asked for number in numbers]
        return min((move for move in moves if move), default=None)

    def _attempt_at_zero(self) -> Attempt | None:
        """Carry out one call with zeros: a point, two points or a number."""
        given = [ZEROS, ZEROS] if self.point.has_stopped else ZEROS
        attempt = self.attempt_if_followed(array_of(given))
        if attempt is None or not attempt.asked:
            return self.attempt_if_followed(0.0)
        return attempt

    @property
    def _has_short_step(self) -> bool:
        """Whether the step is so short that rounding spoils the slopes."""
        return self.step is not None and self.step < SHORTEST_STEP

    @cached_property
    def outcomes(self) -> list[tuple[str, float]]:
        """How the slopes of each relevant attempt compare with the exact ones."""
        if self.takes == NUMBER:
            return self._outcomes_of_numbers()
        outcomes = []
        if self.point.has_shape_of(ROWS):
            outcomes.append(self.point.outcome(ROWS))
        if self.takes in (ROWS, WHOLE_ARRAY):
            outcomes.append(self.tall.outcome(self.takes))
        elif self.takes == COLUMNS:
            outcomes.append(self.wide.outcome(self.takes))
        return outcomes

    def _outcomes_of_numbers(self) -> list[tuple[str, float]]:
        """Compare the slopes of a routine for functions of one number."""
        return [
            attempt.outcome(NUMBER)
            for attempt in (self.point, self.number)
            if attempt is not None and attempt.asks_for(NUMBER)
        ]

    @property
    def is_right(self) -> bool:
        """Whether all slopes are exact, or rounding makes it impossible to tell."""
        are_right = (outcome == RIGHT for outcome, _ in self.outcomes)
        return self._has_short_step or all(are_right)

    @property
    def is_array_changed(self) -> bool:
        """Whether the function leaves other numbers in the array it is given."""
        return self._moved_by >= ROUNDING

    @property
    def shows_that_array_is_changed(self) -> bool:
        """Whether slopes taken next to a moved coordinate are off enough to be wrong.

        They are off by the distance of the move, times the rate at which the slope
        changes along that coordinate.
        """
        return self._moved_by > MOST_MOVE

    @property
    def _moved_by(self) -> float:
        return max(self.point.moved_by, self.tall.moved_by)

    @cached_property
    def cuts_whole_numbers(self) -> bool:
        """Whether whole numbers give other slopes than the same numbers as floats."""
        if self.takes in (NUMBER, UNCLEAR):
            return False
        attempt = self.attempt(array_of(self._whole_numbers()))
        if attempt.has_stopped:
            return False
        kind = ROWS if self.takes == POINT else self.takes
        outcome, factor = attempt.outcome(kind)
        usual_outcome, usual_factor = self.outcomes[-1]
        is_same = abs(factor - usual_factor) <= TOLERANCE * abs(usual_factor)
        return outcome != usual_outcome or not is_same

    def _points(self) -> Sequence[Any]:
        """Return some points, or one, in the shape that the function takes."""
        if self.takes == POINT:
            return A_POINT
        return WIDE if self.takes == COLUMNS else TALL

    def _whole_numbers(self) -> Sequence[Any]:
        """Return the array of whole numbers in the shape that the function takes."""
        if self.takes == POINT:
            return POINT_OF_WHOLE_NUMBERS
        if self.takes == COLUMNS:
            return COLUMNS_OF_WHOLE_NUMBERS
        return ROWS_OF_WHOLE_NUMBERS

    @cached_property
    def misreads_columns(self) -> bool:
        """Whether the function returns wrong slopes for a point in a column."""
        if self.takes != POINT:
            return False
        attempt = self.attempt_if_followed(array_of(A_COLUMN))
        if (
            attempt is None
            or attempt.result is None
            or not attempt.asks_for(WHOLE_ARRAY)
        ):
            return False
        slopes = attempt.result.entries()
        exact = slopes_at(A_POINT)
        return len(slopes) == len(exact) and compared(slopes, exact)[0] != RIGHT

    def stops_at(self) -> frozenset[str]:
        """Return the kinds of input at which the function stops with an error."""
        attempts = {
            LIST: self.attempt_if_followed(list(A_POINT)),
            ONE_NUMBER: self.attempt_if_followed(A_NUMBER),
            NOT_FLAT: self.attempt_if_followed(array_of(TWO_SHEETS)),
            SEVERAL_VALUES: self.attempt_if_followed(
                array_of(WIDE), FirstRow(value_at)
            ),
            SEVERAL_FOR_A_POINT: self.attempt_if_followed(
                array_of(self._points()), AllNumbers(value_at)
            ),
        }
        kinds = {
            kind
            for kind, attempt in attempts.items()
            if attempt is not None and attempt.has_stopped
        }
        if self.tall.has_stopped and self.wide.has_stopped:
            kinds.add(MANY_POINTS)
        return frozenset(kinds)

    def has_visited_all(self) -> bool:
        """Whether some attempt reached every statement that matters."""
        if are_all_visited(self.interpreter):
            return True
        for given in (list(A_POINT), A_NUMBER):
            self.attempt_if_followed(given)
            if are_all_visited(self.interpreter):
                return True
        return False


def are_all_visited(interpreter: Interpreter) -> bool:
    """Whether everything that matters was reached in the functions carried out."""
    return all(
        part in interpreter.visited
        for function in interpreter.entered
        for part in _parts_that_matter(function)
    )


def _largest_move(before: SmallArray, after: SmallArray | None) -> float:
    """Return the largest change of a number in an array; infinite for another shape."""
    if after is None or after.shape != before.shape:
        return math.inf
    pairs = zip(before.entries(), after.entries(), strict=True)
    return max((abs(a - b) for a, b in pairs), default=0.0)


def _as_array(result: Any) -> SmallArray | None:
    """Return the result of a function as one array, None if it cannot be one."""
    try:
        return array_of(result)
    except (NotFollowed, Stops):
        return None


def _rows_of(array: SmallArray) -> list[list[float]]:
    if len(array.shape) < 2:
        return [array.entries()]
    return [array.part(k).entries() for k in range(array.shape[0])]


def _is_near(numbers: Sequence[float], point: Sequence[float]) -> bool:
    return len(numbers) == len(point) and all(
        abs(a - b) <= REACH for a, b in zip(numbers, point, strict=True)
    )


def _parts_that_matter(function: FunctionNode) -> Iterator[ast.AST]:
    """Yield the statements of a function, and both branches of its choices.

    Statements that reject an argument, or only print, need not be reached.
    """
    if isinstance(function, ast.Lambda):
        waiting: list[ast.AST] = [function.body]
    else:
        waiting = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.stmt) and not _is_beside_the_point(node):
            yield node
        if isinstance(node, ast.IfExp):
            yield node.body
            yield node.orelse
        if not isinstance(node, FunctionNode):
            waiting.extend(ast.iter_child_nodes(node))


def _is_beside_the_point(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"))):
            return True
    return isinstance(node, ast.Raise | ast.Pass | ast.Import | ast.ImportFrom)
