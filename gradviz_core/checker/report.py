"""Report: the text of an issue, for the owner of a file that others learn from."""

from collections.abc import Iterator
from pathlib import Path

from gradviz_core.checker.files import name_for_git
from gradviz_core.checker.printing import printable
from gradviz_core.checker.readings import FileReading
from gradviz_core.checker.wording import Wording
from gradviz_core.scripts.findings import Finding


class Report:
    """A text for the owner of each file that has findings above a note."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording

    def write(self, reading: FileReading) -> None:
        """Print the text for a file."""
        worth_an_issue = [each for each in reading.findings if not each.is_note]
        if worth_an_issue:
            text = "\n".join(self._paragraphs(reading, worth_an_issue))
            lines = [printable(line) for line in text.split("\n")]
            print("\n".join(lines), flush=True)

    def end(self) -> None:
        """Write nothing more."""

    def _paragraphs(
        self, reading: FileReading, findings: list[Finding]
    ) -> Iterator[str]:
        words = self.wording.words["report"]
        yield words["look_first"] + "\n"
        name, _ = name_for_git(Path(reading.path))
        yield words["greeting"].format(path=printable(name)) + "\n"
        for finding in findings:
            yield from self._finding(reading, finding)
        if any(finding.code == "layout" for finding in findings):
            yield words["book"] + "\n"

    def _finding(self, reading: FileReading, finding: Finding) -> Iterator[str]:
        words = self.wording.words["report"]
        place = reading.place(finding.line, finding.column)
        where = words["cell"] if place.cell_number is not None else words["line"]
        yield f"**{where.format(cell=place.cell_number, line=place.line)}**\n"
        yield self.wording.message(finding) + "\n"
        lines = "\n".join(reading.script_lines[finding.line - 1 : finding.end_line])
        yield f"```python\n{lines}\n```\n"
        if finding.fix is not None:
            yield words["mended"] + "\n"
            yield f"```python\n{finding.fix}\n```\n"
