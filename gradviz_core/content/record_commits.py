"""Record commits: which commit a field of a record names, or the link beside it."""

from collections.abc import Mapping
from typing import Any

from gradviz_core.content.github_addresses import COMMIT_IN_LINK
from gradviz_core.errors import ContentError
from gradviz_core.toml_source import Keys, TomlSource


def commit_in_link(moment: Mapping[str, Any]) -> str:
    """Return the commit to which the link of a moment leads, or ""."""
    in_link = COMMIT_IN_LINK.search(moment.get("link", ""))
    return in_link[1].lower() if in_link else ""


def is_of_commit(moment: Mapping[str, Any], commit: str) -> bool:
    """Whether a moment is that of a commit, by its own word or by its link."""
    stated = moment.get("commit") or commit_in_link(moment)
    return bool(stated) and commit.startswith(stated)


def field_of_commit(moment: Mapping[str, Any]) -> str:
    """Return the field that says of which commit a moment is."""
    return "commit" if "commit" in moment else "link"


def commit_error(source: TomlSource, keys: Keys, commit: str) -> ContentError:
    """Make an error of a commit that is not written in full."""
    fix = "write all 40 digits, in small letters"
    return source.error_at((*keys, "commit"), f"{commit} is not a commit", fix)
