"""Pages under attack, one of each kind.

That every page has the one policy, tests/browser/test_policy.py reads.
"""

import pytest

from tests.browser.attack import assert_all_refused, attacker


@pytest.fixture(scope="module")
def attacked(browser, built, serve, tmp_path_factory):
    folder = tmp_path_factory.mktemp("attacked")
    with attacker(browser, built.site, serve, folder) as attacked:
        yield attacked


def test_every_attack_on_a_page_is_refused(attacked, kinds):
    for path in kinds:
        assert_all_refused(*attacked.attack(path))
