"""Mends: a file with its findings mended, and every other byte as it was."""

import difflib
import errno
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from gradviz_core.checker.files import name_for_git
from gradviz_core.checker.notebooks import replacements
from gradviz_core.checker.readings import FileReading, read_content
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.source import LINE_END, Edit, Replacement, replaced

# Of two mends in one line only the first is made; then the file is read again.
MOST_ROUNDS = 5

# What git and diff say below a last line without an end.
NO_LINE_END = "\n\\ No newline at end of file\n"

# In the name of a file these bytes make git put it in quotes, as octal numbers.
QUOTED_BYTE = re.compile(rb'[\x00-\x1f\x7f"\\]')


def mended_text(reading: FileReading) -> str:
    """Return the text of a file with its findings mended, the same if none can be."""
    edits = _edits_side_by_side(reading.findings)
    if not edits or not _keeps_its_bytes(reading):
        return reading.text
    if reading.cells:
        return replaced(reading.text, _replacements_in_notebook(reading, edits))
    return _edited(reading.text, edits)


def _keeps_its_bytes(reading: FileReading) -> bool:
    """Whether its text, encoded again, has the bytes of the file."""
    try:
        return reading.text.encode(reading.encoding) == reading.content
    except UnicodeError:
        return False


def _edits_side_by_side(findings: Iterable[Finding]) -> list[Edit]:
    """Return the edits of findings, except in lines that an earlier one mends."""
    edits: list[Edit] = []
    mended_lines: set[int] = set()
    for finding in findings:
        lines = {
            line
            for edit in finding.edits
            for line in range(edit.line, edit.end_line + 1)
        }
        if mended_lines.isdisjoint(lines):
            mended_lines |= lines
            edits.extend(finding.edits)
    return edits


def _edited(text: str, edits: Sequence[Edit]) -> str:
    """Apply edits to a text; their new lines end as its first line does."""
    ends = [*LINE_END.finditer(text)]
    starts = [0, *(end.end() for end in ends)]
    line_end = ends[0][0] if ends else "\n"
    replacements = [
        (
            starts[edit.line - 1] + edit.column,
            starts[edit.end_line - 1] + edit.end_column,
            edit.text.replace("\n", line_end),
        )
        for edit in edits
    ]
    return replaced(text, replacements)


def _replacements_in_notebook(
    reading: FileReading, edits: Sequence[Edit]
) -> Iterator[Replacement]:
    """Find what to replace in the file for these edits; one over two cells is none."""
    for cell in reading.cells:
        edits_of_cell = [
            cell.edit(edit)
            for edit in edits
            if cell.holds(edit.line) and cell.holds(edit.end_line)
        ]
        if edits_of_cell:
            mended = _edited(cell.code_cell.code, edits_of_cell)
            yield from replacements(reading.text, cell.code_cell, mended)


# A patch


def patch(reading: FileReading, mended: FileReading) -> bytes:
    """Return a patch that mends a file, in its encoding; empty if nothing changes.

    Parameters
    ----------
    reading, mended : FileReading
        The file as it is now, and as `mended_reading` returns it.
    """
    if mended.content == reading.content:
        return b""
    # A byte order mark is a part of the first line here.
    encoding = reading.encoding.removesuffix("-sig")
    before = reading.content.decode(encoding)
    after = mended.content.decode(encoding)
    texts = _lines_with_ends(before), _lines_with_ends(after)
    _, _, *diff = difflib.unified_diff(*texts, "a", "b")  # without its headings
    lines = [line if line.endswith("\n") else line + NO_LINE_END for line in diff]
    return _headings(Path(reading.path)) + "".join(lines).encode(encoding)


def _headings(path: Path) -> bytes:
    """Return the lines that say which file a patch is for."""
    name, is_in_repository = name_for_git(path)
    old, new = _quoted(f"a/{name}"), _quoted(f"b/{name}")
    headings = b"--- %s\n+++ %s\n" % (old, new)
    if is_in_repository:  # so that git takes the name from the top of the repository
        return b"diff --git %s %s\n%s" % (old, new, headings)
    return headings


def _quoted(name: str) -> bytes:
    """Return a name as git writes it, in quotes if it has characters that need them."""
    content = os.fsencode(name)
    escaped = QUOTED_BYTE.sub(lambda byte: b"\\%03o" % ord(byte[0]), content)
    return content if escaped == content else b'"%s"' % escaped


def _lines_with_ends(text: str) -> list[str]:
    r"""Split a text after each \n, as git does, and keep the ends."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1].removesuffix("\n")
    return [line for line in lines if line]


# In place


def mended_reading(
    reading: FileReading, selected: Callable[[FileReading], FileReading]
) -> FileReading:
    """Return the reading of a file once all is mended that can be.

    Parameters
    ----------
    reading : FileReading
        As it is now.
    selected : callable
        Returns a reading with only those findings that are to be mended.
    """
    for _ in range(MOST_ROUNDS):
        mended = mended_text(selected(reading))
        if mended == reading.text:
            break
        content = mended.encode(reading.encoding)
        reading = read_content(reading.path, content, reading.modules)
    return reading


def write(path: Path, content: bytes) -> None:
    """Write a file as a whole, so that no reader meets half of it.

    Raises
    ------
    OSError
        If it cannot be written, or its mode forbids it; it is then unchanged.
    """
    target = path.resolve()
    if not _may_be_written(target):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        shutil.copymode(target, name)
        os.replace(name, target)  # noqa: PTH105  as the rest of this speaks of names
    except BaseException:
        os.unlink(name)  # noqa: PTH108
        raise


def _may_be_written(path: Path) -> bool:
    """Whether the mode of a file allows writing, even for a user who may do all."""
    is_writable_by_someone = path.stat().st_mode & 0o222 != 0
    return is_writable_by_someone and os.access(path, os.W_OK)
