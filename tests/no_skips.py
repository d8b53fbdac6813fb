"""Let no test of a browser be skipped: what did not run has not passed.

The conftest of a folder imports the two hooks, and they hold for the tests below it.
"""

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    return refuse_skip(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    return refuse_skip(report)


def refuse_skip(report):
    if report.skipped or hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"A browser test was skipped: {report.longrepr}"
        vars(report).pop("wasxfail", None)
    return report
