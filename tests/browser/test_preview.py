"""A page of the preview follows every build by itself, faults and all, under the site's policy."""


def test_a_page_follows_every_build(preview, chromium):
    project, address = preview
    context = chromium.new_context()
    page = context.new_page()
    troubles = []
    page.on("console", lambda message: troubles.append(message.text))
    page.goto(f"{address}about/")
    project.replace("content/about.md", "\n\n", "\n\nA sentence that is new.\n\n")
    page.get_by_text("A sentence that is new.").wait_for()
    project.write("content/bad.md", "no front matter")
    fault = page.get_by_role("alert")
    fault.wait_for()
    assert "content/bad.md:1: the page has no front matter" in fault.inner_text()
    assert page.get_by_text("A sentence that is new.").is_visible()
    (project.root / "content" / "bad.md").unlink()
    fault.wait_for(state="detached")
    assert troubles == []
    context.close()
