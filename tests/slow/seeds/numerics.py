"""Faults of the numbers: the routines, the spelling language, measurements and grids."""

from slow.seeds.seeding import (
    Fault,
    Seed,
    around_function,
    constant,
    expression,
    swap_constants,
)

UNARY = r"(^\s*|[-+*/(,]\s*)"


def measured(changes: str, condition: str = "True") -> Seed:
    """Other figures in what `measure` gives."""
    return around_function(
        "measure",
        f"""
        import dataclasses
        import numpy as np
        m = call(*args, **named)
        rows = (args[2] if len(args) > 2 else named["layout"]).value == "rows"
        if not ({condition}):
            return m
        return dataclasses.replace(m, {changes})
        """,
    )


def spelled(pattern: str, new: str) -> Seed:
    """Another function than the one that is spelled, under the same text."""
    return around_function(
        "parse_spelling",
        f"""
        import re
        f = call(re.sub({pattern!r}, {new!r}, args[0]))
        f.source = args[0]
        return f
        """,
    )


NUMERICS = [
    Fault(
        "exhibit-forward",
        "numerics",
        "took the forward difference in the exhibit",
        around_function(
            "numerical_gradient",
            """
            import numpy as np
            f, X = args
            h = named.get("step", 1e-4)
            gradient = np.zeros_like(X)
            for x, slopes in zip(np.atleast_2d(X), np.atleast_2d(gradient)):
                for i in range(x.size):
                    kept = x[i]
                    behind = f(x)
                    x[i] = float(kept) + h
                    slopes[i] = (f(x) - behind) / h
                    x[i] = kept
            return gradient
            """,
        ),
    ),
    Fault(
        "exhibit-half-width",
        "numerics",
        "divided by h instead of 2h in the exhibit",
        around_function("numerical_gradient", "return call(*args, **named) * 2"),
    ),
    Fault(
        "exhibit-float",
        "numerics",
        "let the exhibit answer in floats whatever it is given",
        around_function(
            "numerical_gradient",
            "import numpy as np\nreturn call(args[0], np.array(args[1], float), **named)",
        ),
    ),
    Fault(
        "exhibit-restores",
        "numerics",
        "let the exhibit restore the caller's array where f raises",
        around_function(
            "numerical_gradient",
            """
            before = args[1].copy()
            try:
                return call(*args, **named)
            except BaseException:
                args[1][...] = before
                raise
            """,
        ),
        unseen="no page looks at the array once f has raised",
    ),
    Fault(
        "exhibit-copies",
        "numerics",
        "let the exhibit work on a copy, and f get that",
        around_function(
            "numerical_gradient", "return call(args[0], args[1].copy(), **named)"
        ),
    ),
    Fault(
        "exhibit-columns",
        "numerics",
        "let the exhibit take each column of its array for a point",
        around_function(
            "numerical_gradient",
            """
            f, X = args
            return call(f, X.T.copy(), **named).T if X.ndim == 2 else call(f, X, **named)
            """,
        ),
    ),
    Fault(
        "default-step",
        "numerics",
        "typed 1e-3 for the step of the routine",
        constant(1e-4, 1e-3),
    ),
    Fault(
        "gradient-forward",
        "numerics",
        "took the forward difference in gradient",
        around_function(
            "gradient",
            """
            import numpy as np
            f, points, *rest = args
            return call(f, np.asarray(points, float) + 2.0**-17, *rest, **named)
            """,
        ),
        unseen="pages do not print the digits that are lost",
    ),
    Fault(
        "gradient-accepts-columns",
        "numerics",
        "let gradient take points with one coordinate a row",
        around_function(
            "gradient",
            """
            import numpy as np
            f, points, *rest = args
            if np.ndim(points) == 2 and len(points) == 2 and not named.get("vectorized"):
                return np.array([call(f, point, *rest, **named) for point in points])
            return call(*args, **named)
            """,
        ),
    ),
    Fault(
        "gradient-single",
        "numerics",
        "let gradient give its numbers in single precision",
        around_function("gradient", 'return call(*args, **named).astype("float32")'),
    ),
    Fault(
        "gradient-step-lost",
        "numerics",
        "forgot to hand on the step that the caller of gradient wants",
        around_function("gradient", 'return call(*args, **(named | {"step": None}))'),
        unseen="no page asks for a step",
    ),
]

