"""Static files: what is published as it stands in templates/static.

Scripts and styles are served without their comments and margins; styles and pictures
are filled with the colours that they name. The parts of the style sheet are joined, and
so are those of the scripts that templates/scripts.toml names.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from gradviz_core.content.templates import Template
from gradviz_core.errors import ContentError
from gradviz_core.registry.colours import fill_colours, unknown_colours
from gradviz_core.registry.vocabulary import whole_vocabulary
from gradviz_core.registry.words import ENGLISH, interface
from gradviz_core.toml_source import TomlSource

# Comments and margins of a script: they are read in the repository, not in the browser.
SCRIPT_COMMENTS = re.compile(
    r"^\s*(?:(?:/\*(?s:.*?)\*/|//.*)\s*)*| +// [^\"'`\n]*$", re.MULTILINE
)

# Comments and margins of a style sheet.
STYLE_COMMENTS = re.compile(r"\s*/\*.*?\*/|^\s+", re.MULTILINE | re.DOTALL)

# A page has one style sheet. Its parts, in the order of their names, are joined.
STYLE_PARTS = "static/css/"
STYLE_SHEET = "static/site.css"

# Which scripts are joined from which parts. One that is named so is published.
SCRIPT_PARTS = "templates/scripts.toml"
PUBLISHED = "static/"

# Every part begins with it, and it counts only at the top of a script.
STRICT = '"use strict";\n'


def strip_script(script: str) -> str:
    """Take out comments and margins: they are read in the repository."""
    return SCRIPT_COMMENTS.sub("", script)


def strip_style(style: str) -> str:
    """Take out comments and margins of a style sheet."""
    return STYLE_COMMENTS.sub("", style)


def joined_scripts(
    scripts: Mapping[str, str], joins: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Return the scripts that are published: joined from parts, or as they are.

    Parameters
    ----------
    scripts : mapping
        From the path of a script in the site to its text.
    joins : mapping
        From the path of a joined script to its parts below static/, or the name of a
        list above it, as templates/scripts.toml has them. A part that is missing is
        left out.
    """
    all_parts = {**scripts, **_registry_scripts()}
    joined = {}
    parts_of_others = set()
    for name, parts in with_parts_of_lists(joins).items():
        paths = [f"static/{part}.js" for part in parts]
        parts_of_others.update(paths)
        if name.startswith(PUBLISHED):
            whole = "".join(all_parts.get(path, "") for path in paths)
            joined[name] = _with_one_directive(whole)
    alone = scripts.keys() - parts_of_others
    return joined | {path: scripts[path] for path in sorted(alone)}


def _with_one_directive(script: str) -> str:
    before, directive, rest = script.partition(STRICT)
    return before + directive + rest.replace(STRICT, "")


def with_parts_of_lists(joins: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Put the parts of a list in the place of its name."""
    expanded: dict[str, list[str]] = {}
    for name, parts in joins.items():
        all_parts: list[str] = []
        for part in parts:
            all_parts.extend(expanded.get(part, [part]))
        expanded[name] = all_parts
    return expanded


@cache
def _registry_scripts() -> dict[str, str]:
    """Return the parts that are no files: what the reader of scripts goes by, and says.

    A page has the words of its own language. The English ones are for whoever loads the
    reader without a page.
    """
    words = interface(ENGLISH)
    sentences = {table: words[table] for table in ("finding", "unread")}
    values = {"vocabulary": whole_vocabulary(), "words": sentences}
    return {
        f"static/registry/{name}.js": f"globalThis.gradviz.{name} = {_json(value)};\n"
        for name, value in values.items()
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _missing_parts(
    source: TomlSource, scripts: Mapping[str, str]
) -> Iterator[ContentError]:
    """Report every part that a list names and that is neither a script nor a list."""
    lists_above = set()
    for name, parts in source.data.items():
        for part in parts:
            path = f"static/{part}.js"
            if part in lists_above:
                continue
            if path not in scripts and path not in _registry_scripts():
                what = f"{name} has a part {part}, and there is no static/{part}.js"
                fix = (
                    "name a script below templates/static, without .js, or a list above"
                )
                yield source.error_at((name,), what, fix)
        lists_above.add(name)


def static_files(
    templates: Sequence[Template],
) -> tuple[dict[str, str | bytes], list[ContentError]]:
    """Return what is published of templates/, by its path in the site."""
    joins = _script_parts(templates)
    scripts = {
        path: strip_script(template.text)
        for path, template in _published(templates)
        if path.endswith(".js")
    }
    files: dict[str, str | bytes] = {
        **_files_as_they_are(templates),
        **joined_scripts(scripts, joins.data),
        **_style_sheet(templates),
    }
    errors = [
        *_colour_errors(templates),
        *joins.errors,
        *_missing_parts(joins, scripts),
    ]
    return files, errors


def _published(templates: Sequence[Template]) -> Iterator[tuple[str, Template]]:
    """Yield the templates that are published, with their paths in the site."""
    for template in templates:
        if template.published is not None and template.source != SCRIPT_PARTS:
            yield template.published, template


def _script_parts(templates: Sequence[Template]) -> TomlSource:
    """Return the lists of parts, empty ones if there is no file of them."""
    for template in templates:
        if template.source == SCRIPT_PARTS:
            return TomlSource(template.text, SCRIPT_PARTS)
    return TomlSource("", SCRIPT_PARTS)


def _files_as_they_are(templates: Sequence[Template]) -> dict[str, str | bytes]:
    """Return what is neither a script nor a style; pictures get their colours."""
    files: dict[str, str | bytes] = {}
    for path, template in _published(templates):
        if path.startswith(STYLE_PARTS) or path.endswith(".js"):
            continue
        is_picture = path.endswith(".svg")
        files[path] = fill_colours(template.text) if is_picture else template.content
    return files


def _style_sheet(templates: Sequence[Template]) -> dict[str, str]:
    """Return the style sheet by its path, joined from its parts."""
    styles = [
        fill_colours(strip_style(template.text))
        for path, template in _published(templates)
        if path.startswith(STYLE_PARTS)
    ]
    return {STYLE_SHEET: "".join(styles)} if styles else {}


def _colour_errors(templates: Sequence[Template]) -> Iterator[ContentError]:
    """Report the colours that styles and pictures name and nobody defines."""
    for path, template in _published(templates):
        if path.startswith(STYLE_PARTS) or path.endswith(".svg"):
            yield from unknown_colours(template.text, template.source)
