"""The answers of the page of symptoms: each opens below its plot, and all are open without a script."""

import pytest
from browser_fixtures import DESK, PHONE, TABLET, viewport
from playwright.sync_api import expect
from reading import page as document
from reading.words import word

PAGE = "symptoms/"
ANSWER = "section.symptom > .parts"
SIZES = (PHONE, TABLET, DESK)
each_size = pytest.mark.parametrize("size", SIZES, ids=["phone", "tablet", "desk"])


def plot(page, name):
    return page.locator(f"#plots > li > a[href$='#{name}']")


def answer(page, name):
    return page.locator(f"section:has(#{name}) > .parts, section#{name} > .parts")


def assert_open(page, name):
    """That one answer is open, of this name, and no other."""
    expect(answer(page, name)).to_be_visible()
    expect(page.locator(f"{ANSWER}:visible")).to_have_count(1)


def assert_all_open(page):
    count = page.locator(ANSWER).count()
    assert count > 12
    expect(page.locator(f"{ANSWER}:visible")).to_have_count(count)


FIRST_PLOTS = ["lines", "specks", "nothing", "flat", "fine"]


@pytest.mark.parametrize("language", ["", "ja/", "ko/", "zh/"])
def test_the_first_plots_stand_on_the_first_screen_and_all_answers_are_folded(
    visit, language
):
    page = visit(language + PAGE)
    for size in SIZES:
        page.set_viewport_size(viewport(size))
        expect(page.locator(f"{ANSWER}:visible")).to_have_count(0)
        for name in FIRST_PLOTS:
            # Words take other lines in other letters, which not every machine has.
            picture = plot(page, name).locator("svg, img").first.bounding_box()
            assert picture["y"] + picture["height"] <= size[1], (size, name)
    expect(page.locator("#plots > li > a[aria-expanded=false]")).to_have_count(
        len(word("symptoms")) + len(word("without_plot"))
    )


@pytest.mark.parametrize("path", [PAGE, f"ja/{PAGE}", f"ko/{PAGE}", f"zh/{PAGE}"])
def test_on_a_desk_the_lines_to_paste_stand_above_the_plots_beside_the_title(
    visit, path
):
    page = visit(path, DESK)
    lines = page.locator("main > .paste").bounding_box()
    beside = [
        page.locator(f"main > {part}").bounding_box() for part in ("h1", ".lookup")
    ]
    assert lines["x"] >= max(box["x"] + box["width"] for box in beside)
    plots = page.locator("#plots").bounding_box()
    assert lines["y"] + lines["height"] <= plots["y"]


@each_size
def test_a_plot_opens_its_answer_below_its_row_and_folds_it_again(visit, size):
    page = visit(PAGE, size)
    plot(page, "star").click()
    assert_open(page, "star")
    expect(plot(page, "star")).to_have_attribute("aria-expanded", "true")
    below = answer(page, "star").bounding_box()["y"]
    for name in word("symptoms"):
        box = plot(page, name).bounding_box()
        is_in_row_or_above = box["y"] < plot(page, "star").bounding_box()["y"] + 1
        assert (box["y"] + box["height"] <= below) == is_in_row_or_above, name
    plot(page, "star").press("Enter")
    expect(plot(page, "star")).to_have_attribute("aria-expanded", "false")
    expect(answer(page, "star")).to_be_hidden()
    page.reload()  # as of an address that was passed on
    expect(answer(page, "star")).to_be_hidden()


def test_a_search_of_the_page_opens_the_answer_in_which_it_finds_something(visit):
    page = visit(PAGE)
    section = page.locator("section.symptom:has(#star)")
    expect(section).to_have_attribute("hidden", "until-found")
    section.dispatch_event("beforematch")
    assert_open(page, "star")


def test_another_plot_folds_the_answer_that_was_open_and_is_in_sight_with_its_own(
    visit,
):
    page = visit(PAGE, PHONE)
    for name in ("lines", "gap", "specks"):
        plot(page, name).click()
        assert_open(page, name)
        expect(plot(page, name).locator(".plot")).to_be_in_viewport()
        expect(answer(page, name).locator("pre").first).to_be_in_viewport()
        assert page.url.endswith(f"#{name}")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(
    ("target", "entry"),
    [
        ("fine", "fine"),
        ("specks", "specks"),
        ("column", "numbers"),
        ("descent", "descent"),
    ],
)
def test_an_address_opens_the_answer_that_it_leads_into(visit, target, entry, size):
    page = visit(f"{PAGE}#{target}", size)
    assert_open(page, entry)
    expect(plot(page, entry)).to_have_attribute("aria-expanded", "true")
    expect(page.locator(f"#{target}")).to_be_in_viewport()