SPELLING = [
    Fault(
        "minus-first",
        "spelling",
        "let a minus bind more tightly than a power",
        spelled(rf"{UNARY}-\s*(x\[-?\d\]|x\b|[\d.]+)\s*\*\*", r"\1(-\2)**"),
        unseen="no registered function takes a power of what has a sign",
    ),
    Fault(
        "power-left",
        "spelling",
        "let powers group from the left",
        spelled(r"([\w.]+)\s*\*\*\s*([\w.]+)\s*\*\*\s*([\w.]+)", r"(\1**\2)**\3"),
        unseen="no registered function has a power of a power",
    ),
    Fault(
        "index-from-the-end",
        "spelling",
        "took x[-1] for x[0]",
        spelled(r"x\[-1\]", "x[0]"),
    ),
    Fault(
        "length-two",
        "spelling",
        "took len(x) for 2",
        spelled(r"len\(\s*x\s*\)", "2"),
        unseen="on no page does more than a constant depend on it",
    ),
    Fault(
        "derivative-of-cos",
        "spelling",
        "lost the minus in the derivative of the cosine",
        expression("-np.sin(A_)", "np.sin(A_)"),
    ),
    Fault(
        "derivative-of-log10",
        "spelling",
        "forgot the logarithm of ten in the derivative of log10",
        expression("A_ / math.log(10)", "A_"),
        unseen="no registered function has a log10",
    ),
    Fault(
        "derivative-of-arccos",
        "spelling",
        "gave arccos the derivative of arcsin",
        expression("-1 / np.sqrt(A_)", "1 / np.sqrt(A_)"),
        unseen="no registered function has an arccos",
    ),
    Fault(
        "kink-is-flat",
        "spelling",
        "called the gradient 0 where there is none",
        around_function(
            "parse_spelling",
            """
            import numpy as np
            f = call(*args)
            exact = f.gradient
            f.gradient = lambda points: np.nan_to_num(exact(points), nan=0.0)
            return f
            """,
        ),
    ),
    Fault(
        "minimum-is-maximum",
        "spelling",
        "copied the line of np.maximum for np.minimum, and changed the name alone",
        spelled(r"np\.minimum\b", "np.maximum"),
        unseen="no registered function has a minimum",
    ),
    Fault(
        "column-after",
        "spelling",
        "named the column after the one where a spelling goes wrong",
        around_function(
            "parse_spelling",
            """
            try:
                return call(*args)
            except ValueError as error:
                error.column += 1
                raise
            """,
        ),
        unseen="pages hold no spelling at fault",
    ),
    Fault(
        "vector-accepted",
        "spelling",
        "let a spelling pass that gives a vector",
        around_function(
            "parse_spelling",
            """
            try:
                return call(*args)
            except ValueError as error:
                if "vector" not in str(error):
                    raise
                return call(f"np.sum({args[0]})")
            """,
        ),
        unseen="pages hold no spelling at fault",
    ),
]

MEASUREMENT = [
    Fault(
        "tolerance",
        "measurement",
        "called an arrow wrong from a thousandth on instead of a millionth",
        constant(1e-6, 1e-3),
    ),
    Fault(
        "kinks-are-wrong",
        "measurement",
        "counted points without a gradient among the wrong ones",
        measured("wrong=m.wrong + int(np.isnan(m.truth).any(1).sum())", "m.calls"),
    ),
    Fault(
        "error-halved",
        "measurement",
        "divided the largest error by two",
        measured("max_error=m.max_error / 2", "m.max_error"),
    ),
    Fault(
        "ratio-inverted",
        "measurement",
        "divided the true length by the measured one",
        measured(
            "median_length_ratio=1 / m.median_length_ratio", "m.median_length_ratio"
        ),
    ),
    Fault(
        "ratio-mean",
        "measurement",
        "took the mean of the ratios of lengths for their median",
        measured(
            "median_length_ratio=float(np.nanmean("
            "np.hypot(*m.gradient[(m.truth != 0).any(1)].T)"
            " / np.hypot(*m.truth[(m.truth != 0).any(1)].T)))",
            "m.median_length_ratio",
        ),
    ),
    Fault(
        "angle-radians",
        "measurement",
        "gave the largest angle in radians",
        measured("max_angle_deg=m.max_angle_deg * np.pi / 180", "m.max_angle_deg"),
    ),
    Fault(
        "nonzero-is-zero",
        "measurement",
        "counted the arrows without a length as those with one",
        measured("nonzero=m.arrows - m.nonzero", "m.calls"),
    ),
    Fault(
        "calls-once",
        "measurement",
        "counted one call of f for each slope instead of two",
        measured("calls=m.calls // 2", "m.calls"),
    ),
    Fault(
        "shape-of-a-point",
        "measurement",
        "gave the shape of a point for that of what f received",
        measured("argument_shape=(2,)"),
    ),
    Fault(
        "sparse-later",
        "measurement",
        "called a field sparse only below a twentieth of its arrows",
        measured(
            'verdict="plausible"',
            'm.verdict == "sparse" and m.nonzero > 0.05 * m.arrows',
        ),
    ),
    Fault(
        "scaled-never",
        "measurement",
        "asked for plausible before scaled",
        measured('verdict="plausible"', 'm.verdict == "scaled"'),
    ),
    Fault(
        "raises-is-blank",
        "measurement",
        "called a field blank where f raised",
        measured('verdict="blank"', 'm.verdict == "raises"'),
        unseen="no registered function raises on its grid",
    ),
    Fault(
        "inexact-is-right",
        "measurement",
        "called the correct call right whatever comes out",
        measured('verdict="right"', 'm.verdict == "inexact"'),
        unseen="every registered function is right in rows",
    ),
    Fault(
        "layouts-exchanged",
        "measurement",
        "measured each layout in the place of the other",
        around_function(
            "measure",
            """
            f, grid, layout = args
            other = [each for each in type(layout) if each is not layout][0]
            return call(f, grid, other, **named)
            """,
        ),
    ),
]

LAYOUT = [
    Fault(
        "grid-order",
        "layout",
        "let the second coordinate of a grid run fastest",
        around_function(
            "Grid.points",
            """
            points = call(*args)
            side = int(len(points) ** 0.5)
            return points.reshape(side, side, 2).swapaxes(0, 1).reshape(-1, 2)
            """,
        ),
    ),
    Fault(
        "grid-with-its-end",
        "layout",
        "let a grid hold its end",
        around_function(
            "Grid.axis",
            """
            import numpy as np
            grid, values = args[0], call(*args)
            return np.append(values, values[-1] + grid.step)
            """,
        ),
    ),
    Fault(
        "grid-default",
        "layout",
        "let the default grid end one step early",
        constant(2.5, 2.25, inside="Grid"),
    ),
    Fault(
        "layout-names",
        "layout",
        "exchanged the names of rows and columns",
        swap_constants("rows", "columns", inside="Layout"),
    ),
]
