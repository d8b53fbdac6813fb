"""A page of the preview follows every build by itself, faults and all, under the site's policy."""

import pytest
from browser_fixtures import DESK
from playwright.sync_api import expect


@pytest.fixture
def page(browser):
    """A page that says nothing on its console."""
    context = browser.new_context(DESK)
    said = []
    context.on("console", lambda message: said.append(message.text))
    yield context.new_page()
    context.close()
    assert said == []


def test_a_page_follows_every_build(preview, page):
    project, address = preview
    page.goto(f"{address}about/")
    project.replace("content/about.md", "\n\n", "\n\nA sentence that is new.\n\n")
    sentence = page.get_by_text("A sentence that is new.")
    sentence.wait_for()
    project.write("content/bad.md", "no front matter")
    fault = page.get_by_role("alert")
    expect(fault).to_contain_text("content/bad.md:1: ", timeout=30_000)
    expect(sentence).to_be_visible()
    (project.root / "content" / "bad.md").unlink()
    fault.wait_for(state="detached")
