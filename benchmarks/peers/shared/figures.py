"""Draw the figures whose scripts have changed since they were drawn: figures.py FOLDER."""

import hashlib
import json
import runpy
import sys
from pathlib import Path

folder, kept = Path(sys.argv[1]), Path("figures.json")
before = json.loads(kept.read_text()) if kept.exists() else {}
now = {}
for script in sorted(Path("figures").glob("plot_*.py")):
    now[script.stem] = hashlib.sha256(script.read_bytes()).hexdigest()
    if now[script.stem] != before.get(script.stem):
        import matplotlib.pyplot as plt

        runpy.run_path(str(script))
        folder.mkdir(parents=True, exist_ok=True)
        plt.savefig(folder / f"{script.stem}.svg")
        plt.close()
kept.write_text(json.dumps(now))
