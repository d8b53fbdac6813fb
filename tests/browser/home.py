"""The first page, and what it answers to a script that is pasted there."""

from reading.words import said, word


def field(page):
    return page.get_by_role("textbox", name=word("asking.title"))


def answer(page):
    return page.locator(".answered")


def findings(page):
    return answer(page).locator(".findings > li")


def plot(page):
    return answer(page).locator(".window")


def switch(page):
    name = said("opening.transposes", transpose=word("pair.transpose"), call="")
    return plot(page).get_by_role("button", name=name.strip())


def copy_mended(page):
    name = word("playground.reading.copy_mended")
    return page.get_by_role("button", name=name, exact=True)


def runs(page):
    """The sentence that the page ends with."""
    return page.get_by_text(word("asking.runs"))


def paste(page, text):
    """Put a text into the field as a paste does, all of it at once."""
    field(page).focus()
    page.keyboard.insert_text(text)
