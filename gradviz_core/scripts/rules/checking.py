"""Checking: all rules, applied to one script."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.rules.angles import angles
from gradviz_core.scripts.rules.calls import calls
from gradviz_core.scripts.rules.images import image_axes
from gradviz_core.scripts.rules.in_place import histories, parameters_changed
from gradviz_core.scripts.rules.joint_mends import with_joint_mends
from gradviz_core.scripts.rules.numbers import slopes_cut
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.rules.slips import slips, steps_too_short
from gradviz_core.scripts.rules.spacing import spacing
from gradviz_core.scripts.rules.stops import pairs_without_list, stops
from gradviz_core.scripts.rules.swapped_slopes import axis_orders, swapped_components
from gradviz_core.scripts.rules.tangents import tangents
from gradviz_core.scripts.rules.transposed_slopes import transposed_slopes

Rule = Callable[[Script], Iterator[Finding]]

# Findings at the same place keep this order.
RULES: Sequence[Rule] = (
    calls,
    pairs_without_list,
    stops,
    slopes_cut,
    slips,
    steps_too_short,
    parameters_changed,
    histories,
    tangents,
    axis_orders,
    spacing,
    transposed_slopes,
    image_axes,
    swapped_components,
    angles,
)


def findings_of(script: Script) -> list[Finding]:
    """Return all findings in the order of their lines, each once."""
    return reported(script, [finding for rule in RULES for finding in rule(script)])


def reported(script: Script, findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in the order of their lines, each once, without ignored ones."""
    shown = [
        finding
        for finding in _worst_at_each_place(findings)
        if not script.source.is_ignored(finding.line, finding.end_line, finding.code)
    ]
    shown.sort(key=lambda finding: (finding.line, finding.column))
    return with_joint_mends(script.source, shown)


def _worst_at_each_place(findings: Iterable[Finding]) -> list[Finding]:
    """Return the worst finding of each code at each place."""
    worst: dict[tuple[str, int, int], Finding] = {}
    for finding in findings:
        place = (finding.code, finding.line, finding.column)
        before = worst.get(place)
        if before is None or finding.is_worse_than(before):
            worst[place] = finding
    return list(worst.values())
