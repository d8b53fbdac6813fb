"""Words: what the interface says, read from words.toml."""

from pathlib import Path
from typing import Any

from gradviz_core.records import Records

WORDS: Records[Any] = Records(Path(__file__).with_suffix(".toml"), "gradviz_core/words.toml")
