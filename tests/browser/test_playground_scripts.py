"""A script that is pasted into the playground: what is said of it, and what is drawn."""

import re
from urllib.parse import urljoin

import pytest
from browser_fixtures import DESK, PHONE
from playground import PRODUCT, SETTLED, Asked, assert_field, unit_of_the_pair
from playwright.sync_api import expect
from reading.fields import stock_scale
from reading.svg import SIDE, read_axes

from gradviz_core.scripts.reading import read
from tests.browser.reader_scripts import (
    APART,
    BODY,
    CONDITION,
    DEF,
    DOMAIN,
    LAMBDA,
    NAMED_LAMBDA,
    NONSENSE,
    NOTEBOOK,
    OLDER,
    OLDER_CALL,
    OLDER_LINE,
    OLDER_MEND,
    PAIR,
    PAIR_TO_ROWS,
    PLAIN,
    PLOT_ALONE,
    RIGHT,
    SEVERAL,
    UNREAD,
)

PLAYGROUND = "playground/"
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture
def paste(visit):
    """Paste a text into a playground that nobody has used, and wait for what it says."""

    def pasting(text, size=DESK, address=PLAYGROUND, **options):
        page = visit(address, size, fresh=True, permissions=CLIPBOARD, **options)
        expect(page.locator("#verdict")).not_to_have_attribute("data-verdict", "")
        page.locator("#spelling").fill(text)
        expect(page.locator(".script")).to_be_visible()
        return page

    return pasting


def findings(page):
    return page.locator(".findings > li")


def summary(page):
    return page.locator(".script strong").first


def verdict(page):
    return page.locator("#verdict").get_attribute("data-verdict")


def said(page):
    return page.locator("#verdict p").first


def shown(page):
    return page.evaluate(SETTLED)


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


def assert_drawn(page, asked, automatic=True, downhill=False):
    """Both pictures show these fields, each at the scale of its own arrows, or on one."""
    sign = -1 if downhill else 1
    for layout, picture in shown(page)["pictures"].items():
        arrows = sign * asked.arrows[layout]
        axes = read_axes(picture["lines"], picture["numbers"])
        unit = unit_of_the_pair(asked, axes)
        if automatic:
            unit = SIDE / stock_scale(asked.points, arrows)
        assert_field(picture, asked, arrows, unit)


# The line, and its mend


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_line_of_the_book_is_named_beside_its_mend(paste, size):
    page = paste(OLDER, size)
    expect(summary(page)).to_have_text("One place to change:")
    finding = findings(page).first
    expect(finding).to_contain_text(f"Line {OLDER_LINE}: this call has no\u00a0.T.")
    expect(finding).to_contain_text("then it is right by luck.")
    before, after = finding.locator("dd").all_text_contents()
    assert (before, after) == (OLDER_CALL, OLDER_MEND)
    assert finding.locator("dd").first.is_visible()
    assert finding.locator("dd").last.is_visible()
    marked = finding.locator("dd").last.locator("mark").all_text_contents()
    assert marked == [".T", ".T"]
    assert finding.locator("dd").first.locator("mark").count() == 0


def test_a_finding_leads_to_the_page_that_explains_it(paste):
    page = paste(SEVERAL)
    for link in findings(page).locator("a").all():
        href = urljoin(page.url, link.get_attribute("href"))
        answer = page.request.get(href)
        assert answer.ok
        place = href.partition("#")[2]
        assert not place or f'id="{place}"' in answer.text()


def test_findings_come_from_bad_to_good(paste):
    page = paste(
        SEVERAL.replace(
            "numerical_gradient(bowl, P)", "numerical_gradient(bowl, P.T).T"
        )
    )
    codes = [item.get_attribute("data-code") for item in findings(page).all()]
    assert codes == ["precedence", "layout"]
    expect(summary(page)).to_have_text("2 places to change, the worst first:")
    lines = [
        int(re.search(r"\d+", text)[0]) for text in findings(page).all_text_contents()
    ]
    assert lines == sorted(lines)
    page = paste(
        OLDER + "\n\ndef unused(w):\n    return 3\nnumerical_gradient(unused, X)\n"
    )
    severities = [item.get_attribute("data-severity") for item in findings(page).all()]
    assert severities == ["error", "note"]


