"""ContentError: what is wrong in a file of the site, and how to mend it."""

import re


class ContentError(Exception):
    """One fault in one file, told in one line, `path:line: what is wrong. Fix: what to do`."""

    def __init__(self, path: str, line: int | None, what: str, fix: str) -> None:
        self.path, self.line, self.what, self.fix = path, line, what, fix
        told = f"{path}{f':{line}' if line else ''}: {what.strip().rstrip('.')}. Fix: {fix}"
        super().__init__(
            re.sub(r"[\s\0-\x1f\x7f-\x9f]+", " ", told)
        )  # for a terminal, too


class ContentErrors(ValueError):
    """The faults of one run by their places; one without a line leaves it to its like with one."""

    def __init__(self, errors: list[ContentError]) -> None:
        placed = {
            error.what for error in errors if error.line
        }  # where there is no line it shows
        told = (error for error in errors if error.line or error.what not in placed)
        self.errors = sorted(
            told, key=lambda error: (error.path, error.line or 0, error.what)
        )
        super().__init__("\n".join(dict.fromkeys(map(str, self.errors))))
