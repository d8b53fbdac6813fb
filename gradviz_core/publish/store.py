"""Store: drawn figures, kept by everything that decides their bytes."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from gradviz_core.quiver import Curves, Quiver

DRAWING = Path(__file__).parents[1] / "figures.py"


class Store:
    """A folder of figures, safe to delete at any time; `report` hears of each one drawn."""

    def __init__(self, folder: Path, reads: bool, report: Callable[[str], None]) -> None:
        self.folder = folder
        self.reads = reads
        self.report = report

    def figure(self, name: str, *pictures: Quiver | Curves, **words: Any) -> Path:
        """The file of a figure, drawn only if none with equal bytes is kept."""
        suffix = name.rpartition(".")[2]
        kept = self.folder / f"{self._key(suffix, pictures, words)}.{suffix}"
        if not (self.reads and kept.exists()):
            self.report(name)
            # Deferred: a build with nothing to draw does without matplotlib, one with
            # something draws it by our settings and not by those of this machine.
            os.environ.update(MPLBACKEND="agg", MATPLOTLIBRC=os.devnull)
            from gradviz_core.figures import render

            self._keep(kept, render(suffix, *pictures, **words))
        return kept

    def prune(self, used: set[Path]) -> None:
        """Drop the figures that this build did not use."""
        for path in self.folder.glob("*.*"):
            if path not in used:
                path.unlink(missing_ok=True)

    def _keep(self, path: Path, drawn: bytes) -> None:
        """Whole or not at all, whatever another build does at the same time."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".")
        with os.fdopen(handle, "wb") as file:
            file.write(drawn)
        Path(name).chmod(0o644)
        Path(name).replace(path)

    def _key(
        self, suffix: str, pictures: Sequence[Quiver | Curves], words: Mapping[str, Any]
    ) -> str:
        digest = hashlib.sha256(self._surroundings)
        digest.update(f"{suffix} {sorted(words.items())}".encode())
        for picture in pictures:
            for name, value in vars(picture).items():
                digest.update(b"\0%s\0" % name.encode() + _exact(value))
        return digest.hexdigest()[:32]

    @cached_property
    def _surroundings(self) -> bytes:
        """The drawing source and the versions of what draws."""
        versions = (version(name) for name in ("matplotlib", "numpy"))
        return DRAWING.read_bytes() + "\n".join(versions).encode()


def _exact(value: object) -> bytes:
    return value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode()
