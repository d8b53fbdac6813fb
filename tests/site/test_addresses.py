"""Addresses that were published once lead somewhere for good: pages, and places in them.

A section that moves leaves its id at a line that leads on. `addresses.txt` only grows.
"""

from pathlib import Path

import pytest
from reading.pages import LANGUAGE, every_page_file, page

ADDRESSES = Path(__file__).with_name("addresses.txt")
PUBLISHED = ADDRESSES.read_text(encoding="utf-8").split()


def ids_by_page():
    """What is looked for in each file: ids, or none where the file is all."""
    wanted = {}
    for address in PUBLISHED:
        path, _, name = address.partition("#")
        wanted.setdefault(path, set()).update({name} - {""})
    return wanted


@pytest.mark.parametrize("path", ids_by_page())
def test_what_was_published_is_still_there(built, path):
    wanted = ids_by_page()[path]
    assert (built.site / path).is_file()
    if wanted:
        ids = page(built.site / path).xpath("//@id")
        assert wanted <= {*ids}, wanted - {*ids}


def test_every_heading_of_a_page_says_its_own_id(built):
    """So that no edit of its words, and no language, gives it another one."""
    without = []
    for source in sorted((built.root / "content").rglob("*.md")):
        in_code = False
        for line in source.read_text(encoding="utf-8").splitlines():
            in_code ^= line.startswith("```")
            is_heading = line.startswith(("## ", "### "))
            if is_heading and not in_code and "{: #" not in line:
                without.append(f"{source.name}: {line}")
    assert not without


def test_a_translation_has_the_places_of_its_original(built):
    """So that a link to a place leads there in each language."""
    translations = [url for url in every_page_file(built.site) if LANGUAGE.match(url)]
    assert len(translations) > 100
    for url in translations:
        original = url.partition("/")[2]
        places = [sorted(page(built.site / u).xpath("//@id")) for u in (url, original)]
        assert places[0] == places[1], url