def test_one_answer_leads_into_another_each_time(visit):
    page = visit(f"{PAGE}#lengths", PHONE)
    answer(page, "lengths").locator("a[href$='#fine']").first.click()
    expect(page.locator("#fine")).to_be_in_viewport()
    plot(page, "gap").click()
    page.evaluate("location.hash = '#fine'")
    assert_open(page, "fine")


def test_an_address_that_means_nothing_stops_nothing(visit):
    page = visit(f"{PAGE}#%", PHONE)
    plot(page, "gap").click()
    assert_open(page, "gap")


def test_the_table_is_folded_on_a_phone_and_leads_to_the_answers(visit):
    page = visit(PAGE, PHONE)
    expect(page.locator(".finder table")).to_be_hidden()
    page.locator(".finder summary").click()
    page.locator(".finder a[href$='#gap']").click()
    assert_open(page, "gap")
    expect(visit(PAGE, DESK).locator(".finder table")).to_be_visible()


def test_specks_open_with_their_own_pair_and_fix(visit):
    page = visit(PAGE, PHONE)
    plot(page, "specks").click()
    pictures = answer(page, "specks").locator("img")
    shown = [image.get_attribute("src") for image in pictures.all()]
    assert [source.split("/")[-1] for source in shown] == [
        "specks.svg",
        "specks-mended.svg",
    ]


def test_without_script_all_are_open_below_the_plots(visit):
    page = visit(PAGE, java_script_enabled=False)
    for size in SIZES:
        page.set_viewport_size(viewport(size))
        assert_all_open(page)
        last = page.locator("#plots > li > a").last.bounding_box()
        first = page.locator("section.symptom").first.bounding_box()
        assert last["y"] + last["height"] <= first["y"]
        expect(page.locator(".lookup")).to_be_hidden()


def test_all_are_printed(visit):
    page = visit(PAGE, PHONE, fresh=True)
    page.emulate_media(media="print")
    count = page.locator(ANSWER).count()
    expect(page.locator(f"{ANSWER}:visible")).to_have_count(count)
    shown = page.locator("section.symptom").evaluate_all(
        "all => all.map(answer => getComputedStyle(answer).contentVisibility)"
    )
    assert set(shown) == {"visible"}


def test_a_desk_has_the_fix_beside_its_plots_above_the_check_and_the_cause(visit):
    page = visit(f"{PAGE}#star", DESK)
    fix, check, cause, plots = (
        part.bounding_box() for part in answer(page, "star").locator("> *").all()
    )
    assert fix["x"] == check["x"] < cause["x"] == plots["x"]
    assert fix["y"] == plots["y"] < check["y"] == cause["y"]


@pytest.mark.parametrize(
    ("size", "places"), [(DESK, ("y", "x", "width")), (PHONE, ("x", "y", "height"))]
)
def test_a_plot_and_the_mended_one_stand_side_by_side_or_on_a_phone_in_a_column(
    visit, size, places
):
    page = visit(f"{PAGE}#star", size)
    before, mended = (
        picture.bounding_box()
        for picture in answer(page, "star").locator(".picture").all()
    )
    common, along, length = places
    assert before[common] == mended[common]
    assert before[along] + before[length] < mended[along]


# An error message


def lookup(page, text):
    page.locator("#message").fill(text)
    return page.locator(".lookup [role=status]")


@pytest.fixture
def rows(built):
    """The rows of the list of errors, as they are published: both cells of each."""
    found = document(built.site / PAGE / "index.html").xpath(
        "//section[h2[@id='error']]//tbody/tr"
    )
    return [[" ".join(cell.text_content().split()) for cell in row] for row in found]


