"""Reruns: a script carried out as it is written, and with something in it changed."""

import ast
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.call_trials import STEP
from gradviz_core.scripts.fields.candidates import Candidate
from gradviz_core.scripts.fields.field import (
    Field,
    Point,
    field_of,
    right_ways,
)
from gradviz_core.scripts.fields.heights import slopes_of_table
from gradviz_core.scripts.fields.known_function import (
    known_instead,
    known_slopes,
    returns_known_slopes,
)
from gradviz_core.scripts.fields.quotients import quotient_of
from gradviz_core.scripts.interpreter import GlobalNames
from gradviz_core.scripts.small_arrays import NotFollowed, Stops
from gradviz_core.scripts.source import Source
from gradviz_core.scripts.values import FunctionNode
from gradviz_core.scripts.whole_runs import Change, OwnCall, WholeRun


class Reruns:
    """The runs of one script, which share a limit of steps.

    Parameters
    ----------
    source : Source
        The script.
    global_names : GlobalNames
        What its names stand for outside its functions.
    routines : set of FunctionNode
        Its functions that are, or may be, gradient routines.
    differences : sequence of ast.BinOp
        Where it subtracts two values of a function outside routines that are right.

    Attributes
    ----------
    first : WholeRun or None
        The run of the script as it is written.
    """

    def __init__(
        self,
        source: Source,
        global_names: GlobalNames,
        routines: Set[FunctionNode],
        differences: Sequence[ast.BinOp],
    ) -> None:
        self.first: WholeRun | None = None
        self._steps = 0
        self._tree = source.tree
        self._global_names = global_names
        self._routines = routines
        self._sites = {quotient_of(each, source.nodes) for each in differences}

    def run(self, change: Change) -> tuple[WholeRun, list[Field]]:
        """Carry the script out, and return the run and the plots that it draws.

        Raises
        ------
        NotFollowed, Stops
            If it is not known what it draws.
        """
        if self._steps > vocabulary("whole_run")["most_steps_of_all_runs"]:
            raise NotFollowed
        run = WholeRun(self._global_names, self._routines, self._sites, change)
        self.first = self.first or run
        has_drawn_all = run.has_drawn_all(self._tree)
        self._steps += run.steps_of_all
        if not has_drawn_all:
            raise NotFollowed
        return run, [field_of(each) for each in run.records.drawn]

    def with_known_function(
        self,
        fields: Sequence[Field],
        shifts: Mapping[Candidate, int],
        change: Change | None = None,
    ) -> tuple[WholeRun, list[Field]] | None:
        """Carry the script out with the known function in the place of some.

        Each is shifted by its number. The result is None if the script stops, or draws
        at other points.
        """
        if not shifts:
            return None
        instead = {
            each.closure.node: known_instead(each.count, shift)
            for each, shift in shifts.items()
        }
        try:
            run, known = self.run(replace(change or Change(), instead=instead))
        except (NotFollowed, Stops):
            return None
        are_there = [each.points for each in known] == [each.points for each in fields]
        return (run, known) if are_there else None

    def is_right_with(
        self, change: Change, fields: Sequence[Field], replaced: Iterable[Candidate]
    ) -> bool:
        """Whether a change makes all arrows right."""
        outcome = self.with_known_function(fields, dict.fromkeys(replaced, 0), change)
        if outcome is None:
            return False
        run, known = outcome
        calls = self.calls_of_routines(run)
        ways = right_ways(bool(calls or change.factors))
        turned = [call for call in run.records.own_calls if call.node in change.turned]
        return all(map(returns_known_slopes, [*calls, *turned])) and all(
            each.compared([known_slopes(*point) for point in each.points]) in ways
            for each in known
        )

    def calls_of_routines(self, run: WholeRun) -> list[OwnCall]:
        """Return the calls in a run that differentiate."""
        routines = {*self._routines, None}
        return [call for call in run.records.own_calls if call.function in routines]

    def slopes_of_heights(
        self, run: WholeRun
    ) -> list[tuple[ast.expr, dict[Point, Point]]]:
        """Return the heights that are drawn, and their slopes at the points there.

        The script is carried out again with the grid moved, along each axis.
        """
        tables = run.records.heights
        if not tables:
            return []
        steps = [(STEP, 0.0), (-STEP, 0.0), (0.0, STEP), (0.0, -STEP)]
        try:
            moved = [self.run(Change(moved=step))[0].records.heights for step in steps]
        except (NotFollowed, Stops):
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
