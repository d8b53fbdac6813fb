"""Scripts that draw a wrong plot, by the entry that their readers look up.

Each has what its reader does with it: the check, what the check shows, and the fix.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from oracle import function_of
from reading import text
from reading.scripts import Run

from tests.site import pasting
from tests.site.advice import Advice
from tests.site.pasting import BOTH, QUIVER, Script, script

Change = Callable[[Script], Script]
F = tuple[str, str, str]

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


# What a check shows


def stops_with(message: str) -> Callable[[Run], bool]:
    return lambda run: run["error"].startswith(message)


def largest_slopes(run: Run) -> list[float]:
    """The two numbers in the last line that was printed, one for each coordinate."""
    first, second = run["printed"][-1].strip("[]").split()
    return [float(first), float(second)]


def both_zero_or_missing(run: Run) -> bool:
    slopes = np.array(largest_slopes(run))
    return bool(np.isnan(slopes).all() or not slopes.any())


def both_tiny(run: Run) -> bool:
    return max(largest_slopes(run)) < 1e-200


def one_zero(run: Run) -> bool:
    return 0.0 in largest_slopes(run)


def either_test_fails(run: Run) -> bool:
    return run["printed"][-2:] != ["True", "[4. 3.]"]


def first_test_fails(run: Run) -> bool:
    return run["printed"][-2:] == ["False", "[4. 3.]"]


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


@dataclass(frozen=True)
class Way:
    """What a reader of an entry does: where its check goes, and what is pasted then."""

    check: Change
    is_wrong: Callable[[Run], bool]
    fix: Change


def ways(advice: Advice) -> dict[str, Way]:
    """What the entries say, and what they say next if their own check does not stop."""

    def first_in_f(entry: str) -> Change:
        return lambda s: s.first_in_f(advice.check(entry))

    def below_call(entry: str) -> Change:
        return lambda s: s.below_call(advice.check(entry))

    def two_lines(entry: str) -> Change:
        return lambda s: s.for_call(advice.two_lines(entry))

    def safe_call(s: Script) -> Script:
        return s.for_call(advice.safe_call)

    tests = Way(below_call("fine"), either_test_fails, safe_call)
    return {
        "lines": Way(
            first_in_f("lines"), stops_with("AssertionError: ("), two_lines("lines")
        ),
        "lines still": tests,
        "star": Way(
            first_in_f("star"), stops_with("AssertionError: float16"), two_lines("star")
        ),
        "blocks": Way(
            first_in_f("blocks"),
            stops_with("AssertionError: float32"),
            two_lines("blocks"),
        ),
        "gap": Way(
            first_in_f("gap"), stops_with("AssertionError: int"), two_lines("gap")
        ),
        "nothing": Way(
            below_call("nothing"), both_zero_or_missing, two_lines("nothing")
        ),
        "nothing still": Way(below_call("nothing"), both_zero_or_missing, safe_call),
        "flat": Way(below_call("flat"), both_tiny, two_lines("flat")),
        "flat, one zero": Way(below_call("flat"), one_zero, safe_call),
        "upright": Way(below_call("upright"), one_zero, safe_call),
        "lengths": tests,
        "fine": tests,
        "fine, first test": Way(
            below_call("fine"), first_test_fails, two_lines("lines")
        ),
    }


BOOK_AXIS = {"axis": "np.arange(-2, 2.5, 0.25)"}
SINGLE = {"axis": "np.arange(-2, 2.5, 0.25).astype(np.float32)"}
HALF = {"axis": "np.arange(-2, 2.5, 0.25).astype('float16')"}
WHOLE_NUMBERS = {"axis": "np.arange(-3, 4)"}
FIVE_WHOLE_NUMBERS = {"axis": "np.arange(-2, 3)"}


def with_slip(routine: str) -> dict[str, str]:
    """The right call of a routine that is wrong itself."""
    return {"call": BOTH, "routine": routine}


# By entry: the function, and how the script differs from one with a right routine, a grid of
# floats, and a call without .T.
WRONG = {
    "lines": [
        (PRODUCT, BOOK_AXIS),
        (TYPED_SQUARES, {}),
        (SINE, {}),
        (HILL, {}),
        (MEAN, {}),
        (PRODUCT, {"axis": "np.linspace(0, 5, 7)"}),
        (PRODUCT, WHOLE_NUMBERS),
    ],
    "lines still": [(PRODUCT, with_slip(pasting.EARLY_RETURN_OF_ALL))],
    "star": [(SQUARES, HALF | {"call": BOTH}), (PRODUCT, HALF | {"call": BOTH})],
    "blocks": [(RAISED, SINGLE | {"call": BOTH})],
    "gap": [
        (PRODUCT, WHOLE_NUMBERS | {"call": BOTH}),
        (SQUARES, FIVE_WHOLE_NUMBERS | {"call": BOTH}),
        (COUPLED, {"axis": "np.array([-1, 0, 1, 2])", "call": BOTH}),
        (PRODUCT, {"axis": "range(-2, 3)", "call": BOTH}),
    ],
    "nothing": [(ALL, {}), (LOGARITHM, {"axis": "np.arange(-1, 2, 0.5) + 0.25"})],
    "nothing still": [
        (SQUARES, with_slip(pasting.LOST_STEP) | {"axis": "np.arange(1, 3, 0.5)"})
    ],
    "flat": [(BUMP, BOOK_AXIS)],
    "flat, one zero": [(SQUARES, with_slip(pasting.EARLY_RETURN))],
    "upright": [(BOWL, with_slip(pasting.EARLY_RETURN))],
    "lengths": [(SOFT, {}), (PRODUCT, with_slip(pasting.PRECEDENCE))],
    "fine": [
        (MEAN, BOOK_AXIS),
        (SQUARES, SINGLE),
        (SQUARES, FIVE_WHOLE_NUMBERS | {"call": BOTH}),
        (MEAN, with_slip(pasting.WHOLE)),
        (PRODUCT, with_slip(pasting.PRECEDENCE)),
        (PRODUCT, with_slip(pasting.NOT_RESTORED)),
        (PRODUCT, with_slip(pasting.LOST_INDEX)),
        (PRODUCT, with_slip(pasting.EARLY_RETURN)),
    ],
    "fine, first test": [
        (MEAN, BOOK_AXIS),
        (SQUARES, SINGLE),
        (SQUARES, FIVE_WHOLE_NUMBERS | {"call": BOTH}),
    ],
}


def book_cases(advice: Advice) -> list[Case]:
    """Scripts that call the book's routine."""
    found = []
    for entry, scripts in WRONG.items():
        way = ways(advice)[entry]
        for k, (f, how) in enumerate(scripts):
            wrong = script(f[0], **how)
            name = f"{entry} {k}: {f[0]}"
            found.append(Case(name, wrong, f[1:], way.check, way.is_wrong, way.fix))
    return found


