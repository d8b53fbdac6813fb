"""Reading: from a script to everything there is to say about it."""

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.definitions import Definitions
from gradviz_core.scripts.fields import JudgedFields, Reruns
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.names import Imports, imports_of
from gradviz_core.scripts.routines import (
    Modules,
    Routine,
    Routines,
    read_routines,
)
from gradviz_core.scripts.rules.checking import findings_of, reported
from gradviz_core.scripts.rules.drawn_arrows import drawn_arrows, stop_of_run
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.source import Source, nodes_in
from gradviz_core.scripts.unread import unread_calls
from gradviz_core.scripts.unread_names import names_without_value
from gradviz_core.scripts.unread_plots import (
    arrows_not_compared,
    arrows_of_no_routine,
    differences_in,
    negated_twice,
)
from gradviz_core.scripts.unread_reasons import Unread
from gradviz_core.scripts.values import FunctionNode
from gradviz_core.scripts.walk.following import follow
from gradviz_core.scripts.whole_runs import Change, WholeRun, quivers_in


@dataclass(frozen=True)
class Reading:
    """A script, what is wrong in it or worth knowing, and what was not followed."""

    source: Source
    findings: list[Finding]
    unread: list[Unread]


def read(text: str, modules: Modules | None = None) -> Reading:
    """Read a script without running any of it.

    Parameters
    ----------
    text : str
        Python 3. Notebook commands and prompts are skipped.
    modules : mapping, optional
        The routines of other files, keyed by file name, as `routines_in` returns
        them. They hide modules of the book with the same names.

    Raises
    ------
    Unreadable
        If the text is not Python 3.

    Examples
    --------
    >>> script = '''
    ... def numerical_gradient(f, X):
    ...     grad = np.zeros_like(X)
    ...     for k, x in enumerate(X):
    ...         for i in range(x.size):
    ...             saved = x[i]
    ...             x[i] = saved + 1e-4
    ...             ahead = f(x)
    ...             x[i] = saved - 1e-4
    ...             grad[k, i] = (ahead - f(x)) / 2e-4
    ...             x[i] = saved
    ...     return grad
    ... X, Y = np.meshgrid(np.arange(-2, 2, 0.5), np.arange(-2, 2, 0.5))
    ... P = np.array([X.ravel(), Y.ravel()])
    ... grad = numerical_gradient(lambda x: x[0] * x[1], P)
    ... '''
    >>> [finding] = read(script).findings
    >>> finding.code, finding.severity, finding.fix
    ('layout', 'error', 'grad = numerical_gradient(lambda x: x[0] * x[1], P.T).T')
    """
    source = Source(text)
    imports = imports_of(source.nodes)
    definitions = Definitions(source.nodes)
    modules = modules or {}
    routines = read_routines(definitions, imports, source, modules)
    findings: list[Finding] = []
    unread = [*source.unread]
    if has_routine_or_plot(source, imports, routines, modules):
        observations = follow(source, imports, routines)
        script = Script(source, imports, routines, definitions, observations)
        findings = findings_of(script)
        warnings = {each.code for each in findings if each.severity == "warning"}
        reasons = unread_calls(source, routines, observations, script.uses, warnings)
        if is_worth_a_run(script, findings):
            findings, reasons = read_by_run(script, findings, reasons)
        unread += reasons
    unread.sort(key=lambda each: each.line)
    return Reading(source, findings, unread)


def is_worth_a_run(script: Script, findings: Sequence[Finding]) -> bool:
    """Whether a script draws arrows of which nothing wrong is known yet."""
    is_certain = script.routines.are_names_certain
    are_notes = all(finding.is_note for finding in findings)
    has_arrows = bool(quivers_in(script.source.nodes))
    return has_arrows and are_notes and is_certain


def read_by_run(
    script: Script, findings: Sequence[Finding], reasons: list[Unread]
) -> tuple[list[Finding], list[Unread]]:
    """Return all findings and reasons, after the whole script was carried out."""
    is_open = bool(reasons) or not script.observations.differentiations
    if is_open:
        fields = fields_of(script)
        run = fields.first_run
        about_arrows = list(drawn_arrows(script, fields))
        if fields.are_right or about_arrows:
            reasons = [each for each in reasons if not fields.explain(each)]
        if all(each.code != "two-minuses" for each in reasons):
            reasons += negated_twice(script.source, fields.negated_twice)
        if fields.are_right and not reasons:
            reasons = [*names_without_value(script.source, script.imports)]
        has_heights = bool(script.observations.heights)
        is_judged = fields.are_judged or not fields.have_subject
        if has_heights and not is_judged and not reasons:
            reasons = [*arrows_of_no_routine(script.source, script.observations)]
        has_slopes_drawn = has_heights and bool(script.observations.quivers)
        is_compared = fields.are_right or has_slopes_drawn
    else:
        run = first_run_of(script)
        about_arrows = []
        is_compared = True
    if run is not None and run.stop is not None:
        stops = list(stop_of_run(script, run))
        about_arrows += stops
        if not stops:
            reasons = [*reasons, Unread("stops", run.stop_line)]
    if not is_compared and not about_arrows and not reasons:
        reasons = [*arrows_not_compared(script.source)]
    return reported(script, [*findings, *about_arrows]), reasons


def first_run_of(script: Script) -> WholeRun:
    """Carry out a script all of whose calls of routines are known to be right.

    Routines are left out, unless a `raise` or an `assert` may ask for their numbers.
    """
    routines = script.routines
    refuses = any(isinstance(n, ast.Raise | ast.Assert) for n in script.source.nodes)
    change = Change(left_out=frozenset() if refuses else routines.known_right)
    run = WholeRun(routines.interpreter.script, {*routines.own}, set(), change)
    run.has_drawn_all(script.source.tree, set())
    return run


def fields_of(script: Script) -> JudgedFields:
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
    reruns = Reruns(source, routines.interpreter.script, own, differences)
    return JudgedFields(reruns, _nodes_of(own))


def _nodes_of(functions: Iterable[FunctionNode]) -> set[ast.AST]:
    return {node for function in functions for node in nodes_in(function)}


def has_routine_or_plot(
    source: Source, imports: Imports, routines: Routines, modules: Modules
) -> bool:
    """Whether a script has a gradient routine, or mentions one or a plot of arrows.

    Drawing over a grid counts, too. All findings, and all calls that are not followed,
    concern these. Most scripts have none of them, and then no line is followed.
    """
    if routines.own:
        return True
    words = vocabulary("walk")
    drawing = words["drawing"] + words["drawing_one"]
    names_of_interest = {*routines.imported, *drawing}
    for module in (*vocabulary("routines")["book"].values(), *modules.values()):
        names_of_interest.update(module)
    meanings = {full.rpartition(".")[2] for full in imports.values()}
    names = source.names | meanings
    has_picture = not names.isdisjoint(words["pictures"])
    has_grid = not names.isdisjoint(words["histograms"] + words["grids"])
    return (has_picture and has_grid) or not names.isdisjoint(names_of_interest)


def routines_in(text: str) -> dict[str, Routine]:
    """Return the routines of a script, as a script that imports it sees them.

    Raises
    ------
    Unreadable
        If the text is not Python 3.
    """
    source = Source(text)
    imports = imports_of(source.nodes)
    routines = read_routines(Definitions(source.nodes), imports, source, {})
    return routines.by_name()
