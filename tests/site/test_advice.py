"""Whoever follows the page of symptoms to the letter has a right plot in the end.

The code of each check and each fix is taken from the published page and pasted into scripts as a
reader would. All are run, the wrong ones and the mended ones, in a process that knows nothing of
this project. A check has to tell one from the other, and the arrows of a mended script have to be
the exact gradient.
"""

import json
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from oracle import function_of
from reading import page, text

from tests.site import pasting
from tests.site.pasting import BOTH, NONE, QUIVER, Script, script

RUNNER = Path(__file__).with_name("run_pasted.py")
PAGE = "symptoms/index.html"

Run = dict[str, Any]
Change = Callable[[Script], Script]

# A function, and its two exact slopes.
PRODUCT = ("x[0] * x[1]", "x[1]", "x[0]")
SQUARES = ("np.sum(x**2)", "2 * x[0]", "2 * x[1]")
TYPED_SQUARES = ("x[0]**2 + x[1]**2", *SQUARES[1:])
MEAN = ("np.mean(x**2)", "x[0]", "x[1]")
SINE = (
    "np.sin(x[0] * x[1])",
    "x[1] * np.cos(x[0] * x[1])",
    "x[0] * np.cos(x[0] * x[1])",
)
HILL = (
    "np.exp(-x[0]**2 - x[1]**2)",
    "-2 * x[0] * np.exp(-x @ x)",
    "-2 * x[1] * np.exp(-x @ x)",
)
BUMP = ("np.exp(-np.sum(x**2))", *HILL[1:])
ALL = ("np.prod(x)", *PRODUCT[1:])
SOFT = (
    "np.log(np.sum(np.exp(x)))",
    "np.exp(x[0]) / np.sum(np.exp(x))",
    "np.exp(x[1]) / np.sum(np.exp(x))",
)
BOWL = ("x[0]**2 / 20 + x[1]**2", "x[0] / 10", "2 * x[1]")
RAISED = ("np.sum(x**2) + 5000", *SQUARES[1:])
LOGARITHM = (
    "np.log(x[0]) + x[1]",
    "1 / x[0] + 0 * np.log(x[0])",
    "1 + 0 * np.log(x[0])",
)
COUPLED = ("x[0]**2 + x[0] * x[1]", "2 * x[0] + x[1]", "x[0]")


class Advice:
    """The code of the page, and the lists of messages and of numbers."""

    def __init__(self, site: Path) -> None:
        self.document = page(site / PAGE)

    def section(self, name: str) -> Any:
        (heading,) = self.document.xpath(f"//h2[@id='{name}']")
        return heading.getparent()

    def code(self, name: str, part: str) -> list[str]:
        """The blocks of code that stand under Check or Fix of a section."""
        found = []
        current = ""
        for element in self.section(name).iter("strong", "pre"):
            if element.tag == "strong":
                current = text(element).strip(".,")
            elif current == part:
                found.append(element.text_content())
        return found

    def check(self, name: str) -> str:
        (code,) = self.code(name, "Check")
        return code

    def two_lines(self, name: str) -> str:
        (code,) = self.code(name, "Fix")
        assert code.count("\n") == 2
        return code

    @property
    def safe_call(self) -> str:
        (place,) = self.document.xpath("//*[@id='safe-call']")
        (code,) = place.getparent().iter("pre")
        return code.text_content()

    def rows(self, name: str) -> list[tuple[list[str], Any]]:
        """The rows of a list: the code in the first cell, and the second cell."""
        return [
            ([text(code) for code in first.iter("code")], second)
            for first, second in self.section(name).xpath(".//tbody/tr")
        ]

    def row(self, name: str, message: str) -> Any:
        """What to change, where a list has a message."""
        (cell,) = (cell for codes, cell in self.rows(name) if message in codes)
        return cell

    def code_in_row(self, name: str, message: str) -> list[str]:
        return [text(code) for code in self.row(name, message).iter("code")]


