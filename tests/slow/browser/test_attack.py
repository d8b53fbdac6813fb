"""Every page under attack in both browsers."""

import pytest

from tests.browser.attack import assert_all_refused, attacker


@pytest.fixture(scope="module")
def attacked(browser, built, serve, tmp_path_factory):
    folder = tmp_path_factory.mktemp("attacked")
    with attacker(browser, built.site, serve, folder) as attacked:
        yield attacked


def test_every_attack_on_every_page_is_refused(attacked, paths):
    for path in paths:
        assert_all_refused(*attacked.attack(path))
