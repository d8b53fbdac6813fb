"""Quotients of differences, beside the slopes of the known function."""

import ast
from collections.abc import Iterator, Sequence
from typing import Any

from gradviz_core.scripts.fields.field import TOLERANCE, Field, Slopes
from gradviz_core.scripts.fields.known_function import known_slopes
from gradviz_core.scripts.small_arrays import NotFollowed, Stops, array_of
from gradviz_core.scripts.whole_runs import WholeRun


def quotient_of(difference: ast.BinOp, nodes: Sequence[ast.AST]) -> ast.AST:
    """Return the quotient that a difference is part of, or the difference itself."""
    quotient: ast.AST = difference
    while True:
        outer = [node for node in nodes if _changed_by(node) is quotient]
        if not outer:
            return quotient
        quotient = outer[0]


def _changed_by(node: ast.AST) -> ast.AST | None:
    """Return what gets a sign, is divided or is multiplied."""
    match node:
        case ast.UnaryOp(operand=operand):
            return operand
        case ast.BinOp(left=left, op=ast.Div() | ast.Mult()):
            return left
    return None


def factors_of(run: WholeRun, fields: Sequence[Field]) -> dict[ast.AST, float | None]:
    """Return by which factor each quotient differs from a slope, None if unknown.

    Quotients that were never computed are left out.
    """
    orders = [order for each in fields for order in _orders_of_slopes(each.points)]
    return {
        site: _factor(_numbers_in(values), orders)
        for site, values in run.records.results_of_sites.items()
        if values
    }


def _numbers_in(values: Sequence[Any]) -> list[float]:
    """Return the numbers of some results, empty if one of them is unknown."""
    try:
        return [float(n) for value in values for n in array_of(value).entries()]
    except (NotFollowed, Stops):
        return []


def _orders_of_slopes(points: Slopes) -> Iterator[list[float]]:
    """Yield the known slopes in each order in which a script may compute them."""
    pairs = [known_slopes(*point) for point in points]
    for first in (0, 1):
        one = [pair[first] for pair in pairs]
        other = [pair[1 - first] for pair in pairs]
        yield one
        yield one + other
        yield [n for pair in zip(one, other, strict=True) for n in pair]


def _factor(numbers: Sequence[float], orders: Sequence[list[float]]) -> float | None:
    """Return by which factor numbers differ from slopes in any of these orders."""
    for slopes in orders:
        times, rest = divmod(len(numbers), len(slopes) or 1)
        if rest or not times or not slopes:
            continue
        longest = max(map(abs, slopes))
        place = max(range(len(slopes)), key=lambda k: abs(slopes[k]))
        factor = numbers[place] / (slopes[place] or 1)
        pairs = zip(numbers, slopes * times, strict=True)
        most = TOLERANCE * abs(factor) * longest
        if longest and factor and all(abs(n - factor * s) <= most for n, s in pairs):
            return factor
    return None