@pytest.fixture(scope="module")
def advice(built) -> Advice:
    return Advice(built.site)


# What a check shows


def stops_with(message: str) -> Callable[[Run], bool]:
    return lambda run: run["error"].startswith(message)


def numbers(line: str) -> list[float]:
    return [float(number) for number in line.strip("[]").split()]


def both_zero_or_missing(run: Run) -> bool:
    slopes = np.array(numbers(run["printed"][-1]))
    return bool(np.isnan(slopes).all() or not slopes.any())


def both_tiny(run: Run) -> bool:
    return max(numbers(run["printed"][-1])) < 1e-200


def one_zero(run: Run) -> bool:
    return 0.0 in numbers(run["printed"][-1])


def either_test_fails(run: Run) -> bool:
    return run["printed"][-2:] != ["True", "[4. 3.]"]


def scipy_fails(run: Run) -> bool:
    printed = run["printed"] or [""]
    return not printed[0].startswith("(2,") or printed[-1] != "True"


@dataclass(frozen=True)
class Case:
    """A script that is wrong, what to do with it, and how the check tells."""

    name: str
    wrong: Script
    slopes: tuple[str, str]
    check: Change
    is_wrong: Callable[[Run], bool] | None
    fix: Change
    sign: int = -1  # of the arrows: downhill

    def exact(self, points: np.ndarray) -> np.ndarray:
        """The arrows as they should be drawn."""
        with np.errstate(all="ignore"):
            slopes = [
                [function_of(slope)(x) for x in points.T] for slope in self.slopes
            ]
        return self.sign * np.array(slopes)


