"""Site: what content/site.toml chooses, held against the registry."""

from collections.abc import Collection, Iterator

from gradviz_core.errors import ContentError
from gradviz_core.registry.words import SITE_FILE
from gradviz_core.toml_source import TomlSource


def chosen_errors(functions: Collection[str]) -> Iterator[ContentError]:
    """Report every chosen function that is not registered."""
    if not SITE_FILE.exists():
        return
    source = TomlSource.read(SITE_FILE)
    for place, names in source.data.get("chosen", {}).items():
        for name in names:
            if name not in functions:
                what = f"no function is called {name}"
                fix = "name one of gradviz_core/registry/functions.toml"
                yield source.error_at(("chosen", place), what, fix)
