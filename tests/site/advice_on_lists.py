"""Scripts that stop with an error, or print wrong numbers, by the row that their readers look up."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from reading import text
from reading.scripts import Run

from tests.site import pasting
from tests.site.advice import Advice
from tests.site.advice_on_plots import HEIGHTS, PRODUCT, SQUARES, Case, Change
from tests.site.pasting import BOTH, NONE, Script, script


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

    def with_two_lines(s: Script) -> Script:
        return s.for_call(two_lines)

    def with_two_lines_and_quiver(s: Script) -> Script:
        (arrows,) = re.findall(r"grad\[0\], grad\[1\]", text(advice.row("error", half)))
        return with_two_lines(s).for_quiver(
            f"plt.quiver(X, Y, -{arrows.replace(', ', ', -')})\n"
        )

    half = "ValueError: Argument U has a size 2 which does not match 324"
    book_grid = {"axis": "np.arange(-2, 2.5, 0.25)"}
    for call in (
        "grad = numerical_gradient(function_2, np.array([X, Y]).T)",
        "grad = numerical_gradient(function_2, np.array([X, Y])).T",
    ):
        add(half, with_two_lines_and_quiver, script(PRODUCT[0], call, **book_grid))
    columns = "plt.quiver(X, Y, -grad[:, 0], -grad[:, 1])"
    add(
        half,
        with_two_lines_and_quiver,
        script(PRODUCT[0], BOTH, quiver=columns, **book_grid),
    )

    of_points = advice.code("scipy", "Fix")[1:]
    for imports, its_lines in zip(
        ("from scipy.optimize import approx_fprime", "import jax"),
        of_points,
        strict=True,
    ):
        *_, last = its_lines.rstrip("\n").split("\n")
        assert last.endswith(".T")
        without_last = f"{its_lines.rstrip()[: -len('.T')]}"
        call = pasting.named(without_last.replace("\n", "\n    "))
        add(
            half,
            lambda s: s.change("plt.quiver", "grad = grad.T\n    plt.quiver"),
            script(PRODUCT[0], call, imports=imports, **book_grid),
        )

    message = "ValueError: `x0` must have at most 1 dimension."
    for points in ("np.array([X, Y])", "np.array([X, Y]).T"):
        call = f"grad = approx_fprime({points}, function_2)"
        imports = "from scipy.optimize import approx_fprime"
        add(
            message,
            lambda s: s.for_call(of_points[0]),
            script(PRODUCT[0], call, imports=imports, grid=pasting.FLATTENED),
        )
    message = "ValueError: When `preserve_shape=False`"
    _, along_points = advice.code_in_row("error", message)
    add(
        message,
        lambda s: s.change("np.sum(x**2)", f"np.sum(x**2, {along_points})"),
        script(
            SQUARES[0],
            "grad = jacobian(function_2, np.array([X, Y], float)).df",
            imports="from scipy.differentiate import jacobian",
        ),
        SQUARES,
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

    for message, fix, call, routine in (
        ("AssertionError: (324,)", with_two_lines, NONE, pasting.ROUTINE),
        ("(324, 2)", with_safe_call, BOTH, pasting.WHOLE),
        ("(2, 324)", with_safe_call, NONE, pasting.WHOLE),
    ):
        wrong = script(SQUARES[0], call, routine=routine, **book_grid).first_in_f(guard)
        add(message, fix, wrong, SQUARES)
    for message, kind in (
        ("AssertionError: int64", "int"),
        ("float32", "'float32'"),
        ("float16", "'float16'"),
    ):
        axis = f"np.arange(-2, 3).astype({kind})"
        wrong = script(PRODUCT[0], BOTH, axis=axis).first_in_f(typed)
        add(message, with_two_lines, wrong)

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
    first_was, first, second_was, second, *_ = advice.code_in_row("error", message)
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
    add(
        "ValueError: too many values to unpack",
        with_two_lines,
        script("[a * b for a, b in [x]][0]", NONE),
    )
    found += ambiguous_cases(advice)
    turned = ("4 * x[0] + 2 * x[1]", "2 * x[0] + 6 * x[1]")
    for message, f in (
        (
            "ValueError: operands could not be broadcast together",
            ("np.sum(np.array([1, 30]) * x**2)", "2 * x[0]", "60 * x[1]"),
        ),
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            ("x @ np.array([[2, 1], [1, 3]]) @ x", *turned),
        ),
        (
            "ValueError: shapes (2,2) and (324,) not aligned",
            ("x @ np.dot(np.array([[2, 1], [1, 3]]), x)", *turned),
        ),
    ):
        add(message, with_two_lines, script(f[0], NONE, **book_grid), f)
    return [*found, *flat_heights_cases(advice)]


def stops_with_message(message: str) -> Callable[[Run], bool]:
    """Whether a script has stopped with a message of the list, as far as it is told there."""
    pattern = ".*".join(map(re.escape, message.split("…")))
    pattern = pattern.replace(r"f\(\)", r"function_2\(\)")
    return lambda run: re.search(pattern, run["error"]) is not None


def ambiguous_cases(advice: Advice) -> list[Case]:
    """Scripts in whose f an `if` gets several numbers, as another routine or library has it."""
    message = "ValueError: The truth value of an array with more than one element is ambiguous"
    *_, by_where, by_if = advice.code_in_row("error", message)
    meant = {"test": "x[0] > 0", "a": "x[0] * x[1]", "b": "x[1] * x[0]"}

    def as_meant(code: str) -> str:
        return re.sub(r"\b(test|a|b)\b", lambda name: meant[name[0]], code)

    def with_where(s: Script) -> Script:
        return s.change(as_meant(by_if), as_meant(by_where))

    def with_safe_call(s: Script) -> Script:
        return s.for_call(advice.safe_call)

    def case(name: str, wrong: Script, fix: Change, sign: int = -1) -> Case:
        is_wrong = stops_with_message(message)
        name = f"error: {message}, {name}"
        return Case(name, wrong, PRODUCT[1:], lambda s: s, is_wrong, fix, sign=sign)

    f = as_meant(by_if)
    whole = [script(f, call, routine=pasting.WHOLE) for call in (NONE, BOTH)]
    jacobian = script(
        f,
        "grad = jacobian(function_2, np.array([X, Y])).df",
        imports="from scipy.differentiate import jacobian",
    )
    call = "dy, dx = np.gradient(Z, 0.25)"
    text = HEIGHTS.format(of="XY", at="XY", call=call, first="dx", second="dy")
    heights = Script(text, call).change(
        "Z = X * Y\n", f"def f(x):\n    return {f}\n\n\nZ = f([X, Y])\n"
    )
    return [
        *(case(f"whole {k}", wrong, with_safe_call) for k, wrong in enumerate(whole)),
        case("with jacobian", jacobian, with_where),
        case("of heights", heights, with_where, sign=1),
    ]


def flat_heights_cases(advice: Advice) -> list[Case]:
    """Scripts with np.gradient of heights that are not square any more.

    One has the call that its owner wrote, the other the lines of the page in its place.
    """
    (code,) = advice.code("exchanged", "Fix")
    flat = "".join(f"{name} = {name}.flatten()\n" for name in "XY")

    def heights(call: str) -> Script:
        text = HEIGHTS.format(of="XY", at="XY", call=call, first="dx", second="dy")
        return Script(text, call)

    def flattened(s: Script) -> Script:
        return s.change("Z =", f"{flat}Z =")

    def with_lines(s: Script) -> Script:
        without = s.change(f"{s.call}\n", "")
        return without.change("plt.quiver(X, Y, dx, dy)\n", code)

    def case(message: str, wrong: Script, fix: Change) -> Case:
        assert advice.code_in_row("error", message)[-2:] == ["flatten", "ravel"]
        is_wrong = stops_with_message(message)
        name = f"error: {message}, of heights"
        return Case(name, wrong, PRODUCT[1:], lambda s: s, is_wrong, fix, sign=1)

    own = flattened(heights("dx, dy = np.gradient(Z, 0.25)"))
    with_grid = heights("dx, dy = np.gradient(Z, X, Y)")
    return [
        case(
            "ValueError: too many values to unpack",
            own,
            lambda s: with_lines(s.change(flat, "")),
        ),
        case(
            "IndexError: too many indices for array",
            with_lines(own),
            lambda s: s.change(flat, ""),
        ),
        case(
            "TypeError: invalid number of arguments",
            flattened(with_grid),
            lambda s: with_lines(s.change(flat, "")),
        ),
        case(
            "ValueError: distances must be either scalars or 1d",
            with_grid,
            with_lines,
        ),
    ]


DESCENT = """
import numpy as np
{routine}

