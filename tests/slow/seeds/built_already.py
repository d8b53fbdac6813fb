"""A plugin of pytest: the site of a seeded copy is built before its tests begin."""

from pathlib import Path

import pytest


@pytest.hookimpl(trylast=True)  # once pytest knows where its folders are
def pytest_configure(config):
    """Put the copy where the fixture `built` looks for a project with its site."""
    place = config._tmp_path_factory.getbasetemp() / "built"
    place.mkdir()
    (place / "gradviz").symlink_to(Path.cwd())
