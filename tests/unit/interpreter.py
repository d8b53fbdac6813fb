"""The browser's interpreter, run by node, and how far its numbers may be from Python's.

Node and NumPy share neither sines nor sums of squares, so numbers differ in their last bits.
How much of that a text makes is seen by changing the last bits of its own numbers.
"""

import atexit
import json
import os
import re
import shutil
import subprocess
import tomllib
from collections import Counter
from functools import cache, partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Thread

import numpy as np
import oracle
import pytest

from gradviz_core import Grid, Layout, SpellingError, measure, parse_spelling
from gradviz_core.publish.static_files import joined_scripts, strip_script
from tests.unit import spellings

FOLDER = oracle.ROOT / "tests" / "unit" / "javascript"
TEMPLATES = oracle.ROOT / "templates"
# In the browser the content policy forbids to run text as code; so does this.
NO_CODE_FROM_TEXT = "--disallow-code-generation-from-strings"


def published_scripts():
    """The scripts that the site publishes, by their places."""
    scripts = {}
    for path in TEMPLATES.rglob("*.js"):
        place = path.relative_to(TEMPLATES).as_posix()
        scripts[place] = strip_script(path.read_text("utf-8"))
    joins = tomllib.loads((TEMPLATES / "scripts.toml").read_text("utf-8"))
    # What the playground computes, draws and says: the other parts need its page.
    joins["static/playground-parts.js"] = [
        "static/numerics.js",
        "static/arrows.js",
        "the field and its answer",
    ]
    return joined_scripts(scripts, joins)


@cache
def scripts_folder():
    """A folder that holds the published scripts for as long as the tests run."""
    folder = TemporaryDirectory()
    for place, text in published_scripts().items():
        path = Path(folder.name, place)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def _command(*arguments):
    program = shutil.which("node")
    assert program, "node runs the scripts. Fix: sudo apt-get install nodejs"
    return {
        "args": [program, NO_CODE_FROM_TEXT, *arguments],
        "cwd": FOLDER,
        "env": os.environ | {"GRADVIZ_SCRIPTS": scripts_folder().name + "/static"},
        "text": True,
    }


def node(*arguments):
    """Run a script of this folder, which finds the published ones in GRADVIZ_SCRIPTS."""
    return subprocess.run(**_command(*arguments), capture_output=True, check=False)


