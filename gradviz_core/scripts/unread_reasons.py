"""Unread reasons: why something of a text or a script was not read or followed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Unread:
    """What was not read of a text, or not followed in a script.

    Attributes
    ----------
    code : str
        Why, as a key of the words for [unread].
    line : int
        Where it is, or where it goes wrong.
    detail : str
        What it is called, or what Python or the system says about it.
    """

    code: str
    line: int = 1
    detail: str = ""


class Unreadable(ValueError):
    """Raised for a text that cannot be read as Python 3: then all of it is unread."""

    def __init__(self, code: str, line: int = 1, detail: str = "") -> None:
        super().__init__(code, detail)
        self.unread = Unread(code, line, detail)
