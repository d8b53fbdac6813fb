"""Comparing the two pictures of a function, and enlarging any picture of the site."""

import io
import itertools
import re
from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread
from playwright.sync_api import expect
from tabbing import tab_to

from gradviz_core import FUNCTIONS

PHONE, DESK = (390, 664), (1280, 800)
SIZES = {"phone": PHONE, "desk": DESK}
PRODUCT = "functions/product/index.html"
VIEWS = {"side": "Side by side", "swipe": "Swipe", "blend": "Blend", "difference": "Difference"}
SCALES = {"same": "Same scale", "autoscale": "As the script draws it"}
WHOLE = {"x": 0, "y": 0, "width": 1, "height": 1}
AXE = Path(__file__).with_name("node_modules") / "axe-core" / "axe.min.js"
FAULTS = """async () => (await axe.run({resultTypes: ['violations']})).violations.map(
  fault => `${fault.id}: ${fault.nodes.map(node => node.target.join(' ')).join(', ')}`)"""
BOXES = "all => all.map(element => element.getBoundingClientRect().toJSON())"
DECODED = "() => Promise.all([...document.images].map(image => image.decode()))"


@pytest.fixture
def visit(visit):
    """Without motion: else a scroll is under way for a while."""
    return lambda address, size=DESK, **options: visit(
        address, size, **{"reduced_motion": "reduce"} | options
    )


def control(page, role, **named):
    # Among what stands on the whole page, with its tables, it would take ten times as long to find.
    return page.locator(".comparer").get_by_role(role, **named)


def view(page, name):
    return control(page, "radio", name=VIEWS[name], exact=True)


def scale(page, name):
    return control(page, "radio", name=SCALES[name], exact=True)


def slider(page):
    return control(page, "slider")


def links(page):
    return page.locator(".comparer .picture > a:visible")


def overlap(page):
    """The share of the first picture that the second one lies on."""
    first, second = links(page).evaluate_all(BOXES)
    wide = min(first["x"], second["x"]) + first["width"] - max(first["x"], second["x"])
    high = min(first["y"], second["y"]) + first["height"] - max(first["y"], second["y"])
    return max(0, wide) * max(0, high) / (first["width"] * first["height"])


def assert_shown(page, chosen, ruler):
    """One pair is seen, laid out as chosen: names above what is their own, captions below."""
    expect(view(page, chosen)).to_be_checked()
    expect(scale(page, ruler)).to_be_checked()
    expect(links(page)).to_have_count(2)
    ending = "-autoscale" if ruler == "autoscale" else ""
    for link, ink in zip(links(page).all(), ("correct", "buggy"), strict=True):
        assert link.get_attribute("href").endswith(f"product-{ink}{ending}.svg")
    assert overlap(page) == (0 if chosen == "side" else 1)
    expect(slider(page)).to_have_count(int(chosen in {"swipe", "blend"}))
    names = page.locator(".comparer .label:visible")
    expect(names).to_have_text(["✓ With both .T", "✗ Without .T"])
    captions = page.locator(".comparer .picture > figcaption:visible")
    parts = (part.evaluate_all(BOXES) for part in (names, links(page), captions))
    for name, link, caption in zip(*parts, strict=True):
        assert name["y"] + name["height"] <= link["y"] + 1 - 8 * (chosen != "side")
        assert link["y"] + link["height"] <= caption["y"] + 1
        names_end, ends = (part["x"] + part["width"] for part in (name, link))
        if chosen != "side" and caption["x"] > link["x"] + 1:
            assert abs(names_end - ends) < 1  # the second is at the other end of the slider
        else:
            assert abs(name["x"] - caption["x"]) < 1


def assert_told(page):
    """What a screen reader hears ends in what the build computed for the pictures seen."""
    alts = [link.locator("img").get_attribute("alt") for link in links(page).all()]
    said = [note.text_content() for note in page.locator(".note:visible").all()]
    expect(control(page, "status")).to_have_text(" ".join(said + alts))


