"""What a tired developer might do wrong here, one fault a line, and how to seed it.

Each fault has a name, an area, a sentence that says what the developer did, and a seed,
a function from seeding.py. A fault makes something that is published, printed or
computed wrong. Where the built site of this project is the same all the same, `unseen`
says where the fault shows: in what the build refuses, say, or after an edit.
"""

from dataclasses import dataclass

from slow.seeds.seeding import (
    CONTENT,
    PYTHON,
    SCRIPTS,
    STYLES,
    TEMPLATES,
    WORDS,
    Seed,
    append,
    around_call,
    around_function,
    before_saving,
    constant,
    expression,
    key_without,
    rendered,
    swap_constants,
    swap_text,
    text,
)


@dataclass(frozen=True)
class Fault:
    """One fault: its name, what it is about, what the developer did, and the seed."""

    name: str
    area: str
    did: str
    seed: Seed
    unseen: str = ""  # where it shows, if not in the built site


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


def spelled_in_browser(pattern: str, new: str) -> Seed:
    """The same in the browser: `pattern` is a regular expression of JavaScript."""
    return append(
        f"""
        {{
          const {{ parse, measure }} = globalThis.gradviz;
          const other = (text) => `${{text}}`.replace({pattern}, "{new}");
          globalThis.gradviz.parse = (text) => ({{ ...parse(other(text)), source: text }});
          globalThis.gradviz.measure = (text, grid) => measure(other(text), grid);
        }}
        """,
        ("templates/static/gradviz.js",),
    )