def book_cases(advice: Advice) -> list[Case]:
    """Scripts that call the book's routine, by the symptom that their readers look up."""
    found = []

    def add(
        entry: str,
        f: tuple[str, str, str],
        check: Change,
        is_wrong: Any,
        fix: Change,
        **how: Any,
    ) -> None:
        name = f"{entry}: {f[0]} {len(found)}"
        found.append(Case(name, script(f[0], **how), f[1:], check, is_wrong, fix))

    def first_in_f(entry: str) -> Change:
        return lambda s: s.first_in_f(advice.check(entry))

    def below_call(entry: str) -> Change:
        return lambda s: s.below_call(advice.check(entry))

    def two_lines(entry: str) -> Change:
        return lambda s: s.for_call(advice.two_lines(entry))

    def safe_call(s: Script) -> Script:
        return s.for_call(advice.safe_call)

    shape = stops_with("AssertionError: (")
    book_grid = "np.arange(-2, 2.5, 0.25)"
    stopped = stops_with("AssertionError: (324,)")
    add(
        "lines",
        PRODUCT,
        first_in_f("lines"),
        stopped,
        two_lines("lines"),
        axis=book_grid,
    )
    for f in (TYPED_SQUARES, SINE, HILL, MEAN):
        add("lines", f, first_in_f("lines"), shape, two_lines("lines"))
    add(
        "lines",
        PRODUCT,
        first_in_f("lines"),
        shape,
        two_lines("lines"),
        axis="np.linspace(0, 5, 7)",
    )
    # Whole numbers, and no .T: one paste mends both.
    add(
        "lines",
        PRODUCT,
        first_in_f("lines"),
        shape,
        two_lines("lines"),
        axis="np.arange(-3, 4)",
    )
    # The check does not stop: only the first row is filled.
    add(
        "lines",
        PRODUCT,
        below_call("fine"),
        either_test_fails,
        safe_call,
        call=BOTH,
        routine=pasting.EARLY_RETURN_OF_ALL,
    )

    for f in (SQUARES, PRODUCT):
        add(
            "star",
            f,
            first_in_f("star"),
            stops_with("AssertionError: float16"),
            two_lines("star"),
            axis=f"{book_grid}.astype('float16')",
            call=BOTH,
        )
    add(
        "blocks",
        RAISED,
        first_in_f("blocks"),
        stops_with("AssertionError: float32"),
        two_lines("blocks"),
        axis=f"{book_grid}.astype(np.float32)",
        call=BOTH,
    )
    for f, axis in (
        (PRODUCT, "np.arange(-3, 4)"),
        (SQUARES, "np.arange(-2, 3)"),
        (COUPLED, "np.array([-1, 0, 1, 2])"),
        (PRODUCT, "range(-2, 3)"),
    ):
        add(
            "gap",
            f,
            first_in_f("gap"),
            stops_with("AssertionError: int"),
            two_lines("gap"),
            axis=axis,
            call=BOTH,
        )

    add(
        "nothing",
        ALL,
        below_call("nothing"),
        both_zero_or_missing,
        two_lines("nothing"),
    )
    add(
        "nothing",
        LOGARITHM,
        below_call("nothing"),
        both_zero_or_missing,
        two_lines("nothing"),
        axis="np.arange(-1, 2, 0.5) + 0.25",
    )
    add(
        "nothing",
        SQUARES,
        below_call("nothing"),
        both_zero_or_missing,
        safe_call,
        call=BOTH,
        routine=pasting.LOST_STEP,
        axis="np.arange(1, 3, 0.5)",
    )
    add("flat", BUMP, below_call("flat"), both_tiny, two_lines("flat"), axis=book_grid)
    add(
        "flat",
        SQUARES,
        below_call("flat"),
        one_zero,
        safe_call,
        call=BOTH,
        routine=pasting.EARLY_RETURN,
    )
    add(
        "upright",
        BOWL,
        below_call("upright"),
        one_zero,
        safe_call,
        call=BOTH,
        routine=pasting.EARLY_RETURN,
    )

    for entry in ("lengths", "fine"):
        add(entry, SOFT, below_call("fine"), either_test_fails, safe_call)
        add(
            entry,
            MEAN,
            below_call("fine"),
            either_test_fails,
            safe_call,
            axis=book_grid,
        )
        for routine in (
            pasting.PRECEDENCE,
            pasting.NOT_RESTORED,
            pasting.LOST_INDEX,
            pasting.EARLY_RETURN,
        ):
            add(
                entry,
                PRODUCT,
                below_call("fine"),
                either_test_fails,
                safe_call,
                call=BOTH,
                routine=routine,
            )
        add(
            entry,
            SQUARES,
            below_call("fine"),
            either_test_fails,
            safe_call,
            call=BOTH,
            axis="np.arange(-2, 3)",
        )
        add(
            entry,
            MEAN,
            below_call("fine"),
            either_test_fails,
            safe_call,
            call=BOTH,
            routine=pasting.WHOLE,
        )
        add(
            entry,
            SQUARES,
            below_call("fine"),
            either_test_fails,
            safe_call,
            axis=f"{book_grid}.astype(np.float32)",
        )
    return found


def hidden_cases(advice: Advice) -> list[Case]:
    """An empty plot of right arrows: the limits of the book's script leave out the grid."""
    wrong = script(PRODUCT[0], BOTH, axis="np.arange(3, 5, 0.25)")

    def without_limits(s: Script) -> Script:
        for line in ("plt.xlim", "plt.ylim"):
            assert line in text(advice.section("nothing"))
            s = s.change(f"    {line}([-2, 2])\n", "")
        return s

    return [
        Case(
            "nothing: out of view",
            wrong,
            PRODUCT[1:],
            lambda s: s.below_call(advice.check("nothing")),
            lambda run: run["drawn"]["view"][1] < run["drawn"]["points"].min(),
            without_limits,
        )
    ]


HEIGHTS = """
import numpy as np
import matplotlib.pyplot as plt

x0 = np.arange(-2, 2.5, 0.25)
x1 = np.arange(-1, 1.5, 0.25)
X, Y = np.meshgrid(x0, x1)
A, B = np.meshgrid(x0, x1, indexing="ij")
Z = {of[0]} * {of[1]}
{call}

plt.quiver({at[0]}, {at[1]}, {first}, {second})
plt.show()
"""


