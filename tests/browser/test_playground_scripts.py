"""A script that is pasted into the playground: what is said of it, and what is drawn."""

import re
from urllib.parse import urljoin

import pytest
from browser_fixtures import DESK, PHONE
from playwright.sync_api import expect
from reading.fields import stock_scale
from reading.svg import SIDE, read_axes
from reading.words import said, word

from gradviz_core.scripts.reading import read
from tests.browser.playground import (
    CLIPBOARD,
    PLAYGROUND,
    PRODUCT,
    SETTLED,
    TAKES,
    VIEWS,
    Asked,
    answer,
    assert_field,
    button,
    expect_said,
    heard,
    mend,
    status,
    takes,
    undo,
    unit_of_the_pair,
)
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
from tests.unit.script_cases import CASES, GRID, ROUTINE, SQUARES, WITHOUT

READING = "playground.reading"
HALF_FIXED, _ = CASES["only the argument is turned"]
NOTHING_WRONG = word(f"{READING}.nothing")
SUCCESS = word(f"{READING}.success")
NOT_CHECKED = word(f"{READING}.not_checked")
NOTHING_READ = word(f"{READING}.nothing_read")
TAKE_MENDS = word(f"{READING}.take")


@pytest.fixture
def paste(visit):
    """Paste a text into a playground that nobody has used, and wait for what it says."""

    def pasting(text, size=DESK, address=PLAYGROUND, **options):
        options = {"permissions": CLIPBOARD} | options
        page = visit(address, size, forgotten=True, **options)
        expect(page.locator("#verdict")).not_to_have_attribute("data-verdict", "")
        page.locator("#spelling").fill(text)
        expect(page.locator(".script")).to_be_visible()
        return page

    return pasting


def findings(page):
    return page.locator(".findings > [data-code]")


def summary(page):
    return page.locator(".script strong").first


def verdict(page):
    return page.locator("#verdict").get_attribute("data-verdict")


def about(page):
    """What is said of the fields that are drawn of a script."""
    return page.locator("[data-part=about]")


def unread(page):
    """What could not be read, a line each."""
    return page.locator("[data-part=unread] li")


def choices(page):
    """The functions of a script that can be drawn."""
    name = word(f"{READING}.choose").removesuffix(":")
    return page.get_by_role("group", name=name)


def line(number):
    return said(f"{READING}.line", line=number)


def shown(page):
    return page.evaluate(SETTLED)


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


def assert_drawn(page, asked, automatic=True, downhill=False, angles="uv"):
    """Both pictures show these fields, each at the scale of its own arrows, or on one."""
    sign = -1 if downhill else 1
    for layout, picture in shown(page)["pictures"].items():
        arrows = sign * asked.arrows[layout]
        if automatic:
            unit = SIDE / stock_scale(asked.points, arrows)
        else:
            axes = read_axes(picture["lines"], picture["numbers"])
            unit = unit_of_the_pair(asked, axes)
        assert_field(picture, asked, arrows, unit, angles if automatic else None)


def heading(number, code):
    """What is said over a finding."""
    title = word(f"finding.{code}.title")
    return said(f"{READING}.heading", line=line(number), title=title)


# The line, and its mend


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_line_of_the_book_is_named_beside_its_mend(paste, size):
    page = paste(OLDER, size)
    expect(summary(page)).to_have_text(said(f"{READING}.mend", count=1))
    finding = findings(page).first
    expect(finding).to_contain_text(heading(OLDER_LINE, "layout"))
    expect_said(finding, "finding.layout.error", routine="numerical_gradient")
    before, after = finding.locator(".at"), finding.locator("dd code")
    assert before.text_content().strip() == OLDER_CALL.strip()
    assert after.text_content() == OLDER_MEND
    assert before.is_visible()
    assert after.is_visible()
    assert after.locator("mark").all_text_contents() == [".T", ".T"]


def test_a_finding_leads_to_the_page_that_explains_it(paste):
    page = paste(SEVERAL)
    for link in findings(page).locator("a").all():
        href = urljoin(page.url, link.get_attribute("href"))
        answer = page.request.get(href)
        assert answer.ok
        place = href.partition("#")[2]
        assert not place or f'id="{place}"' in answer.text()


