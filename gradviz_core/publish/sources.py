"""Sources: what a build is made of, read once when it begins."""

from pathlib import Path

from gradviz_core.publish.cache import key_of, marks, snapshot

CODE = ("gradviz_core",)
# What decides how things are made: values are kept under a key of these.
MAKING = (*CODE, "templates")
SOURCES = (
    *MAKING,
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
        # Before they are read, so that no edit is missed.
        self._marks = marks(root, *SOURCES)
        self._making = marks(root, *MAKING)
        self.code = code_key(root)
        self.key = key_of(self.code, snapshot(root, *SOURCES[len(CODE) :]))

    def are_edited(self) -> bool:
        """Whether a source is no longer what it was."""
        return marks(self.root, *SOURCES) != self._marks

    def is_making_edited(self) -> bool:
        """Whether the code or a template is no longer what it was."""
        return marks(self.root, *MAKING) != self._making


def code_key(root: Path) -> str:
    """Return a key of the package, and of the Python and packages in use."""
    return key_of(snapshot(root, *CODE))
