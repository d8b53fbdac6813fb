"""What the tests below need stands in tests/browser_fixtures.py; none of them may be skipped."""

from no_skips import pytest_make_collect_report, pytest_runtest_makereport

__all__ = ["pytest_make_collect_report", "pytest_runtest_makereport"]