def test_findings_stand_in_the_order_of_their_lines(paste):
    page = paste(
        SEVERAL.replace(
            "numerical_gradient(bowl, P)", "numerical_gradient(bowl, P.T).T"
        )
    )
    codes = [item.get_attribute("data-code") for item in findings(page).all()]
    assert codes == ["precedence", "layout"]
    expect(summary(page)).to_have_text(said(f"{READING}.mend", count=2))
    headings = findings(page).locator("strong").all_text_contents()
    lines = [int(re.search(r"\d+", text)[0]) for text in headings]
    assert lines == sorted(lines)
    page = paste(
        OLDER + "\n\ndef unused(w):\n    return 3\nnumerical_gradient(unused, X)\n"
    )
    severities = [item.get_attribute("data-severity") for item in findings(page).all()]
    assert severities == ["error", "note"]


def test_what_is_worth_knowing_stands_below_what_is_wrong(paste):
    beside_a_plot = CASES["the tangent plane, not called, beside a plot"][0]
    page = paste(beside_a_plot)
    expect(summary(page)).to_have_text(said(f"{READING}.mend", count=1))
    severities = [item.get_attribute("data-severity") for item in findings(page).all()]
    assert severities == ["error", "note"]
    knowing = page.locator("[data-part=knowing]")
    expect(knowing).to_have_text(said(f"{READING}.note", count=1))
    button(page, word(f"{READING}.copy_mended")).click()
    expect(page.locator("[data-part=copied]")).to_have_text(word("playground.copied"))
    before = set(beside_a_plot.splitlines())
    changed = [line for line in clipboard(page).splitlines() if line not in before]
    assert len(changed) == 1


def test_a_right_script_is_told_so_above_what_is_worth_knowing(paste):
    page = paste(CASES["the tangent plane, not called, beside a right plot"][0])
    parts = (word(f"{READING}.nothing"), said(f"{READING}.note", count=1))
    expect(summary(page)).to_have_text(" ".join(parts))
    expect(findings(page)).to_have_attribute("data-severity", "note")
    expect(page.locator("[data-part=knowing]")).to_be_hidden()
    expect(button(page, word(f"{READING}.copy_mended"))).to_be_hidden()


def test_the_mended_script_is_copied_and_has_nothing_wrong(paste):
    for text in (OLDER, SEVERAL, PLAIN):
        assert_mended_whole(paste(text), text)


def assert_mended_whole(page, text):
    button(page, word(f"{READING}.copy_mended")).click()
    taken = page.locator("[data-part=copied]")
    expect(taken).to_have_text(word("playground.copied"))
    mended = clipboard(page)
    assert mended != text
    assert [each for each in read(mended).findings if each.severity != "note"] == []
    assert page.locator("#spelling").input_value() == text


def test_a_script_is_mended_in_the_field_and_drawn_as_it_is_then(paste):
    page = paste(PLAIN)
    assert shown(page)["verdict"] == "sparse"
    button(page, TAKE_MENDS).click()
    expect(page.locator("#spelling")).to_have_value(
        PLAIN.replace("np.array([X, Y]))", "np.array([X, Y]).T).T")
    )
    expect(summary(page)).to_have_text(SUCCESS)
    assert findings(page).count() == 0
    undo(page).click()
    expect(page.locator("#spelling")).to_have_value(PLAIN)
    expect(findings(page)).to_have_count(1)


def test_a_line_is_found_in_the_field_by_its_number(paste):
    page = paste(OLDER)
    page.get_by_role("button", name=line(OLDER_LINE)).click()
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
    button(page, TAKE_MENDS).click()
    expect(summary(page)).to_have_text(SUCCESS)


# The fields


def test_the_book_is_drawn_as_the_book_draws_it(paste):
    page = paste(OLDER)
    squares = Asked("hidden", "np.sum(x**2)", ["2 * x[0]", "2 * x[1]"])
    assert shown(page)["verdict"] == "hidden"
    assert_drawn(page, squares, downhill=True, angles="xy")
    grid = {"f": "function_2", "first": "−2", "last": "2.25"}
    expect_said(about(page), f"{READING}.about.grid_downhill", **grid)
    expect_said(about(page), f"{READING}.about.one_point", f="function_2")


