"""Source: the text of a script, however it was saved or pasted, and its mends.

This module knows lines and columns, but not what a script does. Both count from 1, and
columns count code points.
"""

import ast
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.pasted import Code, code_in
from gradviz_core.scripts.unread_reasons import Unreadable

LINE_END = re.compile(r"\r\n|\r|\n")

# A comment that silences all findings or some. Words may follow.
IGNORE = re.compile(r"#\s*gradviz:\s*ignore(?:\[([\w\-, ]*)\]|(?![\w\-\[]))", re.ASCII)

# Any number of closing parentheses.
CLOSED = re.compile(r"(?:\s*\))*")

# Nodes whose contents are visited once for each such node around them.
BLOCKS = ast.FunctionDef | ast.For | ast.While

# The fields of nodes that hold no parts of a script: a text, a number, an operator, or
# whether a name is read or set.
TEXTS = ("arg", "asname", "attr", "id", "kind", "module", "type_comment")
NUMBERS = ("conversion", "is_async", "level", "simple")
OF_NO_PARTS = {*TEXTS, *NUMBERS, "op", "ops", "ctx"}

# The other fields, by the type of the node.
FIELDS_WITH_PARTS = {
    kind: [name for name in kind._fields if name not in OF_NO_PARTS]
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}
FIELDS_WITH_PARTS[ast.Constant] = []

Replacement = tuple[int, int, str]  # start, end, and the new text


