"""Errors for people: what is wrong in a file of the site, and how to mend it."""

import re


class ContentError(Exception):
    """One fault in one file: `path:line: what is wrong. Fix: what to do`."""

    def __init__(self, path: str, line: int | None, what: str, fix: str) -> None:
        self.path = path
        self.line = line
        self.what = what
        self.fix = fix
        place = f"{path}:{line}" if line else path
        message = f"{place}: {what.strip().rstrip('.')}. Fix: {fix}"
        # One line, and no control character that a terminal would obey.
        super().__init__(re.sub(r"[\s\0-\x1f\x7f-\x9f]+", " ", message))

    def __reduce__(self) -> tuple[type["ContentError"], tuple[object, ...]]:
        """Let a worker send it: an exception is taken to be made of its message."""
        return type(self), (self.path, self.line, self.what, self.fix)


class ContentErrors(ValueError):
    """All faults of one run, in the order of their places.

    A fault that was found both with and without its line is reported with it alone.
    """

    def __init__(self, errors: list[ContentError]) -> None:
        with_line = {error.what for error in errors if error.line}
        self.errors = [e for e in errors if e.line or e.what not in with_line]
        self.errors.sort(key=lambda error: (error.path, error.line or 0, error.what))
        super().__init__("\n".join(dict.fromkeys(map(str, self.errors))))