def test_the_first_function_that_is_handed_on_is_drawn_and_others_can_be_chosen(paste):
    page = paste(SEVERAL)
    choice = choices(page)
    names = choice.get_by_role("radio").evaluate_all(
        "all => all.map(each => each.value)"
    )
    assert names == ["product", "bowl", "waves"]
    grid = (-3.0, 3.5, 0.5)
    assert choice.get_by_label("product").is_checked()
    assert shown(page)["verdict"] == "raises"  # x0, x1 = x, of 169 numbers
    expect(answer(page)).to_contain_text(word("caption.raises"))
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
    expect_said(answer(page), f"{READING}.no_verdict", f="f")
    expect(page.locator(".readout")).to_contain_text(word("verdict.name.raises"))


def test_a_lambda_in_the_call_is_drawn(paste):
    page = paste(LAMBDA)
    assert shown(page)["verdict"] == "sparse"
    assert_drawn(page, PRODUCT, downhill=True)
    name = word(f"{READING}.lambda")
    expect_said(about(page), f"{READING}.about.grid_downhill", f=name)


def test_no_mistake_is_denied_where_a_call_was_not_followed(paste):
    page = paste("grad = numerical_gradient(f, np.array([X, Y]).T).T")
    expect(summary(page)).to_have_text(NOT_CHECKED)
    expect_said(unread(page), "unread.routine", name="numerical_gradient")
    expect(unread(page)).to_contain_text(f"{line(1)}: ")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_what_is_not_checked_stands_first_where_nothing_wrong_was_found(paste, size):
    page = paste(UNREAD.replace("np.array([X, Y])", "np.array([X, Y]).T"), size)
    expect(summary(page)).to_have_text(said(f"{READING}.mend", count=1))
    expect(page.locator("[data-part=unchecked]")).to_have_text(NOT_CHECKED)
    below = unread(page).first.bounding_box()["y"]
    assert below > findings(page).first.bounding_box()["y"]
    right = RIGHT + "def g(w):\n    return 3\nnumerical_gradient(g, np.array(W))\n"
    page = paste(right, size)
    expect(summary(page)).to_have_text(NOT_CHECKED)
    expect(page.locator("[data-part=unchecked]")).to_be_hidden()
    expect(findings(page)).to_have_attribute("data-severity", "note")
    above = unread(page).first.bounding_box()["y"]
    assert above < findings(page).first.bounding_box()["y"]


NOT_FOLLOWED = [
    ROUTINE + SQUARES + "grads = [net.numerical_gradient(f, P) for P in all]\n",
    PAIR + GRID + "U = f(X + 1, Y) - f(X, Y)\nplt.quiver(X, Y, U, U)\n",
]


@pytest.mark.parametrize("text", NOT_FOLLOWED)
def test_no_badge_stands_where_the_call_was_not_followed(paste, text):
    page = paste(text)
    expect(summary(page)).to_have_text(NOT_CHECKED)
    expect(answer(page)).to_contain_text(word(f"{READING}.about.unfollowed"))
    assert verdict(page) == ""


# In these nobody knows what the script draws: a line after the call was not followed, with
# nothing found wrong or with something, or its slopes are of no routine that is known.
NOT_CHECKED_SCRIPTS = [
    RIGHT.replace("plt.quiver", "grad[0][grad[0] > 1] = 0\nplt.quiver"),
    PLAIN.replace("plt.quiver", "grad[0][grad[0] > 1] = 0\nplt.quiver"),
    PAIR + GRID + "U = np.sin(X)\nplt.quiver(X, Y, U, U)\n",
]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_verdict_stands_beside_a_script_that_was_not_checked(paste, size):
    page = paste(RIGHT, size)
    for text in NOT_CHECKED_SCRIPTS:
        page.locator("#spelling").fill(text)
        expect_said(answer(page), f"{READING}.no_verdict", f="f")
        expect(page.locator("#verdict .verdict:visible"), text).to_have_count(0)
        expect(page.locator(".why"), text).to_have_text("")
        assert verdict(page) == "", text
        expect(page.locator(".pictures"), text).to_be_visible()
        page.locator("#spelling").fill(RIGHT)
        expect(page.locator("#verdict .verdict:visible"), text).to_have_count(1)


def test_a_script_that_stops_says_so_with_its_line_and_what_to_write(paste):
    page = paste(PAIR_TO_ROWS.replace("np.array([X, Y]))", "np.array([X, Y]).T).T"))
    finding = findings(page).first
    number = PAIR_TO_ROWS.split("\n").index(WITHOUT.rstrip()) + 1
    expect(finding).to_contain_text(heading(number, "stops"))
    expect(finding.locator("dd").last).to_contain_text("lambda x: f(x[0], x[1])")
    button(page, TAKE_MENDS).click()
    expect(summary(page)).to_have_text(SUCCESS)