SCRIPTS = {
    "with the older call": OLDER,
    "with several functions": SEVERAL,
    "plain": PLAIN,
}


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_the_mended_script_is_copied_and_has_nothing_wrong(paste, text):
    page = paste(text)
    page.get_by_role("button", name="Copy the mended script").click()
    expect(page.locator("[data-part=copied]")).to_have_text("Copied.")
    mended = clipboard(page)
    assert mended != text
    assert [each for each in read(mended).findings if each.severity != "note"] == []
    assert page.locator("#spelling").input_value() == text


def test_a_script_is_mended_in_the_field_and_drawn_as_it_is_then(paste):
    page = paste(PLAIN)
    assert shown(page)["verdict"] == "sparse"
    page.get_by_role("button", name="Mend it here").click()
    expect(page.locator("#spelling")).to_have_value(
        PLAIN.replace("np.array([X, Y]))", "np.array([X, Y]).T).T")
    )
    expect(summary(page)).to_have_text("No mistake was found in this script.")
    assert findings(page).count() == 0
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#spelling")).to_have_value(PLAIN)
    expect(findings(page)).to_have_count(1)


def test_a_line_is_found_in_the_field_by_its_number(paste):
    page = paste(OLDER)
    page.get_by_role("button", name=f"Line {OLDER_LINE}").click()
    selected = page.evaluate("""() => {
      const { value, selectionStart, selectionEnd } = document.getElementById('spelling');
      return value.slice(selectionStart, selectionEnd);
    }""")
    assert selected.strip() == OLDER_CALL
    assert page.evaluate("document.getElementById('spelling').scrollTop") > 100


def test_two_mends_of_one_line_are_both_made(paste):
    text = PLAIN.replace("np.arange(-2, 2.5, 0.25)", "np.arange(-2, 3)")
    page = paste(text)
    assert {item.get_attribute("data-code") for item in findings(page).all()} == {
        "layout",
        "integer",
    }
    page.get_by_role("button", name="Mend it here").click()
    expect(summary(page)).to_have_text("No mistake was found in this script.")


# The fields


def test_the_book_is_drawn_as_the_book_draws_it(paste):
    page = paste(OLDER)
    squares = Asked("hidden", "np.sum(x**2)", ["2 * x[0]", "2 * x[1]"])
    assert shown(page)["verdict"] == "hidden"
    assert_drawn(page, squares, downhill=True)
    about = page.locator("[data-part=about]")
    expect(about).to_contain_text(
        "function_2 of your script, on its grid, from −2 to 2.25"
    )
    expect(about).to_contain_text("downhill")
    expect(about).to_contain_text("function_2 asks how many dimensions x has")


def test_the_first_function_that_is_handed_on_is_drawn_and_others_can_be_chosen(paste):
    page = paste(SEVERAL)
    choice = page.get_by_role("group", name="Which function to draw")
    names = choice.get_by_role("radio").evaluate_all(
        "all => all.map(each => each.value)"
    )
    assert names == ["product", "bowl", "waves"]
    grid = (-3.0, 3.5, 0.5)
    assert choice.get_by_label("product").is_checked()
    assert shown(page)["verdict"] == "raises"  # x0, x1 = x, of 169 numbers
    expect(said(page)).to_contain_text("f stops with an error")
    choice.get_by_label("bowl").check()
    bowl = Asked("sparse", "3 * x[0]**2 + x[1]**2", ["6 * x[0]", "2 * x[1]"], grid)
    assert shown(page)["verdict"] == "sparse"
    assert_drawn(page, bowl)
    choice.get_by_label("waves").check()
    waves = Asked(
        "sparse",
        "np.sin(x[0]) * np.cos(x[1])",
        ["np.cos(x[0]) * np.cos(x[1])", "-np.sin(x[0]) * np.sin(x[1])"],
        grid,
    )
    assert_drawn(page, waves)