def pixels(page, clip=WHOLE):
    """What is drawn over the area of the pictures, or over a part of it."""
    page.evaluate(DECODED)
    links(page).first.scroll_into_view_if_needed()
    box = links(page).first.bounding_box()
    png = page.screenshot(
        clip={
            "x": box["x"] + clip["x"] * box["width"],
            "y": box["y"] + clip["y"] * box["height"],
            "width": clip["width"] * box["width"],
            "height": clip["height"] * box["height"],
        }
    )
    return np.rint(imread(io.BytesIO(png))[..., :3] * 255).astype(int)


def blue(image):
    return ((image[..., 2] - image[..., 0]) > 60).mean()


def orange(image):
    return ((image[..., 0] - image[..., 2]) > 60).mean()


def by_mouse(page, radio):
    radio.click()


def by_touch(page, radio):
    radio.tap()


def by_keyboard(page, radio):
    group = radio.locator("xpath=ancestor::*[@role='radiogroup']").get_by_role("radio")
    if radio.is_checked():
        return
    tab_to(page, next(other for other in group.all() if other.is_checked()))
    for _ in group.all():
        page.keyboard.press("ArrowRight")
        if radio.is_checked():
            return
    pytest.fail("no arrow reaches it")


@pytest.mark.parametrize("choose", [by_mouse, by_touch, by_keyboard])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_every_view_at_both_scales(visit, host, size, choose):
    page = visit(host + PRODUCT, size, has_touch=choose is by_touch)
    assert_shown(page, "side", "same")
    for ruler in ("autoscale", "same"):
        choose(page, scale(page, ruler))
        for chosen in ("swipe", "blend", "difference", "side"):
            choose(page, view(page, chosen))
            assert_shown(page, chosen, ruler)
            assert_told(page)


def test_a_swipe_shows_one_picture_left_of_the_line_and_the_other_right_of_it(visit, host):
    page = visit(f"{host}{PRODUCT}#compare=swipe,same,50")
    left, right = WHOLE | {"width": 0.49}, WHOLE | {"x": 0.51, "width": 0.49}
    assert blue(pixels(page, left)) > 0.005 > orange(pixels(page, left)) == 0
    assert orange(pixels(page, right)) > 0.005 > blue(pixels(page, right)) == 0
    slider(page).fill("100")
    assert blue(pixels(page, right)) > 0.005 > orange(pixels(page)) == 0
    slider(page).fill("0")
    assert orange(pixels(page, left)) > 0.005 > blue(pixels(page)) == 0


def test_a_swipe_clips_and_does_not_resize(visit, host):
    page = visit(f"{host}{PRODUCT}#compare=swipe,same,0")
    whole = pixels(page)
    slider(page).fill("30")
    right = int(whole.shape[1] * 0.32)
    assert (pixels(page)[:, right:] == whole[:, right:]).all()


def test_a_blend_mixes_both(visit, host):
    page = visit(f"{host}{PRODUCT}#compare=blend,same,0")
    first = pixels(page)
    slider(page).fill("100")
    second = pixels(page)
    slider(page).fill("40")
    assert abs(pixels(page) - (0.6 * first + 0.4 * second)).max() <= 2
    assert blue(first) > 0.005 > orange(first) == 0
    assert orange(second) > 0.005 > blue(second) == 0


def test_the_slider_by_keyboard(visit, host):
    page = visit(host + PRODUCT)
    view(page, "swipe").click()
    tab_to(page, slider(page))
    for key, value in (("Home", "0"), ("ArrowRight", "1"), ("End", "100"), ("ArrowLeft", "99")):
        page.keyboard.press(key)
        expect(slider(page)).to_have_value(value)
    expect(page).to_have_url(re.compile("#compare=swipe,same,99$"))


def test_the_slider_by_mouse(visit, host):
    page = visit(host + PRODUCT)
    view(page, "blend").click()
    box = slider(page).bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, middle, steps=5)
    page.mouse.up()
    assert 73 <= int(slider(page).input_value()) <= 77


def test_the_slider_by_touch(visit, host):
    page = visit(host + PRODUCT, PHONE, has_touch=True)
    view(page, "swipe").tap()
    box = slider(page).bounding_box()
    slider(page).tap(position={"x": box["width"] * 0.25, "y": box["height"] - 3})
    assert 22 <= int(slider(page).input_value()) <= 28


