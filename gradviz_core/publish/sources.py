"""Sources: the files that a build is made from, as they were when it began."""

from pathlib import Path

from gradviz_core.publish.cache import key_of
from gradviz_core.publish.snapshots import file_states, snapshot

CODE = "gradviz_core"
# What the interface says lies among the code, and is read as pages are.
WORDS = f"{CODE}/registry/strings"
BESIDE_CODE = (
    "templates",
    "build.py",
    "content",
    "functions.toml",
    "book.py",
    "benchmarks/results.json",
)
SOURCES = (CODE, *BESIDE_CODE)


class Sources:
    """The sources of a build, as they were when it began."""

    def __init__(self, root: Path) -> None:
        self.root = root
        # Taken before the files are read, so that no edit is missed.
        self._states = file_states(root, *SOURCES)
        self.code = code_key(root)
        self.key = key_of(self.code, snapshot(root, WORDS, *BESIDE_CODE))

    def edited(self) -> set[str]:
        """Return the names in the root below which something has changed."""
        now = file_states(self.root, *SOURCES)
        names = now.keys() | self._states.keys()
        changed = {name for name in names if now.get(name) != self._states.get(name)}
        return {name.split("/")[0] for name in changed}


def code_key(root: Path) -> str:
    """Return a key of the package, and of the Python and packages in use."""
    return key_of(snapshot(root, CODE, without=WORDS))
