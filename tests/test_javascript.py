"""The browser's interpreter, templates/static/gradviz.js, against the Python one.

Random spellings, whole and damaged, are asked of both. Numbers may differ as their roundings do:
node and NumPy share neither sines nor sums of squares. make soak asks ten times as many.
"""

import gzip
import json
import math
import os
import shutil
import string
import subprocess
from collections import Counter
from dataclasses import replace
from functools import partial
from random import Random

import numpy as np
import pytest
from project import ROOT

from gradviz_core import FUNCTIONS, Grid, Layout, SpellingError, measure, parse_spelling, rules
from gradviz_core.book import STEP, numerical_gradient
from gradviz_core.measurement import _figures
from gradviz_core.spelling import parse
from tests import spellings
from tests.test_spelling import WRONG

SOAK = 10 if os.environ.get("SOAK") else 1
SCRIPT = ROOT / "templates" / "static" / "gradviz.js"
CLOSE = 1e-9  # of the largest number met on the way
ROUNDING = 1e-12  # likewise, of a value of f, which the difference divides by h
PIECES = [
    *"x[]01-+*/@.,() \n^=²π",
    "np.",
    "sin(",
    "**",
    "len(x)",
    "x[0]",
    "np.sum(",
    "1e",
    "linalg",
]
FIGURES = ("nonzero", "wrong", "max_error", "median_length_ratio", "max_angle_deg")


def node(*arguments, **options):
    program = shutil.which("node")
    assert program, "The browser's interpreter is tested by node. Fix: sudo apt-get install nodejs"
    return subprocess.run(
        [program, *arguments], cwd=ROOT / "tests" / "javascript", text=True, capture_output=True,
        check=False, **options,
    )  # fmt: skip


def answers(questions):
    """Ask one process of node all questions; a crash of the interpreter is an answer, too."""
    done = node("answer.js", input="".join(json.dumps(q) + "\n" for q in questions))
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.removesuffix("\n").split("\n")]
    assert len(found) == len(questions)
    return found


def numbers(values):
    return np.array(values, dtype=np.float64)  # "NaN" and "-Infinity" are read as such


class Witness:
    """Watches Python compute a value or a gradient.

    It remembers the largest finite number met, and can nudge what no two libraries round alike:
    where that moves a result, as it does at a tie or a pole, the result is not to be compared.
    """

    exact = frozenset(
        [rules.OPERATORS[name].compute for name in "+-*/"]
        + [rules.FUNCTIONS[name].compute for name in ("maximum", "minimum", "abs", "sign", "sqrt")]
        + [sign.compute for sign in rules.SIGNS.values()]
    )

    def __init__(self):
        self.largest, self.random = 0.0, None

    def see(self, *columns):
        for column in columns:
            size = np.abs(np.asarray(0.0 if column is None else column, dtype=np.float64))
            self.largest = max(self.largest, size[np.isfinite(size)].max(initial=0.0))

    def nudged(self, rule, value):
        if not self.random or rule.compute in self.exact:
            return value
        # Each number of a row by itself: of two logarithms that cancel, one may be rounded otherwise.
        turns = [self.random.choice([-1, 0, 1]) for _ in range(np.size(value))]
        return value * (1 + np.reshape(turns, np.shape(value)) * 2.0**-52)

    def value(self, program, x):
        """Run a program step by step."""
        stack = []
        for step in program:
            count = len(getattr(step, "partials", ()))
            operands = stack[len(stack) - count :]
            value = self.nudged(step, step.compute(*operands)) if count else step.read(x)
            stack[len(stack) - count :] = [value]
            self.see(value)
        return stack.pop()

    def agree(self, found, compute):
        """Whether a result is what Python computes; None if a nudge moves what is different."""
        self.largest = 0.0
        expected = compute()
        return self.explain(found, expected, compute, CLOSE * self.largest)

    @np.errstate(all="ignore")
    def explain(self, found, expected, compute, tolerance):
        different = ~close(found, expected, tolerance)
        if not different.any():
            return True
        moved = np.zeros_like(different)
        for seed in range(16):
            self.random = Random(seed)
            moved |= ~close(compute(), expected, tolerance)
        self.random = None
        return None if np.all(moved | ~different) else False


@pytest.fixture
def witness(monkeypatch):
    witness, chain = Witness(), rules._chain

    def observed(rule, duals):
        value, *slopes = chain(rule, duals)
        witness.see(value, *slopes)
        return witness.nudged(rule, value), *slopes

    monkeypatch.setattr(rules, "_chain", observed)
    return witness


def close(found, expected, tolerance):
    found, expected = np.atleast_1d(found), np.atleast_1d(expected)
    with np.errstate(invalid="ignore"):
        near = np.abs(found - expected) <= tolerance
    return near | (found == expected) | (np.isnan(found) & np.isnan(expected))


