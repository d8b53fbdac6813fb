"""Faults of the pictures that matplotlib draws."""

from slow.seeds.seeding import (
    PYTHON,
    Fault,
    around_call,
    before_saving,
    swap_constants,
    text,
)

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
        around_call(
            "quiver", "return call(*[each[:-1] for each in args], **named)", times=2
        ),
    ),
    Fault(
        "specks-lost",
        "drawing",
        "kept from the script's quiver the arrows of length zero",
        around_call(
            "quiver",
            """
            if named["angles"] == "xy":
                moving = (args[2] != 0) | (args[3] != 0)
                args = [each[moving] for each in args]
            return call(*args, **named)
            """,
            times=2,
        ),
    ),
    Fault(
        "grid-below",
        "drawing",
        "drew the grid of the script below its arrows",
        before_saving(
            """
            if "#666666" in inks and axes.get_xlabel() == "x0":
                axes.set_axisbelow(True)
            """
        ),
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
        around_call(
            "quiver", 'return call(*args, **(named | {"angles": "uv"}))', times=2
        ),
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
        "pdf-reversed",
        "drawing",
        "drew every PDF with its arrows turned round",
        before_saving(
            """
            for each in arrows:
                if kind == "pdf":
                    each.U, each.V = -each.U, -each.V
            """
        ),
        unseen="the site has no PDF: the command draws them",
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
