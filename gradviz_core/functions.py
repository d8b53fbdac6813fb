"""FUNCTIONS: the one place where a function of the site is declared.

To add one, append a record to RECORDS. Its pictures, card, page, downloads and tests
follow from it.
"""

from dataclasses import dataclass, field

from gradviz_core.layout import Grid


@dataclass(frozen=True, kw_only=True)
class Function:
    r"""A function of two coordinates, as a reader would type it.

    Attributes
    ----------
    name : str
        Identifier, and the last part of the address of its page.
    title, tex : str
        What to call it, and its formula in TeX.
    spelling : str
        The text of f for one point x, in the language of `gradviz_core.spelling`.
    gradient : tuple of str
        The spellings of its two partial derivatives.
    note : str
        What the function teaches, in a sentence of Markdown without numbers.
    grid : Grid
        Where it is measured and drawn; the grid of the book's script unless given.

    Examples
    --------
    >>> FUNCTIONS["product"].gradient
    ('x[1]', 'x[0]')
    """

    name: str
    title: str
    tex: str
    spelling: str
    gradient: tuple[str, str]
    note: str
    grid: Grid = field(default_factory=Grid)


# Kept as a table: what belongs to a function stands together.
# fmt: off
RECORDS = (
    Function(name="sum_of_squares", title="Sum of squares", tex="x_0^2 + x_1^2",
        spelling="np.sum(x**2)", gradient=("2 * x[0]", "2 * x[1]"),
        note="The book's own function, spelt as its script spells it: the only kind of function "
        "that cannot give the mistake away."),
    Function(name="sum_of_squares_indexed", title="Sum of squares, by index", tex="x_0^2 + x_1^2",
        spelling="x[0]**2 + x[1]**2", gradient=("2 * x[0]", "2 * x[1]"),
        note="The same function in the book's other spelling. The mathematics is equal, the "
        "picture is not: indices read two numbers, wherever they are."),
    Function(name="product", title="Product", tex="x_0 x_1", spelling="x[0] * x[1]",
        gradient=("x[1]", "x[0]"),
        note="The function a reader tried first. Its partial derivatives need the *other* "
        "coordinate, and the transposed call hands over the wrong one."),
    Function(name="sine_of_product", title="Sine of the product", tex=r"\sin(x_0 x_1)",
        spelling="np.sin(x[0] * x[1])",
        gradient=("x[1] * np.cos(x[0] * x[1])", "x[0] * np.cos(x[0] * x[1])"),
        note="The reader's second try: a field with structure, all of it lost."),
    Function(name="mean_of_squares", title="Mean of squares", tex=r"\frac{1}{n} \sum_i x_i^2",
        spelling="np.mean(x**2)", gradient=("x[0]", "x[1]"),
        note="Every direction is right and every length is wrong by one factor, which is just "
        "what a plot with automatic scale removes."),
    Function(name="norm", title="Distance from the origin", tex=r"\lVert x \rVert",
        spelling="np.linalg.norm(x)",
        gradient=("x[0] / np.linalg.norm(x)", "x[1] / np.linalg.norm(x)"),
        note="Arrows of length one turn into a bowl: plausible, and wrong everywhere but in "
        "direction."),
    Function(name="product_of_all", title="Product of all coordinates", tex=r"\prod_i x_i",
        spelling="np.prod(x)", gradient=("x[1]", "x[0]"),
        note="The product again, spelt so that it reads every number it is given. Zeros among "
        "them wipe out the whole field."),
    Function(name="saddle", title="Saddle", tex="x_0^2 - x_1^2", spelling="x[0]**2 - x[1]**2",
        gradient=("2 * x[0]", "-2 * x[1]"),
        note="Uphill one way and downhill the other: the smallest change to the book's function "
        "that makes the mistake show."),
    Function(name="exponential_bump", title="Exponential bump",
        tex=r"\exp(-\sum_i x_i^2)", spelling="np.exp(-np.sum(x**2))",
        gradient=("-2 * x[0] * np.exp(-np.sum(x**2))", "-2 * x[1] * np.exp(-np.sum(x**2))"),
        note="A long argument makes the exponential vanishingly small, yet a plot that chooses "
        "its own scale still draws a full field."),
    Function(name="bowl", title="Long bowl", tex=r"\frac{1}{20} x_0^2 + x_1^2",
        spelling="x[0]**2 / 20 + x[1]**2", gradient=("x[0] / 10", "2 * x[1]"),
        grid=Grid(-10, 11, 1),
        note="The bowl of the book's figure on optimisers. Redrawn on whole numbers it also "
        "invites the integer trap."),
    Function(name="plane", title="Plane", tex="x_0 + 2 x_1", spelling="x[0] + 2 * x[1]",
        gradient=("1", "2"),
        note="The same arrow everywhere: the easiest field to check by eye, and the easiest to "
        "see go missing."),
    Function(name="product_from_the_end", title="Product, counted from the end",
        tex=r"x_{-2}\, x_{-1}", spelling="x[-2] * x[-1]", gradient=("x[-1]", "x[-2]"),
        note="Negative indices read the last two numbers of a row: the surviving arrows move to "
        "the opposite corner."),
    Function(name="square_of_sum", title="Square of the sum", tex=r"(\sum_i x_i)^2",
        spelling="np.sum(x)**2", gradient=("2 * np.sum(x)", "2 * np.sum(x)"),
        note="A sum inside a square couples the coordinates. All arrows come out alike, since "
        "every one of them is told the sum of the whole grid."),
    Function(name="sum_of_absolutes", title="Sum of absolute values", tex=r"\sum_i |x_i|",
        spelling="np.sum(np.abs(x))", gradient=("np.sign(x[0])", "np.sign(x[1])"),
        note="A sum of equal terms hides the mistake even with a kink. On the axes there is no "
        "gradient, and those points do not count."),
    Function(name="maximum", title="Larger coordinate", tex=r"\max_i x_i", spelling="np.max(x)",
        gradient=("(1 + np.sign(x[0] - x[1])) / 2", "(1 - np.sign(x[0] - x[1])) / 2"),
        note="Only the largest number of the row is felt, and a row of the whole grid has many "
        "that tie."),
    Function(name="log_sum_exp", title="Log-sum-exp", tex=r"\log \sum_i e^{x_i}",
        spelling="np.log(np.sum(np.exp(x)))",
        gradient=("np.exp(x[0]) / np.sum(np.exp(x))", "np.exp(x[1]) / np.sum(np.exp(x))"),
        note="The smooth maximum behind softmax: its gradient is a share, and a share among "
        "hundreds is tiny."),
    Function(name="log_of_one_plus_squares", title="Logarithm of one plus the squares",
        tex=r"\log(1 + \sum_i x_i^2)", spelling="np.log1p(np.sum(x**2))",
        gradient=("2 * x[0] / (1 + np.sum(x**2))", "2 * x[1] / (1 + np.sum(x**2))"),
        note="A sum wrapped in anything curved gives a field that looks like the book's and is "
        "not this function's."),
    Function(name="weighted_sphere", title="Weighted sphere", tex=r"\frac{1}{2} x_0^2 + x_1^2",
        spelling="np.sum(x**2) - x[0]**2 / 2", gradient=("x[0]", "2 * x[1]"),
        note="Half of it is the book's sum, so half of it survives: all arrows are there but one"
        " weight is not."),
    Function(name="monkey_saddle", title="Monkey saddle", tex="x_0^3 - 3 x_0 x_1^2",
        spelling="x[0]**3 - 3 * x[0] * x[1]**2",
        gradient=("3 * x[0]**2 - 3 * x[1]**2", "-6 * x[0] * x[1]"),
        note="Three valleys, one of them for the tail. A field worth looking at when it is drawn"
        " right."),
    Function(name="rosenbrock", title="Rosenbrock's valley",
        tex="(1 - x_0)^2 + 100 (x_1 - x_0^2)^2",
        spelling="(1 - x[0])**2 + 100 * (x[1] - x[0]**2)**2",
        gradient=("-2 * (1 - x[0]) - 400 * x[0] * (x[1] - x[0]**2)", "200 * (x[1] - x[0]**2)"),
        note="The classic test of optimisers: a flat curved valley between steep walls, so that "
        "on one scale most correct arrows are short."),
    Function(name="himmelblau", title="Himmelblau's function",
        tex="(x_0^2 + x_1 - 11)^2 + (x_0 + x_1^2 - 7)^2",
        spelling="(x[0]**2 + x[1] - 11)**2 + (x[0] + x[1]**2 - 7)**2",
        gradient=(
            "4 * x[0] * (x[0]**2 + x[1] - 11) + 2 * (x[0] + x[1]**2 - 7)",
            "2 * (x[0]**2 + x[1] - 11) + 4 * x[1] * (x[0] + x[1]**2 - 7)",
        ), grid=Grid(-5, 5.5, 0.5),
        note="Four valleys, which need a wider grid than the book's to be seen."),
    Function(name="beale", title="Beale's function",
        tex=r"\sum_{k=1}^{3} (c_k - x_0 (1 - x_1^k))^2",
        spelling="(1.5 - x[0] + x[0] * x[1])**2 + (2.25 - x[0] + x[0] * x[1]**2)**2 + (2.625 - "
        "x[0] + x[0] * x[1]**3)**2",
        gradient=(
            "2 * (1.5 - x[0] + x[0] * x[1]) * (x[1] - 1) + 2 * (2.25 - x[0] + x[0] * x[1]**2)"
            " * (x[1]**2 - 1) + 2 * (2.625 - x[0] + x[0] * x[1]**3) * (x[1]**3 - 1)",
            "2 * (1.5 - x[0] + x[0] * x[1]) * x[0] + 4 * (2.25 - x[0] + x[0] * x[1]**2) * "
            "x[0] * x[1] + 6 * (2.625 - x[0] + x[0] * x[1]**3) * x[0] * x[1]**2",
        ),
        note="Almost flat in the middle and very steep at the corners: the longest arrow decides"
        " what a shared scale can show."),
    Function(name="rastrigin", title="Rastrigin's function",
        tex=r"\sum_i (x_i^2 - 10 \cos 2 \pi x_i + 10)",
        spelling="np.sum(x**2 - 10 * np.cos(2 * np.pi * x) + 10)",
        gradient=(
            "2 * x[0] + 20 * np.pi * np.sin(2 * np.pi * x[0])",
            "2 * x[1] + 20 * np.pi * np.sin(2 * np.pi * x[1])",
        ), grid=Grid(-1, 1.125, 0.125),
        note="As rugged as test functions come, and still a sum of one term for each coordinate:"
        " it hides the mistake as well as the book's."),
    Function(name="ackley", title="Ackley's function",
        tex=r"20 + e - 20 e^{-0.2 \sqrt{\overline{x^2}}} - e^{\overline{\cos 2 \pi x}}",
        spelling="20 + np.e - 20 * np.exp(-0.2 * np.sqrt(np.mean(x**2))) - "
        "np.exp(np.mean(np.cos(2 * np.pi * x)))",
        gradient=(
            "2 * x[0] / np.sqrt(np.mean(x**2)) * np.exp(-0.2 * np.sqrt(np.mean(x**2))) + "
            "np.pi * np.sin(2 * np.pi * x[0]) * np.exp(np.mean(np.cos(2 * np.pi * x)))",
            "2 * x[1] / np.sqrt(np.mean(x**2)) * np.exp(-0.2 * np.sqrt(np.mean(x**2))) + "
            "np.pi * np.sin(2 * np.pi * x[1]) * np.exp(np.mean(np.cos(2 * np.pi * x)))",
        ),
        note="Means inside exponentials: nothing is blank, nothing is loud, and no arrow is "
        "right."),
    Function(name="styblinski_tang", title="Styblinski-Tang function",
        tex=r"\frac{1}{2} \sum_i (x_i^4 - 16 x_i^2 + 5 x_i)",
        spelling="np.sum(x**4 - 16 * x**2 + 5 * x) / 2",
        gradient=("2 * x[0]**3 - 16 * x[0] + 2.5", "2 * x[1]**3 - 16 * x[1] + 2.5"),
        grid=Grid(-4, 4.5, 0.5),
        note="A sum divided by a fixed number stays a sum: dividing by two hides the mistake, "
        "dividing by the length does not."),
)
# fmt: on

FUNCTIONS = {function.name: function for function in RECORDS}