def damaged(random, text):
    for _ in range(random.randint(1, 2)):
        start = random.randrange(len(text) + 1)
        piece = random.choice(["", random.choice(PIECES), random.choice(PIECES)])
        text = text[:start] + piece + text[start + random.randrange(3) :]
    return text


def numbers_of(random, n):
    return [random.choice([0.0, 1.0, -1.0, 0.5, 2.0, random.uniform(-2, 2)]) for _ in range(n)]


def question(seed):
    random = Random(seed)
    text = spellings.spelling(seed)
    text = damaged(random, text) if seed % 2 else text
    points = [numbers_of(random, 2) for _ in range(2)]
    rows = [*points, numbers_of(random, random.choice([1, 2, 3, 7, 8, 9, 40, 300]))]
    if "1]" in text or "2]" in text:
        rows[-1] += [0.75]  # a row of one number has neither x[1] nor x[-2]
    return {"text": text, "points": points, "rows": rows}


def test_random_spellings_mean_the_same_or_are_refused_at_the_same_column(witness):
    questions, outcomes = [question(seed) for seed in range(10_000 * SOAK)], Counter()
    for asked, answer in zip(questions, answers(questions), strict=True):
        outcomes += check_answer(witness, asked, answer)
    assert outcomes["refused"] > 4_000 * SOAK, outcomes
    assert outcomes[True] > 20_000 * SOAK, outcomes
    assert outcomes[None] <= outcomes[True] / 1000, outcomes


@np.errstate(all="ignore")
def check_answer(witness, asked, answer):
    assert "crash" not in answer, (asked, answer)
    text = asked["text"]
    try:
        f = parse_spelling(text)
    except SpellingError as error:
        assert answer.get("column") == error.column, (text, str(error), answer)
        return Counter(["refused"])
    assert "values" in answer, (asked, answer)
    value = partial(witness.value, parse(text))
    computed = [partial(value, np.array(x)) for x in asked["rows"]]
    computed += [partial(f.gradient, point) for point in asked["points"]]
    found = map(numbers, answer["values"] + answer["gradients"])
    outcomes = Counter(map(witness.agree, found, computed))
    assert not outcomes[False], (asked, answer)
    return outcomes


def test_texts_wrong_by_hand_are_refused_at_the_same_column():
    for (text, column), answer in zip(
        WRONG.items(), answers([{"text": t} for t in WRONG]), strict=True
    ):
        assert answer.get("column") == column, (text, answer)


def test_sums_are_rounded_as_numpy_rounds_them():
    texts = ["np.sum(x)", "np.sum(x**2)", "np.mean(x)", "np.prod(x)", "np.sum(2 * x - x / 3)"]
    random = np.random.default_rng(9)
    rows = [random.uniform(-2, 2, n).tolist() for n in (1, 7, 8, 9, 127, 128, 129, 136, 324, 1000)]
    questions = [{"text": text, "rows": rows} for text in texts]
    for text, answer in zip(texts, answers(questions), strict=True):
        assert answer["values"] == [float(parse_spelling(text)(row)) for row in rows], text


def test_a_row_to_the_power_of_a_half_is_its_root_and_a_number_is_not():
    # Of minus infinity the root is nan and the power infinite; of minus zero they differ in sign.
    rows = [[0.0], [0.0, 0.0], [0.0] * 9]
    texts = [
        "np.max((np.log10(x * x))**0.5)", "np.max((np.log10(x * x))**(1 / 2))", "np.max(1 / (-x)**.5)",
        "np.max(np.log10(x * x)**(x + 0.5))", "(np.log10(x[0] * x[0]))**0.5", "1 / (-x[0])**.5",
    ]  # fmt: skip
    questions, found = [{"text": text, "rows": rows} for text in texts], Counter()
    for text, answer in zip(texts, answers(questions), strict=True):
        expected = [float(parse_spelling(text)(row)) for row in rows]
        np.testing.assert_array_equal(numbers(answer["values"]), expected, text)
        found += Counter(map(str, expected))
    assert set(found) == {"nan", "inf", "-inf"}, found


def fuzz(seed):
    random = Random(seed)
    alphabet = random.choice([string.printable, PIECES, [chr(c) for c in range(1, 0x2FF)]])
    return "".join(random.choice(alphabet) for _ in range(random.randrange(300)))


def test_any_text_gives_a_value_or_a_spelling_error():
    texts, refused = [fuzz(seed) for seed in range(5_000 * SOAK)], 0
    questions = [{"text": text, "rows": [[0.5, -0.25]], "points": [[0.0, 0.0]]} for text in texts]
    for text, answer in zip(texts, answers(questions), strict=True):
        assert "crash" not in answer, (text, answer)
        assert ("column" in answer) != ("values" in answer), (text, answer)
        refused += "column" in answer
    assert refused > 4_900 * SOAK