def test_a_function_alone_is_drawn_on_the_grid_of_the_page(paste):
    page = paste(DEF)
    expect(summary(page)).to_contain_text(word(f"{READING}.no_call_found"))
    alone = Asked("sparse", "(x[0] - 1)**2 + x[1]", ["2 * (x[0] - 1)", "1"])
    assert shown(page)["verdict"] == "sparse"
    assert_drawn(page, alone, downhill=True, angles="xy")


def test_a_function_of_two_numbers_is_drawn_as_one_of_a_point(paste):
    page = paste(PAIR)
    expect_said(about(page), f"{READING}.about.pair", f="f")
    expect_said(about(page), f"{READING}.about.no_call", f="f")
    slopes = ["1 - x[1]", "-(x[0] + 1)"]
    assert_drawn(
        page,
        Asked("sparse", "x[0] - x[1] * (x[0] + 1)", slopes),
        downhill=True,
        angles="xy",
    )
    page = paste(PAIR_TO_ROWS)
    expect_said(answer(page), f"{READING}.about.pair_to_rows", f="f")
    expect(page.locator(".pictures")).to_be_hidden()


def test_many_functions_are_offered_below_each_other(paste, sideways):
    text = "".join(f"def f{k}(x):\n    return {k} * x[0]\n" for k in range(30))
    page = paste(text, PHONE)
    choice = choices(page)
    expect(choice.get_by_role("radio")).to_have_count(30)
    assert sideways(page) <= 0


def test_a_lambda_that_has_a_name_is_offered_once(paste):
    page = paste(NAMED_LAMBDA)
    expect_said(about(page), f"{READING}.about.grid_downhill", f="f")
    expect(choices(page)).to_be_hidden()


def test_a_body_alone_is_offered_as_a_formula(visit):
    page = visit(PLAYGROUND, DESK, forgotten=True)
    page.wait_for_function("() => gradviz.read")
    page.locator("#spelling").fill(BODY)
    mend(page, "2 * (x[0]**2 + x[1])").click()
    expect(page.locator("#verdict")).to_have_attribute("data-verdict", "sparse")


def test_where_something_is_different_it_is_named_and_nothing_is_drawn(paste):
    page = paste(PLAIN)
    for text, reason in APART.values():
        page.locator("#spelling").fill(text)
        expect_said(answer(page), f"{READING}.about.{reason}")
        assert verdict(page) == ""
        expect(page.locator(".pictures")).to_be_hidden()
        expect(page.locator(".switch")).to_be_hidden()
        assert all(take.is_disabled() for take in takes(page).all())
        button(page, f"{word(f'{READING}.alone')} x[0] * x[1]").click()
        expect(page.locator("#spelling")).to_have_value("x[0] * x[1]")
        expect(page.locator(".pictures")).to_be_visible()
        expect(page.locator(".script")).to_be_hidden()
        undo(page).click()
        expect(page.locator("#spelling")).to_have_value(text)
        expect(page.locator(".pictures")).to_be_hidden()


def test_a_right_script_shows_the_right_picture_on_a_phone(paste):
    page = paste(RIGHT, PHONE)
    expect(summary(page)).to_have_text(NOTHING_WRONG)
    expect(page.locator(".picture.correct")).to_be_visible()
    expect(page.locator(".picture.buggy")).to_be_hidden()
    expect(button(page, TAKE_MENDS)).to_be_hidden()
    for wrong in (PLAIN, HALF_FIXED):
        page = paste(wrong, PHONE)
        expect(page.locator(".picture.buggy")).to_be_visible()


def test_what_cannot_be_read_is_named_with_its_line_and_leads_on(paste):
    page = paste(UNREAD)
    number = UNREAD.split("\n").index("    return table[x[0]]") + 1
    expect(unread(page)).to_contain_text(f"{line(number)}: ")
    page = paste(NONSENSE)
    expect(summary(page)).to_have_text(NOTHING_READ)
    expect(unread(page)).to_contain_text(f"{line(2)}: ")
    expect(answer(page)).to_have_text(word(f"{READING}.about.unreadable"))
    for link in page.locator("[data-part=leads] a").all():
        expect(link).to_be_visible()
        href = link.get_attribute("href")
        assert page.request.get(urljoin(page.url, href)).ok
    expect(page.locator(".pictures")).to_be_hidden()


