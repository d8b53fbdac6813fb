"""The spellings that the browser reads from scripts, beside the functions that Python runs.

Each function is run in both layouts: at one point, and at a row of the array that the
book's call without .T hands over, which has more numbers than a point.
"""

import contextlib
import io
import math
from collections import Counter
from functools import partial

import numpy as np
from unit import interpreter, script_readers

from gradviz_core import parse_spelling

# How many numbers f receives at once.
NUMBERS = {"rows": 2, "columns": 7}


def check_spellings(published, texts, seed=1):
    """Each spelling has the values of its function; count what came of them."""
    random = np.random.default_rng(seed)
    outcomes = Counter()
    answers = script_readers.said_by_the_browser(published, texts)
    for text, answer in zip(texts, answers, strict=True):
        assert "crash" not in answer, (text, answer)
        names = None
        for reading in answer["readings"]:
            if reading["spelling"] is None:
                continue
            names = names or names_of(text)
            f = names[reading["name"]]
            if f.__code__.co_firstlineno != reading["line"]:
                continue  # it is defined again further below
            outcomes["spelled"] += 1
            for layout, count in NUMBERS.items():
                x = random.uniform(-2, 2, count)
                outcomes[check_value(f, reading, layout, x)] += 1
    return outcomes


def names_of(text):
    """What the names of a script stand for once it has run."""
    names = {"np": np, "numpy": np, "math": math, "sqrt": np.sqrt, "pi": np.pi}
    exec(compile(text, "script", "exec"), names)
    return names


def value_at(spelling, x):
    """The value of a spelling, or None where shapes do not fit."""
    try:
        return float(parse_spelling(spelling)(x))
    except ValueError:
        return None


@np.errstate(all="ignore")
def check_value(f, reading, layout, x):
    """The spelling is what f is at x; say what that is."""
    spelling, demands = reading["spelling"], reading["demands"]
    spelled = value_at(spelling, x)
    case = f"{spelling} is {spelled}, read from line {reading['line']}, at {x}"
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            value = np.asarray(f(x))
    except Exception as error:
        if layout == "columns" and "two numbers" in demands:
            return "stops"
        if spelled is None and isinstance(error, ValueError | ArithmeticError):
            return "shapes do not fit"
        if "math domain" in demands and isinstance(error, ValueError | OverflowError):
            return "stops"
        # Where Python's own numbers stop, the language has inf or nan.
        assert isinstance(error, ArithmeticError), (case, error)
        assert not math.isfinite(spelled), case
        return "stops"
    assert layout == "rows" or "two numbers" not in demands, case
    assert spelled is not None, case
    assert value.shape == (), case
    if value.dtype.kind == "c":  # the root of a negative number, in Python
        assert math.isnan(spelled), case
        return "complex"
    # How far rounding may take them apart is seen from the spelling with other last bits.
    others = partial(interpreter.nudged, spelling, interpreter.values, [list(x)])
    agrees = interpreter.agrees(np.array([float(value)]), np.array([spelled]), others)
    assert agrees is not False, (case, value)
    return "equal" if agrees else "decided by rounding"
