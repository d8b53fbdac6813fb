"""Drawn: whether the arrows that a script draws are the slopes of one of its functions.

The whole script is carried out. Its arrows are compared with the slopes of each of its
functions at the same points. If a function has the same slopes, the script is carried
out once more with another function in its place: arrows that are slopes by luck show.
"""

import ast
import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.interpreter import Script
from gradviz_core.scripts.misses import (
    Miss,
    empty_plot,
    in_pairs,
    other_order,
    slopes_of_table,
    wrong_component,
)
from gradviz_core.scripts.names import parameters_of
from gradviz_core.scripts.operators import combined
from gradviz_core.scripts.small_arrays import (
    NotFollowed,
    SmallArray,
    Stops,
    array_of,
    is_number,
    reshaped,
    stretched,
)
from gradviz_core.scripts.source import Source, Unreadable
from gradviz_core.scripts.values import Closure, FunctionNode, Opaque
from gradviz_core.scripts.whole_runs import (
    VARIES,
    Abandoned,
    CallsSeen,
    Change,
    Drawn,
    OwnCall,
    WholeRun,
    quivers_in,
)
from gradviz_core.scripts.whole_runs.plots import name_called

STEP = 1e-4
TOLERANCE = 2e-3  # of the longest slope, or of a factor
SHIFT = 2  # between the functions that take the places of several
SHORTEST = 1e-6  # a longest slope below this is rounding

Point = tuple[float, float]
Slopes = list[Point]

# How arrows compare with slopes.
EXACT = "exact"  # or the exact opposite
SCALED = "scaled"  # all by one factor
ALONG = "along"  # each by a factor of its own

# Whether a plot is right as it is, or once its two components are exchanged.
RIGHT = "right"
SWAPPED = "swapped"


@dataclass(frozen=True)
class Field:
    """The arrows of a plot at their points."""

    node: ast.Call
    points: Slopes
    arrows: Slopes

    def compared(self, slopes: Slopes, is_swapped: bool = False) -> str:
        """Return how the arrows compare with slopes, empty if they do not fit."""
        arrows = [(v, u) for u, v in self.arrows] if is_swapped else self.arrows
        return compared(arrows, slopes)


def compared(arrows: Slopes, slopes: Slopes) -> str:
    """Return how arrows compare with slopes, empty if they do not fit."""
    longest = max(map(_length, slopes), default=0.0)
    if not math.isfinite(longest) or longest < SHORTEST:
        return ""
    factors = []
    for arrow, slope in zip(arrows, slopes, strict=True):
        length = _length(slope)
        if length <= TOLERANCE * longest:
            continue  # too short to have a direction
        factor = (arrow[0] * slope[0] + arrow[1] * slope[1]) / length / length
        off = (arrow[0] - factor * slope[0], arrow[1] - factor * slope[1])
        if not _length(off) <= TOLERANCE * abs(factor) * length:
            return ""
        factors.append(factor)
    if not factors or not (min(factors) > 0 or max(factors) < 0):
        return ""
    first = factors[0]
    if not all(abs(each - first) <= TOLERANCE * abs(first) for each in factors):
        return ALONG
    is_exact = abs(abs(first) - 1) <= TOLERANCE
    for arrow, slope in zip(arrows, slopes, strict=True):
        off = (arrow[0] - first * slope[0], arrow[1] - first * slope[1])
        if not _length(off) <= TOLERANCE * abs(first) * longest:
            return ""
    return EXACT if is_exact else SCALED


def _length(vector: Point) -> float:
    return math.hypot(*vector)


