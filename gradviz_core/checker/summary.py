"""The summary: what was read and found, in one line on standard error."""

import sys

from gradviz_core.checker.filters import Filters
from gradviz_core.checker.outputs import written_place
from gradviz_core.checker.printing import printable
from gradviz_core.checker.readings import FileReading
from gradviz_core.checker.wording import Wording
from gradviz_core.registry.vocabulary import vocabulary


class Summary:
    """What was read and found, in numbers, and what was not read."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.files = 0
        self.unread = 0
        self.mended = 0
        self.unwritten = 0
        self.hidden_notes = 0
        self.findings = dict.fromkeys(vocabulary("findings")["severities"], 0)

    @property
    def is_clean(self) -> bool:
        """Whether nothing above a note was found."""
        return self.findings["error"] + self.findings["warning"] == 0

    def add(self, whole: FileReading, selected: FileReading, filters: Filters) -> None:
        """Count what was found in a file, and print what could not be read of it."""
        self.files += 1
        for finding in selected.findings:
            self.findings[finding.severity] += 1
        self.hidden_notes += sum(filters.hides(each) for each in whole.findings)
        for unread in whole.unread:
            self.unread += 1
            where = written_place(whole, whole.place(unread.line))
            reason = self.wording.reason(unread)
            words = self.wording.words["check"]["unread"]
            line = words.format(where=where, reason=reason)
            print(printable(line), file=sys.stderr)

    def add_unwritten(self, reading: FileReading, error: OSError) -> None:
        """Say why a file could not be mended."""
        self.unwritten += 1
        sentence = self.wording.words["check"]["not_written"]
        line = sentence.format(path=reading.path, reason=error.strerror)
        print(printable(line), file=sys.stderr)

    def write(self) -> None:
        """Print the one line of numbers."""
        words = self.wording.words["check"]
        parts = [words["files"].format(files=self.files)]
        parts.append(words["findings"].format(**self.findings))
        if self.hidden_notes:
            parts.append(words["hidden_notes"].format(notes=self.hidden_notes))
        if self.mended:
            parts.append(words["mended"].format(files=self.mended))
        if self.unread:
            parts.append(words["not_read"].format(unread=self.unread))
        print(words["between"].join(parts), file=sys.stderr)