def heights_cases(advice: Advice) -> list[Case]:
    """Scripts with np.gradient: either grid, either order, drawn on the same grid or the other."""
    found = []
    for of in ("XY", "AB"):
        for at in ("XY", "AB"):
            for call in (
                "dx, dy = np.gradient(Z)",
                "dy, dx = np.gradient(Z)",
                "dx, dy = np.gradient(Z, 0.25)",
                "dy, dx = np.gradient(Z, 0.25)",
            ):
                right_order = "dy, dx" if of == "XY" else "dx, dy"
                if of == at and call.startswith(right_order) and "0.25" in call:
                    continue  # this one is right
                found.append(heights_case(advice, of, at, call))
    grad = heights_case(
        advice, "XY", "XY", "grad = np.gradient(Z)", ("grad[0]", "grad[1]")
    )
    return [*found, grad]


def heights_case(
    advice: Advice, of: str, at: str, call: str, arrows: tuple[str, str] = ("dx", "dy")
) -> Case:
    first, second = arrows
    wrong = Script(
        HEIGHTS.format(of=of, at=at, call=call, first=first, second=second), call
    )

    def with_names(code: str) -> str:
        """With the names of the two arrays that Z was computed from."""
        return re.sub(r"\b[XY]\b", lambda name: of["XY".index(name[0])], code)

    def check(s: Script) -> Script:
        line = f"Z = {of[0]} * {of[1]}\n"
        return s.change(line, line + with_names(advice.check("exchanged")))

    def fix(s: Script) -> Script:
        (code,) = advice.code("exchanged", "Fix")
        line = f"plt.quiver({at[0]}, {at[1]}, {first}, {second})\n"
        return s.change(f"{call}\n", "").change(line, with_names(code))

    def is_wrong(run: Run) -> bool:
        """Whether the order, the spacing or the place is not what the check asks for."""
        is_first_up = run["printed"] == ["True"]
        assert is_first_up == (of == "XY")
        begins = "dy, dx" if is_first_up else "dx, dy"
        return (
            f"{begins} = np.gradient(" not in run["text"]
            or "np.gradient(Z)" in run["text"]
            or f"plt.quiver({of[0]}, {of[1]}" not in run["text"]
        )

    name = f"exchanged: {of} at {at}, {call}"
    return Case(name, wrong, PRODUCT[1:], check, is_wrong, fix, sign=1)


def scipy_cases(advice: Advice) -> list[Case]:
    """Scripts with the routines of SciPy and JAX, in the layout of the book's."""
    jacobian, approx, jax = advice.code("scipy", "Fix")
    from_scipy = "from scipy.differentiate import jacobian"
    from_optimize = "from scipy.optimize import approx_fprime"
    both, none = "np.array([X, Y]).T", "np.array([X, Y])"
    found = []

    def add(
        f: tuple[str, str, str],
        call: str,
        imports: str,
        fix: Change,
        is_wrong: Any = None,
    ) -> None:
        wrong = script(f[0], call, imports=imports, grid=pasting.FLATTENED)

        def check(s: Script) -> Script:
            return s.below_call(advice.check("scipy")) if is_wrong else s

        name = f"scipy: {call} of {f[0]}"
        found.append(Case(name, wrong, f[1:], check, is_wrong, fix))

    def by_jacobian(s: Script) -> Script:
        """Its code, and what is said of sums and asserts above it."""
        along_points, of_all = (
            text(code)
            for code in advice.section("scipy").iter("code")
            if text(code).startswith("np.sum(")
        )
        s = s.for_call(jacobian)
        return s.change(of_all, along_points) if of_all in s.text else s

    def for_call(code: str) -> Change:
        return lambda s: s.for_call(code)

    for arrays in (
        f"jacobian(function_2, {both}).df.T",
        f"jacobian(function_2, {both}).df",
        f"jacobian(function_2, {none}).df.T",
        f"jacobian(function_2, {none})",
    ):
        add(PRODUCT, f"grad = {arrays}", from_scipy, by_jacobian, scipy_fails)
    add(
        SQUARES,
        f"grad = jacobian(function_2, {none}).df",
        from_scipy,
        by_jacobian,
        scipy_fails,
    )
    add(
        PRODUCT,
        f"grad = approx_fprime({none}, function_2)",
        from_optimize,
        for_call(approx),
    )
    add(
        SQUARES,
        f"grad = approx_fprime({both}, function_2).T",
        from_optimize,
        for_call(approx),
    )
    for call in (
        f"jax.vmap(jax.grad(function_2))({none})",
        f"jax.grad(function_2)({both})",
    ):
        add(PRODUCT, f"grad = {call}", "import jax", for_call(jax))
    return found


