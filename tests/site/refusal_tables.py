"""The tables of refusals/: bad pages and functions, and what a build says of each.

A table begins with the words of its messages, each with a name and with {} for what differs. A case
follows a line `=== name of the page`, and ends with what is said of it, line by line:
`--- LINE NAME: what differs`, or with `--- sound`.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from project import REGISTRY, Project

FOLDER = Path(__file__).with_name("refusals")
FUNCTIONS = FOLDER / "functions.txt"
TABLES = sorted({*FOLDER.glob("*.txt")} - {FUNCTIONS})
PAGE = '+++\ntitle = "{}"\n+++\n\n'
ANYTHING = "..."  # for what a library says in its own words


@dataclass
class Case:
    """A case of a table: its name, its text, and what is wrong: where, in which words, with what."""

    name: str
    text: str
    faults: list[tuple[str, str, str]]


@dataclass
class Refused:
    """A file, and all that is said of it: `PATH:LINE: what. Fix: how`."""

    path: str
    text: str
    messages: list[str]


def read_table(table: Path) -> tuple[dict[str, str], list[Case]]:
    """The words of the messages of a table, by their names, and its cases."""
    head, *parts = re.split(
        "^=== (.*)\n", table.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    words = dict(re.findall(r"^([\w-]+): (.*)", head, re.MULTILINE))
    cases = []
    for name, part in zip(parts[::2], parts[1::2], strict=True):
        text = re.split(
            r"^--- (?=\S+ [\w-]+|sound$)", part, maxsplit=1, flags=re.MULTILINE
        )[0]
        faults = re.findall(r"^--- (\S+) ([\w-]+)(?:: (.*))?$", part, re.MULTILINE)
        assert faults or part.rstrip().endswith("\n--- sound"), name
        cases.append(Case(name, text, faults))
    return words, cases


def message(words: str, values: str) -> str:
    """A message with its values put in, which bars part if there are several."""
    count = words.count("{}")
    for value in values.split(" | ") if count > 1 else [values] * count:
        words = words.replace("{}", value, 1)
    return words


def bad_pages(table: Path) -> list[Refused]:
    """The pages of a table, each with a title above its text if it does not begin by itself."""
    words, cases = read_table(table)
    refused = []
    for case in cases:
        path = f"content/{table.stem}/{case.name}.md"
        if case.name.startswith("/"):
            path = case.name[1:]
        messages = []
        for line, name, values in case.faults:
            place = path if line == "-" else f"{path}:{line}"
            messages.append(f"{place}: {message(words[name], values)}")
        whole = case.name.startswith("/") or case.text.startswith("+++\n")
        refused.append(
            Refused(
                path, case.text if whole else PAGE.format(path) + case.text, messages
            )
        )
    return refused


SOUND_FUNCTION = {
    "gradient": '["3", "-1"]',
    "note": '"What it teaches, in a sentence."',
}


def bad_functions(registry: str) -> Refused:
    """A registry with all bad functions at its end."""
    words, cases = read_table(FUNCTIONS)
    lines = registry.splitlines()
    messages = []
    for number, case in enumerate(cases):
        lines.append(f"[{case.name}]")
        places = {"name": len(lines)}
        given = dict(re.findall(r"^(\w+) = ?(.*)", case.text, re.MULTILINE))
        own = {
            "title": f'"Tilted plane: {case.name}"',
            "spelling": f'"3 * x[0] - x[1] + {number}"',
        }
        for field, value in (SOUND_FUNCTION | own | given).items():
            if value:
                lines.append(f"{field} = {value}")
                places[field] = len(lines)
        for field, name, values in case.faults:
            what = message(words[name].replace("{name}", case.name), values)
            messages.append(f"{REGISTRY}:{places[field]}: {what}")
    return Refused(REGISTRY, "\n".join(lines) + "\n", messages)


def with_own_words(messages: list[str], expected: list[str]) -> list[str]:
    """The messages of a build, with any words of a library as they are expected."""
    result = []
    for line in messages:
        for wanted in expected:
            pattern = re.escape(wanted).replace(re.escape(ANYTHING), ".+")
            if re.fullmatch(pattern, line):
                line = wanted
                break
        result.append(line)
    return result


def assert_refused(project: Project, *expected: str) -> None:
    """Assert that a build is refused with just these messages."""
    done = project.build()
    assert done.returncode == 1
    messages = with_own_words(done.stderr.splitlines(), expected)
    assert messages == [*expected]
