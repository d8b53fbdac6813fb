"""Static files: what is published as it stands in templates/static.

Scripts and styles are served without their comments and margins; styles and pictures
are filled with the colours that they name. The parts of the style
sheet are joined, and so are those of the scripts that templates/scripts.toml names.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from gradviz_core.content.pages import Page
from gradviz_core.content.paths import template_paths
from gradviz_core.errors import ContentError
from gradviz_core.registry.colours import fill_colours, unknown_colours
from gradviz_core.toml_source import (
    PACKAGE,
    TomlSource,
    hidden_characters,
    load_toml,
    read_text,
)

# Comments and margins of a script: they are read in the repository, not in the browser.
SCRIPT_COMMENTS = re.compile(
    r"^\s*(?:(?:/\*(?s:.*?)\*/|//.*)\s*)*| +// [^\"'`\n]*$", re.MULTILINE
)

# The same of a style sheet.
STYLE_COMMENTS = re.compile(r"\s*/\*.*?\*/|^\s+", re.MULTILINE | re.DOTALL)

# A page has one style sheet. Its parts, in the order of their names, are joined.
STYLE_PARTS = "static/css/"
STYLE_SHEET = "static/site.css"

# Which scripts are joined from which parts.
SCRIPT_PARTS = "templates/scripts.toml"

# What the reader says of a finding; Python says the same.
MESSAGES = PACKAGE / "scripts/messages.toml"

# The part in whose company these words are needed.
READER = "reader/findings"

# Kinds of files in templates/ that are text, in which no character may hide.
TEXT_ENDINGS = {"css", "html", "js", "json", "txt", "csv", "py", "svg", "xml"}
TEXT_ENDINGS |= {"toml", "webmanifest"}


def strip_script(script: str) -> str:
    """Take out comments and margins: they are read in the repository."""
    return SCRIPT_COMMENTS.sub("", script)


def strip_style(style: str) -> str:
    """Take out comments and margins of a style sheet, too."""
    return STYLE_COMMENTS.sub("", style)


def joined_scripts(
    scripts: Mapping[str, str], joins: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Return the scripts that are published: joined from parts, or as they are.

    Parameters
    ----------
    scripts : mapping
        From the place of a script in the site to its text.
    joins : mapping
        From the place of a joined script to its parts below static/, as
        templates/scripts.toml has them. A part that is missing is left out.
    """
    joined = {}
    parts_of_others = set()
    for place, parts in joins.items():
        paths = [f"static/{part}.js" for part in parts]
        parts_of_others.update(paths)
        texts = [scripts[path] for path in paths if path in scripts]
        if READER in parts:
            texts.append(_messages_script())
        joined[place] = "".join(texts)
    alone = scripts.keys() - parts_of_others
    return joined | {place: scripts[place] for place in sorted(alone)}


def _messages_script() -> str:
    """Return what is said of findings as a statement of JavaScript."""
    messages = json.dumps(load_toml(MESSAGES), ensure_ascii=False)
    return f"globalThis.gradviz.scripts.messages = {messages};\n"


def _missing_parts(
    source: TomlSource, scripts: Mapping[str, str]
) -> Iterator[ContentError]:
    """Report every part that a joined script names and templates/static has not."""
    for place, parts in source.data.items():
        for part in parts:
            if f"static/{part}.js" not in scripts:
                what = f"{place} has a part {part}, and there is no static/{part}.js"
                fix = "name a script below templates/static, without its .js"
                yield source.error_at((place,), what, fix)


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
            errors.extend(unknown_colours(text, source))
            styles.append(fill_colours(strip_style(text)))
        elif path.suffix == ".svg":
            errors.extend(unknown_colours(text, source))
            files[published] = fill_colours(text)
        elif path.suffix == ".js":
            scripts[published] = strip_script(text)
        else:
            files[published] = path.read_bytes()
    joins = root / SCRIPT_PARTS
    parts = TomlSource(read_text(joins) if joins.exists() else "", SCRIPT_PARTS)
    errors.extend(parts.errors)
    errors.extend(_missing_parts(parts, scripts))
    files.update(joined_scripts(scripts, parts.data))
    if styles:
        files[STYLE_SHEET] = "".join(styles)
    return files, templates, errors