def test_a_function_of_math_raises_where_it_has_no_value(paste):
    page = paste(DOMAIN)
    assert shown(page)["verdict"] == "raises"


def test_a_lambda_in_the_call_is_drawn(paste):
    page = paste(LAMBDA)
    assert shown(page)["verdict"] == "sparse"
    assert_drawn(page, PRODUCT, downhill=True)
    about = page.locator("[data-part=about]")
    expect(about).to_contain_text("This is the lambda of your script")


def test_a_right_call_alone_is_a_script(paste):
    page = paste("grad = numerical_gradient(f, np.array([X, Y]).T).T")
    expect(summary(page)).to_have_text("No mistake was found in this script.")


def test_a_function_alone_is_drawn_on_the_grid_of_the_page(paste):
    page = paste(DEF)
    expect(summary(page)).to_contain_text("there is no call to check")
    alone = Asked("sparse", "(x[0] - 1)**2 + x[1]", ["2 * (x[0] - 1)", "1"])
    assert shown(page)["verdict"] == "sparse"
    assert_drawn(page, alone, automatic=False)


def test_a_function_of_two_numbers_is_drawn_as_one_of_a_point(paste):
    page = paste(PAIR)
    about = page.locator("[data-part=about]")
    expect(about).to_contain_text("f takes two numbers. Here they are x[0] and x[1].")
    expect(about).to_contain_text("No call was found that hands it to a routine")
    slopes = ["1 - x[1]", "-(x[0] + 1)"]
    assert_drawn(
        page, Asked("sparse", "x[0] - x[1] * (x[0] + 1)", slopes), automatic=False
    )
    page = paste(PAIR_TO_ROWS)
    expect(said(page)).to_contain_text("Not drawn: f takes two numbers")
    expect(page.locator(".pictures")).to_be_hidden()


def test_many_functions_are_offered_below_each_other(paste, sideways):
    text = "".join(f"def f{k}(x):\n    return {k} * x[0]\n" for k in range(30))
    page = paste(text, PHONE)
    choice = page.get_by_role("group", name="Which function to draw")
    expect(choice.get_by_role("radio")).to_have_count(30)
    assert sideways(page) <= 0


def test_a_lambda_that_has_a_name_is_offered_once(paste):
    page = paste(NAMED_LAMBDA)
    expect(page.locator("[data-part=about]")).to_contain_text(
        "This is f of your script"
    )
    expect(page.get_by_role("group", name="Which function to draw")).to_be_hidden()


def test_a_body_alone_is_offered_as_a_formula(visit):
    page = visit(PLAYGROUND, DESK, fresh=True)
    page.wait_for_function("() => gradviz.read")
    page.locator("#spelling").fill(BODY)
    page.get_by_role("button", name="Use 2 * (x[0]**2 + x[1])").click()
    expect(page.locator("#verdict")).to_have_attribute("data-verdict", "sparse")


@pytest.mark.parametrize("name", APART)
def test_where_something_is_different_it_is_named_and_nothing_is_drawn(paste, name):
    text, reason = APART[name]
    page = paste(text)
    expect(said(page)).to_contain_text("Not drawn: ")
    expect(said(page)).to_contain_text(reason)
    assert verdict(page) == ""
    expect(page.locator(".pictures")).to_be_hidden()
    expect(page.locator(".switch")).to_be_hidden()
    takes = page.get_by_role("group", name="Take it with you").get_by_role("button")
    assert all(take.is_disabled() for take in takes.all())
    page.get_by_role("button", name="Draw by itself: x[0] * x[1]").click()
    expect(page.locator("#spelling")).to_have_value("x[0] * x[1]")
    expect(page.locator(".pictures")).to_be_visible()
    expect(page.locator(".script")).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#spelling")).to_have_value(text)
    expect(page.locator(".pictures")).to_be_hidden()


