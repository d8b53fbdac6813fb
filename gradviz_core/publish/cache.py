"""Cache: what took long to make, kept under a key of everything that decides it.

The folder is safe to delete at any time, and so is every file in it: what cannot be
read is made again.
"""

import hashlib
import json
import os
import pickle
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

Value = TypeVar("Value")

# A build touches what it uses, and then drops what nobody has used for so long.
# Another one may be running at the time: none takes an hour.
KEPT_SECONDS = 3600


class Cache:
    """A folder of values by their keys."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.misses = 0  # how many values were made and kept

    def get(
        self,
        key: str,
        make: Callable[[], Value],
        keep: Callable[[Value], bool] = lambda value: True,
    ) -> Value:
        """Return the value of a key, made and kept unless it is there.

        Parameters
        ----------
        key : str
            A `key_of` everything that decides the value.
        make : callable
            Makes the value.
        keep : callable, optional
            Says whether a value may be kept: one with errors is not.
        """
        path = self._path(key)
        try:
            value: Value = pickle.loads(zlib.decompress(path.read_bytes()))
        except Exception:  # there is none, it is torn, or other code has pickled it
            value = make()
            if keep(value):
                self.misses += 1
                self._write(path, value)
        else:
            with suppress(OSError):  # then it is dropped too early, and made again
                path.touch()
        return value

    def put(self, key: str, value: Any) -> None:
        """Keep a value."""
        self._write(self._path(key), value)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.pickle"

    def _write(self, path: Path, value: Any) -> None:
        # Level 0 compresses nothing, but adds the checksum that tells a torn file.
        content = zlib.compress(pickle.dumps(value), 0)
        with suppress(OSError):  # what cannot be kept, or is cut off, is made again
            self.folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def prune(self, seconds: float = KEPT_SECONDS) -> None:
        """Drop what has not been used for so long."""
        oldest = time.time() - seconds
        for path in self.folder.glob("*.pickle"):
            with suppress(OSError):  # another build may be dropping it, too
                if path.stat().st_mtime < oldest:
                    path.unlink()


def key_of(*deciding: Any) -> str:
    """Return a name for all that decides a value: numbers, words, arrays, records."""
    exact = json.dumps(deciding, sort_keys=True, default=_exact)
    return hashlib.sha256(exact.encode()).hexdigest()[:32]


def _exact(value: Any) -> Any:
    if hasattr(value, "tobytes"):  # an array, to its last bit
        return [value.dtype.str, value.shape, value.tobytes().hex()]
    if hasattr(value, "__dict__"):
        return vars(value)
    return str(value)


def snapshot(root: Path, *names: str) -> list[Any]:
    """Return what stands below these names, and the Python and packages in use."""
    return [sys.version, installed_packages(), _contents(root, names)]


def _contents(root: Path, names: tuple[str, ...]) -> list[Any]:
    contents = []
    for name in names:
        top = root / name
        for path in (top, *sorted(top.rglob("*"))):
            if "__pycache__" not in path.relative_to(root).parts:
                contents.append(_content(path, root))
    return contents


def _content(path: Path, root: Path) -> list[Any]:
    """Return the name of a file or folder, its mode, and what it holds."""
    mode = path.lstat().st_mode if os.path.lexists(path) else None
    held: Any = None
    if path.is_file():
        held = hashlib.sha256(path.read_bytes()).hexdigest()
    return [path.relative_to(root).as_posix(), mode, held]


def installed_packages() -> list[str]:
    """Return the names of what is installed, each with its version."""
    folders = (Path(entry) for entry in sys.path)
    return sorted(path.name for folder in folders for path in folder.glob("*-info"))
