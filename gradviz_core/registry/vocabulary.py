"""Vocabulary: the names and limits that both readers of scripts go by.

They are in vocabulary.toml, from which the browser gets them, too.
"""

from functools import cache
from typing import Any

from gradviz_core.toml_source import PACKAGE, load_toml


@cache
def vocabulary(table: str) -> dict[str, Any]:
    """Return one table of the vocabulary; the file is read on the first call."""
    names_and_limits: dict[str, Any] = whole_vocabulary()[table]
    return names_and_limits


@cache
def whole_vocabulary() -> dict[str, Any]:
    """Return all tables, as the browser gets them."""
    return load_toml(PACKAGE / "registry/vocabulary.toml")
