"""The command of a function: its figures in both layouts, the verdict, the pictures."""

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from textwrap import fill

from gradviz_core import (
    Grid,
    Layout,
    SpellingError,
    __version__,
    measure,
    parse_spelling,
)
from gradviz_core.book import STEP
from gradviz_core.figures.fields import function_fields
from gradviz_core.figures.settings import without_settings_of_machine
from gradviz_core.numerics.grid import Range
from gradviz_core.numerics.measurement import STATISTICS, Measurement
from gradviz_core.registry.formats import Numbers
from gradviz_core.registry.records import spelling_record, to_json
from gradviz_core.registry.words import ENGLISH, interface

PICTURE_ENDINGS = (".svg", ".png", ".pdf")


def main(arguments: Sequence[str]) -> int:
    """Measure, print, draw; return the exit code, 1 if the function is wrong."""
    options = _options(arguments)
    try:
        _run(options)
    except SpellingError as error:
        print(f"  {options.spelling}\n  {'^':>{error.column}}", file=sys.stderr)
        print(error, file=sys.stderr)
        return 1
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _run(options: argparse.Namespace) -> None:
    f = parse_spelling(options.spelling)
    rows = measure(f, options.grid, Layout.ROWS, step=options.step)
    columns = measure(f, options.grid, Layout.COLUMNS, step=options.step)
    if options.out:
        _draw(options.out, rows, columns)
    if options.json:
        record = spelling_record(
            options.spelling, options.grid, options.step, rows, columns
        )
        print(to_json(record), end="", flush=True)
    else:
        print(_table(options.spelling, rows, columns), flush=True)


MORE = """\
gradviz check PATH... reads scripts and notebooks instead, and says which lines of a
gradient plot are wrong. gradviz check --help lists what it finds and its options; in a
script, the comment # gradviz: ignore keeps a line as it is.

exit codes:
  0    done
  1    SPELLING cannot be read or measured
  2    wrong usage
  3    a file cannot be written, or a package is missing
  130  interrupted

python -m gradviz_core is the same command."""


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "gradviz",
        description=fill(interface(ENGLISH)["measurement"]["does"], 79),
        epilog=MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("spelling", metavar="SPELLING")
    add(
        "--grid",
        default="-2:2.5:0.25",
        metavar="START:STOP:STEP[,START:STOP:STEP]",
        help="both axes, or x0 and x1, as numpy.arange takes them; default %(default)s",
    )
    add(
        "--step",
        type=float,
        default=STEP,
        metavar="H",
        help="h of the difference; default 1e-4",
    )
    add("--out", type=Path, metavar="FILE", help="draw the pair: .svg, .png or .pdf")
    add("--json", action="store_true", help="print the measurements as JSON")
    add("--version", action="version", version=f"gradviz {__version__}")
    options = parser.parse_args(arguments)
    try:
        options.grid = _grid_of(options.grid)
    except ValueError as error:
        parser.error(f"--grid {options.grid} is no START:STOP:STEP ({error})")
    if not 0 < options.step < math.inf:
        parser.error(f"--step {options.step} is no positive finite number")
    if options.out and options.out.suffix not in PICTURE_ENDINGS:
        endings = ", ".join(PICTURE_ENDINGS)
        parser.error(f"--out {options.out} ends in none of {endings}")
    return options


def _grid_of(text: str) -> Grid:
    """Read one range for both axes, or two with a comma between them."""
    ranges = [_range_of(part) for part in text.split(",")]
    if len(ranges) > 2:
        raise ValueError("there are two axes, x0 and x1")
    return Grid(*ranges[0], x1=ranges[-1])


def _range_of(text: str) -> Range:
    start, stop, step = map(float, text.split(":"))
    return start, stop, step


def _draw(path: Path, rows: Measurement, columns: Measurement) -> None:
    with without_settings_of_machine():
        # Only a picture needs matplotlib.
        from gradviz_core.figures.drawing import render

    pictures = function_fields(rows, columns)
    roles = ("correct", "buggy")
    content = render(
        path.suffix.removeprefix("."),
        *(pictures[role] for role in roles),
        titles=[interface(ENGLISH)["pair"][role] for role in roles],
    )
    path.write_bytes(content)


def _table(spelling: str, rows: Measurement, columns: Measurement) -> str:
    """The figures of both layouts side by side, and what they mean."""
    words = interface(ENGLISH)["measurement"]
    lines = [("", words["rows"], words["columns"])]
    for name in STATISTICS:
        lines.append((words[name], _written(name, rows), _written(name, columns)))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    table = []
    for line in lines:
        cells = [text.ljust(width) for text, width in zip(line, widths, strict=True)]
        table.append("   ".join(cells).rstrip())
    of = interface(ENGLISH)["verdict"]["of"]
    meaning = interface(ENGLISH)["verdict"]["meaning"][columns.verdict]
    verdict = f"{of} {columns.verdict}. {meaning}"
    return "\n".join([f"f(x) = {spelling}", "", *table, "", verdict])


def _written(statistic: str, measurement: Measurement) -> str:
    value = getattr(measurement, statistic)
    words = interface(ENGLISH)
    if value is None:
        return str(words["measurement"]["none"])
    numbers = Numbers(words["number"])
    if statistic == "median_length_ratio":
        return numbers.short(value)
    if isinstance(value, float):
        return numbers.bound(value)
    if isinstance(value, int):
        return numbers.count(value)
    return str(value)
