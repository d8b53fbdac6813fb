"""The content policy refuses whatever it is attacked with. site/test_files.py has it on every page."""

import re

import pytest

from tests.browser.attack import GUARDS, assert_all_refused, attacker


@pytest.fixture(scope="module")
def attacked(browser, built, serve, tmp_path_factory):
    folder = tmp_path_factory.mktemp("attacked")
    with attacker(browser, built.site, serve, folder) as attacked:
        yield attacked


def test_every_attack_on_a_page_is_refused(attacked):
    assert_all_refused(*attacked.attack("playground/index.html"))


def without_policy(html):
    return re.sub("<meta http-equiv.*>", "", html)


def test_without_its_policy_the_page_is_harmed_by_every_attack(attacked):
    refused, harmed = attacked.attack(
        "playground/index.html", without_policy, patience=100
    )
    assert refused == {}
    assert harmed >= {*GUARDS, "link"}
