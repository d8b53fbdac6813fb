"""Store: drawn figures, kept by everything that decides their bytes."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from gradviz_core.quiver import Picture

DRAWING = Path(__file__).parents[1] / "figures.py"


class Store:
    """A folder of figures, safe to delete at any time; `report` hears of each one drawn."""

    def __init__(self, folder: Path, reads: bool, report: Callable[[str], None]) -> None:
        self.folder = folder
        self.reads = reads
        self.report = report
        versions = (version(name) for name in ("matplotlib", "numpy"))
        self.surroundings = DRAWING.read_bytes() + "\n".join(versions).encode()

    def figure(self, name: str, *pictures: Picture, **words: Any) -> Path:
        """The file of a figure, drawn only if none with equal bytes is kept."""
        suffix = name.rpartition(".")[2]
        kept = self.folder / f"{self._key(suffix, pictures, words)}.{suffix}"
        if not (self.reads and kept.exists()):
            self.report(name)
            # Deferred: a build with nothing to draw does without matplotlib, one with
            # something draws it by our settings and not by those of this machine.
            os.environ.update(MPLBACKEND="agg", MATPLOTLIBRC=os.devnull)
            from gradviz_core.figures import render

            drawn = render(suffix, *pictures, **words)
            # Whole or not at all, whatever another build does at the same time.
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".", delete=False) as file:
                file.write(drawn)
            Path(file.name).chmod(0o644)
            Path(file.name).replace(kept)
        return kept

    def prune(self, used: set[Path]) -> None:
        """Drop the figures that this build did not use."""
        for path in {*self.folder.glob("*.*")} - used:
            path.unlink(missing_ok=True)

    def _key(self, suffix: str, pictures: Sequence[Any], words: Mapping[str, Any]) -> str:
        fields = [suffix, words, *map(vars, pictures)]
        exact = json.dumps(fields, sort_keys=True, default=lambda array: array.tobytes().hex())
        return hashlib.sha256(self.surroundings + exact.encode()).hexdigest()[:32]