def downhill_cases(advice: Advice) -> list[Case]:
    """Right numbers, drawn the other way than their reader wants."""
    down, up = advice.code("downhill", "Fix")
    plus = QUIVER.replace("-", "")
    found = []
    for drawn, code, sign in ((plus, down, -1), (QUIVER, up, 1)):
        wrong = script(BUMP[0], BOTH, quiver=drawn)

        def fix(s: Script, code: str = code) -> Script:
            return s.for_quiver(code)

        def is_wrong(run: Run, sign: int = sign) -> bool:
            return ("-grad[0], -grad[1]" in run["text"]) == (sign > 0)

        name = f"downhill: {sign}"
        found.append(Case(name, wrong, BUMP[1:], lambda s: s, is_wrong, fix, sign))
    return found


def error_cases(advice: Advice) -> list[Case]:
    """Scripts that stop with the messages of the list; the first is what the reader looks up."""
    safe = advice.safe_call
    guard = advice.check("lines")
    typed = advice.check("gap")
    two_lines = advice.two_lines("lines")
    found = []

    def add(
        message: str, fix: Change, wrong: Script, f: tuple[str, str, str] = PRODUCT
    ) -> None:
        name = f"error: {message} {len(found)}"
        is_wrong = stops_with_message(message)
        found.append(Case(name, wrong, f[1:], lambda s: s, is_wrong, fix))

    def with_safe_call(s: Script) -> Script:
        return s.for_call(safe)

    def with_safe_call_and_quiver(s: Script) -> Script:
        (arrows,) = re.findall(r"grad\[0\], grad\[1\]", text(advice.row("error", half)))
        return s.for_call(safe).for_quiver(
            f"plt.quiver(X, Y, -{arrows.replace(', ', ', -')})\n"
        )

    half = "ValueError: Argument U has a size 2 which does not match 324"
    book_grid = {"axis": "np.arange(-2, 2.5, 0.25)"}
    for call in (
        "grad = numerical_gradient(function_2, np.array([X, Y]).T)",
        "grad = numerical_gradient(function_2, np.array([X, Y])).T",
    ):
        add(half, with_safe_call_and_quiver, script(PRODUCT[0], call, **book_grid))
    columns = "plt.quiver(X, Y, -grad[:, 0], -grad[:, 1])"
    add(
        half,
        with_safe_call_and_quiver,
        script(PRODUCT[0], BOTH, quiver=columns, **book_grid),
    )

    square = script(PRODUCT[0], NONE, grid="", **book_grid)
    add("TypeError: only 0-dimensional arrays", with_safe_call, square)
    for f, call, grid in (
        (SQUARES, NONE, ""),
        (PRODUCT, BOTH, pasting.FLATTENED),
    ):
        short = script(f[0], call, routine=pasting.SHORT, grid=grid)
        add("IndexError: index … is out of bounds", with_safe_call, short, f)
    for call in (NONE, BOTH):
        whole = script(PRODUCT[0], call, routine=pasting.WHOLE)
        add(
            "ValueError: setting an array element with a sequence",
            with_safe_call,
            whole,
        )
    listed = script(PRODUCT[0], "grad = numerical_gradient(function_2, [X, Y])")
    add("AttributeError: 'list' object has no attribute", with_safe_call, listed)

    for message, call, routine in (
        ("AssertionError: (324,)", NONE, pasting.ROUTINE),
        ("(324, 2)", BOTH, pasting.WHOLE),
        ("(2, 324)", NONE, pasting.WHOLE),
    ):
        wrong = script(SQUARES[0], call, routine=routine, **book_grid).first_in_f(guard)
        add(message, with_safe_call, wrong, SQUARES)
    for message, kind in (
        ("AssertionError: int64", "int"),
        ("float32", "'float32'"),
        ("float16", "'float16'"),
    ):
        axis = f"np.arange(-2, 3).astype({kind})"
        wrong = script(PRODUCT[0], BOTH, axis=axis).first_in_f(typed)
        add(message, lambda s: s.for_call(two_lines), wrong)

    # The two lines, pasted as they are.
    wrong = Script(
        script(PRODUCT[0]).change(NONE, two_lines.replace("\n", "\n    ").strip()).text,
        "",
    )
    add(
        "NameError: name 'f' is not defined",
        lambda s: s.change("(f, points)", "(function_2, points)"),
        wrong,
    )
    line, named = f"    {NONE}\n", pasting.named(two_lines)
    wrong = Script(
        script(PRODUCT[0]).change(line, pasting.indented(named, "      ")).text, ""
    )
    add(
        "IndentationError: unexpected indent",
        lambda s: s.change(
            pasting.indented(named, "      "), pasting.indented(named, "    ")
        ),
        wrong,
    )

    message = "TypeError: f() missing 1 required positional argument"
    spread, of_f = advice.code_in_row("error", message)
    assert of_f == "f"
    add(
        message,
        lambda s: s.for_call(two_lines.replace("(f,", f"({spread},")),
        script("x * y", arguments="x, y"),
    )
    message = "IndexError: too many indices for array"
    first, first_was, second, second_was = advice.code_in_row("error", message)
    add(
        message,
        lambda s: (
            s.change(first_was, first).change(second_was, second).for_call(two_lines)
        ),
        script("x[:, 0] * x[:, 1]", BOTH),
    )
    add(
        "IndexError: invalid index to scalar variable",
        with_safe_call,
        script(PRODUCT[0], BOTH, routine=pasting.NUMBER_ALONE),
    )
    return found


