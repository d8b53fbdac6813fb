"""Literals: what an expression says by itself, whatever surrounds it."""

import ast
import math

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.names import Imports, dotted, meaning

# Operators within an index.
SIGNS: dict[type, str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}


def number(node: ast.expr | None) -> float | None:
    """Return the value of a number literal, with its sign.

    Return None for any other expression, and for a number that no float can hold.
    """
    sign = 1
    while isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        sign = -sign
        node = node.operand
    if not isinstance(node, ast.Constant) or isinstance(node.value, bool):
        return None
    if not isinstance(node.value, int | float):
        return None
    try:
        value = sign * float(node.value)
    except OverflowError:
        return None
    return value if math.isfinite(value) else None


def exchanges_axes(transpose: ast.Call, of_method: bool) -> bool:
    """Whether a transpose exchanges two axes, as it does if it names none.

    `array.transpose(1, 0)` is the call of a method; in `np.transpose(array, (1, 0))`
    the array comes first.
    """
    given = transpose.args if of_method else transpose.args[1:]
    axes = [*given, *(keyword.value for keyword in transpose.keywords)]
    if len(axes) == 1 and isinstance(axes[0], ast.Tuple | ast.List):
        axes = axes[0].elts
    return not axes or [*map(number, axes)] == [1, 0]


def is_root_of_epsilon(node: ast.expr, imports: Imports) -> bool:
    """Whether this is `np.sqrt(np.finfo(float).eps)`, the usual step of SciPy."""
    if not isinstance(node, ast.Call) or len(node.args) != 1:
        return False
    [epsilon] = node.args
    if not isinstance(epsilon, ast.Attribute) or epsilon.attr != "eps":
        return False
    limits = epsilon.value
    if not isinstance(limits, ast.Call):
        return False
    is_root = meaning(node.func, imports) in ("numpy.sqrt", "math.sqrt")
    return is_root and meaning(limits.func, imports) == "numpy.finfo"


def plain_text(node: ast.expr | None) -> str:
    """Return the text of a plain expression, in one form however it is typed.

    Plain expressions are names, whole numbers, sums or products of two of these, tuples
    and lists of these, and arrays indexed by any of these. For any other expression the
    text is empty.

    Examples
    --------
    >>> plain_text(ast.parse("x[ i+1,:2 ]", mode="eval").body)
    'x[i + 1, :2]'
    """
    if isinstance(node, ast.Name | ast.Attribute):
        return dotted(node)
    if isinstance(node, ast.Constant):
        return _constant_text(node)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        operand = node.operand
        text = plain_text(operand)
        return f"-{text}" if text and isinstance(operand, ast.Constant) else ""
    if isinstance(node, ast.BinOp):
        return _operation_text(node)
    if isinstance(node, ast.Tuple):
        items = _items_text(node)
        return f"({items})" if items else ""
    if isinstance(node, ast.List):
        items = _joined(node.elts)
        return f"[{items}]" if items else ""
    if isinstance(node, ast.Subscript):
        array = plain_text(node.value)
        index = index_text(node.slice)
        return f"{array}[{index}]" if array and index else ""
    return ""


def index_text(node: ast.expr) -> str:
    """Return the text of an index, as written between the brackets."""
    if isinstance(node, ast.Tuple):
        return _items_text(node)
    if not isinstance(node, ast.Slice):
        return plain_text(node)
    bounds = [node.lower, node.upper]
    if node.step is not None:
        bounds.append(node.step)
    texts = []
    for bound in bounds:
        text = plain_text(bound)
        if bound is not None and not text:
            return ""
        texts.append(text)
    return ":".join(texts)


def _constant_text(node: ast.Constant) -> str:
    value = node.value
    if value is None:
        return "None"
    if isinstance(value, bool) or not isinstance(value, int):
        return ""
    is_exact = value < vocabulary("literals")["largest_integer"]
    return str(value) if is_exact else ""


def _operation_text(node: ast.BinOp) -> str:
    sign = SIGNS.get(type(node.op))
    operands = (node.left, node.right)
    if sign is None or any(isinstance(operand, ast.BinOp) for operand in operands):
        return ""
    left = plain_text(node.left)
    right = plain_text(node.right)
    return f"{left} {sign} {right}" if left and right else ""


def _items_text(node: ast.Tuple) -> str:
    text = _joined(node.elts)
    return f"{text}," if text and len(node.elts) == 1 else text


def _joined(nodes: list[ast.expr]) -> str:
    if any(isinstance(node, ast.Subscript | ast.Tuple | ast.List) for node in nodes):
        return ""
    texts = [index_text(node) for node in nodes]
    return ", ".join(texts) if all(texts) else ""


def is_told_to_share(call: ast.Call) -> bool:
    """Whether a call has the argument `copy=False`."""
    return any(
        keyword.arg == "copy"
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value is False
        for keyword in call.keywords
    )