def test_why_nothing_is_drawn_is_said_with_its_line(paste):
    page = paste(CONDITION)
    reason = f"{line(2)}: {word('unread.condition')}"
    expect(unread(page)).to_contain_text(reason)
    expect(answer(page)).to_contain_text(word(f"{READING}.about.unspelled"))


def test_where_nothing_can_be_checked_no_mistake_is_denied(paste):
    page = paste(PLOT_ALONE)
    expect(summary(page)).to_contain_text(word(f"{READING}.no_subject"))


# What is pasted, chosen or dropped


def numbered(locator):
    """The numbers and the lines of the script that are shown somewhere."""
    lines = locator.locator("[data-line]").all()
    return {int(each.get_attribute("data-line")): each.text_content() for each in lines}


def test_the_script_stands_with_its_numbers_around_what_is_found(paste):
    text = OLDER + "    # and so on\n" * 9
    page = paste(text)
    listing = page.locator("[data-part=findings], [data-part=rest]")
    for fold in listing.locator("summary").all():
        fold.click()
    shown_lines = {}
    for part in listing.all():
        shown_lines |= numbered(part)
    lines = text.rstrip("\n").split("\n")
    assert shown_lines == {k: each.rstrip() for k, each in enumerate(lines, 1)}
    assert listing.locator("[data-line]").count() == len(lines)  # each once


def test_the_first_finding_is_on_the_first_screen(paste):
    page = paste(OLDER)
    expect(findings(page).first.locator(".at")).to_be_in_viewport()


def test_what_is_no_code_is_left_out_of_the_mended_script(paste):
    page = paste(f"Here it is:\n\n```python\n{OLDER}```\n\nDoes it work?\n")
    expect(page.locator("[data-part=pasted]")).to_have_text(word(f"{READING}.pasted"))
    button(page, word(f"{READING}.copy_mended")).click()
    expect(page.locator("[data-part=copied]")).to_have_text(word("playground.copied"))
    assert clipboard(page).strip() == OLDER.replace(OLDER_CALL, OLDER_MEND).strip()


def assert_notebook_is_shown(page):
    expect(page.locator("[data-part=pasted]")).to_have_text(word(f"{READING}.notebook"))
    assert page.locator("#spelling").input_value() == "# %% 2\nf = lambda x: x[0]\n\n"


def test_of_the_file_of_a_notebook_the_code_is_shown(paste):
    page = paste(NOTEBOOK)
    assert_notebook_is_shown(page)


@pytest.mark.parametrize("name", ["script.py", "notebook.ipynb"])
def test_a_file_that_is_chosen_is_read(visit, name):
    page = visit(PLAYGROUND, DESK, forgotten=True)
    expect(page.locator("#verdict")).not_to_have_attribute("data-verdict", "")
    text = NOTEBOOK if name.endswith("ipynb") else OLDER
    file = {"name": name, "mimeType": "", "buffer": text.encode()}
    chooser = page.locator("[type=file]")
    chooser.set_input_files(file)
    if text == OLDER:
        expect(findings(page)).to_have_count(1)
    else:
        assert_notebook_is_shown(page)
    expect(chooser).to_have_value("")  # so that the same file can be chosen again


DROP = """text => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], 'script.py'));
  for (const name of ['dragover', 'drop']) {
    const event = new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true });
    document.querySelector('h1').dispatchEvent(event);
    if (!event.defaultPrevented) throw new Error('the browser opens the file');
  }
}"""


def test_a_file_that_is_dropped_anywhere_is_read(visit):
    page = visit(PLAYGROUND, DESK, forgotten=True)
    expect(page.locator("#verdict")).not_to_have_attribute("data-verdict", "")
    page.evaluate(DROP, OLDER)
    expect(findings(page)).to_have_count(1)


TRACEBACK = """\
Traceback (most recent call last):
  File "gradient_2d.py", line 52, in <module>
    plt.quiver(X, Y, -grad[0], -grad[1])
ValueError: Argument U has a size 2 which does not match 324, the number of arrows
"""


MESSAGE = TRACEBACK.splitlines()[-1]
ANOTHER_MESSAGE = "NameError: name 'f' is not defined"  # it stands further down