def stops_with_message(message: str) -> Callable[[Run], bool]:
    """Whether a script has stopped with a message of the list, as far as it is told there."""
    pattern = ".*".join(map(re.escape, message.split("…")))
    pattern = pattern.replace(r"f\(\)", r"function_2\(\)")
    return lambda run: re.search(pattern, run["error"]) is not None


DESCENT = """
import numpy as np
{routine}

def gradient_descent(f, init_x, lr=0.01, step_num=100):
    x = init_x
    for i in range(step_num):
        grad = numerical_gradient(f, x)
        {step}
    return x


def function_2(x):
    return np.sum(x**2)


x = {x}
slopes = numerical_gradient(function_2, x)
ends = [np.copy(gradient_descent(function_2, x, lr, 200)) for lr in {rates}]
"""
SUBTRACT = "x -= lr * grad"
WHOLE_NUMBERS = "It prints int64"


@dataclass(frozen=True)
class NumbersCase:
    """A script without a plot: its point is [3, 4], and its descents end at the lowest place."""

    row: str
    wrong: str
    right: str

    def is_right(self, run: Run) -> bool:
        """Whether slopes and ends are those of the sum of squares, from [3, 4]."""
        if run["error"]:
            return False
        start = np.array([3.0, 4.0])
        numbers = run["numbers"]
        rates = np.array(re.search(r"in \[(.*)\]\]", run["text"])[1].split(", "), float)
        ends = start * (1 - 2 * rates[:, None]) ** 200
        return (
            numbers["slopes"].shape == start.shape
            and np.allclose(numbers["slopes"], 2 * start, atol=1e-7)
            and np.allclose(numbers["ends"], ends, atol=1e-7)
        )


