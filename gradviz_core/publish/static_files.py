"""Static files: what is published as it stands in templates/static.

Scripts and styles are served without their comments and margins. The parts of the style
sheet are joined.
"""

import re
from pathlib import Path

from gradviz_core.content.pages import Page
from gradviz_core.content.paths import template_paths
from gradviz_core.errors import ContentError
from gradviz_core.toml_source import hidden_characters, read_text

# Comments and margins of a script: they are read in the repository, not in the browser.
SCRIPT_COMMENTS = re.compile(
    r"^\s*(?:(?:/\*(?s:.*?)\*/|//.*)\s*)*| +// [^\"'`\n]*$", re.MULTILINE
)

# The same of a style sheet.
STYLE_COMMENTS = re.compile(r"\s*/\*.*?\*/|^\s+", re.MULTILINE | re.DOTALL)

# A page has one style sheet. Its parts, in the order of their names, are joined.
STYLE_PARTS = "static/css/"
STYLE_SHEET = "static/site.css"

# Kinds of files in templates/ that are text, in which no character may hide.
TEXT_ENDINGS = {"css", "html", "js", "json", "txt", "csv", "py", "svg", "xml"}
TEXT_ENDINGS |= {"webmanifest"}


def strip_script(script: str) -> str:
    """Take out comments and margins: they are read in the repository."""
    return SCRIPT_COMMENTS.sub("", script)


def strip_style(style: str) -> str:
    """Take out comments and margins of a style sheet, too."""
    return STYLE_COMMENTS.sub("", style)


def load_static_files(
    root: Path,
) -> tuple[dict[str, str | bytes], list[Page], list[ContentError]]:
    """Read templates/: what is published as it is, the templates, and what is wrong.

    The templates are given as pages: what no page typed was typed in one of them.
    """
    files: dict[str, str | bytes] = {}
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
            files[published] = strip_script(text)
        else:
            files[published] = path.read_bytes()
    if styles:
        files[STYLE_SHEET] = "".join(styles)
    return files, templates, errors
