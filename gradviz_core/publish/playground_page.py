"""Playground page: what the scripts of the playground are given by their page."""

from collections.abc import Iterable

from gradviz_core.content.pages import Page
from gradviz_core.scripts.findings import MESSAGES


def finding_pages(pages: Iterable[Page]) -> dict[str, str]:
    """The address that explains each finding in a script, by the finding's code.

    Of those pages alone that a site has: another book's may have other ones.
    """
    urls = {page.original.removesuffix("index.html") for page in pages}
    return {
        code: message["page"]
        for code, message in MESSAGES.items()
        if message["page"].partition("#")[0] in urls
    }
