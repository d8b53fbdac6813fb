"""Judging: what the arrows of a script show, seen by carrying out the whole of it."""

import ast
import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from gradviz_core.scripts.fields.candidates import (
    Candidate,
    Fit,
    fits_of,
    subjects_of,
    with_slopes,
)
from gradviz_core.scripts.fields.compared_plots import (
    RIGHT,
    SWAPPED,
    ComparedPlot,
    states_of,
)
from gradviz_core.scripts.fields.field import (
    TOLERANCE,
    Field,
    Slopes,
    right_ways,
)
from gradviz_core.scripts.fields.heights import heights_at
from gradviz_core.scripts.fields.known_function import returns_known_slopes
from gradviz_core.scripts.fields.misses import FoundMiss, misses_of
from gradviz_core.scripts.fields.quotients import factors_of
from gradviz_core.scripts.fields.reruns import Reruns
from gradviz_core.scripts.small_arrays import NotFollowed, SmallArray, Stops
from gradviz_core.scripts.unread_reasons import Unread
from gradviz_core.scripts.whole_runs import Change, OwnCall, WholeRun

SHIFT = 2  # between the functions that take the places of several


@dataclass(frozen=True)
class JudgedFields:
    """The plots of a script, judged.

    Attributes
    ----------
    first_run : WholeRun or None
        The run of the script as it is written.
    have_subject : bool
        Whether the script has a function whose slopes the arrows may be meant to show.
    are_right : bool
        Whether all of them show the slopes of a function of the script.
    swapped : sequence of ast.Call
        The plots whose arrows are right once their two components are exchanged.
    negated_twice : sequence of ast.Call
        The plots that point uphill, though both of their components get a minus.
    wrong_quotients : mapping
        Quotients of differences that are a multiple of the slope, and the factor.
    right_lines : set of int
        The lines of routines' calls whose results are all right.
    unturned : mapping
        The calls whose array and result lack a .T, and which argument the array is.
    misses : sequence of FoundMiss
        The plots that show something else than the slopes of their function.
    """

    first_run: WholeRun | None
    have_subject: bool = False
    are_right: bool = False
    swapped: Sequence[ast.Call] = ()
    negated_twice: Sequence[ast.Call] = ()
    wrong_quotients: Mapping[ast.AST, float] = field(default_factory=dict)
    right_lines: Set[int] = frozenset()
    unturned: Mapping[ast.Call, int] = field(default_factory=dict)
    misses: Sequence[FoundMiss] = ()

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


def judged_fields(reruns: Reruns, inside: Set[ast.AST]) -> JudgedFields:
    """Judge the plots of a script.

    Parameters
    ----------
    reruns : Reruns
        Carry the script out.
    inside : set of ast.AST
        All that stands in its gradient routines.
    """
    try:
        run, fields = reruns.run(Change())
    except (NotFollowed, Stops):
        return JudgedFields(reruns.first)
    functions = [
        Candidate(run, closure)
        for closure in run.records.functions_made.values()
        if closure.node not in inside
    ]
    candidates = [each for each in functions if each.is_of_points(fields)]
    judge = _Judge(reruns, inside, run, fields, candidates)
    judged = judge.compared_with_functions()
    if not judged.are_judged:
        judged = replace(judged, unturned=judge.calls_without_transposes())
    if not judged.are_judged:
        judged = judge.compared_with_heights(judged)
    return replace(judged, have_subject=bool(candidates))


