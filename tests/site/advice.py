"""The advice on the page of symptoms, as code to paste, and what runs what was pasted."""

from pathlib import Path
from typing import Any

from reading import page, text

PAGE = "symptoms/index.html"


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
        (code,) = place.iter("pre")
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

    def rows_in_words(self, name: str) -> list[tuple[str, Any]]:
        """The rows of a list: what is seen, in words, and the second cell."""
        return [
            (text(first), second)
            for first, second in self.section(name).xpath(".//tbody/tr")
        ]

    def code_in_row(self, name: str, message: str) -> list[str]:
        return [text(code) for code in self.row(name, message).iter("code")]
