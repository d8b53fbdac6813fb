"""Run reading: what is said of a script once all of it was carried out.

If some calls were not followed, or the script calls no routine, the run tells what its
arrows show. Of any other script it only tells where it stops.
"""

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gradviz_core.scripts.fields import JudgedFields, Reruns, judged_fields
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.rules.checking import reported
from gradviz_core.scripts.rules.drawn_arrows import drawn_arrows, stop_of_run
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.source import nodes_in
from gradviz_core.scripts.unread_names import names_without_value
from gradviz_core.scripts.unread_plots import (
    arrows_not_compared,
    arrows_of_no_routine,
    differences_in,
    negated_twice,
)
from gradviz_core.scripts.unread_reasons import Unread
from gradviz_core.scripts.values import FunctionNode
from gradviz_core.scripts.whole_runs import Change, WholeRun, quivers_in


@dataclass(frozen=True)
class Outcome:
    """What a run tells about the plots of a script.

    Attributes
    ----------
    run : WholeRun or None
        The script carried out as it is written; None if that did not succeed.
    findings : list of Finding
        What is wrong in the plots.
    reasons : list of Unread
        What is still not followed.
    is_compared : bool
        Whether the arrows were compared with slopes, by the run or before it.
    """

    run: WholeRun | None
    findings: list[Finding]
    reasons: list[Unread]
    is_compared: bool


def is_worth_a_run(script: Script, findings: Sequence[Finding]) -> bool:
    """Whether a script draws arrows of which nothing wrong is known yet."""
    is_certain = script.routines.are_names_certain
    are_notes = all(finding.is_note for finding in findings)
    has_arrows = bool(quivers_in(script.source.nodes))
    return has_arrows and are_notes and is_certain


def read_by_run(
    script: Script, findings: Sequence[Finding], reasons: Sequence[Unread]
) -> tuple[list[Finding], list[Unread]]:
    """Return all findings and reasons, after the whole script was carried out."""
    if reasons or not script.observations.differentiations:
        outcome = _judged(script, reasons)
    else:
        outcome = Outcome(_first_run(script), [], [], is_compared=True)
    about_run = [*outcome.findings]
    left = [*outcome.reasons]
    run = outcome.run
    if run is not None and run.records.stop is not None:
        stops = list(stop_of_run(script, run.records.stop))
        about_run.extend(stops)
        if not stops:
            left.append(Unread("stops", run.records.stop_line))
    if not outcome.is_compared and not about_run and not left:
        left.extend(arrows_not_compared(script.source))
    return reported(script, [*findings, *about_run]), left


def _first_run(script: Script) -> WholeRun:
    """Carry out a script all of whose calls of routines are known to be right.

    Routines are left out, unless a `raise` or an `assert` may ask for their numbers.
    """
    routines = script.routines
    refuses = any(isinstance(n, ast.Raise | ast.Assert) for n in script.source.nodes)
    change = Change(left_out=frozenset() if refuses else routines.known_right)
    run = WholeRun(routines.interpreter.global_names, {*routines.own}, set(), change)
    run.has_drawn_all(script.source.tree)
    return run


def _judged(script: Script, reasons: Sequence[Unread]) -> Outcome:
    """Judge the plots of a script, and drop the reasons that this answers."""
    observations = script.observations
    fields = _fields_of(script)
    findings = list(drawn_arrows(script, fields))
    left = list(reasons)
    if fields.are_right or findings:
        left = [each for each in reasons if not fields.explain(each)]
    if all(each.code != "two-minuses" for each in left):
        left.extend(negated_twice(script.source, fields.negated_twice))
    if not left:
        left.extend(_left_open(script, fields))
    are_slopes_drawn = bool(observations.heights and observations.quivers)
    is_compared = fields.are_right or are_slopes_drawn
    return Outcome(fields.first_run, findings, left, is_compared)


def _left_open(script: Script, fields: JudgedFields) -> list[Unread]:
    """Return what leaves plots open although no call in the script does."""
    if fields.are_right:
        unknown_names = list(names_without_value(script.source, script.imports))
        if unknown_names:
            return unknown_names
    is_judged = fields.are_judged or not fields.have_subject
    if is_judged or not script.observations.heights:
        return []
    return list(arrows_of_no_routine(script.source, script.observations))


def _fields_of(script: Script) -> JudgedFields:
    """Return the plots of a script, judged by carrying it out."""
    source = script.source
    routines = script.routines
    own = {*routines.own}
    nodes_of_right = _nodes_of(routines.known_right)
    differences = [
        each
        for each in differences_in(source, script.imports)
        if each not in nodes_of_right
    ]
    reruns = Reruns(source, routines.interpreter.global_names, own, differences)
    return judged_fields(reruns, _nodes_of(own))


def _nodes_of(functions: Iterable[FunctionNode]) -> set[ast.AST]:
    return {node for function in functions for node in nodes_in(function)}
