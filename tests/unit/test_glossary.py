"""What is written in a language has none of the words that its readers take for something else."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GLOSSARY = tomllib.loads(
    (ROOT / "tests/cases/glossary.toml").read_text(encoding="utf-8")
)


def written_in(language: str) -> list[Path]:
    """The pages of a language, and the tables of its words.

    The page of corrections is none of them: it quotes what was wrong.
    """
    pages = (ROOT / "content").rglob(f"*.{language}.*")
    return [
        *sorted(path for path in pages if not path.match("corrections.*")),
        *sorted((ROOT / "gradviz_core/registry/strings").glob(f"*.{language}.toml")),
    ]


@pytest.mark.parametrize("language", GLOSSARY)
def test_no_text_has_a_word_that_means_something_else_to_its_readers(language):
    found = []
    for path in written_in(language):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            for entry in GLOSSARY[language]:
                for match in re.finditer(entry["word"], line):
                    found.append(
                        f"{path.relative_to(ROOT)}:{number}: {match[0]!r}."
                        f" Rather: {entry['rather']}. {entry['why']}"
                    )
    assert not found, "\n" + "\n".join(found)
