"""Findings: what is wrong in a script, or could be, and the line that mends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.source import Edit


@dataclass(frozen=True, eq=False)
class Finding:
    """Something wrong in a script, or a thing to know.

    Attributes
    ----------
    code : str
        What kind of finding it is.
    severity : str
        error, warning or note.
    line, column, end_line : int
        Where, counted from 1. The mend replaces the lines from `line` to `end_line`.
    message : str
        What is wrong, in English.
    values : dict of str
        The parts of the message by name, and `form`, which of its forms it has.
    fix : str or None
        The mended lines; None where no mend is certain.
    advice : str or None
        How it is mended, in words; None in a note that has no mend.
    url : str
        The page that explains it, relative to the site.
    edits : tuple of Edit
        What mends it alone, as changes of the text: `fix` holds the mends of other
        findings in the same lines, too.
    """

    code: str
    severity: str
    line: int
    column: int
    end_line: int
    message: str
    values: Mapping[str, str]
    fix: str | None
    advice: str | None
    url: str
    edits: tuple[Edit, ...] = field(default=(), repr=False)

    def is_worse_than(self, other: "Finding") -> bool:
        """Whether it says more than another one at the same place."""
        severities: list[str] = vocabulary("findings")["severities"]  # the worst first
        return severities.index(self.severity) < severities.index(other.severity)

    def without_mend(self) -> "Finding":
        """Return the same finding where no mend is certain."""
        advice = None if self.severity == "note" else self.advice
        return replace(self, fix=None, advice=advice, edits=())
