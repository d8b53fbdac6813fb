"""Templates: the files of templates/, as people wrote them.

Those below templates/static are published; the others are filled to make pages.
"""

from dataclasses import dataclass
from pathlib import Path

from gradviz_core.content.paths import template_paths
from gradviz_core.errors import ContentError
from gradviz_core.texts import decoded, text_faults

# Files of these kinds are text, which may hold no hidden character.
TEXT_ENDINGS = {"css", "html", "js", "json", "txt", "csv", "py", "svg", "xml"}
TEXT_ENDINGS |= {"toml", "webmanifest"}


@dataclass(frozen=True)
class Template:
    """A file of templates/."""

    source: str  # its path relative to the folder of the site, for errors
    published: str | None  # its path in the site, if it is published
    content: bytes
    text: str  # the content, decoded, its lines ended by \n


def load_templates(root: Path) -> tuple[list[Template], list[ContentError]]:
    """Read all files below templates/, in the order of their names."""
    templates = []
    errors: list[ContentError] = []
    for source, published in template_paths(root, errors):
        path = root / source
        content = path.read_bytes()
        text = decoded(content)
        if path.suffix[1:] in TEXT_ENDINGS:
            errors.extend(text_faults(text, source))
        templates.append(Template(source, published, content, text))
    return templates, errors
