"""Cache: what took long to make, kept by everything that decides it."""

import hashlib
import json
import os
import pickle
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

Value = TypeVar("Value", bound=Sequence[Any])
CODE = ("build.py", "gradviz_core", "templates", "benchmarks/results.json")
SOURCES = (*CODE, "content")
DRAWING = Path(__file__).parents[1] / "figures"


@dataclass
class Cache:
    """A folder safe to delete at any time; `report` hears of each figure drawn."""

    folder: Path
    report: Callable[[str], object]
    made: int = 0  # what was not there and is kept now

    @cached_property
    def drawing(self) -> list[Any]:
        """What decides how a figure is drawn, whatever it shows."""
        libraries = [
            name for name in packages() if name.startswith(("matplotlib-", "numpy-"))
        ]
        return [*map(Path.read_bytes, sorted(DRAWING.glob("*.[mp]*"))), libraries]

    def kept(self, make: Callable[[], Value], *deciding: Any) -> Value:
        """What all this decides, made unless it is there; with faults at its end it is not kept."""
        path = self.folder / f"{key_of(*deciding)}.pickle"
        with suppress(Exception):  # none, a torn one, or one of another time
            found: Value = pickle.loads(
                zlib.decompress(path.read_bytes())
            )  # with its checksum
            path.touch()
            return found
        made = make()
        if not made[-1]:
            self.made += 1
            with suppress(OSError):  # what cannot be kept, or is cut off, is made again
                self.folder.mkdir(parents=True, exist_ok=True)
                path.write_bytes(zlib.compress(pickle.dumps(made), 0))
        return made

    def figure(self, name: str, *pictures: Any, **words: Any) -> bytes:
        """A figure, drawn only if none with equal bytes is kept."""
        suffix = name.rpartition(".")[2]

        def drawn() -> tuple[bytes, str]:
            self.report(name)
            from gradviz_core.figures.drawing import (
                render,
            )  # deferred: most builds draw nothing

            return render(suffix, *pictures, **words), ""

        return self.kept(drawn, suffix, words, pictures, self.drawing)[0]

    def prune(self, seconds: float = 3600) -> None:
        """Drop what has been out of use for so long: no build lasts an hour."""
        for path in self.folder.glob("*.pickle"):
            with suppress(OSError):  # another build drops it, too
                if path.stat().st_mtime < time.time() - seconds:
                    path.unlink()


def key_of(*deciding: Any) -> str:
    """A name for all that decides what is made: other numbers, words or pages, another name."""
    exact = json.dumps(deciding, sort_keys=True, default=_exact)
    return hashlib.sha256(exact.encode()).hexdigest()[:32]


def snapshot(root: Path, *names: str) -> list[Any]:
    """All that stands below these names, and the packages that may read it."""
    paths = (
        p for name in names for p in (root / name, *sorted((root / name).rglob("*")))
    )
    contents = [
        [
            p.relative_to(root).as_posix(),
            os.path.lexists(p) and p.lstat().st_mode,
            hashlib.sha256(p.read_bytes()).hexdigest()
            if p.is_file() and p.stat().st_size
            else p.is_dir() and len([*p.iterdir()]),
        ]  # rglob passes over what it may not read
        for p in paths
        if not ("__pycache__" in p.parts and p.is_relative_to(root / "gradviz_core"))
    ]
    return [sys.version, packages(), contents]


def packages() -> list[str]:
    """What is installed, each with its version, as the names of its folders tell."""
    return sorted(p.name for folder in sys.path for p in Path(folder).glob("*-info"))


def _exact(value: Any) -> Any:
    if hasattr(value, "tobytes"):
        return value.tobytes().hex()
    return vars(value) if hasattr(value, "__dict__") else str(value)
