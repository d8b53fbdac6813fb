"""Check: `python -m gradviz_core check PATH…`, for owners of scripts and notebooks.

It reads files and folders and runs nothing. What it finds it prints, a line each, or as
JSON, as SARIF for code scanning, or as a patch. No file makes it stop.
"""

import argparse
import difflib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.registry.words import ENGLISH, interface
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.reading import read
from gradviz_core.scripts.source import LINE_END, Edit, Source, Unreadable, decode

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


@dataclass
class Cell:
    """A cell of a notebook, or a script as a whole.

    Attributes
    ----------
    number : int or None
        Which cell of the notebook, from 1; None in a script.
    first_line : int
        Where it begins in the text that is read, from 1.
    """

    number: int | None
    first_line: int = 1


@dataclass
class FileReading:
    """What was found in one file."""

    path: str
    text: str = ""
    encoding: str = "utf-8"
    cells: list[Cell] = field(default_factory=lambda: [Cell(None)])
    findings: list[Finding] = field(default_factory=list)
    unread: list[Unreadable] = field(default_factory=list)
    source: Source | None = None

    def place(self, line: int) -> tuple[Cell, int]:
        """Return the cell of a line, and the line within it."""
        inside = [cell for cell in self.cells if cell.first_line <= line]
        cell = inside[-1] if inside else self.cells[0]
        return cell, line - cell.first_line + 1


def main(arguments: Sequence[str]) -> int:
    """Read what is named, print what is found, and return the exit code.

    It is 0 if nothing is above a note, 1 if something is, 2 for wrong usage.
    """
    options = _options(arguments)
    paths = files_below(options.paths)
    if options.json or options.sarif:
        readings = [read_file(path) for path in paths]
        record = as_json(readings) if options.json else as_sarif(readings)
        print(json.dumps(record, ensure_ascii=False, indent=2))
    else:
        lines_of = as_patch if options.diff else as_lines
        readings = _printed(map(read_file, paths), lines_of)
    findings = [finding for reading in readings for finding in reading.findings]
    return 1 if any(finding.severity != "note" for finding in findings) else 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    codes = ", ".join(sorted(interface(ENGLISH)["finding"]))
    parser = argparse.ArgumentParser(
        "python -m gradviz_core check",
        description="Read scripts and notebooks, run nothing, and say which lines of a "
        "gradient plot are wrong.",
        epilog=f"Codes of findings: {codes}. "
        "Exit codes: 0 nothing above a note is found; 1 something is; 2 wrong usage; "
        "3 the environment, such as a permission; 130 interrupted.",
        allow_abbrev=False,
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="print everything as JSON")
    how.add_argument("--sarif", action="store_true", help="for code scanning")
    how.add_argument("--diff", action="store_true", help="print the mends as a patch")
    options = parser.parse_args(arguments)
    for path in options.paths:
        if not path.exists():
            parser.error(f"there is no {path}")
    return options


def _printed(readings: Iterable[FileReading], lines_of: Any) -> list[FileReading]:
    """Print what is found in each file as soon as it has been read."""
    printed = []
    for reading in readings:
        for line in lines_of(reading):
            print(line, flush=True)
        for unread in reading.unread:
            where = f"{reading.path}:{reading.place(unread.line)[1]}"
            print(f"{where}: not read: {_reason(unread)}", file=sys.stderr)
        printed.append(reading)
    return printed


def _reason(unread: Unreadable) -> str:
    """Return in words why something could not be read."""
    words: dict[str, str] = interface(ENGLISH)["unread"]
    return words[unread.code].format(detail=unread.detail)