@pytest.mark.parametrize("text", [TRACEBACK, MESSAGE, f"{ANOTHER_MESSAGE}\n{MESSAGE}"])
def test_an_error_message_leads_to_its_entry(visit, text):
    page = visit(PLAYGROUND, DESK, forgotten=True)
    expect(page.locator("#verdict")).not_to_have_attribute("data-verdict", "")
    page.locator("#spelling").fill(text)
    expect(answer(page)).to_contain_text(word(f"{READING}.message"))
    expect(page.locator(".script")).to_be_hidden()
    link = page.locator("[data-part=message] a")
    assert link.get_attribute("href").endswith(
        "symptoms/index.html#error:~:text=which%20does%20not%20match"
    )
    page.locator("#spelling").fill("x[0]")
    expect(link).to_have_count(0)


def test_a_script_and_its_error_message_are_both_answered(paste):
    page = paste(OLDER + TRACEBACK)
    expect(findings(page)).to_have_count(1)
    expect(page.locator("[data-part=message] a")).to_be_visible()


# The grid and the boxes


def settings(page):
    return {
        name: value
        for name, value in shown(page)["fields"].items()
        if name not in ("f", "function", "file") and value != ""
    }


def test_a_script_brings_its_grid_and_takes_it_along_again(paste):
    page = paste(SEVERAL, address=f"{PLAYGROUND}#f=np.sum(x)&stop=1&contours=on")
    assert settings(page) == {
        "start": "-3",
        "stop": "3.5",
        "step": "0.5",
        "h": "0.0001",
        "lengths": False,
        "downhill": False,
        "contours": True,
    }
    button(page, "np.prod(x)").click()
    expect(page.locator(".script")).to_be_hidden()
    assert settings(page) == {
        "start": "-2",
        "stop": "1",
        "step": "0.25",
        "h": "0.0001",
        "lengths": False,
        "downhill": True,
        "contours": True,
    }


@pytest.mark.parametrize(
    ("x1", "rows"), [(("0", "2", "0.25"), 8), (("-3", "3.5", "0.25"), 26)]
)
def test_a_rectangular_grid_is_that_of_the_fields(paste, x1, rows):
    axes = f"x0 = np.arange(-3, 3.5, 0.5)\nx1 = np.arange({', '.join(x1)})\n"
    text = SEVERAL.replace("axis = np.arange(-3, 3.5, 0.5)\n", axes)
    text = text.replace("np.meshgrid(axis, axis)", "np.meshgrid(x0, x1)")
    page = paste(text)
    expect(answer(page)).to_contain_text(said("playground.call", count=13 * rows))
    found = settings(page)
    names = ("start", "stop", "step", "start1", "stop1", "step1")
    assert [found[name] for name in names] == ["-3", "3.5", "0.5", *x1]


def test_what_a_reader_ticks_stays_while_the_script_is_edited(paste):
    page = paste(PLAIN)
    assert shown(page)["fields"]["downhill"]
    page.get_by_label(VIEWS["downhill"]).uncheck()
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
    page = paste(SEVERAL.replace("grad[1])", 'grad[1], angles="xy")'))  # as in the book
    page.get_by_label("bowl").check()
    button(page, TAKES["link"]).click()
    expect(status(page)).to_have_text(word("playground.copied"))
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
    expect(findings(page).locator(".at").first).to_contain_text(attack)
    assert page.locator("main img").count() == 0


def test_a_script_is_read_from_disk_and_leads_to_a_file(visit, disk):
    page = visit(f"{disk}playground/index.html", DESK, forgotten=True)
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
    expect(answer(page)).to_have_text(word(f"{READING}.waiting"))
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
    expect(answer(page)).to_contain_text(word(f"{READING}.missing"))
    page.locator("#spelling").fill("np.prod(x)")
    expect(page.locator("#verdict")).to_have_attribute("data-verdict", "blank")
    context.close()


def test_a_screen_reader_hears_the_line_first(paste):
    page = paste(OLDER)
    expect(heard(page)).to_contain_text(heading(OLDER_LINE, "layout"))
    expect(heard(page)).to_contain_text(word("verdict.name.hidden"))


def test_what_is_said_of_a_script_can_be_read_by_everyone(paste, inspect, sideways):
    page = paste(SEVERAL, PHONE, theme="dark")
    assert inspect(page) == {}
    assert sideways(page) == 0
    page.locator("#spelling").fill(NONSENSE)
    expect(summary(page)).to_have_text(NOTHING_READ)
    assert inspect(page) == {}