def numbers_cases(advice: Advice) -> list[NumbersCase]:
    """By the row of the list that their reader looks up."""
    found = []

    def add(
        row: str,
        change: Callable[[str], str],
        x: str = "np.array([3.0, 4.0])",
        routine: str = pasting.ROUTINE,
        rates: str = "[0.1]",
        step: str = SUBTRACT,
    ) -> None:
        wrong = DESCENT.format(routine=routine, x=x, rates=rates, step=step)
        right = change(wrong)
        assert right != wrong, row
        found.append(NumbersCase(row, wrong, right))

    def codes(row: str) -> list[str]:
        (cell,) = (
            second for first, second in numbers_rows(advice) if first.startswith(row)
        )
        return [text(code) for code in cell.iter("code")]

    def exchange(old: str, new: str) -> Callable[[str], str]:
        return lambda script: script.replace(old, new)

    def below_x(line: str) -> Callable[[str], str]:
        return lambda script: re.sub(
            r"^x = .*\n", rf"\g<0>{line}\n", script, flags=re.MULTILINE
        )

    (floats,) = codes(WHOLE_NUMBERS)
    assert eval(floats, {"np": np}).tolist() == [3, 4]
    for step in (SUBTRACT, "x = x - lr * grad"):
        add(
            WHOLE_NUMBERS,
            exchange("np.array([3, 4])", floats),
            x="np.array([3, 4])",
            step=step,
        )
    (convert,) = codes("It prints float32")
    for kind in ("float32", "float16"):
        add(
            "It prints float32", below_x(convert), x=f"np.array([3, 4], dtype='{kind}')"
        )
    slip, right = codes("The numbers are far too small")
    for routine in (pasting.ROUTINE, pasting.SHORT, pasting.WHOLE):
        routine = pasting.slip("/ (2*h)", slip, routine)
        add("The numbers are far too small", exchange(slip, right), routine=routine)
    def_alone = advice.safe_call.partition("\n\n")[0]
    for routine in (pasting.NOT_RESTORED, pasting.PRECEDENCE, pasting.EARLY_RETURN):
        add(
            "The numbers are far too small",
            exchange("x = np.array", f"{def_alone}\n\nx = np.array"),
            routine=routine,
        )
    (flat,) = codes("They are half")[-1:]
    add(
        "They are half",
        below_x(flat),
        x="np.array([[3.0], [4.0]])",
        routine=pasting.SHORT,
    )
    (step,) = codes("They are all zero")
    add("They are all zero", exchange("h = 10e-50", step), routine=pasting.LOST_STEP)
    add("After a descent they are huge", exchange("[10]", "[0.1]"), rates="[10]")
    (begin,) = codes("A descent gives the same result")
    add(
        "A descent gives the same result",
        exchange("x = init_x", begin),
        rates="[0.1, 0.01]",
    )
    return found


def numbers_rows(advice: Advice) -> list[tuple[str, Any]]:
    """What is seen, in words, and what to change."""
    return [
        (text(first), second)
        for first, second in advice.section("numbers").xpath(".//tbody/tr")
    ]


ALL_CASES = (
    book_cases,
    hidden_cases,
    heights_cases,
    scipy_cases,
    downhill_cases,
    error_cases,
)


@pytest.fixture(scope="module")
def cases(advice) -> list[Case]:
    return [case for made in ALL_CASES for case in made(advice)]


@pytest.fixture(scope="module")
def runs(cases, tmp_path_factory) -> dict[str, dict[str, Run]]:
    """Each case as it was and mended, and both with the check."""
    texts = {}
    for case in cases:
        checked = case.check(case.wrong)
        texts[f"{case.name}/checked"] = checked.text
        texts[f"{case.name}/mended"] = case.fix(case.wrong).text
        texts[f"{case.name}/mended and checked"] = case.fix(checked).text
    return run_all(texts, tmp_path_factory.mktemp("advice"))


