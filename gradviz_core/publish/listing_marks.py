"""Listing marks: what should catch a reader's eye in a block of code to paste.

Marked are each transpose at the end of a line, which is the fix, and each name that
readers have to replace with one of their own, such as `f`.
"""

import ast
import io
import re
import tokenize
from collections.abc import Collection, Iterator

# As Pygments writes the two; at the end of a line the transpose is what a fix adds.
TRANSPOSE = re.compile(r'<span class="o">\.</span><span class="n">T</span>(?=\n)')

Position = tuple[int, int]  # a line and a column, as in `ast`


def marked(html: str, code: str, names: Collection[str]) -> str:
    """Mark transposes, and the reader's own names, in code that is in colour.

    Parameters
    ----------
    html : str
        The code as Pygments has written it, a line of HTML for each of its lines.
    code : str
        The same, as it was typed.
    names : collection of str
        What stands for names of the reader's own.
    """
    lines = TRANSPOSE.sub('<b class="transpose">.T</b>', html).split("\n")
    for name in names:
        span = f'<span class="n">{name}</span>'
        for line, occurrence in _occurrences(code, name):
            lines[line - 1] = _replaced(lines[line - 1], span, occurrence)
    return "\n".join(lines)


def _replaced(line: str, span: str, occurrence: int) -> str:
    """Mark one occurrence of a name in a line, counted from 0."""
    parts = line.split(span)
    before = span.join(parts[: occurrence + 1])
    after = span.join(parts[occurrence + 1 :])
    return f"{before}<var>{span}</var>{after}"


def _occurrences(code: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a name is the reader's: in which line, and as which one of that line.

    They come from the last to the first, so that each can be replaced by its number.
    """
    free = _free_positions(code, name)
    if not free:
        return
    count: dict[int, int] = {}
    occurrences = []
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.NAME and token.string == name:
            line, _ = token.start
            if token.start in free:
                occurrences.append((line, count.get(line, 0)))
            count[line] = count.get(line, 0) + 1
    yield from reversed(occurrences)


def _free_positions(code: str, name: str) -> set[Position]:
    """Where a name is read that the code itself does not give a value."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return set()  # a part of a line, say
    nodes = [*ast.walk(tree)]
    if any(_binds(node, name) for node in nodes):
        return set()
    own = {
        id(inner)
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.Lambda) and _takes(node, name)
        for inner in ast.walk(node)
    }
    return {
        (node.lineno, node.col_offset)
        for node in nodes
        if isinstance(node, ast.Name) and node.id == name and id(node) not in own
    }


def _binds(node: ast.AST, name: str) -> bool:
    """Whether a node gives the name a value: by def, or by an equals sign."""
    if isinstance(node, ast.FunctionDef):
        return node.name == name
    if isinstance(node, ast.Name):
        return isinstance(node.ctx, ast.Store) and node.id == name
    return False


def _takes(function: ast.FunctionDef | ast.Lambda, name: str) -> bool:
    return any(argument.arg == name for argument in function.args.args)
