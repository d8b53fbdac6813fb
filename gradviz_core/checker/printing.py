"""Printing: what goes to a terminal or a pipe, safe for whatever reads it."""

import json
import os
import re
import sys
import unicodedata
from typing import Any

# In JSON, what a terminal or a workflow would take for the beginning of a command.
COMMAND_IN_JSON = re.compile(r"[\x7f-\x9f]|#(?=#\[)")


def write_bytes(content: bytes) -> None:
    """Write to standard output, whatever encoding the terminal speaks."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def leave_closed_pipe() -> None:
    """Write nowhere from now on, since whoever read the pipe has seen enough."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def printable(text: str) -> str:
    r"""Return a text as one line that no terminal and no workflow takes for a command.

    Names of files and quoted code may hold anything. Characters that cannot be seen
    are written as Python writes them, and so is what begins a workflow's command.

    Examples
    --------
    >>> printable("勾配\n.py")
    '勾配\\n.py'
    >>> printable("::error::.py")
    '\\x3a:error::.py'
    """
    line = "".join(_written(character) for character in text)
    if line.lstrip().startswith("::"):
        line = line.replace(":", r"\x3a", 1)
    return line.replace("##[", r"#\x23[")


def _written(character: str) -> str:
    category = unicodedata.category(character)
    is_seen = category[0] != "C" and category not in ("Zl", "Zp")
    return character if is_seen or character == "\t" else repr(character)[1:-1]


def write_json(record: dict[str, Any]) -> None:
    """Write a record as JSON in UTF-8."""
    text = json.dumps(record, ensure_ascii=False, indent=2)
    text = COMMAND_IN_JSON.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)
    write_bytes(f"{text}\n".encode(errors="replace"))
