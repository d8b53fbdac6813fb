"""Source: the text of a script, however it was saved or pasted, and its mends.

It knows lines, columns and encodings, and nothing of what a script does. Lines and
columns count from 1, and columns count code points.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterable
from dataclasses import dataclass

LINE_END = re.compile(r"\r\n|\r|\n")

# Prompts of Python and of IPython, before code that was copied together with them.
PROMPT = re.compile(r"(?:>>>|\.\.\.)(?: |$)|In \[\d*\]: ?|\s*\.\.\.: ?")

# What a notebook or a shell would do with a line: %magic, !command, ?help, $ command.
COMMAND = re.compile(r"\s*(?:[%!?]|\$ )")

IGNORE = re.compile(r"#\s*gradviz:\s*ignore(?:\[([\w\-, ]*)\])?\s*$")


class Unreadable(ValueError):
    """A text that cannot be parsed as Python 3.

    Attributes
    ----------
    line : int
        Where it goes wrong.
    """

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True)
class Edit:
    """A stretch of the text and what is to stand in its place.

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
        As they stand in the script, without their ends.
    code : list of str
        The same without prompts and commands.
    tree : ast.Module
        Of the code.
    nodes : list of ast.AST
        All nodes of the tree, those above before those below.

    Raises
    ------
    Unreadable
        If it is no Python 3.
    """

    def __init__(self, text: str) -> None:
        self.lines = LINE_END.split(text)
        self._prompt_widths = [0] * len(self.lines)
        self.code = self.lines
        try:
            self.tree = _parse(self.code)
        except Unreadable:
            self.code, self._prompt_widths = _without_prompts(self.lines)
            self.tree = _parse(self.code)

        self.nodes = list(ast.walk(self.tree))

    def column(self, line: int, offset: int) -> int:
        """Return the position in a line of an offset that `ast` counts in bytes."""
        code = self.code[line - 1].encode()
        return self._prompt_widths[line - 1] + len(code[:offset].decode())

    def start(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Return the line of a node, and its position there."""
        return node.lineno, self.column(node.lineno, node.col_offset)

    def end(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Return the line where a node ends, and the position behind it."""
        line, offset = node.end_lineno or 0, node.end_col_offset or 0
        return line, self.column(line, offset)

    def text(self, node: ast.expr | ast.stmt) -> str:
        """Return the text of a node, line ends included."""
        line, column = self.start(node)
        end_line, end_column = self.end(node)
        lines = self.lines[line - 1 : end_line]
        lines[-1] = lines[-1][:end_column]
        lines[0] = lines[0][column:]
        return "\n".join(lines)

    def mended(self, edits: Iterable[Edit], first: int, last: int) -> str:
        """Return these lines with the edits made, joined by newlines."""
        text = "\n".join(self.lines[first - 1 : last])
        for edit in sorted(edits, key=lambda edit: (edit.line, edit.column))[::-1]:
            start = self._position(edit.line, edit.column, first)
            end = self._position(edit.end_line, edit.end_column, first)
            text = text[:start] + edit.text + text[end:]
        return text

    def _position(self, line: int, column: int, first: int) -> int:
        above = self.lines[first - 1 : line - 1]
        return sum(len(text) + 1 for text in above) + column

    def is_ignored(self, line: int, end_line: int, code: str) -> bool:
        """Whether a comment at the end of one of these lines asks for silence."""
        for text in self.lines[line - 1 : end_line]:
            comment = IGNORE.search(text)
            if comment is None:
                continue
            codes = comment[1]
            if codes is None or code in re.split(r"[\s,]+", codes):
                return True
        return False


def _parse(lines: list[str]) -> ast.Module:
    text = "\n".join(lines)
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise Unreadable(f"no Python 3: {error.msg}", error.lineno or 1) from None
    except ValueError as error:  # a null character
        raise Unreadable(f"no Python 3: {error}", 1) from None
    except (RecursionError, MemoryError):
        raise Unreadable("nested too deeply", 1) from None


def _without_prompts(lines: list[str]) -> tuple[list[str], list[int]]:
    """Blank what is no code; return the lines and how wide their prompts were."""
    has_prompts = any(PROMPT.match(line) for line in lines)
    code = []
    widths = []
    for line in lines:
        prompt = PROMPT.match(line)
        if prompt:
            width = prompt.end()
            rest = line[width:]
        else:
            width = 0
            rest = "" if has_prompts else line
        code.append("" if COMMAND.match(rest) else rest)
        widths.append(width)
    return code, widths


def decode(content: bytes) -> tuple[str, str]:
    """Return the text of a file, and the encoding that it names or is found to have.

    That is what its cookie says, else UTF-8, else Latin-1, which takes any bytes.
    """
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        return content.decode(encoding), encoding
    except (SyntaxError, UnicodeDecodeError, LookupError):
        return content.decode("latin-1"), "latin-1"