def grid_of(random):
    count = random.choice([1, 2, 3, 5, 8])
    start, step = random.choice([-2, -1.0, 0.5, random.uniform(-3, 1)]), random.uniform(0.1, 1)
    step = random.choice([0.25, 0.5, 1.0, step, -step])
    h = random.choice([STEP, STEP, 1e-3, 1e-2, 2.0**-13])
    return {
        "start": start,
        "stop": start + step * (count - random.choice([0, 0.5])),
        "step": step,
        "h": h,
    }


def both(asked):
    grid = Grid(*(asked["grid"][name] for name in ("start", "stop", "step")))
    f = parse_spelling(asked["text"])
    return [measure(f, grid, layout, step=asked["grid"]["h"]) for layout in Layout]


def test_whole_measurements_are_the_same(witness):
    questions = [
        {"text": spellings.spelling(seed), "grid": grid_of(Random(seed))}
        for seed in range(20_000, 20_000 + 700 * SOAK)
    ]
    verdicts, apart = Counter(), []
    for asked, answer in zip(questions, answers(questions), strict=True):
        try:
            pair = both(asked)
        except ValueError:
            assert answer["reason"] == "truth", (asked, answer)
            continue
        for layout, python in zip(Layout, pair, strict=True):
            found = check_measurement(witness, asked, answer["measured"], layout, python)
            verdicts[python.verdict] += 1
            if (
                found["verdict"] != python.verdict
            ):  # the arrays agree, so it is a matter of rounding
                apart.append((asked, python, found))
    print(*apart, sep="\n")
    assert verdicts.total() >= 1_000 * SOAK
    assert len(verdicts) == 8, verdicts
    assert len(apart) <= verdicts.total() / 1000, apart


@np.errstate(all="ignore")
def check_measurement(witness, asked, measured, layout, python):
    """See that the arrays agree to rounding, and that the figures are what Python makes of them."""
    points, truth, *gradients, rows, columns = measured
    found = rows if layout is Layout.ROWS else columns
    truth = numbers(truth).reshape(-1, 2)
    gradient = numbers(gradients[layout is Layout.COLUMNS]).reshape(-1, 2)
    assert np.array_equal(numbers(points).reshape(-1, 2), python.points), asked
    assert found["argument_shape"] == list(python.argument_shape), asked
    assert (found["calls"], found["arrows"]) == (python.calls, python.arrows), asked
    exact = partial(parse_spelling(asked["text"]).gradient, python.points)
    assert witness.agree(truth, exact) is not False, (asked, truth, python.truth)
    if python.verdict == "raises":
        assert {found[name] for name in FIGURES} == {None}, (asked, found)
        assert np.isnan(gradient).all(), asked
        return found
    arranged, h = layout.arrange(python.points), asked["grid"]["h"]
    value = partial(witness.value, parse(asked["text"]))
    for x in arranged:
        value(x)
    tolerance = (CLOSE + ROUNDING / h) * witness.largest

    def book():
        return layout.arrange(numerical_gradient(value, arranged, step=h))

    agree = witness.explain(gradient, python.gradient, book, tolerance)
    assert agree is not False, (asked, gradient, python.gradient)
    check_figures(asked, found, replace(python, **_figures(truth, gradient, layout)))
    return found


def check_figures(asked, found, expected):
    assert found["verdict"] == expected.verdict, (asked, found, expected)
    for name in FIGURES:
        value = getattr(expected, name)
        if isinstance(value, float):
            assert math.isclose(found[name], value, rel_tol=1e-9, abs_tol=1e-12), (asked, name)
        else:
            assert found[name] == value, (asked, name, found, expected)


def test_every_function_of_the_site_is_measured_alike():
    questions = [
        {
            "text": f.spelling,
            "grid": {"start": f.grid.start, "stop": f.grid.stop, "step": f.grid.step, "h": STEP},
        }
        for f in FUNCTIONS.values()
    ]
    for asked, answer in zip(questions, answers(questions), strict=True):
        for python, found in zip(both(asked), answer["measured"][-2:], strict=True):
            assert found["verdict"] == python.verdict, asked
            for name in ("calls", "arrows", *FIGURES):
                expected = getattr(python, name)
                near = expected is None or pytest.approx(expected, rel=1e-6, abs=1e-7)
                assert found[name] == near or found[name] is expected, (asked, name)


def test_the_interpreter_by_itself():
    done = node("--test", "units.js")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_script_keeps_its_budget():
    script = SCRIPT.read_text(encoding="utf-8")
    assert len(script.splitlines()) <= 400
    assert len(gzip.compress(script.encode(), mtime=0)) <= 7_000


@pytest.mark.parametrize(
    "word", ["eval(", "Function(", "innerHTML", "import(", "XMLHttpRequest", "fetch("]
)
def test_the_script_runs_no_text(word):
    assert word not in SCRIPT.read_text(encoding="utf-8")