def test_a_right_script_shows_the_right_picture_on_a_phone(paste):
    page = paste(RIGHT, PHONE)
    expect(summary(page)).to_have_text("No mistake was found in this script.")
    expect(page.locator(".picture.correct")).to_be_visible()
    expect(page.locator(".picture.buggy")).to_be_hidden()
    expect(page.get_by_role("button", name="Mend it here")).to_be_hidden()
    page = paste(PLAIN, PHONE)
    expect(page.locator(".picture.buggy")).to_be_visible()


def test_what_cannot_be_read_is_named_with_its_line_and_leads_on(paste):
    page = paste(UNREAD)
    line = UNREAD.split("\n").index("    return table[x[0]]") + 1
    unread = page.locator("[data-part=unread] li")
    expect(unread).to_contain_text(f"Line {line}: ")
    page = paste(NONSENSE)
    expect(summary(page)).to_have_text("This script could not be read to its end.")
    expect(page.locator("[data-part=unread] li")).to_contain_text("Line 2: ")
    expect(said(page)).to_have_text(" Nothing is drawn before the script can be read.")
    for link in page.locator("[data-part=leads] a").all():
        expect(link).to_be_visible()
        href = link.get_attribute("href")
        assert page.request.get(urljoin(page.url, href)).ok
    expect(page.locator(".pictures")).to_be_hidden()


def test_why_nothing_is_drawn_is_said_with_its_line(paste):
    page = paste(CONDITION)
    expect(page.locator("[data-part=unread] li")).to_contain_text("Line 2: a condition")
    expect(said(page)).to_contain_text("Nothing is drawn: no function in this script")


def test_where_nothing_can_be_checked_no_mistake_is_denied(paste):
    page = paste(PLOT_ALONE)
    expect(summary(page)).to_contain_text("Little here can be checked")


def test_the_file_of_a_notebook_is_named(visit):
    page = visit(PLAYGROUND, DESK, fresh=True)
    expect(page.locator("#verdict")).not_to_have_attribute("data-verdict", "")
    page.locator("#spelling").fill(NOTEBOOK)
    expect(said(page)).to_contain_text("This is the file of a notebook.")
    expect(page.locator(".script")).to_be_hidden()


# The grid and the boxes


def settings(page):
    return {
        name: value
        for name, value in shown(page)["fields"].items()
        if name not in ("f", "function")
    }


def test_a_script_brings_its_grid_and_takes_it_along_again(paste):
    page = paste(SEVERAL, address=f"{PLAYGROUND}#f=np.sum(x)&stop=1&contours=on")
    assert settings(page) == {
        "start": "-3",
        "stop": "3.5",
        "step": "0.5",
        "h": "0.0001",
        "autoscale": True,
        "downhill": False,
        "contours": True,
    }
    page.get_by_role("button", name="np.prod(x)").click()
    expect(page.locator(".script")).to_be_hidden()
    assert settings(page) == {
        "start": "-2",
        "stop": "1",
        "step": "0.25",
        "h": "0.0001",
        "autoscale": False,
        "downhill": False,
        "contours": True,
    }


def test_what_a_reader_ticks_stays_while_the_script_is_edited(paste):
    page = paste(PLAIN)
    assert shown(page)["fields"]["downhill"]
    page.get_by_label("Downhill, as in the book").uncheck()
    page.locator("#spelling").press("Control+End")
    page.keyboard.type("# mine")
    page.wait_for_timeout(400)
    assert not shown(page)["fields"]["downhill"]
    assert_drawn(page, PRODUCT)


def test_a_script_that_is_edited_is_read_again(paste):
    page = paste(PLAIN)
    expect(findings(page)).to_have_count(1)
    page.locator("#spelling").press("Control+End")
    page.keyboard.type("grad = numerical_gradient(f, np.array([3, 4]))")
    expect(findings(page)).to_have_count(2)
    codes = [item.get_attribute("data-code") for item in findings(page).all()]
    assert "integer" in codes


