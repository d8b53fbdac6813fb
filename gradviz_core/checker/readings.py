"""Readings: one file as it was read, with what is wrong in it and where.

A notebook is read as one script, its cells one below the other. A cell that is not
Python 3 is left out, and reported as unread.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gradviz_core.checker.files import STANDARD_INPUT, decode
from gradviz_core.checker.notebooks import CodeCell, code_cells, place_in_file
from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.reading import read, routines_in
from gradviz_core.scripts.routines import Modules, Routine
from gradviz_core.scripts.source import LINE_END, Edit, Source
from gradviz_core.scripts.unread_reasons import Unread, Unreadable


@dataclass(frozen=True)
class Place:
    """Where something stands, as a person looks for it.

    Attributes
    ----------
    cell_number : int or None
        The cell of a notebook, counted from 1; None in a script.
    line, column : int
        In the cell, or in the script, counted from 1.
    """

    cell_number: int | None
    line: int
    column: int = 1


@dataclass(frozen=True)
class PlacedCell:
    """A cell of code, placed within the script that its notebook is read as.

    Attributes
    ----------
    code_cell : CodeCell
        The cell as it stands in the file.
    first_line : int
        Where it begins in the script, counted from 1.
    cut : list of int
        How many characters were cut off the start of each of its lines, such as those
        of a prompt.
    """

    code_cell: CodeCell
    first_line: int
    cut: list[int]

    def holds(self, line: int) -> bool:
        """Whether a line of the script belongs to this cell."""
        return self.first_line <= line < self.first_line + len(self.cut)

    def place(self, line: int, column: int) -> Place:
        """Return the place in this cell of a line and a column of the script."""
        line_of_cell = line - self.first_line + 1
        cut = self.cut[line_of_cell - 1]
        return Place(self.code_cell.number, line_of_cell, column + cut)

    def edit(self, edit: Edit) -> Edit:
        """Return an edit of the script as an edit of this cell's code."""
        start = edit.line - self.first_line
        end = edit.end_line - self.first_line
        return Edit(
            line=start + 1,
            column=edit.column + self.cut[start],
            end_line=end + 1,
            end_column=edit.end_column + self.cut[end],
            text=edit.text,
        )


@dataclass
class FileReading:
    """A file, and what was found in it.

    Attributes
    ----------
    path : str
        The path of the file, as the command names it.
    content : bytes
        What the file holds.
    text, encoding : str
        The content as text, and the encoding that gives it.
    cells : list of PlacedCell
        The cells of code of a notebook; none in a script.
    script_lines : list of str
        The lines of the script that was read.
    findings : list of Finding
        What is wrong, at lines and columns of that script.
    unread : list of Unread
        What could not be read, at lines of that script.
    modules : mapping
        The routines of files that hide modules of the book.
    """

    path: str
    content: bytes = b""
    text: str = ""
    encoding: str = "utf-8"
    cells: list[PlacedCell] = field(default_factory=list)
    script_lines: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    modules: Modules = field(default_factory=dict)

    def place(self, line: int, column: int = 1) -> Place:
        """Return the place of a line and a column of the script."""
        cell = self.cell_at(line)
        return Place(None, line, column) if cell is None else cell.place(line, column)

    def place_in_file(self, line: int, column: int) -> tuple[int, int]:
        """Return the line and the column of the file itself."""
        cell = self.cell_at(line)
        if cell is None:
            return line, column
        place = cell.place(line, column)
        return place_in_file(self.text, cell.code_cell, place.line, place.column)

    def length_of_line(self, line: int) -> int:
        """Return how many characters a line of the script has."""
        return len(self.script_lines[line - 1])

    def cell_at(self, line: int) -> PlacedCell | None:
        """Return the cell that holds a line; None in a script."""
        inside = [cell for cell in self.cells if cell.first_line <= line]
        return inside[-1] if inside else None


