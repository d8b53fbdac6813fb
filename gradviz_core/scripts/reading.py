"""Reading: from a script to everything there is to say about it."""

from dataclasses import dataclass

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.definitions import Definitions
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.names import Imports, imports_of
from gradviz_core.scripts.routines import (
    Modules,
    Routine,
    Routines,
    read_routines,
)
from gradviz_core.scripts.rules.checking import findings_of
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.run_reading import is_worth_a_run, read_by_run
from gradviz_core.scripts.source import Source
from gradviz_core.scripts.unread import unread_calls
from gradviz_core.scripts.unread_reasons import Unread
from gradviz_core.scripts.walk.following import follow


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
    unread = list(source.unread)
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
