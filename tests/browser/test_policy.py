"""The content policy: it is on every page, and refuses whatever it is attacked with."""

import re

import pytest
from reading.pages import every_page

from tests.browser.attack import GUARDS, assert_all_refused, attacker

DATA = {"application/json", "application/ld+json"}  # types of a script that is none


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


def test_the_same_policy_comes_first_on_every_page(built):
    policies = set()
    for url, document in every_page(built.site).items():
        assert document.tag == "html", url
        charset, policy = document.head[:2]
        assert (charset.tag, policy.tag) == ("meta", "meta"), url
        assert dict(charset.attrib) == {"charset": "utf-8"}, url
        assert policy.get("http-equiv") == "Content-Security-Policy", url
        policies.add(policy.get("content"))
    assert len(policies) == 1


def test_no_page_holds_what_its_policy_refuses(built):
    for url, document in every_page(built.site).items():
        for element in document.iter("*"):
            assert element.tag != "style", url
            for name in element.attrib:
                assert name != "style", url
                assert not name.startswith("on"), url
            if element.tag == "script" and element.get("type") not in DATA:
                assert "src" in element.attrib, url
