"""What the playground draws of a script that is pasted, and what it says of that."""

import pytest
from browser_fixtures import DESK, PHONE
from playwright.sync_api import expect
from reading.words import word

from tests.browser.playground import (
    PLAYGROUND,
    PRODUCT,
    Asked,
    answer,
    button,
    expect_said,
    field,
    mend,
    takes,
    undo,
)
from tests.browser.reader_scripts import (
    APART,
    BODY,
    CONDITION,
    DEF,
    DOMAIN,
    LAMBDA,
    NAMED_LAMBDA,
    OLDER,
    PAIR,
    PAIR_TO_ROWS,
    PLAIN,
    RIGHT,
    SEVERAL,
)
from tests.browser.script_view import (
    HALF_FIXED,
    NOT_CHECKED,
    NOTHING_WRONG,
    READING,
    TAKE_MENDS,
    about,
    assert_drawn,
    choices,
    line,
    shown,
    summary,
    unread,
    verdict,
)
from tests.unit.script_cases import GRID, ROUTINE, SQUARES


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
    field(page).fill(SEVERAL + "more = lambda x: x[0]\n")
    expect(choice.get_by_role("radio")).to_have_count(4)
    expect(choice.get_by_label("waves")).to_be_checked()
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


def test_beside_an_unchecked_script_a_mark_still_says_which_arrows_are_right(paste):
    page = paste(NOT_CHECKED_SCRIPTS[0].replace("x[0] * x[1]", "np.sum(x**2)"))
    assert verdict(page) == ""
    mark = page.locator(".picture.buggy .mark:visible")
    expect(mark).to_have_text(word("pair.mark.correct"))
    page.locator("#spelling").fill(NOT_CHECKED_SCRIPTS[0])
    expect(mark).to_have_text(word("pair.mark.buggy"))


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
        expect(takes(page)).to_have_count(0)  # while nothing is shown
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


def test_why_nothing_is_drawn_is_said_with_its_line(paste):
    page = paste(CONDITION)
    reason = f"{line(2)}: {word('unread.condition')}"
    expect(unread(page)).to_contain_text(reason)
    expect(answer(page)).to_contain_text(word(f"{READING}.about.unspelled"))