def test_a_difference_leaves_the_ground_exactly_where_its_words_say_so(visit, host):
    """For every function: the sentence comes from the numbers, the pixels from the browser."""
    page = visit(host, PHONE)
    equal = set()
    for name, ruler in itertools.product(FUNCTIONS, SCALES):
        page.goto(f"{host}functions/{name}/index.html#compare=difference,{ruler},50")
        said = page.locator(".note").text_content()
        for scheme, ground in (("light", 255), ("dark", 22)):
            page.emulate_media(color_scheme=scheme)
            away = abs(pixels(page) - ground).max(axis=-1)
            assert said.startswith("Nothing remains" if away.max() == 0 else "What stands out")
            assert away.max() == 0 or (away > 100).sum() > 50, (name, ruler)
        equal |= {(name, ruler)} if said.startswith("Nothing") else set()
    assert {("sum_of_squares", "same"), ("mean_of_squares", "autoscale")} <= equal
    assert not {("product", "same"), ("mean_of_squares", "same")} & equal


def test_a_difference_turns_over_with_the_theme(visit, host):
    page = visit(f"{host}functions/sum_of_squares/index.html#compare=difference,same,50")
    assert (pixels(page) == 255).all()
    page.get_by_role("button", name="Dark theme").click()
    assert (pixels(page) == 22).all()


@pytest.mark.parametrize(
    ("name", "ratio"), [("himmelblau", 1.5), ("product", 2.625), ("ackley", 2.75)]
)
def test_a_difference_has_no_line_where_a_picture_ends_between_two_pixels(visit, host, name, ratio):
    address = f"{host}functions/{name}/index.html#compare=difference,same,50"
    page = visit(address, PHONE, color_scheme="dark", device_scale_factor=ratio)
    image = pixels(page)
    edges = [image[:4], image[-4:], image[:, :4], image[:, -4:]]
    assert max(edge.max() for edge in edges) <= 22  # of the card; the page is darker


def test_a_difference_is_seen_in_forced_colours(visit, host):
    for scheme in ("light", "dark"):
        page = visit(
            f"{host}{PRODUCT}#compare=difference,same,50",
            forced_colors="active",
            color_scheme=scheme,
        )
        image = pixels(page)
        assert 0.5 < (abs(image - image[0, 0]).max(axis=-1) < 9).mean() < 0.995


@pytest.mark.parametrize("place", ["host", "disk"])
def test_the_address_keeps_what_is_compared(visit, built, host, place):
    page = visit((host if place == "host" else built.site.as_uri() + "/") + PRODUCT)
    scale(page, "autoscale").click()
    view(page, "swipe").click()
    slider(page).fill("40")
    expect(page).to_have_url(re.compile("#compare=swipe,autoscale,40$"))
    for again in (page, visit(page.url)):
        again.reload()
        assert_shown(again, "swipe", "autoscale")
        expect(slider(again)).to_have_value("40")
        expect(again.get_by_role("status")).to_be_empty()


def test_an_address_typed_later_is_followed(visit, host):
    page = visit(host + PRODUCT)
    for chosen, ruler, share in (("blend", "autoscale", 7), ("difference", "same", 100)):
        page.evaluate(f"location.hash = '#compare={chosen},{ruler},{share}'")
        assert_shown(page, chosen, ruler)
        assert_told(page)
        assert page.locator("[type=range]").input_value() == str(share)


UNKNOWN = [
    "compare=", "compare=swipe", "compare=swipe,same", "compare=swipe,same,101",
    "compare=swipe,same,-1", "compare=swipe,other,40", "compare=spin,same,40",
    "compare=same,swipe,40", "compare=swipe,same,40,1", "compare=swipe,same,4e1", "numbers",
    "show=product", "%", "x[name=view]",
]  # fmt: skip


