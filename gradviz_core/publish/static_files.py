"""Static files: what is published as it stands in templates/static.

Scripts and styles are served without their comments and margins. The parts of the style
sheet are joined. So are those of the reader of scripts, besides each by itself.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from gradviz_core.content.pages import Page
from gradviz_core.content.paths import template_paths
from gradviz_core.errors import ContentError
from gradviz_core.toml_source import PACKAGE, hidden_characters, load_toml, read_text

# Comments and margins of a script: they are read in the repository, not in the browser.
SCRIPT_COMMENTS = re.compile(
    r"^\s*(?:(?:/\*(?s:.*?)\*/|//.*)\s*)*| +// [^\"'`\n]*$", re.MULTILINE
)

# The same of a style sheet.
STYLE_COMMENTS = re.compile(r"\s*/\*.*?\*/|^\s+", re.MULTILINE | re.DOTALL)

# A page has one style sheet. Its parts, in the order of their names, are joined.
STYLE_PARTS = "static/css/"
STYLE_SHEET = "static/site.css"

# What reads a script, once numerics.js and notation.js are loaded. Each part uses those
# above it.
READER_PARTS = [
    "static/python.js",
    "static/scripts-names.js",
    "static/scripts-literals.js",
    "static/scripts-source.js",
    "static/scripts-arrays.js",
    "static/scripts-routines.js",
    "static/scripts-spellings.js",
    "static/scripts-walk.js",
    "static/scripts-findings.js",
    "static/scripts-reading.js",
    "static/scripts-formulas.js",
]
# Scripts that are joined from others: the reader for pages, that load it when somebody
# needs it, and all that can be asked of a text for whoever loads one file.
READER = "static/reader.js"
JOINED_SCRIPTS = {
    READER: READER_PARTS,
    "static/gradviz.js": ["static/numerics.js", "static/notation.js", *READER_PARTS],
}

# What the reader says of a finding; Python says the same.
MESSAGES = PACKAGE / "scripts/messages.toml"

# Kinds of files in templates/ that are text, in which no character may hide.
TEXT_ENDINGS = {"css", "html", "js", "json", "txt", "csv", "py", "svg", "xml"}
TEXT_ENDINGS |= {"webmanifest"}


def strip_script(script: str) -> str:
    """Take out comments and margins: they are read in the repository."""
    return SCRIPT_COMMENTS.sub("", script)


def strip_style(style: str) -> str:
    """Take out comments and margins of a style sheet, too."""
    return STYLE_COMMENTS.sub("", style)


def joined_scripts(scripts: Mapping[str, str]) -> dict[str, str]:
    """Return the scripts that are joined from these, as far as their parts are there.

    Parameters
    ----------
    scripts : mapping
        From the place of a script in the site to its text.
    """
    joined = {}
    for name, parts in JOINED_SCRIPTS.items():
        if all(part in scripts for part in parts):
            texts = [scripts[part] for part in parts]
            joined[name] = "".join([*texts, _messages_script()])
    return joined


def _messages_script() -> str:
    """Return what is said of findings as a statement of JavaScript."""
    messages = json.dumps(load_toml(MESSAGES), ensure_ascii=False)
    return f"globalThis.gradviz.scripts.messages = {messages};\n"


def load_static_files(
    root: Path,
) -> tuple[dict[str, str | bytes], list[Page], list[ContentError]]:
    """Read templates/: what is published as it is, the templates, and what is wrong.

    The templates are given as pages: what no page typed was typed in one of them.
    """
    files: dict[str, str | bytes] = {}
    scripts: dict[str, str] = {}
    styles: list[str] = []
    templates: list[Page] = []
    errors: list[ContentError] = []
    for source, published in template_paths(root, errors):
        path = root / source
        text = read_text(path)
        if path.suffix[1:] in TEXT_ENDINGS:
            errors.extend(hidden_characters(text, source))
        if published is None:
            templates.append(Page(source, text=text))
        elif published.startswith(STYLE_PARTS):
            styles.append(strip_style(text))
        elif path.suffix == ".js":
            scripts[published] = strip_script(text)
        else:
            files[published] = path.read_bytes()
    files.update(scripts)
    files.update(joined_scripts(scripts))
    if styles:
        files[STYLE_SHEET] = "".join(styles)
    return files, templates, errors
