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
    name, title, tex : str
        Its identifier and address, what to call it, and its formula in TeX.
    spelling, gradient : str, tuple of str
        The text of f for one point x, and of its two partial derivatives.
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
        note="The book's own function and spelling: the call without `.T` is right for it."),
    Function(name="sum_of_squares_indexed", title="Sum of squares, by index", tex="x_0^2 + x_1^2",
        spelling="x[0]**2 + x[1]**2", gradient=("2 * x[0]", "2 * x[1]"),
        note="The same function in the book's other spelling: indices read two numbers only."),
    Function(name="product", title="Product", tex="x_0 x_1", spelling="x[0] * x[1]",
        gradient=("x[1]", "x[0]"),
        note="A reader's first try. Each partial derivative needs the *other* coordinate."),
    Function(name="sine_of_product", title="Sine of the product", tex=r"\sin(x_0 x_1)",
        spelling="np.sin(x[0] * x[1])",
        gradient=("x[1] * np.cos(x[0] * x[1])", "x[0] * np.cos(x[0] * x[1])"),
        note="The reader's second try: a field with structure, all of it lost."),
    Function(name="mean_of_squares", title="Mean of squares", tex=r"\frac{1}{n} \sum_i x_i^2",
        spelling="np.mean(x**2)", gradient=("x[0]", "x[1]"),
        note="All directions right, all lengths wrong by one factor: automatic scales hide it."),
    Function(name="norm", title="Distance from the origin", tex=r"\lVert x \rVert",
        spelling="np.linalg.norm(x)",
        gradient=("x[0] / np.linalg.norm(x)", "x[1] / np.linalg.norm(x)"),
        note="Arrows of length one turn into a bowl: plausible, and right in direction only."),
    Function(name="product_of_all", title="Product of all coordinates", tex=r"\prod_i x_i",
        spelling="np.prod(x)", gradient=("x[1]", "x[0]"),
        note="Multiplies the whole row, which has so many zeros that every slope is zero."),
    Function(name="saddle", title="Saddle", tex="x_0^2 - x_1^2", spelling="x[0]**2 - x[1]**2",
        gradient=("2 * x[0]", "-2 * x[1]"),
        note="One sign changed: no longer a sum of equal terms."),
    Function(name="exponential_bump", title="Exponential bump", tex=r"\exp(-\sum_i x_i^2)",
        spelling="np.exp(-np.sum(x**2))",
        gradient=("-2 * x[0] * np.exp(-np.sum(x**2))", "-2 * x[1] * np.exp(-np.sum(x**2))"),
        note="Next to nothing everywhere, and still a full field at automatic scale."),
    Function(name="bowl", title="Long bowl", tex=r"\frac{1}{20} x_0^2 + x_1^2",
        spelling="x[0]**2 / 20 + x[1]**2", gradient=("x[0] / 10", "2 * x[1]"),
        grid=Grid(-10, 11, 1),
        note="The bowl of the book's figure on optimisers. Type its whole numbers as floats."),
    Function(name="plane", title="Plane", tex="x_0 + 2 x_1", spelling="x[0] + 2 * x[1]",
        gradient=("1", "2"),
        note="The same arrow everywhere: easy to check by eye, and easy to see go missing."),
    Function(name="product_from_the_end", title="Product, counted from the end",
        tex="x_0 x_1", spelling="x[-2] * x[-1]", gradient=("x[-1]", "x[-2]"),
        note="Counting from the end moves the arrows that survive to the opposite corner."),
    Function(name="square_of_sum", title="Square of the sum", tex=r"(\sum_i x_i)^2",
        spelling="np.sum(x)**2", gradient=("2 * np.sum(x)", "2 * np.sum(x)"),
        note="All arrows come out alike: each is told the sum of the whole grid."),
    Function(name="sum_of_absolutes", title="Sum of absolute values", tex=r"\sum_i |x_i|",
        spelling="np.sum(np.abs(x))", gradient=("np.sign(x[0])", "np.sign(x[1])"),
        note="A sum of equal terms with a kink at zero: it hides the mistake all the same."),
    Function(name="maximum", title="Larger coordinate", tex=r"\max_i x_i", spelling="np.max(x)",
        gradient=("(1 + np.sign(x[0] - x[1])) / 2", "(1 - np.sign(x[0] - x[1])) / 2"),
        note="Only the largest number of a row is felt, and in a long row many tie."),
    Function(name="log_sum_exp", title="Log-sum-exp", tex=r"\log \sum_i e^{x_i}",
        spelling="np.log(np.sum(np.exp(x)))",
        gradient=("np.exp(x[0]) / np.sum(np.exp(x))", "np.exp(x[1]) / np.sum(np.exp(x))"),
        note="The smooth maximum behind softmax: a share among hundreds is tiny."),
    Function(name="log_of_one_plus_squares", title="Logarithm of one plus the squares",
        tex=r"\log(1 + \sum_i x_i^2)", spelling="np.log1p(np.sum(x**2))",
        gradient=("2 * x[0] / (1 + np.sum(x**2))", "2 * x[1] / (1 + np.sum(x**2))"),
        note="A curve around a sum: a field much like the book's, and not this one's."),
    Function(name="weighted_sphere", title="Weighted sphere", tex=r"\frac{1}{2} x_0^2 + x_1^2",
        spelling="np.sum(x**2) - x[0]**2 / 2", gradient=("x[0]", "2 * x[1]"),
        note="Half of it is the book's sum, so half survives; the weight is lost."),
    Function(name="monkey_saddle", title="Monkey saddle", tex="x_0^3 - 3 x_0 x_1^2",
        spelling="x[0]**3 - 3 * x[0] * x[1]**2",
        gradient=("3 * x[0]**2 - 3 * x[1]**2", "-6 * x[0] * x[1]"),
        note="Three valleys meet in the middle: for a monkey's two legs, and for its tail."),
    Function(name="rosenbrock", title="Rosenbrock's valley",
        tex="(1 - x_0)^2 + 100 (x_1 - x_0^2)^2",
        spelling="(1 - x[0])**2 + 100 * (x[1] - x[0]**2)**2",
        gradient=("-2 * (1 - x[0]) - 400 * x[0] * (x[1] - x[0]**2)", "200 * (x[1] - x[0]**2)"),
        note="The classic test of optimisers: a curved valley so flat that its arrows vanish."),
    Function(name="himmelblau", title="Himmelblau's function",
        tex="(x_0^2 + x_1 - 11)^2 + (x_0 + x_1^2 - 7)^2",
        spelling="(x[0]**2 + x[1] - 11)**2 + (x[0] + x[1]**2 - 7)**2",
        gradient=(
            "4 * x[0] * (x[0]**2 + x[1] - 11) + 2 * (x[0] + x[1]**2 - 7)",
            "2 * (x[0]**2 + x[1] - 11) + 4 * x[1] * (x[0] + x[1]**2 - 7)",
        ), grid=Grid(-5, 5.5, 0.5),
        note="Four valleys, which need a wider grid than the book's to be seen."),
    Function(name="beale", title="Beale's function",
        tex=r"\sum_{k=1}^{3} (c_k - x_0 (1 - x_1^k))^2, \quad c = (1.5,\ 2.25,\ 2.625)",
        spelling="(1.5 - x[0] + x[0] * x[1])**2 + (2.25 - x[0] + x[0] * x[1]**2)**2 + (2.625 - "
        "x[0] + x[0] * x[1]**3)**2",
        gradient=(
            "2 * (1.5 - x[0] + x[0] * x[1]) * (x[1] - 1) + 2 * (2.25 - x[0] + x[0] * x[1]**2)"
            " * (x[1]**2 - 1) + 2 * (2.625 - x[0] + x[0] * x[1]**3) * (x[1]**3 - 1)",
            "2 * (1.5 - x[0] + x[0] * x[1]) * x[0] + 4 * (2.25 - x[0] + x[0] * x[1]**2) * "
            "x[0] * x[1] + 6 * (2.625 - x[0] + x[0] * x[1]**3) * x[0] * x[1]**2",
        ),
        note="Flat in the middle, steep at the corners: the longest arrow rules a shared scale."),
    Function(name="rastrigin", title="Rastrigin's function",
        tex=r"\sum_i (x_i^2 - 10 \cos 2 \pi x_i + 10)",
        spelling="np.sum(x**2 - 10 * np.cos(2 * np.pi * x) + 10)",
        gradient=(
            "2 * x[0] + 20 * np.pi * np.sin(2 * np.pi * x[0])",
            "2 * x[1] + 20 * np.pi * np.sin(2 * np.pi * x[1])",
        ), grid=Grid(-1, 1.125, 0.125),
        note="As rugged as they come, and still a sum of equal terms: it hides the mistake too."),
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
        note="Halving a sum keeps the mistake hidden; dividing by the length would not."),
)
# fmt: on

FUNCTIONS = {function.name: function for function in RECORDS}