@pytest.mark.parametrize("fragment", UNKNOWN)
def test_another_fragment_changes_nothing(visit, host, fragment):
    page = visit(f"{host}{PRODUCT}#{fragment}")
    assert_shown(page, "side", "same")
    assert page.url.endswith(f"#{fragment}")
    page.evaluate("location.hash = '#compare=blend,autoscale,20'")
    assert_shown(page, "blend", "autoscale")
    page.evaluate("fragment => { location.hash = fragment; }", fragment)
    page.wait_for_timeout(50)
    assert_shown(page, "blend", "autoscale")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("later", [False, True], ids=["at once", "later"])
def test_the_anchors_show_their_pair(visit, host, size, later):
    for anchor, ruler in (("as-in-the-book", "autoscale"), ("same-scale", "same")):
        start = "compare=side,autoscale,5" if later else anchor
        page = visit(f"{host}{PRODUCT}#{start}", size)
        if later:
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
            page.evaluate(f"location.hash = '#{anchor}'")
        assert_shown(page, "side", ruler)
        expect(page.locator(f"#{anchor}")).to_be_in_viewport(ratio=1)
        expect(view(page, "side")).to_be_in_viewport()
        assert page.url.endswith(f"#{anchor}")


def test_a_link_to_every_arrow_opens_the_table(visit, host):
    page = visit(host + PRODUCT)
    table = page.locator("#arrows")
    expect(table).to_be_hidden()
    page.get_by_role("link", name="Every arrow as numbers").first.click()
    expect(table).to_be_in_viewport()


def test_back_leaves_the_page_and_forward_finds_what_was_compared(visit, host):
    page = visit(host + "about/index.html")
    page.goto(host + PRODUCT)
    view(page, "blend").click()
    scale(page, "autoscale").click()
    expect(page).to_have_url(re.compile("#compare=blend,autoscale,50$"))
    page.go_back()
    assert page.url == host + "about/index.html"
    page.go_forward()
    assert_shown(page, "blend", "autoscale")
    assert page.locator(".share").text_content() == "From both .T to none"


def test_a_restored_choice_never_differs_from_what_is_shown(visit, host):
    page = visit(host + PRODUCT)
    view(page, "blend").click()
    page.evaluate("location.hash = '#numbers'")
    page.goto(host + "about/index.html")
    page.go_back()
    shown = next(name for name in VIEWS if view(page, name).is_checked())
    assert_shown(page, shown, "same")


def test_a_link_followed_at_once_keeps_its_address(visit, host):
    page = visit(host + PRODUCT)
    view(page, "blend").click()
    page.evaluate("location.hash = '#numbers'")
    page.wait_for_timeout(700)
    assert page.url.endswith("#numbers")


def test_the_history_is_written_seldom(visit, host):
    page = visit(host + PRODUCT)
    page.evaluate("""() => {
      const replace = history.replaceState.bind(history);
      window.times = [];
      history.replaceState = (...rest) => { times.push(performance.now()); replace(...rest); };
    }""")
    view(page, "swipe").click()
    tab_to(page, slider(page))
    for _ in range(60):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(20)
    for pause in (500, 500):
        page.wait_for_timeout(pause)
        page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("#compare=swipe,same,98$"))
    times = page.evaluate("times")
    assert 2 <= len(times) <= 5
    assert min(b - a for a, b in itertools.pairwise(times)) >= 10_000 / 30


def test_history_that_throws_does_not_stop_the_view(visit, host):
    page = visit(host + PRODUCT)
    page.evaluate("() => { history.replaceState = () => { throw new Error('too often'); }; }")
    view(page, "swipe").click()
    page.wait_for_timeout(600)
    assert_shown(page, "swipe", "same")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_without_script_both_pairs_stand_below_their_headings(visit, host, size):
    page = visit(f"{host}{PRODUCT}#compare=swipe,same,40", size, java_script_enabled=False)
    expect(page.locator(".comparer h2:visible")).to_have_count(2)
    expect(page.locator(".comparer img:visible")).to_have_count(4)
    expect(page.locator(".comparer .call:visible")).to_have_count(4)
    for control in ("radio", "slider", "button"):
        expect(page.get_by_role(control)).to_have_count(0)
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    links(page).nth(1).click()
    assert page.url == f"{host}figures/product-buggy.svg"


