"""Judging: what the arrows of a script show, seen by carrying out the whole of it."""

import ast
import itertools
from collections.abc import Iterable, Mapping, Sequence, Set

from gradviz_core.scripts.fields.candidates import (
    Candidate,
    Fit,
    fits_of,
    subjects_of,
    with_slopes,
)
from gradviz_core.scripts.fields.field import ALONG, EXACT, TOLERANCE, Field, Slopes
from gradviz_core.scripts.fields.heights import heights_at
from gradviz_core.scripts.fields.known_function import (
    known_slopes,
    returns_known_slopes,
)
from gradviz_core.scripts.fields.misses import FoundMiss, misses_of
from gradviz_core.scripts.fields.quotients import factors_of
from gradviz_core.scripts.fields.reruns import Reruns
from gradviz_core.scripts.small_arrays import NotFollowed, SmallArray, Stops
from gradviz_core.scripts.unread_reasons import Unread
from gradviz_core.scripts.whole_runs import Change, OwnCall, WholeRun

SHIFT = 2  # between the functions that take the places of several

# Whether a plot is right as it is, or once its two components are exchanged.
RIGHT = "right"
SWAPPED = "swapped"


class JudgedFields:
    """The plots of a script, judged.

    Parameters
    ----------
    reruns : Reruns
        Carry the script out.
    inside : set of ast.AST
        All that stands in its gradient routines.

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
    negated_twice : list of ast.Call
        The plots that point uphill, though both of their components get a minus.
    misses : list of FoundMiss
        The plots that show something else than the slopes of their function.
    have_subject : bool
        Whether the script has a function whose slopes the arrows may be meant to show.
    """

    def __init__(self, reruns: Reruns, inside: Set[ast.AST]) -> None:
        self.are_right = False
        self.swapped: list[ast.Call] = []
        self.wrong_quotients: dict[ast.AST, float] = {}
        self.unturned: dict[ast.Call, int] = {}
        self.right_lines: set[int] = set()
        self.negated_twice: list[ast.Call] = []
        self.misses: list[FoundMiss] = []
        self.have_subject = False
        self._reruns = reruns
        self._inside = inside
        self._judge()

    @property
    def first_run(self) -> WholeRun | None:
        """The run of the script as it is written."""
        return self._reruns.first

    @property
    def are_judged(self) -> bool:
        """Whether anything is known of the plots."""
        wrong = (self.swapped, self.wrong_quotients, self.unturned, self.misses)
        return self.are_right or any(wrong)

    def explain(self, reason: Unread) -> bool:
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

    def _judge(self) -> None:
        try:
            run, fields = self._reruns.run(Change())
            candidates = [
                candidate
                for closure in [*run.functions_made.values()]
                if closure.node not in self._inside
                and (candidate := Candidate(run, closure)).is_of_points(fields)
            ]
        except (NotFollowed, Stops):
            return
        self.have_subject = bool(candidates)
        self._compare_with_functions(run, fields, candidates)
        if not self.are_judged:
            self._try_with_transposes(run, fields, candidates)
        if not self.are_judged:
            self._look_for_misses(run, fields, candidates)

    def _compare_with_functions(
        self,
        first_run: WholeRun,
        fields: Sequence[Field],
        candidates: Sequence[Candidate],
    ) -> None:
        """Find the plots that show slopes, and what keeps others from showing them."""
        fits = _fits_of_all(fields, candidates)
        behind = {*itertools.chain(*first_run.functions_of_sites.values())}
        matched = {fit.candidate for each in fits for fit in each}
        matched |= {each for each in candidates if each.closure.node in behind}
        no_shifts = dict.fromkeys(matched, 0)
        outcome = self._reruns.with_known_function(fields, no_shifts)
        if outcome is None or not self._are_unmixed(fields, fits, matched):
            return
        run, known = outcome
        factors = factors_of(run, known)
        calls = self._reruns.calls_of_routines(run)
        wrong_calls = [call for call in calls if not returns_known_slopes(call)]
        self.right_lines = _lines_of(run, calls) - _lines_of(run, wrong_calls)
        by_hand = [factors[site] for site in factors if site not in self._inside]
        is_scale_known = bool(by_hand or calls) and _are_slopes(by_hand)
        states: dict[ast.Call, set[str]] = {}
        for field, known_field, own in zip(fields, known, fits, strict=True):
            state = _state(field, known_field, own, not wrong_calls, is_scale_known)
            states.setdefault(field.node, set()).add(state)
        self.are_right = all(each == {RIGHT} for each in states.values())
        if self.are_right:
            self.negated_twice = [
                each.node
                for each, known_field in zip(fields, known, strict=True)
                if known_field.arrows != each.arrows and _is_negated_twice(known_field)
            ]
        if all(each in ({RIGHT}, {SWAPPED}) for each in states.values()):
            self.swapped = [node for node in states if states[node] == {SWAPPED}]
        if not self.are_right and not self.swapped:
            self._try_with_factors(run, fields, known, matched, factors)

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
        outcome = self._reruns.with_known_function(fields, shifts)
        if outcome is None:
            return False
        for field, known, own in zip(fields, outcome[1], fits, strict=True):
            if known.arrows == field.arrows:
                continue
            if not any(_shows(known, fit, shifts[fit.candidate]) for fit in own):
                return False
        return True

    def _try_with_factors(
        self,
        run: WholeRun,
        fields: Sequence[Field],
        known: Sequence[Field],
        matched: Set[Candidate],
        factors: Mapping[ast.AST, float | None],
    ) -> None:
        """Find the quotients that are a multiple of the slope."""
        if None in factors.values():
            return
        functions = {each.closure.node for each in matched}
        wrong: dict[ast.AST, float] = {
            site: factor
            for site, factor in factors.items()
            if factor is not None
            and abs(factor - 1) > TOLERANCE
            and run.functions_of_sites[site] <= functions
        }
        are_opposite = all(abs(factor + 1) <= TOLERANCE for factor in wrong.values())
        if are_opposite and all(map(_points_down, known)):
            return  # what is computed is the way down, and is drawn as it is
        change = Change(factors=wrong)
        if wrong and self._reruns.is_right_with(change, fields, matched):
            self.wrong_quotients = wrong

    def _try_with_transposes(
        self,
        run: WholeRun,
        fields: Sequence[Field],
        candidates: Sequence[Candidate],
    ) -> None:
        """Find the calls that lack a .T at their array, and one at their result."""
        nodes = {call.node for call in run.own_calls if _may_lack_transposes(call)}
        of_points = [each for each in candidates if each.count == 1]
        change = Change(turned=nodes)
        if nodes and self._reruns.is_right_with(change, fields, of_points):
            self.unturned = {node: run.places_of_tables[node] for node in nodes}

    def _look_for_misses(
        self, run: WholeRun, fields: Sequence[Field], candidates: Sequence[Candidate]
    ) -> None:
        """Compare with heights that no function gives, and find what else is drawn."""
        subjects: list[list[tuple[ast.AST, Slopes]]]
        subjects = [[*subjects_of(candidates, field)] for field in fields]
        are_of_heights = not any(subjects)
        if are_of_heights:
            tables = self._reruns.slopes_of_heights(run)
            subjects = [[*heights_at(tables, field)] for field in fields]
        fitting = [
            any(field.shows(slopes) for _, slopes in own)
            for field, own in zip(fields, subjects, strict=True)
        ]
        if are_of_heights and fields and all(fitting):
            self.are_right = True
            return
        self.misses = [
            miss
            for field, own, is_fitting in zip(fields, subjects, fitting, strict=True)
            if not is_fitting
            for miss in misses_of(field, own)
        ]


def _fits_of_all(
    fields: Sequence[Field], candidates: Sequence[Candidate]
) -> list[list[Fit]]:
    """Return the functions whose slopes each plot shows.

    Slopes at the same points are computed once.
    """
    points = {tuple(field.points): field.points for field in fields}
    slopes = {key: list(with_slopes(candidates, points[key])) for key in points}
    return [fits_of(field, slopes[tuple(field.points)]) for field in fields]


def _are_slopes(factors: Iterable[float | None]) -> bool:
    """Whether quotients with these factors are all slopes, or all the opposite."""
    factors = list(factors)
    return any(
        all(factor and abs(factor - sign) <= TOLERANCE for factor in factors)
        for sign in (1, -1)
    )


def _points_down(known: Field) -> bool:
    """Whether arrows point down the known function."""
    return known.points_down([known_slopes(*point) for point in known.points])


def _is_negated_twice(known: Field) -> bool:
    """Whether arrows point up the known function, though both get a minus."""
    components = known.node.args[2:4]
    have_minuses = len(components) == 2 and all(
        isinstance(each, ast.UnaryOp) and isinstance(each.op, ast.USub)
        for each in components
    )
    return have_minuses and not _points_down(known)


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
