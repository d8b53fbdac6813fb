"""Edits: the changes to a script's text that make up its mends."""

import ast

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.source import Edit, Source


def insertion(source: Source, node: ast.expr | ast.stmt, text: str) -> Edit:
    """Insert a text after a node."""
    place = source.end(node)
    return Edit(*place, *place, text)


def insertion_before(source: Source, node: ast.expr, text: str) -> Edit:
    """Insert a text before a node."""
    place = source.start(node)
    return Edit(*place, *place, text)


def insertion_in_call(
    source: Source, argument: ast.expr, call: ast.Call, text: str
) -> Edit:
    """Insert further arguments after one argument of a call."""
    place = source.end_within(argument, call)
    return Edit(*place, *place, text)


def replacement(source: Source, node: ast.expr, text: str) -> Edit:
    """Replace a node with a text."""
    return Edit(*source.start(node), *source.end(node), text)


def replacement_behind(
    source: Source, before: ast.expr, node: ast.expr, text: str
) -> Edit:
    """Replace what follows the first part of a node with a text."""
    return Edit(*source.end_within(before, node), *source.end(node), text)


def exchange(source: Source, first: ast.expr, second: ast.expr) -> list[Edit]:
    """Exchange two nodes."""
    return [
        replacement(source, first, source.text(second)),
        replacement(source, second, source.text(first)),
    ]


def appended(source: Source, node: ast.expr, attribute: str) -> list[Edit]:
    """Append an attribute to an expression, in parentheses if it needs them."""
    if _is_atom(node):
        return [insertion(source, node, attribute)]
    return [
        insertion_before(source, node, "("),
        insertion(source, node, f"){attribute}"),
    ]


def text_with(source: Source, node: ast.expr, attribute: str) -> str:
    """Return the text of an expression with an attribute appended in the same way."""
    text = source.text(node)
    return f"{text}{attribute}" if _is_atom(node) else f"({text}){attribute}"


def _is_atom(node: ast.expr) -> bool:
    """Whether an attribute appended to an expression applies to all of it."""
    return type(node).__name__ in vocabulary("findings")["atoms"]
