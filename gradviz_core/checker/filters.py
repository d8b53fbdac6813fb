"""Filters: which findings are asked for."""

from dataclasses import dataclass, replace

from gradviz_core.checker.readings import FileReading
from gradviz_core.scripts.findings import Finding


@dataclass(frozen=True)
class Filters:
    """Which findings are asked for.

    Attributes
    ----------
    select : frozenset of str
        Codes to report, notes included; an empty set means all codes.
    ignore : frozenset of str
        Codes to leave out.
    with_notes : bool
        Whether to report notes of all codes.
    """

    select: frozenset[str]
    ignore: frozenset[str]
    with_notes: bool

    def lets_pass(self, finding: Finding) -> bool:
        """Whether a finding is asked for."""
        if finding.code in self.ignore:
            return False
        if self.select:
            return finding.code in self.select
        return self.with_notes or not finding.is_note

    def hides(self, finding: Finding) -> bool:
        """Whether a finding is left out only because it is a note."""
        asks_for_more = self.with_notes or bool(self.select)
        is_ignored = finding.code in self.ignore
        return finding.is_note and not asks_for_more and not is_ignored

    def selected(self, reading: FileReading) -> FileReading:
        """Return a reading with only those findings that are asked for."""
        findings = [each for each in reading.findings if self.lets_pass(each)]
        return replace(reading, findings=findings)
