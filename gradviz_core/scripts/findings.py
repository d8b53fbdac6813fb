"""Findings: what is or could be wrong in a script, and the line that mends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.source import Edit


@dataclass(frozen=True, eq=False)
class Finding:
    """Something wrong in a script, or worth knowing.

    Attributes
    ----------
    code : str
        What kind of finding it is.
    severity : str
        error, warning or note.
    line, column, end_line : int
        Its place, counted from 1. The mend replaces lines `line` to `end_line`.
    message : str
        What is wrong, in English.
    values : dict of str
        The named parts of the message, and `form`, which selects its wording.
    fix : str or None
        The mended lines; None if no mend is certain.
    advice : str or None
        How to mend it, in words; None for a note without a mend.
    url : str
        The page that explains it, relative to the site.
    edits : tuple of Edit
        The changes to the text that mend this finding alone: `fix` also includes the
        mends of other findings in the same lines.
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

    @property
    def is_note(self) -> bool:
        """Whether it is worth knowing, but no mistake that was found."""
        return self.severity == "note"

    def is_worse_than(self, other: "Finding") -> bool:
        """Whether it is more severe than another finding at the same place."""
        severities: list[str] = vocabulary("findings")["severities"]  # the worst first
        return severities.index(self.severity) < severities.index(other.severity)

    def without_mend(self) -> "Finding":
        """Return the same finding without its mend."""
        advice = None if self.is_note else self.advice
        return replace(self, fix=None, advice=advice, edits=())
