"""SARIF: findings in the format that code scanning takes, with what GitHub asks for.

The format is SARIF 2.1.0 of OASIS. GitHub's page "SARIF support for code scanning" says
which parts it needs and shows.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from gradviz_core import __version__
from gradviz_core.checker.files import name_for_git
from gradviz_core.checker.printing import write_json
from gradviz_core.checker.readings import FileReading
from gradviz_core.checker.wording import Wording
from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.findings import Finding

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class Sarif:
    """All findings as one run of the tool."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.results: list[dict[str, Any]] = []

    def write(self, reading: FileReading) -> None:
        """Add the findings of a file."""
        for finding in reading.findings:
            self.results.append(self._result(reading, finding))

    def end(self) -> None:
        """Write it all."""
        driver = {"name": "gradviz", "version": __version__, "rules": self._rules()}
        run = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "results": self.results,
        }
        write_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})

    def _rules(self) -> list[dict[str, Any]]:
        """Return the meaning of each code, for readers of a finding on GitHub."""
        findings = self.wording.words["finding"]
        return [self._rule(code, words) for code, words in findings.items()]

    def _rule(self, code: str, words: dict[str, str]) -> dict[str, Any]:
        about = _as_heading(self._about(words))
        path = words["url"].removeprefix("/")
        site = vocabulary("check")["site_address"]
        page = f"{site.rstrip('/')}/{path}" if site else f"`{path}`"
        rule = {
            "id": code,
            "name": code,
            "shortDescription": {"text": _as_heading(words["title"])},
            "fullDescription": {"text": about},
            "help": {"text": about, "markdown": f"{about}\n\n{words['link']}: {page}"},
        }
        return rule | {"helpUri": page} if site else rule

    def _about(self, words: dict[str, str]) -> str:
        """Return what a code means, and how it is mended if it can be."""
        if "fix" not in words:
            return words["title"]
        rule: str = self.wording.words["check"]["rule"]
        return rule.format(title=words["title"], fix=words["fix"])

    def _result(self, reading: FileReading, finding: Finding) -> dict[str, Any]:
        name, _ = name_for_git(Path(reading.path))
        location = {
            "artifactLocation": {"uri": quote(os.fsencode(name))},
            "region": _region(reading, finding),
        }
        return {
            "ruleId": finding.code,
            "level": finding.severity,
            "message": {"text": self.wording.sentences(finding)},
            "locations": [{"physicalLocation": location}],
        }


def _as_heading(title: str) -> str:
    """Return a title as it stands at the top of a page, and not after a colon."""
    return title[:1].upper() + title[1:]


def _region(reading: FileReading, finding: Finding) -> dict[str, int]:
    """Return the lines of a finding in its file, to the end of the last one."""
    line, column = reading.place_in_file(finding.line, finding.column)
    length = reading.length_of_line(finding.end_line)
    end_line, end_column = reading.place_in_file(finding.end_line, length + 1)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }
