"""Sources: what a build is made of, read once when it begins."""

from pathlib import Path

from gradviz_core.publish.cache import key_of, marks, snapshot

CODE = ("gradviz_core",)
SOURCES = (
    *CODE,
    "templates",
    "build.py",
    "content",
    "functions.toml",
    "book.py",
    "benchmarks/results.json",
)


class Sources:
    """The sources of a build, as they were when it began."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._marks = marks(root, *SOURCES)  # before they are read: no edit is missed
        self.code = code_key(root)
        self.key = key_of(self.code, snapshot(root, *SOURCES[len(CODE) :]))

    def edited(self) -> set[str]:
        """Which folders and files in the root are no longer what they were."""
        now = marks(self.root, *SOURCES)
        names = now.keys() | self._marks.keys()
        changed = {name for name in names if now.get(name) != self._marks.get(name)}
        return {name.split("/")[0] for name in changed}


def code_key(root: Path) -> str:
    """Return a key of the package, and of the Python and packages in use."""
    return key_of(snapshot(root, *CODE))