@dataclass(frozen=True)
class _Judge:
    """What is asked of the plots of a script, one question after the other.

    Attributes
    ----------
    reruns : Reruns
        Carry the script out.
    inside : set of ast.AST
        All that stands in its gradient routines.
    run : WholeRun
        The script as it is written.
    fields : sequence of Field
        Its plots.
    candidates : sequence of Candidate
        The functions that they may belong to.
    """

    reruns: Reruns
    inside: Set[ast.AST]
    run: WholeRun
    fields: Sequence[Field]
    candidates: Sequence[Candidate]

    def compared_with_functions(self) -> JudgedFields:
        """Find the plots that show slopes, and what keeps others from showing them."""
        fits = self._fits()
        replaced = self._functions_behind(fits)
        no_shifts = dict.fromkeys(replaced, 0)
        outcome = self.reruns.with_known_function(self.fields, no_shifts)
        if outcome is None or not self._are_unmixed(fits, replaced):
            return JudgedFields(self.run)
        known_run, known_fields = outcome
        plots = [*map(ComparedPlot, self.fields, known_fields, fits)]
        factors = factors_of(known_run, known_fields)
        calls = self.reruns.calls_of_routines(known_run)
        wrong_calls = [call for call in calls if not returns_known_slopes(call)]
        right_lines = _lines_of(known_run, calls) - _lines_of(known_run, wrong_calls)
        judged = JudgedFields(self.run, right_lines=right_lines)
        states = states_of(plots, self._right_ways(factors, calls, wrong_calls))
        if all(state == RIGHT for state in states.values()):
            negated = [plot.field.node for plot in plots if plot.is_negated_twice]
            return replace(judged, are_right=True, negated_twice=negated)
        if all(states.values()):
            swapped = [node for node, state in states.items() if state == SWAPPED]
            return replace(judged, swapped=swapped)
        quotients = self._wrong_quotients(known_run, plots, replaced, factors)
        return replace(judged, wrong_quotients=quotients)

    def _fits(self) -> list[list[Fit]]:
        """Return the functions whose slopes each plot shows.

        Slopes at the same points are computed once.
        """
        points = {tuple(each.points): each.points for each in self.fields}
        slopes = {
            key: list(with_slopes(self.candidates, points[key])) for key in points
        }
        return [fits_of(each, slopes[tuple(each.points)]) for each in self.fields]

    def _functions_behind(self, fits: Sequence[Sequence[Fit]]) -> set[Candidate]:
        """Return the functions that plots fit, or that differences are taken of."""
        differentiated = {
            *itertools.chain(*self.run.records.functions_of_sites.values())
        }
        behind = {fit.candidate for each in fits for fit in each}
        return behind | {
            each for each in self.candidates if each.closure.node in differentiated
        }

    def _are_unmixed(
        self, fits: Sequence[Sequence[Fit]], replaced: Set[Candidate]
    ) -> bool:
        """Whether each plot shows the slopes of one function, or none that it calls."""
        if len(replaced) < 2:
            return True
        in_order = sorted(replaced, key=lambda each: each.closure.node.lineno)
        shifts = {candidate: SHIFT * k for k, candidate in enumerate(in_order)}
        outcome = self.reruns.with_known_function(self.fields, shifts)
        if outcome is None:
            return False
        _, shifted = outcome
        plots = map(ComparedPlot, self.fields, shifted, fits)
        return all(plot.is_by_hand or plot.shows_one_of(shifts) for plot in plots)

    def _right_ways(
        self,
        factors: Mapping[ast.AST, float | None],
        calls: Sequence[OwnCall],
        wrong_calls: Sequence[OwnCall],
    ) -> Collection[str]:
        """Return how right arrows may compare with the slopes of the known function."""
        if wrong_calls:
            return ()
        by_hand = [factors[site] for site in factors if site not in self.inside]
        return right_ways(bool(by_hand or calls) and _are_slopes(by_hand))

    def _wrong_quotients(
        self,
        known_run: WholeRun,
        plots: Sequence[ComparedPlot],
        replaced: Set[Candidate],
        factors: Mapping[ast.AST, float | None],
    ) -> dict[ast.AST, float]:
        """Return the quotients that are a multiple of the slope, if that is all."""
        if None in factors.values():
            return {}
        functions = {each.closure.node for each in replaced}
        wrong: dict[ast.AST, float] = {
            site: factor
            for site, factor in factors.items()
            if factor is not None
            and abs(factor - 1) > TOLERANCE
            and known_run.records.functions_of_sites[site] <= functions
        }
        are_opposite = all(abs(factor + 1) <= TOLERANCE for factor in wrong.values())
        if are_opposite and all(plot.points_down for plot in plots):
            return {}  # what is computed is the way down, and is drawn as it is
        change = Change(factors=wrong)
        is_all = wrong and self.reruns.is_right_with(change, self.fields, replaced)
        return wrong if is_all else {}

    def calls_without_transposes(self) -> dict[ast.Call, int]:
        """Return the calls that lack a .T at their array, and one at their result.

        Each is followed by which of its arguments the array is.
        """
        calls = [
            call for call in self.run.records.own_calls if _may_lack_transposes(call)
        ]
        nodes = {call.node for call in calls}
        of_points = [each for each in self.candidates if each.count == 1]
        change = Change(turned=nodes)
        if not nodes or not self.reruns.is_right_with(change, self.fields, of_points):
            return {}
        return {node: self.run.records.places_of_tables[node] for node in nodes}

    def compared_with_heights(self, judged: JudgedFields) -> JudgedFields:
        """Compare with heights that no function gives, and find what else is drawn."""
        subjects: list[list[tuple[ast.AST, Slopes]]]
        subjects = [[*subjects_of(self.candidates, each)] for each in self.fields]
        are_of_heights = not any(subjects)
        if are_of_heights:
            tables = self.reruns.slopes_of_heights(self.run)
            subjects = [[*heights_at(tables, each)] for each in self.fields]
        others = [
            (each, own)
            for each, own in zip(self.fields, subjects, strict=True)
            if not any(each.shows(slopes) for _, slopes in own)
        ]
        are_right = are_of_heights and bool(self.fields) and not others
        misses = [miss for each, own in others for miss in misses_of(each, own)]
        return replace(judged, are_right=are_right, misses=misses)


def _are_slopes(factors: Iterable[float | None]) -> bool:
    """Whether quotients with these factors are all slopes, or all the opposite."""
    factors = list(factors)
    return any(
        all(factor and abs(factor - sign) <= TOLERANCE for factor in factors)
        for sign in (1, -1)
    )


def _lines_of(run: WholeRun, calls: Sequence[OwnCall]) -> set[int]:
    """Return the lines of calls, and where `functools.partial` gets their functions."""
    functions = {call.function for call in calls}
    nodes = [node for node, each in run.records.partials.items() if each in functions]
    return {node.lineno for node in [*nodes, *(call.node for call in calls)]}


def _may_lack_transposes(call: OwnCall) -> bool:
    """Whether a call gets one coordinate a row, and returns as many numbers."""
    shapes = [array.shape for array in call.arrays]
    if len(shapes) != 1 or len(shapes[0]) != 2:
        return False
    has_alike = isinstance(call.result, SmallArray) and call.result.shape == shapes[0]
    return has_alike and shapes[0][0] == 2 and shapes[0][1] > 2
