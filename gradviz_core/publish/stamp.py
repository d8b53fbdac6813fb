"""Stamp: that certain sources gave a certain site.

A build with nothing to do then imports neither NumPy nor templates.
"""

from pathlib import Path
from typing import Any

from gradviz_core.publish.cache import Cache, key_of, snapshot


class Stamp:
    """What the cache knows of sites that were built whole."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache

    def is_current(self, inputs: Any, out: Path) -> bool:
        """Whether these inputs gave the site that stands in `out`, byte for byte."""
        return self.cache.get(
            _key(inputs, out), make=lambda: False, keep=lambda is_current: is_current
        )

    def put(self, inputs: Any, out: Path) -> None:
        """Note that these inputs have given the site in `out`."""
        self.cache.put(_key(inputs, out), True)


def _key(inputs: Any, out: Path) -> str:
    return key_of(inputs, snapshot(out, ""))
