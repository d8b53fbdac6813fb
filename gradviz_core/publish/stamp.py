"""Stamp: that certain sources gave a certain site.

A build with nothing to do then imports neither NumPy nor templates.
"""

from pathlib import Path
from typing import Any

from gradviz_core.publish.cache import Cache, file_states, key_of


class Stamp:
    """What the cache knows of a site that was built whole.

    Parameters
    ----------
    cache : Cache
        Where that is kept.
    inputs : object
        A key of the sources, and what else decides the site.
    out : Path
        The folder of the site.
    """

    def __init__(self, cache: Cache, inputs: Any, out: Path) -> None:
        self.cache = cache
        self.inputs = inputs
        self.out = out

    def is_current(self) -> bool:
        """Whether the inputs gave the site that stands there, unchanged since."""
        return self.cache.get(
            self._key(), make=lambda: False, keep=lambda is_current: is_current
        )

    def put(self) -> None:
        """Note that the inputs have given the site that stands there."""
        self.cache.put(self._key(), True)

    def _key(self) -> str:
        return key_of(self.inputs, file_states(self.out, ""))