UNARY = r"(^\s*|[-+*/(,]\s*)"
CALL = r'<code class="call">(.*?)</code>'
PAIR = r'<figure class="pair".*?<figcaption class="together">'
CARD = r'<li class="card">.*?</li>'
ARROWS = r'<div id="arrows".*?</table>'
NUMBERS = r'<table class="measurements">\s*<thead><tr><th scope="col">Measure.*?</table>'
FACTS = r'<dl class="facts">.*?</dl>'
DRAWN = r"figures/[^\"]*"

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
    ),
    Fault(
        "exhibit-copies",
        "numerics",
        "let the exhibit work on a copy, and f get that",
        around_function("numerical_gradient", "return call(args[0], args[1].copy(), **named)"),
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
        measured("median_length_ratio=1 / m.median_length_ratio", "m.median_length_ratio"),
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
        measured('verdict="plausible"', 'm.verdict == "sparse" and m.nonzero > 0.05 * m.arrows'),
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

DRAWING = [
    Fault(
        "uphill-in-grey",
        "drawing",
        "forgot the minus of the pictures that show what the script draws",
        before_saving(
            """
            for each, ink in zip(arrows, inks):
                if ink == "#666666":
                    each.U, each.V = -each.U, -each.V
            """
        ),
    ),
    Fault(
        "downhill-in-colour",
        "drawing",
        "drew the coloured pictures downhill, too",
        before_saving(
            """
            for each, ink in zip(arrows, inks):
                if ink != "#666666":
                    each.U, each.V = -each.U, -each.V
            """
        ),
    ),
    Fault(
        "components-swapped",
        "drawing",
        "handed quiver the components of the arrows the wrong way round",
        before_saving("for each in arrows:\n    each.U, each.V = each.V, each.U"),
    ),
    Fault(
        "points-swapped",
        "drawing",
        "drew each arrow where its point mirrored at the diagonal is",
        before_saving(
            """
            for each in arrows:
                each.set_offsets(each.get_offsets()[:, ::-1])
                each.X, each.Y = each.Y, each.X
                each.XY = each.XY[:, ::-1]
            """
        ),
    ),
    Fault(
        "last-arrow-lost",
        "drawing",
        "left out the last arrow of each field",
        around_call("quiver", "return call(*[each[:-1] for each in args], **named)"),
    ),
    Fault(
        "scale-of-its-own",
        "drawing",
        "gave the picture without .T a scale of its own, where one is shared",
        before_saving(
            """
            for each, ink in zip(arrows, inks):
                lengths = np.hypot(each.U, each.V)
                if ink == "#d55e00" and len(lengths):
                    each.scale = 10 * float(lengths.max())
            """
        ),
    ),
    Fault(
        "scale-doubled",
        "drawing",
        "drew all coloured arrows half as long as said",
        before_saving(
            """
            for each, ink in zip(arrows, inks):
                if ink != "#666666":
                    each.scale *= 2
            """
        ),
    ),
    Fault(
        "crop-dropped",
        "drawing",
        "forgot that the script's own pictures end at 2",
        before_saving(
            """
            if axes.get_xlim() == (-2.0, 2.0):
                axes.set(xlim=(-2.34375, 2.59375), ylim=(-2.34375, 2.59375))
            """
        ),
    ),
    Fault(
        "angles",
        "drawing",
        "took the angles of arrows from their components where the script does not",
        around_call("quiver", 'return call(*args, **(named | {"angles": "uv"}))'),
    ),
    Fault(
        "axes-swapped",
        "drawing",
        "exchanged the labels of the axes of fields",
        before_saving(
            """
            if arrows:
                across, up = axes.get_xlabel(), axes.get_ylabel()
                axes.set(xlabel=up, ylabel=across)
            """
        ),
    ),
    Fault(
        "ticks-unsigned",
        "drawing",
        "lost the sign of the numbers along the axes",
        before_saving(
            """
            if arrows:
                axes.xaxis.set_major_formatter(lambda x, _: f"{abs(x):.9g}")
                axes.yaxis.set_major_formatter(lambda x, _: f"{abs(x):.9g}")
            """
        ),
    ),
    Fault(
        "ticks-counted",
        "drawing",
        "numbered the lines of the grid instead of giving their places",
        before_saving(
            """
            if arrows:
                axes.xaxis.set_major_formatter(lambda x, k: f"{k}")
                axes.yaxis.set_major_formatter(lambda x, k: f"{k}")
            """
        ),
    ),
    Fault(
        "png-reversed",
        "drawing",
        "drew every PNG with its arrows turned round",
        before_saving(
            """
            for each in arrows:
                if kind == "png":
                    each.U, each.V = -each.U, -each.V
            """
        ),
    ),
    Fault(
        "dots-missing",
        "drawing",
        "left out the dots for arrows of length zero",
        before_saving("for each in dots:\n    each.set_data([], [])"),
    ),
    Fault(
        "dots-under-arrows",
        "drawing",
        "drew dots where arrows stand, and none where they do not",
        before_saving(
            """
            for each in dots:
                places = arrows[0].XY if arrows else np.empty((0, 2))
                each.set_data(*np.asarray(places).T)
            """
        ),
    ),
    Fault(
        "dots-grey",
        "drawing",
        "drew the dots in grey instead of the colour of their arrows",
        before_saving('for each in dots:\n    each.set_color("#666666")'),
    ),
    Fault(
        "colours-light",
        "drawing",
        "exchanged the colours of correct and buggy, but for the dark scheme",
        swap_constants("#0072b2", "#d55e00"),
    ),
    Fault(
        "colours-dark",
        "drawing",
        "exchanged the colours of correct and buggy in the dark scheme of figures",
        swap_constants("#56b4e9", "#e69f00"),
    ),
    Fault(
        "no-dark-figures",
        "drawing",
        "wrote the dark scheme of figures for a light screen",
        text(r"prefers-color-scheme:\s*dark", "prefers-color-scheme: light", PYTHON),
    ),
    Fault(
        "titles-swapped",
        "drawing",
        "exchanged the titles of two pictures in one file",
        before_saving(
            """
            if axes is figure.axes[0] and len(figure.axes) == 2:
                first, second = (each.get_title() for each in figure.axes)
                figure.axes[0].set_title(second)
                figure.axes[1].set_title(first)
            """
        ),
    ),
    Fault(
        "card-unnamed",
        "drawing",
        "put the name of the site on every card instead of the title of its page",
        before_saving('for each in figure.texts:\n    each.set_text("gradviz")'),
    ),
    Fault(
        "legend-swapped",
        "drawing",
        "exchanged two entries of the legend",
        before_saving(
            """
            if len(curves) > 1:
                first, second, *_ = axes.get_legend().get_texts()
                one, other = first.get_text(), second.get_text()
                first.set_text(other)
                second.set_text(one)
            """
        ),
    ),
    Fault(
        "curve-labels-swapped",
        "drawing",
        "exchanged the names of the axes of line plots",
        before_saving(
            """
            if curves:
                across, up = axes.get_xlabel(), axes.get_title(loc="left")
                axes.set_xlabel(up)
                axes.set_title(across, loc="left")
            """
        ),
    ),
    Fault(
        "curves-solid",
        "drawing",
        "drew all lines solid, so that colour alone tells them apart",
        before_saving('for each in curves:\n    each.set_linestyle("-")'),
    ),
    Fault(
        "exponents",
        "drawing",
        "wrote exponents along logarithmic axes that are one too large",
        before_saving(
            """
            raised = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
            def power(value, _):
                return "10" + f"{np.log10(value) + 1:.0f}".translate(raised)
            for axis in (axes.xaxis, axes.yaxis):
                if axis.get_scale() == "log":
                    axis.set_major_formatter(power)
            """
        ),
    ),
    Fault(
        "curves-even",
        "drawing",
        "drew a logarithmic axis at an even scale",
        before_saving('if axes.get_xscale() == "log":\n    axes.set_xscale("linear")'),
    ),
    Fault(
        "band-dropped",
        "drawing",
        "left out the band of line plots",
        before_saving(
            """
            for each in list(axes.collections):
                if curves and isinstance(each, PolyCollection):
                    each.remove()
            """
        ),
    ),
]

FAULTS = [*NUMERICS, *SPELLING, *MEASUREMENT, *LAYOUT, *DRAWING]
