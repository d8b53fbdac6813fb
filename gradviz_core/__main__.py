"""A reader's own function: `python -m gradviz_core "x[0] * x[1]"`."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

try:
    from gradviz_core.book import STEP
    from gradviz_core.layout import Grid, Layout
    from gradviz_core.measurement import Measurement, measure
    from gradviz_core.publish import formats
    from gradviz_core.publish.exports import grid_record, layouts_record
    from gradviz_core.quiver import quivers
    from gradviz_core.spelling import SpellingError, parse_spelling
    from gradviz_core.words import WORDS
except ModuleNotFoundError as missing:
    print(f"{missing.name} is not installed. Fix: type make site", file=sys.stderr)
    raise SystemExit(3) from None

DESCRIPTION = """\
Measure the gradient of a function through the book's routine, with points as rows and
with the call without .T, and say what became of it. SPELLING is f for one point x, as
NumPy: x[0] * x[1], np.sum(x**2) / len(x). Put -- before one that begins with a minus."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, draw; give the exit code: 0 done, 1 input, 2 usage, 3 environment."""
    options = _options(arguments)
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        f = parse_spelling(options.spelling)
        pair = [measure(f, options.grid, layout, step=options.step) for layout in Layout]
        if options.out:
            _draw(options.out, options.grid, *pair)
        print(_json(options, *pair) if options.json else _table(options, *pair), flush=True)
    except ValueError as error:
        if isinstance(error, SpellingError):
            print(f"  {options.spelling}\n  {'^':>{error.column}}", file=sys.stderr)
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ModuleNotFoundError) as error:
        print(f"{error}. Fix: name a file that can be written, or type make site", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m gradviz_core", description=DESCRIPTION, allow_abbrev=False
    )
    add = parser.add_argument
    add("spelling", metavar="SPELLING")
    add("--grid", type=_grid, default=Grid(), metavar="START:STOP:STEP",
        help="both axes, as numpy.arange takes them; default -2:2.5:0.25")  # fmt: skip
    add("--step", type=_step, default=STEP, metavar="H", help="h of the difference; default 1e-4")
    add("--out", type=_picture, metavar="FILE", help="draw the pair: .svg, .png or .pdf")
    add("--json", action="store_true", help="print the measurements as JSON")
    return parser.parse_args(arguments)


def _grid(text: str) -> Grid:
    try:
        start, stop, step = map(float, text.split(":"))
        return Grid(start, stop, step)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no START:STOP:STEP ({error})") from None


def _step(text: str) -> float:
    if not 0 < float(text) < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no positive finite number")
    return float(text)


def _picture(text: str) -> Path:
    if (path := Path(text)).suffix in {".svg", ".png", ".pdf"}:
        return path
    raise argparse.ArgumentTypeError(f"{text!r} ends in none of .svg, .png, .pdf")


def _draw(path: Path, grid: Grid, rows: Measurement, columns: Measurement) -> None:
    # Deferred: only a picture needs matplotlib, and no settings but ours.
    os.environ.update(MPLBACKEND="agg", MATPLOTLIBRC=os.devnull)
    from gradviz_core.figures import render

    pictures = quivers(grid, rows, columns)
    pair = {WORDS["pair"][ink]: pictures[ink] for ink in ("correct", "buggy")}
    path.write_bytes(render(path.suffix[1:], *pair.values(), titles=list(pair)))


def _json(options: argparse.Namespace, *pair: Measurement) -> str:
    entry: dict[str, Any] = dict.fromkeys(("name", "title", "spelling", "gradient"))
    entry |= {"spelling": options.spelling, "layouts": layouts_record(*pair)}
    entry |= {"grid": grid_record(options.grid), "step": options.step}
    return json.dumps(entry, indent=1, allow_nan=False)


def _table(options: argparse.Namespace, rows: Measurement, columns: Measurement) -> str:
    words = WORDS["measurement"]
    lines = [("", words["rows"], words["columns"])]
    for figure in layouts_record(rows, columns)["rows"]:
        pair = (_written(figure, getattr(m, figure)) for m in (rows, columns))
        lines.append((words[figure], *pair))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    table = ("   ".join(map(str.ljust, line, widths)).rstrip() for line in lines)
    meaning = f"{columns.verdict}: {WORDS['verdict']['meaning'][columns.verdict]}"
    return "\n".join([f"f(x) = {options.spelling}", "", *table, "", meaning])


def _written(figure: str, value: object) -> str:
    if value is None:
        return str(WORDS["measurement"]["none"])
    if isinstance(value, float):
        return formats.short(value) if figure == "median_length_ratio" else formats.bound(value)
    return formats.count(value) if isinstance(value, int) else str(value)


if __name__ == "__main__":
    sys.exit(main())
