"""What several files of unit tests stand in."""

import pytest


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder, which a command is called in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
