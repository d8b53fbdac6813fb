"""Stamp: a note that a site was built from certain sources.

With it, a build that has nothing to do imports neither NumPy nor Jinja.
"""

from pathlib import Path
from typing import Any

from gradviz_core.publish.cache import Cache, key_of
from gradviz_core.publish.snapshots import file_states


class Stamp:
    """A note in the cache that a site was built completely.

    Parameters
    ----------
    cache : Cache
        Where the note is kept.
    inputs : object
        A key of the sources, and all else that decides the site.
    out : Path
        The folder of the site.
    """

    def __init__(self, cache: Cache, inputs: Any, out: Path) -> None:
        self.cache = cache
        self.inputs = inputs
        self.out = out

    def is_current(self) -> bool:
        """Whether the site was built from the inputs and has not changed since."""
        return self.cache.find(self._key()) is not None

    def put(self) -> None:
        """Note that the site in the folder was built from the inputs."""
        self.cache.put(self._key(), True)

    def _key(self) -> str:
        return key_of(self.inputs, file_states(self.out, ""))