@pytest.mark.parametrize("chosen", VIEWS)
def test_paper_shows_both_pairs_side_by_side(visit, host, chosen):
    page = visit(f"{host}{PRODUCT}#compare={chosen},autoscale,40")
    page.emulate_media(media="print")
    expect(page.locator(".comparer h2:visible")).to_have_count(2)
    expect(page.locator(".comparer .call:visible")).to_have_count(4)
    boxes = [image.bounding_box() for image in page.locator(".comparer img:visible").all()]
    assert len(boxes) == 4
    for first, second in (boxes[:2], boxes[2:]):
        assert first["y"] == second["y"]
        assert first["x"] + first["width"] < second["x"]
    first = page.locator(".comparer img").first
    assert first.evaluate("image => getComputedStyle(image).filter") == "none"
    expect(page.locator(":is(input, .note, .share, dialog):visible")).to_have_count(0)


@pytest.mark.parametrize("size", [*SIZES.values(), (320, 568)], ids=[*SIZES, "small"])
def test_targets_are_large_enough(visit, host, size):
    page = visit(f"{host}{PRODUCT}#compare=swipe,same,40", size)
    controls = page.locator(".comparer input:visible").all()
    assert len(controls) == len(VIEWS) + len(SCALES) + 1
    links(page).first.click(position={"x": 5, "y": 5})
    for control in (*controls, page.get_by_role("button", name="Close")):
        box = control.bounding_box()
        assert min(box["width"], box["height"]) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]


@pytest.mark.parametrize("fragment", ["", *(f"#compare={v},{s},40" for v in VIEWS for s in SCALES)])
@pytest.mark.parametrize("size", [*SIZES.values(), (800, 2600)], ids=[*SIZES, "tall"])
def test_nothing_moves_while_the_page_loads(visit, host, size, fragment, shift):
    assert shift(visit(host + PRODUCT + fragment, size)) <= 0.01


@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "dark"), (DESK, "light")], ids=["phone, dark", "desk, light"]
)
def test_axe_finds_nothing_in_any_state(visit, host, size, scheme):
    page = visit(host + PRODUCT, size, color_scheme=scheme)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for ruler in SCALES:
        for chosen in VIEWS:
            scale(page, ruler).click()
            view(page, chosen).click()
            assert page.evaluate(FAULTS) == []
    links(page).last.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate(FAULTS) == []


@pytest.mark.parametrize("chosen", VIEWS)
def test_focus_is_seen_on_both_pictures(visit, host, chosen):
    page = visit(f"{host}{PRODUCT}#compare={chosen},same,40")
    page.evaluate(DECODED)
    view(page, chosen).focus()
    for link in links(page).all():
        tab_to(page, link)
        box = link.bounding_box()
        clip = {"x": box["x"] + box["width"], "y": box["y"], "width": 6, "height": 99}
        seen = page.screenshot(clip=clip)
        link.blur()
        assert page.screenshot(clip=clip) != seen
        link.focus()


# Enlarging

PICTURES = {
    "index.html": 3,
    "functions/product/index.html": 2,
    "errata/layout/index.html": 10,
    "tutorial/routine/index.html": 2,
    "speed/index.html": 1,
}


def close_by_escape(page):
    page.keyboard.press("Escape")


def close_by_button(page):
    page.get_by_role("button", name="Close").click()


def close_beside(page):
    page.mouse.click(3, page.viewport_size["height"] - 3)


def opened(page, link):
    dialog = page.get_by_role("dialog", name="The picture, enlarged")
    expect(dialog).to_be_visible()
    image = link.locator("img")
    shown = dialog.locator("img")
    for name in ("src", "alt"):
        assert shown.get_attribute(name) == image.get_attribute(name)
    caption = link.locator("xpath=following-sibling::figcaption")
    expect(dialog.locator("figcaption")).to_have_text(caption.inner_text())
    return dialog


@pytest.mark.parametrize("close", [close_by_escape, close_by_button, close_beside])
@pytest.mark.parametrize("path", PICTURES)
def test_a_picture_is_enlarged_and_put_back(visit, host, path, close):
    page = visit(host + path)
    found = page.locator(".picture > a:visible")
    assert found.count() >= PICTURES[path]
    link = found.first
    before = page.url
    link.click()
    dialog = opened(page, link)
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    close(page)
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()
    assert page.url == before