@dataclass(frozen=True)
class Edit:
    """A stretch of the text and its replacement.

    Columns count from 0 here, as positions between characters.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Source:
    """A script: its lines, and its syntax tree.

    Attributes
    ----------
    lines : list of str
        The lines of the script, without their line ends.
    code : list of str
        The lines as they are read: for a pasted script, only its code.
    unread : tuple of Unread
        What was left out for that, or read as something else.
    tree : ast.Module
        The syntax tree of the code.
    nodes : list of ast.AST
        All nodes of the tree, parents before children.

    Raises
    ------
    Unreadable
        If it holds no Python 3, is too long, or is nested too deeply.
    """

    def __init__(self, text: str) -> None:
        text = text.removeprefix("\ufeff")
        if len(text) > vocabulary("source")["most_characters"]:
            raise Unreadable("too-long")
        self.lines = LINE_END.split(text)
        code = Code.of(self.lines)
        try:
            self.tree = _compiled(code.lines)
        except Unreadable:
            code_in_text = code_in(self.lines, _is_python)
            if code_in_text is None:
                raise
            code = code_in_text
            # In their order its parts may still not compile: a notebook imports from
            # __future__ in any cell.
            self.tree = _parsed(code.lines)

        self.tree.body = [
            each for each in self.tree.body if not _is_command_of_notebook(each)
        ]
        self.code = code.lines
        self.unread = code.unread
        self._cuts = code.cuts
        self.nodes = list(_nodes_below(self.tree))
        _refuse_deep_blocks(self.nodes)
        self._in_text = _placed_in_texts(self.nodes)
        self._positions = cache(_positions)

    @cached_property
    def names(self) -> set[str]:
        """The names of all variables and attributes in it."""
        names = set()
        for node in self.nodes:
            if isinstance(node, ast.Name):
                names.add(node.id)
            elif isinstance(node, ast.Attribute):
                names.add(node.attr)
        return names

    def is_in_text(self, node: ast.AST) -> bool:
        """Whether a node is inside an f-string, where nothing is mended."""
        return node in self._in_text

    def column(self, line: int, offset: int) -> int:
        """Return the position in a line for an offset that `ast` counts in bytes."""
        code = self.code[line - 1]
        position = offset if code.isascii() else self._positions(code)[offset]
        return self._cuts[line - 1] + position

    def start(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Return the line of a node, and its position in that line."""
        return node.lineno, self.column(node.lineno, node.col_offset)

    def end(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Return the line where a node ends, and the position after it."""
        line, offset = node.end_lineno or 0, node.end_col_offset or 0
        return line, self.column(line, offset)

    def end_within(self, part: ast.expr, node: ast.expr) -> tuple[int, int]:
        """Return where a part of a node ends, including the parentheses around it."""
        line, column = self.end(part)
        end_line, end_column = self.end(node)
        # The last character belongs to the node: it may close a call.
        rest = self._between((line, column), (end_line, end_column - 1))
        closed = CLOSED.match(rest)
        assert closed is not None
        *before, last = closed[0].split("\n")
        return (line + len(before), len(last)) if before else (line, column + len(last))

    def text(self, node: ast.expr | ast.stmt) -> str:
        """Return the text of a node, including line ends."""
        return self._between(self.start(node), self.end(node))

    def code_of(self, function: ast.FunctionDef) -> str:
        """Return the lines of a function as they are read, including decorators."""
        above = [decorator.lineno for decorator in function.decorator_list]
        first = min([function.lineno, *above])
        return "\n".join(self.code[first - 1 : function.end_lineno])

    def _between(self, start: tuple[int, int], end: tuple[int, int]) -> str:
        """Return the text between two places, including line ends."""
        lines = self.lines[start[0] - 1 : end[0]]
        lines[-1] = lines[-1][: end[1]]
        lines[0] = lines[0][start[1] :]
        return "\n".join(lines)

    def mended(self, edits: Iterable[Edit], first: int, last: int) -> str:
        """Return these lines, edited, joined by newlines."""
        lines = self.lines[first - 1 : last]
        starts = []
        length = 0
        for line in lines:
            starts.append(length)
            length += len(line) + 1

        replacements = [
            (
                starts[edit.line - first] + edit.column,
                starts[edit.end_line - first] + edit.end_column,
                edit.text,
            )
            for edit in edits
        ]
        return replaced("\n".join(lines), replacements)

    def is_ignored(self, line: int, end_line: int, code: str) -> bool:
        """Whether a comment in one of these lines silences this finding."""
        for text in self.lines[line - 1 : end_line]:
            comment = IGNORE.search(text)
            if comment is None:
                continue
            codes = comment[1]
            if codes is None or code in re.split(r"[\s,]+", codes):
                return True
        return False


def replaced(text: str, replacements: Iterable[Replacement]) -> str:
    """Return a text with some of its stretches replaced.

    Replacements that start at the same place keep the order in which they are given.
    """
    parts = []
    done = 0
    for start, end, new in sorted(replacements, key=lambda each: each[0]):
        parts += [text[done:start], new]
        done = end
    return "".join([*parts, text[done:]])


def _parsed(lines: list[str]) -> ast.Module:
    """Return the syntax tree of code."""
    return _tree_by(ast.parse, lines)


def _compiled(lines: list[str]) -> ast.Module:
    """Return the syntax tree of code that Python also compiles, which runs nothing.

    Only that finds a `return` outside of functions. `await` may stand there, as in a
    notebook.
    """

    def tree_of(text: str) -> ast.Module:
        tree = ast.parse(text)
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        compile(tree, "", "exec", flags, dont_inherit=True)
        return tree

    return _tree_by(tree_of, lines)


def _tree_by(tree_of: Callable[[str], ast.Module], lines: list[str]) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it warns of runs all the same
            return tree_of("\n".join(lines))
    except SyntaxError as error:
        raise Unreadable("syntax", error.lineno or 1, error.msg) from None
    except ValueError as error:  # a null character
        raise Unreadable("syntax", detail=str(error)) from None
    except (RecursionError, MemoryError):
        raise Unreadable("too-deep") from None


def _is_python(lines: list[str]) -> bool:
    try:
        _compiled(lines)
    except Unreadable:
        return False
    return True


def _is_command_of_notebook(statement: ast.stmt) -> bool:
    """Whether this is `%matplotlib inline`, say, as a notebook is saved to a script.

    A command for a whole cell holds the code of the cell, as a text.
    """
    match statement:
        case ast.Expr(ast.Call(ast.Attribute(ast.Call(ast.Name(name)), command))):
            return name == "get_ipython" and command != "run_cell_magic"
        case _:
            return False


def nodes_in(node: ast.AST) -> list[ast.AST]:
    """Return a node and its descendants, as `ast.walk` does, in half the time."""
    nodes = [node]
    for each in nodes:  # it grows during the loop
        nodes.extend(children_of(each))
    return nodes


def children_of(node: ast.AST) -> list[ast.AST]:
    """Return the children of a node, without operators and contexts.

    The `ctx` of a name says whether it is read or set.
    """
    children: list[ast.AST] = []
    for name in FIELDS_WITH_PARTS[type(node)]:
        value = getattr(node, name, None)
        if isinstance(value, list):
            children += [item for item in value if isinstance(item, ast.AST)]
        elif isinstance(value, ast.AST):
            children.append(value)
    return children


def _nodes_below(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield all nodes, parents before children."""
    level: list[ast.AST] = [tree]
    levels = 0
    while level:
        levels += 1
        if levels > vocabulary("source")["most_levels"]:
            raise Unreadable("too-deep")
        yield from level
        level = [child for node in level for child in children_of(node)]


def _refuse_deep_blocks(nodes: Iterable[ast.AST]) -> None:
    """Refuse functions and loops nested more deeply than anyone writes."""
    blocks = [node for node in nodes if isinstance(node, BLOCKS)]
    blocks.sort(key=lambda block: block.lineno)
    ends: list[int] = []  # of the blocks around this one
    for block in blocks:
        while ends and ends[-1] < block.lineno:
            ends.pop()
        ends.append(block.end_lineno or block.lineno)
        if len(ends) > vocabulary("source")["most_blocks"]:
            raise Unreadable("too-deep", block.lineno)


def _placed_in_texts(nodes: Iterable[ast.AST]) -> set[ast.AST]:
    """Return the nodes inside f-strings, and move them to where these strings are.

    Before version 3.12, Python gives no position within the string, or a wrong one.
    """
    inside: set[ast.AST] = set()
    for node in nodes:
        if not isinstance(node, ast.JoinedStr) or node in inside:
            continue
        below = [inner for inner in ast.walk(node) if inner is not node]
        for inner in below:
            ast.copy_location(inner, node)
        inside.update(below)
    return inside


def _positions(line: str) -> list[int]:
    """Return the position of a character in a line for each of its bytes."""
    positions = []
    for position, character in enumerate(line):
        positions.extend([position] * len(character.encode()))
    positions.append(len(line))
    return positions
