"""The comparer of a function's page, as tests look at it and use it."""

from playwright.sync_api import expect
from reading.words import word

PRODUCT = "functions/product/"
VIEWS = word("compare.views")
SCALES = {"autoscale": word("pair.autoscale"), "same": word("pair.same")}
LABELS = {
    name: f"{word(f'pair.mark.{name}')} {word(f'pair.{name}')}"
    for name in ("buggy", "correct")
}
BOXES = "all => all.map(element => element.getBoundingClientRect().toJSON())"


def control(page, role, **named):
    # Among what stands on the whole page, with its tables, it would take ten times as long.
    return page.locator(".comparer").get_by_role(role, **named)


def view(page, name):
    return control(page, "radio", name=VIEWS[name], exact=True)


def scale(page, name):
    return control(page, "radio", name=SCALES[name], exact=True)


def slider(page):
    return control(page, "slider")


def links(page):
    """The two pictures that are seen, each a link to its file."""
    return page.locator(".comparer .picture > a:visible")


def overlap(page):
    """The share of the first picture that the second one lies on."""
    first, second = links(page).evaluate_all(BOXES)
    width = min(first["right"], second["right"]) - max(first["left"], second["left"])
    height = min(first["bottom"], second["bottom"]) - max(first["top"], second["top"])
    return max(0, width) * max(0, height) / (first["width"] * first["height"])


def assert_shown(page, chosen_view, chosen_scale):
    """One pair is seen, laid out as chosen: names above the pictures, captions below."""
    expect(view(page, chosen_view)).to_be_checked()
    expect(scale(page, chosen_scale)).to_be_checked()
    expect(links(page)).to_have_count(2)
    ending = "-autoscale" if chosen_scale == "autoscale" else ""
    for link, layout in zip(links(page).all(), ("buggy", "correct"), strict=True):
        assert link.get_attribute("href").endswith(f"product-{layout}{ending}.svg")
    is_side_by_side = chosen_view == "side"
    assert overlap(page) == (0 if is_side_by_side else 1)
    has_slider = chosen_view == "swipe"
    expect(slider(page)).to_have_count(1 if has_slider else 0)
    names = page.locator(".comparer .label:visible")
    expect(names).to_have_text([*LABELS.values()])
    captions = page.locator(".comparer .picture > figcaption:visible")
    expect(captions).to_have_count(2)
    boxes = [parts.evaluate_all(BOXES) for parts in (names, links(page), captions)]
    for name, link, caption in zip(*boxes, strict=True):
        assert name["bottom"] <= link["top"] + 1
        assert link["bottom"] <= caption["top"] + 1
        is_at_left = is_side_by_side or caption["left"] < link["left"] + 1
        if is_at_left:
            assert abs(name["left"] - caption["left"]) < 1
        else:  # the second name stands at the other end of the slider
            assert abs(name["right"] - link["right"]) < 1


def assert_told(page):
    """A screen reader hears what both pictures show."""
    alts = [link.locator("img").get_attribute("alt") for link in links(page).all()]
    expect(control(page, "status")).to_have_text(" ".join(alts))
