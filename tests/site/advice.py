"""The advice on the page of symptoms, as code to paste, and what runs what was pasted."""

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

from reading import page, text

RUNNER = Path(__file__).with_name("run_pasted.py")
PAGE = "symptoms/index.html"

Run = dict[str, Any]  # what became of a script


class Advice:
    """The code of the page, and the lists of messages and of numbers."""

    def __init__(self, site: Path) -> None:
        self.document = page(site / PAGE)

    def section(self, name: str) -> Any:
        (heading,) = self.document.xpath(f"//h2[@id='{name}']")
        return heading.getparent()

    def code(self, name: str, part: str) -> list[str]:
        """The blocks of code that stand under Check or Fix of a section."""
        found = []
        current = ""
        for element in self.section(name).iter("strong", "pre"):
            if element.tag == "strong":
                current = text(element).strip(".,")
            elif current == part:
                found.append(element.text_content())
        return found

    def check(self, name: str) -> str:
        (code,) = self.code(name, "Check")
        return code

    def two_lines(self, name: str) -> str:
        (code,) = self.code(name, "Fix")
        assert code.count("\n") == 2
        return code

    @property
    def safe_call(self) -> str:
        (place,) = self.document.xpath("//*[@id='safe-call']")
        (code,) = place.getparent().iter("pre")
        return code.text_content()

    def rows(self, name: str) -> list[tuple[list[str], Any]]:
        """The rows of a list: the code in the first cell, and the second cell."""
        return [
            ([text(code) for code in first.iter("code")], second)
            for first, second in self.section(name).xpath(".//tbody/tr")
        ]

    def row(self, name: str, message: str) -> Any:
        """What to change, where a list has a message."""
        (cell,) = (cell for codes, cell in self.rows(name) if message in codes)
        return cell

    def numbers_rows(self) -> list[tuple[str, Any]]:
        """The rows of the list for numbers: what is seen, in words, and the second cell."""
        return [
            (text(first), second)
            for first, second in self.section("numbers").xpath(".//tbody/tr")
        ]

    def code_in_row(self, name: str, message: str) -> list[str]:
        return [text(code) for code in self.row(name, message).iter("code")]


def run_all(texts: dict[str, str], folder: Path) -> dict[str, Run]:
    """Run scripts in a process of their own; each with its text, and what became of it."""
    scripts, out = folder / "scripts.json", folder / "runs.pickle"
    each_once = {script: script for script in texts.values()}
    scripts.write_text(json.dumps(each_once), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", RUNNER, scripts, out],
        cwd=folder,
        env=os.environ | {"MPLBACKEND": "Agg"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    found = pickle.loads(out.read_bytes())
    return {name: found[script] | {"text": script} for name, script in texts.items()}