def modules_among(paths: Iterable[Path]) -> dict[str, dict[str, Routine]]:
    """Return the routines of the files that are named like a module of the book.

    Of two files with one name nobody can tell which is imported: then it has none.

    Parameters
    ----------
    paths : iterable of Path
        All files to read.

    Returns
    -------
    dict of str to dict of str to Routine
        By the name of the module, then by the name of the routine.
    """
    modules: dict[str, dict[str, Routine]] = {}
    for path in paths:
        if path.suffix != ".py" or path.stem not in vocabulary("routines")["book"]:
            continue
        if path.stem in modules:
            modules[path.stem] = {}
            continue
        try:
            text, _ = decode(_content(path))
            modules[path.stem] = routines_in(text)
        except (Unreadable, RecursionError, MemoryError):
            modules[path.stem] = {}
    return modules


def read_file(path: Path, modules: Modules) -> FileReading:
    """Read a script or a notebook; what cannot be read is noted, and raises nothing.

    Parameters
    ----------
    path : Path
        The file, or `-` for standard input.
    modules : mapping
        The routines of files that hide modules of the book, as `modules_among` gives
        them.
    """
    try:
        content = _content(path)
    except Unreadable as error:
        return FileReading(path.as_posix(), unread=[error.unread])
    return read_content(path.as_posix(), content, modules)


def _content(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    Unreadable
        If it cannot be opened, is not a plain file, which might never end, or is too
        long.
    """
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        if path.is_dir():
            os.scandir(path).close()  # raises the reason why it could not be read
        if not path.is_file():
            raise Unreadable("not-file")
        if path.stat().st_size > vocabulary("check")["most_bytes"]:
            raise Unreadable("too-long")
        return path.read_bytes()
    except OSError as error:
        raise Unreadable("not-opened", detail=error.strerror or "") from None


def read_content(path: str, content: bytes, modules: Modules) -> FileReading:
    """Read what a file holds, or is to hold.

    Parameters
    ----------
    path : str
        The path of the file. A notebook is known by its ending or, from standard input,
        by the brace that it begins with.
    content : bytes
        What the file holds.
    modules : mapping
        The routines of files that hide modules of the book.
    """
    reading = FileReading(path, content, modules=modules)
    try:
        reading.text, reading.encoding = decode(content)
        script = _script_of_notebook(reading) if _is_notebook(reading) else reading.text
        result = read(script, modules)
        reading.script_lines = result.source.lines
        reading.findings = result.findings
        reading.unread.extend(result.unread)
    except Unreadable as error:
        reading.unread.append(error.unread)
    except (RecursionError, MemoryError):
        reading.unread.append(Unread("too-deep"))
    return reading


def _is_notebook(reading: FileReading) -> bool:
    if reading.path == STANDARD_INPUT.name:
        return reading.text.lstrip().startswith("{")
    return reading.path.endswith(".ipynb")


def _script_of_notebook(reading: FileReading) -> str:
    """Return the code of a notebook as one script."""
    try:
        cells = code_cells(reading.text)
    except (ValueError, LookupError, TypeError, RecursionError):
        raise Unreadable("not-notebook") from None
    lines: list[str] = []
    for cell in cells:
        first_line = len(lines) + 1
        code, unread = _code_of_cell(cell)
        for each in unread:
            line = first_line + each.line - 1
            reading.unread.append(Unread(each.code, line, each.detail))
        reading.cells.append(PlacedCell(cell, first_line, _cut(cell, code)))
        lines.extend(code)
    return "\n".join(lines)


def _code_of_cell(cell: CodeCell) -> tuple[list[str], Sequence[Unread]]:
    """Return the lines of a cell that can be read, and what cannot be."""
    try:
        source = Source(cell.code)
    except Unreadable as error:
        return [""] * len(LINE_END.split(cell.code)), [error.unread]
    return source.code, source.unread


def _cut(cell: CodeCell, code: Sequence[str]) -> list[int]:
    """Return how many characters were cut off the start of each line of a cell."""
    whole = LINE_END.split(cell.code)
    return [len(line) - len(rest) for line, rest in zip(whole, code, strict=True)]