TRACEBACK = """Traceback (most recent call last):
  File "gradient_2d.py", line 50, in <module>
    plt.quiver(X, Y, -grad[0], -grad[1])
{message}
"""


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "ValueError: Argument U has a size 2 which does not match 81",
            "which does not match",
        ),
        ("AssertionError: float32", "AssertionError: int64"),
        ("AssertionError: (49,)", "AssertionError: (324,)"),
        ("AssertionError: (2, 2, 49)", "AssertionError: (2, 2, 324)"),
        (
            "IndexError: index 1 is out of bounds for axis 0 with size 1",
            "only 0-dimensional",
        ),
    ],
    ids=[
        "as it stands",
        "another of its kind",
        "another number of points",
        "another number in a longer shape",
        "another in its row",
    ],
)
def test_an_error_message_finds_what_to_change(visit, rows, text, row):
    page = visit(PAGE, PHONE)
    ((_, change),) = [cells for cells in rows if row in cells[0]]
    for pasted in (text, TRACEBACK.format(message=text)):
        expect(lookup(page, pasted).locator("p")).to_have_text(change)
        if row != "which does not match":
            break


@pytest.mark.parametrize("typed", ["Argument U", "argument u"])
def test_a_part_of_a_message_is_found_however_it_is_typed(visit, rows, typed):
    page = visit(PAGE, PHONE)
    [cells] = [cells for cells in rows if "Argument U" in cells[0]]
    expect(lookup(page, typed).locator("p")).to_have_text(cells)


def test_of_several_messages_each_stands_above_its_fix(visit, rows):
    page = visit(PAGE, PHONE)
    found = [cell for cells in rows if "IndexError" in cells[0] for cell in cells]
    assert len(found) > 2
    expect(lookup(page, "IndexError").locator("p")).to_have_text(found)


def test_a_link_of_what_to_change_opens_its_answer(visit):
    page = visit(PAGE, PHONE)
    found = lookup(page, "ValueError: Argument U has a size 2 which does not match 81")
    found.locator("a[href$='#lines']").click()
    assert_open(page, "lines")


def test_where_the_two_lines_are_the_fix_they_stand_beside_it_to_be_copied(visit):
    page = visit(PAGE, PHONE)
    found = lookup(page, "ValueError: Argument U has a size 2 which does not match 81")
    expect(found.locator(".to-paste code")).to_have_text("\n".join(word("paste.lines")))
    expect(found.get_by_role("button", name=word("copying.press"))).to_be_visible()
    for other in ("AssertionError: (49,)", "IndentationError: unexpected indent"):
        found = lookup(page, other)
        expect(found.locator(".to-paste")).to_have_count(0)


def test_where_the_safe_call_is_the_fix_it_stands_beside_it_to_be_copied(visit):
    page = visit(PAGE, PHONE)
    safe_call = page.locator("#safe-call pre > code").inner_text()
    found = lookup(page, "TypeError: only size-1 arrays can be converted")
    expect(found.locator(".to-paste code")).to_have_text(safe_call)


def test_what_is_not_in_the_list_leads_to_the_page_of_scripts(visit):
    page = visit(PAGE, PHONE)
    expect(lookup(page, "abc").locator("p")).to_have_count(0)
    found = lookup(page, "RecursionError: maximum recursion depth exceeded")
    expect(found.locator("a")).to_have_attribute("href", "../playground/index.html")


def test_nothing_keeps_people_from_reading_any_answer(visit, inspect, sideways):
    """As it comes, tests/slow looks at it with every page."""
    page = visit(PAGE, PHONE, theme="dark")
    lookup(page, "AssertionError")
    page.locator("section.symptom").evaluate_all(
        "all => all.forEach(answer => answer.removeAttribute('hidden'))"
    )
    assert inspect(page) == {}
    assert sideways(page) == 0
    wide = page.locator("pre").evaluate_all(
        "all => all.filter(pre => pre.scrollWidth > pre.clientWidth).map(pre => pre.innerText)"
    )
    assert wide == []


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_plots_keep_their_distance_from_the_field_above_them(visit, size):
    page = visit("symptoms/", size)
    field = page.locator("#message").bounding_box()
    plots = page.locator(".symptoms").bounding_box()
    assert plots["y"] - (field["y"] + field["height"]) >= 20


def test_of_a_link_without_a_plot_the_words_alone_are_underlined(visit):
    signs = visit("symptoms/", PHONE).locator(".plot code").all()
    assert signs
    for sign in signs:
        assert sign.evaluate("sign => getComputedStyle(sign).display") == "inline-block"