def files_below(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that are named, and the scripts and notebooks in folders."""
    suffixes = tuple(vocabulary("check")["suffixes"])
    skipped_folders = set(vocabulary("check")["skipped_folders"])
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(set(folders) - skipped_folders)
            for name in sorted(names):
                if name.endswith(suffixes):
                    yield Path(folder, name)


def read_file(path: Path) -> FileReading:
    """Read a script or a notebook; what cannot be read is said, and is no error."""
    reading = FileReading(path.as_posix())
    try:
        content = path.read_bytes()
    except OSError as error:
        detail = error.strerror or ""
        reading.unread.append(Unreadable("not-opened", detail=detail))
        return reading
    reading.text, reading.encoding = decode(content)
    try:
        text = reading.text
        if path.suffix == ".ipynb":
            text = _text_of_notebook(reading)
        _read_into(reading, text)
    except Unreadable as error:
        reading.unread.append(error)
    except (RecursionError, MemoryError):
        reading.unread.append(Unreadable("too-deep"))
    return reading


def _read_into(reading: FileReading, text: str) -> None:
    result = read(text)
    reading.source = result.source
    reading.findings = result.findings
    reading.unread.extend(result.source.unread)


def _text_of_notebook(reading: FileReading) -> str:
    """Return the code cells of a notebook, one below the other, as one script.

    A cell that is no Python 3 is left out, and said to be unread.
    """
    try:
        cells = list(json.loads(reading.text)["cells"])
    except (ValueError, LookupError, TypeError, RecursionError):
        raise Unreadable("not-notebook") from None
    reading.cells = []
    lines: list[str] = []
    for number, cell in enumerate(cells, 1):
        code = _code_of_cell(cell)
        if code is None:
            continue
        reading.cells.append(Cell(number, len(lines) + 1))
        cell_lines = LINE_END.split(code)
        try:
            source = Source(code)
            cell_lines = source.code
            unread = source.unread
        except Unreadable as error:
            cell_lines = [""] * len(cell_lines)
            unread = (error,)
        for each in unread:
            line = len(lines) + each.line
            reading.unread.append(Unreadable(each.code, line, each.detail))
        lines.extend(cell_lines)
    reading.cells = reading.cells or [Cell(1)]
    return "\n".join(lines)


def _code_of_cell(cell: Any) -> str | None:
    """Return the code of a cell, None if it is a cell of text."""
    if not isinstance(cell, dict) or cell.get("cell_type") != "code":
        return None
    source = cell.get("source", "")
    if isinstance(source, list):
        return "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else None


def as_lines(reading: FileReading) -> Iterator[str]:
    """Yield `path:line:column: severity code what. Fix: how (page)`, a finding each."""
    for finding in reading.findings:
        cell, line = reading.place(finding.line)
        path = reading.path
        if cell.number is not None:
            path = f"{path}:cell {cell.number}"
        where = f"{path}:{line}:{finding.column}"
        what = f"{finding.severity} {finding.code} {_sentences(finding)}"
        yield f"{where}: {what} ({finding.url})"


def _sentences(finding: Finding) -> str:
    """Return what is wrong, and how it is mended if it can be."""
    if finding.how is None:
        return finding.message
    return f"{finding.message} Fix: {finding.how}"


def as_patch(reading: FileReading) -> Iterator[str]:
    """Yield the lines of a patch that mends a script.

    Of two mends in one line it makes the first. Notebooks are left out: their code
    stands in strings.
    """
    edits = _edits_side_by_side(reading.findings)
    is_notebook = reading.cells[0].number is not None
    if reading.source is None or is_notebook or not edits:
        return
    mended = reading.source.mended(edits, 1, len(reading.source.lines))
    before = _lines_with_ends(reading.text)
    after = _with_ends_of(mended, reading.text)
    name = reading.path
    for line in difflib.unified_diff(before, after, f"a/{name}", f"b/{name}"):
        if line.endswith("\n"):
            yield line.removesuffix("\n")
        else:
            yield line
            yield "\\ No newline at end of file"


def _edits_side_by_side(findings: Iterable[Finding]) -> list[Edit]:
    """Return the edits of findings, save those in lines that are mended before."""
    edits: list[Edit] = []
    mended_lines: set[int] = set()
    for finding in findings:
        lines = {
            line
            for edit in finding.edits
            for line in range(edit.line, edit.end_line + 1)
        }
        if mended_lines.isdisjoint(lines):
            mended_lines |= lines
            edits.extend(finding.edits)
    return edits


def _lines_with_ends(text: str) -> list[str]:
    """Split a text behind each line end, and keep the ends."""
    lines = []
    start = 0
    for end in LINE_END.finditer(text):
        lines.append(text[start : end.end()])
        start = end.end()
    if start < len(text):
        lines.append(text[start:])
    return lines


def _with_ends_of(mended: str, text: str) -> list[str]:
    """Return the mended lines, with the line ends that the text has."""
    first = LINE_END.search(text)
    end = first[0] if first else "\n"
    return _lines_with_ends(mended.replace("\n", end))


def as_json(readings: Sequence[FileReading]) -> dict[str, Any]:
    """Return the findings of all files, and what could not be read."""
    findings = []
    unread = []
    for reading in readings:
        for finding in reading.findings:
            findings.append(_finding_record(reading, finding))
        for unreadable in reading.unread:
            reason = {"reason": _reason(unreadable)}
            unread.append(_where(reading, unreadable.line) | reason)
    return {"findings": findings, "files": len(readings), "unread": unread}


def _where(reading: FileReading, line: int) -> dict[str, Any]:
    cell, line_of_cell = reading.place(line)
    where: dict[str, Any] = {"path": reading.path, "line": line_of_cell}
    if cell.number is not None:
        where["cell"] = cell.number
    return where


def _finding_record(reading: FileReading, finding: Finding) -> dict[str, Any]:
    _, end_line = reading.place(finding.end_line)
    return _where(reading, finding.line) | {
        "column": finding.column,
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "values": dict(finding.values),
        "end_line": end_line,
        "fix": finding.fix,
        "url": finding.url,
    }


def as_sarif(readings: Sequence[FileReading]) -> dict[str, Any]:
    """Return the findings in the format that code scanning reads."""
    rules = [
        {"id": code, "shortDescription": {"text": words["title"]}}
        for code, words in interface(ENGLISH)["finding"].items()
    ]
    results = [
        _sarif_result(reading, finding)
        for reading in readings
        for finding in reading.findings
    ]
    driver = {"name": "gradviz", "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _sarif_result(reading: FileReading, finding: Finding) -> dict[str, Any]:
    _, line = reading.place(finding.line)
    _, end_line = reading.place(finding.end_line)
    region = {"startLine": line, "startColumn": finding.column, "endLine": end_line}
    location = {
        "artifactLocation": {"uri": reading.path.removeprefix("/")},
        "region": region,
    }
    return {
        "ruleId": finding.code,
        "level": finding.severity,
        "message": {"text": _sentences(finding)},
        "locations": [{"physicalLocation": location}],
    }