class Candidate:
    """A function of the script that may be the one whose slopes are drawn.

    Parameters
    ----------
    run : WholeRun
        Carries it out.
    closure : Closure
        The function.
    """

    def __init__(self, run: WholeRun, closure: Closure) -> None:
        self.run = run
        self.closure = closure
        names = parameters_of(closure.node)
        needed = len([name for name in names if name not in closure.defaults])
        calls = run.calls_seen.get(closure.node, CallsSeen([], {}))
        self.count = needed if needed <= 2 else calls.count_of_coordinates
        self.others = calls.arguments[self.count :]
        self.keywords = calls.keywords

    def value(self, point: Point) -> float:
        """Return its value at a point.

        Raises
        ------
        NotFollowed
            If it is no function of a point.
        """
        coordinates = [*point] if self.count == 2 else [array_of([*point])]
        value = self._result(coordinates)
        if isinstance(value, SmallArray) and value.size == 1:
            [value] = value.entries()
        if not is_number(value):
            raise NotFollowed
        return float(value)

    def _result(self, coordinates: Sequence[Any]) -> Any:
        """Return what it gives at a point, or at many in one array or two."""
        self.run.level = 0
        arguments = [*coordinates, *self.others]
        if VARIES in (*self.others, *self.keywords.values()):
            raise NotFollowed
        try:
            return self.run.call(self.closure, arguments, self.keywords)
        except Stops:
            raise NotFollowed from None

    def values(self, points: Slopes) -> list[float]:
        """Return its values at points: all at once, if it can be asked so.

        Raises
        ------
        NotFollowed
            If it is no function of a point.
        """
        if not points:
            return []
        along = array_of([[x for x, _ in points], [y for _, y in points]])
        one_by_one = {k: self.value(points[k]) for k in {0, len(points) // 2}}
        ways = [[along], [along.transposed().copied()]]
        if self.count == 2:
            ways = [[along.part(0), along.part(1)]]
        for coordinates in ways:
            try:
                values = array_of(self._result(coordinates))
            except NotFollowed:
                continue
            if values.shape == (len(points),) and all(
                math.isclose(values.part(k), one_by_one[k], abs_tol=SHORTEST)
                for k in one_by_one
            ):
                return [float(each) for each in values.entries()]
        return list(map(self.value, points))

    def is_of_points(self, fields: Sequence[Field]) -> bool:
        """Whether it gives a number at the first point of each plot."""
        try:
            values = [self.value(field.points[0]) for field in fields if field.points]
        except NotFollowed:
            return False
        return bool(values) and self.count in (1, 2)

    def slopes(self, points: Slopes) -> Slopes:
        """Return its slopes at all points, by central differences."""
        along_axes = []
        for dx, dy in ((STEP, 0), (0, STEP)):
            ahead = self.values([(x + dx, y + dy) for x, y in points])
            behind = self.values([(x - dx, y - dy) for x, y in points])
            pairs = zip(ahead, behind, strict=True)
            along_axes.append([(a - b) / (2 * STEP) for a, b in pairs])
        return list(zip(*along_axes, strict=True))


# The function that takes a candidate's place. Central differences give its slopes
# exactly, and they have both signs.


def known_value(x: Any, y: Any) -> Any:
    """Return x² + 3y² + xy + 2x - 5y, of numbers or arrays."""
    add, times = ast.Add(), ast.Mult()
    of_x = combined(times, x, combined(add, combined(add, x, y), 2))
    of_y = combined(times, y, combined(ast.Sub(), combined(times, y, 3), 5))
    return combined(add, of_x, of_y)


def known_slopes(x: float, y: float) -> Point:
    """Return its slopes."""
    return 2 * x + y + 2, 6 * y + x - 5


def known_instead(count: int, shift: int = 0) -> Callable[[Sequence[Any], Any], Any]:
    """Return the known function, as one of one array or of two numbers or arrays.

    Several are told apart by their shift: the first coordinate is that much larger.
    """

    def value(x: Any, y: Any) -> Any:
        return known_value(combined(ast.Add(), x, shift), y)

    def answer(arguments: Sequence[Any], own: Any) -> Any:
        if len(arguments) < count:
            raise Abandoned  # a coordinate is passed by name
        if any(isinstance(each, Opaque) for each in arguments):
            return Opaque()
        if count == 2:
            return value(*arguments[:2])
        points = array_of(arguments[0])
        shape = own.shape if isinstance(own, SmallArray) else ()
        is_by_rows = points.shape == (*shape, 2)
        is_by_columns = points.shape == (2, *shape)
        if is_by_rows == is_by_columns and points.shape != (2,):
            raise Abandoned  # it is unknown what a point is
        if is_by_columns or points.shape == (2,):
            return value(points.part(0), points.part(1))
        return value(points.part((..., 0)), points.part((..., 1)))

    return answer


@dataclass(frozen=True)
class Fit:
    """A function whose slopes some arrows show."""

    candidate: Candidate
    slopes: Slopes
    how: str
    is_swapped: bool


@dataclass(frozen=True)
class FoundMiss:
    """A plot that shows something else than the slopes of a function or of heights."""

    field: Field
    subject: ast.AST
    slopes: Slopes
    miss: Miss


class Fields:
    """The plots of a script, judged.

    Parameters
    ----------
    source : Source
        The script.
    script : Script
        What its names stand for.
    routines : set of FunctionNode
        Its functions that are, or may be, gradient routines.
    differences : sequence of ast.BinOp
        Where it subtracts two values of a function outside routines that are right.

    Attributes
    ----------
    are_right : bool
        Whether all of them show the slopes of a function of the script.
    swapped : list of ast.Call
        The plots whose arrows are right once their two components are exchanged.
    wrong_quotients : dict
        Quotients of differences that are a multiple of the slope, and the factor.
    unturned : dict
        The calls whose array and result lack a .T, and which argument the array is.
    right_lines : set of int
        The lines of routines' calls whose results are all right.
    misses : list of FoundMiss
        The plots that show something else than the slopes of their function.
    first_run : WholeRun or None
        The run of the script as it is written.
    have_subject : bool
        Whether the script has a function whose slopes the arrows may be meant to show.
    """

    def __init__(
        self,
        source: Source,
        script: Script,
        routines: Set[FunctionNode],
        differences: Sequence[ast.BinOp],
    ) -> None:
        self.are_right = False
        self.swapped: list[ast.Call] = []
        self.wrong_quotients: dict[ast.AST, float] = {}
        self.unturned: dict[ast.Call, int] = {}
        self.right_lines: set[int] = set()
        self.misses: list[FoundMiss] = []
        self.first_run: WholeRun | None = None
        self.have_subject = False
        self._tree = source.tree
        self._steps_of_runs = 0
        self._quivers = quivers_in(source.nodes)
        self._script = script
        self._routines = routines
        self._sites = {_quotient_of(each, source.nodes) for each in differences}
        self._inside = {node for routine in routines for node in ast.walk(routine)}
        self._judge_all()

    @property
    def are_judged(self) -> bool:
        """Whether anything is known of the plots."""
        wrong = (self.swapped, self.wrong_quotients, self.unturned, self.misses)
        return self.are_right or any(wrong)

    def _judge_all(self) -> None:
        try:
            run = self._run(Change())
            fields = [_field_of(each) for each in run.drawn]
            candidates = [
                candidate
                for closure in [*run.functions_made.values()]
                if closure.node not in self._inside
                and (candidate := Candidate(run, closure)).is_of_points(fields)
            ]
        except (NotFollowed, Stops):
            return
        self.have_subject = bool(candidates)
        self._judge(run, fields, candidates)
        if not self.are_judged:
            self._try_with_transposes(run, fields, candidates)
        if not self.are_judged:
            self._look_for_misses(run, fields, candidates)

    def explain(self, reason: Unreadable) -> bool:
        """Whether a run of the whole script answers what was not followed."""
        if not self.are_judged:
            return False
        lines = {call.lineno for call in self.unturned}
        if self.are_right or self.swapped:
            lines |= self.right_lines
        of_calls = ("array", "call", "result", "routine")
        is_of_call = reason.code in of_calls and reason.line in lines
        is_of_all = reason.code == "too-long" and self.are_right
        return reason.code == "arrows" or is_of_call or is_of_all

    def _run(self, change: Change) -> WholeRun:
        if self._steps_of_runs > vocabulary("whole_run")["most_steps_of_all_runs"]:
            raise NotFollowed
        run = WholeRun(self._script, self._routines, self._sites, change)
        self.first_run = self.first_run or run
        has_drawn_all = run.has_drawn_all(self._tree, self._quivers)
        self._steps_of_runs += run.steps_of_all
        if not has_drawn_all:
            raise NotFollowed
        return run

    def _known_fields(
        self,
        fields: Sequence[Field],
        replaced: Mapping[Candidate, int],
        change: Change,
    ) -> tuple[WholeRun, list[Field]] | None:
        """Carry the script out with the known function in the place of some.

        Each is shifted by its number. The result is None if the script stops, or draws
        at other points.
        """
        instead = {
            each.closure.node: known_instead(each.count, shift)
            for each, shift in replaced.items()
        }
        try:
            run = self._run(replace(change, instead=instead))
            known = [_field_of(each) for each in run.drawn]
        except (NotFollowed, Stops):
            return None
        are_there = [each.points for each in known] == [each.points for each in fields]
        return (run, known) if are_there and instead else None

    def _judge(
        self,
        first_run: WholeRun,
        fields: Sequence[Field],
        candidates: Sequence[Candidate],
    ) -> None:
        points = {tuple(field.points): field.points for field in fields}
        slopes = {key: list(_slopes_of(candidates, points[key])) for key in points}
        fits = [_fits(field, slopes[tuple(field.points)]) for field in fields]
        behind = {*itertools.chain(*first_run.functions_of_sites.values())}
        matched = {fit.candidate for each in fits for fit in each}
        matched |= {each for each in candidates if each.closure.node in behind}
        outcome = self._known_fields(fields, dict.fromkeys(matched, 0), Change())
        if outcome is None:
            return
        if not self._are_unmixed(fields, fits, matched):
            return
        run, known = outcome
        factors = self._factors(run, points.values())
        calls = self._calls_of_routines(run)
        wrong_calls = [call for call in calls if not _is_right(call)]
        self.right_lines = _lines_of(run, calls) - _lines_of(run, wrong_calls)
        by_hand = [factors[site] for site in factors if site not in self._inside]
        are_quotients = any(
            all(factor and abs(factor - sign) <= TOLERANCE for factor in by_hand)
            for sign in (1, -1)
        )
        is_scale_known = are_quotients and bool(by_hand or calls)
        states: dict[ast.Call, set[str]] = {}
        for field, known_field, own in zip(fields, known, fits, strict=True):
            state = _state(field, known_field, own, not wrong_calls, is_scale_known)
            states.setdefault(field.node, set()).add(state)
        self.are_right = all(each == {RIGHT} for each in states.values())
        if all(each in ({RIGHT}, {SWAPPED}) for each in states.values()):
            self.swapped = [node for node in states if states[node] == {SWAPPED}]
        if self.are_right or self.swapped or None in factors.values():
            return
        functions = {each.closure.node for each in matched}
        wrong: dict[ast.AST, float] = {
            site: factor
            for site, factor in factors.items()
            if factor is not None
            and abs(factor - 1) > TOLERANCE
            and run.functions_of_sites[site] <= functions
        }
        if wrong and self._is_right_with(Change(factors=wrong), fields, matched):
            self.wrong_quotients = wrong

    def _are_unmixed(
        self,
        fields: Sequence[Field],
        fits: Sequence[Sequence[Fit]],
        matched: Set[Candidate],
    ) -> bool:
        """Whether each plot shows the slopes of one function, or none that it calls."""
        if len(matched) < 2:
            return True
        in_order = sorted(matched, key=lambda each: each.closure.node.lineno)
        shifts = {candidate: SHIFT * k for k, candidate in enumerate(in_order)}
        outcome = self._known_fields(fields, shifts, Change())
        if outcome is None:
            return False
        for field, known, own in zip(fields, outcome[1], fits, strict=True):
            if known.arrows == field.arrows:
                continue
            if not any(_shows(known, fit, shifts[fit.candidate]) for fit in own):
                return False
        return True

    def _calls_of_routines(self, run: WholeRun) -> list[OwnCall]:
        routines = {*self._routines, None}
        return [call for call in run.own_calls if call.function in routines]

    def _try_with_transposes(
        self,
        run: WholeRun,
        fields: Sequence[Field],
        candidates: Sequence[Candidate],
    ) -> None:
        """Find the calls that lack a .T at their array, and one at their result."""
        nodes = {call.node for call in run.own_calls if _may_lack_transposes(call)}
        of_points = [each for each in candidates if each.count == 1]
        if nodes and self._is_right_with(Change(turned=nodes), fields, of_points):
            self.unturned = {node: run.places_of_tables[node] for node in nodes}

    def _look_for_misses(
        self, run: WholeRun, fields: Sequence[Field], candidates: Sequence[Candidate]
    ) -> None:
        """Compare with heights that no function gives, and find what else is drawn."""
        subjects: list[list[tuple[ast.AST, Slopes]]]
        subjects = [[*_subjects(candidates, field)] for field in fields]
        are_of_heights = not any(subjects)
        if are_of_heights:
            tables = self._slopes_of_heights(run)
            subjects = [[*_heights_at(tables, field)] for field in fields]
        fitting = [
            any(field.compared(slopes) in (EXACT, ALONG) for _, slopes in own)
            for field, own in zip(fields, subjects, strict=True)
        ]
        if are_of_heights and fields and all(fitting):
            self.are_right = True
            return
        self.misses = [
            miss
            for field, own, fits in zip(fields, subjects, fitting, strict=True)
            if not fits
            for miss in _misses_of(field, own)
        ]

    def _slopes_of_heights(
        self, run: WholeRun
    ) -> list[tuple[ast.expr, dict[Point, Point]]]:
        """Return the heights that are drawn, and their slopes at the points there.

        The script is carried out again with the grid moved, along each axis.
        """
        tables = run.heights
        if not tables:
            return []
        steps = [(STEP, 0.0), (-STEP, 0.0), (0.0, STEP), (0.0, -STEP)]
        try:
            moved = [self._run(Change(moved=step)).heights for step in steps]
        except NotFollowed:
            return []
        if any(len(each) != len(tables) for each in moved):
            return []
        found = []
        for k, table in enumerate(tables):
            heights = [each[k].heights for each in (tables, *moved)]
            slopes = slopes_of_table(table.points, heights, STEP)
            if slopes is not None:
                found.append((table.node, slopes))
        return found

    def _is_right_with(
        self, change: Change, fields: Sequence[Field], replaced: Iterable[Candidate]
    ) -> bool:
        """Whether a change makes all arrows right."""
        outcome = self._known_fields(fields, dict.fromkeys(replaced, 0), change)
        if outcome is None:
            return False
        run, known = outcome
        calls = self._calls_of_routines(run)
        is_scale_known = bool(calls or change.factors)
        ways = {EXACT, SCALED, ALONG} if is_scale_known else {EXACT}
        turned = [call for call in run.own_calls if call.node in change.turned]
        return all(map(_is_right, [*calls, *turned])) and all(
            each.compared([known_slopes(*point) for point in each.points]) in ways
            for each in known
        )

    def _factors(
        self, run: WholeRun, points: Iterable[Slopes]
    ) -> dict[ast.AST, float | None]:
        """Return by which factor each quotient differs from a slope, None if unknown.

        Quotients that were never computed are left out.
        """
        orders = [order for each in points for order in _orders_of_slopes(each)]
        return {
            site: _factor(_numbers_in(values), orders)
            for site, values in run.recorded.items()
            if values
        }


def _subjects(
    candidates: Sequence[Candidate], field: Field
) -> Iterator[tuple[FunctionNode, Slopes]]:
    """Yield the functions of a point whose values are not drawn as a component."""
    components = [*zip(*field.arrows, strict=True)]
    for candidate, slopes in _slopes_of(candidates, field.points):
        try:
            values = candidate.values(field.points)
        except NotFollowed:
            continue
        opposite = [-value for value in values]
        if not any(
            _are_alike(drawn, each)
            for drawn in components
            for each in (values, opposite)
        ):
            yield candidate.closure.node, slopes


def _heights_at(
    tables: Sequence[tuple[ast.expr, Mapping[Point, Point]]], field: Field
) -> Iterator[tuple[ast.expr, Slopes]]:
    """Yield the heights that are known at all points of a plot, and their slopes."""
    for node, slopes in tables:
        if slopes.keys() >= {*field.points}:
            yield node, [slopes[point] for point in field.points]


def _misses_of(
    field: Field, subjects: Sequence[tuple[ast.AST, Slopes]]
) -> Iterator[FoundMiss]:
    """Yield what a plot shows in place of the slopes of a function or of heights."""
    order = other_order(field.points)
    for subject, slopes in subjects:
        at_points = dict(zip(field.points, slopes, strict=True))
        elsewhere = [at_points[point] for point in order or []]
        if order and field.compared(elsewhere) in (EXACT, ALONG):
            yield FoundMiss(field, subject, slopes, Miss("transposed", 0))
            return
        if compared(in_pairs(field.arrows), slopes) == EXACT:
            yield FoundMiss(field, subject, slopes, Miss("paired", 0))
            return
    wrong = []
    for subject, slopes in subjects:
        miss = wrong_component(field.arrows, slopes)
        if miss is not None:
            wrong.append(FoundMiss(field, subject, slopes, miss))
    if len(wrong) == 1:
        yield wrong[0]
    if not wrong and len(subjects) == 1:
        [(subject, slopes)] = subjects
        miss = empty_plot(field.arrows, slopes)
        if miss is not None:
            yield FoundMiss(field, subject, slopes, miss)


def _slopes_of(
    candidates: Sequence[Candidate], points: Slopes
) -> Iterator[tuple[Candidate, Slopes]]:
    """Yield the slopes of those candidates that are functions of a point."""
    for candidate in candidates:
        try:
            yield candidate, candidate.slopes(points)
        except NotFollowed:
            continue


def _fits(field: Field, slopes: Sequence[tuple[Candidate, Slopes]]) -> list[Fit]:
    """Return the functions whose slopes the arrows show, as drawn or exchanged."""
    fits = []
    for candidate, own in slopes:
        for is_swapped in (False, True):
            how = field.compared(own, is_swapped)
            if how:
                fits.append(Fit(candidate, own, how, is_swapped))
    return fits


def _shows(known: Field, fit: Fit, shift: int) -> bool:
    """Whether arrows are the slopes of the known function with this shift."""
    slopes = [known_slopes(x + shift, y) for x, y in known.points]
    return bool(known.compared(slopes, fit.is_swapped))


def _state(
    field: Field,
    known: Field,
    fits: Sequence[Fit],
    are_calls_right: bool,
    is_scale_known: bool,
) -> str:
    """Return whether a plot is right, or right once its components are exchanged."""
    is_by_hand = known.arrows == field.arrows
    for is_swapped in (False, True):
        own = [fit for fit in fits if fit.is_swapped == is_swapped]
        if not own:
            continue
        if is_by_hand:
            is_right = any(fit.how in (EXACT, ALONG) for fit in own)
        else:
            slopes = [known_slopes(*point) for point in known.points]
            how = known.compared(slopes, is_swapped)
            is_followed = how == EXACT or (how != "" and is_scale_known)
            is_right = are_calls_right and is_followed
        if is_right:
            return SWAPPED if is_swapped else RIGHT
    return ""


def _lines_of(run: WholeRun, calls: Sequence[OwnCall]) -> set[int]:
    """Return the lines of calls, and where `functools.partial` gets their functions."""
    functions = {call.function for call in calls}
    nodes = [node for node, each in run.partials.items() if each in functions]
    return {node.lineno for node in [*nodes, *(call.node for call in calls)]}


def _may_lack_transposes(call: OwnCall) -> bool:
    """Whether a call gets one coordinate a row, and returns as many numbers."""
    shapes = [array.shape for array in call.arrays]
    if len(shapes) != 1 or len(shapes[0]) != 2:
        return False
    has_alike = isinstance(call.result, SmallArray) and call.result.shape == shapes[0]
    return has_alike and shapes[0][0] == 2 and shapes[0][1] > 2


def _is_right(call: OwnCall) -> bool:
    """Whether a routine returned the slopes, or one of them, of the known function."""
    numbers = [each for each in call.arguments if is_number(each)]
    try:
        result = array_of(call.result)
        arrays = [array_of(each) for each in call.arrays or numbers]
    except (NotFollowed, Stops):
        return False
    if arrays and arrays[0].shape == result.shape and _are_slopes(result, arrays[0]):
        return True
    if len(arrays) < 2 or arrays[0].shape != arrays[1].shape:
        return False
    points = zip(arrays[0].entries(), arrays[1].entries(), strict=True)
    along_axes = [*zip(*(known_slopes(*point) for point in points), strict=True)]
    if result.shape == (2, *arrays[0].shape):
        return _are_alike(result.entries(), [*along_axes[0], *along_axes[1]])
    is_of_one = result.shape == arrays[0].shape
    return is_of_one and any(_are_alike(result.entries(), k) for k in along_axes)


def _are_slopes(result: SmallArray, points: SmallArray) -> bool:
    """Whether numbers are the slopes at points, one a row, else one a column."""
    ways = [(points, result), (points.transposed(), result.transposed())]
    for given, slopes in ways:
        if given.shape[-1:] != (2,):
            continue
        numbers = given.entries()
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        exact = [n for point in pairs for n in known_slopes(*point)]
        return _are_alike(slopes.entries(), exact)
    return False


def _are_alike(numbers: Sequence[float], others: Sequence[float]) -> bool:
    pairs = zip(numbers, others, strict=True)
    return all(abs(a - b) <= TOLERANCE * (1 + abs(b)) for a, b in pairs)


# Quotients of differences


def _quotient_of(difference: ast.BinOp, nodes: Sequence[ast.AST]) -> ast.AST:
    """Return the quotient that a difference is part of, or the difference itself."""
    quotient: ast.AST = difference
    while True:
        outer = next(
            (
                node
                for node in nodes
                if (isinstance(node, ast.UnaryOp) and node.operand is quotient)
                or (
                    isinstance(node, ast.BinOp)
                    and node.left is quotient
                    and isinstance(node.op, ast.Div | ast.Mult)
                )
            ),
            None,
        )
        if outer is None:
            return quotient
        quotient = outer


def _numbers_in(values: Sequence[Any]) -> list[float]:
    """Return the numbers of some results, empty if one of them is unknown."""
    try:
        return [float(n) for value in values for n in array_of(value).entries()]
    except (NotFollowed, Stops):
        return []


def _orders_of_slopes(points: Slopes) -> Iterator[list[float]]:
    """Yield the known slopes in each order in which a script may compute them."""
    pairs = [known_slopes(*point) for point in points]
    for first in (0, 1):
        one = [pair[first] for pair in pairs]
        other = [pair[1 - first] for pair in pairs]
        yield one
        yield one + other
        yield [n for pair in zip(one, other, strict=True) for n in pair]


def _factor(numbers: Sequence[float], orders: Sequence[list[float]]) -> float | None:
    """Return by which factor numbers differ from slopes in any of these orders."""
    for slopes in orders:
        times, rest = divmod(len(numbers), len(slopes) or 1)
        if rest or not times or not slopes:
            continue
        longest = max(map(abs, slopes))
        place = max(range(len(slopes)), key=lambda k: abs(slopes[k]))
        factor = numbers[place] / (slopes[place] or 1)
        pairs = zip(numbers, slopes * times, strict=True)
        most = TOLERANCE * abs(factor) * longest
        if longest and factor and all(abs(n - factor * s) <= most for n, s in pairs):
            return factor
    return None


def _field_of(drawn: Drawn) -> Field:
    """Return the arrows of a plot, one for each point.

    Raises
    ------
    NotFollowed
        If it is not known which arrow stands where.
    """
    values = (*drawn.places, *drawn.arrows)
    if any(isinstance(value, Opaque) for value in values):
        raise NotFollowed
    x, y, u, v = values
    if (
        name_called(drawn.node) == "streamplot"
        and not len(u.shape) == len(v.shape) == 2
    ):
        raise NotFollowed  # matplotlib wants a table
    if len(x.shape) == len(y.shape) == 1 and len(u.shape) == 2:
        shape = (y.size, x.size)
        x = stretched(x, shape)
        y = stretched(reshaped(y, (y.size, 1)), shape)
    if not x.size == y.size == u.size == v.size:
        raise NotFollowed
    xs, ys, us, vs = ([float(n) for n in each.entries()] for each in (x, y, u, v))
    points = list(zip(xs, ys, strict=True))
    return Field(drawn.node, points, list(zip(us, vs, strict=True)))
