"""Outputs: findings, written for people and for programs.

Each output takes one reading after the other and, unless its format forbids it, writes
the reading at once.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TextIO

from gradviz_core.checker.files import name_for_git
from gradviz_core.checker.mends import mended_reading, patch
from gradviz_core.checker.printing import printable, write_bytes, write_json
from gradviz_core.checker.readings import FileReading, Place
from gradviz_core.checker.wording import Wording
from gradviz_core.scripts.findings import Finding

# What GitHub calls the three severities in an annotation.
ANNOTATIONS = {"error": "error", "warning": "warning", "note": "notice"}

# In an annotation these characters end a part of it, so they are escaped.
IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
IN_PROPERTY = IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


class Output(Protocol):
    """A way to write what is found."""

    def write(self, reading: FileReading) -> None:
        """Take what was found in a file."""

    def end(self) -> None:
        """Write what comes after all files."""


class Lines:
    """A line each: `path:line:column: severity code what. Fix: how (page)`."""

    def __init__(self, wording: Wording, stream: TextIO) -> None:
        self.wording = wording
        self.stream = stream

    def write(self, reading: FileReading) -> None:
        """Print the findings of a file."""
        for finding in reading.findings:
            where = written_place(reading, reading.place(finding.line, finding.column))
            what = f"{finding.severity} {finding.code}"
            sentences = self.wording.sentences(finding)
            line = f"{where}: {what} {sentences} ({finding.url})"
            print(printable(line), file=self.stream, flush=True)

    def end(self) -> None:
        """Write nothing more."""


def written_place(reading: FileReading, place: Place) -> str:
    """Return a place as `path:line:column`, with the cell of a notebook."""
    cell = "" if place.cell_number is None else f":cell {place.cell_number}"
    return f"{reading.path}{cell}:{place.line}:{place.column}"


class Patch:
    """The mends, as a patch for `git apply`: it does what `--fix` would do.

    Parameters
    ----------
    selected : callable
        Returns a reading with only those findings that are to be mended.
    """

    def __init__(self, selected: Callable[[FileReading], FileReading]) -> None:
        self.selected = selected

    def write(self, reading: FileReading) -> None:
        """Write what mends a file."""
        write_bytes(patch(reading, mended_reading(reading, self.selected)))

    def end(self) -> None:
        """Write nothing more."""


class Annotations:
    """Lines that a GitHub workflow shows beside the code."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording

    def write(self, reading: FileReading) -> None:
        """Print the findings of a file."""
        name, _ = name_for_git(Path(reading.path))
        for finding in reading.findings:
            line, column = reading.place_in_file(finding.line, finding.column)
            end_line, _ = reading.place_in_file(finding.end_line, 1)
            properties = {
                "file": name,
                "line": str(line),
                "endLine": str(end_line),
                "col": str(column),
                "title": f"gradviz {finding.code}",
            }
            written = ",".join(
                f"{name}={printable(value.translate(IN_PROPERTY))}"
                for name, value in properties.items()
            )
            message = printable(self.wording.sentences(finding).translate(IN_MESSAGE))
            print(f"::{ANNOTATIONS[finding.severity]} {written}::{message}", flush=True)

    def end(self) -> None:
        """Write nothing more."""


class Json:
    """All findings with all their parts, and what could not be read."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.record: dict[str, Any] = {"findings": [], "files": 0, "unread": []}

    def write(self, reading: FileReading) -> None:
        """Add what was found in a file."""
        for finding in reading.findings:
            self.record["findings"].append(self._finding(reading, finding))
        self.record["files"] += 1
        for unread in reading.unread:
            reason = {"reason": self.wording.reason(unread)}
            self.record["unread"].append(_where(reading, unread.line) | reason)

    def end(self) -> None:
        """Write it all."""
        write_json(self.record)

    def _finding(self, reading: FileReading, finding: Finding) -> dict[str, Any]:
        return _where(reading, finding.line) | {
            "column": reading.place(finding.line, finding.column).column,
            "code": finding.code,
            "severity": finding.severity,
            "message": self.wording.message(finding),
            "values": dict(finding.values),
            "end_line": reading.place(finding.end_line).line,
            "fix": finding.fix,
            "url": finding.url,
        }


def _where(reading: FileReading, line: int) -> dict[str, Any]:
    place = reading.place(line)
    where: dict[str, Any] = {"path": reading.path, "line": place.line}
    if place.cell_number is not None:
        where["cell"] = place.cell_number
    return where
