"""How a script gets into the playground: pasted with other text, chosen or dropped as a file, with an error message."""

import pytest
from browser_fixtures import DESK
from playwright.sync_api import expect
from reading.words import word

from tests.browser.playground import PLAYGROUND, answer, button
from tests.browser.reader_scripts import NOTEBOOK, OLDER, OLDER_CALL, OLDER_MEND, PLAIN
from tests.browser.script_view import READING, clipboard, findings


def test_what_is_no_code_is_left_out_of_the_mended_script(paste):
    page = paste(f"Here it is:\n\n```python\n{OLDER}```\n\nDoes it work?\n")
    expect(page.locator("[data-part=pasted]")).to_have_text(word(f"{READING}.pasted"))
    button(page, word(f"{READING}.copy_mended")).click()
    expect(button(page, word("copying.copied"))).to_be_visible()
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


def test_markup_in_a_script_is_text(paste):
    attack = "<img src=x onerror=alert(1)>"
    page = paste(
        PLAIN.replace("def f(x):", f'def f(x):\n    """{attack}"""') + f"# {attack}\n"
    )
    expect(findings(page)).to_have_count(1)
    page = paste(PLAIN.replace("np.array([X, Y]))", f"np.array([X, Y]))  # {attack}"))
    expect(findings(page).locator(".at").first).to_contain_text(attack)
    assert page.locator("main img").count() == 0