@pytest.mark.parametrize(("share", "front"), [("0", 0), ("39", 0), ("40", 1), ("100", 1)])
def test_of_a_blend_the_picture_in_front_is_enlarged(visit, host, share, front):
    page = visit(f"{host}{PRODUCT}#compare=blend,same,{share}")
    box = links(page).first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 60)
    opened(page, links(page).nth(front))


def test_a_picture_is_enlarged_by_keyboard_and_tab_stays_inside(visit, host):
    page = visit(host + PRODUCT)
    tab_to(page, links(page).nth(1))
    page.keyboard.press("Enter")
    opened(page, links(page).nth(1))
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('.enlarged button, body')")
    page.keyboard.press("Escape")
    expect(links(page).nth(1)).to_be_focused()


@pytest.mark.parametrize("chosen", VIEWS)
def test_a_picture_is_enlarged_by_touch_in_every_view(visit, host, chosen):
    page = visit(f"{host}{PRODUCT}#compare={chosen},same,40", PHONE, has_touch=True)
    page.locator(".comparer .pictures:visible").scroll_into_view_if_needed()
    box = links(page).last.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 0.8, box["y"] + 40)
    opened(page, links(page).nth(1))
    page.get_by_role("button", name="Close").tap()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_swipe_enlarges_the_picture_that_is_touched(visit, host):
    page = visit(f"{host}{PRODUCT}#compare=swipe,same,50")
    box = links(page).first.bounding_box()
    for k, x in enumerate((0.25, 0.75)):
        page.mouse.click(box["x"] + box["width"] * x, box["y"] + 60)
        opened(page, links(page).nth(k))
        page.keyboard.press("Escape")


@pytest.mark.parametrize("keys", ["Control", "Shift", "middle"])
def test_a_click_for_another_tab_or_window_is_left_to_the_browser(visit, host, keys):
    page = visit(host + PRODUCT)
    with page.context.expect_page() as new:
        if keys == "middle":
            links(page).first.click(button="middle")
        else:
            links(page).first.click(modifiers=[keys])
    assert new.value.url in {"about:blank", f"{host}figures/product-correct.svg"}
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("size", [*SIZES.values(), (844, 390)], ids=[*SIZES, "lying"])
def test_an_enlarged_picture_fills_the_screen(visit, host, size):
    page = visit(host + PRODUCT, size)
    before = links(page).first.bounding_box()
    links(page).first.click()
    dialog, image = page.get_by_role("dialog"), page.get_by_role("dialog").locator("img")
    box, frame = image.bounding_box(), dialog.bounding_box()
    assert box["width"] > 1.3 * before["width"]
    assert box["width"] >= min(size[0] - 8, size[1] - 140)
    assert abs(box["width"] - box["height"]) < 2
    assert frame["x"] >= 0
    assert frame["y"] >= 0
    assert frame["x"] + frame["width"] <= size[0]
    assert frame["y"] + frame["height"] <= size[1]
    assert dialog.evaluate("d => d.scrollWidth <= d.clientWidth")


def test_an_enlarged_picture_follows_the_theme(visit, host):
    page = visit(host + PRODUCT, color_scheme="light")
    page.get_by_role("button", name="Dark theme").click()
    links(page).first.click()
    image = page.get_by_role("dialog").locator("img")
    page.evaluate(DECODED)
    shown = imread(io.BytesIO(image.screenshot()))
    assert shown[3, 3, :3].max() < 0.1


@pytest.mark.parametrize("size", [SIZES["phone"], (320, 568), (844, 390)])
def test_the_cross_of_an_enlarged_picture_stays_in_sight(visit, host, size):
    page = visit(host + PRODUCT, size)
    links(page).first.click()
    dialog = page.get_by_role("dialog")
    dialog.evaluate("d => { d.scrollTop = 9999; d.firstElementChild.scrollLeft = 9999; }")
    box = dialog.get_by_role("button").bounding_box()
    assert 0 <= box["x"] <= size[0] - box["width"]
    assert 0 <= box["y"] <= size[1] - box["height"]
