"""A reader's own function: `python -m gradviz_core "x[0] * x[1]"`."""

import argparse
import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path

try:
    from gradviz_core import Grid, Layout, SpellingError, measure, parse_spelling
    from gradviz_core.book import STEP
    from gradviz_core.figures.fields import function_fields
    from gradviz_core.numerics.measurement import Measurement
    from gradviz_core.publish.exports import STATISTICS, function_record, written
    from gradviz_core.registry import formats
    from gradviz_core.registry.words import WORDS
except ModuleNotFoundError as missing:
    print(f"{missing.name} is not installed. Fix: type make site", file=sys.stderr)
    raise SystemExit(3) from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, draw; give the exit code: 0 done, 1 input, 2 usage, 3 environment."""
    sys.stdout and sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        options = _options(arguments)
        f = parse_spelling(options.spelling)
        pair = [
            measure(f, options.grid, layout, step=options.step) for layout in Layout
        ]
        if options.out:
            _draw(options.out, options.grid, *pair)
        known = function_record(options, *pair) | {
            "grid": vars(options.grid),
            "step": options.step,
        }
        print(
            written(known) if options.json else _table(options, *pair),
            end="",
            flush=True,
        )
    except ValueError as error:
        if isinstance(error, SpellingError):
            print(f"  {options.spelling}\n  {'^':>{error.column}}", file=sys.stderr)
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ModuleNotFoundError) as error:
        print(
            f"{error}. Fix: name a file that can be written, or type make site",
            file=sys.stderr,
        )
        return 3
    except KeyboardInterrupt:
        return 130
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    does = WORDS["measurement"]["does"]
    parser = argparse.ArgumentParser(
        "python -m gradviz_core", description=does, allow_abbrev=False
    )
    add = parser.add_argument
    add("spelling", metavar="SPELLING")
    add(
        "--grid",
        default="-2:2.5:0.25",
        metavar="START:STOP:STEP",
        help="both axes, as numpy.arange takes them; default %(default)s",
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
    options = parser.parse_args(arguments)
    try:
        start, stop, step = map(float, options.grid.split(":"))
        options.grid = Grid(start, stop, step)
    except ValueError as error:
        parser.error(f"--grid {options.grid} is no START:STOP:STEP ({error})")
    if not 0 < options.step < math.inf:
        parser.error(f"--step {options.step} is no positive finite number")
    if options.out and options.out.suffix not in {".svg", ".png", ".pdf"}:
        parser.error(f"--out {options.out} ends in none of .svg, .png, .pdf")
    return options


def _draw(path: Path, grid: Grid, rows: Measurement, columns: Measurement) -> None:
    os.environ.update(MPLBACKEND="agg", MATPLOTLIBRC=os.devnull)  # no settings but ours
    from gradviz_core.figures.drawing import (
        render,
    )  # deferred: only a picture needs matplotlib

    drawn = function_fields(grid, rows, columns)
    pair = {WORDS["pair"][role]: drawn[role] for role in ("correct", "buggy")}
    path.write_bytes(render(path.suffix[1:], *pair.values(), titles=list(pair)))


def _table(options: argparse.Namespace, rows: Measurement, columns: Measurement) -> str:
    words = WORDS["measurement"]
    lines = [("", words["rows"], words["columns"])]
    lines += [
        (words[name], _written(name, rows), _written(name, columns))
        for name in STATISTICS
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    table = ("   ".join(map(str.ljust, line, widths)).rstrip() for line in lines)
    meaning = f"{columns.verdict}: {WORDS['verdict']['meaning'][columns.verdict]}"
    return "\n".join([f"f(x) = {options.spelling}", "", *table, "", meaning, ""])


def _written(statistic: str, measurement: Measurement) -> str:
    value = getattr(measurement, statistic)
    if isinstance(value, float):
        return (
            formats.short(value)
            if statistic == "median_length_ratio"
            else formats.bound(value)
        )
    words = str(value or WORDS["measurement"]["none"])
    return formats.count(value) if isinstance(value, int) else words


if __name__ == "__main__":
    sys.exit(main())