def run_all(texts: dict[str, str], folder: Path) -> dict[str, Run]:
    """Run scripts in a process of their own; each with its text, and what became of it."""
    scripts, out = folder / "scripts.json", folder / "runs.pickle"
    each_once = {script: script for script in texts.values()}
    scripts.write_text(json.dumps(each_once), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", RUNNER, scripts, out],
        cwd=folder,
        env=os.environ | {"MPLBACKEND": "Agg"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    found = pickle.loads(out.read_bytes())
    return {name: found[script] | {"text": script} for name, script in texts.items()}


def is_exact(case: Case, run: Run) -> bool:
    drawn = run["drawn"]
    if drawn is None:
        return False
    exact = case.exact(drawn["points"])
    if exact.shape != drawn["arrows"].shape:
        return False
    return np.allclose(drawn["arrows"], exact, rtol=1e-6, atol=1e-6, equal_nan=True)


def test_each_fix_mends_its_scripts(cases, runs):
    for case in cases:
        run = runs[f"{case.name}/mended"]
        assert run["error"] == "", case.name
        assert is_exact(case, run), case.name


def test_each_check_tells_wrong_from_right(cases, runs):
    for case in cases:
        if case.is_wrong is None:
            continue
        assert case.is_wrong(runs[f"{case.name}/checked"]), case.name
        assert not case.is_wrong(runs[f"{case.name}/mended and checked"]), case.name


def test_the_list_for_numbers_mends_its_scripts(advice, tmp_path):
    cases = numbers_cases(advice)
    texts = {
        f"{k} {state}": getattr(case, state)
        for k, case in enumerate(cases)
        for state in ("wrong", "right")
    }
    runs = run_all(texts, tmp_path)
    for k, case in enumerate(cases):
        assert not case.is_right(runs[f"{k} wrong"]), case.row
        assert case.is_right(runs[f"{k} right"]), case.row


def test_the_other_messages_of_the_list_are_what_the_libraries_say(advice, tmp_path):
    guard = advice.check("lines")
    guarded = script(PRODUCT[0]).first_in_f(guard).text.partition("if __name__")[0]
    column = "np.array([[3.0], [4.0]])"
    short = guarded.replace(pasting.ROUTINE, pasting.SHORT)
    jacobian = script(
        PRODUCT[0],
        "grad = jacobian(function_2, np.array([X, Y])).df",
        imports="from scipy.differentiate import jacobian",
        axis="np.arange(-2, 2.5, 0.25)",
    ).first_in_f(guard)
    whole = DESCENT.format(
        routine=pasting.ROUTINE, x="np.array([3, 4])", rates="[0.1]", step=SUBTRACT
    )
    stops = {
        "AssertionError: (2, 1)": f"{short}\nnumerical_gradient(function_2, {column})\n",
        "(1,)": f"{guarded}\nnumerical_gradient(function_2, {column})\n",
        "AssertionError: (2, 2, 324)": jacobian.text,
        "Cannot cast ufunc 'subtract' output": whole,
    }
    for message, run in run_all(stops, tmp_path).items():
        advice.row("error", message)
        assert message in run["error"]


def test_every_row_of_the_lists_is_tried_here(advice, cases):
    tried = {case.name for case in cases}
    for codes, cell in advice.rows("error"):
        told = {f"error: {code}" for code in codes}
        was_tried = any(name.startswith(tuple(told)) for name in tried)
        leads_on = cell.xpath(".//a[@href='#column' or @href='#numbers']")
        assert was_tried or leads_on or "SciPy" in text(cell.getparent()), codes
    rows = {case.row for case in numbers_cases(advice)}
    for first, cell in numbers_rows(advice):
        assert first.startswith(tuple(rows)) or cell.xpath(".//a"), first
