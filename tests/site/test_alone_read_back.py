"""A picture is the same whatever was drawn before it, and wherever else it is shown."""

import re

import pytest
from oracle import ROOT


def pictures_of(project) -> dict[str, bytes]:
    """The pictures of functions, which need no page."""
    found = (project.site / "figures").glob("*.*")
    return {path.name: path.read_bytes() for path in found}


@pytest.mark.parametrize("smaller", ["model", "drawn"])
def test_a_picture_among_few_is_that_among_all(built, smaller, request):
    """One site has all functions, the others a handful and a single one."""
    among_all = pictures_of(built)
    among_few = pictures_of(request.getfixturevalue(smaller))
    assert among_few
    assert len(among_few) < len(among_all)
    for name, content in among_few.items():
        assert among_all[name] == content, name


def test_the_readme_shows_each_picture_below_its_own_head():
    """That these are pictures of the site, `test_files.py` holds."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    (row,) = (
        n for n, line in enumerate(lines) if line.startswith("|") and "(docs/" in line
    )
    heads = [head.strip() for head in lines[row - 2].strip("|").split("|")]
    files = re.findall(r"\(docs/([\w.-]+)\)", lines[row])
    expected = {
        "with both `.T`": "product-correct-autoscale.svg",
        "without `.T`": "product-buggy-autoscale.svg",
    }
    assert dict(zip(heads, files, strict=True)) == expected
