"""Listings: where the text of a page is code, a comment, or neither."""

import io
import re
import tokenize
from typing import NamedTuple

# A block of code between two fences at the margin, as Markdown sees one.
FENCE = (
    r"^(?P<fence>`{3,}(?!`)|~{3,}(?!~))(?P<kind>[^\n]*)\n"
    r"(?P<code>(?:.*?\n)?)"
    r"(?P=fence)[ \t]*$"
)
CODE_SPAN = r"(?P<tick>(?<!`)`{1,2}(?!`))(?:(?!\n\n).)+?(?<!`)(?P=tick)(?!`)"

LISTING = re.compile(FENCE, re.MULTILINE | re.DOTALL)
CODE = re.compile(f"{FENCE}|{CODE_SPAN}", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)  # of Jinja: never rendered

# Languages of listings that readers paste, unless these are marked as to be read.
PASTED = ("python", "sh", "yaml")
OTHER_NAMES = {"py": "python", "python3": "python", "bash": "sh", "yml": "yaml"}
TO_READ = "to-read"
YOURS = "yours="


class ListingKind(NamedTuple):
    """The words behind the fence of a listing, such as `python yours=X,Y`."""

    language: str
    is_to_paste: bool
    own_names: tuple[str, ...]  # names that readers replace with their own

    @classmethod
    def of(cls, text: str) -> "ListingKind":
        """Read the words behind a fence: a language, then words about its use."""
        language, *words = text.strip(" {.}").split() or ["text"]
        language = OTHER_NAMES.get(language.lower(), language.lower())
        own = [word.removeprefix(YOURS) for word in words if word.startswith(YOURS)]
        return cls(
            language=language,
            is_to_paste=language in PASTED and TO_READ not in words,
            own_names=tuple(own[0].split(",")) if own else ("f",),
        )

    @property
    def is_python_to_paste(self) -> bool:
        """Whether readers paste it into their script."""
        return self.is_to_paste and self.language == "python"


# The prompts of a session; and a comment in a language other than Python.
PROMPT = re.compile(r"(?m)^(?:>>> |\.\.\. |>>>$|\.\.\.$)")
LINE_COMMENT = re.compile(r"(?m)(?:^|(?<=\s))(?:#|//).*$")


def without_comments(code: str, kind: str) -> str:
    """Return the code of a listing without its comments."""
    if kind == "pycon":
        return "\n".join(map(_session_line, code.splitlines()))
    if ListingKind.of(kind).language == "python":
        return _without_python_comments(code)
    return _without_blank_ends(LINE_COMMENT.sub("", code))


def _session_line(line: str) -> str:
    """Return a line of a session, without its comment if it is code."""
    if not PROMPT.match(line):
        return line
    return line[:4] + _without_python_comments(line[4:])


def _without_python_comments(code: str) -> str:
    """Return Python code without its comments, as far as it can be read."""
    rows = code.split("\n")
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                rows[row - 1] = rows[row - 1][:column]
    except (tokenize.TokenError, IndentationError):
        pass  # a line of a session may continue on the next: the rest has no comment
    return _without_blank_ends("\n".join(rows))


def _without_blank_ends(text: str) -> str:
    """Remove blank lines, and what is blank at the end of a line."""
    return "\n".join(line.rstrip() for line in text.split("\n") if line.strip())
