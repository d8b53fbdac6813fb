"""Joint mends: one mend for all findings whose mends touch the same lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.source import Edit, Source


def with_joint_mends(source: Source, findings: Sequence[Finding]) -> list[Finding]:
    """Return findings, in the order of their lines, with mends that can all be made."""
    joint: dict[Finding, Finding] = {}
    for group in _groups_by_lines(finding for finding in findings if finding.edits):
        if len(group) > 1:
            joint.update(zip(group, _with_one_mend(source, group), strict=True))
    return [joint.get(finding, finding) for finding in findings]


def _groups_by_lines(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Yield groups of findings that share lines, directly or through others."""
    group: list[Finding] = []
    last_line = 0
    for finding in findings:
        if finding.line > last_line and group:
            yield group
            group = []
        group.append(finding)
        last_line = max(last_line, finding.end_line)
    if group:
        yield group


def _with_one_mend(source: Source, group: Sequence[Finding]) -> list[Finding]:
    """Return findings with one mend for all, or with none if their edits overlap."""
    edits: list[Edit] = []
    for finding in group:
        is_mended_by_others = set(finding.edits) <= set(edits)
        if not is_mended_by_others:
            edits.extend(finding.edits)
    if _overlap(edits):
        return [finding.without_mend() for finding in group]
    line = group[0].line
    end_line = max(finding.end_line for finding in group)
    fix = source.mended(edits, line, end_line)
    return [
        replace(finding, line=line, end_line=end_line, fix=fix) for finding in group
    ]


def _overlap(edits: Sequence[Edit]) -> bool:
    """Whether two edits change the same stretch of the text."""
    in_order = sorted(edits, key=lambda edit: (edit.line, edit.column))
    return any(
        (later.line, later.column) < (earlier.end_line, earlier.end_column)
        for earlier, later in pairwise(in_order)
    )
