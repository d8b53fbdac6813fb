"""The command: `gradviz check PATH…`.

It prints findings, one a line, or as JSON, as SARIF for code scanning, or as a patch;
or it mends the files. A file that cannot be read is named, and the others are read.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from gradviz_core.checker.files import STANDARD_INPUT, files_to_read
from gradviz_core.checker.filters import Filters
from gradviz_core.checker.mends import mended_reading, write
from gradviz_core.checker.outputs import Annotations, Json, Lines, Output, Patch
from gradviz_core.checker.printing import leave_closed_pipe, printable, write_bytes
from gradviz_core.checker.readings import FileReading, modules_among, read_file
from gradviz_core.checker.report import Report
from gradviz_core.checker.sarif import Sarif
from gradviz_core.checker.summary import Summary
from gradviz_core.checker.wording import Wording, languages
from gradviz_core.registry.words import ENGLISH, interface


def main(arguments: Sequence[str]) -> int:
    """Read what is named, print what is found, and return the exit code.

    It is 0 if nothing is above a note, 1 if something is, 2 for wrong usage, 3 if a
    file cannot be written.
    """
    options = _options(arguments)
    wording = Wording(options.lang)
    filters = Filters(options.select, options.ignore, options.notes)
    summary = Summary(wording)
    output = _output(options, wording, filters)
    try:
        for reading in _readings(options):
            if options.fix:
                reading = _mended(reading, filters, summary)
            selected = filters.selected(reading)
            summary.add(reading, selected, filters)
            output.write(selected)
        output.end()
    except BrokenPipeError:
        leave_closed_pipe()
    with suppress(BrokenPipeError):  # standard error may be closed, too
        summary.write()
    if summary.unwritten:
        return 3
    return 0 if summary.is_clean or options.exit_zero else 1


def _readings(options: argparse.Namespace) -> Iterator[FileReading]:
    files = list(files_to_read(options.paths, options.exclude))
    modules = modules_among(files)
    return (read_file(file, modules) for file in files)


def _mended(reading: FileReading, filters: Filters, summary: Summary) -> FileReading:
    """Mend a file, and return its reading afterwards.

    A file that cannot be written stays as it is, and the others are mended.
    """
    mended = mended_reading(reading, filters.selected)
    path = Path(reading.path)
    if path == STANDARD_INPUT:
        write_bytes(mended.content)
    elif mended.content != reading.content:
        try:
            write(path, mended.content)
        except OSError as error:
            summary.add_unwritten(reading, error)
            return reading
        summary.mended += 1
    return mended


def _output(options: argparse.Namespace, wording: Wording, filters: Filters) -> Output:
    if options.json:
        return Json(wording)
    if options.sarif:
        return Sarif(wording)
    if options.github:
        return Annotations(wording)
    if options.diff:
        return Patch(filters.selected)
    if options.report:
        return Report(wording)
    mends_standard_input = options.fix and STANDARD_INPUT in options.paths
    stream = sys.stderr if mends_standard_input else sys.stdout
    return Lines(wording, stream)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "gradviz check",
        description=DESCRIPTION,
        epilog=_epilog(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("paths", nargs="+", type=_named_path, metavar="PATH")
    add("--select", **_codes("report these alone, and their notes, too"))
    add("--ignore", **_codes("leave these out"))
    add("--notes", action="store_true", help="report notes, too")
    exclude = "leave out files and folders of this name or path; may be given again"
    add("--exclude", action="append", default=[], metavar="GLOB", help=exclude)
    add("--exit-zero", action="store_true", help="end with 0 whatever is found")
    spoken = ", ".join(languages())
    lang = f"the language: {spoken}; else that of LC_ALL, LC_MESSAGES or LANG"
    add("--lang", choices=languages(), metavar="LANG", help=lang)
    how = parser.add_mutually_exclusive_group()
    for option, what in (
        ("--json", "print everything as JSON"),
        ("--sarif", "print SARIF, for code scanning"),
        ("--github", "print annotations, for a GitHub workflow"),
        ("--diff", "print the mends as a patch"),
        ("--fix", "mend the files; report what is left"),
        ("--report", "print the text of an issue for the owner"),
    ):
        how.add_argument(option, action="store_true", help=what)
    options = parser.parse_args(arguments)
    for path in options.paths:
        if path != STANDARD_INPUT and not path.exists():
            parser.error(f"there is no {printable(str(path))}")
    return options


def _named_path(text: str) -> Path:
    """Return a path, absolute if it would otherwise look like `-`, as `./-` does."""
    path = Path(text)
    return path.absolute() if path == STANDARD_INPUT and text != "-" else path


def _codes(help_text: str) -> dict[str, Any]:
    """Return the arguments of argparse for an option that takes codes."""
    return {
        "type": _known_codes,
        "default": frozenset(),
        "metavar": "CODES",
        "help": f"{help_text}: codes, with commas between them",
    }


def _known_codes(text: str) -> frozenset[str]:
    codes = frozenset(code.strip() for code in text.split(",") if code.strip())
    unknown = sorted(codes - set(interface(ENGLISH)["finding"]))
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no code {', '.join(unknown)}")
    return codes


def _epilog() -> str:
    """Return what stands below the options: the codes, severities and exit codes."""
    findings = interface(ENGLISH)["finding"]
    width = max(map(len, findings))
    codes = [f"  {code:{width}}  {findings[code]['title']}" for code in findings]
    return "\n".join(["codes:", *codes, "", MEANINGS])


DESCRIPTION = """\
Read scripts and notebooks, run nothing, and say which lines of a gradient plot are
wrong. Of a folder all scripts and notebooks are read, but for what .gitignore names and
for folders such as .venv; - is standard input."""

MEANINGS = """\
severities:
  error    the result is wrong, right by luck of this f, or there is none
  warning  the slopes are right, but an array is changed that is used again, or may be
  note     worth knowing; shown with --notes, or if its code is selected

exit codes:
  0    nothing above a note is found, or is left after --fix
  1    something is
  2    wrong usage
  3    the environment, such as a permission
  130  interrupted

A line that holds # gradviz: ignore, or # gradviz: ignore[CODE], is left alone."""