def test_a_link_from_a_script_carries_its_function_and_its_grid(paste, host):
    page = paste(SEVERAL)
    page.get_by_label("bowl").check()
    page.get_by_role("button", name="Copy a link").click()
    expect(page.locator("form [role=status]")).to_have_text("Copied.")
    link = clipboard(page)
    assert "def" not in link
    other = page.context.new_page()
    other.goto(link)
    again = other.evaluate(SETTLED)
    other.close()
    assert again["fields"]["f"] == "3 * x[0]**2 + x[1]**2"
    assert again["fields"]["stop"] == "3.5"
    assert (
        again["pictures"]["rows"]["arrows"] == shown(page)["pictures"]["rows"]["arrows"]
    )


# Markup, disks, and a reader that does not come


def test_markup_in_a_script_is_text(paste):
    attack = "<img src=x onerror=alert(1)>"
    page = paste(
        PLAIN.replace("def f(x):", f'def f(x):\n    """{attack}"""') + f"# {attack}\n"
    )
    expect(findings(page)).to_have_count(1)
    page = paste(PLAIN.replace("np.array([X, Y]))", f"np.array([X, Y]))  # {attack}"))
    expect(findings(page).locator("dd").first).to_contain_text(attack)
    assert page.locator("main img").count() == 0


def test_a_script_is_read_from_disk_and_leads_to_a_file(visit, disk):
    page = visit(f"{disk}playground/index.html", DESK, fresh=True)
    page.locator("#spelling").fill(OLDER)
    link = findings(page).first.locator("a")
    href = urljoin(page.url, link.get_attribute("href"))
    assert href == f"{disk}errata/layout/index.html"


def test_the_reader_of_scripts_comes_after_the_first_plot(visit):
    asked = []

    def listen(page):
        page.on("request", lambda request: asked.append(request.url))
        page.add_init_script("""
          new MutationObserver(() => {
            const arrows = document.querySelector('.pictures .arrows')?.getAttribute('d');
            const reader = document.querySelector('script[src$="reader.js"]');
            window.order ??= [];
            if (arrows && !order.includes('plot')) order.push('plot');
            if (reader && !order.includes('reader')) order.push('reader');
          }).observe(document, {subtree: true, childList: true, attributes: true});
        """)

    page = visit(PLAYGROUND, prepare=listen)
    page.wait_for_function("() => gradviz.read")
    assert page.evaluate("order") == ["plot", "reader"]
    names = [url.rpartition("/")[2] for url in asked]
    assert names.index("reader.js") > names.index("playground.js")


def test_a_script_waits_for_its_reader(browser, host):
    waiting = []
    context = browser.new_context(DESK)
    page = context.new_page()
    page.route("**/reader.js", lambda route: waiting.append(route))
    # A page counts as loaded only with the script that is held back here.
    page.goto(host + PLAYGROUND, wait_until="domcontentloaded")
    page.locator("#spelling").fill(OLDER)
    expect(said(page)).to_have_text("Reading the script…")
    while not waiting:
        page.wait_for_timeout(20)
    waiting.pop().continue_()
    expect(findings(page)).to_have_count(1)
    context.close()


def test_a_reader_that_does_not_come_is_told(browser, host):
    context = browser.new_context(DESK)
    page = context.new_page()
    page.route("**/reader.js", lambda route: route.abort())
    page.goto(host + PLAYGROUND)
    page.locator("#spelling").fill(OLDER)
    expect(said(page)).to_contain_text("could not be loaded")
    page.locator("#spelling").fill("np.prod(x)")
    expect(page.locator("#verdict")).to_have_attribute("data-verdict", "blank")
    context.close()


def test_a_screen_reader_hears_the_line_first(paste):
    page = paste(OLDER)
    spoken = page.locator("#verdict .unseen")
    expect(spoken).to_contain_text(f"Line {OLDER_LINE}: this call has no")
    expect(spoken).to_contain_text("hidden")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_what_is_said_of_a_script_can_be_read_by_everyone(
    paste, inspect, sideways, size, theme
):
    page = paste(SEVERAL, size, theme=theme)
    assert inspect(page) == {}
    assert sideways(page) == 0
    page.locator("#spelling").fill(NONSENSE)
    expect(summary(page)).to_have_text("This script could not be read to its end.")
    assert inspect(page) == {}
