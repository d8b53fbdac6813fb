"""Erratum view: what is shown of the code of an erratum, for the templates.

The code in question stands above the code to write instead. Where the one is the other
without its transposes, both are the same text, and the template marks in it what is
missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gradviz_core.registry.words import Words


@dataclass(frozen=True)
class Side:
    """One of the two: the code in question, or the code instead."""

    role: str  # buggy or correct
    mark: str
    label: str
    lines: list[str]


@dataclass(frozen=True)
class CodeChange:
    """The code in question and the code instead, as far as the record has them."""

    sides: list[Side]
    # The code in question is the other one without its transposes: both sides have the
    # lines of the other one.
    lacks_transposes: bool
    # The code calls or defines something by a name, which may differ from the book's.
    has_own_names: bool

    @property
    def marks(self) -> dict[str, str]:
        """The mark of each side, by its role."""
        return {side.role: side.mark for side in self.sides}


def code_change(record: Mapping[str, Any], words: Words) -> CodeChange:
    """What the record of an erratum says of its code.

    Parameters
    ----------
    record : mapping
        The front matter of the erratum.
    words : mapping
        The strings of a language.
    """
    codes = {field: record[field] for field in ("wrong", "right") if field in record}
    without_transposes = codes.get("right", "").replace(words["pair"]["transpose"], "")
    lacks_transposes = codes.get("wrong") == without_transposes
    has_own_names = not lacks_transposes and any("(" in code for code in codes.values())
    if lacks_transposes:
        codes["wrong"] = codes["right"]
    sides = [_side(field, code, record, words) for field, code in codes.items()]
    return CodeChange(sides, lacks_transposes, has_own_names)


def _side(field: str, code: str, record: Mapping[str, Any], words: Words) -> Side:
    """The code of a field under its label and mark."""
    role = {"wrong": "buggy", "right": "correct"}[field]
    mark = words["pair"]["mark"][role]
    # What is fragile or misleading is not wrong in itself.
    if field == "wrong" and record.get("severity") in words["erratum"]["meaning"]:
        mark = words["erratum"]["doubt"]
    label = words["erratum"][field]
    if record.get("kind") == "wording":
        label = words["erratum"][f"wording_{field}"]
    return Side(role, mark, label, code.split("\n"))