def gradient_descent(f, init_x, lr=0.01, step_num=100):
    x = init_x
    for _ in range(step_num):
        slopes = numerical_gradient(f, x)
        {step}
    return x


def function_2(x):
    return np.sum(x**2)


x = {x}
slopes = numerical_gradient(function_2, x)
ends = [np.copy(gradient_descent(function_2, x, lr, 200)) for lr in {rates}]
"""
SUBTRACT = "x -= lr * slopes"
WHOLE_NUMBERS = "It prints int64"
# Descents from whole numbers: the row that their reader looks up, the start, the line of a step.
WHOLE_DESCENTS = [
    ("It stops with Cannot cast ufunc", "np.array([3, 4])", SUBTRACT),
    ("It runs away", "np.array([3, 4])", "x[:] = x - lr * slopes"),
    (
        "It does not move",
        "np.array([3, 4])",
        "x[:] = x - lr * numerical_gradient(f, x.astype(float))",
    ),
]


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
    """By the row of the two lists that their reader looks up."""
    found = []
    rows = [*advice.rows_in_words("numbers"), *advice.rows_in_words("descent")]

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
        (cell,) = (second for first, second in rows if first.startswith(row))
        return [text(code) for code in cell.iter("code")]

    def exchange(old: str, new: str) -> Callable[[str], str]:
        return lambda script: script.replace(old, new)

    def below_x(line: str) -> Callable[[str], str]:
        return lambda script: re.sub(
            r"^x = .*\n", rf"\g<0>{line}\n", script, flags=re.MULTILINE
        )

    (floats,) = codes(WHOLE_NUMBERS)
    assert eval(floats, {"np": np}).tolist() == [3, 4]
    add(WHOLE_NUMBERS, exchange("np.array([3, 4])", floats), x="np.array([3, 4])")
    (start,) = advice.code("descent", "Fix")
    start = start.strip().removeprefix("init_x = ").replace("-3.0", "3.0")
    for row, whole, step in WHOLE_DESCENTS:
        add(row, exchange(whole, start), x=whole, step=step)
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
    step, *_ = codes("They are all zero")
    add(
        "They are all zero",
        exchange("h = 10e-50", f"h = {step}"),
        routine=pasting.LOST_STEP,
    )
    for row in ("It runs away", "It runs away, and stands still"):
        add(row, exchange("[10]", "[0.1]"), rates="[10]")
    (begin,) = codes("The next run begins")
    add(
        "The next run begins",
        exchange("x = init_x", begin),
        rates="[0.1, 0.01]",
    )
    return found