@cache
def _running(script, *arguments):
    """A process of node that answers line by line for as long as the tests run."""
    process = subprocess.Popen(
        **_command(script, *arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    atexit.register(process.communicate)
    return process


def ask(script, questions, *arguments):
    """Ask one process of node all questions; a crash of the script is an answer, too."""
    process = _running(script, *arguments)
    lines = [json.dumps(question) + "\n" for question in questions]

    def write():
        process.stdin.writelines(lines)
        process.stdin.flush()

    # Node answers while it is asked: neither may wait for the other with a full pipe.
    asking = Thread(target=write)
    asking.start()
    answers = [process.stdout.readline() for _ in lines]
    asking.join()
    assert all(answers), f"{script} has ended by itself; what it said stands above"
    return [json.loads(answer) for answer in answers]


def answers(questions):
    return ask("answer.js", questions)


def numbers(values):
    """Read numbers; "NaN" and "-Infinity" are read as such."""
    return np.array(values, dtype=np.float64)


# How near is near


def same(found, expected):
    return (found == expected) | (np.isnan(found) & np.isnan(expected))


def nudged_number(random, value):
    """The number, or one of its neighbours."""
    return value * (1 + random.choice([-3, -1, 0, 1, 3]) * 2.0**-52)


def nudged_text(random, text):
    """The text with the last bits of its numbers changed, exponents aside."""

    def change(match):
        if re.search(r"\*\* *[-+]? *$", match.string[: match.start()]):
            return match[0]
        return repr(nudged_number(random, float(match[0])))

    return spellings.NUMBER.sub(change, text.replace("np.pi", repr(np.pi)))


def nudged(text, compute, *arguments):
    """What compute makes of the texts and numbers with other last bits."""
    results = []
    for seed in range(12):
        random = Random(seed)
        try:
            f = parse_spelling(nudged_text(random, text))
        except SpellingError:  # the numbers have made it too long
            f = parse_spelling(text)
        changed = [nudged_rows(random, rows) for rows in arguments]
        results.append(compute(f, *changed))
    return results


def nudged_rows(random, rows):
    return [[nudged_number(random, value) for value in row] for row in rows]


def values(f, rows):
    return np.array([f(row) for row in rows])


def gradients(f, points):
    return f.gradient(points)


@np.errstate(all="ignore")
def spread_of(results, expected):
    """How far results are from what is expected; infinite where they are of another kind."""
    spread = np.zeros(expected.shape)
    for result in results:
        moved = np.where(same(result, expected), 0, np.abs(result - expected))
        spread = np.maximum(spread, np.where(np.isnan(moved), np.inf, moved))
    return spread


@np.errstate(all="ignore")
def agrees(found, expected, others, rounding=0.0):
    """Whether results agree to rounding; None where the last bits decide what they are.

    `others` gives the results of nudged texts; it is called only where the two differ.
    """
    near = same(found, expected)
    near |= np.abs(found - expected) <= 1e-12 * np.abs(expected) + rounding
    if near.all():
        return True
    spread = spread_of(others(), expected)
    tolerance = 1e-9 * np.abs(expected) + 100 * spread + rounding
    near |= np.abs(found - expected) <= tolerance
    if near.all():
        return True
    return None if (near | np.isinf(spread)).all() else False


# Spellings


def question(seed):
    """A random spelling or a damaged one, points and rows."""
    random = Random(seed)
    text = spellings.spelling(seed)
    if seed % 2:
        text = spellings.damaged(random, text)
    points = [spellings.numbers(random, 2) for _ in range(2)]
    long = spellings.numbers(random, random.choice([1, 2, 3, 7, 8, 9, 40, 300]))
    return {"text": text, "points": points, "rows": [*points, long]}


def check_spelling(asked, answer):
    """Compare an answer with Python's own; count what came of it."""
    assert "crash" not in answer, (asked, answer)
    text = asked["text"]
    try:
        f = parse_spelling(text)
    except SpellingError as error:
        assert answer.get("column") == error.column, (text, str(error), answer)
        return Counter(["refused"])
    assert "values" in answer, (asked, answer)
    outcomes = Counter()
    for row, found in zip(asked["rows"], answer["values"], strict=True):
        if found is None:
            with pytest.raises((ValueError, IndexError)):
                f(row)
            outcomes["raises"] += 1
            continue
        others = partial(nudged, text, values, [row])
        outcomes[agrees(numbers([found]), values(f, [row]), others)] += 1
    for point, found in zip(asked["points"], answer["gradients"], strict=True):
        others = partial(nudged, text, gradients, [point])
        outcomes[agrees(numbers([found]), f.gradient([point]), others)] += 1
    assert not outcomes[False], (asked, answer)
    return outcomes


def check_spellings(seeds):
    """Ask random spellings of both interpreters; count what came of them."""
    questions = [question(seed) for seed in seeds]
    outcomes = Counter()
    for asked, answer in zip(questions, answers(questions), strict=True):
        outcomes += check_spelling(asked, answer)
    return outcomes


# Measurements


def grid_question(seed):
    """A random spelling, a small grid and a step."""
    random = Random(seed)
    count = random.choice([1, 2, 3, 5, 8])
    start = random.choice([-2, -1.0, 0.5, random.uniform(-3, 1)])
    step = random.uniform(0.1, 1)
    step = random.choice([0.25, 0.5, 1.0, step, -step])
    stop = start + step * (count - random.choice([0, 0.5]))
    h = random.choice([1e-4, 1e-4, 1e-3, 1e-2, 2.0**-13])
    grid = {"start": start, "stop": stop, "step": step, "h": h}
    return {"text": spellings.spelling(seed), "grid": grid}


def near(expected, **tolerance):
    return expected if expected is None else pytest.approx(expected, **tolerance)


def check_figures(found, truth, gradient, layout, asked):
    """The figures follow from the arrows, as the oracle has it; say whether the verdict does.

    Where the verdict hangs on the last bits it may differ.
    """
    expected = oracle.measured(truth, gradient, layout)
    for name in ("calls", "arrows", "nonzero", "wrong"):
        assert found[name] == getattr(expected, name), (asked, layout, name)
    # As its digits tell it: of a large number they do not give each bit.
    error = near(expected.max_error, rel=1e-15)
    assert found["max_error"] == error, (asked, layout)
    ratio = near(expected.median_length_ratio, rel=1e-12)
    assert found["median_length_ratio"] == ratio, (asked, layout)
    angle = near(expected.max_angle_deg, rel=1e-9, abs=1e-9)
    assert found["max_angle_deg"] == angle, (asked, layout)
    return found["verdict"] == expected.verdict


def check_measurement(asked, answer):
    """Compare measurements in both layouts; give the verdicts, and how many are of rounding."""
    grid = Grid(*(asked["grid"][name] for name in ("start", "stop", "step")))
    h, f = asked["grid"]["h"], parse_spelling(asked["text"])
    try:
        pair = {layout: measure(f, grid, layout, step=h) for layout in Layout}
    except ValueError:
        assert answer["reason"] == "truth", (asked, answer)
        return [], 0
    measured = answer["measured"]
    truth = numbers(measured["truth"]).reshape(-1, 2)
    assert np.array_equal(numbers(measured["points"]).reshape(-1, 2), grid.points), (
        asked
    )
    exact = f.gradient(grid.points)
    others = partial(nudged, asked["text"], gradients, grid.points)
    assert agrees(truth, exact, others) is not False, (asked, truth, exact)
    apart = 0
    for layout, python in pair.items():
        found = measured[layout.value]
        gradient = numbers(measured["gradients"][layout.value]).reshape(-1, 2)
        assert found["argument_shape"] == list(python.argument_shape), asked
        if python.verdict == "raises":
            assert found["verdict"] == "raises", asked
            figures = {found[n] for n in found if n not in ("argument_shape", "arrows")}
            assert figures == {None, "raises"}, (asked, found)
            assert np.isnan(gradient).all(), asked
            continue
        agree = agrees_with_routine(asked, layout, gradient, python)
        assert agree is not False, (asked, layout, gradient, python.gradient)
        apart += not check_figures(found, truth, gradient, layout.value, asked)
        apart += found["verdict"] != python.verdict
    return [python.verdict for python in pair.values()], apart


@np.errstate(all="ignore")
@np.errstate(all="ignore")
def noise_of(text, rows):
    """How far rounding may move f at some points."""
    of_rows = values(parse_spelling(text), rows)
    # A tanh near 1, say, hides the last bits of x, but is itself rounded either way.
    rounded = 2.0**-52 * np.maximum(1, np.abs(of_rows))
    return rounded + spread_of(nudged(text, values, rows), of_rows)


def noise_beside(text, rows, h):
    """How far rounding may move f one step beside some points, which are poles."""
    most = np.zeros(len(rows))
    for moved in (
        sign * h * unit for unit in np.eye(rows.shape[1]) for sign in (1, -1)
    ):
        noise = noise_of(text, rows + moved) if len(rows) else most
        most = np.maximum(most, np.where(np.isfinite(noise), noise, 0))
    return most


def agrees_with_routine(asked, layout, gradient, python):
    """As agrees, for slopes: what rounding makes of f is divided by the step."""
    text, h = asked["text"], asked["grid"]["h"]
    X = layout.arrange(python.points)
    noise = noise_of(text, X)
    is_at_pole = ~np.isfinite(noise)
    noise[is_at_pole] = noise_beside(text, X[is_at_pole], h)
    rounding = layout.arrange(np.broadcast_to(20 * noise[:, None] / h, X.shape))

    def others():
        return [
            layout.arrange(slopes) for slopes in nudged(text, partial(routine, h), X)
        ]

    return agrees(gradient, python.gradient, others, rounding)


def routine(h, f, X):
    return oracle.routine(f, X, h)


def check_measurements(seeds):
    """Measure random spellings in both interpreters; count verdicts and those of rounding."""
    questions = [grid_question(seed) for seed in seeds]
    verdicts, apart = Counter(), 0
    for asked, answer in zip(questions, answers(questions), strict=True):
        found, differ = check_measurement(asked, answer)
        verdicts.update(found)
        apart += differ
    return verdicts, apart
