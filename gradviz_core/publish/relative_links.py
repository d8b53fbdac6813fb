"""Relative links: a page works from disk, at the root of a host, and below a folder."""

import posixpath
import re
from html import escape, unescape

from gradviz_core.content.paths import NOT_FOUND, file_at, path_to
from gradviz_core.publish.document import ATTRIBUTE_VALUE

# An attribute with a value, and a tag with its attributes.
VALUE = rf"=\s*+({ATTRIBUTE_VALUE})"
TAG = re.compile(rf"<[a-zA-Z](?:[^=>]++|{VALUE})*+>")
LINK = re.compile(rf"""(?i)(?<=[\s/"'])(href|src)\s*{VALUE}|{VALUE}""")


def make_relative(html: str, url: str, base_url: str) -> str:
    """Turn links that begin at the root of the site into links that work anywhere."""
    # The 404 page is shown at any depth: it alone starts from the root.
    root = re.sub(r"^https?://[^/]*", "", base_url).rstrip("/") + "/"

    def rewritten(link: re.Match[str]) -> str:
        address = unescape((link[2] or "").strip("\"'"))  # empty for another attribute
        from_root = re.fullmatch(r"(?s)/(?![/\\])([^?#]*)(.*)", address)
        if not from_root:
            return link[0]
        path, rest = from_root.groups()
        path = file_at(path)
        near = root + path if url == NOT_FOUND else _path_between(url, path, rest)
        attribute = f'{link[1]}="{escape(near + rest)}"'
        is_link_elsewhere = path != url and link.string.split()[0] == "<a"
        if base_url and is_link_elsewhere:
            # On paper the address is printed, if people can type it.
            printed = posixpath.join(base_url, path_to(path)) + rest
            attribute += f' data-url="{escape(printed.partition("#f=")[0])}"'
        return attribute

    return TAG.sub(lambda tag: LINK.sub(rewritten, tag[0]), html)


def _path_between(url: str, path: str, rest: str) -> str:
    """Return a path as seen from the page at `url`; `rest` is what follows it."""
    if path == url and rest.startswith("#"):
        return ""  # by the name of its file, a browser would load the page again
    return posixpath.relpath(path, posixpath.dirname(url) or ".")
