"""The content policy: it is on every page, and refuses whatever it is attacked with."""

import re
from html.parser import HTMLParser

import pytest

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


class Tags(HTMLParser):
    """The tags of a page, each with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def tags_of_pages(built):
    """Of every page its tags, each with its attributes."""
    return {
        path: Tags(path.read_text(encoding="utf-8")).tags
        for path in built.site.rglob("*.html")
    }


def test_the_same_policy_comes_first_on_every_page(tags_of_pages):
    policies = set()
    for path, tags in tags_of_pages.items():
        assert [tag for tag, _ in tags[:4]] == ["html", "head", "meta", "meta"], path
        (_, charset), (_, policy) = tags[2:4]
        assert charset == {"charset": "utf-8"}, path
        assert policy["http-equiv"] == "Content-Security-Policy", path
        policies.add(policy["content"])
    assert len(policies) == 1


def test_no_page_holds_what_its_policy_refuses(tags_of_pages):
    for path, tags in tags_of_pages.items():
        for tag, attributes in tags:
            assert tag != "style", path
            for name in attributes:
                assert name != "style", path
                assert not name.startswith("on"), path
            if tag == "script" and attributes.get("type") not in DATA:
                assert "src" in attributes, path