LOOP = """grad = []
    for i in range(len(X)):
        g = numerical_gradient(function_2, np.array([X[i], Y[i]]))
        grad.append(g)
    grad = np.array(grad).T"""


def loop_case(advice: Advice) -> Case:
    """A loop over the points, which hold whole numbers: all of it is replaced."""
    assert "a loop, a lambda? Before you paste" in text(advice.section("gap"))
    (before,) = advice.document.xpath("//*[@id='before-you-paste']")
    assert "in a loop over the points, replace the whole loop" in text(before)
    return Case(
        "gap: in a loop",
        script(PRODUCT[0], LOOP, **WHOLE_NUMBERS),
        PRODUCT[1:],
        lambda s: s.first_in_f(advice.check("gap")),
        stops_with("AssertionError: int"),
        lambda s: s.for_call(advice.two_lines("gap")),
    )


def hidden_cases(advice: Advice) -> list[Case]:
    """An empty plot of right arrows: the limits of the book's script leave out the grid."""
    wrong = script(PRODUCT[0], BOTH, axis="np.arange(3, 5, 0.25)")

    def without_limits(s: Script) -> Script:
        for line in ("plt.xlim", "plt.ylim"):
            assert line in text(advice.section("nothing"))
            s = s.change(f"    {line}(-2, 2)\n", "")
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
    of_jacobian, of_a_point = advice.code("scipy", "Check")
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
            if is_wrong is scipy_fails:
                return s.below_call(of_jacobian)
            return s.first_in_f(of_a_point) if is_wrong else s

        name = f"scipy: {call} of {f[0]}"
        found.append(Case(name, wrong, f[1:], check, is_wrong, fix))

    def by_jacobian(s: Script) -> Script:
        """Its code, and what is said of sums and asserts above it."""
        of_all, along_points = (
            text(code)
            for code in advice.section("scipy").iter("code")
            if text(code).startswith("np.sum(")
        )
        s = s.for_call(jacobian)
        for reduction in ("np.sum", "np.mean", "np.prod"):
            assert reduction in text(advice.section("scipy"))
            ends = [code.removeprefix("np.sum") for code in (of_all, along_points)]
            was, becomes = (f"{reduction}{end}" for end in ends)
            s = s.change(was, becomes) if was in s.text else s
        return s

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
        MEAN,
        f"grad = jacobian(function_2, {none}).df",
        from_scipy,
        by_jacobian,
        scipy_fails,
    )
    # A branch for arrays, in which a row is a point: for jacobian, it is a coordinate.
    in_branch = "x[:, 0] * x[:, 1]"
    for was in ("x[:, 0]", "x[:, 1]"):
        assert was in text(advice.section("scipy"))
    add(
        (f"x[0] * x[1] if x.ndim == 1 else {in_branch}", *PRODUCT[1:]),
        f"grad = jacobian(function_2, {none}).df",
        from_scipy,
        lambda s: by_jacobian(s.change(in_branch, "x[0] * x[1]")),
        scipy_fails,
    )
    add(
        PRODUCT,
        f"grad = approx_fprime({none}, function_2)",
        from_optimize,
        for_call(approx),
    )
    # Rows of coordinates, one after the other, where each should be a point.
    gets_a_row = stops_with("AssertionError: (81,)")
    for slopes, imports, fix in (
        ("approx_fprime(x, function_2)", from_optimize, approx),
        ("jax.grad(function_2)(x)", "import jax", jax),
    ):
        loop = f"grad = np.array([{slopes} for x in {none}])"
        add(PRODUCT, loop, imports, for_call(fix), gets_a_row)
    over_rows = f"grad = jax.vmap(jax.grad(function_2))({none})"
    add(PRODUCT, over_rows, "import jax", for_call(jax), gets_a_row)
    add(
        SQUARES,
        f"grad = approx_fprime({both}, function_2).T",
        from_optimize,
        for_call(approx),
    )
    whole = f"grad = jax.grad(function_2)({both})"
    add(PRODUCT, whole, "import jax", for_call(jax))
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


def plot_cases(advice: Advice) -> list[Case]:
    return [
        *book_cases(advice),
        loop_case(advice),
        *hidden_cases(advice),
        *heights_cases(advice),
        *scipy_cases(advice),
        *downhill_cases(advice),
    ]
